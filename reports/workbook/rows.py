"""Rows of a calculation before they have a place: labels, formulas by year, and their values.

A formula refers to cells of other rows by marks, so that rows may be written in any order and
refer to each other in circles over time; `placed` turns marks into addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from math import isfinite
from typing import Literal, TypeAlias

Year: TypeAlias = int | None
"""A year's column; None is the one column of what is the same in all years."""
Value: TypeAlias = float | str
Kind = Literal["plain", "heading", "input", "total", "years", "part", "gap"]

_MARK = re.compile("\x01(\\d+):(\\d*)\x02")


@dataclass(eq=False)
class Row:
    """A line of the sheet. A cell with a value and no formula is a number, to be changed at will.

    `key` is what it is called in formulas, or by the program.
    """

    label: str
    key: str = ""
    unit: str = ""
    written: str = ""
    kind: Kind = "plain"
    share: bool | None = None
    remark: str = ""
    formulas: dict[Year, str] = field(default_factory=dict)
    values: dict[Year, Value] = field(default_factory=dict)
    number: int = field(default_factory=count().__next__)

    def at(self, year: Year = None) -> str:
        """The mark of a cell of this row."""
        return f"\x01{self.number}:{'' if year is None else year}\x02"

    def over(self, first: int, last: int) -> str:
        """The marks of its cells from one year to another."""
        return f"{self.at(first)}:{self.at(last)}"


def placed(formula: str, address: Callable[[int, Year], str]) -> str:
    """A formula with the addresses of cells in place of their marks.

    >>> placed(Row("Churn").at(2) + "*2", lambda row, year: f"F{year}")
    'F2*2'
    """
    return _MARK.sub(lambda m: address(int(m[1]), int(m[2]) if m[2] else None), formula)


def quoted(text: str) -> str:
    """A text inside a formula, its own quotes doubled.

    >>> quoted("never")
    '"never"'
    """
    return '"' + text.replace('"', '""') + '"'


def shown(value: float) -> Value:
    """A value as a cell holds it; an error where there is none.

    >>> shown(2.5), shown(float("nan"))
    (2.5, '#NUM!')
    """
    return value if isfinite(value) else "#NUM!"
