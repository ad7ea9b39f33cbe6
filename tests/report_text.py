"""A report as plain text, to be read aloud and compared with what it said before."""

from reports.document import (
    Cell,
    Explorer,
    Facts,
    Figure,
    Items,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
)
from reports.language import SPACE


def text_of(report: Report) -> str:
    """All sections with everything that a reader sees of them in words and numbers."""
    lines = [report.title, "=" * 40]
    for section in report.sections:
        lines += ["", f"## {section.title}", *_section(section)]
    return _joined(lines)


def text_of_section(section: Section) -> str:
    """What stands below the heading of a section, as in the text of the whole report."""
    return _joined(_section(section))


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).replace(SPACE, " ") + "\n"


def _section(section: Section) -> list[str]:
    lines: list[str] = []
    for block in section.blocks:
        lines.append("")
        if isinstance(block, Paragraph):
            mark = {"lead": "! ", "warning": "WARNING: ", "prose": "> "}.get(block.kind, "")
            lines.append(f"{mark}{block.text}")
        elif isinstance(block, Items):
            lines += [f"{block.title}:"] if block.title else []
            lines += [f"- {item}" for item in block.items]
        elif isinstance(block, Facts):
            for fact in block.facts:
                below = f" ({fact.below})" if fact.below else ""
                lines.append(f"* {fact.label}: {_figure(fact.text, fact.error)}{below}")
        elif isinstance(block, Figure):
            lines += [f"[{block.chart.alt}]", *([block.caption] if block.caption else [])]
        elif isinstance(block, Explorer):
            lines.append(f"<{block.title}>")
        else:
            lines += table(block)
    return lines


def table(found: Table) -> list[str]:
    """Title, columns, rows and notes of a table, cells parted by bars."""
    heads = [f"{c.heading} {c.detail}".replace("\n", " ").strip() for c in found.columns]
    lines = [f"### {found.title}", " | ".join(heads)]
    for row in found.rows:
        lines += _row(row)
    return [*lines, *(f"({note})" for note in found.notes)]


def _row(row: Row) -> list[str]:
    if row.kind == "heading":
        return [f"-- {row.cells[0].text}"]
    mark = {"total": "= ", "marked": "> "}.get(row.kind, "")
    return [mark + " | ".join(map(_cell, row.cells)), *(f"    {text}" for text in row.below)]


def _cell(cell: Cell) -> str:
    return _figure(cell.text, cell.error)


def _figure(text: str, error: str) -> str:
    return f"{text} {error}".strip()
