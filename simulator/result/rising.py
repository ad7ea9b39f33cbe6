"""Values in rising order, sorted no further than is asked for."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SMALL = 1_024  # so few values are sorted at once
A_CELL = 8
"""About so many values come to lie in a cell."""
MOST_CELLS = 2**16
THIN = 1_024
"""Of so many values, evenly taken, the range of the cells is told."""


class Rising:
    """A copy of `values` that is put in cells, each above the one before, and sorted where asked.

    All percentiles of a million values cost a third of sorting them. Read it as the sorted array:
    by rank, or by `between`.

    >>> rising = Rising(np.array([3.0, 1.0, 4.0, 2.0]))
    >>> rising[0], rising[3], rising.between(1, 3).tolist()
    (1.0, 4.0, [2.0, 3.0])
    """

    def __init__(self, values: npt.ArrayLike) -> None:
        given = np.asarray(values, np.float64)
        cells = min(given.size // A_CELL, MOST_CELLS)
        if given.size <= SMALL:
            self._values, self._starts = np.sort(given), np.array([0, given.size])
            self._sorted = np.ones(1, np.bool_)
            return
        cell = _cells(given, cells)
        # whole numbers of 16 bits are ordered in a few steps, whatever their number
        self._values = given[np.argsort(cell, kind="stable")]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=cells))])
        self._sorted = np.zeros(cells, np.bool_)

    def __len__(self) -> int:
        return self._values.size

    def __getitem__(self, rank: int) -> float:
        """The value of a rank, counted from 0."""
        if not 0 <= rank < len(self):
            raise IndexError(f"there is no rank {rank} among {len(self)} values")
        self._sort(rank, rank + 1)
        return float(self._values[rank])

    def between(self, first: int, end: int) -> Floats:
        """The values of the ranks `first` .. `end - 1`, in rising order."""
        if first < end:
            self._sort(first, end)
        found = self._values[first:end]
        found.flags.writeable = False
        return found

    def _sort(self, first: int, end: int) -> None:
        """Sort the cells in which these ranks lie."""
        low = int(np.searchsorted(self._starts, first, side="right")) - 1
        high = int(np.searchsorted(self._starts, end, side="left"))
        if not self._sorted[low:high].all():
            self._values[self._starts[low] : self._starts[high]].sort()
            self._sorted[low:high] = True


def _cells(values: Floats, cells: int) -> npt.NDArray[np.uint16]:
    """A cell for each value, no lower than those of lower values."""
    few = np.sort(values[:: -(-values.size // THIN)])
    few = few[np.isfinite(few)]
    low, high = (float(few[0]), float(few[-1])) if few.size else (0.0, 0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        width = (high - low) / (cells - 2)  # one cell more on either side for all beyond
        place = (values - low) * (1.0 / width if width > 0 else 0.0) + 1.0
    if not (place == place).all():  # infinite values, or a range beyond that of floats
        place = np.where(values <= low, 0.0, cells - 1.0)
    return np.clip(place, 0.0, cells - 1.0).astype(np.uint16)


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
