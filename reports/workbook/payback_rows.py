"""Payback as rows of formulas: the running total, when it was below zero, when it came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reports.language import say
from reports.workbook.names import NEVER, UNDEFINED
from reports.workbook.rows import Row, quoted, shown

Floats: TypeAlias = npt.NDArray[np.float64]
ROUNDING = "2.220446049250313E-16"
"""What the program allows a running total to miss zero by, relative to money moved and years."""


def yearly(
    label: str,
    key: str,
    values: Sequence[float] | Floats,
    formula: Callable[[Row, int], str],
    first: int = 0,
    total: bool = False,
) -> Row:
    """A row with a formula in each year from `first` on; a formula may refer to its own row."""
    row = Row(label, key, kind="total" if total else "plain", share=False)
    for year, value in enumerate(values, start=first):
        row.formulas[year], row.values[year] = formula(row, year), shown(float(value))
    return row


@dataclass(frozen=True, eq=False)
class PaybackRows:
    """What payback is read from; the same for cash and for discounted cash."""

    total: Row
    moved: Row
    below: Row
    back: Row

    @property
    def rows(self) -> list[Row]:
        """All of them, in order."""
        return [self.total, self.moved, self.below, self.back]

    def years(self) -> str:
        """The formula of payback: the last time that the money was back."""
        last = len(self.total.values) - 1
        never, none = quoted(say(NEVER)), quoted(UNDEFINED)
        returned = f"MAX({self.back.over(0, last)})"
        return f"IF({self.moved.at(last)}=0,{none},IF({self.below.at(last)}=1,{never},{returned}))"


def payback_rows(cash: Row, flows: Floats, *, discounted: bool) -> PaybackRows:
    """The rows for a row of cash whose values are `flows` (years)."""
    words = (
        (say("Discounted cash, added up"), say("Discounted money moved so far"),
         say("Discounted cash is below zero (1: yes)"), say("Discounted money is back after"))
        if discounted else
        (say("Cash, added up"), say("Money moved so far"), say("Cash is below zero (1: yes)"),
         say("Money is back after"))
    )  # fmt: skip
    prefix = "discounted_" if discounted else ""
    totals, gross = np.cumsum(flows), np.cumsum(np.abs(flows))
    is_below = totals < -np.finfo(np.float64).eps * np.arange(len(flows)) * gross
    returned = [0.0] * len(flows)
    for year in range(1, len(flows)):
        if is_below[year - 1] and not is_below[year]:
            returned[year] = year - 1 + min(1.0, -totals[year - 1] / flows[year])
    total = yearly(
        words[0], f"{prefix}total", totals,
        lambda row, y: (f"{row.at(y - 1)}+" if y else "") + cash.at(y),
    )  # fmt: skip
    moved = yearly(
        words[1], f"{prefix}moved", gross,
        lambda row, y: (f"{row.at(y - 1)}+" if y else "") + f"ABS({cash.at(y)})",
    )  # fmt: skip
    below = yearly(
        words[2], f"{prefix}below", is_below.astype(np.float64),
        lambda row, y: f"IF({total.at(y)}<-{ROUNDING}*{y}*{moved.at(y)},1,0)",
    )  # fmt: skip

    def back(row: Row, y: int) -> str:
        if y == 0:
            return "0"
        part = f"MIN(1,-{total.at(y - 1)}/{cash.at(y)})"
        return f"IF(AND({below.at(y - 1)}=1,{below.at(y)}=0),{y - 1}+{part},0)"

    return PaybackRows(total, moved, below, yearly(words[3], f"{prefix}back", returned, back))
