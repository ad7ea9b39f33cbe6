"""Pictures: they draw the result's own numbers, say them in words, and stand odd cases."""

import re
import threading
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

import utfall as ut
from reports.drivers import MOST
from reports.figures import (
    Chart,
    all_charts,
    cash_flow_fan,
    payback_by_year,
    quantity_distribution,
    save_charts,
    tornado_chart,
    value_distribution,
)
from reports.figures import style as house
from reports.numbers import SPACE, chance
from simulator.result import Outcome, Result

HEAD = "years: {years}\ndiscount_rate: 8 %\n"


def money(
    investment: str,
    saving: str,
    inputs: str = "",
    years: int = 5,
    currency: str = "SEK",
    more: str = "",
) -> str:
    """A case with one investment and one benefit."""
    return (
        f"case: Test\n{HEAD.format(years=years)}{more}"
        + (f"currency: {currency}\n" if currency else "")
        + (f"inputs:\n{inputs}" if inputs else "")
        + f"investment:\n  Build: {investment}\nbenefits:\n  Saving: {saving}\n"
    )


LONG = "A label far longer than any picture can show, and still a label " * 5
CASES = {
    "usual": money("200k to 400k", "a * b", "  a: 60k to 140k\n  b: 0.5 to 1.5\n",
                   more="hurdle: 3 years\n"),
    "all pay back": money("100k to 120k", "a", "  a: 150k to 200k\n", more="hurdle: 1 year\n"),
    "none pays back": money("1M to 2M", "a", "  a: 10k to 20k\n", more="hurdle: 10 years\n"),
    "tiny": money("0.00001 to 0.00002", "a", "  a: 2e-6 to 9e-6\n", currency="BTC"),
    "huge": money("1e17 to 3e17", "a", "  a: 2e16 to 9e16\n", currency="IDR"),
    "certain": money("1000", "420"),
    "discrete": money("1000", "a", "  a: discrete(200 weight 3, 260 weight 5, 900 weight 2)\n",
                      more="hurdle: 2.5 years\n"),
    "event": money("1000 + a", "300", "  a: event(10 %, 500 to 2000)\n"),
    "hard bounds": money("1000", "a", "  a: clip(normal(260, 80), low=200, high=350)\n"),
    "no outlay": money("0", "a", "  a: normal(10, 20)\n"),
    "heavy tail": money("1000", "a", "  a: pareto(1.2, 100)\n"),
    "two returns": money("1600", "if(year == 1, a, -10000)", "  a: uniform(9 000, 11 000)\n",
                         years=2),
    "many years": money("1M", "a", "  a: 40k to 200k\n", years=40, more="start: 2027\n"),
    "one year": money("100", "a", "  a: 80 to 160\n", years=1, currency=""),
    "long names": money(
        "1000", " + ".join(f"i{k}" for k in range(25)),
        "".join(f"  i{k}:\n    estimate: normal({k + 5}, 4)\n    label: {LONG}{k}\n"
                for k in range(25)),
    ).replace("case: Test", f"case: {LONG} $100 ^2_a [b] 顧客 🙂"),
    "no money": "case: Test\nyears: 6\noutputs: [saved, share, stock, whole]\n"
    "inputs:\n  a: normal(10, 2)\n  b: 3 % to 8 %\n  n: poisson(3)\ncalculations:\n"
    "  saved: a * 1000 - 9000\n  share: {formula: b * 2, unit: share of customers}\n"
    "  stock:\n    start: 100\n    next: previous * (1 - b) + a\n  whole: n * 2\n",
}  # fmt: skip


SLOW = ("two returns", "huge", "many years", "one year", "heavy tail", "certain", "no outlay")
EVERY = [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in CASES]


@cache
def result_of(name: str) -> Result:
    """One of the cases, simulated."""
    return ut.simulate(ut.read(CASES[name]), trials=4096)


@cache
def charts_of(name: str) -> tuple[Chart, ...]:
    """All its pictures."""
    result = result_of(name)
    case = result.case
    bars = ut.tornado(case, "npv" if case.has_money else case.outputs[0])
    return all_charts(result, bars)


def chart(name: str, kind: str) -> Chart:
    """One of them, by its name."""
    return next(c for c in charts_of(name) if c.name == kind)


@pytest.mark.parametrize("name", ["usual", "long names", "no money"])
def test_pictures_are_written_as_png_and_svg(name: str, tmp_path: Path) -> None:
    """PNG is 16 cm wide, and the text of an SVG is text."""
    written = save_charts(charts_of(name), tmp_path)
    assert len(written) == 2 * len(charts_of(name))
    assert sorted(tmp_path.iterdir()) == sorted(written)
    for path in written:
        if path.suffix == ".png":
            width = int.from_bytes(path.read_bytes()[16:20])
            assert width == round(house.WIDTH * house.DPI)
            assert 15.5 < width / house.DPI * 2.54 < 16.5
        else:
            root = ET.parse(path).getroot()
            texts = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")]
            assert any(any(c.isdigit() for c in text) for text in texts)
            assert any("Test" in text or "A label" in text for text in texts)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_sticks_out_of_a_picture(name: str) -> None:
    """Odd cases, too, are drawn without a warning, and every text lies inside the picture."""
    for drawn in charts_of(name):
        with house.house_style():
            drawn.figure.draw_without_rendering()
            for text, box in _boxes(drawn.figure):
                inside = drawn.figure.bbox.padded(6)
                corners = [(box.x0, box.y0), (box.x1, box.y1)]
                assert inside.count_contains(corners) == 2, (drawn.name, text)


@pytest.mark.parametrize("name", EVERY)
def test_no_two_texts_lie_on_each_other(name: str) -> None:
    """Names, figures on bars and ticks of an axis all leave room for each other."""
    for drawn in charts_of(name):
        with house.house_style():
            drawn.figure.draw_without_rendering()
            boxes = _boxes(drawn.figure)
        for index, (text, box) in enumerate(boxes):
            for other, beside in boxes[index + 1 :]:
                assert not box.padded(-2).overlaps(beside.padded(-2)), (drawn.name, text, other)


def test_a_result_gives_its_pictures_in_order() -> None:
    """Value, payback, cash, tornado; quantities asked for; without a tornado one picture less."""
    assert [c.name for c in charts_of("usual")] == ["value", "payback", "cash", "tornado"]
    assert [c.name for c in all_charts(result_of("usual"))] == ["value", "payback", "cash"]
    assert [c.name for c in charts_of("no money")] == [
        "tornado", "quantity_saved", "quantity_share", "quantity_stock", "quantity_whole",
    ]  # fmt: skip
    assert all(isinstance(c.frame, pd.DataFrame) and not c.frame.empty for c in charts_of("usual"))


def test_the_s_curve_is_the_result_s_own() -> None:
    """Every point of the curve is a percentile of the outcome, and the marks are P10, P50, P90."""
    npv, frame = result_of("usual").npv, chart("usual", "value").frame
    curve = frame[frame["part"] == "curve"]
    assert len(curve) == 199
    for value, share in zip(curve["from"], curve["share"], strict=True):
        assert npv.percentile(100 * share) == value
    for percent in (10, 50, 90):
        mark = frame[frame["part"] == f"P{percent}"].iloc[0]
        assert mark["from"] == npv.percentile(percent)


@pytest.mark.parametrize(
    "name", ["usual", "discrete", "event", "hard bounds", "heavy tail", "certain"]
)
def test_bars_count_every_trial_and_none_twice(name: str) -> None:
    """What is drawn and what is said to lie outside make up all trials; no bar crosses zero."""
    npv, frame = result_of(name).npv, chart(name, "value").frame
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
    text = _texts(chart("heavy tail", "value"))
    assert re.search(
        r"Not drawn: 0\.5 % of the trials below .* and 0\.5 % of the trials above", text
    )
    npv = result_of("heavy tail").npv
    axes = chart("heavy tail", "value").figure.axes[1]
    assert axes.get_xlim()[1] * 1000 < npv.values.max() / 2


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


def test_the_hurdle_is_marked_where_it_lies() -> None:
    """At the end of its year; not at all beyond the horizon."""
    assert f"hurdle: within 3{SPACE}years" in _raw(chart("usual", "payback"))
    assert f"hurdle: within 2.5{SPACE}years" in _raw(chart("discrete", "payback"))
    assert "hurdle:" not in _raw(chart("none pays back", "payback"))
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
    assert "And 13 smaller ones, which move it by" in _texts(drawn)


def test_tornado_bars_begin_at_the_base_and_end_where_they_should() -> None:
    """Signed: high input right of the base where more is better, with the inputs' own values."""
    case = ut.read(CASES["usual"])
    bars = ut.tornado(case)
    axes = tornado_chart(bars, case).figure.axes[0]
    ends = sorted(patch.get_x() + patch.get_width() for patch in axes.patches)
    expected = [v / 1000 for bar in bars.rows for v in (bar.low_value, bar.high_value)]
    assert ends == pytest.approx(sorted(expected))
    assert {round(patch.get_x(), 6) for patch in axes.patches} == {round(bars.base_value / 1000, 6)}
    text = _texts(tornado_chart(bars, case))
    assert "65 900" in text
    assert "the others at their medians, where it is" in text


def test_a_tornado_without_bars_says_so() -> None:
    """And is left out of the pictures of a run."""
    result = result_of("certain")
    bars = ut.tornado(result.case)
    assert "tornado" not in [c.name for c in all_charts(result, bars)]
    assert "No input is uncertain" in _texts(tornado_chart(bars))
    assert "No input is uncertain" in tornado_chart(bars).alt


def test_undefined_ends_are_told() -> None:
    """An outcome that exists at one end only has no bar."""
    case = ut.read(money("a", "30", "  a: uniform(-50, 150)\n"))
    assert "Undefined at an end: a." in _texts(tornado_chart(ut.tornado(case, "irr"), case))


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


def test_the_same_picture_is_the_same_file(tmp_path: Path) -> None:
    """No date, no random identifiers, and none of the user's own settings."""
    result = result_of("usual")
    first = value_distribution(result).save(tmp_path / "first")
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": None, "axes.facecolor": "red"}):
        second = value_distribution(result).save(tmp_path / "second")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert b"<dc:date>" not in first[1].read_bytes()


def test_settings_of_others_are_left_alone(tmp_path: Path) -> None:
    """What matplotlib was told before still holds afterwards, and pyplot is never imported."""
    before: dict[str, Any] = dict(matplotlib.rcParams)
    value_distribution(result_of("usual")).save(tmp_path)
    assert dict(matplotlib.rcParams) == before


def test_threads_draw_side_by_side(tmp_path: Path) -> None:
    """A server may draw several pictures at once."""
    expected = value_distribution(result_of("usual")).save(tmp_path / "alone", ["svg"])
    failures: list[BaseException] = []

    def draw(number: int) -> None:
        try:
            (path,) = value_distribution(result_of("usual")).save(tmp_path / str(number), ["svg"])
            assert path.read_bytes() == expected[0].read_bytes()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_folder_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    """And nothing is left behind, not even the first of two pictures."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ut.RunError, match="cannot be written"):
        chart("usual", "value").save(tmp_path / "file")
    with pytest.raises(ut.RunError, match="bmp is not a format"):
        chart("usual", "value").save(tmp_path, ["bmp"])
    (tmp_path / "cash.png").mkdir()
    with pytest.raises(ut.RunError, match="cannot be written"):
        save_charts([chart("usual", "value"), chart("usual", "cash")], tmp_path, ["png"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cash.png", "file"]


def test_colours_differ_in_lightness_too() -> None:
    """A grey print tells simple from discounted, gain from loss: by lightness or by hatching."""

    def grey(colour: str) -> float:
        return float(np.dot(colors.to_rgb(colour), [0.299, 0.587, 0.114]))

    assert abs(grey(house.BLUE) - grey(house.ORANGE)) > 0.2
    assert abs(grey(house.LIGHT_BLUE) - grey(house.SKY)) > 0.2
    assert abs(grey(house.SKY) - grey(house.BLUE)) > 0.15
    hatched = [patch.get_hatch() for patch in chart("usual", "payback").figure.axes[0].patches]
    assert hatched.count(house.HATCH) == len(hatched) / 2


def _boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with the place that it takes in the picture."""
    texts = [figure._suptitle, figure._supxlabel]  # type: ignore[attr-defined]
    for axes in figure.axes:
        texts += [axes.xaxis.label, axes.yaxis.label, *axes.texts, axes._left_title]  # type: ignore[attr-defined]
        legend = axes.get_legend()
        texts += legend.get_texts() if legend is not None else []
        for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            low, high = sorted((low, high))
            ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            texts += [tick.label1 for tick in ticks if tick.label1.get_visible()]
    known = [text for text in texts if text is not None and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent()) for text in known]


def _raw(drawn: Chart) -> str:
    return "\n".join(text.get_text() for text in drawn.figure.findobj(matplotlib.text.Text))


def _texts(drawn: Chart) -> str:
    return " ".join(_raw(drawn).split()).replace(SPACE, " ")


def _rgb(colour: str) -> tuple[float, ...]:
    return colors.to_rgb(colour)
