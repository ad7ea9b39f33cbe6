"""Where the value comes from: every line of money by its present value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.language import say
from reports.workbook.book import Book, money_format
from reports.workbook.names import SECTIONS
from reports.workbook.summary import largest, write_measured

if TYPE_CHECKING:
    from reports.document import Report


def write_lines(book: Book, report: Report) -> None:
    """Present values, signed as they enter net present value; the means add up to its mean."""
    sheet = book.sheet(say("Lines"), say("Where the value comes from: present values"))
    line = sheet.notes(1, [
        say("Costs are negative. The means add up to net present value; percentiles do not."),
    ]) + 1  # fmt: skip
    names = [
        say("Alternative"), say("Kind"), say("Line of money"), say("Unit"), say("Mean"),
        say("Mean, from"), say("Mean, to"), "P10", "P50", "P90",
    ]  # fmt: skip
    sheet.headings(line, names, 4)
    sheet.widths(30, 14, 44, 12, *[15] * 6)
    sheet.fit(0, report.subject.results)
    sheet.fit(1, map(say, SECTIONS.values()))
    sheet.worksheet.freeze_panes(line + 1, 3)
    for name, result in report.subject.results.items():
        if not result.outcomes:
            continue
        shape = money_format(largest(result.npv))
        rows = [
            (
                say(SECTIONS[found.section]),
                say(SECTIONS["tax"]) if found.section == "tax" else found.name,
                found.present_value,
            )
            for found in result.lines.values()
        ]
        rows.append(("", say("Net present value"), result.npv))
        for section, label, outcome in rows:
            line += 1
            bold = {"bold": True} if not section else {}
            for column, text in enumerate((name, section, label, result.case.currency)):
                sheet.text(line, column, text, book.style(**bold))
            write_measured(sheet, line, 4, outcome.measured("mean"), shape)
            style = book.style(num_format=shape)
            for column, stat in enumerate(("p10", "p50", "p90"), start=7):
                sheet.number(line, column, outcome.value(stat), style)
