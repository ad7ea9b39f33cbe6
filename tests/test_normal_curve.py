"""Chances and heights of normal scores, as the exact functions have them."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from distributions.normal_curve import FARTHEST, NormalCurve

SCORES = np.concatenate([np.linspace(-FARTHEST, FARTHEST, 99_991), [0.0, -5.9999999, 5.9999999]])


def test_chances_and_heights_are_those_of_the_normal_distribution():
    """Φ to 1e-10, φ to 2e-7 of its largest, at points of the table and between them."""
    curve, height = NormalCurve(SCORES.size), np.empty(SCORES.size)
    np.testing.assert_allclose(curve.chance(SCORES.copy()), ndtr(SCORES), rtol=0, atol=1e-10)
    np.testing.assert_allclose(curve.dense(SCORES.copy(), height), ndtr(SCORES), rtol=0, atol=1e-10)
    expected = np.exp(-SCORES * SCORES / 2) / np.sqrt(2 * np.pi)
    np.testing.assert_allclose(height, expected, rtol=0, atol=2e-7)


def test_in_the_lower_tail_chances_are_right_for_their_size():
    """To some 1e-7 of themselves, as rare events add up from them."""
    tail = SCORES[(SCORES < 0) & (SCORES > -5.99)]
    np.testing.assert_allclose(NormalCurve(tail.size).chance(tail.copy()), ndtr(tail), rtol=1e-7)


def test_beyond_the_table_all_is_certain():
    """The chance is that at its end, 1e-9 from 0 or 1, and nothing more can happen."""
    z, height = np.array([-np.inf, -1e300, -7.0, 7.0, np.inf]), np.empty(5)
    found = NormalCurve(9).dense(z, height)
    np.testing.assert_allclose(found, [0, 0, 0, 1, 1], rtol=0, atol=1e-9)
    assert not height.any()


def test_chances_never_fall():
    """A higher score is no rarer passed, across the points of the table too, but for rounding."""
    chances = NormalCurve(10**6).chance(np.linspace(-6.1, 6.1, 10**6))
    assert np.diff(chances).min() > -1e-15
