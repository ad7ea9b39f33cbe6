"""A quantity kept within bounds: conditional on the range, or moved to the bound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from distributions.errors import EstimateError
from distributions.marginal import Check, Floats, Marginal, Param, as_parameter


class _Bounded(Marginal):
    """A base distribution and two bounds, either of which may be infinite."""

    base: Marginal
    low: Param
    high: Param

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", as_parameter(self.low, "low bound"))
        object.__setattr__(self, "high", as_parameter(self.high, "high bound"))
        super().__post_init__()

    def _parts(self) -> tuple[Marginal, ...]:
        return (self.base,)

    def _checks(self) -> tuple[Check, ...]:
        remedy = "write the lower bound first: low=, high="
        return (
            Check(~np.isnan(self.low), "the low bound is not a number", remedy),
            Check(~np.isnan(self.high), "the high bound is not a number", remedy),
            Check(
                np.asarray(self.low) <= np.asarray(self.high),
                "the low bound {low} lies above the high bound {high}",
                remedy,
            ),
        )

    def _kinks_within(self) -> tuple[float, ...]:
        low, high = float(self.low), float(self.high)
        return tuple(kink for kink in self.base.kinks() if low < kink < high)


@dataclass(frozen=True, eq=False)
class Truncated(_Bounded):
    """`base` on condition that it lies from `low` to `high`: its mass there, rescaled to 1.

    With a = P(base < low) and m the mass of the range, the quantile of u is base's at a + u m,
    taken from above (1 - a - u m, in terms of P(base >= ...)) in the upper half, so that a
    range far out in either tail keeps its digits.

    >>> from distributions.bounded import Uniform
    >>> round(float(Truncated(Uniform(0, 10), 4, np.inf).mean), 9)
    7.0
    """

    base: Marginal
    low: Param = -np.inf
    high: Param = np.inf

    def _checks(self) -> tuple[Check, ...]:
        return (
            *super()._checks(),
            Check(
                np.asarray(self._mass) > 0,
                "no mass is left between {low} and {high}",
                "widen the bounds, or move the estimate into them",
            ),
        )

    @cached_property
    def _lower(self) -> tuple[Floats, Floats]:
        """P(base < low), P(base <= high)."""
        return self.base.below(self.low), self.base.cdf(self.high)

    @cached_property
    def _upper(self) -> tuple[Floats, Floats]:
        """P(base >= low), P(base > high)."""
        return self.base.at_least(self.low), self.base.sf(self.high)

    @cached_property
    def _mass(self) -> Floats:
        (a, b), (qa, qb) = self._lower, self._upper
        # The difference of the smaller pair; across the median, what both tails leave.
        return np.where(b <= 0.5, b - a, np.where(a >= 0.5, qa - qb, 1 - a - qb))

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """The lowest and the highest value within the bounds that can occur."""
        (a, _), (_, qb) = self._lower, self._upper
        bottom, top = self.base.support
        low, high = np.maximum(self.low, bottom), np.minimum(self.high, top)
        if self.base.has_jumps:
            first, last = self.base.ppf(np.nextafter(a, 2)), self.base.isf(np.nextafter(qb, 2))
            low = np.where(a > 0, np.maximum(low, first), low)
            high = np.where(qb > 0, np.minimum(high, last), high)
        return np.asarray(low), np.asarray(high)

    def _from_both_sides(self, lower: Floats, upper: Floats) -> Floats:
        """Base's quantile of `lower` in its lower half, else of 1 - `upper`."""
        below = lower <= 0.5
        lower, upper = np.clip(lower, 0, 1), np.clip(upper, 0, 1)
        if not self.shape and below.any() and not below.all():
            x = np.empty(np.shape(lower))
            x[below] = self.base.ppf(lower[below])
            x[~below] = self.base.isf(upper[~below])
        elif below.all():
            x = self.base.ppf(lower)
        elif not below.any():
            x = self.base.isf(upper)
        else:
            x = np.where(below, self.base.ppf(lower), self.base.isf(upper))
        return np.asarray(np.clip(x, *self._ends))  # rounding may step over an end

    def _ppf(self, u: Floats) -> Floats:
        return self._from_both_sides(
            self._lower[0] + u * self._mass, self._upper[1] + (1 - u) * self._mass
        )

    def _isf(self, q: Floats) -> Floats:
        return self._from_both_sides(
            self._lower[0] + (1 - q) * self._mass, self._upper[1] + q * self._mass
        )

    def _part(self, lower: Floats, upper: Floats) -> Floats:
        """The share of the mass between low and x, from P(base .. x) and its complement."""
        (a, _), (qa, _) = self._lower, self._upper
        share = np.where(np.asarray(a) >= 0.5, qa - upper, lower - a) / self._mass
        return np.clip(share, 0, 1)

    def _rest(self, lower: Floats, upper: Floats) -> Floats:
        """The share of the mass between x and high."""
        (_, b), (_, qb) = self._lower, self._upper
        share = np.where(np.asarray(b) <= 0.5, b - lower, upper - qb) / self._mass
        return np.clip(share, 0, 1)

    def _cdf(self, x: Floats) -> Floats:
        return np.where(x >= self.high, 1.0, self._part(self.base.cdf(x), self.base.sf(x)))

    def _sf(self, x: Floats) -> Floats:
        return np.where(x < self.low, 1.0, self._rest(self.base.cdf(x), self.base.sf(x)))

    def _below(self, x: Floats) -> Floats:
        chance = self._part(self.base.below(x), self.base.at_least(x))
        return np.where(x > self.high, 1.0, chance)

    def _at_least(self, x: Floats) -> Floats:
        chance = self._rest(self.base.below(x), self.base.at_least(x))
        return np.where(x <= self.low, 1.0, chance)

    def _pdf(self, x: Floats) -> Floats:
        inside = (x >= self.low) & (x <= self.high)
        return np.where(inside, self.base.pdf(x) / self._mass, 0.0)

    @property
    def is_discrete(self) -> bool:
        return self.base.is_discrete

    @property
    def has_jumps(self) -> bool:
        return self.base.has_jumps

    @property
    def least_chance(self) -> float:
        return min(self.base.least_chance / float(self._mass), 0.01)

    @property
    def support(self) -> tuple[Param, Param]:
        low, high = self._ends
        return low[()], high[()]

    def kinks(self) -> tuple[float, ...]:
        ends = (float(end) for end in self.support if np.isfinite(end))
        return (*self._kinks_within(), *ends)

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        bounds = max(low, float(self.low)), min(high, float(self.high))
        points, masses = self.base.jumps(*bounds)
        return points, masses / self._mass


@dataclass(frozen=True, eq=False)
class Clipped(_Bounded):
    """`base` with every value outside `low` to `high` moved to the bound, where mass piles up.

    >>> from distributions.bounded import Uniform
    >>> float(Clipped(Uniform(0, 10), 4, np.inf).cdf(4))
    0.4
    """

    base: Marginal
    low: Param = -np.inf
    high: Param = np.inf

    def _ppf(self, u: Floats) -> Floats:
        return np.clip(self.base.ppf(u), self.low, self.high)

    def _isf(self, q: Floats) -> Floats:
        return np.clip(self.base.isf(q), self.low, self.high)

    def _cdf(self, x: Floats) -> Floats:
        return np.where(x < self.low, 0.0, np.where(x >= self.high, 1.0, self.base.cdf(x)))

    def _sf(self, x: Floats) -> Floats:
        return np.where(x < self.low, 1.0, np.where(x >= self.high, 0.0, self.base.sf(x)))

    def _below(self, x: Floats) -> Floats:
        return np.where(x <= self.low, 0.0, np.where(x > self.high, 1.0, self.base.below(x)))

    def _at_least(self, x: Floats) -> Floats:
        return np.where(x <= self.low, 1.0, np.where(x > self.high, 0.0, self.base.at_least(x)))

    def _pdf(self, x: Floats) -> Floats:
        return np.where((x > self.low) & (x < self.high), self.base.pdf(x), 0.0)

    @property
    def is_discrete(self) -> bool:
        return self.base.is_discrete

    @property
    def has_jumps(self) -> bool:
        return True

    @property
    def support(self) -> tuple[Param, Param]:
        bottom, top = self.base.support
        return np.clip(bottom, self.low, self.high)[()], np.clip(top, self.low, self.high)[()]

    def kinks(self) -> tuple[float, ...]:
        ends = (float(end) for end in self.support if np.isfinite(end))
        return (*self._kinks_within(), *ends)

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        bottom, top = float(self.low), float(self.high)
        points, masses = self.base.jumps(
            max(low, np.nextafter(bottom, np.inf)), min(high, np.nextafter(top, -np.inf))
        )
        piles = {bottom: float(self.base.cdf(bottom)), top: float(self.base.at_least(top))}
        if bottom == top:
            piles = {bottom: 1.0}
        for bound, mass in piles.items():
            if low <= bound <= high and mass > 0:
                place = np.searchsorted(points, bound)
                points, masses = np.insert(points, place, bound), np.insert(masses, place, mass)
        return points, masses


def truncate(x: Marginal, low: Param | None = None, high: Param | None = None) -> Truncated:
    """`x` on condition that it lies between the bounds, its mass rescaled to 1.

    >>> from distributions.bounded import Uniform
    >>> float(truncate(Uniform(0, 10), low=4).ppf(0.5))
    7.0
    """
    return Truncated(*_bounds("truncate", x, low, high))


def clip(x: Marginal, low: Param | None = None, high: Param | None = None) -> Clipped:
    """`x` with values outside the bounds moved to the bound, where mass piles up.

    >>> from distributions.bounded import Uniform
    >>> clip(Uniform(0, 10), low=4).ppf([0.2, 0.5]).tolist()
    [4.0, 5.0]
    """
    return Clipped(*_bounds("clip", x, low, high))


def _bounds(
    verb: str, x: object, low: Param | None, high: Param | None
) -> tuple[Marginal, Param, Param]:
    if not isinstance(x, Marginal):
        raise EstimateError(
            f"{verb} needs an estimate, not {x!r}", f"write {verb}(normal(10, 5), low=0)"
        )
    if low is None and high is None:
        raise EstimateError(
            f"{verb} has no bound", f"give it low=, high= or both: {verb}(normal(10, 5), low=0)"
        )
    return x, -np.inf if low is None else low, np.inf if high is None else high
