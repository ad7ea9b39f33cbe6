"""Internal rates of return: one, none or several, found and counted at any scale."""

from fractions import Fraction
from itertools import pairwise
from math import prod

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.polynomial import polynomial
from scipy.optimize import brentq

from simulator.engine.valuation import irr, irr_roots, npv


def flow_with_rates(*rates, outlay=1.0, extra=(1.0,)):
    """A flow with exactly these rates of return: outlay * prod(v (1 + rate) - 1) * extra(v)."""
    value = np.array(extra) * outlay
    for rate in rates:
        value = polynomial.polymul(value, [-1.0, 1 + rate])
    return value


def rates_by_companion(flow):
    """Rates above -100 % from the eigenvalues of the companion matrix, an independent way."""
    flow = np.trim_zeros(np.asarray(flow, float))
    factors = np.roots(flow[::-1])
    real = factors[(np.abs(factors.imag) < 1e-7 * np.abs(factors)) & (factors.real > 0)].real
    return np.sort(1 / real - 1)


def sign_changes(flow):
    """Changes of sign from one number that is not zero to the next."""
    return sum(a != b for a, b in pairwise(np.sign(each) for each in flow if each))


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ([-70_000, 12_000, 15_000, 18_000, 21_000], -0.0212448482734),
        ([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], 0.0866309480365),
        ([-70_000, 12_000, 15_000], -0.443506941335),
        ([-1000, 300, 420, 360, 240, 180], 0.16913601192),
        ([-53_150, 939_796, 2_424_559, 3_581_977], 19.1161906717),
        ([-100, 110], 0.1),
        ([100, -110], 0.1),  # a loan
        ([-100, 0, 121], 0.1),
        ([0, -100, 0, 0, 133.1, 0], 0.1),  # zeros at either end change nothing
        ([-100, 100], 0.0),
        ([-100, 1], -0.99),
        ([-1, 1e9], 1e9 - 1),
        ([-1000, 2100, -2100, 1100], 0.1),  # three changes of sign, one rate
    ],
)
def test_known_rates(flow, expected):
    """Documentation examples of Excel, a Forrester table, and rates seen at a glance."""
    rate, roots = irr(flow)
    assert roots == 1
    assert rate == pytest.approx(expected, rel=1e-12, abs=1e-9)
    assert irr_roots(flow) == (pytest.approx(expected, rel=1e-12, abs=1e-9),)


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ([-1600, 10_000, -10_000], (0.25, 4.0)),  # the oil pump of Lorie and Savage
        ([-10, 30, -5], (2**-1 * (1 - 7**0.5), 2**-1 * (1 + 7**0.5))),
        ([1600, -10_000, 10_000], (0.25, 4.0)),
        ([-1000, 3600, -4310, 1716], (0.1, 0.2, 0.3)),
        ([-1600, 0, 10_000, 0, -10_000], (0.25**0.5 * 5**0.5 - 1, 5**0.5 - 1)),
    ],
)
def test_several_rates_are_told_and_none_is_chosen(flow, expected):
    """Where several rates fit, the rate is NaN, the count says so, and all can be read."""
    rate, roots = irr(flow)
    assert np.isnan(rate)
    assert roots == 2
    assert irr_roots(flow) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    "flow",
    [
        [1000, -3000, 2500],  # value above zero at every rate
        [-1000, 3000, -2500],
        [1, 2, 3],
        [0, 5, 0],
        [-1, -2],
        [0, 0, 0],
        [-5],
        [0],
        [1, -1, 1, -1, 1],
    ],
)
def test_no_rate(flow):
    """Without a change of sign, or with a value that never touches zero, there is none."""
    rate, roots = irr(flow)
    assert np.isnan(rate)
    assert roots == 0
    assert irr_roots(flow) == ()


def test_a_double_rate_counts_once():
    """-100, 220, -121 touches zero at 10 % only; a hair more or less makes it two or none."""
    assert irr([-100.0, 220, -121]) == (pytest.approx(0.1, abs=1e-7), 1)
    assert irr([-100.0, 220 + 1e-9, -121])[1] == 2
    assert irr([-100.0, 220 - 1e-9, -121])[1] == 0
    triple = flow_with_rates(0.1, 0.1, 0.1)
    assert irr(triple) == (pytest.approx(0.1, abs=1e-4), 1)
    assert irr_roots(flow_with_rates(0.1, 0.1, 0.5)) == pytest.approx((0.1, 0.5), abs=1e-6)


@pytest.mark.parametrize("gap", [1e-2, 1e-3, 1e-4, 1e-5])
def test_rates_close_together_are_still_two(gap):
    """Two rates a thousandth of a per cent apart are not one."""
    near = irr_roots(flow_with_rates(0.1, 0.1 + gap, outlay=1e6))
    assert near == pytest.approx((0.1, 0.1 + gap), abs=1e-9 / gap * 1e-2 + 1e-10)


def test_every_kind_in_one_array():
    """One, none and several side by side, and a scalar answer for a scalar flow."""
    flows = np.array([[-100, 0, 110], [-1600, 10_000, -10_000], [1000, -3000, 2500], [0, 0, 0]]).T
    rates, roots = irr(flows)
    assert roots.tolist() == [1, 2, 0, 0]
    assert roots.dtype == np.int8
    assert rates[0] == pytest.approx(1.1**0.5 - 1)
    assert np.isnan(rates[1:]).all()
    one_rate, one_root = irr([-100, 110])
    assert np.shape(one_rate) == np.shape(one_root) == ()


sizes = st.floats(-9, 12).map(lambda power: 10.0**power)


@given(
    st.lists(sizes | st.just(0.0), min_size=1, max_size=12),
    st.lists(sizes | st.just(0.0), min_size=1, max_size=12),
    st.booleans(),
)
@example([1e12], [1e-9], False)
@example([1e-9], [1e12], True)
@example([1e-9] + [1e12] * 11, [1e-9], False)
def test_one_change_of_sign_has_one_rate_at_any_scale(first, then, loan):
    """Its value changes sign across the rate found, over twenty-one orders of magnitude."""
    assume(any(first) and any(then))
    flow = np.array([*(-each for each in first), *then]) * (-1 if loan else 1)
    rate, roots = irr(flow)
    assert roots == 1
    size = np.abs(flow[flow != 0])
    # log(inflows / outflows) falls in log(1 + rate) by 1 a year at least: the error shows there
    log_rate = np.log1p(rate) if rate > -1 else np.inf
    assume(abs(log_rate) < 30)  # nearer to -100 % than doubles can tell
    year = np.flatnonzero(flow)
    exponents = np.log(size) - year * log_rate
    inflow, outflow = exponents[flow[year] > 0], exponents[flow[year] < 0]
    balance = np.logaddexp.reduce(inflow) - np.logaddexp.reduce(outflow)
    assert abs(balance) < 1e-12 * len(flow) * (1 + abs(log_rate) + np.exp(-log_rate) / 1e3)


@settings(max_examples=200)
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8))
@example([-10, 30, -5])
@example([1, 0, 0, -1, 0, 1])
@example([-1, 2, -1])
@example([-1, 3, -3, 1])
def test_the_count_is_that_of_exact_arithmetic(flow):
    """Sturm's theorem in whole numbers counts the distinct rates; the array agrees."""
    count = distinct_positive_roots(flow)
    rate, roots = irr(flow)
    assert roots == min(count, 2)
    assert np.isnan(rate) == (count != 1)
    assert len(irr_roots(flow)) == count


def distinct_positive_roots(flow):
    """Sturm's theorem by exact fractions: distinct zeros in v > 0 of sum(flow[t] v**t)."""

    def trimmed(p):
        p = list(p)
        while p and p[-1] == 0:
            p.pop()
        return p

    def remainder(p, q):
        p = list(p)
        while len(p) >= len(q):
            factor = p[-1] / q[-1]
            for i, each in enumerate(q, start=len(p) - len(q)):
                p[i] -= factor * each
            p = trimmed(p[:-1])
        return p

    first = trimmed(map(Fraction, flow))
    while first and first[0] == 0:  # v = 0 is no rate
        first.pop(0)
    if len(first) < 2:
        return 0
    chain = [first, [t * each for t, each in enumerate(first)][1:]]
    while len(chain[-1]) > 1 or chain[-1]:
        rest = remainder(chain[-2], chain[-1])
        if not rest:
            break
        chain.append([-each for each in rest])
    at_zero = sign_changes([p[0] for p in chain])
    at_infinity = sign_changes([p[-1] for p in chain])
    return at_zero - at_infinity


@settings(max_examples=150)
@given(st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 3)), min_size=2, max_size=9))
def test_every_rate_found_is_a_zero_and_agrees_with_the_companion_matrix(flow):
    """Each rate gives no value; well separated ones are those of numpy.roots and of brentq."""
    found = irr_roots(flow)
    for rate in found:
        if rate > -0.999:
            assert npv(flow, rate) == pytest.approx(0, abs=1e-7 * float(npv(np.abs(flow), rate)))
    known = rates_by_companion(flow)
    apart = np.diff(np.log1p(known))
    if len(known) == len(found) and (apart > 1e-3).all():
        assert np.log1p(found) == pytest.approx(np.log1p(known), abs=1e-6)
    if sign_changes(flow) == 1:
        (rate,) = found
        low, high = (1 + rate) / 2 - 1, 2 * (1 + rate) - 1
        by_brentq = brentq(lambda r: npv(flow, r), low, high, xtol=1e-14, rtol=1e-14)
        assert rate == pytest.approx(by_brentq, abs=1e-9 * (1 + rate))


@settings(max_examples=100)
@given(
    st.lists(st.floats(-0.9, 5.0), min_size=1, max_size=4, unique=True),
    st.floats(0.1, 2.0),
)
def test_a_flow_built_from_its_rates_gives_them_back(rates, other):
    """Products of known zeros, and of a factor without any, are taken apart again."""
    rates = sorted(rates)
    assume(all(b - a > 0.05 * (1 + b) for a, b in pairwise(rates)))
    flow = flow_with_rates(*rates, outlay=1e5, extra=[1.0, -other, other**2])  # complex pair
    assume(rates_by_companion(flow).size == len(rates))
    assert irr_roots(flow) == pytest.approx(rates, abs=1e-6)
    rate, roots = irr(flow)
    assert roots == min(len(rates), 2)
    if len(rates) == 1:
        assert rate == pytest.approx(rates[0], abs=1e-9 * (1 + rates[0]))


def test_one_sign_change_is_exact_to_twelve_digits():
    """Flows of thirty years at rates from -99 % to 1,911 %, rebuilt from the rate itself."""
    rng = np.random.default_rng(5)
    rates = np.concatenate([[-0.99, 19.11, 0.0], rng.uniform(-0.5, 1.0, 997)])
    inflows = rng.lognormal(sigma=1.5, size=(30, rates.size))
    years = np.arange(1, 31)[:, np.newaxis]
    outlay = (inflows * (1 + rates) ** -years).sum(axis=0)
    found, roots = irr(np.vstack([-outlay, inflows]))
    assert (roots == 1).all()
    assert np.abs((found - rates) / (1 + rates)).max() < 1e-12


def test_a_loan_has_the_rate_of_the_investment_it_pays_for():
    """Turning every sign leaves the rates as they are, and so does scale."""
    rng = np.random.default_rng(8)
    flows = rng.normal(size=(7, 2000))
    rates, roots = irr(flows)
    for same in (-flows, 1e9 * flows, 2.0**-40 * flows):
        again, counted = irr(same)
        assert counted.tolist() == roots.tolist()
        assert again == pytest.approx(rates, rel=1e-9, nan_ok=True)


def test_neither_company_nor_blocks_change_a_rate():
    """A flow among 40,000 of all kinds gets the rate that it has alone."""
    rng = np.random.default_rng(2)
    flows = rng.normal(size=(6, 40_000)) - [[3], [-1], [-1], [-1], [-1], [-1]]
    rates, roots = irr(flows)
    assert set(roots.tolist()) == {0, 1, 2}
    for trial in range(0, 40_000, 997):
        rate, count = irr(flows[:, trial])
        assert count == roots[trial]
        assert rate.tobytes() == rates[trial].tobytes()


def test_higher_dimensions_keep_their_shape():
    """Anything after the years is a flow of its own."""
    flows = np.array([[-100.0, -1600.0], [0.0, 10_000.0], [121.0, -10_000.0]]).reshape(3, 1, 2)
    rates, roots = irr(flows)
    assert rates.shape == roots.shape == (1, 2)
    assert roots.tolist() == [[1, 2]]
    assert irr(np.empty((3, 0)))[0].shape == (0,)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_flows_that_are_not_numbers_are_refused(bad):
    """NaN or infinity in a flow is an error, not a flow without a rate."""
    with pytest.raises(ValueError, match="not finite numbers"):
        irr([[-1.0, -1.0], [2.0, bad]])
    with pytest.raises(ValueError, match="not finite numbers"):
        irr_roots([-1.0, bad])


def test_irr_roots_takes_one_flow():
    """Several flows, or none, are refused."""
    with pytest.raises(ValueError, match=r"shape \(2, 2\)"):
        irr_roots([[-1.0, -1.0], [2.0, 2.0]])
    with pytest.raises(ValueError, match="at least year 0"):
        irr([])


@pytest.mark.parametrize("years", [1, 2, 5, 30])
def test_the_rate_follows_the_timing_of_the_money(years):
    """At the rate for money in the middle of the years, the present value of that timing is 0."""
    rng = np.random.default_rng(years)
    flows = np.vstack([-rng.lognormal(2, 0.7, 500), rng.lognormal(0, 1, (years, 500))])
    rates, roots = irr(flows, timing="middle")
    assert (roots == 1).all()
    off = npv(flows, rates, timing="middle") / npv(np.abs(flows), rates, timing="middle")
    # an error of the rate counts years / (1 + rate) times in the value, most of all near -100 %
    assert (np.abs(off) < 1e-13 * years * (1 + 1 / (1 + rates))).all()


def test_known_rates_with_money_in_the_middle_of_the_years():
    """Half a year to 10 % more is 21 % a year, one and a half to twice as much 2^(2/3) - 1."""
    assert irr([-100, 110], timing="middle") == (pytest.approx(0.21, rel=1e-14), 1)
    rate, _ = irr([-100, 0, 200], timing="middle")
    assert rate == pytest.approx(2 ** (2 / 3) - 1, rel=1e-14)
    assert irr([-100, 100], timing="middle") == (0.0, 1)
    assert irr([-5], timing="middle")[1] == 0


def test_several_rates_with_money_in_the_middle_of_the_years():
    """Two half-yearly rates, 20 % and 50 %: the flow -1 + a v + b v³ that has both as zeros."""
    # v = 1 / 1.2 and 1 / 1.5 half a year on: two equations in a and b
    v = np.array([1 / 1.2, 1 / 1.5])
    a, b = np.linalg.solve(np.stack([v, v**3], axis=1), [1.0, 1.0])
    flow = [-1.0, a, b]
    assert irr_roots(flow, timing="middle") == pytest.approx((0.44, 1.25), rel=1e-12)
    rate, roots = irr(flow, timing="middle")
    assert np.isnan(rate)
    assert roots == 2


def test_an_unknown_timing_is_refused():
    """A rate needs to know when in the year the money comes."""
    for function in (irr, irr_roots):
        with pytest.raises(ValueError, match='timing is "end" or "middle"'):
            function([-1, 2], timing="start")


def test_zeros_of_a_product():
    """The helper that builds flows from rates does so."""
    flow = flow_with_rates(0.25, 4.0, outlay=-1600.0)
    assert flow == pytest.approx([-1600, 10_000, -10_000])
    assert npv(flow, 0.0) == pytest.approx(-1600 * prod([0.25, 4.0]))
