"""Values in rising order, sorted no further than is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise, repeat
from math import ceil, floor
from sys import float_info
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from simulator.result.cells import Cells, Floats, into_cells
from simulator.result.places import THIN, range_of

Ranks = npt.NDArray[np.intp]
Worst = Literal["low", "high"]
Kind = TypeVar("Kind", bound=np.generic)

SMALL = 2_048  # so few values are sorted at once
A_CELL = 64
"""About so many values come to lie in a cell: few to sort, as most cells are never asked for."""
MOST_CELLS = 2**13
SEARCHED = 131_072
"""Cells looked through together."""
NEARLY_ALL = 0.75
"""Where more than this share of the values is asked for together, all are sorted."""
OF_A_HEAP = 0.125
"""Values that are all the same need not be sorted: each costs so much of one that must be."""
LOOKED_AT = 101


class Rising:
    """Values by rank, among all and among each of the parts that follow each other in `values`.

    Each value is put in a cell, no lower than those of lower values, and counted there. The counts
    tell in which cell a rank lies; only the values of cells that are asked for are ever sorted.
    Of a million values that lie like normal ones, a dozen percentiles with those of each replicate
    cost a sixth of sorting them.

    Where a cell that is asked for holds nearly all values (of a long tail, which cells of equal
    width do not suit, or as the first values are not like the others), or once as many have been
    looked at as there are, all are sorted, once: a tenth more than sorting alone, and about twice
    as much at worst, where most was looked at before.

    `sizes` are those of the parts, of which none is empty; without them all values are one.

    >>> rising = Rising(np.array([3.0, 1.0, 4.0, 2.0]), sizes=[2, 2])
    >>> rising[0], rising[3], rising.between(1, 3).tolist(), rising.own([1, 1])
    (1.0, 4.0, [2.0, 3.0], [3.0, 4.0])
    """

    def __init__(self, values: npt.ArrayLike, sizes: Sequence[int] | None = None) -> None:
        self._values = np.asarray(values, np.float64)
        self._sizes = np.array([self._values.size] if sizes is None else sizes)
        cells = 1 if self._values.size <= SMALL else min(self._values.size // A_CELL, MOST_CELLS)
        low, per_unit = _cells(self._values, cells)
        self._cell, counts = into_cells(self._values, low, per_unit, cells, self._sizes.tolist())
        self._starts = np.cumsum((0, *self._sizes))
        own_below = np.zeros((self._sizes.size, cells + 1), np.int64)
        np.cumsum(counts, axis=1, out=own_below[:, 1:])
        self._below = own_below.sum(axis=0)
        """How many values lie in lower cells."""
        own_below += self._starts[:-1, None]
        self._own_below = own_below
        """The same of each part, and all parts before it: one rising row after another."""
        self._known: list[_Stretch] = []
        self._effort = 0.0
        """How many values have been found and sorted so far."""

    def __len__(self) -> int:
        return self._values.size

    def __getitem__(self, rank: int) -> float:
        """The value of a rank among all, counted from 0."""
        if not 0 <= rank < len(self):
            raise IndexError(f"there is no rank {rank} among {len(self)} values")
        return float(self.between(rank, rank + 1)[0])

    def between(self, first: int, end: int) -> Floats:
        """The values of the ranks `first` .. `end - 1` among all, in rising order."""
        if first >= end:
            return np.empty(0)
        stretch = self._stretch(self._cell_of(first), self._cell_of(end - 1))
        start = int(self._below[stretch.low])
        return stretch.rising[first - start : end - start]

    def percentile(self, percent: float) -> float:
        """The smallest value not exceeded with probability `percent` %.

        What the parts have for it lies near and is soon asked for too: it is fetched with it.
        """
        rank = rank_of(len(self), percent)
        cell, own = self._cell_of(rank), self._own_cells(self._own_ranks(percent))
        self._stretch(min(cell, int(own.min())), max(cell, int(own.max())))
        return self[rank]

    def own_percentiles(self, percent: float) -> list[float]:
        """The same of each part."""
        return self.own(self._own_ranks(percent))

    def own(self, ranks: Sequence[int] | Ranks) -> list[float]:
        """The value of a rank in each part, counted from 0."""
        cells = self._own_cells(np.asarray(ranks))
        stretch = self._stretch(int(cells.min()), int(cells.max()))
        starts = self._own_below[:, stretch.low] - self._starts[:-1]
        inside = (np.asarray(ranks) - starts).tolist()
        found = zip(stretch.own_rising, inside, strict=True)
        return [float(rising[rank]) for rising, rank in found]

    def tail(self, count: int, worst: Worst) -> Floats:
        """The lowest or the highest `count` values; the one nearest to the others comes last."""
        edge = self._cell_of(count - 1 if worst == "low" else len(self) - count)
        stretch = self._beyond(edge, worst)
        on_edge = None
        if stretch.cells is self._cell:  # then all are sorted, at most once
            on_edge = stretch.rising[self._below[edge] : self._below[edge + 1]]
        return _tail(stretch.values, stretch.cells, edge, count, worst, on_edge)

    def own_tails(self, counts: Sequence[int], worst: Worst) -> list[Floats]:
        """The same of each part."""
        many = np.array(counts)
        edges = self._own_cells(many - 1 if worst == "low" else self._sizes - many)
        stretch = self._beyond(int(edges.max() if worst == "low" else edges.min()), worst)
        values, cells = stretch.own(stretch.values), stretch.own(stretch.cells)
        on_edges: list[Floats | None] = [None] * many.size
        if stretch.cells is self._cell:
            below = self._own_below - self._starts[:-1, None]
            found = zip(stretch.own_rising, below, edges.tolist(), strict=True)
            on_edges = [own[upto[edge] : upto[edge + 1]] for own, upto, edge in found]
        return list(map(_tail, values, cells, edges.tolist(), counts, repeat(worst), on_edges))

    def _own_ranks(self, percent: float) -> Ranks:
        ranks = np.ceil(self._sizes * percent / 100) - 1  # `rank_of` each, in one go
        return np.asarray(np.maximum(ranks, 0), np.intp)

    def _cell_of(self, rank: int) -> int:
        """The cell in which a rank among all lies."""
        return int(self._below.searchsorted(rank, side="right")) - 1

    def _own_cells(self, ranks: Ranks) -> Ranks:
        """In which cells these ranks of the parts lie."""
        parts, ends = self._own_below.shape
        place = np.searchsorted(self._own_below.reshape(-1), ranks + self._starts[:-1], "right")
        return np.asarray(place - 1 - ends * np.arange(parts), np.intp)

    def _beyond(self, edge: int, worst: Worst) -> _Stretch:
        last = self._below.size - 2
        return self._stretch(0, edge) if worst == "low" else self._stretch(edge, last)

    def _stretch(self, low: int, high: int) -> _Stretch:
        """What is known of the cells `low` .. `high`, and perhaps of some beyond."""
        for stretch in self._known:
            if stretch.low <= low and high <= stretch.high:
                return stretch
        asked = int(self._below[high + 1] - self._below[low])
        stretch = self._some_of(low, high) if asked <= NEARLY_ALL * len(self) else self._all()
        self._effort += self._effort_of(stretch)
        if self._effort > len(self):
            stretch = self._all()
            self._known.clear()
        self._known.append(stretch)
        return stretch

    def _all(self) -> _Stretch:
        last = self._below.size - 2
        return _Stretch(0, last, self._values, self._cell, self._starts.tolist())

    def _some_of(self, low: int, high: int) -> _Stretch:
        here = _places(self._cell, low, high)
        ends = here.searchsorted(self._starts).tolist()
        return _Stretch(low, high, self._values[here], self._cell[here], ends)

    def _effort_of(self, stretch: _Stretch) -> float:
        """What finding and sorting the values costs, in such as must be sorted."""
        many = stretch.values.size
        if stretch.cells is self._cell or self._effort + many <= len(self):
            return many
        heap = _heap(stretch.values)
        return many if heap is None else many - (1 - OF_A_HEAP) * np.count_nonzero(heap)


class _Stretch:
    """The values in the cells `low` .. `high`, in the order in which they were given."""

    def __init__(
        self, low: int, high: int, values: Floats, cells: Cells, ends: Sequence[int]
    ) -> None:
        self.low, self.high, self.values, self.cells = low, high, values, cells
        self._ends = ends

    @cached_property
    def rising(self) -> Floats:
        """All of them in rising order."""
        rising = _sorted(self.values)
        rising.flags.writeable = False
        return rising

    @cached_property
    def own_rising(self) -> list[Floats]:
        """Those of each part in rising order."""
        return [_sorted(own) for own in self.own(self.values)]

    def own(self, given: npt.NDArray[Kind]) -> list[npt.NDArray[Kind]]:
        """What is `given` of all values, for each part."""
        return [given[start:end] for start, end in pairwise(self._ends)]


def _cells(values: Floats, cells: int) -> tuple[float, float]:
    """The lower end of the first cell, and how many cells there are to a unit.

    As told by some values, most of which lie between the first cell and the last.
    """
    few = np.sort(values[:THIN])
    few = few[np.isfinite(few)]
    if not few.size:
        return 0.0, 1.0
    low, high = range_of(few)
    width = min(high - low, float_info.max) / cells
    return low, 1 / width if width > 1 / float_info.max else 1.0


def _places(cell: Cells, low: int, high: int) -> Ranks:
    """Where the values of the cells `low` .. `high` are."""
    above = np.empty(min(SEARCHED, cell.size), np.uint16)
    found = []
    for start in range(0, cell.size, SEARCHED):
        some = cell[start : start + SEARCHED]
        # as these numbers have no sign, cells below `low` come out above all others
        over = np.subtract(some, np.uint16(low), out=above[: some.size])
        found.append(np.flatnonzero(over <= np.uint16(high - low)) + start)
    return np.concatenate(found)


def _heap(values: Floats) -> npt.NDArray[np.bool_] | None:
    """Which of the values are the one that at least half of them are; None without such a one.

    In many a case a payback that never comes is the most frequent one. Some of the values tell.
    """
    some = np.sort(values[:LOOKED_AT])
    heap = values == some[some.size // 2]
    return heap if 2 * np.count_nonzero(heap) >= values.size else None


def _sorted(values: Floats) -> Floats:
    """The values in rising order, without sorting a heap of equal ones."""
    if values.size < SMALL or (heap := _heap(values)) is None:
        return np.sort(values)
    equal = values[heap]
    others = np.sort(values[~heap])
    below = int(others.searchsorted(equal[0]))
    return np.concatenate([others[:below], equal, others[below:]])


def _tail(
    values: Floats, cells: Cells, edge: int, count: int, worst: Worst, on_edge: Floats | None
) -> Floats:
    """The `count` outermost of values, the last of which lies in the cell `edge`.

    The rising values of that cell may be known.
    """
    beyond = values[cells < edge if worst == "low" else cells > edge]
    if on_edge is None:
        on_edge = _sorted(values[cells == edge])
    if worst == "high":
        on_edge = on_edge[::-1]
    return np.concatenate([beyond, on_edge[: count - beyond.size]])


def rank_of(size: int, percent: float) -> int:
    """The rank, from 0, of the smallest of so many values not exceeded with so many per cent."""
    return max(ceil(size * percent / 100) - 1, 0)


def percentile(rising: Floats, percent: float) -> float:
    """The smallest of the `rising` values that is not exceeded with probability `percent` %.

    >>> percentile(np.array([10.0, 20.0, 30.0, 40.0]), 50)
    20.0
    """
    return float(rising[rank_of(len(rising), percent)])


def worst_mean(rising: Floats, share: float, worst: Worst = "low") -> float:
    """The mean of the lowest (or highest) `share` of the `rising` values, expected shortfall.

    The value on the edge counts with the part that belongs to the share.
    Source: C. Acerbi and D. Tasche, On the coherence of expected shortfall (2002).

    >>> worst_mean(np.array([1.0, 2.0, 3.0, 4.0]), 0.375)
    1.3333333333333333
    """
    outermost = rising if worst == "low" else rising[::-1]
    return mean_of_tail(outermost[: ceil(share * rising.size)], share * rising.size)


def mean_of_tail(tail: Floats, number: float) -> float:
    """The mean of so many values of the `tail`, of the last one only a part."""
    whole = floor(number)
    total = float(tail[:whole].sum())
    if whole < number:
        total += (number - whole) * float(tail[whole])
    return total / number
