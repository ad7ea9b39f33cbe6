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
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

import numpy as np
import numpy.typing as npt

from distributions.normal_curve import NormalCurve
from distributions.special import ndtri
from simulator.result.averaged import CHUNK, Averaged, averaged_each
from simulator.result.chances import Interval
from simulator.result.curve import Curve
from simulator.result.open_amount import OpenAmount, PerTrial, part
from simulator.result.outcome import PERCENTILES
from simulator.result.percentiles import Found, Percentiles

Floats = npt.NDArray[np.float64]
PARTED = np.array([1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0])
"""Percentiles of the investment between which it is looked at how narrow it is."""


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
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
    _paybacks: dict[tuple[float, bool], Averaged] = field(
        default_factory=dict, init=False, repr=False
    )
    _found: dict[float, Found] = field(default_factory=dict, init=False, repr=False)

    def __repr__(self) -> str:
        return f"Integrated({self.input!r})"

    @property
    def input(self) -> str:
        """The name of the input that is integrated out."""
        return self.amount.name

    def payback(self, years: float, discounted: bool = False) -> Averaged:
        """The chance of having paid back, for good, within so many years."""
        if years < 0:
            return Averaged.of(np.zeros(self.npv.size), self.replicates)
        passed = min(max(years - self.delay, 0.0), float(len(self.cash) - 1))
        if (passed, discounted) not in self._paybacks:
            asked = [passed] if passed % 1 else [float(year) for year in range(len(self.cash))]
            normal = NormalCurve(CHUNK)

            def chances_of(here: slice, events: Sequence[int]) -> Iterator[Floats]:
                for most in self._most_bearable([asked[i] for i in events], discounted, here):
                    limit = self.amount.limit(most, here)
                    yield self.amount.chance_of_less(limit, here, normal)

            found = averaged_each(chances_of, len(asked), self.npv.size, self.replicates)
            self._paybacks.update(
                {(year, discounted): one for year, one in zip(asked, found, strict=True)}
            )
        return self._paybacks[passed, discounted]

    def never(self, discounted: bool = False) -> Averaged:
        """The chance of not having paid back within the horizon."""
        return self.payback(inf, discounted).opposite

    def npv_below(self, limit: float) -> Averaged:
        """The chance that net present value is less than `limit`, or no more: it is the same."""
        return self._curve.chance(limit)

    def npv_percentile(self, percent: float, plain: Callable[[float], float]) -> float:
        """The net present value not exceeded with probability `percent` %, inside (0, 100).

        Sought from where the trials have their `plain` percentiles.
        """
        return self._percentile(percent, plain).limit

    def npv_percentile_interval(
        self, percent: float, plain: Callable[[float], float], level: float
    ) -> Interval:
        """From where the chance of less is surely smaller to where it is surely larger."""
        return self._percentiles.interval(self._percentile(percent, plain), level)

    def _percentile(self, percent: float, plain: Callable[[float], float]) -> Found:
        if percent not in self._found:
            if percent in PERCENTILES and not self._found:
                # who asks for one of them asks for all: one pass over the trials
                self._curve.points([plain(each) for each in PERCENTILES])
            self._found[percent] = self._percentiles.found(percent / 100, plain(percent))
        return self._found[percent]

    @cached_property
    def _curve(self) -> Curve:
        return Curve(self.amount, self.npv, self._weight, self.replicates)

    @cached_property
    def _percentiles(self) -> Percentiles:
        return Percentiles(self._curve, max(float(self.npv.std()), self._within), self._within)

    @cached_property
    def _within(self) -> float:
        """By how much net present value differs within a trial, as only the investment does.

        The middle half of a normal distribution as narrow as the investment is where it is
        narrowest, as it is at its lower end if it is very skewed.
        """
        apart = np.diff(self.amount.marginal.percentile(PARTED)) / np.diff(ndtri(PARTED / 100))
        middle_half = 2 * float(ndtri(0.75)) * float(apart.min())
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

    def _most_bearable(
        self, asked: Sequence[float], discounted: bool, here: slice
    ) -> Iterator[Floats]:
        """By how much the investment may exceed what was drawn, and still be back in time.

        One answer for each number of years that is `asked`, from the undelayed year 0; they rise.
        No running total from then on may be below zero; between two years it runs evenly.
        """
        reserves = list(self._reserves(discounted, here, [years for years in asked if years % 1]))
        least = reserves[-1][1]
        answers = {}
        for year, reserve in reversed(reserves):
            least = np.minimum(least, reserve, out=reserve)
            answers[year] = reserve
        return (answers[years] for years in asked)

    def _reserves(
        self, discounted: bool, here: slice, between: Sequence[float]
    ) -> Iterator[tuple[float, Floats]]:
        """What is left of each crown put in, at the end of each year and at some times `between`.

        In crowns of year 0: the running total, over what a crown of investment takes from it.
        """
        factors, shield = self._factors(discounted, here), part(self.shield, here)
        total = np.zeros(here.stop - here.start)
        factor: PerTrial = 1.0
        weight: PerTrial = 0.0
        for year, flow in enumerate(self.cash[:, here]):
            if year:
                factor = next(factors)
            drop: PerTrial = 1.0 if not year else 0.0
            if 1 <= year <= self.written_off:
                drop = -shield * factor
            money = flow * factor
            for years in between:
                if year - 1 < years < year:
                    gone = years - (year - 1)
                    yield years, (total + gone * money) / (weight + gone * drop)
            total += money
            weight = weight + drop
            yield float(year), total / weight

    def _factors(self, discounted: bool, here: slice = slice(None)) -> Iterator[PerTrial]:
        """What a crown of year 1, 2, .. is worth in year 0."""
        one_year = 1 / (1 + part(self.rate, here)) if discounted else 1.0
        factor = np.sqrt(one_year) if self.middle else one_year
        while True:
            yield factor
            factor = factor * one_year
