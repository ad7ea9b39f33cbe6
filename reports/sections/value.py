"""What it is worth, and when it has paid itself back: distributions with their figures."""

from __future__ import annotations

from reports.comparison_pairs import dominance_table, pair_groups, pairs_table, ranking_table
from reports.comparison_tables import funding_table, irr_table, payback_tables
from reports.comparison_tables import value_table as values_table
from reports.document import Block, Figure, Section, Subject
from reports.language import say
from reports.quantities import quantity_tables
from reports.tables import payback_table, value_table
from reports.words import all_known, certain

ACROSS = 7
QUANTITIES = 6


def value(subject: Subject) -> Section | None:
    """The spread of net present value and the chance of payback by year."""
    blocks: list[Block] = []
    if subject.compared is not None:
        blocks += _of_case(subject) if subject.is_single else _of_comparison(subject)
    blocks += _quantities(subject)
    if not blocks:
        return None
    title = say("What it is worth, and when it has paid itself back")
    if subject.compared is None:
        title = say("What comes out")
    return Section("value", title, tuple(blocks))


def _of_case(subject: Subject) -> list[Block]:
    from reports.figures import payback_by_year, value_distribution

    result = subject.result
    spread = [] if certain(result) else [Figure(value_distribution(result))]
    return [
        *spread,
        value_table(result),
        Figure(payback_by_year(result)),
        payback_table(result),
    ]


def _of_comparison(subject: Subject) -> list[Block]:
    from reports.figures import difference, payback_curves, value_curves

    reading = subject.reading
    compared = reading.compared
    years = compared.comparison.horizon + 2
    parts = -(-years // ACROSS)
    groups = pair_groups(reading)
    return [
        Figure(value_curves(compared)),
        values_table(reading),
        funding_table(reading),
        irr_table(reading),
        Figure(payback_curves(compared)),
        *payback_tables(reading, False, parts),
        *payback_tables(reading, True, parts),
        ranking_table(reading),
        Figure(difference(compared)),
        pairs_table(reading, groups),
        dominance_table(reading, groups),
    ]


def _quantities(subject: Subject) -> list[Block]:
    """What was asked for beside the money."""
    from reports.figures import quantity_distribution

    blocks: list[Block] = []
    if not subject.is_single:
        return blocks
    result = subject.result
    blocks += quantity_tables(result)
    if all_known(result):
        return blocks
    blocks += [
        Figure(quantity_distribution(result, name)) for name in list(result.quantities)[:QUANTITIES]
    ]
    return blocks
