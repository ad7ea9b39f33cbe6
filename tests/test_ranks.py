"""Rank correlations are scipy's, whatever the values: heavy tails, heaps, gaps, few values."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

import utfall as ut
from simulator.result.places import Places
from simulator.result.ranks import RankSums, grade, rank_correlation, rank_sums

PORTAL = Path(__file__).parents[1] / "benchmarks" / "portal.yaml"
SHAPES = {
    "normal": lambda random, n: random.normal(size=n),
    "lognormal over six orders of magnitude": lambda random, n: random.lognormal(0, 2, n),
    "Pareto without a mean": lambda random, n: random.pareto(0.5, n),
    "heaped about its middle, with long tails": lambda random, n: random.normal(size=n) ** 9,
    "two heaps a billion apart": lambda random, n: np.where(
        random.random(n) < 0.9, random.normal(size=n), 1e9 * random.random(n)
    ),
    "counts": lambda random, n: random.poisson(3, n).astype(float),
    "alike but for one in a thousand, and not among the first": lambda random, n: np.where(
        np.arange(n) < n // 3, 0.0, (random.random(n) < max(1e-3, 5 / n)) * random.random(n)
    ),
    "half of it nothing": lambda random, n: np.where(
        random.random(n) < 0.5, 0, random.pareto(1, n)
    ),
}
CLOSE = 5e-4
"""Values in a cell share their rank; an interval of so many trials is twenty times as wide."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("trials", [50, 20_000])
def test_kept_and_counted_agree_with_scipy(shape, trials):
    """Of all values at once, and of units whose cells the first of them ranged."""
    random = np.random.default_rng(1)
    one = SHAPES[shape](random, trials)
    npv = one * random.lognormal(0, 1, trials)
    exact = spearmanr(one, npv).statistic
    assert rank_sums({"one": one}, npv, 1).measured()["one"].value == pytest.approx(
        exact, abs=CLOSE
    )
    counted = RankSums(["one"], 1, npv[:5_000])
    for part in np.array_split(np.arange(trials), 4):
        counted.add(0, npv[part], {"one": grade(one)[part]})
    assert counted.measured()["one"].value == pytest.approx(exact, abs=CLOSE)


@pytest.mark.parametrize("shape", SHAPES)
def test_of_two_vectors_it_is_exact(shape):
    """Equal values share their mean rank, as scipy has it."""
    random = np.random.default_rng(2)
    one, other = SHAPES[shape](random, 3_000), SHAPES[shape](random, 3_000)
    other += one
    assert rank_correlation(one, other) == pytest.approx(spearmanr(one, other).statistic, abs=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_grades_are_ranks(shape):
    """As shares of all, with half a rank off the whole one; off by what a cell holds."""
    values = SHAPES[shape](np.random.default_rng(3), 20_000)
    exact = (rankdata(values) - 0.5) / values.size
    assert np.abs(grade(values) - exact).max() < 2e-3


@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_sums_of_two_at_once_are_those_of_each(inputs):
    """Packed into one float no grade touches another, not even when all are the largest."""
    random = np.random.default_rng(4)
    npv = random.normal(size=40_000)
    grades = {f"x{i}": random.random(npv.size) for i in range(inputs)}
    grades["x0"][:] = 1.0
    together = RankSums(list(grades), 1, npv)
    together.add(0, npv, grades)
    for row, (name, own) in enumerate(grades.items()):
        alone = RankSums([name], 1, npv)
        alone.add(0, npv, {name: own})
        assert np.array_equal(alone.sums[0], together.sums[row])
        assert np.array_equal(alone.squares[0], together.squares[row])


def test_correlations_of_a_large_run_of_sobol_points():
    """Every so many-th point of a set lies badly: the first ones are looked at, not those."""
    case = ut.load(PORTAL)
    kept, counted = (ut.simulate(case, trials=2**18, keep=keep) for keep in (True, False))
    for name, one in kept.inputs.items():
        exact = spearmanr(one.values, kept.npv.values).statistic
        assert kept.rank_correlations[name].value == pytest.approx(exact, abs=2e-5)
        assert counted.rank_correlations[name].value == pytest.approx(exact, abs=2e-5)
    for pair in kept.dependence:
        exact = spearmanr(*(kept.draws[name] for name in pair.between)).statistic
        assert pair.realised == pytest.approx(exact, abs=5e-4)


@pytest.mark.parametrize("shape", SHAPES)
def test_cells_rise_with_the_values(shape):
    """A larger value never lies in a lower cell, nor in none."""
    values = np.sort(SHAPES[shape](np.random.default_rng(5), 20_000))
    cells = Places.of(np.random.default_rng(6).permutation(values), 1_024).cells_of(values)
    assert (np.diff(cells) >= 0).all()
    assert 0 <= cells[0] <= cells[-1] < 1_024
