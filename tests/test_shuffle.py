"""The order of Latin hypercubes, computed and never held: a bijection that looks like chance."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from scipy import stats

from distributions import UNIT, EstimateError, Latin, Random, stream
from distributions.shuffle import KEYS, MOST_CELLS, Shuffle

SIZES = (*range(1, 130), 255, 256, 257, 1000, 4095, UNIT + 1, 65_535, 65_536, 65_537, 300_007)
KEYRING = 2_000
LARGE = 40_000
SURPRISE = stats.norm.isf(1e-6)  # of a test statistic that is normal; some twenty are looked at


def keys(number: int) -> np.ndarray:
    """Keys as a design draws them."""
    return stream(number, 0, 0, "order").integers(0, 2**64, size=KEYS, dtype=np.uint64)


@pytest.mark.parametrize("size", SIZES)
def test_every_cell_is_met_once(size):
    """A bijection of any number of cells, whatever the keys."""
    for number in range(3):
        np.testing.assert_array_equal(np.sort(Shuffle(size, keys(number))(0, size)), range(size))
    for extreme in (0, 2**64 - 1):
        order = Shuffle(size, np.full(KEYS, extreme, dtype=np.uint64))
        np.testing.assert_array_equal(np.sort(order(0, size)), range(size))


@pytest.mark.parametrize("size", [257, LARGE, 2**32, 2**32 + 1, 2**45 + 7, MOST_CELLS])
def test_any_part_is_part_of_the_whole(size):
    """Units hand out the same cells as one number at a time; different numbers, different cells."""
    order = Shuffle(size, keys(1))
    first = size - 257
    whole = order(first, 257)
    assert len(np.unique(whole)) == 257
    assert int(whole.max()) < size
    np.testing.assert_array_equal(whole[40:90], order(first + 40, 50))
    assert [int(order(first + k, 1)[0]) for k in range(9)] == whole[:9].tolist()


@pytest.mark.parametrize("size", [0, -1, MOST_CELLS + 1])
def test_numbers_of_cells_that_cannot_be_shuffled(size):
    """What is wrong and what to ask for instead."""
    with pytest.raises(EstimateError, match=r"cells cannot be shuffled; ask for at least 1"):
        Shuffle(size, keys(1))


def test_an_order_is_related_to_nothing():
    """Over many keys the correlations of an order with its places, its lags and another order.

    Each is of mean 0 and variance 1/(cells - 1); the means over the keys are looked at against
    their standard errors, and so are the variances. Four rounds of mixing fail this test.
    """
    places = np.arange(LARGE)
    scaled = (places - places.mean()) / (places.std() * np.sqrt(LARGE))
    other = scaled[Shuffle(LARGE, keys(KEYRING))(0, LARGE)]
    seen = []
    for number in range(KEYRING):
        order = scaled[Shuffle(LARGE, keys(number))(0, LARGE)]
        lags = [order[lag:] @ order[:-lag] for lag in (1, 2, 4, 8, 64, 1024)]
        seen.append([order @ scaled, order @ other, *lags])
    scores = np.array(seen) * np.sqrt(LARGE - 1)
    assert np.all(np.abs(scores.mean(axis=0)) < SURPRISE / np.sqrt(KEYRING))
    assert np.all(np.abs(scores.std(axis=0) - 1) < SURPRISE / np.sqrt(2 * KEYRING))


def test_two_orders_fill_the_square_evenly():
    """Pairs of inputs in 16 by 16 boxes: chi square with both margins fixed, 225 degrees."""
    surprise = []
    for number in range(400):
        x, y = (Shuffle(LARGE, keys(2 * number + side))(0, LARGE) for side in (0, 1))
        boxes = (x.astype(np.int64) * 16 // LARGE) * 16 + y.astype(np.int64) * 16 // LARGE
        counts = np.bincount(boxes, minlength=256)
        surprise.append(np.sum((counts - LARGE / 256) ** 2 / (LARGE / 256)))
    assert abs(np.mean(surprise) - 225) < SURPRISE * np.sqrt(2 * 225 / 400)


def test_any_stretch_looks_like_draws_without_putting_back():
    """Kolmogorov-Smirnov on stretches of an order, narrowed as for a sample out of so many."""
    stretch = 2_000
    distances = []
    for number in range(300):
        cells = Shuffle(LARGE, keys(number))((37 * number) % (LARGE - stretch), stretch)
        distance = stats.kstest((cells + 0.5) / LARGE, "uniform").statistic
        distances.append(distance * np.sqrt(stretch / (1 - stretch / LARGE)))
    # The distances themselves follow Kolmogorov's law: 1/√300 times it, once in a million.
    assert stats.kstest(distances, "kstwobign").pvalue > 1e-6


def test_a_latin_design_holds_no_order():
    """A unit of a hundred million trials takes the memory of a few units."""
    of = Latin(1, 16, 6_250_000)
    of.uniforms("a", 0, 0, 0)
    tracemalloc.start()
    u = of.uniforms("b", 0, 3, 200)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(u) == UNIT
    assert peak < 8 * 8 * UNIT


def test_a_latin_mean_scatters_far_less_than_chance():
    """The mean of u² over 16 hypercubes of several units: of variance below 1 in 1e6 of random's.

    A cell of width 1/n adds an error of at most its own width, so that the mean of n of them has
    variance n^-3 times that of u² within a cell (below 1/3), where random draws have 4/45 n^-1.
    """
    n = 2 * UNIT + 9
    means = [
        np.mean(np.concatenate([of.uniforms("a", 0, r, u) for u in range(3)]) ** 2)
        for of in (Latin(5, 16, n),)
        for r in range(16)
    ]
    chance = np.var(Random(5, n).uniforms("a", 0, 0, 0) ** 2) / n
    assert np.var(means, ddof=1) < 1e-6 * chance
    assert abs(np.mean(means) - 1 / 3) < 5 * np.std(means, ddof=1) / 4 + 1 / n**2


def test_a_sum_of_latin_inputs_is_stratified_and_a_product_half():
    """Variance of the mean of x + y + xy, x and y uniform on ±½: only the xy part is left.

    Var(x + y + xy) = 1/6 + 1/144 and Var(xy) = 1/144: a ratio of 25, here within the scatter of a
    variance from 400 hypercubes (chi square, once in a million).
    """
    replicates, n = 400, UNIT + 1
    of = Latin(9, replicates, n)
    means = []
    for r in range(replicates):
        x, y = (
            np.concatenate([of.uniforms(name, 0, r, u) for u in range(2)]) - 0.5 for name in "xy"
        )
        means.append(np.mean(x + y + x * y))
    ratio = np.var(means, ddof=1) * n / (1 / 144)
    low, high = stats.chi2.ppf([5e-7, 1 - 5e-7], replicates - 1) / (replicates - 1)
    assert low < ratio < high
