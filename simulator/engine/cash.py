"""Values of a block → its cash by year and every outcome, one figure a trial."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from distributions.room import Room, ThreadRoom
from simulator.engine import valuation
from simulator.engine.program import Amount, Program, Values
from simulator.engine.rates import irr_of_finite
from simulator.engine.running import follow
from simulator.errors import RunError

Floats = npt.NDArray[np.float64]
Section = Literal["investment", "benefits", "costs", "tax"]
SIGN = {"investment": -1.0, "benefits": 1.0, "costs": -1.0}
TAX = "Tax"
OUTCOMES = (
    "npv", "irr", "roi", "roi_discounted", "payback", "discounted_payback", "peak_funding",
    "profitability_index",
)  # fmt: skip
_OF_CASH = ("roi", "payback", "peak_funding")
_OF_PRESENT_VALUES = ("npv", "roi_discounted", "discounted_payback", "profitability_index")
_spare = ThreadRoom()


class Valued(NamedTuple):
    """A block of trials valued. Cash is (horizon + 1, trials) from the undelayed year 0.

    Where only some outcomes are asked for, what they need not is left out, or empty.
    """

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
    program: Program,
    values: Values,
    factor: float = 1.0,
    room: Room | None = None,
    asked: Collection[str] | None = None,
) -> Valued:
    """The worth of each trial.

    Cash is minus investment in year 0, benefits - costs - tax in year t; with `delay` all of it
    comes that many years later. `factor` turns the money into another currency. With a `room` the
    arrays are those of the room, good until the next block is valued in it. `asked` names outcomes
    to find and nothing else; None stands for everything. Raises RunError where a discount rate is
    -100 % or less.
    """
    rate = _rate(program, values)
    with np.errstate(all="ignore"):  # what grows beyond all bounds is told below
        return _Block(program, values, factor, rate, room or Room(), asked).valued()


class _Block:
    """A block on its way to its worth, in vectors that are there already."""

    def __init__(
        self,
        program: Program,
        values: Values,
        factor: float,
        rate: float | Floats,
        room: Room,
        asked: Collection[str] | None,
    ) -> None:
        case = program.case
        self.program, self.values, self.factor, self.room = program, values, factor, room
        self.whole = asked is None
        self.asked = frozenset(OUTCOMES if asked is None else asked)
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
            first = 0 if section == "investment" else 1
            amounts = [self._amount(node) for node in line.nodes]
            for year, amount in enumerate(amounts, first):
                self.amounts[section][year].append(amount)
            spent = SIGN[section] < 0
            if not (self.whole or (spent and "roi_discounted" in self.asked)):
                continue
            total = present[title] = self.room.floats(f"line {title}", self.size)
            np.multiply(amounts[0], self.factors[first], out=total)
            for year, amount in enumerate(amounts[1:], first + 1):
                total += np.multiply(amount, self.factors[year], out=part)
            if self.delay:
                total *= self.later
            if spent:
                costs += total
                np.negative(total, out=total)
        return present, costs

    def _amount(self, node: int) -> Amount:
        amount = self.values.amount(node)
        return amount if self.factor == 1.0 else amount * self.factor

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
            if self.whole:
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
        worth = {name: self.room.floats(name, self.size) for name in OUTCOMES if name != "irr"}
        no_outlay, again = np.empty(0, np.bool_), 0
        if self.whole or not self.asked.isdisjoint(_OF_CASH):
            no_outlay, again = self._of_cash(own, investment, most, worth)
        if not self.asked.isdisjoint(_OF_PRESENT_VALUES):
            self._of_present_values(own, investment, present_costs, most, worth)
        roots = np.empty(0, np.int8)
        if "irr" in self.asked:
            worth["irr"], roots = irr_of_finite(own, self.program.case.timing)
        found = {name: worth[name] for name in OUTCOMES if name in self.asked}
        return Valued(cash, found, present, roots, no_outlay, again)

    def _of_cash(
        self, own: Floats, investment: Floats, most: float, worth: dict[str, Floats]
    ) -> tuple[npt.NDArray[np.bool_], int]:
        """The outcomes of cash as it is; where there is no outlay, and what crosses zero again."""
        paid = follow(own, most, worth["payback"], worth["peak_funding"], first=self.delay)
        no_outlay = np.logical_not(paid.ever_below, out=self.room.bools("no outlay", self.size))
        # not -lowest: nothing tied up is 0, not -0
        np.subtract(0.0, worth["peak_funding"], out=worth["peak_funding"])
        _ratio(paid.total, investment, worth["roi"])
        return no_outlay, paid.again

    def _of_present_values(
        self,
        own: Floats,
        investment: Floats,
        present_costs: Floats,
        most: float,
        worth: dict[str, Floats],
    ) -> None:
        """The outcomes of cash as of today."""
        discounted = np.multiply(
            own, _rows(self.factors), out=_spare.floats("discounted", len(own), self.size)
        )
        if self.delay:
            discounted *= self.later
        if "discounted_payback" in self.asked:
            most *= max(1.0, float(np.max(self.factors))) * max(1.0, float(np.max(self.later)))
            paid = follow(discounted, most, worth["discounted_payback"], first=self.delay)
            np.copyto(worth["npv"], paid.total)
        else:
            _add(list(discounted), worth["npv"])
        if "roi_discounted" in self.asked:
            _ratio(worth["npv"], present_costs, worth["roi_discounted"])
        if "profitability_index" in self.asked:
            if self.delay:
                investment *= self.later
            _ratio(worth["npv"], investment, worth["profitability_index"])
            worth["profitability_index"] += 1.0


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
