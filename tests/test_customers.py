"""What customers are worth: tables worked by hand, to the last digit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.customers import (
    annual_churn,
    average_contract_value,
    average_transaction,
    break_even_customers,
    customer_satisfaction,
    customers_by_year,
    customers_per_employee,
    lifetime_value,
    lifetime_value_end_of_year,
    lifetime_value_start_of_year,
    mean_lifetime,
    net_promoter_score,
    quarterly_churn,
    revenue_lost,
    staff_needed,
    value_of_lost_customer,
)
from simulator.engine.valuation import irr, npv

CUSTOMERS, MARGIN, CHURN, FEWER_LOST, JOINING, MORE_JOINING = 600, 18_000, 0.05, 0.01, 25, 4
UPSELL, HOURS, WAGE = 0.02, 1.5, 400

# year: without, with, difference, kept and won, upsell, administration, sum
COHORT = [
    (595, 605, 10, 180_000, 217_800, 363_000, 760_800),
    (590.25, 609.8, 19.55, 351_900, 219_528, 365_880, 937_308),
    (585.7375, 614.408, 28.6705, 516_069, 221_186.88, 368_644.80, 1_105_900.68),
    (581.450625, 618.83168, 37.381055, 672_858.99, 222_779.40, 371_299.01, 1_266_937.40),
    (577.37809375, 623.0784128, 45.70031905, 822_605.74, 224_308.23, 373_847.05, 1_420_761.02),
]


def test_a_static_year():
    """Drivers of one year: new customers, less churn, upsell and administration."""
    drivers = [
        MORE_JOINING * MARGIN,
        CUSTOMERS * FEWER_LOST * MARGIN,
        CUSTOMERS * UPSELL * MARGIN,
        CUSTOMERS * HOURS * WAGE,
    ]
    assert drivers == pytest.approx([72_000, 108_000, 216_000, 360_000])
    assert sum(drivers) == pytest.approx(756_000)


def test_cohort_table():
    """Five years of the worked cohort; the first equals new customers and less churn exactly."""
    without = customers_by_year(CUSTOMERS, CHURN, JOINING, 5)
    with_it = customers_by_year(CUSTOMERS, CHURN - FEWER_LOST, JOINING + MORE_JOINING, 5)
    kept = MARGIN * (with_it - without)
    upsell, administration = MARGIN * UPSELL * with_it, HOURS * WAGE * with_it
    total = kept + upsell + administration
    columns = [without, with_it, with_it - without, kept, upsell, administration, total]
    for year, row in enumerate(COHORT, start=1):
        assert [float(column[year]) for column in columns[:3]] == pytest.approx(row[:3], rel=1e-12)
        assert [float(column[year]) for column in columns[3:]] == pytest.approx(row[3:], abs=0.005)
    assert kept[1] == pytest.approx(72_000 + 108_000)
    assert total[1:].sum() == pytest.approx(5_491_707.10, abs=0.005)


def test_churn_effect_alone():
    """600 customers at 4 % instead of 5 %, nobody joining."""
    more = customers_by_year(600, 0.04, 0, 5) - customers_by_year(600, 0.05, 0, 5)
    assert more[1:] == pytest.approx([6, 11.46, 16.4166, 20.9042, 24.9551], abs=5e-5)


def test_many_bases_at_once():
    """Churn and joining may differ by trial."""
    churn, joining = np.array([0.05, 0.04]), np.array([25, 29])
    both = customers_by_year(600, churn, joining, 5)
    assert both[5] == pytest.approx([577.37809375, 623.0784128], rel=1e-12)


def test_lifetime_values():
    """m 18,000 at 5 % and 4 % churn, with and without 8 % interest."""
    assert mean_lifetime([0.05, 0.04]) == pytest.approx([20, 25])
    assert lifetime_value(18_000, [0.05, 0.04]) == pytest.approx([360_000, 450_000])
    start = lifetime_value_start_of_year(18_000, [0.05, 0.04], 0.08)
    assert start == pytest.approx([149_538.46, 162_000], abs=0.005)
    assert lifetime_value_end_of_year(18_000, 0.05, 0.08) == pytest.approx(131_538.46, abs=0.005)


@given(st.floats(0.01, 0.9), st.floats(0.01, 0.5))
def test_lifetime_value_is_the_present_value_of_its_payments(churn, rate):
    """Both conventions, summed over so many years that nothing is left."""
    payments = 100.0 * (1 - churn) ** np.arange(3000)
    assert lifetime_value_start_of_year(100, churn, rate) == pytest.approx(
        npv(payments, rate), rel=1e-9
    )
    assert lifetime_value_end_of_year(100, churn, rate) == pytest.approx(
        npv(payments, rate) - 100, rel=1e-9, abs=1e-9
    )


def test_a_lost_customer():
    """45,000 a year lost for ever at 8 %, and when he might have left anyway."""
    assert value_of_lost_customer(45_000, 0.08) == pytest.approx(562_500)
    assert value_of_lost_customer(45_000, 0.08, 0.05) == pytest.approx(328_846.15, abs=0.005)


def test_revenue_lost_is_not_the_run_rate():
    """Five of 600 lost a year for four years: 2.25, 1.8 or 1.35 million; 0.9 a year after that."""
    lost = [float(revenue_lost(5, 45_000, 4, when)) for when in ("start", "middle", "end")]
    assert lost == [2_250_000, 1_800_000, 1_350_000]
    assert (80 - 20) * 45_000 == 80 * 45_000 - 900_000


@given(st.floats(0, 0.99))
def test_churn_of_a_quarter_and_of_a_year(churn):
    """There and back; and the worked figures."""
    assert annual_churn(quarterly_churn(churn)) == pytest.approx(churn, abs=1e-12)
    assert 100 * annual_churn(0.02) == pytest.approx(7.763184, abs=5e-7)
    assert 100 * quarterly_churn(0.08) == pytest.approx(2.062964, abs=5e-7)


def test_net_promoter_score():
    """120 promoters, 50 passives, 30 detractors: 45 with a standard error of 5.23 points."""
    score, error = net_promoter_score(120, 50, 30)
    assert score == pytest.approx(45, abs=1e-12)
    assert error == pytest.approx(5.23, abs=0.005)
    answers = np.repeat([100, 0, -100], [120, 50, 30])
    assert (score, error) == pytest.approx((answers.mean(), answers.std() / 200**0.5), rel=1e-12)
    assert net_promoter_score([10, 0], 0, [0, 10]).score.tolist() == [100, -100]


def test_averages_and_satisfaction():
    """168 of 200, 27 million over 18,000 sales, 4.5 million over 25 new customers."""
    assert customer_satisfaction(168, 200) == pytest.approx(0.84, abs=1e-15)
    assert average_transaction(27e6, 18_000) == 1500
    assert average_contract_value(4.5e6, 25) == 180_000


def test_capacity():
    """600 customers and 14 employees: 42.857 each; 50 each would serve 700 in all."""
    capacity = customers_per_employee(600, 14)
    assert capacity == pytest.approx(42.857, abs=5e-4)
    assert 50 / capacity - 1 == pytest.approx(0.167, abs=5e-4)
    assert [float(capacity * gain * 14) for gain in (1.15, 1.20)] == pytest.approx([690, 720])
    assert 14 * 50 * 45_000 == 31_500_000
    assert [float(growth / capacity) for growth in (20, 30)] == pytest.approx(
        [0.47, 0.70], abs=4e-3
    )
    assert break_even_customers(67_000, [45_000, 18_000]) == pytest.approx([1.49, 3.72], abs=5e-3)


def test_staff_is_a_step_that_rounding_does_not_climb():
    """600 / (600 / 14) is 14.000000000000002 in floating point, and still 14 people."""
    assert staff_needed(600, 600 / 14) == 14
    assert staff_needed([0, 1, 42, 43, 600, 600.001, 643], 600 / 14).tolist() == [
        *(0, 1, 1, 2, 14, 15, 16)
    ]


@given(st.integers(1, 10_000), st.integers(1, 500))
def test_a_base_served_today_needs_todays_staff(customers, staff):
    """Whatever the numbers, the ratio gives back the staff it was made of."""
    assert staff_needed(customers, customers_per_employee(customers, staff)) == staff


def test_worked_flow():
    """−1000, 300, 420, 360, 240, 180 at 8 %: value 222.5518, rate 16.9136 %."""
    flow = [-1000, 300, 420, 360, 240, 180]
    assert npv(flow, 0.08) == pytest.approx(222.5518, abs=5e-5)
    assert irr(flow)[0] == pytest.approx(0.169136, abs=5e-7)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_lifetime([0.05, 0.0]), "churn must be above 0, not 0"),
        (lambda: lifetime_value(1, -0.1), "churn must be above 0, not -0.1"),
        (lambda: lifetime_value_end_of_year(1, 0.0, 0.0), r"rate \+ churn must be above 0"),
        (lambda: lifetime_value_start_of_year(1, 0.0, 0.0), r"rate \+ churn must be above 0"),
        (lambda: net_promoter_score(0, 0, 0), "number of answers must be above 0"),
        (lambda: customer_satisfaction(0, 0), "number of answers must be above 0"),
        (lambda: average_transaction(5, 0), "number of sales must be above 0"),
        (lambda: average_contract_value(5, 0), "number of new customers must be above 0"),
        (lambda: customers_per_employee(5, 0), "number of employees must be above 0"),
        (lambda: staff_needed(5, 0), "customers per employee must be above 0"),
        (lambda: break_even_customers(5, -1), "value per customer must be above 0, not -1"),
        (lambda: revenue_lost(5, 1, 4, "never"), '"start", "middle" or "end", not .never.'),
    ],
)
def test_what_cannot_be_divided_is_refused(call, message):
    """No division by nothing: the error names what is missing."""
    with pytest.raises(ValueError, match=message):
        call()
