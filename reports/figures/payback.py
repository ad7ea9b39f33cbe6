"""When the money is back: the chance by each year, and of never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports.figures.chart import Chart
from reports.figures.style import (
    BLUE,
    GREY,
    HATCH,
    INK,
    ORANGE,
    SMALL,
    VERMILLION,
    footnote,
    headline,
    house_style,
    legend_above,
    light_grid,
    new_figure,
    percent_axis,
)
from reports.numbers import SPACE, chance, years
from reports.words import chance_said, payback_sentence, shortened

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.result import Measured, Result

BAR = 0.38
MANY = 12  # more years than this are drawn without figures on their bars
KINDS = (("simple", False), ("discounted", True))


def payback_by_year(result: Result) -> Chart:
    """The chance of having paid back within each year, simple and discounted, and never.

    Raises RunError for a case without money.
    """
    chances = {kind: result.payback_chances(discounted=flag) for kind, flag in KINDS}
    if not chances["simple"]:
        _ = result.payback  # tells that there is no money in the case
    frame = _frame(chances)
    title = f"{shortened(result.case.name, 80)}: chance of having paid back"
    hurdle = result.case.hurdle
    with house_style():
        figure = new_figure(3.9)
        axes = figure.subplots()
        places = [*range(1, result.horizon + 1), result.horizon + 1.6]
        for index, (kind, _) in enumerate(KINDS):
            _bars(axes, places, list(chances[kind].values()), index, result)
        axes.axvline(result.horizon + 0.8, color=GREY, linewidth=0.8, linestyle=":")
        if hurdle is not None:
            _mark_hurdle(axes, result)
        step = max(1, -(-result.horizon // 15))
        shown = [year for year in range(1, result.horizon + 1) if year % step == 0 or step == 1]
        axes.set_xticks([*shown, places[-1]], [*map(str, shown), "never"])
        axes.tick_params(axis="x", length=0)
        axes.set_xlim(0.4, places[-1] + 0.6)
        axes.set_ylim(0, 1.2)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        percent_axis(axes.yaxis)
        light_grid(axes)
        axes.set_xlabel("Within so many years (year 0 is the investment)")
        axes.set_ylabel("Chance")
        legend_above(axes)
        headline(figure, title)
        footnote(figure, *_notes(result))
    return Chart("payback", title, figure, frame, _alt(title, result))


def _bars(
    axes: Axes, places: list[float], chances: list[Measured], index: int, result: Result
) -> None:
    at = np.array(places) + (index - 0.5) * BAR
    heights = np.array([figure.value or 0.0 for figure in chances])
    lows = heights - np.array([_end(figure.low, figure) for figure in chances])
    highs = np.array([_end(figure.high, figure) for figure in chances]) - heights
    colours = [BLUE if index == 0 else ORANGE] * (len(places) - 1) + [VERMILLION]
    axes.bar(
        at,
        heights,
        BAR * 0.94,
        color=[colour if index == 0 else "white" for colour in colours],
        edgecolor=colours,
        hatch=HATCH if index else "",
        linewidth=0.8,
        yerr=np.maximum([lows, highs], 0.0),
        error_kw={"ecolor": INK, "elinewidth": 0.9, "capsize": 1.5},
        label="on discounted cash" if index else "payback",
    )
    if len(places) - 1 <= MANY:
        for place, figure, high in zip(at, chances, heights + highs, strict=True):
            text = (
                chance(figure.value)
                .replace("under", "<")
                .replace(" %", "")
                .replace(SPACE + "%", "")
            )
            axes.annotate(
                text, (place, high), (0, 2), textcoords="offset points", ha="center",
                va="bottom", fontsize=SMALL - 1,
            )  # fmt: skip


def label(result: Result, figure: Measured) -> str:
    """A chance as short as can be: "58", "<0.1"."""
    text = chance_said(result, figure).text.removesuffix(f"{SPACE}%")
    return text.replace("under ", "<").replace("over ", ">")


def _end(end: float | None, figure: Measured) -> float:
    return end if end is not None else figure.value or 0.0


def _mark_hurdle(axes: Axes, result: Result) -> None:
    """The longest payback that is acceptable, and the chance to keep it."""
    hurdle = result.case.hurdle
    assert hurdle is not None
    within = min(hurdle.years, result.horizon + 0.8)
    place = within + 0.5 if hurdle.years == round(hurdle.years) else within
    axes.axvline(place, ymax=0.98, color=INK, linewidth=1.2, linestyle="--")
    left = place > result.horizon / 2
    axes.annotate(
        f"hurdle: within {years(hurdle.years)}", (place, 1.12), (-3 if left else 3, 0),
        textcoords="offset points", ha="right" if left else "left", va="bottom", fontsize=SMALL,
    )  # fmt: skip


def _notes(result: Result) -> list[str]:
    notes = [payback_sentence(result)]
    if result.no_outlay_share:
        share = chance(result.no_outlay_share)
        notes.append(
            f"In {share} of the trials no money is ever at risk; payback counts as 0 years."
        )
    if result.payback.undefined_share:
        share = chance(result.payback.undefined_share)
        notes.append(f"In {share} of the trials nothing is paid; the chances are of the others.")
    return notes


def _frame(chances: dict[str, dict[str, Measured]]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (within, kind, figure.value, figure.low, figure.high)
        for kind, found in chances.items()
        for within, figure in found.items()
    ]
    columns = ["within", "cash", "chance", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _alt(title: str, result: Result) -> str:
    found = result.payback_chances()
    if result.horizon > MANY:  # every fifth year tells enough
        found = {w: f for w, f in found.items() if w == "never" or int(w) % 5 == 0}
    told = [
        f"{'never' if within == 'never' else f'within {years(float(within))}'} "
        f"{chance_said(result, figure)}"
        for within, figure in found.items()
    ]
    return f"{title}: {', '.join(told)}. {payback_sentence(result)}".replace(SPACE, " ")
