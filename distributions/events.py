"""Something that may happen: with a probability an amount, else nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from distributions.marginal import Check, Floats, Marginal, Param, Truths, as_parameter
from distributions.mixtures import as_marginal
from distributions.single_values import is_chance


@dataclass(frozen=True, eq=False)
class Event(Marginal):
    """With `probability` p the `amount` A, else 0; amounts may be negative.

    The quantile is A's at u/p below zero, 0 up to P(X <= 0), and A's at 1 - (1 - u)/p above.

    >>> from distributions.bounded import Uniform
    >>> Event(0.5, Uniform(0, 10)).ppf([0.4, 0.75]).tolist()
    [0.0, 5.0]
    """

    probability: Param
    amount: Marginal

    def __post_init__(self) -> None:
        probability = as_parameter(self.probability, "chance of an event")
        object.__setattr__(self, "probability", probability)
        super().__post_init__()

    def _parts(self) -> tuple[Marginal, ...]:
        return (self.amount,)

    def _checks(self) -> tuple[Check, ...]:
        return (is_chance(self.probability, "probability"),)

    def _amounts(self, chance: Floats, where: Truths, upper: bool) -> Floats:
        """The amount's quantile of `chance` (from above if `upper`) where asked for, else 0."""
        quantile = self.amount.isf if upper else self.amount.ppf
        shape = np.broadcast_shapes(np.shape(chance), np.shape(where), self.shape)
        chance = np.broadcast_to(np.where(where, np.clip(chance, 0, 1), 0.5), shape)
        where = np.broadcast_to(where, shape)
        if self.shape:
            return np.where(where, quantile(chance), 0.0)
        amounts = np.zeros(shape)
        amounts[where] = quantile(chance[where])
        return amounts

    def _ppf(self, u: Floats) -> Floats:
        p = self.probability
        losses, upto_zero = p * self.amount.below(0), self.cdf(0)
        loss = (u <= losses) & (losses > 0)
        gain = (u > upto_zero) | ((upto_zero == 0) & ~loss)
        beyond = (1 - u) / p
        if self.amount.is_discrete:
            gains = self._amounts(1 - beyond, gain, upper=False)
        else:
            gains = self._amounts(beyond, gain, upper=True)
        return self._amounts(u / p, loss, upper=False) + gains

    def _isf(self, q: Floats) -> Floats:
        p = self.probability
        losses, from_zero, gains = p * self.amount.below(0), self.at_least(0), self.sf(0)
        loss = (q >= from_zero) & (losses > 0)
        gain = (q < gains) | ((gains == 1) & ~loss)
        lowest = self._amounts((1 - q) / p, loss, upper=False)
        return lowest + self._amounts(q / p, gain, upper=True)

    def _cdf(self, x: Floats) -> Floats:
        p = self.probability
        return p * self.amount.cdf(x) + np.where(x >= 0, 1 - np.asarray(p), 0.0)

    def _sf(self, x: Floats) -> Floats:
        p = self.probability
        return p * self.amount.sf(x) + np.where(x < 0, 1 - np.asarray(p), 0.0)

    def _below(self, x: Floats) -> Floats:
        p = self.probability
        return p * self.amount.below(x) + np.where(x > 0, 1 - np.asarray(p), 0.0)

    def _at_least(self, x: Floats) -> Floats:
        p = self.probability
        return p * self.amount.at_least(x) + np.where(x <= 0, 1 - np.asarray(p), 0.0)

    def _pdf(self, x: Floats) -> Floats:
        return np.asarray(self.probability * self.amount.pdf(x))

    def _mean(self) -> Param:
        return self.probability * self.amount.mean

    def _sd(self) -> Param:
        p, mean = self.probability, self.amount.mean
        return np.sqrt(p * self.amount.sd**2 + p * (1 - p) * mean**2)

    @property
    def is_discrete(self) -> bool:
        return self.amount.is_discrete

    @property
    def has_jumps(self) -> bool:
        return True

    @property
    def support(self) -> tuple[Param, Param]:
        low, high = self.amount.support
        p = np.asarray(self.probability)
        kept_low, kept_high = np.minimum(low, 0), np.maximum(high, 0)
        low = np.where(p == 1, low, np.where(p == 0, 0.0, kept_low))[()]
        return low, np.where(p == 1, high, np.where(p == 0, 0.0, kept_high))[()]

    def kinks(self) -> tuple[float, ...]:
        return (*self.amount.kinks(), 0.0)

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        points, masses = self.amount.jumps(low, high)
        masses = masses * self.probability
        nothing = 1 - float(self.probability)
        if not low <= 0 <= high or nothing == 0:
            return points, masses
        place = int(np.searchsorted(points, 0))
        if place < len(points) and points[place] == 0:
            return points, masses + nothing * (points == 0)
        return np.insert(points, place, 0.0), np.insert(masses, place, nothing)


def event(probability: Param, amount: Marginal | Param) -> Event:
    """With `probability` the `amount` (an estimate, or a number), else 0.

    >>> event(0.1, 500).mean
    50.0
    """
    return Event(probability, as_marginal(amount, "amount of an event"))
