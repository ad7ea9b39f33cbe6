"""The expression language: what is read, how it binds, what it prints, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import expressions

from simulator.language import LanguageError, parse, show
from simulator.language.tree import Binary, Call, Interval, Name, Node, Number, Unary


@pytest.mark.parametrize("numbers", ["en", "sv", "da"])
@given(tree=expressions)
def test_printing_and_reading_again_gives_the_same_tree(numbers: str, tree: Node) -> None:
    """For any tree, in any way of writing numbers."""
    text = show(tree, numbers)
    assert parse(text, numbers) == tree
    assert show(parse(text, numbers), numbers) == text


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("-2 ** 2", "-(2 ** 2)"),
        ("2 ** 3 ** 2", "2 ** (3 ** 2)"),
        ("2 ** -1", "2 ** (-1)"),
        ("-a * b", "(-a) * b"),
        ("not a == b", "not (a == b)"),
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("a + b < c * d", "(a + b) < (c * d)"),
        ("a−b", "a - b"),
        ("5–10 %", "5 % to 10 %"),
        ("-5 to 20", "(-5) to (20)"),
    ],
)
def test_operators_bind_as_the_page_says(text: str, grouped: str) -> None:
    """Each expression means the same with its parentheses written out."""
    assert parse(text) == parse(grouped)


@pytest.mark.parametrize("word", ["orb", "android", "notary", "total", "to_do", "weighted", "iffy"])
def test_a_name_may_begin_with_a_keyword(word: str) -> None:
    """`a orb` is not `a or b`: keywords end where the word ends."""
    assert parse(word) == Name(word)
    with pytest.raises(LanguageError, match="side by side"):
        parse(f"a {word}")


def test_a_function_is_known_by_its_parenthesis() -> None:
    """So an input may be called growth."""
    assert parse("growth * growth(2 %)") == Binary("*", Name("growth"), parse("growth(2 %)"))
    assert isinstance(parse("growth (2 %)"), Call)


def test_names_in_any_alphabet_are_normalised() -> None:
    """é written as one character or as two is the same name."""
    assert parse("caf\u00e9") == parse("cafe\u0301")
    assert parse("täckningsbidrag") == Name("täckningsbidrag")


def test_a_unit_on_the_second_end_belongs_to_both() -> None:
    """5 to 10 % is 5 % to 10 %, and prints as it was typed."""
    tree = parse("5 to 10 %")
    assert tree == Interval(Number("5", "%"), Number("10", "%"))
    assert show(tree) == "5 to 10 %"
    assert parse("-5 to 10k") == Interval(Unary("-", Number("5", "k")), Number("10", "k"))


def test_names_and_parentheses_at_the_ends_of_an_interval_take_no_unit() -> None:
    """low to 10 % leaves low as it is."""
    assert parse("low to 10 %") == Interval(Name("low"), Number("10", "%"))
    assert parse("(a + 1) to (b * 2)") == Interval(parse("a + 1"), parse("b * 2"))


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("", "nothing stands here", "write a number"),
        ("2 * 5 to 40", "an interval stands alone", "2 * (5 to 40)"),
        ("5 to 10 to 20", "an interval stands alone", "2 * (5 to 40)"),
        ("5k to 10", "first end only", "5 to 10 %"),
        ("a < b < c", "two comparisons", "a < b and b < c"),
        ("a = b", "single =", "=="),
        ("a, b", "outside the parentheses", "separates"),
        ("(a", "never closed", "add )"),
        ("a)", "closes nothing", "remove it"),
        ("a b", "side by side", "operator"),
        ("a (b)", None, None),
        ("a +", "stops after +", "missing"),
        ("* a", "nothing before it", "both sides"),
        ("f(,)", "nothing before it", "separates"),
        ("f(a,)", "nothing stands between", "fill it in"),
        ("f()", None, None),
        ("x weight 2", "a weight stands", ""),
        ("a ^ 2", "^ is not known", "**"),
        ("a % b", "% is not known", "behind a number"),
        ("a // b", "// is not known", "floor"),
        ("a.b", ". is not known", ""),
        ("a[0]", "[ is not known", "no lists"),
        ("a ≤ b", "≤ is not known", "<="),
        ("'x'", "quotation marks", "data"),
        ("a not b", "not stands before", "and not"),
        ("a – b", "en dash", "minus"),
        ("12:30", ": is not known", ""),
        ("+".join(["1"] * 300), "hang on one another", "calculations"),
        ("(" * 99 + "1" + ")" * 99, "parentheses inside each other", "calculations"),
        ("1" * 10_001, "characters", "split it"),
    ],
)
def test_mistakes_are_explained(text: str, problem: str | None, remedy: str | None) -> None:
    """What is wrong and what to write instead, by place; two lines are no mistakes at all."""
    if problem is None or remedy is None:
        assert parse(text) is not None
        return
    with pytest.raises(LanguageError) as caught:
        parse(text)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert 0 <= caught.value.start <= caught.value.end <= len(text)


def test_a_formula_reaches_nothing_but_numbers() -> None:
    """No attribute, index, import, loop or string is part of the language."""
    for text in (
        "__import__('os').system('x')", "a.__class__", "[x for x in y]", "lambda: 1", "f'{a}'",
        "open('x')", "a; b", "a := 1", "{1}", "`x`", "a @ b", "$HOME",
    ):  # fmt: skip
        try:
            tree = parse(text)
        except LanguageError:
            continue
        # what reads at all is a call of a function that no case knows, and is refused there
        assert isinstance(tree, Call) and tree.function in ("open", "__import__")
