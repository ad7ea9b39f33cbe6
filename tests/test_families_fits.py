"""Every fit reaches what was asked for, or says that nothing can."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import distributions as d
from distributions import FAMILIES, EstimateError, Marginal


def reached(marginal: Marginal, low: float, high: float) -> float:
    """How far P5 and P95 are off, each relative to itself and to the width."""
    off = [abs(float(marginal.ppf(0.05)) - low), abs(float(marginal.isf(0.05)) - high)]
    return max(off[0] / min(abs(low), high - low), off[1] / min(abs(high), high - low))


shares = st.floats(1e-4, 1 - 1e-4)


@given(shares, shares)
@example(0.049, 0.051)
@example(0.001, 0.999)
@example(0.0001, 0.001)
@example(0.999, 0.9999)
@example(0.3, 0.300001)
def test_any_share_interval_is_reached(one, other):
    """From very narrow to very wide, and near either end: P5 and P95 to 1e-9."""
    low, high = sorted((one, other))
    assume(high - low > 1e-6)
    found = d.share_interval(low, high)
    ends = np.array([float(found.ppf(0.05)), float(found.isf(0.05))])
    np.testing.assert_allclose(ends, [low, high], rtol=1e-9)
    assert found.support == (0, 1)


def test_a_share_interval_is_the_beta_of_the_registry():
    """With its support where it is asked to be."""
    assert FAMILIES["beta"].fit(0.02, 0.08) == d.share_interval(0.02, 0.08)
    wide = FAMILIES["beta"].fit(5, 40, low=0, high=100)
    narrow = d.share_interval(0.05, 0.4)
    assert wide.support == (0, 100)
    assert (wide.a, wide.b) == pytest.approx((narrow.a, narrow.b), rel=1e-9)
    assert reached(FAMILIES["beta"].fit(-5, 40, low=-10, high=50), -5, 40) < 1e-9
    assert reached(FAMILIES["beta"].fit(2, 40, high=50), 2, 40) < 1e-9


def test_a_uniform_is_the_beta_of_5_to_95():
    """The one interval with a known answer: 5 % to 95 % is beta(1, 1)."""
    found = d.share_interval(0.05, 0.95)
    assert (found.a, found.b) == pytest.approx((1, 1), rel=1e-11)


@given(st.floats(1e-3, 1e9), st.floats(1e-6, 20))
def test_any_positive_interval_is_reached_by_lognormal_and_gamma(low, log_ratio):
    """Ends from equal to a millionth to a ratio of 5e8."""
    high = low * np.exp(log_ratio)
    for name in ("lognormal", "gamma"):
        assert reached(FAMILIES[name].fit(low, high), low, high) < 1e-8
    assert reached(d.interval(low, high), low, high) < 1e-8


def test_a_gamma_with_a_known_answer():
    """The P5 and P95 of an exponential are -ln 0.95 and -ln 0.05."""
    found = FAMILIES["gamma"].fit(-3 * np.log(0.95), -3 * np.log(0.05))
    assert (found.k, found.scale) == pytest.approx((1, 3), rel=1e-12)


def cut(base: Marginal, low: float | None, high: float | None) -> tuple[Marginal, float, float]:
    """A true member of the family with its P5 and P95."""
    truth = d.truncate(base, low, high)
    return truth, float(truth.ppf(0.05)), float(truth.isf(0.05))


sides = st.sampled_from(["low", "high", "both"])


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.floats(-8, 8), st.floats(0.3, 15), sides)
def test_a_cut_normal_is_found_again(mu, sigma, z, width, side):
    """Bounds from 8 sds below the mean to 8 above it: the fit has the same P5 and P95."""
    low = None if side == "high" else mu + z * sigma
    high = None if side == "low" else mu + (z + (width if side == "both" else 0)) * sigma
    truth, low_end, high_end = cut(d.normal(mu, sigma), low, high)
    found = FAMILIES["normal"].fit(low_end, high_end, low=low, high=high)
    width = high_end - low_end
    assert abs(float(found.ppf(0.05)) - low_end) < 1e-9 * width
    assert abs(float(found.isf(0.05)) - high_end) < 1e-9 * width
    assert abs(float(found.ppf(0.5)) - float(truth.ppf(0.5))) < 1e-5 * width


@given(st.floats(0.3, 200), st.floats(0.01, 0.6), st.floats(0.15, 0.39), sides)
def test_a_cut_gamma_or_lognormal_is_found_again(shape, start, part, side):
    """Bounds at quantiles: the fit has the same P5, median and P95."""
    for name, base in (
        ("gamma", d.gamma(shape, 3)),
        ("lognormal", d.lognormal(mu=1, sigma=1 / np.sqrt(shape))),
    ):
        low = None if side == "high" else float(base.ppf(start))
        high = None if side == "low" else float(base.ppf(start + part))
        truth, low_end, high_end = cut(base, low, high)
        found = FAMILIES[name].fit(low_end, high_end, low=low, high=high)
        width = high_end - low_end
        assert abs(float(found.ppf(0.05)) - low_end) < 1e-9 * width
        assert abs(float(found.isf(0.05)) - high_end) < 1e-9 * width
        assert abs(float(found.ppf(0.5)) - float(truth.ppf(0.5))) < 1e-5 * width


def test_bounds_that_do_not_cut_change_nothing():
    """A lognormal and a gamma are positive anyway."""
    for name in ("lognormal", "gamma"):
        plain = FAMILIES[name].fit(5, 40)
        assert FAMILIES[name].fit(5, 40, low=0) == plain
        assert FAMILIES[name].fit(5, 40, low=-3) == plain


def test_a_bounded_fit_stays_within_its_bounds():
    """P5 and P95 after the cut, nothing beyond it."""
    for name in ("normal", "lognormal", "gamma"):
        found = FAMILIES[name].fit(10, 30, low=5, high=80)
        assert found.support == (5, 80)
        assert reached(found, 10, 30) < 1e-9


three = st.tuples(st.floats(-1e3, 1e3), st.floats(0.01, 100), st.floats(0, 1), st.floats(0.1, 45))


@given(three, st.sampled_from([d.pert, d.triangular]))
@example((10, 16, 0, 10), d.pert)
@example((10, 16, 1, 10), d.triangular)
def test_three_points_with_percentiles_as_ends(points, family):
    """The mode stays, and low and high are the percentiles, for every mode between them."""
    low, width, where, percentile = points
    p = round(percentile, 3)
    high = low + width
    mode = min(low + where * width, high)
    found = family(low, mode, high, ends=f"p{p}_p{100 - p}")
    got = [float(found.percentile(p)), float(found.percentile(100 - p))]
    np.testing.assert_allclose(got, [low, high], rtol=0, atol=1e-8 * width + 1e-12 * abs(low))
    assert found.mode == mode
    assert found.low <= low < high <= found.high


def test_ends_need_not_be_symmetric():
    """p5 below, p90 above; p0 and p100 are the hard ends themselves; the weight is kept."""
    found = d.pert(2, 5, 9, ends="p5_p90", weight=6)
    assert found.ppf([0.05, 0.9]).tolist() == pytest.approx([2, 9], abs=1e-9)
    assert found.weight == 6
    hard = d.pert(2, 5, 9, ends="p0_p100")
    assert (hard.low, hard.mode, hard.high) == pytest.approx((2, 5, 9), abs=1e-12)
    half = d.triangular(2, 5, 9, ends="p2.5_p97.5")
    assert half.percentile([2.5, 97.5]).tolist() == pytest.approx([2, 9], abs=1e-9)


def test_hard_ends_lie_beyond_percentiles():
    """Read as hard ends, 10th and 90th percentiles would leave out a fifth of the chance."""
    soft, hard = d.pert(10, 15, 26, ends="p10_p90"), d.pert(10, 15, 26)
    assert soft.low < 10 < 26 < soft.high
    assert soft.sd > 1.4 * hard.sd
    assert soft.mean > hard.mean


FITS = {name: one.fit for name, one in FAMILIES.items()}
REFUSED = [
    (lambda: d.interval(-5, 20), "-5 to 20 starts at or below zero", "write normal(-5 to 20)"),
    (lambda: d.interval(0, 20), "0 to 20 starts at or below zero", "write normal(0 to 20)"),
    (lambda: d.interval(40, 5), "the low end 40 of the interval lies above the high end 5",
     "5 to 40"),
    (lambda: d.interval(5, 5), "both ends of the interval are 5", "write 5 alone"),
    (lambda: d.interval(5, np.inf), "the ends of an interval must be finite", "two numbers"),
    (lambda: d.interval(np.ones(3), 5), "cannot be uncertain quantities", "normal(mean, sd)"),
    (lambda: d.share_interval(0, 0.3), "a share cannot start at 0 %",
     "pert(0 %, most likely, 30 %)"),
    (lambda: d.share_interval(0, 0.3), "5 % of the chance lies beyond",
     "beta(a, b, low=0 %, high=30 %)"),
    (lambda: d.share_interval(0.7, 1), "cannot end at 100 %", "pert(70 %, most likely, 100 %)"),
    (lambda: d.share_interval(-0.1, 0.3), "-10 % to 30 % reaches beyond 0 % to 100 %",
     "normal(-10 % to"),
    (lambda: d.share_interval(0.5, 1.2), "50 % to 120 % reaches beyond",
     "write normal(50 % to 120 %)"),
    (lambda: d.share_interval(0.3, 0.2), "the low end 30 % of the interval", "20 % to 30 %"),
    (lambda: FITS["normal"](5, 40, low=10), "the bound low=10 lies inside the interval 5 to 40",
     "a hard bound below P5, which is 5"),
    (lambda: FITS["normal"](5, 40, low=5), "low=5 lies inside", "below P5"),
    (lambda: FITS["normal"](5, 40, high=40), "high=40 lies inside the interval",
     "above P95, which is 40"),
    (lambda: FITS["gamma"](5, 40, low=np.nan), "low=nan lies inside", "below P5"),
    (lambda: FITS["normal"](40, 5), "the low end 40 of the interval lies above", "5 to 40"),
    (lambda: FITS["lognormal"](-5, 40), "a lognormal lies above zero", "normal(-5 to 40)"),
    (lambda: FITS["gamma"](0, 40), "a gamma lies above zero", "normal(0 to 40)"),
    (lambda: FITS["beta"](5, 40), "5 to 40 does not lie inside 0 to 1",
     "beta(5 to 40, low=, high=)"),
    (lambda: FITS["beta"](0, 0.4), "0 to 0.4 does not lie inside 0 to 1", "hard ends outside"),
    (lambda: FITS["beta"](5, 40, low=6, high=100), "low=6 lies inside the interval", "below P5"),
    (lambda: FITS["normal"](1, 60, low=0),
     "no normal within these bounds has the P5 and P95 of 1 to 60", "lognormal(1 to 60)"),
    (lambda: FITS["normal"](-1, 60, low=-2), "no normal within these bounds", "pert or triangular"),
    (lambda: FITS["normal"](1, 99, low=0, high=100), "no normal within these bounds",
     "leave them out"),
    (lambda: FITS["lognormal"](2, 90, low=1.99), "no lognormal within these bounds", "pert"),
    (lambda: FITS["gamma"](2, 9e9, low=1), "no gamma within these bounds",
     "lognormal(2 to 9000000000)"),
    (lambda: FITS["gamma"](1e-200, 1e200), "no gamma has the P5 and P95 of 1e-200 to 1e+200",
     "write lognormal(1e-200 to 1e+200)"),
    (lambda: d.share_interval(0.3, 0.3 + 1e-12), "no beta has the P5 and P95", "normal(30 %"),
    (lambda: FITS["beta"](0.3, 0.3 + 1e-12), "no beta has the P5 and P95", "normal(0.3 to"),
    (lambda: d.pert(5, 2, 9, ends="p10_p90"), "mode 2 lies below the low percentile 5",
     "ends=p10_p90"),
    (lambda: d.pert(5, 12, 9, ends="p10_p90"), "mode 12 lies above the high percentile 9",
     "rising order"),
    (lambda: d.pert(9, 9, 9, ends="p10_p90"), "the low percentile 9 is not below", "pert(2, 5, 9"),
    (lambda: d.triangular(2, 5, 9, ends="p90_p10"), "ends=p90_p10 does not name two percentiles",
     "triangular(2, 5, 9, ends=p10_p90)"),
    (lambda: d.pert(2, 5, 9, ends="hard"), "ends=hard does not name two percentiles",
     "ends=p10_p90"),
    (lambda: d.pert(2, 5, 9, ends="p10_p101"), "does not name two percentiles", "p5_p95"),
    (lambda: d.pert(np.ones(3), 5, 9, ends="p10_p90"), "cannot be an uncertain quantity",
     "plain numbers"),
    (lambda: d.pert(np.nan, 5, 9, ends="p10_p90"), "must be a finite number", "finite number"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "problem", "remedy"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_cannot_be_fitted_is_refused(wrong, problem, remedy):
    """With the caller's own numbers in what to write instead."""
    with pytest.raises(EstimateError) as caught:
        wrong()
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_what_is_offered_instead_works():
    """normal(-5 to 20) is what the message about -5 to 20 offers."""
    assert reached(FAMILIES["normal"].fit(-5, 20), -5, 20) < 1e-12
