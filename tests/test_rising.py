"""Values sorted no further than is asked for are the sorted values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.result.chances import of_counts
from simulator.result.intervals import (
    Sample,
    chance_interval,
)
from simulator.result.jumps import jumps, one_by_one
from simulator.result.rising import SMALL, Rising


@given(
    seed=st.integers(0, 99),
    size=st.integers(1, 40 * SMALL),
    places=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=9),
)
def test_every_rank_is_that_of_the_sorted_array(seed, size, places):
    """Whatever is asked for first: single ranks and stretches, with equal values and infinity."""
    values = np.random.default_rng(seed).normal(size=size).round(3)
    values[:: max(size // 5, 1)] = np.inf
    expected, rising = np.sort(values), Rising(values)
    assert len(rising) == size
    for place in places:
        rank = int(place * size)
        assert rising[rank] == expected[rank]
    first, end = sorted(int(place * size) for place in (places[0], places[-1]))
    assert rising.between(first, end).tolist() == expected[first:end].tolist()
    assert np.array_equal(rising.between(0, size), expected)


@given(seed=st.integers(0, 99), size=st.integers(2, 9 * SMALL))
def test_what_has_been_handed_out_stays_as_it_is(seed, size):
    """A stretch, single ranks inside it, and stretches across it: each is sorted and stays so."""
    random = np.random.default_rng(seed)
    values = random.normal(size=size)
    expected, rising = np.sort(values), Rising(values)
    handed_out = []
    for _ in range(4):
        first, end = sorted(random.integers(0, size + 1, 2).tolist())
        handed_out.append((first, end, rising.between(first, end)))
        for rank in random.integers(0, size, 3).tolist():
            assert rising[rank] == expected[rank]
        for first, end, found in handed_out:
            assert np.array_equal(found, expected[first:end])


def test_the_values_themselves_stay_in_their_order():
    """Sorting is done on a copy, and what is handed out cannot be written to."""
    values = np.array([3.0, 1.0, 2.0])
    found = Rising(values).between(0, 3)
    assert values.tolist() == [3.0, 1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 9.0


@pytest.mark.parametrize("rank", [-1, 3])
def test_there_is_no_rank_outside(rank):
    """A rank that does not exist is an error of the caller."""
    with pytest.raises(IndexError, match=f"no rank {rank} among 3"):
        Rising([3.0, 1.0, 2.0])[rank]


@given(
    hits=st.lists(st.booleans(), min_size=12, max_size=12),
    gaps=st.lists(st.booleans(), min_size=12, max_size=12),
    replicates=st.sampled_from([1, 2, 4, 12]),
)
def test_counting_truths_is_the_interval_of_ones_and_zeros(hits, gaps, replicates):
    """Truths, and where they count, give what 1, 0 and NaN give."""
    happened, defined = np.array(hits), ~np.array(gaps)
    values = np.where(defined, happened, np.nan)
    sample = Sample.of(values, replicates)
    assert chance_interval(happened, replicates, 0.9, defined) == sample.chance_interval(0.9)
    ones = happened.astype(float)
    assert chance_interval(happened, replicates) == chance_interval(ones, replicates)


def test_no_trial_no_interval():
    """Nothing counted is nothing known."""
    assert of_counts([], [], independent=False, level=0.95) is None


@given(
    seed=st.integers(0, 10**6),
    size=st.integers(64, 4000),
    replicates=st.sampled_from([2, 16]),
    digits=st.integers(0, 6),
    tail=st.sampled_from([1, 3, 9]),
)
def test_jumps_are_found_without_sorting(seed, size, replicates, digits, tail):
    """By the cells that values fill, as by the sorted values one by one: to the bit."""
    random = np.random.default_rng(seed)
    values = random.normal(size=size).round(digits) ** tail
    values[: size // 3] += random.choice([0.0, 1.0, 50.0])  # a gap in the middle
    assert jumps(values, replicates) == one_by_one(values, replicates)


@pytest.mark.parametrize("kinds", [2, 63, 64, 65, 66, 300])
def test_a_few_kinds_of_values_are_told_from_many(kinds):
    """Of a few all jumps count, of many those that stand out: by either way of looking."""
    values = np.resize(np.arange(float(kinds)) ** 2, 16 * 5 * kinds)
    expected = (kinds - 1) ** 2 if kinds <= 64 else 0.0
    steps = np.diff(np.arange(float(kinds)) ** 2)
    expected = expected or steps[steps >= (kinds - 1) ** 2 / 64].sum()
    assert jumps(values, 16) == one_by_one(values, 16) == expected
