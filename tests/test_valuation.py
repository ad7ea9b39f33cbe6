"""Present values and returns against published figures, worked examples and invariants."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.valuation import (
    discount_factors,
    irr,
    mirr,
    npv,
    profitability_index,
    roi,
    roi_discounted,
)

PROJECT = [-1000.0, 300, 420, 360, 240, 180]
TEI_COSTS = np.array([53_150.0, 666_715, 636_772, 647_783])
TEI_BENEFITS = np.array([0.0, 1_606_511, 3_061_331, 4_229_760])

amounts = st.floats(-1e6, 1e6, allow_nan=False)
flows = st.lists(amounts, min_size=1, max_size=12)
rates = st.floats(-0.5, 2.0)


@pytest.mark.parametrize(
    ("cash", "rate", "timing", "expected", "tolerance"),
    [
        ([0, -10_000, 3000, 4200, 6800], 0.10, "end", 1188.44341234, 0.005),
        ([-40_000, 8000, 9200, 10_000, 12_000, 14_500], 0.08, "end", 1922.06155493, 0.005),
        ([-40_000, 8000, 9200, 10_000, 12_000, 14_500, -9000], 0.08, "end", -3749.46508702, 0.005),
        ([-1600, 10_000, -10_000], 0.10, "end", -773.553719008, 1e-6),
        ([1000, -3000, 2500], 0.10, "end", 338.842975207, 1e-6),
        ([1000, -3000, 2500], 2 / 3, "end", 100.0, 1e-9),
        (PROJECT, 0.08, "end", 222.551829209, 1e-6),
        (PROJECT, 0.08, "middle", 270.513129846, 1e-6),
    ],
)
def test_published_present_values(cash, rate, timing, expected, tolerance):
    """Documentation examples of Excel, the oil pump, and one project under both timings."""
    assert npv(cash, rate, timing) == pytest.approx(expected, abs=tolerance)


def test_forrester_table():
    """The financial summary of a Total Economic Impact study, to the dollar."""
    costs, benefits = npv(TEI_COSTS, 0.10), npv(TEI_BENEFITS, 0.10)
    assert costs == pytest.approx(1_672_201.35237, abs=0.5)
    assert benefits == pytest.approx(7_168_371.45755, abs=0.5)
    value = npv(TEI_BENEFITS - TEI_COSTS, 0.10)
    assert value == pytest.approx(5_496_170.10518, abs=0.5)
    assert roi_discounted(value, costs) == pytest.approx(3.28678726243, abs=5e-5)
    assert irr(TEI_BENEFITS - TEI_COSTS)[0] == pytest.approx(19.1161906717, abs=1e-6)


def test_one_project_under_all_conventions():
    """Returns of one project, checkable by hand."""
    value = npv(PROJECT, 0.08)
    assert roi(PROJECT, 1000) == pytest.approx(0.5, abs=1e-12)
    assert roi_discounted(value, 1000) == pytest.approx(0.222551829209, abs=1e-9)
    assert profitability_index(value, 1000) == pytest.approx(1.22255182921, abs=1e-9)
    assert mirr(PROJECT, 0.08, 0.08) == pytest.approx(0.124287058114, abs=1e-9)


def test_nominal_cash_at_a_nominal_rate_is_real_cash_at_the_real_rate():
    """At 8 % nominal and 2 % inflation the real rate is 1.08 / 1.02 - 1."""
    inflated = np.array(PROJECT) * 1.02 ** np.arange(6)
    assert npv(inflated, 0.08) == pytest.approx(npv(PROJECT, 0.0588235294118), abs=1e-8)


@pytest.mark.parametrize(
    ("cash", "finance", "reinvest", "expected"),
    [
        ([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12, 0.126094130366),
        ([-120_000, 39_000, 30_000, 21_000], 0.10, 0.12, -0.04804465525),
        ([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.14, 0.134759110828),
        ([-100, -110, 242], 0.10, 0.5, 0.1),  # outlay 200 today, 242 in two years
    ],
)
def test_modified_rate_of_return(cash, finance, reinvest, expected):
    """Documentation examples of Excel's MIRR, and one by hand."""
    assert mirr(cash, finance, reinvest) == pytest.approx(expected, abs=1e-9)


def test_a_modified_rate_needs_inflow_and_outflow():
    """Without either, and in a flow of year 0 only, it is undefined, not -100 %."""
    flows = np.array([[-100.0, 100, 0, -100], [-5, 5, 0, 200]])
    assert np.isnan(mirr(flows, 0.1, 0.1)).tolist() == [True, True, True, False]
    assert np.isnan(mirr([-100.0], 0.1, 0.1))


def test_a_rate_of_its_own_for_every_trial():
    """Trials side by side are valued as each alone."""
    cash = np.array([PROJECT, [-500.0, 0, 100, 200, 300, 400]]).T
    rate = np.array([0.08, 0.15])
    for timing in ("end", "middle"):
        together = npv(cash, rate, timing)
        alone = [float(npv(cash[:, i], rate[i], timing)) for i in range(2)]
        assert together == pytest.approx(alone, rel=1e-14)
        assert together == pytest.approx(
            (cash * discount_factors(5, rate, timing)).sum(axis=0), rel=1e-12
        )
    assert npv(PROJECT, rate).shape == (2,)


@pytest.mark.parametrize("timing", ["end", "middle"])
def test_discount_factors_by_formula(timing):
    """(1 + rate) ** -t, half a year less in the middle of a year, 1 today."""
    rate = np.array([-0.5, 0.0, 0.08, 3.0])
    t = np.arange(31.0)[:, np.newaxis]
    exponent = np.where(t == 0, 0, t - 0.5) if timing == "middle" else t
    assert discount_factors(30, rate, timing) == pytest.approx((1 + rate) ** -exponent, rel=1e-13)
    assert discount_factors(0, 0.08, timing).tolist() == [1.0]


@given(flows, rates)
def test_present_value_is_linear_in_the_flow(cash, rate):
    """Twice the flow is twice the value, and a flow minus itself is worth nothing."""
    cash = np.array(cash)
    size = float(npv(np.abs(cash), rate))
    assert npv(2 * cash, rate) == pytest.approx(2 * npv(cash, rate), abs=1e-12 * size)
    assert npv(cash - cash, rate) == 0


@given(flows, rates, st.integers(0, 11), st.floats(0, 1e6))
def test_more_money_in_any_year_never_lowers_the_value(cash, rate, year, more):
    """Value rises with every flow, whatever the rate."""
    better = np.array(cash)
    better[year % len(cash)] += more
    size = float(npv(np.abs(better), rate)) + float(npv(np.abs(cash), rate))
    for timing in ("end", "middle"):
        assert npv(better, rate, timing) >= npv(cash, rate, timing) - 1e-12 * size


@settings(max_examples=50)
@given(st.lists(st.floats(1.0, 1e6), min_size=1, max_size=10), st.floats(1.0, 1e7))
def test_value_falls_as_the_rate_rises_when_the_outlay_comes_first(inflows, outlay):
    """An investment is worth less the dearer money is; earlier payment in the year helps."""
    cash = [-outlay, *inflows]
    values = [float(npv(cash, rate)) for rate in (0.0, 0.05, 0.1, 0.5)]
    assert all(low < high for high, low in pairwise(values))
    assert npv(cash, 0.05, "middle") > npv(cash, 0.05, "end")


def test_ratios_to_nothing_are_undefined():
    """Without investment or costs a return is NaN: not infinite, and not 0."""
    assert np.isnan(roi([0.0, 100.0], 0.0))
    assert np.isnan(profitability_index(np.array([5.0, 0.0]), 0.0)).all()
    assert np.isnan(roi_discounted([5.0, 5.0], [0.0, -1.0])).all()
    assert roi([[-10.0, 0.0], [15.0, 15.0]], [10.0, 0.0])[0] == pytest.approx(0.5)


def test_rates_at_or_below_minus_100_per_cent_are_refused():
    """No factor of (1 + rate) can be zero, negative or unknown."""
    for rate in (-1.0, -3.0, float("nan"), [0.1, -1.0]):
        with pytest.raises(ValueError, match=r"above -100 %.*8 % is 0\.08"):
            npv(np.ones((2, 2)), rate)
        with pytest.raises(ValueError, match="above -100 %"):
            discount_factors(2, rate)


def test_timing_is_end_or_middle():
    """Another word is refused with the two that exist."""
    with pytest.raises(ValueError, match=r'"end" or "middle".*not .start.'):
        npv([1.0, 2.0], 0.1, "start")
