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

import numpy as np
import numpy.typing as npt

from simulator.result.chances import Interval, of_counts
from simulator.result.figures import Worst
from simulator.result.rising import percentile, worst_mean
from simulator.result.sample import Sample, by_replicate

__all__ = [
    "Interval",
    "Sample",
    "Worst",
    "chance_interval",
    "mean_interval",
    "percentile",
    "percentile_interval",
    "sd_interval",
    "worst_mean",
    "worst_mean_interval",
]


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
    rows = by_replicate(happened, replicates)
    if defined is None:
        trials = np.full(replicates, rows.shape[1])
        counts = np.count_nonzero(rows, axis=1)
    else:
        among = by_replicate(defined, replicates)
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
