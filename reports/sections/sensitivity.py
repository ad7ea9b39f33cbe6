"""What drives the result, and how far an input must go to turn the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reports.document import Block, Explorer, Figure, Paragraph, Section, Subject, Table
from reports.drivers import nothing_moves, simulated, tornado_table, widest
from reports.language import say
from reports.sections.shown import PICTURED, detailed, headed, left_out, page_scale
from reports.switching import medians_sentence, steady_sentence, thresholds_table
from reports.words import certain

Part = Callable[[Subject], Iterable[Block]]


def sensitivity(subject: Subject) -> Section | None:
    """What each part has to say, in order."""
    blocks = tuple(block for part in PARTS for block in part(subject))
    return Section("sensitivity", say("What drives it"), blocks) if blocks else None


def one_at_a_time(subject: Subject) -> Iterator[Block]:
    """The tornado of each alternative shown in detail, as a figure and as a table."""
    from reports.figures import tornado_chart

    told = False
    for name, result in detailed(subject, PICTURED):
        tornado = subject.tornados.get(name)
        if tornado is None or not (result.inputs or tornado.rows):
            continue
        if not widest(tornado):
            yield Paragraph(nothing_moves(tornado, result.case))
            continue
        over_all = simulated(tornado, result)
        like = page_scale(subject)
        yield Figure(tornado_chart(tornado, result.case, over_all, like))
        table = tornado_table(tornado, result.case, over_all=over_all, like=like)
        yield headed(subject, name, without_bars(table))
        told = True
    if told:
        yield from left_out(subject, PICTURED)


def without_bars(table: Table) -> Table:
    """The table without its bars of text: the figure draws them."""
    kept = [i for i, column in enumerate(table.columns) if column.kind != "picture"]
    rows = tuple(row._replace(cells=tuple(row.cells[i] for i in kept)) for row in table.rows)
    return table._replace(columns=tuple(table.columns[i] for i in kept), rows=rows,
                   notes=table.notes[1:])  # fmt: skip


def turning(subject: Subject) -> Iterator[Block]:
    """Where the answer turns."""
    if subject.thresholds is None:
        return
    table = thresholds_table(subject)
    medians = medians_sentence(subject)
    if medians:
        yield Paragraph(medians)
    if table is not None:
        yield table
    steady = steady_sentence(subject)
    if steady:
        yield Paragraph(steady)


def trying(subject: Subject) -> Iterator[Block]:
    """A place to try narrower ranges, where anything is uncertain."""
    if subject.compared is None:
        return
    if not all(certain(result) for result in subject.results.values()):
        yield Explorer(say("Try it: what if an input were in a narrower range?"))


PARTS: tuple[Part, ...] = (one_at_a_time, turning, trying)
"""What stands in the section, in order; a later analysis joins here."""
