"""Where the chance of less is as asked: the averaged distribution function solved for its limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import asinh, copysign, inf, sinh
from typing import NamedTuple

from simulator.result.averaged import Averaged
from simulator.result.chances import Interval
from simulator.result.curve import Curve, Point

UNSEEN = 0.01
"""A chance is met to this part of its own standard error, which no interval would show."""
EXACT = 1e-12
"""Chances no farther apart are the same, but for rounding."""
ROUNDING = 1e-15
"""And so are limits, in parts of themselves and of the amount's own spread."""
MOST_STEPS = 100
"""A guard: the most ever seen, where values span a hundred powers of ten, are some 65."""
MOST = 1e300
"""No step is longer."""
BENT = 0.02
"""A line may bend by so much, in standard errors of the chance, to be followed as a few tell it."""
SMOOTH = 0.25
"""And no farther than so, in parts of the amount's own spread: the curve of each trial is as wide,
so that over a small part of it their sum is smooth, and that of a few bends like that of all."""
CARRY = 400
"""So many of the few trials must lie on either side to tell the bend to a fifth or so."""
NEAR = 0.01
"""A chance so much larger or smaller, in parts of itself, is as sure."""
ONE_IN = 16
"""Of so many trials one is enough to tell how a line bends."""
LEAST_FEW = 8_192
"""But no fewer than so many trials are."""


class Found(NamedTuple):
    """A percentile: the limit, how sure its chance is, and what was tried nearby."""

    limit: float
    chance: Averaged
    near: Point


@dataclass(frozen=True, eq=False)
class Percentiles:
    """Percentiles of a curve, with intervals.

    Its values lie about as far apart as `scale`, those of one trial as `within`.

    A trial of a limit reads all trials of the run. What it tells is level and slope, and a straight
    line leads from there to a percentile nearby and to the ends of its interval: so near that the
    line hardly bends. By how much it does, is asked of a few trials; of a difference so small they
    tell enough to correct for it, as their own level and slope are left out of it. Where it is not
    small, or few see a gap there, the limit is solved for on all trials.
    """

    curve: Curve
    scale: float
    within: float

    def found(self, chance: float, start: float) -> Found:
        """The limit below which value lies with this chance, sought from `start`.

        The chance rises with the limit, so each limit tried bounds the one sought from below or
        above. Newton's step leads to the next, or the middle of the bounds if it leaves them. How
        far apart values lie says nothing of how close is close enough: a few may lie so far out
        that most of the others are as one beside them. So the chance must be met; or as nearly as
        doubles are close enough to each other to meet it.
        """
        low, high = -inf, inf
        (tried,) = self.curve.points([start])
        for _ in range(MOST_STEPS):
            limit, miss = tried.limit, chance - tried.chance.chance
            low, high = (limit, high) if miss > 0 else (low, limit)
            step = self._step(miss, tried.density)
            left = min(abs(step), high - low)
            enough = max(UNSEEN * tried.chance.error, EXACT)
            if abs(miss) <= enough or left <= ROUNDING * (abs(limit) + self.within):
                break
            near = abs(miss) <= NEAR * min(chance, 1 - chance)
            read = self._read(chance, tried) if near and self._few is not self.curve else None
            if read is not None:
                limit = read
                break
            following = limit + step
            following = following if low < following < high else self._middle(low, high)
            (tried,) = self.curve.points([following])
        else:
            limit = tried.limit
        return Found(limit, replace(tried.chance, chance=chance), tried)

    def interval(self, found: Found, level: float) -> Interval:
        """From where the chance of less is surely smaller to where it is surely larger.

        That is, where it is smaller, and larger, by what the chance at the percentile may be off;
        where few trials tell it, by what a count of so few may be (`Averaged.likely`). Of a tail
        that no trial is sure to be in, the outer end is infinitely far away.
        Between heaps of values the distribution function is not near straight at all: there each
        end is solved for like the percentile.
        """
        least, most = found.chance.likely(level)
        if most - least <= EXACT:
            return found.limit, found.limit
        low = self._end(least, found.near) if least > 0 else -inf
        high = self._end(most, found.near) if most < 1 else inf
        return min(low, found.limit), max(high, found.limit)

    def _end(self, chance: float, near: Point) -> float:
        read = self._read(chance, near)
        if read is not None:
            return read
        step = self._step(chance - near.chance.chance, near.density)
        return self.found(chance, near.limit + step).limit

    def _read(self, chance: float, near: Point) -> float | None:
        """The limit by the line from one nearby, corrected for its bend; None if it bends much."""
        few, miss = self._few, chance - near.chance.chance
        step = self._step(miss, near.density)
        carry = min(chance, 1 - chance) * few.npv.size
        if abs(step) > SMOOTH * self.within or carry < CARRY:
            return None
        here, there = few.levels([near.limit, near.limit + step])
        off = there.chance - here.chance - here.density * step + (near.density * step - miss)
        if abs(off) > BENT * near.chance.error or 4 * abs(off) > abs(step) * there.density:
            return None
        return near.limit + step - (off / there.density if off else 0.0)

    @cached_property
    def _few(self) -> Curve:
        """The curve of a few trials; of all, where these are few."""
        trials = self.curve.npv.size
        number = max(trials // ONE_IN, LEAST_FEW)
        return self.curve.some(number) if 4 * number <= trials else self.curve

    def _step(self, miss: float, density: float) -> float:
        """How far the limit moves along a straight line for a chance so much larger.

        Not beyond the spread of all values: where the density is next to none a line says nothing.
        """
        farthest = min(self.scale, MOST)
        if abs(miss) >= density * farthest:
            return copysign(farthest, miss)
        return miss / density

    def _middle(self, low: float, high: float) -> float:
        """Half-way on a scale that is even near 0, and counts digits far from it.

        By halves alone it is a long way from where a few values lie to where most do.
        """
        unit = self.within or 1.0  # next to none where it is lost in the rounding of the amount
        middle = unit * sinh((asinh(low / unit) + asinh(high / unit)) / 2)
        return middle if low < middle < high else low + (high - low) / 2
