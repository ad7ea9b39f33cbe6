"""The workbook as it looks: columns wide enough, little paper, no words of another language."""

from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from comparing import PORTAL

import utfall as ut
from reports.document import Report
from reports.language import LANGUAGES, speaking
from reports.report import report_of, subject_of
from reports.workbook import write_workbook
from reports.workbook.book import PALE, WIDEST_HEADING

DAY = date(2026, 11, 26)
LONG = "CRM and self-service for customer service"


def opened(report: Report, folder: Path) -> openpyxl.Workbook:
    """The workbook of a report, as a reader opens it."""
    write_workbook(report, folder / "x.xlsx")
    return openpyxl.load_workbook(folder / "x.xlsx")


def width_of(sheet, column: int) -> float:
    """The width of a column; those alike stand together in the file."""
    alike = sheet.column_dimensions.values()
    return next((each.width for each in alike if each.min <= column <= each.max), 8.43)


@cache
def long_named() -> ut.Compared:
    """Two alternatives, one of a long name."""
    cases = {name: ut.read(PORTAL) for name in (LONG, "Portal")}
    return ut.compare(ut.comparison(cases, risk_tolerance=1e6), trials=512)


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_as_wide_as_their_words(language, tmp_path):
    """No heading breaks inside a word, in any sheet, and alternatives can be read whole."""
    book = opened(Report("Which?", language, (), subject_of(long_named()), DAY), tmp_path)
    headings = 0
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            width = width_of(sheet, cell.column)
            if isinstance(cell.value, str) and cell.fill.fgColor.rgb == f"FF{PALE[1:]}":
                headings += 1
                word = max(map(len, cell.value.split()), default=0)
                assert word < min(width, WIDEST_HEADING), (sheet.title, cell.value)
            if cell.value == LONG and cell.column == 1:
                assert len(LONG) < width, sheet.title
    assert headings > 50


def test_draws_are_not_all_printed(tmp_path):
    """Their headings and fifty of their rows are; the sheet says so."""
    found = ut.simulate(ut.read(PORTAL), trials=512)
    sheet = opened(Report("Portal", "en", (), subject_of(found), DAY), tmp_path)["Draws"]
    last = int(sheet.print_area.rpartition("$")[2])
    texts = [cell.value for cell in sheet["A"]]
    assert "On paper are the first 50 rows." in texts
    assert last - (texts.index("Replicate") + 1) == 50
    assert sheet.max_row > last


def test_no_english_is_left_in_another_language(tmp_path):
    """Tax is called what it is called, and steps of our own are no names of the case."""
    case = ut.read(PORTAL + "tax: {rate: 20 %, depreciation_years: 3}\n")
    with speaking("sv"):
        made = report_of(ut.simulate(case, trials=512), language="sv")
    book = opened(made, tmp_path)
    texts = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert not {"Tax", "sum of investment", "sum of costs", "depreciation"} & texts
    assert {"Skatt", "depreciation_years"} <= texts
