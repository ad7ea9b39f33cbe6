"""Values in rising order, sorted no further than is asked for."""

from __future__ import annotations

from bisect import bisect_right
from math import ceil, floor

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
PIECES = 16
SMALL = 1_024  # what is sorted in less time than it takes to think about it


class Rising:
    """A copy of `values` that is cut in halves towards what is asked for; the last piece is sorted.

    Five percentiles of a million values cost a third of sorting them all, and all of them little
    more than that. Read it as the sorted array: by rank, or by `between`.

    >>> rising = Rising(np.array([3.0, 1.0, 4.0, 2.0]))
    >>> rising[0], rising[3], rising.between(1, 3).tolist()
    (1.0, 4.0, [2.0, 3.0])
    """

    def __init__(self, values: npt.ArrayLike) -> None:
        self._values = np.array(values, np.float64)
        self._cuts = [0, self._values.size]  # no value before a cut is above one behind it
        self._sorted: set[int] = set()  # where the sorted pieces begin
        self._piece = max(self._values.size // PIECES, SMALL)

    def __len__(self) -> int:
        return self._values.size

    def __getitem__(self, rank: int) -> float:
        """The value of a rank, counted from 0."""
        self._sort_piece_of(rank)
        return float(self._values[rank])

    def between(self, first: int, end: int) -> Floats:
        """The values of the ranks `first` .. `end - 1`, in rising order."""
        rank = first
        while rank < end:
            rank = self._sort_piece_of(rank)
        found = self._values[first:end]
        found.flags.writeable = False
        return found

    def _sort_piece_of(self, rank: int) -> int:
        """Sort the piece in which a rank lies; where that piece ends."""
        behind = bisect_right(self._cuts, rank)
        if not 0 < behind < len(self._cuts):
            raise IndexError(f"there is no rank {rank} among {len(self)} values")
        low, high = self._cuts[behind - 1], self._cuts[behind]
        while high - low > self._piece:
            middle = (low + high) // 2
            self._values[low:high].partition(middle - low)
            self._cuts.insert(behind, middle)
            if rank < middle:
                high = middle
            else:
                low, behind = middle, behind + 1
        if low not in self._sorted:
            self._values[low:high].sort()
            self._sorted.add(low)
        return high


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
