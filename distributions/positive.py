"""Amounts and waiting times above zero: gamma, exponential, Weibull, Pareto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from distributions import special
from distributions.marginal import Check, Floats, Param, Parametric


def _positive(value: Param, field: str, of: str, word: str) -> Check:
    return Check(
        np.asarray(value) > 0,
        f"the {word} of {of} must be above zero, not {{{field}}}",
        f"write a positive {word}",
    )


@dataclass(frozen=True, eq=False)
class Gamma(Parametric):
    """Density proportional to x^(k-1) exp(-x/scale): mean k scale, sd √k scale.

    >>> float(Gamma(4, 25).mean)
    100.0
    """

    k: Param
    scale: Param

    words: ClassVar[Mapping[str, str]] = {"k": "shape"}

    def _checks(self) -> tuple[Check, ...]:
        return (
            _positive(self.k, "k", "a gamma", "shape"),
            _positive(self.scale, "scale", "a gamma", "scale"),
        )

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.scale * special.gammaincinv(self.k, u))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.scale * special.gammainccinv(self.k, q))

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(special.gammainc(self.k, np.maximum(x, 0) / self.scale))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(special.gammaincc(self.k, np.maximum(x, 0) / self.scale))

    def _pdf(self, x: Floats) -> Floats:
        part, k = x / self.scale, np.asarray(self.k)
        density = np.exp(special.xlogy(k - 1, part) - part - special.gammaln(k)) / self.scale
        return np.where(x < 0, 0.0, density)

    def _mean(self) -> Param:
        return self.k * self.scale

    def _sd(self) -> Param:
        return np.sqrt(self.k) * self.scale

    @property
    def support(self) -> tuple[Param, Param]:
        return 0.0, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        return stats.gamma(self.k, scale=self.scale)


@dataclass(frozen=True, eq=False)
class Exponential(Parametric):
    """The time to the next event when none is due: mean and sd are both `scale`.

    >>> float(Exponential(3).mean)
    3.0
    """

    scale: Param

    closed = True
    words: ClassVar[Mapping[str, str]] = {"scale": "mean"}

    def _checks(self) -> tuple[Check, ...]:
        return (_positive(self.scale, "scale", "an exponential", "mean"),)

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(-self.scale * np.log1p(-u))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(-self.scale * np.log(q))

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(-np.expm1(-np.maximum(x, 0) / self.scale))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(np.exp(-np.maximum(x, 0) / self.scale))

    def _pdf(self, x: Floats) -> Floats:
        return np.where(x < 0, 0.0, np.exp(-x / self.scale) / self.scale)

    def _mean(self) -> Param:
        return self.scale

    def _sd(self) -> Param:
        return self.scale

    @property
    def support(self) -> tuple[Param, Param]:
        return 0.0, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        return stats.expon(scale=self.scale)


@dataclass(frozen=True, eq=False)
class Weibull(Parametric):
    """P(X > x) = exp(-(x/scale)^k): a life time that ages (k > 1) or hardens (k < 1).

    >>> round(float(Weibull(2, 10).ppf(1 - np.exp(-1))), 9)
    10.0
    """

    k: Param
    scale: Param

    closed = True
    words: ClassVar[Mapping[str, str]] = {"k": "shape"}

    def _checks(self) -> tuple[Check, ...]:
        return (
            _positive(self.k, "k", "a weibull", "shape"),
            _positive(self.scale, "scale", "a weibull", "scale"),
        )

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.scale * (-np.log1p(-u)) ** (1 / self.k))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.scale * (-np.log(q)) ** (1 / self.k))

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(-np.expm1(-((np.maximum(x, 0) / self.scale) ** self.k)))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(np.exp(-((np.maximum(x, 0) / self.scale) ** self.k)))

    def _pdf(self, x: Floats) -> Floats:
        part = np.maximum(x, 0) / self.scale
        density = self.k / self.scale * part ** (self.k - 1) * np.exp(-(part**self.k))
        return np.where(x < 0, 0.0, density)

    def _mean(self) -> Param:
        return np.asarray(self.scale * np.exp(special.gammaln(1 + 1 / self.k)))[()]

    def _sd(self) -> Param:
        ratio = special.gammaln(1 + 2 / self.k) - 2 * special.gammaln(1 + 1 / self.k)
        return np.asarray(self._mean() * np.sqrt(np.expm1(ratio)))[()]

    @property
    def support(self) -> tuple[Param, Param]:
        return 0.0, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        return stats.weibull_min(self.k, scale=self.scale)


@dataclass(frozen=True, eq=False)
class Pareto(Parametric):
    """P(X > x) = (scale/x)^k from `scale`, the lowest value, upwards: few are very large.

    The mean is infinite for k <= 1, the standard deviation for k <= 2.

    >>> float(Pareto(2, 10).ppf(0.75))
    20.0
    """

    k: Param
    scale: Param

    closed = True
    words: ClassVar[Mapping[str, str]] = {"k": "shape"}

    def _checks(self) -> tuple[Check, ...]:
        return (
            _positive(self.k, "k", "a pareto", "shape"),
            _positive(self.scale, "scale", "a pareto", "scale"),
        )

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.scale * np.exp(-np.log1p(-u) / self.k))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.scale * q ** (-1 / self.k))

    def _cdf(self, x: Floats) -> Floats:
        above = np.maximum(x, self.scale)
        part = np.where(np.isinf(above), 1.0, (above - self.scale) / above)
        return np.asarray(-np.expm1(self.k * np.log1p(-part)))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray((self.scale / np.maximum(x, self.scale)) ** self.k)

    def _pdf(self, x: Floats) -> Floats:
        density = self.k / x * (self.scale / x) ** self.k
        return np.where(x < self.scale, 0.0, density)

    def _mean(self) -> Param:
        k = np.asarray(self.k)
        return np.where(k > 1, k * self.scale / (k - 1), np.inf)[()]

    def _sd(self) -> Param:
        k = np.asarray(self.k)
        finite = self.scale / (k - 1) * np.sqrt(k / (k - 2))
        return np.where(k > 2, finite, np.inf)[()]

    @property
    def support(self) -> tuple[Param, Param]:
        return self.scale, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        return stats.pareto(self.k, scale=self.scale)
