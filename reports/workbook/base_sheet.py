"""The sheet of the base case: one future, as formulas that follow when an input is changed."""

from __future__ import annotations

from collections.abc import Sequence

from reports.language import say
from reports.workbook.book import (
    INK,
    INPUT,
    PALE,
    RULE,
    Book,
    Sheet,
    number_format,
)
from reports.workbook.model_rows import ModelRows
from reports.workbook.money_rows import MoneyRows
from reports.workbook.rows import Row, Year, placed
from simulator.analysis.base_case import base_case
from simulator.case.case import MONEY, Case

VALUE, FIRST_YEAR = 3, 4
TOP = 6
"""The first line below the headings."""
LONGEST_FORMULA = 8192


class BaseSheet:
    """Rows of a case, put on a sheet. Raises RunError where the base case has no value."""

    def __init__(self, book: Book, case: Case, name: str, title: str) -> None:
        outcomes = base_case(case).outcomes
        self.book, self.case = book, case
        self.model = ModelRows(case)
        self.money = MoneyRows(self.model, outcomes) if case.has_money else None
        self.rows = self._all_rows()
        self.lines = {row.number: line for line, row in enumerate(self.rows, start=TOP)}
        self.lines[self.model.header.number] = TOP - 1
        used = [y for row in (self.model.header, *self.rows) for y in row.values if y is not None]
        self.last_year = max(used, default=-1)
        self.sheet = book.sheet(name, title)

    def write(self) -> Sheet:
        """Everything on its place."""
        self._top()
        for row in self.rows:
            self._row(row)
        worksheet = self.sheet.worksheet
        worksheet.freeze_panes(TOP, 1)
        years = max(self.last_year + 1, 0)
        self.sheet.widths(44, 22, 26, 15, *[13] * years, 50, 60)
        worksheet.repeat_rows(TOP - 1)
        return self.sheet

    def _all_rows(self) -> list[Row]:
        model, money = self.model, self.money
        settings = list(model.settings)
        if model.factors.values:
            settings.append(model.factors)
        sections: list[tuple[str, Sequence[Row]]] = [
            (say("Result"), money.results if money else ()),
            (say("Inputs, at their medians"), model.inputs),
            (say("Estimates that stand in formulas, at their medians"), model.estimates),
            (say("Rates"), settings),
            (say("Calculations"), [*model.calculations, *model.line_parts]),
            *(money.sections if money else ()),
        ]
        rows: list[Row] = []
        for title, found in sections:
            if found:
                rows += [Row(title, kind="heading"), *found, Row("", kind="gap")]
        return rows

    def _top(self) -> None:
        sheet, book = self.sheet, self.book
        explained = [
            say("Every input stands at its median, which is one future among many; its net "
                "present value is not the median of net present value."),
            say("Change a figure in a yellow cell, and everything follows."),
        ]  # fmt: skip
        if self.case.currency:
            explained.append(say("Money is in {currency}.", currency=self.case.currency))
        sheet.notes(1, explained)
        names = [say("What"), say("Name in formulas"), say("Unit"), say("All years")]
        sheet.headings(TOP - 1, names, 3)
        style = book.style(
            bold=True, bg_color=PALE, font_color=INK, bottom=1, bottom_color=INK, align="right",
            num_format="0",
        )  # fmt: skip
        for year in range(self.last_year + 1):
            sheet.worksheet.write_number(TOP - 1, FIRST_YEAR + year, year, style)
        apart = book.style(
            bold=True,
            bg_color=PALE,
            font_color=INK,
            bottom=1,
            bottom_color=INK,
            indent=1,
            align="left",
        )
        names = [say("As written in the case")]
        if any(row.remark for row in self.rows):
            names.append(say("Remark"))
        for offset, name in enumerate(names):
            sheet.text(TOP - 1, FIRST_YEAR + self.last_year + 1 + offset, name, apart)

    def _row(self, row: Row) -> None:
        line, sheet = self.lines[row.number], self.sheet
        if row.kind == "heading":
            style = self.book.style(bold=True, font_color=INK, bottom=1, bottom_color=RULE)
            sheet.text(line, 0, row.label, style)
            for column in range(1, FIRST_YEAR + self.last_year + 1):
                sheet.worksheet.write_blank(line, column, None, style)
            return
        bold = {"bold": True} if row.kind in ("total", "years") else {}
        plain = self.book.style(**bold)
        faint = self.book.style(font_color="#666666")
        apart = self.book.style(font_color="#666666", indent=1, align="left")
        sheet.text(line, 0, row.label, plain)
        for column, text in enumerate((self._name(row), row.unit), start=1):
            if text:
                sheet.text(line, column, text, faint)
        last = FIRST_YEAR + self.last_year + 1
        for offset, text in enumerate((row.written, row.remark)):
            if text:
                sheet.text(line, last + offset, text, apart)
        for year in row.values:
            self._cell(row, year)
        if row.key and None in row.values:
            sheet.define(row.key, line, VALUE)

    def _name(self, row: Row) -> str:
        """What a row is called in the case, or one cell in Excel; nothing for our own steps."""
        of_case = row.key in self.case.quantities or row.key in (*MONEY, "cash")
        return row.key if of_case or None in row.values else ""

    def _cell(self, row: Row, year: Year) -> None:
        line, value = self.lines[row.number], row.values[year]
        column = VALUE if year is None else FIRST_YEAR + year
        formula = row.formulas.get(year)
        style = self.book.style(**self._look(row, is_input=formula is None))
        if formula is None:
            self.sheet.number(line, column, value, style)
            return
        text = "=" + placed(formula, self._address)
        assert len(text) <= LONGEST_FORMULA, "long formulas are written in parts"
        self.sheet.worksheet.write_formula(line, column, text, style, value)

    def _look(self, row: Row, *, is_input: bool) -> dict[str, object]:
        numbers = [value for value in row.values.values() if isinstance(value, float)]
        shape = number_format(numbers, share=bool(row.share))
        look: dict[str, object] = {"num_format": shape, "align": "right"}
        if row.kind == "years":
            look |= {"num_format": "0", "bold": True}
        elif row.kind == "total":
            look |= {"bold": True, "top": 1, "top_color": RULE}
        elif is_input and row.kind == "input":
            look |= {"bg_color": INPUT, "font_color": "#0000CC", "border": 1, "border_color": RULE}
        return look

    def _address(self, number: int, year: Year) -> str:
        """Where a cell stands: what is the same in all years is fixed, years move along."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        line = self.lines[number]
        if year is None:
            return str(xl_rowcol_to_cell(line, VALUE, row_abs=True, col_abs=True))
        header = line == TOP - 1
        return str(xl_rowcol_to_cell(line, FIRST_YEAR + year, row_abs=header))
