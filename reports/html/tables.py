"""How a table is set: rows in groups, and room for every error, so that figures stand in line."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import Cell, Column, Row, Table

LONG = 18  # rows; a longer table may be broken between two printed pages
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
        return len(self.table.rows) > LONG

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
