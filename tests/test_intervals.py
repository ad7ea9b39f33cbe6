"""Intervals are honest: by formula, against scipy.stats, and by counting how often they hold."""

from fractions import Fraction
from math import ceil, comb, exp, inf, isinf, nan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.result.intervals import (
    Sample,
    chance_interval,
    mean_interval,
    percentile,
    percentile_interval,
    sd_interval,
    worst_mean,
    worst_mean_interval,
)

T15 = stats.t.ppf(0.975, 15)
REPLICATES = 16

sorted_values = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60).map(sorted)


def normal(seed=1, trials=4096):
    """Independent standard normal values."""
    return np.random.default_rng(seed).normal(size=trials)


def test_mean_of_replicates():
    """Pooled mean ± t15 · sd of the sixteen means / 4."""
    values = normal()
    means = values.reshape(REPLICATES, -1).mean(axis=1)
    error = T15 * means.std(ddof=1) / 4
    expected = (values.mean() - error, values.mean() + error)
    assert mean_interval(values, REPLICATES) == pytest.approx(expected, rel=1e-12)


def test_percentile_of_replicates():
    """Sectioning about the pooled percentile: √(Σ (q_r - q)² / (R (R - 1)))."""
    values = normal()
    for percent in (1, 5, 50, 90):
        pooled = np.quantile(values, percent / 100, method="inverted_cdf")
        own = np.quantile(
            values.reshape(REPLICATES, -1), percent / 100, axis=1, method="inverted_cdf"
        )
        error = T15 * sqrt(((own - pooled) ** 2).sum() / (16 * 15))
        expected = (pooled - error, pooled + error)
        assert percentile_interval(values, percent, REPLICATES) == pytest.approx(expected, rel=1e-9)


def test_independent_draws_by_theory():
    """With one replicate scipy.stats gives the mean's, Wilson's and the order statistics."""
    values = normal(trials=1000)
    mean = stats.ttest_1samp(values, 0).confidence_interval(0.9)
    assert mean_interval(values, 1, level=0.9) == pytest.approx((mean.low, mean.high), rel=1e-10)
    hits = values > 1.5
    wilson = stats.binomtest(int(hits.sum()), 1000).proportion_ci(0.95, method="wilson")
    assert chance_interval(hits, 1) == pytest.approx((wilson.low, wilson.high), rel=1e-10)
    rising = np.sort(values)
    for percent in (5, 50, 95):
        low = int(stats.binom.ppf(0.025, 1000, percent / 100))
        high = int(stats.binom.ppf(0.975, 1000, percent / 100)) + 1
        assert percentile_interval(values, percent, 1) == (rising[low - 1], rising[high - 1])
    sd = values.std()
    error = sqrt((((values - values.mean()) ** 4).mean() - sd**4) / 1000) / (2 * sd)
    width = stats.t.ppf(0.975, 999) * error
    assert sd_interval(values, 1) == pytest.approx((sd - width, sd + width), rel=1e-10)


@pytest.mark.parametrize("trials", [1, 2, 5, 40, 1000, 65_536])
def test_order_statistics_are_the_binomial_ones(trials):
    """The ranks agree with the quantiles of scipy.stats; none below the first is invented."""
    values = np.arange(1.0, trials + 1)
    for percent in (0.5, 1, 10, 50, 97.5, 99):
        for level in (0.5, 0.95, 0.999):
            low, high = percentile_interval(values, percent, 1, level)
            below = stats.binom.ppf((1 - level) / 2, trials, percent / 100)
            above = stats.binom.ppf((1 + level) / 2, trials, percent / 100) + 1
            assert low == (below or -inf)
            assert high == (above if above <= trials else inf)


def coverage_limits(runs, level=0.95, risk=1e-5):
    """How many of `runs` intervals may hold the truth, but for a risk of one in 100,000."""
    return stats.binom.ppf([risk / 2, 1 - risk / 2], runs, level)


def lognormal_share(p):
    """Mean of the lowest share p of a lognormal(0, 1), in closed form."""
    return exp(0.5) * stats.norm.cdf(stats.norm.ppf(p) - 1) / p


@pytest.mark.parametrize("replicates", [1, REPLICATES])
@pytest.mark.parametrize("family", ["normal", "lognormal"])
def test_coverage(family, replicates):
    """Over 600 seeds, 95 % intervals of 4,096 draws hold the truth as often as they promise."""
    runs = 600
    points = {percent: stats.norm.ppf(percent / 100) for percent in (5, 50, 90)}
    truth = {"mean": 0.0, "sd": 1.0, "chance": 0.3, "rare": 0.001, **points}
    truth["worst"] = -exp(-(points[5] ** 2) / 2) / sqrt(2 * pi) / 0.05
    if family == "lognormal":
        points = {percent: exp(point) for percent, point in points.items()}
        truth |= {"mean": exp(0.5), "sd": sqrt((exp(1) - 1) * exp(1)), **points}
        truth["worst"] = lognormal_share(0.05)
    held = dict.fromkeys(truth, 0)
    for seed in range(runs):
        score = normal(seed)
        sample = Sample.of(np.exp(score) if family == "lognormal" else score, replicates)
        found = {
            "mean": sample.mean_interval(),
            "sd": sample.sd_interval(),
            "chance": chance_interval(score < stats.norm.ppf(0.3), replicates),
            "rare": chance_interval(score < stats.norm.ppf(0.001), replicates),
            "worst": sample.worst_mean_interval(0.05),
            **{percent: sample.percentile_interval(percent) for percent in points},
        }
        for name, (low, high) in found.items():
            held[name] += low <= truth[name] <= high
    if family == "lognormal":
        assert held.pop("sd") > 0.8 * runs  # so heavy a tail hides from its own sample
        assert held.pop("mean") > 0.88 * runs
    least, most = coverage_limits(runs)
    assert {name: count for name, count in held.items() if not least <= count <= most} == {}


def test_never_seen_does_not_mean_impossible():
    """No hit, or nothing but hits, in all replicates: Wilson's interval on the pooled count."""
    for hits, expected in ((np.zeros(1600), (0, 0.0024)), (np.ones(1600), (0.9976, 1))):
        for replicates in (1, REPLICATES):
            assert chance_interval(hits, replicates) == pytest.approx(expected, abs=5e-5)


def test_fewer_hits_than_replicates_are_counted_not_compared():
    """Where most replicates have no hit at all their spread says little: Wilson."""
    hits = np.zeros(1600)
    hits[[5, 205, 405]] = 1
    wilson = stats.binomtest(3, 1600).proportion_ci(0.95, method="wilson")
    assert chance_interval(hits, REPLICATES) == pytest.approx((wilson.low, wilson.high))
    assert chance_interval(1 - hits, REPLICATES) == pytest.approx((1 - wilson.high, 1 - wilson.low))


def test_replicates_that_agree_may_all_be_half_a_point_off():
    """The same share in every replicate of 100: a standard error of 1 / (2 · 100 · √16)."""
    rows = np.arange(100.0)
    values, error = np.tile(rows, REPLICATES), T15 / 800
    expected = pytest.approx((0.25 - error, 0.25 + error))
    assert chance_interval(values < 25, REPLICATES) == expected
    assert mean_interval(values < 25, REPLICATES) == expected
    # ranks 400 ± 4.26 of 1,600, sixteen to each value
    assert percentile_interval(values, 25, REPLICATES) == (24, 25)
    assert percentile_interval(values, 25.5, REPLICATES) == (25, 25)  # 408 ± 4.26
    assert percentile_interval(values, 0.1, REPLICATES) == (0, 0)
    assert percentile_interval(values, 99.9, REPLICATES) == (99, 99)


def test_a_jump_counts_as_the_chance_of_passing_it():
    """Few values: all jumps; many: those that stand out, while small steps even out."""
    error = T15 / (2 * 400 * 4)
    low, high = mean_interval(np.tile([0.0, 1, 5, 5], 1600), REPLICATES)
    assert (low, high) == pytest.approx((2.75 - 5 * error, 2.75 + 5 * error))
    steps = np.tile(np.arange(400.0), REPLICATES)
    low, high = mean_interval(steps, REPLICATES)
    assert (low, high) == pytest.approx((199.5, 199.5))
    steps[steps >= 200] += 1e6
    low, high = mean_interval(steps, REPLICATES)
    assert (high - low) / 2 == pytest.approx((1e6 + 1) * error)


def test_spread_and_tail_follow_the_chances():
    """A chance c off by e: sd √(c (1 - c)) by (1 - 2c) e / (2 sd), the worst half by e / 0.5."""
    error = T15 / (2 * 400 * 4)
    coins = np.tile([0.0, 0, 0, 1], 1600)
    low, high = sd_interval(coins, REPLICATES)
    assert (high - low) / 2 == pytest.approx(0.5 * error / (2 * sqrt(0.1875)))
    for worst, mean in (("low", 0.0), ("high", 0.5)):
        low, high = worst_mean_interval(coins, 0.5, REPLICATES, worst=worst)
        reach = mean / 0.5 * error * 2  # the lowest half holds one value only
        assert (low, high) == pytest.approx((mean - reach, mean + reach))


def test_values_that_are_all_alike_are_certain():
    """Where nothing differs there is no jump that could be off."""
    same = np.full(1600, 7.0)
    assert mean_interval(same, REPLICATES) == (7, 7)
    assert sd_interval(same, REPLICATES) == (0, 0)
    assert percentile_interval(same, 5, REPLICATES) == (7, 7)
    assert worst_mean_interval(same, 0.05, REPLICATES) == (7, 7)


def test_a_percentile_just_short_of_never_may_be_never():
    """Ranks 1,440 ± 4.26 of 1,600 with 157 that never come: the upper end is infinite."""
    rows = np.arange(1600.0).reshape(100, REPLICATES).T.copy()
    rows[rows >= 1443] = inf
    low, high = percentile_interval(rows.ravel(), 90, REPLICATES)
    assert 1400 < low <= 1434
    assert isinf(high)
    one = np.concatenate([rows[0], np.full(rows.size - 100, nan)])
    assert percentile_interval(one, 99, REPLICATES)[1] == inf  # the others have no trial


def test_chances_stay_between_0_and_1():
    """Wide intervals are cut where a chance ends."""
    hits = np.zeros((REPLICATES, 20))
    hits[:2] = 1  # 40 of 320, all in two replicates
    low, high = chance_interval(hits.ravel(), REPLICATES)
    assert low == 0
    assert 0.125 < high < 1
    assert chance_interval(1 - hits.ravel(), REPLICATES) == pytest.approx((1 - high, 1))


def test_undefined_trials_are_left_out_with_their_weight():
    """Each replicate counts by the trials it has; those with none are no replicates."""
    values = np.array([[1.0, 3, nan, nan], [4, 4, 4, 4], [nan, nan, nan, nan], [6, 8, 7, nan]])
    mean = 41 / 9
    weights, own = np.array([2, 4, 3]) / 9, np.array([2.0, 4, 7])
    error = sqrt(3 / 2 * ((weights * (own - mean)) ** 2).sum())
    width = stats.t.ppf(0.975, 2) * error
    assert mean_interval(values.ravel(), 4) == pytest.approx((mean - width, mean + width))


@pytest.mark.parametrize(
    "values",
    [
        [nan] * 8,
        [1.0, 2.0, nan, nan, nan, nan, nan, nan],  # one replicate only
    ],
)
def test_fewer_than_two_replicates_give_no_interval(values):
    """A spread needs two: without them there is no interval, not one of width 0."""
    assert mean_interval(values, 4) is None
    assert sd_interval(values, 4) is None
    assert percentile_interval(values, 50, 4) is None
    assert worst_mean_interval(values, 0.5, 4) is None
    assert chance_interval([nan if np.isnan(v) else v > 1 for v in values], 4) is None


def test_one_draw_has_no_spread():
    """A single independent draw says nothing of its own error."""
    assert mean_interval([5.0], 1) is None
    assert sd_interval([5.0], 1) is None
    assert worst_mean_interval([5.0], 0.05, 1) is None
    assert percentile_interval([5.0], 50, 1) == (-inf, inf)


def test_infinite_values_leave_percentiles_but_no_mean():
    """A payback that never comes has no mean; its percentiles count it as the longest."""
    rng = np.random.default_rng(3)
    values = rng.uniform(1, 5, 1600)
    values[rng.permutation(1600)[:480]] = inf  # 30 %, more in some replicates than in others
    for replicates in (1, REPLICATES):
        assert mean_interval(values, replicates) is None
        assert sd_interval(values, replicates) is None
        assert worst_mean_interval(values, 0.05, replicates, worst="high") is None
        low, high = worst_mean_interval(values, 0.05, replicates)
        assert 1 < low < high < 2
        low, high = percentile_interval(values, 50, replicates)
        assert 3 < low < high < 5
        assert percentile_interval(values, 90, replicates) == (inf, inf)
        low, high = percentile_interval(values, 70, replicates)
        assert 4.5 < low < 5
        assert isinf(high)


@given(sorted_values, st.integers(1, 99))
def test_percentile_is_the_smallest_value_not_exceeded_with_that_chance(values, percent):
    """By counting: at least p % of the values are at or below it, fewer below it."""
    found = percentile(np.array(values), percent)
    at_most = sum(value <= found for value in values)
    below = sum(value < found for value in values)
    assert Fraction(at_most, len(values)) >= Fraction(percent, 100) > Fraction(below, len(values))


@given(sorted_values, st.integers(1, 100))
def test_worst_mean_shares_the_value_on_the_edge(values, percent):
    """By exact fractions: each value holds 1 / n, and the share ends inside one of them."""
    room = Fraction(percent, 100) * len(values)
    held = [min(max(room - i, 0), 1) for i in range(len(values))]
    size = max(map(abs, values)) + 1
    low = sum(part * Fraction(value) for part, value in zip(held, values, strict=True)) / room
    assert worst_mean(np.array(values), percent / 100) == pytest.approx(float(low), abs=1e-9 * size)
    high = sum(part * Fraction(v) for part, v in zip(held, values[::-1], strict=True)) / room
    found = worst_mean(np.array(values), percent / 100, "high")
    assert found == pytest.approx(float(high), abs=1e-9 * size)


@given(sorted_values, st.integers(1, 100))
def test_worst_means_mirror(values, percent):
    """The highest share of x is minus the lowest of -x, and neither passes the mean."""
    low = worst_mean(np.array(values), percent / 100)
    high = worst_mean(np.array(values), percent / 100, "high")
    slack = 1e-9 * (max(map(abs, values)) + 1)
    assert -worst_mean(-np.array(values)[::-1], percent / 100) == high
    assert low - slack <= np.mean(values) <= high + slack


def test_tails_mirror_with_their_intervals():
    """Turning every value turns the intervals, under either design."""
    values = normal()
    for replicates in (1, REPLICATES):
        low, high = worst_mean_interval(values, 0.05, replicates)
        turned = worst_mean_interval(-values, 0.05, replicates, worst="high")
        assert turned == pytest.approx((-high, -low), rel=1e-2)
        low, high = percentile_interval(values, 5, replicates)
        assert percentile_interval(-values, 95, replicates) == pytest.approx(
            (-high, -low), rel=0.05
        )


@pytest.mark.parametrize("replicates", [1, REPLICATES])
def test_a_higher_level_is_wider(replicates):
    """What shall hold more often must reach further, and contain the estimate."""
    values = normal()
    sample = Sample.of(values, replicates)
    for interval, estimate in (
        (sample.mean_interval, values.mean()),
        (sample.sd_interval, values.std()),
        (lambda level: sample.percentile_interval(10, level), percentile(np.sort(values), 10)),
        (lambda level: sample.worst_mean_interval(0.05, level), worst_mean(np.sort(values), 0.05)),
        (lambda level: chance_interval(values > 0, replicates, level), (values > 0).mean()),
    ):
        (low, high), (lower, higher) = interval(0.8), interval(0.99)
        assert lower < low < estimate < high < higher


def test_wrong_levels_and_uneven_replicates_are_refused():
    """A level is a chance; replicates are equally large."""
    for level in (0, 1, 95):
        with pytest.raises(ValueError, match=f"between 0 and 1, like 0.95, not {level}"):
            mean_interval([1.0, 2.0], 2, level)
    for values, replicates in (([1.0, 2, 3], 2), ([1.0], 0), ([[1.0, 2]], 1)):
        with pytest.raises(ValueError, match="equal size"):
            mean_interval(values, replicates)


def test_small_binomials_by_counting():
    """Five draws: the median's ranks from the binomial coefficients themselves."""
    chances = np.cumsum([comb(5, k) / 32 for k in range(6)])
    low = int(np.searchsorted(chances, 0.1))
    high = int(np.searchsorted(chances, 0.9)) + 1
    assert percentile_interval([1, 2, 3, 4, 5], 50, 1, level=0.8) == (low, high) == (1, 5)
    assert ceil(5 * 0.5) == 3  # the median itself lies between
