"""Alternatives on one chart: when they pay back, and what they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.comparison_reading import Reading, short_names
from reports.figures.chart import Chart
from reports.figures.comparison_bars import best_shares, regret
from reports.figures.comparison_difference import difference
from reports.figures.comparison_lines import (
    NAME,
    Look,
    grey_note,
    label_ends,
    label_lines,
    legend_beside,
    looks,
    name_of,
)
from reports.figures.spread import TAIL, Spread
from reports.figures.style import (
    INK,
    SMALL,
    as_sentence,
    axis_label,
    count_in,
    footnote,
    headline,
    house_style,
    light_grid,
    new_figure,
    percent_axis,
    wrapped,
)
from reports.language import SPACE, say, say_in
from reports.numbers import Scale, percent, years
from reports.units import Unit
from reports.verdict import best_sentence, first_sentence
from reports.words import at_least, chance_said

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
    title = say("Chance of having paid back: {comparison}", comparison=name_of(compared))
    with house_style():
        figure = new_figure(3.9)
        axes = figure.subplots()
        found = looks(reading, names)
        for look in found:
            rows = frame[(frame["alternative"] == look.name) & np.isfinite(frame["within"])]
            _payback_line(axes, rows, look, compared.results[look.name].horizon)
        if compared.comparison.hurdle is not None:
            axes.axvline(hurdle.years, color=INK, linewidth=1.0, linestyle=(0, (4, 3)), zorder=2)
            right = hurdle.years > horizon / 2
            axes.annotate(
                say("hurdle: {time}", time=years(hurdle.years)),
                (hurdle.years, 1.02), (-3 if right else 3, 0),
                textcoords="offset points", ha="right" if right else "left", va="bottom",
                fontsize=SMALL,
            )  # fmt: skip
        axes.set_xlim(0, 1.012 * max(horizon, hurdle.years))
        axes.set_ylim(0, 1.1)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_xticks(range(0, horizon + 1, max(1, ceil(horizon / 15))))
        percent_axis(axes.yaxis)
        light_grid(axes)
        axes.set_xlabel(
            say("Within so many years on discounted cash")
            if hurdle.discounted
            else say("Within so many years")
        )
        axes.set_ylabel(wrapped(say("Chance of having paid back"), 30))
        headline(figure, title)
        footnote(figure, said, *_payback_notes(reading, names, found))
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


def _payback_line(axes: Axes, rows: pd.DataFrame, look: Look, horizon: int) -> None:
    """A line over the years of an alternative; thin beyond them, where its chance stays."""
    beyond = rows[rows["within"] >= horizon]
    rows = rows[rows["within"] <= horizon]
    year, chance = rows["within"].to_numpy(float), rows["chance"].to_numpy(float)
    axes.plot(year, chance, **look.line)
    axes.plot(beyond["within"], beyond["chance"], color=look.colour, linewidth=0.8, zorder=1.6)
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
            below = say("(never: {chance})", chance=never)
            text = f"{wrapped(look.label, NAME)}\n{below}"
            ends.append((look, text, float(rows["chance"].iloc[-1])))
    return ends


def _payback_notes(reading: Reading, names: Sequence[str], found: Sequence[Look]) -> list[str]:
    notes = [grey_note(found)]
    results = reading.compared.results
    if len({results[name].horizon for name in names}) > 1:
        notes.append(
            say("Thin lines: beyond its own years an alternative keeps the chance it has reached.")
        )
    left = [name for name in reading.alternatives if name not in names]
    if left:
        notes.append(
            say(
                "No money is paid in {alternatives}, so there is no payback.",
                alternatives=reading.listed(left),
            )
        )
    return notes


def _never_said(compared: Compared, found: Sequence[Look]) -> str:
    told = []
    for look in found:
        if look.told:
            result = compared.results[look.name]
            never = chance_said(result, result.never_chance(compared.hurdle.discounted))
            told.append(f"{look.label} {never}")
    if not told:
        return ""
    # translators: {chances} is a list of alternatives, each with its chance.
    return say("Never within the years followed: {chances}.", chances=", ".join(told))


def value_curves(compared: Compared) -> Chart:
    """The chance of at most each net present value, every alternative on one chart; zero marked."""
    reading = Reading(compared)
    unit = Unit(reading.currency)
    spreads = {name: Spread.of(compared.results[name].npv) for name in reading.alternatives}
    low = min(0.0, *(each.low for each in spreads.values()))
    high = max(0.0, *(each.high for each in spreads.values()))
    margin = (high - low) * 0.04 or 1.0
    scale = unit.scale([low, high]).like(reading.scale)
    factor = 10.0**-scale.power
    title = say("Net present value: {comparison}", comparison=name_of(compared))
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
            say_in("an alternative", "Nothing"), (0, 1.0), (4, 4), textcoords="offset points",
            fontsize=SMALL, va="bottom",
        )  # fmt: skip
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        percent_axis(axes.yaxis)
        count_in(axes.xaxis, scale)
        light_grid(axes)
        axes.set_xlabel(axis_label(say("Net present value"), unit.heading(scale), unit))
        axes.set_ylabel(wrapped(say("Chance of at most this"), 34))
        headline(figure, title)
        footnote(figure, *_value_notes(found))
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
        say(
            "Marks: P10, P50, P90, with a chance of 90, 50, 10 % of at least that value; further "
            "right is better. Doing nothing is the line at 0. Not drawn: {share} at either end.",
            share=percent(TAIL / 100),
        ),
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

    labels = short_names(reading.alternatives[:3], 60)
    told = [
        say(
            "{alternative}: {chances}.",
            alternative=label,
            chances=at_least(reading.compared.results[name].npv, write),
        )
        for name, label in labels.items()
    ]
    return " ".join([as_sentence(title), *told, best_sentence(reading)]).replace(SPACE, " ")
