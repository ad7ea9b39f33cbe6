"""The intervals of a comparison hold the exact figure about as often as they say."""

from collections.abc import Callable
from math import sqrt

import pytest
from comparing import SAMPLINGS, amount, compared, normals
from scipy.integrate import quad
from scipy.stats import norm

import utfall as ut
from simulator.analysis.pairs import Pair

SEEDS = 400
TRIALS = 16 * 256
LEAST, MOST = 0.92, 0.985
LUCK = sqrt(0.95 * 0.05 / SEEDS)
"""A binomial standard error: what 400 seeds may miss."""
A, B = (2.0, 2.0), (1.0, 3.0)
"""Means and standard deviations; A is the sum of four inputs, B an input by itself."""
ALTERNATIVES = {
    "A": amount(
        {f"part_{k}": "normal(0.5, 1)" for k in range(4)}, "part_0 + part_1 + part_2 + part_3"
    ),
    **normals(B=B),
}
TOLERANCE = 4.0

Figure = Callable[[ut.Compared, Pair], ut.Measured]
"""A figure of a comparison, and of A against B, which takes most of the time."""


def best(name: str) -> float:
    """The chance that A, B or nothing is best, by quadrature."""
    if name == "Nothing":
        return float(norm.cdf(0, *A) * norm.cdf(0, *B))
    own, other = (A, B) if name == "A" else (B, A)
    return float(quad(lambda x: norm.pdf(x, *own) * norm.cdf(x, *other), 0, 30)[0])


def mean_of_the_best() -> float:
    """E max(0, A, B)."""
    return float(quad(lambda x: 1 - norm.cdf(x, *A) * norm.cdf(x, *B), 0, 30)[0])


APART = sqrt(A[1] ** 2 + B[1] ** 2)
FIGURES: dict[str, tuple[Figure, float]] = {
    "chance a better": (lambda _, ab: ab.chance_a_better, float(norm.cdf(1 / APART))),
    "mean difference": (lambda _, ab: ab.mean_difference, 1.0),
    "median of the difference": (lambda _, ab: ab.percentiles[50], 1.0),
    "P10 of the difference": (
        lambda _, ab: ab.percentiles[10],
        float(norm.ppf(0.1, 1, APART)),
    ),
    "chance A best": (lambda f, _: f.chance_best["A"], best("A")),
    "chance B best": (lambda f, _: f.chance_best["B"], best("B")),
    "chance nothing best": (lambda f, _: f.chance_best["Nothing"], best("Nothing")),
    "EVPI": (lambda f, _: f.evpi, mean_of_the_best() - 2),
    "regret of B": (lambda f, _: f.regret["B"], mean_of_the_best() - 1),
    "regret of nothing": (lambda f, _: f.regret["Nothing"], mean_of_the_best()),
    "certainty equivalent": (
        lambda f, _: f.certainty_equivalent["A"],
        A[0] - A[1] ** 2 / (2 * TOLERANCE),
    ),
    "worst 5 %": (
        lambda f, _: next(p.figure for p in f.ranking("worst5").places if p.name == "A"),
        float(A[0] - A[1] * norm.pdf(norm.ppf(0.05)) / 0.05),
    ),
    "behind by value": (lambda f, _: f.ranking("value").places[1].difference, 1.0),
}


@pytest.mark.slow
@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_intervals_of_a_comparison_hold_the_exact_figure_95_times_in_100(sampling: str) -> None:
    """Two normal amounts and nothing, over 400 seeds of 16 sets of 256 points."""
    held = dict.fromkeys(FIGURES, 0)
    for seed in range(SEEDS):
        found = compared(ALTERNATIVES, sampling, TRIALS, seed, risk_tolerance=TOLERANCE)
        a_and_b = found.pair("A", "B")
        for name, (figure, exact) in FIGURES.items():
            measured = figure(found, a_and_b)
            assert measured.low is not None
            assert measured.high is not None
            held[name] += measured.low <= exact <= measured.high
    shares = {name: count / SEEDS for name, count in held.items()}
    assert all(LEAST - LUCK <= share <= MOST + LUCK for share in shares.values()), shares


@pytest.mark.slow
def test_as_many_trials_as_were_said_to_be_needed_mostly_tell_two_apart() -> None:
    """Independent draws, where the error falls with the square root of the number of trials.

    The number comes from a difference that is uncertain itself, so that it suffices in more than
    half of the cases, not in all.
    """
    nearly = normals(A=(10.08, 1.0), B=(10.0, 1.0))
    told = asked = 0
    for seed in range(200):
        behind = compared(nearly, "random", 1024, seed).ranking("value").places[1]
        needed = behind.trials_needed
        if behind.told or needed is None or needed > 2**18:
            continue
        asked += 1
        told += compared(nearly, "random", needed, 1000 + seed).ranking("value").places[1].told
    assert asked > 50
    assert told / asked > 0.5 + 3 * sqrt(0.25 / asked)
