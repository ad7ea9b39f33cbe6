"""The defined values of one amount, every one of them kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, isfinite, sqrt

import numpy as np
import numpy.typing as npt

from simulator.result.chances import Interval, of_counts
from simulator.result.figures import Figures, Floats, Side, Worst
from simulator.result.rising import Rising, mean_of_tail

SIDES = {"<": np.less, "<=": np.less_equal, ">": np.greater}


@dataclass(frozen=True, eq=False)
class Sample(Figures):
    """The defined values of one amount, replicate by replicate."""

    values: Floats  # all of them, in the order of the trials
    parts: tuple[Floats, ...]  # without those that have no defined value
    one_replicate: bool

    @classmethod
    def of(cls, values: npt.ArrayLike, replicates: int) -> Sample:
        """Split `values`, one a trial; raises ValueError where replicates do not come out even."""
        trials = np.asarray(values, np.float64)
        rows = by_replicate(trials, replicates)
        if not trials.size or not np.isnan(trials.min()):
            parts = list(rows)
        else:
            undefined = np.isnan(trials)
            counts = np.count_nonzero(~undefined.reshape(rows.shape), axis=1)
            trials = trials[~undefined]
            parts = np.split(trials, np.cumsum(counts)[:-1])
        return cls(trials, tuple(part for part in parts if part.size), replicates == 1)

    @property
    def independent(self) -> bool:
        return self.one_replicate

    @cached_property
    def trials(self) -> list[int]:
        return [part.size for part in self.parts]

    @cached_property
    def ends(self) -> tuple[float, float]:
        return float(self.values.min()), float(self.values.max())

    @cached_property
    def finite(self) -> bool:
        return self.size > 0 and all(isfinite(end) for end in self.ends)

    @cached_property
    def mean(self) -> float:
        return float(self.values.mean())

    @cached_property
    def sd(self) -> float:
        """From those of the replicates: a million distances from the mean do not fit the cache."""
        if len(self.parts) < 2:
            return float(self.values.std())
        own, means = np.array(self.own_sds()), np.array(self.own_means())
        squares = own**2 + (means - self.mean) ** 2
        return sqrt(float(np.average(squares, weights=self.trials)))

    @property
    def kurtosis(self) -> float:
        squares = ((self.values - self.mean) / self.sd) ** 2
        squares *= squares
        return float(squares.mean())

    @property
    def alike(self) -> bool:
        return self.size > 0 and self.ends[0] == self.ends[1]

    @cached_property
    def rising(self) -> Rising:
        """All defined values, and those of each replicate, by rank."""
        return Rising(self.values, self.trials)

    def own_means(self) -> list[float]:
        return self._own_means

    def own_sds(self) -> list[float]:
        return self._own_sds

    def at(self, rank: int) -> float:
        return self.rising[rank]

    def percentile(self, percent: float) -> float:
        return self.rising.percentile(percent)

    def own_percentiles(self, percent: float) -> list[float]:
        return self.rising.own_percentiles(percent)

    def worst_mean(self, share: float, worst: Worst) -> float:
        number = share * self.size
        return mean_of_tail(self.rising.tail(ceil(number), worst), number)

    def own_worst_means(self, share: float, worst: Worst) -> list[float]:
        numbers = [share * size for size in self.trials]
        tails = self.rising.own_tails([ceil(number) for number in numbers], worst)
        return [mean_of_tail(tail, number) for tail, number in zip(tails, numbers, strict=True)]

    def beyond_sd(self, limit: float, worst: Worst) -> float:
        beyond = limit - self.values if worst == "low" else self.values - limit
        return float(np.maximum(beyond, 0).std())

    def chance_interval(self, level: float = 0.95) -> Interval | None:
        """The interval of the chance of an event, of which each value is 1 or 0 (or a part)."""
        happened = [float(part.sum()) for part in self.parts]
        return of_counts(happened, self.trials, self.independent, level)

    def counts(self, side: Side, limit: float) -> list[int]:
        return [int(np.count_nonzero(SIDES[side](part, limit))) for part in self.parts]

    def examples(self, share: float = 1.0, worst: Worst = "low") -> Floats:
        if share == 1.0:
            return self.values
        return self.rising.tail(ceil(share * self.size), worst)

    @cached_property
    def _own_means(self) -> list[float]:
        return [float(part.mean()) for part in self.parts]

    @cached_property
    def _own_sds(self) -> list[float]:
        return [float(part.std()) for part in self.parts]


def by_replicate(trials: npt.NDArray[np.generic], replicates: int) -> npt.NDArray[np.generic]:
    """One row a replicate; raises ValueError where they do not come out even."""
    if replicates < 1 or trials.ndim != 1 or trials.size % replicates:
        raise ValueError(
            f"values of shape {trials.shape} cannot be split into {replicates} replicates "
            "of equal size"
        )
    return trials.reshape(replicates, -1)
