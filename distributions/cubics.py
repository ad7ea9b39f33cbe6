"""Functions read from a table of cubics: one row of four coefficients for each cell of their range.

A row holds the polynomial in x itself, c0 + c1 x + c2 x² + c3 x³, the constant first. That costs
no digits where the cells are narrow beside the scale on which the function bends (each term is
then of the size of the function's own variation), and it spares the place within the cell. The
four stand side by side, so that one look fetches all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.int64]

CHUNK = 16_384
"""Values read together: what they need stays in the processor's cache."""
NODES = (0.0, 0.25, 0.75, 1.0)
"""Where in a cell the cubic meets the function: at both ends, so that cells join."""


class Scratch(threading.local):
    """Vectors for one chunk, made once in each thread."""

    def __init__(self) -> None:
        self.x, self.y = np.empty((2, CHUNK))
        self.cell = np.empty(CHUNK, np.int64)
        self.upper = np.empty(CHUNK, np.bool_)
        self.rows = np.empty((CHUNK, 4))

    def vectors(self, size: int) -> tuple[Floats, Floats, Cells]:
        """Two vectors of numbers and one of cells, as short as a chunk."""
        return self.x[:size], self.y[:size], self.cell[:size]


scratch = Scratch()


def cubics(lower: Floats, width: Floats, function: Callable[[Floats], Floats]) -> Floats:
    """The rows (cells, 4) of the cubics through a function at the NODES of each cell.

    Found in t, the place within the cell, and written out in x = lower + width t.

    >>> cubics(np.array([2.0]), np.array([0.5]), lambda x: x**3).round(9).tolist()
    [[0.0, 0.0, 0.0, 1.0]]
    """
    return through(np.array([function(lower + node * width) for node in NODES]), lower, width)


def through(values: Floats, lower: Floats, width: Floats) -> Floats:
    """The rows (cells, 4) of the cubics through `values` (4, cells), one row of them to a node."""
    at_0, *others = values
    d1, d2, d3 = (other - at_0 for other in others)
    # the cubic through (0, 0), (1/4, d1), (3/4, d2) and (1, d3)
    c1 = (24 * d1 - 8 * d2 + 3 * d3) / 3
    c2 = (-56 * d1 + 40 * d2 - 16 * d3) / 3
    c3 = (32 * d1 - 32 * d2 + 16 * d3) / 3
    return written_out(np.array([at_0, c1, c2, c3]), lower, width)


def written_out(coefficients: Floats, lower: Floats, width: Floats) -> Floats:
    """Rows (cells, 4) in x of cubics whose `coefficients` (4, cells) are those in t.

    >>> written_out(np.array([[8.0], [6.0], [1.5], [0.125]]), np.array([2.0]), np.array([0.5]))
    array([[0., 0., 0., 1.]])
    """
    steps = np.where(width == 0, 1.0, width)  # a cell of one point is a constant
    c0 = coefficients[0]
    c1, c2, c3 = coefficients[1:] / np.array([steps, steps**2, steps**3])
    return np.stack(
        [
            c0 - lower * (c1 - lower * (c2 - lower * c3)),
            c1 - lower * (2 * c2 - 3 * lower * c3),
            c2 - 3 * lower * c3,
            c3,
        ],
        axis=1,
    )


def evaluate(rows: Floats, cell: Cells, x: Floats, out: Floats) -> None:
    """Put the cubics of the cells at `x` into `out`, which is another array than `x`."""
    found = scratch.rows[: len(x)]
    # mode="clip" spares numpy a check: every cell is known to exist
    np.take(rows, cell, axis=0, out=found, mode="clip")
    np.multiply(found[:, 3], x, out=out)
    for power in (2, 1):
        out += found[:, power]
        out *= x
    out += found[:, 0]


def chunks(x: Floats, out: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Stretches of two vectors of one length, few enough values each."""
    for start in range(0, len(x), CHUNK):
        here = slice(start, start + CHUNK)
        yield x[here], out[here]
