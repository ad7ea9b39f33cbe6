"""What to follow up once it runs, when, and which reading would refute the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.dates import month_in_words
from reports.document import Block, Cell, Column, Paragraph, Row, Section, Subject, Table
from reports.language import say
from reports.numbers import exact
from reports.sections.shown import headed, own_cases

if TYPE_CHECKING:
    from simulator.case.case import Case


def follow_up(subject: Subject) -> Section | None:
    """One row a thing to follow up, in the order of the file; None where there is none."""
    blocks: list[Block] = []
    for name, case in own_cases(subject).items():
        if case.follow_up:
            blocks.append(headed(subject, name, _table(case)))
    if not blocks:
        return None
    introduction = Paragraph(
        say(
            "A decision made on guesses is followed up with figures: these readings show whether "
            "the case holds."
        )
    )
    return Section("follow_up", say("What to follow up"), (introduction, *blocks))


def _table(case: Case) -> Table:
    rows = []
    for item in case.follow_up:
        refutes = item.refutes or "–"
        rows.append(Row((Cell(item.what), Cell(_month(case, item.month)), Cell(refutes))))
    columns = (
        Column(say("What"), kind="text"),
        Column(say("Month"), kind="text"),
        Column(say("What reading would refute the case"), kind="text"),
    )
    notes = (_first_month(case),)
    dated = any(item.month is not None for item in case.follow_up)
    return Table(say("To be followed up"), columns, tuple(rows), notes if dated else ())


def _first_month(case: Case) -> str:
    """From when months are counted; years are counted from today, also for a later start."""
    if not case.delay:
        return say("Month 1 is the first month of year 1.")
    return say(
        "Month 1 is the first month of year {year}, the first year after it begins.",
        year=exact(float(case.delay + 1)),
    )


def _month(case: Case, month: int | None) -> str:
    if month is None:
        return "–"
    if case.start is None:
        return str(month)
    calendar = month_in_words(case.start + case.delay + 1, month)
    return say("{calendar}, month {month}", month=str(month), calendar=calendar)
