"""Alternatives against each other: who is best how often, the ranking, and every pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.language import say, say_in
from reports.workbook.book import CHANCE, Book, Sheet, money_format
from reports.workbook.names import CRITERIA, DOMINANCE
from reports.workbook.summary import largest, write_measured
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared

PERCENTILES = (5, 25, 50, 75, 95)


def write_comparison(book: Book, compared: Compared) -> None:
    """Three tables below each other."""
    sheet = book.sheet(say("Comparison"), say("The alternatives against each other"))
    sheet.widths(54, 34, *[14] * 11, 16, 30)
    sheet.fit(0, compared.results)
    sheet.fit(1, compared.results)
    values = [largest(result.npv) for result in compared.results.values()]
    shape = money_format(max(values, default=0.0))
    line = _glance(sheet, 2, compared, shape)
    line = _ranking(sheet, line + 2, compared, shape)
    _pairs(sheet, line + 2, compared, shape)


def named(name: str) -> str:
    """An alternative by its name; doing nothing has one in every language."""
    return say("Nothing") if name == NOTHING else name


def _title(sheet: Sheet, line: int, text: str, headings: Sequence[str], texts: int) -> int:
    sheet.text(line, 0, text, sheet.book.style(bold=True, font_size=12))
    sheet.headings(line + 1, headings, texts)
    return line + 2


def _glance(sheet: Sheet, line: int, compared: Compared, shape: str) -> int:
    names = [
        say("Alternative"), "", say("Chance of being best"), say("from"), say("to"),
        say("Mean net present value"), say("from"), say("to"), say("Expected regret"), say("from"),
        say("to"),
    ]  # fmt: skip
    equivalents = compared.certainty_equivalent
    if equivalents:
        names += [say("Certainty equivalent"), say("from"), say("to")]
    line = _title(sheet, line, say("At a glance"), names, 2)
    for name, result in compared.results.items():
        sheet.text(line, 0, named(name))
        write_measured(sheet, line, 5, result.npv.measured("mean"), shape)
        if name in compared.choices:  # a what-if cannot be chosen
            write_measured(sheet, line, 2, compared.chance_best[name], CHANCE)
            write_measured(sheet, line, 8, compared.regret[name], shape)
            if equivalents:
                write_measured(sheet, line, 11, equivalents[name], shape)
        line += 1
    sheet.text(line, 0, say("Expected value of perfect information"))
    sheet.text(line, 1, compared.comparison.currency)
    write_measured(sheet, line, 8, compared.evpi, shape)
    return line + 1


def _ranking(sheet: Sheet, line: int, compared: Compared, shape: str) -> int:
    names = [
        say("Criterion"), say("Alternative"), say("Place"), say_in("column", "Figure"),
        say("from"), say("to"), say("Behind the first"), say("from"), say("to"), say("Told apart"),
    ]  # fmt: skip
    line = _title(sheet, line, say("Ranking by each criterion"), names, 2)
    for criterion in compared.criteria:
        ranking = compared.ranking(criterion)
        form = CHANCE if criterion == "payback" else shape
        for number, place in enumerate(ranking.places, start=1):
            sheet.text(line, 0, say(CRITERIA[criterion]))
            sheet.text(line, 1, named(place.name))
            sheet.number(line, 2, number, sheet.book.style(num_format="0"))
            write_measured(sheet, line, 3, place.figure, form)
            if number > 1:
                write_measured(sheet, line, 6, place.difference, form)
                told = say("yes") if place.told else say("no")
                sheet.text(line, 9, told, sheet.book.style(align="right"))
            line += 1
        for name in ranking.unranked:
            sheet.text(line, 0, say(CRITERIA[criterion]))
            sheet.text(line, 1, named(name))
            sheet.text(line, 2, say("not ranked"), sheet.book.style(align="right"))
            line += 1
    return line


def _pairs(sheet: Sheet, line: int, compared: Compared, shape: str) -> None:
    names = [
        say("A"), say("B"), say("Chance that A is worth more"), say("from"), say("to"),
        say("Mean of A minus B"), say("from"), say("to"), *(f"P{p}" for p in PERCENTILES),
        say("Dominance"), say("The better one"),
    ]  # fmt: skip
    line = _title(sheet, line, say("Every two alternatives, in the same trials"), names, 2)
    style = sheet.book.style(num_format=shape)
    for pair in compared.pairs:
        sheet.text(line, 0, named(pair.a))
        sheet.text(line, 1, named(pair.b))
        write_measured(sheet, line, 2, pair.chance_a_better, CHANCE)
        write_measured(sheet, line, 5, pair.mean_difference, shape)
        for column, percent in enumerate(PERCENTILES, start=8):
            sheet.number(line, column, pair.percentiles[percent].value, style)
        order = pair.dominance.order
        right = sheet.book.style(align="right")
        sheet.text(line, 8 + len(PERCENTILES), say(DOMINANCE[order or "none"]), right)
        if order and pair.dominance.better:
            sheet.text(line, 9 + len(PERCENTILES), named(pair.dominance.better), right)
        line += 1
