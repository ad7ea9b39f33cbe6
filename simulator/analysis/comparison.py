"""Alternatives on the same futures: who pays back, who is best, what choosing wrong would cost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from simulator.analysis.differences import different_frames
from simulator.analysis.pairs import (
    Condition,
    Pair,
    condition,
    measured_mean,
    measured_share,
    pair_of,
)
from simulator.analysis.ranking import Ranking, in_batches, ranked, spread
from simulator.case.case import Case, Entry, Expression, Hurdle, Sampling
from simulator.case.comparison import NOTHING, Comparison, Criterion, comparison_of_cases
from simulator.case.document import Scalar
from simulator.case.keys import did_you_mean
from simulator.engine.run import simulate_together
from simulator.engine.workers import Progress, Stop
from simulator.errors import Place, RunError
from simulator.language.tree import Number
from simulator.notes import Note, Years
from simulator.result.intervals import worst_mean
from simulator.result.outcome import Measured
from simulator.result.result import Result

Floats = npt.NDArray[np.float64]
MOSTLY = 0.5
"""With no outlay at risk in more than this share of trials, an alternative has no payback rank."""


def compare(
    comparison: Comparison,
    trials: int | None = None,
    seed: int | None = None,
    sampling: Sampling | None = None,
    *,
    plain: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Compared:
    """Value all alternatives, and doing nothing, on the same futures.

    Shared inputs are drawn once, so that a difference between two alternatives is theirs and not
    chance. `plain`, `workers`, `progress` and `stop` are as in `simulate`. Raises CaseError and
    RunError as that does.

    >>> import utfall as ut
    >>> portal = "years: 2\\ndiscount_rate: 0 %\\ninvestment: {A: 9}\\nbenefits: {B: 4 to 6}"
    >>> found = compare(ut.comparison({"Portal": ut.read(portal)}), trials=512)
    >>> found.ranking("value").first
    'Portal'
    """
    asked = comparison.alternatives.items()
    cases = {
        name: replace(case, hurdle=comparison.hurdle, currency=comparison.currency)
        for name, case in asked
    }
    cases[NOTHING] = _nothing(comparison)
    results = simulate_together(
        cases,
        trials if trials is not None else comparison.trials,
        seed if seed is not None else comparison.seed,
        sampling or comparison.sampling,
        separate=comparison.separate,
        varied=comparison.varied,
        variants=comparison.variants,
        factors=comparison.factors,
        plain=plain,
        keep=True,  # which is better is told trial by trial
        workers=workers,
        progress=progress,
        stop=stop,
    )
    return Compared(comparison, results)


def against_nothing(result: Result) -> Compared:
    """A case that has been simulated, set against doing nothing; it is not run again.

    Where the case is called like doing nothing, a space tells the two apart.
    """
    case = result.case
    if case.name == NOTHING:
        case = replace(case, name=f"{NOTHING} ")
    asked = replace(
        comparison_of_cases([case]),
        trials=result.trials, seed=result.seed, sampling=result.sampling,
    )  # fmt: skip
    if result.partial:
        raise RunError(
            f"{case.name}: the run was stopped before its end, and only a whole run is compared\n"
            "    run it again with fewer trials"
        )
    nothing = simulate_together(
        {NOTHING: _nothing(asked)}, result.trials, result.seed, result.sampling, keep=True
    )
    return Compared(asked, {case.name: result, **nothing})


def _nothing(comparison: Comparison) -> Case:
    """Zero cash flow against the same base, over the longest horizon."""
    zero = Expression(Number("0"), Scalar("0", Place()))
    return Case(
        NOTHING,
        currency=comparison.currency,
        years=max(comparison.horizon, 1),
        discount_rate=zero,
        hurdle=comparison.hurdle,
        benefits={NOTHING: Entry(NOTHING, "benefits", zero)},
    )


@dataclass(frozen=True, eq=False, repr=False)
class Compared:
    """What comparing found. `results` holds every alternative's own Result, `Nothing` last."""

    comparison: Comparison
    results: Mapping[str, Result]

    def __repr__(self) -> str:
        return f"Compared({self.comparison.name!r}, trials={self.trials}, seed={self._any.seed})"

    @property
    def names(self) -> tuple[str, ...]:
        """The alternatives, `Nothing` last."""
        return tuple(self.results)

    @property
    def choices(self) -> tuple[str, ...]:
        """What one can choose between: the alternatives without what-ifs, `Nothing` last."""
        return tuple(name for name in self.results if name not in self.comparison.variants)

    @cached_property
    def changed(self) -> Compared | None:
        """The same choices in the world of the what-ifs, on the same futures; None without any.

        An alternative that has none of the changed inputs is what it was. Where an alternative was
        changed more than once, the last change counts.
        """
        asked = self.comparison
        if not asked.variants:
            return None
        there = {origin: changed for changed, origin in asked.variants.items()}
        cases = {
            name: asked.alternatives[there.get(name, name)]
            for name in asked.alternatives
            if name not in asked.variants
        }
        results = {name: self.results[there.get(name, name)] for name in self.choices}
        return Compared(replace(asked, alternatives=cases, variants={}, varied=()), results)

    @property
    def trials(self) -> int:
        """Futures in which every alternative was valued."""
        return self._any.trials

    @property
    def replicates(self) -> int:
        """Independent parts of the trials; 1 where draws are independent."""
        return self._any.replicates

    @property
    def _any(self) -> Result:
        return self.results[NOTHING]

    @property
    def hurdle(self) -> Hurdle:
        """The payback asked for; the whole horizon where nothing is said."""
        return self.comparison.hurdle or Hurdle(float(self.comparison.horizon))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know."""
        notes = [*self.comparison.notes, *self._any.notes]
        horizons = {n: case.horizon for n, case in self.comparison.alternatives.items()}
        if len(set(horizons.values())) > 1:
            each = tuple(
                Note("{alternative} {years}", alternative=name, years=Years(years))
                for name, years in horizons.items()
            )
            notes.append(
                Note(
                    "horizons differ ({horizons}): each is valued over its own years, and shown "
                    "over the longest",
                    horizons=each,
                )
            )
        notes += different_frames(self.comparison)
        bare = tuple(n for n, c in self.comparison.alternatives.items() if not c.currency)
        currency = self.comparison.currency
        if bare and currency:
            notes.append(
                Note(
                    "no currency is given for {alternatives}: read as {currency}",
                    alternatives=bare,
                    currency=currency,
                )
            )
        if self.comparison.hurdle is None:
            notes.append(Note("no hurdle is given: payback counts within the whole horizon"))
        return tuple(dict.fromkeys(notes))

    @cached_property
    def values(self) -> Floats:
        """Net present value, (alternatives, trials), in the comparison's currency."""
        return np.stack([result.npv.values for result in self.results.values()])

    @cached_property
    def _chosen(self) -> Floats:
        """Net present value of what can be chosen, (choices, trials)."""
        return np.stack([self.results[name].npv.values for name in self.choices])

    @cached_property
    def _best(self) -> Floats:
        """Of each choice its share of being best in each trial; ties are shared."""
        values = self._chosen
        top = values.max(axis=0)
        near = values >= top - 1e-9 * np.abs(top)
        shares: Floats = near / near.sum(axis=0)
        return shares

    @cached_property
    def chance_best(self) -> dict[str, Measured]:
        """The chance that each choice is the best one; they sum to 1. What-ifs do not compete."""
        return {
            name: measured_share(share, self.replicates)
            for name, share in zip(self.choices, self._best, strict=True)
        }

    @cached_property
    def regret(self) -> dict[str, Measured]:
        """Mean of what the best choice of each trial would have brought more than each of them."""
        missed = self._chosen.max(axis=0) - self._chosen
        return {
            name: measured_mean(values, self.replicates)
            for name, values in zip(self.choices, missed, strict=True)
        }

    @cached_property
    def evpi(self) -> Measured:
        """Expected value of perfect information: E max - max E, the least expected regret.

        What it would be worth to know every uncertain input before choosing.
        """
        return min(self.regret.values(), key=lambda figure: figure.value or 0.0)

    @cached_property
    def certainty_equivalent(self) -> dict[str, Measured]:
        """-R ln E exp(-x / R) for exponential utility with risk tolerance R; {} without one."""
        tolerance = self.comparison.risk_tolerance
        if tolerance is None:
            return {}
        found = {}
        for name, values in zip(self.choices, self._chosen, strict=True):
            parts = in_batches(lambda x: _equivalent(x, tolerance), values, self.replicates)
            found[name] = _around(_equivalent(values, tolerance), parts)
        return found

    def hurdle_chance(self, name: str) -> Measured:
        """The chance that an alternative has paid back within the hurdle."""
        return self.results[name].payback_chance(self.hurdle.years, self.hurdle.discounted)

    def pair(self, a: str, b: str) -> Pair:
        """Alternative a against b."""
        return pair_of(a, b, self._value(a), self._value(b), self.replicates)

    def _value(self, name: str) -> Floats:
        if name not in self.results:
            known = did_you_mean(name, self.results)
            raise RunError(f"`{name}` is not an alternative\n    {known}")
        value: Floats = self.values[self.names.index(name)]
        return value

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every two alternatives, `Nothing` among them."""
        return tuple(self.pair(a, b) for a, b in combinations(self.names, 2))

    def conditions(self, a: str, b: str) -> tuple[Condition, ...]:
        """When a beats b: the chance in each third of every input, the most decisive first."""
        difference = self._value(a) - self._value(b)
        won = (difference > 0) + 0.5 * (difference == 0)
        drawn = dict(self.results[a].inputs)
        for name, theirs in self.results[b].inputs.items():
            own = drawn.setdefault(name, theirs)
            if own is not theirs and not np.array_equal(own.values, theirs.values):
                drawn[f"{name} of {a}"], drawn[f"{name} of {b}"] = drawn.pop(name), theirs
        found = (condition(name, outcome.values, won) for name, outcome in drawn.items())
        return tuple(sorted((c for c in found if c is not None), key=lambda c: -c.spread))

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that can be applied; certainty equivalents need a risk tolerance."""
        known: tuple[Criterion, ...] = get_args(Criterion)
        return tuple(c for c in known if c != "certainty_equivalent" or self.certainty_equivalent)

    def ranking(self, criterion: Criterion | None = None) -> Ranking:
        """The choices by a criterion, the comparison's own where none is given.

        A what-if is a state of the world and cannot be chosen: `changed` ranks in that world. Of
        those that pay back equally often, the one worth more on average stands first.
        """
        criterion = criterion or self.comparison.criterion
        if criterion not in self.criteria:
            known = did_you_mean(criterion, self.criteria)
            raise RunError(f"`{criterion}` is not a criterion of this comparison\n    {known}")
        figures = self._figures(criterion)
        left_out = self._unranked(criterion)
        figures = {name: figure for name, figure in figures.items() if name not in left_out}
        batches = {name: self._batches(criterion, name) for name in figures}
        return ranked(criterion, figures, batches, self.trials, left_out)

    def _figures(self, criterion: Criterion) -> dict[str, Measured]:
        if criterion == "payback":
            worth = {name: self.results[name].npv.mean or 0.0 for name in self.choices}
            names = sorted(self.choices, key=lambda name: -worth[name])  # decides between equals
            return {name: self.hurdle_chance(name) for name in names}
        if criterion == "regret":
            return self.regret
        if criterion == "certainty_equivalent":
            return self.certainty_equivalent
        stat = "mean" if criterion == "value" else "worst5_mean"
        return {name: self.results[name].npv.measured(stat) for name in self.choices}

    def _unranked(self, criterion: Criterion) -> dict[str, Note]:
        if criterion != "payback":
            return {}
        found: dict[str, Note] = {NOTHING: Note("doing nothing has no payback")}
        for name in self.choices:
            share = self.results[name].no_outlay_share or 0.0
            if name != NOTHING and share > MOSTLY:
                found[name] = Note("no outlay is at risk, so there is nothing to pay back")
        return found

    def _batches(self, criterion: Criterion, name: str) -> Floats:
        """A criterion's figure in each replicate; chances and means are means of these values."""
        result, values = self.results[name], self.results[name].npv.values
        if criterion == "payback":
            which = "discounted_payback" if self.hurdle.discounted else "payback"
            years = result.outcomes[which].values
            paid = np.where(np.isnan(years), np.nan, years <= self.hurdle.years)
            return in_batches(_mean_where_defined, paid, self.replicates)
        if criterion == "worst5":
            return in_batches(_worst5, values, self.replicates)
        if criterion == "certainty_equivalent":
            tolerance = self.comparison.risk_tolerance or 1.0
            return in_batches(lambda x: _equivalent(x, tolerance), values, self.replicates)
        sign = -1.0 if criterion == "regret" else 1.0
        return sign * in_batches(lambda x: float(x.mean()), values, self.replicates)

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of a comparison; only plain Python values."""
        from simulator.analysis.comparison_data import as_data

        return as_data(self)

    def to_json(self) -> str:
        """`to_dict` as text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)


def _mean_where_defined(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _worst5(values: Floats) -> float:
    return worst_mean(np.sort(values), 0.05)


def _equivalent(values: Floats, tolerance: float) -> float:
    """-R ln E exp(-x / R), computed around the lowest value so that nothing overflows."""
    scaled = -values / tolerance
    top = float(scaled.max())
    return 0.0 - tolerance * (top + float(np.log(np.mean(np.exp(scaled - top)))))


def _around(value: float, parts: Sequence[float] | Floats) -> Measured:
    """A figure with the t interval of its replicates about it."""
    half = spread(np.asarray(parts))
    return (
        Measured(value, None, None) if half is None else Measured(value, value - half, value + half)
    )
