"""What a case believes: every input with its percentiles, mean and shape, to be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

import numpy as np
import numpy.typing as npt

from distributions import Marginal, design, discrete, shape_picture
from simulator.case.case import Case, Entry
from simulator.case.terms import Source
from simulator.engine.compile import compile_case
from simulator.engine.program import Machine, Program
from simulator.engine.sampling import Block, Joint, Sampler
from simulator.errors import RunError
from simulator.language import show
from simulator.result.intervals import percentile

Floats = npt.NDArray[np.float64]

TRIALS = 4096
SEED = 1


@dataclass(frozen=True)
class InputRow:
    """An input as it stands in the file, and what that means in figures.

    `known` inputs are numbers: all four figures are that number. Others are `exact` where the input
    is one estimate with known parameters; if not, the figures come from 4,096 trials. A figure is
    None where there is none, as the mean of a Pareto with a heavy tail. A `yearly` input is told as
    it is in any one year. `section` differs from "inputs" where an estimate stands elsewhere.
    """

    name: str
    label: str
    text: str
    unit: str
    p5: float | None
    p50: float | None
    mean: float | None
    p95: float | None
    picture: str
    source: str
    note: str
    yearly: bool
    section: str
    owner: str = ""
    date: str = ""
    question: str = ""
    known: bool = False
    exact: bool = True
    marginal: Marginal | None = field(default=None, compare=False, repr=False)
    """The distribution; that of the trials where it is not exact, None for a number."""


def describe_inputs(case: Case) -> tuple[InputRow, ...]:
    """Every input in the order of the file, then estimates that stand elsewhere.

    Raises CaseError for a case that is wrong, RunError where an estimate has no value in a trial.

    >>> import utfall as ut
    >>> case = ut.read("inputs: {a: normal(5 to 40), b: 2}\\noutputs: [a]")
    >>> for row in describe_inputs(case):
    ...     print(row.name, row.text, round(row.p5, 9), round(row.p95, 9))
    a normal(5 to 40) 5.0 40.0
    b 2 2.0 2.0
    """
    described = _Described(case)
    rows = [described.input(entry) for entry in case.inputs.values()]
    elsewhere = [s for s in described.program.sources if s.entry.section != "inputs"]
    return (*rows, *(described.estimate(source) for source in elsewhere))


class _Described:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.program: Program = compile_case(case)

    def input(self, entry: Entry) -> InputRow:
        nodes = self.program.quantities[entry.name]
        constant = self.program.graph.values[nodes[0]]
        if constant is not None:
            figures = _Figures(constant, constant, constant, constant, "", known=True)
        else:
            figures = self._figures(nodes)
        yearly = any(s.yearly for s in self.program.sources if s.entry.path == entry.path)
        return _row(entry, entry.typed(self.case.numbers), figures, yearly or len(nodes) > 1)

    def estimate(self, source: Source) -> InputRow:
        nodes = self._drawn[source.name]
        return _row(
            source.entry, show(source.node, self.case.numbers), self._figures(nodes), source.yearly
        )

    def _figures(self, nodes: Sequence[int]) -> _Figures:
        marginal = self.program.marginals.get(nodes[0])
        same = all(self.program.marginals.get(node) == marginal for node in nodes)
        if marginal is not None and same:
            return _of_marginal(marginal)
        return _of_values(np.concatenate([self._sampled[node] for node in nodes]))

    @cached_property
    def _drawn(self) -> Mapping[str, tuple[int, ...]]:
        """The nodes of every source: one, or one a year, or more where its parameters differ."""
        found: dict[str, tuple[int, ...]] = {}
        for node, drawn in self.program.graph.draws.items():
            found[drawn.source.name] = (*found.get(drawn.source.name, ()), node)
        return found

    @cached_property
    def _sampled(self) -> dict[int, Floats]:
        """Values of every input and draw in a run of its own: no formula is needed for it."""
        graph = self.program.graph
        nodes = [node for nodes in self.program.inputs.values() for node in nodes]
        wanted = tuple(dict.fromkeys([*nodes, *graph.draws]))
        plan = design("sobol", SEED, TRIALS)
        machine = Machine(self.program, wanted, plan.trials)
        sampler = Sampler(self.program, plan, Joint(self.program))
        values = machine.run(sampler.uniforms(Block(0, plan.trials, plan.units)), plan.trials)
        for trouble in machine.troubles.values():
            raise RunError(
                f"{trouble.named.path} has no value in {trouble.trials:,} of {plan.trials:,} "
                "trials\n    its estimate has impossible parameters there, or its formula divides "
                "by zero: narrow the estimates it is made of"
            )
        return {node: values[node].copy() for node in wanted}


@dataclass(frozen=True)
class _Figures:
    p5: float | None
    p50: float | None
    mean: float | None
    p95: float | None
    picture: str
    known: bool = False
    exact: bool = True
    marginal: Marginal | None = None


def _of_marginal(marginal: Marginal) -> _Figures:
    low, middle, high = (_finite(marginal.ppf(u)) for u in (0.05, 0.5, 0.95))
    mean, picture = _finite(marginal.mean), shape_picture(marginal)
    return _Figures(low, middle, mean, high, picture, marginal=marginal)


def _of_values(values: Floats) -> _Figures:
    points, counts = np.unique(values, return_counts=True)
    low, middle, high = (percentile(np.sort(values), p) for p in (5, 50, 95))
    drawn, mean = discrete(points.tolist(), counts.tolist()), float(values.mean())
    return _Figures(low, middle, mean, high, shape_picture(drawn), exact=False, marginal=drawn)


def _finite(value: npt.ArrayLike) -> float | None:
    number = float(np.asarray(value))
    return number if isfinite(number) else None


def _row(entry: Entry, text: str, figures: _Figures, yearly: bool) -> InputRow:
    return InputRow(
        name=entry.name,
        label=entry.label,
        text=text,
        unit=entry.unit,
        p5=figures.p5,
        p50=figures.p50,
        mean=figures.mean,
        p95=figures.p95,
        picture=figures.picture,
        source=entry.source,
        note=entry.note,
        yearly=yearly,
        section=entry.section,
        owner=entry.owner,
        date=entry.date,
        question=entry.question,
        known=figures.known,
        exact=figures.exact,
        marginal=figures.marginal,
    )
