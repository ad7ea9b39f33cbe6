"""Alternatives on one chart: when they pay back, and what they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.comparison_reading import Reading
from reports.figures.chart import Chart
from reports.figures.comparison_bars import best_shares, regret
from reports.figures.comparison_difference import difference
from reports.figures.comparison_lines import (
    NAME,
    Look,
    as_sentence,
    grey_note,
    label_ends,
    label_lines,
    legend_beside,
    looks,
    note_below,
)
from reports.figures.spread import TAIL, Spread
from reports.figures.style import (
    INK,
    SMALL,
    count_in,
    headline,
    house_style,
    light_grid,
    new_figure,
    percent_axis,
    wrapped,
)
from reports.language import SPACE
from reports.numbers import Scale, years
from reports.units import Unit
from reports.verdict import best_sentence, first_sentence
from reports.words import at_least, chance_said, shortened
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.analysis.comparison import Compared

Floats = npt.NDArray[np.float64]
FINE = 10  # up to so many years the chance of payback is drawn by quarters
MARKS = (10, 50, 90)


def comparison_charts(compared: Compared) -> tuple[Chart, ...]:
    """Every picture of a comparison, in the order in which they are best read."""
    return (
        payback_curves(compared),
        value_curves(compared),
        difference(compared),
        best_shares(compared),
        regret(compared),
    )


def payback_curves(compared: Compared) -> Chart:
    """The chance of having paid back within so many years, every alternative on one chart.

    Simple payback, or discounted where the hurdle is. Whole years are marked, bands are 95 %
    intervals. Alternatives without any cash have no payback and no line.
    """
    reading, hurdle = Reading(compared), compared.hurdle
    names = [
        name for name in reading.alternatives if compared.results[name].payback.undefined_share < 1
    ]
    said = first_sentence(reading, "payback")
    frame = _payback_frame(compared, names)
    horizon = compared.comparison.horizon
    title = f"Chance of having paid back: {shortened(compared.comparison.name, 90)}"
    with house_style():
        figure = new_figure(3.9)
        axes = figure.subplots()
        found = looks(reading, names)
        for look in found:
            _payback_line(axes, frame[frame["alternative"] == look.name], look)
        if compared.comparison.hurdle is not None:
            axes.axvline(hurdle.years, color=INK, linewidth=1.0, linestyle=(0, (4, 3)), zorder=2)
            right = hurdle.years > horizon / 2
            axes.annotate(
                f"hurdle: {years(hurdle.years)}", (hurdle.years, 1.02), (-3 if right else 3, 0),
                textcoords="offset points", ha="right" if right else "left", va="bottom",
                fontsize=SMALL,
            )  # fmt: skip
        axes.set_xlim(0, 1.012 * max(horizon, hurdle.years))
        axes.set_ylim(0, 1.1)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_xticks(range(0, horizon + 1, max(1, ceil(horizon / 15))))
        percent_axis(axes.yaxis)
        light_grid(axes)
        axes.set_xlabel(f"Within so many years{' on discounted cash' * hurdle.discounted}")
        axes.set_ylabel("Chance of having paid back")
        headline(figure, title)
        note_below(figure, said, *_without_line(reading, names, found))
        label_ends(figure, axes, _ends(compared, found, frame), horizon)
    alt = f"{as_sentence(title)} {said} {_never_said(compared, found)}"
    return Chart("payback_curves", title, figure, frame, alt.replace(SPACE, " "))


def _payback_frame(compared: Compared, names: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    horizon, hurdle = compared.comparison.horizon, compared.hurdle
    step = 0.25 if horizon <= FINE else 1.0
    lengths = sorted({*np.arange(0, horizon + step, step).tolist(), hurdle.years})
    rows: list[tuple[object, ...]] = []
    for name in names:
        result = compared.results[name]
        for length in lengths:
            found = result.payback_chance(length, hurdle.discounted)
            rows.append((name, length, found.value, found.low, found.high))
        never = result.never_chance(hurdle.discounted)
        rows.append((name, np.inf, never.value, never.low, never.high))
    return pd.DataFrame(rows, columns=["alternative", "within", "chance", "low", "high"])


def _payback_line(axes: Axes, rows: pd.DataFrame, look: Look) -> None:
    rows = rows[np.isfinite(rows["within"])]
    year, chance = rows["within"].to_numpy(float), rows["chance"].to_numpy(float)
    axes.plot(year, chance, **look.line)
    if look.told:
        low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
        axes.fill_between(year, low, high, color=look.colour, alpha=0.25, linewidth=0, zorder=2.5)
        whole = (year == np.round(year)) & (year > 0)
        axes.plot(year[whole], chance[whole], **look.marks)


def _ends(
    compared: Compared, found: Sequence[Look], frame: pd.DataFrame
) -> list[tuple[Look, str, float]]:
    ends = []
    for look in found:
        if look.told:
            rows = frame[(frame["alternative"] == look.name) & np.isfinite(frame["within"])]
            result = compared.results[look.name]
            never = chance_said(result, result.never_chance(compared.hurdle.discounted)).text
            text = f"{wrapped(look.label, NAME)}\n(never: {never})"
            ends.append((look, text, float(rows["chance"].iloc[-1])))
    return ends


def _without_line(reading: Reading, names: Sequence[str], found: Sequence[Look]) -> list[str]:
    notes = [grey_note(found)]
    left = [name for name in reading.alternatives if name not in names]
    if left:
        notes.append(f"No money is paid in {reading.listed(left)}, so there is no payback.")
    return notes


def _never_said(compared: Compared, found: Sequence[Look]) -> str:
    told = []
    for look in found:
        if look.told:
            result = compared.results[look.name]
            never = chance_said(result, result.never_chance(compared.hurdle.discounted))
            told.append(f"{look.label} {never}")
    return f"Never within the years followed: {', '.join(told)}." if told else ""


def value_curves(compared: Compared) -> Chart:
    """The chance of at most each net present value, every alternative on one chart; zero marked."""
    reading = Reading(compared)
    unit = Unit(reading.currency)
    spreads = {name: Spread.of(compared.results[name].npv) for name in reading.alternatives}
    low = min(0.0, *(each.low for each in spreads.values()))
    high = max(0.0, *(each.high for each in spreads.values()))
    margin = (high - low) * 0.04 or 1.0
    scale = unit.scale([low, high])
    factor = 10.0**-scale.power
    title = f"Net present value: {shortened(compared.comparison.name, 90)}"
    with house_style():
        figure = new_figure()
        axes = figure.subplots()
        found = looks(reading, reading.alternatives)
        axes.set_xlim((low - margin) * factor, (high + margin) * factor)
        axes.set_ylim(0, 1.04)
        lines = [_value_line(axes, look, spreads[look.name], factor) for look in found]
        _mark_percentiles(axes, compared, found, factor)
        axes.axvline(0, color=INK, linewidth=1.2)
        axes.annotate(
            NOTHING, (0, 1.0), (4, 4), textcoords="offset points", fontsize=SMALL, va="bottom"
        )
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        percent_axis(axes.yaxis)
        count_in(axes.xaxis, scale)
        light_grid(axes)
        axes.set_xlabel(f"Net present value, {unit.heading(scale)}".rstrip(", "))
        axes.set_ylabel("Chance of at most this")
        headline(figure, title)
        note_below(figure, *_value_notes(found))
        if not label_lines(figure, axes, lines):
            legend_beside(axes, found)
    return Chart(
        "value_curves", title, figure, _value_frame(spreads, compared), _value_alt(title, reading)
    )


def _value_line(
    axes: Axes, look: Look, spread: Spread, factor: float
) -> tuple[Look, Floats, Floats]:
    values, curve = spread.values * factor, spread.curve
    if spread.few:
        left, right = axes.get_xlim()
        values = np.concatenate([[left], np.repeat(values, 2), [right]])
        curve = np.concatenate([[0.0, 0.0], np.repeat(curve, 2)])
    axes.plot(values, curve, **look.line)
    return look, values, curve


def _mark_percentiles(axes: Axes, compared: Compared, found: Sequence[Look], factor: float) -> None:
    for look in found:
        npv = compared.results[look.name].npv
        if look.told:
            at = [(npv.percentile(percent) or 0.0) * factor for percent in MARKS]
            axes.plot(at, np.array(MARKS) / 100, **look.marks)


def _value_notes(found: Sequence[Look]) -> tuple[str, ...]:
    return (
        f"Marks: P10, P50, P90, with a chance of 90, 50, 10{SPACE}% of at least that value; "
        "further right is better. Doing nothing is the line at 0. Not drawn: "
        f"{TAIL}{SPACE}% at either end.",
        grey_note(found),
    )


def _value_frame(spreads: dict[str, Spread], compared: Compared) -> pd.DataFrame:
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    for name, spread in spreads.items():
        npv = compared.results[name].npv
        rows += [(name, "curve", v, c) for v, c in zip(spread.values, spread.curve, strict=True)]
        rows += [(name, f"P{percent}", npv.percentile(percent), percent / 100) for percent in MARKS]
    return pd.DataFrame(rows, columns=["alternative", "part", "value", "chance"])


def _value_alt(title: str, reading: Reading) -> str:
    def write(value: float | None, _: float | None) -> str:
        scale: Scale = reading.scale
        heading = scale.heading(reading.currency)
        return f"{scale.text(value)} {heading}".rstrip()

    told = [
        f"{name}: {at_least(reading.compared.results[name].npv, write)}"
        for name in reading.alternatives[:3]
    ]
    return f"{as_sentence(title)} {'; '.join(told)}. {best_sentence(reading)}".replace(SPACE, " ")
