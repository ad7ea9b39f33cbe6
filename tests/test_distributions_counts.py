"""Counts: quantiles exactly right at every jump, for small and for very large numbers."""

from __future__ import annotations

from math import comb, exp, factorial

import numpy as np
import pytest
from scipy import stats

import distributions as d
from distributions import EstimateError

COUNTS = {
    "poisson 0.02": (d.poisson(0.02), stats.poisson(0.02)),
    "poisson 3": (d.poisson(3), stats.poisson(3)),
    "poisson 80.5": (d.poisson(80.5), stats.poisson(80.5)),
    "binomial 1": (d.binomial(1, 0.4), stats.binom(1, 0.4)),
    "binomial 40": (d.binomial(40, 0.3), stats.binom(40, 0.3)),
    "binomial 200": (d.binomial(200, 0.97), stats.binom(200, 0.97)),
    "binomial 3000": (d.binomial(3000, 0.001), stats.binom(3000, 0.001)),
}


NAMES = {"poisson": ["rate"], "binomial": ["n", "p"]}


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("way", ["table", "search"])
def test_quantiles_step_exactly_at_the_jumps(name, way):
    """At u = P(X <= k) it is k, one float further k + 1: by table, and by search a trial."""
    marginal, twin = COUNTS[name]
    k = np.arange(twin.ppf(1e-12), twin.isf(1e-12) + 1)
    upto = marginal.cdf(k)
    k, upto = k[upto < 1 - 1e-15], upto[upto < 1 - 1e-15]
    np.testing.assert_allclose(upto, twin.cdf(k), rtol=2e-13)
    if way == "search":
        one = {f: np.full(len(k), getattr(marginal, f)) for f in NAMES[name.split()[0]]}
        marginal = type(marginal)(**one)
    assert marginal.ppf(upto).tolist() == k.tolist()
    assert marginal.ppf(np.nextafter(upto, 0)).tolist() == k.tolist()
    assert marginal.ppf(np.nextafter(upto, 1)).tolist() == (k + 1).tolist()


@pytest.mark.parametrize("name", COUNTS)
def test_upper_quantiles_step_exactly_at_the_jumps(name):
    """isf(P(X > k)) is k, one float less k + 1, in the far tail too."""
    marginal, twin = COUNTS[name]
    k = np.arange(twin.ppf(1e-12), twin.isf(1e-15) + 30)
    beyond = marginal.sf(k)
    k, beyond = k[beyond > 0], beyond[beyond > 0]
    np.testing.assert_allclose(beyond, twin.sf(k), rtol=1e-10)
    assert marginal.isf(beyond).tolist() == k.tolist()
    fewer = k < (twin.support()[1] - 1 if np.isfinite(twin.support()[1]) else np.inf)
    assert marginal.isf(np.nextafter(beyond[fewer], 0)).tolist() == (k[fewer] + 1).tolist()


@pytest.mark.parametrize("name", COUNTS)
def test_quantiles_between_the_jumps_are_scipys(name):
    """Four thousand random probabilities."""
    marginal, twin = COUNTS[name]
    u = np.random.default_rng(8).random(4000)
    assert marginal.ppf(u).tolist() == twin.ppf(u).tolist()
    assert marginal.isf(u).tolist() == twin.isf(u).tolist()


def test_chances_of_a_few_are_counted_by_hand():
    """The textbook sums."""
    upto = [sum(comb(4, j) * 0.3**j * 0.7 ** (4 - j) for j in range(k + 1)) for k in range(5)]
    np.testing.assert_allclose(d.binomial(4, 0.3).cdf(range(5)), upto, rtol=1e-14)
    upto = [sum(exp(-3) * 3**j / factorial(j) for j in range(k + 1)) for k in range(9)]
    np.testing.assert_allclose(d.poisson(3).cdf(range(9)), upto, rtol=1e-14)
    assert d.binomial(4, 0.3).cdf([-1, -0.5, 3.9, 4, 9]).tolist()[:2] == [0, 0]
    assert d.binomial(4, 0.3).cdf(3.9) == d.binomial(4, 0.3).cdf(3)
    assert d.binomial(4, 0.3).below(3) == d.binomial(4, 0.3).cdf(2)
    assert d.binomial(4, 0.3).at_least(0) == 1


@pytest.mark.parametrize("mean", [1e4, 1e6, 1e9])
def test_large_counts_are_proved_not_approximated(mean):
    """P(X <= k) reaches u at k and not at k - 1, whatever the size."""
    u = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 500), [1e-12]])
    for marginal in (
        d.poisson(mean), d.poisson(np.full(len(u), mean)), d.binomial(4 * mean, 0.25),
        d.binomial(np.full(len(u), 1e3 * mean), 1e-3), d.binomial(2 * mean, np.full(len(u), 0.7)),
    ):  # fmt: skip
        k = marginal.ppf(u)
        assert np.all(marginal.cdf(k) >= u)
        assert np.all(marginal.cdf(k - 1) < u)
        assert k[250] == pytest.approx(np.mean(marginal.mean), rel=5 / np.sqrt(mean))


def test_a_small_chance_among_very_many_is_a_poisson():
    """Le Cam: binomial(n, m/n) and poisson(m) differ by less than m²/n; 1 - p must not round."""
    few, counted = d.poisson(2), d.binomial(1e15, 2e-15)
    k = np.arange(30)
    np.testing.assert_allclose(counted.cdf(k), few.cdf(k), rtol=1e-12)
    np.testing.assert_allclose(counted.sf(k), few.sf(k), rtol=1e-11)


def test_nothing_to_count():
    """No tries, no chance, certain success, no events: all are single values."""
    u = np.array([0, 1e-12, 0.5, 1 - 1e-12, 1])
    for marginal, value in (
        (d.binomial(0, 0.3), 0), (d.binomial(7, 0), 0), (d.binomial(7, 1), 7), (d.poisson(0), 0),
        (d.binomial(np.array([0.0, 0, 0, 0, 0]), 0.3), 0), (d.binomial(7, np.ones(5)), 7),
        (d.poisson(np.zeros(5)), 0),
    ):  # fmt: skip
        assert marginal.ppf(u).tolist() == [value] * 5
        assert marginal.isf(u).tolist() == [value] * 5
        assert np.all(np.asarray(marginal.mean) == value)
        assert np.all(np.asarray(marginal.sd) == 0)


def test_tries_may_come_out_of_a_formula():
    """A whole number to a relative 1e-9 is that whole number; anything else is no count."""
    assert d.binomial(600 / (600 / 14), 1).ppf(0.5) == 14
    assert d.binomial(14 * (1 + 5e-10), 1).ppf(0.5) == 14
    for wrong in (14.00001, 0.5, -1, 14 * (1 + 2e-9)):
        with pytest.raises(EstimateError):
            d.binomial(wrong, 0.3)
    trials = d.binomial(np.array([3.0, 3.5, -2]), 1)
    np.testing.assert_array_equal(trials.ppf(np.full(3, 0.5)), [3, np.nan, np.nan])


def test_a_state_may_draw_its_own_losses():
    """binomial(customers, churn): every trial its own n and p, the mean as it should be."""
    random = np.random.default_rng(2)
    customers, churn = random.integers(0, 5000, 4096).astype(float), random.beta(3, 40, 4096)
    lost = d.binomial(customers, churn).ppf(random.random(4096))
    assert np.all((lost >= 0) & (lost <= customers) & (lost == np.round(lost)))
    expected = np.sum(customers * churn)
    error = np.sqrt(np.sum(customers * churn * (1 - churn)))
    assert abs(lost.sum() - expected) < 4 * error


def test_counts_of_trials_that_make_no_sense_are_not_numbers():
    """NaN where a parameter is out of range; the other trials are unharmed."""
    rate = np.array([3.0, -1, np.nan, np.inf, 3])
    drawn = d.poisson(rate).ppf(np.full(5, 0.5))
    np.testing.assert_array_equal(drawn, [3, np.nan, np.nan, np.nan, 3])
    chances = np.array([0.5, -0.1, 1.1, np.nan])
    np.testing.assert_array_equal(
        d.binomial(2, chances).ppf(np.full(4, 0.5)), [1, np.nan, np.nan, np.nan]
    )
