"""Which inputs can be chosen, in which order, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.language import say
from reports.notes import note
from reports.units import Unit, unit_in
from reports.words import shortened
from simulator.analysis.downside import events

if TYPE_CHECKING:
    from reports.document import Subject
    from simulator.result import Result

Floats = npt.NDArray[np.float64]
LABEL = 70
NAMED = 40


@dataclass(frozen=True, eq=False)
class Choice:
    """An uncertain input that a reader can narrow: `values` one a trial, `of` who has it."""

    name: str
    label: str
    unit: Unit
    values: Floats
    of: tuple[str, ...]
    happens: bool = False
    """Whether it is an event, or yes or no: at 0 it does not happen."""


def choices(subject: Subject) -> list[Choice]:
    """The uncertain inputs, those first that move net present value most.

    Every alternative gives its first one, then its second, and so on: what decides about the last
    alternative is not crowded out by the small inputs of the first. One that several alternatives
    share is there once. Those that are the same in every trial are left out.
    """
    found: list[Choice] = []
    known = {alternative: events(result) for alternative, result in subject.results.items()}
    for alternative, name in _in_turn(subject.results, subject):
        result = subject.results[alternative]
        values = result.inputs[name].values
        if not np.isfinite(values).all() or (values == values[0]).all():
            continue
        same = next((c for c in found if c.name == name and _alike(c.values, values)), None)
        if same is not None:
            found[found.index(same)] = replace(same, of=(*same.of, alternative))
        else:
            happens = name in known[alternative] or bool(np.isin(values, (0, 1)).all())
            found.append(Choice(name, _label(result, name), _unit(result, name), values,
                                (alternative,), happens))  # fmt: skip
    return _told_apart(found)


def _in_turn(results: Mapping[str, Result], subject: Subject) -> Iterator[tuple[str, str]]:
    """Alternative and input: the first input of each alternative, then the second of each."""
    orders = {name: by_weight(subject, name) for name in results}
    for place in range(max(map(len, orders.values()), default=0)):
        for alternative, order in orders.items():
            if place < len(order):
                yield alternative, order[place]


def by_weight(subject: Subject, alternative: str) -> list[str]:
    """Inputs by their bars; then what bars cannot show, like rare events; then what has no bar."""
    inputs = subject.results[alternative].inputs
    tornado = subject.tornados.get(alternative)
    if tornado is None:
        return list(inputs)
    moving = [bar.name for bar in tornado.rows if bar.swing and bar.swing == bar.swing]
    unseen = [bar.name for bar in tornado.rows if bar.low_input == bar.high_input]
    return [name for name in dict.fromkeys([*moving, *unseen, *inputs]) if name in inputs]


def _alike(one: Floats, other: Floats) -> bool:
    return one is other or np.array_equal(one, other)


def _label(result: Result, name: str) -> str:
    entry = result.case.quantities.get(name)
    label = shortened(entry.title if entry is not None else name, LABEL)
    if result.draws[name].ndim > 1:
        return say("{input}, mean over the years", input=label)
    return label


def _unit(result: Result, name: str) -> Unit:
    outcome = result.inputs[name]
    unit = unit_in(result.case, name, (outcome.percentile(5), outcome.percentile(95)))
    return replace(unit, name=shortened(unit.name, LABEL))


def _told_apart(found: list[Choice]) -> list[Choice]:
    """Where labels are alike, with the name used in formulas, or with whose input it is."""
    names = Counter(choice.name for choice in found)
    found = [
        replace(choice, label=say("{input} of “{alternative}”", input=choice.label,
                                  alternative=shortened(note(choice.of[0]), NAMED)))
        if names[choice.name] > 1 else choice
        for choice in found
    ]  # fmt: skip
    labels = Counter(choice.label for choice in found)
    return [
        replace(choice, label=f"{choice.label} ({choice.name})")
        if labels[choice.label] > 1 else choice
        for choice in found
    ]  # fmt: skip
