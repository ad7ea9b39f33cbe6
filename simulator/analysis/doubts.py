"""What a sound case may still have wrong: signs, units and years that are worth a second look."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulator.analysis.base_case import BaseCase, base_case
from simulator.case.case import MONEY, Case, Entry
from simulator.engine.compile import compile_case
from simulator.errors import RunError
from simulator.language.tree import Call, Number
from simulator.notes import Note, Share, Years


def doubts(case: Case) -> tuple[Note, ...]:
    """Sentences about what looks like a slip, judged with every input at its median.

    >>> import utfall as ut
    >>> text = "years: 2\\ndiscount_rate: 0 %\\ninvestment: {A: 9}\\ncosts: {Staff: -5}"
    >>> doubts(ut.read(text))
    ('`Staff` is negative: costs are written as positive amounts',)
    """
    found = list(_of_years(case))
    unused = compile_case(case).unused
    if unused:
        found.append(Note("nothing that is reported depends on {names}", names=tuple(unused)))
    try:
        base = base_case(case)
    except RunError:  # at the medians a formula may have no value, though the trials have
        return tuple(found)
    return (*found, *_of_signs(case, base), *_of_shares(case, base))


def _of_signs(case: Case, base: BaseCase) -> Iterator[Note]:
    """Costs that are gains, and stocks of less than nothing."""
    for section in ("investment", "costs"):
        for entry in getattr(case, section).values():
            amounts = base.lines[entry.title]
            if amounts.min() < 0 and amounts.max() <= 0:
                yield (
                    Note(
                        "`{name}` is negative: an investment is written as a positive amount",
                        name=entry.title,
                    )
                    if section == "investment"
                    else Note(
                        "`{name}` is negative: costs are written as positive amounts",
                        name=entry.title,
                    )
                )
    for entry in case.calculations.values():
        if entry.start is not None and np.min(base.quantities[entry.name]) < 0:
            yield Note("`{name}` falls below 0 with every input at its median", name=entry.name)


def _of_shares(case: Case, base: BaseCase) -> Iterator[Note]:
    """Shares of something that are more than all of it: a missing % sign, perhaps."""
    for entry in case.inputs.values():
        median = base.inputs.get(entry.name)
        if entry.unit.split()[:1] == ["share"] and median is not None and abs(median) > 1:
            yield Note(
                "`{name}` is a {unit}, and its median is {median}",
                name=entry.name,
                unit=entry.unit,
                median=Share(median),
            )


def _of_years(case: Case) -> Iterator[Note]:
    """Years outside the horizon, and growth that no business has."""
    entries: list[Entry] = [*case.calculations.values()]
    entries += [entry for section in MONEY for entry in getattr(case, section).values()]
    for entry in entries:
        for top in (entry.formula, entry.start, entry.next):
            for node in top.tree.walk() if top is not None else ():
                if not isinstance(node, Call) or not node.arguments:
                    continue
                first = node.arguments[0].value
                if not isinstance(first, Number):
                    continue
                if node.function == "at_year" and not 1 <= round(first.value) <= (case.years or 0):
                    yield Note(
                        "{call} in `{name}` never happens within {years}",
                        call=f"at_year({first.value:g}, ...)",
                        name=entry.title,
                        years=Years(case.years or 0),
                    )
                if node.function == "growth" and first.value > 1:
                    yield Note(
                        "{call} in `{name}` is {share} a year",
                        call=f"growth({first.value:g})",
                        name=entry.title,
                        share=Share(first.value),
                    )
