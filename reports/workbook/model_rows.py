"""A case as rows of formulas: its inputs, the estimates written in formulas, its calculations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reports.language import say
from reports.units import unit_in, unit_of
from reports.workbook.formulas import Formulas
from reports.workbook.medians import follows_nothing
from reports.workbook.rows import Row, Year, shown
from simulator.case.case import Case, Entry
from simulator.case.model import bind, is_yearly
from simulator.case.terms import Constant, Draw, OverYears, Quantity, Term
from simulator.engine.compile import compile_case
from simulator.engine.graph import Graph
from simulator.engine.present_value import discount_factors
from simulator.engine.program import Machine
from simulator.engine.unroll import Unroller
from simulator.language.printer import show

Floats: TypeAlias = npt.NDArray[np.float64]


class ModelRows:
    """Rows by section. Values come from the program itself, with every draw at its median."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.years = case.years or 0
        graph = Graph()
        self.program = compile_case(case, graph)
        self.model, _ = bind(case)
        self._unroller = Unroller(self.model, self.years, case.timing, graph)
        self._nodes: dict[tuple[Row, Year], int] = {}
        self._terms: dict[tuple[Term, bool], Row] = {}
        self._entry: Entry | None = None
        self._here: list[Row] = []
        self.header = Row(say("Year"), kind="years")
        self.header.values = {year: float(year) for year in range(self.years + 1)}
        self.factors = Row(say("Discount factor"), "discount_factor")
        self.inputs: list[Row] = []
        self.estimates: list[Row] = []
        self.settings: list[Row] = []
        self.calculations: list[Row] = []
        self.lines: list[tuple[str, Row]] = []
        self.line_parts: list[Row] = []
        with _deep_recursion():
            self._fill_all()
        self.values = self._evaluated()
        self.factor_values = np.zeros(0)
        if self.discount_rate is not None and self.years:
            rate = self.values[self.discount_rate, None]
            self.factor_values = discount_factors(self.years, rate, case.timing)
            self.fill_factors(self.factors, self.factor_values, 0)

    def _fill_all(self) -> None:
        self._quantities = {name: self._row_of(q) for name, q in self.model.quantities.items()}
        self._formulas = Formulas(
            self.model, self.years, self._quantities.__getitem__, self._row, self._wanted,
            self._terms, self.header, self.factors, self._is_yearly,
        )  # fmt: skip
        self.discount_rate = self._setting("discount_rate", say("Discount rate"))
        self.tax_rate = self._setting("tax_rate", say("Tax rate"))
        for group in self.model.order:
            for name in group:
                self._fill(self.model.quantities[name])
        self._money()

    def _is_yearly(self, term: Term) -> bool:
        return is_yearly(term, lambda name: self.model.quantities[name].yearly)

    def _row_of(self, quantity: Quantity) -> Row:
        entry = quantity.entry
        row = Row(entry.title, entry.name, entry.unit, entry.typed(self.case.numbers))
        if quantity.start is None and (
            isinstance(quantity.term, Draw) or _has_memory(quantity.term)
        ):
            self._terms[quantity.term, False] = row
        return row

    def _setting(self, key: str, label: str) -> Row | None:
        term = self.model.discount_rate if key == "discount_rate" else self.model.tax_rate
        if term is None:
            return None
        asked = self.case.discount_rate if key == "discount_rate" else None
        if key == "tax_rate" and self.case.tax is not None:
            asked = self.case.tax.rate
        row = Row(label, key, written=str(asked or ""), share=True)
        self._entry, self._here = None, self.settings
        self._wanted(row, term, None)
        self.settings.append(row)
        return row

    def _fill(self, quantity: Quantity) -> None:
        """The formulas of an input or a calculation, in the section it belongs to."""
        entry = quantity.entry
        self._entry = entry
        self._here = self.inputs if entry.section == "inputs" else self.calculations
        row = self._quantities[entry.name]
        if quantity.start is not None:
            self._wanted(row, quantity.start, 0, inside=True)
        years: list[Year] = [*range(1, self.years + 1)] if quantity.yearly else [None]
        for year in years:
            self._wanted(row, quantity.term, year, inside=quantity.start is not None)
        self._here.append(row)

    def _money(self) -> None:
        self._here = self.line_parts
        for line in self.model.lines:
            entry = self._entry = line.entry
            row = Row(
                entry.title, entry.section, entry.unit, entry.typed(self.case.numbers), share=False
            )
            years = [0] if entry.section == "investment" else [*range(1, self.years + 1)]
            for year in years:
                self._wanted(row, line.term, year, inside=True)
            self.lines.append((entry.section, row))

    def _row(self, term: Term, series: bool) -> Row:
        """The row of a part of a formula, made when first asked for."""
        key = (term, series and not self._is_yearly(term))
        known = self._terms.get(key)
        if known is not None:
            return known
        title = self._entry.title if self._entry else say("Discount rate")
        if isinstance(term, Draw) and not key[1]:
            source = term.source
            unit = source.entry.unit
            row = Row(
                say("Estimate in “{name}”", name=title),
                "",
                unit,
                show(source.node, self.case.numbers),
            )
            row.share = unit_of("", row.written).share
            self.estimates.append(row)
        else:
            row = Row(say("Part of “{name}”", name=title), kind="part")
            self._here.append(row)
        self._terms[key] = row
        return row

    def _wanted(self, row: Row, term: Term, year: Year, inside: bool = False) -> None:
        """Fill a cell with a term, unless it is filled.

        An estimate stands in the cell itself, or, `inside` a row of another kind, in a row of its
        own that the cell refers to.
        """
        if (row, year) in self._nodes:
            return
        at = year or 0
        self._nodes[row, year] = self._unroller.term(term, at)
        if isinstance(term, Constant):
            row.kind = "input"
            return
        if inside and isinstance(term, Draw):
            row.formulas[year] = self._formulas.part(term, at).text
            return
        formula = self._formulas.formula(term, at)
        if formula is not None:
            row.formulas[year] = formula
        elif isinstance(term, Draw):
            row.kind = "input"
            if not follows_nothing(term.source):
                row.remark = say(
                    "The median of an estimate that depends on other figures: "
                    "it stays as it is when they change."
                )

    def fill_factors(self, row: Row, values: Floats, delay: int) -> None:
        """What money of each year is worth today, when everything comes some years later."""
        assert self.discount_rate is not None
        middle = "-0.5" if self.case.timing == "middle" else ""
        row.share = False
        for year, value in enumerate(values):
            years = f"{self.header.at(year)}{middle if year else ''}{f'+{delay}' if delay else ''}"
            row.formulas[year + delay] = f"(1+{self.discount_rate.at()})^-({years})"
            row.values[year + delay] = float(value)

    def _evaluated(self) -> Mapping[tuple[Row, Year], float]:
        """Every cell, as the program computes it."""
        wanted = tuple(dict.fromkeys(self._nodes.values()))
        machine = Machine(self.program, wanted, 1)
        draws = self.program.graph.draws.values()
        middle = np.full(1, 0.5)
        values = machine.run({(d.source.series, d.year): middle for d in draws}, 1)
        found = {key: float(values[node][0]) for key, node in self._nodes.items()}
        for (row, year), value in found.items():
            row.values[year] = shown(value)
        for name, row in self._quantities.items():
            known = [v for v in row.values.values() if isinstance(v, float)]
            row.share = unit_in(self.case, name, known).share
        return found


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """Formulas may hang 200 operations on one another, each some calls deep."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 10_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _has_memory(term: Term) -> bool:
    """Whether a term needs its own cell of the year before."""
    return isinstance(term, OverYears) and term.word == "cohort"
