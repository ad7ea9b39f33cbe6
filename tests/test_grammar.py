"""The table that the parser follows says what the grammar says, by lark's own reading of it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lark import Lark, Token, Tree, UnexpectedToken
from lark.lexer import Lexer

from simulator.language import LanguageError, parser
from simulator.language.lexer import words

ROOT = Path(__file__).parents[1]
GRAMMAR = (ROOT / "simulator" / "language" / "grammar.lark").read_text("utf-8")
WORDS = (
    "5", "12 %", "a", "b", "f(", "g()", "(", ")", "+", "-", "*", "/", "**", "<", "==", "=", ",",
    "to", "weight", "and", "or", "not", "'file.csv'",
)  # fmt: skip


def test_the_table_is_that_of_the_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes the grammar runs `make docs`."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    made = importlib.import_module("grammar")
    assert made.TABLE.read_text("utf-8") == made.table()


class Ready(Lexer):
    """Lark is given the words ready-made."""

    def __init__(self, _: object) -> None:
        pass

    def lex(self, data: list[parser.Token]) -> Iterator[Token]:  # type: ignore[override]  # see above
        return (Token(word.kind, word) for word in data)


LARK = Lark(GRAMMAR, parser="lalr", lexer=Ready)


def in_a_row(texts: list[str]) -> Iterator[parser.Token]:
    """The words of each text, one text behind another: also where nobody would write them so."""
    at = 0
    for text in texts:
        for word in words(text):
            yield word._replace(start=at + word.start, end=at + word.end)
        at += len(text) + 1


def made(part: Any) -> Any:
    """What the rules make of a tree of lark's."""
    if not isinstance(part, Tree):
        return part.value
    return getattr(parser._Made, part.data)(*(made(child) for child in part.children))


def outcome(read: Any) -> Any:
    """The tree; or the word at which reading stopped, nothing at the end; or what was wrong."""
    try:
        return read()
    except parser._Stopped as stop:
        return stop.token.value
    except UnexpectedToken as stop:
        return stop.token.value and stop.token.value.value
    except LanguageError as error:
        return str(error)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
@example(["f(", "a", "=", "5", "to", "12 %", "weight", "5", ",", "'file.csv'", ")"])
@example(["(", "a", "+", "b", ")", "to", "-", "5"])
@settings(max_examples=400)
def test_any_row_of_words_is_read_as_lark_reads_it(row: list[str]) -> None:
    """The same tree, with the same places; or a stop at the same word."""
    tokens = list(in_a_row(row))
    ours = outcome(lambda: parser._read(tokens))
    theirs = outcome(lambda: made(LARK.parse(tokens)))
    assert ours == theirs
    assert getattr(ours, "span", None) == getattr(theirs, "span", None)
