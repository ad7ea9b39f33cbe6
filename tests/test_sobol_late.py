"""Sobol' points far along and block by block: scipy's, for the same scramble."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from distributions import UNIT, Sobol
from distributions.sobol import (
    BITS,
    direction_numbers,
    scramble_matrix,
    scrambled,
    sobol_integers,
)
from distributions.sobol_order import dimension
from distributions.streams import stream

SIZE = 24
BLOCK = 1024
FIRSTS = (0, BLOCK, 5 * BLOCK, 2**14, 3 * 2**14, 2**20 - BLOCK, 2**23 - BLOCK, 2**23, 2**23 + 2**14)
"""Where blocks begin, the unit that holds index 2^23 and those on either side included."""
DOWN = np.arange(BITS - 1, -1, -1, dtype=np.uint64)


def gray(i: np.ndarray) -> np.ndarray:
    """The order in which scipy gives the points."""
    return i ^ (i >> 1)


def theirs(first: int, count: int, scramble: bool, size: int = SIZE) -> np.ndarray:
    """scipy's points `first` .. as whole numbers, one row a point."""
    sampler = stats.qmc.Sobol(size, scramble=scramble, bits=BITS, rng=np.random.default_rng(12))
    if first:
        sampler.fast_forward(first)
    return np.round(sampler.random(count) * 2.0**BITS).astype(np.uint32)


def ours_in_their_order(numbers: np.ndarray, shift: int, first: int) -> np.ndarray:
    """Our block with the same points, put into Gray's order, which stays within a block."""
    order = gray(np.arange(first, first + BLOCK))
    begin = int(order.min())
    assert sorted(order) == list(range(begin, begin + BLOCK))
    return sobol_integers(numbers, shift, begin, BLOCK)[order - begin]


@pytest.mark.parametrize("first", FIRSTS)
def test_late_points_before_the_scramble_are_scipys(first):
    """Point for point, in two dozen dimensions."""
    points = theirs(first, BLOCK, scramble=False)
    for place in range(SIZE):
        ours = ours_in_their_order(direction_numbers(place), 0, first)
        np.testing.assert_array_equal(ours, points[:, place])


@pytest.mark.parametrize("first", FIRSTS)
def test_late_points_after_the_same_scramble_are_scipys(first):
    """With the shift and the triangles that scipy draws; point for point, block by block."""
    points = theirs(first, BLOCK, scramble=True)
    rng = np.random.default_rng(12).spawn(1)[0]
    powers = np.uint32(1) << np.arange(BITS, dtype=np.uint32)
    shifts = (rng.integers(2, size=(SIZE, BITS), dtype=np.uint32) * powers).sum(axis=1)
    triangles = np.tril(rng.integers(2, size=(SIZE, BITS, BITS), dtype=np.uint32))
    for place in range(SIZE):
        columns = (triangles[place] * powers[::-1, None]).sum(axis=0).astype(np.uint32)
        numbers = scrambled(direction_numbers(place), scramble_matrix(columns))
        ours = ours_in_their_order(numbers, int(shifts[place]), first)
        np.testing.assert_array_equal(ours, points[:, place])


@pytest.mark.parametrize("unit", [0, 1, 63, 511, 512, 513])
def test_units_of_a_design_are_scipys_points_scrambled_by_definition(unit):
    """Bit k of a scrambled point: bit k, the matrix's bits times the higher ones, and the shift.

    The scramble is written out bit by bit here, from the same random numbers, for the dimension
    that each place draws from; unit 512 of sixteen thousand begins at point 2^23. Numbers lie in
    the middle of 2^32 cells.
    """
    of = Sobol(7, 2, 2**24)
    first = unit * UNIT
    order = gray(np.arange(first, first + BLOCK))
    begin = int(order.min()) // UNIT
    places = (0, 1, 2, 9, SIZE - 1)
    size = 1 + max(dimension(place) for place in places)
    points = theirs(first, BLOCK, scramble=False, size=size)
    for place in places:
        draws = stream(7, 1, 0, "churn").integers(0, 2**BITS, size=BITS + 1, dtype=np.uint32)
        bits = (
            points[:, dimension(place), None].astype(np.uint64) >> DOWN
        ) & 1  # the highest first
        columns = ((draws[:BITS, None].astype(np.uint64) >> DOWN) & 1).T  # [k, j]: bit k of draw j
        lower = np.tril(columns, -1) + np.eye(BITS, dtype=np.uint64)
        mixed = (bits @ lower.T) % 2
        whole = (mixed << DOWN).sum(axis=1) ^ np.uint64(draws[BITS])
        ours = of.uniforms("churn", place, 1, begin)[order - begin * UNIT]
        np.testing.assert_array_equal(ours, (whole + 0.5) / 2.0**BITS)


def test_all_units_are_parts_of_one_set():
    """2^20 points fill 2^20 cells, one each; no two units of 2^24 points begin with the same."""
    of = Sobol(7, 1, 2**24)
    units = [of.uniforms("churn", 5, 0, unit) for unit in range(2**10)]
    assert len({float(unit[0]) for unit in units}) == 2**10
    early = np.sort(np.concatenate(units[:64]))
    np.testing.assert_array_equal(np.floor(early * 2**20), np.arange(2**20))
