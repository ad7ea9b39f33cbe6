"""Model → graph: every yearly quantity becomes a vector for each year, in the order of years.

With the years written out, `year` and ramps are constants, stocks and circles over time are plain
chains, and what does not differ by year is computed once because equal nodes are shared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from simulator.case.terms import (
    Broken,
    Constant,
    Draw,
    LastYear,
    Model,
    Operation,
    OverYears,
    Ramp,
    Reference,
    Term,
    Year,
)
from simulator.engine.graph import Graph
from simulator.errors import Problem


class BrokenTerm(Exception):
    """The term holds a mistake that has been told."""


class Unroller:
    """Nodes of terms and quantities by year. `years` may be 0 for a case without years."""

    def __init__(self, model: Model, years: int, timing: str, graph: Graph) -> None:
        self.model = model
        self.years = years
        self.timing = timing
        self.graph = graph
        self.problems: list[Problem] = []
        self._computable = {name for group in model.order for name in group}
        self._terms: dict[tuple[Term, int], int] = {}
        self._products: dict[Operation, Operation] = {}
        self._quantities: dict[tuple[str, int], int] = {}
        self._words: dict[str, Callable[[tuple[Term, ...], int], int]] = {
            "cumulative": self._cumulative,
            "cohort": self._cohort,
            "delay": self._delay,
            "sum_over_years": self._sum_over_years,
            "discounted": self._discounted,
        }

    def quantity(self, name: str, year: int) -> int:
        """The node of a quantity in a year; year 0 is a stock's start.

        Raises BrokenTerm where its definition, or one that it needs, is wrong.
        """
        if name not in self._computable:
            raise BrokenTerm
        quantity = self.model.quantities[name]
        year = year if quantity.yearly else 0
        if quantity.yearly and year == 0:
            if quantity.start is None:
                raise BrokenTerm
            return self.term(quantity.start, 0)
        key = (name, year)
        if key not in self._quantities:
            self._quantities[key] = self.term(quantity.term, year)
        return self._quantities[key]

    def term(self, term: Term, year: int) -> int:
        """The node of a term in a year (0 under `investment` and for what has no year)."""
        key = (term, year)
        node = self._terms.get(key)
        if node is None:
            node = self._terms[key] = self._unrolled(term, year)
        return node

    def _unrolled(self, term: Term, year: int) -> int:
        graph = self.graph
        if isinstance(term, Constant):
            return graph.constant(term.value)
        if isinstance(term, Year):
            return graph.constant(float(year))
        if isinstance(term, Reference):
            return self.quantity(term.name, year)
        if isinstance(term, LastYear):
            return self._last_year(term.name, year)
        if isinstance(term, Ramp):
            return self.term(term.steps[min(max(year, 1), len(term.steps)) - 1], year)
        if isinstance(term, Operation):
            if term.operator == "*":
                if term not in self._products:
                    self._products[term] = self._product(term)
                term = self._products[term]
            arguments = [self.term(argument, year) for argument in term.arguments]
            if term.operator == "-" and len(arguments) == 1:
                return graph.operation("negative", *arguments)
            return graph.operation(term.operator, *arguments)
        if isinstance(term, Draw):
            source = term.source
            parameters = [self.term(parameter, year) for parameter in source.parameters]
            return graph.draw(source, year if source.yearly else 0, parameters)
        if isinstance(term, OverYears):
            if term.word == "cohort":
                self._check_churn(term)
            return self._words[term.word](term.arguments, year)
        assert isinstance(term, Broken)
        raise BrokenTerm

    def _product(self, product: Operation) -> Operation:
        """The same product, with what is the same in all years multiplied first: only once.

        Left as it is where that saves nothing, or where all of it is the same in all years.
        """
        factors = _factors(product)
        yearly = [factor for factor in factors if self._is_yearly(factor)]
        steady = [factor for factor in factors if not self._is_yearly(factor)]
        if not yearly or len(steady) < 2 or factors == [*steady, *yearly]:
            return product
        ordered, *rest = *steady, *yearly
        for factor in rest:
            ordered = replace(product, arguments=(ordered, factor))
        assert isinstance(ordered, Operation)
        return ordered

    def _is_yearly(self, term: Term) -> bool:
        """Whether a term may differ from year to year."""
        if isinstance(term, Reference):
            quantity = self.model.quantities.get(term.name)
            return quantity is None or quantity.yearly
        if isinstance(term, Operation):
            return any(map(self._is_yearly, term.arguments))
        if isinstance(term, Draw):
            return term.source.yearly or any(map(self._is_yearly, term.source.parameters))
        return not isinstance(term, Constant)

    def _last_year(self, name: str, year: int) -> int:
        if year < 1:  # a place that has no years: told by the check of kinds
            raise BrokenTerm
        quantity = self.model.quantities[name]
        if year <= 1 and quantity.start is None:
            return self.graph.constant(0.0)
        return self.quantity(name, year - 1)

    def _cumulative(self, arguments: tuple[Term, ...], year: int) -> int:
        total = self.graph.constant(0.0)
        for earlier in range(1, year + 1):
            total = self.graph.operation("+", total, self.term(arguments[0], earlier))
        return total

    def _check_churn(self, term: OverYears) -> None:
        """A constant churn above 100 % is surely a slip."""
        years = range(1, self.years + 1)
        known = (self.graph.values[self.term(term.arguments[1], year)] for year in years)
        wrong = [churn for churn in known if churn is not None and not 0 <= churn <= 1]
        for churn in wrong[:1]:
            problem = f"the churn of cohort is {churn * 100:g} %"
            remedy = "churn is the share that leaves in a year, between 0 % and 100 %"
            self.problems.append(Problem(problem, remedy, term.place, term.entry))

    def _cohort(self, arguments: tuple[Term, ...], year: int) -> int:
        joining, churn = arguments
        graph, one = self.graph, self.graph.constant(1.0)
        present = graph.constant(0.0)
        for earlier in range(1, year + 1):
            staying = graph.operation("-", one, self.term(churn, earlier))
            kept = graph.operation("*", present, staying)
            present = graph.operation("+", kept, self.term(joining, earlier))
        return present

    def _delay(self, arguments: tuple[Term, ...], year: int) -> int:
        """(1 - f) x_{t-k} + f x_{t-k-1} for d = k + f: each lag weighs max(0, 1 - |d - lag|).

        A negative d has no value, which is told.
        """
        x, d = arguments
        graph = self.graph
        one, zero = graph.constant(1.0), graph.constant(0.0)
        by = graph.operation("not below 0", self.term(d, year))
        total = zero
        for lag in range(year):
            apart = graph.operation("abs", graph.operation("-", by, graph.constant(float(lag))))
            weight = graph.operation("max", zero, graph.operation("-", one, apart))
            if graph.values[weight] == 0:  # a known delay that never reaches this far back
                continue
            part = graph.operation("*", weight, self.term(x, year - lag))
            total = graph.operation("+", total, part)
        return total

    def _sum_over_years(self, arguments: tuple[Term, ...], year: int) -> int:
        return self._cumulative(arguments, self.years)

    def _discounted(self, arguments: tuple[Term, ...], year: int) -> int:
        """Present value at the case's rate and timing, seen from the case's own year 0."""
        graph = self.graph
        if self.model.discount_rate is None:
            raise BrokenTerm
        one = graph.constant(1.0)
        base = graph.operation("+", one, self.term(self.model.discount_rate, 0))
        shift = 0.5 if self.timing == "middle" else 0.0
        total = graph.constant(0.0)
        for t in range(1, self.years + 1):
            factor = graph.operation("**", base, graph.constant(t - shift))
            part = graph.operation("/", self.term(arguments[0], t), factor)
            total = graph.operation("+", total, part)
        return total


def _factors(term: Term) -> list[Term]:
    """What a product is made of, from left to right."""
    if not isinstance(term, Operation) or term.operator != "*":
        return [term]
    return [factor for argument in term.arguments for factor in _factors(argument)]
