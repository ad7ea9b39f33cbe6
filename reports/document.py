"""What a report consists of, whatever it is written as: sections of paragraphs, tables, figures.

Every form (page, PDF, Markdown, workbook, JSON) is made from these, and a terminal lays out the
same tables. All texts are plain: marks of a format are put around them, and escaped, by its writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from reports.comparison_reading import Reading
    from reports.figures.chart import Chart
    from reports.numbers import Shown
    from simulator.analysis.comparison import Compared
    from simulator.analysis.thresholds import Thresholds
    from simulator.analysis.tornado import Tornado
    from simulator.result import Result

Kind = Literal["plain", "heading", "total", "marked"]


class Shape(NamedTuple):
    """A small picture of a distribution: how high it stands in equal steps, the highest being 1."""

    heights: tuple[float, ...]


class Share(NamedTuple):
    """A small picture of a chance: a bar that is full at 1."""

    share: float


class Cell(NamedTuple):
    """What stands in a cell: text, and how far the figure may be off.

    A `drawing` says the same as the text, where a form can draw; the text then stands for it where
    it cannot.
    """

    text: str = ""
    error: str = ""
    drawing: Shape | Share | None = None

    @classmethod
    def of(cls, shown: Shown) -> Cell:
        """A figure."""
        return cls(shown.text, shown.error)


class Column(NamedTuple):
    """A heading, words below it, and what stands under it."""

    heading: str
    detail: str = ""
    kind: Literal["figures", "text", "picture"] = "figures"


class Row(NamedTuple):
    """A row of cells, and what is said below it, over the whole width.

    A heading has one cell only; a marked row is the one asked about.
    """

    cells: tuple[Cell, ...]
    below: tuple[str, ...] = ()
    kind: Kind = "plain"


class Table(NamedTuple):
    """A table of text with its title, and lines to read below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """Some sentences. `lead` ones are the answer, a `note` is small print, a `warning` stands out.

    `prose` comes from a case file as somebody typed it; its lines are kept.
    """

    text: str
    kind: Literal["plain", "lead", "note", "warning", "prose"] = "plain"


class Items(NamedTuple):
    """A list of sentences or words, in their order."""

    items: tuple[str, ...]
    title: str = ""


class Fact(NamedTuple):
    """A figure that stands large, with what it is and a word to understand it by."""

    label: str
    text: str
    error: str = ""
    below: str = ""


class Facts(NamedTuple):
    """The few figures that a board looks at first."""

    facts: tuple[Fact, ...]


class Figure(NamedTuple):
    """A picture with the words below it; what is to be seen is in its chart's `alt`."""

    chart: Chart
    caption: str = ""


class Explorer(NamedTuple):
    """Where readers try for themselves what a narrower range of an input would mean.

    Only a page that runs in a browser shows it; the others leave it out.
    """

    title: str


Block: TypeAlias = Table | Paragraph | Items | Facts | Figure | Explorer


class Section(NamedTuple):
    """A part of the report; `key` names it in every language, as `assumptions`."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, eq=False)
class Subject:
    """What is reported: a case, or alternatives that were compared.

    `results` and `tornados` hold the alternatives without doing nothing, a single case being the
    only one. `compared` sets them against doing nothing; None for a case without money.
    `thresholds` are the values at which the answer turns: of going ahead or not, or of the first
    alternative against the second by mean value, the `rivals`; None where the comparison's own
    criterion puts another one first.
    """

    results: Mapping[str, Result]
    tornados: Mapping[str, Tornado]
    compared: Compared | None
    thresholds: Thresholds | None = None
    rivals: tuple[str, str] | None = None

    @property
    def is_single(self) -> bool:
        """Whether one case is reported, and not a choice between several."""
        return len(self.results) == 1

    @property
    def choice(self) -> str | None:
        """The only alternative that one can choose; None where there are more, or no money."""
        if self.compared is None:
            return None
        what_ifs = self.compared.comparison.variants
        names = [name for name in self.results if name not in what_ifs]
        return names[0] if len(names) == 1 else None

    @property
    def result(self) -> Result:
        """The only case, or the first alternative."""
        return next(iter(self.results.values()))

    @cached_property
    def reading(self) -> Reading:
        """The comparison with its rankings, order, scale and short names; needs money."""
        from reports.comparison_reading import Reading

        assert self.compared is not None, "a case without money is compared with nothing"
        return Reading(self.compared)


@dataclass(frozen=True, eq=False)
class Report:
    """A whole report, in one language, ready to be written in any form."""

    title: str
    language: str
    sections: tuple[Section, ...]
    subject: Subject
    written: date
    author: str = ""
    logo: Path | None = None
    theme: Path | None = None

    def save(self, *paths: str | Path) -> None:
        """Write it as .html, .pdf, .md, .xlsx or .json, as the names say: all of them, or none.

        Raises RunError where that cannot be done; files that are there already are replaced.
        """
        from reports.writing import save

        save(self, *paths)
