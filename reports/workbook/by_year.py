"""Cash flow by year, and the chance of having paid back by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.language import say
from reports.workbook.book import CHANCE, Book, money_format
from reports.workbook.charts import add_years_chart
from reports.workbook.summary import largest, write_measured

if TYPE_CHECKING:
    from reports.document import Report
    from simulator.result import Result

STATS = ("mean", "p10", "p50", "p90")


def write_cash(book: Book, report: Report) -> None:
    """Net cash of every year: mean, P10, P50, P90, with the interval of the mean."""
    sheet = book.sheet(say("Cash flow by year"), say("Net cash by year"))
    names = [say("Alternative"), say("Year"), say("Unit"), say("Mean"), say("Mean, from"),
             say("Mean, to"), "P10", "P50", "P90"]  # fmt: skip
    line = sheet.notes(1, [say("P10 is exceeded with a chance of 90 %, P90 with 10 %.")]) + 1
    sheet.headings(line, names, 3)
    sheet.widths(30, 8, 12, *[15] * 6)
    sheet.fit(0, report.subject.results)
    sheet.worksheet.freeze_panes(line + 1, 2)
    whole = book.style(num_format="0", align="left")
    blocks = []
    for name, result in _with_money(report):
        shape = money_format(max(largest(cash) for cash in result.yearly_cash))
        first = line + 1
        for year, cash in enumerate(result.yearly_cash):
            line += 1
            sheet.text(line, 0, name)
            sheet.number(line, 1, year, whole)
            sheet.text(line, 2, result.case.currency)
            write_measured(sheet, line, 3, cash.measured("mean"), shape)
            style = book.style(num_format=shape)
            for column, stat in enumerate(STATS[1:], start=6):
                sheet.number(line, column, cash.value(stat), style)
        blocks.append((first, line))
    if blocks:
        add_years_chart(sheet, blocks, (1, 3), line + 2, say("Mean net cash by year"), "#,##0")


def write_payback(book: Book, report: Report) -> None:
    """The chance of having paid back within each year and of never, simple and discounted."""
    sheet = book.sheet(say("Payback by year"), say("Chance of having paid back"))
    names = [
        say("Alternative"), say("Within years"), say("Hurdle"), say("Chance"), say("from"),
        say("to"), say("Chance on discounted cash"), say("from"), say("to"),
    ]  # fmt: skip
    line = sheet.notes(1, [
        say("Chances with the ends of their 95 % intervals. “Never” is within the years followed."),
    ]) + 1  # fmt: skip
    sheet.headings(line, names, 3)
    sheet.widths(30, 12, 10, *[16] * 6)
    sheet.fit(0, report.subject.results)
    sheet.worksheet.freeze_panes(line + 1, 2)
    style = book.style(num_format="0.##", align="left")
    whole = book.style(num_format="0", align="left")
    blocks = []
    for name, result in _with_money(report):
        first = line + 1
        for length in lengths(result):
            line += 1
            sheet.text(line, 0, name)
            if length is None:
                sheet.text(line, 1, say("never"))
            else:
                sheet.number(line, 1, length, whole if length == int(length) else style)
            hurdle = result.case.hurdle
            if hurdle is not None and length == hurdle.years:
                sheet.text(line, 2, say("hurdle"))
            for column, discounted in ((3, False), (6, True)):
                chance = (
                    result.never_chance(discounted) if length is None
                    else result.payback_chance(length, discounted)
                )  # fmt: skip
                write_measured(sheet, line, column, chance, CHANCE)
        blocks.append((first, line))
    if blocks:
        if len(blocks) > 1:  # lines run over years, and never is none of them
            blocks = [(first, last - 1) for first, last in blocks]
        title = say("Chance of having paid back within each year")
        add_years_chart(sheet, blocks, (1, 3), line + 2, title, "0%")


def lengths(result: Result) -> list[float | None]:
    """Every year of the case, the hurdle among them, and never (None)."""
    hurdle = result.case.hurdle
    asked = {hurdle.years} if hurdle is not None else set()
    return [*sorted({*map(float, range(1, result.horizon + 1)), *asked}), None]


def _with_money(report: Report) -> list[tuple[str, Result]]:
    return [(n, result) for n, result in report.subject.results.items() if result.outcomes]
