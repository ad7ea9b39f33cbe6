"""Which uncertain amount of a program can be integrated out, found by walking its graph.

It is drawn once, from a continuous distribution with known parameters; the investment is a + b · x
in it, with neither a nor b depending on it; and nothing else that is valued depends on it. Losses
that are carried forward make tax bend with the investment, so then there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from distributions import Copula, Marginal
from simulator.case.terms import Source
from simulator.engine.graph import Graph
from simulator.engine.operations import folded
from simulator.engine.program import Program

LEAST_FREEDOM = 1e-3
"""A score with no more variance than this, given the others, is as good as known."""


class Integrable(NamedTuple):
    """An amount that can be integrated out: its draw, and the node of b in a + b · x.

    Given the scores of `partners` its own normal score has the mean `sum(coefficient * score)`
    and the standard deviation `sd`.
    """

    source: Source
    node: int
    slope: int
    marginal: Marginal
    partners: Mapping[str, float]
    sd: float


def integrable(
    program: Program,
    marginals: Mapping[int, Marginal],
    copulas: Mapping[tuple[str, ...], Copula],
) -> Integrable | None:
    """The amount on which the investment depends most, of those that can be integrated out.

    `marginals` are the known distributions by node, those that alternatives share included;
    `copulas` joins draws, by the names of their sources.
    """
    case = program.case
    if case.tax is not None and case.tax.losses != "used":
        return None
    found = list(_candidates(program, marginals, copulas))
    if len(found) < 2:
        return found[0] if found else None
    medians = _Medians(program.graph, marginals)
    return max(found, key=lambda one: abs(medians.value(one.slope)) * _spread(one.marginal))


def _candidates(
    program: Program,
    marginals: Mapping[int, Marginal],
    copulas: Mapping[tuple[str, ...], Copula],
) -> Iterator[Integrable]:
    graph = program.graph
    invested = [n for line in program.lines if _invests(line.entry.section) for n in line.nodes]
    others = [n for line in program.lines if not _invests(line.entry.section) for n in line.nodes]
    others += [node for node in (program.discount_rate, program.tax_rate) if node is not None]
    elsewhere = set(program.steps(others))
    drawn = [node for node in program.steps([*invested, *others]) if node in graph.draws]
    series = [graph.draws[node].source.series for node in drawn]
    for node in program.steps(invested):
        if node not in graph.draws or node in elsewhere or node not in marginals:
            continue
        source, marginal = graph.draws[node].source, marginals[node]
        if source.yearly or marginal.has_jumps or series.count(source.series) > 1:
            continue
        slope = _slope(program, invested, node)
        if slope is None:
            continue
        partners, variance = _given_others(source.name, copulas)
        if variance > LEAST_FREEDOM:
            yield Integrable(source, node, slope, marginal, partners, variance**0.5)


def _invests(section: str) -> bool:
    return section == "investment"


def _slope(program: Program, lines: list[int], node: int) -> int | None:
    """The node of b where the sum of some lines is a + b · x, x the draw at `node`."""
    steps = program.steps(lines)
    depending = {node}
    for step in steps:  # causes come before effects
        if depending & set(program.graph.needs(step)):
            depending.add(step)
    slopes = _Slopes(program.graph, node, frozenset(depending))
    total: int | None = program.graph.constant(0.0)
    for line in lines:
        slope = slopes.of(line)
        total = None if slope is None or total is None else slopes.sum("+", total, slope)
    return total


class _Slopes:
    """By how much nodes rise with one draw, as nodes themselves; None where that is not straight.

    What is added to the graph is computed only where it is asked for.
    """

    def __init__(self, graph: Graph, draw: int, depending: frozenset[int]) -> None:
        self.graph, self.draw, self.depending = graph, draw, depending
        self._known: dict[int, int | None] = {}

    def of(self, node: int) -> int | None:
        """The slope of a node."""
        if node == self.draw:
            return self.graph.constant(1.0)
        if node not in self.depending:
            return self.graph.constant(0.0)
        if node not in self._known:
            self._known[node] = self._of_operation(node)
        return self._known[node]

    def sum(self, name: str, left: int, right: int) -> int:
        """The sum or difference of two slopes."""
        if self.graph.values[left] == 0:
            return right if name == "+" else self.graph.operation("negative", right)
        return self.graph.operation(name, left, right)

    def _of_operation(self, node: int) -> int | None:
        if node not in self.graph.operations:  # a draw whose parameters depend on this one
            return None
        name, arguments = self.graph.operations[node]
        slopes = [self.of(argument) for argument in arguments]
        straight = [slope for slope in slopes if slope is not None]
        if len(straight) < len(slopes):
            return None
        moves = [argument in self.depending for argument in arguments]
        if name == "negative":
            return self.graph.operation("negative", straight[0])
        if name in ("+", "-"):
            return self.sum(name, straight[0], straight[1])
        if name == "*" and not all(moves):
            return self.graph.operation("*", *_in_turn(moves[0], straight, arguments))
        if name == "/" and not moves[1]:
            return self.graph.operation("/", straight[0], arguments[1])
        return None


def _in_turn(first: bool, slopes: list[int], arguments: tuple[int, ...]) -> tuple[int, int]:
    """Of a product the slope of the factor that moves, and the other factor."""
    return (slopes[0], arguments[1]) if first else (slopes[1], arguments[0])


def _given_others(
    name: str, copulas: Mapping[tuple[str, ...], Copula]
) -> tuple[dict[str, float], float]:
    """Of a source's score, given those it depends on: coefficients of the mean, and variance."""
    for names, copula in copulas.items():
        if name in names:
            given = {other: 0.0 for other in copula.names if other != name}
            known = copula.conditional(given)
            weights = {
                other: float(weight)
                for other, weight in zip(given, known.coefficients[0], strict=True)
                if abs(weight) > 1e-12
            }
            return weights, float(known.covariance[0, 0])
    return {}, 1.0


class _Medians:
    """Nodes valued once, with every draw at its median: how large a slope is, roughly."""

    def __init__(self, graph: Graph, marginals: Mapping[int, Marginal]) -> None:
        self.graph, self.marginals = graph, marginals
        self._known: dict[int, float] = {}

    def value(self, node: int) -> float:
        """The value of a node."""
        constant = self.graph.values[node]
        if constant is not None:
            return constant
        if node not in self._known:
            self._known[node] = self._computed(node)
        return self._known[node]

    def _computed(self, node: int) -> float:
        if node in self.graph.operations:
            name, arguments = self.graph.operations[node]
            return folded(name, tuple(self.value(argument) for argument in arguments))
        if node in self.marginals:
            return float(self.marginals[node].percentile(50))
        drawn = self.graph.draws[node]
        built = drawn.source.build([self.value(parameter) for parameter in drawn.parameters])
        return float(built.percentile(50))


def _spread(marginal: Marginal) -> float:
    """The standard deviation; from the middle half where there is none."""
    sd = float(marginal.sd)
    if sd < float("inf"):
        return sd
    return float(marginal.percentile(75) - marginal.percentile(25))
