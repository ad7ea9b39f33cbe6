"""Cash by year: how much money goes out and comes in, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.document import Block, Cell, Column, Figure, Paragraph, Row, Section, Subject, Table
from reports.language import say
from reports.numbers import Scale
from reports.sections.shown import PICTURED, called, detailed, headed, left_out, ordered, page_scale
from reports.tables import figure, statistics
from reports.words import certain

if TYPE_CHECKING:
    from simulator.result import Result

STATS = ("mean", "p10", "p50", "p90")
ACROSS = 7
"""Years side by side in a table of all alternatives."""


def cash(subject: Subject) -> Section | None:
    """Net cash of each year with its band; of many alternatives the means of all."""
    if subject.compared is None:
        return None
    from reports.figures import cash_flow_fan

    blocks: list[Block] = [Paragraph(_explained(subject))]
    for name, result in detailed(subject, PICTURED):
        blocks.append(Figure(cash_flow_fan(result)))
        blocks.append(headed(subject, name, cash_table(result, page_scale(subject))))
    if not subject.is_single:
        blocks += all_means(subject)
    return Section("cash", say("Cash by year"), (*blocks, *left_out(subject, PICTURED)))


def _explained(subject: Subject) -> str:
    """What net cash is, and that percentiles of years do not add up."""
    if all(certain(result) for result in subject.results.values()):
        return say(
            "Net cash of a year is what comes in less what goes out, in money of that year, not "
            "discounted."
        )
    return say(
        "Net cash of a year is what comes in less what goes out, in money of that year, not "
        "discounted. The percentiles are those of each year by itself: years in a row that are all "
        "bad are rarer than one bad year."
    )


def cash_table(result: Result, like: Scale) -> Table:
    """Mean, P10, P50 and P90 of each year's net cash, counted as the page does."""
    own = Scale.of(cash.value(stat) for cash in result.yearly_cash for stat in STATS)
    scale = own.like(like)
    known = certain(result)
    stats = ("p50",) if known else STATS
    rows = [
        Row((Cell(year_label(result, year)), *(figure(cash, s, scale.shown) for s in stats)))
        for year, cash in enumerate(result.yearly_cash)
    ]
    heading = scale.heading(result.case.currency)
    columns = (Column(heading, kind="text"), *statistics(known))
    return Table(say("Net cash by year"), columns, tuple(rows))


def year_label(result: Result, year: int) -> str:
    """The year counted from the investment, with that of the calendar where it is known."""
    if result.case.start is None:
        return say("year {year}", year=str(year))
    return say("{calendar}, year {year}", calendar=str(result.case.start + year), year=str(year))


def all_means(subject: Subject) -> list[Block]:
    """Mean net cash of every alternative, some years to a table."""
    results = {name: subject.results[name] for name in ordered(subject)}
    last = max(result.horizon for result in results.values())
    means = {
        name: [cash.measured("mean") for cash in result.yearly_cash]
        for name, result in results.items()
    }
    own = Scale.of(mean.value for each in means.values() for mean in each)
    scale = own.like(page_scale(subject))
    tables: list[Block] = []
    for first in range(0, last + 1, ACROSS):
        years = range(first, min(first + ACROSS, last + 1))
        rows = []
        for name, result in results.items():
            cells = [
                figure(result.yearly_cash[year], "mean", scale.shown)
                if year <= result.horizon
                else Cell("–")
                for year in years
            ]
            rows.append(Row((Cell(called(subject, name)), *cells)))
        tables.append(Table(_means_title(subject, scale), _columns(years), tuple(rows)))
    return tables


def _columns(years: Sequence[int]) -> tuple[Column, ...]:
    named = (Column(say("year {year}", year=str(year))) for year in years)
    return (Column("", kind="text"), *named)


def _means_title(subject: Subject, scale: Scale) -> str:
    heading = scale.heading(subject.reading.currency)
    if not heading:
        return say("Mean net cash of every alternative by year")
    return say("Mean net cash of every alternative by year, {unit}", unit=heading)
