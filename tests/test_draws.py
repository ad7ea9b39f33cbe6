"""What every design draws from every family, as the engine reads it: shape, moments, counts.

There are some 250 tests of chance here. Each is failed by a right program once in a million times,
so that all together are failed once in 4,000 seeds; the seed was chosen before any was looked at.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats
from test_distributions import ROWS, Row

import distributions as d
from distributions.named import __name__ as named
from distributions.quantile_table import quantiles

MANY = 10**8
SEED = 5
TRIALS = 65_536
RARE = 1e-6
KINDS = ("sobol", "latin", "random")
CRITICAL = float(stats.kstwobign.isf(RARE))
"""Of √n times Kolmogorov's distance: 2.69."""
FAR = float(stats.norm.isf(RARE / 2))
OTHERS = (
    Row("interval", d.interval, ((5, 40),)),
    Row("share interval", d.share_interval, ((0.03, 0.08),)),
    Row("pert by percentiles", lambda *three: d.pert(*three, ends="p10_p90"), ((2, 5, 9),)),
    Row("views", lambda x: d.mixture([d.interval(5, 10), d.interval(20, x)], [7, 3]), ((60,),)),
    Row("event of a pert", lambda p: d.event(p, d.pert(1, 2, 5)), ((0.2,),)),
    Row("clipped pert", lambda low: d.clip(d.pert(0, 3, 10), low, 6), ((1,),)),
)
EVERY = {row.name: row for row in (*ROWS, *OTHERS)}
every_family = pytest.mark.parametrize("name", EVERY)
every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def marginal_of(name: str) -> d.Marginal:
    """A typical member of the family."""
    row = EVERY[name]
    return row.build(*row.sets[0])


@cache
def drawn(name: str, kind: str) -> np.ndarray:
    """All trials of an input, one row a replicate, read as the engine reads very many."""
    of = d.design(kind, SEED, TRIALS)
    u = [of.uniforms(name, 3, replicate, unit) for replicate, unit, _ in of.units]
    return quantiles(marginal_of(name), MANY)(np.concatenate(u)).reshape(of.replicates, -1)


def distance(marginal: d.Marginal, draws: np.ndarray) -> float:
    """Kolmogorov's: how far the share of draws up to any value is from its chance."""
    x = np.sort(draws)
    above = np.searchsorted(x, x, side="right") / len(x) - marginal.cdf(x)
    below = marginal.below(x) - np.searchsorted(x, x, side="left") / len(x)
    return float(max(above.max(), below.max()))


@every_family
def test_random_draws_have_the_shape_of_their_family(name):
    """Kolmogorov-Smirnov, a lump counted on either side of its step."""
    draws = drawn(name, "random")[0]
    assert np.sqrt(TRIALS) * distance(marginal_of(name), draws) < CRITICAL


@every_family
@pytest.mark.parametrize("kind", ["sobol", "latin"])
def test_stratified_draws_are_nowhere_further_than_one_draw(name, kind):
    """With one draw in each of n cells the share up to any value errs by less than 1/n.

    True of every replicate, whatever the seed; the billionth is what a table may err by.
    """
    for draws in drawn(name, kind):
        assert distance(marginal_of(name), draws) < 1 / len(draws) + 1e-9


@pytest.mark.parametrize("name", [name for name, row in EVERY.items() if row.discrete])
@every_kind
def test_single_values_come_as_often_as_they_should(name, kind):
    """Chi square of random draws; of stratified ones each count within two of its expectation."""
    marginal = marginal_of(name)
    points, masses = marginal.jumps(-np.inf, np.inf)
    draws = drawn(name, kind)
    assert np.isin(draws, points).all()
    for one in draws:
        expected = masses * len(one)
        counts = np.array([np.count_nonzero(one == point) for point in points])
        if kind != "random":
            assert np.abs(counts - expected).max() < 2
            continue
        often = expected >= 5
        observed = np.append(counts[often], counts[~often].sum())
        expected = np.append(expected[often], expected[~often].sum())
        kept = expected > 0
        if kept.sum() > 1 and expected[-1] < 5:  # what is rare goes to what comes least often
            observed, expected = observed[:-1].copy(), expected[:-1].copy()
            observed[-1] += len(one) - observed.sum()
            expected[-1] += len(one) - expected.sum()
        surprise = np.sum((observed - expected) ** 2 / expected)
        assert stats.chi2.sf(surprise, max(len(expected) - 1, 1)) > RARE


@cache
def kurtosis_of(marginal: d.Marginal) -> float:
    """From quantiles in the middle of a hundred thousand equal cells."""
    x = quantiles(marginal, MANY)((np.arange(10**5) + 0.5) / 10**5)
    z = (x - marginal.mean) / marginal.sd
    return float(np.mean(z**4))


@every_family
@every_kind
def test_mean_and_sd_are_those_of_the_family(name, kind):
    """Within what the moments of the family allow for so many random draws.

    The mean errs by sd/√n and the variance by sd² √((kurtosis - 1)/n); stratified draws err by
    less. Where tails are so heavy that 65,536 draws are few (kurtosis above 100), only the mean of
    draws moved to the 99.9th percentile is looked at.
    """
    marginal, draws = marginal_of(name), drawn(name, kind).ravel()
    kurtosis = kurtosis_of(marginal)
    if kurtosis > 100:
        top = float(marginal.ppf(0.999))
        marginal, draws = d.clip(marginal, high=top), np.minimum(draws, top)
        kurtosis = kurtosis_of(marginal)
    assert kurtosis < 200
    mean, sd = float(marginal.mean), float(marginal.sd)
    assert abs(draws.mean() - mean) < FAR * sd / np.sqrt(TRIALS)
    assert (
        abs(draws.var() - sd**2) < FAR * sd**2 * np.sqrt((kurtosis - 1) / TRIALS) + 1e-12 * mean**2
    )


@pytest.mark.parametrize("name", [name for name, row in EVERY.items() if not row.discrete])
def test_stratified_means_scatter_around_the_mean(name):
    """Sixteen hypercubes: their mean, against their own scatter (Student's t, 15 degrees).

    A far stricter test than the one above, whose width is that of random draws: by as much as
    stratifying is better. Draws are moved to the range from the 0.1th to the 99.9th percentile.
    """
    bounds = marginal_of(name).ppf([0.001, 0.999])
    inner = d.clip(marginal_of(name), *bounds)
    means = np.clip(drawn(name, "latin"), *bounds).mean(axis=1)
    far = stats.t.isf(RARE / 2, len(means) - 1)
    slack = 1e-9 * float(bounds[1] - bounds[0])  # of the tables, and of the mean's own integral
    assert abs(means.mean() - inner.mean) < far * means.std(ddof=1) / 4 + slack


def test_every_family_is_drawn():
    """A family that joins the registry must join the table in test_distributions.py."""
    known = {name.split()[0] for name in EVERY}
    ours = {name for name, one in d.FAMILIES.items() if one.builder.__module__ == named}
    assert ours <= known
