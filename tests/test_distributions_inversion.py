"""Searching among the floats themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from distributions.inversion import first_reaching, from_ordinals, half_way, ordinals

floats = st.floats(-1e308, 1e308)


@given(st.lists(floats, min_size=2, max_size=20))
def test_ordinals_keep_the_order_of_floats(numbers):
    """Larger float, larger ordinal; and back again."""
    x = np.sort(np.array(numbers))
    assert np.all(np.diff(ordinals(x).astype(object)) >= 0)
    np.testing.assert_array_equal(from_ordinals(ordinals(x)), x)


def test_neighbours_differ_by_one():
    """Across powers of two, zero, and the smallest numbers."""
    x = np.array([1.0, 2.0, -1.0, 0.0, 5e-324, -5e-324, 1e300])
    assert (ordinals(np.nextafter(x, np.inf)) - ordinals(x)).tolist() == [1] * 7
    assert ordinals(np.array([0.0, -0.0])).tolist() == [0, 0]


@given(floats, floats)
def test_half_way_lies_between(one, other):
    """From the lowest to the highest float without overflow; a neighbour leaves nothing between."""
    a, b = np.array([min(one, other)]), np.array([max(one, other)])
    assert a <= half_way(a, b) <= b
    assert half_way(a, np.nextafter(a, np.inf)) == a
    assert half_way(np.array([-1e308]), np.array([1e308])) == 0


@given(st.lists(st.tuples(floats, floats, floats), min_size=1, max_size=10))
def test_a_step_is_found_to_the_last_bit(triples):
    """The function that jumps from 0 to 1 at s reaches ½ at s, wherever s lies in the bracket."""
    low, step, high = np.sort(np.array(triples), axis=1).T
    reached = low >= step
    found = first_reaching(
        lambda x, where: (x >= step[where]).astype(float),
        np.full(len(low), 0.5),
        low,
        high,
        reached,
    )
    np.testing.assert_array_equal(found, np.where(reached, low, step))


def test_a_smooth_function_takes_few_steps():
    """A cubic between -20 and 20: the last ones want fewer than the sixty steps of halving."""
    calls = []

    def cubic(x, where):
        calls.append(len(x))
        return x**3 + x

    target = np.linspace(-900, 900, 101)
    ends = np.full(101, 20.0)
    found = first_reaching(cubic, target, -ends, ends, np.zeros(101, dtype=bool))
    np.testing.assert_allclose(found**3 + found, target, rtol=1e-12, atol=1e-12)
    assert sum(calls) < 101 * 30
    assert len(calls) < 60
