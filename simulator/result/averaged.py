"""The chance of an event as the mean of its chances in each trial, and how sure it is.

Where one uncertain amount is left open in every trial, an event is not a yes or no there but has a
chance. The mean of these is far steadier than a count: what the open amount does is known exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.result.chances import Interval, around, student, wilson
from simulator.result.intervals import mean_interval

Floats = npt.NDArray[np.float64]
NOTHING = 1e-9
"""A chance below it, or above 1 less it, is no more exact than the functions it is made of."""
SOME_LEVEL = 0.95
FEW = 16


@dataclass(frozen=True)
class Averaged:
    """A chance with its standard error, from the chances of the event in each trial.

    >>> one = Averaged.of(np.array([0.2, 0.4, 0.3, 0.5]), replicates=2)
    >>> one.chance, [round(end, 3) for end in one.interval(level=0.5)]
    (0.35, [0.3, 0.4])
    """

    chance: float
    error: float
    """Standard error; 0 where all trials agree: the chance is exact."""
    freedom: int
    trials: int
    rare: bool
    """So few trials carry the chance (or its opposite) that their spread tells nothing."""

    @classmethod
    def of(cls, chances: Floats, replicates: int) -> Averaged:
        """The mean of `chances` (trials,), which come replicate by replicate."""
        chance = min(max(float(chances.mean()), 0.0), 1.0)
        freedom = (replicates if replicates > 1 else chances.size) - 1
        ends = mean_interval(chances, replicates, SOME_LEVEL)
        if ends is None:  # one trial has no spread
            return cls(chance, 0.0, freedom, chances.size, rare=True)
        error = (ends[1] - ends[0]) / 2 / student(freedom, SOME_LEVEL)
        return cls(chance, error, freedom, chances.size, _rare(chances, chance, replicates))

    @property
    def opposite(self) -> Averaged:
        """The chance that the event fails to happen."""
        return replace(self, chance=1 - self.chance)

    def interval(self, level: float = 0.95) -> Interval:
        """Student's interval over replicates, cut at 0 and 1.

        Wilson's with independent trials, of as many yes-or-no trials as would be equally sure, and
        where few trials carry the chance: never seen does not mean impossible.
        """
        if self.rare:
            return wilson(self.chance, self.trials, level)
        if self.freedom == self.trials - 1:
            if self.error**2 * self.trials <= NOTHING**2:
                return self.chance, self.chance
            as_many = self.chance * (1 - self.chance) / self.error**2
            return wilson(self.chance, max(round(as_many), 1), level)
        low, high = around(self.chance, self.error, self.freedom, level)
        return max(low, 0.0), min(high, 1.0)


def _rare(chances: Floats, chance: float, replicates: int) -> bool:
    """Whether the smaller of the two chances rests on FEW trials, or fewer than replicates.

    Of unequal parts h that is (Σ h)² / Σ h² (L. Kish, Survey Sampling, 1965).
    """
    if min(chance, 1 - chance) < NOTHING:
        return True
    part = chances if chance <= 0.5 else 1 - chances
    together = float(part.sum())
    return together * together < max(replicates, FEW) * float(np.dot(part, part))
