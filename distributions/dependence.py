"""Quantities that move together: rank correlations and the Gaussian copula.

Every quantity has a normal score z = Φ⁻¹(u). Correlated scores L z, with L Lᵀ the matrix of their
correlations, give uniforms Φ(L z) that move together, whatever the distributions behind them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from distributions.correlation import (
    is_positive_semidefinite,
    nearest_correlation,
    triangular_factor,
)
from distributions.errors import EstimateError, number_text
from distributions.marginal import Floats, Param
from distributions.normal_table import normal_chance, normal_score
from distributions.room import ThreadRoom

LARGEST_REPAIR = 0.1
"""How far a correlation may be moved to make the matrix possible."""

_SMALLEST = 2.0**-1022
_LARGEST = 1 - 2.0**-53
_room = ThreadRoom()


def normal_from_rank(rank: float) -> float:
    """Correlation of normal scores for a (Spearman) rank correlation: 2 sin(π rank / 6).

    >>> round(normal_from_rank(0.6), 6)
    0.618034
    """
    return float(2 * np.sin(np.pi * _correlation(rank, "rank correlation") / 6))


def rank_from_normal(correlation: float) -> float:
    """Rank correlation for a correlation of normal scores: (6/π) asin(correlation / 2).

    >>> round(rank_from_normal(normal_from_rank(0.6)), 12)
    0.6
    """
    return float(6 / np.pi * np.arcsin(_correlation(correlation, "correlation") / 2))


def normal_from_kendall(tau: float) -> float:
    """Correlation of normal scores for Kendall's tau: sin(π tau / 2).

    >>> round(normal_from_kendall(0.6), 6)
    0.809017
    """
    return float(np.sin(np.pi * _correlation(tau, "Kendall's tau") / 2))


def normal_from_same_half(share: float) -> float:
    """Correlation of normal scores when both share a half with this chance: sin(π(share - ½)).

    "If one is in its upper half, so is the other with probability `share`"; ½ is independence.

    >>> round(normal_from_same_half(0.75), 6)
    0.707107
    """
    if not 0 <= share <= 1:
        raise EstimateError(
            f"a same_half of {number_text(share)} lies outside 0 to 1",
            "write a share between 0 % and 100 %; 50 % is independence",
        )
    return float(np.sin(np.pi * (share - 0.5)))


def _correlation(value: float, what: str) -> float:
    if not -1 <= value <= 1:
        raise EstimateError(
            f"a {what} of {number_text(value)} lies outside -1 to 1",
            "write a number between -1 and 1; 0 is independence",
        )
    return value


class Repair(NamedTuple):
    """A correlation of normal scores that had to move: the matrix asked for cannot be."""

    first: str
    second: str
    asked: float
    used: float


class Conditional(NamedTuple):
    """The remaining scores given some: normal, with `mean` and `covariance`.

    `mean` is `coefficients` times the given scores, shape (names,) or (names, trials);
    `coefficients` has a row for each name and a column for each given one.
    """

    names: tuple[str, ...]
    coefficients: Floats
    mean: Floats
    covariance: Floats


@dataclass(frozen=True, eq=False)
class Copula:
    """A Gaussian copula: quantities whose normal scores have the correlations `matrix`.

    Build it with `from_pairs`, which repairs a matrix that cannot be and says so in `repaired`.
    """

    names: tuple[str, ...]
    matrix: Floats
    repaired: tuple[Repair, ...] = ()

    @classmethod
    def from_pairs(cls, names: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> Copula:
        """The copula with these correlations of normal scores; pairs not named are independent.

        Three correlations may contradict each other (a with b, b with c, a not with c): then the
        nearest possible matrix is used and `repaired` lists what moved. EstimateError if a
        correlation would move by more than 0.1.

        >>> copula = Copula.from_pairs(["a", "b"], {("a", "b"): 0.6})
        >>> [round(float(z), 6) for z in copula.scores([np.array(1.0), np.array(0.0)])]
        [1.0, 0.6]
        """
        order = {name: place for place, name in enumerate(names)}
        asked = np.eye(len(order))
        seen: set[frozenset[str]] = set()
        for (first, second), correlation in pairs.items():
            _check_pair(first, second, order, seen)
            i, j = order[first], order[second]
            asked[i, j] = asked[j, i] = _correlation(
                correlation, f"correlation between {first} and {second}"
            )
            seen.add(frozenset((first, second)))
        if len(order) == 0 or is_positive_semidefinite(asked):
            return cls(tuple(order), asked)
        used = nearest_correlation(asked)
        return cls(tuple(order), used, _repairs(tuple(order), asked, used))

    @cached_property
    def factor(self) -> Floats:
        """The lower triangular L with L Lᵀ = matrix, rows of length 1."""
        return triangular_factor(self.matrix)

    def scores(self, z: Sequence[Floats]) -> list[Floats]:
        """Correlated scores L z from independent ones, one array a name, in the order of names.

        Written as sums element by element: a matrix product would round differently for
        different numbers of trials.
        """
        shape = np.broadcast_shapes(*(np.shape(one) for one in z))
        return [_weighed(row, z, np.empty(shape)) for row in self.factor]

    def uniforms(self, u: Sequence[Floats], out: Sequence[Floats] | None = None) -> list[Floats]:
        """Uniforms that move together, from independent ones; strictly between 0 and 1.

        A quantity that depends on none before it keeps its own uniforms, bit for bit: the array
        itself. The others are written to their vector of `out`, if given; it may be that of `u`.
        """
        inside = [_within(one) for one in u]
        # A weight of 1 or -1 leaves room for no other: the very uniforms u of that one, or 1 - u.
        alone = np.abs(self.factor).max(axis=1) == 1
        needed = (self.factor[~alone] != 0).any(axis=0)
        z = [
            normal_score(one, out=_room.floats(f"score {place}", *one.shape)) if need else one
            for place, (one, need) in enumerate(zip(inside, needed, strict=True))
        ]
        joint = [
            _same(place, row, inside) if alone[place] else inside[place]
            for place, row in enumerate(self.factor)
        ]
        for place, row in enumerate(self.factor):  # not before: `out` may be `u`
            if not alone[place]:
                score = np.empty(inside[place].shape) if out is None else out[place]
                _weighed(row, z, score)
                joint[place] = _within(normal_chance(score, out=score))
        return joint

    def conditional(self, given: Mapping[str, Param]) -> Conditional:
        """The other names' scores when those of `given` are known (numbers, or one a trial).

        mean = S_uv S_vv⁻¹ z_v, covariance = S_uu - S_uv S_vv⁻¹ S_vu, with u the unknown and v the
        given ones; scores that repeat each other (correlation 1) are allowed.

        >>> copula = Copula.from_pairs(["a", "b"], {("a", "b"): 0.6})
        >>> known = copula.conditional({"a": 2.0})
        >>> known.names, known.mean.round(6).tolist(), known.covariance.round(6).tolist()
        (('b',), [1.2], [[0.64]])
        """
        for name in given:
            if name not in self.names:
                raise EstimateError(
                    f"{name} is not part of this dependence", f"write one of {_list(self.names)}"
                )
        known = [self.names.index(name) for name in given]
        rest = [place for place in range(len(self.names)) if place not in known]
        across = self.matrix[np.ix_(rest, known)]
        inverse = np.linalg.pinv(self.matrix[np.ix_(known, known)], rcond=1e-12, hermitian=True)
        coefficients = across @ inverse
        trials = np.broadcast_shapes(*(np.shape(z) for z in given.values()))
        mean = np.zeros((len(rest), *trials))
        for column, z in zip(coefficients.T, given.values(), strict=True):
            mean += column.reshape(-1, *([1] * len(trials))) * z
        covariance = self.matrix[np.ix_(rest, rest)] - coefficients @ across.T
        return Conditional(tuple(self.names[i] for i in rest), coefficients, mean, covariance)


def _weighed(weights: Floats, z: Sequence[Floats], out: Floats) -> Floats:
    """The sum of some scores, each times its weight; those without weight are not looked at."""
    first, *others = np.flatnonzero(weights).tolist()  # there is one, as rows have length 1
    np.multiply(weights[first], z[first], out=out)
    part = _room.floats("part", *out.shape)
    for place in others:
        out += np.multiply(weights[place], z[place], out=part)
    return out


def _same(own: int, weights: Floats, inside: Sequence[Floats]) -> Floats:
    """The uniforms of the only one with a weight, or one less them where it is -1."""
    place = int(np.argmax(np.abs(weights)))
    if weights[place] < 0:
        return _within(1 - inside[place])
    return inside[place] if place == own else inside[place].copy()


def _within(u: Floats) -> Floats:
    """Strictly between 0 and 1; the same array where it already is."""
    if u.size and u.min() >= _SMALLEST and u.max() <= _LARGEST:
        return u
    return np.clip(u, _SMALLEST, _LARGEST)


def _check_pair(
    first: str, second: str, order: Mapping[str, int], seen: set[frozenset[str]]
) -> None:
    for name in (first, second):
        if name not in order:
            raise EstimateError(
                f"{name} is not among the quantities that depend on each other",
                f"write one of {_list(tuple(order))}",
            )
    if first == second:
        raise EstimateError(
            f"{first} cannot be correlated with itself", "write two different names"
        )
    if frozenset((first, second)) in seen:
        raise EstimateError(
            f"the dependence between {first} and {second} is given twice", "write it once"
        )


def _repairs(names: tuple[str, ...], asked: Floats, used: Floats) -> tuple[Repair, ...]:
    moved = [
        Repair(names[i], names[j], float(asked[i, j]), float(used[i, j]))
        for i in range(len(names))
        for j in range(i)
        if abs(asked[i, j] - used[i, j]) > 1e-6
    ]
    moved = [Repair(two, one, asked, used) for one, two, asked, used in moved]
    most = max(moved, key=lambda repair: abs(repair.asked - repair.used))
    if abs(most.asked - most.used) > LARGEST_REPAIR:
        raise EstimateError(
            f"the dependences contradict each other: {most.first} and {most.second} would have to "
            f"move from {number_text(round(rank_from_normal(most.asked), 3))} to "
            f"{number_text(round(rank_from_normal(most.used), 3))} (as a rank correlation)",
            "weaken that one or those it hangs together with",
        )
    return tuple(moved)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
