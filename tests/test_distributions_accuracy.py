"""Quantiles against forty digits of mpmath, far out in both tails."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest

import distributions as d

LOWER = (1e-12, 1e-6, 0.01, 0.3, 0.45, 0.9, 0.999)
UPPER = (1e-12, 1e-6, 0.01, 0.3)


def exact(x: float) -> mp.mpf:
    """The very number that the float is."""
    return mp.mpf(float(x))


def beta_upto(a: float, b: float, x: mp.mpf) -> mp.mpf:
    """The regularised incomplete beta function."""
    return mp.betainc(exact(a), exact(b), 0, x, regularized=True)


def t_upto(df: float, t: mp.mpf) -> mp.mpf:
    """Student's t by the incomplete beta function."""
    middle = beta_upto(0.5, df / 2, t * t / (df + t * t))
    return (1 + mp.sign(t) * middle) / 2


def triangular_upto(low: float, mode: float, high: float, x: mp.mpf) -> mp.mpf:
    """Two parabolas."""
    width = mp.mpf(high) - low
    if x < mode:
        return (x - low) ** 2 / (width * (mp.mpf(mode) - low))
    return 1 - (high - x) ** 2 / (width * (high - mp.mpf(mode)))


def normal_upto(x: mp.mpf) -> mp.mpf:
    """The standard normal."""
    return mp.ncdf(x)


TRUTHS = {
    "normal": (d.normal(3, 2), lambda x: normal_upto((x - 3) / 2)),
    "lognormal": (
        d.lognormal(mu=0.3, sigma=0.7),
        lambda x: normal_upto((mp.log(x) - exact(0.3)) / exact(0.7)),
    ),
    "triangular": (d.triangular(0, 0.25, 1), lambda x: triangular_upto(0, 0.25, 1, x)),
    "beta": (d.beta(2.25, 3.75), lambda x: beta_upto(2.25, 3.75, x)),
    "beta, small shapes": (d.beta(0.35, 0.6), lambda x: beta_upto(0.35, 0.6, x)),
    "beta, narrow": (d.beta(58.5, 1205.25), lambda x: beta_upto(58.5, 1205.25, x)),
    "gamma": (d.gamma(2.5, 3), lambda x: mp.gammainc(2.5, 0, x / 3, regularized=True)),
    "gamma, small shape": (
        d.gamma(0.25, 3),
        lambda x: mp.gammainc(exact(0.25), 0, x / 3, regularized=True),
    ),
    "gamma, large shape": (
        d.gamma(400, 3),
        lambda x: mp.gammainc(400, 0, x / 3, regularized=True),
    ),
    "student_t": (d.student_t(4, 0.5, 1), lambda x: t_upto(4, x - 0.5)),
    "weibull": (d.weibull(1.7, 3), lambda x: -mp.expm1(-((x / 3) ** exact(1.7)))),
    "exponential": (d.exponential(3), lambda x: -mp.expm1(-x / 3)),
    "pareto": (d.pareto(2.5, 3), lambda x: 1 - (3 / x) ** mp.mpf(2.5)),
    "uniform": (d.uniform(1, 4), lambda x: (x - 1) / 3),
    "cut far above": (
        d.truncate(d.normal(0, 1), 10, 12),
        lambda x: (normal_upto(-10) - normal_upto(-x)) / (normal_upto(-10) - normal_upto(-12)),
    ),
    "cut far below": (
        d.truncate(d.normal(0, 1), -30, -20),
        lambda x: (normal_upto(x) - normal_upto(-30)) / (normal_upto(-20) - normal_upto(-30)),
    ),
    "event": (
        d.event(0.125, d.exponential(3)),
        lambda x: mp.mpf("0.875") - mp.mpf("0.125") * mp.expm1(-x / 3),
    ),
    "mixture": (
        d.mixture([d.normal(3, 2), d.exponential(3)], [1, 3]),
        lambda x: (normal_upto((x - 3) / 2) - 3 * mp.expm1(-max(x, 0) / 3)) / 4,
    ),
}


@pytest.mark.parametrize("name", TRUTHS)
def test_quantiles_are_right_to_twelve_digits(name):
    """The error of x that the error of its probability amounts to, relative to x or to the sd."""
    marginal, upto = TRUTHS[name]
    scale = float(marginal.sd)
    with mp.workdps(60):
        for u in LOWER:
            x = float(marginal.ppf(u))
            if x != 0 or name != "event":
                error = (upto(exact(x)) - exact(u)) / exact(marginal.pdf(x))
                assert abs(error) <= 5e-13 * max(abs(x), scale if name != "gamma" else 0), u
        for q in UPPER:
            x = float(marginal.isf(q))
            if x != 0 or name != "event":
                error = (1 - upto(exact(x)) - exact(q)) / exact(marginal.pdf(x))
                assert abs(error) <= 5e-13 * max(abs(x), scale), q


@pytest.mark.parametrize("name", TRUTHS)
def test_chances_keep_their_digits_on_both_sides(name):
    """cdf and sf are relatively accurate where they are small."""
    marginal, upto = TRUTHS[name]
    with mp.workdps(60):
        for x in [float(marginal.ppf(u)) for u in LOWER] + [float(marginal.isf(q)) for q in UPPER]:
            below, above = upto(exact(x)), 1 - upto(exact(x))
            if (name != "event" or x > 0) and below * above != 0:
                # A cut is a difference: its chances are accurate in parts of 1, not of themselves.
                whole = 0.01 if name.startswith("cut") else 0
                assert abs(marginal.cdf(x) - below) < 1e-11 * max(below, whole)
                assert abs(marginal.sf(x) - above) < 1e-11 * max(above, whole)


def test_students_tail_goes_on_where_scipy_stops():
    """Beyond 1e8 √df the leading term of the tail takes over; both ends have their sign."""
    heavy = d.student_t(2.5)
    with mp.workdps(60):
        for chance in (1e-60, 1e-150, 1e-290):
            x = float(heavy.isf(chance))
            # P(T > t) = ½ I(df/2, ½) at df / (df + t²), here where 1 - upto would cancel.
            truth = mp.betainc(
                mp.mpf("1.25"), mp.mpf("0.5"), 0, 2.5 / (2.5 + exact(x) ** 2), regularized=True
            )
            assert abs(truth / 2 / exact(chance) - 1) < 1e-11
            assert heavy.ppf(chance) == -x
    assert heavy.ppf([0, 1]).tolist() == [-np.inf, np.inf]


def test_a_betas_tail_goes_on_where_scipy_stops():
    """Beyond chances of 1e-100 the leading term of the tail takes over."""
    shape = d.beta(2.25, 3.75)
    x = float(shape.ppf(1e-200))
    with mp.workdps(60):
        assert abs(beta_upto(2.25, 3.75, exact(x)) / exact(1e-200) - 1) < 1e-10
    assert shape.isf(1e-200) == 1
