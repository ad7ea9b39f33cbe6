"""Who comes first, by which criterion, and whether the trials can tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, log2, sqrt

import numpy as np
import numpy.typing as npt

from distributions.special import stdtrit
from simulator.analysis.pairs import ROUNDING
from simulator.case.comparison import Criterion
from simulator.result.outcome import Measured

Floats = npt.NDArray[np.float64]
BATCHES = 16

MEANING: dict[Criterion, str] = {
    "payback": "chance of having paid back within the hurdle",
    "value": "mean net present value",
    "worst5": "mean of the worst 5 % of net present values",
    "regret": "mean of what the best alternative would have brought more",
    "certainty_equivalent": "the certain amount worth as much, given the tolerance of risk",
}
LOW_IS_GOOD = frozenset({"regret"})


@dataclass(frozen=True)
class Place:
    """An alternative's place by one criterion.

    `difference` is how far it is behind the first, with its interval from the shared draws; `told`
    says whether that interval leaves out 0, and `trials_needed` how many trials should make it so
    (None where no number would, or where it is told already).
    """

    name: str
    figure: Measured
    difference: Measured
    told: bool
    trials_needed: int | None


@dataclass(frozen=True)
class Ranking:
    """The alternatives by one criterion, the best first; `unranked` have no figure of this kind."""

    criterion: Criterion
    places: tuple[Place, ...]
    unranked: Mapping[str, str]
    """Name → why it is left out."""

    @property
    def names(self) -> list[str]:
        """Names in order."""
        return [place.name for place in self.places]

    @property
    def first(self) -> str | None:
        """Who comes first, None where nobody is ranked."""
        return self.places[0].name if self.places else None

    @property
    def tied(self) -> list[str]:
        """Those that the trials cannot tell from the first."""
        return [place.name for place in self.places[1:] if not place.told]


def ranked(
    criterion: Criterion,
    figures: Mapping[str, Measured],
    batches: Mapping[str, Floats],
    trials: int,
    unranked: Mapping[str, str],
) -> Ranking:
    """Order alternatives by their figures; `batches` holds each one's figure in equal parts.

    Whether a difference is real follows from its spread over the batches, which share their draws.
    """
    sign = 1.0 if criterion in LOW_IS_GOOD else -1.0
    known = {name: figure for name, figure in figures.items() if figure.value is not None}
    order = sorted(known, key=lambda name: sign * (known[name].value or 0.0))
    places = []
    for name in order:
        difference = _difference(batches[order[0]], batches[name], known[order[0]], known[name])
        if criterion in LOW_IS_GOOD:
            difference = _turned(difference)
        told, needed = _told(difference, trials, known[name])
        places.append(Place(name, known[name], difference, told or name == order[0], needed))
    return Ranking(criterion, tuple(places), unranked)


def in_batches(function: Callable[[Floats], float], values: Floats, replicates: int) -> Floats:
    """A figure computed in each replicate; in 16 consecutive parts where draws are independent."""
    parts = replicates if replicates > 1 else min(BATCHES, len(values))
    return np.array([function(part) for part in np.array_split(values, parts)])


def _difference(first: Floats, other: Floats, best: Measured, own: Measured) -> Measured:
    value = (best.value or 0.0) - (own.value or 0.0)
    half = spread(first - other)
    return (
        Measured(value, None, None) if half is None else Measured(value, value - half, value + half)
    )


def spread(parts: Floats) -> float | None:
    """Half the 95 % interval of a figure known in several equal parts (Student's t)."""
    if len(parts) < 2 or not np.isfinite(parts).all():
        return None
    return float(stdtrit(len(parts) - 1, 0.975)) * float(parts.std(ddof=1)) / sqrt(len(parts))


def _turned(difference: Measured) -> Measured:
    """How much more of something bad, as a positive figure."""
    ends = [None if end is None else -end for end in (difference.high, difference.low)]
    return Measured(-(difference.value or 0.0), *ends)


def _told(difference: Measured, trials: int, own: Measured) -> tuple[bool, int | None]:
    if difference.value is None or difference.low is None or difference.high is None:
        return False, None
    half = (difference.high - difference.low) / 2
    apart = abs(difference.value)
    if apart <= ROUNDING * max(abs(own.value or 0.0), apart):
        return False, None  # equal but for the rounding of the arithmetic
    if apart > half:
        return True, None
    needed = trials * (half / apart) ** 2
    return False, 16 * 2 ** ceil(log2(max(needed, 32) / 16))
