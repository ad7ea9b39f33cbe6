"""In what frame alternatives are valued, where it is not the same for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simulator.language.tree import Number
from simulator.notes import Note, Rate, Years

if TYPE_CHECKING:
    from simulator.case.case import Case, Expression
    from simulator.case.comparison import Comparison


def different_frames(comparison: Comparison) -> Iterator[Note]:
    """What a reader must know of years, rates, tax and timing that differ; what-ifs left out.

    >>> import utfall as ut
    >>> text = "years: 2\\ndiscount_rate: {} %\\ninvestment: {{A: 9}}\\nbenefits: {{B: 4 to 6}}"
    >>> cases = {"Now": ut.read(text.format(8)), "Later": ut.read(text.format(12))}
    >>> print(*different_frames(ut.comparison(cases)))
    discount rates differ (Now 8 %, Later 12 %): part of the difference in value comes from them
    """
    cases = {
        name: case
        for name, case in comparison.alternatives.items()
        if name not in comparison.variants
    }
    starts = _each(cases, lambda case: str(case.start) if case.start is not None else None)
    if starts:
        yield Note(
            "year 0 is not the same year for all ({starts}): each is valued at its own year 0, and "
            "nothing is discounted over the years between",
            starts=starts,
        )
    rates = _each(cases, lambda case: _rate(case.discount_rate, case))
    if rates:
        yield Note(
            "discount rates differ ({rates}): part of the difference in value comes from them",
            rates=rates,
        )
    timings = _each(cases, _timing)
    if timings:
        yield Note(
            "when in the year money comes differs ({timings}): part of the difference in value "
            "comes from it",
            timings=timings,
        )
    taxes = _each(cases, _tax)
    if taxes:
        yield Note(
            "tax differs ({taxes}): part of the difference in value comes from it", taxes=taxes
        )


def _each(cases: dict[str, Case], said: Callable[[Case], object]) -> tuple[Note, ...]:
    """What is said of each alternative; nothing where it is the same of all."""
    found = {name: said(case) for name, case in cases.items()}
    known = {name: value for name, value in found.items() if value is not None}
    if len({str(value) for value in known.values()}) < 2:
        return ()
    return tuple(
        # translators: an alternative and what holds for it, in a list: "Portal 8 %, CRM 12 %"
        Note("{alternative} {value}", alternative=name, value=value)
        for name, value in known.items()
    )


def _rate(rate: Expression | None, case: Case) -> object:
    """A known rate as a figure, any other as it was typed."""
    if rate is not None and isinstance(rate.tree, Number):
        return Rate(rate.tree.value)
    return rate.typed(case.numbers) if rate is not None else None


def _timing(case: Case) -> Note:
    # translators: "money comes differs (Portal at the end, CRM in the middle)"
    return Note("in the middle") if case.timing == "middle" else Note("at the end")


def _tax(case: Case) -> Note:
    if case.tax is None:
        # translators: "tax differs (Portal without tax, CRM 22 % with ...)"
        return Note("without tax")
    rule = {"rate": _rate(case.tax.rate, case), "years": Years(case.tax.depreciation_years)}
    if case.tax.losses == "carried":
        return Note("{rate} with depreciation over {years} and losses carried forward", **rule)
    return Note("{rate} with depreciation over {years}", **rule)
