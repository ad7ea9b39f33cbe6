"""What the engine reads for many draws, against scipy.stats and forty digits of mpmath.

Not against our own distribution function, which `test_quantile_table.py` does: here other people's
code says which probability a value has. Errors are at most 1e-9 in probability and, down to chances
of 1e-12 at either end, a millionth of the chance, wherever a float of the value can tell that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from scipy import stats
from test_distributions import ROWS
from test_distributions_accuracy import TRUTHS, exact

import distributions as d
from distributions.named import __name__ as named
from distributions.quantile_table import quantiles

MANY = 10**8
WRONG = 1e-9
WRONG_IN_TAILS = 1e-6


@dataclass(frozen=True)
class Cut:
    """A frozen scipy.stats distribution on condition of a range, by the definition."""

    base: Any
    low: float = -np.inf
    high: float = np.inf

    def cdf(self, x: np.ndarray) -> np.ndarray:
        return self._between(self.low, x) / self._between(self.low, self.high)

    def sf(self, x: np.ndarray) -> np.ndarray:
        return self._between(x, self.high) / self._between(self.low, self.high)

    def _between(self, low: Any, high: Any) -> np.ndarray:
        """P(low < base < high): a difference on the side where both chances are smaller."""
        below = self.base.cdf(high) - self.base.cdf(low)
        above = self.base.sf(low) - self.base.sf(high)
        return np.where(self.base.cdf(low) < 0.5, below, above)


def lognormal(mu: float, sigma: float) -> Any:
    """By the mean and the sd of the logarithm."""
    return stats.lognorm(sigma, scale=np.exp(mu))


def pert(low: float, mode: float, high: float, weight: float = 4) -> Any:
    """Malcolm and others, 1959."""
    width = high - low
    a, b = 1 + weight * (mode - low) / width, 1 + weight * (high - mode) / width
    return stats.beta(a, b, low, width)


Shape = tuple[d.Marginal, Any]
EXTREME: dict[str, Shape] = {
    "lognormal, sd 2": (d.lognormal(mu=0, sigma=2), lognormal(0, 2)),
    "lognormal, sd 4": (d.lognormal(mu=3, sigma=4), lognormal(3, 4)),
    "lognormal, narrow": (d.lognormal(mu=11, sigma=0.001), lognormal(11, 0.001)),
    "lognormal, sd of 30 means": (d.lognormal(mean=1, sd=30), lognormal(
        -np.log(901) / 2, np.sqrt(np.log(901)))),
    "beta, both ends": (d.beta(0.5, 0.5), stats.beta(0.5, 0.5)),
    "beta, one end": (d.beta(0.2, 30), stats.beta(0.2, 30)),
    "beta, other end": (d.beta(30, 0.2), stats.beta(30, 0.2)),
    "beta, flat": (d.beta(1, 1), stats.beta(1, 1)),
    "beta, sloping": (d.beta(1, 3), stats.beta(1, 3)),
    "beta, rare": (d.beta(2, 5000), stats.beta(2, 5000)),
    "beta, sure": (d.beta(4e5, 6e5), stats.beta(4e5, 6e5)),
    "pert, mode at low": (d.pert(0, 0, 0.3), pert(0, 0, 0.3)),
    "pert, mode at high": (d.pert(-3, 5, 5), pert(-3, 5, 5)),
    "pert, mode near low": (d.pert(0, 0.001, 50), pert(0, 0.001, 50)),
    "pert, peaked": (d.pert(1, 2, 9, weight=60), pert(1, 2, 9, 60)),
    "pert, flat": (d.pert(1, 2, 9, weight=0.1), pert(1, 2, 9, 0.1)),
    "pert, far from zero": (d.pert(1e6, 1e6 + 1, 1e6 + 5), pert(1e6, 1e6 + 1, 1e6 + 5)),
    "gamma, 0.3": (d.gamma(0.3, 10), stats.gamma(0.3, scale=10)),
    "gamma, 0.05": (d.gamma(0.05, 1), stats.gamma(0.05)),
    "gamma, 1": (d.gamma(1, 4), stats.expon(scale=4)),
    "gamma, 1e5": (d.gamma(1e5, 2), stats.gamma(1e5, scale=2)),
    "weibull, 0.3": (d.weibull(0.3, 2), stats.weibull_min(0.3, scale=2)),
    "weibull, 50": (d.weibull(50, 2), stats.weibull_min(50, scale=2)),
    "student, cauchy": (d.student_t(1), stats.cauchy()),
    "student, 1.2": (d.student_t(1.2, 4, 2), stats.t(1.2, 4, 2)),
    "student, 2": (d.student_t(2, -1, 1), stats.t(2, -1, 1)),
    "student, 1e4": (d.student_t(1e4), stats.t(1e4)),
    "pareto, no mean": (d.pareto(0.8, 3), stats.pareto(0.8, scale=3)),
    "half a bell": (d.truncate(d.normal(0, 1), low=0), stats.halfnorm()),
    "bell cut at both": (d.truncate(d.normal(520, 60), 300, 800), Cut(
        stats.norm(520, 60), 300, 800)),
    "bell cut in the tail": (d.truncate(d.normal(0, 1), low=3), Cut(stats.norm(), 3)),
    "bell cut to a sliver": (d.truncate(d.normal(0, 1), 1, 1.01), Cut(stats.norm(), 1, 1.01)),
    "lognormal cut": (d.truncate(d.lognormal(mu=0, sigma=2), 0.01, 50), Cut(
        lognormal(0, 2), 0.01, 50)),
    "gamma cut": (d.truncate(d.gamma(0.3, 10), low=0.5), Cut(stats.gamma(0.3, scale=10), 0.5)),
    "pert cut": (d.truncate(d.pert(0, 3, 10), high=4), Cut(pert(0, 3, 10), high=4)),
    "gengamma": (d.scipy_distribution("gengamma", 2, 1.5, scale=3), stats.gengamma(
        2, 1.5, scale=3)),
    "gumbel": (d.scipy_distribution("gumbel_r", 5, 2), stats.gumbel_r(5, 2)),
}  # fmt: skip
FAMILIES: dict[str, Shape] = {
    f"{row.name} {given}": (row.build(*given), row.twin(*given))
    for row in ROWS
    if row.twin and not row.discrete and row.name != "truncated"  # scipy's is good to 1e-6
    for given in row.sets
}
SHAPES = {**FAMILIES, **EXTREME}
every_shape = pytest.mark.parametrize("name", SHAPES)


def test_every_smooth_family_is_here():
    """A family that joins the registry must join this table."""
    ours = {
        name
        for name, one in d.FAMILIES.items()
        if one.builder.__module__ == named and name not in ("poisson", "binomial", "bernoulli")
    }
    assert ours - {"chance"} <= {name.split()[0] for name in FAMILIES}


def told(marginal: d.Marginal, chance: Callable[[np.ndarray], np.ndarray], x: Any) -> np.ndarray:
    """The chance between a value and its neighbours: no table can be nearer than that.

    Neighbours are those of the value's distance from the ends of the range too, which scipy takes.
    """
    ends = np.array([end for end in marginal.support if np.isfinite(end)])
    step = np.maximum(
        np.spacing(np.abs(x)), np.spacing(np.abs(x[..., None] - ends).max(-1, initial=0))
    )
    return np.abs(chance(x + step) - chance(x - step))


@every_shape
def test_values_have_the_chances_scipy_gives_them(name):
    """From 1e-12 to 1 - 1e-12; from below by scipy's cdf, from above by its sf."""
    marginal, twin = SHAPES[name]
    read = quantiles(marginal, MANY)
    rng = np.random.default_rng(31)
    tail = 10.0 ** rng.uniform(-12, -1, 3_000)
    middle = rng.random(10_000)
    lower, upper = np.concatenate([middle, tail]), np.concatenate([middle, 1 - tail])
    # what a chance near one loses: scipy reckons some as 1 - (1 - chance), or x by way of x - loc
    lost = 1e-15
    if isinstance(twin, Cut):
        lost /= float(min(1, twin._between(twin.low, twin.high)))
    for u, chance, goal in ((lower, twin.cdf, lower), (upper, twin.sf, 1 - upper)):
        x = read(u)
        wrong = np.abs(chance(x) - goal)
        inexact = told(marginal, chance, x) + lost
        assert np.all(wrong <= WRONG + inexact)
        small = goal < 0.1
        assert np.all((wrong <= WRONG_IN_TAILS * goal + inexact)[small])


@pytest.mark.parametrize("name", TRUTHS)
def test_values_have_the_chances_mpmath_gives_them(name):
    """At sixty digits, where scipy is weak too: cuts far out, events, mixtures."""
    marginal, upto = TRUTHS[name]
    read = quantiles(marginal, MANY)
    points = [1e-12, 3e-10, 1e-7, 1e-4, 0.02, 0.2499, 0.25, 0.4, 0.5, 0.61, 0.9, 0.999, 1 - 1e-7]
    u = np.array([*points, 1 - 3e-10, 1 - 2.0**-40])
    x = read(u)
    with mp.workdps(60):
        for chance, value in zip(u, x, strict=True):
            if name == "event" and chance <= 0.875:
                assert value == 0
                continue
            wrong = float(abs(upto(exact(value)) - exact(chance)))
            inexact = float(marginal.pdf(value)) * float(np.spacing(abs(value))) + 2e-16
            if name.startswith("cut"):  # a difference of small chances, itself good to 13 digits
                inexact += 1e-13
            assert wrong <= WRONG
            assert wrong <= WRONG_IN_TAILS * min(chance, 1 - chance) + inexact


@every_shape
def test_neighbouring_floats_have_neighbouring_values(name):
    """Across every possible border of a cell values neither fall nor leap.

    Of 128 borders an octave, the floats on either side: where a value falls, and where it leaps, it
    is by no more chance than lies between some neighbouring floats, of u or of the value.
    """
    marginal, _ = SHAPES[name]
    read = quantiles(marginal, MANY)
    edges = (2.0 ** -np.arange(1, 34)[:, None] * (1 + np.arange(128) / 128)).ravel()
    edges = edges[edges <= 0.5]
    for border, chance in ((edges, marginal.cdf), (1 - edges, marginal.sf)):
        below, above = np.nextafter(border, 0), np.nextafter(border, 1)
        u = np.stack([np.nextafter(below, 0), below, border, above, np.nextafter(above, 1)])
        x = read(u)
        # and our own chances, of which two are compared, are good to some 13 digits
        floats = told(marginal, chance, x) + 16 * marginal.pdf(x) * np.spacing(np.abs(x))
        few = 1e-13 * edges + 4 * floats.max(axis=0) + 2**-52 * (edges > 0.1)
        fallen = np.abs(np.diff(chance(x), axis=0)) * (np.diff(x, axis=0) < 0)
        assert np.all(fallen <= few)
        leap = np.abs(chance(x[-1]) - chance(x[0]))
        assert np.all(leap <= np.abs(u[-1] - u[0]) + few)
