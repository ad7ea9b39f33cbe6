"""Two alternatives on the same futures: who is better, by how much, how often, and when."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt

from simulator.result.intervals import chance_interval, mean_interval, percentile_interval
from simulator.result.outcome import Measured

Floats = npt.NDArray[np.float64]
Order = Literal["first", "second"]
PERCENTILES = (5, 10, 25, 50, 75, 90, 95)
ROUNDING = 1e-9
"""Differences this small, relative to the amounts, are rounding of the arithmetic, not money."""


@dataclass(frozen=True)
class Dominance:
    """Whether one of two distributions is better whatever the attitude to risk.

    `order` "first": at least as good at every percentile. "second": at least as good in the mean of
    the worst p %, for every p, so preferred by everyone who dislikes risk. `violation` is the part
    of the distance between the two curves that speaks against `better` (0 for first order; below
    some 5 % one speaks of almost first-order dominance, Leshno and Levy 2002). `told` is False
    where the trials cannot tell: the means are not told apart, and the order does not hold in every
    part of the trials. There is no `order` then, as chance alone would often give one.
    """

    order: Order | None
    better: str | None
    violation: float | None
    told: bool = True


@dataclass(frozen=True)
class Pair:
    """Alternative `a` against `b`, trial by trial; better means a higher net present value."""

    a: str
    b: str
    chance_a_better: Measured
    """Ties are shared."""
    mean_difference: Measured
    percentiles: dict[int, Measured]
    """Of a's value minus b's."""
    dominance: Dominance
    equal: bool
    """Whether the two are the same in every trial."""


def pair_of(a: str, b: str, value_a: Floats, value_b: Floats, replicates: int) -> Pair:
    """What the trials say of a against b, with 95 % intervals."""
    difference = value_a - value_b
    slack = ROUNDING * np.maximum(np.abs(value_a), np.abs(value_b))
    difference[np.abs(difference) <= slack] = 0.0
    won = (difference > 0) + 0.5 * (difference == 0)
    mean = measured_mean(difference, replicates)
    return Pair(
        a=a,
        b=b,
        chance_a_better=measured_share(won, replicates),
        mean_difference=mean,
        percentiles={
            p: _measured(
                float(np.percentile(difference, p, method="inverted_cdf")),
                percentile_interval(difference, p, replicates),
            )
            for p in PERCENTILES
        },
        dominance=_beyond_chance(a, b, value_a, value_b, replicates, mean),
        equal=not difference.any(),
    )


def _beyond_chance(
    a: str, b: str, value_a: Floats, value_b: Floats, replicates: int, mean: Measured
) -> Dominance:
    """The dominance that the trials show, without its order where chance alone may have made it.

    Either order implies a mean at least as high. So it counts where the means are told apart, and
    otherwise where it holds in each replicate (each of 16 parts of independent draws) by itself.
    """
    found = dominance(a, b, value_a, value_b)
    if found.better is None:
        return found
    if mean.low is not None and mean.high is not None and not mean.low <= 0 <= mean.high:
        return found
    parts = replicates if replicates > 1 else min(16, len(value_a))
    split = (np.array_split(values, parts) for values in (value_a, value_b))
    if found.order is not None and all(
        own.better == found.better and own.order is not None
        for own in (dominance(a, b, x, y) for x, y in zip(*split, strict=True))
    ):
        return found
    return Dominance(None, found.better, found.violation, told=False)


def dominance(a: str, b: str, value_a: Floats, value_b: Floats) -> Dominance:
    """First- and second-order stochastic dominance on equally many trials.

    >>> dominance("a", "b", np.array([1.0, 3.0]), np.array([0.0, 3.0])).order
    'first'
    """
    rising_a, rising_b = np.sort(value_a), np.sort(value_b)
    apart = rising_a - rising_b
    apart[np.abs(apart) <= ROUNDING * np.maximum(np.abs(rising_a), np.abs(rising_b))] = 0.0
    total = float(np.abs(apart).sum())
    if total == 0:
        return Dominance(None, None, None)
    for sign, better in ((1.0, a), (-1.0, b)):
        if np.all(sign * apart >= 0):
            return Dominance("first", better, 0.0)
    upto = np.cumsum(apart)
    rounding = 1e-12 * np.cumsum(np.abs(rising_a) + np.abs(rising_b))
    against_a = float(np.maximum(-apart, 0).sum()) / total
    for sign, better, violation in ((1.0, a, against_a), (-1.0, b, 1 - against_a)):
        if np.all(sign * upto >= -rounding):
            return Dominance("second", better, violation)
    better, violation = (a, against_a) if against_a <= 0.5 else (b, 1 - against_a)
    return Dominance(None, better, violation)


@dataclass(frozen=True)
class Condition:
    """How one input decides: the chance that a beats b in each third of its values.

    `low` and `high` are the values that part the thirds. An input with so few values that there
    is no middle (an event, a choice) has None there: the lowest value against all above it.
    """

    name: str
    low: float
    high: float
    chances: tuple[float, float | None, float]

    @property
    def spread(self) -> float:
        """How much the input moves the chance."""
        known = [chance for chance in self.chances if chance is not None]
        return max(known) - min(known)


def condition(name: str, drawn: Floats, won: Floats) -> Condition | None:
    """The chance of winning by thirds of an input; None where it has one value only."""
    low, high = (float(x) for x in np.quantile(drawn, [1 / 3, 2 / 3], method="inverted_cdf"))
    top = float(drawn.max())
    if low == top:  # more than two thirds of the trials share the highest value
        below = drawn < top
        low = high = float(drawn[below].max()) if below.any() else top
    middle = (drawn > low) & (drawn <= high)
    parts = (drawn <= low, middle, drawn > high)
    if high == top:  # the middle reaches to the top: there are two kinds of values
        parts = (drawn <= low, np.zeros_like(middle), drawn > low)
        high = low
    if not parts[0].any() or not parts[2].any():
        return None
    chances = [float(won[part].mean()) if part.any() else None for part in parts]
    assert chances[0] is not None
    assert chances[2] is not None
    return Condition(name, low, high, (chances[0], chances[1], chances[2]))


def measured_share(shares: Floats, replicates: int) -> Measured:
    """A chance, some trials of which may count in part (ties)."""
    value = float(np.mean(shares))
    if np.all((shares == 0) | (shares == 1)):
        return _measured(value, chance_interval(shares == 1, replicates))
    interval = mean_interval(shares, replicates)
    if interval is None:
        return _measured(value, None)
    return Measured(value, max(0.0, interval[0]), min(1.0, interval[1]))


def measured_mean(values: Floats, replicates: int) -> Measured:
    """A mean with its interval."""
    return _measured(float(np.mean(values)), mean_interval(values, replicates))


def _measured(value: float, interval: tuple[float, float] | None) -> Measured:
    low, high = interval or (None, None)
    return Measured(value, _finite(low), _finite(high))


def _finite(end: float | None) -> float | None:
    """With few trials an interval may have no end on one side."""
    return end if end is not None and isfinite(end) else None
