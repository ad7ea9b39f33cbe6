"""Which alternatives are another one begun later: the same money, with another delay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.case.case import Case
    from simulator.case.comparison import Comparison


def later_starts(comparison: Comparison) -> dict[str, str]:
    """Alternatives that are another one begun later, each with the earliest such; no what-ifs."""
    cases = {
        name: case
        for name, case in comparison.alternatives.items()
        if name not in comparison.variants
    }
    found = {}
    for name, case in cases.items():
        earlier = [
            other
            for other, theirs in cases.items()
            if theirs.delay < case.delay and _money(theirs) == _money(case)
        ]
        if earlier:
            found[name] = min(earlier, key=lambda other: cases[other].delay)
    return found


def _money(case: Case) -> tuple[object, ...]:
    """All that decides what a case brings, but for when it begins."""
    return (
        case.years, case.discount_rate, case.inputs, case.calculations, case.investment,
        case.benefits, case.costs, case.dependence, case.tax, case.timing, case.currency,
    )  # fmt: skip


def originals_first(names: Iterable[str], later: Mapping[str, str]) -> tuple[str, ...]:
    """The same names, what begins later behind its original.

    >>> originals_first(["Later", "Other", "Now"], {"Later": "Now"})
    ('Now', 'Later', 'Other')
    """
    known = list(names)
    placed: list[str] = []
    for name in known:
        if later.get(name) in known:
            placed.append(later[name])
        placed.append(name)
    return tuple(dict.fromkeys(placed))
