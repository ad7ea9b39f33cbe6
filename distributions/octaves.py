"""Cells of probabilities: octaves of v = min(u, 1 - u), each cut into equal parts.

Tails are as finely resolved as the middle, and the cell is read from the bits of the float v: its
exponent numbers the octave, the first bits of its fraction the part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Octaves:
    """The cells from v = 2**-(count + 1) up to v = 1/2, which is a cell of its own.

    >>> octaves = Octaves(count=2, bits=1)
    >>> octaves.lower().tolist(), octaves.widths().tolist()
    ([0.125, 0.1875, 0.25, 0.375, 0.5], [0.0625, 0.0625, 0.125, 0.125, 0.0])
    >>> v, cell = np.array([0.1, 0.125, 0.2, 0.499, 0.5]), np.empty(5, np.int64)
    >>> octaves.cells(v, cell), cell.tolist()
    (True, [-1, 0, 1, 3, 4])
    """

    count: int
    bits: int
    """Of the fraction, that number the parts of an octave."""

    def lower(self) -> Floats:
        """The lower ends of all cells."""
        parts = 1 << self.bits
        octave = 1.0 + np.arange(parts) / parts
        powers = 2.0 ** np.arange(-self.count - 1, -1)
        return np.append((powers[:, None] * octave).ravel(), 0.5)

    def widths(self) -> Floats:
        """How wide the cells are; that of 1/2 alone has no width."""
        return np.append(np.diff(self.lower()), 0.0)

    def cells(self, v: Floats, cell: Cells) -> bool:
        """Put the cell of each of `v` into `cell`; True where some lie below all, as negatives."""
        fraction = 52 - self.bits
        np.right_shift(v.view(np.int64), fraction, out=cell)
        # the exponent of 2**-(count + 1), as floats write it
        cell -= (1022 - self.count) << self.bits
        return bool(cell.min() < 0)
