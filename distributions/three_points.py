"""Three-point estimates whose low and high are percentiles, not hard ends.

Let the standard shape on 0..1 with its mode at c have quantiles q_low(c) and q_high(c). The wanted
one is that shape stretched: it remains to find c with

    (c - q_low(c)) / (q_high(c) - q_low(c)) = (mode - low) / (high - low).

The left side runs from at most 0 (at c = 0) to at least 1 (at c = 1), so that there is an answer
for every mode from low to high.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from distributions.bounded import Pert, Triangular
from distributions.errors import EstimateError, number_text
from distributions.marginal import Marginal, Param


def pert_through(low: Param, mode: Param, high: Param, ends: str, weight: Param = 4.0) -> Pert:
    """The PERT with this mode for which `low` and `high` are the percentiles named by `ends`.

    >>> found = pert_through(10, 15, 26, "p10_p90")
    >>> [round(float(found.percentile(p)), 9) for p in (10, 90)]
    [10.0, 26.0]
    """
    heavy = _number(weight, "weight")
    hard = _hard_ends("pert", lambda c: Pert(0, c, 1, heavy), (low, mode, high), ends)
    return Pert(*hard, heavy)


def triangular_through(low: Param, mode: Param, high: Param, ends: str) -> Triangular:
    """The triangular with this mode for which `low` and `high` are the percentiles named by `ends`.

    >>> found = triangular_through(10, 15, 26, "p5_p95")
    >>> [round(float(found.percentile(p)), 9) for p in (5, 95)]
    [10.0, 26.0]
    """
    return Triangular(
        *_hard_ends("triangular", lambda c: Triangular(0, c, 1), (low, mode, high), ends)
    )


def _hard_ends(
    name: str, standard: Callable[[float], Marginal], points: tuple[Param, Param, Param], ends: str
) -> tuple[float, float, float]:
    from scipy.optimize import brentq

    u_low, u_high = _percentiles(name, ends)
    low, mode, high = (_number(point, "percentile or mode") for point in points)
    remedy = f"write low, mode, high in rising order: {name}(2, 5, 9, ends={ends})"
    if not low < high:
        raise EstimateError(
            f"the low percentile {number_text(low)} is not below the high one {number_text(high)}",
            remedy,
        )
    if not low <= mode <= high:
        side = "below the low" if mode < low else "above the high"
        end = low if mode < low else high
        raise EstimateError(
            f"the mode {number_text(mode)} lies {side} percentile {number_text(end)}", remedy
        )

    def quantiles(c: float) -> tuple[float, float]:
        shape = standard(c)
        return float(shape.ppf(u_low)), float(shape.isf(1 - u_high))

    def excess(c: float) -> float:
        q_low, q_high = quantiles(c)
        return (c - q_low) / (q_high - q_low) - (mode - low) / (high - low)

    c = _root(brentq, excess)
    q_low, q_high = quantiles(c)
    width = (high - low) / (q_high - q_low)
    left, right = mode - width * c, mode + width * (1 - c)
    found = standard(c)
    reached = left + width * float(found.ppf(u_low)), left + width * float(found.ppf(u_high))
    if not np.allclose(reached, (low, high), rtol=0, atol=1e-9 * (high - low)):
        raise EstimateError(
            f"no {name} has its mode at {number_text(mode)} and these percentiles",
            f"leave ends= out and write the hard ends: {name}(low, mode, high)",
        )
    return left, mode, right


def _root(brentq: Callable[..., float], excess: Callable[[float], float]) -> float:
    for end in (0.0, 1.0):
        if excess(end) == 0:
            return end
    return float(brentq(excess, 0.0, 1.0, xtol=1e-16, rtol=1e-15, maxiter=300))


def _percentiles(name: str, ends: str) -> tuple[float, float]:
    """p10_p90 as 0.1 and 0.9."""
    match = re.fullmatch(r"p(\d+(?:\.\d+)?)_p(\d+(?:\.\d+)?)", str(ends))
    low, high = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    if not 0 <= low < high <= 100:
        raise EstimateError(
            f"ends={ends} does not name two percentiles in rising order",
            f"write ends=p10_p90 or ends=p5_p95, as in {name}(2, 5, 9, ends=p10_p90)",
        )
    return low / 100, high / 100


def _number(value: Param, what: str) -> float:
    if isinstance(value, np.ndarray) and value.ndim:
        raise EstimateError(
            f"with ends= the {what} cannot be an uncertain quantity",
            "write plain numbers, or leave ends= out",
        )
    number = float(value)
    if not np.isfinite(number):
        raise EstimateError(f"the {what} must be a finite number", "write a finite number")
    return number
