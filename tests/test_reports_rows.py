"""Rows that are written as plain lines look as the table of rich that they spare."""

from __future__ import annotations

import io

import pytest
from rich.console import Console, RenderableType
from rich.text import Text

from reports.document import Column, Table
from reports.page import GAP, _grid, _side_by_side, total_width

TABLE = Table("", (Column("", kind="text"), Column(""), Column("", kind="picture"), Column("")), ())
WIDTHS = (18, 12, 6, 9)


def shown(part: RenderableType, width: int) -> list[str]:
    """The lines that a console of a width prints; spaces at their ends are nobody's business."""
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(part)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]  # a StringIO


def cells(*texts: str) -> list[Text]:
    """Texts as cells, the second with an error that stands less bold behind it."""
    made = [Text(text) for text in texts]
    made[1].append(" ±1   ", "dim not bold")
    return made


@pytest.mark.parametrize(
    "texts",
    [
        ("Purchase", "−87", "███", "12"),
        ("Más de lo previsto", "", "", ""),  # as wide as its column
        ("顧客の数", "1 200", "▏", "−3"),  # characters two columns wide
        ("More sales to existing customers", "−87", "███", "12"),  # folds
        ("Purchase", "−87\n±1", "██", "12"),  # two lines
    ],
)
@pytest.mark.parametrize("width", [30, total_width(WIDTHS), 100])
def test_a_row_looks_as_in_a_table(texts: tuple[str, ...], width: int) -> None:
    """In a console that has room for all columns, just so, and in one that has not."""
    ours = shown(_side_by_side(cells(*texts), TABLE, WIDTHS, width), width)
    assert ours == shown(_grid(cells(*texts), TABLE, WIDTHS), width)


def test_a_row_that_fits_is_a_line() -> None:
    """So that nothing above is compared with itself alone."""
    line = _side_by_side(cells("Purchase", "−87", "███", "12"), TABLE, WIDTHS, 100)
    assert isinstance(line, Text)
    assert line.plain == "Purchase" + " " * (10 + GAP) + "      −87 ±1  ███     " + "       12  "
