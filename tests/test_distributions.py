"""One table that tests every distribution: against scipy.stats, itself and nonsense."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

import distributions as d
from distributions import EstimateError, Marginal, named, stream

TAIL = np.array([1e-12, 1e-9, 1e-6, 1e-3])
BODY = np.array([0.01, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0.99])
U = np.concatenate([TAIL, BODY, [0.999, 1 - 1e-6]])
Q = np.concatenate([TAIL, BODY])


@dataclass(frozen=True)
class Row:
    """A distribution: how it is built, sets of parameters, and its twin, if scipy has one."""

    name: str
    build: Callable[..., Marginal]
    sets: tuple[tuple[float, ...], ...]
    twin: Callable[..., Any] | None = None
    discrete: bool = False


def lognormal_by_moments(mean: float, sd: float) -> Any:
    """The textbook conversion, for scipy."""
    variance = np.log(1 + (sd / mean) ** 2)
    return stats.lognorm(np.sqrt(variance), scale=mean / np.exp(variance / 2))


def pert_in_scipy(low: float, mode: float, high: float) -> Any:
    """Malcolm and others, 1959."""
    width = high - low
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    return stats.beta(a, b, low, width)


def mixed(mu: float, share: float) -> Marginal:
    """A bell, a lognormal and a point, with shares that vary."""
    return d.mixture([d.normal(mu, 1), d.lognormal(mu=1, sigma=0.5), 2.5], [share, 0.3, 0.1])


ROWS = (
    Row("normal", d.normal, ((0, 1), (-5e6, 0.1), (3, 200)), stats.norm),
    Row("lognormal mu", lambda m, s: d.lognormal(mu=m, sigma=s), ((0, 1), (14.5, 0.42), (-8, 2)),
        lambda m, s: stats.lognorm(s, scale=np.exp(m))),
    Row("lognormal mean", lambda m, s: d.lognormal(mean=m, sd=s),
        ((100, 50), (1e6, 3e6), (2, 0.01)), lognormal_by_moments),
    Row("uniform", d.uniform, ((0, 1), (-5, 12), (1e6, 1e6 + 1)),
        lambda low, high: stats.uniform(low, high - low)),
    Row("triangular", d.triangular, ((0, 0.3, 1), (10, 10, 26), (-3, 5, 5)),
        lambda low, mode, high: stats.triang((mode - low) / (high - low), low, high - low)),
    Row("pert", d.pert, ((10, 15, 26), (0, 0, 0.3), (-3, 5, 5)), pert_in_scipy),
    Row("beta", d.beta, ((2, 3), (0.35, 0.6), (58.5, 1205.25)), stats.beta),
    Row("beta on a range", lambda a, b, low, high: d.beta(a, b, low=low, high=high),
        ((2, 3, 5, 40), (0.5, 0.5, -1, 1), (4, 1.5, 0, 1e6)),
        lambda a, b, low, high: stats.beta(a, b, low, high - low)),
    Row("gamma", d.gamma, ((2.5, 3), (0.25, 1e6), (400, 0.01)),
        lambda k, scale: stats.gamma(k, scale=scale)),
    Row("exponential", d.exponential, ((3,), (1e-3,), (1e7,)), lambda m: stats.expon(scale=m)),
    Row("weibull", d.weibull, ((1.7, 3), (0.6, 10), (30, 1)),
        lambda k, scale: stats.weibull_min(k, scale=scale)),
    Row("student_t", d.student_t, ((4, 10, 2), (2.5, 0, 1), (30, -1, 5)), stats.t),
    Row("pareto", d.pareto, ((3, 10), (2.2, 1), (20, 1e6)),
        lambda k, scale: stats.pareto(k, scale=scale)),
    Row("poisson", d.poisson, ((3,), (0.02,), (1234.5,)), stats.poisson, discrete=True),
    Row("binomial", d.binomial, ((40, 0.3), (3, 0.999), (5000, 0.01)), stats.binom, discrete=True),
    Row("bernoulli", d.bernoulli, ((0.3,), (0.01,), (0.75,)), stats.bernoulli, discrete=True),
    Row("chance", d.chance, ((0.3,), (0.01,), (0.75,)), stats.bernoulli, discrete=True),
    Row("discrete", lambda x, w: d.discrete([x, 5.5, -2, x], [w, 2, 1, 0.5]),
        ((7, 1), (0, 3), (-9.5, 0.1)), discrete=True),
    Row("truncated", lambda m, s: d.truncate(d.normal(m, s), 0, 4), ((1, 2), (-9, 1), (30, 2)),
        lambda m, s: stats.truncnorm(-m / s, (4 - m) / s, m, s)),
    Row("truncated poisson", lambda m: d.truncate(d.poisson(m), 2, 9), ((3,), (1,), (8,)),
        discrete=True),
    Row("clipped", lambda m, s: d.clip(d.normal(m, s), 0, 4), ((1, 2), (0.5, 5), (5, 2))),
    Row("mixture", mixed, ((3, 0.6), (-4, 0.2), (2.5, 1))),
    Row("mixture of counts", lambda m, p: d.mixture([d.poisson(m), d.binomial(9, p)], [2, 1]),
        ((3, 0.5), (20, 0.9), (0.5, 0.1)), discrete=True),
    Row("event", lambda p, m: d.event(p, d.normal(m, 2)), ((0.1, 5), (0.6, -3), (0.99, 0))),
    Row("event of a number", d.event, ((0.1, 5), (0.6, -3), (0.99, 2)), discrete=True),
    Row("scipy.gengamma",
        lambda a, c, scale: d.scipy_distribution("gengamma", a, c, scale=scale),
        ((2, 1.5, 3), (1, 1, 10), (4, 0.9, 0.1)),
        lambda a, c, scale: stats.gengamma(a, c, scale=scale)),
    Row("scipy.nbinom", lambda n, p: d.scipy_distribution("nbinom", n, p),
        ((3, 0.4), (10, 0.9), (2.5, 0.3)), stats.nbinom, discrete=True),
)  # fmt: skip

EXAMPLES = [(row, given) for row in ROWS for given in row.sets]
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
every_example = pytest.mark.parametrize(
    ("row", "given"), EXAMPLES, ids=[f"{row.name} {given}" for row, given in EXAMPLES]
)
with_twin = pytest.mark.parametrize(
    ("row", "given"),
    [(row, given) for row, given in EXAMPLES if row.twin],
    ids=[f"{row.name} {given}" for row, given in EXAMPLES if row.twin],
)


def test_the_table_has_every_family():
    """A family that joins the registry must join the table."""
    ours = {name for name, one in d.FAMILIES.items() if one.builder.__module__ == named.__name__}
    assert ours <= {row.name.split()[0] for row in ROWS}
    assert len(ours) >= 15


@with_twin
def test_quantiles_are_scipys(row, given):
    """From either side, tails of 1e-12 included; counts exactly."""
    marginal, twin = row.build(*given), row.twin(*given)
    rtol = 0 if row.discrete else 5e-13
    # A range that reaches below zero has no relative accuracy at zero, nor has a cut at its bound.
    atol = 5e-13 * float(marginal.sd) if float(marginal.support[0]) < 0 else 0
    atol = 1e-14 if row.name == "truncated" else atol
    np.testing.assert_allclose(marginal.ppf(U), twin.ppf(U), rtol=rtol, atol=atol)
    q = BODY if row.name in ("triangular", "truncated") else Q  # there scipy goes by way of 1 - q
    np.testing.assert_allclose(marginal.isf(q), twin.isf(q), rtol=rtol, atol=atol)


@with_twin
def test_chances_and_densities_are_scipys(row, given):
    """cdf, sf and pdf at points in the body and far out."""
    marginal, twin = row.build(*given), row.twin(*given)
    x = np.concatenate([twin.ppf(BODY), twin.ppf(TAIL), twin.isf(TAIL)])
    # Some of scipy's small chances are one minus large ones.
    np.testing.assert_allclose(marginal.cdf(x), twin.cdf(x), rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(marginal.sf(x), twin.sf(x), rtol=1e-9, atol=1e-14)
    density = np.zeros_like(x) if row.discrete else twin.pdf(x)
    np.testing.assert_allclose(marginal.pdf(x), density, rtol=1e-8)
    assert isinstance(marginal.scipy().ppf(0.3), float)
    assert marginal.scipy().ppf(0.3) == pytest.approx(twin.ppf(0.3), rel=1e-12)


@with_twin
def test_mean_and_sd_are_scipys(row, given):
    """Closed forms, and the integral where there is none."""
    marginal, twin = row.build(*given), row.twin(*given)
    rel = 1e-6 if row.name == "truncated" else 1e-10  # as far as scipy's truncated normal goes
    assert isinstance(marginal.mean, float)
    assert marginal.mean == pytest.approx(twin.mean(), rel=rel)
    assert marginal.sd == pytest.approx(twin.std(), rel=rel)


without_twin = [(row, given) for row, given in EXAMPLES if not row.twin]


@pytest.mark.parametrize(
    ("row", "given"), without_twin, ids=[f"{row.name} {given}" for row, given in without_twin]
)
def test_mean_and_sd_are_integrals_of_density_and_jumps(row, given):
    """Where scipy has no twin: the density, integrated by quad, and the points with mass."""
    marginal = row.build(*given)
    points, masses = marginal.jumps(-np.inf, np.inf)
    cuts = sorted({float(marginal.ppf(1e-14)), 0.0, 2.5, 4.0, float(marginal.isf(1e-14))})

    def expected(function):
        pieces = [
            integrate.quad(lambda x: function(x) * float(marginal.pdf(x)), low, high)[0]
            for low, high in pairwise(cuts)
            if not row.discrete
        ]
        return np.sum(masses * function(points)) + sum(pieces)

    mean = expected(lambda x: x)
    assert expected(lambda x: x**0) == pytest.approx(1, abs=1e-9)
    assert marginal.mean == pytest.approx(mean, rel=1e-8, abs=1e-9)
    assert marginal.sd == pytest.approx(np.sqrt(expected(lambda x: (x - mean) ** 2)), rel=1e-8)


@every_example
def test_chances_of_quantiles_come_back(row, given):
    """cdf(ppf(u)) = u where nothing jumps; everywhere P(X < x) <= u <= P(X <= x)."""
    marginal = row.build(*given)
    x, y = marginal.ppf(U), marginal.isf(Q)
    # What the last bits of x are worth, and what has been lost of u.
    coarse = 1e-14 if row.name == "truncated" else 0  # its base's accuracy, which is absolute
    slack_x = (16 * np.spacing(np.abs(x)) + coarse) * marginal.pdf(x) + 1e-12 * U
    slack_y = (16 * np.spacing(np.abs(y)) + coarse) * marginal.pdf(y) + 1e-12 * Q
    assert np.all(marginal.below(x) <= U + slack_x)
    assert np.all(marginal.cdf(x) >= U - slack_x)
    assert np.all(marginal.sf(y) <= Q + slack_y)
    assert np.all(marginal.at_least(y) >= Q - slack_y)


@every_example
def test_quantiles_rise(row, given):
    """ppf never falls as u rises, nor isf as q falls, through the tails and past every jump."""
    marginal = row.build(*given)
    u = np.sort(np.concatenate([np.linspace(0, 1, 3001), 10.0 ** -np.arange(1, 300, 7), TAIL]))
    for rising in (marginal.ppf(u), marginal.isf(u)[::-1]):
        bits = 0 if row.discrete else 1e-14 * np.abs(np.clip(rising[:-1], -1e300, 1e300))
        assert np.all(rising[1:] >= rising[:-1] - bits)


@every_example
def test_ends_of_the_support_are_the_quantiles_of_0_and_1(row, given):
    """And nothing outside 0..1 is a probability."""
    marginal = row.build(*given)
    low, high = marginal.support
    assert marginal.ppf(0) == pytest.approx(low, rel=1e-12)
    assert marginal.ppf(1) == pytest.approx(high, rel=1e-12)
    assert marginal.isf(0) == pytest.approx(high, rel=1e-12)
    assert marginal.isf(1) == pytest.approx(low, rel=1e-12)
    assert np.isnan(marginal.ppf([-0.1, 1.1, np.nan])).all()
    assert np.isnan(marginal.isf([-0.1, 1.1, np.nan])).all()
    assert np.isnan([marginal.cdf(np.nan), marginal.sf(np.nan), marginal.pdf(np.nan)]).all()


@every_example
def test_nothing_lies_beyond_infinity(row, given):
    """All mass lies below +infinity and above -infinity, and none at either."""
    marginal = row.build(*given)
    ends = np.array([-np.inf, np.inf])
    for of in ("cdf", "below"):
        np.testing.assert_allclose(getattr(marginal, of)(ends), [0, 1], rtol=4e-16)
    for of in ("sf", "at_least"):
        np.testing.assert_allclose(getattr(marginal, of)(ends), [1, 0], rtol=4e-16)


@every_row
def test_one_value_a_trial_gives_what_each_trial_gives(row):
    """Parameters in arrays: every trial is the scalar distribution of its own parameters."""
    columns = [np.array(column, dtype=float) for column in zip(*row.sets, strict=True)]
    together = row.build(*columns)
    assert together.shape == (3,)
    assert together.problem() is None
    u = np.array([0.03, 0.55, 0.98])
    alone = [row.build(*given) for given in row.sets]
    rtol = 0 if row.discrete else 1e-14
    for trial, one in enumerate(alone):
        assert together.trial(trial) == one
    for of in ("ppf", "isf", "cdf", "sf", "below", "at_least", "pdf"):
        x = u if of in ("ppf", "isf") else np.array([float(m.ppf(0.6)) for m in alone])
        expected = [float(getattr(m, of)(x[i])) for i, m in enumerate(alone)]
        np.testing.assert_allclose(getattr(together, of)(x), expected, rtol=max(rtol, 1e-14))
    np.testing.assert_allclose(together.ppf(u[:, None])[1], [m.ppf(0.55) for m in alone], rtol=rtol)
    np.testing.assert_allclose(together.mean, [m.mean for m in alone], rtol=1e-13)
    np.testing.assert_allclose(together.sd, [m.sd for m in alone], rtol=1e-13)


@every_row
def test_drawn_values_follow_the_distribution(row):
    """Kolmogorov-Smirnov on 16,384 random draws; for single points every share (chi square)."""
    marginal = row.build(*row.sets[0])
    draws = marginal.ppf(stream(5, 0, 0, row.name).random(16_384))
    points, masses = marginal.jumps(-np.inf, np.inf)
    if row.discrete:
        often = masses * 16_384 >= 5
        counts = np.array([np.count_nonzero(draws == point) for point in points[often]])
        rest = 16_384 - counts.sum()
        expected = np.append(masses[often], 1 - masses[often].sum()) * 16_384
        kept = expected > 1e-6
        observed = np.append(counts, rest)[kept]
        surprise = np.sum((observed - expected[kept]) ** 2 / expected[kept])
        assert stats.chi2.sf(surprise, max(kept.sum() - 1, 1)) > 1e-4
    else:
        x = np.sort(draws)
        ranks = np.arange(1, 16_385) / 16_384
        # With atoms the empirical function is compared at either side of every step.
        above = np.max(np.searchsorted(x, x, side="right") / 16_384 - marginal.cdf(x))
        below = np.max(marginal.below(x) - np.searchsorted(x, x, side="left") / 16_384)
        assert ranks[-1] == 1
        assert max(above, below) < 2.2 / np.sqrt(16_384)  # exceeded once in 16,000 times


@every_row
@pytest.mark.parametrize("way", ["numbers", "trials"])
def test_blocks_change_no_bit(row, way):
    """A draw is the same alone, in a small block or in a large one."""
    u = stream(6, 0, 0, row.name).random(500)
    columns = row.sets[0]
    if way == "trials":
        columns = [np.full(500, value) for value in columns]
    for of in ("ppf", "isf"):
        whole = getattr(row.build(*columns), of)(u)
        for start, end in ((0, 1), (3, 10), (7, 136), (100, 500)):
            block = [c if way == "numbers" else c[start:end] for c in columns]
            part = getattr(row.build(*block), of)(u[start:end])
            np.testing.assert_array_equal(part, whole[start:end])


@every_example
def test_points_with_mass_add_up(row, given):
    """Masses of jumps are the steps of the distribution function; discrete ones sum to 1."""
    marginal = row.build(*given)
    points, masses = marginal.jumps(-np.inf, np.inf)
    steps = np.where(
        marginal.cdf(points) < 0.5,
        marginal.cdf(points) - marginal.below(points),
        marginal.at_least(points) - marginal.sf(points),
    )
    np.testing.assert_allclose(masses, steps, rtol=1e-9, atol=1e-15)
    assert marginal.is_discrete == row.discrete
    assert np.all(masses > 0)
    assert np.all(np.diff(points) > 0)
    if row.discrete:
        assert masses.sum() == pytest.approx(1, abs=1e-12)
        middle = float(marginal.ppf(0.5))
        assert marginal.jumps(middle, middle)[0].tolist() == [middle]


@every_example
def test_values_are_frozen_and_travel(row, given):
    """Equal and hashable by value, unchanged by a journey between processes."""
    marginal = row.build(*given)
    marginal.ppf(0.5)
    assert marginal == row.build(*given)
    assert hash(marginal) == hash(row.build(*given))
    assert pickle.loads(pickle.dumps(marginal)) == marginal
    assert marginal != d.normal(17, 4)
    with pytest.raises(AttributeError):
        marginal.mean = 3


def test_values_are_printed_as_they_are_built():
    """A Marginal shows its parameters."""
    assert repr(d.normal(1, 2)) == "Normal(mu=1.0, sigma=2.0)"
    assert repr(d.event(0.1, 5)) == "Event(probability=0.1, amount=Point(value=5.0))"


def test_parameters_that_cannot_be_numbers_are_refused():
    """Text and None are not silently anything; a number too large to hold is infinite."""
    with pytest.raises(EstimateError, match="the sd must be a number, not 'five'"):
        d.normal(1, "five")
    with pytest.raises(EstimateError, match="must be a number, not None"):
        d.poisson(None)
    with pytest.raises(EstimateError, match="the mean must be a finite number, not inf"):
        d.normal(10**400, 1)
