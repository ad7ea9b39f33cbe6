"""Tabulated quantiles: as exact as they promise, or not tabulated at all."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

import distributions as d
from distributions.cubics import CHUNK
from distributions.quantile_table import (
    MOST_WRONG,
    WORTH_A_TABLE,
    WORTH_IF_QUICK,
    QuantileTable,
    quantiles,
)

MANY = 10**6
SMOOTH = {
    "normal": d.normal(3, 2), "lognormal": d.interval(5, 40), "beta": d.beta(12, 88),
    "beta on a range": d.beta(4, 3, low=-2, high=9), "share": d.share_interval(0.03, 0.08),
    "narrow beta": d.beta(2000, 3000), "pert": d.pert(0, 10, 30),
    "skew pert": d.pert(0.002, 0.012, 0.04), "gamma": d.gamma(2, 3), "small gamma": d.gamma(0.3, 1),
    "student": d.student_t(3, 0, 1), "truncated normal": d.truncate(d.normal(520, 60), 300, 800),
    "half normal": d.truncate(d.normal(0, 1), low=0),
    "posnorm": d.FAMILIES["normal"].fit(5, 40, low=0),
}  # fmt: skip


@pytest.mark.parametrize("name", SMOOTH)
def test_a_table_errs_by_less_than_a_billionth_in_probability(name: str) -> None:
    """Everywhere, compared with the exact distribution function; in the tails also relatively."""
    marginal = SMOOTH[name]
    table = quantiles(marginal, MANY)
    assert isinstance(table, QuantileTable)
    rng = np.random.default_rng(7)
    middle = rng.random(100_000)
    tail = 10.0 ** rng.uniform(-12, -1, 20_000)
    for u in (middle, tail):
        assert np.abs(marginal.cdf(table(u)) - u).max() <= MOST_WRONG
    # 2e-16: the rounding of the distribution function itself, as of 2 Phi(x) - 1 near 0
    np.testing.assert_allclose(marginal.cdf(table(tail)), tail, rtol=1e-6, atol=2e-16)
    upper = 1 - tail
    assert np.abs(marginal.sf(table(upper)) - (1 - upper)).max() <= MOST_WRONG


def test_beta_quantiles_against_arbitrary_precision() -> None:
    """mpmath's incomplete beta function at 50 digits, tails included."""
    table = quantiles(d.beta(2.5, 40), MANY)
    mpmath.mp.dps = 50
    for u in (1e-12, 1e-9, 1e-4, 0.03, 0.5, 0.77, 0.999, 1 - 1e-9):
        x = float(table(np.array([u]))[0])
        exact = mpmath.betainc(2.5, 40, 0, x, regularized=True)
        assert abs(exact - mpmath.mpf(u)) <= min(MOST_WRONG, 1e-6 * min(u, 1 - u) + 1e-16)


@pytest.mark.parametrize("name", SMOOTH)
def test_a_table_rises_and_stays_in_the_range(name: str) -> None:
    """Larger probabilities give no smaller values, also across the borders of cells."""
    marginal = SMOOTH[name]
    table = quantiles(marginal, MANY)
    cells = 2.0 ** -np.arange(1, 31)[:, None] * (1 + np.arange(64) / 64)
    borders = np.concatenate([np.nextafter(cells, 0), cells, np.nextafter(cells, 1)]).ravel()
    u = np.unique(np.concatenate([borders, 1 - borders, np.linspace(1e-6, 1 - 1e-6, 200_001)]))
    x = table(u)
    scale = np.abs(x).max()
    assert np.all(np.diff(x) >= -1e-13 * scale)
    low, high = marginal.support
    assert x.min() >= low - 1e-12 * scale
    assert x.max() <= high + 1e-12 * scale


@pytest.mark.parametrize(
    "marginal",
    [d.triangular(1, 2, 5), d.uniform(0, 1), d.exponential(3), d.weibull(1.5, 2), d.pareto(3, 1)],
)
def test_families_with_a_quick_formula_keep_it(marginal: d.Marginal) -> None:
    """A kink or an end with positive density is no matter for a closed form."""
    assert not isinstance(quantiles(marginal, MANY), QuantileTable)


@pytest.mark.parametrize(
    "marginal",
    [
        d.mixture([d.normal(0, 1), d.poisson(30)]),
        d.truncate(d.triangular(1, 2, 5), 1.5, 4),
        d.event(0.3, d.interval(5, 40)),
        d.clip(d.normal(0, 1), low=0),
        d.FAMILIES["poisson"].build(4),
        d.discrete([1, 2, 3]),
        d.beta(0.5, 0.5),
    ],
)
def test_what_a_table_cannot_hold_is_computed_exactly(marginal: d.Marginal) -> None:
    """Jumps of what is quick anyhow, many lumps, poles: the very values of `ppf`."""
    u = np.random.default_rng(1).random(5000)
    np.testing.assert_array_equal(quantiles(marginal, MANY)(u), marginal.ppf(u))


def test_a_few_draws_are_not_worth_a_table() -> None:
    """Below the threshold the exact function is used, and for quick families up to a later one."""
    slow, quick = d.pert(1, 2, 5), d.normal(0, 1)
    assert not isinstance(quantiles(slow, WORTH_A_TABLE - 1), QuantileTable)
    assert isinstance(quantiles(slow, WORTH_A_TABLE), QuantileTable)
    assert not isinstance(quantiles(quick, WORTH_IF_QUICK - 1), QuantileTable)
    assert isinstance(quantiles(quick, WORTH_IF_QUICK), QuantileTable)


def test_equal_distributions_share_one_table() -> None:
    """One table per distribution, however often it is written."""
    assert quantiles(d.pert(1, 2, 5), MANY) is quantiles(d.pert(1, 2, 5), MANY)


def test_values_do_not_depend_on_what_is_read_with_them() -> None:
    """Any chunk gives the same bits, one number or a million, in any shape."""
    table = quantiles(d.gamma(2, 3), MANY)
    u = np.random.default_rng(3).random((3, CHUNK + 77))
    whole = table(u)
    assert whole.shape == u.shape
    np.testing.assert_array_equal(whole[1, 5:900], table(u[1, 5:900]))
    np.testing.assert_array_equal(whole[2, 11], table(u[2, 11:12])[0])


def test_one_half_and_the_smallest_and_largest_draws() -> None:
    """The cell of 1/2 alone, and what lies beyond the table."""
    marginal = d.normal(0, 1)
    table = quantiles(marginal, MANY)
    u = np.array([0.5, 2.0**-54, 2.0**-33, 1 - 2.0**-53, np.nextafter(0.5, 1)])
    np.testing.assert_allclose(table(u), marginal.ppf(u), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("marginal", [d.triangular(1, 2, 5), d.triangular(-3, -3, 4),
                                      d.triangular(0, 7, 7), d.uniform(-1e6, 3)])  # fmt: skip
def test_formulas_that_write_in_place_are_the_exact_ones(marginal: d.Marginal) -> None:
    """To the rounding of the range, inside it, and rising through the mode."""
    u = np.unique(np.concatenate([np.random.default_rng(4).random(CHUNK + 3), [2.0**-54, 0.25]]))
    found, low, high = np.empty(len(u)), *marginal.support
    quantiles(marginal, MANY).into(u, found)
    np.testing.assert_allclose(found, marginal.ppf(u), rtol=0, atol=2e-16 * (high - low + abs(low)))
    assert found.min() >= low
    assert found.max() <= high
    assert np.all(np.diff(found) >= -1e-15 * (high - low))


def test_a_table_writes_where_it_is_told_to() -> None:
    """The same bits as the table hands out."""
    table = quantiles(d.pert(0, 10, 30), MANY)
    u = np.random.default_rng(3).random(2 * CHUNK + 5)
    found = np.empty(len(u))
    table.into(u, found)
    np.testing.assert_array_equal(found, table(u))
