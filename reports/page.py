"""How a page is laid out on a terminal: title, sentences, tables that fit the width, a foot."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reports.averaging import averaged_over
from reports.document import Cell, Column, Row, Table
from reports.language import SPACE, message, say, speaking, spoken
from reports.notes import note
from reports.numbers import exact
from reports.words import printable, shortened

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.table import Table as Grid
    from rich.text import Text

    from simulator.result import Result

GAP = 2
NARROWEST, READABLE_LABEL = 12, 20
WIDE = 140
READABLE = 100
_GLUE = "\ue000"  # stands for a no-break space, at which rich would break a line
_SETS = {
    # translators: how the trials are drawn: "65 536 trials of scrambled Sobol' points"
    "sobol": message("scrambled Sobol' points"),
    "latin": message("Latin hypercubes"),
    "random": message("independent random draws"),
}


@dataclass(frozen=True)
class Page:
    """Parts one under another, laid out when the width is known, in the language of its making."""

    parts: Callable[[int], Iterator[RenderableType]]
    language: str = field(default_factory=spoken)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        with speaking(self.language):
            parts = list(self.parts(options.max_width))
        for part in parts:
            for line in console.render_lines(part, options, pad=False):
                while line and not line[-1].text.strip():
                    line.pop()
                if line:
                    line[-1] = Segment(line[-1].text.rstrip(" "), line[-1].style)
                # Lines are broken by now: a space that can be searched for reads as well.
                yield from (Segment(_searchable(part.text), part.style) for part in line)
                yield Segment.line()


def opening(title: str, sentences: Sequence[str], width: int) -> Iterator[Text]:
    """The title of a page and its first sentences."""
    yield styled(wrapped(shortened(title, 200), width), "bold")
    for sentence in sentences:
        yield styled(wrapped(sentence, width))


def closing(result: Result, width: int, every: Iterable[Result] = ()) -> Iterator[Text]:
    """The foot of a page: how many trials, drawn how, and what a reader must know.

    `every` are the results that the page tells of, where there are more than one.
    """
    yield styled("")
    said = [_made_of(result), *averaged_over(every or [result]), meaning_of_error()]
    yield styled(wrapped(" ".join(said), width), "dim")
    for known in result.notes:
        yield styled(wrapped(say("Note: {note}", note=note(known)), width), "yellow")


def _made_of(result: Result) -> str:
    """How many trials, drawn how, by which version."""
    made = {
        "number": exact(float(result.trials)), "kind": say(_SETS[result.sampling]),
        "seed": result.seed, "version": result.version,
    }  # fmt: skip
    if result.replicates < 2:
        return say("{number} trials of {kind}, seed {seed}, Utfall {version}.", **made)
    return say(
        "{number} trials of {kind} in {sets} independent sets, seed {seed}, Utfall {version}.",
        sets=result.replicates, **made,
    )  # fmt: skip


def meaning_of_error() -> str:
    """What ± says, and what it does not."""
    return say(
        "± is how far a figure may be off because the number of trials is limited (95 % interval, "
        "rounded up); it does not say how good the estimates are."
    )


def _searchable(text: str) -> str:
    return printable(text.replace(SPACE, " ").replace(_GLUE, " "))


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Broken at plain spaces only, so that no figure is torn from its unit."""
    return textwrap.fill(
        text,
        min(width, READABLE),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def styled(text: str, style: str = "") -> Text:
    """A text that rich takes as it stands, without reading marks of its own into it."""
    from rich.text import Text

    return Text(text, style=style, no_wrap=True, overflow="ignore")


def laid(table: Table, width: int) -> RenderableType:
    """A table of text as a group of rich grids with the same columns, and lines between them."""
    from rich.console import Group

    needed = [Size.of(table, index) for index in range(len(table.columns))]
    sizes, widths = fitted(needed, width)
    total = total_width(widths)
    parts: list[RenderableType] = [styled("\n" + wrapped(table.title, width), "bold cyan")]
    if any(column.heading for column in table.columns):
        heading = _grid(table, widths)
        heading.add_row(*(_heading(column) for column in table.columns))
        parts += [heading, styled("─" * min(total, width), "dim")]
    grid = _grid(table, widths)
    for row in table.rows:
        if row.kind == "heading":
            parts += [grid, styled(wrapped(row.cells[0].text, width), "italic")]
            grid = _grid(table, widths)
            continue
        grid.add_row(*(_cell(*each, row) for each in zip(row.cells, sizes, strict=True)))
        if row.below:
            lines = [wrapped(text, min(total, width), "  ") for text in row.below]
            parts += [grid, styled("\n".join(lines), "dim")]
            grid = _grid(table, widths)
    notes = [styled(wrapped(note, width), "dim") for note in table.notes]
    return Group(*parts, grid, *notes)


@dataclass(frozen=True)
class Size:
    """What a column needs: characters for its text, its errors and its heading.

    `stacked` errors stand below their figures, where the page is narrow.
    """

    text: int
    error: int
    heading: int
    folds: bool
    stacked: bool = False

    @classmethod
    def of(cls, table: Table, index: int) -> Size:
        from rich.cells import cell_len

        column = table.columns[index]
        cells = [row.cells[index] for row in table.rows if index < len(row.cells)]
        lines = [column.heading, *column.detail.split("\n")]
        return cls(
            max((cell_len(cell.text) for cell in cells), default=0),
            max((cell_len(cell.error) for cell in cells), default=0),
            max(cell_len(line) for line in lines),
            column.kind == "text",
        )

    @property
    def widest(self) -> int:
        if self.stacked:
            return max(self.text, self.error, self.heading)
        return max(self.text + (self.error + 1 if self.error else 0), self.heading)


def fitted(sizes: Sequence[Size], width: int) -> tuple[list[Size], list[int]]:
    """The width of each column: what it needs, the widest text being folded where it must.

    Errors go below their figures before labels get too narrow to read.
    """
    widths = _shrunk(sizes, width, READABLE_LABEL)
    if total_width(widths) > width:
        sizes = [replace(size, stacked=size.error > 0) for size in sizes]
        widths = _shrunk(sizes, width, NARROWEST)
    return list(sizes), widths


def _shrunk(sizes: Sequence[Size], width: int, least: int) -> list[int]:
    widths = [size.widest for size in sizes]
    while total_width(widths) > width:
        folding = [i for i, size in enumerate(sizes) if size.folds and widths[i] > least]
        if not folding:
            break
        widths[max(folding, key=widths.__getitem__)] -= 1
    return widths


def total_width(widths: Sequence[int]) -> int:
    """The width of columns side by side, gaps included."""
    return sum(widths) + GAP * (len(widths) - 1)


def _grid(table: Table, widths: Sequence[int]) -> Grid:
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, GAP, 0, 0))
    for column, width in zip(table.columns, widths, strict=True):
        grid.add_column(
            width=width,
            justify="right" if column.kind == "figures" else "left",
            no_wrap=column.kind == "picture",
            overflow="fold",
        )
    return grid


def _heading(column: Column) -> Text:
    from rich.text import Text

    heading = Text(column.heading.replace(SPACE, _GLUE), "bold")
    if column.detail:
        heading.append(f"\n{column.detail.replace(SPACE, _GLUE)}", "dim not bold")
    return heading


def _cell(cell: Cell, size: Size, row: Row) -> Text:
    from rich.cells import cell_len
    from rich.text import Text

    style = {"total": "bold", "marked": "bold"}.get(row.kind, "")
    text = Text(cell.text.replace(SPACE, _GLUE), style)
    if size.stacked and cell.error:
        text.append(f"\n{cell.error}", "dim not bold")
    elif not size.folds and size.error:  # errors stand in line, whatever their length
        text.append(f" {cell.error}{' ' * (size.error - cell_len(cell.error))}", "dim not bold")
    return text
