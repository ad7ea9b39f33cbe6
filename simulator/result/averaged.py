"""The chance of an event as the mean of its chances in each trial, and how sure it is.

Where one uncertain amount is left open in every trial, an event is not a yes or no there but has a
chance. The mean of these is far steadier than a count: what the open amount does is known exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from math import inf, sqrt

import numpy as np
import numpy.typing as npt

from simulator.result.chances import Interval, around, binomial_ranks, least_error, wilson
from simulator.result.jumps import jumps

Floats = npt.NDArray[np.float64]
NOTHING = 1e-9
"""A chance below it, or above 1 less it, is no more exact than the functions it is made of."""
RARE = 16
"""A chance that rests on fewer trials is told as a count of all trials would be."""
FEW = 48
"""An error that rests on fewer trials is not told by how much they differ: three a replicate."""
DOUBT = 2.0
"""By this factor the variance is raised then: the trials that matter may not have come."""
SKEWED = 400
"""A count of fewer in truth is more often far too large than as far too small."""
CHUNK = 16_384


@dataclass(frozen=True)
class Averaged:
    """A chance with its standard error, from the chances of the event in each trial.

    >>> one = Averaged.of(np.array([0.2, 0.4, 0.3, 0.5] * 8 + [0.3] * 32), replicates=2)
    >>> round(one.chance, 9), round(one.error, 9)
    (0.325, 0.025)
    """

    chance: float
    error: float
    """Its standard error; 0 where all trials agree, and the chance is exact."""
    trials: int
    freedom: int
    """Of the error: one less than there are replicates, or independent trials."""
    counts: float
    """As sure as a count of so many independent trials, where `error` tells nothing; else 0."""

    @classmethod
    def of(cls, chances: Floats, replicates: int) -> Averaged:
        """The mean of `chances` (trials,), which come replicate by replicate."""
        return averaged_each(lambda here, _: [chances[here]], 1, chances.size, replicates)[0]

    @property
    def opposite(self) -> Averaged:
        """The chance that the event fails to happen."""
        return replace(self, chance=1 - self.chance)

    def interval(self, level: float = 0.95) -> Interval:
        """Student's interval over replicates, cut at 0 and 1.

        Wilson's with independent trials, of as many yes-or-no trials as would be equally sure, and
        where few trials carry the chance: never seen does not mean impossible.
        """
        if self._as_many:
            return wilson(self.chance, self._as_many, level)
        low, high = around(self.chance, self.error, self.freedom, level)
        return max(low, 0.0), min(high, 1.0)

    def likely(self, level: float = 0.95) -> Interval:
        """Between which such a mean surely lies if `chance` is the true one.

        By as much larger as the true one may be smaller, and the other way around. Where it is as
        sure as a count of few, between the likely counts: below 0 and above 1 nothing is too far.
        """
        trials = self._as_many
        if trials and min(self.chance, 1 - self.chance) * trials < SKEWED:
            below, above = binomial_ranks(self.chance, trials, level)
            return below / trials, above / trials
        least, most = self.interval(level)
        return 2 * self.chance - most, 2 * self.chance - least

    @property
    def _as_many(self) -> int:
        """To a count of how many independent trials it is equal; 0 if replicates tell how sure."""
        if self.counts:
            return round(self.counts)
        if self.freedom == self.trials - 1 and self.error > NOTHING:
            return max(round(self.chance * (1 - self.chance) / self.error**2), 1)
        return 0


def averaged_each(
    chances_of: Callable[[slice, Sequence[int]], Iterable[Floats]],
    events: int,
    trials: int,
    replicates: int,
) -> list[Averaged]:
    """The means of the chances of some `events`, told for some trials at a time.

    `chances_of` these trials and of such events gives one vector after the other; each has served
    when the next is asked for. The standard error is that of the mean of equal replicates (of
    independent trials, where there is one replicate); as of any mean of values between which there
    are jumps it is at least these jumps times half a point in each replicate.
    """
    sums = [_Sums(trials, replicates) for _ in range(events)]
    for here in chunks(trials, replicates):
        for one, chances in zip(sums, chances_of(here, range(events)), strict=True):
            one.add(here, chances)

    def whole(event: int) -> Floats:
        found = np.empty(trials)
        for here in chunks(trials, replicates):
            (found[here],) = chances_of(here, [event])
        return found

    return [one.averaged(partial(whole, event)) for event, one in enumerate(sums)]


def chunks(trials: int, replicates: int) -> Iterator[slice]:
    """All trials in parts that stay in the processor's cache: some replicates, or a part of one."""
    points = trials // replicates
    whole, step = (points, CHUNK) if points > CHUNK else (trials, CHUNK // points * points)
    for start in range(0, trials, whole):
        end = start + whole
        yield from (slice(i, min(i + step, end)) for i in range(start, end, step))


class _Sums:
    """The chances added up as they come; what is seldom needed of them is asked for once more."""

    def __init__(self, trials: int, replicates: int) -> None:
        self.trials, self.replicates, self.points = trials, replicates, trials // replicates
        self.own = np.zeros(replicates)
        self.enough = max(3 * replicates, FEW)
        self.first: float | None = None
        self.likely, self.rare = False, False
        """As far as the first trials tell: whether the event is, and it or its opposite is."""
        self.powers = np.zeros(2)
        self.off = 0.0
        self.lowest, self.highest = inf, -inf

    def add(self, here: slice, chances: Floats) -> None:
        """Add some whole replicates, or a part of one."""
        replicate = here.start // self.points
        if chances.size > self.points:
            sums = chances.reshape(-1, self.points).sum(axis=1)
            self.own[replicate : replicate + sums.size] += sums
        else:
            self.own[replicate] += chances.sum()
        if self.first is None:
            self.first, mean = float(chances[0]), float(chances.mean())
            self.likely = mean > 0.5
            self.rare = min(mean, 1 - mean) ** 2 * self.trials < 4 * self.enough
        if self.rare:
            self.powers += _powers(chances, self.likely)
        if self.replicates == 1:  # about one of them, as rounding would hide a small spread
            self.off += _square_sum(chances - self.first)
        self.lowest = min(self.lowest, float(chances.min()))
        self.highest = max(self.highest, float(chances.max()))

    def averaged(self, all_of_them: Callable[[], Floats]) -> Averaged:
        """What they come to."""
        whole = cache(all_of_them)
        parts = self.replicates if self.replicates > 1 else self.trials
        chance = self.mean
        if min(chance, 1 - chance) < NOTHING:
            chance = float(chance > 0.5)
        if parts < 2:
            return Averaged(chance, 0.0, self.trials, 0, counts=self.trials)
        error, least = self.error, least_error([self.points] * self.replicates)
        if self.replicates > 1 and error < least * (self.highest - self.lowest):
            error = max(error, least * jumps(whole(), self.replicates))
        return Averaged(chance, error, self.trials, parts - 1, self.counts(whole))

    @property
    def mean(self) -> float:
        """The mean of all chances."""
        return float(self.own.sum()) / self.trials

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        if self.replicates > 1:
            return float((self.own / self.points).std(ddof=1)) / sqrt(self.replicates)
        assert self.first is not None, "there are trials"
        variance = max(self.off / self.trials - (self.mean - self.first) ** 2, 0.0)
        return sqrt(variance / (self.trials - 1))

    def counts(self, whole: Callable[[], Floats]) -> float:
        """To a count of how many trials the chance is equal; 0 where the spread tells it better.

        Of unequal parts h a sum rests on (Σ h)² / Σ h² (L. Kish, Survey Sampling, 1965), and a sum
        of squares, as a standard error is, on (Σ h²)² / Σ h⁴: on fewer, where a few of them are
        much larger. Replicates of few large parts each are skewed: they agree when the chance is
        found too small. So many independent trials are as sure as the parts are many, less DOUBT,
        but no less sure than all trials with a yes or no each.
        """
        chance = min(self.mean, 1 - self.mean)
        if chance < NOTHING:
            return self.trials
        if chance**2 * self.trials >= self.enough:
            return 0.0  # as 0 <= h <= 1, Σ h⁴ <= Σ h² <= Σ h, and (Σ h)² / n <= Σ h²
        likely = self.mean > 0.5
        known = self.rare and likely == self.likely
        squares, fourths = self.powers if known else _powers(whole(), likely)
        carry = (chance * self.trials) ** 2 / squares
        if carry < max(self.replicates, RARE):
            return self.trials
        if squares * squares >= self.enough * fourths:
            return 0.0
        return max(float(self.trials), float(carry) / (DOUBT * chance))


def _powers(chances: Floats, opposite: bool) -> Floats:
    """Σ h² and Σ h⁴ of chances or their opposites."""
    parts = 1.0 - chances if opposite else chances
    squares = parts * parts
    return np.array([np.einsum("i->", squares), _square_sum(squares)])


def _square_sum(values: Floats) -> float:
    """Not by a matrix library, whose threads get into each other's way on so small vectors."""
    return float(np.einsum("i,i->", values, values))
