"""What property tests draw from: numbers as people type them, and expressions of the language."""

from __future__ import annotations

from hypothesis import strategies as st

from simulator.language.tree import (
    UNITS,
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

NAMES = ("a", "b", "churn", "täckningsbidrag", "x_2", "orb", "notary", "year", "growth", "m")
FUNCTIONS = ("min", "uniform", "growth", "if", "each_year", "scipy.gengamma", "ordinary")

digits = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=3, allow_nan=False).map(lambda d: format(d.normalize(), "f")),
    st.tuples(st.integers(1, 99), st.integers(-12, 12)).map(lambda p: f"{p[0]}e{p[1]}"),
)
numbers = st.builds(Number, digits, st.sampled_from(["", "", "", *UNITS]))
names = st.sampled_from(NAMES).map(Name)


def _intervals(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Ends that carry their own unit, or share the second one's."""
    plain = st.builds(Number, digits, st.just(""))
    signed = st.one_of(plain, st.builds(Unary, st.sampled_from("+-"), plain))
    other = st.one_of(names, st.builds(Binary, st.sampled_from("+*"), inner, inner))
    same = st.tuples(digits, digits, st.sampled_from(list(UNITS)), st.booleans()).map(
        lambda p: Interval(Number(p[0], p[2]), Number(p[1], p[2]), p[3])
    )
    return st.one_of(same, st.builds(Interval, st.one_of(signed, other), st.one_of(signed, other)))


def _calls(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    value = st.one_of(inner, _intervals(inner), st.text("abc .csv", max_size=6).map(Text))
    weight = st.one_of(st.none(), inner)
    name = st.one_of(st.just(""), st.sampled_from(("low", "high", "Anna", "ends")))
    arguments = st.lists(st.builds(Argument, value, name, weight), max_size=3).map(tuple)
    return st.builds(Call, st.sampled_from(FUNCTIONS), arguments)


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    operators = ("+", "-", "*", "/", "**", "<", "<=", "==", "!=", ">", ">=", "and", "or")
    part = st.one_of(inner, _intervals(inner))
    return st.one_of(
        st.builds(Binary, st.sampled_from(operators), part, part),
        st.builds(Unary, st.sampled_from(("-", "+", "not")), part),
        _calls(inner),
    )


formulas: st.SearchStrategy[Node] = st.recursive(st.one_of(numbers, names), _larger, max_leaves=12)
expressions: st.SearchStrategy[Node] = st.one_of(formulas, _intervals(formulas))
"""Any tree that the grammar can give."""
