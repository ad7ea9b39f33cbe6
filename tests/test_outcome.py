"""One simulated amount: its statistics against closed forms, certified data and definitions."""

from math import exp, inf, isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.result import Measured, Outcome
from simulator.result.intervals import (
    chance_interval,
    mean_interval,
    percentile_interval,
    sd_interval,
    worst_mean_interval,
)
from simulator.result.outcome import PERCENTILES, STATISTICS

REPLICATES = 16
WAFER = [95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.061]
WAFER += [95.1591, 95.1195, 95.1065, 95.0925, 95.199, 95.1682]


def outcome(values, replicates=1, **more):
    """An outcome called x."""
    return Outcome("x", np.asarray(values, float), replicates, **more)


def sampled(family, trials=2**16):
    """The quantiles of a distribution at evenly spaced chances, shuffled."""
    chances = (np.arange(trials) + 0.5) / trials
    return outcome(np.random.default_rng(1).permutation(family.ppf(chances)), REPLICATES)


@pytest.mark.parametrize(
    ("values", "mean", "sd"),
    [
        ([10_000_001, 10_000_003, 10_000_002], 10_000_002, 1),
        ([1_000_000.2] + [1_000_000.1, 1_000_000.3] * 500, 1_000_000.2, 0.1),
        ([10_000_000.2] + [10_000_000.1, 10_000_000.3] * 500, 10_000_000.2, 0.1),
    ],
)
def test_certified_means_and_deviations(values, mean, sd):
    """NIST's NumAcc1, 3 and 4: no digit lost to large values (their sd divides by n - 1)."""
    found = outcome(values)
    n = len(values)
    assert found.mean == pytest.approx(mean, abs=1e-6)
    assert found.sd * sqrt(n / (n - 1)) == pytest.approx(sd, abs=1e-6)


def test_percentile_is_a_value_that_occurred():
    """NIST's wafer data: 90 % of twelve is the eleventh value, by the definition reports state."""
    assert outcome(WAFER).percentile(90) == sorted(WAFER)[10]
    assert outcome(WAFER).percentile(50) == sorted(WAFER)[5]
    assert outcome(WAFER).percentile(0) == min(WAFER)
    assert outcome(WAFER).percentile(100) == max(WAFER)


def test_tails_in_closed_form():
    """A normal(100, 50) and a lognormal with sigma 0.8: percentiles, worst 5 %, chance of loss."""
    normal = sampled(stats.norm(100, 50))
    assert normal.mean == pytest.approx(100, abs=1e-3)
    assert normal.sd == pytest.approx(50, abs=0.02)
    assert normal.percentile(5) == pytest.approx(17.7573186524, abs=0.01)
    assert normal.worst_mean() == pytest.approx(-3.13564037537, abs=0.05)
    assert normal.chance_below(0) == pytest.approx(0.0227501319482, abs=2e-5)
    assert normal.chance_above(0) == pytest.approx(1 - 0.0227501319482, abs=2e-5)
    heavy = sampled(stats.lognorm(0.8, scale=100))
    assert heavy.percentile(5) == pytest.approx(26.8237391449, abs=0.01)
    assert heavy.worst_mean() == pytest.approx(19.9560879636, abs=0.01)
    assert heavy.mean == pytest.approx(100 * exp(0.32), abs=0.05)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=40), st.integers(-6, 6))
def test_chances_by_counting(values, limit):
    """Above, below and at most, with ties."""
    found = outcome(values)
    n = len(values)
    assert found.chance_above(limit) == sum(v > limit for v in values) / n
    assert found.chance_below(limit) == sum(v < limit for v in values) / n
    assert found.chance_at_most(limit) == sum(v <= limit for v in values) / n


def test_statistics_are_those_of_the_defined_trials():
    """Undefined trials are counted in undefined_share and nowhere else."""
    values = np.random.default_rng(2).normal(size=1600)
    with_gaps = np.insert(values, np.arange(0, 1600, 4), nan)  # 25 gaps in each replicate of 125
    full, gaps = outcome(values, REPLICATES), outcome(with_gaps, REPLICATES)
    assert gaps.undefined_share == 400 / 2000
    assert gaps.trials == 2000
    whole, part = full.statistics(), gaps.statistics()
    assert whole.pop("undefined_share") == 0
    assert part.pop("undefined_share") == 0.2
    assert part == whole


def test_nothing_defined():
    """No statistic is made up where no trial has the amount: None, and NaN for a bare chance."""
    found = outcome([nan] * 32, REPLICATES)
    statistics = found.statistics()
    assert statistics.pop("undefined_share") == 1
    assert statistics.pop("resolution") == 0
    assert statistics.pop("interval") == dict.fromkeys(STATISTICS)
    assert statistics == dict.fromkeys(STATISTICS)
    assert isnan(found.chance_above(0))
    assert isnan(found.chance_below(0))
    assert isnan(found.chance_at_most(0))
    assert found.chance(np.ones(32)) == Measured(None, None, None)
    assert "mean undefined" in repr(found)


def test_what_never_comes_has_no_mean():
    """One payback that never comes is enough; the percentiles before it stand."""
    values = np.arange(1.0, 101)
    values[95:] = inf
    found = outcome(values, worst="high")
    assert found.mean is None
    assert found.sd is None
    assert found.worst_mean() is None
    assert found.percentile(95) == 95
    assert found.percentile(96) is None
    statistics = found.statistics()
    assert [statistics[f"p{p}"] for p in (90, 95, 99)] == [90, 95, None]
    assert statistics["interval"]["mean"] is None
    assert statistics["interval"]["p90"] == [84, None]  # order statistics 84 and 96 of 100
    assert statistics["interval"]["p99"] is None
    assert found.interval("p90") == (84, inf)
    assert found.measured("p90") == Measured(90, 84, None)
    assert statistics["chance_positive"] == 1


def test_worst_end():
    """Low amounts are bad, high paybacks and peak funding are."""
    values = np.arange(1.0, 101)
    assert outcome(values).worst_mean() == 3
    assert outcome(values, worst="high").worst_mean() == 98
    assert outcome(values, worst="high").value("worst10_mean") == 95.5


@pytest.mark.parametrize("replicates", [1, REPLICATES])
def test_statistics_hold_every_statistic_with_its_interval(replicates):
    """The dictionary is made of the functions of the intervals, name by name."""
    values = np.random.default_rng(4).normal(0.5, size=1600)
    found = outcome(values, replicates, worst="high").statistics(level=0.9)
    assert list(found) == [*STATISTICS, "undefined_share", "resolution", "interval"]
    assert list(found["interval"]) == list(STATISTICS)
    expected = {
        "mean": mean_interval(values, replicates, 0.9),
        "sd": sd_interval(values, replicates, 0.9),
        "chance_positive": chance_interval(values > 0, replicates, 0.9),
        "chance_negative": chance_interval(values < 0, replicates, 0.9),
        "worst5_mean": worst_mean_interval(values, 0.05, replicates, 0.9, "high"),
        **{f"p{p}": percentile_interval(values, p, replicates, 0.9) for p in PERCENTILES},
    }
    for stat, interval in expected.items():
        low, high = found["interval"][stat]
        assert (low, high) == pytest.approx(interval, rel=1e-12)
        assert low <= found[stat] <= high
        assert type(low) is type(high) is type(found[stat]) is float


def test_chance_of_an_event_beside_the_amount():
    """Told trial by trial, over the trials in which the amount is defined."""
    values = np.array([1.0, 2, 3, nan, 4, inf, nan, nan])
    found = outcome(values, worst="high").chance([True, True, False, True, True, False, True, True])
    assert found.value == 3 / 5
    expected = stats.binomtest(3, 5).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.as_chance() == {"chance": found.value, "low": found.low, "high": found.high}


def test_values_cannot_be_changed():
    """An outcome never changes in your hands, nor takes the array from yours."""
    mine = np.arange(4.0)
    found = outcome(mine)
    with pytest.raises(ValueError, match="read-only"):
        found.values[0] = 5
    mine[0] = 0.0
    with pytest.raises(AttributeError):
        found.name = "y"


def test_it_prints_as_one_line():
    """Name, size and the figures that one asks for first."""
    assert repr(outcome([1, 2, 3], unit="kr")) == "Outcome('x', 3 trials, mean 2 kr, P5 1, P95 3)"


@pytest.mark.parametrize("stat", ["median", "p0", "p100", "worst0_mean", "p", "", "P5", "p-1"])
def test_unknown_statistics_are_refused(stat):
    """The message lists the names that exist."""
    for ask in (outcome([1.0]).value, outcome([1.0]).interval, outcome([1.0]).measured):
        with pytest.raises(ValueError, match=f"no statistic '{stat}': write mean, sd, p1"):
            ask(stat)


def test_wrong_numbers_are_refused():
    """Percentiles, shares and replicates have their ranges."""
    for percent in (-1, 101, nan):
        with pytest.raises(ValueError, match="between 0 and 100"):
            outcome([1.0]).percentile(percent)
    for share in (0, 1.5, nan):
        with pytest.raises(ValueError, match=r"like 0.05"):
            outcome([1.0]).worst_mean(share)
    for values, replicates in (([1.0, 2, 3], 2), ([1.0], 0), ([[1.0]], 1)):
        with pytest.raises(ValueError, match=r"x: values of shape .* of equal size"):
            outcome(values, replicates)
