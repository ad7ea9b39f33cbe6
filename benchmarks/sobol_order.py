"""In which order dimensions of Sobol' points scatter least, by the points alone.

    python benchmarks/sobol_order.py

prints the order that stands in `distributions/sobol_order.py`, whose docstring says what is
weighed, and what scatter is expected with it. Beam search: orders are built place by place, and of
all those found for so many places the best few go on.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from distributions.sobol import BITS, direction_numbers, sobol_integers
from distributions.sobol_order import CHOSEN

Floats = npt.NDArray[np.float64]

POWERS = {10: 0.5, 12: 1.0, 14: 0.5, 16: 0.25}
"""Points of a set as a power of two, and how much they count."""
FUNCTIONS = ((0.1, 1 / 4), (0.1, 1 / 2), (0.01, 1 / 4))
"""(share, decay): smooth and rough in many inputs together; smooth and nearly a sum over inputs."""
CANDIDATES = 64
WIDTH = 60


def leading_zeros(dimension: int, power: int) -> npt.NDArray[np.intp]:
    """Of the unscrambled points (2^power,): how many bits are zero before the first one."""
    points = sobol_integers(direction_numbers(dimension), 0, 0, 2**power)
    return BITS - np.frexp(points.astype(float))[1].astype(np.intp)


def kernel(decay: float) -> Floats:
    """k by leading zeros: the covariance of a scrambled function's values at 0 and at the point.

    The variance is 1, and `decay` as much with each further bit; values in the same half of a cell
    share what that bit tells, those in the other half differ by it, and further bits tell nothing.
    """
    told = decay ** np.arange(1.0, BITS + 2)
    told /= told.sum()
    shared = np.concatenate([[0.0], np.cumsum(told)[:BITS]])
    return np.asarray(shared - np.where(np.arange(BITS + 1) < BITS, told, 0.0))


def expected(dimensions: Sequence[int], power: int, share: float, decay: float) -> Floats:
    """The variance over that of random draws, with the first 1, 2, … of `dimensions` (d,)."""
    product, found = np.ones(2**power), []
    for count, dimension in enumerate(dimensions, start=1):
        product = product * _factor(dimension, power, share, decay)
        found.append(_ratio(product.mean(), count, power, share))
    return np.array(found)


class Partial(NamedTuple):
    """An order of a few dimensions, how good, and its product at every point of each setting."""

    score: float
    order: tuple[int, ...]
    products: tuple[Floats, ...]


def best_order(places: int, candidates: int = CANDIDATES, width: int = WIDTH) -> tuple[int, ...]:
    """Of the first `candidates` dimensions, `places` with the least sum of logarithms."""
    settings = [(power, *function) for power in POWERS for function in FUNCTIONS]
    factors = [
        np.array([_factor(one, power, share, decay) for one in range(candidates)])
        for power, share, decay in settings
    ]
    beam = [Partial(0.0, (), tuple(np.ones(2**power) for power, _, _ in settings))]
    for count in range(1, places + 1):
        scores = np.array([one.score for one in beam])[:, np.newaxis] + sum(
            POWERS[power]
            * np.log(
                _ratio(
                    np.array([one.products[i] for one in beam]) @ factors[i].T / 2**power,
                    count,
                    power,
                    share,
                )
            )
            for i, (power, share, _) in enumerate(settings)
        )
        beam = [
            Partial(
                score,
                (*beam[i].order, new),
                tuple(p * f[new] for p, f in zip(beam[i].products, factors, strict=True)),
            )
            for score, i, new in _fittest(scores, [one.order for one in beam], width)
        ]
    return beam[0].order


def _fittest(
    scores: Floats, orders: Sequence[tuple[int, ...]], width: int
) -> list[tuple[float, int, int]]:
    """(score, which order, the dimension added): of the same dimensions only the best order."""
    best: dict[frozenset[int], tuple[float, int, int]] = {}
    for i, order in enumerate(orders):
        for new in sorted(set(range(scores.shape[1])) - set(order)):
            found = round(float(scores[i, new]), 9), i, new  # rounding must not decide
            key = frozenset((*order, new))
            best[key] = min(best.get(key, found), found)
    return sorted(best.values())[:width]


def _factor(dimension: int, power: int, share: float, decay: float) -> Floats:
    return np.asarray(1 + share * kernel(decay)[leading_zeros(dimension, power)])


def _ratio(mean, inputs: int, power: int, share: float):
    """From the mean of the product to the variance over that of random draws, never quite 0."""
    return np.maximum((mean - 1) * 2**power / ((1 + share) ** inputs - 1), 1e-9)


if __name__ == "__main__":
    order = best_order(len(CHOSEN))
    print("found:", order, "as it stands" if order == CHOSEN else "which is NOT what stands there")
    for name, one in (("Joe and Kuo's", range(len(CHOSEN))), ("chosen", order)):
        for share, decay in FUNCTIONS:
            for power in POWERS:
                told = 1 / expected(one, power, share, decay)[[7, 11, 15, 19, 31]]
                print(f"{name}, share {share}, decay {decay}, 2^{power} points, 8 to 32 inputs: "
                      + " ".join(f"1/{ratio:.3g}" for ratio in told))  # fmt: skip
