"""Text → tree, and where that fails, what a person should write instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.language.errors import LanguageError
from simulator.language.lexer import Token, words
from simulator.language.numbers import BETWEEN, write_number
from simulator.language.table import END, RULES, STATES
from simulator.language.tree import (
    Argument,
    Binary,
    Call,
    Interval,
    Name,
    Node,
    Number,
    Unary,
)

DEEPEST = 200
"""How many operations may hang on one another: `1 + 1 + 1 + ...`."""


def parse(text: str, numbers: str = "en") -> Node:
    """The tree of one expression.

    `numbers` says how the file writes numbers: en, sv, nb, da or fi.

    >>> parse("2 * (5 to 40)")
    Binary(operator='*', left=Number(digits='2', unit=''), right=Interval(low=Number(digits='5', \
unit=''), high=Number(digits='40', unit='')))

    Raises LanguageError with the place of the first mistake.
    """
    tokens = list(words(text, numbers))
    if not tokens:
        raise LanguageError("nothing stands here", "write a number, an estimate or a formula")
    try:
        tree = _read(tokens)
    except _Stopped as stop:
        raise _explain(tokens, stop.token, text, numbers) from None
    _refuse_depth(tree)
    return tree


class _Stopped(Exception):
    """The grammar has no place for a word where it stands."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


def _read(tokens: list[Token]) -> Node:
    """Follow the table: take the next word, or join the last parts to one as a rule says.

    Source: A. V. Aho et al., Compilers (2nd ed. 2006), algorithm 4.44.
    """
    states, parts = [0], list[Any]()
    for token in (*tokens, Token("$END", "", 0, 0)):
        while (step := STATES[states[-1]].get(token.kind)) is None or step < 0:
            if step is None:
                raise _Stopped(token)
            count, name, made_by = RULES[-1 - step]
            joined = parts[-count:]
            del parts[-count:], states[-count:]
            parts.append(getattr(_Made, made_by)(*joined) if made_by else joined[0])
            states.append(STATES[states[-1]][name])
            if states[-1] == END and token.kind == "$END":
                tree: Node = parts[0]
                return tree
        states.append(step)
        parts.append(token)
    raise AssertionError("the table ends every expression")


def _span(first: Node | Token, last: Node | Token) -> tuple[int, int]:
    start = first.span[0] if isinstance(first, Node) else first.start
    return start, last.span[1] if isinstance(last, Node) else last.end


class _Made:
    """What the rules of the grammar make of their parts, by the names they have there."""

    @staticmethod
    def number(token: Token) -> Node:
        number: Number = token.value
        return number

    @staticmethod
    def signed_number(sign: Token, token: Token) -> Node:
        return Unary(sign.value, token.value, span=_span(sign, token))

    @staticmethod
    def name(token: Token) -> Node:
        return Name(token.value, span=_span(token, token))

    @staticmethod
    def parenthesis(opening: Token, inner: Node, closing: Token) -> Node:
        """Parentheses only group; the node remembers that they stood there."""
        return replace(inner, span=_span(opening, closing))

    @staticmethod
    def unary(sign: Token, operand: Node) -> Node:
        return Unary(sign.value, operand, span=_span(sign, operand))

    @staticmethod
    def binary(left: Node, sign: Token, right: Node) -> Node:
        return Binary(sign.value, left, right, span=_span(left, right))

    @staticmethod
    def interval(low: Node, to: Token, high: Node) -> Node:
        del to
        unit, low_unit = _unit(high), _unit(low)
        if low_unit and not unit:
            raise LanguageError(
                f"the unit {low_unit} stands on the first end only",
                "a unit on the second end belongs to both: 5 to 10 %",
                *_span(low, high),
            )
        shared = bool(unit) and low_unit == ""
        if shared:
            low = _with_unit(low, unit or "")
        return Interval(low, high, shared, span=_span(low, high))

    @staticmethod
    def argument(
        value: Node | Token, _: Token | None = None, weight: Node | None = None
    ) -> Argument:
        node: Node = value.value if isinstance(value, Token) else value
        return Argument(node, "", weight, span=_span(node, weight or node))

    @staticmethod
    def named_argument(name: Token, equals: Token, *rest: Any) -> Node:
        del equals
        node = _Made.argument(*rest)
        return replace(node, name=name.value, span=_span(name, node))

    @staticmethod
    def arguments(*parts: Any) -> tuple[Node, ...]:
        """The only argument; or those before, a separator, and one more."""
        *before, last = parts
        return (*before[0], last) if before else (last,)

    @staticmethod
    def call(function: Token, opening: Token, *rest: Any) -> Node:
        del opening
        *arguments, closing = rest
        given = arguments[0] if arguments else ()
        return Call(function.value, given, span=_span(function, closing))


def _unit(end: Node) -> str | None:
    """The unit of an end of an interval; None where it is a name or a parenthesis."""
    if isinstance(end, Unary) and isinstance(end.operand, Number):
        end = end.operand
    return end.unit if isinstance(end, Number) else None


def _with_unit(end: Node, unit: str) -> Node:
    if isinstance(end, Number):
        return Number(end.digits, unit, "", span=end.span)
    assert isinstance(end, Unary) and isinstance(end.operand, Number)
    return Unary(end.operator, _with_unit(end.operand, unit), span=end.span)


def _refuse_depth(tree: Node) -> None:
    """Nobody reads, and no recursion should meet, an expression this deep."""
    level: list[Node] = [tree]
    for _ in range(DEEPEST):
        level = [part for node in level for part in node.parts()]
        if not level:
            return
    raise LanguageError(
        f"more than {DEEPEST} operations hang on one another",
        "give parts a name of their own under `calculations`",
        *tree.span,
    )


def _explain(tokens: list[Token], token: Token, text: str, numbers: str) -> LanguageError:
    """Why the grammar stopped at `token`, in words for the person who wrote it."""
    end = len(text)
    separator = "," if numbers == "en" else ";"
    if token.kind == "$END":
        opened = [t for t in tokens if t.kind in ("OPEN", "CLOSE")]
        depth = sum(1 if t.kind == "OPEN" else -1 for t in opened)
        if depth > 0:
            return LanguageError("a parenthesis is never closed", "add )", end, end)
        last = tokens[-1]
        return LanguageError(
            f"the expression stops after {_as_typed(last, text)}",
            "something is missing behind it",
            last.start,
            end,
        )
    index = next(i for i, other in enumerate(tokens) if other is token)
    before = tokens[index - 1] if index else None
    start, stop = token.start, token.end
    written = _as_typed(token, text)

    def error(problem: str, remedy: str) -> LanguageError:
        return LanguageError(problem, remedy, start, stop)

    if token.kind == "TO":
        return error(
            "an interval stands alone or in parentheses, between a number, a name or a "
            "parenthesis at either end",
            "write 2 * (5 to 40), or (a + b) to (c + d)",
        )
    if token.kind == "COMPARE" and any(t.kind == "COMPARE" for t in tokens[:index]):
        return error("two comparisons in a row", "write a < b and b < c")
    if token.kind == "EQUALS":
        return error("a single = only names an argument", "compare with ==")
    if token.kind == "WEIGHT":
        return error("a weight stands behind a value inside mixture, discrete or pooled", "")
    if token.kind == "SEPARATOR":
        return error(
            f"a {written} outside the parentheses of a function, or with nothing before it",
            f"{separator} separates the arguments of a function",
        )
    if token.kind == "CLOSE":
        if before is not None and before.kind not in ("NUMBER", "NAME", "CLOSE", "TEXT"):
            return error(f"nothing stands between {_as_typed(before, text)} and )", "fill it in")
        return error(") closes nothing", "remove it, or add ( before")
    if token.kind == "TEXT":
        return error("a text in quotation marks", "only data(...) takes one; names need no quotes")
    if before is not None and before.kind in ("NUMBER", "NAME", "CLOSE"):
        if before.kind == "NAME" and BETWEEN.fullmatch(str(before.value)):
            return error(f"{_as_typed(before, text)} is no word of the language",
                         "an interval is written with to: 5 to 40")  # fmt: skip
        if token.kind in ("NUMBER", "NAME", "FUNCTION", "OPEN"):
            return error(
                f"{_as_typed(before, text)} and {written} stand side by side",
                "put an operator between them, such as *",
            )
        if token.kind == "NOT":
            return error("not stands before a condition", "write a and not b")
    if token.kind in ("AND", "OR", "POWER", "TIMES", "DIVIDE", "COMPARE"):
        return error(f"{written} has nothing before it", "write a value on both sides")
    if token.kind == "NOT":
        return error("not cannot stand here", "write it before a condition: not (a < b)")
    return error(f"{written} is not expected here", "check the words around it")


def _as_typed(token: Token, text: str) -> str:
    if isinstance(token.value, Number):
        return write_number(token.value)
    return text[token.start : token.end]
