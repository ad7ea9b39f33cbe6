"""What to follow up once it runs, when, and which reading would refute the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.dates import month_in_words
from reports.document import Block, Cell, Column, Paragraph, Row, Section, Subject, Table
from reports.language import say
from reports.numbers import exact
from reports.sections.shown import chosen_cases, comparison_of, headed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.case.case import FollowUp
    from simulator.case.comparison import Comparison


def follow_up(subject: Subject) -> Section | None:
    """One row a thing to follow up, in the order of the file; None where there is none."""
    asked = comparison_of(subject)
    blocks: list[Block] = []
    if asked is not None and asked.follow_up:
        blocks.append(_table(asked.follow_up, _first_year(asked)))
    else:
        for name, case in chosen_cases(subject).items():
            if case.follow_up:
                table = _table(case.follow_up, case.start, case.delay)
                blocks.append(headed(subject, name, table))
    if not blocks:
        return None
    introduction = Paragraph(
        say(
            "A decision made on guesses is followed up with figures: these readings show whether "
            "the case holds."
        )
    )
    return Section("follow_up", say("What to follow up"), (introduction, *blocks))


def _first_year(asked: Comparison) -> int | None:
    """The calendar year of year 0 where all alternatives have the same."""
    starts = {case.start for case in asked.alternatives.values()}
    return starts.pop() if len(starts) == 1 else None


def _table(items: Sequence[FollowUp], start: int | None, delay: int = 0) -> Table:
    started = None if start is None else start + delay
    rows = []
    for item in items:
        refutes = item.refutes or "–"
        rows.append(Row((Cell(item.what), Cell(_month(started, item.month)), Cell(refutes))))
    columns = (
        Column(say("What"), kind="text"),
        Column(say("Month"), kind="text"),
        Column(say("What reading would refute the case"), kind="text"),
    )
    notes = (_first_month(delay),)
    dated = any(item.month is not None for item in items)
    return Table(say("To be followed up"), columns, tuple(rows), notes if dated else ())


def _first_month(delay: int) -> str:
    """From when months are counted; years are counted from today, also for a later start."""
    if not delay:
        return say("Month 1 is the first month of year 1.")
    return say(
        "Month 1 is the first month of year {year}, the first year after it begins.",
        year=exact(float(delay + 1)),
    )


def _month(started: int | None, month: int | None) -> str:
    if month is None:
        return "–"
    if started is None:
        return str(month)
    calendar = month_in_words(started + 1, month)
    return say("{calendar}, month {month}", month=str(month), calendar=calendar)
