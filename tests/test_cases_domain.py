"""Tables worked by hand, as case files run through the front door: known to the last digit."""

import pytest
from cases_readings import simulated

import utfall as ut

TRIALS = 64  # nothing is uncertain in these cases

# Year: customers without the portal, with it, and more of them; what those kept and won, more
# sales and less administration bring, and all of it together.
COHORT = {
    1: (595, 605, 10, 180_000, 217_800, 363_000, 760_800),
    2: (590.25, 609.8, 19.55, 351_900, 219_528, 365_880, 937_308),
    3: (585.7375, 614.408, 28.6705, 516_069, 221_186.88, 368_644.80, 1_105_900.68),
    4: (581.450625, 618.83168, 37.381055, 672_858.99, 222_779.4048, 371_299.008, 1_266_937.4028),
    5: (
        577.37809375,
        623.0784128,
        45.70031905,
        822_605.7429,
        224_308.228608,
        373_847.04768,
        1_420_761.019188,
    ),
}
COLUMNS = (
    "customers_without",
    "customers_with",
    "more_customers",
    "kept_and_won",
    "more_sales",
    "less_administration",
    "benefit",
)
STATIC_YEAR = {
    "static_won": 72_000,
    "static_kept": 108_000,
    "static_sales": 216_000,
    "static_administration": 360_000,
    "static_year": 756_000,
    "five_static_years": 3_780_000,
}
CAPACITY = {
    "revenue": 27_000_000,
    "revenue_per_employee": 13_500_000 / 7,  # 1,928,571
    "customers_per_employee": 300 / 7,  # 42.857
    "possible_customers": 700,  # in total, not per employee
    "possible_revenue": 31_500_000,
    "headroom": 4_500_000,
    "capacity_gain": 1 / 6,  # 16.7 %
    "staff": 14,
    "staff_by_capacity": 14,  # 600 / (600 / 14) is a little more than 14 in floating point
    "staff_for_one_more": 15,
    "goal_low": 345 / 7,  # 49.3
    "goal_high": 360 / 7,  # 51.4
    "customers_at_goal_low": 690,
    "customers_at_goal_high": 720,
    "system_per_employee": 33_500 / 7,  # 4,786
    "growth_needs_low": 7 / 15,  # 0.47
    "growth_needs_high": 0.7,
    "headroom_lasts_low": 10 / 3,
    "headroom_lasts_high": 5,
    "break_even_by_revenue": 67 / 45,  # 1.49
    "break_even_by_margin": 67 / 18,  # 3.72
}
LOST_CUSTOMERS = {
    "net_customers": 60,
    "revenue_with_losses": 2_700_000,
    "revenue_without": 3_600_000,
    "run_rate_lost": 900_000,
    "lost_at_start": 2_250_000,
    "lost_at_mid_year": 1_800_000,
    "lost_at_end": 1_350_000,
}
KPIS = {  # each to the digits worked
    "lifetime_value": (360_000, 1e-6),
    "lifetime_value_paid_at_start": (149_538.46, 0.005),
    "lifetime_value_paid_at_end": (131_538.46, 0.005),
    "lost_forever": (562_500, 1e-6),
    "lost_who_would_leave": (328_846.15, 0.005),
    "yearly_churn": (0.07763184, 1e-12),
    "quarterly_churn": (0.02062964, 5e-9),
    "net_promoter_score": (45, 1e-9),
    "net_promoter_error": (5.23, 0.005),
    "satisfaction": (0.84, 1e-12),
    "average_transaction": (1500, 1e-9),
    "average_contract": (180_000, 1e-9),
}


def only(outcome):
    """The value of an outcome that is the same in every trial."""
    (value,) = set(outcome.values.tolist())
    return value


def of(file, name):
    """One quantity of a case file."""
    return only(simulated(file, "sobol", TRIALS).result.quantities[name])


def by_year(result, name):
    """A yearly quantity in years 1 to 5; a stock also has its start."""
    return [only(outcome) for outcome in result.quantities[name][-5:]]


@pytest.mark.parametrize("file", ["domain_cohort", "domain_cohort_function"])
@pytest.mark.parametrize(("column", "name"), list(enumerate(COLUMNS)))
def test_the_cohort_table_is_reproduced_cell_by_cell(file, column, name):
    """600 customers, 5 % churn, one point less with the portal, 25 joining, 4 more won."""
    result = simulated(file, "sobol", TRIALS).result
    expected = [row[column] for row in COHORT.values()]
    assert by_year(result, name) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("file", ["domain_cohort", "domain_cohort_function"])
def test_the_cash_of_each_year_is_the_sum_of_its_row(file):
    """The lines of benefits give what the columns give; year 0 is empty."""
    result = simulated(file, "sobol", TRIALS).result
    expected = [0] + [row[-1] for row in COHORT.values()]
    assert result.cash_by_year[:, 0].tolist() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("file", ["domain_cohort", "domain_cohort_function"])
def test_five_years_of_cohorts_bring_more_than_five_static_years(file):
    """5,491,707.10 against 3,780,000."""
    assert of(file, "five_years") == pytest.approx(5_491_707.10, abs=0.005)


@pytest.mark.parametrize(("name", "expected"), list(STATIC_YEAR.items()), ids=STATIC_YEAR)
def test_the_static_year_is_the_sum_of_the_four_drivers(name, expected):
    """72,000 + 108,000 + 216,000 + 360,000."""
    assert of("domain_cohort", name) == pytest.approx(expected, rel=1e-12)


def test_a_stock_begins_with_its_start():
    """Year 0 of both customer bases is 600."""
    result = simulated("domain_cohort", "sobol", TRIALS).result
    for name in ("customers_without", "customers_with"):
        assert [only(outcome) for outcome in result.quantities[name]][:1] == [600]
        assert len(result.quantities[name]) == 6


def test_less_churn_alone_keeps_more_customers_every_year():
    """Without new customers the difference is 600 (0.96**t - 0.95**t)."""
    case = simulated("domain_cohort", "sobol", TRIALS).case.with_inputs(joining="0", won="0")
    result = ut.simulate(case, trials=TRIALS, seed=1, show=["more_customers"])
    expected = [6, 11.46, 16.4166, 20.904186, 24.95505606]
    assert by_year(result, "more_customers") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("name", "expected"), list(CAPACITY.items()), ids=CAPACITY)
def test_capacity_per_employee(name, expected):
    """14 employees, 600 customers at 45,000: 14 are enough, 15 are needed for one customer more."""
    assert of("domain_capacity", name) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("customers", "staff"), [("600", 14), ("601", 15), ("642", 15), ("643", 16), ("1 200", 28)]
)
def test_hiring_goes_by_whole_people(customers, staff):
    """15 employees serve 642.86 customers; twice the customers need twice the staff, no more."""
    case = simulated("domain_capacity", "sobol", TRIALS).case.with_inputs(customers=customers)
    result = ut.simulate(case, trials=TRIALS, seed=1)
    assert only(result.quantities["staff"]) == staff


@pytest.mark.parametrize(("name", "expected"), list(LOST_CUSTOMERS.items()), ids=LOST_CUSTOMERS)
def test_revenue_lost_depends_on_when_in_the_year_customers_leave(name, expected):
    """The yearly run-rate after four years is not what was lost during them."""
    assert of("domain_lost_customers", name) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("name", "expected"), list(KPIS.items()), ids=KPIS)
def test_customer_figures_worked_by_hand(name, expected):
    """Lifetime value, churn by quarter and year, NPS, CSAT and averages as calculations."""
    value, tolerance = expected
    assert of("domain_kpis", name) == pytest.approx(value, rel=0, abs=tolerance)


def test_lifetime_value_with_a_point_less_churn():
    """4 % instead of 5 %: 450,000, or 162,000 discounted and paid at the start of each year."""
    case = simulated("domain_kpis", "sobol", TRIALS).case.with_inputs(churn="4 %")
    result = ut.simulate(case, trials=TRIALS, seed=1)
    assert only(result.quantities["lifetime_value"]) == pytest.approx(450_000, rel=1e-12)
    start = result.quantities["lifetime_value_paid_at_start"]
    assert only(start) == pytest.approx(162_000, rel=1e-12)
