"""The tables of the quantities that were asked for beside the money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Table
from reports.ends import error_of
from reports.language import say
from reports.numbers import Scale, chance_shown
from reports.tables import PERCENTILES, Write, figure, statistics
from reports.units import Unit
from reports.words import all_known, quantity_scale, shortened, title_in, year_of

if TYPE_CHECKING:
    from simulator.result import Outcome, Result


def quantity_tables(result: Result) -> tuple[Table, ...]:
    """The quantities asked for: one table of single figures, one for each yearly quantity."""
    single = {
        name: quantity
        for name, quantity in result.quantities.items()
        if not isinstance(quantity, tuple)
    }
    tables = [_single_quantities(result, single)] if single else []
    for name, quantity in result.quantities.items():
        if isinstance(quantity, tuple):
            tables.append(_yearly_quantity(result, name, quantity))
    return tuple(tables)


def _single_quantities(result: Result, single: Mapping[str, Outcome]) -> Table:
    rows, notes, known = [], [], all_known(result)
    stats = ("p50",) if known else ("mean", *PERCENTILES)
    for name, outcome in single.items():
        unit, scale = quantity_scale(result, name)
        rows.append(
            Row(
                (
                    Cell(shortened(title_in(result.case, name))),
                    *(figure(outcome, stat, _in(unit, scale)) for stat in stats),
                ),
                (unit.heading(scale),) if unit.heading(scale) else (),
            )
        )
        below = outcome.measured("chance_negative")
        if below.value is not None and 0 < below.value < 1 and not known:
            shown = chance_shown(below.value, error_of(below))
            notes.append(
                say(
                    "The chance that {quantity} is below zero is {chance}.",
                    quantity=title_in(result.case, name), chance=shown,
                )
            )  # fmt: skip
    columns = (Column("", kind="text"), *statistics(known))
    return Table(say("What was asked for"), columns, tuple(rows), tuple(notes))


def _yearly_quantity(result: Result, name: str, quantity: tuple[Outcome, ...]) -> Table:
    unit, scale = quantity_scale(result, name)
    known = all_known(result)
    stats = ("p50",) if known else ("mean", *PERCENTILES)
    first = year_of(quantity[0])
    rows = []
    for year, outcome in enumerate(quantity, start=first):
        cells = (figure(outcome, stat, _in(unit, scale)) for stat in stats)
        rows.append(Row((Cell(say("year {year}", year=year)), *cells)))
    columns = (Column(unit.heading(scale), kind="text"), *statistics(known))
    return Table(shortened(title_in(result.case, name)), columns, tuple(rows))


def _in(unit: Unit, scale: Scale) -> Write:
    return lambda value, error: unit.shown(scale, value, error)
