"""What can be read from values that were only counted: figures, each to within a cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from math import ceil, floor, fsum, inf, sqrt

import numpy as np

from simulator.result.figures import Figures, Floats, Side, Worst
from simulator.result.rising import rank_of
from simulator.result.stream import CELLS, Limit, Stream

FEW_OF_EACH = 64
"""So many values of a cell are enough to show that it is full."""


class Cells:
    """The counted values of one replicate, or of all: those in cells, and those beyond."""

    def __init__(self, stream: Stream, replicates: slice, atoms: Mapping[int, float]) -> None:
        self.width = stream.width
        self.low = stream.low
        counts = stream.counts[replicates]
        counts = counts[0] if len(counts) == 1 else counts.sum(axis=0, dtype=np.int64)
        beyond = np.sort(np.concatenate([np.empty(0), *chain(*stream.beyond[replicates])]))
        middle = int(np.searchsorted(beyond, stream.centre))
        self.lower, self.upper = beyond[:middle], beyond[middle:]
        self.lowest, self.highest = (int(n) for n in stream.infinite[replicates].sum(axis=0))
        self.counts = counts
        self.upto = np.cumsum(counts, dtype=counts.dtype)
        self.atoms = atoms
        self.size = (
            self.lowest + self.lower.size + int(self.upto[-1]) + self.upper.size + self.highest
        )

    def at(self, rank: int) -> float:
        """The value of a rank; within a cell values count as evenly spread."""
        rank -= self.lowest
        if rank < 0:
            return -inf
        if rank < self.lower.size:
            return float(self.lower[rank])
        rank -= self.lower.size
        if rank < self.upto[-1]:
            cell = int(np.searchsorted(self.upto, rank, side="right"))
            if cell in self.atoms:
                return self.atoms[cell]
            before = int(self.upto[cell - 1]) if cell else 0
            return self.low + self.width * (cell + (rank - before + 0.5) / int(self.counts[cell]))
        rank -= int(self.upto[-1])
        return float(self.upper[rank]) if rank < self.upper.size else inf

    def percentile(self, percent: float) -> float:
        """As `rising.percentile`."""
        return self.at(rank_of(self.size, percent))

    def tail(self, count: float, worst: Worst) -> tuple[Floats, Floats]:
        """The worst `count` values: cell middles (or values) and how many there are of each."""
        total = int(self.upto[-1])
        if worst == "low":
            left = count - self.lowest - self.lower.size  # to be taken from the cells
            first, end = 0, int(np.searchsorted(self.upto, min(left, total))) + 1
            infinite = np.array([-inf]), np.array([self.lowest])
        else:
            left = count - self.highest - self.upper.size
            first, end = int(np.searchsorted(self.upto, max(total - left, 0), side="right")), CELLS
            infinite = np.array([inf]), np.array([self.highest])
        inside = slice(first, end if left > 0 else first)
        parts = [
            (self.lower, _ones(self.lower)),
            (self._middles(inside), self.counts[inside]),
            (self.upper, _ones(self.upper)),
        ]
        if worst == "high":
            parts = [(value[::-1], number[::-1]) for value, number in reversed(parts)]
        value, number = map(np.concatenate, zip(infinite, *parts, strict=True))
        before = np.cumsum(number) - number
        number = np.clip(count - before, 0, number)
        some = number > 0
        return value[some], number[some].astype(np.float64)

    def worst_mean(self, share: float, worst: Worst) -> float:
        """As `rising.worst_mean`; within a cell all values count as its middle."""
        value, number = self.tail(share * self.size, worst)
        return float((value * number).sum() / number.sum())

    def below(self, limit: float) -> int:
        """About how many values lie below a number; exact at no number in particular."""
        place = (limit - self.low) / self.width
        if place <= 0:
            return self.lowest + int(np.searchsorted(self.lower, limit))
        whole = self.lowest + self.lower.size + int(self.upto[-1])
        if place >= CELLS:
            return whole + int(np.searchsorted(self.upper, limit))
        cell = floor(place)
        before = int(self.upto[cell - 1]) if cell else 0
        inside = round((place - cell) * int(self.counts[cell]))
        return self.lowest + self.lower.size + before + inside

    def _middles(self, cells: slice) -> Floats:
        """What the values of some cells count as: the middle, or the one value that all are."""
        middles = self.low + self.width * (np.arange(cells.start, cells.stop) + 0.5)
        for cell, value in self.atoms.items():
            if cells.start <= cell < cells.stop:
                middles[cell - cells.start] = value
        return np.asarray(middles, np.float64)


class Counted(Figures):
    """The figures of a `Stream`, which must not count on any more.

    >>> stream = Stream(np.arange(100.0), replicates=1)
    >>> stream.add(0, np.arange(100.0))
    >>> round(Counted(stream).percentile(50), 2), Counted(stream).mean
    (49.0, 49.5)
    """

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._sizes = stream.sizes().tolist()
        self._some = [r for r, size in enumerate(self._sizes) if size]

    @property
    def resolution(self) -> float:
        """How far a percentile may be from that of the values, at most: the width of a cell."""
        return self.stream.width

    @property
    def independent(self) -> bool:
        return self.stream.replicates == 1

    @property
    def trials(self) -> list[int]:
        return [self._sizes[r] for r in self._some]

    @cached_property
    def finite(self) -> bool:
        return self.size > 0 and not self.stream.infinite.any()

    @cached_property
    def mean(self) -> float:
        return self._moments(self._some)[0]

    @cached_property
    def sd(self) -> float:
        return self._moments(self._some)[1]

    @property
    def kurtosis(self) -> float:
        first, second, third, fourth = (self._power(self._some, power) for power in range(1, 5))
        central = fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4
        return central / (second - first**2) ** 2

    @property
    def alike(self) -> bool:
        return self.size > 0 and self.at(0) == self.at(self.size - 1)

    def own_means(self) -> list[float]:
        return [self._moments([r])[0] for r in self._some]

    def own_sds(self) -> list[float]:
        return [self._moments([r])[1] for r in self._some]

    def at(self, rank: int) -> float:
        return self._all.at(rank)

    def own_percentiles(self, percent: float) -> list[float]:
        return [one.percentile(percent) for one in self._own]

    def worst_mean(self, share: float, worst: Worst) -> float:
        return self._all.worst_mean(share, worst)

    def own_worst_means(self, share: float, worst: Worst) -> list[float]:
        return [one.worst_mean(share, worst) for one in self._own]

    def beyond_sd(self, limit: float, worst: Worst) -> float:
        value, number = self._all.tail(self.size, worst)
        beyond = np.maximum(limit - value if worst == "low" else value - limit, 0)
        mean = (beyond * number).sum() / self.size
        return sqrt(float(((beyond - mean) ** 2 * number).sum()) / self.size)

    def counts(self, side: Side, limit: float) -> list[int]:
        asked: Limit = ("<" if side == "<" else "<=", limit)
        if asked in self.stream.limits:
            column = self.stream.limits.index(asked)
            upto = [int(self.stream.upto[r, column]) for r in self._some]
        else:
            upto = [one.below(limit) for one in self._own]
        return [n - c for n, c in zip(self.trials, upto, strict=True)] if side == ">" else upto

    def examples(self, share: float = 1.0, worst: Worst = "low") -> Floats:
        few = self.stream.first
        if not few.size:  # none of the first was defined: what has come since, to within a cell
            value, number = self._all.tail(self.size, "low")
            few = np.repeat(value, np.minimum(number, FEW_OF_EACH).astype(np.intp))
        count = ceil(share * few.size)
        return few[:count] if worst == "low" else few[few.size - count :]

    @cached_property
    def _atoms(self) -> dict[int, float]:
        return atoms(self.stream)

    @cached_property
    def _all(self) -> Cells:
        return Cells(self.stream, slice(None), self._atoms)

    @cached_property
    def _own(self) -> list[Cells]:
        return [Cells(self.stream, slice(r, r + 1), self._atoms) for r in self._some]

    def _power(self, replicates: list[int], power: int) -> float:
        """The mean of the distances from the origin to a power, in units."""
        sums = chain(*(self.stream.sums[r][power - 1] for r in replicates))
        size: int = sum(self._sizes[r] for r in replicates)
        return fsum(sums) / size

    def _moments(self, replicates: list[int]) -> tuple[float, float]:
        """Mean and standard deviation."""
        first, second = self._power(replicates, 1), self._power(replicates, 2)
        spread = sqrt(max(second - first**2, 0.0))
        return self.stream.origin + first * self.stream.unit, spread * self.stream.unit


def atoms(stream: Stream) -> dict[int, float]:
    """Cells in which the first values are all one and the same, and which."""
    rising, place = stream.first, stream.cells_of(stream.first)
    inside = (place >= 0) & (place < CELLS)
    rising, place = rising[inside], place[inside]
    begin = np.flatnonzero(np.diff(place, prepend=-1))  # cells rise as the values do
    end = np.flatnonzero(np.diff(place, append=CELLS))
    same = (end > begin) & (rising[begin] == rising[end])
    return dict(zip(place[begin[same]].tolist(), rising[begin[same]].tolist(), strict=True))


def _ones(values: Floats) -> Floats:
    return np.ones(values.size)
