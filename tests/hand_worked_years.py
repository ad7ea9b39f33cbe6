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
from pathlib import Path

from hand_worked_medians import (
    Worked,
    beta,
    between,
    binomial,
    event_of_share,
    pert,
    share_between,
    triangular,
    triangular_p10_p90,
    truncated_normal,
    two_lognormals,
)
from hand_worked_others import blank, customer_profitability


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
