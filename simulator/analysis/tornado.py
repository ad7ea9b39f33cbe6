"""What drives the result: each input moved alone from its low to its high percentile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from simulator.analysis.points import Points, evaluate
from simulator.case.case import Case
from simulator.case.keys import did_you_mean
from simulator.engine.program import Key, Program
from simulator.errors import RunError

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bar:
    """One input moved, all others left: the values given to it and what the outcome becomes."""

    name: str
    low_input: float
    high_input: float
    low_value: float
    high_value: float
    label: str = ""
    unit: str = ""

    @property
    def swing(self) -> float:
        """Signed: positive where more of the input means more of the outcome."""
        return self.high_value - self.low_value


@dataclass(frozen=True)
class Tornado:
    """Bars of one outcome, the widest first. `low` and `high` are percentiles of the inputs."""

    outcome: str
    base_value: float
    rows: tuple[Bar, ...]
    low: float
    high: float
    base: str
    unit: str = ""

    def times(self, factor: float) -> Tornado:
        """The same with the outcome in another currency."""
        rows = tuple(
            replace(bar, low_value=factor * bar.low_value, high_value=factor * bar.high_value)
            for bar in self.rows
        )
        return replace(self, base_value=factor * self.base_value, rows=rows)

    def to_frame(self) -> pd.DataFrame:
        """One row a bar, the widest first."""
        import pandas as pd

        columns = ["low_input", "high_input", "low_value", "high_value", "swing"]
        rows = [[getattr(bar, column) for column in columns] for bar in self.rows]
        index = pd.Index([bar.name for bar in self.rows], name="input")
        return pd.DataFrame(rows, index=index, columns=columns)


def tornado(
    case: Case,
    outcome: str = "npv",
    low: float = 10,
    high: float = 90,
    base: Literal["median", "mean"] = "median",
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> Tornado:
    """Move each input alone from its P10 to its P90 and see what the outcome becomes.

    The others stay at their medians (or means). With `ranges` the inputs named there, which may be
    known numbers, are moved between the values given, and no others. An input that is redrawn each
    year moves in all years together. Dependence between inputs is left out, as always in a
    one-at-a-time table; bars where the outcome is undefined at an end are NaN.

    This runs the model, at two points for each input. Raises RunError for an unknown outcome.

    >>> import utfall as ut
    >>> text = "inputs:\\n  a: 5\\n  b: normal(0, 1)\\ncalculations: {c: a * b}\\noutputs: [c]"
    >>> case = ut.read(text)
    >>> [(bar.name, round(bar.swing, 3)) for bar in tornado(case, "c").rows]
    [('b', 12.816)]
    """
    if not 0 < low < high < 100:
        raise RunError(
            f"low {low:g} and high {high:g} are percentiles\n    write 0 < low < high < 100"
        )
    if ranges is not None:
        return _between(case, outcome, base, ranges)
    centre = evaluate(case, {}, {}, 1)
    moved = moving_draws(centre.program)
    size = 2 * len(moved) + 1
    fixed = _fixed_at_means(centre.program, size, base)
    uniforms: dict[Key, Floats] = {}
    for row, keys in enumerate(moved.values()):
        at = np.full(size, 0.5)
        at[2 * row + 1], at[2 * row + 2] = low / 100, high / 100
        for key in keys:
            uniforms[key] = at
            if key in fixed:
                fixed[key][[2 * row + 1, 2 * row + 2]] = np.nan
    points = evaluate(case, uniforms, _resolved(centre.program, fixed, uniforms), size)
    results = points.outcome(outcome)
    bars = []
    for row, name in enumerate(moved):
        given = points.values[centre.program.quantities[name][0]]
        bars.append(
            _bar(case, name, given[2 * row + 1], given[2 * row + 2], results[2 * row + 1],
                 results[2 * row + 2])
        )  # fmt: skip
    return _sorted(case, outcome, float(results[0]), bars, low, high, base)


def moving_draws(program: Program) -> dict[str, list[Key]]:
    """The draws of every uncertain input, by its name."""
    found: dict[str, list[Key]] = {}
    for drawn in program.graph.draws.values():
        source, key = drawn.source, (drawn.source.series, drawn.year)
        if source.entry.section == "inputs" and source.quantity in program.inputs:
            keys = found.setdefault(source.quantity, [])
            if key not in keys:
                keys.append(key)
    return found


def _fixed_at_means(program: Program, size: int, base: str) -> dict[Key, Floats]:
    """Draws held at their means; those without constant parameters stay at their medians."""
    if base == "median":
        return {}
    found: dict[Key, Floats] = {}
    for node, marginal in program.marginals.items():
        drawn = program.graph.draws[node]
        found[drawn.source.series, drawn.year] = np.full(size, float(marginal.mean))
    return found


def _resolved(
    program: Program, fixed: dict[Key, Floats], uniforms: Mapping[Key, Floats]
) -> dict[Key, Floats]:
    """Where a draw is moved (NaN in `fixed`) its quantile; elsewhere its mean."""
    for node, marginal in program.marginals.items():
        drawn = program.graph.draws[node]
        key = (drawn.source.series, drawn.year)
        if key in fixed and key in uniforms:
            moved = np.isnan(fixed[key])
            fixed[key][moved] = marginal.ppf(uniforms[key][moved])
    return fixed


def _between(
    case: Case, outcome: str, base: str, ranges: Mapping[str, tuple[float, float]]
) -> Tornado:
    unknown = [name for name in ranges if name not in case.inputs]
    if unknown:
        remedy = did_you_mean(unknown[0], case.inputs)
        raise RunError(f"`{unknown[0]}` is not an input of the case\n    {remedy}")

    def at(changed: Case) -> float:
        program = evaluate(changed, {}, {}, 1).program
        points: Points = evaluate(changed, {}, _fixed_at_means(program, 1, base), 1)
        return float(points.outcome(outcome)[0])

    bars = [
        _bar(case, name, ends[0], ends[1], at(case.with_inputs(**{name: ends[0]})),
             at(case.with_inputs(**{name: ends[1]})))
        for name, ends in ranges.items()
    ]  # fmt: skip
    return _sorted(case, outcome, at(case), bars, float("nan"), float("nan"), base)


def _bar(
    case: Case, name: str, low: float, high: float, low_value: float, high_value: float
) -> Bar:
    entry = case.inputs[name]
    return Bar(
        name, float(low), float(high), float(low_value), float(high_value), entry.title, entry.unit
    )


def _sorted(
    case: Case, outcome: str, centre: float, bars: list[Bar], low: float, high: float, base: str
) -> Tornado:
    bars.sort(key=lambda bar: (np.isnan(bar.swing), -abs(np.nan_to_num(bar.swing))))
    unit = case.currency if outcome in ("npv", "peak_funding") else ""
    return Tornado(outcome, centre, tuple(bars), low, high, base, unit)
