"""When it goes badly: what an event does when it happens, and what goes together in the worst."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from distributions.events import Event
from distributions.single_values import Bernoulli, Point
from simulator.engine.compile import compile_case
from simulator.errors import RunError
from simulator.result.outcome import Measured, Outcome
from simulator.result.result import Result

WORST = 0.05
"""The share of the trials that counts as the worst."""
FEW = 10
"""An input with so many different values, and no more, is told by their shares."""
_KINDS = (Event, Bernoulli)
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class EventEffect:
    """An input that happens or not, and the outcome in the trials of either kind."""

    name: str
    probability: float
    trials: int
    """In how many of them it happened."""
    amount: float | None
    """The mean amount where it happens, from its distribution.

    None where that has no mean, or where it is a yes or no: 1 is no amount.
    """
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


@dataclass(frozen=True)
class ShareShift:
    """How often an input has a value in the worst trials and over all, where a median says little.

    `value` is that value, None for any but 0: an event that happens.
    """

    name: str
    value: float | None
    share: Measured
    share_worst: Measured

    @property
    def moved(self) -> float:
        """By how much the two differ."""
        return abs((self.share_worst.value or 0.0) - (self.share.value or 0.0))

    @property
    def told(self) -> bool:
        """Whether their intervals leave each other out."""
        if self.share_worst.low is None or self.share_worst.high is None:
            return False
        low, high = self.share.low or 0.0, self.share.high or 1.0
        return self.share_worst.low > high or self.share_worst.high < low


def event_effects(result: Result) -> tuple[EventEffect, ...]:
    """Each input that is an `event(...)`, a `chance(...)` or a `bernoulli(...)`, in their order.

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
                float(marginal.probability if isinstance(marginal, Event) else marginal.p),
                int(happened.sum()),
                _amount(marginal),
                with_it.measured("mean"),
                without.measured("mean"),
                with_it.measured("chance_negative"),
                without.measured("chance_negative"),
            )
        )
    return tuple(found)


def _amount(marginal: Event | Bernoulli) -> float | None:
    """The mean amount of an event."""
    if isinstance(marginal, Bernoulli):
        return None
    if isinstance(marginal.amount, Point) and float(marginal.amount.value) == 1:
        return None
    return _finite(float(marginal.amount.mean))


def events(result: Result) -> dict[str, Event | Bernoulli]:
    """The inputs that are events, or are yes or no, with what their estimates say."""
    program = compile_case(result.case)
    found: dict[str, Event | Bernoulli] = {}
    for name in result.case.inputs:
        nodes = program.quantities[name]
        marginal = program.marginals.get(nodes[0])
        if len(nodes) == 1 and isinstance(marginal, _KINDS) and name in result.inputs:
            found[name] = marginal
    return found


def worst_shares(result: Result, share: float = WORST) -> tuple[ShareShift, ...]:
    """How much more often, or less, events happen in the worst trials, the most moved first.

    So it is told of inputs with a few values too, by the value whose share differs most.

    >>> import utfall as ut
    >>> text = '''
    ... years: 1
    ... discount_rate: 0 %
    ... inputs: {used: chance(75 %)}
    ... benefits: {B: 100 * used}
    ... '''
    >>> [shift] = worst_shares(ut.simulate(ut.read(text), trials=4096))
    >>> shift.value, round(shift.share.value, 3), round(shift.share_worst.value, 3)
    (1.0, 0.75, 0.0)
    """
    if not result.outcomes:
        return ()
    worst, known, found = in_worst(result, share), events(result), list[ShareShift]()
    for name, outcome in result.inputs.items():
        values = outcome.values
        asked: list[float | None] = [None]  # whether it happens
        if not isinstance(known.get(name), Event):
            few = _few(values)
            asked = [float(value) for value in few if len(few) > 2 or value != few[0]]
        if not asked:
            continue
        shifts = []
        for value in asked:
            happened = values != 0 if value is None else values == value
            there = _part(outcome, worst).chance(happened)
            shifts.append(ShareShift(name, value, outcome.chance(happened), there))
        found.append(max(shifts, key=lambda shift: shift.moved))
    return tuple(sorted(found, key=lambda shift: -shift.moved))


def _few(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The different values, rising; none where there are many, or one only."""
    points = np.unique(values[:1000])
    if len(points) <= FEW:
        points = np.unique(values)
    return points if 1 < len(points) <= FEW else points[:0]


def worst_trials(result: Result, share: float = WORST) -> tuple[Shift, ...]:
    """How the inputs stand in the trials with the lowest net present value, the most moved first.

    Events and inputs with a few values are told by `worst_shares`.
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
    shifts, known = [], events(result)
    for name, outcome in result.inputs.items():
        if name in known or len(_few(outcome.values)):
            continue
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
