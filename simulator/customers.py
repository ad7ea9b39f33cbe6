"""What customers are worth, and how they are counted: the figures of customer-experience cases.

Rates are fractions (0.05 for 5 %), money is in any one currency, `contribution` is revenue minus
variable cost, per customer and year: value customers with it, never with revenue. Every function
takes numbers or arrays, and serves one customer base as well as a million simulated ones.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
When = Literal["start", "middle", "end"]


def annual_churn(quarterly_churn: npt.ArrayLike) -> Floats:
    """The share of customers lost in a year, from that lost in a quarter: 1 - (1 - q)⁴, not 4q.

    >>> f"{annual_churn(0.02):.6%}"
    '7.763184%'
    """
    return _array(1 - (1 - _array(quarterly_churn)) ** 4)


def quarterly_churn(annual_churn: npt.ArrayLike) -> Floats:
    """The share of customers lost in a quarter, from that lost in a year: 1 - (1 - c) ** (1 / 4).

    >>> f"{quarterly_churn(0.08):.6%}"
    '2.062964%'
    """
    return _array(1 - (1 - _array(annual_churn)) ** 0.25)


def mean_lifetime(churn: npt.ArrayLike) -> Floats:
    """Years that a customer stays on average, the first included, at constant churn: 1 / c.

    Too short for those who have stayed, when churn differs between customers.
    Raises ValueError for a churn that is not above 0: then nobody ever leaves.

    >>> float(mean_lifetime(0.05))
    20.0
    """
    return 1 / _positive(churn, "churn")


def lifetime_value(contribution: npt.ArrayLike, churn: npt.ArrayLike) -> Floats:
    """Contribution over a mean lifetime, not discounted: m / c.

    Raises ValueError for a churn that is not above 0.

    >>> float(lifetime_value(18_000, 0.05))
    360000.0
    """
    return _array(_array(contribution) / _positive(churn, "churn"))


def lifetime_value_start_of_year(
    contribution: npt.ArrayLike, churn: npt.ArrayLike, rate: npt.ArrayLike
) -> Floats:
    """Present value of a customer who pays at the start of every year: m (1 + r) / (r + c).

    The first payment is today. Raises ValueError when r + c is not above 0.

    >>> f"{lifetime_value_start_of_year(18_000, 0.05, 0.08):.2f}"
    '149538.46'
    """
    r = _array(rate)
    return _array(_array(contribution) * (1 + r) / _positive(r + _array(churn), "rate + churn"))


def lifetime_value_end_of_year(
    contribution: npt.ArrayLike, churn: npt.ArrayLike, rate: npt.ArrayLike
) -> Floats:
    """Present value of a customer who pays at the end of every year: m (1 - c) / (r + c).

    The first payment is a year ahead, from those who are still customers then. Raises ValueError
    when r + c is not above 0.

    >>> f"{lifetime_value_end_of_year(18_000, 0.05, 0.08):.2f}"
    '131538.46'
    """
    c = _array(churn)
    return _array(_array(contribution) * (1 - c) / _positive(_array(rate) + c, "rate + churn"))


def value_of_lost_customer(
    yearly_value: npt.ArrayLike, rate: npt.ArrayLike, churn: npt.ArrayLike = 0.0
) -> Floats:
    """Present value of what a customer lost today would have brought, paid at the end of each year.

    v (1 - c) / (r + c): lost for ever, but with the yearly chance `churn` of leaving anyway. What a
    competitor gains is no loss of ours. Raises ValueError when r + c is not above 0.

    >>> float(value_of_lost_customer(45_000, 0.08))
    562500.0
    >>> f"{value_of_lost_customer(45_000, 0.08, churn=0.05):.2f}"
    '328846.15'
    """
    return lifetime_value_end_of_year(yearly_value, churn, rate)


def customers_by_year(
    start: npt.ArrayLike, churn: npt.ArrayLike, joining: npt.ArrayLike, years: int
) -> Floats:
    """Customers present in the years 0 .. `years`: N_t = N_{t-1} (1 - churn) + joining.

    N_0 = start. Those who join count for the full year. Returns (years + 1, ...).

    >>> customers_by_year(600, 0.05, 25, years=3).tolist()
    [600.0, 595.0, 590.25, 585.7375]
    """
    first, leaving, new = np.broadcast_arrays(_array(start), _array(churn), _array(joining))
    customers = np.empty((years + 1, *first.shape))
    customers[0] = first
    for year in range(1, years + 1):
        customers[year] = customers[year - 1] * (1 - leaving) + new
    return customers


def revenue_lost(
    lost_a_year: npt.ArrayLike, revenue: npt.ArrayLike, years: int, when: When = "middle"
) -> Floats:
    """Revenue missed over `years` when so many customers leave each year and nobody returns.

    Those who leave at the start of a year are missing all of it; at its end, from the next one on.
    Not the run rate after the last year, which is `years * lost_a_year * revenue` a year.

    >>> [float(revenue_lost(5, 45_000, 4, when)) for when in ("start", "middle", "end")]
    [2250000.0, 1800000.0, 1350000.0]
    """
    missed = {"start": 1.0, "middle": 0.5, "end": 0.0}
    if when not in missed:
        raise ValueError(f'customers leave at the "start", "middle" or "end", not {when!r}')
    customer_years = years * (years - 1) / 2 + years * missed[when]
    return _array(_array(lost_a_year) * _array(revenue) * customer_years)


class PromoterScore(NamedTuple):
    """Net promoter score and its standard error, both in points of -100 .. 100."""

    score: Floats
    standard_error: Floats


def net_promoter_score(
    promoters: npt.ArrayLike, passives: npt.ArrayLike, detractors: npt.ArrayLike
) -> PromoterScore:
    """Per cent promoters (9-10) minus per cent detractors (0-6), from the number of answers.

    Standard error 100 √((p + d - (p - d)²) / n), of answers drawn at random. One answer a customer:
    where several people answer for one, average them first. Raises ValueError without answers.

    >>> score, error = net_promoter_score(120, 50, 30)
    >>> f"{score:.1f} ± {error:.2f}"
    '45.0 ± 5.23'
    """
    p, d = _array(promoters), _array(detractors)
    answers = _positive(p + _array(passives) + d, "the number of answers")
    p, d = p / answers, d / answers
    variance = (p + d - (p - d) ** 2) / answers
    return PromoterScore(_array(100 * (p - d)), _array(100 * np.sqrt(variance)))


def customer_satisfaction(satisfied: npt.ArrayLike, answers: npt.ArrayLike) -> Floats:
    """CSAT: the share of all answers that are satisfied. Raises ValueError without answers.

    >>> float(customer_satisfaction(168, 200))
    0.84
    """
    return _array(_array(satisfied) / _positive(answers, "the number of answers"))


def average_transaction(revenue: npt.ArrayLike, sales: npt.ArrayLike) -> Floats:
    """Revenue of a period over its number of sales. Raises ValueError without sales.

    >>> float(average_transaction(27_000_000, 18_000))
    1500.0
    """
    return _array(_array(revenue) / _positive(sales, "the number of sales"))


def average_contract_value(contracts: npt.ArrayLike, new_customers: npt.ArrayLike) -> Floats:
    """Total value of the contracts signed over the number of new customers who signed them.

    Raises ValueError without new customers.

    >>> float(average_contract_value(4_500_000, 25))
    180000.0
    """
    return _array(_array(contracts) / _positive(new_customers, "the number of new customers"))


def customers_per_employee(customers: npt.ArrayLike, employees: npt.ArrayLike) -> Floats:
    """Customers that one employee looks after. Raises ValueError without employees.

    >>> f"{customers_per_employee(600, 14):.3f}"
    '42.857'
    """
    return _array(_array(customers) / _positive(employees, "the number of employees"))


def staff_needed(customers: npt.ArrayLike, customers_per_employee: npt.ArrayLike) -> Floats:
    """Whole employees needed: customers / customers_per_employee, rounded up.

    A ratio within a relative 1e-9 of a whole number counts as that number, so that 600 customers at
    600 / 14 each need 14 people, not 15. Raises ValueError for a capacity that is not above 0.

    >>> staff_needed([600, 601, 700], 600 / 14).tolist()
    [14.0, 15.0, 17.0]
    """
    capacity = _positive(customers_per_employee, "customers per employee")
    staff = _array(_array(customers) / capacity)
    whole = np.round(staff)
    snapped = np.abs(staff - whole) <= 1e-9 * np.abs(staff)
    return np.where(snapped, whole, np.ceil(staff))


def break_even_customers(yearly_cost: npt.ArrayLike, value_per_customer: npt.ArrayLike) -> Floats:
    """How many customers, won or kept, pay for a yearly cost.

    Raises ValueError for a value per customer that is not above 0.

    >>> f"{break_even_customers(67_000, 18_000):.2f}"
    '3.72'
    """
    return _array(_array(yearly_cost) / _positive(value_per_customer, "value per customer"))


def _array(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, np.float64)


def _positive(values: npt.ArrayLike, what: str) -> Floats:
    checked = _array(values)
    if not (checked > 0).all():
        raise ValueError(f"{what} must be above 0, not {float(checked.min()):g}")
    return checked
