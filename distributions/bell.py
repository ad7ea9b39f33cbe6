"""The normal distribution and its relatives: normal, lognormal, Student's t.

Quantiles come from scipy.special: with z the standard normal quantile of u, a normal is
mu + sigma z and a lognormal exp(mu + sigma z).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from distributions import special
from distributions.marginal import Check, Floats, Param, Parametric

_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


@dataclass(frozen=True, eq=False)
class Normal(Parametric):
    """The bell curve with mean `mu` and standard deviation `sigma`.

    >>> float(Normal(100, 15).ppf(0.5))
    100.0
    """

    mu: Param
    sigma: Param

    words: ClassVar[Mapping[str, str]] = {"mu": "mean", "sigma": "sd"}

    def _checks(self) -> tuple[Check, ...]:
        return (
            Check(
                np.asarray(self.sigma) > 0,
                "the sd of a normal must be above zero, not {sigma}",
                "write normal(mean, sd) with a positive sd; a certain amount is just its number",
            ),
        )

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.mu + self.sigma * special.ndtri(u))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.mu - self.sigma * special.ndtri(q))

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(special.ndtr((x - self.mu) / self.sigma))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(special.ndtr((self.mu - x) / self.sigma))

    def _pdf(self, x: Floats) -> Floats:
        z = (x - self.mu) / self.sigma
        return np.asarray(np.exp(-z * z / 2) / (self.sigma * _ROOT_TWO_PI))

    def _mean(self) -> Param:
        return self.mu + 0 * self.sigma

    def _sd(self) -> Param:
        return self.sigma + 0 * self.mu

    @property
    def support(self) -> tuple[Param, Param]:
        return -np.inf, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        return stats.norm(self.mu, self.sigma)


class _LogNormalShape(Parametric):
    """exp(m + s z), z standard normal."""

    @property
    @abstractmethod
    def logs(self) -> tuple[Param, Param]:
        """Mean m and standard deviation s of the logarithm."""

    def _ppf(self, u: Floats) -> Floats:
        m, s = self.logs
        return np.asarray(np.exp(m + s * special.ndtri(u)))

    def _isf(self, q: Floats) -> Floats:
        m, s = self.logs
        return np.asarray(np.exp(m - s * special.ndtri(q)))

    def _z(self, x: Floats) -> Floats:
        m, s = self.logs
        return np.asarray((np.log(np.maximum(x, 0)) - m) / s)

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(special.ndtr(self._z(x)))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(special.ndtr(-self._z(x)))

    def _pdf(self, x: Floats) -> Floats:
        z = self._z(x)
        density = np.exp(-z * z / 2) / (x * self.logs[1] * _ROOT_TWO_PI)
        return np.where(x > 0, density, 0.0)

    def _mean(self) -> Param:
        m, s = self.logs
        return np.exp(m + s * s / 2)

    def _sd(self) -> Param:
        s = self.logs[1]
        return self._mean() * np.sqrt(np.expm1(s * s))

    @property
    def support(self) -> tuple[Param, Param]:
        return 0.0, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        m, s = self.logs
        return stats.lognorm(s, scale=np.exp(m))


@dataclass(frozen=True, eq=False)
class LogNormal(_LogNormalShape):
    """An amount whose logarithm is normal with mean `mu` and standard deviation `sigma`.

    >>> float(LogNormal(0, 1).ppf(0.5))
    1.0
    """

    mu: Param
    sigma: Param

    def _checks(self) -> tuple[Check, ...]:
        return (
            Check(
                np.asarray(self.sigma) > 0,
                "the sigma of a lognormal must be above zero, not {sigma}",
                "write lognormal(mu=, sigma=) with a positive sigma",
            ),
        )

    @property
    def logs(self) -> tuple[Param, Param]:
        return self.mu, self.sigma


@dataclass(frozen=True, eq=False)
class LogNormalMoments(_LogNormalShape):
    """The lognormal with mean `average` and standard deviation `spread`.

    s² = ln(1 + (spread/average)²), m = ln(average) - s²/2.

    >>> round(float(LogNormalMoments(100, 50).mean), 9)
    100.0
    """

    average: Param
    spread: Param

    words: ClassVar[Mapping[str, str]] = {"average": "mean", "spread": "sd"}

    def _checks(self) -> tuple[Check, ...]:
        return (
            Check(
                np.asarray(self.average) > 0,
                "the mean of a lognormal must be above zero, not {average}",
                "write lognormal(mean=, sd=) with a positive mean, or use normal(mean, sd)",
            ),
            Check(
                np.asarray(self.spread) > 0,
                "the sd of a lognormal must be above zero, not {spread}",
                "write lognormal(mean=, sd=) with a positive sd",
            ),
        )

    @property
    def logs(self) -> tuple[Param, Param]:
        variance = np.log1p((self.spread / self.average) ** 2)
        return np.log(self.average) - variance / 2, np.sqrt(variance)


@dataclass(frozen=True, eq=False)
class StudentT(Parametric):
    """location + scale T, T Student's t with `df` degrees of freedom: a bell with heavy tails.

    >>> float(StudentT(4, 10, 2).ppf(0.5))
    10.0
    """

    df: Param
    location: Param = 0.0
    scale: Param = 1.0

    def _checks(self) -> tuple[Check, ...]:
        return (
            Check(
                np.asarray(self.df) > 0,
                "the degrees of freedom df must be above zero, not {df}",
                "write student_t(df, location, scale) with a positive df, such as 4",
            ),
            Check(
                np.asarray(self.scale) > 0,
                "the scale of student_t must be above zero, not {scale}",
                "write student_t(df, location, scale) with a positive scale",
            ),
        )

    def _standard(self, u: Floats) -> Floats:
        """The quantile of T; beyond 1e8 √df the tail is its leading term, C |t|^-df."""
        df = np.asarray(self.df)
        t = special.stdtrit(df, u)
        far = ~(np.abs(t) <= 1e8 * np.sqrt(df)) & (u >= 0) & (u <= 1)
        if not far.any():
            return np.asarray(t)
        half = (df + 1) / 2
        log_c = special.gammaln(half) - special.gammaln(df / 2) - 0.5 * np.log(df * np.pi)
        log_c = log_c + half * np.log(df) - np.log(df)
        leading = np.exp((log_c - np.log(np.minimum(u, 1 - u))) / df)
        return np.asarray(np.where(far, np.where(u < 0.5, -leading, leading), t))

    def _ppf(self, u: Floats) -> Floats:
        return np.asarray(self.location + self.scale * self._standard(u))

    def _isf(self, q: Floats) -> Floats:
        return np.asarray(self.location - self.scale * self._standard(q))

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(special.stdtr(self.df, (x - self.location) / self.scale))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(special.stdtr(self.df, (self.location - x) / self.scale))

    def _pdf(self, x: Floats) -> Floats:
        df = np.asarray(self.df)
        t = (x - self.location) / self.scale
        log_c = special.gammaln((df + 1) / 2) - special.gammaln(df / 2) - np.log(df * np.pi) / 2
        return np.asarray(np.exp(log_c - (df + 1) / 2 * np.log1p(t * t / df)) / self.scale)

    def _mean(self) -> Param:
        location = self.location + 0 * self.scale
        return np.where(np.asarray(self.df) > 1, location, np.nan)[()]

    def _sd(self) -> Param:
        df = np.asarray(self.df)
        finite = self.scale * np.sqrt(df / (df - 2)) + 0 * self.location
        return np.where(df > 2, finite, np.where(df > 1, np.inf, np.nan))[()]

    @property
    def support(self) -> tuple[Param, Param]:
        return -np.inf, np.inf

    def scipy(self) -> Any:
        from scipy import stats

        return stats.t(self.df, self.location, self.scale)
