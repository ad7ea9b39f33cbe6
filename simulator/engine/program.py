"""A case compiled: draws and vector operations in order, run on one block of trials at a time.

The fast pass lets numpy's floating-point flags tell whether anything went wrong. Only then is the
block run again by the careful operations, which find the quantity and the trials.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from distributions import EstimateError, Marginal
from distributions.quantile_table import Quantiles, quantiles
from simulator.case.case import Case, Entry
from simulator.case.terms import Source
from simulator.engine.graph import DrawnFrom, Graph
from simulator.engine.operations import CAREFUL, FAST, Function
from simulator.errors import Place

Floats = npt.NDArray[np.float64]
Key = tuple[str, int]
"""A source and a year; year 0 for what is drawn once."""
Drawn = Mapping[Key, Floats]
"""Uniforms, or values, of draws."""
Amount = float | Floats
"""A figure that is the same in all trials, or one a trial."""


class Named(NamedTuple):
    """A quantity or line of money in a year, at a node: what a NaN is reported under."""

    path: str
    year: int | None
    node: int


class LineNodes(NamedTuple):
    """A line of money: its node in each year; an investment has year 0 only."""

    entry: Entry
    nodes: tuple[int, ...]


Pair = tuple[str, str, str, float, Place]
"""Two sources, `rank` or `same_half`, the figure, and where it is asked for."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Work:
    """What is drawn and computed in every trial, for one case or for several together."""

    graph: Graph
    marginals: Mapping[int, Marginal]
    """Distributions of draws whose parameters are constants, by node."""
    named: tuple[Named, ...]
    inputs: Mapping[str, tuple[int, ...]]
    """Nodes of the uncertain inputs."""
    sources: tuple[Source, ...]
    keys: tuple[Key, ...]
    """Every draw by source and year, in the order that gives it its place."""
    dependence: tuple[Pair, ...]
    persistence: Mapping[str, tuple[str, float]]
    """Of each series inside each_year(..., persistence=): its source and the figure."""

    def steps(self, wanted: Sequence[int]) -> tuple[int, ...]:
        """The nodes to compute, in order, for some wanted ones."""
        needed: set[int] = set()
        waiting = [node for node in wanted if not self.graph.is_constant(node)]
        while waiting:
            node = waiting.pop()
            if node not in needed:
                needed.add(node)
                waiting += [n for n in self.graph.needs(node) if not self.graph.is_constant(n)]
        return tuple(sorted(needed))

    @property
    def series(self) -> Mapping[str, Source]:
        """Every source by what its values over the years are known by."""
        return {source.series: source for source in self.sources}


@dataclass(frozen=True, eq=False, kw_only=True)
class Program(Work):
    """A case compiled. Made by `compile_case`."""

    case: Case
    lines: tuple[LineNodes, ...]
    discount_rate: int | None
    tax_rate: int | None
    quantities: Mapping[str, tuple[int, ...]]
    """Nodes of every quantity: one, or one a year (a stock's start first)."""
    yearly: frozenset[str]
    """Quantities that have a figure for each year, be it only one year."""
    unused: tuple[str, ...]
    """Quantities that no line of money, rate or output depends on: forgotten, perhaps."""


@dataclass
class Trouble:
    """Trials in which a quantity has no value: how many, and the draws of the first of them."""

    named: Named
    trials: int
    example: dict[str, float]


class _Step(NamedTuple):
    """A node to compute, or to draw where there is no function."""

    node: int
    function: Function | None
    arguments: tuple[Amount, ...]
    out: Floats


@dataclass(eq=False)
class Machine:
    """Runs a program block after block, in vectors that are made once."""

    program: Work
    wanted: tuple[int, ...]
    largest: int
    draws: int = 0
    """How many trials there will be in all: many make tables of quantiles worth their while."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    _vectors: dict[int, int] = field(default_factory=dict)
    _store: list[Floats] = field(default_factory=list)
    _steps: tuple[int, ...] = ()
    _quantiles: dict[int, Quantiles] = field(default_factory=dict)
    _bound: Sequence[_Step] = ()
    _bound_for: int | None = None

    def __post_init__(self) -> None:
        self._steps = self.program.steps(self.wanted)
        self._quantiles = {
            node: quantiles(self.program.marginals[node], self.draws)
            for node in self._steps
            if node in self.program.marginals
        }
        self._assign()

    def run(self, uniforms: Drawn, size: int, fixed: Drawn | None = None) -> Values:
        """The values of the wanted nodes in `size` trials.

        `uniforms` holds a vector for each draw, `fixed` the values of draws that are set instead.
        Trials without a value are noted in `troubles`.
        """
        flags: list[str] = []
        with np.errstate(all="ignore"), np.errstate(divide="call", over="call", invalid="call"):
            previous = np.seterrcall(lambda kind, flag: flags.append(kind))
            try:
                if self._bound_for != size:
                    self._bound, self._bound_for = self._bind(FAST, size), size
                undefined = self._pass(self._bound, uniforms, size, fixed or {})
            finally:
                np.seterrcall(previous)
        if flags or undefined or self.program.graph.may_be_undefined:
            self._careful(uniforms, size, fixed or {})
        return Values(self, size)

    def vector(self, node: int, size: int) -> Floats:
        """The vector of a computed node, shortened to the block."""
        return self._store[self._vectors[node]][:size]

    def _bind(self, functions: Mapping[str, Function], size: int) -> list[_Step]:
        """Every step with the vectors that it reads and writes: found once, not in every block."""
        graph = self.program.graph
        steps = []
        for node in self._steps:
            out = self.vector(node, size)
            if node in graph.draws:
                steps.append(_Step(node, None, (), out))
            else:
                name, arguments = graph.operations[node]
                values = tuple(self._value(argument, size) for argument in arguments)
                steps.append(_Step(node, functions[name], values, out))
        return steps

    def _pass(self, steps: Sequence[_Step], uniforms: Drawn, size: int, fixed: Drawn) -> bool:
        """Compute every step; whether a draw had no value somewhere."""
        undefined = False
        for node, function, arguments, out in steps:
            if function is not None:
                function(*arguments, out=out)
                continue
            self._draw(node, self.program.graph.draws[node], uniforms, size, fixed, out)
            # impossible parameters, or beyond all bounds; the sum would tell
            if not np.isfinite(out.sum()) and not np.isfinite(out).all():
                undefined = True
                np.copyto(out, np.nan, where=~np.isfinite(out))
        return undefined

    def _draw(
        self, node: int, drawn: DrawnFrom, uniforms: Drawn, size: int, fixed: Drawn, out: Floats
    ) -> None:
        key = (drawn.source.series, drawn.year)
        if key in fixed:
            out[...] = fixed[key]
            return
        read = self._quantiles.get(node)
        if read is None:
            parameters = [self._value(parameter, size) for parameter in drawn.parameters]
            read = drawn.source.build(parameters).ppf
        into = getattr(read, "into", None)  # tables and formulas write where they are told to
        if into is not None:
            into(uniforms[key], out)
        else:
            out[...] = read(uniforms[key])

    def _value(self, node: int, size: int) -> Any:
        value = self.program.graph.values[node]
        return self.vector(node, size) if value is None else value

    def _careful(self, uniforms: Drawn, size: int, fixed: Drawn) -> None:
        """Run the block again so that nothing hides, and note what has no value."""
        kept = self._vectors, self._store
        self._vectors = {node: index for index, node in enumerate(self._steps)}
        self._store = [np.empty(size) for _ in self._steps]
        try:
            self._pass(self._bind(CAREFUL, size), uniforms, size, fixed)
            self._note_troubles(size)
            results = {node: self.vector(node, size) for node in self.wanted if node in
                       self._vectors}  # fmt: skip
        finally:
            self._vectors, self._store = kept
        for node, result in results.items():
            self.vector(node, size)[...] = result

    def _note_troubles(self, size: int) -> None:
        """The first quantity, causes first, that has no value in some trials."""
        for named in self.program.named:
            if named.node not in self._vectors:
                continue
            bad = ~np.isfinite(self.vector(named.node, size))
            if not bad.any():
                continue
            for other in self.program.named:  # the same quantity in other years
                if other.path == named.path and other.node in self._vectors:
                    bad |= ~np.isfinite(self.vector(other.node, size))
            count, first = int(bad.sum()), int(np.argmax(bad))
            known = self.troubles.setdefault(
                named.path, Trouble(named, 0, self._example(first, size))
            )
            known.trials += count
            return

    def _example(self, trial: int, size: int) -> dict[str, float]:
        return {
            name: float(self.vector(nodes[0], size)[trial])
            for name, nodes in self.program.inputs.items()
            if nodes[0] in self._vectors
        }

    def _assign(self) -> None:
        """Give each step a vector, reusing those whose last reader is behind."""
        graph = self.program.graph
        last: dict[int, int] = {}
        for position, node in enumerate(self._steps):
            for argument in graph.needs(node):
                last[argument] = position
        kept = set(self.wanted)
        ending: dict[int, list[int]] = {}
        for node, position in last.items():
            if node not in kept:
                ending.setdefault(position, []).append(node)
        free: list[int] = []
        count = 0
        for position, node in enumerate(self._steps):
            if free:
                self._vectors[node] = free.pop()
            else:
                self._vectors[node] = count
                count += 1
            free += [self._vectors[n] for n in ending.get(position, ()) if n in self._vectors]
        self._store = [np.empty(self.largest) for _ in range(count)]


class Values:
    """The wanted nodes of one block; vectors are overwritten by the next block."""

    def __init__(self, machine: Machine, size: int) -> None:
        self._machine = machine
        self.size = size

    def __getitem__(self, node: int) -> Floats:
        """The values of a node, one a trial, also where it is a constant."""
        amount = self.amount(node)
        return np.full(self.size, amount) if isinstance(amount, float) else amount

    def amount(self, node: int) -> Amount:
        """The values of a node, or its one value where it is a constant."""
        constant = self._machine.program.graph.values[node]
        return self._machine.vector(node, self.size) if constant is None else float(constant)


def marginals_of(
    graph: Graph, first: int
) -> Iterator[tuple[int, DrawnFrom, Marginal | EstimateError]]:
    """The distribution of every draw with constant parameters from node `first` on, or an error."""
    for node, drawn in graph.draws.items():
        if node < first:
            continue
        values = [graph.values[parameter] for parameter in drawn.parameters]
        if any(value is None for value in values):
            continue
        try:
            yield node, drawn, drawn.source.build([value for value in values if value is not None])
        except EstimateError as error:
            yield node, drawn, error
