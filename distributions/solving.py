"""The equations behind intervals: two parameters from P5 and P95.

Each is solved as one root inside another. For a given width the location at which P5 is right is
unique, because the chance below a point falls as the location rises; with P5 held, P95 moves one way
with the width. `brentq` needs no derivatives and cannot leave its bracket.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

_FAR = 37.0  # sds beyond which the normal tail is no longer a number


class Unreachable(Exception):
    """No member of the family has these percentiles within these bounds."""


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """A root between `low` and `high`; Unreachable if the function has one sign there."""
    from scipy.optimize import brentq

    at_low, at_high = function(low), function(high)
    if at_low == 0 or at_high == 0:
        return low if at_low == 0 else high
    if not at_low * at_high < 0:
        raise Unreachable
    return float(brentq(function, low, high, xtol=1e-15, rtol=1e-15, maxiter=500))


def _excess(below: float, above: float, share: float) -> float:
    """How far a chance, given with its complement, exceeds `share`, in log odds."""
    odds = np.log(max(below, 1e-300)) - np.log(max(above, 1e-300))
    return float(odds - special.logit(share))


def beta_shapes(low: float, high: float) -> tuple[float, float]:
    """The a and b of the beta on 0..1 with P5 = `low` and P95 = `high`; there always is one.

    The outer unknown is the logarithm of a + b, the inner one that of a/b.
    """
    reach = 60 + abs(float(special.logit(low))) + abs(float(special.logit(high)))

    def shapes(size: float, odds: float) -> tuple[float, float]:
        total = np.exp(size)
        return total * float(special.expit(odds)), total * float(special.expit(-odds))

    def excess(size: float, odds: float, x: float, share: float) -> float:
        a, b = shapes(size, odds)
        return _excess(float(special.betainc(a, b, x)), float(special.betainc(b, a, 1 - x)), share)

    def odds_of(size: float) -> float:
        return _root(lambda odds: excess(size, odds, low, 0.05), -reach, reach)

    size = _root(lambda size: excess(size, odds_of(size), high, 0.95), -8.0, 40.0)
    return shapes(size, odds_of(size))


def gamma_parameters(low: float, high: float) -> tuple[float, float]:
    """Shape and scale of the gamma with P5 = `low` and P95 = `high`."""
    wanted = np.log(high / low)

    def excess(log_shape: float) -> float:
        shape = np.exp(log_shape)
        ends = special.gammaincinv(shape, [0.05, 0.95])
        return float(np.log(ends[1]) - np.log(ends[0]) - wanted) if ends[0] > 0 else np.inf

    shape = float(np.exp(_root(excess, np.log(0.005), np.log(1e15))))
    return shape, low / float(special.gammaincinv(shape, 0.05))
