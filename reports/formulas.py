"""A formula in words: labels instead of names, signs of arithmetic, and words of time as phrases.

    margin * customers_won * growth(2 %)
    Contribution margin per customer × customers won × growth of 2 % a year

What has no label is called by its name. Estimates written in place stand as they were typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from reports.inputs import kept_together
from reports.language import listed, say, spoken
from reports.words import printable
from simulator.language import show
from simulator.language.tree import Binary, Call, Name, Node, Unary

if TYPE_CHECKING:
    from simulator.case.case import Entry

PHRASE, OR, AND, COMPARED, SUM, PRODUCT, SIGN, POWER, ATOM = range(9)
"""How tightly a text holds together; what is looser than its place needs parentheses."""
_SIGNS = {
    "or": OR, "and": AND, "==": COMPARED, "!=": COMPARED, "<": COMPARED, "<=": COMPARED,
    ">": COMPARED, ">=": COMPARED, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER,
}  # fmt: skip
_APART = {"ramp", "min", "max", "if"}
"""Phrases that keep what they are given apart by themselves; in others it stands in parentheses."""
_WRITTEN = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "-": "−", "*": "×", "**": "^"}


class Said(NamedTuple):
    """A part of a formula in words, and how tightly it holds together."""

    text: str
    binds: int = ATOM

    def within(self, least: int) -> str:
        """As it stands inside something that binds at `least` so tightly."""
        return self.text if self.binds >= least else f"({self.text})"


def in_words(entry: Entry, quantities: Mapping[str, Entry]) -> str:
    """What a line or a calculation is made of; `quantities` gives the names their labels.

    >>> import utfall as ut
    >>> text = "inputs: {a: {estimate: 2, label: Orders}, b_c: 3}\\noutputs: [d]\\n"
    >>> case = ut.read(text + "calculations: {d: a * (b_c - 1)}")
    >>> in_words(case.calculations["d"], case.quantities)
    'Orders × (b c − 1)'
    """
    if entry.formula is not None:
        return _said(entry.formula.tree, quantities).text
    assert entry.start is not None and entry.next is not None, "a stock has both"
    return say(
        "begins as {start}; each year {next}",
        start=_said(entry.start.tree, quantities).text,
        next=_said(entry.next.tree, quantities).text,
    )


def _said(node: Node, quantities: Mapping[str, Entry]) -> Said:
    if isinstance(node, Name):
        return _name(node.name, quantities)
    if isinstance(node, Unary):
        operand = _said(node.operand, quantities)
        if node.operator == "not":
            return Said(say("not {test}", test=operand.within(COMPARED)), AND)
        return Said(_WRITTEN.get(node.operator, node.operator) + operand.within(SIGN), SIGN)
    if isinstance(node, Binary):
        return _binary(node, quantities)
    if isinstance(node, Call) and node.function in _PHRASES:
        given = [_said(argument.value, quantities) for argument in node.arguments]
        if not any(argument.name for argument in node.arguments):
            least = OR if node.function in _APART else ATOM
            return Said(_PHRASES[node.function]([said.within(least) for said in given]), PHRASE)
    return Said(printable(kept_together(show(node, spoken()))))


def _name(name: str, quantities: Mapping[str, Entry]) -> Said:
    words = {
        "previous": say("last year's value"),
        "year": say("the year"),
        "calendar_year": say("the calendar year"),
    }
    if name in words and name not in quantities:
        return Said(words[name])
    entry = quantities.get(name)
    return Said(called(name, entry.label if entry else ""))


def called(name: str, label: str = "") -> str:
    """The label of a quantity, or its name as words.

    >>> called("customers_won"), called("x", "Orders")
    ('customers won', 'Orders')
    """
    return printable(" ".join(label.split())) or name.replace("_", " ")


def _binary(node: Binary, quantities: Mapping[str, Entry]) -> Said:
    binds = _SIGNS[node.operator]
    left, right = (_said(part, quantities) for part in (node.left, node.right))
    if node.operator in ("or", "and"):
        both = {"left": left.within(binds), "right": right.within(binds)}
        text = say("{left} or {right}", **both)
        return Said(say("{left} and {right}", **both) if node.operator == "and" else text, binds)
    least = binds + (node.operator == "**")
    sign = _WRITTEN.get(node.operator, node.operator)
    after = SIGN if node.operator == "**" else binds + 1
    return Said(f"{left.within(least)} {sign} {right.within(after)}", binds)


def _ramp(steps: list[str]) -> str:
    if len(steps) == 1:
        return say("{step} in every year", step=steps[0])
    return say("{steps}, year by year, and so on from then", steps=", ".join(steps))


_PHRASES: dict[str, Callable[[list[str]], str]] = {
    "ramp": _ramp,
    "growth": lambda a: say("growth of {rate} a year", rate=a[0]),
    "s_curve": lambda a: say(
        "an S-curve from {low} to {high}, half-way in year {year}", low=a[0], high=a[1], year=a[2]
    ),
    "from_year": lambda a: say("{amount} from year {year} on", amount=a[1], year=a[0]),
    "until_year": lambda a: say("{amount} up to year {year}", amount=a[1], year=a[0]),
    "at_year": lambda a: say("{amount} in year {year} only", amount=a[1], year=a[0]),
    "delay": lambda a: say("{amount}, delayed by this many years: {delay}", amount=a[0],
                           delay=a[1]),
    "cohort": lambda a: say(
        "those present when {joining} join each year and {churn} of them leave",
        joining=a[0], churn=a[1],
    ),
    "last_year": lambda a: say("{amount} of the year before", amount=a[0]),
    "cumulative": lambda a: say("{amount}, added up so far", amount=a[0]),
    "sum_over_years": lambda a: say("{amount}, added up over all years", amount=a[0]),
    "discounted": lambda a: say("present value of {amount}", amount=a[0]),
    "min": lambda a: say("the least of {amounts}", amounts=listed(a)),
    "max": lambda a: say("the greatest of {amounts}", amounts=listed(a)),
    "if": lambda a: say("{then} if {test}, otherwise {otherwise}", test=a[0], then=a[1],
                        otherwise=a[2]),
    "abs": lambda a: say("size of {amount} without its sign", amount=a[0]),
    "ceil": lambda a: say("{amount} rounded up", amount=a[0]),
    "floor": lambda a: say("{amount} rounded down", amount=a[0]),
    "round": lambda a: say("{amount} rounded", amount=a[0]),
    "sqrt": lambda a: say("square root of {amount}", amount=a[0]),
}  # fmt: skip
"""Words of time and arithmetic with what they are given, as phrases."""
