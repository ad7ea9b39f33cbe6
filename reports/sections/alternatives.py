"""What one can choose between."""

from __future__ import annotations

from reports.document import Block, Cell, Column, Figure, Row, Section, Subject, Table
from reports.language import say
from reports.numbers import years
from reports.sections.prose import prose
from reports.sections.shown import own_cases
from reports.words import shortened


def alternatives(subject: Subject) -> Section | None:
    """Each alternative with its case, its years and its delay; then how often each is the best."""
    if subject.is_single or subject.compared is None:
        return None
    from reports.figures import best_shares

    reading = subject.reading
    blocks: list[Block] = [
        _what_they_are(subject),
        *prose(subject, lambda case: case.note),
        Figure(best_shares(reading.compared)),
    ]
    return Section("alternatives", say("The alternatives"), tuple(blocks))


def _what_they_are(subject: Subject) -> Table:
    reading, rows = subject.reading, []
    cases = own_cases(subject)
    variants = reading.compared.comparison.variants
    titles = {name: shortened(case.name) for name, case in cases.items()
              if case.name != variants.get(name, name)}  # fmt: skip
    titled = bool(titles)
    for name, case in cases.items():
        below = []
        if name in variants:
            original = reading.quoted(variants[name])
            below.append(say("A what-if of {name}: no choice, but a state of the world.",
                             name=original))  # fmt: skip
        later = years(float(case.delay)) if case.delay else say("at once")
        rows.append(
            Row(
                (
                    Cell(reading.name(name)),
                    *((Cell(titles.get(name, "–")),) if titled else ()),
                    Cell(say("year {year}", year=str(case.horizon))),
                    Cell(later),
                ),
                tuple(below),
            )
        )
    nothing = say("No outlay, no benefit: the same base as it is, counted as 0.")
    rows.append(Row((Cell(say("Doing nothing")), *(Cell() for _ in range(2 + titled))), (nothing,)))
    columns = (
        Column(say("Alternative"), kind="text"),
        *((Column(say("Case"), kind="text"),) if titled else ()),
        Column(say("Followed until")),
        Column(say("Begins after"), kind="text"),
    )
    return Table(say("What can be chosen"), columns, tuple(rows))
