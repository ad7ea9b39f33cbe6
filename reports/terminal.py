"""Results, cases and estimates on a terminal: what the commands print.

Each function returns something that a rich Console prints, in as many columns as it has, and as
plain text where it is not a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reports.dependence import dependence_table
from reports.drivers import nothing_moves, simulated, tornado_table, widest
from reports.language import capital, say, say_many
from reports.notes import note
from reports.page import WIDE, Page, closing, laid, opening, styled, wrapped
from reports.quantities import quantity_tables
from reports.tables import lines_table, payback_table, value_table
from reports.units import unit_of
from reports.words import answer, value_scale

if TYPE_CHECKING:
    from rich.console import RenderableType

    from distributions import Marginal
    from simulator.analysis.base_case import BaseCase
    from simulator.analysis.inputs import InputRow
    from simulator.analysis.tornado import Tornado
    from simulator.case.case import Case
    from simulator.result import Result


def run_tables(result: Result, tornado: Tornado | None = None) -> RenderableType:
    """What `utfall run` prints: the answer, then the figures behind it."""

    def parts(width: int) -> Iterator[RenderableType]:
        yield from opening(result.case.name, answer(result, tornado), width)
        if result.outcomes:
            yield laid(payback_table(result), width)
            yield laid(value_table(result), width)
            yield laid(lines_table(result), width)
        for table in quantity_tables(result):
            yield laid(table, width)
        if tornado is not None and not widest(tornado):
            yield styled("\n" + wrapped(nothing_moves(tornado, result.case), width))
        elif tornado is not None:
            over_all, bar = simulated(tornado, result), 24 if width < 100 else 40
            yield laid(
                tornado_table(tornado, result.case, bar, over_all, value_scale(result)), width
            )
        if result.dependence:
            yield laid(dependence_table(result), width)
        yield from closing(result, width)

    return Page(parts)


def check_tables(
    case: Case, described: Sequence[InputRow], base: BaseCase | None = None
) -> RenderableType:
    """What `utfall check` prints: every input and what it means in figures, settings, the money.

    `base` holds the amounts with every input at its median; without it no money is shown.
    """
    from reports.inputs import estimates_table, known_table
    from reports.reading_back import money_table, settings

    def parts(width: int) -> Iterator[RenderableType]:
        uncertain = [row for row in described if not row.known]
        known = [row for row in described if row.known]
        sentences = (_sound(len(uncertain), len(known)), *settings(case))
        yield from opening(case.name, sentences, width)
        if uncertain:
            yield laid(estimates_table(uncertain, apart=width >= WIDE), width)
        if known:
            yield laid(known_table(known), width)
        if base is not None and base.lines:
            yield laid(money_table(case, base), width)

    return Page(parts)


def _sound(uncertain: int, known: int) -> str:
    """What the case consists of."""
    estimates, numbers = say("no estimates"), say("no known numbers")
    if uncertain:
        estimates = say_many("{count} estimate", "{count} estimates", uncertain)
    if known:
        numbers = say_many("{count} known number", "{count} known numbers", known)
    # translators: "It has 5 estimates and 1 known number."
    return say(
        "The case is sound. It has {estimates} and {numbers}.",
        estimates=estimates, numbers=numbers,
    )  # fmt: skip


def doubts_said(doubts: Iterable[str]) -> Iterator[str]:
    """What looks like a slip in a case, each as a question."""
    for doubt in doubts:
        yield say("Is that meant? {doubt}.", doubt=capital(note(doubt)))


def show_tables(text: str, marginal: Marginal) -> RenderableType:
    """What `utfall show` prints: one estimate described and drawn. Parameters must be numbers."""
    from reports.estimates import Drawing, in_words, moments, percentile_table

    def parts(width: int) -> Iterator[RenderableType]:
        ends = (float(marginal.ppf(0.05)), float(marginal.ppf(0.95)))
        unit = unit_of("", text, ends)
        told = (in_words(marginal, unit.text), moments(marginal, unit))
        sentences = [f"{capital(part)}." for part in told]
        yield from opening(text, sentences, width)
        yield laid(percentile_table(marginal, unit), width)
        drawing = Drawing(marginal, unit, min(max(width - 4, 20), 72))
        yield styled("\n".join(f"  {line}" for line in drawing.lines()))

    return Page(parts)
