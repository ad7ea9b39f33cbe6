"""Jumps between values that lie apart: by those a mean can be off that replicates agree on."""

from __future__ import annotations

from math import inf

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FEW = 64  # so many values are few; one jump of many stands out if it is such a part of the span
CELLS = 4 * FEW
CHUNK = 16_384
"""Values put in cells together: what they need stays in the processor's cache."""
ONE = np.int64(1)


def jumps(values: Floats, replicates: int) -> float:
    """The jumps between the values, by which their mean is off where chances are off by 1.

    The mean is the lowest value plus each jump times the chance of passing it. Of a few values,
    each found in every replicate, all jumps count. Of many only those that stand out and have
    trials enough on either side: the small ones even out, and show in the replicates.

    >>> jumps(np.array([1.0, 2.0, 5.0] * 8), replicates=2)
    4.0
    """
    lowest, span = float(values.min()), float(np.ptp(values))
    scale = CELLS / span if span else inf
    if not 0 < scale < inf:
        return one_by_one(values, replicates)
    # No need to sort: a jump that stands out leaves three cells empty, and few are.
    cell, counts = _cells(values, lowest, scale)
    filled = np.flatnonzero(counts)
    if filled.size <= FEW:
        return one_by_one(values, replicates)
    below = np.cumsum(counts)[filled[:-1]]
    inside = (below >= replicates) & (below <= values.size - replicates)
    wide = np.flatnonzero((np.diff(filled) >= 3) & inside)
    steps = np.array(
        [
            values[np.flatnonzero(cell == filled[i + 1])].min()
            - values[np.flatnonzero(cell == filled[i])].max()
            for i in wide
        ]
    )
    return float(steps[steps >= span / FEW].sum())


def _cells(
    values: Floats, lowest: float, scale: float
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int64]]:
    """The cell of each value, and how many values each cell has."""
    found, counts = np.empty(values.size, np.uint16), np.zeros(CELLS + 1, np.int64)
    places, cells = np.empty(CHUNK), np.empty(CHUNK, np.intp)
    for start in range(0, values.size, CHUNK):
        some = values[start : start + CHUNK]
        place, cell = places[: some.size], cells[: some.size]
        np.subtract(some, lowest, out=place)
        place *= scale
        np.copyto(cell, place, casting="unsafe")
        np.add.at(counts, cell, ONE)
        found[start : start + CHUNK] = cell
    return found, counts


def one_by_one(values: Floats, replicates: int) -> float:
    """The same with all values sorted."""
    steps = np.diff(np.sort(values))
    span = float(np.ptp(values))
    if np.count_nonzero(steps) < min(FEW, values.size / replicates):
        return span
    inner = steps[replicates - 1 : values.size - replicates]
    return float(inner[inner >= span / FEW].sum())
