"""How far a simulated figure may be from the true one: intervals from replicates, or from theory.

Trials come replicate by replicate. With several replicates (independent Sobol' sets or Latin
hypercubes, each inside far more even than chance) the spread between them is the honest measure;
with one, the trials are independent draws and theory applies. Undefined trials (NaN) are left out,
and each replicate weighs by the trials it has.

Replicates that are spread too evenly can agree with each other and not with the truth: of n points,
one to a stratum, the number below a limit can only be one of two, whatever the true n·p between
them. So the standard error of a chance is never taken below 1 / (2 n √R), half a point in each of R
replicates, and the other figures follow: a percentile reaches over as large a share of the values,
a mean is off by the jumps between discrete values times that.

Each function returns (low, high), or None where there is no interval: no defined trial, a figure
that is infinite, or fewer than two replicates to compare.

Source: A. Owen, Monte Carlo theory, methods and examples, chapters 2 and 17; S. Asmussen and P.
Glynn, Stochastic Simulation (2007), III.4 (order statistics) and III.5 (sectioning).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, inf, isfinite, isnan, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from distributions.special import bdtr, bdtrik
from simulator.result.chances import (
    Interval,
    around,
    between,
    checked,
    least_error,
    of_counts,
    student,
)
from simulator.result.rising import Rising

Floats = npt.NDArray[np.float64]
Worst = Literal["low", "high"]
FEW = 64  # so many values are few; one jump of many stands out if it is such a part of the span
CELLS = 4 * FEW


def mean_interval(values: npt.ArrayLike, replicates: int, level: float = 0.95) -> Interval | None:
    """Interval of the mean: pooled mean ± t · sd of the replicate means / √replicates.

    The error is at least the jumps between discrete values times the least error of a chance. With
    one replicate, the central limit theorem: mean ± t · sd / √trials.

    >>> mean_interval([1, 3, 2, 4], replicates=2, level=0.5)
    (2.0, 3.0)
    """
    return Sample.of(values, replicates).mean_interval(level)


def sd_interval(values: npt.ArrayLike, replicates: int, level: float = 0.95) -> Interval | None:
    """Interval of the standard deviation (population formula), never below 0.

    From the spread of the replicates about the pooled one; with one replicate by the delta method,
    standard error √(m4 - sd⁴) / (2 · sd · √trials) with m4 the fourth central moment.

    >>> sd_interval([1, 3, 1, 3], replicates=2)
    (1.0, 1.0)
    """
    return Sample.of(values, replicates).sd_interval(level)


def chance_interval(
    hits: npt.ArrayLike,
    replicates: int,
    level: float = 0.95,
    defined: npt.NDArray[np.bool_] | None = None,
) -> Interval | None:
    """Interval of the chance of an event from `hits`, 1 or 0 a trial (NaN where undefined).

    With truths for `hits`, `defined` may say where they count.

    As the mean's, cut at 0 and 1; a standard error of at least 1 / (2 n √R). Wilson's interval on
    the pooled count with one replicate, and where the event happens (or fails to) in fewer trials
    than there are replicates: never seen does not mean impossible.

    >>> low, high = chance_interval([0] * 100, replicates=4)
    >>> low, round(high, 3)
    (0.0, 0.037)
    """
    happened = np.asarray(hits)
    if happened.dtype != np.bool_:
        return Sample.of(happened, replicates).chance_interval(level)
    rows = _rows(happened, replicates)
    if defined is None:
        trials = np.full(replicates, rows.shape[1])
        counts = np.count_nonzero(rows, axis=1)
    else:
        among = _rows(defined, replicates)
        trials = np.count_nonzero(among, axis=1)
        counts = np.count_nonzero(np.logical_and(rows, among), axis=1)
    some = trials > 0
    return of_counts(counts[some].tolist(), trials[some].tolist(), replicates == 1, level)


def percentile_interval(
    values: npt.ArrayLike, percent: float, replicates: int, level: float = 0.95
) -> Interval | None:
    """Interval of a percentile: pooled q ± t · √(Σ (q_r - q)² / (R (R - 1))), sectioning.

    It reaches at least over the values whose chance of not being exceeded is within t times the
    least error of a chance. Order statistics with one replicate, and where a replicate's percentile
    is infinite. An end may be infinite too (a payback that never comes).

    >>> percentile_interval(range(1, 101), 50, replicates=1)
    (40.0, 61.0)
    """
    return Sample.of(values, replicates).percentile_interval(percent, level)


def worst_mean_interval(
    values: npt.ArrayLike,
    share: float,
    replicates: int,
    level: float = 0.95,
    worst: Worst = "low",
) -> Interval | None:
    """Interval of the mean of the worst `share` of the values, the lowest or the highest.

    Sectioning, as for a percentile; with one replicate from the asymptotic variance of expected
    shortfall, Var(max(q - x, 0)) / (share² · trials) with q the percentile where the tail begins.

    >>> low, high = worst_mean_interval([1, 4, 3, 6], 0.5, replicates=2, level=0.5)
    >>> round(low, 9), round(high, 9)
    (1.0, 3.0)
    """
    return Sample.of(values, replicates).worst_mean_interval(share, level, worst)


def percentile(rising: Floats | Rising, percent: float) -> float:
    """The smallest of the `rising` values that is not exceeded with probability `percent` %.

    >>> percentile(np.array([10.0, 20.0, 30.0, 40.0]), 50)
    20.0
    """
    return float(rising[max(ceil(len(rising) * percent / 100) - 1, 0)])


def worst_mean(rising: Floats | Rising, share: float, worst: Worst = "low") -> float:
    """The mean of the lowest (or highest) `share` of the `rising` values, expected shortfall.

    The value on the edge counts with the part that belongs to the share.
    Source: C. Acerbi and D. Tasche, On the coherence of expected shortfall (2002).

    >>> worst_mean(np.array([1.0, 2.0, 3.0, 4.0]), 0.375)
    1.3333333333333333
    """
    whole = floor(share * len(rising))
    part = share * len(rising) - whole
    tail = _tail(rising, whole + bool(part), worst)
    if worst == "high":
        tail = -tail[::-1]
    total = float(tail[:whole].sum())
    if part:
        total += part * float(tail[whole])
    mean = total / (whole + part)
    return -mean if worst == "high" else mean


def _tail(rising: Floats | Rising, count: int, worst: Worst) -> Floats:
    """The lowest or the highest `count` values, in rising order."""
    first, end = (0, count) if worst == "low" else (len(rising) - count, len(rising))
    return rising.between(first, end) if isinstance(rising, Rising) else rising[first:end]


@dataclass(frozen=True, eq=False)
class Sample:
    """The defined values of one amount, replicate by replicate."""

    values: Floats  # all of them, in the order of the trials
    parts: tuple[Floats, ...]  # without those that have no defined value
    independent: bool  # the trials are independent draws

    @classmethod
    def of(cls, values: npt.ArrayLike, replicates: int) -> Sample:
        """Split `values`, one a trial; raises ValueError where replicates do not come out even."""
        trials = np.asarray(values, np.float64)
        rows = _rows(trials, replicates)
        undefined = np.isnan(trials)
        if not undefined.any():
            parts = list(rows)
        else:
            counts = np.count_nonzero(~undefined.reshape(rows.shape), axis=1)
            trials = trials[~undefined]
            parts = np.split(trials, np.cumsum(counts)[:-1])
        return cls(trials, tuple(part for part in parts if part.size), replicates == 1)

    @property
    def size(self) -> int:
        """Number of defined trials."""
        return self.values.size

    @cached_property
    def trials(self) -> list[int]:
        """Number of defined trials of each replicate."""
        return [part.size for part in self.parts]

    @cached_property
    def rising(self) -> Rising:
        """All defined values in rising order."""
        return Rising(self.values)

    @cached_property
    def rising_parts(self) -> tuple[Floats, ...]:
        """The values of each replicate in rising order."""
        return tuple(np.sort(part) for part in self.parts)

    @cached_property
    def finite(self) -> bool:
        """There are defined values, and all of them are finite."""
        return self.size > 0 and bool(np.isfinite(self.values).all())

    def mean_interval(self, level: float = 0.95) -> Interval | None:
        """See the function of this name."""
        if not self.finite:
            return None
        mean = float(self.values.mean())
        if self.independent:
            if self.size < 2:
                return None
            error = float(self.values.std(ddof=1)) / sqrt(self.size)
            return around(mean, error, self.size - 1, level)
        own = [float(part.mean()) for part in self.parts]
        return self._between(mean, own, level, self.values)

    def sd_interval(self, level: float = 0.95) -> Interval | None:
        """See the function of this name."""
        if not self.finite:
            return None
        sd = float(self.values.std())
        if not self.independent:
            # a small error of sd² is 2 · sd as large as that of sd
            squares = (self.values - self.values.mean()) ** 2 / (2 * sd) if sd else np.zeros(1)
            found = self._between(sd, [float(part.std()) for part in self.parts], level, squares)
        elif self.size < 2:
            return None
        elif sd == 0:
            return 0.0, 0.0
        else:
            scores = (self.values - self.values.mean()) / sd
            error = sd * sqrt(max(float((scores**4).mean()) - 1, 0) / self.size) / 2
            found = around(sd, error, self.size - 1, level)
        return found and (max(found[0], 0.0), found[1])

    def chance_interval(self, level: float = 0.95) -> Interval | None:
        """See the function of this name."""
        happened = [float(part.sum()) for part in self.parts]
        return of_counts(happened, self.trials, self.independent, level)

    def percentile_interval(self, percent: float, level: float = 0.95) -> Interval | None:
        """See the function of this name."""
        if not self.size:
            return None
        pooled = percentile(self.rising, percent)
        own = [percentile(part, percent) for part in self.rising_parts]
        if self.independent:
            return self._order_statistics(percent, level)
        if all(isfinite(each) for each in (pooled, *own)):
            found = between(pooled, own, self.trials, level)
        else:
            found = self._order_statistics(percent, level)
        if found is None or len(self.parts) < 2:
            return found
        low, high = self._within_a_point(percent, level)
        return min(found[0], low), max(found[1], high)

    def worst_mean_interval(
        self, share: float, level: float = 0.95, worst: Worst = "low"
    ) -> Interval | None:
        """See the function of this name."""
        if not self.size:
            return None
        pooled = worst_mean(self.rising, share, worst)
        own = [worst_mean(part, share, worst) for part in self.rising_parts]
        if not all(isfinite(each) for each in (pooled, *own)):
            return None
        if not self.independent:
            tail = _tail(self.rising, ceil(share * self.size), worst)
            return self._between(pooled, own, level, tail / share)
        if self.size < 2:
            return None
        rising = self.rising.between(0, self.size)
        if worst == "low":
            beyond = percentile(rising, 100 * share) - rising
        else:
            beyond = rising - percentile(rising, 100 * (1 - share))
        error = float(np.maximum(beyond, 0).std()) / (share * sqrt(self.size))
        return around(pooled, error, self.size - 1, level)

    def _between(
        self, pooled: float, own: Sequence[float], level: float, summed: Floats
    ) -> Interval | None:
        """As `between`, of a mean of the values `summed`: it can be off by their jumps."""
        smallest = least_error(self.trials)

        def least(error: float) -> float:
            if error >= smallest * float(np.ptp(summed)):  # the largest jump is no larger
                return 0.0
            return smallest * _jumps(summed, len(own))

        return between(pooled, own, self.trials, level, least)

    def _within_a_point(self, percent: float, level: float) -> Interval:
        """From the value below which too few trials lie to the one below which too many do."""
        width = student(len(self.parts) - 1, level) * least_error(self.trials)
        below = floor(self.size * (percent / 100 - width))
        above = floor(self.size * (percent / 100 + width)) + 1
        return self.rising[max(below, 1) - 1], self.rising[min(above, self.size) - 1]

    def _order_statistics(self, percent: float, level: float) -> Interval:
        """The values ranked so far below and above that only so few trials would miss them."""
        tail = (1 - checked(level)) / 2
        below = _binomial_quantile(tail, self.size, percent / 100)
        above = _binomial_quantile(1 - tail, self.size, percent / 100) + 1
        low = self.rising[below - 1] if below else -inf
        high = self.rising[above - 1] if above <= self.size else inf
        return low, high


def _jumps(values: Floats, replicates: int) -> float:
    """The jumps between the values, by which their mean is off where chances are off by 1.

    The mean is the lowest value plus each jump times the chance of passing it. Of a few values,
    each found in every replicate, all jumps count. Of many only those that stand out and have
    trials enough on either side: the small ones even out, and show in the replicates.

    >>> _jumps(np.array([1.0, 2.0, 5.0] * 8), replicates=2)
    4.0
    """
    lowest, span = float(values.min()), float(np.ptp(values))
    scale = CELLS / span if span else inf
    if not 0 < scale < inf:
        return _jumps_one_by_one(values, replicates)
    # No need to sort: a jump that stands out leaves three cells empty, and few are.
    cell = ((values - lowest) * scale).astype(np.intp)
    counts = np.bincount(cell)
    filled = np.flatnonzero(counts)
    if filled.size <= FEW:
        return _jumps_one_by_one(values, replicates)
    below = np.cumsum(counts)[filled[:-1]]
    inside = (below >= replicates) & (below <= values.size - replicates)
    wide = np.flatnonzero((np.diff(filled) >= 3) & inside)
    ends = [(values[cell == filled[i]].max(), values[cell == filled[i + 1]].min()) for i in wide]
    steps = np.array([high - low for low, high in ends])
    return float(steps[steps >= span / FEW].sum())


def _jumps_one_by_one(values: Floats, replicates: int) -> float:
    steps = np.diff(np.sort(values))
    span = float(np.ptp(values))
    if np.count_nonzero(steps) < min(FEW, values.size / replicates):
        return span
    inner = steps[replicates - 1 : values.size - replicates]
    return float(inner[inner >= span / FEW].sum())


def _rows(trials: npt.NDArray[np.generic], replicates: int) -> npt.NDArray[np.generic]:
    """One row a replicate; raises ValueError where they do not come out even."""
    if replicates < 1 or trials.ndim != 1 or trials.size % replicates:
        raise ValueError(
            f"values of shape {trials.shape} cannot be split into {replicates} replicates "
            "of equal size"
        )
    return trials.reshape(replicates, -1)


def _binomial_quantile(q: float, trials: int, p: float) -> int:
    """The smallest count whose probability of not being exceeded is at least `q`."""
    guess = float(bdtrik(q, trials, p))
    count = 0 if isnan(guess) else min(max(ceil(guess), 0), trials)
    while count > 0 and bdtr(count - 1, trials, p) >= q:
        count -= 1
    while count < trials and bdtr(count, trials, p) < q:
        count += 1
    return count
