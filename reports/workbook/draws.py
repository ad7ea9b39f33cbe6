"""Trials as rows: what was drawn and what came out, for those who want to go on by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from reports.language import say, say_many
from reports.numbers import exact
from reports.workbook.book import Book
from reports.workbook.names import NEVER
from reports.workbook.summary import outcome_name, quantities

if TYPE_CHECKING:
    from reports.document import Report, Subject
    from simulator.result import Result

Floats: TypeAlias = npt.NDArray[np.float64]
ACROSS = 16
"""Columns that can be read on a page."""
PRINTED = 50
"""Rows of a sheet that nobody reads on paper."""
MOST_ROWS, MOST_CELLS, MOST_COLUMNS = 10_000, 180_000, 400


@dataclass(frozen=True, eq=False)
class Column:
    """A column of draws: whose, what, and one figure a trial."""

    who: str
    what: str
    values: Floats


def write_draws(book: Book, report: Report) -> None:
    """The first trials of each replicate, so that what is shown is a sample of its own."""
    subject = report.subject
    found = list(columns(subject))
    shown = found[:MOST_COLUMNS]
    result = subject.result
    size = result.trials // result.replicates
    kept = rows_of_each(size, result.replicates, len(shown))
    sheet = book.sheet(say("Draws"), say("Trials as rows"))
    rows = kept * result.replicates
    notes = [
        say(
            "Here are {shown} of {trials} trials: the first {kept} of each of {replicates} "
            "replicates, none left out in between.",
            shown=exact(kept * result.replicates), trials=exact(result.trials),
            kept=exact(kept), replicates=exact(result.replicates),
        ) if kept < size else say("Here are all {trials} trials.", trials=exact(result.trials)),
        say("An empty cell has no figure in that trial."),
        say("On paper are the first {count} rows.", count=exact(min(PRINTED, rows))),
    ]  # fmt: skip
    if len(found) > len(shown):
        notes.append(say_many("{count} column is left out.", "{count} columns are left out.",
                              len(found) - len(shown)))  # fmt: skip
    line = sheet.notes(1, notes) + 1
    several = not subject.is_single
    if several:
        for number, column in enumerate(shown, start=2):
            sheet.text(line, number, column.who, book.header)
        line += 1
    sheet.headings(line, [say("Replicate"), say("Trial"), *(c.what for c in shown)], 0)
    sheet.widths(10, 8, *[15] * len(shown))
    sheet.worksheet.freeze_panes(line + 1, 2)
    sheet.worksheet.fit_to_pages(-(-len(shown) // ACROSS), 0)
    sheet.worksheet.print_area(0, 0, line + min(PRINTED, rows), len(shown) + 1)
    _write(book, sheet.worksheet, line + 1, shown, (kept, size, result.replicates))


def _write(
    book: Book, worksheet: object, line: int, shown: list[Column], sizes: tuple[int, int, int]
) -> None:
    from xlsxwriter.worksheet import Worksheet

    assert isinstance(worksheet, Worksheet)
    kept, size, replicates = sizes
    never, right = say(NEVER), book.style(align="right")
    rows = np.concatenate([np.arange(kept) + size * number for number in range(replicates)])
    table = [column.values[rows].tolist() for column in shown]
    number, text = worksheet.write_number, worksheet.write_string
    for offset, trial in enumerate(rows.tolist()):
        row = line + offset
        number(row, 0, trial // size + 1)
        number(row, 1, trial + 1)
        for column, values in enumerate(table, start=2):
            value = values[offset]
            if value in (np.inf, -np.inf):
                text(row, column, never, right)
            elif not isnan(value):
                number(row, column, value)


def rows_of_each(size: int, replicates: int, width: int) -> int:
    """How many trials of each replicate fit: all, or a power of two, which Sobol' points want.

    >>> rows_of_each(4096, 16, 20), rows_of_each(4096, 16, 60), rows_of_each(100, 1, 5)
    (512, 128, 100)
    """
    most = min(MOST_ROWS, MOST_CELLS // max(width, 1)) // replicates
    if size <= most:
        return size
    return 1 << max(int(most).bit_length() - 1, 0)


def columns(subject: Subject) -> Iterator[Column]:
    """Inputs as drawn, those that are shared once, then what came out of each alternative."""
    known: dict[str, list[Floats]] = {}
    for who, result in subject.results.items():
        for column in _inputs(who, result):
            same = known.setdefault(column.what, [])
            if not any(np.array_equal(values, column.values) for values in same):
                same.append(column.values)
                yield column
    for who, result in subject.results.items():
        yield from _outcomes(who, result, whole=subject.is_single)


def _inputs(who: str, result: Result) -> Iterator[Column]:
    for name, drawn in result.draws.items():
        if drawn.ndim == 1:
            yield Column(who, name, drawn)
            continue
        for year, values in enumerate(drawn, start=1):
            yield Column(who, f"{name}[{year}]", values)


def _outcomes(who: str, result: Result, *, whole: bool) -> Iterator[Column]:
    for name, outcome in result.outcomes.items():
        yield Column(who, outcome_name(name), outcome.values)
    for what, _, _, outcome in quantities(result):
        yield Column(who, what, outcome.values)
    if whole:
        for year, cash in enumerate(result.cash_by_year):
            yield Column(who, say("Net cash, year {year}", year=year), cash)
