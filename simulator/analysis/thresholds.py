"""Switching values: how far an input has to go, alone, before the answer is another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from simulator.analysis.points import Points, evaluate
from simulator.analysis.tornado import moving_draws
from simulator.case.case import Case
from simulator.engine.compile import compile_case
from simulator.engine.program import Program
from simulator.errors import RunError
from simulator.result.intervals import chance_interval
from simulator.result.outcome import Measured, Outcome

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Side = Literal["above", "below", "between", "outside", "several"]
LOW, HIGH = 0.001, 0.999
"""From where to where an input is moved: P0.1 to P99.9."""
PARTS, ROUNDS = 64, 8
"""Each round cuts what is left into so many parts: 64 ** 8 is finer than the arithmetic."""
LEAP = 1e-6
"""Two values this near each other, in relation to their size, have nothing else between them."""


@dataclass(frozen=True)
class Threshold:
    """An input, and the value at which net present value, or a difference of two, is zero.

    The answer is another one on that `side` of the value: "between" two `crossings` where it
    changes back again, "outside" them, or there are "several" more. `value` is the nearest.
    `chance` is that of the input lying there: without an interval from its distribution, otherwise
    counted in trials; None where neither is known. `median` is where the input was moved from.
    """

    name: str
    value: float
    side: Side
    chance: Measured | None
    median: float
    crossings: tuple[float, ...]
    label: str = ""
    unit: str = ""
    of: str = ""
    """The case that has it for itself, where both have an input of this name."""
    leaps: bool = False
    """Whether it leaps to `value`, as an event does: nothing lies between that and no turn."""


@dataclass(frozen=True)
class Thresholds:
    """Every input that can turn the answer by itself, the most likely first.

    `base_value` is the net present value with all inputs at their medians, or the difference;
    `steady` inputs do not turn it between P0.1 and P99.9, `undefined` ones have no value somewhere.
    """

    base_value: float
    rows: tuple[Threshold, ...]
    steady: tuple[str, ...]
    undefined: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row an input that turns the answer."""
        import pandas as pd

        rows = [
            [row.value, row.side, row.chance.value if row.chance else None, row.median]
            for row in self.rows
        ]
        index = pd.Index([row.name for row in self.rows], name="input")
        return pd.DataFrame(rows, index=index, columns=["value", "side", "chance", "median"])


@dataclass(frozen=True)
class _Moved:
    """An input to move: its name, and in which of the cases."""

    name: str
    where: tuple[int, ...]


def thresholds(
    case: Case,
    against: Case | None = None,
    *,
    separate: Sequence[str] = (),
    factors: tuple[float, float] = (1.0, 1.0),
    drawn: Mapping[str, Outcome] | None = None,
) -> Thresholds:
    """The value of each input at which net present value becomes zero, the others at their medians.

    With `against` that at which the two cases change places. Inputs of one name are the same in
    both but for those in `separate`; `factors` turn the money of each into one currency. `drawn`
    holds inputs of a run, for the chances of those that are no single estimate.

    The sign is looked up at 64 percentiles from P0.1 to P99.9; between two of different sign the
    place is found by cutting into parts. This runs the model, at some thousands of points.

    >>> import utfall as ut
    >>> text = '''
    ... years: 1
    ... discount_rate: 0 %
    ... inputs: {gain: "uniform(0, 100)"}
    ... investment: {A: 20}
    ... benefits: {B: gain}
    ... '''
    >>> [found] = thresholds(ut.read(text)).rows
    >>> found.name, round(found.value, 9), found.side, round(found.chance.value, 9)
    ('gain', 20.0, 'below', 0.2)

    Raises RunError for a case without money, or without a value at the medians.
    """
    cases = [case] if against is None else [case, against]
    if not all(each.has_money for each in cases):
        raise RunError("a case without money has no net present value, so no thresholds of it")
    worth = _Worth([compile_case(each) for each in cases], factors)
    centre = worth.at([], [])[0]
    base = float(centre[0])
    rows, steady, undefined = [], list[str](), list[str]()
    for moved, found in _searched(worth, _inputs(worth.programs, separate), base).items():
        if found is None:
            undefined.append(moved.name)
        elif not found.ends:
            steady.append(moved.name)
        else:
            rows.append(_row(worth, moved, found, drawn or {}))
    rows.sort(key=lambda row: -((row.chance.value or 0.0) if row.chance else -1.0))
    return Thresholds(base, tuple(rows), tuple(steady), tuple(undefined))


def _inputs(programs: Sequence[Program], separate: Sequence[str]) -> list[_Moved]:
    """Every uncertain input: once where it is shared."""
    found: list[_Moved] = []
    for index, program in enumerate(programs):
        for name in moving_draws(program):
            shared = _Moved(name, (0, 1))
            if name in separate or not all(name in moving_draws(each) for each in programs):
                found.append(_Moved(name, (index,)))
            elif len(programs) == 1:
                found.append(_Moved(name, (0,)))
            elif shared not in found:
                found.append(shared)
    return found


class _Worth:
    """Net present value, or the difference of two, with some inputs moved to some percentiles."""

    def __init__(self, programs: Sequence[Program], factors: tuple[float, float]) -> None:
        self.programs = programs
        self.factors = factors
        self.draws = [moving_draws(program) for program in programs]

    def at(self, moved: Sequence[_Moved], percentiles: Sequence[Floats]) -> tuple[Floats, Floats]:
        """The worth and the value given to the input; each input is moved alone, in a stretch."""
        size = sum(len(part) for part in percentiles) or 1
        worth, given = np.zeros(size), np.zeros(size)
        for index, program in enumerate(self.programs):
            uniforms = {
                key: np.full(size, 0.5) for keys in self.draws[index].values() for key in keys
            }
            stretches, start = [], 0
            for each, part in zip(moved, percentiles, strict=True):
                stretch = slice(start, start + len(part))
                start = stretch.stop
                if index in each.where:
                    stretches.append((each.name, stretch))
                    for key in self.draws[index][each.name]:
                        uniforms[key][stretch] = part
            points: Points = evaluate(program.case, uniforms, {}, size)
            worth += (1, -1)[index] * self.factors[index] * points.outcome("npv")
            for name, stretch in stretches:
                node = points.program.quantities[name][0]
                given[stretch] = points.values[node][stretch]
        return worth, given


@dataclass(frozen=True)
class _Found:
    """Where an input turns the answer: percentiles in rising order, and whether it is at P0.1."""

    ends: tuple[float, ...]
    values: tuple[float, ...]
    turned_first: bool
    leaps: tuple[bool, ...] = ()


def _searched(worth: _Worth, moved: Sequence[_Moved], base: float) -> dict[_Moved, _Found | None]:
    """Each input with its crossings; None where the model has no value somewhere."""
    if base == 0 or not moved:
        return {each: _Found((), (), False) for each in moved}
    turned = partial(_turned, sign=np.sign(base))
    try:
        return _together(worth, moved, turned)
    except RunError:
        if len(moved) == 1:
            return {moved[0]: None}
        found: dict[_Moved, _Found | None] = {}
        for each in moved:
            found |= _searched(worth, [each], base)
        return found


def _turned(worth: Floats, sign: float) -> npt.NDArray[np.bool_]:
    """Whether it is no longer on the side of zero where it is at the medians."""
    return np.asarray(sign * worth <= 0)


def _together(
    worth: _Worth, moved: Sequence[_Moved], turned: Callable[[Floats], npt.NDArray[np.bool_]]
) -> dict[_Moved, _Found | None]:
    grid = np.linspace(LOW, HIGH, PARTS + 1)
    values, _ = worth.at(moved, [grid] * len(moved))
    states = turned(values).reshape(len(moved), -1)
    owners, cells = np.nonzero(states[:, 1:] != states[:, :-1])
    low, high = grid[cells], grid[cells + 1]
    before = states[owners, cells]
    who = [moved[int(owner)] for owner in owners]
    for _ in range(ROUNDS if len(who) else 0):
        steps = np.linspace(low, high, PARTS + 1, axis=1)
        inner = turned(worth.at(who, list(steps))[0]).reshape(len(who), -1)
        first = np.argmax(inner != before[:, None], axis=1)
        rows = np.arange(len(who))
        low, high = steps[rows, np.maximum(first - 1, 0)], steps[rows, first]
    # the nearest value on the turned side: of single values the one that turns it
    at, beside = np.where(before, low, high), np.where(before, high, low)
    given, other = (
        worth.at(who, [np.array([u]) for u in ends])[1] if len(who) else np.zeros(0)
        for ends in (at, beside)
    )
    leaps = ~np.isclose(given, other, rtol=LEAP, atol=0)
    found: dict[_Moved, _Found | None] = {}
    for row, each in enumerate(moved):
        own = owners == row
        found[each] = _Found(
            tuple(at[own].tolist()), tuple(given[own].tolist()), bool(states[row, 0]),
            tuple(leaps[own].tolist()),
        )  # fmt: skip
    return found


def _row(worth: _Worth, moved: _Moved, found: _Found, drawn: Mapping[str, Outcome]) -> Threshold:
    program = worth.programs[moved.where[0]]
    entry = program.case.inputs[moved.name]
    nodes = program.quantities[moved.name]
    median = float(worth.at([moved], [np.array([0.5])])[1][0])
    sides: tuple[Side, ...] = ("below", "outside") if found.turned_first else ("above", "between")
    side: Side = sides[len(found.ends) - 1] if len(found.ends) <= 2 else "several"
    value, leaps = min(
        zip(found.values, found.leaps, strict=True), key=lambda end: abs(end[0] - median)
    )
    twice = (
        len(moved.where) == 1
        and len(worth.programs) == 2
        and all(moved.name in each.case.inputs for each in worth.programs)
    )
    yearly = len(nodes) > 1
    if yearly:
        chance = None
    elif nodes[0] in program.marginals:
        chance = Measured(_measure(found), None, None)
    else:
        chance = _counted(found, drawn.get(moved.name))
    return Threshold(
        moved.name, value, side, chance, median, found.values, entry.title, entry.unit,
        program.case.name if twice else "", leaps,
    )  # fmt: skip


def _measure(found: _Found) -> float:
    """The chance of the percentiles at which the answer is turned."""
    edges = (0.0, *found.ends, 1.0)
    turned = [high - low for low, high in pairwise(edges)]
    return float(sum(turned[0 if found.turned_first else 1 :: 2]))


def _counted(found: _Found, outcome: Outcome | None) -> Measured | None:
    """The share of the trials in which the input lies where the answer is turned."""
    if outcome is None:
        return None
    passed = np.searchsorted(np.array(found.values), outcome.values, side="right")
    hits = (passed % 2 == 0) == found.turned_first
    low, high = chance_interval(hits, outcome.replicates) or (None, None)
    return Measured(float(hits.mean()), low, high)
