"""What a case believes, as tables: estimates with their figures and shapes, and known numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Table
from reports.language import SPACE
from reports.numbers import exact
from reports.units import Unit, unit_of
from reports.words import shortened

if TYPE_CHECKING:
    from simulator.analysis.inputs import InputRow

FIGURES = ("P5", "Median", "Mean", "P95")
SAMPLED = 4096.0


def estimates_table(rows: Sequence[InputRow], *, apart: bool = False) -> Table:
    """Every estimate with P5, median, mean, P95 and shape; text, unit and source below its name.

    Where there is room they stand `apart`, in columns of their own.
    """
    told = [_estimate(row, apart) for row in rows]
    first = Column("Estimate", kind="text")
    text = [Column("What stands there", kind="text")] if apart else []
    last = [Column("Unit", kind="text"), Column("Source", kind="text")] if apart else []
    figures = [Column(name) for name in FIGURES]
    columns = (first, *text, *figures, Column("Shape", kind="picture"), *last)
    notes = [f"P5 is not exceeded with a chance of 5{SPACE}%, P95 with a chance of 95{SPACE}%."]
    if not all(row.exact for row in rows):
        notes.append(
            f"* depends on other estimates: the figures come from {exact(SAMPLED)} trials."
        )
    return Table("What is believed", columns, tuple(told), tuple(notes))


def _estimate(row: InputRow, apart: bool) -> Row:
    unit = _unit(row)
    name = f"{_name(row)}{'' if row.exact else ' *'}"
    values = (row.p5, row.p50, row.mean, row.p95)
    figures = [Cell(unit.text(value)) for value in values]
    yearly = "drawn anew each year" if row.yearly else ""
    if apart:
        cells = [Cell(name), Cell(kept_together(row.text)), *figures, Cell(row.picture)]
        source = Cell(shortened(row.source, 120))
        return Row((*cells, Cell(row.unit), source), (yearly,) if yearly else ())
    text = ", ".join(part for part in (kept_together(row.text), row.unit, yearly) if part)
    return Row((Cell(name), *figures, Cell(row.picture)), (text, _source(row)))


def known_table(rows: Sequence[InputRow]) -> Table:
    """Numbers that are taken as known."""
    told = []
    for row in rows:
        text = _unit(row).known(row.p50) if row.p50 is not None else row.text
        cells = (Cell(_name(row)), Cell(text), Cell(row.unit), Cell(shortened(row.source, 120)))
        same = _plain(row.text) == _plain(text)
        told.append(Row(cells, () if same else (kept_together(row.text),)))
    columns = (
        Column("Known number", kind="text"),
        Column("Value"),
        Column("Unit", kind="text"),
        Column("Source", kind="text"),
    )
    return Table("What is taken as known", columns, tuple(told))


def kept_together(text: str) -> str:
    """An expression whose numbers are not broken at the end of a line.

    >>> kept_together("uniform(14 000, 22 000)")
    'uniform(14\\xa0000, 22\\xa0000)'
    """
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d)|%)", SPACE, text)


def _unit(row: InputRow) -> Unit:
    return unit_of(row.unit, row.text, (row.p5, row.p95))


def _name(row: InputRow) -> str:
    """The label with the name used in formulas, and where it stands if not among the inputs."""
    label = shortened(row.label, 60)
    name = f"{label} ({row.name})" if label and label != row.name else row.name
    return name if row.section == "inputs" else f"{row.section}: {name}"


def _source(row: InputRow) -> str:
    return f"Source: {shortened(row.source, 120)}" if row.source else "no source"


def _plain(text: str) -> str:
    return "".join(text.split())
