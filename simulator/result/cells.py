"""Values counted in cells of equal width: how they lie, without sorting them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int32]

MOST = 2**16
CHUNK = 16_384
"""Values put in cells together: what they need stays in the processor's cache."""
ONE = np.int32(1)


def into_cells(
    values: Floats,
    low: float,
    per_unit: float,
    cells: int,
    sizes: Sequence[int] | None = None,
) -> tuple[Cells, Counts]:
    """The cell of each value, of at most MOST, and how many values each cell has.

    The first cell begins at `low`, and there are so many `per_unit`; what lies beyond them is put
    in the first or the last one, what is no number in the last. Counts are (parts, cells), of parts
    of these `sizes` that follow each other, or of all values.

    >>> cell, counts = into_cells(np.array([0.1, 2.5, 0.7, 99.0]), 0.0, 1.0, 4, sizes=[2, 2])
    >>> cell.tolist(), counts.tolist()
    ([0, 2, 0, 3], [[1, 0, 1, 0], [1, 0, 0, 1]])
    """
    parts = [values.size] if sizes is None else sizes
    found = np.empty(values.size, np.uint16)
    counts = np.zeros((len(parts), cells), np.int32)
    numbers = not values.size or not np.isnan(values.min())
    places, chunk = np.empty(CHUNK), np.empty(CHUNK, np.intp)
    bounds = list(pairwise(np.cumsum((0, *parts)).tolist()))
    with np.errstate(over="ignore"):
        for first in range(0, values.size, CHUNK):
            some = values[first : first + CHUNK]
            place, cell = places[: some.size], chunk[: some.size]
            np.subtract(some, low, out=place)
            place *= per_unit
            place.clip(0, cells - 1, out=place)
            if not numbers:
                place[np.isnan(place)] = cells - 1
            np.copyto(cell, place, casting="unsafe")
            found[first : first + CHUNK] = cell
            for count, (start, end) in zip(counts, bounds, strict=True):
                if start < first + some.size and first < end:
                    np.add.at(count, cell[max(start - first, 0) : end - first], ONE)
    return found, counts
