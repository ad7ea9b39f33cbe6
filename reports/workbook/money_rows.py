"""The money of a case as rows of formulas: tax, cash, present values, every measure of worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import inf, isnan
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reports.language import say
from reports.workbook.model_rows import ModelRows
from reports.workbook.names import IRR_NONE, IRR_SEVERAL, NEVER, OUTCOMES, UNDEFINED
from reports.workbook.payback_rows import payback_rows, yearly
from reports.workbook.rows import Row, Value, quoted
from simulator.engine import valuation

Floats: TypeAlias = npt.NDArray[np.float64]


class MoneyRows:
    """Rows from the lines of money to the outcomes; `outcomes` are the program's own."""

    def __init__(self, model: ModelRows, outcomes: Mapping[str, float]) -> None:
        self.model = model
        self.case = model.case
        self.years, self.delay = model.years, model.case.delay
        self.found = outcomes
        self.sections: list[tuple[str, list[Row]]] = []
        self._rows: list[Row] = []
        self.results: list[Row] = []
        assert model.discount_rate is not None, "a case with money has a discount rate"
        self.rate = model.discount_rate
        self.later = (1.0 + float(model.values[self.rate, None])) ** -float(self.delay)
        self._cash()
        self._present()
        self._rate_of_return()
        self._results()

    def _section(self, title: str) -> None:
        self._rows = []
        self.sections.append((title, self._rows))

    def _yearly(
        self,
        label: str,
        key: str,
        values: Sequence[float] | Floats,
        formula: Callable[[int], str],
        first: int = 0,
        total: bool = False,
    ) -> Row:
        """A row with a formula in each year from `first` on, added to the section."""
        row = yearly(label, key, values, lambda _, year: formula(year), first, total)
        self._rows.append(row)
        return row

    def _single(self, label: str, key: str, value: Value, formula: str) -> Row:
        row = Row(label, key, share=False)
        row.formulas[None], row.values[None] = formula, value
        self._rows.append(row)
        return row

    def _sum(self, section: str) -> tuple[list[Row], Floats]:
        rows = [row for kind, row in self.model.lines if kind == section]
        sums = np.zeros(self.years + 1)
        for row in rows:
            for year in row.values:
                sums[year or 0] += self.model.values[row, year]
        return rows, sums

    def _cash(self) -> None:
        """Lines by section with their sums, tax, and net cash of the case's own years."""
        self._section(say("Money"))
        totals: dict[str, tuple[Row, Floats]] = {}
        titles = {
            "investment": say("Investment"),
            "benefits": say("Benefits"),
            "costs": say("Costs"),
        }
        for section, title in titles.items():
            rows, sums = self._sum(section)
            self._rows += rows
            first = 0 if section == "investment" else 1
            values = sums[:1] if section == "investment" else sums[1:]

            def added(year: int, rows: list[Row] = rows) -> str:
                if not rows:
                    return "0"
                return f"SUM({rows[0].at(year)}:{rows[-1].at(year)})"

            row = self._yearly(title, f"sum of {section}", values, added, first, total=True)
            totals[section] = row, sums
        self.investment, invested = totals["investment"]
        (benefits, income), (costs, spent) = totals["benefits"], totals["costs"]
        self.costs, self.spent = costs, invested + spent
        own = income - spent - invested
        tax: Row | None = None
        if self.case.tax is not None and self.model.tax_rate is not None:
            tax, paid = self._tax(benefits, costs, income - spent, float(invested[0]))
            own[1:] -= paid

        def net(year: int) -> str:
            if year == 0:
                return f"-{self.investment.at(0)}"
            less = f"-{tax.at(year)}" if tax is not None else ""
            return f"{benefits.at(year)}-{costs.at(year)}{less}"

        key = "own_cash" if self.delay else "cash"
        self.own, self.own_cash = self._yearly(say("Net cash"), key, own, net, total=True), own

    def _tax(
        self, benefits: Row, costs: Row, profit: Floats, invested: float
    ) -> tuple[Row, Floats]:
        tax, rate = self.case.tax, self.model.tax_rate
        assert tax is not None
        assert rate is not None
        n, years = tax.depreciation_years, range(1, self.years + 1)
        over = Row(say("Depreciation over years"), "depreciation_years", kind="input")
        over.values[None] = float(n)
        self._rows.append(over)
        depreciation = np.array([invested / n if year <= n else 0.0 for year in years])
        taxable = profit[1:] - depreciation
        header, investment = self.model.header, self.investment
        written_off = self._yearly(
            say("Depreciation"), "depreciation", depreciation,
            lambda year: f"IF({header.at(year)}<={over.at()},{investment.at(0)}/{over.at()},0)", 1,
        )  # fmt: skip

        def before(year: int) -> str:
            return f"{benefits.at(year)}-{costs.at(year)}-{written_off.at(year)}"

        base = self._yearly(say("Profit after depreciation"), "profit", taxable, before, 1)
        if tax.losses == "carried":
            losses, taxed = _carried(taxable)
            carried = Row(say("Loss carried forward"), "loss_carried", share=False)
            taxed_row = Row(say("Taxable profit"), "taxable", share=False)
            for index, year in enumerate(years):
                old = f"-{carried.at(year - 1)}" if year > 1 else ""
                carried.formulas[year] = f"MAX(0,-({base.at(year)}{old}))"
                taxed_row.formulas[year] = f"MAX(0,{base.at(year)}{old})"
                carried.values[year], taxed_row.values[year] = losses[index], taxed[index]
            self._rows += [carried, taxed_row]
            base = taxed_row
        paid = valuation.tax(profit[1:], invested, self.model.values[rate, None], n, tax.losses)
        row = self._yearly(say("Tax"), "tax", paid, lambda year: f"{rate.at()}*{base.at(year)}", 1)
        return row, paid

    def _present(self) -> None:
        """Cash from today's year 0, its present value, and what they add up to."""
        self._section(say("Value and payback"))
        own, delay = self.own, self.delay
        cash = np.concatenate([np.zeros(delay), self.own_cash])
        factors = self.model.factor_values * self.later
        self.cash, factor_row = own, self.model.factors
        if delay:
            years = Row(say("Year, counted from today"), kind="years")
            years.values = {year: float(year) for year in range(len(cash))}
            self._rows.append(years)
            self.cash = self._yearly(
                say("Net cash"), "cash", cash,
                lambda year: own.at(year - delay) if year >= delay else "0", total=True,
            )  # fmt: skip
            factor_row = Row(say("Discount factor"), "later_discount_factor")
            self.model.fill_factors(factor_row, factors, delay)
            self._rows.append(factor_row)
        self.factor_row = factor_row
        present = np.concatenate([np.zeros(delay), self.own_cash * factors])
        self.present = self._yearly(
            say("Present value of net cash"), "present_value", present,
            lambda year: f"{self.cash.at(year)}*{factor_row.at(year)}" if year >= delay else "0",
            total=True,
        )  # fmt: skip
        self.paid = payback_rows(self.cash, cash, discounted=False)
        self.paid_discounted = payback_rows(self.present, present, discounted=True)
        self._rows += [*self.paid.rows, *self.paid_discounted.rows]

    def _rate_of_return(self) -> None:
        """What a rate of return needs: the flows in equal steps, and how often they change sign."""
        self._section(say("Rate of return"))
        own, cash = self.own, self.own_cash
        signs: list[float] = []
        for flow in cash:
            signs.append(float(np.sign(flow)) if flow else (signs[-1] if signs else 0.0))
        sign = yearly(
            say("Last sign of net cash"), "sign", signs,
            lambda row, y: f"IF({own.at(y)}=0,{row.at(y - 1) if y else '0'},SIGN({own.at(y)}))",
        )  # fmt: skip
        self._rows.append(sign)
        changes = sum(a * b < 0 for a, b in pairwise(signs))
        last = self.years
        pairs = f"({sign.over(0, last - 1)}*{sign.over(1, last)}<0)*1" if last else "0"
        self.changes = self._single(
            say("Changes of sign"), "changes_of_sign", float(changes), f"SUMPRODUCT({pairs})"
        )
        self.flows, self.halves = own, self.case.timing == "middle" and last > 0
        self.steps = last
        if self.halves:
            self.steps = 2 * last - 1
            header = Row(say("Half-year"), kind="years")
            header.values = {step: float(step) for step in range(self.steps + 1)}
            self._rows.append(header)
            values = np.zeros(self.steps + 1)
            values[0], values[1::2] = cash[0], cash[1:]

            def flow(step: int) -> str:
                if step == 0:
                    return own.at(0)
                return own.at((step + 1) // 2) if step % 2 else "0"

            self.flows = self._yearly(say("Net cash by half-year"), "half_years", values, flow)

    def _results(self) -> None:
        """Every outcome, by the program's names."""
        self._rows = self.results
        npv = self._outcome("npv", f"SUM({self._all(self.present)})")
        invested = self.investment.at(0)
        factors, costs = self.model.factors, self.costs
        yearly = f"SUMPRODUCT({costs.over(1, self.years)},{factors.over(1, self.years)})"
        later = f"/(1+{self.rate.at()})^{self.delay}" if self.delay else ""
        spent = Row(say("Present value of all costs"), "present_costs", share=False)
        spent.formulas[None] = f"({invested}+{yearly}){later}"
        spent.values[None] = float(
            valuation.added(self.spent * self.model.factor_values) * self.later
        )
        self.results.append(spent)
        self._outcome("irr", self._irr(), share=True)
        none = quoted(UNDEFINED)
        self._outcome(
            "roi", f"IF({invested}>0,SUM({self.own.over(0, self.years)})/{invested},{none})", True
        )
        self._outcome(
            "roi_discounted", f"IF({spent.at()}>0,{npv.at()}/{spent.at()},{none})", share=True
        )
        self._outcome(
            "profitability_index",
            f"IF({invested}>0,1+{npv.at()}/({invested}{later}),{none})",
        )
        self._outcome("payback", self.paid.years())
        self._outcome("discounted_payback", self.paid_discounted.years())
        self._outcome("peak_funding", f"MAX(0,-MIN({self._all(self.paid.total)}))")

    def _all(self, row: Row) -> str:
        return row.over(0, self.years + self.delay)

    def _outcome(self, key: str, formula: str, share: bool = False) -> Row:
        value = self.found[key]
        row = Row(say(OUTCOMES[key]), key, kind="total", share=share)
        row.formulas[None] = formula
        row.values[None] = value
        if value == inf:
            row.values[None] = say(NEVER)
        elif isnan(value):
            row.values[None] = UNDEFINED
        if key == "irr":
            self._told(row, value)
        self.results.append(row)
        return row

    def _told(self, row: Row, value: float) -> None:
        """A flow that changes sign more than once may have one rate, none or several."""
        changes = self.changes.values[None]
        if changes == 0.0:
            row.values[None] = say(IRR_NONE)
        elif changes != 1.0:
            row.values[None] = say(IRR_SEVERAL)
            row.remark = say(
                "Cash changes its sign more than once: at the medians there is none, or "
                "more than one. A formula cannot tell."
            )
            if not isnan(value):
                row.remark = say(
                    "Cash changes its sign more than once. At the medians there is one rate, in "
                    "the cell to the right; a formula cannot tell."
                )
                row.values[0] = value

    def _irr(self) -> str:
        found = self.found["irr"]
        near = found if not isnan(found) else 0.1
        if self.halves:
            near = (1 + near) ** 0.5 - 1
        cash = self.flows.over(0, self.steps)
        tries = [f"IRR({cash},{guess!r})" for guess in (round(near, 6), 0.1, 1.0, -0.5)]
        rate = quoted(UNDEFINED)
        for attempt in reversed(tries):
            one = f"(1+{attempt})^2-1" if self.halves else attempt
            rate = f"IFERROR({one},{rate})"
        changes = self.changes.at()
        none, several = quoted(say(IRR_NONE)), quoted(say(IRR_SEVERAL))
        return f"IF({changes}=0,{none},IF({changes}=1,{rate},{several}))"


def _carried(taxable: Floats) -> tuple[list[float], list[float]]:
    """Losses carried after each year, and the profit that is taxed."""
    losses, taxed, loss = [], [], 0.0
    for profit in taxable:
        after = float(profit) - loss
        loss = max(-after, 0.0)
        losses.append(loss)
        taxed.append(max(after, 0.0))
    return losses, taxed
