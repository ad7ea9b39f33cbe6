"""A report as a workbook, sheet by sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from reports.language import listed, say, say_many, speaking
from reports.notes import note
from reports.workbook.assumptions import write_assumptions
from reports.workbook.base_sheet import BaseSheet
from reports.workbook.book import Book, clean, cut
from reports.workbook.by_year import write_cash, write_payback
from reports.workbook.comparison import write_comparison
from reports.workbook.draws import write_draws
from reports.workbook.lines import write_lines
from reports.workbook.percentiles import write_percentiles
from reports.workbook.summary import write_summary
from simulator.errors import UtfallError
from simulator.files import written_whole

if TYPE_CHECKING:
    from reports.document import Report
    from simulator.case.case import Case

MOST_BASE_CASES = 6
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(report: Report, path: Path) -> None:
    """Write a report as an Excel workbook, whole.

    Figures are numbers in full precision; texts from case files are never formulas. The base case
    of each alternative (of the first six) is a sheet of live formulas. Raises RunError where the
    file cannot be written.
    """
    with speaking(report.language), written_whole(path) as temporary:
        made = xlsxwriter.Workbook(str(temporary), _PLAIN)
        made.set_properties(
            {
                "title": cut(clean(report.title), 255),
                "author": cut(clean(report.author), 255),
                "comments": f"Utfall {report.subject.result.version}",
                "created": datetime.combine(report.written, time()),
            }
        )
        made.set_calc_mode("auto")
        book = Book(made)
        write_summary(book, report)
        write_assumptions(book, report)
        write_percentiles(book, report)
        if report.subject.compared is not None:
            write_cash(book, report)
            write_payback(book, report)
            write_lines(book, report)
        if report.subject.compared is not None and not report.subject.is_single:
            write_comparison(book, report.subject.compared)
        _base_cases(book, report)
        write_draws(book, report)
        try:
            made.close()
        except FileCreateError as error:  # it wraps what the system said, of a full disk for one
            raise OSError(str(error)) from error


def _base_cases(book: Book, report: Report) -> None:
    """A sheet of formulas for each alternative, and a word on those left out."""
    cases = cases_of(report)
    for name, case in list(cases.items())[:MOST_BASE_CASES]:
        single = len(cases) == 1
        asked = say("Base case") if single else say("Base case {name}", name=note(name))
        title = say("Base case: {name}", name=note(name))
        try:
            BaseSheet(book, case, asked, title).write()
        except UtfallError:
            sheet = book.sheet(asked, title)
            sheet.notes(2, [
                say("There is no base case: a formula has no value where every input stands at "
                    "its median."),
            ])  # fmt: skip
    left = list(cases)[MOST_BASE_CASES:]
    if left:
        sheet = book.sheet(say("Base cases left out"), say("Base cases left out"))
        said = say_many(
            "{count} alternative has no sheet of its base case here: {names}.",
            "{count} alternatives have no sheet of their base case here: {names}.",
            len(left), names=listed([f"“{note(name)}”" for name in left]),
        )  # fmt: skip
        sheet.worksheet.set_column(0, 0, 120)
        sheet.text(2, 0, said, book.wrapped)
        sheet.text(3, 0, say("Report an alternative by itself to get it."), book.wrapped)


def cases_of(report: Report) -> dict[str, Case]:
    """The alternatives as their files have them: each in its own currency."""
    compared, subject = report.subject.compared, report.subject
    if compared is None or subject.is_single:
        return {name: result.case for name, result in subject.results.items()}
    alternatives = compared.comparison.alternatives
    return {
        name: replace(alternatives.get(name, result.case), name=name)
        for name, result in subject.results.items()
    }
