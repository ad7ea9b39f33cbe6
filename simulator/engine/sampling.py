"""Seed → blocks of uniforms, one vector for each draw of a program, joined where they depend.

Each draw's numbers come from (seed, replicate, unit, name) alone, and under Sobol' also from its
place: inputs count from 0 in the order of the file, estimates written elsewhere from ELSEWHERE, so
that an input added after the others changes no other draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from distributions import (
    Copula,
    Design,
    EstimateError,
    Unit,
    normal_from_rank,
    normal_from_same_half,
    rank_from_normal,
)
from distributions.normal_table import normal_chance, normal_score
from distributions.room import Room
from simulator.engine.program import Key, Work
from simulator.errors import CaseError, Place, Problem, RunError
from simulator.notes import Correlation, Note, both

Floats = npt.NDArray[np.float64]
ELSEWHERE = 1024
BLOCK = 16_384
"""Trials valued together: their vectors fit in the processor's cache."""


class Block(NamedTuple):
    """Some units of trials: where they stand among all, and which they are."""

    start: int
    size: int
    units: tuple[Unit, ...]


def blocks(design: Design, size: int = BLOCK) -> Iterator[Block]:
    """The units of a design in order, as many together as fit into `size` trials (at least one)."""
    start, gathered = 0, list[Unit]()
    for unit in design.units:
        if gathered and sum(u.size for u in gathered) + unit.size > size:
            total = sum(u.size for u in gathered)
            yield Block(start, total, tuple(gathered))
            start, gathered = start + total, []
        gathered.append(unit)
    yield Block(start, sum(u.size for u in gathered), tuple(gathered))


class Joint:
    """How the draws of a program depend on each other, over names and over years.

    Raises CaseError where what is asked for cannot be.
    """

    def __init__(self, program: Work) -> None:
        self.years = max((year for _, year in program.keys), default=0)
        self.sources = {source.name: source for source in program.sources}
        self.series = dict(program.persistence)
        self.persistence = dict(list(self.series.values())[::-1])  # the first alternative's counts
        self.asked: dict[tuple[str, str], float] = {}
        places: dict[tuple[str, str], Place] = {}
        for first, second, kind, value, place in program.dependence:
            scores = normal_from_rank(value) if kind == "rank" else normal_from_same_half(value)
            self.asked[first, second] = scores
            places[first, second] = place
        problems: list[Problem] = []
        # in the order of the file, so that an input added after the others moves none of them
        rank = {name: index for index, (name, _) in enumerate(program.keys)}
        self.groups = [
            tuple(sorted(group, key=lambda name: rank.get(name, 0)))
            for group in _groups(self.asked)
        ]
        self.first: dict[tuple[str, ...], Copula] = {}
        self.later: dict[tuple[str, ...], Copula] = {}
        for group in self.groups:
            pairs = {pair: r for pair, r in self.asked.items() if pair[0] in group}
            place = places[next(iter(pairs))]
            try:
                self.first[group] = Copula.from_pairs(group, pairs)
                used = _pairs_of(self.first[group])
                self.later[group] = self._of_later_years(group, used)
            except EstimateError as error:
                problems.append(Problem(error.problem, error.remedy, place, "dependence"))
        if problems:
            raise CaseError(problems)

    def _of_later_years(
        self, group: tuple[str, ...], used: Mapping[tuple[str, str], float]
    ) -> Copula:
        try:
            return Copula.from_pairs(group, self._innovations(used))
        except EstimateError as error:
            if "persist too" in error.problem:
                raise
            raise EstimateError(
                f"{' and '.join(group)} persist too differently to keep these correlations in "
                "every year",
                "give them the same persistence, or let them depend less",
            ) from None

    def _innovations(self, pairs: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
        """Correlations of the yearly news that keep those of the values, year after year.

        With z_t = p z_{t-1} + sqrt(1 - p²) e_t the news must correlate by
        r (1 - p q) / sqrt((1 - p²)(1 - q²)) for the values to correlate by r.
        """
        result = {}
        for (first, second), r in pairs.items():
            p, q = self.persistence.get(first, 0.0), self.persistence.get(second, 0.0)
            news = r if p == q else r * (1 - p * q) / np.sqrt((1 - p**2) * (1 - q**2))
            if abs(news) > 1:
                raise EstimateError(
                    f"{first} and {second} persist too differently to depend on each other "
                    "this strongly in every year",
                    "give both the same persistence, or let them depend less",
                )
            result[first, second] = float(news)
        return result

    @property
    def repairs(self) -> list[Note]:
        """What was moved to make the correlations possible together, in words."""
        said = []
        for group in self.groups:
            for first, second, asked, used in self.first[group].repaired:
                said.append(
                    Note(
                        "the rank correlations contradict each other: between {first} and {second} "
                        "{used} is used instead of {asked}",
                        first=first,
                        second=second,
                        used=Correlation(rank_from_normal(used)),
                        asked=Correlation(rank_from_normal(asked)),
                    )
                )
            if self.later[group].repaired and self.sources[group[0]].yearly:
                said.append(
                    Note(
                        "the persistences of {inputs} differ so much that their rank correlations "
                        "cannot all stay as asked after the first year; the nearest possible ones "
                        "are used",
                        inputs=both(group),
                    )
                )
        return said

    def joined(self, uniforms: dict[Key, Floats]) -> dict[Key, Floats]:
        """Independent uniforms made to depend as asked, in the same vectors."""
        result = dict(uniforms)
        for group in self.groups:
            yearly = self.sources[group[0]].yearly
            for year in range(1, self.years + 1) if yearly else (0,):
                copula = self.first[group] if year <= 1 else self.later[group]
                keys = [(name, year) for name in group]
                if not all(key in result for key in keys):
                    continue
                own = [uniforms[key] for key in keys]
                joint = copula.uniforms(own, out=own)
                result.update(zip(keys, joint, strict=True))
        for series, (name, persistence) in self.series.items():
            self._persist(result, series, name, persistence)
        return result

    def _persist(
        self, uniforms: dict[Key, Floats], series: str, name: str, persistence: float
    ) -> None:
        """A first-order autoregression of the normal scores; every year is distributed alike."""
        if (name, 1) not in uniforms:
            return
        uniforms[series, 1] = uniforms[name, 1]
        scores = normal_score(uniforms[name, 1])
        news = np.sqrt(1 - persistence**2)
        for year in range(2, self.years + 1):
            if (name, year) in uniforms:
                scores = persistence * scores + news * normal_score(uniforms[name, year])
                uniforms[series, year] = normal_chance(scores)


class Sampler:
    """The uniforms of every draw of a program, block by block."""

    def __init__(self, program: Work, design: Design, joint: Joint) -> None:
        self.design = design
        self.joint = joint
        self.places = places(program)
        inputs = {source.name for source in program.sources if source.entry.section == "inputs"}
        if design.kind == "sobol" and sum(n in inputs for n, _ in self.places) > ELSEWHERE:
            raise RunError(
                f"more than {ELSEWHERE:,} draws of inputs, which is more than Sobol' points are "
                "good for\n    say `sampling: latin`, or --sampling latin"
            )

    def uniforms(self, block: Block, room: Room | None = None) -> dict[Key, Floats]:
        """A vector of `block.size` for each draw; those of the `room`, if there is one."""
        room = room or Room()
        drawn: dict[Key, Floats] = {}
        for (name, year), place in self.places.items():
            stream = f"{name}@{year}" if year else name
            vector = drawn[name, year] = room.floats(stream, block.size)
            first = 0
            for unit in block.units:
                part = vector[first : first + unit.size]
                self.design.uniforms(stream, place, unit.replicate, unit.unit, part)
                first += unit.size
        return self.joint.joined(drawn)


def places(program: Work) -> dict[Key, int]:
    """The place of each draw among all: its dimension under Sobol'."""
    inside = {source.name: source.entry.section == "inputs" for source in program.sources}
    following = {True: 0, False: ELSEWHERE}
    result: dict[Key, int] = {}
    for key in program.keys:
        kind = inside[key[0]]
        result[key] = following[kind]
        following[kind] += 1
    return result


def _groups(pairs: Mapping[tuple[str, str], float]) -> list[tuple[str, ...]]:
    """Names that are linked by pairs, directly or through others, in order of appearance."""
    groups: list[list[str]] = []
    for pair in pairs:
        linked = [group for group in groups if set(group) & set(pair)]
        merged = [name for group in linked for name in group]
        merged += [name for name in pair if name not in merged]
        groups = [group for group in groups if group not in linked] + [merged]
    return [tuple(group) for group in groups]


def _pairs_of(copula: Copula) -> dict[tuple[str, str], float]:
    names = copula.names
    return {
        (first, second): float(copula.matrix[i, j])
        for i, first in enumerate(names)
        for j, second in enumerate(names)
        if i < j and copula.matrix[i, j] != 0
    }
