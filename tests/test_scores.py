"""Normal scores of values: the distribution function, whatever the family and however found."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

import distributions as d
from distributions.scores import Exactly, OfLogNormal, OfNormal, ScoreTable, scores_of

MARGINALS = {
    "normal": (d.normal(3, 2), OfNormal),
    "lognormal": (d.lognormal(mu=1, sigma=0.5), OfLogNormal),
    "interval": (d.interval(1.5e6, 4e6), OfLogNormal),
    "pert": (d.pert(1, 2, 4), ScoreTable),
    "beta": (d.beta(2, 5), ScoreTable),
    "gamma": (d.gamma(2, 3), ScoreTable),
    "student": (d.student_t(4, 0, 1), ScoreTable),
    "truncated": (d.truncate(d.normal(520, 60), low=300, high=800), ScoreTable),
    "uniform": (d.uniform(1, 2), Exactly),
    "triangular": (d.triangular(1, 2, 4), Exactly),
    "pareto": (d.pareto(2, 1), Exactly),
    "two heaps": (d.mixture([d.normal(0, 1), d.normal(50, 1)], [0.5, 0.5]), Exactly),
}
CHANCES = np.concatenate([10.0 ** -np.arange(2, 11), np.linspace(0.011, 0.989, 997),
                          1 - 10.0 ** -np.arange(2, 11)])  # fmt: skip


@pytest.mark.parametrize("name", MARGINALS)
def test_scores_are_those_of_the_distribution_function(name):
    """Φ(z(x)) = F(x) to 1e-9, between the nodes of a table and in either tail."""
    marginal, kind = MARGINALS[name]
    scores = scores_of(marginal)
    assert isinstance(scores, kind)
    x = marginal.ppf(CHANCES)
    np.testing.assert_allclose(ndtr(scores(x)), marginal.cdf(x), rtol=0, atol=1e-9)
    np.testing.assert_allclose(scores(x)[9:-9], ndtri(CHANCES[9:-9]), rtol=0, atol=2e-7)


@pytest.mark.parametrize("name", MARGINALS)
def test_slopes_are_the_density(name):
    """dz/dx = f(x) / φ(z): over what lies between the percentiles from 1 to 99."""
    marginal, _ = MARGINALS[name]
    x = marginal.ppf(np.linspace(0.01, 0.99, 500))
    z, slope = scores_of(marginal).with_slope(x)
    height = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    np.testing.assert_allclose(slope * height, marginal.pdf(x), rtol=1e-4)


@pytest.mark.parametrize("name", MARGINALS)
def test_what_is_impossible_lies_beyond_every_score(name):
    """Below and above what can be there is no chance at all, and no number that is none."""
    marginal, _ = MARGINALS[name]
    low, high = (float(end) for end in marginal.support)
    beyond = np.array(
        [low - 1 if np.isfinite(low) else -1e12, high + 1 if np.isfinite(high) else 1e15]
    )
    z, slope = scores_of(marginal).with_slope(beyond)
    assert ndtr(z[0]) < 1e-11
    assert ndtr(z[1]) > 1 - 1e-11
    assert not np.isnan(z).any()
    assert np.isfinite(slope).all()


def test_scores_rise():
    """A larger value never has a lower score, across the cells of a table too."""
    scores = scores_of(d.pert(0, 1, 10))
    z = scores(np.linspace(-0.1, 10.1, 200_001))
    assert (np.diff(z[np.isfinite(z)]) >= 0).all()
