"""Results, cases and estimates on a terminal: what the commands print.

Each function returns something that a rich Console prints, in as many columns as it has, and as plain
text where it is not a terminal.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.drivers import tornado_table
from reports.estimates import Drawing, in_words, moments, percentile_table
from reports.numbers import SPACE, number
from reports.tables import (
    Cell,
    Row,
    Table,
    dependence_table,
    lines_table,
    payback_table,
    quantity_tables,
    value_table,
)
from reports.units import unit_of
from reports.words import answer, shortened

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.text import Text

    from distributions import Marginal
    from simulator.analysis.inputs import InputRow
    from simulator.analysis.tornado import Tornado
    from simulator.case.case import Case
    from simulator.result import Result

WIDE = 120
READABLE = 100
_SETS = {
    "sobol": "scrambled Sobol' points",
    "latin": "Latin hypercubes",
    "random": "independent random draws",
}


@dataclass(frozen=True)
class Page:
    """Parts one under another, laid out when the width is known."""

    parts: Callable[[int], Iterator[RenderableType]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        for part in self.parts(options.max_width):
            for segment in console.render(part, options):
                # Lines are broken by now: a space that can be searched for reads as well.
                yield Segment(segment.text.replace(SPACE, " "), segment.style, segment.control)


def run_tables(result: Result, tornado: Tornado | None = None) -> RenderableType:
    """What `utfall run` prints: the answer, then the figures behind it."""

    def parts(width: int) -> Iterator[RenderableType]:
        yield from _opening(result.case.name, answer(result, tornado), width)
        if result.outcomes:
            yield _laid(payback_table(result), width)
            yield _laid(value_table(result), width)
            yield _laid(lines_table(result), width)
        for table in quantity_tables(result):
            yield _laid(table, width)
        if tornado is not None and tornado.rows:
            yield _laid(tornado_table(tornado, result.case, 24 if width < WIDE else 40), width)
        if result.dependence:
            yield _laid(dependence_table(result), width)
        yield from _closing(result, width)

    return Page(parts)


def check_tables(case: Case, described: Sequence[InputRow]) -> RenderableType:
    """What `utfall check` prints: every input, and what it means in figures."""

    def parts(width: int) -> Iterator[RenderableType]:
        uncertain = [row for row in described if not row.known]
        known = [row for row in described if row.known]
        count = f"{_counted(len(uncertain), 'estimate')} and {_counted(len(known), 'known number')}"
        yield from _opening(case.name, (f"The case is sound. It has {count}.",), width)
        if uncertain:
            yield _laid(_estimates_table(uncertain, width), width)
        if known:
            yield _laid(_known_table(known, width), width)

    return Page(parts)


def show_tables(text: str, marginal: Marginal) -> RenderableType:
    """What `utfall show` prints: one estimate described and drawn. Parameters must be numbers."""

    def parts(width: int) -> Iterator[RenderableType]:
        ends = (float(marginal.ppf(0.05)), float(marginal.ppf(0.95)))
        unit = unit_of("", text, ends)
        words = in_words(marginal, unit.text)
        about = moments(marginal, unit)
        sentences = (f"{words[0].upper()}{words[1:]}.", f"{about[0].upper()}{about[1:]}.")
        yield from _opening(text, sentences, width)
        yield _laid(percentile_table(marginal, unit), width)
        drawing = Drawing(marginal, unit, min(max(width - 4, 20), 72))
        yield _styled("\n".join(f"  {line}" for line in drawing.lines()))

    return Page(parts)


def _opening(title: str, sentences: Sequence[str], width: int) -> Iterator[Text]:
    yield _styled(_wrapped(shortened(title, 200), width), "bold")
    for sentence in sentences:
        yield _styled(_wrapped(sentence, width))


def _closing(result: Result, width: int) -> Iterator[Text]:
    per_set = f"{number(result.trials)} trials"
    kind = _SETS[result.sampling]
    sets = f" in {result.replicates} independent sets" if result.replicates > 1 else ""
    yield _styled("")
    yield _styled(
        _wrapped(
            f"{per_set} of {kind}{sets}, seed {result.seed}, Utfall {result.version}. "
            f"± is how far a figure may be off because the trials are so many and no more "
            f"(95{SPACE}% interval, rounded up); it says nothing about the estimates themselves.",
            width,
        ),
        "dim",
    )
    for note in result.notes:
        yield _styled(_wrapped(f"Note: {note}", width), "yellow")


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _wrapped(text: str, width: int) -> str:
    """Broken at plain spaces only, so that no figure is torn from its unit."""
    return textwrap.fill(text, min(width, READABLE), break_on_hyphens=False)


def _styled(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style=style, no_wrap=True, overflow="ignore")


def _laid(table: Table, width: int) -> RenderableType:
    """A table of text as one of rich."""
    from rich import box
    from rich.console import Group
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    widths = [_widths(table, index) for index in range(len(table.columns))]
    for column in table.columns:
        heading = Text(column.heading, "bold")
        if column.detail:
            heading.append(f"\n{column.detail}", "dim")
        align = "right" if column.figures else "left"
        grid.add_column(heading, justify=align, no_wrap=column.figures, overflow="fold",
                        vertical="top")  # fmt: skip
    for row in table.rows:
        cells = [_cell(cell, row, pair) for cell, pair in zip(row.cells, widths, strict=False)]
        grid.add_row(*cells, end_section=False)
    title = _styled("\n" + _wrapped(table.title, width), "bold cyan")
    notes = [_styled(_wrapped(note, width), "dim") for note in table.notes]
    return Group(title, grid, *notes)


def _widths(table: Table, index: int) -> tuple[int, int]:
    """Of a column of figures, the widest figure and the widest error: they stand in line."""
    if not table.columns[index].figures:
        return 0, 0
    cells = [row.cells[index] for row in table.rows if index < len(row.cells)]
    return max((len(cell.text) for cell in cells), default=0), max(
        (len(cell.error) for cell in cells), default=0
    )


def _cell(cell: Cell, row: Row, widths: tuple[int, int]) -> Text:
    from rich.text import Text

    style = {"heading": "italic", "total": "bold", "marked": "bold"}.get(row.kind, "")
    text = Text(cell.text.rjust(widths[0]), style)
    if widths[1]:
        text.append(f" {cell.error:<{widths[1]}}", "dim")
    if cell.detail:
        text.append(f"\n{cell.detail}", "dim")
    return text


def _estimates_table(rows: Sequence[InputRow], width: int) -> Table:
    raise NotImplementedError


def _known_table(rows: Sequence[InputRow], width: int) -> Table:
    raise NotImplementedError
