"""Values sorted no further than is asked for are the sorted values."""

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.result.chances import of_counts
from simulator.result.intervals import Sample, chance_interval, percentile, worst_mean
from simulator.result.jumps import jumps, one_by_one
from simulator.result.places import THIN
from simulator.result.rising import LOOKED_AT, SMALL, Rising


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


@given(
    seed=st.integers(0, 10**6),
    sizes=st.lists(st.integers(1, 2 * SMALL), min_size=1, max_size=16),
    digits=st.integers(0, 9),
    odd=st.sampled_from([(), (np.inf,), (-np.inf, np.inf), (1e308, -1e308), (5e-324,)]),
    percent=st.floats(0, 100),
    share=st.floats(0.001, 1),
)
def test_ranks_and_tails_of_all_and_of_each_part_are_those_of_sorted_arrays(
    seed, sizes, digits, odd, percent, share
):
    """With equal values, infinite ones, and such as lie a whole range of floats apart."""
    random = np.random.default_rng(seed)
    values = random.normal(size=sum(sizes)).round(digits)
    for value in odd:
        values[random.random(values.size) < 0.1] = value
    parts = np.split(values, np.cumsum(sizes)[:-1])
    rising, expected = Rising(values, sizes), np.sort(values)
    assert rising.percentile(percent) == percentile(expected, percent)
    assert rising.own_percentiles(percent) == [percentile(np.sort(part), percent) for part in parts]
    for worst in ("low", "high"):
        tails = [rising.tail(ceil(share * values.size), worst)]
        tails += rising.own_tails([ceil(share * size) for size in sizes], worst)
        for tail, all_of_them in zip(tails, [values, *parts], strict=True):
            outward = np.sort(all_of_them) if worst == "low" else np.sort(all_of_them)[::-1]
            assert np.array_equal(np.sort(tail), np.sort(outward[: tail.size]))
            assert tail.size == ceil(share * outward.size)
            assert tail[-1] == outward[tail.size - 1]


def _from(first, others):
    """`first` and then the others."""
    return np.concatenate([first, others[len(first) :]])


UNEVEN = {
    "outlier first": lambda random, z: _from([1e12], z),
    "infinity first": lambda random, z: _from([-np.inf], z),
    "long tail": lambda random, z: np.exp(8 * z),
    "longer tail": lambda random, z: random.pareto(0.05, z.size),
    "both tails": lambda random, z: random.standard_cauchy(z.size) ** 5,
    "first equal": lambda random, z: _from(np.zeros(THIN), 1e6 * z),
    "first near": lambda random, z: _from(1e-300 * z[:THIN], 1e300 * z),
    "ends of floats": lambda random, z: np.where(z < 0, 1.7e308, 1.75e308) - 1e306 * np.abs(z),
    "rising": lambda random, z: np.sort(z),
    "all equal": lambda random, z: np.full(z.size, 2.5),
    "heap": lambda random, z: np.where(random.random(z.size) < 0.8, 0.25, z),
    "heap at the end": lambda random, z: np.where(random.random(z.size) < 0.6, np.inf, z),
    "heap and no number": lambda random, z: random.choice([1.0, 1.0, 1.0, np.nan, 0.5], z.size),
    "few kinds": lambda random, z: z.round(),
}
"""Values that cells of equal width, told by the first of them, do not suit."""


@pytest.mark.parametrize("shape", UNEVEN)
@pytest.mark.parametrize("sizes", [(40_000,), (20_000, 5_000, 1, 14_999)])
def test_values_that_lie_unevenly_have_the_ranks_and_tails_of_sorted_arrays(shape, sizes):
    """To the bit, in whatever order they are asked for, and the same when asked for again."""
    random = np.random.default_rng(len(shape))
    values = UNEVEN[shape](random, random.normal(size=sum(sizes)))
    parts = [np.sort(part) for part in np.split(values, np.cumsum(sizes)[:-1])]
    rising, expected = Rising(values, sizes), np.sort(values)
    for percent in [*random.permutation([0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100]), 50]:
        share = float(max(percent, 1)) / 100
        found = [rising.percentile(percent), *rising.own_percentiles(percent)]
        np.testing.assert_array_equal(
            found, [percentile(each, percent) for each in (expected, *parts)]
        )
        for worst in ("low", "high"):
            tails = [rising.tail(ceil(share * values.size), worst)]
            tails += rising.own_tails([ceil(share * size) for size in sizes], worst)
            for tail, each in zip(tails, (expected, *parts), strict=True):
                outward = each if worst == "low" else each[::-1]
                outermost = np.sort(outward[: ceil(share * each.size)])
                np.testing.assert_array_equal(np.sort(tail), outermost)
                assert np.array_equal(tail[-1], outward[tail.size - 1], equal_nan=True)
    np.testing.assert_array_equal(rising.between(0, values.size), expected)


@pytest.mark.parametrize("shape", ["outlier first", "long tail", "heap", "rising"])
def test_a_tail_is_in_the_same_order_whatever_was_asked_for_before(shape):
    """So that its sum is the same to the bit."""
    random = np.random.default_rng(5)
    values, sizes = UNEVEN[shape](random, random.normal(size=40_000)), (30_000, 10_000)
    fresh, used = Rising(values, sizes), Rising(values, sizes)
    used.between(0, values.size)
    for worst in ("low", "high"):
        assert np.array_equal(fresh.tail(2_000, worst), used.tail(2_000, worst))
        pairs = zip(*(one.own_tails((1_500, 500), worst) for one in (fresh, used)), strict=True)
        assert all(np.array_equal(one, other) for one, other in pairs)


@pytest.mark.parametrize("shape", ["outlier first", "long tail", "first equal", "heap", "rising"])
def test_no_value_is_sorted_again_and_again(shape, monkeypatch):
    """However many percentiles are asked for: at most as many as there are, and once all of them.

    A heap of equal values is not sorted at all. Twice that, as the parts are sorted apart.
    """
    random = np.random.default_rng(6)
    values, sizes = UNEVEN[shape](random, random.normal(size=80_000)), [5_000] * 16
    sort, sorted_sizes = np.sort, []

    def counting(some, *args, **kwargs):
        sorted_sizes.append(np.size(some))
        return sort(some, *args, **kwargs)

    monkeypatch.setattr(np, "sort", counting)
    rising = Rising(values, sizes)
    for percent in random.permutation(101):
        rising.percentile(percent)
        rising.own_percentiles(percent)
    once = 0.25 * values.size if shape == "heap" else values.size
    assert sum(sorted_sizes) <= 4 * once + 200 * LOOKED_AT + THIN


@given(seed=st.integers(0, 99), size=st.integers(1, 9 * SMALL))
def test_what_is_no_number_comes_last(seed, size):
    """As in a sorted array, whether there is infinity before it or not."""
    random = np.random.default_rng(seed)
    values = random.choice([np.nan, np.inf, -np.inf, 0.0, 1.0, 1.5], size=size)
    values += random.normal(size=size) * random.integers(0, 2)
    rising, expected = Rising(values), np.sort(values)
    for rank in random.integers(0, size, 9).tolist():
        np.testing.assert_equal(rising[rank], expected[rank])


@given(
    seed=st.integers(0, 10**6),
    points=st.sampled_from([1, 7, 64, 400, 3000]),
    replicates=st.sampled_from([1, 2, 16]),
    digits=st.integers(0, 9),
    undefined=st.sampled_from([0.0, 0.3, 0.99]),
)
def test_a_sample_has_the_figures_of_its_sorted_values(seed, points, replicates, digits, undefined):
    """Of all and of each replicate that has any, be some values undefined: by the plain formulas.

    Percentiles to the bit; sums in another order are off by roundings only.
    """
    random = np.random.default_rng(seed)
    values = random.normal(size=points * replicates).round(digits)
    values[random.random(values.size) < undefined] = np.nan
    sample = Sample.of(values, replicates)
    parts = [part[~np.isnan(part)] for part in values.reshape(replicates, -1)]
    parts, all_of_them = [part for part in parts if part.size], values[~np.isnan(values)]
    if not all_of_them.size:
        assert sample.size == 0
        return
    assert sample.sd == pytest.approx(all_of_them.std(), rel=1e-12, abs=1e-15)
    assert sample.ends == (all_of_them.min(), all_of_them.max())
    for percent in (0, 1, 37, 50, 99, 100):
        assert sample.percentile(percent) == percentile(np.sort(all_of_them), percent)
        own = [percentile(np.sort(part), percent) for part in parts]
        assert sample.own_percentiles(percent) == own
    for worst in ("low", "high"):
        close = {"rel": 1e-12, "abs": 1e-15}
        expected = worst_mean(np.sort(all_of_them), 0.05, worst)
        assert sample.worst_mean(0.05, worst) == pytest.approx(expected, **close)
        own = [worst_mean(np.sort(part), 0.05, worst) for part in parts]
        assert sample.own_worst_means(0.05, worst) == pytest.approx(own, **close)


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
