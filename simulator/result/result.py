"""What a simulation found: the one object that analyses and reports read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.errors import RunError
from simulator.result.integrated import Integrated
from simulator.result.kept import Kept, Tally
from simulator.result.outcome import Measured, Outcome
from simulator.result.ranks import RankSums, rank_correlation, rank_sums

if TYPE_CHECKING:
    import pandas as pd

    from simulator.case.case import Case

Floats = npt.NDArray[np.float64]


class Line(NamedTuple):
    """One line of money, signed as it enters net present value: costs and tax are negative.

    The present values of all lines sum to the net present value, trial by trial.
    """

    name: str
    section: Literal["investment", "benefits", "costs", "tax"]
    present_value: Outcome


@dataclass(frozen=True, eq=False)
class RealisedDependence:
    """The rank correlation asked for between two inputs, and the one that the draws have.

    `draws` are those of both inputs, (trials,) each, and of yearly ones in every year.
    """

    between: tuple[str, ...]
    asked: float
    draws: Sequence[tuple[Floats, Floats]] = field(repr=False)

    @cached_property
    def realised(self) -> float:
        """The rank correlation of the draws, of yearly ones the mean over the years."""
        return float(np.mean([rank_correlation(*pair) for pair in self.draws]))


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A simulated case: every input, outcome, line and quantity, one value a trial.

    Trials are ordered replicate by replicate; `replicates` is 1 for independent draws. Inside,
    `cash_by_year` and the `draws` of a yearly input are (years, trials); `cash` and the frames show
    (trials, years). `inputs` holds every uncertain input (of a yearly one, its mean over the
    years), `draws` what was drawn of it. `outcomes` is empty for a case without money. `roots`
    tells how many internal rates of return a trial has: 0, 1 or 2 for several. `notes` are things
    that a reader must know.

    Where only some outcomes were `asked` for, `outcomes` holds these, and what else there is to
    know of the money is missing: `yearly_cash` and `lines` are empty, and asking for more raises
    RunError.

    The trials of a large run are counted instead of kept: then `kept` is None, whatever reads
    single trials raises RunError, and `inputs` are those of the first trials of each replicate.
    Where a run was stopped, fewer trials are there than were `planned`.
    """

    case: Case
    trials: int
    seed: int
    sampling: Literal["sobol", "latin", "random"]
    replicates: int
    inputs: Mapping[str, Outcome]
    outcomes: Mapping[str, Outcome]
    yearly_cash: tuple[Outcome, ...]
    """Net cash of each year, from year 0 on; empty without money."""
    lines: Mapping[str, Line]
    quantities: Mapping[str, Outcome | tuple[Outcome, ...]]
    tally: Tally
    dependence: tuple[RealisedDependence, ...]
    notes: tuple[str, ...]
    version: str
    kept: Kept | None
    planned: int
    asked: tuple[str, ...] | None = None
    """The outcomes that were asked for; None where everything was."""
    ranks: RankSums | None = None
    """Of a run whose trials are not kept."""
    integrated: Integrated | None = None
    """Where an uncertain amount of the investment is integrated out: which, and what that tells."""

    def __repr__(self) -> str:
        return (
            f"Result({self.case.name!r}, trials={self.trials}, seed={self.seed}, "
            f"sampling={self.sampling!r})"
        )

    @property
    def npv(self) -> Outcome:
        """Net present value."""
        return self._outcome("npv")

    @property
    def irr(self) -> Outcome:
        """Internal rate of return, a fraction a year; undefined unless there is exactly one."""
        return self._outcome("irr")

    @property
    def roi(self) -> Outcome:
        """Undiscounted net gain over investment."""
        return self._outcome("roi")

    @property
    def roi_discounted(self) -> Outcome:
        """Present value of net gain over present value of all costs."""
        return self._outcome("roi_discounted")

    @property
    def payback(self) -> Outcome:
        """Payback time in years; infinity where it never comes within the horizon."""
        return self._outcome("payback")

    @property
    def discounted_payback(self) -> Outcome:
        """Payback time in years of the discounted cash."""
        return self._outcome("discounted_payback")

    @property
    def peak_funding(self) -> Outcome:
        """The most money ever tied up, a positive amount."""
        return self._outcome("peak_funding")

    @property
    def profitability_index(self) -> Outcome:
        """Present value brought back by each crown invested."""
        return self._outcome("profitability_index")

    @property
    def cash(self) -> Floats:
        """Net cash (trials, years + 1), year 0 first."""
        return self.cash_by_year.T

    @property
    def cash_by_year(self) -> Floats:
        """Net cash (years + 1, trials)."""
        self.refuse_unless_whole("cash by year")
        return self._trials.cash_by_year

    @property
    def roots(self) -> npt.NDArray[np.int8]:
        """How many internal rates of return each trial has: 0, 1, or 2 for several."""
        self._refuse_if_left_out("irr")
        return self._trials.roots

    @property
    def no_outlay(self) -> npt.NDArray[np.bool_]:
        """The trials whose cumulated cash is never below zero."""
        self.refuse_unless_whole("outlay")
        return self._trials.no_outlay

    @property
    def draws(self) -> Mapping[str, Floats]:
        """What was drawn of each uncertain input."""
        return self._trials.draws

    @property
    def streamed(self) -> bool:
        """Whether the trials were counted and not kept."""
        return self.kept is None

    @property
    def partial(self) -> bool:
        """Whether the run was stopped before all trials were done."""
        return self.trials < self.planned

    @property
    def horizon(self) -> int:
        """The last year of cash; 0 without money."""
        if self.yearly_cash:
            return len(self.yearly_cash) - 1
        return self.case.horizon if self.outcomes else 0

    @cached_property
    def rank_correlations(self) -> Mapping[str, Measured]:
        """Spearman's rank correlation of every uncertain input with net present value.

        Of a yearly input that of its mean over the years. Ranks are told by fine cells, which
        moves a correlation by much less than its interval; {} without money.
        """
        self._refuse_if_left_out("npv")
        if not self.outcomes:
            return {}
        if self.ranks is not None:
            return self.ranks.measured()
        inputs = {name: outcome.values for name, outcome in self.inputs.items()}
        return rank_sums(inputs, self.npv.values, self.replicates).measured()

    @property
    def irr_share(self) -> dict[str, float | None]:
        """Shares of the trials with a unique internal rate of return, with none, with several."""
        self._refuse_if_left_out("irr")
        return self._shares("unique", "none", "several", of="irr")

    @property
    def no_outlay_share(self) -> float | None:
        """Share of the trials whose cumulated cash is never below zero: no outlay at risk."""
        self.refuse_unless_whole("outlay")
        return self.tally.chance("no_outlay").value if self.outcomes else None

    def payback_chance(
        self, year: float, discounted: bool = False, level: float = 0.95
    ) -> Measured:
        """The chance of having paid back, for good, within `year` years.

        Of the trials that have a payback: those in which nothing at all is paid have none.
        """
        return self._outcome(_payback(discounted)).chance_of("<=", year, level)

    def never_chance(self, discounted: bool = False, level: float = 0.95) -> Measured:
        """The chance of not having paid back within the horizon."""
        return self._outcome(_payback(discounted)).chance_of(">", self.horizon, level)

    def payback_chances(self, discounted: bool = False, level: float = 0.95) -> dict[str, Measured]:
        """The chance of payback within "1", "2", .. years, and of "never"; {} without money."""
        self._refuse_if_left_out(_payback(discounted))
        if not self.outcomes:
            return {}
        years = range(1, self.horizon + 1)
        chances = {str(year): self.payback_chance(year, discounted, level) for year in years}
        return {**chances, "never": self.never_chance(discounted, level)}

    @property
    def hurdle_chance(self) -> Measured | None:
        """The chance of paying back within the case's hurdle; None when it has none."""
        hurdle = self.case.hurdle
        if hurdle is None or (self.asked is None and not self.outcomes):
            return None
        return self.payback_chance(hurdle.years, hurdle.discounted)

    def to_dict(self, level: float = 0.95) -> dict[str, object]:
        """The result as plain data, ready for JSON: keys are only ever added, undefined is None.

        Percentiles are "not exceeded with probability NN %". Intervals hold at `level`.
        """

        def some(outcome: Outcome, *stats: str) -> dict[str, float | None]:
            one = outcome.forgetful()
            return {stat: one.value(stat) for stat in stats}

        def chances(discounted: bool) -> dict[str, object]:
            left_out = _payback(discounted) not in self.outcomes
            measured = {} if left_out else self.payback_chances(discounted, level)
            return {year: chance.as_chance() for year, chance in measured.items()}

        yearly = [some(cash, "mean", "p10", "p50", "p90") for cash in self.yearly_cash]
        return {
            "case": self.case.name,
            "currency": self.case.currency,
            "years": self.case.years,
            "trials": self.trials,
            "seed": self.seed,
            "sampling": self.sampling,
            "replicates": self.replicates,
            "version": self.version,
            "notes": list(self.notes),
            "planned_trials": self.planned,
            "partial": self.partial,
            "streamed": self.streamed,
            "integrated": {"input": self.integrated.input} if self.integrated else None,
            "inputs": {
                name: some(outcome, "p5", "p50", "mean", "p95")
                for name, outcome in self.inputs.items()
            },
            "outcomes": {
                name: outcome.statistics(level) for name, outcome in self.outcomes.items()
            },
            "payback_chance": chances(discounted=False),
            "discounted_payback_chance": chances(discounted=True),
            "hurdle": self._hurdle(level),
            "irr_share": self._shares("unique", "none", "several", of="irr"),
            "no_outlay_share": None if self.asked is not None else self.no_outlay_share,
            "cash": {
                "year": list(range(len(yearly))),
                **{stat: [cash[stat] for cash in yearly] for stat in ("mean", "p10", "p50", "p90")},
            },
            "lines": {
                name: {
                    "section": line.section,
                    "present_value": some(line.present_value, "mean", "p10", "p50", "p90"),
                }
                for name, line in self.lines.items()
            },
            "dependence": [
                {
                    "between": list(pair.between),
                    "asked": pair.asked,
                    "realised": pair.realised if isfinite(pair.realised) else None,
                }
                for pair in self.dependence
            ],
            "rank_correlations": {
                name: {"value": found.value, "low": found.low, "high": found.high}
                for name, found in (
                    self.rank_correlations.items() if "npv" in self.outcomes else ()
                )
            },
            "quantities": {
                name: quantity.statistics(level)
                if isinstance(quantity, Outcome)
                else [year.statistics(level) for year in quantity]
                for name, quantity in self.quantities.items()
            },
        }

    def to_json(self, level: float = 0.95) -> str:
        """`to_dict` as text: strict JSON, without NaN or infinity, numbers in full precision."""
        import json

        return json.dumps(self.to_dict(level), ensure_ascii=False, allow_nan=False, indent=2)

    def to_frame(self) -> pd.DataFrame:
        """One row an outcome or quantity, one column a statistic."""
        from simulator.result.frames import statistics_frame

        return statistics_frame(self)

    def draws_frame(self) -> pd.DataFrame:
        """One row a trial: inputs as drawn, outcomes, quantities and yearly cash.

        A yearly column is called `name[year]`; an input that shares its name with an outcome is
        called `name (input)`, a quantity likewise.
        """
        from simulator.result.frames import draws_frame

        return draws_frame(self)

    def _outcome(self, name: str) -> Outcome:
        self._refuse_if_left_out(name)
        if name not in self.outcomes:
            raise RunError(
                f"{self.case.name}: there is no {name}, as the case has no money in it; give it "
                "investment, benefits or costs, or read `quantities`"
            )
        return self.outcomes[name]

    def refuse_unless_whole(self, what: str) -> None:
        """Raise RunError where only some outcomes were asked for, which `what` is not made of."""
        if self.asked is not None:
            only = f"only {', '.join(self.asked)}" if self.asked else "no outcome"
            raise RunError(
                f"{self.case.name}: there is no {what}, as {only} was asked for\n"
                "    ask for it in simulate(..., outcomes=) if it is an outcome, or leave that out"
            )

    def _refuse_if_left_out(self, name: str) -> None:
        if self.asked is not None and name not in self.asked:
            self.refuse_unless_whole(name)

    def _shares(self, *kinds: str, of: str) -> dict[str, float | None]:
        told = of in self.outcomes
        return {kind: self.tally.chance(kind).value if told else None for kind in kinds}

    def _hurdle(self, level: float) -> dict[str, object] | None:
        hurdle = self.case.hurdle
        if hurdle is None or _payback(hurdle.discounted) not in self.outcomes:
            return None
        chance = self.payback_chance(hurdle.years, hurdle.discounted, level)
        return {"years": hurdle.years, "discounted": hurdle.discounted, **chance.as_chance()}

    @property
    def _trials(self) -> Kept:
        if self.kept is None:
            from simulator.result.streamed import not_kept

            raise RunError(f"{self.case.name}: {not_kept(self.trials)}")
        return self.kept


def _payback(discounted: bool) -> str:
    """The outcome that tells when the money is back."""
    return "discounted_payback" if discounted else "payback"
