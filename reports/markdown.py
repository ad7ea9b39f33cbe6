"""A report as Markdown, in the dialect of GitHub: for a wiki, a merge request, a mail.

Whatever comes from a case is text and nothing else: its marks and its HTML are made harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from reports.document import (
    Block,
    Cell,
    Explorer,
    Facts,
    Figure,
    Items,
    Paragraph,
    Report,
    Row,
    Table,
)
from reports.words import printable

if TYPE_CHECKING:
    from reports.figures.chart import Chart

BREAK = "<br>"
_ACTIVE = re.compile(r"[\\`*\[\]~$^]|(?<![^\W_])_|_(?![^\W_])|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)")
_OPENING = re.compile(r"\A(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+#=](?:\s|$|[-+#=])))")


def markdown(report: Report, figures: str) -> str:
    """The text of a report whose pictures stand in a folder called `figures` beside it."""
    named = {id(chart): name for name, chart in pictures(report).items()}
    parts = [f"# {_line(report.title)}", _byline(report)]
    for section in report.sections:
        parts.append(f"## {_line(section.title)}")
        for block in section.blocks:
            parts += _block(block, figures, named)
    return "\n\n".join(part for part in parts if part) + "\n"


def pictures(report: Report) -> dict[str, Chart]:
    """The pictures of a report by the names of their files, numbered as they are met."""
    charts = [
        block.chart
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]
    charts = list({id(chart): chart for chart in charts}.values())
    return {
        f"{number:02d}_{re.sub(r'[^0-9A-Za-z]+', '_', chart.name)[:40]}.png": chart
        for number, chart in enumerate(charts, start=1)
    }


def escaped(text: str) -> str:
    """A text whose marks mean nothing to Markdown or HTML; its lines stay lines.

    >>> escaped("5 * 3 < 20 | <b>[x](y)</b>")
    '5 \\\\* 3 &lt; 20 &#124; &lt;b&gt;\\\\[x\\\\](y)&lt;/b&gt;'
    >>> escaped("1. first")
    '1\\\\. first'
    """
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _ACTIVE.sub(lambda mark: f"\\{mark[0]}", text.replace("|", "&#124;"))
    lines = (_OPENING.sub(r"\1\\", line.strip(), count=1) for line in text.split("\n"))
    return "\n".join(lines)


def _line(text: str) -> str:
    """A text on one line."""
    return escaped(text.replace("\n", " "))


def _in_cell(text: str) -> str:
    return escaped(text).replace("\n", BREAK)


def _byline(report: Report) -> str:
    from reports.dates import dated

    return " · ".join(_line(part) for part in (report.author, dated(report.written)) if part)


def _block(block: Block, figures: str, named: Mapping[int, str]) -> list[str]:
    match block:
        case Paragraph():
            return [_paragraph(block)]
        case Items():
            title = [f"**{_line(block.title)}**"] if block.title else []
            return [*title, "\n".join(f"- {_line(item)}" for item in block.items)]
        case Facts():
            return [_facts(block)]
        case Table():
            return list(_table(block))
        case Figure():
            return list(_figure(block, figures, named[id(block.chart)]))
        case Explorer():
            return []


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "prose":
        return _quoted(_lines(paragraph.text))
    if paragraph.kind == "warning":
        return f"> [!WARNING]\n{_quoted(_lines(paragraph.text))}"
    if paragraph.kind == "lead":
        return _marked(_line(paragraph.text), "**")
    return (
        _marked(_line(paragraph.text), "_") if paragraph.kind == "note" else _line(paragraph.text)
    )


def _lines(text: str) -> str:
    """A text of several lines and paragraphs, kept as they were typed."""
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "  \n", escaped(text.strip("\n")))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _marked(text: str, mark: str) -> str:
    """Bold or small print; a mark must touch what it marks."""
    return f"{mark}{text.strip()}{mark}" if text.strip() else ""


def _facts(facts: Facts) -> str:
    rows = [
        (_in_cell(fact.label), _figure_text(Cell(fact.text, fact.error)), _in_cell(fact.below))
        for fact in facts.facts
    ]
    return _grid(("", "", ""), (":---", "---:", ":---"), rows)


def _figure_text(cell: Cell) -> str:
    return " ".join(_in_cell(part) for part in (cell.text, cell.error) if part)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"### {_line(table.title)}"
    headings = [
        BREAK.join(_in_cell(part) for part in (column.heading, column.detail) if part)
        for column in table.columns
    ]
    sides = ["---:" if column.kind == "figures" else ":---" for column in table.columns]
    yield _grid(headings, sides, [_cells(row, len(headings)) for row in table.rows])
    for note in table.notes:
        yield _marked(_line(note), "_")


def _cells(row: Row, width: int) -> list[str]:
    cells = [_figure_text(cell) for cell in row.cells]
    if row.kind != "plain":
        cells = [_marked(cell, "**") for cell in cells]
    if row.below:
        below = [_marked(_in_cell(text), "_") for text in row.below]
        cells[0] = BREAK.join([cells[0], *below])
    return cells + [""] * (width - len(cells))


def _grid(headings: Sequence[str], sides: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, sides, *rows))


def _figure(figure: Figure, figures: str, name: str) -> Iterator[str]:
    chart = figure.chart
    yield f"![{_line(chart.alt)}]({quote(f'{figures}/{name}')})"
    if figure.caption:
        yield _marked(_line(figure.caption), "_")
