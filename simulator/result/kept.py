"""The trials of a run, kept one by one, and how often something is so in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.result.outcome import Measured, Outcome, measured_chance
from simulator.result.sample import by_replicate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Kept:
    """Every trial of a run: yearly cash (years, trials), number of roots, and what was drawn."""

    cash_by_year: Floats
    roots: npt.NDArray[np.int8]
    no_outlay: npt.NDArray[np.bool_]
    draws: Mapping[str, Floats]

    def tally(self, replicates: int) -> Tally:
        """How often each number of roots, and no outlay, comes in each replicate."""
        roots = np.asarray(by_replicate(self.roots, replicates), np.int8)
        so = {
            "unique": roots == 1,
            "none": roots == 0,
            "several": roots > 1,
            "no_outlay": by_replicate(self.no_outlay, replicates),
        }
        counts = {name: tuple(found.sum(axis=1).tolist()) for name, found in so.items()}
        return Tally((roots.shape[1],) * replicates, counts)

    def yearly_cash(self, replicates: int, currency: str) -> tuple[Outcome, ...]:
        """Net cash of each year."""
        return tuple(
            Outcome(f"cash[{year}]", cash, replicates, unit=currency)
            for year, cash in enumerate(self.cash_by_year)
        )


class Tally(NamedTuple):
    """In how many trials of each replicate something is so, of how many `trials`."""

    trials: tuple[int, ...]
    happened: Mapping[str, tuple[int, ...]]

    def chance(self, what: str, level: float = 0.95) -> Measured:
        """The chance of something, with its interval.

        >>> Tally((4, 4), {"unique": (1, 3)}).chance("unique").value
        0.5
        """
        return measured_chance(self.happened[what], self.trials, len(self.trials) == 1, level)
