"""Values in rising order, sorted no further than is asked for."""

from __future__ import annotations

from bisect import bisect_right
from math import ceil, floor, isqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
PERCENTS = (1, 5, 10, 15, 25, 50, 75, 85, 90, 95, 99)
"""The percentiles that are told most: they and those around them are found together."""
SMALL = 1_024  # of so few values each rank may be found by itself


class Rising:
    """A copy of `values` that is cut in pieces where it is asked for, none above the next.

    Eleven percentiles of a million values and their neighbours cost a third of sorting them all.
    Read it as the sorted array: by rank, or by `between`.

    >>> rising = Rising(np.array([3.0, 1.0, 4.0, 2.0]))
    >>> rising[0], rising[3], rising.between(1, 3).tolist()
    (1.0, 4.0, [2.0, 3.0])
    """

    def __init__(self, values: npt.ArrayLike) -> None:
        self._values = np.array(values, np.float64)
        self._cuts = [0, self._values.size]  # no value before a cut is above one behind it
        self._sorted: set[tuple[int, int]] = set()

    def __len__(self) -> int:
        return self._values.size

    def __getitem__(self, rank: int) -> float:
        """The value of a rank, counted from 0."""
        if not 0 <= rank < len(self):
            raise IndexError(f"there is no rank {rank} among {len(self)} values")
        self._cut(rank)
        self._cut(rank + 1)  # the value stands alone between two cuts
        return float(self._values[rank])

    def between(self, first: int, end: int) -> Floats:
        """The values of the ranks `first` .. `end - 1`, in rising order."""
        if first < end and (first, end) not in self._sorted:
            self._cut(first)
            self._cut(end)
            self._values[first:end].sort()
            self._sorted.add((first, end))
        found = self._values[first:end]
        found.flags.writeable = False
        return found

    def _cut(self, rank: int) -> None:
        """Put no value above the one of this rank before it."""
        if len(self._cuts) == 2 and len(self) > SMALL:
            self._begin()
        behind = bisect_right(self._cuts, rank)
        low = self._cuts[behind - 1]
        if low < rank:
            high = self._cuts[behind]
            if not any(first <= low and high <= end for first, end in self._sorted):
                self._values[low:high].partition(rank - low)
            self._cuts[behind:behind] = [rank] if rank + 1 == high else [rank, rank + 1]

    def _begin(self) -> None:
        """The first cuts: numpy makes many at once in little more time than one."""
        size = len(self)
        around = 2 * isqrt(size)  # further than an interval reaches from its percentile
        found = {
            rank + step
            for rank in (ceil(size * percent / 100) - 1 for percent in PERCENTS)
            for step in (-around, 0, around)
        }
        inside = sorted(rank for rank in found if 0 < rank < size)
        self._values.partition(inside)
        self._cuts = sorted({0, size, *inside, *(rank + 1 for rank in inside)})


def percentile(rising: Floats | Rising, percent: float) -> float:
    """The smallest of the `rising` values that is not exceeded with probability `percent` %.

    >>> percentile(np.array([10.0, 20.0, 30.0, 40.0]), 50)
    20.0
    """
    return float(rising[max(ceil(len(rising) * percent / 100) - 1, 0)])


def worst_mean(rising: Floats | Rising, share: float, worst: str = "low") -> float:
    """The mean of the lowest (or highest) `share` of the `rising` values, expected shortfall.

    The value on the edge counts with the part that belongs to the share.
    Source: C. Acerbi and D. Tasche, On the coherence of expected shortfall (2002).

    >>> worst_mean(np.array([1.0, 2.0, 3.0, 4.0]), 0.375)
    1.3333333333333333
    """
    whole = floor(share * len(rising))
    part = share * len(rising) - whole
    tail = tail_of(rising, whole + bool(part), worst)
    if worst == "high":
        tail = -tail[::-1]
    total = float(tail[:whole].sum())
    if part:
        total += part * float(tail[whole])
    mean = total / (whole + part)
    return -mean if worst == "high" else mean


def tail_of(rising: Floats | Rising, count: int, worst: str) -> Floats:
    """The lowest or the highest `count` values, in rising order."""
    first, end = (0, count) if worst == "low" else (len(rising) - count, len(rising))
    return rising.between(first, end) if isinstance(rising, Rising) else rising[first:end]
