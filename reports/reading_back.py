"""What `utfall check` says of a case beside its inputs: settings, and the money at the medians."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import Cell, Column, Row, Table
from reports.language import listed, say, say_many, spoken
from reports.numbers import Scale, counted_years
from reports.words import SECTIONS, shortened, within_words
from simulator.analysis.base_case import BaseCase
from simulator.case.case import MONEY, Case, Tax

MOST_YEARS = 6


def settings(case: Case) -> Iterator[str]:
    """How the case is asked to be valued, in sentences."""
    if case.has_money:
        yield from _time(case)
    if case.tax is not None:
        yield _tax(case.tax)
    for pair in case.dependence:
        both = listed(pair.between)
        if pair.kind == "rank":
            yield say(
                "{names} move together: rank correlation {value}.",
                names=both,
                value=pair.value.typed(spoken()),
            )
        else:
            # translators: both above their medians, or both below, in such a share of the trials
            yield say(
                "{names} move together: in the same half in {share} of the trials.",
                names=both, share=pair.value.typed(spoken()),
            )  # fmt: skip


def _rate(case: Case) -> str:
    return case.discount_rate.typed(spoken()) if case.discount_rate is not None else ""


def _time(case: Case) -> Iterator[str]:
    """Years, rate of discounting, and what is asked of payback."""
    count, written = counted_years(float(case.years or 0))
    if case.start:
        yield say_many(
            "{number} year from {year}, discounted at {rate}.",
            "{number} years from {year}, discounted at {rate}.",
            count, number=written, year=case.start, rate=_rate(case),
        )  # fmt: skip
    else:
        yield say_many(
            "{number} year, discounted at {rate}.",
            "{number} years, discounted at {rate}.",
            count, number=written, rate=_rate(case),
        )  # fmt: skip
    if case.timing == "middle":
        yield say("Money comes in the middle of each year.")
    if case.delay:
        count, written = counted_years(float(case.delay))
        yield say_many(
            "Everything happens {number} year later.",
            "Everything happens {number} years later.",
            count, number=written,
        )  # fmt: skip
    if case.hurdle:
        # translators: {within} reads "within 3 years"
        yield say("Paid back in time means {within}.", within=within_words(case.hurdle))


def _tax(tax: Tax) -> str:
    """How profit is taxed, and what becomes of losses."""
    count, written = counted_years(float(tax.depreciation_years))
    rule = {"number": written, "rate": tax.rate.typed(spoken())}
    written_off = say_many(
        "Tax of {rate} on profit after depreciation; the investment is written off in equal parts "
        "over {number} year.",
        "Tax of {rate} on profit after depreciation; the investment is written off in equal parts "
        "over {number} years.",
        count, **rule,
    )  # fmt: skip
    used = say("Losses are used at once.")
    carried = say("Losses are carried to later years.")
    return " ".join((written_off, carried if tax.losses == "carried" else used))


def money_table(case: Case, base: BaseCase) -> Table:
    """Every line of money with its formula, and its amounts with every input at its median."""
    years = range((case.years or 0) + 1)
    shown = list(years) if len(years) <= MOST_YEARS + 1 else [*range(MOST_YEARS), years[-1]]
    scale = Scale.of(float(amount) for line in base.lines.values() for amount in line)
    rows = []
    for section in MONEY:
        entries = getattr(case, section).values()
        if entries:
            rows.append(Row((Cell(say(SECTIONS[section])),), kind="heading"))
        for entry in entries:
            amounts = [Cell(scale.text(float(base.lines[entry.title][year]))) for year in shown]
            rows.append(Row((Cell(shortened(entry.title)), *amounts), (entry.typed(case.numbers),)))
    heading = scale.heading(case.currency)
    columns = [Column(say("Year {year}", year=year)) for year in shown]
    return Table(
        say("The money, with every input at its median"),
        (Column(heading, kind="text"), *columns),
        tuple(rows),
        (
            say(
                "This is one future, to be followed with a calculator; `utfall run` values them "
                "all."
            ),
        ),
    )
