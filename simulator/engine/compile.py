"""Case → Program: bind, unroll the years, make the distributions, tell every mistake."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from distributions import EstimateError, Marginal
from distributions.errors import number_text
from simulator.case.case import Case, Entry
from simulator.case.model import bind, is_yearly, unused
from simulator.case.terms import Broken, Constant, Model, Term
from simulator.engine.graph import DrawnFrom, Graph
from simulator.engine.program import LineNodes, Named, Program, marginals_of
from simulator.engine.unroll import BrokenTerm, Unroller
from simulator.errors import CaseError, Place, Problem
from simulator.language.numbers import write_number
from simulator.language.tree import Node, Number, names_in

MOST_REMEMBERED = 16
_REMEMBERED: dict[int, Program] = {}  # a program holds its case, so an id is never reused here
NO_VALUE = (
    "has no value: it divides by zero, takes a root or logarithm of a negative number, or delays "
    "by less than 0"
)


def compile_case(
    case: Case, graph: Graph | None = None, separate: frozenset[str] = frozenset(), label: str = ""
) -> Program:
    """The program of a case, on a graph of its own or on one that alternatives share.

    `separate` inputs share their draws only with cases of the same `label`.
    The latest programs are remembered: checking, running and drawing up a tornado compile a case
    once. Raises CaseError with every mistake found: names, kinds, circles, estimates, constants.
    """
    alone = graph is None and not separate
    known = _REMEMBERED.get(id(case)) if alone else None
    if known is not None and known.case is case:
        return known
    model, problems = bind(case, separate, label)
    compiler = _Compiler(case, model, problems, graph or Graph())
    program = compiler.program()
    if compiler.problems:
        raise CaseError(compiler.problems)
    if alone:
        _REMEMBERED[id(case)] = program
        while len(_REMEMBERED) > MOST_REMEMBERED:
            _REMEMBERED.pop(next(iter(_REMEMBERED)), None)
    return program


class _Compiler:
    def __init__(self, case: Case, model: Model, problems: list[Problem], graph: Graph) -> None:
        self.case = case
        self.model = model
        self.years = case.years or 0
        self.unroller = Unroller(model, self.years, case.timing, graph)
        self.first = len(graph.values)  # nodes before this one belong to other alternatives
        self.problems = problems
        self.named: list[Named] = []

    def program(self) -> Program:
        """Every part compiled; what is broken is left out, its problem being noted."""
        quantities = self._quantities()
        rate = self._setting("discount_rate", self.model.discount_rate, self._check_rate)
        tax_rate = self._setting("tax.rate", self.model.tax_rate, self._check_tax_rate)
        lines = self._lines()
        marginals = self._marginals()
        graph = self.unroller.graph
        inputs = {
            name: tuple(node for node in nodes if not graph.is_constant(node))
            for name, nodes in quantities.items()
            if name in self.case.inputs and not all(graph.is_constant(node) for node in nodes)
        }
        self._check_constants()
        self._check_shares(quantities, marginals)
        persistence = self._persistence()
        self.problems += self.unroller.problems
        return Program(
            case=self.case,
            graph=graph,
            lines=lines,
            discount_rate=rate,
            tax_rate=tax_rate,
            quantities=quantities,
            inputs=inputs,
            marginals=marginals,
            named=tuple(self.named),
            sources=self.model.sources,
            keys=tuple(
                (source.name, year)
                for source in self.model.sources
                for year in (range(1, self.years + 1) if source.yearly else (0,))
            ),
            dependence=self._dependence(),
            persistence=persistence,
            yearly=frozenset(n for n, q in self.model.quantities.items() if q.yearly),
            unused=unused(self.model, self.case.outputs),
        )

    def _quantities(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, dict[int, int]] = {name: {} for name in self.model.quantities}
        for group in self.model.order:
            yearly = any(self.model.quantities[name].yearly for name in group)
            years = range(self.years + 1) if yearly else range(1)
            for year in years:
                for name in group:
                    quantity = self.model.quantities[name]
                    if quantity.yearly and year == 0 and quantity.start is None:
                        continue
                    node = self._node(lambda n=name, t=year: self.unroller.quantity(n, t))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
                    if node is not None:
                        found[name][year] = node
                        label = year if quantity.yearly else None
                        self.named.append(Named(quantity.entry.path, label, node))
        return {
            name: tuple(node for _, node in sorted(nodes.items())) for name, nodes in found.items()
        }

    def _lines(self) -> tuple[LineNodes, ...]:
        lines = []
        for line in self.model.lines:
            years = (0,) if line.entry.section == "investment" else range(1, self.years + 1)
            nodes = [self._node(lambda t=t, x=line.term: self.unroller.term(x, t)) for t in years]  # type: ignore[misc]  # as above
            whole = tuple(node for node in nodes if node is not None)
            if len(whole) == len(nodes):
                lines.append(LineNodes(line.entry, whole))
                self.named += [
                    Named(line.entry.path, year, node)
                    for year, node in zip(years, whole, strict=True)
                ]
        return tuple(lines)

    def _setting(
        self, name: str, term: Term | None, check: Callable[[str, float], None]
    ) -> int | None:
        if term is None:
            return None
        node = self._node(lambda: self.unroller.term(term, 0))
        if node is not None:
            self.named.append(Named(name, None, node))
            value = self.unroller.graph.values[node]
            if value is not None and math.isfinite(value):
                check(name, value)
        return node

    def _node(self, unrolled: Callable[[], int]) -> int | None:
        try:
            return unrolled()
        except BrokenTerm:
            return None

    def _check_rate(self, name: str, value: float) -> None:
        if not -1 < value <= 1:
            remedy = (
                f"did you mean {value:g} %?" if 1 < value < 100 else "write a share such as 8 %"
            )
            self._say(f"a discount rate of {value * 100:g} %", remedy, self._place(name), name)

    def _check_tax_rate(self, name: str, value: float) -> None:
        if not 0 <= value < 1:
            remedy = f"did you mean {value:g} %?" if 1 <= value < 100 else "write a share: 20.6 %"
            self._say(f"a tax rate of {value * 100:g} %", remedy, self._place(name), name)

    def _place(self, name: str) -> Place:
        rate = self.case.tax.rate if name == "tax.rate" and self.case.tax else None
        rate = rate or self.case.discount_rate
        return rate.place if rate is not None else Place()

    def _marginals(self) -> dict[int, Marginal]:
        """Distributions with constant parameters, each made once."""
        graph = self.unroller.graph
        for node, drawn in graph.draws.items():
            if node >= self.first:
                self._check_fixed(drawn)
        found: dict[int, Marginal] = {}
        for node, drawn, made in marginals_of(graph, self.first):
            source = drawn.source
            if not isinstance(made, EstimateError):
                found[node] = made
            elif not any(math.isnan(graph.values[p] or 0.0) for p in drawn.parameters):
                problem = _in_percent(made.problem, source.node)
                remedy = _in_percent(made.remedy, source.node)
                self._say(problem, remedy, source.place, source.entry.path)
        return found

    def _check_fixed(self, drawn: DrawnFrom) -> None:
        """Ends of an interval must not themselves be uncertain or yearly."""
        source = drawn.source
        for index in source.fixed:
            if not self.unroller.graph.is_constant(drawn.parameters[index]):
                self._say(
                    "the ends of an interval are constants, and one of these is uncertain",
                    "write a family with uncertain parameters, such as normal(mean, sd)",
                    source.place,
                    source.entry.path,
                )
                return

    def _check_constants(self) -> None:
        """A constant that has no value would make every trial fail."""
        bad: set[str] = set()
        values = self.unroller.graph.values
        for named in self.named:
            value = values[named.node]
            if value is None or math.isfinite(value) or named.path in bad:
                continue
            bad.add(named.path)
            entry = self._entry(named.path)
            if entry is not None and self._causes(entry) & bad:
                continue  # it fails only because another one does
            place = entry.place if entry else Place()
            self._say(f"`{named.path}` {NO_VALUE}", "", place, named.path)

    def _causes(self, entry: Entry) -> set[str]:
        """The quantities that an entry names, as they are called in messages."""
        expressions = (entry.formula, entry.start, entry.next)
        names = {n.name for e in expressions if e is not None for n in names_in(e.tree)}
        known = self.model.quantities
        return {known[name].entry.path for name in names & known.keys()} - {entry.path}

    def _check_shares(
        self, quantities: dict[str, tuple[int, ...]], marginals: dict[int, Marginal]
    ) -> None:
        """`unit: share` means 0 % to 100 %."""
        for entry in self.case.inputs.values():
            if entry.unit != "share":  # a share of something may well be a change, and negative
                continue
            for node in quantities.get(entry.name, ()):
                value = self.unroller.graph.values[node]
                marginal = marginals.get(node)
                outside = 0.0
                if value is not None:
                    outside = float(not 0 <= value <= 1)
                elif marginal is not None:
                    outside = float(marginal.below(0.0)) + float(marginal.sf(1.0))
                if outside > MOST_OUTSIDE:
                    says = "lies" if outside == 1 else f"lies with a chance of {outside:.2g}"
                    self._say(
                        f"a share is between 0 % and 100 %, and `{entry.name}` {says} outside",
                        "correct it, or give it another unit",
                        entry.formula.place if entry.formula else entry.place,
                        entry.path,
                    )
                    break

    def _persistence(self) -> dict[str, tuple[str, float]]:
        found: dict[str, tuple[str, float]] = {}
        for source in self.model.sources:
            if source.persistence is None:
                continue
            value = self.constant(source.persistence)
            if value is not None and -1 < value < 1:
                found[source.series] = (source.name, value)
            else:
                self._say(
                    "the persistence of each_year is a constant between -1 and 1",
                    "write each_year(x, persistence=0.6)", source.place, source.entry.path,
                )  # fmt: skip
        return found

    def constant(self, term: Term) -> float | None:
        """The constant value of a term, None where it has none or differs by year."""
        if is_yearly(term, lambda name: self.model.quantities[name].yearly):
            return None
        node = self._node(lambda: self.unroller.term(term, 0))
        return None if node is None else self.unroller.graph.values[node]

    def _dependence(self) -> tuple[tuple[str, str, str, float, Place], ...]:
        """Pairs of source names with the figure asked for; each must be one estimate."""
        sources = {s.quantity: s for s in self.model.sources if s.whole}
        found: list[tuple[str, str, str, float, Place]] = []
        seen: set[frozenset[str]] = set()
        for pair, term in self.model.dependence:
            value = self.constant(term)
            low, high = (-1.0, 1.0) if pair.kind == "rank" else (0.0, 1.0)
            if value is None or not low <= value <= high:
                limits = "-1 and 1" if pair.kind == "rank" else "0 % and 100 %"
                self._say(f"`{pair.kind}` is a constant between {limits}", "", pair.place,
                          "dependence")  # fmt: skip
                continue
            if not all(self._can_depend(name, sources, pair.place) for name in pair.between):
                continue
            first, second = (sources[name] for name in pair.between)
            if first.yearly != second.yearly:
                self._say(
                    f"`{first.name}` and `{second.name}`: one is drawn each year, the other once",
                    "write each_year(...) for both or for neither", pair.place, "dependence",
                )  # fmt: skip
                continue
            if frozenset(pair.between) in seen:
                self._say("this pair stands here twice", "keep one line", pair.place, "dependence")
                continue
            seen.add(frozenset(pair.between))
            found.append((first.name, second.name, pair.kind, value, pair.place))
        return tuple(found)

    def _can_depend(self, name: str, sources: Mapping[str, object], place: Place) -> bool:
        if name in sources:
            return True
        from simulator.case.keys import did_you_mean

        if isinstance(getattr(self.model.quantities.get(name), "term", None), Broken):
            return False  # what is wrong with it has been said
        if name not in self.model.quantities:
            self._say(f"`{name}` is not defined", did_you_mean(name, sources), place, "dependence")
        elif isinstance(self.model.quantities[name].term, Constant):
            self._say(f"`{name}` is a known number; it cannot depend on anything",
                      "give it an estimate, or remove the line", place, "dependence")  # fmt: skip
        else:
            self._say(
                f"`{name}` is a formula, not a single estimate",
                "name the estimate it is made of, and let that depend", place, "dependence",
            )  # fmt: skip
        return False

    def _entry(self, path: str) -> Entry | None:
        return next((entry for entry in self.case.entries() if entry.path == path), None)

    def _say(self, problem: str, remedy: str, place: Place, entry: str) -> None:
        self.problems.append(Problem(problem, remedy, place, entry))


def _in_percent(text: str, node: Node) -> str:
    """A message with the numbers that were typed in per cent written so again: 5 %, not 0.05."""
    for number in node.walk():
        if isinstance(number, Number) and number.unit == "%":
            plain = re.escape(number_text(number.value))
            text = re.sub(rf"(?<![\w.]){plain}(?![\w.]| %)", write_number(number), text)
    return text


MOST_OUTSIDE = 0.01
"""The chance, at most, that an estimate with `unit: share` lies outside 0 % to 100 %."""
