"""The intervals are honest: they hold the exact value about as often as they say."""

from __future__ import annotations

import json
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import utfall as ut

SEEDS = 1_000
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


@pytest.mark.slow
@pytest.mark.parametrize("sampling", ["sobol", "latin", "random"])
@pytest.mark.parametrize("make", [product_of_lognormals, hubbard, pmbok])
def test_a_95_percent_interval_holds_the_exact_value_95_times_in_100(make, sampling: str) -> None:  # type: ignore[no-untyped-def]  # a function of the table
    """Mean, chance, P5, P50 and P90 over 1,000 seeds of 16 sets of 256 points."""
    case, exact, limit = make()
    held = dict.fromkeys(exact, 0)
    name = case.outputs[0]
    for seed in range(SEEDS):
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
            held[stat] += low <= value <= high
    shares = {stat: count / SEEDS for stat, count in held.items()}
    assert all(LEAST <= share <= MOST for share in shares.values()), shares
