"""The normal score of a value: the z of a standard normal that is as rarely undercut.

z(x) = Φ⁻¹(F(x)), with F the distribution function of a quantity. Scores are what a Gaussian copula
joins: given the others of its group, a quantity's score is normal again, whatever its distribution.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from distributions.bell import LogNormal, LogNormalMoments, Normal
from distributions.marginal import Marginal
from distributions.special import ndtr, ndtri

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.intp]

CELLS = 1_024
FARTHEST = 7.0
"""The table ends at scores of ±7, chances of 1e-12."""
GUIDED, NEAR = 8_192, 3.7
"""In how many equal strips values with scores of at most ±3.7 are looked up."""
MOST_WRONG = 1e-9
"""Error in probability, at most; what cannot be tabulated so well is computed exactly."""
_SMALLEST = 1e-300
_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


class Scored(NamedTuple):
    """Scores, and how fast they rise with the value."""

    z: Floats
    slope: Floats | float


class Scores(Protocol):
    """Values → scores, rising; -∞ below all that is possible, ∞ above."""

    def __call__(self, x: Floats, out: Floats | None = None) -> Floats:
        """The scores of the values `x` (n,), put into `out` if given, which may be `x`."""
        ...

    def with_slope(self, x: Floats, out: Floats | None = None) -> Scored:
        """The scores of the values `x` (n,), and dz/dx; where z is infinite any finite slope.

        The scores are put into `out` if given, which is not `x`.
        """
        ...


class OfNormal(NamedTuple):
    """Scores of a normal: (x - mu) / sigma."""

    mu: float
    sigma: float

    def __call__(self, x: Floats, out: Floats | None = None) -> Floats:
        """The scores of `x`."""
        z = np.subtract(x, self.mu, out=out)
        z *= 1 / self.sigma
        return z

    def with_slope(self, x: Floats, out: Floats | None = None) -> Scored:
        """The scores of `x`, and their slope."""
        return Scored(self(x, out), 1 / self.sigma)


class OfLogNormal(NamedTuple):
    """Scores of a lognormal: (ln x - m) / s."""

    m: float
    s: float

    def __call__(self, x: Floats, out: Floats | None = None) -> Floats:
        """The scores of `x`; those of nothing and less lie beyond any that counts."""
        z = np.maximum(x, _SMALLEST, out=out)
        np.log(z, out=z)
        z -= self.m
        z *= 1 / self.s
        return z

    def with_slope(self, x: Floats, out: Floats | None = None) -> Scored:
        """The scores of `x`, and their slope 1 / (s x)."""
        slope = np.maximum(x, _SMALLEST)
        return Scored(self(x, out), np.divide(1 / self.s, slope, out=slope))


@dataclass(frozen=True, eq=False)
class Exactly:
    """Scores by the distribution function itself, whatever it takes."""

    marginal: Marginal

    def __call__(self, x: Floats, out: Floats | None = None) -> Floats:
        """The scores of `x`, from whichever tail is the smaller."""
        below, above = self.marginal.cdf(x), self.marginal.sf(x)
        return _put(np.where(below < 0.5, ndtri(below), -ndtri(above)), out)

    def with_slope(self, x: Floats, out: Floats | None = None) -> Scored:
        """The scores of `x`, and their slope f(x) / φ(z)."""
        z = self(x, out)
        height = np.exp(-z * z / 2) / _ROOT_TWO_PI
        slope = np.zeros_like(z)
        np.divide(self.marginal.pdf(x), height, out=slope, where=height > 0)
        return Scored(z, slope)


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Scores by a cubic between values whose scores lie evenly apart; made by `scores_of`."""

    marginal: Marginal
    values: Floats = field(repr=False)
    """The ends of the cells, rising."""
    cubics: Floats = field(repr=False)
    """(4, cells): coefficients in t, the place within a cell from 0 to 1, the constant first."""

    def __call__(self, x: Floats, out: Floats | None = None) -> Floats:
        """The scores of `x`."""
        cell, t = self._places(x)
        return _put(self._beyond(x, self._read(self.cubics, cell, t)), out)

    def with_slope(self, x: Floats, out: Floats | None = None) -> Scored:
        """The scores of `x`, and their slope."""
        cell, t = self._places(x)
        z = self._beyond(x, self._read(self.cubics, cell, t))
        return Scored(_put(z, out), self._read(self.slopes, cell, t))

    @cached_property
    def slopes(self) -> Floats:
        """(3, cells): the coefficients of dz/dx."""
        powers = np.arange(1, 4)[:, None]
        rising: Floats = powers * self.cubics[1:] / np.diff(self.values)
        return rising

    def _places(self, x: Floats) -> tuple[Cells, Floats]:
        cell = self._cells(x)
        t = x - np.take(self.values, cell, mode="clip")
        t *= np.take(self._per_width, cell, mode="clip")
        return cell, np.clip(t, 0.0, 1.0, out=t)

    def _cells(self, x: Floats) -> Cells:
        """The cell of each value: the guide knows it but for one, in the middle of the range."""
        first, last, guide = self._guide
        low, high = self.values[first], self.values[last]
        strip = (x - low) * (GUIDED / (high - low))
        np.clip(strip, 0, GUIDED - 1, out=strip)
        cell: Cells = np.take(guide, strip.astype(np.intp), mode="clip")
        cell += x >= np.take(self.values, cell + 1, mode="clip")
        known = (x >= low) & (x < high) if guide.size > 1 else np.zeros(x.size, np.bool_)
        odd = np.flatnonzero(~known & (x > self.values[0]) & (x < self.values[-1]))
        if odd.size:
            cell[odd] = np.searchsorted(self.values[1:-1], x[odd], side="right")
        return cell

    @cached_property
    def _guide(self) -> tuple[int, int, Cells]:
        """The first and the last end of a cell that are guided to, and for each strip its cell.

        A strip, one of GUIDED equal ones, is narrower than any of their cells.
        """
        first, last = np.searchsorted(_grid(), [-NEAR, NEAR])
        ends = self.values[first : last + 1]
        strips = np.linspace(ends[0], ends[-1], GUIDED, endpoint=False)
        if np.diff(ends).min() < strips[1] - strips[0]:  # values lie too close somewhere
            return int(first), int(last), np.zeros(1, np.intp)
        guide: Cells = np.searchsorted(self.values, strips, side="right") - 1
        return int(first), int(last), guide

    @cached_property
    def _per_width(self) -> Floats:
        return 1 / np.diff(self.values)

    def _read(self, coefficients: Floats, cell: Cells, t: Floats) -> Floats:
        value = np.take(coefficients[-1], cell, mode="clip")
        for row in coefficients[-2::-1]:
            value *= t
            value += np.take(row, cell, mode="clip")
        return value

    def _beyond(self, x: Floats, z: Floats) -> Floats:
        """What is impossible, or as good as that, has no finite score."""
        z[x <= self.values[0]] = -np.inf
        z[x >= self.values[-1]] = np.inf
        return z


@lru_cache(maxsize=64)
def scores_of(marginal: Marginal) -> Scores:
    """The fastest sufficiently exact way from the values of a distribution to their scores.

    The distribution has numbers for parameters and no point with a mass of its own.

    >>> from distributions import pert
    >>> scores = scores_of(pert(1, 2, 4))
    >>> x = np.array([0.5, 2.0, 5.0])
    >>> (ndtr(scores(x)) - pert(1, 2, 4).cdf(x)).round(9).tolist()
    [0.0, 0.0, 0.0]
    """
    if isinstance(marginal, Normal):
        return OfNormal(float(marginal.mu), float(marginal.sigma))
    if isinstance(marginal, LogNormal | LogNormalMoments):
        m, s = marginal.logs
        return OfLogNormal(float(m), float(s))
    return (None if marginal.closed else _table(marginal)) or Exactly(marginal)


def _table(marginal: Marginal) -> ScoreTable | None:
    """The table of a distribution; None where a kink or a gap makes it not exact enough."""
    z = _grid()
    below, above = z[z < 0], z[z >= 0]
    values = np.concatenate([marginal.ppf(ndtr(below)), marginal.isf(ndtr(-above))])
    width = np.diff(values)
    if not (np.isfinite(values).all() and (width > 0).all()):
        return None
    exact = Exactly(marginal)
    # the slopes that the values have at the ends of their cells, in units of a cell
    with np.errstate(all="ignore"):
        slope = np.exp(-z * z / 2) / _ROOT_TWO_PI / marginal.pdf(values)
        left, right = width / slope[:-1], width / slope[1:]
        step = np.diff(z)
        cubics = np.array([z[:-1], left, 3 * step - 2 * left - right, left + right - 2 * step])
        table = ScoreTable(marginal, values, cubics)
        middle = values[:-1] + width / 2
        wrong = np.abs(ndtr(table(middle)) - ndtr(exact(middle)))
    return table if bool((wrong <= MOST_WRONG).all()) else None


def _put(z: Floats, out: Floats | None) -> Floats:
    """The scores where they are wanted."""
    if out is None:
        return z
    np.copyto(out, z)
    return out


def _grid() -> Floats:
    """The scores at the ends of the cells."""
    return np.linspace(-FARTHEST, FARTHEST, CELLS + 1)
