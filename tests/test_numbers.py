"""Numbers as people write them: each is read one way, or refused with the ways it could be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language import LanguageError, parse, show
from simulator.language.numbers import number_from
from simulator.language.tree import Number, Unary


def value(text: str, numbers: str = "en") -> float:
    """The number that a text means."""
    tree = parse(text, numbers)
    if isinstance(tree, Unary):
        assert isinstance(tree.operand, Number)
        return -tree.operand.value
    assert isinstance(tree, Number)
    return tree.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1200", 1200.0), ("1 200 000", 1.2e6), ("1\u00a0200\u202f000", 1.2e6),
        ("1_200_000", 1.2e6), ("1.5", 1.5), ("1e6", 1e6), ("1.5e-3", 0.0015), ("9 %", 0.09),
        ("9%", 0.09), ("0.1 %", 0.001), ("3.3 %", 0.033), ("15k", 15_000.0), ("15 k", 15_000.0),
        ("1.5M", 1.5e6), ("2bn", 2e9), ("15 tkr", 15_000.0), ("1.5 Mkr", 1.5e6),
        ("1.5 mkr", 1.5e6), ("3 mn", 3e6), ("-5", -5.0), ("−5", -5.0), ("0", 0.0), ("0.5", 0.5),
        ("4 000.25", 4000.25),
    ],
)  # fmt: skip
def test_numbers_are_read(text: str, expected: float) -> None:
    """Grouping, units, exponents and both minus signs; rounded once."""
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("1,5 mkr", "sv", 1.5e6), ("1 200,5", "nb", 1200.5), ("1.200.000", "da", 1.2e6),
        ("1.200", "da", 1200.0), ("1.200,5", "da", 1200.5), ("0,1 %", "fi", 0.001),
        ("1200", "sv", 1200.0),
    ],
)  # fmt: skip
def test_nordic_numbers_are_read_where_the_file_says_so(
    text: str, numbers: str, expected: float
) -> None:
    """A decimal comma; in Danish a dot groups thousands."""
    assert value(text, numbers) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "problem", "remedy"),
    [
        ("1,5", "en", "several ways", "1.5"),
        ("1,000,000", "en", "several ways", "1 000 000"),
        ("uniform(0,1)", "en", "several ways", "0, 1"),
        ("1.200", "sv", "has a dot", "thousands: 1 200"),
        ("1.5", "da", "does not group", "1,5"),
        ("uniform(0, 1)", "sv", ", does not separate", "write ;"),
        ("uniform(0; 1)", "en", "; does not separate", "write ,"),
        ("5-10", "en", "two ways", "5 to 10"),
        ("5 %-10 %", "en", "two ways", "5 % to 10 %"),
        ("5−10", "en", "two ways", "5 - 10"),
        ("017", "en", "begins with a zero", "write 17"),
        ("0x1F", "en", "not a unit", ""),
        ("5.", "en", "nothing behind it", "write 5"),
        (".5", "en", ". is not known", "0.5"),
        ("1.5.2", "en", "two decimal marks", "spaces"),
        ("1 2", "en", "side by side", "threes"),
        ("1 200 50", "en", "side by side", "threes"),
        ("5 m", "en", "milli or million", "5M"),
        ("5m", "en", "milli or million", "5M"),
        ("5 kr", "en", "kr stands behind", "currency"),
        ("5 SEK", "en", "SEK stands behind", "currency"),
        ("5 MSEK", "en", "MSEK stands behind", "currency"),
        ("20 €", "en", "€ stands behind", "currency"),
        ("5 K", "en", "not a unit", "5k"),
        ("5 years", "en", "not a unit", "5 * years"),
        ("5 % points", "en", "not a unit", "operator"),
        ("1e400", "en", "too large", "1e308"),
    ],
)  # fmt: skip
def test_what_could_be_misread_is_refused(
    text: str, numbers: str, problem: str, remedy: str
) -> None:
    """No separator is dropped silently; the message says what to write."""
    with pytest.raises(LanguageError) as caught:
        parse(text, numbers)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_a_million_to_two_million_is_never_a_thousand_to_two_thousand() -> None:
    """The trap of commas: refused in en, and unknown in sv."""
    for numbers in ("en", "sv"):
        with pytest.raises(LanguageError):
            parse("1,000,000 to 2,000,000", numbers)


@given(st.floats(0, 1e300, allow_nan=False))
def test_any_float_survives_being_written_and_read(x: float) -> None:
    """To the last bit, in both families of number formats."""
    for numbers in ("en", "fi"):
        assert value(show(number_from(x), numbers), numbers) == x
