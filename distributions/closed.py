"""Quantiles by formula, many at a time, in the vector that they are wanted in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from distributions.bounded import Triangular, Uniform
from distributions.cubics import chunks, scratch

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class UniformQuantiles:
    """low + u (high - low), of plain numbers."""

    marginal: Uniform

    def __call__(self, u: Floats) -> Floats:
        return self.marginal.ppf(u)

    def into(self, u: Floats, out: Floats) -> None:
        """Put the quantiles of a vector of probabilities into another one."""
        np.multiply(u, self.marginal.high - self.marginal.low, out=out)
        out += self.marginal.low


@dataclass(frozen=True)
class TriangularQuantiles:
    """Of plain numbers: a rising root up to the mode, and a falling one from there.

    x = min(low + sqrt(u w l), mode) + max(high - sqrt((1 - u) w r), mode) - mode, with w = high -
    low, l = mode - low, r = high - mode: one of the two is the mode, whichever side u lies on, and
    nothing needs to be chosen.

    >>> read = TriangularQuantiles(Triangular(0.0, 1.0, 4.0))
    >>> read(np.array([0.0625, 0.25, 0.4375])).round(9).tolist()
    [0.5, 1.0, 1.401923789]
    """

    marginal: Triangular

    def __call__(self, u: Floats) -> Floats:
        chance = np.asarray(u, np.float64)
        result = np.empty(chance.shape)
        self.into(chance.reshape(-1), result.reshape(-1))
        return result

    def into(self, u: Floats, out: Floats) -> None:
        """Put the quantiles of a vector of probabilities into another one."""
        low, mode, high = self.marginal.low, self.marginal.mode, self.marginal.high
        rising, falling = (high - low) * (mode - low), (high - low) * (high - mode)
        for few, found in chunks(u, out):
            above, _, _ = scratch.vectors(len(few))
            np.subtract(1.0, few, out=above)
            above *= falling
            np.subtract(high, np.sqrt(above, out=above), out=above)
            np.maximum(above, mode, out=above)
            above -= mode
            np.multiply(few, rising, out=found)
            np.sqrt(found, out=found)
            found += low
            np.minimum(found, mode, out=found)
            found += above
