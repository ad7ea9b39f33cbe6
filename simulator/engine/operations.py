"""The operators and functions of formulas, on a number or on a vector of trials.

Each is called `function(*arguments, out=vector)`. The careful twin of each makes NaN of anything
infinite and passes NaN on, so that no later step (a comparison, 1 / infinity) can hide it; only
the branch of an `if` that was not chosen does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from distributions.special import expit

Floats = npt.NDArray[np.float64]
Function = Callable[..., Any]

SNAP = 1e-9
"""Nearness, relative to the number, at which a result counts as the whole number it missed."""


def _snapped(x: Any) -> Any:
    """x, or the whole number it differs from by rounding only."""
    whole = np.rint(x)
    return np.where(np.abs(x - whole) <= SNAP * np.abs(whole), whole, x)


def _floor(x: Any, out: Floats | None = None) -> Any:
    return np.floor(_snapped(x), out=out)


def _ceil(x: Any, out: Floats | None = None) -> Any:
    return np.ceil(_snapped(x), out=out)


def _round(x: Any, out: Floats | None = None) -> Any:
    """Halves go away from zero, as people round: 2.5 is 3, -2.5 is -3."""
    size = np.abs(_snapped(x))
    whole = np.floor(size)
    return np.multiply(np.sign(x), whole + (size - whole >= 0.5), out=out)


def _logistic(x: Any, out: Floats | None = None) -> Any:
    """1 / (1 + exp(-x)), which no x makes too large."""
    return expit(x, out=out)


def _not_below_0(x: Any, out: Floats | None = None) -> Any:
    """x, and no value where it is negative: the root raises the flag that the run looks for."""
    known = np.where(np.isnan(np.sqrt(x)), np.nan, x)
    if out is None:
        return known
    out[...] = known
    return out


def _if(test: Any, then: Any, otherwise: Any, out: Floats | None = None) -> Any:
    if out is None:
        return np.where(np.not_equal(test, 0.0), then, otherwise)
    np.copyto(out, otherwise)
    np.copyto(out, then, where=np.not_equal(test, 0.0))
    return out


FAST: dict[str, Function] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "**": np.power,
    "negative": np.negative, "square": np.square,
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater,
    ">=": np.greater_equal, "and": np.logical_and, "or": np.logical_or, "not": np.logical_not,
    "min": np.minimum, "max": np.maximum, "abs": np.absolute, "exp": np.exp, "log": np.log,
    "sqrt": np.sqrt, "logistic": _logistic, "not below 0": _not_below_0, "floor": _floor,
    "ceil": _ceil, "round": _round, "if": _if,
}  # fmt: skip


def _careful(name: str, function: Function) -> Function:
    def careful(*arguments: Any, out: Floats | None = None) -> Any:
        with np.errstate(all="ignore"):
            result = np.asarray(function(*arguments), dtype=float)
        looked_at = arguments[:1] if name == "if" else arguments
        bad = ~np.isfinite(result)
        for argument in looked_at:
            bad |= np.isnan(argument)
        result = np.where(bad, np.nan, result)
        if out is None:
            return result
        out[...] = result
        return out

    return careful


CAREFUL: dict[str, Function] = {name: _careful(name, function) for name, function in FAST.items()}


def folded(name: str, arguments: tuple[float, ...]) -> float:
    """The value of an operation on constants; NaN where it has none.

    >>> folded("ceil", (600 / (600 / 14),)), folded("round", (-2.5,)), folded("/", (1.0, 0.0))
    (14.0, -3.0, nan)
    """
    return float(CAREFUL[name](*arguments))
