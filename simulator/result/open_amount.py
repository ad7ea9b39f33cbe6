"""An uncertain amount of money left open: what is known of it in each trial, given all the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from distributions import Marginal
from distributions.normal_table import normal_chance
from distributions.scores import Scores, scores_of

Floats = npt.NDArray[np.float64]
PerTrial = float | Floats
"""The same in all trials, or one a trial (trials,)."""
FARTHEST = 6.0
"""Scores beyond are as good as certain: the chance is less than 1e-9 from 0 or 1."""
_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


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

    def chance_of_less(self, investment: Floats, here: slice) -> Floats:
        """The chance in each of some trials that the investment is less than drawn plus this."""
        z = self._scores(self._limit(investment, here))
        return _chance(self._standing(z, here, self.rises), out=z)

    def chance_of_more(self, investment: Floats, here: slice) -> Floats:
        """The chance in each of some trials that the investment is more than drawn plus this."""
        z = self._scores(self._limit(investment, here))
        return _chance(self._standing(z, here, not self.rises), out=z)

    def density(self, investment: Floats, here: slice) -> tuple[Floats, Floats]:
        """`chance_of_more`, and by how much it falls for each crown of investment."""
        z, steep = self._scores.with_slope(self._limit(investment, here))
        self._standing(z, here, not self.rises)
        chances = _chance(z, out=np.empty_like(z))
        height = np.multiply(z, z, out=z)
        height *= -0.5
        np.exp(height, out=height)
        height *= steep
        height /= np.abs(part(self.slope, here)) * (self.sd * _ROOT_TWO_PI)
        return chances, height

    @cached_property
    def _scores(self) -> Scores:
        return scores_of(self.marginal)

    def _limit(self, investment: Floats, here: slice) -> Floats:
        """The value of the input at which the investment is so much more than drawn."""
        limit = investment / part(self.slope, here)
        limit += self.drawn[here]
        return limit

    def _standing(self, z: Floats, here: slice, rising: bool) -> Floats:
        """The scores among those that the other draws leave; turned if not `rising`."""
        z -= part(self.mean, here)
        z *= (1 if rising else -1) / self.sd
        return z


def part(value: PerTrial, here: slice) -> PerTrial:
    """Some trials of what may be the same in all."""
    return value[here] if isinstance(value, np.ndarray) else value


def _chance(z: Floats, out: Floats) -> Floats:
    """Φ(z), off by 1e-9 where it is less than that from 0 or 1, for the sake of speed."""
    return normal_chance(np.clip(z, -FARTHEST, FARTHEST, out=out), out=out)
