"""Single values: a certain one, a yes or no, a list with weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from distributions.errors import EstimateError, number_text
from distributions.marginal import Check, Floats, Marginal, Param, Parametric, as_parameter


@dataclass(frozen=True, eq=False)
class Point(Parametric):
    """A certain amount: a part of a mixture, the amount of an event.

    >>> float(Point(5).ppf(0.3))
    5.0
    """

    value: Param

    closed = True

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.value + 0 * u)

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.value + 0 * q)

    def _cdf(self, x: Floats) -> Floats:
        return np.where(x >= self.value, 1.0, 0.0)

    def _sf(self, x: Floats) -> Floats:
        return np.where(x < self.value, 1.0, 0.0)

    def _below(self, x: Floats) -> Floats:
        return np.where(x > self.value, 1.0, 0.0)

    def _at_least(self, x: Floats) -> Floats:
        return np.where(x <= self.value, 1.0, 0.0)

    def _pdf(self, x: Floats) -> Floats:
        return np.zeros(np.broadcast_shapes(np.shape(x), self.shape))

    def _mean(self) -> Param:
        return self.value

    def _sd(self) -> Param:
        return 0 * self.value

    @property
    def is_discrete(self) -> bool:
        return True

    @property
    def support(self) -> tuple[Param, Param]:
        return self.value, self.value

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        points = np.array([value for value in [float(self.value)] if low <= value <= high])
        return points, np.ones_like(points)


@dataclass(frozen=True, eq=False)
class Bernoulli(Parametric):
    """1 with probability `p`, else 0.

    >>> Bernoulli(0.3).ppf([0.7, 0.71]).tolist()
    [0.0, 1.0]
    """

    p: Param

    closed = True

    def _checks(self) -> tuple[Check, ...]:
        return (is_chance(self.p, "p"),)

    def _ppf(self, u: Floats) -> Floats:
        return np.where(u > 1 - np.asarray(self.p), 1.0, 0.0)

    def _isf(self, q: Floats) -> Floats:
        return np.where(q < self.p, 1.0, 0.0)

    def _cdf(self, x: Floats) -> Floats:
        return np.where(x < 0, 0.0, np.where(x < 1, 1 - np.asarray(self.p), 1.0))

    def _sf(self, x: Floats) -> Floats:
        return np.where(x < 0, 1.0, np.where(x < 1, self.p, 0.0))

    def _below(self, x: Floats) -> Floats:
        return np.where(x <= 0, 0.0, np.where(x <= 1, 1 - np.asarray(self.p), 1.0))

    def _at_least(self, x: Floats) -> Floats:
        return np.where(x <= 0, 1.0, np.where(x <= 1, self.p, 0.0))

    def _pdf(self, x: Floats) -> Floats:
        return np.zeros(np.broadcast_shapes(np.shape(x), self.shape))

    def _mean(self) -> Param:
        return self.p

    def _sd(self) -> Param:
        return np.sqrt(self.p * (1 - self.p))

    @property
    def is_discrete(self) -> bool:
        return True

    @property
    def support(self) -> tuple[Param, Param]:
        return 0 * self.p, 1 + 0 * self.p

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        points, masses = np.array([0.0, 1.0]), np.array([1 - float(self.p), float(self.p)])
        inside = (points >= low) & (points <= high) & (masses > 0)
        return points[inside], masses[inside]

    def scipy(self) -> Any:
        from scipy import stats

        return stats.bernoulli(self.p)


@dataclass(frozen=True, eq=False)
class Discrete(Marginal):
    """One of `values`, with probabilities in proportion to `weights`.

    >>> Discrete((100, 150), (0.3, 0.7)).ppf([0.3, 0.31]).tolist()
    [100.0, 150.0]
    """

    values: tuple[Param, ...]
    weights: tuple[Param, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise EstimateError(
                "discrete has no values", "write discrete(100 weight 30 %, 150 weight 70 %)"
            )
        values = tuple(as_parameter(value, "value") for value in self.values)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "weights", as_weights(self.weights, len(values), "value"))
        super().__post_init__()

    def _checks(self) -> tuple[Check, ...]:
        finite = tuple(
            Check(
                np.isfinite(value),
                "a value of discrete must be a finite number",
                "write finite numbers, as in discrete(100 weight 30 %, 150 weight 70 %)",
            )
            for value in self.values
        )
        return (*finite, *weight_checks(self.weights))

    @cached_property
    def _sorted(self) -> tuple[list[Floats], list[Floats], list[Floats]]:
        """Rising values, the chance of at most each, the chance of more than each."""
        values = np.stack(np.broadcast_arrays(*self.values, np.zeros(self.shape))[:-1])
        weights = np.stack(np.broadcast_arrays(*self.weights, np.zeros(self.shape))[:-1])
        order = np.argsort(values, axis=0, kind="stable")
        values = np.take_along_axis(values, order, axis=0)
        weights = np.take_along_axis(weights, order, axis=0)
        if not self.shape:
            values, weights = values[weights > 0], weights[weights > 0]
            values, first = np.unique(values, return_index=True)
            weights = np.add.reduceat(weights, first)
        rising = np.cumsum(weights, axis=0)
        falling = np.cumsum(weights[::-1], axis=0)[::-1]
        upto = rising / rising[-1]
        beyond = np.concatenate([falling[1:], np.zeros_like(falling[:1])]) / falling[0]
        return list(values), list(upto), list(beyond)

    def _ppf(self, u: Floats) -> Floats:
        values, upto, _ = self._sorted
        if not self.shape:
            place = np.searchsorted(np.array(upto[:-1]), u, side="left")
            return np.asarray(np.array(values)[place])
        x = values[0] + 0 * u
        for value, chance in zip(values[1:], upto[:-1], strict=True):
            x = np.where(u > chance, value, x)
        return x

    def _isf(self, q: Floats) -> Floats:
        values, _, beyond = self._sorted
        x = values[0] + 0 * q
        for value, chance in zip(values[1:], beyond[:-1], strict=True):
            x = np.where(q < chance, value, x)
        return np.asarray(x)

    def _cdf(self, x: Floats) -> Floats:
        values, upto, _ = self._sorted
        chance = np.zeros(np.broadcast_shapes(np.shape(x), self.shape))
        for value, total in zip(values, upto, strict=True):
            chance = np.where(x >= value, total, chance)
        return np.asarray(chance)

    def _sf(self, x: Floats) -> Floats:
        values, _, beyond = self._sorted
        chance = np.ones(np.broadcast_shapes(np.shape(x), self.shape))
        for value, total in zip(values, beyond, strict=True):
            chance = np.where(x >= value, total, chance)
        return np.asarray(chance)

    def _below(self, x: Floats) -> Floats:
        values, upto, _ = self._sorted
        chance = np.zeros(np.broadcast_shapes(np.shape(x), self.shape))
        for value, total in zip(values, upto, strict=True):
            chance = np.where(x > value, total, chance)
        return np.asarray(chance)

    def _at_least(self, x: Floats) -> Floats:
        values, _, beyond = self._sorted
        chance = np.ones(np.broadcast_shapes(np.shape(x), self.shape))
        for value, total in zip(values, beyond, strict=True):
            chance = np.where(x > value, total, chance)
        return np.asarray(chance)

    def _pdf(self, x: Floats) -> Floats:
        return np.zeros(np.broadcast_shapes(np.shape(x), self.shape))

    def _shares(self) -> list[Param]:
        total = sum(self.weights)
        return [weight / total for weight in self.weights]

    def _mean(self) -> Param:
        return sum(s * value for s, value in zip(self._shares(), self.values, strict=True))

    def _sd(self) -> Param:
        mean = self._mean()
        pairs = zip(self._shares(), self.values, strict=True)
        return np.sqrt(sum(share * (value - mean) ** 2 for share, value in pairs))

    @property
    def is_discrete(self) -> bool:
        return True

    @property
    def support(self) -> tuple[Param, Param]:
        values = self._sorted[0]
        if not self.shape:
            return float(values[0]), float(values[-1])
        return values[0], values[-1]

    def most_points(self) -> float:
        return float(len(self.values))

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        values, upto, _ = self._sorted
        points, masses = np.array(values), np.diff(np.array(upto), prepend=0.0)
        inside = (points >= low) & (points <= high)
        return points[inside], masses[inside]


def discrete(values: Sequence[Param], weights: Sequence[Param] | None = None) -> Discrete:
    """One of `values`; `weights` (all 1 unless given) are normalised to sum to 1.

    >>> discrete([100, 150], [30, 70]).mean
    135.0
    """
    chosen = tuple(values)
    return Discrete(chosen, (1.0,) * len(chosen) if weights is None else tuple(weights))


def is_chance(p: Param, field: str) -> Check:
    """That a probability lies in 0..1."""
    return Check(
        (np.asarray(p) >= 0) & (np.asarray(p) <= 1),
        f"the chance {{{field}}} lies outside 0 to 1",
        "write a chance between 0 % and 100 %, such as 20 %",
    )


def as_weights(weights: Sequence[Param], count: int, of: str) -> tuple[Param, ...]:
    """Weights as parameters, one for each of `count` values or parts."""
    if len(weights) != count:
        raise EstimateError(
            f"there are {count} {of}s but {len(weights)} weights", f"give every {of} one weight"
        )
    return tuple(as_parameter(weight, "weight") for weight in weights)


def weight_checks(weights: tuple[Param, ...]) -> tuple[Check, ...]:
    """Weights are finite, none is negative, and together they are above zero."""
    remedy = "write positive weights, such as weight 30 % and weight 70 %"
    return (
        *(
            Check(
                np.isfinite(weight) & (np.asarray(weight) >= 0),
                f"the weight {_sample(weight)} is not a number from zero upwards",
                remedy,
            )
            for weight in weights
        ),
        Check(np.asarray(sum(weights)) > 0, "all weights are zero", remedy),
    )


def _sample(weight: Param) -> str:
    """The weight, or the first of its trials that is no weight."""
    values = np.atleast_1d(weight)
    return number_text(float(values[np.argmin(np.isfinite(values) & (values >= 0))]))
