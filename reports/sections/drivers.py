"""Where the value comes from: every line of money with its formula in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.document import Block, Cell, Column, Paragraph, Row, Section, Subject, Table
from reports.inputs import kept_together
from reports.language import say
from reports.sections.shown import detailed, headed, left_out, title_of
from reports.tables import lines_table
from reports.words import SECTIONS, shortened
from simulator.case.case import MONEY
from simulator.language.tree import Name

if TYPE_CHECKING:
    from simulator.case.case import Case, Entry
    from simulator.result import Result

TYPED = 300
"""Characters of a formula that are shown."""


def drivers(subject: Subject) -> Section | None:
    """The lines of money by present value, and the calculations behind them."""
    blocks: list[Block] = []
    told: dict[str, Case] = {}
    for name, result in detailed(subject):
        alike = next((other for other, case in told.items() if _alike(case, result.case)), None)
        if alike is not None:
            table = lines_table(result)
            said = say("Its formulas are those of {name}.", name=subject.reading.quoted(alike))
            blocks.append(headed(subject, name, replace(table, notes=(*table.notes, said))))
            continue
        told[name] = result.case
        if result.lines:
            blocks.append(headed(subject, name, lines_in_words(result)))
        computed = calculations_table(result.case)
        if computed is not None:
            blocks.append(headed(subject, name, computed))
    if not blocks:
        return None
    if subject.compared is None:
        return Section("drivers", say("How it is computed"), tuple(blocks))
    introduction = Paragraph(
        say(
            "Each line of money stands with its present value, the formula as it is written in the "
            "case, and what the names in it mean. Costs and investment are negative."
        )
    )
    title = say("Where the value comes from")
    return Section("drivers", title, (introduction, *blocks, *left_out(subject)))


def _alike(one: Case, other: Case) -> bool:
    """Whether two cases have the same formulas, as one that only begins later has."""
    sections = ("calculations", *MONEY)
    return all(getattr(one, section) == getattr(other, section) for section in sections)


def lines_in_words(result: Result) -> Table:
    """The lines by present value, each with its formula, and its names explained, below."""
    entries = {e.title: e for section in MONEY for e in getattr(result.case, section).values()}
    lines = [
        line for section in SECTIONS for line in result.lines.values() if line.section == section
    ]
    table, rows = lines_table(result), list[Row]()
    explained, waiting = set[str](), iter(lines)
    for row in table.rows:
        if row.kind == "plain":
            entry = entries.get(next(waiting).name)
            below = _explained(result.case, entry, explained) if entry is not None else ()
            row = replace(row, below=(*row.below, *below))
        rows.append(row)
    return replace(table, rows=tuple(rows))


def _explained(case: Case, entry: Entry, explained: set[str]) -> Iterator[str]:
    """The formula, its names (each explained once), and what the author noted."""
    yield f"= {formula(entry)}"
    names = [n for n in names_in(entry) if n in case.quantities and n not in explained]
    for name in names:
        explained.add(name)
        meant = case.quantities[name]
        if meant.label:
            unit = f" ({shortened(meant.unit)})" if meant.unit else ""
            yield f"{shortened(name)}: {shortened(meant.label, 120)}{unit}"
    if entry.note:
        yield shortened(entry.note, TYPED)


def formula(entry: Entry) -> str:
    """A formula as it was typed."""
    return kept_together(shortened(str(entry), TYPED))


def names_in(entry: Entry) -> list[str]:
    """The names that an entry uses, each once."""
    tops = (entry.formula, entry.start, entry.next)
    nodes = (node for top in tops if top is not None for node in top.tree.walk())
    return list(dict.fromkeys(node.name for node in nodes if isinstance(node, Name)))


def calculations_table(case: Case) -> Table | None:
    """What the names in the formulas are computed from."""
    if not case.calculations:
        return None
    rows = []
    for name, entry in case.calculations.items():
        below = [kept_together(text) for text in (entry.note,) if text]
        rows.append(
            Row((Cell(shortened(name)), Cell(_meaning(case, name)), Cell(formula(entry))),
                tuple(shortened(text, TYPED) for text in below))
        )  # fmt: skip
    columns: tuple[Column, ...] = (
        Column(say("Name"), kind="text"),
        Column(say("What it is"), kind="text"),
        Column(say("Computed as"), kind="text"),
    )
    if not any(row.cells[1].text for row in rows):  # nothing is said of any
        columns = (columns[0], columns[2])
        rows = [replace(row, cells=(row.cells[0], row.cells[2])) for row in rows]
    return Table(say("What is computed on the way"), columns, tuple(rows))


def _meaning(case: Case, name: str) -> str:
    title, unit = title_of(case, name), case.quantities[name].unit
    said = "" if title == name else title
    return ", ".join(part for part in (said, shortened(unit)) if part)
