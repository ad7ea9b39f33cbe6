"""One year of every example, worked by hand with every input at its median.

Every line is plain arithmetic, in the order in which one would type it into a calculator, and ends
in a comment that says what it is. `sheet()` prints the same lines as a table with the numbers put
in: that is docs/worked_years.md, written anew by

    python tests/hand_worked_years.py > docs/worked_years.md

Nothing here uses Utfall. The medians come from formulas or from scipy.
"""

import inspect
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import optimize, stats

NORMAL_95 = 1.6448536269514722  # a 90 % interval reaches this many standard deviations either way


@dataclass(frozen=True)
class Worked:
    """A year of a case: its lines as printed in the case (costs positive), and what is left."""

    year: int
    paid_in_year_0: dict[str, float]
    benefits: dict[str, float]
    costs: dict[str, float]
    tax: float
    cash: float
    quantities: dict[str, float]
    steps: dict[str, float]  # every line above, by the name it has there


# The median of each way to write an estimate; the names are those of the case files.


def between(low: float, high: float) -> float:
    """`low to high` for amounts: lognormal, so the median is the geometric mean of the ends."""
    return math.sqrt(low * high)


def share_between(low: float, high: float, probability: float = 0.5) -> float:
    """`low % to high %`: the beta distribution with these P5 and P95, found by solving for both."""

    def missed(log_shapes: np.ndarray) -> list[float]:
        a, b = np.exp(log_shapes)
        return [stats.beta.ppf(0.05, a, b) / low - 1, stats.beta.ppf(0.95, a, b) / high - 1]

    mean, sd = (low + high) / 2, (high - low) / (2 * NORMAL_95)
    size = mean * (1 - mean) / sd**2 - 1
    found = optimize.root(missed, np.log([mean * size, (1 - mean) * size]), tol=1e-14)
    assert max(map(abs, missed(found.x))) < 1e-11
    return float(stats.beta.ppf(probability, *np.exp(found.x)))


def triangular(low: float, mode: float, high: float) -> float:
    """Half of the triangle's area lies on either side."""
    if mode >= (low + high) / 2:
        return low + math.sqrt((high - low) * (mode - low) / 2)
    return high - math.sqrt((high - low) * (high - mode) / 2)


def triangular_p10_p90(p10: float, mode: float, p90: float) -> float:
    """The triangle with this mode that leaves a tenth of its area beyond either figure."""

    def missed(tails: np.ndarray) -> list[float]:
        left, right = tails  # how far the triangle reaches beyond p10 and p90
        low, high = p10 - left, p90 + right
        below = left**2 / ((high - low) * (mode - low))
        above = right**2 / ((high - low) * (high - mode))
        return [below - 0.1, above - 0.1]

    left, right = optimize.root(missed, [mode - p10, p90 - mode], tol=1e-14).x
    assert left > 0 and right > 0 and max(map(abs, missed([left, right]))) < 1e-11
    return triangular(p10 - left, mode, p90 + right)


def pert(low: float, mode: float, high: float) -> float:
    """A beta distribution between low and high with shapes 1 + 4 × the mode's distance to each."""
    a = 1 + 4 * (mode - low) / (high - low)
    b = 1 + 4 * (high - mode) / (high - low)
    return float(low + (high - low) * stats.beta.median(a, b))


def beta(a: float, b: float) -> float:
    """The median of a beta distribution."""
    return float(stats.beta.median(a, b))


def event_of_share(chance: float, low: float, high: float) -> float:
    """`event(chance, low % to high %)`: nothing up to 1 - chance, from there the share."""
    if chance <= 0.5:
        return 0.0
    return share_between(low, high, 1 - 0.5 / chance)


def truncated_normal(mean: float, sd: float, low: float, high: float) -> float:
    """The median of a normal distribution between two bounds, its mass rescaled."""
    return float(stats.truncnorm.median((low - mean) / sd, (high - mean) / sd, mean, sd))


def two_lognormals(
    weight: float, low: float, high: float, other_low: float, other_high: float
) -> float:
    """`mixture(low to high weight ..., other_low to other_high weight ...)`: half lies below."""

    def one(low: float, high: float) -> stats.rv_continuous:
        return stats.lognorm(math.log(high / low) / (2 * NORMAL_95), scale=math.sqrt(low * high))

    def half_below(amount: float) -> float:
        first, second = one(low, high), one(other_low, other_high)
        return float(weight * first.cdf(amount) + (1 - weight) * second.cdf(amount) - 0.5)

    return float(optimize.brentq(half_below, low, other_high, xtol=1e-9, rtol=1e-14))


def binomial(n: int, p: float) -> int:
    """The smallest count that is reached or undercut at least half of the time."""
    return int(stats.binom.median(n, p))


def customer_portal() -> Worked:
    """The third year, when everyone who will use the portal does, and the later release is paid."""
    # Inputs
    customers = 600  # customers
    hourly_cost = 400  # hourly_cost
    margin = triangular(14_000, 18_000, 22_000)  # margin
    churn = share_between(0.03, 0.08)  # churn
    new = between(45, 65)  # new_customers
    adoption = beta(4, 3)  # adoption
    late = triangular(0, 0.2, 0.8)  # launch_delay
    wins = pert(0, 2, 6)  # extra_wins
    avoided = pert(0, 0.10, 0.30)  # churn_avoided
    upsell = pert(0, 0.01, 0.04)  # upsell
    hours = between(1.5, 4)  # hours_saved
    realised = triangular(0.20, 0.50, 0.80)  # hours_realised
    price = between(200_000, 380_000)  # build
    own_hours = between(150, 400)  # project_hours
    overrun = 0  # overrun: comes one time in four, so its median is nothing
    running = triangular(45_000, 55_000, 90_000)  # running
    parallel = between(20_000, 60_000)  # parallel_running
    release = between(40_000, 120_000)  # new_release
    # Year 0
    own_time = own_hours * hourly_cost  # Own project time
    paid = price + own_time + overrun  # Paid in year 0
    # In use: 55, 90 and 100 % of adoption, the opening late by a part of a year
    use_1 = (1 - late) * adoption * 0.55  # in use, year 1
    use_2 = (1 - late) * adoption * 0.90 + late * adoption * 0.55  # in use, year 2
    use_3 = (1 - late) * adoption * 1.00 + late * adoption * 0.90  # in use, year 3
    churn_1 = churn * (1 - avoided * use_1)  # churn with the portal, year 1
    churn_2 = churn * (1 - avoided * use_2)  # churn with the portal, year 2
    churn_3 = churn * (1 - avoided * use_3)  # churn with the portal, year 3
    # Customers: those of last year less the leavers, and the new ones
    without_1 = customers * (1 - churn) + new  # without the portal, year 1
    without_2 = without_1 * (1 - churn) + new  # without the portal, year 2
    without_3 = without_2 * (1 - churn) + new  # without the portal, year 3
    kept_1 = customers * (1 - churn_1) + new  # with fewer leavers, year 1
    kept_2 = kept_1 * (1 - churn_2) + new  # with fewer leavers, year 2
    kept_3 = kept_2 * (1 - churn_3) + new  # with fewer leavers, year 3
    won_1 = wins * use_1  # won by the portal and still here, year 1
    won_2 = won_1 * (1 - churn_2) + wins * use_2  # won by the portal and still here, year 2
    won_3 = won_2 * (1 - churn_3) + wins * use_3  # won by the portal and still here, year 3
    present_3 = kept_3 + won_3  # all customers with the portal, year 3
    # Year 3
    more_new = margin * won_3  # More new customers
    fewer_lost = margin * (kept_3 - without_3)  # Fewer lost customers
    more_sales = margin * upsell * use_3 * present_3  # More sales to existing customers
    less_work = hourly_cost * hours * realised * use_3 * present_3  # Less administration
    licences = running * 1.03**2  # Licences and maintenance
    cash = more_new + fewer_lost + more_sales + less_work - licences - release  # Net cash
    return Worked(
        year=3,
        paid_in_year_0={"Build": price, "Own project time": own_time, "Overrun": overrun},
        benefits={
            "More new customers": more_new,
            "Fewer lost customers": fewer_lost,
            "More sales to existing customers": more_sales,
            "Less administration": less_work,
        },
        costs={
            "Licences and maintenance": licences,
            "Order desk in parallel": 0 * parallel,  # only in year 1
            "Later release": release,
        },
        tax=0,
        cash=cash,
        quantities={
            "in_use": use_3,
            "churn_with_portal": churn_3,
            "customers_without": without_3,
            "customers_won": won_3,
            "customers_with": present_3,
        },
        steps=dict(locals()),
    )


def crm() -> Worked:
    """The second year, when the CRM first spares a hire."""
    # Inputs
    customers = 600  # customers
    employees = 14  # employees
    hourly_cost = 400  # hourly_cost
    licence = 67_000 / 14  # licence
    margin = triangular(14_000, 18_000, 22_000)  # margin
    churn = share_between(0.03, 0.08)  # churn
    new = between(45, 65)  # new_customers
    employee_cost = between(580_000, 720_000)  # employee_cost
    recruitment = between(60_000, 180_000)  # recruitment_cost
    taken_up = 1  # taken_up: three times in four, so its median is yes
    gain = max(0, (-0.04 + 0.16) / 2)  # capacity_gain
    neglect = share_between(0.08, 0.25)  # neglect_share
    avoided = pert(0, 0.30, 0.80)  # neglect_avoided
    cost_to_win = between(12_000, 30_000)  # cost_to_win
    keep_to_win = share_between(0.10, 0.50)  # keep_to_win
    set_up = two_lognormals(0.7, 80_000, 160_000, 150_000, 500_000)  # set_up
    cleaning_hours = between(150, 350)  # cleaning_hours
    training_hours = between(12, 30)  # training_hours
    care_hours = between(60, 180)  # system_care
    # Year 0
    cleaning = cleaning_hours * hourly_cost  # Cleaning of data
    training = training_hours * employees * hourly_cost  # Training
    paid = set_up + cleaning + training  # Paid in year 0
    # In use: an S-curve with its middle at 1.5 years
    use_1 = taken_up / (1 + math.exp(-2 * (1 - 1.5)))  # in use, year 1
    use_2 = taken_up / (1 + math.exp(-2 * (2 - 1.5)))  # in use, year 2
    churn_1 = churn * (1 - neglect * avoided * use_1)  # churn with the CRM, year 1
    churn_2 = churn * (1 - neglect * avoided * use_2)  # churn with the CRM, year 2
    # Customers
    without_1 = customers * (1 - churn) + new  # without the CRM, year 1
    without_2 = without_1 * (1 - churn) + new  # without the CRM, year 2
    with_1 = customers * (1 - churn_1) + new  # with the CRM, year 1
    with_2 = with_1 * (1 - churn_2) + new  # with the CRM, year 2
    # Hires: 600 / 14 customers per employee, more with the CRM, always whole people
    each = customers / employees  # customers per employee
    each_1 = each * (1 + gain * use_1)  # customers per employee with the CRM, year 1
    each_2 = each * (1 + gain * use_2)  # customers per employee with the CRM, year 2
    hires_1 = max(0, math.ceil(without_1 / each) - employees)  # hires without the CRM, year 1
    hires_2 = max(hires_1, math.ceil(without_2 / each) - employees)  # without the CRM, year 2
    fewer_1 = max(0, math.ceil(without_1 / each_1) - employees)  # hires with the CRM, year 1
    fewer_2 = max(fewer_1, math.ceil(without_2 / each_2) - employees)  # with the CRM, year 2
    # Keeping against winning
    at_risk = with_1 * churn * neglect * use_2  # customers at risk whom we call
    winning = at_risk * avoided * cost_to_win  # what winning as many would cost (not in the cash)
    # Year 2
    salaries = employee_cost * (hires_2 - fewer_2)  # Salaries of hires avoided
    recruiting = recruitment * ((hires_2 - hires_1) - (fewer_2 - fewer_1))  # Recruitment avoided
    fewer_lost = margin * (with_2 - without_2)  # Fewer lost customers
    licences = licence * (employees + fewer_2)  # Licences
    care = care_hours * hourly_cost  # Care of the system
    keeping = at_risk * cost_to_win * keep_to_win  # Attempts to keep customers
    cash = salaries + recruiting + fewer_lost - licences - care - keeping  # Net cash
    return Worked(
        year=2,
        paid_in_year_0={
            "Set-up and integration": set_up,
            "Cleaning of data": cleaning,
            "Training": training,
        },
        benefits={
            "Salaries of hires avoided": salaries,
            "Recruitment avoided": recruiting,
            "Fewer lost customers": fewer_lost,
        },
        costs={
            "Licences": licences,
            "Care of the system": care,
            "Attempts to keep customers": keeping,
        },
        tax=0,
        cash=cash,
        quantities={
            "in_use": use_2,
            "customers_without": without_2,
            "customers_with": with_2,
            "customers_per_employee_with_crm": each_2,
            "hires_without": hires_2,
            "hires_with": fewer_2,
            "cost_of_winning_as_many": winning,
        },
        steps=dict(locals()),
    )


def cx_programme() -> Worked:
    """The second year. The link's median is below its middle, because the link may be nil."""
    # Inputs
    customers = 600  # customers
    hourly_cost = 400  # hourly_cost
    margin = triangular(14_000, 18_000, 22_000)  # margin
    churn = share_between(0.03, 0.08)  # churn
    new = between(45, 65)  # new_customers
    contacts = (4 + 6) / 2  # contacts, the same in every year
    cost_per_contact = between(200, 350)  # cost_per_contact
    nps_gain = (0 + 16) / 2  # nps_gain
    link = event_of_share(0.60, 0.005, 0.03)  # churn_link
    cross_sell = pert(0, 0.0005, 0.003)  # cross_sell
    referrals = pert(0, 0.1, 0.4)  # referrals
    replaces = triangular(0, 0.50, 1)  # replaces_advertising
    advertising = between(6_000, 12_000)  # advertising_per_win
    contacts_avoided = pert(0, 0.10, 0.30)  # contacts_avoided
    realised = triangular(0.20, 0.50, 0.80)  # hours_realised
    start_up = between(60_000, 150_000)  # start_up
    start_up_hours = between(100, 250)  # start_up_hours
    tool = 25_000  # survey_tool: the cheaper one, with 60 %
    programme_hours = between(100, 250)  # programme_hours
    repairs = between(30_000, 100_000)  # repairs
    # Year 0
    own_time = start_up_hours * hourly_cost  # Own time to start
    paid = start_up + own_time  # Paid in year 0
    # NPS and what follows from it
    nps_1 = nps_gain * 0.30  # NPS gained, year 1
    nps_2 = nps_gain * 0.70  # NPS gained, year 2
    churn_1 = churn * (1 - link * nps_1)  # churn with the programme, year 1
    churn_2 = churn * (1 - link * nps_2)  # churn with the programme, year 2
    referred_1 = referrals * nps_1  # referred customers, year 1
    referred_2 = referrals * nps_2  # referred customers, year 2
    # Customers
    without_1 = customers * (1 - churn) + new  # without the programme, year 1
    without_2 = without_1 * (1 - churn) + new  # without the programme, year 2
    kept_1 = customers * (1 - churn_1) + new  # with fewer leavers, year 1
    kept_2 = kept_1 * (1 - churn_2) + new  # with fewer leavers, year 2
    extra_1 = referred_1 * (1 - replaces)  # referred beyond those who replace bought ones, year 1
    extra_2 = extra_1 * (1 - churn_2) + referred_2 * (1 - replaces)  # the same, year 2
    present_2 = kept_2 + extra_2  # all customers with the programme, year 2
    support = cost_per_contact * contacts * present_2  # support cost before repairs, year 2
    # Year 2
    fewer_lost = margin * (kept_2 - without_2)  # Fewer lost customers
    more_sales = margin * cross_sell * nps_2 * present_2  # Cross-sell and upsell
    referred = margin * extra_2  # Referred customers
    saved = advertising * referred_2 * replaces  # Advertising saved
    less_support = support * contacts_avoided * 0.70 * realised  # Lower support cost
    time = programme_hours * hourly_cost * 1.03  # Time spent on the programme
    received = fewer_lost + more_sales + referred + saved + less_support  # all benefits
    cash = received - tool - time - repairs  # Net cash
    return Worked(
        year=2,
        paid_in_year_0={"Start of the programme": start_up, "Own time to start": own_time},
        benefits={
            "Fewer lost customers": fewer_lost,
            "Cross-sell and upsell": more_sales,
            "Referred customers": referred,
            "Advertising saved": saved,
            "Lower support cost": less_support,
        },
        costs={"Survey tool": tool, "Time spent on the programme": time, "Repairs": repairs},
        tax=0,
        cash=cash,
        quantities={
            "nps_change": nps_2,
            "churn_with_programme": churn_2,
            "referred": referred_2,
            "referred_extra": extra_2,
            "support_cost": support,
            "customers_with": present_2,
        },
        steps=dict(locals()),
    )


def capacity() -> Worked:
    """The second year, in whole people."""
    # Inputs
    customers = 600  # customers
    employees = 14  # employees
    hourly_cost = 400  # hourly_cost
    hours_a_year = 1_600  # working_hours
    margin = triangular(14_000, 18_000, 22_000)  # margin
    churn = share_between(0.03, 0.08)  # churn
    new = between(45, 65)  # new_customers
    employee_cost = between(580_000, 720_000)  # employee_cost
    recruitment = between(60_000, 180_000)  # recruitment_cost
    turnover = share_between(0.04, 0.12)  # staff_turnover
    leavers = binomial(employees, turnover)  # leavers, the same in every year
    cut = truncated_normal(0.05, 0.07, -0.05, 0.20)  # work_cut
    thinner = 0  # thinner_service: comes three times in ten, so its median is nothing
    project = between(350_000, 800_000)  # project
    own_hours = between(400, 1_000)  # mapping_hours
    running = triangular_p10_p90(90_000, 120_000, 180_000)  # tool_running
    # Year 0
    own_time = own_hours * hourly_cost  # Own project time
    paid = project + own_time  # Paid in year 0
    # Customers
    without_1 = customers * (1 - churn) + new  # if we hire, year 1
    without_2 = without_1 * (1 - churn) + new  # if we hire, year 2
    with_1 = customers * (1 - churn - thinner * 0.40) + new  # if we cut work, year 1
    with_2 = with_1 * (1 - churn - thinner * 0.80) + new  # if we cut work, year 2
    # Staff: whole people, and nobody dismissed
    hours = employees * hours_a_year / customers  # hours per customer
    need_1 = math.ceil(without_1 * hours / hours_a_year)  # needed if we hire, year 1
    need_2 = math.ceil(without_2 * hours / hours_a_year)  # needed if we hire, year 2
    less_1 = math.ceil(without_1 * hours * (1 - cut * 0.40) / hours_a_year)  # if we cut, year 1
    less_2 = math.ceil(without_2 * hours * (1 - cut * 0.80) / hours_a_year)  # if we cut, year 2
    staff_1 = max(need_1, employees - leavers)  # staff if we hire, year 1
    staff_2 = max(need_2, staff_1 - leavers)  # staff if we hire, year 2
    lean_1 = max(less_1, employees - leavers)  # staff if we cut work, year 1
    lean_2 = max(less_2, lean_1 - leavers)  # staff if we cut work, year 2
    recruited = staff_2 - staff_1 + leavers  # recruited if we hire, year 2
    recruited_lean = lean_2 - lean_1 + leavers  # recruited if we cut work, year 2
    # Year 2
    salaries = employee_cost * (staff_2 - lean_2)  # Salaries of hires avoided
    recruiting = recruitment * (recruited - recruited_lean)  # Recruitment avoided
    licences = running * 1.03  # Licences and care
    lost = margin * (without_2 - with_2)  # Customers lost to thinner service
    cash = salaries + recruiting - licences - lost  # Net cash
    return Worked(
        year=2,
        paid_in_year_0={"Consultants and tools": project, "Own project time": own_time},
        benefits={"Salaries of hires avoided": salaries, "Recruitment avoided": recruiting},
        costs={"Licences and care": licences, "Customers lost to thinner service": lost},
        tax=0,
        cash=cash,
        quantities={
            "customers_without": without_2,
            "needed_without": need_2,
            "needed_with": less_2,
            "staff_without": staff_2,
            "staff_with": lean_2,
            "recruited_without": recruited,
            "recruited_with": recruited_lean,
        },
        steps=dict(locals()),
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


WORKED: dict[str, Callable[[], Worked]] = {
    "customer_portal": customer_portal,
    "crm": crm,
    "cx_programme": cx_programme,
    "capacity": capacity,
    "customer_profitability": customer_profitability,
    "blank": blank,
}


INTRODUCTION = """# A year of every example, worked by hand

Every input stands at its median: the value that is too high as often as it is too low. Where the
arithmetic of an input names a distribution, such as `pert(0, 0.10, 0.30)`, its median is meant;
`between(45, 65)` is the median of `45 to 65`, the root of 45 × 65, and `share_between` that of an
interval in per cent, a beta distribution. All other lines need no more than a calculator. Figures
are shown with seven digits and computed with all of them. The cases are the files of `configs/`.
"""
LINE = re.compile(r"    (?P<name>\w+) = (?P<arithmetic>.+?)  # (?P<words>.+)")


def figure(value: float) -> str:
    """Seven digits, thousands apart; in parentheses if negative, so that it can stand in a sum."""
    text = f"{abs(value):,.7g}".replace(",", " ")
    return f"(−{text})" if value < 0 else text


def in_figures(arithmetic: str, steps: dict[str, float]) -> str:
    """The arithmetic with every name replaced by its figure, in the signs of a calculator."""
    text = arithmetic.replace("math.ceil", "round up").replace("math.", "")
    text = re.sub(r"(?<=\d)_(?=\d)", " ", text)
    text = text.replace("**2", "²").replace("*", "×").replace(" - ", " − ").replace("-", "−")
    return re.sub(
        r"[a-z]\w*", lambda name: figure(steps[name[0]]) if name[0] in steps else name[0], text
    )


def sheet(title: str, work: Callable[[], Worked]) -> str:
    """The lines of one worked year as tables, with the figures in the place of the names."""
    worked = work()
    rows = [f"\n## `{title}.yaml`, year {worked.year}\n\n{work.__doc__}"]
    for line in inspect.getsource(work).splitlines():
        if line.startswith("    # "):
            rows.append(f"\n| {line[6:]} | Arithmetic | Result |\n|---|---|---:|")
        elif found := LINE.fullmatch(line):
            shown = in_figures(found["arithmetic"], worked.steps)
            result = figure(worked.steps[found["name"]]).strip("()")
            rows.append(f"| {found['words']} | {'' if shown == result else shown} | {result} |")
    return "\n".join(rows) + "\n"


def document() -> str:
    """All worked years: the text of docs/worked_years.md."""
    return INTRODUCTION + "".join(sheet(title, work) for title, work in WORKED.items())


if __name__ == "__main__":
    page = Path(__file__).parents[1] / "docs" / "worked_years.md"
    page.write_text(document(), encoding="utf-8")
