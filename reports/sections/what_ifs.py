"""What the what-ifs change, told in full: names of alternatives hold only a beginning of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Subject, Table
from reports.inputs import kept_together
from reports.language import capital, say
from reports.words import shortened

if TYPE_CHECKING:
    from simulator.case.case import Case

MOST = 1000
"""Characters of an estimate that are shown."""
Change = tuple[str, str, str]


def changes_table(subject: Subject) -> Table | None:
    """Every changed input with what stood there and what stands there; None without what-ifs.

    Alternatives in which the same is changed stand together.
    """
    assert subject.compared is not None, "a what-if belongs to a comparison"
    reading, asked = subject.reading, subject.compared.comparison
    alike: dict[tuple[Change, ...], list[str]] = {}
    for name in reading.alternatives:
        original = asked.variants.get(name)
        if original is not None:
            cases = asked.alternatives
            found = tuple(_changes(cases[original], cases[name]))
            alike.setdefault(found, []).append(original)
    rows: list[Row] = []
    for changes, originals in alike.items():
        where = dict.fromkeys(originals)
        heading = capital(say("in {names}", names=reading.listed(where, most=len(where))))
        rows.append(Row((Cell(heading),), kind="heading"))
        rows += (Row(tuple(map(Cell, change))) for change in changes)
    if not rows:
        return None
    columns = (
        Column(say("Input"), kind="text"),
        Column(say("As it was"), kind="text"),
        Column(say("As changed"), kind="text"),
    )
    return Table(say("What the what-ifs change"), columns, tuple(rows))


def _changes(original: Case, changed: Case) -> Iterator[Change]:
    """Label and name of an input, and its estimate before and after."""
    for name, entry in changed.inputs.items():
        before = original.inputs[name]
        if before.formula == entry.formula:
            continue
        label = f"{shortened(entry.label)} ({name})" if entry.label else name
        written = (before.typed(original.numbers), entry.typed(changed.numbers))
        was, becomes = (kept_together(shortened(text, MOST)) for text in written)
        yield label, was, becomes
