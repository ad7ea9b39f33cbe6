"""What `utfall check` says of a case beside its inputs: settings, and the money at the medians."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import Cell, Column, Row, Table
from reports.numbers import Scale
from reports.words import SECTIONS, shortened
from simulator.analysis.base_case import BaseCase
from simulator.case.case import MONEY, Case

MOST_YEARS = 6


def settings(case: Case) -> Iterator[str]:
    """How the case is asked to be valued, in sentences."""
    if case.has_money:
        later = f", {case.delay} years later" if case.delay else ""
        begins = f" from {case.start}" if case.start else ""
        middle = ", in the middle of each year" if case.timing == "middle" else ""
        yield (
            f"{case.years} years{begins}{later}, discounted at {case.discount_rate}{middle}"
            + (f"; paid back in time means within {case.hurdle}." if case.hurdle else ".")
        )
    if case.tax is not None:
        yield (
            f"Tax of {case.tax.rate} on profit after depreciation over "
            f"{case.tax.depreciation_years} years; losses are {case.tax.losses}."
        )
    for pair in case.dependence:
        kind = "rank correlation" if pair.kind == "rank" else "in the same half:"
        yield f"{pair.between[0]} and {pair.between[1]} move together: {kind} {pair.value}."


def money_table(case: Case, base: BaseCase) -> Table:
    """Every line of money with its formula, and its amounts with every input at its median."""
    years = range((case.years or 0) + 1)
    shown = list(years) if len(years) <= MOST_YEARS + 1 else [*range(MOST_YEARS), years[-1]]
    scale = Scale.of(float(amount) for line in base.lines.values() for amount in line)
    rows = []
    for section in MONEY:
        entries = getattr(case, section).values()
        if entries:
            rows.append(Row((Cell(SECTIONS[section]),), kind="heading"))
        for entry in entries:
            amounts = [Cell(scale.text(float(base.lines[entry.title][year]))) for year in shown]
            rows.append(Row((Cell(shortened(entry.title)), *amounts), (str(entry),)))
    heading = scale.heading(case.currency)
    columns = [Column(f"Year {year}") for year in shown]
    return Table(
        "The money, with every input at its median",
        (Column(heading, kind="text"), *columns),
        tuple(rows),
        ("This is one future, to be followed with a calculator; `utfall run` values them all.",),
    )
