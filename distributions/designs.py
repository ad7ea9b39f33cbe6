"""Designs: where in (0, 1) the trials of every input lie.

A design hands out the trials of one input in units of 16,384. What it hands out depends on the
seed, the replicate, the unit and the input's name alone (under Sobol' also on its place among the
inputs): never on which other inputs exist, on blocks or on workers. Sobol' and Latin hypercube
designs come in replicates, independent of each other, whose scatter tells how certain every figure
is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from distributions.errors import EstimateError
from distributions.marginal import Floats
from distributions.sobol import BITS, sobol_uniforms
from distributions.streams import UNIT, stream

if TYPE_CHECKING:
    from distributions.shuffle import Shuffle

Kind = Literal["sobol", "latin", "random"]

_SMALLEST = 2.0**-54
_LARGEST = 1 - 2.0**-53


class Unit(NamedTuple):
    """A stretch of `size` trials of one replicate."""

    replicate: int
    unit: int
    size: int


class Design(Protocol):
    """What every design offers."""

    @property
    def kind(self) -> Kind:
        """How it is written in a case: sobol, latin or random."""

    @property
    def seed(self) -> int:
        """The seed; 0 is one like any other."""

    @property
    def replicates(self) -> int:
        """How many independent sets there are; 1 means independent trials."""

    @property
    def points(self) -> int:
        """Trials of a replicate."""

    @property
    def trials(self) -> int:
        """Trials in all."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """All units in the order of trials: replicate by replicate."""

    def uniforms(
        self, name: str, place: int, replicate: int, unit: int, out: Floats | None = None
    ) -> Floats:
        """One input's trials in a unit, strictly inside (0, 1); `place` counts inputs from 0.

        `out` (trials of the unit,) is filled if given.
        """


@dataclass(frozen=True)
class Sobol:
    """`replicates` independent scrambled Sobol' sets of `points` points each, a power of two.

    Every set is stratified: of its 2^m points exactly one lies in each of 2^m equal cells.

    >>> u = Sobol(seed=1, replicates=16, points=4).uniforms("churn", 0, 0, 0)
    >>> sorted(int(4 * one) for one in u)
    [0, 1, 2, 3]
    """

    seed: int
    replicates: int
    points: int
    kind: ClassVar[Kind] = "sobol"

    def __post_init__(self) -> None:
        _check(self.seed, self.replicates, self.points)
        if self.points & (self.points - 1) or self.points > 2**BITS:
            raise EstimateError(
                f"{self.points} is no number of Sobol' points",
                f"take a power of two up to 2^{BITS} for each replicate",
            )

    @property
    def trials(self) -> int:
        return self.replicates * self.points

    @property
    def units(self) -> tuple[Unit, ...]:
        return _units(self.replicates, self.points)

    def uniforms(
        self, name: str, place: int, replicate: int, unit: int, out: Floats | None = None
    ) -> Floats:
        size = _size(self, replicate, unit)
        return sobol_uniforms(self.seed, replicate, name, place, unit * UNIT, size, out)


@dataclass(frozen=True)
class Latin:
    """`replicates` independent Latin hypercubes of `points` points each.

    Every input has one point in each of `points` equal cells, in an order of its own, which is
    computed for the unit asked for and never held.

    >>> u = Latin(seed=1, replicates=16, points=5).uniforms("churn", 0, 0, 0)
    >>> sorted(int(5 * one) for one in u)
    [0, 1, 2, 3, 4]
    """

    seed: int
    replicates: int
    points: int
    kind: ClassVar[Kind] = "latin"

    def __post_init__(self) -> None:
        _check(self.seed, self.replicates, self.points)

    @property
    def trials(self) -> int:
        return self.replicates * self.points

    @property
    def units(self) -> tuple[Unit, ...]:
        return _units(self.replicates, self.points)

    def uniforms(
        self, name: str, place: int, replicate: int, unit: int, out: Floats | None = None
    ) -> Floats:
        size = _size(self, replicate, unit)
        cells = self._cells(name, replicate, unit * UNIT, size)
        u = stream(self.seed, replicate, unit, name).random(size, out=out)
        u += cells
        u /= self.points
        return np.clip(u, _SMALLEST, _LARGEST, out=u)

    def _cells(self, name: str, replicate: int, first: int, size: int) -> npt.NDArray[Any]:
        """In which cells these trials lie; what fits in a unit is shuffled as a whole."""
        if self.points <= UNIT:
            random = stream(self.seed, replicate, 0, f"order of {name}")
            return random.permutation(np.arange(self.points, dtype=np.uint32))
        return _order(self.seed, replicate, name, self.points)(first, size)


@lru_cache(maxsize=8192)
def _order(seed: int, replicate: int, name: str, points: int) -> Shuffle:
    """The order of one input's cells in a replicate: a few keys, however many points there are."""
    from distributions.shuffle import KEYS, Shuffle

    random = stream(seed, replicate, 0, f"order of {name}")
    return Shuffle(points, random.integers(0, 2**64, size=KEYS, dtype=np.uint64))


@dataclass(frozen=True)
class Random:
    """`trials` independent draws.

    >>> Random(seed=1, trials=20_000).units
    (Unit(replicate=0, unit=0, size=16384), Unit(replicate=0, unit=1, size=3616))
    """

    seed: int
    trials: int
    kind: ClassVar[Kind] = "random"
    replicates: ClassVar[int] = 1

    def __post_init__(self) -> None:
        _check(self.seed, 1, self.trials)

    @property
    def points(self) -> int:
        return self.trials

    @property
    def units(self) -> tuple[Unit, ...]:
        return _units(1, self.trials)

    def uniforms(
        self, name: str, place: int, replicate: int, unit: int, out: Floats | None = None
    ) -> Floats:
        size = _size(self, replicate, unit)
        u = stream(self.seed, replicate, unit, name).random(size, out=out)
        return u if u.min() >= _SMALLEST else np.maximum(u, _SMALLEST, out=u)  # hardly ever


def design(kind: str, seed: int, trials: int, replicates: int = 16) -> Design:
    """The design of this kind with at least `trials` trials.

    Sobol' rounds up to `replicates` x 2^m (m >= 1), Latin hypercube to a multiple of
    `replicates`; random takes the number as it is.

    >>> design("sobol", 1, 10_000).trials, design("latin", 1, 10_000).trials
    (16384, 10000)
    """
    if trials < 1:
        raise EstimateError(f"{trials} trials are too few", "ask for at least 1, such as 65536")
    share = -(-trials // replicates)
    match kind:
        case "sobol":
            return Sobol(seed, replicates, max(2, 1 << (share - 1).bit_length()))
        case "latin":
            return Latin(seed, replicates, share)
        case "random":
            return Random(seed, trials)
    raise EstimateError(
        f"there is no sampling called {kind}", "write sampling: sobol, latin or random"
    )


def _check(seed: int, replicates: int, points: int) -> None:
    if seed < 0:
        raise EstimateError(f"the seed {seed} is negative", "write a whole number from 0 upwards")
    if replicates < 1 or points < 1:
        raise EstimateError(
            f"{replicates} replicates of {points} trials are too few", "ask for at least 1 of each"
        )


def _units(replicates: int, points: int) -> tuple[Unit, ...]:
    return tuple(
        Unit(replicate, number, min(UNIT, points - first))
        for replicate in range(replicates)
        for number, first in enumerate(range(0, points, UNIT))
    )


def _size(of: Design, replicate: int, unit: int) -> int:
    """The size of a unit; a unit that does not exist is an error of the caller."""
    size = min(UNIT, of.points - unit * UNIT)
    if not (0 <= replicate < of.replicates and unit >= 0 and size > 0):
        raise IndexError(f"no unit {unit} in replicate {replicate} of {of}")
    return size
