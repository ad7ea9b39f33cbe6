"""A distribution's quantile function, tabulated: read in a few nanoseconds, checked when built.

The cells are octaves of v = min(u, 1 - u) cut into 64 equal parts, for either half of the
distribution, so that tails are as finely resolved as the middle. The cell
is read from the bits of the float v; in each stands the cubic through the exact quantiles at 0,
1/4, 3/4 and 1 of it, which makes the table continuous.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from distributions.bell import LogNormal, LogNormalMoments, Normal
from distributions.bounded import Triangular, Uniform
from distributions.closed import TriangularQuantiles, UniformQuantiles
from distributions.cubics import NODES, chunks, cubics, evaluate, scratch, through
from distributions.few_exact import Between, between, few_exact
from distributions.marginal import Marginal
from distributions.octaves import Octaves

Floats = npt.NDArray[np.float64]
Quantiles = Callable[[Floats], Floats]

PARTS_BITS = 6
PARTS = 2**PARTS_BITS
OCTAVES = 30
"""The table begins at v = 2**-31, some 5e-10; the few draws beyond are computed exactly."""
MOST_WRONG = 1e-9
"""Error in probability, at most; a distribution that cannot be tabulated so well is not."""
MOST_WRONG_IN_TAILS = 1e-6
"""And relative to v, so that a chance of one in a billion is still that."""
WORTH_A_TABLE = 8_192
WORTH_IF_QUICK = 262_144
"""Draws from which on building a table costs less than it saves."""
QUICK = (Normal, LogNormal, LogNormalMoments)

WORST = 0.5
"""Where a cubic through 0, 1/4, 3/4, 1 errs most: t (t - 1/4) (t - 3/4) (t - 1) is largest."""

_HALF = PARTS * OCTAVES + 1  # the last cell is v = 1/2 alone
_LOWEST = 2.0 ** -(OCTAVES + 1)
_OCTAVES = Octaves(OCTAVES, PARTS_BITS)


@dataclass(frozen=True, eq=False)
class QuantileTable:
    """Call it with probabilities strictly inside (0, 1); made by `quantiles`."""

    marginal: Marginal
    rows: Floats = field(repr=False)
    """(cells, 4): the coefficients of each cell's cubic in v, the constant first."""

    def __call__(self, u: Floats) -> Floats:
        """The quantiles of `u`, any shape, as accurate as MOST_WRONG says."""
        chance = np.asarray(u, np.float64)
        result = np.empty(chance.shape)
        self.into(chance.reshape(-1), result.reshape(-1))
        return result

    def into(self, u: Floats, out: Floats) -> None:
        """Put the quantiles of a vector into another one."""
        for few, found in chunks(u, out):
            self._read(few, found)

    def _read(self, u: Floats, result: Floats) -> None:
        """One chunk, in few passes over vectors that stay in the cache."""
        v, other, cell = scratch.vectors(len(u))
        upper = scratch.upper[: len(u)]
        np.subtract(1.0, u, out=v)
        np.minimum(v, u, out=v)
        outside = _OCTAVES.cells(v, cell)
        if outside:
            beyond = np.flatnonzero(cell < 0)
            cell[beyond] = 0
        np.greater(u, 0.5, out=upper)
        cell += np.multiply(upper, _HALF, out=other.view(np.int64))
        evaluate(self.rows, cell, v, result)
        if outside:
            result[beyond] = self.marginal.ppf(u[beyond])


def quantiles(marginal: Marginal, draws: int) -> Quantiles:
    """The fastest sufficiently exact quantile function for so many draws of a distribution.

    Where it pays a table: a guide for single values, one of cells where the distribution is smooth,
    several where it is smooth in pieces; otherwise `marginal.ppf` itself.

    >>> from distributions import normal
    >>> import numpy as np
    >>> read = quantiles(normal(0, 1), draws=1_000_000)
    >>> type(read).__name__, bool(abs(read(np.array([0.975]))[0] - 1.959963984540054) < 1e-8)
    ('QuantileTable', True)
    """
    if marginal.is_discrete:
        from distributions.guide_table import guide_table, worth_a_guide

        guide = guide_table(marginal) if worth_a_guide(marginal, draws) else None
        return guide or marginal.ppf
    if draws >= WORTH_A_TABLE and not marginal.shape:
        match marginal:
            case Triangular():
                return TriangularQuantiles(marginal)
            case Uniform():
                return UniformQuantiles(marginal)
    enough = WORTH_IF_QUICK if isinstance(marginal, QUICK) else WORTH_A_TABLE
    if draws < enough or marginal.closed or marginal.shape:
        return marginal.ppf
    table = _tabulated(marginal) if is_whole(marginal) else None
    return table or _in_pieces(marginal, draws) or marginal.ppf


def is_whole(marginal: Marginal) -> bool:
    """Whether the quantile function has no lump, no kink inside (0, 1) and leaps between no parts.

    >>> from distributions import mixture, normal
    >>> is_whole(normal(0, 1)), is_whole(mixture([normal(0, 1), normal(9, 1)]))
    (True, False)
    """
    kinks = any(0 < marginal.cdf(kink) < 1 for kink in marginal.kinks())
    return not (marginal.has_jumps or kinks or bool(marginal.seams()))


def _in_pieces(marginal: Marginal, draws: int) -> Quantiles | None:
    from distributions.pieces import in_pieces, worth_pieces

    return in_pieces(marginal, MADE) if worth_pieces(marginal, draws) else None


@lru_cache(maxsize=256)
def _tabulated(marginal: Marginal) -> QuantileTable | None:
    """The table of a distribution, None where it would not be exact enough (kinks, gaps)."""
    for made in MADE:
        table = made(marginal)
        if np.isfinite(table.rows).all() and _exact_enough(table):
            return table
    return None


def _from_few(marginal: Marginal) -> QuantileTable:
    """A table from as few quantiles as a smooth distribution needs."""
    with np.errstate(all="ignore"):  # what is not finite is found out when it is checked
        return QuantileTable(
            marginal,
            np.concatenate(
                [
                    _half_from_few(marginal.ppf, lambda x: 1 / marginal.pdf(x)),
                    _half_from_few(marginal.isf, lambda x: -1 / marginal.pdf(x)),
                ]
            ),
        )


def _half_from_few(quantile: Quantiles, slope: Quantiles) -> Floats:
    values = few_exact(quantile, slope, _nodes()).reshape(len(NODES), -1)
    return through(values, _OCTAVES.lower(), _OCTAVES.widths())


@cache
def _nodes() -> Between:
    """Where the cubics of all cells meet the quantiles: the first nodes of the cells, the second...

    The same for every table.
    """
    lower, width = _OCTAVES.lower(), _OCTAVES.widths()
    return between(np.concatenate([lower + node * width for node in NODES]), _LOWEST)


def _from_all(marginal: Marginal) -> QuantileTable:
    """A table from the exact quantiles of all nodes."""
    with np.errstate(all="ignore"):
        halves = [
            cubics(_OCTAVES.lower(), _OCTAVES.widths(), half)
            for half in (marginal.ppf, marginal.isf)
        ]
        return QuantileTable(marginal, np.concatenate(halves))


MADE = (_from_few, _from_all)
"""How a table is made, the quickest way first; whether it is exact is found out afterwards."""


def _exact_enough(table: QuantileTable) -> bool:
    """Compare with the exact distribution function where the cubic of each cell is worst."""
    v = (_OCTAVES.lower() + WORST * _OCTAVES.widths())[:-1]
    for u, chance in ((v, table.marginal.cdf), (1.0 - v, table.marginal.sf)):
        exact = v if u is v else 1.0 - u  # 1 - v rounds; the table sees what is left of it
        wrong = np.abs(chance(table(u)) - exact)
        doubtful = wrong > np.minimum(MOST_WRONG, MOST_WRONG_IN_TAILS * exact)
        # near an end of the range the exact function cannot do better than its own rounding
        rounding = np.abs(chance(table.marginal.ppf(u[doubtful])) - exact[doubtful])
        if np.any(wrong[doubtful] > 4 * rounding + 1e-16):
            return False
    return True
