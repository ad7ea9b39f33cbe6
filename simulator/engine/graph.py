"""Vector operations with everything equal shared: what is left of a model once years are unrolled.

A node is a constant, a draw, or an operation on nodes. Asking twice for the same node gives the
same number back, so common parts are computed once, and what is constant is computed here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.case.terms import Source
from simulator.engine.operations import folded


class DrawnFrom(NamedTuple):
    """A source drawn in a year (0: once for all years), with the nodes of its parameters."""

    source: Source
    year: int
    parameters: tuple[int, ...]


@dataclass
class Graph:
    """Nodes by number; each needs only nodes before it."""

    values: list[float | None] = field(default_factory=list)
    """The value of a constant node, None for any other."""
    operations: dict[int, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    draws: dict[int, DrawnFrom] = field(default_factory=dict)
    may_be_undefined: bool = False
    """Whether some `if` may choose a branch that has no value."""
    _known: dict[object, int] = field(default_factory=dict)

    def constant(self, value: float) -> int:
        """The node of a number."""
        return self._node(("constant", value, str(value)), value)

    def draw(self, source: Source, year: int, parameters: Sequence[int]) -> int:
        """The node of a draw; the same source, text, year and parameters are one draw."""
        key = ("draw", source.series, source.text, year, tuple(parameters))
        node = self._node(key, None)
        self.draws.setdefault(node, DrawnFrom(source, year, tuple(parameters)))
        return node

    def operation(self, name: str, *arguments: int) -> int:
        """The node of an operation, simplified where that changes no value."""
        known = tuple(self.values[argument] for argument in arguments)
        undefined = [value is not None and math.isnan(value) for value in known]
        if undefined[0] or (any(undefined) and name != "if"):
            return self.constant(math.nan)
        if name == "if" and known[0] is not None:
            return arguments[1] if known[0] else arguments[2]
        self.may_be_undefined = self.may_be_undefined or any(undefined)
        constants = tuple(value for value in known if value is not None)
        if len(constants) == len(known):
            return self.constant(folded(name, constants))
        simple = self._simplified(name, arguments, known)
        if simple is not None:
            return simple
        node = self._node((name, arguments), None)
        self.operations.setdefault(node, (name, arguments))
        return node

    def is_constant(self, node: int) -> bool:
        """Whether a node has one value for all trials."""
        return self.values[node] is not None

    def needs(self, node: int) -> tuple[int, ...]:
        """The nodes that one is computed from."""
        if node in self.operations:
            return self.operations[node][1]
        return self.draws[node].parameters if node in self.draws else ()

    def _simplified(
        self, name: str, arguments: tuple[int, ...], known: tuple[float | None, ...]
    ) -> int | None:
        """x + 0, 1 * x, x ** 2 ...: the same value with less work."""
        if name in ("+", "*") and known[0] is not None:
            arguments, known = arguments[::-1], known[::-1]
        right = known[-1]
        if right is None:
            return None
        if (name in "+-" and right == 0) or (name in ("*", "/", "**") and right == 1):
            return arguments[0]
        if name == "**" and right == 2:
            return self.operation("square", arguments[0])
        if name == "/" and _is_power_of_two(right):
            return self.operation("*", arguments[0], self.constant(1 / right))
        if name == "*" and _is_power_of_two(right):
            return self._scaled(arguments[0], right)
        return None

    def _scaled(self, node: int, power: float) -> int | None:
        """(x * c) * 2 ** k as x * (c * 2 ** k): every digit stays the same."""
        name, arguments = self.operations.get(node, ("", ()))
        if name != "*":
            return None
        for x, other in (arguments, arguments[::-1]):
            factor = self.values[other]
            if factor is not None and 1e-200 < abs(factor * power) < 1e200:
                return self.operation("*", x, self.constant(factor * power))
        return None

    def _node(self, key: object, value: float | None) -> int:
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = len(self.values)
            self.values.append(value)
        return node


def _is_power_of_two(number: float) -> bool:
    """2 ** k, and not so large or small that scaling by it could lose digits."""
    return math.frexp(number)[0] == 0.5 and 1e-30 < number < 1e30
