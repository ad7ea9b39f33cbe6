"""Valued blocks → one Result: which vectors are taken, and what they are called there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from distributions import Design, Marginal, rank_from_normal
from simulator.engine.cash import OUTCOMES, Valued, line_names
from simulator.engine.integrated import Opened
from simulator.engine.present_value import added
from simulator.engine.program import Drawn, Key, Program, Values
from simulator.engine.sampling import Joint
from simulator.engine.stores import NPV, ZERO, Counting, Found, Keeping, Name, Store
from simulator.notes import Note, Share
from simulator.result.figures import Worst
from simulator.result.integrated import Integrated
from simulator.result.integrated_outcome import better
from simulator.result.kept import Kept
from simulator.result.outcome import Outcome
from simulator.result.result import Line, RealisedDependence, Result
from simulator.result.stream import Limit
from simulator.version import __version__

Floats = npt.NDArray[np.float64]
HIGH_IS_BAD = frozenset({"payback", "discounted_payback", "peak_funding"})
PAYBACKS = ("payback", "discounted_payback")
MONEY = frozenset({"npv", "peak_funding"})
OPEN = "open"
"""The section of what the investment integrated out needs of each trial."""


class Gatherer:
    """What is taken of every trial of a case, and the Result it comes to."""

    def __init__(
        self,
        program: Program,
        marginals: Mapping[int, Marginal],
        design: Design,
        shown: Sequence[str],
        opened: Opened | None = None,
        asked: Collection[str] | None = None,
    ) -> None:
        self.program = program
        self.marginals = marginals
        """Of all alternatives: those that share a draw share its node."""
        self.opened = opened
        self.design = design
        self.shown = tuple(shown)
        self.quantity = {source.name: source.quantity for source in program.sources}
        depending = [self.quantity[name] for pair in program.dependence for name in pair[:2]]
        names = tuple(dict.fromkeys([*program.inputs, *depending]))
        self.inputs = self._rows("inputs", names)
        self.quantities = self._rows("quantities", self.shown)
        money = program.case.has_money
        self.asked = asked
        """Outcomes to find and nothing else; None for all there is to find."""
        self.told = tuple(n for n in OUTCOMES if money and (asked is None or n in asked))
        needed = {*self.told, "npv"} if opened is not None else self.told
        self.outcomes = tuple(name for name in OUTCOMES if name in needed)
        self.lines = line_names(program) if money and asked is None else {}
        # the years of the cash also tell what an amount left open comes to
        flows = money and (asked is None or opened is not None)
        years = range(program.case.horizon + 1 if flows else 0)
        self.cash = tuple(Name("cash", "cash", year) for year in years)
        self._first_inputs: dict[Name, Floats] = {}
        self._rising: dict[str, Floats] = {}
        inputs = {node: row for row, node in self.inputs.items()}
        nodes = opened.nodes if opened is not None else {}
        self.open_rows = {  # what is an input is kept already
            name: inputs.get(nodes.get(name, -1), Name(OPEN, name))
            for name in (opened.names if opened is not None else ())
        }

    @property
    def names(self) -> list[Name]:
        """Everything with one figure a trial, the years of the cash one after another."""
        return [
            *self.inputs,
            *self.quantities,
            *self.cash,
            *(Name("outcomes", name) for name in self.outcomes),
            *(Name("lines", name) for name in self.lines),
            *(row for row in self.open_rows.values() if row.section == OPEN),
        ]

    def wanted(self) -> tuple[int, ...]:
        """The nodes that a block must compute."""
        program = self.program
        nodes = [*self.inputs.values(), *self.quantities.values()]
        if self.outcomes:
            nodes += [node for line in program.lines for node in line.nodes]
            settings = (program.discount_rate, program.tax_rate)
            nodes += [node for node in settings if node is not None]
        if self.opened is not None:
            nodes += self.opened.nodes.values()
        return tuple(dict.fromkeys(nodes))

    def counting(self, first: Found) -> Counting:
        """A store that counts; the trials found first range its cells."""
        hurdle = self.program.case.hurdle
        years = set(map(float, range(1, self.program.case.horizon + 1)))
        if hurdle is not None:
            years.add(float(hurdle.years))
        within: list[Limit] = [*ZERO, *(("<=", year) for year in sorted(years))]
        limits = {Name("outcomes", name): within for name in PAYBACKS if name in self.outcomes}
        copied = {name: np.array(values) for name, values in first.others.items()}
        if NPV in copied:  # with which inputs are ranked
            self._first_inputs = {name: np.array(values) for name, values in first.inputs.items()}
        ranked = list(self.program.inputs)
        return Counting(list(self.inputs), copied, limits, self.design, ranked)

    def found(self, values: Values, worth: Valued | None, uniforms: Drawn, here: slice) -> Found:
        """A unit of a block; if the first trials are known, also the grades of the inputs."""
        inputs = {name: values[node][here] for name, node in self.inputs.items()}
        others = {name: values[node][here] for name, node in self.quantities.items()}
        roots, no_outlay = np.empty(0, np.int8), np.empty(0, np.bool_)
        if worth is not None:
            for row in self.cash:
                others[row] = worth.cash[row.row][here]
            for name in self.outcomes:
                others[Name("outcomes", name)] = worth.outcomes[name][here]
            for name in self.lines:
                others[Name("lines", name)] = worth.present_values[name][here]
            roots, no_outlay = worth.roots[here], worth.no_outlay[here]
        if self.opened is not None:
            for name, row in self.open_rows.items():
                if row.section == OPEN:
                    node = self.opened.nodes.get(name)
                    found = self.opened.mean(uniforms, here) if node is None else values[node][here]
                    others[row] = found
        grades = self._grades(inputs, uniforms, here) if self._first_inputs else {}
        return Found(inputs, grades, others, roots, no_outlay)

    def result(
        self, store: Store, seed: int, joint: Joint, notes: Sequence[str], trials: int
    ) -> Result:
        """The finished Result, of so many trials."""
        draws = {name: self._drawn(store, name) for name in self.program.inputs}
        kept = store.kept(draws) if isinstance(store, Keeping) else None
        integrated = self._integrated(store, kept) if kept is not None else None
        return Result(
            case=self.program.case,
            trials=trials,
            seed=seed,
            sampling=self.design.kind,
            replicates=self.design.replicates,
            inputs={name: self._input(name, values) for name, values in draws.items()},
            outcomes={name: better(self._outcome(store, name), integrated) for name in self.told},
            yearly_cash=self._yearly_cash(store),
            lines={
                name: Line(name, section, self._money(store, Name("lines", name), name))
                for name, section in self.lines.items()
            },
            quantities={name: self._quantity(store, name) for name in self.shown},
            tally=store.tally(),
            dependence=self._realised(store, joint),
            notes=tuple(notes),
            version=__version__,
            kept=kept,
            planned=self.design.trials,
            asked=None if self.asked is None else self.told,
            ranks=store.ranks if isinstance(store, Counting) else None,
            integrated=integrated,
        )

    def _input(self, name: str, values: Floats) -> Outcome:
        """An input as drawn, (trials,), or (years, trials): then its mean over the years."""
        mean = values if values.ndim == 1 else values.mean(axis=0)
        return Outcome(name, mean, self.design.replicates, unit=self._unit(name))

    def _outcome(self, store: Store, name: str) -> Outcome:
        worst: Worst = "high" if name in HIGH_IS_BAD else "low"
        unit = self.program.case.currency if name in MONEY else ""
        return store.outcome(Name("outcomes", name), name, worst, unit)

    def _yearly_cash(self, store: Store) -> tuple[Outcome, ...]:
        rows = self.cash if self.asked is None else ()
        return tuple(self._money(store, row, f"cash[{row.row}]") for row in rows)

    def _money(self, store: Store, name: Name, called: str) -> Outcome:
        return store.outcome(name, called, unit=self.program.case.currency)

    def _quantity(self, store: Store, name: str) -> Outcome | tuple[Outcome, ...]:
        """A quantity that is shown, of a yearly one every year."""
        rows, unit = self._of(self.quantities, name), self._unit(name)
        if name not in self.program.yearly:
            return store.outcome(rows[0], name, unit=unit)
        first = 0 if self.program.case.quantities[name].start is not None else 1
        return tuple(
            store.outcome(row, f"{name}[{year}]", unit=unit) for year, row in enumerate(rows, first)
        )

    def _unit(self, name: str) -> str:
        entry = self.program.case.quantities.get(name)
        return entry.unit if entry is not None else ""

    def _integrated(self, store: Store, kept: Kept) -> Integrated | None:
        """What the trials say with an amount of the investment integrated out, if there is one."""
        if self.opened is None:
            return None
        values = {name: store.input_values(row) for name, row in self.open_rows.items()}
        npv = store.input_values(NPV)
        return self.opened.result(values, kept.cash_by_year, npv, self.design.replicates)

    def _rows(self, section: str, names: Sequence[str]) -> dict[Name, int]:
        """The nodes of quantities, row by row."""
        nodes = self.program.quantities
        return {Name(section, n, row): node for n in names for row, node in enumerate(nodes[n])}

    def _of(self, rows: Mapping[Name, int], name: str) -> list[Name]:
        return [row for row in rows if row.name == name]

    def _drawn(self, store: Store, name: str) -> Floats:
        """The values of an input, (trials,), or of a yearly one (years, trials)."""
        rows = [store.input_values(row) for row in self._of(self.inputs, name)]
        if len(rows) == 1:
            return rows[0]
        drawn = np.stack(rows)
        drawn.flags.writeable = False
        return drawn

    @cached_property
    def _uniform_of(self) -> dict[str, Key]:
        """Inputs whose grade is the very number that they are read from: smooth, drawn once."""
        graph, known = self.program.graph, self.marginals
        found = {}
        for name, nodes in self.program.inputs.items():
            drawn = graph.draws.get(nodes[0])
            if len(nodes) == 1 and drawn and nodes[0] in known and not known[nodes[0]].has_jumps:
                found[name] = (drawn.source.series, drawn.year)
        return found

    def _grades(
        self, inputs: Mapping[Name, Floats], uniforms: Drawn, here: slice
    ) -> dict[str, Floats]:
        """The grade of every input; of those not drawn so, its place among the first trials."""
        grades = {}
        for name in self.program.inputs:
            key = self._uniform_of.get(name)
            if key is not None and key in uniforms:
                grades[name] = uniforms[key][here]
                continue
            first = self._first_rising(name)
            values = added([inputs[row] for row in self._of(self.inputs, name)])
            below, upto = (np.searchsorted(first, values, side) for side in ("left", "right"))
            grades[name] = (below + upto) / (2 * first.size)
        return grades

    def _first_rising(self, name: str) -> Floats:
        """The first values of an input (the sum of its years), in rising order."""
        if name not in self._rising:
            rows = self._of(self.inputs, name)
            self._rising[name] = np.sort(added([self._first_inputs[row] for row in rows]))
        return self._rising[name]

    def _realised(self, store: Store, joint: Joint) -> tuple[RealisedDependence, ...]:
        found = []
        for first, second, *_ in self.program.dependence:
            between = (self.quantity[first], self.quantity[second])
            years = zip(*(self._of(self.inputs, name) for name in between), strict=True)
            draws = [(store.input_values(a), store.input_values(b)) for a, b in years]
            asked = joint.asked.get((first, second), joint.asked.get((second, first), 0.0))
            found.append(RealisedDependence(between, rank_from_normal(asked), draws))
        return tuple(found)


def crossed_again(recrossing: int, trials: int) -> list[Note]:
    """What to say where cumulated cash comes back to zero more than once."""
    if not recrossing:
        return []
    return [
        Note(
            "in {share} of the trials cumulated cash comes back to zero more than once; "
            "payback is the last time",
            share=Share(recrossing / trials),
        )
    ]
