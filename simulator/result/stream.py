"""An amount of so many trials that its values are counted, not kept.

Values fall into equal cells, ranged by the first of them; what falls beyond the range is kept
exactly. Counts, and sums over whole units of trials, come out the same in whatever order and by
however many workers the units are added.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Sequence
from functools import cached_property
from math import ceil, isfinite, log2
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.int64]
Limit = tuple[Literal["<", "<="], float]

CELLS = 2**15
HALF = CELLS // 2
FAR = 1e-3
"""So large a share of the first values lies beyond either end of the stretch that is looked at."""
MARGIN = 0.5
"""The range reaches so many of its lengths further to either side."""
MOST_BEYOND = 2**17
"""Where more values lie beyond the range, it is doubled and cells are joined in pairs."""
NARROW = 2.0**-50
MOMENTS = 4
ONE = np.int32(1)
SHORT = 8_192
WHOLE = 2.0**52
WHOLE_BITS = int(np.array([WHOLE]).view(np.int64)[0])


class _Scratch(threading.local):
    """Vectors to work in, of each thread: making new ones takes as long as filling them."""

    def __init__(self) -> None:
        self.place, self.cell = np.empty(0), np.empty(0, np.int64)

    def of(self, size: int) -> tuple[Floats, Cells]:
        """One for places and one for cells."""
        if self.place.size < size:
            self.place, self.cell = np.empty(size), np.empty(size, np.int64)
        return self.place[:size], self.cell[:size]


_scratch = _Scratch()


class Stream:
    """Counts the values of some replicates in cells of equal `width` about `centre`.

    `first` are values to range the cells by; they are not counted. `limits` are numbers of which
    it is known exactly how many values lie below, or at most there.

    >>> stream = Stream(np.array([1.0, 2.0, 4.0]), replicates=1, limits=[("<", 2.0), ("<=", 2.0)])
    >>> stream.add(0, np.array([1.0, 2.0, 3.0, np.inf, np.nan]))
    >>> stream.upto.tolist(), stream.undefined.tolist()
    ([[1, 2]], [1])
    """

    def __init__(self, first: Floats, replicates: int, limits: Sequence[Limit] = ()) -> None:
        self._first = first[np.isfinite(first)]
        self.replicates = replicates
        self.limits = tuple(limits)
        self.centre, self.width = _range(self._first)
        self.unit, self.origin = self.width, self.centre + self.width / 2
        """Sums are of distances from the origin in units, however wide the cells have become."""
        self.counts = np.zeros((replicates, CELLS), np.int32)
        self.beyond: list[list[Floats]] = [[] for _ in range(replicates)]
        self.infinite = np.zeros((replicates, 2), np.int64)  # minus infinity, plus infinity
        self.undefined = np.zeros(replicates, np.int64)
        self.upto = np.zeros((replicates, len(self.limits)), np.int64)
        """Values within each limit."""
        # one number for each unit of trials: of their distances from the origin, and its powers
        self.sums = [tuple(array("d") for _ in range(MOMENTS)) for _ in range(replicates)]

    def add(self, replicate: int, values: Floats) -> None:
        """Count the values of one unit of trials."""
        place, cell = _scratch.of(values.size)
        np.subtract(values, self.centre + self.width / 2, out=place)
        place *= 1.0 / self.width
        _nearest(place, cell)
        apart = np.empty(0, np.intp)
        if cell.view(np.uint64).max() >= CELLS:
            apart = np.flatnonzero(cell.view(np.uint64) >= CELLS)
            cell[apart] = 0
            self._set_apart(replicate, values[apart])
        np.add.at(self.counts[replicate], cell, ONE)
        self.counts[replicate, 0] -= apart.size
        for column, (side, limit) in enumerate(self.limits):
            within = values < limit if side == "<" else values <= limit  # not so of NaN
            self.upto[replicate, column] += np.count_nonzero(within)
        if self.width != self.unit:  # sums are in the cells of the beginning
            np.subtract(values, self.origin, out=place)
            place *= 1.0 / self.unit
        place[apart[~np.isfinite(values[apart])]] = 0.0
        self._add_sums(replicate, place)
        self._make_room()

    def cells_of(self, values: Floats) -> Cells:
        """The cell of each value; none of the CELLS where it lies beyond."""
        cell = np.empty(values.size, np.int64)
        _nearest((values - (self.centre + self.width / 2)) * (1.0 / self.width), cell)
        return cell

    def _set_apart(self, replicate: int, values: Floats) -> None:
        """Keep values that lie in no cell, and count those that are no numbers."""
        self.undefined[replicate] += np.count_nonzero(np.isnan(values))
        self.infinite[replicate, 0] += np.count_nonzero(values == -np.inf)
        self.infinite[replicate, 1] += np.count_nonzero(values == np.inf)
        beyond = values[np.isfinite(values)]
        if beyond.size:
            self.beyond[replicate].append(beyond)

    def _add_sums(self, replicate: int, place: Floats) -> None:
        powers = [float(place.sum()), product(place, place)]
        if self.replicates == 1:  # only then the interval of the standard deviation needs them
            squares = np.multiply(place, place)
            powers += [product(squares, place), product(squares, squares)]
        for total, sums in zip(powers, self.sums[replicate], strict=False):
            sums.append(total)

    @cached_property
    def first(self) -> Floats:
        """The values that ranged the cells, in rising order."""
        return np.sort(self._first)

    @property
    def low(self) -> float:
        """Where the first cell begins."""
        return self.centre - HALF * self.width

    def sizes(self) -> npt.NDArray[np.int64]:
        """How many defined values each replicate has."""
        beyond = [sum(part.size for part in parts) for parts in self.beyond]
        inside = self.counts.sum(axis=1, dtype=np.int64)
        return np.asarray(inside + self.infinite.sum(axis=1) + beyond)

    def merge(self, other: Stream) -> None:
        """Add what another has counted, of the same first values, replicates and limits."""
        while self.width < other.width:
            self._double()
        while other.width < self.width:
            other._double()
        self.counts += other.counts
        self.infinite += other.infinite
        self.undefined += other.undefined
        self.upto += other.upto
        for replicate in range(self.replicates):
            self.beyond[replicate] += other.beyond[replicate]
            for own, theirs in zip(self.sums[replicate], other.sums[replicate], strict=True):
                own.extend(theirs)
        self._make_room()

    def _make_room(self) -> None:
        """Double the range while too many values lie beyond it.

        How often depends on the values alone: what one worker must double for, all would.
        """
        while sum(part.size for parts in self.beyond for part in parts) > MOST_BEYOND:
            self._double()

    def _double(self) -> None:
        joined = self.counts.reshape(self.replicates, HALF, 2).sum(axis=2)
        self.counts[...] = 0
        self.counts[:, HALF // 2 : HALF // 2 + HALF] = joined
        self.width *= 2
        for replicate, parts in enumerate(self.beyond):
            values = np.concatenate([*parts, np.empty(0)])
            parts.clear()
            cell = self.cells_of(values)
            inside = cell.view(np.uint64) < CELLS
            np.add.at(self.counts[replicate], cell[inside], ONE)
            if not inside.all():
                parts.append(values[~inside])


def _nearest(place: Floats, cell: Cells) -> None:
    """The cell whose middle is nearest; none of the CELLS where there is none, as for NaN.

    A float from 2^52 on has no fraction: adding one leaves the nearest whole number in the last
    bits, in a third of the time of a conversion.
    """
    np.add(place, WHOLE + HALF, out=cell.view(np.float64))
    cell -= WHOLE_BITS


def product(a: Floats, b: Floats) -> float:
    """The sum of a * b, in parts so short that numpy's algebra uses one thread, and one order."""
    total = 0.0
    for start in range(0, a.size, SHORT):
        total += float(np.dot(a[start : start + SHORT], b[start : start + SHORT]))
    return total


def _range(values: Floats) -> tuple[float, float]:
    """Centre and width of the cells for values like these.

    Where they do not differ, or there are none, the cells are so narrow that other values lie
    beyond, are kept, and widen the cells to their own measure when they have become many.
    """
    if not values.size:
        return 0.0, NARROW
    far = int(FAR * values.size)
    some = np.partition(values, (far, values.size - 1 - far))
    low, high = float(some[far]), float(some[values.size - 1 - far])
    if low == high:
        low, high = float(values.min()), float(values.max())
    centre = low + (high - low) / 2
    width = (high - low) * (1 + 2 * MARGIN) / CELLS
    # no finer cells than doubles can tell apart; a power of two, so that their ends are exact
    least = 2.0 ** ceil(log2(max(abs(centre) * NARROW, NARROW**2)))
    return centre, max(width, least) if isfinite(width) else 1.0
