"""Running a case at chosen points instead of drawn ones: medians, or one input moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.case.case import Case
from simulator.engine.cash import Valued, valued
from simulator.engine.compile import compile_case
from simulator.engine.program import Drawn, Machine, Program, Values
from simulator.errors import RunError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Points:
    """A case valued at `size` points. `worth` is None for a case without money."""

    program: Program
    values: Values
    worth: Valued | None
    size: int

    def outcome(self, name: str) -> Floats:
        """An outcome (npv, irr ...) or a quantity that is one figure a trial, at every point."""
        if self.worth is not None and name in self.worth.outcomes:
            return self.worth.outcomes[name]
        nodes = self.program.quantities.get(name, ())
        if len(nodes) != 1:
            known = [*(self.worth.outcomes if self.worth else ()), *self.program.quantities]
            raise RunError(f"`{name}` is not one figure of this case\n    known are "
                           + ", ".join(known))  # fmt: skip
        return self.values[nodes[0]].copy()


def evaluate(case: Case, uniforms: Drawn, fixed: Drawn, size: int) -> Points:
    """The case at points given by the uniforms of its draws, or by their values where fixed.

    A draw that is not given stands at its median. Raises RunError where a formula has no value.
    """
    program = compile_case(case)
    centre = np.full(size, 0.5)
    drawn = {(d.source.series, d.year): centre for d in program.graph.draws.values()}
    nodes = [node for nodes in program.quantities.values() for node in nodes]
    nodes += [node for line in program.lines for node in line.nodes]
    nodes += [node for node in (program.discount_rate, program.tax_rate) if node is not None]
    machine = Machine(program, tuple(dict.fromkeys(nodes)), size)
    values = machine.run({**drawn, **uniforms}, size, fixed)
    if machine.troubles:
        trouble = next(iter(machine.troubles.values()))
        raise RunError(
            f"{trouble.named.path} has no value where inputs stand at their medians, or one of "
            "them at its low or high end\n    drawn together, as in a run, they may well have one"
        )
    return Points(program, values, valued(program, values) if case.has_money else None, size)
