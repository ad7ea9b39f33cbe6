"""Values of a block → its cash by year and every outcome, one figure a trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from simulator.engine import valuation
from simulator.engine.program import Amount, Program, Values
from simulator.engine.rates import irr_of_finite
from simulator.engine.room import Room, ThreadRoom
from simulator.engine.running import follow
from simulator.errors import RunError

Floats = npt.NDArray[np.float64]
Section = Literal["investment", "benefits", "costs", "tax"]
SIGN = {"investment": -1.0, "benefits": 1.0, "costs": -1.0}
TAX = "Tax"
FIGURES = (
    "npv", "roi", "roi_discounted", "payback", "discounted_payback", "peak_funding",
    "profitability_index",
)  # fmt: skip
_spare = ThreadRoom()


class Valued(NamedTuple):
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


def valued(
    program: Program, values: Values, factor: float = 1.0, room: Room | None = None
) -> Valued:
    """The worth of each trial.

    Cash is minus investment in year 0, benefits - costs - tax in year t; with `delay` all of it
    comes that many years later. `factor` turns the money into another currency. With a `room` the
    arrays are those of the room, good until the next block is valued in it. Raises RunError where
    a discount rate is -100 % or less.
    """
    rate = _rate(program, values)
    with np.errstate(all="ignore"):  # what grows beyond all bounds is told below
        return _Block(program, values, factor, rate, room or Room()).valued()


class _Block:
    """A block on its way to its worth, in vectors that are there already."""

    def __init__(
        self, program: Program, values: Values, factor: float, rate: float | Floats, room: Room
    ) -> None:
        case = program.case
        self.program, self.values, self.factor, self.room = program, values, factor, room
        self.size, self.years, self.delay = values.size, case.years or 0, case.delay
        factors = _spare.floats("factors", self.years + 1, *np.shape(rate))
        self.factors = valuation.discount_factors(self.years, rate, case.timing, factors)
        self.later = (1.0 + rate) ** -float(self.delay) if self.delay else 1.0
        self.amounts: dict[str, list[list[Amount]]] = {
            section: [[] for _ in range(self.years + 1)] for section in SIGN
        }

    def valued(self) -> Valued:
        present, present_costs = self._lines()
        cash, investment = self._cash(present)
        own = cash[self.delay :]
        most = self._most(own)
        return self._worth(cash, own, investment, present, present_costs, most)

    def _lines(self) -> tuple[dict[str, Floats], Floats]:
        """The present value of every line, signed, and of investment and costs together."""
        present: dict[str, Floats] = {}
        part = _spare.floats("part", self.size)
        costs = _spare.floats("present costs", self.size)
        costs.fill(0.0)
        for line in self.program.lines:
            title, section = line.entry.title, line.entry.section
            total = present[title] = self.room.floats(f"line {title}", self.size)
            for place, node in enumerate(line.nodes):
                year = place if section == "investment" else place + 1
                amount = self.values.amount(node)
                if self.factor != 1.0:
                    amount = amount * self.factor
                self.amounts[section][year].append(amount)
                if place == 0:
                    np.multiply(amount, self.factors[year], out=total)
                else:
                    total += np.multiply(amount, self.factors[year], out=part)
            if self.delay:
                total *= self.later
            if SIGN[section] < 0:
                costs += total
                np.negative(total, out=total)
        return present, costs

    def _cash(self, present: dict[str, Floats]) -> tuple[Floats, Floats]:
        """The cash of each year, and the investment of year 0; tax, if any, joins the lines."""
        case, tax_rate = self.program.case, self.program.tax_rate
        cash = self.room.floats("cash", self.delay + self.years + 1, self.size)
        cash[: self.delay] = 0.0
        own = cash[self.delay :]
        spent = _spare.floats("spent", self.size)
        investment = _spare.floats("investment", self.size)
        _add(self.amounts["investment"][0], investment)
        for year, row in enumerate(own):
            _add(self.amounts["benefits"][year], row)
            for section in ("investment", "costs"):
                amounts = self.amounts[section][year]
                if len(amounts) == 1:
                    row -= amounts[0]
                elif amounts:
                    row -= _add(amounts, spent)
        if case.tax is not None and tax_rate is not None:
            taxes = valuation.tax(
                own[1:],
                investment,
                _tax_rate(self.values[tax_rate]),
                case.tax.depreciation_years,
                case.tax.losses,
            )
            own[1:] -= taxes
            name = next(n for n, kind in line_names(self.program).items() if kind == "tax")
            present[name] = -valuation.added(taxes * _rows(self.factors[1:])) * self.later
        return cash, investment

    def _most(self, own: Floats) -> float:
        """No less than all money that moves in a trial, signs left out."""
        most = sum(max(-float(row.min()), float(row.max())) for row in own)
        if not np.isfinite(most):
            _refuse(own)
        return most * (1 + 1e-9)  # it is a sum itself

    def _worth(
        self,
        cash: Floats,
        own: Floats,
        investment: Floats,
        present: dict[str, Floats],
        present_costs: Floats,
        most: float,
    ) -> Valued:
        case, size = self.program.case, self.size
        worth = {name: self.room.floats(name, size) for name in FIGURES}
        paid = follow(own, most, worth["payback"], worth["peak_funding"], first=self.delay)
        no_outlay = np.logical_not(paid.ever_below, out=self.room.bools("no outlay", size))
        # not -lowest: nothing tied up is 0, not -0
        np.subtract(0.0, worth["peak_funding"], out=worth["peak_funding"])
        _ratio(paid.total, investment, worth["roi"])
        again = paid.again
        discounted = np.multiply(
            own, _rows(self.factors), out=_spare.floats("discounted", len(own), size)
        )
        if self.delay:
            discounted *= self.later
        most *= max(1.0, float(np.max(self.factors))) * max(1.0, float(np.max(self.later)))
        paid = follow(discounted, most, worth["discounted_payback"], first=self.delay)
        np.copyto(worth["npv"], paid.total)
        _ratio(paid.total, present_costs, worth["roi_discounted"])
        if self.delay:
            investment *= self.later
        _ratio(paid.total, investment, worth["profitability_index"])
        worth["profitability_index"] += 1.0
        worth["irr"], roots = irr_of_finite(own, case.timing)
        return Valued(cash, worth, present, roots, no_outlay, again)


def _add(amounts: Sequence[Amount], out: Floats) -> Floats:
    """The sum of some amounts, in their order."""
    if len(amounts) < 2:
        np.copyto(out, amounts[0] if amounts else 0.0)
        return out
    np.add(amounts[0], amounts[1], out=out)
    for amount in amounts[2:]:
        out += amount
    return out


def _ratio(gain: Floats, base: Floats, out: Floats) -> None:
    """Gain over base; NaN (undefined) where the base is not a positive amount."""
    np.divide(gain, base, out=out)
    if not base.min() > 0:
        np.copyto(out, np.nan, where=~(base > 0))


def _refuse(own: Floats) -> None:
    bad = ~np.isfinite(own).all(axis=0)
    year = int(np.argmax(~np.isfinite(own).all(axis=1)))
    raise RunError(
        f"the cash of year {year} grows beyond all bounds in {int(bad.sum()):,} trials\n"
        "    narrow the estimates that it is made of"
    )


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
