"""Tree → text, as one would type it; reading it again gives the same tree."""

from __future__ import annotations

from simulator.language.numbers import write_number
from simulator.language.tree import (
    Argument,
    Binary,
    Call,
    Interval,
    Name,
    Node,
    Number,
    Text,
    Unary,
)

_BINDS = {
    "or": 1, "and": 2, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "/": 6, "**": 8,
}  # fmt: skip
_NOT, _SIGN, _ATOM = 3, 7, 9


def show(node: Node, numbers: str = "en") -> str:
    """An expression as text, in the way of writing numbers asked for.

    >>> from simulator.language import parse
    >>> show(parse("uniform(0, 1.5)*(a+b)**2"), "sv")
    'uniform(0; 1,5) * (a + b) ** 2'
    """
    if isinstance(node, Number):
        return write_number(node, numbers)
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Text):
        quote = "'" if '"' in node.text else '"'
        return f"{quote}{node.text}{quote}"
    if isinstance(node, Unary):
        gap = " " if node.operator == "not" else ""
        binds = _NOT if node.operator == "not" else _SIGN
        return node.operator + gap + _inside(node.operand, binds, numbers)
    if isinstance(node, Binary):
        return _binary(node, numbers)
    if isinstance(node, Interval):
        return f"{_end(node.low, numbers, node.shared)} to {_end(node.high, numbers)}"
    if isinstance(node, Argument):
        weight = f" weight {_inside(node.weight, 1, numbers)}" if node.weight else ""
        name = f"{node.name}=" if node.name else ""
        return name + show(node.value, numbers) + weight
    assert isinstance(node, Call)
    separator = ", " if numbers == "en" else "; "
    arguments = separator.join(show(argument, numbers) for argument in node.arguments)
    return f"{node.function}({arguments})"


def _binds(node: Node) -> int:
    """How tightly an expression holds together; an interval always needs parentheses."""
    if isinstance(node, Interval):
        return 0
    if isinstance(node, Unary):
        return _NOT if node.operator == "not" else _SIGN
    return _BINDS[node.operator] if isinstance(node, Binary) else _ATOM


def _inside(node: Node, least: int, numbers: str) -> str:
    text = show(node, numbers)
    return text if _binds(node) >= least else f"({text})"


def _binary(node: Binary, numbers: str) -> str:
    binds = _BINDS[node.operator]
    if node.operator == "**":  # from the right: the exponent may carry a sign or another power
        left, right = _ATOM, _SIGN
    elif binds == 4:  # one comparison, not a chain
        left = right = 5
    else:
        left, right = binds, binds + 1
    return (
        f"{_inside(node.left, left, numbers)} {node.operator} {_inside(node.right, right, numbers)}"
    )


def _end(node: Node, numbers: str, shared: bool = False) -> str:
    """An end of an interval: a signed number, a name, or else a parenthesis."""
    if isinstance(node, Unary) and isinstance(node.operand, Number):
        return node.operator + _end(node.operand, numbers, shared)
    if isinstance(node, Number):
        return write_number(Number(node.digits) if shared else node, numbers)
    if isinstance(node, Name):
        return node.name
    return f"({show(node, numbers)})"
