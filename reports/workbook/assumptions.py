"""The register of assumptions: what is known, what is judged, by whom, when, on what ground."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.language import say
from reports.notes import note
from reports.units import unit_of
from reports.workbook.book import Book, Sheet, height, number_format
from simulator.analysis.inputs import InputRow, describe_inputs
from simulator.errors import UtfallError

if TYPE_CHECKING:
    from reports.document import Report

WIDTHS = (20, 26, 26, 18, 10, 11, 11, 11, 11, 38, 14, 12, 38, 38, 26)


@dataclass(eq=False)
class Assumption:
    """An input, and the alternatives that it belongs to."""

    row: InputRow
    alternatives: list[str] = field(default_factory=list)


def write_assumptions(book: Book, report: Report) -> None:
    """One line an input; inputs that alternatives share stand once."""
    several = not report.subject.is_single
    sheet = book.sheet(say("Assumptions"), say("What is assumed"))
    line = sheet.notes(1, [
        say("P5 is not exceeded with a chance of 5 %, P95 with a chance of 95 %."),
        say("Texts and numbers as written stand as they were typed."),
    ]) + 1  # fmt: skip
    names = [
        say("Name"), say("What"), say("As written"), say("Unit"),
        say("Known or judged"), "P5", say("Median"), say("Mean"), "P95",
        say("Source"), say("Owner"), say("Date"), say("Question"), say("Note"),
        *([say("Alternatives")] if several else []),
    ]  # fmt: skip
    for column, name in enumerate(names):
        figures = 5 <= column <= 8
        sheet.heading(line, column, name, book.header_right if figures else book.header)
    sheet.worksheet.set_row(line, 31)
    sheet.worksheet.repeat_rows(line)
    sheet.widths(*WIDTHS)
    sheet.worksheet.freeze_panes(line + 1, 1)
    found, problems = assumptions(report)
    first = line
    for assumption in found:
        line += 1
        _row(sheet, line, assumption, several)
    sheet.worksheet.autofilter(first, 0, max(line, first + 1), len(names) - 1)
    sheet.notes(line + 2, problems)


def assumptions(report: Report) -> tuple[list[Assumption], list[str]]:
    """Every input once, and what could not be described."""
    known: dict[tuple[str, ...], Assumption] = {}
    problems = []
    for name, result in report.subject.results.items():
        try:
            rows = describe_inputs(result.case)
        except UtfallError:
            said = say("The inputs of “{name}” cannot be described: an estimate has no value "
                       "in some trials.", name=name)  # fmt: skip
            problems.append(said)
            continue
        for row in rows:
            key = (row.section, row.name, row.text, row.unit, row.source, row.owner, row.note)
            known.setdefault(key, Assumption(row)).alternatives.append(name)
    return list(known.values()), problems


def _row(sheet: Sheet, line: int, assumption: Assumption, several: bool) -> None:
    row, book = assumption.row, sheet.book
    texts = [row.name, row.label, row.text, row.unit,
             say("known") if row.known else say("judged")]  # fmt: skip
    after = [row.source, row.owner, row.date, row.question, row.note]
    if several:
        after.append(", ".join(map(note, assumption.alternatives)))
    figures = (row.p5, row.p50, row.mean, row.p95)
    share = unit_of(row.unit, row.text, (row.p5, row.p95)).share
    style = book.style(num_format=number_format(figures, share=share))
    for column, text in enumerate(texts):
        sheet.text(line, column, text, book.wrapped)
    for column, figure in enumerate(figures, start=len(texts)):
        sheet.number(line, column, figure, style)
    for column, text in enumerate(after, start=len(texts) + len(figures)):
        sheet.text(line, column, text, book.wrapped)
    wrapped = zip((*texts, *[""] * len(figures), *after), WIDTHS, strict=False)
    sheet.worksheet.set_row(line, height(wrapped))
