"""Outcomes whose chances (and percentiles) come from the investment integrated out.

Their values, mean, sd and worst mean are those of the trials, as of any other outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from simulator.result.averaged import Averaged
from simulator.result.chances import Interval
from simulator.result.figures import Side
from simulator.result.integrated import Integrated
from simulator.result.outcome import Outcome
from simulator.result.sample import Sample


@dataclass(frozen=True, eq=False)
class _Values(Sample):
    """Values of trials, and what is known better."""

    integrated: Integrated

    def chance(self, side: Side, limit: float) -> Averaged:
        """The chance of a value on that side of `limit`."""
        below = self.integrated.npv_below(limit)
        return below.opposite if side == ">" else below

    def share(self, side: Side, limit: float) -> float:
        return self.chance(side, limit).chance

    def share_interval(self, side: Side, limit: float, level: float = 0.95) -> Interval | None:
        return self.chance(side, limit).interval(level)


class _Npv(_Values):
    """Net present value, whose percentiles are known better too."""

    def percentile(self, percent: float) -> float:
        if not 0 < percent < 100:  # the ends of a distribution may lie infinitely far away
            return super().percentile(percent)
        return self.integrated.npv_percentile(percent, super().percentile)

    def percentile_interval(self, percent: float, level: float = 0.95) -> Interval | None:
        return self.integrated.npv_percentile_interval(percent, super().percentile, level)


@dataclass(frozen=True, eq=False)
class _Payback(_Values):
    """Payback, of which the chances in time and of never are known better."""

    discounted: bool

    def chance(self, side: Side, limit: float) -> Averaged:
        """The chance of a payback on that side of `limit`; only 0 and never have a chance."""
        sooner = limit if side != "<" or limit > 0 else -1.0
        within = self.integrated.payback(sooner, self.discounted)
        return within.opposite if side == ">" else within


@dataclass(frozen=True, eq=False, repr=False)
class IntegratedNpv(Outcome):
    """Net present value with chances and percentiles that the trials alone do not give."""

    integrated: Integrated = field(kw_only=True)

    @cached_property
    def _figures(self) -> Sample:
        plain = Sample.of(self.values, self.replicates)
        return _Npv(plain.values, plain.parts, plain.one_replicate, self.integrated)

    @property
    def plain(self) -> Outcome:
        """The same values, whose figures are all those of the trials."""
        return Outcome(self.name, self.values, self.replicates, self.worst, self.unit)


@dataclass(frozen=True, eq=False, repr=False)
class IntegratedPayback(Outcome):
    """Payback time with chances that the trials alone do not give; percentiles are theirs."""

    integrated: Integrated = field(kw_only=True)
    discounted: bool = field(kw_only=True)

    @cached_property
    def _figures(self) -> Sample:
        plain = Sample.of(self.values, self.replicates)
        return _Payback(
            plain.values, plain.parts, plain.one_replicate, self.integrated, self.discounted
        )


def better(outcome: Outcome, integrated: Integrated | None) -> Outcome:
    """The outcome with what the investment integrated out says of it, if anything."""
    if integrated is None:
        return outcome
    parts = (outcome.name, outcome.values, outcome.replicates, outcome.worst, outcome.unit)
    if outcome.name == "npv":
        return IntegratedNpv(*parts, integrated=integrated)
    if outcome.name in ("payback", "discounted_payback"):
        discounted = outcome.name == "discounted_payback"
        return IntegratedPayback(*parts, integrated=integrated, discounted=discounted)
    return outcome
