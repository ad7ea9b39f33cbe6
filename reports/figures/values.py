"""How an outcome is spread: a histogram above, the S-curve below, its percentiles marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.figures.chart import Chart
from reports.figures.spread import (
    Spread,
    draw_bars,
    draw_curve,
    keep_off_zero,
    spread_frame,
    spread_notes,
)
from reports.figures.style import (
    INK,
    axis_label,
    count_in,
    footnote,
    headline,
    house_style,
    light_grid,
    new_figure,
    wrapped,
)
from reports.language import SPACE, say
from reports.notes import note
from reports.units import Unit, unit_in
from reports.words import (
    Write,
    at_least,
    chance_said,
    is_certain,
    npv_said,
    quantity_said,
    shortened,
    value_scale,
)
from simulator.errors import RunError

if TYPE_CHECKING:
    from reports.numbers import Scale
    from simulator.result import Outcome, Result

Floats = npt.NDArray[np.float64]


def value_distribution(result: Result) -> Chart:
    """Net present value: the loss shaded, zero and P10, P50, P90 marked.

    Raises RunError for a case without money.
    """
    unit = Unit(result.case.currency)
    title = say("{case}: net present value", case=shortened(note(result.case.name), 80))
    lost = chance_said(result, result.npv.measured("chance_negative"))
    told = _alt(title, result.npv, npv_said(result))
    loss = say("The chance of a loss is {chance}.", chance=lost)
    above = say("How often; a loss (left of 0) in {chance} of the trials", chance=lost)
    label, table = say("Net present value"), value_scale(result)
    drawn = _drawn("value", title, label, result.npv, unit, above, table, loss=True)
    return replace(drawn, alt=f"{told} {loss}".replace(SPACE, " "))


def quantity_distribution(result: Result, name: str) -> Chart:
    """A quantity asked for: its spread, or its fan by year where it is yearly.

    Raises RunError for a quantity that was not kept.
    """
    if name not in result.quantities:
        known = ", ".join(result.quantities) or "none"
        raise RunError(
            f"`{name}` was not kept in this run (kept: {known})\n"
            f"    ask for it: simulate(case, show=[{name!r}]), or --show {name}"
        )
    quantity = result.quantities[name]
    entry = result.case.quantities.get(name)
    label = entry.title if entry is not None else name
    # translators: the title of a picture: the case, and what of it is drawn.
    title = say(
        "{case}: {quantity}", case=shortened(note(result.case.name), 80), quantity=shortened(label)
    )
    if isinstance(quantity, tuple):
        from reports.figures.cash import quantity_fan

        return quantity_fan(result, name, title, label, quantity)
    unit = unit_in(result.case, name, (quantity.percentile(5), quantity.percentile(95)))
    drawn = _drawn(f"quantity_{name}", title, label, quantity, unit, say("How often"))
    _, write = quantity_said(result, name)
    return replace(drawn, alt=_alt(title, quantity, write).replace(SPACE, " "))


def _drawn(
    name: str,
    title: str,
    label: str,
    outcome: Outcome,
    unit: Unit,
    above: str,
    table: Scale | None = None,
    *,
    loss: bool = False,
) -> Chart:
    spread = Spread.of(outcome)
    scale = unit.scale([spread.low, spread.high])
    if table is not None:
        scale = scale.like(table)
    heading = unit.heading(scale)
    factor = 100.0 if unit.share else 10.0**-scale.power
    with house_style():
        figure = new_figure()
        top, below = figure.subplots(2, 1, sharex=True, height_ratios=[1, 1.35])
        draw_bars(top, spread, factor, loss)
        draw_curve(below, outcome, spread, factor, unit, scale)
        for axes in (top, below):
            light_grid(axes)
            if spread.shown[0] <= 0 <= spread.shown[1]:
                axes.axvline(0, color=INK, linewidth=1.2)
        top.set_title(wrapped(above, 88))
        below.set_xlim(spread.shown[0] * factor, spread.shown[1] * factor)
        count_in(below.xaxis, scale)
        below.set_xlabel(axis_label(shortened(label), heading, unit))
        headline(figure, title)
        footnote(figure, *spread_notes(outcome, spread, unit, scale))
        if spread.shown[0] <= 0 <= spread.shown[1]:
            keep_off_zero(below)
    return Chart(name, title, figure, spread_frame(spread), "")


def _alt(title: str, outcome: Outcome, write: Write) -> str:
    if is_certain(outcome):
        amount = write(outcome.percentile(50), None)
        return say("{title}. Every trial gives {amount}.", title=title, amount=amount)
    # translators: {chances} reads "90 % chance of at least 1 SEK, 50 % chance of at least ..."
    return say("{title}. {chances}.", title=title, chances=at_least(outcome, write))
