"""What a case believes, as tables: estimates with their figures and shapes, and known numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Table
from reports.language import SPACE, message, say, say_in
from reports.numbers import exact, percent
from reports.tables import percentile_name
from reports.units import Unit, unit_of
from reports.words import shortened

if TYPE_CHECKING:
    from simulator.analysis.inputs import InputRow

_SECTIONS = {
    # translators: parts of a case file, before the name of an estimate: "costs: Staff"
    "calculations": message("calculations"),
    "investment": message("investment"),
    "benefits": message("benefits"),
    "costs": message("costs"),
}
SAMPLED = 4096.0


def estimates_table(rows: Sequence[InputRow], *, apart: bool = False) -> Table:
    """Every estimate with P5, median, mean, P95 and shape; text, unit and source below its name.

    Where there is room they stand `apart`, in columns of their own.
    """
    told = [_estimate(row, apart) for row in rows]
    first = Column(say("Estimate"), kind="text")
    # translators: an estimate as it is written in the case file
    text = [Column(say("What stands there"), kind="text")] if apart else []
    last = [Column(say("Unit"), kind="text"), Column(say("Source"), kind="text")] if apart else []
    names = (percentile_name(5), say("Median"), say("Mean"), percentile_name(95))
    # translators: a small picture of the distribution of an estimate
    shape = Column(say("Shape"), kind="picture")
    columns = (first, *text, *map(Column, names), shape, *last)
    notes = [
        say(
            "P5 is not exceeded with a chance of {five}, P95 with a chance of {ninety_five}.",
            five=percent(0.05), ninety_five=percent(0.95),
        )
    ]  # fmt: skip
    if not all(row.exact for row in rows):
        notes.append(
            say(
                "* depends on other estimates: the figures come from {trials} trials.",
                trials=exact(SAMPLED),
            )
        )
    return Table(say("What is believed"), columns, tuple(told), tuple(notes))


def _estimate(row: InputRow, apart: bool) -> Row:
    unit = _unit(row)
    name = f"{_name(row)}{'' if row.exact else ' *'}"
    values = (row.p5, row.p50, row.mean, row.p95)
    figures = [Cell(unit.text(value)) for value in values]
    yearly = say("drawn anew each year") if row.yearly else ""
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
        text = _unit(row).known(row.p50, row.text) if row.p50 is not None else row.text
        cells = (Cell(_name(row)), Cell(text), Cell(row.unit), Cell(shortened(row.source, 120)))
        same = _plain(row.text) == _plain(text)
        told.append(Row(cells, () if same else (kept_together(row.text),)))
    columns = (
        Column(say("Known number"), kind="text"),
        # translators: the value of a number that is known
        Column(say_in("known number", "Value")),
        Column(say("Unit"), kind="text"),
        Column(say("Source"), kind="text"),
    )
    return Table(say("What is taken as known"), columns, tuple(told))


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
    if row.section not in _SECTIONS:
        return name
    return f"{say(_SECTIONS[row.section])}: {name}"


def _source(row: InputRow) -> str:
    if not row.source:
        return say("no source")
    return say("Source: {source}", source=shortened(row.source, 120))


def _plain(text: str) -> str:
    return "".join(text.split())
