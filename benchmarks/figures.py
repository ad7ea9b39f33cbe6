"""A measured figure: what Utfall took, what the other side took, and whether the goal is reached.

A ratio is the median over the rounds, each from the two sides of one round, with the smallest and
the largest of them. Seconds mean something on one machine only, ratios on most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Goal:
    """A ratio to reach, at least or at most.

    >>> Goal(1.3, at_least=False).reached(1.2), Goal(25).reached(24.9)
    (True, False)
    """

    limit: float
    at_least: bool = True

    def reached(self, ratio: float) -> bool:
        """Whether a measured ratio is good enough; no rounding helps."""
        return ratio >= self.limit if self.at_least else ratio <= self.limit


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ours` and `theirs` are in `unit`, medians where there are rounds.

    Of a speed the ratio is theirs over ours, of a cost ours over theirs; `means` says which.
    `low` and `high` are its range over the rounds, or its 95 % interval. `trials` is 0 where
    nothing is simulated.
    """

    what: str
    against: str
    ratio: float
    low: float
    high: float
    means: str
    ours: float | None = None
    theirs: float | None = None
    unit: str = ""
    trials: int = 0
    goal: Goal | None = None
    raw: tuple[tuple[float, ...], ...] = ()

    @property
    def reached(self) -> bool | None:
        """None where there is no goal."""
        return self.goal.reached(self.ratio) if self.goal else None


def times_as_fast(
    what: str, against: str, rounds: Sequence[Sequence[float]], goal: float | None = None,
    *, unit: str = "s", count: float = 1, trials: int = 0,
) -> Figure:  # fmt: skip
    """How many times as fast we are: theirs over ours.

    `rounds` holds our seconds and theirs, round by round; `ours` and `theirs` become so many of
    `unit` for one of `count` things.

    >>> times_as_fast("a job", "the usual way", [(1, 9), (2, 20), (2, 24)], goal=10).ratio
    10.0
    """
    ratios = [theirs / ours for ours, theirs in rounds]
    wanted = None if goal is None else Goal(goal)
    return _figure(what, against, rounds, ratios, FAST, unit, count, trials, wanted)


def times_the_cost(
    what: str, against: str, rounds: Sequence[Sequence[float]], goal: float | None = None,
    *, unit: str = "s", count: float = 1, trials: int = 0,
) -> Figure:  # fmt: skip
    """How many times as much we take, in seconds or megabytes: ours over theirs."""
    ratios = [ours / theirs for ours, theirs in rounds]
    wanted = None if goal is None else Goal(goal, at_least=False)
    means = MEMORY if unit == "MB" else TIME
    return _figure(what, against, rounds, ratios, means, unit, count, trials, wanted)


FAST, TIME, MEMORY = "times as fast", "times the time", "times the memory"
UNITS = {"s": 1.0, "ms": 1e3, "ns": 1e9, "MB": 1.0}
"""From seconds, or megabytes, to the unit."""


def _figure(
    what: str, against: str, rounds: Sequence[Sequence[float]], ratios: Sequence[float],
    means: str, unit: str, count: float, trials: int, goal: Goal | None,
) -> Figure:  # fmt: skip
    ours, theirs = (median(side) * UNITS[unit] / count for side in zip(*rounds, strict=True))
    middle, low, high = median(ratios), min(ratios), max(ratios)
    raw = tuple(map(tuple, rounds))
    return Figure(what, against, middle, low, high, means, ours, theirs, unit, trials, goal,
                  raw)  # fmt: skip
