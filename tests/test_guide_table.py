"""Quantiles of single values by a guide: the very values of the exact function, jumps included."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from test_distributions import EXAMPLES

import distributions as d
from distributions.guide_table import (
    CHUNK,
    DRAWS_A_POINT,
    HIGHEST,
    LOWEST,
    MOST_POINTS,
    WORTH_A_GUIDE,
    GuideTable,
    guide_table,
)
from distributions.quantile_table import quantiles

MANY = 10**7
OTHERS = {
    "rare poisson": d.poisson(1e-9), "large poisson": d.poisson(1e5), "certain": d.discrete([4]),
    "never": d.binomial(9, 0), "always": d.binomial(9, 1), "large binomial": d.binomial(10**6, 0.3),
    "a list": d.discrete(np.linspace(-5, 7, 311)), "money": d.discrete([1e9, 5, -3e8, 0.01]),
    "a chance lost in rounding": d.discrete([1, 2, 3], [1, 1e-18, 1]),
    "rare values": d.discrete([1, 2, 3, 4], [1e-15, 1, 1e-12, 1e-16]),
    "event": d.event(0.1, d.poisson(3)), "clipped": d.clip(d.poisson(3), 1.5, 4),
    "mixture with numbers": d.mixture([d.poisson(3), 2.5, 7], [3, 1, 2]),
    "mixture of lists": d.mixture([d.discrete([1, 5]), d.discrete([2, 5, 9], [1, 2, 3])]),
    "cut event": d.truncate(d.event(0.3, d.binomial(30, 0.4)), 1, 20),
    "moved": d.scipy_distribution("poisson", 3, loc=-2),
}  # fmt: skip
DISCRETE = {
    **{f"{row.name} {given}": row.build(*given) for row, given in EXAMPLES if row.discrete},
    **OTHERS,
}
every_discrete = pytest.mark.parametrize("name", DISCRETE)


@every_discrete
def test_a_guide_gives_the_very_values_of_ppf(name):
    """For a million draws, far tails, both sides of every jump, and what lies outside."""
    marginal = DISCRETE[name]
    table = guide_table(marginal)
    assert table is not None
    rng = np.random.default_rng(11)
    tail = 10.0 ** rng.uniform(-20, 0, 20_000)
    edges = np.arange(1025) / 1024
    borders = np.concatenate([marginal.cdf(table.values), table.steps, edges])
    near = [np.nextafter(borders, 2), borders, np.nextafter(borders, -1)]
    odd = [0.0, 1.0, np.nan, -0.1, 1.1, 1e-300, LOWEST, HIGHEST, np.nextafter(LOWEST, 0)]
    for u in (rng.random(200_000), tail, 1 - tail, np.concatenate(near), np.array(odd)):
        np.testing.assert_array_equal(table(u), marginal.ppf(u))


@pytest.mark.parametrize(
    ("marginal", "twin"),
    [
        (d.poisson(3), stats.poisson(3)),
        (d.poisson(1234.5), stats.poisson(1234.5)),
        (d.binomial(40, 0.3), stats.binom(40, 0.3)),
        (d.binomial(5000, 0.01), stats.binom(5000, 0.01)),
        (d.binomial(3, 0.999), stats.binom(3, 0.999)),
    ],
)
def test_a_guide_gives_scipys_counts(marginal, twin):
    """Down to chances of 1e-12 from below and of 1e-9 from above (scipy counts from below)."""
    rng = np.random.default_rng(12)
    tail = 10.0 ** rng.uniform(-12, 0, 5_000)
    table = quantiles(marginal, MANY)
    assert isinstance(table, GuideTable)
    for u in (rng.random(20_000), tail, 1 - tail[tail > 1e-9]):
        np.testing.assert_array_equal(table(u), twin.ppf(u))


def test_a_list_of_values_needs_no_distribution():
    """Values with equal chances, such as observed ones: each is met equally often."""
    values = np.sort(np.random.default_rng(3).normal(size=1000)) * 1e6
    table = GuideTable(None, values, np.arange(1, 1000) / 1000)
    u = (np.arange(10**5) + 0.5) / 10**5
    np.testing.assert_array_equal(table(u), np.repeat(values, 100))
    np.testing.assert_array_equal(table(np.arange(1, 1000) / 1000), values[1:])


def test_the_engine_reads_counts_and_lists_by_a_guide():
    """Where the draws are many; a few draws, or values beyond number, are left to `ppf`."""
    few, many = d.poisson(3), d.discrete(np.arange(300))
    assert not isinstance(quantiles(few, WORTH_A_GUIDE - 1), GuideTable)
    assert isinstance(quantiles(few, WORTH_A_GUIDE), GuideTable)
    assert isinstance(quantiles(many, MANY), GuideTable)
    assert quantiles(few, MANY) is quantiles(d.poisson(3), 2 * MANY)  # one table a distribution
    wide = d.poisson(1e4)
    assert not isinstance(quantiles(wide, WORTH_A_GUIDE), GuideTable)
    assert isinstance(quantiles(wide, int(wide.most_points()) * DRAWS_A_POINT + 64), GuideTable)
    for quick in (d.chance(0.3), d.mixture([3]).parts[0]):
        assert not isinstance(quantiles(quick, MANY), GuideTable)
    for vast in (d.poisson(1e12), d.event(0.1, d.poisson(1e12)), d.binomial(10**14, 0.5),
                 d.mixture([0, d.poisson(1e12)]), d.truncate(d.poisson(1e12), low=1),
                 d.scipy_distribution("zipf", 2.5)):  # fmt: skip
        assert vast.most_points() > MOST_POINTS
        assert not isinstance(quantiles(vast, 10**9), GuideTable)
    assert d.normal(0, 1).most_points() == 0


@every_discrete
def test_there_are_no_more_points_than_said(name):
    """The bound that keeps a table from being begun in vain."""
    marginal = DISCRETE[name]
    points = marginal.jumps(float(marginal.ppf(1e-300)), float(marginal.isf(1e-300)))[0]
    assert len(points) <= marginal.most_points() <= 100 + 40 * len(points)


def test_a_guide_is_read_in_any_shape_and_any_company():
    """Any chunk gives the same values, one number or many."""
    table = guide_table(d.poisson(50))
    u = np.random.default_rng(3).random((3, CHUNK + 77))
    whole = table(u)
    assert whole.shape == u.shape
    np.testing.assert_array_equal(whole[1, 5:900], table(u[1, 5:900]))
    assert whole[2, 11] == table(u[2, 11:12])[0]
    assert table(np.empty(0)).shape == (0,)
    there = np.empty(7_000)
    table.into(u[0, :7_000], there)
    np.testing.assert_array_equal(there, whole[0, :7_000])
