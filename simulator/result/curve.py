"""The distribution function of net present value with an amount of the investment left open.

In each trial the chance of less than a limit is that of an investment larger than the one at which
the limit is met; the mean over the trials is the distribution function, and rises smoothly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from distributions.normal_curve import NormalCurve
from simulator.result.averaged import CHUNK, Averaged, averaged_each, chunks
from simulator.result.open_amount import Dense, Floats, OpenAmount, PerTrial, part


class Level(NamedTuple):
    """The chance of less than a limit, and the density there."""

    chance: float
    density: float


class Point(NamedTuple):
    """A limit, the chance of less than it with how sure it is, and the density there."""

    limit: float
    chance: Averaged
    density: float


class Room:
    """Vectors to work in during a pass over the trials: new ones take as long as filling them."""

    def __init__(self) -> None:
        self.normal, self.two = NormalCurve(CHUNK), np.empty((2, CHUNK))


@dataclass(frozen=True, eq=False)
class Curve:
    """The chance of less than any limit, read from all trials; what was tried once is known.

    `npv` (trials,) is net present value as drawn, and `weight` by how much it falls for each crown
    of investment.
    """

    amount: OpenAmount
    npv: Floats = field(repr=False)
    weight: PerTrial = field(repr=False)
    replicates: int
    _points: dict[float, Point] = field(default_factory=dict, init=False, repr=False)
    _levels: dict[float, Level] = field(default_factory=dict, init=False, repr=False)
    _chances: dict[float, Averaged] = field(default_factory=dict, init=False, repr=False)

    def chance(self, limit: float) -> Averaged:
        """The chance of less than a limit."""
        if limit in self._points:
            return self._points[limit].chance
        if limit not in self._chances:
            normal = NormalCurve(CHUNK)

            def chances_of(here: slice, _: Sequence[int]) -> Iterator[Floats]:
                for x in self._at([limit], here):
                    yield self.amount.chance_of_more(x, here, normal)

            (found,) = averaged_each(chances_of, 1, self.npv.size, self.replicates)
            self._chances[limit] = found
        return self._chances[limit]

    def points(self, limits: Sequence[float]) -> list[Point]:
        """What is known at these limits, tried in one pass over the trials."""
        asked = [limit for limit in dict.fromkeys(limits) if limit not in self._points]
        if asked:
            self._points.update(zip(asked, self._tried(asked), strict=True))
        return [self._points[limit] for limit in limits]

    def levels(self, limits: Sequence[float]) -> list[Level]:
        """The same without how sure it is."""
        asked = [limit for limit in dict.fromkeys(limits) if limit not in self._levels]
        if asked:
            sums, room = np.zeros((2, len(asked))), Room()
            for here in chunks(self.npv.size, self.replicates):
                for place, (chances, heights) in enumerate(self._dense(asked, here, room)):
                    sums[:, place] += chances.sum(), heights.sum()
            means = (sums / self.npv.size).T.tolist()
            self._levels.update(zip(asked, (Level(*mean) for mean in means), strict=True))
        return [self._levels[limit] for limit in limits]

    def some(self, number: int) -> Curve:
        """The curve of the first trials of each replicate, so many in all."""
        points = number // self.replicates

        def pick(values: Floats) -> Floats:
            return values.reshape(self.replicates, -1)[:, :points].reshape(-1)

        weight = pick(self.weight) if isinstance(self.weight, np.ndarray) else self.weight
        return Curve(self.amount.some(pick), pick(self.npv), weight, self.replicates)

    def _tried(self, limits: Sequence[float]) -> Iterator[Point]:
        densities: dict[tuple[int, int], float] = {}  # some trials may be asked for twice
        room = Room()

        def chances_of(here: slice, asked: Sequence[int]) -> Iterator[Floats]:
            found = self._dense([limits[event] for event in asked], here, room)
            for event, (chances, heights) in zip(asked, found, strict=True):
                densities[event, here.start] = float(heights.sum())
                yield chances

        found = averaged_each(chances_of, len(limits), self.npv.size, self.replicates)
        for event, (limit, chance) in enumerate(zip(limits, found, strict=True)):
            total = sum(density for (each, _), density in densities.items() if each == event)
            point = Point(limit, chance, total / self.npv.size)
            self._levels[limit] = Level(chance.chance, point.density)
            yield point

    def _dense(self, limits: Sequence[float], here: slice, room: Room) -> Iterator[Dense]:
        """The chances in some trials of less than each limit, and their densities."""
        two = room.two[:, : here.stop - here.start]
        pace = np.abs(self._per_crown(here))
        for x in self._at(limits, here):
            yield self.amount.density(x, here, pace, room.normal, two)

    def _at(self, limits: Sequence[float], here: slice) -> Iterator[Floats]:
        """The values of the input at which each limit is met: one vector, filled anew each time."""
        per_crown = self._per_crown(here)
        middle = self.npv[here] * per_crown
        middle += self.amount.drawn[here]
        x = np.empty_like(middle)
        for limit in limits:
            if isinstance(per_crown, np.ndarray):
                np.multiply(per_crown, -limit, out=x)
                x += middle
            else:
                np.subtract(middle, per_crown * limit, out=x)
            yield x

    def _per_crown(self, here: slice) -> PerTrial:
        """By how much the input rises for each crown that net present value may fall."""
        return 1 / (part(self.weight, here) * part(self.amount.slope, here))
