"""Quantiles from few exact ones: as right as the exact ones themselves where all is smooth."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.polynomial import Polynomial

import distributions as d
from distributions.few_exact import between, few_exact

LOWEST = 2.0**-31
SMOOTH = {
    "beta": d.beta(12, 88), "pert": d.pert(0, 10, 30), "share": d.share_interval(0.03, 0.08),
    "gamma": d.gamma(2, 3), "small gamma": d.gamma(0.3, 1), "student": d.student_t(3, 0, 1),
    "normal": d.normal(3, 2), "lognormal": d.interval(5, 40),
}  # fmt: skip


def probabilities() -> np.ndarray:
    """Of every size from the lowest to one half, both included."""
    return np.concatenate([[LOWEST, 0.5], 2.0 ** np.random.default_rng(5).uniform(-31, -1, 20_000)])


def test_a_polynomial_of_degree_seven_in_the_logarithm_is_met_exactly() -> None:
    """Eight conditions, eight coefficients: nothing is left to err but rounding."""
    quantile = Polynomial(np.random.default_rng(1).normal(size=8), domain=[-32, 0], window=[-1, 1])
    slope = quantile.deriv()

    asked: list[np.ndarray] = []

    def at(v: np.ndarray) -> np.ndarray:
        asked.append(v)
        return quantile(np.log2(v))

    def rise(_: np.ndarray) -> np.ndarray:
        """At the probabilities whose quantiles have just been asked for."""
        return slope(np.log2(asked[-1])) / (asked[-1] * np.log(2))

    v = probabilities()
    np.testing.assert_allclose(few_exact(at, rise, between(v, LOWEST)), at(v), rtol=0, atol=1e-13)


@pytest.mark.parametrize("name", SMOOTH)
def test_the_error_in_probability_is_far_below_that_of_a_table(name: str) -> None:
    """2e-10 of the probability itself, or the rounding of the quantile."""
    marginal, v = SMOOTH[name], probabilities()
    for exact, sign in ((marginal.ppf, 1), (marginal.isf, -1)):
        found = few_exact(exact, lambda x, sign=sign: sign / marginal.pdf(x), between(v, LOWEST))
        wrong = np.abs(found - exact(v))
        rounding = 8 * np.spacing(np.abs(exact(v)))
        assert np.all(wrong <= 2e-10 * v / marginal.pdf(exact(v)) + rounding)
