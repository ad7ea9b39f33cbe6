"""A root between two points of different sign, without importing scipy.optimize.

That import costs as long as a whole run of 65,536 trials, for a few dozen lines.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite


def root_between(
    function: Callable[[float], float], low: float, high: float, *, steps: int = 500
) -> float:
    """Where a continuous function is 0 between `low` and `high`, to the last digits of a float.

    Chandrupatla's method (Advances in Engineering Software 28, 1997): inverse quadratic steps where
    the three latest points allow them, halving where they do not; it never leaves the bracket. The
    function may be infinite at an end.

    >>> round(root_between(lambda x: x * x - 2, 0, 2), 15)
    1.414213562373095

    Raises ValueError where the function has one sign at both ends.
    """
    a, b = high, low
    at_a, at_b = function(a), function(b)
    if at_a == 0 or at_b == 0:
        return a if at_a == 0 else b
    if not at_a * at_b < 0:
        raise ValueError(f"the function has one sign at {low} and {high}")
    where = 0.5
    for _ in range(steps):
        x = a + where * (b - a)
        at_x = function(x)
        if (at_x > 0) == (at_a > 0):
            before, at_before = a, at_a
        else:
            before, at_before = b, at_b
            b, at_b = a, at_a
        a, at_a = x, at_x
        best = a if abs(at_a) < abs(at_b) else b
        room = (2e-16 * abs(best) + 5e-17) / abs(b - a) if b != a else 1.0
        if at_x == 0 or room > 0.5 or not min(a, b) < 0.5 * (a + b) < max(a, b):
            return best
        where = 0.5
        if isfinite(at_a) and isfinite(at_b) and isfinite(at_before) and before != b:
            xi, phi = (a - b) / (before - b), (at_a - at_b) / (at_before - at_b)
            if phi * phi < xi and (1 - phi) * (1 - phi) < 1 - xi:
                where = at_a / (at_b - at_a) * at_before / (at_b - at_before)
                where += (
                    (before - a) / (b - a) * at_a / (at_before - at_a) * at_b / (at_before - at_b)
                )
        where = min(max(where, room), 1 - room)
    return best
