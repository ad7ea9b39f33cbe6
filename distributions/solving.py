"""The equations behind intervals: two parameters from P5 and P95.

Each is solved as one root inside another. For a given width the location at which P5 is right is
unique, because the chance below a point falls as the location rises; with P5 held, P95 moves one
way with the width. The search needs no derivatives and cannot leave its bracket.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from distributions import special
from distributions.roots import root_between

_FAR = 37.0  # sds beyond which the normal tail is no longer a number


class Unreachable(Exception):
    """No member of the family has these percentiles within these bounds."""


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """A root between `low` and `high`; Unreachable if the function has one sign there."""
    try:
        return root_between(function, low, high)
    except ValueError:
        raise Unreachable from None


def _excess(below: float, above: float, share: float) -> float:
    """How far a chance, given with its complement, exceeds `share`, in log odds."""
    odds = np.log(max(below, 1e-300)) - np.log(max(above, 1e-300))
    return float(odds - special.logit(share))


def beta_shapes(low: float, high: float) -> tuple[float, float]:
    """The a and b of the beta on 0..1 with P5 = `low` and P95 = `high`; there always is one.

    The outer unknown is the logarithm of a + b (beyond e^34 scipy's beta is lost), the inner one
    that of a/b.
    """
    reach = 60 + abs(float(special.logit(low))) + abs(float(special.logit(high)))

    def shapes(size: float, odds: float) -> tuple[float, float]:
        total = np.exp(size)
        return total * float(special.expit(odds)), total * float(special.expit(-odds))

    def excess(size: float, odds: float, x: float, share: float) -> float:
        a, b = shapes(size, odds)
        below = float(special.betainc(a, b, x))
        above = 1 - below if below < 0.99 else float(special.betaincc(a, b, x))
        return _excess(below, above, share)

    def odds_of(size: float) -> float:
        return _root(lambda odds: excess(size, odds, low, 0.05), -reach, reach)

    size = _root(lambda size: excess(size, odds_of(size), high, 0.95), -8.0, 34.0)
    return shapes(size, odds_of(size))


def gamma_parameters(low: float, high: float) -> tuple[float, float]:
    """Shape and scale of the gamma with P5 = `low`, P95 = `high`; their ratio fixes the shape."""
    wanted = np.log(high / low)

    def excess(log_shape: float) -> float:
        ends = special.gammaincinv(np.exp(log_shape), np.array([0.05, 0.95]))
        return float(np.log(ends[1] / ends[0]) - wanted) if ends[0] > 0 else float("inf")

    shape = float(np.exp(_root(excess, float(np.log(0.005)), float(np.log(1e15)))))
    return shape, low / float(special.gammaincinv(shape, 0.05))


def cut_gamma_parameters(low: float, high: float, bottom: float, top: float) -> tuple[float, float]:
    """Shape and scale of the gamma whose P5 and P95, cut to `bottom`..`top`, are `low` and `high`.

    The outer unknown is the logarithm of the shape, the inner one that of the scale.
    """
    widest = float(np.log(1e6 * (top if np.isfinite(top) else high)))

    def excess(log_shape: float, log_scale: float, x: float, share: float) -> float:
        shape, points = np.exp(log_shape), np.array([bottom, x, top])
        if log_scale >= widest and np.isfinite(top):  # the exponential is gone: a power law
            upto = (points / top) ** shape
            below, above = np.diff(upto)
        else:
            upto = special.gammainc(shape, points / np.exp(log_scale))
            beyond = special.gammaincc(shape, points / np.exp(log_scale))
            # Differences of whichever chances are the smaller keep their digits.
            below, above = np.diff(upto) if upto[2] <= 0.5 else -np.diff(beyond)
        if not below + above > 0:  # all that can be computed lies beyond one of the bounds
            return -700.0 if upto[2] == 0 else 700.0
        return _excess(below / (below + above), above / (below + above), share)

    def scale_of(log_shape: float) -> float:
        narrowest = -float(np.log(np.exp(log_shape) / low + 700 / (low - bottom))) - 5
        if not excess(log_shape, widest, low, 0.05) < 0:
            return widest
        return _root(lambda scale: excess(log_shape, scale, low, 0.05), narrowest, widest)

    def is_enough(log_shape: float) -> bool:
        """Whether the shape is large enough to leave only 5 % below `low` at some scale."""
        return excess(log_shape, widest, low, 0.05) < 0

    first = _first(is_enough, float(np.log(1e-4)), float(np.log(1e12)))
    size = _root(lambda size: excess(size, scale_of(size), high, 0.95), first, float(np.log(1e12)))
    return float(np.exp(size)), float(np.exp(scale_of(size)))


def normal_above_parameters(low: float, high: float, bottom: float) -> tuple[float, float]:
    """mu and sigma of the normal whose P5 and P95, cut below `bottom`, are `low` and `high`.

    With the cut z sds above the mean, P5 and P95 lie a(z) - z and b(z) - z sds above the cut; their
    ratio grows from 1 to 58.4, that of an exponential, and fixes z.
    """
    wanted = (high - bottom) / (low - bottom)

    def reach(z: float) -> tuple[float, float]:
        beyond = float(special.ndtr(-z))
        return (
            -float(special.ndtri(0.95 * beyond)) - z,
            -float(special.ndtri(0.05 * beyond)) - z,
        )

    def excess(z: float) -> float:
        near, far = reach(z)
        return float(np.log(far / near) - np.log(wanted))

    z = _root(excess, -10 - 4 / (wanted - 1), _FAR)
    sigma = (low - bottom) / reach(z)[0]
    return bottom - sigma * z, sigma


def normal_between_parameters(
    low: float, high: float, bottom: float, top: float
) -> tuple[float, float]:
    """mu and sigma of the normal whose P5 and P95, cut to `bottom`..`top`, are `low` and `high`.

    The outer unknown is the logarithm of the width w of the range in sds, the inner one the place z
    of its bottom in sds from the mean.
    """
    near, far = (low - bottom) / (top - bottom), (high - bottom) / (top - bottom)

    def part(u: float, z: float, w: float) -> float:
        """The quantile of u as a part of the range."""
        if z + w / 2 < 0:
            return 1 - part(1 - u, -z - w, w)
        first, last = float(special.ndtr(-z)), float(special.ndtr(-z - w))
        return (-float(special.ndtri(first - u * (first - last))) - z) / w

    def place_of(log_width: float) -> float:
        w = float(np.exp(log_width))
        return _root(lambda z: part(0.05, z, w) - near, -_FAR - w, _FAR)

    def is_enough(log_width: float) -> bool:
        """Whether the normal is narrow enough to lean as far to either side as P5 asks."""
        w = float(np.exp(log_width))
        return part(0.05, _FAR, w) < near < part(0.05, -_FAR - w, w)

    def excess(log_width: float) -> float:
        return far - part(0.95, place_of(log_width), float(np.exp(log_width)))

    widest = float(np.log(20 / min(near, 1 - far, far - near) + 100))
    log_width = _root(excess, _first(is_enough, float(np.log(1e-3)), widest), widest)
    sigma = (top - bottom) / float(np.exp(log_width))
    return bottom - sigma * place_of(log_width), sigma


def _first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The lowest x from `low` to `high` from which on `holds` is true, to 1e-12."""
    if holds(low):
        return low
    if not holds(high):
        raise Unreachable
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
