"""Valued blocks → one Result: arrays made once, filled block by block."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from distributions import Design, rank_from_normal
from simulator.engine.cash import Valued, line_names
from simulator.engine.program import Program, Values
from simulator.engine.sampling import Block, Joint
from simulator.errors import RunError
from simulator.notes import Note, Share
from simulator.result.outcome import Outcome
from simulator.result.result import Line, RealisedDependence, Result
from simulator.version import __version__

Floats = npt.NDArray[np.float64]
OUTCOMES = (
    "npv", "irr", "roi", "roi_discounted", "payback", "discounted_payback", "peak_funding",
    "profitability_index",
)  # fmt: skip
MOST_RANKED = 131_072
HIGH_IS_BAD = frozenset({"payback", "discounted_payback", "peak_funding"})
MONEY = frozenset({"npv", "peak_funding"})


class Gatherer:
    """Everything kept of a run. Raises RunError where memory would not hold it."""

    def __init__(self, program: Program, design: Design, shown: Sequence[str]) -> None:
        self.program = program
        self.design = design
        self.shown = tuple(shown)
        trials = design.trials
        money = program.case.has_money
        self.quantity = {source.name: source.quantity for source in program.sources}
        depending = [self.quantity[name] for pair in program.dependence for name in pair[:2]]
        names = [*program.inputs, *self.shown, *depending]
        self.kept = {name: program.quantities[name] for name in dict.fromkeys(names)}
        rows = sum(len(nodes) for nodes in self.kept.values())
        horizon = program.case.horizon
        lines = line_names(program) if money else {}
        if money:
            rows += horizon + 1 + len(OUTCOMES) + len(lines)
        self.rows = rows
        refuse_too_large(trials, rows)
        self.values = {name: np.empty((len(nodes), trials)) for name, nodes in self.kept.items()}
        self.outcomes = {name: np.empty(trials) for name in OUTCOMES if money}
        self.cash = np.empty((horizon + 1 if money else 0, trials))
        self.lines = {name: np.empty(trials) for name in lines}
        self.roots = np.zeros(trials if money else 0, np.int8)
        self.no_outlay = np.zeros(trials if money else 0, np.bool_)
        self.recrossing = 0

    def wanted(self) -> tuple[int, ...]:
        """The nodes that a block must compute."""
        program = self.program
        nodes = [node for nodes in self.kept.values() for node in nodes]
        if program.case.has_money:
            nodes += [node for line in program.lines for node in line.nodes]
            settings = (program.discount_rate, program.tax_rate)
            nodes += [node for node in settings if node is not None]
        return tuple(dict.fromkeys(nodes))

    def add(self, block: Block, values: Values, worth: Valued | None) -> None:
        """Keep what a block found."""
        here = slice(block.start, block.start + block.size)
        for name, nodes in self.kept.items():
            for row, node in enumerate(nodes):
                self.values[name][row, here] = values[node]
        if worth is None:
            return
        self.cash[:, here] = worth.cash
        self.roots[here] = worth.roots
        self.no_outlay[here] = worth.no_outlay
        self.recrossing += worth.recrossing
        for name, outcome in worth.outcomes.items():
            self.outcomes[name][here] = outcome
        for name, present in worth.present_values.items():
            self.lines[name][here] = present

    def result(self, seed: int, joint: Joint, notes: Sequence[str]) -> Result:
        """The finished Result."""
        case, replicates = self.program.case, self.design.replicates
        kept: list[npt.NDArray[Any]] = [self.cash, self.roots, self.no_outlay]
        kept += [*self.values.values(), *self.outcomes.values(), *self.lines.values()]
        for array in kept:
            array.flags.writeable = False  # a Result never changes in anybody's hands
        units = {name: entry.unit for name, entry in case.quantities.items()}

        def outcome(name: str, values: Floats) -> Outcome:
            return Outcome(name, values, replicates, unit=units.get(name, ""))

        quantities: dict[str, Outcome | tuple[Outcome, ...]] = {}
        for name in self.shown:
            rows = self.values[name]
            yearly = name in self.program.yearly
            first = 0 if case.quantities[name].start is not None else 1
            series = tuple(outcome(f"{name}[{year}]", row) for year, row in enumerate(rows, first))
            quantities[name] = series if yearly else outcome(name, rows[0])
        draws = {
            name: rows[0] if len(rows) == 1 else rows
            for name, rows in self.values.items()
            if name in self.program.inputs
        }
        sections = line_names(self.program) if case.has_money else {}
        return Result(
            case=case,
            trials=self.design.trials,
            seed=seed,
            sampling=self.design.kind,
            replicates=replicates,
            inputs={
                name: outcome(name, values if values.ndim == 1 else values.mean(axis=0))
                for name, values in draws.items()
            },
            outcomes={
                name: Outcome(
                    name,
                    values,
                    replicates,
                    worst="high" if name in HIGH_IS_BAD else "low",
                    unit=case.currency if name in MONEY else "",
                )
                for name, values in self.outcomes.items()
            },
            cash_by_year=self.cash,
            lines={
                name: Line(
                    name, section, Outcome(name, self.lines[name], replicates, unit=case.currency)
                )
                for name, section in sections.items()
            },
            quantities=quantities,
            roots=self.roots,
            no_outlay=self.no_outlay,
            dependence=self._realised(joint),
            draws=draws,
            notes=(*notes, *self._crossed_again()),
            version=__version__,
        )

    def _crossed_again(self) -> list[Note]:
        if not self.recrossing:
            return []
        return [
            Note(
                "in {share} of the trials cumulated cash comes back to zero more than once; "
                "payback is the last time",
                share=Share(self.recrossing / self.design.trials),
            )
        ]

    def _realised(self, joint: Joint) -> tuple[RealisedDependence, ...]:
        found = []
        for first, second, *_ in self.program.dependence:
            between = (self.quantity[first], self.quantity[second])
            years = zip(*(self.values[name] for name in between), strict=True)
            realised = float(np.mean([rank_correlation(a, b) for a, b in years]))
            asked = joint.asked.get((first, second), joint.asked.get((second, first), 0.0))
            found.append(RealisedDependence(between, rank_from_normal(asked), realised))
        return tuple(found)


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation; equal values share their mean rank.

    Of long vectors as many values are taken, evenly spread, as tell it to 0.003.

    >>> rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 30.0, 20.0]))
    0.5
    """
    every = -(-len(a) // MOST_RANKED)
    ranks = [_ranks(values[::every]) for values in (a, b)]
    spread = [float(np.std(rank)) for rank in ranks]
    if min(spread) == 0:
        return float("nan")
    products = np.mean((ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean()))
    return float(products) / (spread[0] * spread[1])


def _ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    upto = np.cumsum(counts)
    ranks: Floats = (upto - (counts - 1) / 2)[inverse]
    return ranks


def refuse_too_large(trials: int, rows: int) -> None:
    """A run keeps every trial; say so before the machine grinds to a halt."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):  # not every system tells
        return
    needed = trials * rows * 8
    if needed > 0.7 * memory:
        raise RunError(
            f"{trials:,} trials of this case need {needed / 1e9:,.0f} GB of memory, "
            f"and this machine has {memory / 1e9:,.0f}\n    ask for fewer trials"
        )
