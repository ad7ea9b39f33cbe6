"""A combined quantity that answers as a frozen scipy.stats distribution does."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from distributions.marginal import Floats, Marginal, Param


class ScipyLike:
    """The methods of a frozen scipy.stats distribution on a Marginal that scipy does not have.

    >>> from distributions.bounded import Uniform
    >>> from distributions.truncated import truncate
    >>> float(truncate(Uniform(0, 10), low=4).scipy().median())
    7.0
    """

    def __init__(self, marginal: Marginal) -> None:
        self.marginal = marginal
        self.ppf, self.isf = marginal.ppf, marginal.isf
        self.cdf, self.sf, self.pdf = marginal.cdf, marginal.sf, marginal.pdf

    def mean(self) -> Param:
        return self.marginal.mean

    def std(self) -> Param:
        return self.marginal.sd

    def var(self) -> Param:
        return self.marginal.sd**2

    def median(self) -> Floats:
        return self.marginal.ppf(0.5)

    def support(self) -> tuple[Param, Param]:
        return self.marginal.support

    def interval(self, confidence: float) -> tuple[Floats, Floats]:
        """The range with equal chances on either side that holds `confidence`."""
        side = (1 - confidence) / 2
        return self.marginal.ppf(side), self.marginal.isf(side)

    def pmf(self, x: npt.ArrayLike) -> Floats:
        """The mass on x itself."""
        lower = self.marginal.cdf(x) - self.marginal.below(x)
        upper = self.marginal.at_least(x) - self.marginal.sf(x)
        return np.where(self.marginal.cdf(x) <= 0.5, lower, upper)

    def rvs(self, size: int | tuple[int, ...] = 1, random_state: Any = None) -> Floats:
        """Independent draws; `random_state` is a seed or a numpy Generator."""
        return self.marginal.ppf(np.random.default_rng(random_state).random(size))
