"""How sure figures are with the investment integrated out: as sure as they say, and surer."""

from __future__ import annotations

from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import utfall as ut

pytestmark = pytest.mark.slow

SEEDS = 300
LEVEL = 0.95
FAR = 3.5
TRIALS = 16 * 64
PERCENTS = (10, 50, 90)
PORTAL = Path(__file__).parents[1] / "benchmarks" / "portal.yaml"
RATIO = 10
"""The chance of payback is so much surer, in variance, than a count of random trials, or more."""


def normals() -> tuple[ut.Case, dict[str, float]]:
    """Two normals that depend, less a third: net present value is normal."""
    case = ut.read(
        """\
years: 1
discount_rate: 0 %
inputs:
  build: normal(10, 2)
  gain: normal(13, 3)
  cost: normal(1, 1)
investment: {Build: build}
benefits: {Gain: gain}
costs: {Running: cost}
dependence: [{between: [build, gain], rank: 0.4}]
"""
    )
    correlation = 2 * np.sin(np.pi * 0.4 / 6)
    npv = stats.norm(2, sqrt(4 + 9 + 1 - 2 * correlation * 2 * 3))
    exact = {f"p{p}": float(npv.ppf(p / 100)) for p in PERCENTS}
    return case, {**exact, "loss": float(npv.cdf(0)), "payback": float(npv.sf(0))}


def lognormals() -> tuple[ut.Case, dict[str, float]]:
    """Build is paid back in two years where a product of lognormals is at least 1."""
    case = ut.read(
        """\
years: 2
discount_rate: 0 %
inputs:
  build: lognormal(mu=1, sigma=0.4)
  users: lognormal(mu=0.2, sigma=0.5)
  value: lognormal(mu=0.5, sigma=0.3)
investment: {Build: build}
benefits: {Gain: users * value}
"""
    )
    spread = sqrt(0.4**2 + 0.5**2 + 0.3**2)
    chance = float(stats.norm.cdf((0.2 + 0.5 + log(2) - 1) / spread))
    return case, {"payback": chance, "loss": 1 - chance}


def found(result: ut.Result, name: str) -> tuple[float, float]:
    """The interval of a figure."""
    assert result.integrated is not None
    if name == "payback":
        chance = result.payback_chance(result.horizon, level=LEVEL)
        assert chance.low is not None and chance.high is not None
        return chance.low, chance.high
    interval = result.npv.interval("chance_negative" if name == "loss" else name, LEVEL)
    assert interval is not None
    return interval


@pytest.mark.parametrize("sampling", ["sobol", "latin", "random"])
@pytest.mark.parametrize("made", [normals, lognormals])
def test_intervals_hold_the_exact_figure_as_often_as_they_say(made, sampling):
    """Of 300 seeds, within the error of such a count; floors may make them hold more often."""
    case, exact = made()
    held = dict.fromkeys(exact, 0)
    for seed in range(SEEDS):
        result = ut.simulate(case, trials=TRIALS, seed=seed, sampling=sampling)
        for name, value in exact.items():
            low, high = found(result, name)
            held[name] += low <= value <= high
    least = LEVEL - FAR * sqrt(LEVEL * (1 - LEVEL) / SEEDS)
    assert all(count / SEEDS >= least for count in held.values()), held


def test_the_chance_of_payback_is_much_surer_than_a_count():
    """The benchmark case at 16 sets of 2^12 points: variance over 120 seeds, with its own error."""
    case, seeds, trials = ut.load(PORTAL), 120, 16 * 2**12
    results = [ut.simulate(case, trials=trials, seed=seed) for seed in range(seeds)]
    for discounted in (False, True):
        chances = [result.payback_chance(3, discounted).value for result in results]
        chance = float(np.mean(chances))
        ratio = chance * (1 - chance) / trials / float(np.var(chances, ddof=1))
        # a variance of so many is off by a factor chi²/(seeds - 1): its lowest 0.1 % are allowed
        assert ratio >= RATIO * stats.chi2.ppf(0.001, seeds - 1) / (seeds - 1)
