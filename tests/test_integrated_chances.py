"""A mean of chances: which interval it has, by how many trials it and its error rest on."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import t

from simulator.result.averaged import Averaged
from simulator.result.chances import wilson
from simulator.result.intervals import chance_interval


def test_never_seen_does_not_mean_impossible():
    """Where no trial has any chance, the interval is as wide as that of a count."""
    none = Averaged.of(np.zeros(1600), 16)
    assert none.chance == 0
    square = ndtri(0.975) ** 2  # Wilson's interval of none reaches to z² / (n + z²)
    assert none.interval()[1] == pytest.approx(square / (1600 + square))
    assert none.opposite.interval()[0] == pytest.approx(1600 / (1600 + square))
    few = np.zeros(1600)
    few[7] = 0.5
    assert Averaged.of(few, 16).interval()[1] > none.interval()[1]


def test_chances_of_all_or_nothing_are_as_sure_as_a_count():
    """Where the amount hardly matters a trial's chance is 0 or 1, and the interval that of hits.

    But for n or n - 1 trials in the variance, of 1,600: a part of 1 / 3,200 in each end's distance.
    """
    hits = np.tile([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0], 200)
    for replicates in (1, 16):
        ours = Averaged.of(hits, replicates).interval()
        theirs = chance_interval(hits > 0, replicates)
        np.testing.assert_allclose(ours, theirs, atol=(theirs[1] - theirs[0]) / 3200)


@pytest.mark.parametrize("replicates", [1, 16])
def test_where_few_trials_carry_a_chance_they_count_as_independent_and_as_half_as_many(replicates):
    """40 chances of 2 % among 1,600 trials are as sure as 20 yeses in 40,000 independent trials.

    Equal parts carry their sum as they are many: 40, fewer than the 48 that tell an error. Half of
    them are believed, and the chance is 1 in 2,000.
    """
    chances = np.zeros(1600)
    chances[::40] = 0.02
    found = Averaged.of(chances, replicates)
    assert found.chance == pytest.approx(0.0005)
    assert found.interval() == pytest.approx(wilson(0.0005, 40_000, 0.95))
    assert Averaged.of(1 - chances, replicates).interval() == pytest.approx(
        wilson(0.9995, 40_000, 0.95)
    )


@pytest.mark.parametrize("replicates", [1, 16])
def test_an_error_that_few_large_chances_make_is_not_trusted(replicates):
    """400 small chances carry the sum with 16 large ones, but the spread is that of the 16.

    (Σ h)² / Σ h² is 56² / 20 = 157, but (Σ h²)² / Σ h⁴ is 25, where 48 are asked. An event and its
    opposite are equally sure.
    """
    chances = np.zeros(16_000)
    chances[::40], chances[1::1000] = 0.1, 1.0
    carry = (400 * 0.1 + 16) ** 2 / (400 * 0.1**2 + 16)
    chance = 56 / 16_000
    found = Averaged.of(chances, replicates).interval()
    assert found == pytest.approx(wilson(chance, round(carry / 2 / chance), 0.95), rel=1e-4)
    mirrored = Averaged.of(1 - chances, replicates).interval()
    assert mirrored == pytest.approx((1 - found[1], 1 - found[0]), rel=1e-6)


def test_no_interval_is_wider_than_that_of_as_many_trials_with_a_yes_or_no_each():
    """A yes in 30 of 1,600 trials, and 15 in as many if half of them were believed."""
    chances = np.zeros(1600)
    chances[::55] = 1.0
    found = Averaged.of(chances, 1)
    assert found.interval() == pytest.approx(wilson(30 / 1600, 1600, 0.95))


def test_where_many_trials_carry_a_chance_replicates_tell_its_error():
    """Student's interval of their means, each known."""
    means = np.linspace(0.2, 0.5, 16)
    found = Averaged.of(np.repeat(means, 100), 16).interval()
    width = t.ppf(0.975, 15) * means.std(ddof=1) / 4
    assert found == pytest.approx((0.35 - width, 0.35 + width))


@pytest.mark.parametrize("likely", [False, True])
def test_how_rare_an_event_is_may_come_out_after_the_first_trials(likely):
    """These may have it more often than all: what is not summed as they come is asked for again.

    The same trials in another order, their rare chances first or spread evenly, are as sure.
    """
    chances = np.zeros(200_000)
    chances[:6_000] = np.linspace(0.1, 0.9, 6_000)
    spread = np.random.default_rng(1).permutation(chances)
    one, other = (Averaged.of(1 - h if likely else h, 1) for h in (chances, spread))
    assert one.counts == pytest.approx(other.counts)
    assert one.interval() == pytest.approx(other.interval())
