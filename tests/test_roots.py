"""The bracketed root, against scipy's."""

from __future__ import annotations

from math import exp, inf, tanh

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from distributions.roots import root_between


@given(root=st.floats(-30, 30), steep=st.floats(0.01, 100), power=st.sampled_from([1, 3, 5]))
def test_it_finds_what_brentq_finds(root: float, steep: float, power: int) -> None:
    """Smooth, flat and steep functions, to the accuracy that the function itself has there."""

    def function(x: float) -> float:
        return tanh(steep * (x - root)) ** power + (x - root) * 1e-3

    expected = brentq(function, -40, 40, xtol=1e-14, rtol=1e-14)
    assert root_between(function, -40, 40) == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_an_end_may_be_infinite_or_a_root() -> None:
    """A function without a value at an end still has a sign there."""
    assert root_between(lambda x: inf if x < 0 else 1 - x, -5, 5) == pytest.approx(1, rel=1e-15)
    assert root_between(lambda x: x, 0, 5) == 0
    assert root_between(lambda x: exp(x) - exp(5), -3, 5) == 5


def test_one_sign_is_refused() -> None:
    """There may be no root at all."""
    with pytest.raises(ValueError, match="one sign"):
        root_between(lambda x: x * x + 1, -1, 1)
