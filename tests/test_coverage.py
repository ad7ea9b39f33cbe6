"""The intervals are honest: they hold the exact value about as often as they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import exp, log, sqrt
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from scipy import stats

import utfall as ut

Sampling = Literal["sobol", "latin", "random"]
Make = Callable[[], tuple[ut.Case, dict[str, float], float]]
SEEDS = 1_000
FEWER_SEEDS = 400
TRIALS = 16 * 256
LEAST, MOST = 0.92, 0.985
HERE = Path(__file__).parent


def published(case: str, prefix: str, chance: str) -> dict[str, float]:
    """The exact mean, chance, P5, P50 and P90 of a published case."""
    answers = json.loads((HERE / "cases_answers.json").read_text("utf-8"))["cases"]
    found = {name: row["value"] for name, row in answers[case]["outputs"].items()}
    wanted = {stat: found[f"{prefix}:{stat}"] for stat in ("mean", "p5", "p50", "p90")}
    return {**wanted, "chance": found[chance]}


def product_of_lognormals() -> tuple[ut.Case, dict[str, float], float]:
    """Three lognormals multiplied are a lognormal: mu and variance of the logarithm add up."""
    case = ut.read(
        """\
inputs:
  a: lognormal(mu=1, sigma=0.4)
  b: lognormal(mu=0.5, sigma=0.3)
  c: lognormal(mu=-1, sigma=0.5)
calculations:
  x: a * b * c
outputs: [x]
"""
    )
    mu, sigma = 0.5, sqrt(0.4**2 + 0.3**2 + 0.5**2)
    z = {5: -1.6448536269514722, 50: 0.0, 90: 1.2815515655446004}
    exact = {f"p{p}": exp(mu + sigma * z[p]) for p in z}
    exact["mean"] = exp(mu + sigma**2 / 2)
    exact["chance"] = float(stats.norm.cdf((log(1.2) - mu) / sigma))
    return case, exact, 1.2


def hubbard() -> tuple[ut.Case, dict[str, float], float]:
    """Four normal estimates, added and multiplied."""
    exact = published("hubbard_lease", "saving", "P(saving<400000)")
    return ut.load(HERE / "cases/hubbard_lease.yaml"), exact, 400_000


def pmbok() -> tuple[ut.Case, dict[str, float], float]:
    """Three triangular estimates added."""
    exact = published("pmbok_cost", "cost", "P(cost<41)")
    return ut.load(HERE / "cases/pmbok_cost.yaml"), exact, 41


def one_input(estimate: str) -> ut.Case:
    """A case whose one amount is its one estimate."""
    return ut.read(f"inputs:\n  a: {estimate}\ncalculations:\n  v: a\noutputs: [v]\n")


def one_uniform(limit: float) -> tuple[ut.Case, dict[str, float], float]:
    """A stratified input by itself: replicates are even, and agree with each other."""
    exact = {"p5": 0.05, "p50": 0.5, "p90": 0.9, "mean": 0.5, "sd": 12**-0.5, "chance": limit}
    return one_input("uniform(0, 1)"), exact | {"worst5_mean": 0.025}, limit


def uniform_middle() -> tuple[ut.Case, dict[str, float], float]:
    """A limit just beyond the edge of a stratum."""
    return one_uniform(0.5001)


def uniform_third() -> tuple[ut.Case, dict[str, float], float]:
    """A limit inside a stratum."""
    return one_uniform(0.3)


def counted() -> tuple[ut.Case, dict[str, float], float]:
    """One discrete input; the chance of 0 is 4.98 %, just short of P5."""
    poisson = stats.poisson(3)
    exact = {f"p{p}": float(poisson.ppf(p / 100)) for p in (5, 50, 90)}
    exact |= {"mean": 3.0, "sd": sqrt(3), "chance": float(poisson.cdf(1))}
    worst = (poisson.pmf(1) * 1 - (poisson.cdf(1) - 0.05)) / 0.05  # ones fill up what zeros leave
    return one_input("poisson(3)"), exact | {"worst5_mean": float(worst)}, 2


def two_coins() -> tuple[ut.Case, dict[str, float], float]:
    """Two discrete inputs added."""
    case = ut.read(
        """\
inputs:
  a: bernoulli(30 %)
  b: bernoulli(50 %)
calculations:
  v: a + b
outputs: [v]
"""
    )
    exact = {"mean": 0.8, "sd": sqrt(0.21 + 0.25), "chance": 0.35}
    return case, exact | {"p5": 0.0, "p50": 1.0, "p90": 2.0}, 1


def an_event() -> tuple[ut.Case, dict[str, float], float]:
    """Nothing, or one to four million: a jump, then a slope."""
    exact = {"mean": 0.3 * 2.5e6, "chance": 0.7, "p5": 0.0, "p50": 0.0, "p90": 3e6}
    return one_input("event(30 %, uniform(1M, 4M))"), exact, 1


def held_shares(
    case: ut.Case, exact: dict[str, float], limit: float, sampling: Sampling, seeds: int
) -> dict[str, float]:
    """How often the interval of each statistic holds its exact value."""
    held = dict.fromkeys(exact, 0)
    name = case.outputs[0]
    for seed in range(seeds):
        outcome = ut.simulate(case, trials=TRIALS, seed=seed, sampling=sampling).quantities[name]
        assert isinstance(outcome, ut.Outcome)
        for stat, value in exact.items():
            if stat == "chance":
                measured = outcome.chance(outcome.values < limit)
                low, high = measured.low, measured.high
            else:
                low, high = outcome.interval(stat) or (np.nan, np.nan)
            assert low is not None
            assert high is not None
            slack = 1e-12 * abs(value)  # an end may be the value itself
            held[stat] += low - slack <= value <= high + slack
    return {stat: count / seeds for stat, count in held.items()}


@pytest.mark.slow
@pytest.mark.parametrize("sampling", ["sobol", "latin", "random"])
@pytest.mark.parametrize("make", [product_of_lognormals, hubbard, pmbok])
def test_a_95_percent_interval_holds_the_exact_value_95_times_in_100(
    make: Make, sampling: Sampling
) -> None:
    """Mean, chance, P5, P50 and P90 over 1,000 seeds of 16 sets of 256 points."""
    case, exact, limit = make()
    shares = held_shares(case, exact, limit, sampling, SEEDS)
    assert all(LEAST <= share <= MOST for share in shares.values()), shares


@pytest.mark.slow
@pytest.mark.parametrize("sampling", ["sobol", "latin"])
@pytest.mark.parametrize("make", [uniform_middle, uniform_third, counted, two_coins, an_event])
def test_even_points_do_not_make_an_interval_too_short(make: Make, sampling: Sampling) -> None:
    """One stratified input, or discrete ones: at least as often, 400 seeds."""
    case, exact, limit = make()
    shares = held_shares(case, exact, limit, sampling, FEWER_SEEDS)
    assert all(share >= LEAST for share in shares.values()), shares
