"""A workbook in the making: sheets with safe names, formats, and texts that stay texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from reports.language import say
from reports.notes import note
from reports.workbook.names import NEVER, UNDEFINED

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_NAME, LONGEST_TEXT = 31, 32_767
WIDEST_HEADING, WIDEST = 30.0, 60.0
"""Characters of a column, as its headings and its texts may ask for them."""
MONEY, SHARE, CHANCE, PLAIN, YEARS, WHOLE = (
    "#,##0", "0.0%", "0.0%", "#,##0.00", "0.0", "0"
)  # fmt: skip
INK, PALE, INPUT, RULE = "#1F3A4D", "#E8EEF2", "#FFF8DC", "#B8C4CC"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ALL = "A1:XFD1048576"
_NAME = re.compile(r"[^\W\d]\w{0,200}")
_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*|true|false", re.IGNORECASE)

Written: TypeAlias = "float | int | str | None"


def clean(text: str) -> str:
    """A text that a cell can hold: no control characters, at most 32,767 characters.

    >>> clean("=1+1\\x07")
    '=1+1'
    """
    return cut(_STEERING.sub("", text), LONGEST_TEXT)


def cut(text: str, most: int) -> str:
    """A text shortened to so many characters as Excel counts them: emoji are two."""
    if _units(text) <= most:
        return text
    while _units(text) > most - 1:
        text = text[: -max(1, (_units(text) - most) // 2)]
    return text + "…"


def _units(text: str) -> int:
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def sheet_name(asked: str, taken: Sequence[str]) -> str:
    """A name that Excel takes for a sheet, unlike those taken.

    >>> sheet_name("Base case: [A/B]?", ["base case A B"])
    'Base case A B 2'
    """
    bare = " ".join(_FORBIDDEN.sub(" ", asked).split()).strip("' ") or "1"
    known = {name.casefold() for name in (*taken, "history")}
    name, count = cut(bare, LONGEST_NAME), 1
    while name.casefold() in known:
        count += 1
        name = f"{cut(bare, LONGEST_NAME - len(str(count)) - 1)} {count}"
    return name


@dataclass(eq=False)
class Book:
    """The workbook, its formats (each made once), and its sheets."""

    workbook: Workbook
    names: list[str] = field(default_factory=list)
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def style(self, **properties: Any) -> Format:
        """A format; `num_format`, `bold` and so on as XlsxWriter has them."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({"valign": "top", **properties})
        return self._formats[key]

    def sheet(self, name: str, title: str) -> Sheet:
        """A new sheet with its title in the first line."""
        name = sheet_name(name, self.names)
        self.names.append(name)
        worksheet = self.workbook.add_worksheet(name)
        worksheet.ignore_errors(
            {"number_stored_as_text": _ALL, "formula_differs": _ALL, "formula_range": _ALL}
        )
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(0.5, 0.5, 0.6, 0.6)
        worksheet.hide_gridlines(2)
        worksheet.set_footer("&L&8&A&R&8&P / &N")
        made = Sheet(self, worksheet, name)
        made.text(0, 0, title, self.style(bold=True, font_size=14, font_color=INK))
        worksheet.set_row(0, 22)
        return made

    @cached_property
    def header(self) -> Format:
        """How the headings of columns look."""
        return self.style(
            bold=True, bg_color=PALE, font_color=INK, text_wrap=True, bottom=1, bottom_color=INK
        )

    @cached_property
    def header_right(self) -> Format:
        """Headings above figures."""
        return self.style(
            bold=True, bg_color=PALE, font_color=INK, text_wrap=True, bottom=1, bottom_color=INK,
            align="right",
        )  # fmt: skip

    @cached_property
    def note(self) -> Format:
        """Small print."""
        return self.style(font_color="#555555", italic=True)

    @cached_property
    def wrapped(self) -> Format:
        """Texts that may run over several lines."""
        return self.style(text_wrap=True, indent=1, align="left")


@dataclass(eq=False)
class Sheet:
    """A sheet; every text goes through `text`, so that none becomes a formula or a link."""

    book: Book
    worksheet: Worksheet
    name: str
    defined: set[str] = field(default_factory=set)
    _widths: dict[int, float] = field(default_factory=dict)
    _headed: dict[int, float] = field(default_factory=dict)

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text as it stands, whatever it begins with; names that we make up, as what-ifs have."""
        self.worksheet.write_string(row, column, clean(note(text)), style or self.book.style())

    def number(self, row: int, column: int, value: Written, style: Format | None = None) -> None:
        """A number in full precision; nothing where there is none, a word where it never comes."""
        if value is None or value != value:
            self.worksheet.write_string(row, column, UNDEFINED, self._right(style))
        elif isinstance(value, str):
            self.text(row, column, value, style)
        elif not isfinite(value):
            self.worksheet.write_string(row, column, say(NEVER), self._right(style))
        else:
            self.worksheet.write_number(row, column, float(value), style)

    def _right(self, style: Format | None) -> Format:
        return self.book.style(align="right")

    def headings(self, row: int, names: Sequence[str], texts: int) -> None:
        """A line of headings, the first so many of them above texts; it stays in sight."""
        for column, name in enumerate(names):
            style = self.book.header if column < texts else self.book.header_right
            self.heading(row, column, name, style)
        self.worksheet.set_row(row, 31)
        self.worksheet.repeat_rows(row)

    def heading(self, row: int, column: int, name: str, style: Format) -> None:
        """A heading, above a column at least as wide as its longest word."""
        self.text(row, column, name, style)
        word = max(map(len, clean(name).split()), default=0)
        self._headed[column] = max(self._headed.get(column, 0.0), room(word, WIDEST_HEADING))
        self._set(column)

    def widths(self, *widths: float) -> None:
        """The widths of the columns from the first on, in characters; headings may want more."""
        for column, width in enumerate(widths):
            self._widths[column] = width
            self._set(column)

    def _set(self, column: int) -> None:
        if column in self._widths:
            width = max(self._widths[column], self._headed.get(column, 0.0))
            self.worksheet.set_column(column, column, width)

    def fit(self, column: int, texts: Iterable[str]) -> None:
        """Make a column wide enough for its texts, within reason."""
        longest = max((len(clean(text)) for text in texts), default=0)
        self._widths[column] = max(self._widths.get(column, 0.0), room(longest, WIDEST))
        self._set(column)

    def define(self, name: str, row: int, column: int) -> None:
        """A name for a cell of this sheet, where Excel takes it as one."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        known = self.defined
        if not _NAME.fullmatch(name) or _CELL.fullmatch(name) or name.casefold() in known:
            return
        known.add(name.casefold())
        here = "'" + self.name.replace("'", "''") + "'!"
        cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self.book.workbook.define_name(f"{here}{name}", f"={here}{cell}")

    def notes(self, row: int, notes: Sequence[str]) -> int:
        """Lines of small print; gives the line after them."""
        for text in notes:
            self.text(row, 0, text, self.book.note)
            row += 1
        return row


def room(letters: int, most: float) -> float:
    """The width of a column for so many letters, bold ones too, and not more than the most."""
    return min(letters * 1.15 + 2, most)


def money_format(largest: float) -> str:
    """How an amount is shown: more decimals, the smaller it is.

    >>> money_format(125_000.0), money_format(2.5)
    ('#,##0', '#,##0.00')
    """
    size = abs(largest)
    if size >= 1000 or size == 0:
        return MONEY
    if size >= 100:
        return "#,##0.0"
    return PLAIN if size >= 1 else "#,##0.0000"


def number_format(values: Iterable[float | None], *, share: bool = False) -> str:
    """How the figures of a line are shown: whole ones whole, shares in percent.

    >>> number_format([600.0, 2.0]), number_format([0.5, 600.0]), number_format([0.05], share=True)
    ('#,##0', '#,##0.0', '0.00%')
    """
    known = [abs(value) for value in values if value is not None and isfinite(value)]
    largest = max(known, default=0.0)
    if share:
        return SHARE if largest >= 0.1 or largest == 0 else "0.00%"
    return MONEY if all(value == round(value) for value in known) else money_format(largest)


def height(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a line whose texts are wrapped in columns of these widths.

    >>> height([("a word", 20), ("some words that take two lines", 20)])
    31.0
    """
    lines = max(
        (sum(-(-max(len(part), 1) // max(int(width * 0.95), 1)) for part in text.split("\n"))
         for text, width in texts),
        default=1,
    )  # fmt: skip
    return min(15.5 * max(lines, 1), 400.0)
