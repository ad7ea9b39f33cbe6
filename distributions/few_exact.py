"""Quantiles at very many probabilities from few exact ones and the density there.

A quantile of a beta or gamma is found by search, a microsecond each; its slope costs next to
nothing, as dQ/dv = 1 / f(Q) with f the density. So quantiles and slopes are computed at a few
points to an octave of v, and between them stands the polynomial of degree 7 that has both at the
two points on either side (Hermite's). It errs by h^8 Q^(8) / 127,000 at most, h being the distance
of the points in log v: of a smooth distribution by some 1e-12 in probability.

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

AN_OCTAVE = 16
"""Exact quantiles to an octave of v."""
_AROUND = (-1, 0, 1, 2)
"""The points that a polynomial meets, counted from the last one below v."""


class Between(NamedTuple):
    """Where some v (n,) lie between the exact points, and how the four around each weigh there.

    The same for every distribution: made once by `between`.
    """

    exact: Floats
    """The points at which quantiles are computed exactly, rising."""
    near: Points
    """(4, n): the points around each v."""
    weights: Floats
    of_values: Floats
    of_slopes: Floats
    """(4, n) each."""


def between(v: Floats, lowest: float) -> Between:
    """The place of each of `v` (n,), which lie from `lowest` to 1/2."""
    first = floor(AN_OCTAVE * log2(lowest)) - 1
    exact = 2.0 ** (np.arange(first, -AN_OCTAVE + 3) / AN_OCTAVE)
    place = np.log2(v) * AN_OCTAVE - first
    before = np.clip(place.astype(np.intp), 1, len(exact) - 3)
    t = place - before
    weights, of_values, of_slopes = np.empty((3, len(_AROUND), len(v)))
    for row, i in enumerate(_AROUND):
        others = [j for j in _AROUND if j != i]
        bend = 2 * sum(1 / (i - j) for j in others)
        weights[row] = prod((t - j) / (i - j) for j in others) ** 2
        of_values[row] = 1 - bend * (t - i)
        of_slopes[row] = t - i
    return Between(exact, before + np.array(_AROUND)[:, None], weights, of_values, of_slopes)


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
    rise = slope(exact) * at.exact * (log(2) / AN_OCTAVE)  # from one point to the next
    result: Floats = np.zeros(at.near.shape[1])
    for near, weight, of_value, of_slope in zip(*at[1:], strict=True):
        result += weight * (of_value * exact[near] + of_slope * rise[near])
    return result
