"""Values of a block → its cash by year and every outcome, one figure a trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
import numpy.typing as npt

from simulator.engine import valuation
from simulator.engine.program import Program, Values
from simulator.errors import RunError

Floats = npt.NDArray[np.float64]
Section = Literal["investment", "benefits", "costs", "tax"]
SIGN = {"investment": -1.0, "benefits": 1.0, "costs": -1.0}
TAX = "Tax"


@dataclass(frozen=True, eq=False)
class Valued:
    """A block of trials valued. Cash is (horizon + 1, trials) from the undelayed year 0."""

    cash: Floats
    outcomes: dict[str, Floats]
    present_values: dict[str, Floats]
    """Of each line, signed as it enters net present value."""
    roots: npt.NDArray[np.int8]
    no_outlay: npt.NDArray[np.bool_]
    recrossing: int
    """Trials whose cumulated cash comes back to zero more than once."""


def line_names(program: Program) -> dict[str, Section]:
    """Every line of the result with its section; company tax is a line of its own."""
    names = {line.entry.title: cast("Section", line.entry.section) for line in program.lines}
    if program.case.tax is not None:
        name = TAX
        while name in names:  # the file has a line of that name itself
            name = f"Company {name.lower()}" if name == TAX else f"{name}, computed"
        names[name] = "tax"
    return names


def valued(program: Program, values: Values, factor: float = 1.0) -> Valued:
    """The worth of each trial.

    Cash is minus investment in year 0, benefits - costs - tax in year t; with `delay` all of it
    comes that many years later. `factor` turns the money into another currency. Raises RunError
    where a discount rate is -100 % or less.
    """
    rate = _rate(program, values)
    with np.errstate(all="ignore"):  # what grows beyond all bounds is told below
        return _valued(program, values, factor, rate)


def _valued(program: Program, values: Values, factor: float, rate: float | Floats) -> Valued:
    case = program.case
    years, delay, size = case.years or 0, case.delay, values.size
    factors = valuation.discount_factors(years, rate, case.timing)
    later = (1.0 + rate) ** -float(delay) if delay else 1.0
    sums = {section: np.zeros((years + 1, size)) for section in SIGN}
    present: dict[str, Floats] = {}
    part = np.empty(size)
    for line in program.lines:
        section, total = line.entry.section, np.zeros(size)
        first = 0 if section == "investment" else 1
        for year, node in enumerate(line.nodes, start=first):
            amount = values[node] * factor if factor != 1.0 else values[node]
            sums[section][year] += amount
            total += np.multiply(amount, factors[year], out=part)
        total *= SIGN[section] * later
        present[line.entry.title] = total
    own = sums["benefits"] - sums["investment"]  # cash before the delay, year 0 first
    own -= sums["costs"]
    investment = sums["investment"][0]
    if case.tax is not None and program.tax_rate is not None:
        taxes = valuation.tax(
            sums["benefits"][1:] - sums["costs"][1:],
            investment,
            _tax_rate(values[program.tax_rate]),
            case.tax.depreciation_years,
            case.tax.losses,
        )
        own[1:] -= taxes
        name = next(name for name, kind in line_names(program).items() if kind == "tax")
        present[name] = -valuation.added(taxes * _rows(factors[1:])) * later
    if not np.isfinite(own).all():
        bad = ~np.isfinite(own).all(axis=0)
        year = int(np.argmax(~np.isfinite(own).all(axis=1)))
        raise RunError(
            f"the cash of year {year} grows beyond all bounds in {int(bad.sum()):,} trials\n"
            "    narrow the estimates that it is made of"
        )
    discounted = own * _rows(factors)
    costs = sums["costs"]
    costs += sums["investment"]
    costs *= _rows(factors)
    if delay:
        discounted *= later
    npv = valuation.added(discounted)
    present_costs = valuation.added(costs) * later
    cash = _delayed(own, delay)
    paid = valuation.paid_back(cash)
    irr, roots = valuation.irr(own, case.timing)
    outcomes = {
        "npv": npv,
        "irr": irr,
        "roi": valuation.roi(own, investment),
        "roi_discounted": valuation.roi_discounted(npv, present_costs),
        "payback": paid.payback,
        "discounted_payback": valuation.payback(_delayed(discounted, delay)),
        "peak_funding": paid.peak_funding,
        "profitability_index": valuation.profitability_index(npv, investment * later),
    }
    again = int(np.count_nonzero(paid.crossings > 1))
    return Valued(cash, outcomes, present, roots, paid.no_outlay, again)


def _tax_rate(rate: Floats) -> Floats:
    """Raises RunError where an uncertain tax rate leaves 0 % to 100 %."""
    wrong = ~((rate >= 0) & (rate < 1))
    if wrong.any():
        raise RunError(
            f"tax.rate: in {int(wrong.sum()):,} trials it lies outside 0 % to 100 %, as in "
            f"{float(rate[wrong][0]) * 100:.4g} %\n    narrow its estimate"
        )
    return rate


def _rate(program: Program, values: Values) -> float | Floats:
    """The discount rate: one number where it is certain."""
    node = program.discount_rate
    assert node is not None, "a case with money has a discount rate"
    known = program.graph.values[node]
    if known is not None:
        return known
    rate = values[node]
    low = rate <= -1
    if low.any():
        raise RunError(
            f"discount_rate: in {int(low.sum()):,} trials it is -100 % or less, "
            f"as in {float(rate[low][0]) * 100:.4g} %\n"
            "    give it an estimate that stays above: triangular(6 %, 8 %, 12 %)"
        )
    return rate


def _rows(factors: Floats) -> Floats:
    """Factors as (years, 1) where they are the same in all trials."""
    return factors[:, None] if factors.ndim == 1 else factors


def _delayed(cash: Floats, delay: int) -> Floats:
    if not delay:
        return cash
    return np.concatenate([np.zeros((delay, cash.shape[1])), cash])
