"""Chances and percentiles with an uncertain investment integrated out instead of drawn.

Where an uncertain amount enters the investment of year 0 and nothing else, its own distribution
says how likely a trial is to pay back, all other draws being as they are: payback within T years
means that the investment is at most so large that no running total from T on is below zero. The
mean of these chances over the trials has a far smaller error than a count of the trials that did
pay back, whose investment was one draw among all possible.

The running total of year t falls by w_t for each crown of investment: w_t = 1, and under tax
1 - (rate / n) Σ d_s over the years s <= min(t, n) in which the investment is written off, with d_s
the discount factor (1 for the plain payback).

Source: S. Asmussen and P. Glynn, Stochastic Simulation (2007), V.4 (conditional Monte Carlo).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import copysign, inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.result.averaged import Averaged, averaged, averaged_each
from simulator.result.chances import Interval
from simulator.result.open_amount import OpenAmount, PerTrial, part

Floats = npt.NDArray[np.float64]
PRECISE = 1e-9
"""Percentiles are exact to it, in parts of the standard deviation."""
UNSEEN = 0.01
"""Or their chance is met to this part of its own standard error, which no interval would show."""
MOST_STEPS = 100
"""A guard: the most ever seen, with heaps of values a billion spreads apart, are 43."""
EXACT = 1e-12
"""Chances no farther apart are the same, but for rounding."""


class Percentile(NamedTuple):
    """A percentile, the chance of less than it, and the density there."""

    value: float
    chance: Averaged
    density: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Integrated:
    """What is left of a run when one amount of the investment is integrated out.

    `cash` (years + 1, trials) is the cash as drawn, from the undelayed year 0 (leading years of a
    `delay` are left out), and `npv` (trials,) its present value. `shield` is the tax saved in each
    of `written_off` years by a crown of investment: rate / n. `middle` says that the cash of a
    year comes in its middle; `rate` discounts it.
    """

    amount: OpenAmount
    cash: Floats = field(repr=False)
    npv: Floats = field(repr=False)
    replicates: int
    rate: PerTrial = field(repr=False)
    middle: bool = False
    delay: int = 0
    shield: PerTrial = field(default=0.0, repr=False)
    written_off: int = 0
    _chances: dict[object, Averaged] = field(default_factory=dict, init=False, repr=False)
    _tried: dict[float, Percentile] = field(default_factory=dict, init=False, repr=False)

    @property
    def input(self) -> str:
        """The name of the input that is integrated out."""
        return self.amount.name

    def payback(self, years: float, discounted: bool = False) -> Averaged:
        """The chance of having paid back, for good, within so many years."""
        if years < 0:
            return Averaged.of(np.zeros(self.npv.size), self.replicates)
        passed = min(max(years - self.delay, 0.0), float(len(self.cash) - 1))
        if ("payback", passed, discounted) not in self._chances:
            asked = [passed] if passed % 1 else [float(year) for year in range(len(self.cash))]
            found = averaged_each(
                lambda here: [
                    self.amount.chance_of_less(most, here)
                    for most in self._most_bearable(asked, discounted, here)
                ],
                self.npv.size,
                self.replicates,
            )
            self._chances.update(
                {("payback", year, discounted): one for year, one in zip(asked, found, strict=True)}
            )
        return self._chances["payback", passed, discounted]

    def never(self, discounted: bool = False) -> Averaged:
        """The chance of not having paid back within the horizon."""
        return self.payback(inf, discounted).opposite

    def npv_below(self, limit: float) -> Averaged:
        """The chance that net present value is less than `limit`, or no more: it is the same."""
        key = ("npv", limit)
        if key not in self._chances:
            self._chances[key] = self._averaged(
                lambda here: self.amount.chance_of_more(self._reserve(limit, here), here)
            )
        return self._chances[key]

    def npv_percentile(self, percent: float, start: float) -> float:
        """The net present value not exceeded with probability `percent` %, inside (0, 100).

        The chance of less is solved for its limit, from `start`: see `_solved`.
        """
        return self._percentile(percent, start).value

    def npv_percentile_interval(self, percent: float, start: float, level: float) -> Interval:
        """From where the chance of less is surely smaller to where it is surely larger.

        That is, where it is `percent` % less, and more, what the chance at the percentile may be
        off. Each end is solved for like the percentile, from where a straight line leads: between
        heaps of values the distribution function is not near straight at all.
        """
        found = self._percentile(percent, start)
        least, most = found.chance.interval(level)
        chance = found.chance.chance
        above, below = chance - least, most - chance  # less is likelier: the percentile is lower
        if below + above <= EXACT:
            return found.value, found.value
        low, high = (
            self._solved(chance + miss, found.value + self._step(miss, found.density)).value
            if 0 < chance + miss < 1
            else copysign(inf, miss)
            for miss in (-below, above)
        )
        return min(low, found.value), max(high, found.value)

    @cached_property
    def _scale(self) -> float:
        """By how much net present value differs."""
        return max(float(self.npv.std()), self._within)

    @cached_property
    def _within(self) -> float:
        """By how much it differs within a trial, as only the investment does."""
        middle_half = float(np.diff(self.amount.marginal.percentile([25.0, 75.0]))[0])
        return (
            middle_half * self.amount.sd * float(np.mean(np.abs(self.amount.slope) * self._weight))
        )

    @cached_property
    def _weight(self) -> PerTrial:
        """By how much net present value falls for each crown of investment."""
        factors = self._factors(discounted=True)
        saved: PerTrial = 0.0
        for _ in range(min(self.written_off, len(self.cash) - 1)):
            saved = saved + next(factors)
        return (1 - self.shield * saved) * (1 + self.rate) ** -float(self.delay)

    def _averaged(self, chances_of: Callable[[slice], Floats]) -> Averaged:
        return averaged(chances_of, self.npv.size, self.replicates)

    def _percentile(self, percent: float, start: float) -> Percentile:
        value, near, density = self._solved(percent / 100, start)
        return Percentile(value, replace(near, chance=percent / 100), density)

    def _solved(self, chance: float, start: float) -> Percentile:
        """Where the chance of less is `chance`, and what is known there.

        The chance rises with the limit, so each limit tried bounds the one sought from below or
        above. Newton's step leads to the next, or the middle of the bounds if it leaves them. What
        is returned has been tried.
        """
        low, high = -inf, inf
        tried = self._less(start)
        for _ in range(MOST_STEPS):
            miss = chance - tried.chance.chance
            low, high = (tried.value, high) if miss > 0 else (low, tried.value)
            step = self._step(miss, tried.density)
            left = min(abs(step), high - low)
            if abs(miss) <= UNSEEN * tried.chance.error or left <= PRECISE * self._scale:
                break
            following = tried.value + step
            tried = self._less(following if low < following < high else (low + high) / 2)
        return tried

    def _step(self, miss: float, density: float) -> float:
        """How far the limit moves along a straight line for a chance so much larger.

        Not beyond the spread of all values: where the density is next to none a line says nothing.
        """
        if abs(miss) >= density * self._scale:
            return copysign(self._scale, miss)
        return miss / density

    def _less(self, limit: float) -> Percentile:
        """The limit with the chance of a lower net present value, and its density."""
        if limit not in self._tried:
            self._tried[limit] = self._try(limit)
        return self._tried[limit]

    def _try(self, limit: float) -> Percentile:
        heights: dict[int, float] = {}  # some trials may be asked for twice

        def chances_of(here: slice) -> Floats:
            chances, height = self.amount.density(self._reserve(limit, here), here)
            height /= part(self._weight, here)
            heights[here.start] = float(height.sum())
            return chances

        found = self._averaged(chances_of)
        return Percentile(limit, found, sum(heights.values()) / self.npv.size)

    def _reserve(self, limit: float, here: slice) -> Floats:
        """By how much the investment may exceed what was drawn, and leave `limit`."""
        reserve = self.npv[here] - limit
        reserve /= part(self._weight, here)
        return reserve

    def _most_bearable(self, asked: Sequence[float], discounted: bool, here: slice) -> list[Floats]:
        """By how much the investment may exceed what was drawn, and still be back in time.

        One answer for each number of years that is `asked`, from the undelayed year 0. No running
        total from then on may be below zero; between two years it runs evenly.
        """
        factors, shield = self._factors(discounted, here), part(self.shield, here)
        total = np.zeros(here.stop - here.start)
        least = [np.full(total.size, inf) for _ in asked]
        factor: PerTrial = 1.0
        weight: PerTrial = 0.0
        for year, flow in enumerate(self.cash[:, here]):
            if year:
                factor = next(factors)
            drop: PerTrial = 1.0 if not year else 0.0
            if 1 <= year <= self.written_off:
                drop = -shield * factor
            money = flow * factor
            for years, bearable in zip(asked, least, strict=True):
                if year - 1 < years < year:
                    gone = years - (year - 1)
                    np.minimum(
                        bearable, (total + gone * money) / (weight + gone * drop), out=bearable
                    )
            total += money
            weight = weight + drop
            reserve = total / weight
            for years, bearable in zip(asked, least, strict=True):
                if years <= year:
                    np.minimum(bearable, reserve, out=bearable)
        return least

    def _factors(self, discounted: bool, here: slice = slice(None)) -> Iterator[PerTrial]:
        """What a crown of year 1, 2, .. is worth in year 0."""
        one_year = 1 / (1 + part(self.rate, here)) if discounted else 1.0
        factor = np.sqrt(one_year) if self.middle else one_year
        while True:
            yield factor
            factor = factor * one_year
