"""Text → tree, and where that fails, what a person should write instead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedToken, v_args
from lark.lexer import Lexer

from simulator.language.errors import LanguageError
from simulator.language.lexer import words
from simulator.language.numbers import BETWEEN, write_number
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
        tree = cast("Node", _parser().parse(tokens))  # the builder makes nodes of its trees
    except UnexpectedToken as stop:
        raise _explain(tokens, stop.token, text, numbers) from None
    _refuse_depth(tree)
    return tree


class _Words(Lexer):
    """Lark is given the words ready-made."""

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, data: list[Token]) -> Iterator[Token]:  # type: ignore[override]  # see above
        return iter(data)


@cache
def _parser() -> Lark:
    grammar = files("simulator.language").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer=_Words, transformer=_Builder())


def _span(first: Node | Token, last: Node | Token) -> tuple[int, int]:
    start = first.span[0] if isinstance(first, Node) else first.start_pos
    end = last.span[1] if isinstance(last, Node) else last.end_pos
    return (start or 0, end or 0)


@v_args(inline=True)
class _Builder(Transformer[Token, Node]):
    """What lark recognises → our nodes."""

    def start(self, value: Node) -> Node:
        return value

    def number(self, token: Token) -> Node:
        number: Number = token.value
        return number

    def signed_number(self, sign: Token, token: Token) -> Node:
        number: Number = token.value
        return Unary(str(sign), number, span=_span(sign, token))

    def name(self, token: Token) -> Node:
        return Name(str(token), span=_span(token, token))

    def parenthesis(self, opening: Token, inner: Node, closing: Token) -> Node:
        """Parentheses only group; the node remembers that they stood there."""
        from dataclasses import replace

        return replace(inner, span=_span(opening, closing))

    def unary(self, sign: Token, operand: Node) -> Node:
        return Unary(str(sign), operand, span=_span(sign, operand))

    def binary(self, left: Node, sign: Token, right: Node) -> Node:
        return Binary(str(sign), left, right, span=_span(left, right))

    def interval(self, low: Node, to: Token, high: Node) -> Node:
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

    def argument(
        self, name: Token | None, equals: Token | None, value: Any, weight_word: Token | None,
        weight: Node | None,
    ) -> Node:  # fmt: skip
        del equals, weight_word
        node: Node = value.value if isinstance(value, Token) else value
        last = weight or node
        return Argument(node, str(name or ""), weight, span=_span(name or node, last))

    def call(self, function: Token, opening: Token, *rest: Any) -> Node:
        del opening
        arguments = tuple(part for part in rest if isinstance(part, Argument))
        return Call(str(function), arguments, span=_span(function, rest[-1]))


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
    if token.type == "$END":
        opened = [t for t in tokens if t.type in ("OPEN", "CLOSE")]
        depth = sum(1 if t.type == "OPEN" else -1 for t in opened)
        if depth > 0:
            return LanguageError("a parenthesis is never closed", "add )", end, end)
        last = tokens[-1]
        return LanguageError(
            f"the expression stops after {_as_typed(last, text)}",
            "something is missing behind it",
            last.start_pos or 0,
            end,
        )
    index = next(i for i, other in enumerate(tokens) if other is token)
    before = tokens[index - 1] if index else None
    start, stop = token.start_pos or 0, token.end_pos or 0
    written = _as_typed(token, text)

    def error(problem: str, remedy: str) -> LanguageError:
        return LanguageError(problem, remedy, start, stop)

    if token.type == "TO":
        return error(
            "an interval stands alone or in parentheses, between a number, a name or a "
            "parenthesis at either end",
            "write 2 * (5 to 40), or (a + b) to (c + d)",
        )
    if token.type == "COMPARE" and any(t.type == "COMPARE" for t in tokens[:index]):
        return error("two comparisons in a row", "write a < b and b < c")
    if token.type == "EQUALS":
        return error("a single = only names an argument", "compare with ==")
    if token.type == "WEIGHT":
        return error("a weight stands behind a value inside mixture, discrete or pooled", "")
    if token.type == "SEPARATOR":
        return error(
            f"a {written} outside the parentheses of a function, or with nothing before it",
            f"{separator} separates the arguments of a function",
        )
    if token.type == "CLOSE":
        if before is not None and before.type not in ("NUMBER", "NAME", "CLOSE", "TEXT"):
            return error(f"nothing stands between {_as_typed(before, text)} and )", "fill it in")
        return error(") closes nothing", "remove it, or add ( before")
    if token.type == "TEXT":
        return error("a text in quotation marks", "only data(...) takes one; names need no quotes")
    if before is not None and before.type in ("NUMBER", "NAME", "CLOSE"):
        if before.type == "NAME" and BETWEEN.fullmatch(str(before.value)):
            return error(f"{_as_typed(before, text)} is no word of the language",
                         "an interval is written with to: 5 to 40")  # fmt: skip
        if token.type in ("NUMBER", "NAME", "FUNCTION", "OPEN"):
            return error(
                f"{_as_typed(before, text)} and {written} stand side by side",
                "put an operator between them, such as *",
            )
        if token.type == "NOT":
            return error("not stands before a condition", "write a and not b")
    if token.type in ("AND", "OR", "POWER", "TIMES", "DIVIDE", "COMPARE"):
        return error(f"{written} has nothing before it", "write a value on both sides")
    if token.type == "NOT":
        return error("not cannot stand here", "write it before a condition: not (a < b)")
    return error(f"{written} is not expected here", "check the words around it")


def _as_typed(token: Token, text: str) -> str:
    if isinstance(token.value, Number):
        return write_number(token.value)
    return text[token.start_pos or 0 : token.end_pos or 0]
