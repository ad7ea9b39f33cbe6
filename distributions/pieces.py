"""Quantiles in pieces: where a distribution has kinks, gaps or lumps, each smooth piece by itself.

A mixture's quantile function bends where one of its parts begins and leaps from one part to the
next; an event or a clipped quantity has a lump. No table of smooth cells holds that. Cut there, the
quantity is one of several: with the chance of a lump its one value, with the chance of a stretch
between two cuts a quantity that is smooth, and conditional on lying in the stretch,

    quantile(u) = quantile of (X given x0 < X < x1) at (u - P(X <= x0)) / P(x0 < X < x1),

for which a table can be made whose cells crowd towards both cuts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from distributions.bell import LogNormal, LogNormalMoments, Normal
from distributions.marginal import Floats, Marginal
from distributions.mixtures import Mixture
from distributions.single_values import Discrete
from distributions.truncated import Truncated

Quantiles = Callable[[Floats], Floats]
Tabulate = Callable[[Marginal], Quantiles]

CHUNK = 16_384
TAIL = 2.0**-27
"""Draws nearer to 0 or 1 are computed exactly: the place within a piece would lose digits."""
MOST_WRONG = 1e-9
"""Error in probability, at most; a stretch whose table is worse is computed exactly."""
MOST_WRONG_IN_TAILS = 1e-6
"""And relative to the chance of a tail."""
DRAWS_A_PIECE = 8_192
"""Draws for each piece from which on building its table costs less than it saves."""
MOST_CUTS = 24
QUICK = (Normal, LogNormal, LogNormalMoments, Discrete)
"""Families whose exact quantile takes no longer than finding a draw's piece, as closed ones do."""
_SMALLEST, _LARGEST = 2.0**-54, 1 - 2.0**-53


class Piece(NamedTuple):
    """The draws from `start` to `start + mass`: a lump of one value, or a stretch to be read."""

    start: float
    mass: float
    lump: float | None
    read: Quantiles | None
    """From the place in the stretch, 0 to 1; None where the exact function must do."""


@dataclass(frozen=True, eq=False)
class QuantilePieces:
    """Call it with probabilities strictly inside (0, 1); made by `in_pieces`."""

    marginal: Marginal
    pieces: tuple[Piece, ...] = field(repr=False)

    def __call__(self, u: Floats) -> Floats:
        """The quantiles of `u`, any shape, as accurate as the tables of the pieces."""
        chance = np.asarray(u, dtype=np.float64)
        result = np.empty(chance.shape)
        self.into(chance.reshape(-1), result.reshape(-1))
        return result

    def into(self, u: Floats, out: Floats) -> None:
        """Put the quantiles of a vector into another one."""
        for start in range(0, len(u), CHUNK):
            here = slice(start, start + CHUNK)
            self._read(u[here], out[here])

    def _read(self, u: Floats, result: Floats) -> None:
        place = np.zeros(len(u), dtype=np.int8)
        for piece in self.pieces[1:]:
            place += u > piece.start
        for number, piece in enumerate(self.pieces):
            where = np.flatnonzero(place == number)
            if piece.lump is not None:
                result[where] = piece.lump
            elif piece.read is None:
                result[where] = self.marginal.ppf(u[where])
            else:
                within = (u[where] - piece.start) / piece.mass
                result[where] = piece.read(np.clip(within, _SMALLEST, _LARGEST, out=within))
        if u.min() < TAIL or u.max() > 1 - TAIL:
            low, high = u < TAIL, u > 1 - TAIL
            result[low] = self.marginal.ppf(u[low])
            result[high] = self.marginal.isf(1 - u[high])


def worth_pieces(marginal: Marginal, draws: int) -> bool:
    """Whether so many draws of a distribution save more than tables of its pieces take to build."""
    if marginal.shape or draws < DRAWS_A_PIECE or not _is_slow(marginal):
        return False
    cuts = _cuts(marginal)
    return cuts is not None and draws >= DRAWS_A_PIECE * (len(cuts) + 1)


def _is_slow(marginal: Marginal) -> bool:
    if isinstance(marginal, Mixture):
        return not marginal.is_discrete
    parts = marginal._parts()
    if parts:
        return any(map(_is_slow, parts))
    return not (marginal.closed or isinstance(marginal, QUICK))


@lru_cache(maxsize=256)
def in_pieces(marginal: Marginal, made: tuple[Tabulate, ...]) -> QuantilePieces:
    """The pieces of a distribution that is `worth_pieces`, each with a table.

    `made` are ways to make a table: the first that is exact enough is taken.

    >>> from distributions import event, uniform
    >>> reader = in_pieces(event(0.5, uniform(0, 10)), made=(lambda stretch: stretch.ppf,))
    >>> reader(np.array([0.4, 0.75])).tolist()
    [0.0, 5.0]
    """
    pieces = []
    cuts = _cuts(marginal) or {}
    for left, right in pairwise([-np.inf, *cuts, np.inf]):
        stretch = _stretch(marginal, left, right, made)
        if stretch is not None:
            pieces.append(stretch)
        if cuts.get(right):
            pieces.append(Piece(float(marginal.below(right)), cuts[right], right, None))
    return QuantilePieces(marginal, tuple(pieces))


@lru_cache(maxsize=256)
def _cuts(marginal: Marginal) -> dict[float, float] | None:
    """Where to cut, in rising order, and the mass that lies there; None if too often."""
    if marginal.most_points() > MOST_CUTS:
        return None
    low, high = float(marginal.ppf(_SMALLEST)), float(marginal.isf(_SMALLEST))
    lumps = dict(zip(*map(np.ndarray.tolist, marginal.jumps(low, high)), strict=True))
    inner = {x for x in (*marginal.kinks(), *marginal.seams()) if low < x < high}
    cuts = {x: lumps.get(x, 0.0) for x in sorted(inner | set(lumps))}
    return cuts if len(cuts) <= MOST_CUTS else None


def _stretch(
    marginal: Marginal, left: float, right: float, made: tuple[Tabulate, ...]
) -> Piece | None:
    """What lies strictly between two cuts; None if nothing does."""
    start, end = float(marginal.cdf(left)), float(marginal.below(right))
    assert start <= end, "chances that are no numbers would leave draws without a piece"
    if not end - start > TAIL:
        return Piece(start, end - start, None, None) if end > start else None
    within = Truncated(marginal, np.nextafter(left, np.inf), np.nextafter(right, -np.inf))
    tables = (Piece(start, end - start, None, tabulate(within)) for tabulate in made)
    exact = (piece for piece in tables if _is_exact(marginal, piece))
    return next(exact, Piece(start, end - start, None, None))


def _is_exact(marginal: Marginal, piece: Piece) -> bool:
    """Compare with the exact distribution function, at three places in every 64th of an octave."""
    octaves = 2.0 ** -np.arange(2, 31)[:, None]
    places = (np.arange(64)[:, None] + (0.1, 0.5, 0.9)).ravel() / 64  # where cubics are worst
    v = (octaves * (1 + places)).ravel()
    u = piece.start + piece.mass * np.concatenate([v, 1 - v])
    u = u[(u > max(TAIL, piece.start)) & (u < min(1 - TAIL, piece.start + piece.mass))]
    assert piece.read is not None
    x = piece.read((u - piece.start) / piece.mass)
    wrong = np.where(u < 0.5, np.abs(marginal.cdf(x) - u), np.abs(marginal.sf(x) - (1 - u)))
    return bool(np.all(wrong <= np.minimum(MOST_WRONG, MOST_WRONG_IN_TAILS * np.minimum(u, 1 - u))))
