"""Cells by which values are ranked: equally wide, or where that would crowd them, equally full.

A few of the values tell. Those of a long tail are so far apart that nearly all others would share a
cell of equal width; then the cells follow the ranks of the few, at the price of a search for each
value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.result.cells import Cells, Counts, Floats, into_cells

THIN = 4_096
"""The first so many values tell where cells are worth having: of Sobol' points they lie evenly,
which every so many-th of them does not."""
FAR = 1_000
"""One in so many of them lies far out, at either end."""
LOOKED_AT = 1_024
CROWDED = 0.02
"""So large a share of the few, if they differ, must not share one of the cells LOOKED_AT."""
KNOTS = 512
"""Cells of equal number are told by so many of the few."""


@dataclass(frozen=True, eq=False)
class Places:
    """So many `cells` from `low` on; of the values as they are, or of their place among `knots`.

    >>> places = Places.of(np.array([1.0, 2.0, 3.0, 4.0]), cells=4)
    >>> places.cells_of(np.array([0.0, 1.5, 2.0, 9.0])).tolist()
    [0, 0, 1, 3]
    """

    cells: int
    low: float
    per_unit: float
    knots: Floats | None

    @classmethod
    def of(cls, values: Floats, cells: int) -> Places:
        """Cells for values like these: (many,), numbers."""
        few = np.sort(values[:THIN])
        different = few[np.flatnonzero(np.diff(few, prepend=-np.inf))]
        if different.size < 2:  # so far: what is rare may not have come
            return cls._of_rare(values, cells)
        low, high = range_of(few)
        looked_at = np.clip((different - low) * (LOOKED_AT / (high - low)), 0, LOOKED_AT - 1)
        together = np.bincount(looked_at.astype(np.intp)).max()
        if together <= max(CROWDED * different.size, 1):
            return cls(cells, low, (cells - 1) / (high - low), None)
        return cls._by_knots(different, cells)

    @classmethod
    def _of_rare(cls, values: Floats, cells: int) -> Places:
        """Where the first values are all alike: cells for all that differ, or are yet to come."""
        different = np.unique(values)
        if different.size == 1:
            different = np.nextafter(different[0], (-np.inf, different[0], np.inf))
        return cls._by_knots(different, cells) if different.size else cls(cells, 0.0, 0.0, None)

    @classmethod
    def _by_knots(cls, different: Floats, cells: int) -> Places:
        ranks = np.linspace(0, different.size - 1, min(KNOTS, different.size)).astype(np.intp)
        return cls(cells, 0.0, (cells - 1) / (ranks.size - 1), different[ranks])

    def cells_of(self, values: Floats) -> npt.NDArray[np.intp]:
        """The cell of each value."""
        place = np.subtract(self._even(values), self.low)
        place *= self.per_unit
        return np.clip(place, 0, self.cells - 1, out=place).astype(np.intp)

    def counted(self, values: Floats, sizes: Sequence[int]) -> tuple[Cells, Counts]:
        """The same, and how many values of each part lie in each cell: see `into_cells`."""
        return into_cells(self._even(values), self.low, self.per_unit, self.cells, sizes)

    def _even(self, values: Floats) -> Floats:
        if self.knots is None:
            return values
        return np.asarray(np.interp(values, self.knots, np.arange(float(self.knots.size))))


def range_of(few: Floats) -> tuple[float, float]:
    """Where most of the rising values lie: those in a long tail share the last cell."""
    far = few.size // FAR
    low, high = float(few[far]), float(few[few.size - 1 - far])
    if low == high:
        return float(few[0]), float(few[-1])
    width = high - low
    return max(low - width, float(few[0])), min(high + width, float(few[-1]))
