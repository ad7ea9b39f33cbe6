"""Alternatives side by side on a terminal: what `utfall compare` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.comparison_pairs import (
    condition_tables,
    dominance_table,
    pair_groups,
    pairs_table,
    ranking_table,
)
from reports.comparison_reading import Reading
from reports.comparison_tables import (
    funding_table,
    glance_table,
    irr_table,
    payback_tables,
    value_table,
)
from reports.notes import note
from reports.page import Page, Size, closing, fitted, laid, opening, total_width
from reports.verdict import verdict
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from reports.document import Table
    from simulator.analysis.comparison import Compared


def comparison_tables(compared: Compared) -> RenderableType:
    """What `utfall compare` prints: the answer, then the figures behind it."""

    def parts(width: int) -> Iterator[RenderableType]:
        reading = Reading(compared)
        yield from opening(note(compared.comparison.name), verdict(compared), width)
        for table in _tables(reading, width):
            yield laid(table, width)
        nothing = compared.results[NOTHING]
        every = compared.results.values()
        yield from closing(replace(nothing, notes=compared.notes), width, every)

    return Page(parts)


def _tables(reading: Reading, width: int) -> Iterator[Table]:
    yield glance_table(reading)
    yield from _in_width(reading, width)
    yield value_table(reading)
    yield funding_table(reading)
    yield irr_table(reading)
    yield ranking_table(reading)
    groups = pair_groups(reading)
    yield pairs_table(reading, groups)
    yield dominance_table(reading, groups)
    yield from condition_tables(reading)


def _in_width(reading: Reading, width: int) -> tuple[Table, ...]:
    """The years of payback, simple and discounted, in as few tables as the width allows."""
    tables: tuple[Table, ...] = ()
    for parts in range(1, reading.compared.comparison.horizon + 2):
        tables = (*payback_tables(reading, False, parts), *payback_tables(reading, True, parts))
        if all(_fits(table, width) for table in tables):
            break
    return tables


def _fits(table: Table, width: int) -> bool:
    sizes = [Size.of(table, index) for index in range(len(table.columns))]
    return total_width(fitted(sizes, width)[1]) <= width
