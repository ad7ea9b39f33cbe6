"""An expression as it was read: what stands there, not yet what it means.

Every node knows the characters it was read from (`span`), which are left out when two nodes are
compared: `1 200` and `1200` are equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

UNITS = {"%": -2, "k": 3, "tkr": 3, "M": 6, "Mkr": 6, "mkr": 6, "mn": 6, "bn": 9}
"""What may stand behind a number, as a power of ten."""


@dataclass(frozen=True)
class Node:
    """Any part of an expression."""

    span: tuple[int, int] = field(default=(0, 0), compare=False, repr=False, kw_only=True)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly below."""
        return ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for part in self.parts():
            yield from part.walk()


@dataclass(frozen=True)
class Number(Node):
    """A number with its unit: `Number("9", "%")` is 0.09.

    >>> Number("1.5", "M").value
    1500000.0
    """

    digits: str
    unit: str = ""
    typed: str = field(default="", compare=False, repr=False)

    @property
    def value(self) -> float:
        """The number meant, rounded once."""
        return float(Decimal(self.digits).scaleb(UNITS[self.unit] if self.unit else 0))


@dataclass(frozen=True)
class Name(Node):
    """An input, a calculation, or a word such as `year`."""

    name: str


@dataclass(frozen=True)
class Text(Node):
    """A text in quotation marks, which only a few functions take."""

    text: str


@dataclass(frozen=True)
class Unary(Node):
    """`-x`, `+x`, `not x`."""

    operator: str
    operand: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True)
class Binary(Node):
    """`a + b`, `a < b`, `a or b` ..."""

    operator: str
    left: Node
    right: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class Interval(Node):
    """`5 to 40`: 90 % sure. `shared`: the unit is written on the second end only."""

    low: Node
    high: Node
    shared: bool = field(default=False, compare=False, repr=False)

    def parts(self) -> tuple[Node, ...]:
        return (self.low, self.high)


@dataclass(frozen=True)
class Argument(Node):
    """What stands between two separators: `x`, `low=x`, `x weight 30 %`."""

    value: Node
    name: str = ""
    weight: Node | None = None

    def parts(self) -> tuple[Node, ...]:
        return (self.value,) if self.weight is None else (self.value, self.weight)


@dataclass(frozen=True)
class Call(Node):
    """A function, a distribution or a word of time with what it is given."""

    function: str
    arguments: tuple[Argument, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.arguments


def names_in(node: Node) -> Iterator[Name]:
    """Every name used in an expression, in reading order."""
    return (part for part in node.walk() if isinstance(part, Name))


def same_meaning(one: Node, other: Node) -> bool:
    """Whether two expressions are alike but for how their numbers are written: 90k and 90 000.

    In an interval `%` is part of the meaning, as it makes a beta of it.
    """
    if isinstance(one, Number) and isinstance(other, Number):
        return one.value == other.value
    if type(one) is not type(other) or len(one.parts()) != len(other.parts()):
        return False
    if isinstance(one, Interval) and _in_percent(one) != _in_percent(other):
        return False
    own, theirs = (
        {name: value for name, value in vars(node).items() if isinstance(value, (str, int))}
        for node in (one, other)
    )
    for cosmetic in ("shared", "typed"):
        own.pop(cosmetic, None)
        theirs.pop(cosmetic, None)
    return own == theirs and all(map(same_meaning, one.parts(), other.parts()))


def _in_percent(node: Node) -> bool:
    return any(isinstance(part, Number) and part.unit == "%" for part in node.walk())
