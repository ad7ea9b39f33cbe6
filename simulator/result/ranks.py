"""Spearman's rank correlation of every input with net present value, from grades in cells.

A grade is a rank as a share of all: of a draw it is the uniform number that the draw was read from.
Grades are whole numbers of 2^-11, so that their sums are exact and come out the same in any order,
and two of them can be added up at once, one of them far to the left in the same float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

from simulator.result.cells import MOST, Cells, Floats
from simulator.result.chances import around, between
from simulator.result.outcome import Measured
from simulator.result.places import Places
from simulator.result.stream import product

CELLS = 1_024
FINE = 2**11
TOGETHER = 2**14
"""So many trials are added up at a time."""
FAR = 2.0**26
"""Sums of so many grades are less, at most half of it, and FAR times as much is still exact."""
EXACTLY = 8_192
"""Vectors no longer are ranked value by value."""
MOST_RANKED = 131_072


class RankSums:
    """Sums of the grades of `inputs` by cell of net present value, of which some are `like` these.

    Within a cell values share their mean rank: that moves a correlation by some 1e-4 at most.

    >>> npv = np.array([0.5, 1.5, 2.5, 3.5])
    >>> sums = RankSums(["a"], replicates=1, like=npv)
    >>> sums.add(0, npv, {"a": np.array([0.2, 0.4, 0.6, 0.8])})
    >>> round(sums.measured()["a"].value, 3)
    1.0
    """

    def __init__(self, inputs: Sequence[str], replicates: int, like: Floats) -> None:
        self.inputs = tuple(inputs)
        self.places = Places.of(like, CELLS)
        self.counts = np.zeros((replicates, CELLS), np.int64)
        self.sums = np.zeros((len(inputs), replicates, CELLS))
        self.squares = np.zeros((len(inputs), replicates))

    def add(self, replicate: int, npv: Floats, grades: Mapping[str, Floats]) -> None:
        """Add some trials of one replicate: their values, and the grade of each input there."""
        for start in range(0, npv.size, TOGETHER):
            here = slice(start, start + TOGETHER)
            cell = self.places.cells_of(npv[here])
            self.counts[replicate] += np.bincount(cell, minlength=CELLS)
            for first in range(0, len(self.inputs), 2):
                pair = self.inputs[first : first + 2]
                self._add(replicate, cell, first, [grades[name][here] for name in pair])

    def _add(
        self, replicate: int, cell: npt.NDArray[np.intp], first: int, grades: Sequence[Floats]
    ) -> None:
        """Add the grades of one input or of two, the `first` and the one after it."""
        wholes = []
        for row, grade in enumerate(grades, first):
            whole = np.multiply(grade, FINE)
            wholes.append(np.rint(whole, out=whole))
            self.squares[row, replicate] += product(whole, whole)
        if len(wholes) == 1:
            self.sums[first, replicate] += np.bincount(cell, wholes[0], CELLS)
            return
        near, far = wholes
        far *= FAR
        far += near
        both = np.bincount(cell, far, CELLS)
        of_far = np.floor(both / FAR)
        self.sums[first, replicate] += both - of_far * FAR
        self.sums[first + 1, replicate] += of_far

    def merge(self, other: RankSums) -> None:
        """Add what another has added up, of the same inputs and cells."""
        self.counts += other.counts
        self.sums += other.sums
        self.squares += other.squares

    def measured(self, level: float = 0.95) -> dict[str, Measured]:
        """The rank correlation of each input with its interval; None where one does not vary.

        The interval is that of the replicates; of independent trials the normal one with the
        standard error √((1 - ρ²)² (1 + ρ²/2) / (n - 3)) of D. G. Bonett and T. A. Wright,
        Psychometrika 65 (2000) 23-28, on Fisher's scale brought back.
        """
        pooled = self.counts.sum(axis=0)
        ranks = np.cumsum(pooled) - pooled / 2  # the mean rank of each cell, among all trials
        trials = [int(count) for count in self.counts.sum(axis=1)]
        found = {}
        for name, sums, squares in zip(self.inputs, self.sums, self.squares, strict=True):
            value = _correlation(pooled, sums.sum(axis=0), float(squares.sum()), ranks)
            own = [
                _correlation(counts, part, float(square), ranks)
                for counts, part, square in zip(self.counts, sums, squares, strict=True)
                if counts.any()
            ]
            found[name] = _measured(value, own, [n for n in trials if n], level)
        return found


def _correlation(
    counts: npt.NDArray[np.int64], sums: Floats, square: float, ranks: Floats
) -> float:
    """Of grades with these sums in the cells, and `square` in all, with the ranks of the cells."""
    trials = counts.sum()
    centred = ranks - (counts * ranks).sum() / trials
    variance = square / trials - (sums.sum() / trials) ** 2
    spread = sqrt(max(float((counts * centred**2).sum() / trials * variance), 0.0))
    return float((sums * centred).sum() / trials) / spread if spread else float("nan")


def _measured(value: float, own: list[float], trials: list[int], level: float) -> Measured:
    if value != value:
        return Measured(None, None, None)
    size = sum(trials)
    if len(trials) > 1:
        ends = between(value, own, trials, level)
    elif size > 3 and abs(value) < 1:
        error = sqrt((1 + value**2 / 2) / (size - 3))
        low, high = around(float(np.arctanh(value)), error, size, level)
        ends = float(np.tanh(low)), float(np.tanh(high))
    else:
        ends = None
    if ends is None or any(end != end for end in ends):
        return Measured(value, None, None)
    return Measured(value, max(ends[0], -1.0), min(ends[1], 1.0))


def rank_sums(inputs: Mapping[str, Floats], npv: Floats, replicates: int) -> RankSums:
    """The sums of kept values, one a trial and replicate by replicate.

    >>> npv, price = np.arange(8.0), np.array([1, 2, 3, 4, 5, 6, 8, 7.0])
    >>> round(rank_sums({"price": price}, npv, 1).measured()["price"].value, 3)
    0.976
    """
    sums = RankSums(list(inputs), replicates, npv)
    size = npv.size // replicates
    place, counts = sums.places.counted(npv, [size] * replicates)
    sums.counts += counts
    # one input after the other, so that the grades of its cells stay at hand
    for values, of_cells, squares in zip(inputs.values(), sums.sums, sums.squares, strict=True):
        grade_of, cell = _grades(values)
        fine = np.rint(grade_of * FINE)
        for replicate in range(replicates):
            here = slice(replicate * size, (replicate + 1) * size)
            grades = _read(fine, cell[here])
            of_cells[replicate] += np.bincount(place[here], weights=grades, minlength=CELLS)
            squares[replicate] += product(grades, grades)
    return sums


def grade(values: Floats) -> Floats:
    """The rank of each value as a share of all; values in one of many cells share their mean.

    >>> grade(np.array([30.0, 10.0, 20.0, 20.0])).tolist()
    [0.875, 0.125, 0.5, 0.5]
    """
    return _read(*_grades(values))


def _grades(values: Floats) -> tuple[Floats, Cells]:
    """The grade of each of many cells, and the cell of each value."""
    cell, (counts,) = Places.of(values, MOST).counted(values, [values.size])
    upto = np.cumsum(counts, dtype=np.int64)
    return (upto - counts / 2) / values.size, cell


def _read(grade_of: Floats, cell: Cells) -> Floats:
    return np.take(grade_of, cell, mode="clip")  # spares a check: every cell is known to exist


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation; equal values share their mean rank, of many those in a cell.

    Of long vectors the first so many values are taken as tell it to 0.003; every so many-th would
    be a poor choice of Sobol' points.

    >>> rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 30.0, 20.0]))
    0.5
    """
    one, other = (_ranks(values[:MOST_RANKED]) for values in (a, b))
    spread = sqrt(product(one, one) * product(other, other))
    return product(one, other) / spread if spread else float("nan")


def _ranks(values: Floats) -> Floats:
    """The rank of each value, less the mean rank; of many as a share, and to within a cell."""
    if values.size > EXACTLY:
        return grade(values) - 0.5
    order = np.argsort(values)
    rising = values[order]
    if (rising[1:] == rising[:-1]).any():
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        return np.asarray((np.cumsum(counts) - counts / 2 - values.size / 2)[inverse], np.float64)
    ranks = np.empty(values.size)
    ranks[order] = np.arange(values.size) - (values.size - 1) / 2
    return ranks
