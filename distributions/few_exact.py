"""Quantiles at very many probabilities from few exact ones and the density there.

A quantile of a beta or gamma is found by search, a microsecond each; its slope costs next to
nothing, as dQ/dv = 1 / f(Q) with f the density. So quantiles and slopes are computed at a few
points to an octave of v, and between them stands the polynomial of degree 7 that has both at the
two points on either side (Hermite's). It errs by h^8 Q^(8) / 127,000 at most, h being the distance
of the points in log v: of a smooth distribution by some 1e-12 in probability. Towards 0 a quantile
is ever nearer to a power of v or to a straight line in log v, and fewer points do.

Source: R. L. Burden and J. D. Faires, Numerical Analysis (9th ed. 2011), section 3.4.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log, log2, prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Points = npt.NDArray[np.intp]

AN_OCTAVE, IN_TAIL = 16, 8
"""Exact quantiles to an octave of v, and to one below TAIL."""
TAIL = 1 / 16
_AROUND = (-1, 0, 1, 2)
"""The points that a polynomial meets, counted from the last one below v."""


class Between(NamedTuple):
    """Where some v (n,) lie between the exact points, and how the four around each weigh there.

    The same for every distribution: made once by `between`.
    """

    exact: Floats
    """The points at which quantiles are computed exactly: of the tail, then of the middle."""
    steps: Floats
    """How far it is in log v from each of them to the next."""
    near: Points
    """(4, n): the points around each v."""
    weights: Floats
    of_values: Floats
    of_slopes: Floats
    """(4, n) each."""


def between(v: Floats, lowest: float) -> Between:
    """The place of each of `v` (n,), which lie from `lowest` to 1/2."""
    tail, before_in_tail, t_in_tail = _points(v, lowest, TAIL, IN_TAIL)
    middle, before_in_middle, t_in_middle = _points(v, TAIL, 0.5, AN_OCTAVE)
    before = np.where(v < TAIL, before_in_tail, len(tail) + before_in_middle)
    t = np.where(v < TAIL, t_in_tail, t_in_middle)
    weights, of_values, of_slopes = np.empty((3, len(_AROUND), len(v)))
    for row, i in enumerate(_AROUND):
        others = [j for j in _AROUND if j != i]
        bend = 2 * sum(1 / (i - j) for j in others)
        weights[row] = prod((t - j) / (i - j) for j in others) ** 2
        of_values[row] = 1 - bend * (t - i)
        of_slopes[row] = t - i
    return Between(
        exact=np.concatenate([tail, middle]),
        steps=log(2) / np.repeat([IN_TAIL, AN_OCTAVE], [len(tail), len(middle)]),
        near=before + np.array(_AROUND)[:, None],
        weights=weights,
        of_values=of_values,
        of_slopes=of_slopes,
    )


def _points(v: Floats, low: float, high: float, an_octave: int) -> tuple[Floats, Points, Floats]:
    """So many points to an octave, from two before `low` to two beyond `high`.

    Of each v the number of the last point below it, and the way from there to the next, 0 to 1.
    """
    first = floor(an_octave * log2(low)) - 1
    points = 2.0 ** (np.arange(first, an_octave * log2(high) + 3) / an_octave)
    place = np.log2(v) * an_octave - first
    before = np.clip(place.astype(np.intp), 1, len(points) - 3)
    return points, before, place - before


def few_exact(
    quantile: Callable[[Floats], Floats], slope: Callable[[Floats], Floats], at: Between
) -> Floats:
    """`quantile` of the v of `at` (n,); `slope` is dQ/dv where Q is its argument.

    >>> at = between(np.array([1e-4, 0.5]), 2.0**-20)
    >>> found = few_exact(lambda v: -np.log(v), lambda q: -np.exp(q), at)
    >>> bool(np.abs(found + np.log([1e-4, 0.5])).max() < 1e-12)
    True
    """
    exact = quantile(at.exact)
    rise = slope(exact) * at.exact * at.steps  # from one point to the next
    result: Floats = np.zeros(at.near.shape[1])
    for near, weight, of_value, of_slope in zip(
        at.near, at.weights, at.of_values, at.of_slopes, strict=True
    ):
        result += weight * (of_value * np.take(exact, near) + of_slope * np.take(rise, near))
    return result
