"""Medians of every way to write an estimate, from formulas or scipy: nothing here uses Utfall."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

NORMAL_95 = 1.6448536269514722  # a 90 % interval reaches this many standard deviations either way


@dataclass(frozen=True)
class Worked:
    """A year of a case: its lines as printed in the case (costs positive), and what is left."""

    year: int
    paid_in_year_0: dict[str, float]
    benefits: dict[str, float]
    costs: dict[str, float]
    tax: float
    cash: float
    quantities: dict[str, float]
    steps: dict[str, float]  # every line above, by the name it has there


# The median of each way to write an estimate; the names are those of the case files.


def between(low: float, high: float) -> float:
    """`low to high` for amounts: lognormal, so the median is the geometric mean of the ends."""
    return math.sqrt(low * high)


def share_between(low: float, high: float, probability: float = 0.5) -> float:
    """`low % to high %`: the beta distribution with these P5 and P95, found by solving for both."""

    def missed(log_shapes: np.ndarray) -> list[float]:
        a, b = np.exp(log_shapes)
        return [stats.beta.ppf(0.05, a, b) / low - 1, stats.beta.ppf(0.95, a, b) / high - 1]

    mean, sd = (low + high) / 2, (high - low) / (2 * NORMAL_95)
    size = mean * (1 - mean) / sd**2 - 1
    found = optimize.root(missed, np.log([mean * size, (1 - mean) * size]), tol=1e-14)
    assert max(map(abs, missed(found.x))) < 1e-11
    return float(stats.beta.ppf(probability, *np.exp(found.x)))


def triangular(low: float, mode: float, high: float) -> float:
    """Half of the triangle's area lies on either side."""
    if mode >= (low + high) / 2:
        return low + math.sqrt((high - low) * (mode - low) / 2)
    return high - math.sqrt((high - low) * (high - mode) / 2)


def triangular_p10_p90(p10: float, mode: float, p90: float) -> float:
    """The triangle with this mode that leaves a tenth of its area beyond either figure."""

    def missed(tails: np.ndarray) -> list[float]:
        left, right = tails  # how far the triangle reaches beyond p10 and p90
        low, high = p10 - left, p90 + right
        below = left**2 / ((high - low) * (mode - low))
        above = right**2 / ((high - low) * (high - mode))
        return [below - 0.1, above - 0.1]

    left, right = optimize.root(missed, [mode - p10, p90 - mode], tol=1e-14).x
    assert left > 0 and right > 0 and max(map(abs, missed([left, right]))) < 1e-11
    return triangular(p10 - left, mode, p90 + right)


def pert(low: float, mode: float, high: float) -> float:
    """A beta distribution between low and high with shapes 1 + 4 × the mode's distance to each."""
    a = 1 + 4 * (mode - low) / (high - low)
    b = 1 + 4 * (high - mode) / (high - low)
    return float(low + (high - low) * stats.beta.median(a, b))


def beta(a: float, b: float) -> float:
    """The median of a beta distribution."""
    return float(stats.beta.median(a, b))


def event_of_share(chance: float, low: float, high: float) -> float:
    """`event(chance, low % to high %)`: nothing up to 1 - chance, from there the share."""
    if chance <= 0.5:
        return 0.0
    return share_between(low, high, 1 - 0.5 / chance)


def truncated_normal(mean: float, sd: float, low: float, high: float) -> float:
    """The median of a normal distribution between two bounds, its mass rescaled."""
    return float(stats.truncnorm.median((low - mean) / sd, (high - mean) / sd, mean, sd))


def two_lognormals(
    weight: float, low: float, high: float, other_low: float, other_high: float
) -> float:
    """`mixture(low to high weight ..., other_low to other_high weight ...)`: half lies below."""

    def one(low: float, high: float) -> stats.rv_continuous:
        return stats.lognorm(math.log(high / low) / (2 * NORMAL_95), scale=math.sqrt(low * high))

    def half_below(amount: float) -> float:
        first, second = one(low, high), one(other_low, other_high)
        return float(weight * first.cdf(amount) + (1 - weight) * second.cdf(amount) - 0.5)

    return float(optimize.brentq(half_below, low, other_high, xtol=1e-9, rtol=1e-14))


def binomial(n: int, p: float) -> int:
    """The smallest count that is reached or undercut at least half of the time."""
    return int(stats.binom.median(n, p))
