"""Jumps between values that lie apart: by those a mean can be off that replicates agree on."""

from __future__ import annotations

from math import inf

import numpy as np

from simulator.result.cells import Floats, into_cells

FEW = 64  # so many values are few; one jump of many stands out if it is such a part of the span
CELLS = 4 * FEW
THIN = 4_096
"""So many values, evenly taken, mostly show that there are many."""


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
    cell, (counts,) = into_cells(values, lowest, scale, CELLS + 1)
    filled = np.flatnonzero(counts)
    if filled.size <= FEW and np.unique(values[:THIN]).size <= FEW:
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


def one_by_one(values: Floats, replicates: int) -> float:
    """The same with all values sorted."""
    steps = np.diff(np.sort(values))
    span = float(np.ptp(values))
    if np.count_nonzero(steps) < min(FEW, values.size / replicates):
        return span
    inner = steps[replicates - 1 : values.size - replicates]
    return float(inner[inner >= span / FEW].sum())
