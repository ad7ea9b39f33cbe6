"""Percentiles of the averaged distribution, whose chances are worked out plainly."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

import utfall as ut
from simulator.result.averaged import SKEWED, Averaged
from simulator.result.curve import Curve
from simulator.result.outcome import PERCENTILES
from simulator.result.percentiles import MOST_STEPS, UNSEEN

CASE = """\
years: 4
discount_rate: rate
inputs:
  build: {build}
  gain: normal(1.2, 0.4)
  win: chance(30 %)
  rate: triangular(6 %, 9 %, 13 %)
investment:
  Build: build * {factor}
benefits:
  Gain: gain * (0.6 + 0.2 * year) + {prize} * win
{more}
dependence:
  - {{between: [build, gain], rank: 0.5}}
"""
CASES = {
    "lognormal": {"build": "lognormal(1.5 to 4)"},
    "tabulated": {"build": "pert(0.5, 2, 6)"},
    "normal": {"build": "normal(3, 0.5)"},
    "exactly": {"build": "triangular(1, 2, 4)"},
    "taxed": {"build": "lognormal(1.5 to 4)", "more": "tax: {rate: 20 %, depreciation_years: 3}"},
    "by another": {"build": "lognormal(1.5 to 4)", "factor": "(1 + rate)"},
    "falling": {"build": "lognormal(1.5 to 4)", "factor": "-1 + 9"},
    "far apart": {"build": "lognormal(1.5 to 2)", "prize": "50"},
    "narrow": {"build": "normal(3, 0.001)", "prize": "0.5"},
}
"""Where the investment hardly matters, or values lie in two heaps, lines bend soon."""


def run(name: str, **asked: object) -> ut.Result:
    """A result with the investment integrated out."""
    text = CASE.format(**{"factor": "1", "prize": "0", "more": "", **CASES[name]})
    result = ut.simulate(ut.read(text), **asked)
    assert result.integrated is not None
    return result


def chance_of_less(result: ut.Result, limit: float) -> float:
    """The mean over trials of P(investment > where the limit is met), by the exact functions."""
    one = result.integrated
    saved = sum((1 + one.rate) ** -float(year) for year in range(1, one.written_off + 1))
    weight = 1 - one.shield * saved
    x = one.amount.drawn + (result.npv.values - limit) / (weight * one.amount.slope)
    below, above = one.amount.marginal.cdf(x), one.amount.marginal.sf(x)
    with np.errstate(all="ignore"):
        z = np.where(below < 0.5, ndtri(below), -ndtri(above))
    more = ndtr(-(z - one.amount.mean) / one.amount.sd)
    return float(np.mean(more if one.amount.rises else 1 - more))


@pytest.mark.parametrize("sampling", ["sobol", "random"])
@pytest.mark.parametrize("name", CASES)
def test_the_chance_of_less_than_a_percentile_and_its_ends_is_as_asked(name, sampling):
    """To a hundredth of the chance's own error; ends to two, by the error of a limit nearby.

    Which is the same to a thirtieth. At as many trials as leave bends to a few of them, whose own
    level is far less sure.
    """
    result = run(name, trials=2**16, sampling=sampling)
    npv, few = result.npv, result.integrated._percentiles._few
    assert few.npv.size < 2**16
    for percent in PERCENTILES:
        value, (low, high) = npv.percentile(percent), npv.interval(f"p{percent}")
        exactly, near = result.integrated.npv_below(value), result.integrated._found[percent].chance
        allowed = UNSEEN * exactly.error + 1e-9
        assert abs(chance_of_less(result, value) - percent / 100) <= allowed
        assert near.error == pytest.approx(exactly.error, rel=1 / 30, abs=1e-9)
        least, most = near.interval()
        for end, mirrored in ((low, most), (high, least)):  # less is likelier: it lies lower
            chance = 2 * percent / 100 - mirrored
            assert abs(chance_of_less(result, end) - chance) <= 2 * allowed


@pytest.mark.parametrize("name", CASES)
def test_limits_tried_together_are_as_tried_one_by_one(name):
    """To the bit; and what is told without an error is the same."""
    result = run(name, trials=1024)
    limits = [result.npv.plain.percentile(percent) for percent in (5, 50, 95)]
    together, one_by_one, levels = (replace_curve(result) for _ in range(3))
    points = together.points(limits)
    assert points == [one_by_one.points([limit])[0] for limit in limits]
    for point, level in zip(points, levels.levels(limits), strict=True):
        assert level.chance == pytest.approx(point.chance.chance, rel=1e-12)
        assert level.density == pytest.approx(point.density, rel=1e-12)
        assert levels.chance(point.limit).chance == pytest.approx(point.chance.chance, rel=1e-12)


def replace_curve(result: ut.Result) -> Curve:
    """The curve of a result, as long as nothing was tried."""
    known = result.integrated._curve
    return Curve(known.amount, known.npv, known.weight, known.replicates)


@pytest.mark.parametrize("replicates", [1, 16])
def test_a_few_trials_are_the_first_of_each_replicate(replicates):
    """So that they are as even as a set of so many points is."""
    sampling = "sobol" if replicates == 16 else "random"
    result = run("taxed", trials=1024, sampling=sampling)
    few = replace_curve(result).some(32)
    rows = np.arange(1024).reshape(replicates, -1)[:, : 32 // replicates].reshape(-1)
    np.testing.assert_array_equal(few.npv, result.npv.values[rows])
    np.testing.assert_array_equal(few.amount.drawn, result.draws["build"][rows])
    np.testing.assert_array_equal(few.amount.mean, result.integrated.amount.mean[rows])


def test_the_density_is_the_slope_of_the_chance():
    """Of the chance over a stretch in which no curve bends: right to what a chance is exact to."""
    for name in CASES:
        result = run(name, trials=1024)
        curve, step = replace_curve(result), 1e-5
        middle = result.npv.plain.percentile(50)
        low, here, high = curve.levels([middle - step, middle, middle + step])
        slope = (high.chance - low.chance) / (2 * step)
        assert here.density == pytest.approx(slope, rel=1e-3)


HEAVY = """\
years: 4
discount_rate: 8 %
inputs:
  build: {build}
  gain: {gain}
  fire: event({fire})
investment:
  Build: build
benefits:
  Gain: gain
costs:
  Fire: at_year(1, fire)
"""
HEAVIES = {
    "lognormal": {"gain": "lognormal(mu=9, sigma=6)"},
    "still heavier": {"gain": "lognormal(mu=9, sigma=40)"},
    "pareto": {"gain": "pareto(0.3, 100k)"},
    "amount too": {"build": "lognormal(mu=10, sigma=6)", "gain": "pareto(0.9, 100k)"},
    "seldom a heap": {"gain": "normal(500, 30)", "fire": "0.01 %, 5e10"},
    "a heap": {"gain": "normal(500, 30)", "fire": "5 %, 5e10"},
    "heaps": {"gain": "normal(500, 30)", "fire": "50 %, 5e10"},
    "in the rounding": {"gain": "normal(500, 30)", "fire": "25 %, 1e60"},
}
"""Values so far out, or so far apart, that the spread of all says nothing of where most lie."""


@pytest.mark.parametrize("sampling", ["sobol", "random"])
@pytest.mark.parametrize("name", HEAVIES)
def test_a_percentile_is_where_halving_finds_it_whatever_lies_far_out(name, sampling, monkeypatch):
    """To a hundredth of the chance's own error, or between doubles too close for any better.

    And in fewer steps than the guard allows.
    """
    build = "normal(1000, 50)" if "heap" in name or "rounding" in name else "900k to 1.8M"
    text = HEAVY.format(**{"build": build, "fire": "1 %, 1000", **HEAVIES[name]})
    result = ut.simulate(ut.read(text), trials=2**12, sampling=sampling)
    tried: list[float] = []
    points = Curve.points
    monkeypatch.setattr(
        Curve, "points", lambda curve, limits: tried.extend(limits) or points(curve, limits)
    )
    for percent in PERCENTILES:
        tried.clear()
        value = result.npv.percentile(percent)
        assert len(tried) < len(PERCENTILES) + MOST_STEPS
        low, high = halved(result, percent / 100)
        error = result.integrated.npv_below(value).error
        off = chance_of_less(result, value) - percent / 100
        near = 1e-14 * (abs(value) + result.integrated._within)
        assert abs(off) <= UNSEEN * error + 1e-9 or low - near <= value <= high + near
        ends = result.npv.interval(f"p{percent}")
        assert ends[0] <= value <= ends[1]


def test_few_trials_do_not_tell_how_a_line_bends_past_the_edges_of_skewed_curves():
    """An investment a hundred times as far apart on the whole as at its lower end, of 2^17 trials.

    Each trial's curve is a step beside the stretch that a line would lead over.
    """
    gain, build = "lognormal(mu=9, sigma=6)", "pareto(0.3, 100k)"
    text = HEAVY.format(build=build, gain=gain, fire="5 %, 1e15")
    result = ut.simulate(ut.read(text), trials=2**17)
    for percent in (75, 90, 95):
        value = result.npv.percentile(percent)
        error = result.integrated.npv_below(value).error
        assert abs(chance_of_less(result, value) - percent / 100) <= UNSEEN * error + 1e-9


def halved(result: ut.Result, chance: float) -> tuple[float, float]:
    """Two limits as close as doubles are, below which value lies less and more often than so."""
    low, high = -1e300, 1e300
    while low < (middle := halfway(low, high)) < high:
        if chance_of_less(result, middle) < chance:
            low = middle
        else:
            high = middle
    return low, high


def halfway(low: float, high: float) -> float:
    """By as many doubles from either end."""
    places = np.array([low, high]).view(np.int64)
    signed = np.where(places < 0, np.iinfo(np.int64).min - places, places).tolist()
    middle = np.array((signed[0] + signed[1]) // 2)
    return float(np.where(middle < 0, np.iinfo(np.int64).min - middle, middle).view(np.float64))


@pytest.mark.parametrize("trials", [64, 512, 4096])
@pytest.mark.parametrize("chance", [0.01, 0.05, 0.5, 0.99])
def test_what_a_mean_is_likely_to_be_is_what_counts_are(trials, chance):
    """Drawn: to either side a count of independent trials misses as often as the level says.

    Or seldomer; 3 % where it is so large that it may be as much too small as too large.
    """
    error = np.sqrt(chance * (1 - chance) / trials)
    low, high = Averaged(chance, error, trials, trials - 1, counts=0.0).likely(0.95)
    counts = np.random.default_rng(1).binomial(trials, chance, 20_000) / trials
    few = min(chance, 1 - chance) * trials < SKEWED
    sides = (np.mean(counts < low), np.mean(counts > high))
    assert all(side <= (0.025 if few else 0.03) + 4 * np.sqrt(0.025 / 20_000) for side in sides)
