"""Normal scores and chances by table: against the exact functions, over all that can be drawn."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from scipy import special

from distributions.cubics import CHUNK
from distributions.normal_table import normal_chance, normal_score

TINY = 2.0**-54
"""The smallest draw."""


def drawn() -> np.ndarray:
    """Probabilities of all sizes down to the smallest draw, and what lies at borders of cells."""
    rng = np.random.default_rng(5)
    cells = 2.0 ** -np.arange(1, 33)[:, None] * (1 + np.arange(128) / 128)
    borders = np.concatenate([np.nextafter(cells, 0), cells, np.nextafter(cells, 1)]).ravel()
    low = np.concatenate(
        [rng.random(300_000), TINY ** rng.random(300_000), borders, [TINY, 2.0**-33, 0.5]]
    )
    return np.unique(low[low <= 1 - 2.0**-53])


def test_scores_are_those_of_their_chances() -> None:
    """Φ(normal_score(u)) is u, to 1e-9 of the smaller tail, down to the smallest draw."""
    u = drawn()
    for chance in (u, np.unique(np.minimum(1 - u, 1 - 2.0**-53))):
        z = normal_score(chance)
        tail, found = np.minimum(chance, 1 - chance), special.ndtr(-np.abs(z))
        np.testing.assert_allclose(found, tail, rtol=1e-9)
        np.testing.assert_allclose(z, special.ndtri(chance), rtol=0, atol=1e-10)


def test_chances_are_those_of_their_scores() -> None:
    """Φ to 1e-10, and in the lower tail to 1e-8 of it, from -38 (the last above zero) on."""
    cells = (np.arange(-6 * 128, 6 * 128 + 1) + 0.5) / 128
    borders = np.concatenate([np.nextafter(cells, -9), cells, np.nextafter(cells, 9)])
    z = np.concatenate([np.linspace(-8.2, 8.2, 500_001), np.linspace(-37, 37, 999), borders])
    np.testing.assert_allclose(normal_chance(z), special.ndtr(z), rtol=0, atol=1e-10)
    np.testing.assert_allclose(normal_chance(z), special.ndtr(z), rtol=1e-8)


def test_both_against_arbitrary_precision() -> None:
    """mpmath's normal distribution at 40 digits, tails included."""
    mpmath.mp.dps = 40
    for z in (-8.2, -6.01, -5.99, -3.0, -0.3, 0.0, 1.7, 5.9, 7.0):
        exact = mpmath.ncdf(z)
        assert abs(mpmath.mpf(float(normal_chance(z))) / exact - 1) < 1e-8
    for u in (TINY, 1e-12, 1e-9, 3e-4, 0.2, 0.6, 0.999):
        found = mpmath.ncdf(mpmath.mpf(float(normal_score(u))))
        assert abs(found / mpmath.mpf(u) - 1) < 1e-9


def test_both_rise_across_the_borders_of_cells() -> None:
    """A larger chance gives no smaller score, a larger score no smaller chance (but rounding)."""
    assert np.diff(normal_score(drawn())).min() >= -1e-13
    z = np.sort(np.concatenate([np.linspace(-7, 7, 900_001), np.arange(-900, 900) / 256]))
    assert np.diff(normal_chance(z)).min() >= -1e-16


def test_scores_of_opposite_chances_are_opposite() -> None:
    """Bit for bit where 1 - u is exact."""
    u = np.random.default_rng(2).integers(1, 2**40, 50_000) * 2.0**-40
    u = u[u < 1]
    np.testing.assert_array_equal(normal_score(1 - u), -normal_score(u))


def test_one_returns_from_the_other() -> None:
    """A score, its chance, its score again: as close as the chance can tell."""
    z = np.linspace(-6, 3, 100_001)
    np.testing.assert_allclose(normal_score(normal_chance(z)), z, rtol=0, atol=1e-7)


@pytest.mark.parametrize("function", [normal_score, normal_chance])
def test_the_bits_of_one_depend_on_no_other(function) -> None:
    """Alone, in any stretch, in any shape, and written in place."""
    x = np.random.default_rng(3).random((3, CHUNK + 77))
    x[0, 3] = 1e-14  # beyond the table of scores: its neighbours must not notice
    whole = function(x)
    assert whole.shape == x.shape
    np.testing.assert_array_equal(whole[0, 2:900], function(x[0, 2:900]))
    np.testing.assert_array_equal(whole[2, -3:], [function(one) for one in x[2, -3:]])
    in_place = x.copy()
    assert function(in_place, out=in_place) is in_place
    np.testing.assert_array_equal(in_place, whole)


def test_what_is_beyond_all_bounds() -> None:
    """Infinite scores have chances 0 and 1, and no score has no chance."""
    assert normal_chance([-np.inf, np.inf, -40.0, 40.0]).tolist() == [0, 1, 0, 1]
    assert np.isnan(normal_chance([np.nan, 0.0])).tolist() == [True, False]


def test_nothing_in_nothing_out() -> None:
    """An empty array is one like any other."""
    assert normal_score(np.empty(0)).size == normal_chance(np.empty((3, 0))).size == 0
