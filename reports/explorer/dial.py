"""The line along which an input is narrowed: round values, and how many trials lie below each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

import numpy as np
import numpy.typing as npt

from reports.units import Unit
from simulator.result.intervals import percentile

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint16]
STEPS = 120
TAIL = 0.5  # percent beyond either end of the line, unless the rest is near
NEAR = 1.5
QUANTILES = 128


@dataclass(frozen=True, eq=False)
class Dial:
    """An input as the page holds it.

    `ranks` tells of each trial how many have a lower value: trials of the same value share theirs,
    so a range of values is a range of ranks, without any rounding. `below` and `upto` count the
    trials with less than each of the `stops`, and with no more than it. A handle at either end of
    the line sets no limit, as the line may end before the last trials do. `quantiles` are values
    evenly spaced by rank.
    """

    stops: tuple[float, ...]
    ranks: Counts
    below: Counts
    upto: Counts
    quantiles: Floats

    @classmethod
    def of(cls, values: Floats) -> Dial:
        """The line that suits some values, at most 65,535 of them."""
        rising = np.sort(values)
        stops = _stops(rising)
        last = len(rising) - 1
        at = np.rint(np.linspace(0, last, QUANTILES + 1)).astype(np.intp)
        return cls(
            stops,
            np.searchsorted(rising, values, side="left").astype(np.uint16),
            np.searchsorted(rising, stops, side="left").astype(np.uint16),
            np.searchsorted(rising, stops, side="right").astype(np.uint16),
            rising[at],
        )

    def texts(self, unit: Unit) -> list[str]:
        """The stops as they are written."""
        return [unit.known(stop) for stop in self.stops]


def _stops(rising: Floats) -> tuple[float, ...]:
    """Round values from one end to the other: 1, 2 or 5 times a power of ten apart."""
    low, high = float(rising[0]), float(rising[-1])
    inner = [percentile(rising, percent) for percent in (TAIL, 100 - TAIL)]
    if inner[0] < inner[1] and high - low > NEAR * (inner[1] - inner[0]):
        low, high = inner
    step = _round_step((high - low) / STEPS)
    if bool((rising == np.rint(rising)).all()):
        step = max(step, Decimal(1))
    first, last = (Decimal(repr(end)) / step for end in (low, high))
    count = range(floor(first), ceil(last) + 1)
    return tuple(float(step * place) for place in count)


def _round_step(least: float) -> Decimal:
    """The smallest of 1, 2, 5, 10, ... that is not smaller.

    >>> _round_step(0.0068), _round_step(150.0)
    (Decimal('0.01'), Decimal('2E+2'))
    """
    power = floor(log10(least))
    for digit, exponent in ((1, power), (2, power), (5, power), (1, power + 1)):
        step = Decimal((0, (digit,), exponent))
        if float(step) >= least * (1 - 1e-9):
            break
    return step
