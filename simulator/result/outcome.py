"""One simulated amount: its values trial by trial, and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, isfinite, nan

import numpy as np
import numpy.typing as npt

from simulator.result.chances import Interval, of_counts
from simulator.result.figures import Figures, Side, Worst
from simulator.result.intervals import chance_interval
from simulator.result.sample import Sample, by_replicate

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PERCENTILES = (1, 5, 10, 15, 25, 50, 75, 85, 90, 95, 99)
STATISTICS = (
    "mean",
    "sd",
    *(f"p{percent}" for percent in PERCENTILES),
    "chance_positive",
    "chance_negative",
    "worst5_mean",
)


@dataclass(frozen=True)
class Measured:
    """A figure with its interval; None where there is none, or where an end is infinite.

    >>> Measured(0.62, 0.6, 0.64).as_chance()
    {'chance': 0.62, 'low': 0.6, 'high': 0.64}
    """

    value: float | None
    low: float | None
    high: float | None

    def as_chance(self) -> dict[str, float | None]:
        """As results as data name a chance."""
        return {"chance": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, eq=False, repr=False)
class Outcome:
    """One simulated amount, one value a trial.

    `values` (trials,) come replicate by replicate; NaN where the amount is undefined in that trial
    (no internal rate of return), infinity where it never comes (payback). Statistics are over the
    defined trials, and None where they do not exist. `replicates` is 1 for independent draws.

    Raises ValueError when the values cannot be split into replicates of equal size.

    >>> gain = Outcome("gain", np.array([-10.0, 20.0, 40.0, 30.0]), replicates=1, unit="kr")
    >>> gain
    Outcome('gain', 4 trials, mean 20 kr, P5 -10, P95 40)
    >>> gain.mean, gain.percentile(50), gain.chance_above(20), gain.worst_mean(0.5)
    (20.0, 20.0, 0.5, 5.0)
    """

    name: str
    values: Floats
    replicates: int
    worst: Worst = "low"
    unit: str = ""

    def __post_init__(self) -> None:
        values = np.asarray(self.values, np.float64).view()
        values.flags.writeable = False
        object.__setattr__(self, "values", values)
        if values.ndim != 1 or self.replicates < 1 or values.size % self.replicates:
            raise ValueError(
                f"{self.name}: values of shape {values.shape} cannot be split into "
                f"{self.replicates} replicates of equal size"
            )

    def __repr__(self) -> str:
        def said(value: float | None) -> str:
            return "undefined" if value is None else f"{value:.6g}"

        unit = f" {self.unit}" if self.unit else ""
        return (
            f"Outcome({self.name!r}, {self.trials} trials, mean {said(self.mean)}{unit}, "
            f"P5 {said(self.percentile(5))}, P95 {said(self.percentile(95))})"
        )

    @property
    def trials(self) -> int:
        """Number of trials, undefined ones included."""
        return self.values.size

    @property
    def undefined_share(self) -> float:
        """Share of the trials in which there is no such amount."""
        return (self.trials - self._figures.size) / self.trials if self.trials else 0.0

    def undefined_chance(self, level: float = 0.95) -> Measured:
        """The chance of a trial without such an amount, with its interval."""
        counts = np.count_nonzero(by_replicate(np.isnan(self.values), self.replicates), axis=1)
        trials = [self.trials // self.replicates] * self.replicates
        return measured_chance(counts.tolist(), trials, self.replicates == 1, level)

    @property
    def resolution(self) -> float:
        """How far a percentile may be from that of the trials: not at all, as they are kept."""
        return 0.0

    @property
    def certain(self) -> bool:
        """Whether all trials agree."""
        return self._figures.size == self.trials and self._figures.alike

    @cached_property
    def mean(self) -> float | None:
        """The mean; None where a value is infinite: nobody can average what never comes."""
        return self._figures.mean if self._figures.finite else None

    @cached_property
    def sd(self) -> float | None:
        """The standard deviation, population formula."""
        return self._figures.sd if self._figures.finite else None

    @property
    def plain(self) -> Outcome:
        """The same amount with all figures those of the trials: itself, if nothing is averaged."""
        return self

    def percentile(self, percent: float) -> float | None:
        """The smallest value not exceeded with probability `percent` %; None if it is infinite.

        Raises ValueError for a percentage outside 0..100.
        """
        if not 0 <= percent <= 100:
            raise ValueError(f"a percentile lies between 0 and 100, not {percent}")
        return _finite(self._figures.percentile(percent)) if self._figures.size else None

    def chance_above(self, limit: float) -> float:
        """The chance of more than `limit`; NaN when no trial is defined, as with all chances."""
        return self._figures.share(">", limit)

    def chance_below(self, limit: float) -> float:
        """The chance of less than `limit`."""
        return self._figures.share("<", limit)

    def chance_at_most(self, limit: float) -> float:
        """The chance of `limit` or less."""
        return self._figures.share("<=", limit)

    def chance_of(self, side: Side, limit: float, level: float = 0.95) -> Measured:
        """The chance of a value on that side (<, <= or >) of `limit`, with its interval.

        >>> payback = Outcome("payback", np.array([1.5, 2.5, 2.0, np.inf]), 1, worst="high")
        >>> payback.chance_of("<=", 2).value
        0.5
        """
        share = _finite(self._figures.share(side, limit))
        return _measured(share, self._figures.share_interval(side, limit, level))

    def chance(self, happened: npt.ArrayLike, level: float = 0.95) -> Measured:
        """The chance of an event told trial by trial (trials,), where this amount is defined.

        >>> payback = Outcome("payback", np.array([1.5, 2.5, 2.0, np.inf]), 1, worst="high")
        >>> payback.chance(payback.values <= 2).value
        0.5
        """
        hits = np.asarray(happened, np.bool_)
        among = hits if self._defined is None else hits[self._defined]
        share = int(np.count_nonzero(among)) / among.size if among.size else None
        interval = chance_interval(hits, self.replicates, level, self._defined)
        return _measured(share, interval)

    def worst_mean(self, share: float = 0.05) -> float | None:
        """The mean of the worst `share` of the values: expected shortfall.

        The lowest ones, or the highest where `worst` is "high". None where that is infinite.
        Raises ValueError for a share outside 0..1.
        """
        if not 0 < share <= 1:
            raise ValueError(f"a share lies above 0 and up to 1, like 0.05, not {share}")
        found = self._figures
        return _finite(found.worst_mean(share, self.worst)) if found.size else None

    def value(self, stat: str) -> float | None:
        """A statistic by its name, as in `interval`."""
        kind, number = _read(stat)
        if kind == "percentile":
            return self.percentile(number)
        if kind == "worst":
            return self.worst_mean(number / 100)
        if kind == "chance_positive":
            return _finite(self.chance_above(0))
        if kind == "chance_negative":
            return _finite(self.chance_below(0))
        return self.mean if kind == "mean" else self.sd

    def interval(self, stat: str, level: float = 0.95) -> Interval | None:
        """How far a statistic may be from the truth: the ends of its interval, or None.

        `stat` is "mean", "sd", "p1" .. "p99", "chance_positive", "chance_negative" or
        "worst5_mean". An end can be infinite where the percentile of a payback is never reached.
        Raises ValueError for any other name.

        >>> Outcome("gain", np.array([1, 3, 2, 4]), replicates=2).interval("mean", level=0.5)
        (2.0, 3.0)
        """
        kind, number = _read(stat)
        if kind == "percentile":
            return self._figures.percentile_interval(number, level)
        if kind == "worst":
            return self._figures.worst_mean_interval(number / 100, level, self.worst)
        if kind == "chance_positive":
            return self._figures.share_interval(">", 0.0, level)
        if kind == "chance_negative":
            return self._figures.share_interval("<", 0.0, level)
        if kind == "mean":
            return self._figures.mean_interval(level)
        return self._figures.sd_interval(level)

    def measured(self, stat: str, level: float = 0.95) -> Measured:
        """A statistic by its name, with its interval."""
        return _measured(self.value(stat), self.interval(stat, level))

    def statistics(self, level: float = 0.95) -> dict[str, object]:
        """Every statistic and its interval, as plain data; None where undefined, never NaN.

        >>> Outcome("irr", np.array([np.nan, np.nan]), 1).statistics()["mean"] is None
        True
        """
        one = self.forgetful()
        measured = {stat: one.measured(stat, level) for stat in STATISTICS}
        return {
            **{stat: figure.value for stat, figure in measured.items()},
            "undefined_share": one.undefined_share,
            "resolution": one.resolution,
            "interval": {stat: ends(figure) for stat, figure in measured.items()},
        }

    def forgetful(self) -> Outcome:
        """A twin to ask once: an Outcome keeps sorted copies of its values, for the next question.

        Of many outcomes of a million trials those would need three times the memory of the values.
        """
        return replace(self)

    @cached_property
    def _figures(self) -> Figures:
        return Sample.of(self.values, self.replicates)

    @cached_property
    def _defined(self) -> Bools | None:
        """Where the amount is defined; None if everywhere."""
        return None if self._figures.size == self.trials else ~np.isnan(self.values)


def ends(figure: Measured) -> list[float | None] | None:
    """The ends of an interval as plain data, None where there is no interval at all."""
    return None if figure.low is None and figure.high is None else [figure.low, figure.high]


def measured_chance(
    happened: Sequence[float], trials: Sequence[int], independent: bool, level: float = 0.95
) -> Measured:
    """The chance of what `happened` so often in the `trials` of each replicate.

    >>> measured_chance([1, 3], [4, 4], independent=False).value
    0.5
    """
    size = sum(trials)
    share = sum(happened) / size if size else None
    return _measured(share, of_counts(happened, trials, independent, level))


def _measured(value: float | None, interval: Interval | None) -> Measured:
    low, high = interval or (-inf, inf)
    return Measured(value, _finite(low), _finite(high))


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _read(stat: str) -> tuple[str, float]:
    """The kind of a statistic, and the number in its name."""
    if stat in ("mean", "sd", "chance_positive", "chance_negative"):
        return stat, nan
    found = re.fullmatch(r"p(\d+(?:\.\d+)?)|worst(\d+(?:\.\d+)?)_mean", stat)
    number = float(found[1] or found[2]) if found else nan
    if found and 0 < number < 100:
        return ("percentile" if found[1] else "worst"), number
    raise ValueError(
        f"there is no statistic {stat!r}: write mean, sd, p1 to p99, chance_positive, "
        "chance_negative or worst5_mean"
    )
