"""What all sections share: names of alternatives and inputs, and which are shown in detail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.document import Paragraph, Subject, Table
from reports.ends import open_shown, parted
from reports.language import say
from reports.numbers import exact, money
from reports.words import shortened, value_scale

if TYPE_CHECKING:
    from reports.numbers import Scale, Shown
    from simulator.case.case import Case
    from simulator.case.comparison import Comparison
    from simulator.result import Measured, Result

FEW = 6
"""So many alternatives are shown in detail, the first by rank."""
PICTURED = 3
"""So many of them with a figure of their own."""


def ordered(subject: Subject) -> tuple[str, ...]:
    """The alternatives, the first by rank first, but what begins later behind its original.

    Doing nothing is not among them.
    """
    if subject.is_single or subject.compared is None:
        return tuple(subject.results)
    return subject.reading.one_by_one


def detailed(subject: Subject, most: int = FEW) -> Iterator[tuple[str, Result]]:
    """The alternatives that are shown in detail."""
    return ((name, subject.results[name]) for name in ordered(subject)[:most])


def left_out(subject: Subject, most: int = FEW) -> tuple[Paragraph, ...]:
    """A word on alternatives that are not shown in detail."""
    rest = len(subject.results) - most
    if rest <= 0:
        return ()
    text = say(
        "Shown here are the first alternatives by rank, {shown} of {all}.",
        shown=exact(float(most)), all=exact(float(len(subject.results))),
    )  # fmt: skip
    return (Paragraph(text, "note"),)


def called(subject: Subject, name: str) -> str:
    """An alternative by a name that fits and is unlike the others."""
    return shortened(name) if subject.is_single else subject.reading.name(name)


def headed(subject: Subject, name: str, table: Table) -> Table:
    """The table of one alternative under its name; a single case needs none."""
    if subject.is_single:
        return table
    title = say("{name}: {title}", name=called(subject, name), title=table.title)
    return table._replace(title=title)


def title_of(case: Case, name: str) -> str:
    """What an input or calculation is called."""
    entry = case.quantities.get(name)
    return shortened(entry.title if entry is not None else name)


def page_scale(subject: Subject) -> Scale:
    """What all money of a report is counted in."""
    return value_scale(subject.result) if subject.is_single else subject.reading.scale


def amount(result: Result, figure: Measured) -> Shown:
    """An amount with its currency, to the digit that the tables show."""
    currency, scale = result.case.currency, value_scale(result)
    return open_shown(figure, lambda value, error: parted(money(value, currency, error, scale)))


def own_cases(subject: Subject) -> dict[str, Case]:
    """The case of each alternative as it was read; a single one by its name."""
    if subject.compared is None or subject.is_single:
        return {name: result.case for name, result in subject.results.items()}
    cases = subject.compared.comparison.alternatives
    return {name: cases[name] for name in ordered(subject)}


def comparison_of(subject: Subject) -> Comparison | None:
    """What is asked of all alternatives; None of a single case."""
    if subject.compared is None or subject.is_single:
        return None
    return subject.compared.comparison


def chosen_cases(subject: Subject) -> dict[str, Case]:
    """The same without what-ifs: they say nothing that their originals do not say."""
    variants = subject.compared.comparison.variants if subject.compared is not None else {}
    return {name: case for name, case in own_cases(subject).items() if name not in variants}
