"""The order of Sobol' dimensions: each is used once, and scatter is as the points make expected."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import sobol_order

from distributions import Sobol
from distributions.sobol_order import CHOSEN, dimension

JOE_AND_KUO = tuple(range(len(CHOSEN)))
SMOOTH, ROUGH, SUM = sobol_order.FUNCTIONS


def test_every_dimension_has_one_place():
    """The order is a permutation: nothing drawn twice, nothing left out."""
    assert sorted(dimension(place) for place in range(4096)) == list(range(4096))
    assert tuple(dimension(place) for place in JOE_AND_KUO) == CHOSEN
    assert [dimension(place) for place in (4096, -1)] == [4096, -1]  # none; said where it is used


def test_scatter_of_a_scrambled_function_is_as_expected():
    """A product of second bits, as ±1, of two and three inputs: 2^4 points, a thousand scrambles.

    The scramble adds the first bit to the second, or not, by chance. So of two points a second bit
    agrees (1) in the same quarter, differs (-1) in the other quarter of the same half, and is as
    likely either (0) in the other half; the mean square is the mean of the products of these.
    """
    runs, power = 1000, 4
    for places in ((0, 1), (8, 9), (8, 9, 10), (12, 13, 14)):
        zeros = [sobol_order.leading_zeros(dimension(place), power) for place in places]
        agree = [np.where(zero >= 2, 1.0, np.where(zero == 1, -1.0, 0.0)) for zero in zeros]
        expected = np.prod(agree, axis=0).mean()
        squares = np.empty(runs)
        for seed in range(runs):
            u = [Sobol(seed, 1, 2**power).uniforms(f"x{p}", p, 0, 0) for p in places]
            squares[seed] = np.prod([1 - 2 * (np.floor(4 * x) % 2) for x in u], 0).mean() ** 2
        error = squares.std(ddof=1) / np.sqrt(runs)
        assert abs(squares.mean() - expected) <= 4.5 * error + 1e-12


@pytest.mark.parametrize(("share", "decay"), [SMOOTH, ROUGH, SUM])
def test_the_expected_scatter_follows_from_all_pairs_of_points(share, decay):
    """The ratio for each number of inputs, written out as the variance of a mean of 2^6 values.

    Points of a digital net are a group, so one row of the covariance matrix is every row: here all
    rows are computed, from the bits in which two points first differ.
    """
    power, dimensions = 6, CHOSEN[:5]
    weights = decay ** np.arange(1.0, sobol_order.BITS + 2)
    weights /= weights.sum()
    covariance, found = np.ones((2**power, 2**power)), []
    for count, one in enumerate(dimensions, start=1):
        numbers = sobol_order.direction_numbers(one)
        points = sobol_order.sobol_integers(numbers, 0, 0, 2**power)
        differ = points[:, None] ^ points
        alike = np.array([sobol_order.BITS - int(d).bit_length() for d in differ.ravel()])
        parts = [weights[:a].sum() - (weights[a] if a < sobol_order.BITS else 0.0) for a in alike]
        covariance = covariance * (1 + share * np.reshape(parts, covariance.shape))
        random = ((1 + share) ** count - 1) / 2**power
        found.append((covariance.mean() - 1) / random)
    ours = sobol_order.expected(dimensions, power, share, decay)
    np.testing.assert_allclose(ours, np.maximum(found, 1e-9), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("inputs", "before", "after"), [(12, 49, 82), (16, 10, 20), (20, 6.3, 10.8)]
)
def test_the_first_places_fit_together_as_the_order_says(inputs, before, after):
    """The smooth function at 2^12 points; what is told of it is at least reached."""
    theirs = 1 / sobol_order.expected(JOE_AND_KUO, 12, *SMOOTH)[inputs - 1]
    ours = 1 / sobol_order.expected(CHOSEN, 12, *SMOOTH)[inputs - 1]
    assert theirs == pytest.approx(before, rel=0.02)
    assert ours >= after


@pytest.mark.parametrize("power", [12, 14])
def test_no_number_of_inputs_up_to_all_is_much_worse_than_before(power):
    """Smooth, rough and nearly a sum; from one input to thirty-two."""
    for function in (SMOOTH, ROUGH, SUM):
        ours = sobol_order.expected(CHOSEN, power, *function)
        theirs = sobol_order.expected(JOE_AND_KUO, power, *function)
        assert (ours <= 1.3 * theirs).all()


@pytest.mark.parametrize(
    ("together", "among", "before", "after"), [(4, 12, 162, 20.5), (3, 20, 27, 3.5)]
)
def test_inputs_that_meet_badly_in_joe_and_kuos_order_do_so_far_less(
    together, among, before, after
):
    """The joint part of a few inputs alone, the worst of all choices, against random draws."""
    worst = []
    for order in (JOE_AND_KUO, CHOSEN):
        zeros = [sobol_order.leading_zeros(one, 12) for one in order[:among]]
        kernels = [sobol_order.kernel(SMOOTH[1])[zero] for zero in zeros]
        sets = combinations(kernels, together)
        worst.append(max(float(2**12 * np.prod(some, axis=0).mean()) for some in sets))
    assert worst[0] == pytest.approx(before, rel=0.01)
    assert worst[1] <= after


def test_the_search_finds_the_order_again():
    """Also where it leaves Joe and Kuo's; with a narrow beam and few candidates it is quick."""
    assert CHOSEN[:13] != tuple(range(13))
    assert sobol_order.best_order(13, candidates=16, width=10) == CHOSEN[:13]
