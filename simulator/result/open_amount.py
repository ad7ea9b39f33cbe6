"""An uncertain amount of money left open: what is known of it in each trial, given all the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from distributions import Marginal
from distributions.normal_curve import NormalCurve
from distributions.scores import Scores, scores_of

Floats = npt.NDArray[np.float64]
PerTrial = float | Floats
"""The same in all trials, or one a trial (trials,)."""


class Dense(NamedTuple):
    """Chances, and how fast they change."""

    chances: Floats
    heights: Floats


@dataclass(frozen=True, eq=False)
class OpenAmount:
    """An uncertain input of the investment, and what the other draws of a trial say of it.

    The investment is a + `slope` · x, x the input with the distribution `marginal`; `slope` has one
    sign in all trials. Given the other draws the normal score of x is normal with `mean` and `sd`
    (0 and 1 where it depends on none of them), so that with z(x) = Φ⁻¹(F(x))

        P(X <= x | the others) = Φ((z(x) - mean) / sd).

    `drawn` (trials,) are the values that the run has drawn.
    """

    name: str
    marginal: Marginal
    drawn: Floats = field(repr=False)
    slope: PerTrial = field(default=1.0, repr=False)
    mean: PerTrial = field(default=0.0, repr=False)
    sd: float = 1.0

    @cached_property
    def rises(self) -> bool:
        """Whether the investment rises with the input."""
        return bool(np.all(np.asarray(self.slope) > 0))

    def limit(self, investment: Floats, here: slice) -> Floats:
        """The value of the input at which the `investment` is so much more than drawn; in place."""
        investment /= part(self.slope, here)
        investment += self.drawn[here]
        return investment

    def chance_of_less(self, limit: Floats, here: slice, normal: NormalCurve) -> Floats:
        """The chance in some trials that the investment is less than with the input at its `limit`.

        Put in the place of `limit`.
        """
        if self.rises and limit.max() <= self._lowest:  # so it is before anything came back
            limit.fill(0.0)
            return limit
        return normal.chance(self._standing(self._scores(limit, limit), here, self.rises))

    def chance_of_more(self, limit: Floats, here: slice, normal: NormalCurve) -> Floats:
        """The chance in some trials that it is more; likewise."""
        return normal.chance(self._standing(self._scores(limit, limit), here, not self.rises))

    def density(
        self, limit: Floats, here: slice, pace: PerTrial, normal: NormalCurve, room: Floats
    ) -> Dense:
        """`chance_of_more`, and how fast it changes where the limit moves at a `pace`.

        Both are put into `room` (2, trials).
        """
        z, height = room
        steep = self._scores.with_slope(limit, z).slope
        chances = normal.dense(self._standing(z, here, not self.rises), height)
        height *= steep
        height *= pace / self.sd
        return Dense(chances, height)

    def some(self, pick: Callable[[Floats], Floats]) -> OpenAmount:
        """The same in the trials that `pick` takes of a vector."""
        slope, mean = (
            pick(value) if isinstance(value, np.ndarray) else value
            for value in (self.slope, self.mean)
        )
        return replace(self, drawn=pick(self.drawn), slope=slope, mean=mean)

    @cached_property
    def _lowest(self) -> float:
        return float(self.marginal.support[0])

    @cached_property
    def _scores(self) -> Scores:
        return scores_of(self.marginal)

    def _standing(self, z: Floats, here: slice, rising: bool) -> Floats:
        """The scores among those that the other draws leave; turned if not `rising`."""
        z -= part(self.mean, here)
        z *= (1 if rising else -1) / self.sd
        return z


def part(value: PerTrial, here: slice) -> PerTrial:
    """Some trials of what may be the same in all."""
    return value[here] if isinstance(value, np.ndarray) else value
