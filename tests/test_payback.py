"""Payback, its outlay and its crossings: by hand, by the definition, and by invariants."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.engine.valuation import (
    crossings,
    discount_factors,
    discounted_payback,
    no_outlay,
    payback,
    peak_funding,
)

INF = float("inf")
PROJECT = [-1000.0, 300, 420, 360, 240, 180]
TEI = np.array([-53_150.0, 939_796, 2_424_559, 3_581_977])

whole_flows = st.lists(st.integers(-1000, 1000), min_size=1, max_size=10)


def by_definition(cash):
    """Exact payback: k + (-cum_k) / cash_{k+1}, where k is the last year below zero."""
    if not any(cash):
        return None
    totals = [sum(map(Fraction, cash[: year + 1])) for year in range(len(cash))]
    below = [year for year, total in enumerate(totals) if total < 0]
    if not below:
        return 0.0
    k = below[-1]
    return INF if k == len(cash) - 1 else float(k + -totals[k] / Fraction(cash[k + 1]))


@pytest.mark.parametrize(
    ("cash", "expected"),
    [
        (PROJECT, 2 + 280 / 360),
        ([-100, 120, -50, 100], 2.3),  # back after 0.83 years, out again: the last time counts
        ([-100, 50, 50], 2.0),
        ([-100, 50, 50, 0, 0], 2.0),  # at zero is not below zero
        ([-100, 100, -100, 100], 3.0),
        ([-100, 0, 0, 50, 0, 100], 4.5),
        ([-100, 0, 200], 1.5),
        ([-100, -100, 400], 1.5),
        ([0, -100, 200], 1.5),  # the outlay comes later than year 0
        ([50, -100, 200], 1.25),
        ([0, 0, 5], 0.0),
        ([100, -100, 0], 0.0),
        ([1, 2, 3], 0.0),
        ([-100, 60], INF),
        ([-100, 200, -150], INF),  # once back, but not at the end
        ([-100], INF),
        ([5], 0.0),
    ],
)
def test_payback_by_hand(cash, expected):
    """The moment from which cumulated cash stays at or above zero, inside its year."""
    assert float(payback(cash)) == pytest.approx(expected, abs=1e-12)


def test_doing_nothing_has_no_payback():
    """Flows of nothing but zeros are undefined, and risk nothing."""
    cash = np.array([[0.0, -1], [0.0, 2], [0.0, 0]])
    assert np.isnan(payback(cash)).tolist() == [True, False]
    assert np.isnan(discounted_payback(cash, 0.08)).tolist() == [True, False]
    assert no_outlay(cash).tolist() == [True, False]


def test_forrester_payback_in_months():
    """A published table: 0.679 months, 0.747 with interest at 10 %."""
    assert 12 * payback(TEI) == pytest.approx(0.678657921506, abs=1e-6)
    assert 12 * discounted_payback(TEI, 0.10) == pytest.approx(0.746523713657, abs=1e-6)


def test_discounted_payback_of_the_worked_project():
    """3.4329 years at 8 %; in the middle 3 + what is missing over the fourth discounted flow."""
    assert discounted_payback(PROJECT, 0.08) == pytest.approx(3.432864, abs=1e-6)
    discounted = np.array(PROJECT) * np.array([1, *(1.08 ** -(t - 0.5) for t in range(1, 6))])
    expected = 3 + -discounted[:4].sum() / discounted[4]
    assert discounted_payback(PROJECT, 0.08, "middle") == pytest.approx(expected, abs=1e-12)
    assert discounted_payback(PROJECT, 0.16) == pytest.approx(4.7709, abs=5e-5)
    assert discounted_payback(PROJECT, 0.17) == INF  # above the internal rate of return


@given(whole_flows)
@example([0, 0, 0])
@example([-3, 1, 1, 1, 0, -1, 1])
def test_payback_is_the_definition(cash):
    """Every flow of whole numbers agrees with exact fractions, alone and among others."""
    expected = by_definition(cash)
    alone = float(payback(cash))
    beside = payback(np.array([cash, [-1] * len(cash), [2] * len(cash)]).T)
    for found in (alone, float(beside[0])):
        assert np.isnan(found) if expected is None else found == pytest.approx(expected, abs=1e-12)
    assert beside[1:].tolist() == [INF, 0.0]


@given(whole_flows, st.integers(0, 9))
def test_within_so_many_years_is_told_by_the_running_total(cash, years):
    """Payback <= T exactly when the running total is never below zero from year T on."""
    years = min(years, len(cash) - 1)
    stays = all(total >= 0 for total in np.cumsum(cash)[years:])
    if any(cash):
        assert (float(payback(cash)) <= years) == stays


@given(whole_flows)
def test_no_outlay_and_crossings_by_counting(cash):
    """Counted from exact running totals; payback is 0 exactly where nothing is ever at risk."""
    below = [total < 0 for total in np.cumsum(cash)]
    assert bool(no_outlay(cash)) == (not any(below))
    came_back = sum(before and not now for before, now in pairwise(below))
    assert int(crossings(cash)) == came_back
    if any(cash):
        assert (float(payback(cash)) == 0) == (not any(below))


@given(whole_flows)
def test_peak_funding_is_the_deepest_total(cash):
    """Never negative, and as deep as the exact running total goes."""
    assert float(peak_funding(cash)) == max(0, -int(np.cumsum(cash).min()))


def test_peak_funding_of_nothing_is_plain_zero():
    """0, and not the -0 that a minus sign would make of it."""
    assert str(float(peak_funding([5.0, 5.0]))) == "0.0"


@pytest.mark.parametrize("parts", [3, 6, 7, 9, 10, 49, 99])
@pytest.mark.parametrize("outlay", [0.1, 0.7, 1.0, 12.3, 1e6 / 7])
def test_equal_parts_pay_back_with_the_last(outlay, parts):
    """An outlay returned in equal parts is back with the last, whatever binary fractions say."""
    cash = [-outlay] + [outlay / parts] * parts
    assert float(payback(cash)) == pytest.approx(parts, abs=1e-9)
    assert float(payback(cash)) <= parts
    assert int(crossings(cash)) == 1


def test_a_real_shortfall_still_counts():
    """Only rounding is forgiven: a real shortfall, however small, is below zero."""
    assert float(payback([-1e9, 1e9 - 0.01])) == INF
    assert float(payback([-1e-9, 1e-9])) == 1.0
    assert not no_outlay([-1e-300, 1.0])


def test_trials_pay_back_as_each_alone():
    """A thousand flows at once agree with each by itself, at rates of their own."""
    rng = np.random.default_rng(3)
    cash = rng.normal(size=(6, 1000)) * [[3], [1], [1], [1], [1], [1]]
    rate = rng.uniform(0, 0.3, 1000)
    alone = [float(payback(flow)) for flow in cash.T]
    assert payback(cash).tolist() == alone
    discounted = [
        float(payback(flow * discount_factors(5, r))) for flow, r in zip(cash.T, rate, strict=True)
    ]
    assert discounted_payback(cash, rate).tolist() == discounted
    assert discounted_payback(cash, 0.0).tolist() == alone
    assert discounted_payback(PROJECT, [0.0, 0.08]).shape == (2,)


@given(whole_flows, st.floats(0, 0.5))
def test_interest_never_speeds_up_payback_of_an_outlay_at_the_start(cash, rate):
    """With one outlay in year 0 and inflows after it, discounting postpones payback."""
    cash = [-500, *(abs(flow) for flow in cash)]
    assert discounted_payback(cash, rate) >= payback(cash) - 1e-9


@pytest.mark.parametrize("bad", [np.nan, INF, -INF])
def test_flows_that_are_not_numbers_are_refused(bad):
    """NaN in a flow must not pass for a payback of 0."""
    for measure in (payback, no_outlay, crossings):
        with pytest.raises(ValueError, match="not finite"), np.errstate(invalid="ignore"):
            measure([[-1.0, -1.0], [2.0, bad]])


def test_a_flow_needs_a_year():
    """A single number, or nothing, is no flow."""
    for nothing in (5.0, []):
        with pytest.raises(ValueError, match="at least year 0"):
            payback(nothing)
