"""Case → Model: everything bound, kinds known, causes before effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from simulator.case.binding import Binder
from simulator.case.case import MONEY, Case, Entry, Expression
from simulator.case.order import Links, ordered
from simulator.case.terms import (
    Draw,
    LastYear,
    Line,
    Model,
    OverYears,
    Quantity,
    Ramp,
    Reference,
    Term,
    Year,
)
from simulator.errors import Place, Problem


def bind(
    case: Case, separate: frozenset[str] = frozenset(), label: str = ""
) -> tuple[Model, list[Problem]]:
    """The meaning of a case, and everything found wrong with it on the way.

    Inputs named in `separate` share their draws only with cases under the same `label`.
    """
    binder = Binder(case, names=case.quantities, separate=separate, label=label)
    quantities: dict[str, Quantity] = {}
    for entry in case.quantities.values():
        if entry.start is None:
            quantities[entry.name] = Quantity(entry, binder.bind(entry, entry.formula))
        else:
            start = binder.bind(entry, entry.start, "start")
            following = binder.bind(entry, entry.next, "next")
            quantities[entry.name] = Quantity(entry, following, start, yearly=True)
    rate = _setting(binder, "discount_rate", case.discount_rate)
    tax_rate = _setting(binder, "tax.rate", case.tax.rate if case.tax else None)
    lines = tuple(
        Line(entry, binder.bind(entry, entry.formula))
        for section in MONEY
        for entry in getattr(case, section).values()
    )
    quantities = _with_kinds(quantities)
    order = ordered(
        {name: _links(quantity, rate) for name, quantity in quantities.items()},
        {name: quantity.entry for name, quantity in quantities.items()},
        binder.problems,
    )
    dependence = tuple(
        (pair, binder.bind(Entry("dependence", "case", pair.value), pair.value))
        for pair in case.dependence
    )
    sources = tuple(binder.sources)
    model = Model(quantities, order, lines, rate, tax_rate, sources, dependence)
    _Kinds(case, model, binder.problems).check()
    return model, binder.problems


def _setting(binder: Binder, name: str, expression: Expression | None) -> Term | None:
    if expression is None:
        return None
    return binder.bind(Entry(name, "case", expression, place=expression.place), expression)


def _links(quantity: Quantity, rate: Term | None) -> Links:
    """Which quantities another one needs: in the same year, the year before, or in all years."""
    same, before, whole = set(), set(), set()
    for top in (quantity.term, quantity.start):
        for term in () if top is None else top.walk():
            if isinstance(term, Reference):
                same.add(term.name)
            elif isinstance(term, LastYear):
                before.add(term.name)
            elif isinstance(term, OverYears):
                inner = (part for argument in term.arguments for part in argument.walk())
                whole |= {part.name for part in inner if isinstance(part, (Reference, LastYear))}
                if term.word == "discounted" and rate is not None:
                    whole |= set(_names(rate))
    return Links(frozenset(same), frozenset(before), frozenset(whole))


def unused(model: Model, outputs: Iterable[str]) -> tuple[str, ...]:
    """Quantities that nothing reported depends on, in the order of the file."""
    tops = [line.term for line in model.lines]
    tops += [term for term in (model.discount_rate, model.tax_rate) if term is not None]
    tops += [source.persistence for source in model.sources if source.persistence is not None]
    tops += [term for _, term in model.dependence]
    waiting = [name for top in tops for name in _names(top)] + list(outputs)
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used and name in model.quantities:
            used.add(name)
            quantity = model.quantities[name]
            waiting += _names(quantity.term)
            waiting += _names(quantity.start) if quantity.start is not None else []
    return tuple(name for name in model.quantities if name not in used)


def _names(top: Term) -> list[str]:
    """The quantities that a term names."""
    return [t.name for t in top.walk() if isinstance(t, (Reference, LastYear))]


def is_yearly(term: Term, yearly: Callable[[str], bool]) -> bool:
    """Whether a term may differ from year to year."""
    if isinstance(term, (Year, Ramp, LastYear)):
        return True
    if isinstance(term, Reference):
        return yearly(term.name)
    if isinstance(term, OverYears):
        return term.word not in ("sum_over_years", "discounted")
    if isinstance(term, Draw) and term.source.yearly:
        return True
    return any(is_yearly(part, yearly) for part in term.parts())


def _with_kinds(quantities: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Mark what is yearly: whatever depends on something yearly is, round by round."""
    found = {name for name, quantity in quantities.items() if quantity.yearly}
    while True:
        more = {
            name
            for name, quantity in quantities.items()
            if name not in found and is_yearly(quantity.term, found.__contains__)
        }
        if not more:
            return {name: q._replace(yearly=name in found) for name, q in quantities.items()}
        found |= more


class _Kinds:
    """Refuses what differs by year where one figure is needed, and years where there are none."""

    def __init__(self, case: Case, model: Model, problems: list[Problem]) -> None:
        self.case = case
        self.model = model
        self.problems = problems

    def check(self) -> None:
        """Look at every place that takes one figure only."""
        for term, name in (
            (self.model.discount_rate, "discount_rate"),
            (self.model.tax_rate, "tax.rate"),
        ):
            if term is not None and self.yearly(term):
                place = self._setting_place(name)
                self._say(f"`{name}` is one figure for all years", "remove what differs by year",
                          place, name)  # fmt: skip
        for quantity in self.model.quantities.values():
            entry = quantity.entry
            if entry.section == "inputs" and self._by_formula(quantity.term):
                self._say(
                    f"the input `{entry.name}` differs by year",
                    "move it under `calculations`; an input differs only by each_year(...)",
                    entry.place, entry.path,
                )  # fmt: skip
            if quantity.start is not None and self.yearly(quantity.start):
                self._say("`start` is one figure, the stock in year 0", "use `next:` for change",
                          entry.place, entry.path)  # fmt: skip
            self._delays(entry, quantity.term)
            self._years_ago(entry, quantity.term)
        for line in self.model.lines:
            self._delays(line.entry, line.term)
            self._years_ago(line.entry, line.term)
            if line.entry.section == "investment" and not self._at_year_0(line.term):
                self._say(
                    f"the investment `{line.entry.name}` uses what exists only from year 1",
                    "in year 0 a stock is its `start`; later outlays go under `costs`",
                    line.entry.place, line.entry.path,
                )  # fmt: skip
        if self.case.years is None:
            self._without_years()
        if self.model.discount_rate is None:
            self._without_rate()

    def yearly(self, term: Term) -> bool:
        """Whether a term differs by year in this case."""
        return is_yearly(term, self._is_yearly)

    def _is_yearly(self, name: str) -> bool:
        return self.model.quantities[name].yearly

    def _by_formula(self, term: Term) -> bool:
        """Whether an input is yearly for another reason than each_year."""
        if isinstance(term, Draw) and term.source.yearly:
            return False
        if isinstance(term, Reference):
            other = self.model.quantities[term.name]
            return other.yearly and other.entry.section != "inputs"
        if isinstance(term, (Year, Ramp, LastYear)):
            return True
        if isinstance(term, OverYears) and term.word not in ("sum_over_years", "discounted"):
            return True
        return any(self._by_formula(part) for part in term.parts())

    def _at_year_0(self, term: Term) -> bool:
        """Whether a term has a value in year 0."""
        if isinstance(term, (LastYear, Ramp)):
            return False
        if isinstance(term, OverYears):
            return term.word in ("sum_over_years", "discounted")
        if isinstance(term, Draw) and term.source.yearly:
            return False
        if isinstance(term, Reference):
            other = self.model.quantities[term.name]
            return other.start is not None or not other.yearly
        return all(self._at_year_0(part) for part in term.parts())

    def _delays(self, entry: Entry, top: Term) -> None:
        for term in top.walk():
            delays = isinstance(term, OverYears) and term.word == "delay"
            if delays and self.yearly(term.parts()[1]):
                self._say("the delay differs by year", "delay(x, d) takes one d for all years",
                          entry.place, entry.path)  # fmt: skip

    def _years_ago(self, entry: Entry, top: Term) -> None:
        for term in top.walk():
            if isinstance(term, LastYear) and not self._is_yearly(term.name):
                self._say(
                    f"`{term.name}` is the same in every year, so last_year says nothing",
                    f"write {term.name}", entry.place, entry.path,
                )  # fmt: skip

    def _without_rate(self) -> None:
        for quantity in self.model.quantities.values():
            for term in quantity.term.walk():
                if isinstance(term, OverYears) and term.word == "discounted":
                    self._say("`discounted` needs a rate", "add `discount_rate: 8 %`",
                              term.place, term.entry)  # fmt: skip

    def _without_years(self) -> None:
        for quantity in self.model.quantities.values():
            whole = any(isinstance(term, OverYears) for term in quantity.term.walk())
            if quantity.yearly or whole:
                self._say(f"`{quantity.entry.name}` runs over years", "add `years: 5`",
                          quantity.entry.place, quantity.entry.path)  # fmt: skip
                return

    def _setting_place(self, name: str) -> Place:
        rate = self.case.discount_rate
        if name == "tax.rate" and self.case.tax is not None:
            rate = self.case.tax.rate
        return rate.place if rate is not None else Place()

    def _say(self, problem: str, remedy: str, place: Place, entry: str) -> None:
        self.problems.append(Problem(problem, remedy, place, entry))
