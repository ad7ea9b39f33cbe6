"""When the money is back: the chance by each year, and of never."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.ends import error_of
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
    wrapped,
)
from reports.language import SPACE, say, say_in
from reports.notes import note
from reports.numbers import chance, chance_parts, years
from reports.numbers import never as never_comes
from reports.words import certain, chance_said, payback_sentence, shortened

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    from simulator.result import Measured, Result

Floats = npt.NDArray[np.float64]
BAR = 0.42
MANY = 12  # more years than this are drawn as a line
COLOURS = (BLUE, ORANGE)
KINDS = (("simple", False), ("discounted", True))


def payback_by_year(result: Result) -> Chart:
    """The chance of having paid back within each year, simple and discounted, and never.

    Raises RunError for a case without money.
    """
    chances = {kind: result.payback_chances(discounted=flag) for kind, flag in KINDS}
    if not chances["simple"]:
        _ = result.payback  # tells that there is no money in the case
    frame = _frame(chances)
    title = say("{case}: chance of having paid back", case=shortened(note(result.case.name), 80))
    with house_style():
        figure = new_figure(3.9)
        axes = figure.subplots()
        unit = max(1.0, result.horizon / MANY)  # the room that one year would have among twelve
        never = result.horizon + 1.6 * unit
        for index, (kind, _) in enumerate(KINDS):
            found = list(chances[kind].values())
            years_drawn = list(range(1, result.horizon + 1))
            if result.horizon <= MANY:
                _bars(axes, years_drawn, found[:-1], index, result)
            else:
                _steps(axes, years_drawn, found[:-1], index)
            _bars(axes, [never], found[-1:], index, result, unit)
        axes.set_xlim(0.4, never + 0.7 * unit)
        axes.set_ylim(0, 1.2)
        axes.axvline(result.horizon + 0.8 * unit, color=GREY, linewidth=0.8, linestyle=":")
        step = max(1, -(-result.horizon // 15))
        shown = [year for year in range(1, result.horizon + 1) if year % step == 0]
        axes.set_xticks([*shown, never], [*map(str, shown), never_comes()])
        axes.tick_params(axis="x", length=0)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        percent_axis(axes.yaxis)
        light_grid(axes)
        axes.set_xlabel(wrapped(say("Within so many years (year 0 is the investment)"), 66))
        axes.set_ylabel(say("Chance"))
        headline(figure, title)
        footnote(figure, *_notes(result))
        legend_above(axes)
        top = max(_kept_apart(axes), 1.0)
        axes.set_ylim(0, top + 0.02 + 0.08 * _mark_hurdle(axes, result, top + 0.02))
    return Chart("payback", title, figure, frame, _alt(title, result))


def _cash_named(index: int) -> str:
    """Which cash a row of bars or a line is about."""
    if index == 0:
        # translators: beside it stands "on discounted cash"; this one is not discounted
        return say_in("a row of bars", "payback")
    return say("on discounted cash")


def _bars(
    axes: Axes,
    places: Sequence[float],
    chances: Sequence[Measured],
    index: int,
    result: Result,
    never: float = 0.0,
) -> None:
    """Bars with their intervals and figures; `never` is the width of a year where that is drawn."""
    width = BAR * (never or 1.0)
    at = np.array(places) + (index - 0.5) * width
    heights, lows, highs = _ends(chances)
    colour = VERMILLION if never else COLOURS[index]
    axes.bar(
        at,
        heights,
        width * 0.94,
        color="white" if index else colour,
        edgecolor=colour,
        hatch=HATCH if index else "",
        linewidth=0.8,
        yerr=np.maximum([heights - lows, highs - heights], 0.0),
        error_kw={"ecolor": INK, "elinewidth": 0.9, "capsize": 1.5},
        label="_" if never else _cash_named(index),
    )
    for place, figure, high in zip(at, chances, highs, strict=True):
        axes.annotate(
            label(result, figure), (place, high), (0, 2), textcoords="offset points",
            ha="center", va="bottom", fontsize=SMALL - 1,
        )  # fmt: skip


def _steps(axes: Axes, places: Sequence[float], chances: Sequence[Measured], index: int) -> None:
    """A line with a mark at each year, where bars would be too thin to see."""
    heights, lows, highs = _ends(chances)
    axes.fill_between(places, lows, highs, color=COLOURS[index], alpha=0.3, linewidth=0)
    axes.plot(
        places,
        heights,
        "s--" if index else "o-",
        color=COLOURS[index],
        markerfacecolor="white" if index else COLOURS[index],
        markersize=3.5,
        linewidth=1.5,
        label=_cash_named(index),
    )


def _ends(chances: Sequence[Measured]) -> tuple[Floats, Floats, Floats]:
    """Chances with the low and high ends of their intervals."""
    table = [
        [
            figure.value or 0.0,
            figure.low if figure.low is not None else figure.value or 0.0,
            figure.high if figure.high is not None else figure.value or 0.0,
        ]
        for figure in chances
    ]
    heights, lows, highs = np.array(table, np.float64).T
    return heights, lows, highs


def label(result: Result, figure: Measured) -> str:
    """A chance as short as can be: "58", "<0.1"."""
    parts = chance_parts(figure.value, None if certain(result) else error_of(figure))
    return "".join(parts[:2])


def _kept_apart(axes: Axes) -> float:
    """Where two figures beside each other would meet, one is written, or one above the other.

    Returns how far up the figures reach. Call it when all is drawn, as their places must be known.
    """
    from matplotlib.text import Annotation

    axes.figure.draw_without_rendering()  # type: ignore[union-attr]  # ours are no part of another
    point = axes.figure.dpi / 72
    written = sorted((text for text in axes.texts if isinstance(text, Annotation)), key=_across)
    placed: list[Annotation] = []
    for text in written:
        before = placed[-1] if placed else None
        if before is not None and _meet(before, text):
            if before.get_text() == text.get_text():
                middle = (_across(before) + _across(text)) / 2
                before.xy = (middle, max(float(before.xy[1]), float(text.xy[1])))
                text.remove()
                continue
            upper, lower = sorted((text, before), key=lambda t: -float(t.xy[1]))
            rise = (lower.get_window_extent().y1 - upper.get_window_extent().y0) / point
            upper.xyann = (0, upper.xyann[1] + rise)
        placed.append(text)
    tops = [axes.transData.inverted().transform(t.get_window_extent().max)[1] for t in placed]
    return max(map(float, tops), default=0.0)


def _across(text: Annotation) -> float:
    return float(text.xy[0])


def _meet(one: Annotation, other: Annotation) -> bool:
    return bool(one.get_window_extent().padded(1).overlaps(other.get_window_extent().padded(1)))


def _mark_hurdle(axes: Axes, result: Result, height: float) -> bool:
    """The longest payback that is acceptable, named at `height`; False where there is none."""
    hurdle = result.case.hurdle
    if hurdle is None or hurdle.years > result.horizon:
        return False
    place = hurdle.years + 0.5 * (hurdle.years == round(hurdle.years))
    axes.axvline(place, color=INK, linewidth=1.2, linestyle="--")
    left = place > result.horizon / 2
    axes.annotate(
        say("hurdle: {time}", time=years(hurdle.years)), (place, height), (-3 if left else 3, 0),
        textcoords="offset points", ha="right" if left else "left", va="bottom", fontsize=SMALL,
    )  # fmt: skip
    return True


def _notes(result: Result) -> list[str]:
    notes = [payback_sentence(result)]
    if result.no_outlay_share:
        share = chance(result.no_outlay_share)
        notes.append(
            say(
                "In {share} of the trials no money is ever at risk: payback counts as 0 years.",
                share=share,
            )
        )
    if result.payback.undefined_share:
        share = chance(result.payback.undefined_share)
        notes.append(
            say(
                "In {share} of the trials nothing is paid; the chances are of the others.",
                share=share,
            )
        )
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
    told = []
    for within, figure in found.items():
        share = chance_said(result, figure)
        if within == "never":
            told.append(say("never {chance}", chance=share))
        else:
            time = years(float(within))
            told.append(say("within {time} {chance}", time=time, chance=share))
    chances = say("{title}: {chances}.", title=title, chances=", ".join(told))
    return f"{chances} {payback_sentence(result)}".replace(SPACE, " ")
