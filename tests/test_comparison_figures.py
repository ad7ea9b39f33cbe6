"""Pictures of a comparison: the numbers they draw, and that every text can be read."""

import re
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from comparing import amount, compared, normals, two_years
from comparing_pages import case, many, usual
from matplotlib.axes import Axes

import utfall as ut
from reports.comparison_reading import Reading
from reports.figures import (
    Chart,
    best_shares,
    comparison_charts,
    difference,
    payback_curves,
    regret,
    value_curves,
)
from reports.figures.comparison_lines import FEW, TOP, looks
from reports.figures.style import house_style
from reports.language import SPACE
from simulator.errors import RunError

ODD = "Ein sehr langer Name $100 ^2_a [bold]b[/bold] 顧客 🙂 " * 3
SCENES: dict[str, Callable[[], ut.Compared]] = {
    "usual": usual,
    "four": lambda: many(4),
    "six": lambda: many(6),
    "thirty": many,
    "one": lambda: compared({"A": case("A", "50k to 120k")}, trials=512),
    "equal": lambda: compared(dict.fromkeys(("Now", "Again"), case("A", "50k to 120k")),
                              trials=512),
    "never": lambda: compared({"A": case("A", "50k to 120k"), "Never": case("Never", "1k to 2k"),
                               "Free": case("Free", "50k to 60k", outlay="0")}, trials=512),
    "certain": lambda: compared({"A": two_years("", "100", "60", "60"),
                                 "B": two_years("", "100", "70", "60")}, trials=512),
    "idle": lambda: compared({"A": amount({}, "0")}, trials=512),
    "long names": lambda: compared({f"{ODD}one": case("One", "50k to 120k"),
                                    f"{ODD}two": case("Two", "60k to 120k", 8)}, trials=512),
    "by value": lambda: compared(normals(a=(1e9, 1e8), b=(2e9, 3e9)), trials=512,
                                 criterion="value"),
}  # fmt: skip
QUICK = ("usual", "thirty", "never", "long names")
EVERY = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in SCENES]


@cache
def scene(name: str) -> ut.Compared:
    """One of the comparisons."""
    return SCENES[name]()


@cache
def charts_of(name: str) -> tuple[Chart, ...]:
    """All pictures of one of them."""
    return comparison_charts(scene(name))


def texts(chart: Chart) -> str:
    """Every text of a picture on one line, with spaces that one can type."""
    found = [text.get_text() for text in chart.figure.findobj(matplotlib.text.Text)]
    return " ".join(" ".join(found).split()).replace(SPACE, " ")


# What can be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_every_text_stands_inside_the_picture_and_no_name_upon_another(name: str):
    """Whatever is compared; the texts of a drawing's own axes, its marks and its names."""
    for chart in charts_of(name):
        with house_style():
            chart.figure.draw_without_rendering()
            whole = chart.figure.bbox.padded(1)
            drawn = [
                text
                for text in chart.figure.findobj(matplotlib.text.Text)
                if text.get_text().strip() and text.get_visible()
            ]
            for text in drawn:
                box = text.get_window_extent()
                in_axis = any(text in axis.get_ticklabels() for axes in chart.figure.axes
                              for axis in (axes.xaxis, axes.yaxis))  # fmt: skip
                inside = (whole.x0 <= box.x0 and box.x1 <= whole.x1
                          and whole.y0 <= box.y0 and box.y1 <= whole.y1)  # fmt: skip
                assert inside or in_axis, f"{chart.name}: {text.get_text()}"
            names = [text for axes in chart.figure.axes for text in axes.texts]
            for one, other in combinations([t.get_window_extent() for t in names
                                            if t.get_text()], 2):  # fmt: skip
                assert not one.padded(-1).overlaps(other.padded(-1)), chart.name


@pytest.mark.parametrize("name", EVERY)
def test_every_picture_says_in_words_what_it_shows(name: str):
    """Title, frame and a sentence; nothing undefined is written."""
    charts = charts_of(name)
    assert [chart.name for chart in charts] == [
        "payback_curves", "value_curves", "difference", "best_shares", "regret",
    ]  # fmt: skip
    for chart in charts:
        assert chart.alt.startswith(chart.title)
        assert len(chart.alt) > len(chart.title) + 20
        assert SPACE not in chart.alt
        for text in (chart.alt, texts(chart)):
            assert not re.search(r"\b(nan|inf|None)\b", text)


def test_pictures_are_written_with_text_as_text_and_the_same_picture_is_the_same_file(
    tmp_path: Path,
):
    """As PNG and SVG, made twice."""
    for folder in ("one", "two"):
        for chart in comparison_charts(usual()):
            assert {path.suffix for path in chart.save(tmp_path / folder)} == {".png", ".svg"}
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
        assert path.suffix == ".png" or "One" in path.read_text()


def test_names_stand_beside_curves_that_are_apart_and_in_a_legend_where_they_are_not():
    """Where a name could be taken for that of another line, it is no help."""
    apart = value_curves(compared(normals(Low=(0, 1), High=(20, 1)), trials=512)).figure.axes[0]
    assert apart.get_legend() is None
    assert {"Low", "High"} <= {text.get_text() for text in apart.texts}
    close = value_curves(many(4)).figure.axes[0]
    legend = close.get_legend()
    assert legend is not None
    assert {text.get_text() for text in legend.get_texts()} == set(many(4).names[:-1])
    assert {text.get_text() for text in close.texts} == {"Nothing"}


def test_lines_differ_without_colour():
    """Each has a dash pattern and a mark of its own, and the colours differ, too."""
    found = looks(Reading(many(FEW)), tuple(many(FEW).names[:FEW]))
    for kind in ("style", "marker", "colour"):
        assert len({str(getattr(look, kind)) for look in found}) == FEW


def test_of_many_alternatives_the_first_are_named_and_all_are_in_the_frame():
    """The rest are grey lines, counted below."""
    first = Reading(many()).alternatives
    for chart in (payback_curves(many()), value_curves(many())):
        text = texts(chart)
        drawn = [t.get_text() for t in chart.figure.axes[0].findobj(matplotlib.text.Text)]
        named = {name for name in first if any(name in each for each in drawn)}
        assert named == set(first[:TOP])
        assert f"Grey: {30 - TOP} others" in text
        assert set(chart.frame["alternative"]) == set(first)


# What is drawn ------------------------------------------------------------------------------------


def test_payback_curves_draw_the_chances_of_the_result():
    """By quarters, with their intervals; never is said at the end of each line."""
    chart = payback_curves(usual())
    for name in ("One", "Two"):
        result = usual().results[name]
        rows = chart.frame[chart.frame["alternative"] == name].set_index("within")
        for year in (0.25, 1.0, 2.0, 3.0, 5.0):
            found = result.payback_chance(year)
            assert rows.loc[year, "chance"] == found.value
            assert (rows.loc[year, "low"], rows.loc[year, "high"]) == (found.low, found.high)
        assert rows.loc[np.inf, "chance"] == result.never_chance().value
        never = Reading(usual()).chance(result.never_chance(), name).text.replace(SPACE, " ")
        assert f"{name} (never: {never})" in texts(chart)
        own = rows[rows.index <= result.horizon]
        assert any(np.array_equal(line, curve(own)) for line in lines(chart))
    assert "hurdle: 2 years" in texts(chart)


def lines(chart: Chart) -> list[np.ndarray]:
    """The heights of every line drawn."""
    return [np.asarray(line.get_ydata(), float) for axes in chart.figure.axes
            for line in axes.lines]  # fmt: skip


def curve(rows: pd.DataFrame) -> np.ndarray:
    """The heights of a line in the frame, without never."""
    table = rows[np.isfinite(rows.index)]
    return table["chance"].to_numpy(float)


def test_what_has_no_payback_has_no_line_and_is_named():
    """Nothing at all is paid in Idle."""
    found = compared({"Idle": amount({}, "0"), "A": case("A", "50k to 120k")}, trials=512,
                     currency="SEK")  # fmt: skip
    chart = payback_curves(found)
    assert set(chart.frame["alternative"]) == {"A"}
    assert "No money is paid in “Idle”, so there is no payback." in texts(chart)


def test_value_curves_draw_percentiles_and_mark_zero():
    """Each curve passes through its P10, P50 and P90; the line at zero is doing nothing."""
    chart = value_curves(usual())
    for name in ("One", "Two"):
        npv = usual().results[name].npv
        rows = chart.frame[chart.frame["alternative"] == name].set_index("part")
        for percent in (10, 50, 90):
            assert rows.loc[f"P{percent}", "value"] == npv.percentile(percent)
        points = rows.loc["curve"]
        at = np.interp(0.5, points["chance"], points["value"])
        assert at == pytest.approx(npv.percentile(50), rel=0.01)
    assert zero_is_marked(chart.figure.axes[0])
    assert "Nothing" in texts(chart)


def zero_is_marked(axes: Axes) -> bool:
    """Whether a line stands at 0, from the bottom to the top."""
    return any(list(line.get_xdata()) == [0, 0] for line in axes.lines)


def test_the_difference_is_taken_trial_by_trial():
    """Better by exactly 1 in every trial, however uncertain both are."""
    shared = {"x": "normal(0, 5)"}
    found = compared({"A": amount(shared, "x + 1"), "B": amount(shared, "x")}, trials=512)
    frame = difference(found, "A", "B").frame
    bars = frame[frame["part"] == "bar"]
    assert bars["share"].sum() == pytest.approx(1.0)
    assert bars["from"].min() == pytest.approx(1.0)
    assert bars["to"].max() == pytest.approx(1.0)
    other = difference(found, "B", "A")
    assert "“B” is better (right of 0) in under 1 % of the trials" in texts(other)


def test_the_difference_is_that_of_the_first_and_the_runner_up_with_zero_marked():
    """Where none is named; the share to the right of zero is the chance of being better."""
    first, second = usual().ranking().names
    chart = difference(usual())
    assert chart.title.startswith(f"{first} minus {second}")
    bars = chart.frame[chart.frame["part"] == "bar"]
    right = bars[bars["from"] >= 0]["share"].sum()
    chance = usual().pair(first, second).chance_a_better.value
    assert right == pytest.approx(chance, abs=0.006)  # 0.5 % at either end is not drawn
    assert all(zero_is_marked(axes) for axes in chart.figure.axes)
    against = difference(usual(), b="Nothing")
    assert against.title.startswith(f"{first} minus Nothing")


def test_a_difference_needs_two_that_are_compared():
    """An unknown name gets the list; one and the same is refused."""
    with pytest.raises(
        RunError, match="`Three` is not compared\n    the alternatives are One, Two"
    ):
        difference(usual(), "Three")
    with pytest.raises(RunError, match="cannot be compared with itself"):
        difference(usual(), "One", "One")


def test_equal_alternatives_differ_by_nothing():
    """Said in words, and no share better or worse."""
    chart = difference(scene("equal"))
    assert "“Now” and “Again” are equal in every trial" in texts(chart)
    assert "better" not in chart.alt


def test_shares_of_being_best_sum_to_one_and_are_those_of_the_json():
    """The largest first; those not drawn are in the frame and counted below."""
    for found in (usual(), many()):
        chart = best_shares(found)
        assert chart.frame["chance"].sum() == pytest.approx(1.0)
        assert chart.frame["chance"].is_monotonic_decreasing
        told = found.to_dict()
        for row in chart.frame.itertuples():
            assert row.chance == told["chance_best"][row.alternative]
            assert [row.low, row.high] == told["chance_best_interval"][row.alternative]
    assert "The other 19 share" in texts(best_shares(many()))


def test_the_least_regret_is_what_knowing_is_worth():
    """The lowest bar is the expected value of perfect information."""
    chart = regret(usual())
    assert chart.frame["regret"].is_monotonic_increasing
    assert chart.frame["regret"].iloc[0] == usual().evpi.value
    assert (
        dict(zip(chart.frame["alternative"], chart.frame["regret"], strict=True))
        == (usual().to_dict()["regret"])
    )
    assert "Knowing everything before choosing would be worth" in texts(chart)


def test_a_line_is_thin_beyond_the_years_of_its_alternative():
    """Where another one is followed for longer: nothing was simulated there, and a note says so."""
    short, long = case("Short", "50k to 120k", 3), case("Long", "50k to 120k", 6)
    chart = payback_curves(compared({"Short": short, "Long": long}, trials=512))
    thin = [line for line in chart.figure.axes[0].lines if line.get_linewidth() == 0.8]
    ((first, *rest),) = [line.get_xdata() for line in thin if len(line.get_xdata()) > 1]
    assert (first, rest[-1]) == (3, 6)
    assert "Thin lines: beyond its own years" in texts(chart)
    assert "Thin lines" not in texts(payback_curves(scene("equal")))


def test_words_of_a_difference_leave_the_line_at_zero_whole():
    """On the other side of their mark, or beyond zero with a thin line to the mark."""
    chart = difference(compared(normals(A=(0, 5), B=(0, 5)), trials=2048, criterion="value"))
    axes = chart.figure.axes[1]
    chart.figure.draw_without_rendering()
    zero = axes.transData.transform((0, 0))[0]
    for text in axes.texts:
        assert not text.get_window_extent().x0 <= zero <= text.get_window_extent().x1
    leaders = [line for line in axes.lines if line.get_linewidth() == 0.6]
    assert len(leaders) <= 3
    assert all(len(line.get_xdata()) == 2 for line in leaders)
