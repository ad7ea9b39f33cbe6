"""Quantiles of single values by a guide table: the very values of `ppf`, in a few nanoseconds.

The quantile function of counts, lists and whatever is made of them climbs in steps. All steps are
found once, each to the last bit of u. The probabilities from 0 to 1 are cut into equal cells; a
guide says how many steps lie to the left of each, so that a draw looks its cell up and then looks
at the one step that the cell may hold (H.-C. Chen and Y. Asau, "On generating random variates from
an empirical distribution", AIIE Transactions 6 (1974) 163-166). Cells with several steps, of which
far tails are full, are searched by halves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from distributions.inversion import half_way
from distributions.marginal import Floats, Marginal

CHUNK = 16_384
MOST_POINTS = 2**17
"""Longer lists of values are left to `ppf`."""
WORTH_A_GUIDE = 262_144
"""Draws from which on a table costs less than it saves,"""
DRAWS_A_POINT = 64
"""and draws for each of its values."""
LOWEST, HIGHEST = 2.0**-54, 1 - 2.0**-53
"""What draws can be; beyond these `ppf` itself is asked."""
_MOST_CELLS = 2**18

Counts = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class GuideTable:
    """Call it with probabilities; made by `guide_table`, or from values and steps of your own.

    >>> table = GuideTable(None, np.array([10.0, 20.0]), np.array([0.25]))
    >>> table(np.array([0.2, 0.25, 0.9])).tolist()
    [10.0, 20.0, 20.0]
    """

    marginal: Marginal | None
    """What answers beyond LOWEST and HIGHEST; None where no draw lies there."""
    values: Floats = field(repr=False)
    """Rising values, one more than there are steps."""
    steps: Floats = field(repr=False)
    """Rising: the smallest u with `values[k + 1]`, for k = 0, 1, ..."""
    _steps: Floats = field(init=False, repr=False)
    _guide: Counts = field(init=False, repr=False)

    def __post_init__(self) -> None:
        cells = 1 << min(max(8 * len(self.values), 1024), _MOST_CELLS).bit_length() - 1
        edges = np.arange(cells + 1) / cells
        to_the_left = np.searchsorted(self.steps, edges, side="right")
        crowded = np.searchsorted(self.steps, edges[1:], side="left") - to_the_left[:-1] > 1
        guide = np.where(crowded, -1, to_the_left[:-1])
        object.__setattr__(self, "_guide", guide)
        object.__setattr__(self, "_steps", np.append(self.steps, np.inf))  # no step but the end

    def __call__(self, u: Floats) -> Floats:
        """The quantiles of `u`, any shape: the very values of the distribution's `ppf`."""
        chance = np.asarray(u, dtype=np.float64)
        result = np.empty(chance.shape)
        self.into(chance.reshape(-1), result.reshape(-1))
        return result

    def into(self, u: Floats, out: Floats) -> None:
        """Put the quantiles of a vector into another one."""
        for start in range(0, len(u), CHUNK):
            here = slice(start, start + CHUNK)
            self._read(u[here], out[here])

    def _read(self, u: Floats, result: Floats) -> None:
        inside = u.min() >= LOWEST and u.max() <= HIGHEST  # false for NaN too
        known = u if inside else np.where((u >= LOWEST) & (u <= HIGHEST), u, 0.5)
        cell = (known * len(self._guide)).astype(np.intp)
        place = np.take(self._guide, cell, mode="clip")
        if place.min() < 0:
            crowded = np.flatnonzero(place < 0)
            place[crowded] = np.searchsorted(self.steps, known[crowded], side="right")
        step = np.take(self._steps, place, out=result, mode="clip")
        place += known >= step
        np.take(self.values, place, out=result, mode="clip")
        if not inside and self.marginal is not None:
            beyond = ~((u >= LOWEST) & (u <= HIGHEST))
            result[beyond] = self.marginal.ppf(u[beyond])


def worth_a_guide(marginal: Marginal, draws: int) -> bool:
    """Whether so many draws of a distribution save more than its guide table takes to build."""
    if not marginal.is_discrete or marginal.shape or marginal.closed:
        return False
    few = min(MOST_POINTS, draws // DRAWS_A_POINT)
    return draws >= WORTH_A_GUIDE and marginal.most_points() <= few


@lru_cache(maxsize=256)
def guide_table(marginal: Marginal) -> GuideTable | None:
    """The table of a discrete distribution; None where `ppf` does not rise from value to value.

    >>> from distributions.counts import Poisson
    >>> table = guide_table(Poisson(3))
    >>> table(np.array([0.05, 0.5, 0.95])).tolist()
    [1.0, 3.0, 6.0]
    """
    low, high = float(marginal.ppf(LOWEST)), float(marginal.ppf(HIGHEST))
    values, _ = marginal.jumps(low, high)
    steps = _steps(marginal, values)
    # a value whose chance is lost in rounding has no step of its own
    kept = np.append(True, steps < np.append(steps[1:], 2.0)) if len(steps) else np.ones(1, bool)
    values, steps = values[kept], steps[kept[1:]]
    return GuideTable(marginal, values, steps) if _proved(marginal, values, steps) else None


def _steps(marginal: Marginal, values: Floats) -> Floats:
    """The smallest u, to the last bit, at which `ppf` reaches each value but the first."""
    goal = values[1:]
    steps = np.nextafter(np.minimum(marginal.cdf(values[:-1]), HIGHEST), 1)
    right = (marginal.ppf(steps) >= goal) & (marginal.ppf(np.nextafter(steps, 0)) < goal)
    unsure = np.flatnonzero(~right)
    goal = goal[unsure]
    low, high = np.full(len(unsure), LOWEST), np.full(len(unsure), HIGHEST)
    middle = half_way(low, high)
    while np.any(middle > low):
        reached = marginal.ppf(middle) >= goal
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        middle = half_way(low, high)
    steps[unsure] = high
    return steps


def _proved(marginal: Marginal, values: Floats, steps: Floats) -> bool:
    """Whether `ppf` gives each value at both ends of its stretch, and so, rising, all along it."""
    first, last = np.append(LOWEST, steps), np.append(np.nextafter(steps, 0), HIGHEST)
    return bool(
        np.all(first <= last)
        and np.array_equal(marginal.ppf(first), values)
        and np.array_equal(marginal.ppf(last), values)
    )
