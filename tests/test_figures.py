"""Pictures: they draw the result's own numbers and say them in words."""

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from picturing import CASES, chart, charts_of, money, raw, result_of, texts

import utfall as ut
from reports.drivers import MOST
from reports.figures import (
    all_charts,
    cash_flow_fan,
    payback_by_year,
    quantity_distribution,
    tornado_chart,
    value_distribution,
)
from reports.figures import style as house
from reports.figures.payback import label
from reports.language import SPACE
from reports.numbers import Scale, chance
from reports.words import value_scale
from simulator.result import Outcome


def test_a_result_gives_its_pictures_in_order() -> None:
    """Value, payback, cash, tornado; quantities asked for; without a tornado one picture less."""
    assert [c.name for c in charts_of("usual")] == ["value", "payback", "cash", "tornado"]
    assert [c.name for c in all_charts(result_of("usual"))] == ["value", "payback", "cash"]
    assert [c.name for c in charts_of("no money")] == [
        "tornado", "quantity_saved", "quantity_share", "quantity_stock", "quantity_whole",
    ]  # fmt: skip
    assert all(isinstance(c.frame, pd.DataFrame) and not c.frame.empty for c in charts_of("usual"))


def test_the_s_curve_is_the_result_s_own() -> None:
    """Every point of the curve is a percentile of the trials, and the marks are P10, P50, P90."""
    npv, frame = result_of("usual").npv, chart("usual", "value").frame
    curve = frame[frame["part"] == "curve"]
    assert len(curve) == 199
    for value, share in zip(curve["from"], curve["share"], strict=True):
        assert npv.plain.percentile(100 * share) == value
    for percent in (10, 50, 90):
        mark = frame[frame["part"] == f"P{percent}"].iloc[0]
        assert mark["from"] == npv.percentile(percent)


@pytest.mark.parametrize(
    "name", ["usual", "discrete", "event", "hard bounds", "heavy tail", "certain"]
)
def test_bars_count_every_trial_and_none_twice(name: str) -> None:
    """What is drawn and what is said to lie outside make up all trials; no bar crosses zero."""
    npv, frame = result_of(name).npv.plain, chart(name, "value").frame
    bars = frame[frame["part"] == "bar"]
    outside = npv.chance_below(bars["from"].min()) + npv.chance_above(bars["to"].max())
    assert bars["share"].sum() + outside == pytest.approx(1)
    assert outside <= 0.0101
    assert not ((bars["from"] < 0) & (bars["to"] > 0)).any()
    loss = bars.loc[bars["from"] < 0, "share"].sum() + npv.chance_below(bars["from"].min())
    assert loss == pytest.approx(npv.chance_below(0))


def test_no_bar_reaches_beyond_a_hard_bound() -> None:
    """A histogram shows no density where there is none; piles at the bounds stand by themselves."""
    npv = result_of("hard bounds").npv
    bars = chart("hard bounds", "value").frame.query("part == 'bar'")
    low, high = npv.values.min(), npv.values.max()
    assert bars["from"].min() >= low
    assert bars["to"].max() <= high
    piles = bars[bars["from"] == bars["to"]]
    assert list(piles["from"]) == [low, high]
    assert list(piles["share"]) == pytest.approx(
        [np.mean(npv.values == low), np.mean(npv.values == high)]
    )


def test_single_values_have_no_width() -> None:
    """A discrete outcome is drawn value by value, and its curve is a staircase."""
    npv, frame = result_of("discrete").npv, chart("discrete", "value").frame
    bars, curve = (frame[frame["part"] == part] for part in ("bar", "curve"))
    assert (bars["from"] == bars["to"]).all()
    assert list(bars["from"]) == list(np.unique(npv.values))
    assert list(bars["share"]) == pytest.approx([0.3, 0.5, 0.2], abs=0.001)
    assert list(curve["share"]) == pytest.approx(list(np.cumsum(bars["share"])))


def test_tails_left_out_are_said() -> None:
    """From P0.5 to P99.5, with a note of what lies outside."""
    text = texts(chart("heavy tail", "value"))
    assert re.search(
        r"Not drawn: 0\.5 % of the trials below .* and 0\.5 % of the trials above", text
    )
    npv = result_of("heavy tail").npv
    drawn = chart("heavy tail", "value")
    assert drawn.figure.axes[1].get_xlim()[1] < npv.values.max() / 2  # in SEK, as its table


def test_every_chance_of_the_payback_picture_is_the_result_s() -> None:
    """Simple and discounted, by each year and never, with the ends of their intervals."""
    result, frame = result_of("usual"), chart("usual", "payback").frame
    for cash, discounted in (("simple", False), ("discounted", True)):
        rows = frame[frame["cash"] == cash].set_index("within")
        found = result.payback_chances(discounted)
        assert list(rows.index) == list(found)
        for within, figure in found.items():
            assert tuple(rows.loc[within, ["chance", "low", "high"]]) == (
                figure.value, figure.low, figure.high,
            )  # fmt: skip


@pytest.mark.parametrize("name", ["usual", "all pay back", "none pays back", "many years"])
def test_never_is_a_bar_of_its_own(name: str) -> None:
    """Whether it has any height or not."""
    drawn = chart(name, "payback").figure.axes[0]
    assert "never" in [label.get_text() for label in drawn.get_xticklabels()]
    never = result_of(name).never_chance().value
    heights = [
        bar.get_height()
        for bar in drawn.patches
        if bar.get_facecolor()[:3] == _rgb(house.VERMILLION)
    ]
    assert heights == pytest.approx([never])


@pytest.mark.parametrize(
    ("saving", "hurdle"), [("10k to 20k", ""), ("60k to 140k", "hurdle: 3 years\n"), ("1k", "")]
)
def test_every_bar_of_the_payback_picture_has_its_figure(saving: str, hurdle: str) -> None:
    """Of eight years, too, on discounted cash as well; equal figures that would meet are one."""
    case = money("300k to 500k", "a", f"  a: {saving}\n", years=8, more=hurdle)
    result = ut.simulate(ut.read(case), trials=4096)
    drawn = payback_by_year(result)
    axes = drawn.figure.axes[0]
    drawn.figure.draw_without_rendering()
    found = [t for t in axes.texts if "hurdle" not in t.get_text()]
    boxes = [t.get_window_extent() for t in found]
    for index, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[index + 1 :])
    simple, discounted = result.payback_chances(), result.payback_chances(discounted=True)
    shown = [t.get_text() for t in found]
    for length, figure in simple.items():
        alike = {label(result, figure), label(result, discounted[length])}
        assert alike <= set(shown)
    assert len(shown) >= len(simple)
    assert axes.get_ylim()[1] < (1.16 if hurdle else 1.09)  # no empty band above


def test_words_beside_a_mark_leave_the_line_at_zero_whole() -> None:
    """P10 of this is below zero and its words are longer than the way to zero."""
    case = money("1000", "a", "  a: normal(300, 120)\n")
    drawn = value_distribution(ut.simulate(ut.read(case), trials=4096))
    axes = drawn.figure.axes[1]
    drawn.figure.draw_without_rendering()
    zero = axes.transData.transform((0, 0))[0]
    assert len(axes.texts) == 3
    assert min(line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o") < 0
    for text in axes.texts:
        box = text.get_window_extent()
        assert not box.x0 <= zero <= box.x1
        assert axes.get_window_extent().x0 <= box.x0 < box.x1 <= axes.get_window_extent().x1


def test_a_chart_tells_where_its_centre_is_far_off() -> None:
    """With the outcome at hand, below the picture."""
    both = "  a: chance(60 %)\n  b: chance(60 %)\n"
    result = ut.simulate(ut.read(money("100", "100 * a * b", both)), trials=4096)
    bars = ut.tornado(result.case)
    drawn = all_charts(result, bars)[-1]
    assert "over all trials the median is −100" in texts(drawn)
    assert "over all trials" not in texts(tornado_chart(bars, result.case))


def test_the_hurdle_is_marked_where_it_lies() -> None:
    """At the end of its year; not at all beyond the horizon."""
    assert f"hurdle: 3{SPACE}years" in raw(chart("usual", "payback"))
    assert f"hurdle: 2.5{SPACE}years" in raw(chart("discrete", "payback"))
    assert "hurdle:" not in raw(chart("none pays back", "payback"))
    lines = [line.get_xdata()[0] for line in chart("discrete", "payback").figure.axes[0].lines]
    assert 2.5 in lines


def test_the_fan_is_the_result_s_cash() -> None:
    """Net and cumulated, year by year, with percentiles of the trials."""
    result, frame = result_of("usual"), chart("usual", "cash").frame
    for cash, values in (
        ("net", result.cash_by_year),
        ("cumulated", np.cumsum(result.cash_by_year, axis=0)),
    ):
        rows = frame[frame["cash"] == cash]
        assert list(rows["year"]) == [0, 1, 2, 3, 4, 5]
        assert list(rows["mean"]) == pytest.approx(list(values.mean(axis=1)))
        for percent in (5, 25, 50, 75, 95):
            expected = np.percentile(values, percent, axis=1, method="inverted_cdf")
            assert list(rows[f"p{percent}"]) == pytest.approx(list(expected))


def test_the_tornado_draws_twelve_and_counts_the_rest() -> None:
    """The frame holds all of them, with full labels; the picture shortens them."""
    bars = ut.tornado(result_of("long names").case)
    drawn = chart("long names", "tornado")
    assert len(drawn.frame) == len(bars.rows) == 25
    assert list(drawn.frame["swing"]) == [bar.swing for bar in bars.rows]
    assert drawn.frame["label"].str.len().min() > 300
    axes = drawn.figure.axes[0]
    assert len(axes.get_yticks()) == MOST
    assert max(len(label.get_text()) for label in axes.get_yticklabels()) < 70
    assert "And 13 smaller ones, which move it by" in texts(drawn)


def test_tornado_bars_begin_at_the_base_and_end_where_they_should() -> None:
    """Signed: high input right of the base where more is better, with the inputs' own values."""
    case = ut.read(CASES["usual"])
    bars = ut.tornado(case)
    axes = tornado_chart(bars, case).figure.axes[0]
    ends = sorted(patch.get_x() + patch.get_width() for patch in axes.patches)
    expected = [v / 1000 for bar in bars.rows for v in (bar.low_value, bar.high_value)]
    assert ends == pytest.approx(sorted(expected))
    assert {round(patch.get_x(), 6) for patch in axes.patches} == {round(bars.base_value / 1000, 6)}
    text = texts(tornado_chart(bars, case))
    assert "65 900" in text
    assert "the others at their medians, where it is" in text


def test_the_ends_of_a_tornado_say_what_they_count_in() -> None:
    """Below the name of the input, unless a percent sign says it."""
    inputs = ("  a: {estimate: 60 to 140, unit: SEK per year}\n"
              "  b: {estimate: 50 % to 90 %, unit: share of customers}\n")  # fmt: skip
    case = ut.read(money("100 to 300", "a * b", inputs))
    drawn = tornado_chart(ut.tornado(case), case)
    drawn.figure.draw_without_rendering()
    axes = drawn.figure.axes[0]
    (unit,) = [text for text in axes.texts if "per year" in text.get_text()]
    (name,) = [text for text in axes.get_yticklabels() if text.get_text() == "a"]
    assert "share of customers" not in texts(drawn)
    assert unit.get_window_extent().y1 <= name.get_window_extent().y0 + 3
    assert abs(unit.get_window_extent().x1 - name.get_window_extent().x1) < 3


def test_a_payback_that_never_comes_is_never_in_words() -> None:
    """At the end of a bar, for those who cannot see it."""
    case = ut.read(money("100", "a", "  a: uniform(0, 60)\n"))
    told = tornado_chart(ut.tornado(case, "payback"), case).alt
    assert "a from never to" in told
    assert "∞" not in told


def test_money_counts_as_in_the_table_beside_it() -> None:
    """In thousands both, though the tails alone would be counted in millions."""
    result = ut.simulate(ut.read(money("1M", "a", "  a: lognormal(100k to 3M)\n")), trials=2048)
    heading = value_scale(result).heading("SEK")
    assert value_distribution(result).figure.axes[1].get_xlabel().endswith(heading)
    assert [axes.get_ylabel() for axes in cash_flow_fan(result).figure.axes] == [heading] * 2
    assert Scale(9, 7).like(Scale(3, 1)) == Scale(9, 7)


def test_a_tornado_without_bars_says_so() -> None:
    """And is left out of the pictures of a run."""
    result = result_of("certain")
    bars = ut.tornado(result.case)
    assert "tornado" not in [c.name for c in all_charts(result, bars)]
    assert "No input is uncertain" in texts(tornado_chart(bars))
    assert "No input is uncertain" in tornado_chart(bars).alt


def test_undefined_ends_are_told() -> None:
    """An outcome that exists at one end only has no bar."""
    case = ut.read(money("a", "30", "  a: uniform(-50, 150)\n"))
    assert "Undefined at an end: a." in texts(tornado_chart(ut.tornado(case, "irr"), case))


def test_quantities_are_drawn_too() -> None:
    """A single one as a spread, a yearly one as a fan; one that was not kept is an error."""
    result = result_of("no money")
    saved = result.quantities["saved"]
    assert isinstance(saved, Outcome)
    frame = quantity_distribution(result, "saved").frame
    assert frame.loc[frame["part"] == "P50", "from"].iloc[0] == saved.percentile(50)
    stock = quantity_distribution(result, "stock").frame
    assert list(stock["year"]) == [0, 1, 2, 3, 4, 5, 6]
    with pytest.raises(ut.RunError, match="ask for it"):
        quantity_distribution(result, "a")


def test_pictures_of_money_need_money() -> None:
    """The error says what is missing."""
    for draw in (value_distribution, payback_by_year, cash_flow_fan):
        with pytest.raises(ut.RunError, match="no money in it"):
            draw(result_of("no money"))


@pytest.mark.parametrize(
    ("name", "unit"),
    [("usual", "thousand SEK"), ("huge", "10¹⁵ IDR"), ("tiny", "10⁻⁶ BTC"), ("one year", "value")],
)
def test_axes_name_currency_and_scale(name: str, unit: str) -> None:
    """In words where there are some."""
    label = chart(name, "value").figure.axes[1].get_xlabel().replace(SPACE, " ")
    assert label.endswith(unit)


def test_words_say_what_the_picture_shows() -> None:
    """Numbers in sentences, for those who cannot see it."""
    result = result_of("usual")
    value, payback = chart("usual", "value").alt, chart("usual", "payback").alt
    for sure in ("90 % chance of at least", "50 % chance of at least", "10 % chance of at least"):
        assert sure in value
    loss = chance(result.npv.chance_below(0)).replace(SPACE, " ")
    assert f"The chance of a loss is {loss}" in value
    never = chance(result.never_chance().value).replace(SPACE, " ")
    assert f"never {never}" in payback
    assert "cumulated cash has a median of" in chart("usual", "cash").alt
    assert "Most is moved by" in chart("usual", "tornado").alt
    assert all(SPACE not in c.alt for c in charts_of("usual"))


def _rgb(colour: str) -> tuple[float, ...]:
    return colors.to_rgb(colour)
