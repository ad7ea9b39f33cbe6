"""The picture of the front page: how fast, how exact, how large; drawn from the record alone."""

from collections.abc import Iterable
from math import ceil, floor, log10
from pathlib import Path
from typing import TYPE_CHECKING

from figures import Figure
from page import PICTURE, README, number
from parts.sizes import MEMORY
from parts.spread import LATIN, PLAIN, SOBOL, WITHOUT
from record import Record

from reports.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    SMALL,
    headline,
    house_style,
    light_grid,
    new_figure,
)  # fmt: skip

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure as Drawing

NEEDED = ("processes", "peers", "spread", "sizes")
DESIGNS = {LATIN: ("Latin hypercube", GREY, "s"), SOBOL: ("Sobol'", SKY, "D"),
           WITHOUT: ("investment integrated out", BLUE, "o")}  # fmt: skip
ROWS = {"mean NPV": "mean value", "P10": "10th percentile", "P50": "median",
        "P90": "90th percentile", "P(payback ≤ 3)": "chance of payback",
        "P(loss)": "chance of loss"}  # fmt: skip


def save_picture(record: Record, folder: Path = README.parent) -> Path | None:
    """Write the picture; None, and nothing written, where a part has not been measured yet."""
    if not all(name in record for name in NEEDED):
        return None
    path = folder / PICTURE
    with house_style():
        picture(record).savefig(path)
    return path


def picture(record: Record) -> "Drawing":
    """Three drawings, one for each thing that is promised."""
    drawing = new_figure(5.6)
    axes = drawing.subplot_mosaic(
        [["fast", "fast"], ["exact", "large"]], height_ratios=[1, 1.1], width_ratios=[1.25, 1]
    )
    programs = [*record["processes"].figures, *record["peers"].figures]
    most = max(figure.trials for figure in programs)
    largest = [figure for figure in programs if figure.trials == most]
    headline(drawing, f"{number(largest[0].ratio)} times as fast as {largest[0].against}")
    _fast(axes["fast"], largest)
    _exact(axes["exact"], record["spread"].figures)
    _large(axes["large"], [f for f in record["sizes"].figures if f.what == MEMORY])
    drawing.get_layout_engine().set(hspace=0.08, wspace=0.08, h_pad=0.08)
    return drawing


def _fast(axes: "Axes", figures: Iterable[Figure]) -> None:
    """Bars of seconds, ours first, the others as they rise."""
    figures = sorted(figures, key=lambda figure: figure.theirs or 0)
    names = ["Utfall", *(figure.against for figure in figures)]
    seconds = [figures[0].ours or 0, *(figure.theirs or 0 for figure in figures)]
    colours = [BLUE, *[PALE] * len(figures)]
    bars = axes.barh(names, seconds, color=colours, height=0.72)
    axes.bar_label(bars, [f"{value:.1f} s" for value in seconds], padding=4, color=INK)
    axes.get_yticklabels()[0].set_fontweight("bold")
    axes.invert_yaxis()
    axes.set_title(f"Seconds for {figures[0].trials:,} futures, whole program, one thread")
    axes.xaxis.set_visible(False)
    axes.tick_params(left=False)
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.margins(x=0.1)


def _exact(axes: "Axes", figures: Iterable[Figure]) -> None:
    """For every figure how many random trials one trial of each design is worth."""
    least = min(figure.trials for figure in figures)
    found = {figure.what: figure.ratio for figure in figures if figure.trials == least}
    for design, (label, colour, marker) in DESIGNS.items():
        points = {
            ROWS[what]: found[name]
            for what in PLAIN
            if (name := f"variance of {what}, {design}") in found
        }
        axes.plot(points.values(), points.keys(), marker, color=colour, label=label, markersize=6)
    axes.axvline(1, color=GREY, linewidth=0.8)
    axes.set_xscale("log")
    axes.set_ylim(len(ROWS) - 0.5, -0.5)
    _plain_powers(axes.xaxis)
    light_grid(axes, "x")
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.set_title(f"Random trials that one of {least:,} is worth")
    axes.legend(loc="upper right", bbox_to_anchor=(1.05, -0.1), ncols=3, handletextpad=0.1,
                columnspacing=1)  # fmt: skip


def _large(axes: "Axes", figures: Iterable[Figure]) -> None:
    """Memory by trials, ours and the plain program's."""
    figures = list(figures)
    beside = [figure for figure in figures if "trials" not in figure.against]
    ours = [(figure.trials, figure.ours) for figure in figures]
    theirs = [(figure.trials, figure.theirs) for figure in beside]
    for points, colour in ((ours, BLUE), (theirs, ORANGE)):
        axes.plot(*zip(*points, strict=True), "o-", color=colour, markersize=5)
    words = {"textcoords": "offset points", "fontsize": SMALL}
    axes.annotate("Utfall", ours[-1], (0, 7), color=BLUE, ha="right", **words)
    name = beside[0].against.replace(" and", "\nand")
    axes.annotate(name, theirs[-1], (8, 0), color=ORANGE, va="center", **words)
    axes.set_xscale("log")
    axes.set_yscale("log")
    low, high = (log10(end) for end in axes.get_ylim())
    axes.set_ylim(10 ** floor(low), 10 ** ceil(high + 0.1))
    _plain_powers(axes.yaxis)
    _plain_powers(axes.xaxis, unit=1e6)
    light_grid(axes)
    axes.set_xlabel("million trials")
    axes.set_title("Memory at most, MB")


def _plain_powers(axis: "Axis", unit: float = 1) -> None:
    """0.1, 1, 10, 100 instead of powers, and no marks between."""
    from matplotlib.ticker import FuncFormatter, NullLocator

    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / unit:,g}"))
    axis.set_minor_locator(NullLocator())
