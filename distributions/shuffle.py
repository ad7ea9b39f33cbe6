"""An order for any number of cells, computed where it is asked for and never held.

`Shuffle` is a bijection of 0 .. cells - 1. It mixes the b bits of a number, 2^b being the next
power of two: five times it adds a key, multiplies by an odd number and folds the upper half of the
bits onto the lower one, each of which can be undone. What falls beyond the last cell is mixed again
until it does not (cycle walking: J. Black and P. Rogaway, "Ciphers with arbitrary finite domains",
2002): some two mixings a number at worst. Four rounds would leave lags of the order correlated in
the mean over many keys; five do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from distributions.errors import EstimateError

Words = npt.NDArray[np.unsignedinteger[Any]]
"""Whole numbers of 32 bits where the cells are so few, else of 64."""

_ODD = (
    0x9E3779B97F4A7C15,
    0xBF58476D1CE4E5B9,
    0x94D049BB133111EB,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
)
"""The golden ratio and multipliers of well-known hashes: odd, with bits set all over."""
KEYS = len(_ODD)
MOST_CELLS = 2**53


@dataclass(frozen=True, eq=False)
class Shuffle:
    """A bijection of the numbers 0 .. `cells` - 1, picked by random `keys` (five of 64 bits).

    >>> order = Shuffle(5, np.array([1, 2, 3, 4, 5], dtype=np.uint64))
    >>> sorted(order(0, 5).tolist())
    [0, 1, 2, 3, 4]
    """

    cells: int
    keys: npt.NDArray[np.uint64]

    def __post_init__(self) -> None:
        if not 1 <= self.cells <= MOST_CELLS:
            raise EstimateError(
                f"{self.cells} cells cannot be shuffled",
                f"ask for at least 1, at most {MOST_CELLS}",
            )

    def __call__(self, first: int, count: int) -> Words:
        """The cells of the numbers `first` .. `first + count - 1`, all below `cells`."""
        placed: Words = np.arange(first, first + count, dtype=np.uint64)
        if self.cells <= 2**32:
            placed = placed.astype(np.uint32)
        last = placed.dtype.type(self.cells - 1)
        self._mix(placed)
        beyond = np.flatnonzero(placed > last)
        while beyond.size:
            again = placed[beyond]
            self._mix(again)
            placed[beyond] = again
            beyond = beyond[again > last]
        return placed

    def _mix(self, number: Words) -> None:
        """Mix in place; every step is a bijection of the numbers of b bits."""
        word = number.dtype.type
        bits = max(1, (self.cells - 1).bit_length())
        mask, fold = word(2**bits - 1), word((bits + 1) // 2)
        folded = np.empty_like(number)
        for key, odd in zip(self.keys, _ODD, strict=True):
            number += word(int(key) & int(mask))
            number *= word(odd & int(mask))  # odd stays odd: its lowest bit is kept
            number &= mask
            np.right_shift(number, fold, out=folded)
            number ^= folded
