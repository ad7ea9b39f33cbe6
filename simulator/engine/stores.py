"""Where the figures of a run go: every trial is kept, or counted and forgotten.

Both take a unit of trials at a time, in any order, and hand out an Outcome for everything taken.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from distributions import Design, Unit
from simulator.result.figures import Worst
from simulator.result.kept import Kept, Tally
from simulator.result.outcome import Outcome
from simulator.result.ranks import RankSums
from simulator.result.stream import Limit, Stream

Floats = npt.NDArray[np.float64]
SHOWN = 4_096
"""Of each replicate of a streamed run the inputs of so many trials are kept: a small run's."""


class Name(NamedTuple):
    """Something with one figure a trial: a row of a quantity, line, outcome or of the cash."""

    section: str
    name: str
    row: int = 0


Vectors = Mapping[Name, Floats]


@dataclass(frozen=True, eq=False)
class Found:
    """What a unit of trials came to."""

    inputs: Vectors
    grades: Mapping[str, Floats]
    """Ranks of inputs as shares of all, where trials are counted."""
    others: Vectors
    roots: npt.NDArray[np.int8]
    """Empty where not asked for, as is the next."""
    no_outlay: npt.NDArray[np.bool_]


class Store(ABC):
    """What is known of the trials, by name."""

    @abstractmethod
    def add(self, units: Sequence[tuple[int, Unit, Found]]) -> None:
        """Take the units of a block, each with the number of its first trial among all."""

    @abstractmethod
    def twin(self) -> Store:
        """A store for another worker, to be merged in the end."""

    @abstractmethod
    def merge(self, other: Store) -> None:
        """Take in what a twin has."""

    @abstractmethod
    def cut(self, done: Sequence[int]) -> None:
        """Forget all but the first trials of each replicate, so many as are done of it."""

    @abstractmethod
    def outcome(self, name: Name, called: str, worst: Worst = "low", unit: str = "") -> Outcome:
        """Everything taken under a name as an Outcome."""

    @abstractmethod
    def input_values(self, name: Name) -> Floats:
        """The values of an input: all of them, or of the trials that are shown."""

    @abstractmethod
    def tally(self) -> Tally:
        """How often each number of roots comes, and no outlay."""


class Keeping(Store):
    """Every value in an array that is made once; workers write to different places."""

    def __init__(self, names: Sequence[Name], design: Design) -> None:
        self.replicates = design.replicates
        self.rows = {name: row for row, name in enumerate(names)}
        self.values = np.empty((len(names), design.trials))
        self.roots = np.zeros(design.trials, np.int8)
        self.no_outlay = np.zeros(design.trials, np.bool_)

    def add(self, units: Sequence[tuple[int, Unit, Found]]) -> None:
        for start, unit, found in units:
            here = slice(start, start + unit.size)
            for vectors in (found.inputs, found.others):
                for name, vector in vectors.items():
                    self.values[self.rows[name], here] = vector
            if found.roots.size:
                self.roots[here] = found.roots
            if found.no_outlay.size:
                self.no_outlay[here] = found.no_outlay

    def twin(self) -> Keeping:
        return self

    def merge(self, other: Store) -> None:
        assert other is self

    def cut(self, done: Sequence[int]) -> None:
        points = self.roots.size // self.replicates
        least = min(done)
        if least == points:
            return
        self.values = np.stack([self._first(row, least) for row in self.values])
        self.roots = self._first(self.roots, least)
        self.no_outlay = self._first(self.no_outlay, least)

    def outcome(self, name: Name, called: str, worst: Worst = "low", unit: str = "") -> Outcome:
        return Outcome(called, self.input_values(name), self.replicates, worst, unit)

    def input_values(self, name: Name) -> Floats:
        return self._shut(self.values[self.rows[name]])

    def kept(self, draws: Mapping[str, Floats]) -> Kept:
        """Every trial, for good."""
        cash = [row for name, row in self.rows.items() if name.section == "cash"]
        flows = self.values[cash[0] : cash[-1] + 1] if cash else self.values[:0]
        roots, no_outlay = (each if cash else each[:0] for each in (self.roots, self.no_outlay))
        return Kept(self._shut(flows), self._shut(roots), self._shut(no_outlay), draws)

    def tally(self) -> Tally:
        return self.kept({}).tally(self.replicates)

    def _first(self, array: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
        """The first so many trials of each replicate."""
        return array.reshape(self.replicates, -1)[:, :count].ravel()

    @staticmethod
    def _shut(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A Result never changes in anybody's hands."""
        array.flags.writeable = False
        return array


class Counting(Store):
    """Values are counted in cells; of the inputs those of some first trials are kept.

    `first` holds values of every name from some first trials, which range the cells, `limits` the
    numbers whose chances are to be exact, `ranked` the inputs whose grades come with the trials.
    """

    def __init__(
        self,
        inputs: Sequence[Name],
        first: Vectors,
        limits: Mapping[Name, Sequence[Limit]],
        design: Design,
        ranked: Sequence[str],
    ) -> None:
        self._made_of = (inputs, first, limits, design, ranked)
        self.points = design.points
        replicates = design.replicates
        self.streams = {
            name: Stream(values, replicates, limits.get(name, ZERO if asked(name) else ()))
            for name, values in first.items()
        }
        self.shown = min(SHOWN * 16 // replicates, design.points)
        self.values = {name: np.full((replicates, self.shown), np.nan) for name in inputs}
        self.ranks = None
        if NPV in self.streams:
            self.ranks = RankSums(ranked, replicates, first[NPV])
        self.counts = np.zeros((5, replicates), np.int64)  # trials, and the four of the tally

    def add(self, units: Sequence[tuple[int, Unit, Found]]) -> None:
        for name, stream in self.streams.items():  # one after another, so its cells stay at hand
            for _, unit, found in units:
                stream.add(unit.replicate, found.others[name])
        for start, unit, found in units:
            if self.ranks is not None:
                self.ranks.add(unit.replicate, found.others[NPV], found.grades)
            self._show(start - unit.replicate * self.points, unit, found)
            unique, several = (
                int(np.count_nonzero(so)) for so in (found.roots == 1, found.roots > 1)
            )
            none, without = found.roots.size - unique - several, np.count_nonzero(found.no_outlay)
            said = np.array([unit.size, unique, none, several, without], np.int64)
            self.counts[:, unit.replicate] += said

    def _show(self, first: int, unit: Unit, found: Found) -> None:
        """Keep the inputs of the first trials of a replicate."""
        if first < self.shown:
            for name, kept in self.values.items():
                here = kept[unit.replicate, first : first + unit.size]
                here[...] = found.inputs[name][: here.size]

    def twin(self) -> Counting:
        return Counting(*self._made_of)

    def merge(self, other: Store) -> None:
        assert isinstance(other, Counting)
        for name, stream in self.streams.items():
            stream.merge(other.streams[name])
        for name, kept in self.values.items():
            theirs = other.values[name]
            np.copyto(kept, theirs, where=~np.isnan(theirs))
        if self.ranks is not None and other.ranks is not None:
            self.ranks.merge(other.ranks)
        self.counts += other.counts

    def cut(self, done: Sequence[int]) -> None:
        """Replicates of different length weigh by their trials: only what is shown is cut.

        Up to the first trial of any replicate that is not done: workers take units as they come.
        """
        missing = [np.isnan(kept).any(axis=0) for kept in self.values.values()]
        gaps = np.flatnonzero(np.logical_or.reduce(missing)).tolist() if missing else []
        shown = gaps[0] if gaps else self.shown
        self.values = {name: kept[:, :shown] for name, kept in self.values.items()}

    def outcome(self, name: Name, called: str, worst: Worst = "low", unit: str = "") -> Outcome:
        from simulator.result.streamed import StreamedOutcome

        return StreamedOutcome(called, self.streams[name], worst, unit)

    def input_values(self, name: Name) -> Floats:
        return self.values[name].ravel()

    def tally(self) -> Tally:
        trials, *counts = (tuple(row) for row in self.counts.tolist())
        kinds = ("unique", "none", "several", "no_outlay")
        return Tally(trials, dict(zip(kinds, counts, strict=True)))


def asked(name: Name) -> bool:
    """Whether the chances of gain and loss are told of it."""
    return name.section in ("outcomes", "quantities")


ZERO: tuple[Limit, ...] = (("<", 0.0), ("<=", 0.0))
NPV = Name("outcomes", "npv")
