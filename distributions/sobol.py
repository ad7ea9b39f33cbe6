"""Scrambled Sobol' points: direction numbers, their scramble, and the points of a unit.

Point i of a Sobol' sequence is the exclusive or of the direction numbers of the bits set in i: in
natural order a table of 2^m points is doubled by one exclusive or with the next direction number,
and every later stretch of 2^m points is the same table, exclusive-or'ed with one number.

The direction numbers are those of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
two-dimensional projections", SIAM Journal on Scientific Computing 30 (2008) 2635-2654, file
new-joe-kuo-6.21201, in which `sobol_directions.npy` keeps the first 4,096 dimensions: the
primitive polynomials and the starting numbers. Their licence (BSD) is in `sobol_directions.txt`.
The scramble is a random linear matrix scramble with a digital shift (J. Matousek, "On the
L2-discrepancy for anchored boxes", Journal of Complexity 14 (1998) 527-556). Which dimension an
input draws from `sobol_order.py` says, by the input's place.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from distributions.errors import EstimateError
from distributions.marginal import Floats
from distributions.sobol_order import dimension
from distributions.streams import stream

BITS = 32
Bits = npt.NDArray[np.uint32]
_LOW_BITS = 7
_LOW = 2**_LOW_BITS
_TOGETHER = 16

_DOWN = np.arange(BITS - 1, -1, -1, dtype=np.uint32)  # the bits, highest first
_BELOW = (np.uint32(1) << _DOWN) - np.uint32(1)


@cache
def _joe_kuo() -> Bits:
    """A row for each dimension: its polynomial, then its starting numbers."""
    return np.asarray(np.load(Path(__file__).with_name("sobol_directions.npy")))


@lru_cache(maxsize=4096)
def direction_numbers(number: int) -> Bits:
    """The 32 direction numbers of dimension `number` (from 0), the largest first.

    Bratley and Fox's recurrence: with the polynomial x^m + a1 x^(m-1) + ... + 1,
    v_j = v_(j-m) ⊕ 2^m v_(j-m) ⊕ sum of 2^k a_k v_(j-k), then shifted to the top of 32 bits.

    >>> [int(v) >> 28 for v in direction_numbers(1)[:4]]
    [8, 12, 10, 15]
    """
    known = _joe_kuo()
    if not 0 <= number < len(known):
        raise EstimateError(
            f"Sobol' points are known for {len(known)} quantities, and this is number {number + 1}",
            "write sampling: latin, which has no such limit",
        )
    polynomial, *starts = known[number].tolist()
    degree = polynomial.bit_length() - 1
    if number == 0:
        numbers = [1] * BITS
    else:
        numbers = starts[:degree]
        for j in range(degree, BITS):
            following = numbers[j - degree] ^ (numbers[j - degree] << degree)
            for k in range(1, degree):
                if polynomial >> (degree - k) & 1:
                    following ^= numbers[j - k] << k
            numbers.append(following)
    shifted = [each << (BITS - 1 - j) for j, each in enumerate(numbers)]
    return _frozen(np.array(shifted, dtype=np.uint32))


def scramble_matrix(columns: Bits) -> Bits:
    """A random lower triangular matrix of bits: what each bit of a point turns into.

    Column j, for the j-th highest bit, keeps that bit and takes the bits below it of
    the j-th random number. `columns` (..., 32) are the random numbers of one matrix or of several.
    """
    diagonal = np.uint32(1) << _DOWN
    return np.asarray((columns & _BELOW) | diagonal)


def scrambled(numbers: Bits, matrix: Bits) -> Bits:
    """Direction numbers after the linear scramble: exclusive or of the columns of the bits set.

    Of `numbers` (32,), scrambled by each `matrix` (..., 32).
    """
    bits = (numbers[:, None] >> _DOWN) & np.uint32(1)
    columns = np.where(bits == 1, matrix[..., np.newaxis, :], np.uint32(0))
    return np.asarray(np.bitwise_xor.reduce(columns, axis=-1))


def sobol_integers(numbers: Bits, shift: int, first: int, count: int) -> Bits:
    """Points `first` .. `first + count - 1` in natural order, as 32-bit numbers.

    `count` is a power of two and divides `first`.

    >>> [int(x) >> 29 for x in sobol_integers(direction_numbers(0), 0, 0, 8)]
    [0, 4, 2, 6, 1, 5, 3, 7]
    """
    points = np.empty(count, dtype=np.uint32)
    points[0] = _start(numbers, shift, first)
    size, j = 1, 0
    while size < count:
        np.bitwise_xor(points[:size], numbers[j], out=points[size : 2 * size])
        size, j = 2 * size, j + 1
    return points


class _Scrambled(NamedTuple):
    """One input of one replicate: direction numbers, shift, and points that all others come from.

    Point i of a stretch of up to 2**14 is `low`, of its last 7 bits, exclusive-or'ed with `high`,
    of the bits before.
    """

    numbers: Bits
    shift: int
    low: Bits
    high: Bits


def _scramble(seed: int, replicate: int, name: str, place: int) -> _Scrambled:
    """Of (seed, replicate, name) and the place, which says the dimension, alone."""
    return _scrambles(seed, replicate // _TOGETHER, name, place)[replicate % _TOGETHER]


@lru_cache(maxsize=512)
def _scrambles(seed: int, group: int, name: str, place: int) -> tuple[_Scrambled, ...]:
    """Of so many replicates as a run has, in a few operations: they cost more than the numbers."""
    replicates = range(group * _TOGETHER, (group + 1) * _TOGETHER)
    draws = np.array(
        [
            stream(seed, replicate, 0, name).integers(0, 2**BITS, size=BITS + 1, dtype=np.uint32)
            for replicate in replicates
        ]
    )
    numbers = _frozen(
        scrambled(direction_numbers(dimension(place)), scramble_matrix(draws[:, :BITS]))
    )
    low = _frozen(_combinations(numbers[:, :_LOW_BITS]))
    high = _frozen(_combinations(numbers[:, _LOW_BITS : 2 * _LOW_BITS]))
    shifts = draws[:, BITS].tolist()
    return tuple(map(_Scrambled, numbers, shifts, low, high))


def _combinations(numbers: Bits) -> Bits:
    """The exclusive or of every choice from a few `numbers` (..., n): (..., 2^n), as points."""
    *several, n = numbers.shape
    points = np.zeros((*several, 2**n), np.uint32)
    for j in range(n):
        size = 2**j
        np.bitwise_xor(
            points[..., :size], numbers[..., j : j + 1], out=points[..., size : 2 * size]
        )
    return points


def sobol_uniforms(
    seed: int,
    replicate: int,
    name: str,
    place: int,
    first: int,
    count: int,
    out: Floats | None = None,
) -> Floats:
    """Scrambled points of one input as numbers strictly inside (0, 1): (integer + ½) 2^-32.

    Points `first` .. `first + count - 1` as of `sobol_integers`, a unit of them in one operation;
    `out` (count,) is filled if given.
    """
    numbers, shift, low, high = _scramble(seed, replicate, name, place)
    if not _LOW <= count <= _LOW * _LOW:
        points = sobol_integers(numbers, shift, first, count)
    else:
        start = np.bitwise_xor(high[: count >> _LOW_BITS], _start(numbers, shift, first))
        points = np.bitwise_xor(start[:, np.newaxis], low).ravel()
    uniforms = np.add(points, 0.5, out=out)
    uniforms *= 2.0**-BITS
    return uniforms


def _start(numbers: Bits, shift: int, first: int) -> np.uint32:
    """Point number `first`."""
    start = shift
    for j in range(first.bit_length()):
        if first >> j & 1:
            start ^= int(numbers[j])
    return np.uint32(start)


def _frozen(array: Bits) -> Bits:
    array.flags.writeable = False
    return array
