"""When it goes badly: what an event does when it happens, and what goes together in the worst."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from distributions.events import Event
from simulator.engine.compile import compile_case
from simulator.errors import RunError
from simulator.result.outcome import Measured, Outcome
from simulator.result.result import Result

WORST = 0.05
"""The share of the trials that counts as the worst."""
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class EventEffect:
    """An input that happens or not, and the outcome in the trials of either kind."""

    name: str
    probability: float
    trials: int
    """In how many of them it happened."""
    amount: float | None
    """The mean amount where it happens, from its distribution; None where that has no mean."""
    mean: Measured
    """The mean of net present value where it happens, and where it does not."""
    mean_without: Measured
    loss: Measured
    """The chance of a loss where it happens, and where it does not."""
    loss_without: Measured


@dataclass(frozen=True)
class Shift:
    """An input in the worst trials: its median there, over all, and how rare that would be.

    `moved` is the share of all trials that lies between the two medians: at most a half.
    """

    name: str
    median: Measured
    median_worst: Measured
    moved: float


def event_effects(result: Result) -> tuple[EventEffect, ...]:
    """Each input that is an `event(...)`, in the order of the file.

    Trials are parted by whether the event happened, everything else being as it falls, so inputs
    that go together with the event speak too. Empty for a case without money.
    """
    if not result.outcomes:
        return ()
    found = []
    for name, marginal in events(result).items():
        happened = result.inputs[name].values != 0
        with_it, without = _part(result.npv, happened), _part(result.npv, ~happened)
        found.append(
            EventEffect(
                name,
                float(marginal.probability),
                int(happened.sum()),
                _finite(float(marginal.amount.mean)),
                with_it.measured("mean"),
                without.measured("mean"),
                with_it.measured("chance_negative"),
                without.measured("chance_negative"),
            )
        )
    return tuple(found)


def events(result: Result) -> dict[str, Event]:
    """The inputs that are events, with what their estimates say."""
    program = compile_case(result.case)
    found = {}
    for name in result.case.inputs:
        nodes = program.quantities[name]
        marginal = program.marginals.get(nodes[0])
        if len(nodes) == 1 and isinstance(marginal, Event) and name in result.inputs:
            found[name] = marginal
    return found


def worst_trials(result: Result, share: float = WORST) -> tuple[Shift, ...]:
    """How the inputs stand in the trials with the lowest net present value, the most moved first.

    Raises RunError for a share outside 0 to 1.

    >>> import utfall as ut
    >>> text = '''
    ... years: 1
    ... discount_rate: 0 %
    ... inputs: {gain: "uniform(0, 100)"}
    ... benefits: {B: gain}
    ... '''
    >>> [shift] = worst_trials(ut.simulate(ut.read(text), trials=4096))
    >>> round(shift.median_worst.value, 1)
    2.5
    """
    if not 0 < share < 1:
        raise RunError(f"a share of the trials lies between 0 and 1, not {share}\n    write 0.05")
    if not result.outcomes:
        return ()
    worst = in_worst(result, share)
    shifts = []
    for name, outcome in result.inputs.items():
        there = _part(outcome, worst).measured("p50")
        if there.value is None:
            continue
        below = outcome.chance_below(there.value)
        at_most = outcome.chance_at_most(there.value)
        moved = max(below - 0.5, 0.5 - at_most, 0.0)
        shifts.append(Shift(name, outcome.measured("p50"), there, moved))
    return tuple(sorted(shifts, key=lambda shift: -shift.moved))


def in_worst(result: Result, share: float = WORST) -> Truths:
    """Which trials have the lowest net present value; as many as the share says."""
    values = result.npv.values
    count = max(round(share * len(values)), 1)
    found = np.zeros(len(values), np.bool_)
    found[np.argsort(values, kind="stable")[:count]] = True
    return found


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _part(outcome: Outcome, kept: Truths) -> Outcome:
    """The outcome in some of the trials only."""
    values = np.where(kept, outcome.values, np.nan)
    return Outcome(outcome.name, values, outcome.replicates, outcome.worst, outcome.unit)
