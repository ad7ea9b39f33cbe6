"""The chances of a beta on either side of a point, in the middle and far out, for any shape."""

from __future__ import annotations

import mpmath
import pytest

import distributions as d


@pytest.mark.parametrize(
    ("a", "b"), [(2.3, 3.7), (12, 88), (0.5, 0.5), (1.2, 40), (10, 1e6), (1e6, 10), (2000, 3000)]
)
@pytest.mark.parametrize("chance", [1e-12, 1e-6, 0.02, 0.4, 0.5, 0.9])
def test_both_chances_against_arbitrary_precision(a: float, b: float, chance: float) -> None:
    """mpmath's incomplete beta function at 40 digits, at quantiles counted from either end.

    A point is known to half a unit in its last digit: the chance may move by as much times the
    density. Of a part from 0.01 on, so is what is left of the range.
    """
    beta = d.beta(a, b)
    with mpmath.workdps(40):
        for x in (float(beta.ppf(chance)), float(beta.isf(chance))):
            below = mpmath.betainc(a, b, 0, mpmath.mpf(x), regularized=True)
            moves = float(beta.pdf(x)) * 1.2e-16
            assert abs(float(beta.cdf(x) - below)) <= 1e-12 * below + moves
            assert abs(float(beta.sf(x) - (1 - below))) <= 1e-12 * (1 - below) + moves
