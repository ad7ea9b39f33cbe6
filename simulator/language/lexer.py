"""Text → words of the case language. The grammar says how the words stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from simulator.language.errors import LanguageError
from simulator.language.names import name_end, normal
from simulator.language.numbers import KEYWORDS, SPACE, in_numbers, read_number
from simulator.language.tree import Text

MOST_CHARACTERS = 10_000
DEEPEST = 60

_BLANK = re.compile(r"[\s\u00a0\u202f]+")
_SCIPY = re.compile(r"scipy\.([^\W\d]\w*)(?=\s*\()")
_CALL = re.compile(r"\s*\(")
_TEXT = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_SIGNS = (
    ("**", "POWER"), ("==", "COMPARE"), ("!=", "COMPARE"), ("<=", "COMPARE"), (">=", "COMPARE"),
    ("<", "COMPARE"), (">", "COMPARE"), ("*", "TIMES"), ("/", "DIVIDE"), ("+", "PLUS"),
    ("-", "MINUS"), ("\u2212", "MINUS"), ("=", "EQUALS"), ("(", "OPEN"), (")", "CLOSE"),
)  # fmt: skip
_INSTEAD = {
    "^": "a power is written **",
    "//": "a division is written /, and floor(a / b) rounds down",
    "×": "multiply with *",
    "·": "multiply with *",
    "÷": "divide with /",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "&": "write and",
    "|": "write or",
    "!": "write not",
    "%": "% stands only behind a number: 9 %",
    "—": "an interval is written 5 to 10, a minus -",
    "±": "write the interval: 80 to 140, or normal(80 to 140)",
    "€": "a currency is named once, with `currency:`",
    "$": "a currency is named once, with `currency:`",
    "£": "a currency is named once, with `currency:`",
    ".": "write 0.5, with a digit before the mark",
    "[": "a formula has no lists",
    "{": "a formula has no braces",
    "#": "a comment needs a space before the #",
    "@": "a formula knows numbers, names, operators and functions only",
}


class Token(NamedTuple):
    """One word: its kind, as the grammar calls it, what was read, and from where to where."""

    kind: str
    value: Any
    """The word itself; of a number and of a text the node, which keeps what was typed."""
    start: int
    end: int


def words(text: str, numbers: str = "en") -> Iterator[Token]:
    """The words of one expression, each with its place.

    Raises LanguageError at the first character that cannot be read.
    """
    if len(text) > MOST_CHARACTERS:
        raise LanguageError(
            f"an expression of {len(text):,} characters",
            f"split it into calculations of at most {MOST_CHARACTERS:,} characters",
            0,
            MOST_CHARACTERS,
        )
    separator = "," if numbers == "en" else ";"
    at, depth, before = 0, 0, ""
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        kind, value, end = _word(text, at, numbers, separator, before)
        depth += (kind == "OPEN") - (kind == "CLOSE")
        if depth > DEEPEST:
            raise LanguageError(
                f"more than {DEEPEST} parentheses inside each other",
                "give inner parts a name of their own under `calculations`",
                at,
                end,
            )
        yield Token(kind, value, at, end)
        at, before = end, kind


def _word(text: str, at: int, numbers: str, separator: str, before: str) -> tuple[str, Any, int]:
    character = text[at]
    if character.isascii() and character.isdigit():
        number, end = read_number(text, at, numbers)
        return "NUMBER", number, end
    scipy = _SCIPY.match(text, at)
    if scipy:
        return "FUNCTION", "scipy." + scipy.group(1), scipy.end()
    end = name_end(text, at)
    if end > at:
        word = normal(text[at:end])
        if word in KEYWORDS:
            return word.upper(), word, end
        return ("FUNCTION" if _CALL.match(text, end) else "NAME"), word, end
    if character == "\u2013":
        return _dash(text, at, before)
    if character == separator:
        return "SEPARATOR", character, at + 1
    if character in ",;":
        raise LanguageError(
            f"{character} does not separate arguments in this file",
            f"write {separator} (the file says numbers: {numbers})",
            at,
            at + 1,
        )
    quoted = _TEXT.match(text, at)
    if quoted:
        content = quoted.group(1) if quoted.group(1) is not None else quoted.group(2)
        return "TEXT", Text(content, span=(at, quoted.end())), quoted.end()
    if text.startswith("//", at):
        raise LanguageError("// is not known here", _INSTEAD["//"], at, at + 2)
    for sign, kind in _SIGNS:
        if text.startswith(sign, at):
            return kind, "-" if sign == "\u2212" else sign, at + len(sign)
    raise LanguageError(
        f"{character} is not known here",
        in_numbers(
            _INSTEAD.get(character, "write numbers, names, + - * / ** ( ) and functions"), numbers
        ),
        at,
        at + 1,
    )


def _dash(text: str, at: int, before: str) -> tuple[str, str, int]:
    """An en dash between two numbers is `to`, as in 5–10 %."""
    if before == "NUMBER" and re.compile(rf"{SPACE}*[-\u2212]?\d").match(text, at + 1):
        return "TO", "to", at + 1
    raise LanguageError(
        "an en dash (–) stands only between two numbers, for `to`", "a minus is -", at, at + 1
    )
