"""The hand-worked years of the Norwegian company and of the blank case."""

from hand_worked_medians import (
    Worked,
    between,
    pert,
    share_between,
)


def customer_profitability() -> Worked:
    """The second year, after tax. A small customer who leaves is a small gain."""
    # Inputs
    avoidable = share_between(0.55, 0.90)  # avoidable
    key = 80  # key_customers
    key_new = 4  # key_new
    key_contribution = between(80_000, 110_000)  # key_contribution
    key_serve = between(22_000, 34_000)  # key_cost_to_serve
    key_churn = share_between(0.03, 0.08)  # key_churn
    key_avoided = pert(0, 0.12, 0.40)  # key_churn_avoided
    key_build = between(80_000, 180_000)  # key_build
    key_running = between(60_000, 120_000)  # key_running
    regular = 320  # regular_customers
    regular_new = 26  # regular_new
    regular_contribution = between(17_000, 23_000)  # regular_contribution
    regular_serve = between(7_000, 11_000)  # regular_cost_to_serve
    regular_churn = share_between(0.06, 0.11)  # regular_churn
    regular_avoided = 0  # regular_churn_avoided: two times in five, so its median is nothing
    regular_cut = pert(0, 0.14, 0.35)  # regular_cost_cut
    regular_build = between(350_000, 700_000)  # regular_build
    regular_running = between(50_000, 100_000)  # regular_running
    small = 500  # small_customers
    small_new = 60  # small_new
    small_contribution = between(3_200, 4_600)  # small_contribution
    small_serve = between(4_500, 7_500)  # small_cost_to_serve
    small_churn = share_between(0.09, 0.16)  # small_churn
    small_added = pert(0, 0.25, 1)  # small_churn_added
    small_cut = pert(0.05, 0.20, 0.45)  # small_cost_cut
    small_build = between(150_000, 350_000)  # small_build
    small_running = between(50_000, 110_000)  # small_running
    # Year 0
    paid = key_build + regular_build + small_build  # Paid in year 0
    # What one customer more or fewer changes in cash
    key_cash = key_contribution - key_serve * avoidable  # a key account
    regular_cash = regular_contribution - regular_serve * avoidable  # a regular customer
    small_cash = small_contribution - small_serve * avoidable  # a small customer: less than nothing
    # Customers: 40 % of the effect in year 1, 80 % in year 2
    key_0 = key * (1 - key_churn) + key_new  # key accounts without, year 1
    key_00 = key_0 * (1 - key_churn) + key_new  # key accounts without, year 2
    stay_1 = 1 - key_churn * (1 - key_avoided * 0.40)  # share of key accounts staying, year 1
    stay_2 = 1 - key_churn * (1 - key_avoided * 0.80)  # share of key accounts staying, year 2
    key_1 = key * stay_1 + key_new  # key accounts with onboarding, year 1
    key_2 = key_1 * stay_2 + key_new  # key accounts with onboarding, year 2
    regular_0 = regular * (1 - regular_churn) + regular_new  # regular customers without, year 1
    regular_00 = regular_0 * (1 - regular_churn) + regular_new  # regular customers without, year 2
    keep_1 = 1 - regular_churn * (1 - regular_avoided * 0.40)  # share of regular staying, year 1
    keep_2 = 1 - regular_churn * (1 - regular_avoided * 0.80)  # share of regular staying, year 2
    regular_1 = regular * keep_1 + regular_new  # regular customers with self-service, year 1
    regular_2 = regular_1 * keep_2 + regular_new  # regular customers with self-service, year 2
    small_0 = small * (1 - small_churn) + small_new  # small customers without, year 1
    small_00 = small_0 * (1 - small_churn) + small_new  # small customers without, year 2
    left_1 = small_churn * (1 + small_added * 0.40)  # share of small customers leaving, year 1
    left_2 = small_churn * (1 + small_added * 0.80)  # share of small customers leaving, year 2
    small_1 = small * (1 - left_1) + small_new  # small customers with self-service, year 1
    small_2 = small_1 * (1 - left_2) + small_new  # small customers with self-service, year 2
    # Year 2
    key_kept = key_cash * (key_2 - key_00)  # Key accounts, fewer lost
    regular_kept = regular_cash * (regular_2 - regular_00)  # Regular, fewer lost
    regular_before = regular_serve * avoidable * regular_2  # what regular customers cost to serve
    regular_cheaper = regular_before * regular_cut * 0.80  # Regular, cheaper to serve
    small_left = small_cash * (small_2 - small_00)  # Small, more lost
    small_before = small_serve * avoidable * small_2  # what small customers cost to serve
    small_cheaper = small_before * small_cut * 0.80  # Small, cheaper to serve
    kept = key_kept + regular_kept + small_left  # benefits of customers kept or lost
    received = kept + regular_cheaper + small_cheaper  # all benefits
    spent = key_running + regular_running + small_running  # all costs
    tax = 0.22 * (received - spent - paid / 3)  # Tax; a third of the investment is depreciated
    cash = received - spent - tax  # Net cash
    return Worked(
        year=2,
        paid_in_year_0={
            "Key accounts, onboarding programme": key_build,
            "Regular, self-service": regular_build,
            "Small, self-service": small_build,
        },
        benefits={
            "Key accounts, fewer lost": key_kept,
            "Regular, fewer lost": regular_kept,
            "Regular, cheaper to serve": regular_cheaper,
            "Small, more lost": small_left,
            "Small, cheaper to serve": small_cheaper,
        },
        costs={
            "Key accounts, named contacts": key_running,
            "Regular, licences and care": regular_running,
            "Small, licences and care": small_running,
        },
        tax=tax,
        cash=cash,
        quantities={
            "key_cash": key_cash,
            "regular_cash": regular_cash,
            "small_cash": small_cash,
            "key_without": key_00,
            "key_with": key_2,
            "regular_with": regular_2,
            "small_without": small_00,
            "small_with": small_2,
        },
        steps=dict(locals()),
    )


def blank() -> Worked:
    """The second year, when the whole effect is reached."""
    # Inputs
    customers = 500  # customers
    margin = between(800, 1_400)  # margin
    effect = pert(0, 0.10, 0.30)  # effect
    price = between(60_000, 120_000)  # price, paid in year 0
    running = between(10_000, 20_000)  # running
    # Year 2: the whole effect
    more = customers * margin * effect * 1.00  # More contribution
    cash = more - running  # Net cash
    return Worked(
        year=2,
        paid_in_year_0={"Purchase": price},
        benefits={"More contribution": more},
        costs={"Running costs": running},
        tax=0,
        cash=cash,
        quantities={"reached": 1},
        steps=dict(locals()),
    )
