"""The chance of a normal score and the height of the bell curve there, both from one look.

Between two of many points of the table the curve is a straight line, whose sum is a parabola:

    Φ(c + d) = Φ(c) + φ(c) d (1 - c d / 2),    φ(c + d) = φ(c) (1 - c d),    as φ' (c) = -c φ(c).

That takes a third less time than `normal_table` and an exponential, where a chance need not be
exact to more than a billionth of 1.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from distributions.special import ndtr

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.int64]

FARTHEST = 6
"""Scores beyond are as good as certain: the chance is less than 1e-9 from 0 or 1."""
_PER_UNIT = 512
"""Points in a unit of z: the next term of Φ, φ(c) (c² - 1) d³ / 6, is 6e-11 at most."""
_TO_POINTS = 1.5 * 2.0**52 / _PER_UNIT
"""Added to z, it leaves the nearest point in the last bits of the float."""
_FIRST = np.array([_TO_POINTS - FARTHEST]).view(np.int64)[0]


class NormalCurve:
    """Φ(z) and φ(z) of vectors of at most `size` scores, worked out in vectors of its own.

    The chance is wrong by less than 1e-10, the height by 2e-7 of its largest. Beyond ±6 the chance
    is that of ±6, so wrong by less than 1e-9, and the height 0.

    >>> curve, z = NormalCurve(3), np.array([0.0, 1.959963984540054, -np.inf])
    >>> height = np.empty(3)
    >>> curve.dense(z, height).round(8).tolist(), height.round(6).tolist()
    ([0.5, 0.975, 0.0], [0.398942, 0.058445, 0.0])
    """

    def __init__(self, size: int) -> None:
        self._points, self._off = np.empty(size), np.empty(size)
        self._cells, self._height = np.empty(size, np.int64), np.empty(size)

    def chance(self, z: Floats) -> Floats:
        """Φ(z), in the place of `z`."""
        return self.dense(z, self._height[: z.size], chance_only=True)

    def dense(self, z: Floats, height: Floats, chance_only: bool = False) -> Floats:
        """Φ(z), in the place of `z`; φ(z) is put into `height`, unless that only serves to work."""
        size = z.size
        point, off, cell = self._points[:size], self._off[:size], self._cells[:size]
        chances, heights = _table()
        np.clip(z, -FARTHEST, FARTHEST, out=z)
        np.add(z, _TO_POINTS, out=point)
        np.subtract(point.view(np.int64), _FIRST, out=cell)
        point -= _TO_POINTS
        np.subtract(z, point, out=off)
        # mode="clip" spares numpy a check: every point is known to exist
        np.take(heights, cell, out=height, mode="clip")
        np.take(chances, cell, out=z, mode="clip")
        point *= off  # c d
        off *= height  # φ(c) d
        z += off
        if not chance_only:
            np.multiply(point, height, out=self._height[:size])
            height -= self._height[:size]
        point *= 0.5
        off *= point
        z -= off
        return z


@cache
def _table() -> tuple[Floats, Floats]:
    """Φ and φ at the points from -FARTHEST to FARTHEST."""
    points = np.arange(2 * FARTHEST * _PER_UNIT + 1) / _PER_UNIT - FARTHEST
    heights = np.exp(-points * points / 2) / np.sqrt(2 * np.pi)
    heights[[0, -1]] = 0.0  # there scores are put that lie anywhere beyond
    return ndtr(points), heights
