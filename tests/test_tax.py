"""Tax after depreciation: worked by hand, published, and by invariants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.valuation import npv, tax

profits = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10)


def test_worked_project_after_tax():
    """20.6 % tax, straight-line depreciation of 1000 over five years: value 135.2058 at 8 %."""
    profit = np.array([300.0, 420, 360, 240, 180])
    paid = tax(profit, 1000.0, 0.206, 5)
    assert paid == pytest.approx([20.6, 45.32, 32.96, 8.24, -4.12], abs=1e-12)
    assert npv([-1000, *(profit - paid)], 0.08) == pytest.approx(135.20580592, abs=1e-6)


def test_electric_scooter():
    """Brealey, Myers and Allen's Otobai: value 3.43 billion yen at 10 %, tax 50 %."""
    profit = np.full(10, 1e6 * 0.1 * (375_000 - 300_000) - 3e9)
    paid = tax(profit, 15e9, 0.5, 10)
    assert npv([-15e9, *(profit - paid)], 0.1) == pytest.approx(3.4337e9, abs=5e4)


def test_carried_losses_by_hand():
    """Losses of 100 and 50 shield the first 150 of later profit; the rest is taxed."""
    paid = tax([0.0, 50, 180, 300, 300], 300.0, 0.25, 3, losses="carried")
    # taxable: -100, -50, 80 (all shielded, 70 left), 300 - 70, 300
    assert paid.tolist() == [0, 0, 0, 57.5, 75]


def test_depreciation_beyond_the_last_year_is_lost():
    """Three years of a depreciation over five shield three fifths of the investment."""
    paid = tax([100.0, 100, 100], 500.0, 0.2, 5)
    assert paid.sum() == pytest.approx(0.2 * (300 - 300))
    paid = tax([200.0, 200, 200], 500.0, 0.2, 2)  # all of it within two years, none later
    assert paid == pytest.approx([-10, -10, 40])


@given(profits, st.floats(0, 1e6), st.floats(0, 0.9), st.integers(1, 12))
def test_used_losses_make_tax_proportional(profit, investment, rate, years):
    """In sum, used losses tax exactly what was earned beyond what was depreciated."""
    paid = tax(profit, investment, rate, years)
    depreciated = investment * min(years, len(profit)) / years
    gross = sum(map(abs, profit)) + investment
    assert paid.sum() == pytest.approx(rate * (sum(profit) - depreciated), abs=1e-9 * gross + 1e-9)


@given(profits, st.floats(0, 1e6), st.floats(0, 0.9), st.integers(1, 12))
def test_carried_losses_never_pay_out_and_never_pay_less_in_all(profit, investment, rate, years):
    """Carrying a loss forward gives no money back, and in sum at least as much tax."""
    carried = tax(profit, investment, rate, years, losses="carried")
    used = tax(profit, investment, rate, years, losses="used")
    assert (carried >= 0).all()
    slack = 1e-9 * (sum(map(abs, profit)) + investment)
    assert (np.cumsum(carried) >= np.cumsum(used) - slack).all()


def test_trials_side_by_side():
    """Investment and rate may differ by trial; each is taxed as alone."""
    profit = np.array([[100.0, -50], [100, 400]])
    investment, rate = np.array([100.0, 0.0]), np.array([0.2, 0.3])
    for losses in ("used", "carried"):
        together = tax(profit, investment, rate, 2, losses)
        for i in range(2):
            alone = tax(profit[:, i], investment[i], rate[i], 2, losses)
            assert together[:, i].tolist() == alone.tolist()


def test_wrong_words_and_years_are_refused():
    """Depreciation takes a whole year at least; losses are used or carried."""
    for years in (0, -1, 2.5):
        with pytest.raises(ValueError, match=f"at least 1, not {years}"):
            tax([1.0], 1.0, 0.2, years)
    with pytest.raises(ValueError, match='"used" or "carried", not \'kept\''):
        tax([1.0], 1.0, 0.2, 1, losses="kept")
