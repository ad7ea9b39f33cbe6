"""The standard normal distribution by table: scores of chances and chances of scores.

What the copula needs several times in every trial. Both agree with the exact functions to some
1e-11 in probability, relatively too in the tails, and are exact where the tables end.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from distributions import special
from distributions.cubics import chunks, cubics, evaluate, scratch
from distributions.octaves import Octaves

Floats = npt.NDArray[np.float64]

_OCTAVES = Octaves(count=30, bits=7)
_PER_UNIT = 128
"""Cells in a unit of z."""
_WIDEST = 6
"""The table of chances ends at this |z|; one draw in 500 million lies beyond."""
_TO_CELLS = 1.5 * 2.0**52 / _PER_UNIT
"""Added to z, it leaves the nearest multiple of 1 / 128 in the last bits of the float."""
_FIRST = np.array([_TO_CELLS - _WIDEST]).view(np.int64)[0]
_LAST = 2 * _WIDEST * _PER_UNIT


def normal_score(u: npt.ArrayLike, out: Floats | None = None) -> Floats:
    """The z below which a standard normal lies with chance `u`, Φ⁻¹(u); any shape, 0 < u < 1.

    Φ of it is `u` to 1e-9 at most (some 1e-11 in fact), and relatively in both tails. The score of
    1 - u is minus that of u. `out`, contiguous and of the shape of `u`, is filled if given; it may
    be `u` itself.

    >>> normal_score([0.5, 0.975]).round(8).tolist()
    [0.0, 1.95996398]
    """
    chance = np.asarray(u, np.float64)
    result = np.empty(chance.shape) if out is None else out
    for few, found in chunks(chance.reshape(-1), result.reshape(-1)):
        _scores(few, found)
    return result


def normal_chance(z: npt.ArrayLike, out: Floats | None = None) -> Floats:
    """The chance that a standard normal lies below `z`, Φ(z); any shape.

    Wrong by 1e-11 at most, and in the lower tail by 1e-8 of the chance at most. `out`, contiguous
    and of the shape of `z`, is filled if given; it may be `z` itself.

    >>> normal_chance([0.0, 1.959963984540054, -np.inf]).round(9).tolist()
    [0.5, 0.975, 0.0]
    """
    score = np.asarray(z, np.float64)
    result = np.empty(score.shape) if out is None else out
    for few, found in chunks(score.reshape(-1), result.reshape(-1)):
        _chances(few, found)
    return result


@cache
def _score_table() -> Floats:
    """Minus the scores of v < 1/2, in which all are positive."""
    return cubics(_OCTAVES.lower(), _OCTAVES.widths(), lambda v: -special.ndtri(v))


@cache
def _chance_table() -> Floats:
    """Cell k lies around the k-th multiple of the width, half of it to either side."""
    middle = np.arange(_LAST + 1) / _PER_UNIT - _WIDEST
    width = 1 / _PER_UNIT
    return cubics(middle - width / 2, np.full(len(middle), width), special.ndtr)


def _scores(u: Floats, out: Floats) -> None:
    v, side, cell = scratch.vectors(len(u))
    np.subtract(1.0, u, out=v)
    np.minimum(v, u, out=v)
    np.subtract(u, 0.5, out=side)
    outside = _OCTAVES.cells(v, cell)
    if outside:
        beyond = np.flatnonzero(cell < 0)
        exact = special.ndtri(u[beyond])
    evaluate(_score_table(), cell, v, out)
    np.copysign(out, side, out=out)
    if outside:
        out[beyond] = exact


def _chances(z: Floats, out: Floats) -> None:
    x, y, cell = scratch.vectors(len(z))
    np.add(z, _TO_CELLS, out=y)
    np.subtract(y.view(np.int64), _FIRST, out=cell)
    outside = cell.view(np.uint64).max() > _LAST  # what lies below all cells is huge as unsigned
    if outside:
        beyond = np.flatnonzero(cell.view(np.uint64) > _LAST)
        exact = special.ndtr(z[beyond])
    np.copyto(x, z)  # `out` may be `z`
    evaluate(_chance_table(), cell, x, out)
    if outside:
        out[beyond] = exact
