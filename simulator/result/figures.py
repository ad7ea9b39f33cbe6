"""What an outcome asks of its values, whether each is kept or they were only counted.

The rules of the intervals stand here once, on a few readings that a kept `Sample` and the counted
values of a `Stream` both give. What the intervals mean, and their sources, stand in `intervals.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from math import ceil, floor, inf, isfinite, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from simulator.result.chances import (
    Interval,
    around,
    between,
    binomial_ranks,
    least_error,
    of_counts,
    student,
)
from simulator.result.jumps import jumps
from simulator.result.rising import rank_of

Floats = npt.NDArray[np.float64]
Worst = Literal["low", "high"]
Side = Literal["<", "<=", ">"]


class Figures(ABC):
    """The defined values of one amount, replicate by replicate, as far as figures need them."""

    # What can be read

    @property
    @abstractmethod
    def independent(self) -> bool:
        """Whether the trials are independent draws, all in one replicate."""

    @property
    @abstractmethod
    def trials(self) -> list[int]:
        """Number of defined trials of each replicate that has any."""

    @property
    @abstractmethod
    def finite(self) -> bool:
        """There are defined values, and all of them are finite."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """The mean of all values; they must be finite, as for the next four."""

    @property
    @abstractmethod
    def sd(self) -> float:
        """The standard deviation of all values, population formula."""

    @property
    @abstractmethod
    def kurtosis(self) -> float:
        """The mean fourth power of the values' distance from their mean, over sd⁴."""

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest value and the highest."""
        return self.at(0), self.at(self.size - 1)

    @property
    @abstractmethod
    def alike(self) -> bool:
        """All defined values are one and the same."""

    @abstractmethod
    def own_means(self) -> list[float]:
        """The mean of each replicate."""

    @abstractmethod
    def own_sds(self) -> list[float]:
        """The standard deviation of each replicate."""

    @abstractmethod
    def at(self, rank: int) -> float:
        """The value of a rank among all, counted from 0."""

    @abstractmethod
    def own_percentiles(self, percent: float) -> list[float]:
        """The percentile of each replicate."""

    @abstractmethod
    def worst_mean(self, share: float, worst: Worst) -> float:
        """The mean of the lowest (or highest) `share` of all values."""

    @abstractmethod
    def own_worst_means(self, share: float, worst: Worst) -> list[float]:
        """The same of each replicate."""

    @abstractmethod
    def beyond_sd(self, limit: float, worst: Worst) -> float:
        """The standard deviation of how far the values lie below (or above) `limit`, else 0."""

    @abstractmethod
    def counts(self, side: Side, limit: float) -> list[int]:
        """How many values of each replicate lie on that side of `limit`."""

    @abstractmethod
    def examples(self, share: float = 1.0, worst: Worst = "low") -> Floats:
        """Values, or those of the worst share, that show between which there are jumps."""

    # What follows

    @cached_property
    def size(self) -> int:
        """Number of defined trials."""
        return sum(self.trials)

    def percentile(self, percent: float) -> float:
        """The smallest value that is not exceeded with probability `percent` %."""
        return self.at(rank_of(self.size, percent))

    def share(self, side: Side, limit: float) -> float:
        """The share of the values on that side of `limit`; NaN without any."""
        return sum(self.counts(side, limit)) / self.size if self.size else float("nan")

    def share_interval(self, side: Side, limit: float, level: float = 0.95) -> Interval | None:
        """The interval of that share."""
        return of_counts(self.counts(side, limit), self.trials, self.independent, level)

    def mean_interval(self, level: float = 0.95) -> Interval | None:
        """See `intervals.mean_interval`."""
        if not self.finite:
            return None
        if not self.independent:
            low, high = self.ends
            return self._between(self.mean, self.own_means(), level, high - low, self.examples)
        if self.size < 2:
            return None
        sample_sd = self.sd * sqrt(self.size / (self.size - 1))
        return around(self.mean, sample_sd / sqrt(self.size), self.size - 1, level)

    def sd_interval(self, level: float = 0.95) -> Interval | None:
        """See `intervals.sd_interval`."""
        if not self.finite:
            return None
        sd = self.sd
        if not self.independent:
            found = self._between(sd, self.own_sds(), level, *self._squares(sd))
        elif self.size < 2:
            return None
        elif sd == 0:
            return 0.0, 0.0
        else:
            error = sd * sqrt(max(self.kurtosis - 1, 0) / self.size) / 2
            found = around(sd, error, self.size - 1, level)
        return found and (max(found[0], 0.0), found[1])

    def percentile_interval(self, percent: float, level: float = 0.95) -> Interval | None:
        """See `intervals.percentile_interval`."""
        if not self.size:
            return None
        if self.independent:
            return self._order_statistics(percent, level)
        pooled, own = self.percentile(percent), self.own_percentiles(percent)
        if all(isfinite(each) for each in (pooled, *own)):
            found = between(pooled, own, self.trials, level)
        else:
            found = self._order_statistics(percent, level)
        if found is None or len(self.trials) < 2:
            return found
        low, high = self._within_a_point(percent, level)
        return min(found[0], low), max(found[1], high)

    def worst_mean_interval(
        self, share: float, level: float = 0.95, worst: Worst = "low"
    ) -> Interval | None:
        """See `intervals.worst_mean_interval`."""
        if not self.size:
            return None
        pooled = self.worst_mean(share, worst)
        own = [pooled] if self.independent else self.own_worst_means(share, worst)
        if not all(isfinite(each) for each in (pooled, *own)):
            return None
        if not self.independent:
            count = ceil(share * self.size)
            edges = (0, count - 1) if worst == "low" else (self.size - count, self.size - 1)
            low, high = (self.at(rank) / share for rank in edges)
            return self._between(
                pooled, own, level, high - low, lambda: self.examples(share, worst) / share
            )
        if self.size < 2:
            return None
        edge = self.percentile(100 * share if worst == "low" else 100 * (1 - share))
        error = self.beyond_sd(edge, worst) / (share * sqrt(self.size))
        return around(pooled, error, self.size - 1, level)

    def _between(
        self,
        pooled: float,
        own: Sequence[float],
        level: float,
        span: float,
        summed: Callable[[], Floats],
    ) -> Interval | None:
        """As `between`, of a mean of values like `summed`: it can be off by their jumps.

        The values are only looked at where an error is smaller than if their `span` were one jump.
        """
        smallest = least_error(self.trials)

        def least(error: float) -> float:
            return 0.0 if error >= smallest * span else smallest * jumps(summed(), len(own))

        return between(pooled, own, self.trials, level, least)

    def _squares(self, sd: float) -> tuple[float, Callable[[], Floats]]:
        """Values of which sd may be taken for the mean, and how far apart they can lie.

        A small error of sd² is 2 · sd as large as that of sd.
        """
        if not sd:
            return 0.0, lambda: np.zeros(1)
        mean = self.mean
        span = max((end - mean) ** 2 for end in self.ends) / (2 * sd)
        return span, lambda: (self.examples() - mean) ** 2 / (2 * sd)

    def _within_a_point(self, percent: float, level: float) -> Interval:
        """From the value below which too few trials lie to the one below which too many do."""
        width = student(len(self.trials) - 1, level) * least_error(self.trials)
        below = floor(self.size * (percent / 100 - width))
        above = floor(self.size * (percent / 100 + width)) + 1
        return self.at(max(below, 1) - 1), self.at(min(above, self.size) - 1)

    def _order_statistics(self, percent: float, level: float) -> Interval:
        """The values ranked so far below and above that only so few trials would miss them."""
        below, above = binomial_ranks(percent / 100, self.size, level)
        low = self.at(below - 1) if below else -inf
        high = self.at(above - 1) if above <= self.size else inf
        return low, high
