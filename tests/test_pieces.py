"""Tables of distributions with kinks, gaps and lumps: exact around every one of them."""

from __future__ import annotations

import numpy as np
import pytest

import distributions as d
from distributions.pieces import (
    DRAWS_A_PIECE,
    MOST_CUTS,
    MOST_WRONG,
    TAIL,
    QuantilePieces,
    worth_pieces,
)
from distributions.quantile_table import QuantileTable, is_whole, quantiles

MANY = 10**7
ROUGH = {
    "far apart": d.mixture([d.normal(0, 1), d.normal(50, 1)]),
    "overlapping": d.mixture([d.normal(0, 1), d.normal(3, 1)], [3, 1]),
    "a gap": d.mixture([d.uniform(0, 1), d.uniform(5, 6)]),
    "a beginning within": d.mixture([d.normal(3, 2), d.exponential(3)], [1, 3]),
    "three views": d.mixture([d.interval(5, 10), d.interval(20, 60), d.normal(30, 5)]),
    "two perts": d.mixture([d.pert(0, 3, 10), d.pert(8, 9, 20)], [70, 30]),
    "a point among bells": d.mixture([d.normal(3, 1), d.interval(1, 6), 2.5], [6, 3, 1]),
    "cut mixture": d.truncate(d.mixture([d.interval(5, 10), d.interval(20, 60)], [7, 3]), low=6),
    "clipped pert": d.clip(d.pert(0, 3, 10), 1, 6),
    "clipped mixture": d.clip(d.mixture([d.interval(5, 10), d.interval(20, 60)]), high=30),
    "event": d.event(0.1, d.pert(-2, 3, 10)),
    "event of a loss": d.event(0.6, d.beta(2, 3, low=-9, high=-1)),
    "event of views": d.event(0.25, d.mixture([d.interval(5, 10), d.interval(20, 60)])),
    "cut triangular": d.mixture([d.truncate(d.triangular(1, 2, 5), 1.5, 4), 3], [9, 1]),
    "mixtures": d.mixture([d.mixture([d.normal(0, 1), 0]), d.mixture([1, d.pert(1, 2, 9)])]),
    "a long tail": d.mixture([d.pareto(7.5, 0.2), d.gamma(4, 0.06)]),
    "event of a long tail": d.event(0.65, d.mixture([d.pareto(4, 29), d.pert(1, 2, 5)])),
    "a needle": d.mixture([d.normal(0, 1), d.normal(0.3, 1e-7)], [999, 1]),
}  # fmt: skip
every_rough = pytest.mark.parametrize("name", ROUGH)


def reader(name: str) -> QuantilePieces:
    """The pieces the engine reads for many draws."""
    read = quantiles(ROUGH[name], MANY)
    assert isinstance(read, QuantilePieces)
    return read


def wrong(marginal: d.Marginal, u: np.ndarray, x: np.ndarray) -> np.ndarray:
    """How far u lies outside P(X < x) .. P(X <= x), from whichever side keeps the digits."""
    lower = np.maximum(marginal.below(x) - u, u - marginal.cdf(x))
    upper = np.maximum(marginal.sf(x) - (1 - u), (1 - u) - marginal.at_least(x))
    return np.maximum(np.where(u < 0.5, lower, upper), 0)


def crossings(marginal: d.Marginal, read: QuantilePieces) -> np.ndarray:
    """All probabilities at which a piece or a lump begins or ends."""
    points = np.array([*marginal.kinks(), *marginal.jumps(-np.inf, np.inf)[0]])
    starts = [piece.start for piece in read.pieces]
    u = np.unique([*marginal.cdf(points), *marginal.below(points), *starts])
    return u[(u > 0) & (u < 1)]


@every_rough
def test_pieces_err_by_less_than_a_billionth_in_probability(name):
    """Everywhere, and a hundred-thousandth to a trillionth around each kink, gap and lump."""
    marginal, read = ROUGH[name], reader(name)
    rng = np.random.default_rng(21)
    at = crossings(marginal, read)
    assert at.size
    away = np.concatenate([10.0 ** rng.uniform(-16, -1, 2_000), [0.0]])
    near = np.concatenate([at[:, None] + away, at[:, None] - away]).ravel()
    near = np.concatenate([near, np.nextafter(at, 0), np.nextafter(at, 1)])
    near = near[(near > 0) & (near < 1)]
    for u in (rng.random(30_000), near):
        assert wrong(marginal, u, read(u)).max() <= MOST_WRONG


@every_rough
def test_tails_keep_their_digits(name):
    """A millionth of the chance of a tail down to 1e-12, as far as a float near its end tells."""
    marginal, read = ROUGH[name], reader(name)
    tail = 10.0 ** np.random.default_rng(22).uniform(-12, -2, 4_000)
    for u, q in ((tail, tail), (1 - tail, 1 - (1 - tail))):
        x = read(u)
        told = np.abs(marginal.cdf(x + np.spacing(np.abs(x))) - marginal.cdf(x))
        # the exact function's own cut is a difference of chances: good to 2^-52 of its mass
        assert np.all(wrong(marginal, u, x) <= 1e-6 * q + 4 * told + 2**-51)


@every_rough
def test_pieces_rise_also_from_one_to_the_next(name):
    """Neighbouring floats around every border included, up to the chance of two floats of u."""
    marginal, read = ROUGH[name], reader(name)
    at = crossings(marginal, read)
    steps = np.concatenate([np.arange(-40, 41) * 2.0**-53, np.linspace(-1e-9, 1e-9, 401)])
    ends = np.concatenate([[TAIL, 1 - TAIL], at])
    u = np.concatenate([(ends[:, None] + steps).ravel(), np.linspace(1e-6, 1 - 1e-6, 100_001)])
    u = np.unique(u[(u > 0) & (u < 1)])
    x = read(u)
    falls = np.flatnonzero(np.diff(x) < -1e-13 * np.abs(x).max())
    assert np.all(marginal.cdf(x[falls]) - marginal.cdf(x[falls + 1]) <= 2**-52)
    low, high = marginal.support
    assert x.min() >= low
    assert x.max() <= high


def test_lumps_are_their_very_value():
    """An event that does not happen is 0, a clipped amount its bound, not something next to it."""
    u = np.random.default_rng(23).random(200_000)
    happens = reader("event of views")(u)
    assert np.array_equal(happens == 0, u <= 0.75)
    clipped = reader("clipped pert")(u)
    bounds = ROUGH["clipped pert"].cdf(1), ROUGH["clipped pert"].below(6)
    away = np.abs(u[:, None] - bounds).min(axis=1) > 1e-12
    assert np.array_equal((clipped == 1)[away], (u <= bounds[0])[away])
    assert np.array_equal((clipped == 6)[away], (u > bounds[1])[away])
    point = reader("a point among bells")(u)
    assert np.count_nonzero(point == 2.5) == pytest.approx(20_000, abs=5 * np.sqrt(20_000 * 0.9))


def test_nothing_lies_in_a_gap():
    """A mixture of uniforms on 0 .. 1 and 5 .. 6 has no value from 1 to 5; the rest is known."""
    near = 0.5 + np.concatenate([np.arange(-50, 51) * 2.0**-53, np.linspace(-0.5, 0.5, 10_001)])
    u = near[(near > 0) & (near < 1)]
    x = reader("a gap")(u)
    exact = np.where(u <= 0.5, 2 * u, 4 + 2 * u)
    np.testing.assert_allclose(x, exact, rtol=1e-12, atol=1e-15)


def test_two_bells_far_apart_are_two_bells():
    """Below the middle the one, above it the other: known in closed form up to their overlap."""
    u = np.random.default_rng(24).random(50_000)
    bell = d.normal(0, 1)
    upper = u > 0.5
    exact = np.where(upper, bell.isf(np.minimum(2 - 2 * u, 1)), bell.ppf(np.minimum(2 * u, 1)))
    apart = np.abs(u - 0.5) > 1e-6  # nearer than that the exact value itself is steep
    x = reader("far apart")(u) - np.where(upper, 50, 0)
    assert np.abs(bell.cdf(x) - bell.cdf(exact))[apart].max() < 2 * MOST_WRONG


def test_what_is_whole_or_quick_is_not_cut():
    """A smooth distribution has one table; quick formulas and too many lumps keep the exact one."""
    assert is_whole(d.pert(0, 3, 10))
    assert isinstance(quantiles(d.truncate(d.normal(0, 1), low=0), MANY), QuantileTable)
    for quick in (d.event(0.3, d.interval(5, 40)), d.clip(d.normal(0, 1), low=0),
                  d.truncate(d.triangular(1, 2, 5), 1.5, 4)):  # fmt: skip
        assert not is_whole(quick)
        assert not worth_pieces(quick, MANY)
    counts = d.mixture([d.normal(0, 1), d.poisson(30)])
    assert counts.most_points() > MOST_CUTS
    assert not worth_pieces(counts, MANY)
    two = ROUGH["far apart"]
    assert not worth_pieces(two, 2 * DRAWS_A_PIECE - 1)
    assert worth_pieces(two, 2 * DRAWS_A_PIECE)
    assert quantiles(two, MANY) is quantiles(d.mixture([d.normal(0, 1), d.normal(50, 1)]), MANY)


@every_rough
def test_values_do_not_depend_on_what_is_read_with_them(name):
    """Any company gives the same bits, in any shape."""
    read = reader(name)
    u = np.random.default_rng(3).random((3, 7_000))
    whole = read(u)
    assert whole.shape == u.shape
    np.testing.assert_array_equal(whole[1, 5:900], read(u[1, 5:900]))
    np.testing.assert_array_equal(whole[2, 11], read(u[2, 11:12])[0])
    there = np.empty(7_000)
    read.into(u[0, :7_000], there)
    np.testing.assert_array_equal(there, whole[0, :7_000])


def at_random(rng: np.random.Generator) -> d.Marginal:
    """A mixture of two or three views such as people write, perhaps within an event or bounds."""
    low, mode, high = np.sort(np.round(rng.uniform(0, 100, 3), 2))
    views = [
        d.interval(low + 1, high + 2),
        d.pert(low, mode, high + 1),
        d.triangular(low, mode, high + 1),
        d.normal(mode, 1 + high - low),
        d.exponential(1 + mode),
        d.pareto(rng.uniform(0.8, 9), 1 + low),
        d.mixture([float(mode)]).parts[0],
    ]
    chosen = rng.choice(len(views), size=rng.integers(2, 4), replace=False)
    mixed = d.mixture([views[k] for k in chosen], rng.uniform(0.05, 1, len(chosen)).tolist())
    around = rng.integers(4)
    if around == 1:
        return d.event(float(rng.uniform(0.05, 0.95)), mixed)
    if around == 2:
        return d.clip(mixed, *np.sort(mixed.ppf(rng.uniform(0.01, 0.99, 2))))
    return d.truncate(mixed, low=float(mixed.ppf(rng.uniform(0, 0.6)))) if around == 3 else mixed


@pytest.mark.parametrize("seed", range(24))
def test_whatever_people_mix_is_read_exactly(seed):
    """Two dozen mixtures at random: within a billionth, around every border and in both tails."""
    rng = np.random.default_rng(seed)
    marginal = at_random(rng)
    read = quantiles(marginal, MANY)
    tail = 10.0 ** rng.uniform(-12, -1, 1_000)
    u = np.concatenate([rng.random(5_000), tail, 1 - tail])
    if isinstance(read, QuantilePieces):
        away = 10.0 ** rng.uniform(-16, -2, 300)
        at = crossings(marginal, read)[:, None]
        u = np.concatenate([u, (at + away).ravel(), (at - away).ravel()])
    u = u[(u > 0) & (u < 1)]
    assert wrong(marginal, u, read(u)).max() <= MOST_WRONG
