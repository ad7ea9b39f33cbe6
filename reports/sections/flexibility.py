"""What starting later, or another state of the world, changes: each against its original."""

from __future__ import annotations

from reports.comparison_tables import amount_cell, chance_cell, hurdle_cell
from reports.document import Cell, Column, Paragraph, Row, Section, Subject, Table
from reports.language import say
from reports.numbers import years
from reports.sections.shown import own_cases
from reports.sections.what_ifs import changes_table
from reports.words import within_words

MOST = 30


def flexibility(subject: Subject) -> Section | None:
    """Later starts and what-ifs beside their originals; None where there are none."""
    if subject.is_single or subject.compared is None:
        return None
    later, changed = subject.reading.later, what_ifs(subject)
    tables = []
    if later:
        title = say("Starting later, against the same at once")
        tables.append(_table(subject, later, title))
    if changed:
        tables += [table for table in (changes_table(subject),) if table is not None]
        title = say("What-ifs, each against its original")
        tables.append(_table(subject, changed, title))
    if not tables:
        return None
    introduction = [Paragraph(text) for text in (_on_waiting() if later else ())]
    introduction.append(Paragraph(say("All stands on the same futures.")))
    title = say("Starting later, or in another world")
    return Section("flexibility", title, (*introduction, *tables))


def _on_waiting() -> tuple[str, ...]:
    """How the figures of a later start are to be read."""
    return (
        say(
            "A later start puts off both cost and benefit; it says nothing yet of what could be "
            "learned while waiting."
        ),
        say(
            "Payback is counted from year 0 for a later start, too: the time of waiting counts, so "
            "that the chance within the same years is lower for that reason alone."
        ),
        say(
            "Its amounts are those of the same at once, only later: growth begins later as well, "
            "and nothing is raised for the years of waiting."
        ),
    )


def what_ifs(subject: Subject) -> dict[str, str]:
    """The what-ifs, each with its original."""
    assert subject.compared is not None, "a what-if belongs to a comparison"
    return dict(subject.compared.comparison.variants)


def _table(subject: Subject, against: dict[str, str], title: str) -> Table:
    reading, rows = subject.reading, []
    compared, cases = reading.compared, own_cases(subject)
    for name, original in list(against.items())[:MOST]:
        pair = compared.pair(name, original)
        below = [say("against {name}", name=reading.quoted(original))]
        waiting = cases[name].delay - cases[original].delay
        if waiting:
            below.append(say("It begins {years} later.", years=years(float(waiting))))
        rows.append(
            Row(
                (
                    Cell(reading.name(name)),
                    hurdle_cell(reading, name),
                    hurdle_cell(reading, original),
                    amount_cell(reading, pair.mean_difference),
                    chance_cell(reading, pair.chance_a_better, name, original),
                ),
                tuple(below),
            )
        )
    within = within_words(compared.hurdle)
    columns = (
        Column("", kind="text"),
        Column(say("Paid back"), within),
        Column(say("Original"), say("paid back {within}", within=within)),
        Column(say("Value"), say("mean, more\nthan original")),
        Column(say("Better"), say("than original,\nchance")),
    )
    heading = reading.scale.heading(reading.currency)
    notes = (say("Amounts in {unit}.", unit=heading),) if heading else ()
    return Table(title, columns, tuple(rows), notes)
