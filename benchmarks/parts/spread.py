"""How much less the figures of a design scatter than those of as many random trials."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import ours
from figures import Figure, Goal
from scipy.stats import f
from wish import Wish

import utfall as ut

Floats = npt.NDArray[np.float64]

SETS = 16
PERCENTS = (10, 50, 90)
PLAIN = ("mean NPV", "P10", "P50", "P90", "P(payback ≤ 3)", "P(loss)")
INTEGRATED = PLAIN[1:]
"""What is found without drawing the investment. Means are as good either way."""
SEEDS = {12: (64, 256), 14: (32, 64), 16: (16, 32)}
"""Runs by the power of two of points in a set, the more the surer the ratio: of those that tell
the figures of all their sets, and of those that tell only one of each for all sets together."""
GOALS = {"mean NPV": 1000.0, "P10": 2.5, "P50": 2.5, "P90": 2.5, "P(payback ≤ 3)": 2.5}
SOBOL, LATIN, WITHOUT = "Sobol'", "Latin hypercube", "investment integrated out"


def figures(wish: Wish) -> Iterator[Figure]:
    """Ratios for sets of 2^12, 2^14 and 2^16 points; goals are set for the first, our default."""
    most = np.log2(wish.trials / SETS)
    for power, (seeds, runs) in SEEDS.items():
        if power > most:
            continue
        points, wanted = 2**power, power == min(SEEDS)
        random = of_sets("random", points, seeds)
        for sampling, name in (("sobol", SOBOL), ("latin", LATIN)):
            drawn = of_sets(sampling, points, seeds)
            goals = GOALS if wanted and name == SOBOL else {}
            for place, what in enumerate(PLAIN):
                ratio = variance_ratio(what, random[:, place], drawn[:, place])
                yield _named(ratio, name, points, goals.get(what))
        without = integrated(points, runs)
        for place, what in enumerate(INTEGRATED, start=1):
            ratio = variance_ratio(what, random[:, place], without[:, place - 1], SETS)
            goal = 25.0 if wanted and what == "P(payback ≤ 3)" else None
            yield _named(ratio, WITHOUT, points, goal)


def variance_ratio(what: str, random: Floats, other: Floats, pooled: int = 1) -> Figure:
    """Variance of a figure under random sampling over that under a design, with its 95 % interval.

    Both are samples of independent values of the figure, those of the design from runs of `pooled`
    sets each, so that their variance is that of one set over `pooled`. The ratio of two sample
    variances, over that of the true ones, has the F distribution (exactly so for normal values).
    """
    variances = [float(np.var(values, ddof=1)) for values in (random, other)]
    ratio = variances[0] / (variances[1] * pooled)
    bounds = f.ppf((0.975, 0.025), random.size - 1, other.size - 1)
    low, high = (float(ratio / bound) for bound in bounds)
    return Figure(what, "random sampling", ratio, low, high, "times less")


def of_sets(sampling: str, points: int, seeds: int) -> Floats:
    """Figures of single sets, nothing integrated out: a row a set, a column a figure of PLAIN."""
    case, rows = ut.load(ours.CASE), []
    for seed in range(seeds):
        result = ours.simulate(
            case, trials=SETS * points, seed=seed, sampling=sampling, plain=True, keep=True
        )
        npv = result.npv.values.reshape(SETS, points)
        payback = result.discounted_payback.values.reshape(SETS, points)
        percentiles = np.percentile(npv, PERCENTS, axis=1, method="inverted_cdf")
        chances = (payback <= 3).mean(axis=1), (npv < 0).mean(axis=1)
        rows.append(np.column_stack([npv.mean(axis=1), *percentiles, *chances]))
    return np.concatenate(rows)


def integrated(points: int, seeds: int) -> Floats:
    """Figures of whole runs as they come by default: a row a seed, a column for each INTEGRATED."""
    case, rows = ut.load(ours.CASE), []
    for seed in range(seeds):
        result = ours.simulate(case, trials=SETS * points, seed=seed)
        percentiles = [result.npv.percentile(percent) for percent in PERCENTS]
        chance = result.payback_chance(3, discounted=True).value
        rows.append([*percentiles, chance, result.npv.chance_below(0)])
    return np.array(rows)


def _named(ratio: Figure, design: str, points: int, goal: float | None) -> Figure:
    named = f"variance of {ratio.what}, {design}"
    return replace(ratio, what=named, trials=SETS * points, goal=goal and Goal(goal))
