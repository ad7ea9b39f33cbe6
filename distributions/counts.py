"""How many: Poisson and binomial counts, their quantiles found by exact search.

A quantile is the smallest whole k with P(X <= k) >= u. It is guessed from the normal quantile z
with the first Cornish-Fisher term, mean + sd z + skewness sd (z² - 1)/6 - ½, and then proved: the
search ends only where the distribution function reaches u at k and not at k - 1.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from distributions import special
from distributions.marginal import Check, Floats, Param, Parametric, Truths
from distributions.single_values import is_chance

_LARGEST = 2.0**53  # beyond it not every whole number is a float
_TABLE = 2**17  # longest table of a distribution function kept
_LAST = 1 - 2.0**-53  # the largest number below 1

Indices = npt.NDArray[np.intp]
Reached = Callable[[Floats, Indices], Truths]


def smallest_count(reached: Reached, guess: Floats, highest: Floats) -> Floats:
    """Element by element the smallest whole k in 0..highest for which `reached(k, where)` is true.

    `reached` takes k and the places of its elements; it turns from false to true once as k rises,
    and counts as true at `highest`. All arrays are one-dimensional.
    """
    upper = highest.copy()  # known to be reached
    lower = np.full_like(guess, -1.0)  # known not to be
    k = np.clip(guess, 0, highest)
    step = np.ones_like(guess)
    todo = np.arange(len(guess))
    while todo.size:
        tried = k[todo]
        hit = reached(tried, todo)
        upper[todo] = np.where(hit, np.minimum(upper[todo], tried), upper[todo])
        lower[todo] = np.where(hit, lower[todo], np.maximum(lower[todo], tried))
        todo = todo[upper[todo] - lower[todo] > 1]
        # Gallop away from the guess until it is bracketed, then halve.
        low, high, leap = lower[todo], upper[todo], step[todo]
        down, up = high - leap, low + leap
        step[todo] = 2 * leap
        halfway = np.floor(low + (high - low) / 2)
        gallop = np.where(k[todo] == high, down, up)
        outside = (gallop <= low) | (gallop >= high)
        k[todo] = np.where(outside, halfway, gallop)
    return upper


class _Count(Parametric):
    """A family on 0, 1, 2, ..."""

    @property
    def is_discrete(self) -> bool:
        return True

    @abstractmethod
    def _upto(self, k: Floats, *parameters: Floats) -> Floats:
        """P(X <= k) for whole k >= 0."""

    @abstractmethod
    def _beyond(self, k: Floats, *parameters: Floats) -> Floats:
        """P(X > k) for whole k >= 0."""

    @property
    @abstractmethod
    def _given(self) -> tuple[Param, ...]:
        """The parameters, whole numbers made whole."""

    @abstractmethod
    def _skewness(self) -> Param: ...

    @abstractmethod
    def _highest(self) -> Param:
        """The largest count looked for."""

    def _search(self, chance: Floats, upper: bool) -> Floats:
        """The quantile of u = chance, or, if `upper`, of u = 1 - chance."""
        sign = -1.0 if upper else 1.0
        z = sign * special.ndtri(np.clip(chance, 1e-300, _LAST))
        guess = self._mean() + self._sd() * z + self._skewness() * self._sd() * (z * z - 1) / 6
        columns = np.broadcast_arrays(chance, guess, self._highest(), self.valid, *self._given)
        shape = columns[0].shape
        p, start, highest, valid, *given = (np.ravel(column) for column in columns)
        keep = np.flatnonzero(valid & (p > 0) & (p < 1))
        found = np.full(p.shape, np.nan)
        p, start, highest = p[keep], np.ceil(start[keep] - 0.5), highest[keep]
        given = [value[keep] for value in given]

        def reached(k: Floats, where: Indices) -> Truths:
            of = [value[where] for value in given]
            if upper:
                return self._beyond(k, *of) <= p[where]
            return self._upto(k, *of) >= p[where]

        found[keep] = smallest_count(reached, np.nan_to_num(start), highest)
        return found.reshape(shape)

    def _whole(self, chance: Floats, upper: bool) -> Floats:
        """The search, with the ends of the support at probabilities 0 and 1."""
        low, high = self.support
        if upper:
            low, high = high, low
        inner = (chance > 0) & (chance < 1)
        if inner.all():
            return self._search(chance, upper)
        found = self._search(np.where(inner, chance, 0.5), upper)
        return np.where(chance == 0, low, np.where(chance == 1, high, found))

    @cached_property
    def _table(self) -> tuple[Floats, Floats] | None:
        """Counts and P(X <= k) from u = 1e-300 to the last u below 1; None if they are too many."""
        ends = self._search(np.array([1e-300, _LAST]), False)
        if not ends[1] - ends[0] < _TABLE:
            return None
        counts = np.arange(ends[0], ends[1] + 1)
        upto = self._upto(counts, *(np.asarray(value) for value in self._given))
        return counts, np.maximum.accumulate(upto)

    def _ppf(self, u: Floats) -> Floats:
        table = None if self.shape else self._table
        if table is None:
            return self._whole(u, False)
        counts, upto = table
        place = np.searchsorted(upto, u, side="left")
        x = np.array(counts[np.minimum(place, len(counts) - 1)])
        outside = (u < 1e-300) | (u >= 1) | (place == len(counts))
        if outside.any():
            x[outside] = self._whole(u[outside], False)
        return x

    def _isf(self, q: Floats) -> Floats:
        return self._whole(q, True)

    def _at(self, x: Floats) -> Floats:
        return np.floor(np.clip(x, 0, _LARGEST))

    def _cdf(self, x: Floats) -> Floats:
        return np.where(x < 0, 0.0, self._upto(self._at(x), *map(np.asarray, self._given)))

    def _sf(self, x: Floats) -> Floats:
        return np.where(x < 0, 1.0, self._beyond(self._at(x), *map(np.asarray, self._given)))

    def _below(self, x: Floats) -> Floats:
        return self._cdf(np.ceil(x) - 1)

    def _at_least(self, x: Floats) -> Floats:
        return self._sf(np.ceil(x) - 1)

    def _pdf(self, x: Floats) -> Floats:
        return np.zeros(np.broadcast_shapes(np.shape(x), self.shape))

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        first = max(0.0, np.ceil(low), float(self._search(np.array([1e-300]), False)[0]))
        last = min(np.floor(high), float(self._search(np.array([1e-300]), True)[0]))
        points = np.arange(first, last + 1)
        # Differences of whichever chance is the smaller keep their digits in both tails.
        falling, rising = self._cdf(points), self._sf(points - 1)
        lower = falling - self._cdf(points - 1)
        masses = np.where(falling < 0.5, lower, rising - self._sf(points))
        return points[masses > 0], masses[masses > 0]


@dataclass(frozen=True, eq=False)
class Poisson(_Count):
    """How many independent events happen, when `rate` are expected.

    >>> Poisson(3).ppf([0.05, 0.5, 0.95]).tolist()
    [1.0, 3.0, 6.0]
    """

    rate: Param

    words: ClassVar[Mapping[str, str]] = {"rate": "mean"}

    def _checks(self) -> tuple[Check, ...]:
        rate = np.asarray(self.rate)
        return (
            Check(
                rate >= 0,
                "the mean of a poisson cannot be negative: {rate}",
                "write a mean from zero upwards",
            ),
            Check(
                rate <= 1e15,
                "the mean of a poisson, {rate}, is too large to count one by one",
                "write normal(mean, sd) with sd the square root of the mean",
            ),
        )

    @property
    def _given(self) -> tuple[Param, ...]:
        return (self.rate,)

    def _upto(self, k: Floats, *parameters: Floats) -> Floats:
        return np.asarray(special.gammaincc(k + 1, parameters[0]))

    def _beyond(self, k: Floats, *parameters: Floats) -> Floats:
        return np.asarray(special.gammainc(k + 1, parameters[0]))

    def _skewness(self) -> Param:
        return 1 / np.sqrt(np.maximum(self.rate, 1e-9))

    def _highest(self) -> Param:
        return _LARGEST

    def _mean(self) -> Param:
        return self.rate

    def _sd(self) -> Param:
        return np.sqrt(self.rate)

    @property
    def support(self) -> tuple[Param, Param]:
        return 0.0, np.where(np.asarray(self.rate) > 0, np.inf, 0.0)[()]

    def scipy(self) -> Any:
        from scipy import stats

        return stats.poisson(self.rate)


@dataclass(frozen=True, eq=False)
class Binomial(_Count):
    """How many of `n` independent tries succeed, each with chance `p`.

    `n` is a whole number within a relative 1e-9, so that it may come out of a formula.

    >>> Binomial(40, 0.3).ppf([0.05, 0.5, 0.95]).tolist()
    [7.0, 12.0, 17.0]
    """

    n: Param
    p: Param

    def _checks(self) -> tuple[Check, ...]:
        n = np.asarray(self.n)
        remedy = "write binomial(n, p) with a whole number n from zero upwards"
        return (
            Check(n >= 0, "the n of a binomial cannot be negative: {n}", remedy),
            Check(n <= 1e15, "the n of a binomial, {n}, is too large to count one by one", remedy),
            Check(
                np.abs(n - np.round(n)) <= 1e-9 * n,
                "the n of a binomial must be a whole number, not {n}",
                f"{remedy}, or round(n)",
            ),
            is_chance(self.p, "p"),
        )

    @property
    def _given(self) -> tuple[Param, ...]:
        return np.round(self.n), self.p

    def _upto(self, k: Floats, *parameters: Floats) -> Floats:
        n, p = parameters
        return np.where(k >= n, 1.0, _binomial_chances(k, n, p)[0])

    def _beyond(self, k: Floats, *parameters: Floats) -> Floats:
        n, p = parameters
        return np.where(k >= n, 0.0, _binomial_chances(k, n, p)[1])

    def _skewness(self) -> Param:
        p = np.asarray(self.p)
        variance = np.asarray(self.n) * p * (1 - p)
        return np.asarray((1 - 2 * p) / np.sqrt(np.maximum(variance, 1e-9)))

    def _highest(self) -> Param:
        return np.round(self.n)

    def _mean(self) -> Param:
        return np.round(self.n) * self.p

    def _sd(self) -> Param:
        return np.sqrt(np.round(self.n) * self.p * (1 - self.p))

    @property
    def support(self) -> tuple[Param, Param]:
        n, p = np.round(np.asarray(self.n)), np.asarray(self.p)
        return np.where(p == 1, n, 0.0)[()], np.where(p == 0, 0.0, n)[()]

    def scipy(self) -> Any:
        from scipy import stats

        return stats.binom(np.round(self.n), self.p)


def _binomial_chances(k: Floats, n: Floats, p: Floats) -> tuple[Floats, Floats]:
    """P(X <= k) and P(X > k) for 0 <= k < n, each accurate where it is small.

    P(X > k) = I_p(k + 1, n - k). The direct complement is several times slower than a second call
    with 1 - p, which is exact for p >= ½ and harmless for small n: it is kept for the rest.
    """
    k, n, p = np.broadcast_arrays(np.minimum(k, np.maximum(n - 1, 0)), n, p)
    left, right = k + 1, np.maximum(n - k, 1)
    beyond = np.asarray(special.betainc(left, right, p))
    upto = np.array(1 - beyond)
    low = beyond > 0.5
    if low.any():
        swapped = low & ((p >= 0.5) | (n <= 1000))
        direct = low & ~swapped
        upto[swapped] = special.betainc(right[swapped], left[swapped], 1 - p[swapped])
        upto[direct] = special.betaincc(left[direct], right[direct], p[direct])
    return upto, beyond
