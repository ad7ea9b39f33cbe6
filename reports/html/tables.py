"""How a table is set: rows in groups, and room for every error, so that figures stand in line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.document import Cell, Column, Fact, Row, Table

LONG = 10  # lines; a longer table may be broken between two printed pages
WORD = 20  # letters; a longer word may be broken anywhere, so that no column grows without end
LARGE = 12  # letters of a figure that stands large; longer ones are set smaller, all alike
FEW, BESIDE = 4, 90  # columns of a table, and characters beside each other in its first one
WIDE = 8  # columns; a wider table is printed across a page turned on its side


@dataclass(frozen=True)
class Arranged:
    """A table ready to be written."""

    table: Table
    groups: tuple[tuple[Row, ...], ...]
    """The rows between two headings; a heading begins its group."""
    rooms: tuple[int, ...]
    """Of each column, how many characters its longest error has."""

    @property
    def is_long(self) -> bool:
        """Whether it must be allowed to go on overleaf."""
        return sum(1 + len(row.below) for row in self.table.rows) > LONG

    @property
    def is_terse(self) -> bool:
        """Whether what stands below its rows is short: on paper it fits beside their names."""
        rows = self.table.rows
        return (
            len(self.table.columns) <= FEW
            and any(row.below for row in rows)
            and all(
                len(row.below) <= 1 and len("".join((row.cells[0].text, *row.below))) <= BESIDE
                for row in rows
            )
        )

    @property
    def is_wide(self) -> bool:
        """Whether it needs a page on its side."""
        return len(self.table.columns) > WIDE

    def cells(self, row: Row) -> list[tuple[Column, Cell, int]]:
        """The cells of a row, each with its column and the room that errors need there."""
        blank = (Cell(),) * (len(self.table.columns) - len(row.cells))
        return list(zip(self.table.columns, (*row.cells, *blank), self.rooms, strict=True))


def arranged(table: Table) -> Arranged:
    """The table in groups of rows."""
    groups: list[list[Row]] = [[]]
    for row in table.rows:
        if row.kind == "heading" and groups[-1]:
            groups.append([])
        groups[-1].append(row)
    rows = [row for row in table.rows if row.kind != "heading"]
    rooms = tuple(
        max((len(row.cells[place].error) for row in rows if place < len(row.cells)), default=0)
        for place in range(len(table.columns))
    )
    return Arranged(table, tuple(tuple(group) for group in groups if group), rooms)


def is_endless(text: str, most: int = WORD) -> bool:
    """Whether a word is too long to be kept whole; words do not end at spaces that bind.

    >>> is_endless("Kundeservice og salg"), is_endless("x" * 300)
    (False, True)
    """
    return any(len(word) > most for word in text.split(" "))


def are_long(facts: Sequence[Fact]) -> bool:
    """Whether figures must be set smaller to stand beside each other.

    >>> are_long([Fact("Mean", "−120 000 SEK")]), are_long([Fact("Mean", "−3 170 000 NOK")])
    (False, True)
    """
    return any(len(fact.text) > LARGE for fact in facts)
