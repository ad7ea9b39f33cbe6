"""Both sides find the same: a speed would mean nothing otherwise."""

from collections.abc import Iterator

import numpy as np
import ours
import plain_portal
from figures import Figure
from wish import Wish

import utfall as ut
from parts.jobs import PLAIN


def figures(wish: Wish) -> Iterator[Figure]:
    """Ours over theirs, with the 95 % interval that their independent trials leave."""
    trials = ours.rounded(wish.trials // 4)
    outcomes = plain_portal.value(plain_portal.draw(trials, seed=2))
    result = ours.simulate(ut.load(ours.CASE), trials=trials, seed=2)
    yield _beside("mean NPV", "SEK", result.npv.mean, outcomes["npv"])
    yield _beside("chance of a loss", "", result.npv.chance_below(0), outcomes["npv"] < 0)
    within = result.payback_chance(3, discounted=True).value
    yield _beside("chance of payback within 3 years", "", within,
                  outcomes["discounted_payback"] <= 3)  # fmt: skip


def _beside(what: str, unit: str, our: float, values: np.ndarray) -> Figure:
    their, error = float(np.mean(values)), float(np.std(values) / np.sqrt(values.size))
    low, high = our / (their + 1.96 * error), our / (their - 1.96 * error)
    return Figure(what, PLAIN, our / their, low, high, "times", our, their, unit, values.size)
