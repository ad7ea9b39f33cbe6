"""Quantities between two hard ends: uniform, triangular, beta and PERT."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from distributions import special
from distributions.marginal import Check, Floats, Param, Parametric


def _between(low: Param, high: Param, of: str) -> Check:
    return Check(
        np.asarray(low) < np.asarray(high),
        f"the low end {{low}} of {of} is not below the high end {{high}}",
        "write the lower number first; a certain amount is just its number",
    )


@dataclass(frozen=True, eq=False)
class Uniform(Parametric):
    """Anything from `low` to `high`, all equally likely.

    >>> float(Uniform(10, 20).ppf(0.25))
    12.5
    """

    low: Param
    high: Param

    closed = True
    words: ClassVar[Mapping[str, str]] = {"low": "low end", "high": "high end"}

    def _checks(self) -> tuple[Check, ...]:
        return (_between(self.low, self.high, "a uniform"),)

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.low + u * (self.high - self.low))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.high - q * (self.high - self.low))

    def _cdf(self, x: Floats) -> Floats:
        return np.clip((x - self.low) / (self.high - self.low), 0, 1)

    def _sf(self, x: Floats) -> Floats:
        return np.clip((self.high - x) / (self.high - self.low), 0, 1)

    def _pdf(self, x: Floats) -> Floats:
        inside = (x >= self.low) & (x <= self.high)
        return np.where(inside, 1 / (self.high - self.low), 0.0)

    def _mean(self) -> Param:
        return self.low + (self.high - self.low) / 2

    def _sd(self) -> Param:
        return (self.high - self.low) / float(np.sqrt(12))

    @property
    def support(self) -> tuple[Param, Param]:
        return self.low, self.high

    def scipy(self) -> Any:
        from scipy import stats

        return stats.uniform(self.low, self.high - self.low)


@dataclass(frozen=True, eq=False)
class Triangular(Parametric):
    """A density rising straight from `low` to `mode` and falling straight to `high`.

    >>> float(Triangular(10, 15, 26).mean)
    17.0
    """

    low: Param
    mode: Param
    high: Param

    closed = True
    words: ClassVar[Mapping[str, str]] = {"low": "low end", "high": "high end"}

    def _checks(self) -> tuple[Check, ...]:
        return _rising(self.low, self.mode, self.high, "triangular")

    def _ppf(self, u: Floats) -> Floats:
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = self.low + np.sqrt(u * width * left)
        falling = self.high - np.sqrt((1 - u) * width * right)
        return np.where(u * width <= left, rising, falling)

    def _isf(self, q: Floats) -> Floats:
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = self.low + np.sqrt((1 - q) * width * left)
        falling = self.high - np.sqrt(q * width * right)
        return np.where(q * width >= right, rising, falling)

    def _cdf(self, x: Floats) -> Floats:
        width = self.high - self.low
        rising = np.maximum(x - self.low, 0) ** 2 / (width * (self.mode - self.low))
        falling = 1 - np.maximum(self.high - x, 0) ** 2 / (width * (self.high - self.mode))
        inner = np.where(x < self.mode, rising, falling)
        return np.where(x <= self.low, 0.0, np.where(x >= self.high, 1.0, inner))

    def _sf(self, x: Floats) -> Floats:
        width = self.high - self.low
        rising = 1 - np.maximum(x - self.low, 0) ** 2 / (width * (self.mode - self.low))
        falling = np.maximum(self.high - x, 0) ** 2 / (width * (self.high - self.mode))
        inner = np.where(x < self.mode, rising, falling)
        return np.where(x <= self.low, 1.0, np.where(x >= self.high, 0.0, inner))

    def _pdf(self, x: Floats) -> Floats:
        width = self.high - self.low
        rising = 2 * (x - self.low) / (width * (self.mode - self.low))
        falling = 2 * (self.high - x) / (width * (self.high - self.mode))
        peak = 2 / width
        inner = np.where(x < self.mode, rising, np.where(x > self.mode, falling, peak))
        return np.where((x < self.low) | (x > self.high), 0.0, inner)

    def _mean(self) -> Param:
        return (self.low + self.mode + self.high) / 3

    def _sd(self) -> Param:
        left, right = self.mode - self.low, self.high - self.mode
        return np.sqrt((left * left + left * right + right * right) / 18)

    @property
    def support(self) -> tuple[Param, Param]:
        return self.low + 0 * self.mode, self.high + 0 * self.mode

    def kinks(self) -> tuple[float, ...]:
        return float(self.low), float(self.mode), float(self.high)

    def scipy(self) -> Any:
        from scipy import stats

        width = self.high - self.low
        return stats.triang((self.mode - self.low) / width, self.low, width)


SMALL = 0.01
"""A part of the range so small that 1 less it has lost digits that matter."""


class _BetaShape(Parametric):
    """low + (high - low) B, B beta distributed."""

    low: Param
    high: Param

    @property
    @abstractmethod
    def shapes(self) -> tuple[Param, Param]:
        """The beta's two shape parameters."""

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.low + (self.high - self.low) * _beta_quantile(*self.shapes, u))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.low + (self.high - self.low) * _beta_quantile(*self.shapes, q, True))

    def _parts_of(self, x: Floats) -> tuple[Floats, Floats]:
        """The distances from either end as parts of the range; the smaller keeps its digits."""
        width = self.high - self.low
        return np.clip((x - self.low) / width, 0, 1), np.clip((self.high - x) / width, 0, 1)

    def _cdf(self, x: Floats) -> Floats:
        (a, b), (left, right) = self.shapes, self._parts_of(x)
        return _not_beyond(a, b, left, right)

    def _sf(self, x: Floats) -> Floats:
        (a, b), (left, right) = self.shapes, self._parts_of(x)
        return _not_beyond(b, a, right, left)

    def _pdf(self, x: Floats) -> Floats:
        a, b = np.asarray(self.shapes[0]), np.asarray(self.shapes[1])
        width = self.high - self.low
        left, right = (x - self.low) / width, (self.high - x) / width
        log = special.xlogy(a - 1, left) + special.xlogy(b - 1, right) - special.betaln(a, b)
        return np.where((left < 0) | (right < 0), 0.0, np.exp(log) / width)

    def _mean(self) -> Param:
        a, b = self.shapes
        return self.low + (self.high - self.low) * (a / (a + b))

    def _sd(self) -> Param:
        a, b = self.shapes
        return (self.high - self.low) * np.sqrt(a * b / (a + b + 1)) / (a + b)

    @property
    def support(self) -> tuple[Param, Param]:
        return self.low, self.high

    def scipy(self) -> Any:
        from scipy import stats

        a, b = self.shapes
        return stats.beta(a, b, self.low, self.high - self.low)


def _not_beyond(a: Param, b: Param, part: Floats, rest: Floats) -> Floats:
    """P(B <= part) of a beta on 0..1, where rest = 1 - part.

    betaincc takes thirty times as long as betainc, but works from the rest, which keeps its digits
    where it is small.
    """
    small = rest < SMALL
    chance = np.empty(np.broadcast_shapes(np.shape(part), np.shape(a), np.shape(b)))
    special.betainc(a, b, part, out=chance, where=~small)
    special.betaincc(b, a, rest, out=chance, where=small)
    return chance


def _beta_quantile(a: Param, b: Param, chance: Floats, upper: bool = False) -> Floats:
    """The quantile of a beta on 0..1 of u = chance, or, if `upper`, of u = 1 - chance.

    Where scipy gives up, beyond a chance of 1e-100, the leading term of the tail is exact.
    """
    x = special.betainccinv(a, b, chance) if upper else special.betaincinv(a, b, chance)
    lost = np.isnan(x) & (chance > 0) & (chance < 1e-100)
    if not lost.any():
        return np.asarray(x)
    end = np.asarray(b if upper else a)
    tail = np.exp((np.log(chance) + np.log(end) + special.betaln(a, b)) / end)
    return np.asarray(np.where(lost, 1 - tail if upper else tail, x))


@dataclass(frozen=True, eq=False)
class Beta(_BetaShape):
    """A share: density proportional to x^(a-1) (1-x)^(b-1) on 0..1, stretched to low..high.

    >>> float(Beta(2, 3).mean)
    0.4
    """

    a: Param
    b: Param
    low: Param = 0.0
    high: Param = 1.0

    words: ClassVar[Mapping[str, str]] = {"low": "low end", "high": "high end"}

    def _checks(self) -> tuple[Check, ...]:
        remedy = "write beta(a, b) with two positive numbers, such as beta(2, 5)"
        return (
            Check(np.asarray(self.a) > 0, "the a of a beta must be above zero, not {a}", remedy),
            Check(np.asarray(self.b) > 0, "the b of a beta must be above zero, not {b}", remedy),
            _between(self.low, self.high, "a beta"),
        )

    @property
    def shapes(self) -> tuple[Param, Param]:
        return self.a, self.b


@dataclass(frozen=True, eq=False)
class Pert(_BetaShape):
    """A three-point estimate: the beta on low..high whose mode weighs `weight` times an end.

    a = 1 + weight (mode - low)/(high - low), b = 1 + weight (high - mode)/(high - low); the mean is
    (low + weight mode + high)/(weight + 2) (Malcolm and others, 1959).

    >>> round(float(Pert(10, 15, 26).mean), 9)
    16.0
    """

    low: Param
    mode: Param
    high: Param
    weight: Param = 4.0

    words: ClassVar[Mapping[str, str]] = {"low": "low end", "high": "high end"}

    def _checks(self) -> tuple[Check, ...]:
        return (
            *_rising(self.low, self.mode, self.high, "pert"),
            Check(
                np.asarray(self.weight) > 0,
                "the weight of the mode must be above zero, not {weight}",
                "leave weight out (it is 4), or write a positive one",
            ),
        )

    @property
    def shapes(self) -> tuple[Param, Param]:
        width = self.high - self.low
        a = 1 + self.weight * (self.mode - self.low) / width
        return a, 1 + self.weight * (self.high - self.mode) / width

    @property
    def a(self) -> Param:
        """The first shape parameter of the beta it is."""
        return self.shapes[0]

    @property
    def b(self) -> Param:
        """The second shape parameter of the beta it is."""
        return self.shapes[1]


def _rising(low: Param, mode: Param, high: Param, of: str) -> tuple[Check, ...]:
    low, mode, high = np.asarray(low), np.asarray(mode), np.asarray(high)
    remedy = f"write low, mode, high in rising order: {of}(2, 5, 9)"
    return (
        Check(low < high, "the low end {low} is not below the high end {high}", remedy),
        Check(low <= mode, "the mode {mode} lies below the low end {low}", remedy),
        Check(mode <= high, "the mode {mode} lies above the high end {high}", remedy),
    )
