"""How far a figure may be from the true one, told by how much the replicates differ.

The rules that every interval rests on, and the interval of a chance, for which counts are enough.
What they mean, and where they come from, stands in `intervals.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, isnan, sqrt

import numpy as np

from distributions.special import bdtr, bdtrik, ndtri, stdtrit

Interval = tuple[float, float]


def of_counts(
    happened: Sequence[float], trials: Sequence[int], independent: bool, level: float
) -> Interval | None:
    """Interval of the chance of an event that `happened` so often in the `trials` of each part.

    The parts are replicates, those without any trial left out. The trials are `independent` draws
    where there is one replicate only.

    >>> low, high = of_counts([50, 50], [100, 100], independent=False, level=0.5)
    >>> round(low, 6), round(high, 6)
    (0.496464, 0.503536)
    """
    size = sum(trials)
    if not size:
        return None
    chance = sum(happened) / size
    rare = min(chance, 1 - chance) * size < len(trials)
    if independent or rare:  # most replicates are alike, whatever the truth
        return wilson(chance, size, level)
    own = [hits / count for hits, count in zip(happened, trials, strict=True)]
    # one jump, from 0 to 1, that counts if replicates have more than one trial to tell it by
    least = least_error(trials) if size > len(trials) else 0.0
    found = between(chance, own, trials, level, lambda error: least)
    return found and (max(found[0], 0.0), min(found[1], 1.0))


def between(
    pooled: float,
    own: Sequence[float],
    trials: Sequence[int],
    level: float,
    least: Callable[[float], float] | None = None,
) -> Interval | None:
    """From the figures that the replicates have of their `own`, weighed by their trials.

    `least` says of an error found how small it may be at the least.
    """
    replicates = len(own)
    if replicates < 2:
        return None
    weights = np.array(trials) / sum(trials)
    squares = float(((weights * (np.array(own) - pooled)) ** 2).sum())
    error = sqrt(squares * replicates / (replicates - 1))
    if least is not None:
        error = max(error, least(error))
    return around(pooled, error, replicates - 1, level)


def least_error(trials: Sequence[int]) -> float:
    """The least standard error of a chance, 1 / (2 n √R): half a point in each replicate."""
    return sqrt(len(trials)) / (2 * sum(trials))


def around(estimate: float, error: float, freedom: int, level: float) -> Interval:
    """Student's interval."""
    width = student(freedom, level) * error
    return estimate - width, estimate + width


def student(freedom: int, level: float) -> float:
    """How many standard errors an interval of this level reaches to either side."""
    return float(stdtrit(freedom, (1 + checked(level)) / 2))


def wilson(chance: float, trials: int, level: float) -> Interval:
    """Wilson's score interval: E. B. Wilson, J. American Statistical Association 22 (1927)."""
    z = float(ndtri((1 + checked(level)) / 2))
    centre = chance + z**2 / (2 * trials)
    width = z * sqrt(chance * (1 - chance) / trials + z**2 / (4 * trials**2))
    whole = 1 + z**2 / trials
    low = 0.0 if chance == 0 else max((centre - width) / whole, 0.0)
    high = 1.0 if chance == 1 else min((centre + width) / whole, 1.0)
    return low, high


def binomial_ranks(chance: float, trials: int, level: float) -> tuple[int, int]:
    """The ranks, from 1, of the values between which the percentile of this `chance` surely lies.

    0, or one more than there are trials, where no value is surely so far out.

    >>> binomial_ranks(0.5, 100, level=0.95)
    (40, 61)
    """
    tail = (1 - checked(level)) / 2
    below = _binomial_quantile(tail, trials, chance)
    return below, _binomial_quantile(1 - tail, trials, chance) + 1


def checked(level: float) -> float:
    """The level itself; raises ValueError for one that no interval can have."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, like 0.95, not {level}")
    return level


def _binomial_quantile(q: float, trials: int, p: float) -> int:
    """The smallest count whose probability of not being exceeded is at least `q`."""
    guess = float(bdtrik(q, trials, p))
    count = 0 if isnan(guess) else min(max(ceil(guess), 0), trials)
    while count > 0 and bdtr(count - 1, trials, p) >= q:
        count -= 1
    while count < trials and bdtr(count, trials, p) < q:
        count += 1
    return count
