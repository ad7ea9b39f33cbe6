"""Native charts, drawn by the spreadsheet from the cells of the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reports.language import say
from reports.workbook.book import Sheet

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

COLOURS = ("#1F6F8B", "#D1603D", "#6A8D3F", "#8E5EA2", "#B8860B", "#4A4A4A")
MOST_SERIES = len(COLOURS)
LOW = 18
"""A chart that begins further down would not fit on the first page."""


def add_spread_chart(
    sheet: Sheet, rows: Sequence[tuple[str, int]], chances: int, first: int, last: int, at: int
) -> None:
    """The chance of not more than each amount, one curve an alternative."""
    chart = _chart(sheet, {"type": "scatter", "subtype": "smooth"})
    for number, (_, row) in enumerate(rows[:MOST_SERIES]):
        chart.add_series({
            "name": [sheet.name, row, 0],
            "categories": [sheet.name, row, first, row, last],
            "values": [sheet.name, chances, first, chances, last],
            "line": {"color": COLOURS[number], "width": 2},
        })  # fmt: skip
    chart.set_y_axis(_axis(say("Chance of not more than"), num_format="0%", min=0, max=1))
    chart.set_x_axis(_axis(say("Net present value"), num_format="#,##0", label_position="low"))
    _place(sheet, chart, at, say("Net present value: the chance of not more than each amount"))


def add_years_chart(
    sheet: Sheet,
    blocks: Sequence[tuple[int, int]],
    columns: tuple[int, int],
    at: int,
    title: str,
    shape: str,
) -> None:
    """A figure by year, one series an alternative; `blocks` are their first and last lines."""
    kind = {"type": "column"} if len(blocks) == 1 else {"type": "line"}
    chart = _chart(sheet, kind)
    for number, (first, last) in enumerate(blocks[:MOST_SERIES]):
        chart.add_series({
            "name": [sheet.name, first, 0],
            "categories": [sheet.name, first, columns[0], last, columns[0]],
            "values": [sheet.name, first, columns[1], last, columns[1]],
            "fill": {"color": COLOURS[number]},
            "line": {"color": COLOURS[number], "width": 2},
            "gap": 60,
        })  # fmt: skip
    chart.set_x_axis(_axis(say("Year"), label_position="low"))
    chart.set_y_axis(_axis("", num_format=shape))
    _place(sheet, chart, at, title)


def _chart(sheet: Sheet, kind: dict[str, str]) -> Chart:
    chart: Chart = sheet.book.workbook.add_chart(kind)
    return chart


def _axis(name: str, **settings: Any) -> dict[str, Any]:
    grid = {"visible": True, "line": {"color": "#E3E8EB"}}
    font = {"size": 9, "color": "#444444"}
    return {"name": name, "major_gridlines": grid, "num_font": font, "name_font": font, **settings}


def _place(sheet: Sheet, chart: Chart, line: int, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    chart.set_size({"width": 760, "height": 360})
    sheet.worksheet.set_h_pagebreaks([line] if line > LOW else [])
    sheet.worksheet.insert_chart(line, 0, chart, {"description": title})
