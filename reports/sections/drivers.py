"""Where the value comes from: every line of money with its formula in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Block, Cell, Column, Paragraph, Row, Section, Subject, Table
from reports.formulas import called, in_words
from reports.inputs import kept_together
from reports.language import say
from reports.sections.shown import detailed, headed, left_out, page_scale
from reports.tables import lines_table
from reports.words import SECTIONS, shortened
from simulator.case.case import MONEY

if TYPE_CHECKING:
    from reports.numbers import Scale
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
            table = lines_table(result, page_scale(subject))
            said = say("Its formulas are those of {name}.", name=subject.reading.quoted(alike))
            blocks.append(headed(subject, name, table._replace(notes=(*table.notes, said))))
            continue
        told[name] = result.case
        if result.lines:
            blocks.append(headed(subject, name, lines_in_words(result, page_scale(subject))))
        computed = calculations_table(result.case)
        if computed is not None:
            blocks.append(headed(subject, name, computed))
    if not blocks:
        return None
    if subject.compared is None:
        return Section("drivers", say("How it is computed"), tuple(blocks))
    introduction = Paragraph(
        say(
            "Each line of money stands with its present value, what it is made of, and the "
            "formula as it is written in the case. Costs and investment are negative."
        )
    )
    title = say("Where the value comes from")
    return Section("drivers", title, (introduction, *blocks, *left_out(subject)))


def _alike(one: Case, other: Case) -> bool:
    """Whether two cases have the same formulas, as one that only begins later has."""
    sections = ("calculations", *MONEY)
    return all(getattr(one, section) == getattr(other, section) for section in sections)


def lines_in_words(result: Result, like: Scale | None = None) -> Table:
    """The lines by present value, each with its formula in words and as typed below."""
    entries = {e.title: e for section in MONEY for e in getattr(result.case, section).values()}
    lines = [
        line for section in SECTIONS for line in result.lines.values() if line.section == section
    ]
    table, rows = lines_table(result, like), list[Row]()
    waiting = iter(lines)
    for row in table.rows:
        if row.kind == "plain":
            entry = entries.get(next(waiting).name)
            below = explained(result.case, entry) if entry is not None else ()
            row = row._replace(below=(*row.below, *below))
        rows.append(row)
    return table._replace(rows=tuple(rows))


def explained(case: Case, entry: Entry) -> tuple[str, ...]:
    """The formula in words, as it was typed, and what the author noted."""
    words = shortened(in_words(entry, case.quantities), TYPED)
    note = (shortened(entry.note, TYPED),) if entry.note else ()
    return (f"= {words}", say("Formula: {text}", text=formula(entry, case.numbers)), *note)


def formula(entry: Entry, numbers: str) -> str:
    """A formula as it was typed."""
    return kept_together(shortened(entry.typed(numbers), TYPED))


def calculations_table(case: Case) -> Table | None:
    """What the names in the formulas are computed from."""
    if not case.calculations:
        return None
    rows = []
    for name, entry in case.calculations.items():
        words = shortened(in_words(entry, case.quantities), TYPED)
        cells = (Cell(shortened(called(name, entry.label))), Cell(kept_together(words)))
        below = say("Formula: {text}", text=f"{name} = {formula(entry, case.numbers)}")
        rows.append(Row(cells, (below, *((shortened(entry.note, TYPED),) if entry.note else ()))))
    columns = (
        Column(say("Name"), kind="text"),
        Column(say("Computed as"), kind="text"),
    )
    return Table(say("What is computed on the way"), columns, tuple(rows))
