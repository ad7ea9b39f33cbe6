"""The case with every input at its median: one future that can be followed with a calculator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.analysis.points import evaluate
from simulator.case.case import Case

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BaseCase:
    """Every amount of the median future. Yearly ones are arrays.

    `lines` and `cash` run from year 0, lines as written in the file (costs positive); a yearly
    quantity from year 1, a stock from year 0.
    """

    inputs: Mapping[str, float]
    quantities: Mapping[str, float | Floats]
    lines: Mapping[str, Floats]
    cash: Floats
    outcomes: Mapping[str, float]

    @property
    def npv(self) -> float:
        """Net present value of the median future; not the median of net present value."""
        return self.outcomes["npv"]


def base_case(case: Case) -> BaseCase:
    """Value the case once, every estimate at its median (an event that is unlikely: 0).

    >>> import utfall as ut
    >>> case = ut.read("inputs:\\n  a: normal(10, 2)\\ncalculations: {b: a * 3}\\noutputs: [b]")
    >>> base_case(case).quantities["b"]
    30.0
    """
    points = evaluate(case, {}, {}, 1)
    program, values = points.program, points.values
    quantities: dict[str, float | Floats] = {}
    for name, nodes in program.quantities.items():
        series = np.array([float(values[node][0]) for node in nodes])
        quantities[name] = series if name in program.yearly else float(series[0])
    lines: dict[str, Floats] = {}
    for line in program.lines:
        amounts = [float(values[node][0]) for node in line.nodes]
        years = case.years or 0
        row = np.zeros(years + 1)
        if line.entry.section == "investment":
            row[0] = amounts[0]
        else:
            row[1:] = amounts
        lines[line.entry.title] = row
    worth = points.worth
    return BaseCase(
        inputs={name: q for name, q in quantities.items() if name in case.inputs
                and isinstance(q, float)},
        quantities=quantities,
        lines=lines,
        cash=worth.cash[:, 0] if worth is not None else np.zeros(0),
        outcomes={name: float(v[0]) for name, v in worth.outcomes.items()} if worth else {},
    )  # fmt: skip
