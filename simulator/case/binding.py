"""Tree → terms: what each name and word of a case means, with every mistake noted.

`bind(case)` gives the Model that the engine compiles. A part that is wrong becomes Broken, so that
the rest is still looked at and all mistakes are told together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.case.case import Case, Entry, Expression
from simulator.case.estimates import is_estimate, recipe
from simulator.case.keys import LATER_FUNCTIONS, nearest
from simulator.case.terms import (
    Broken,
    Constant,
    Draw,
    LastYear,
    Operation,
    OverYears,
    Ramp,
    Reference,
    Source,
    Term,
    Year,
)
from simulator.errors import Problem
from simulator.language import show
from simulator.language.tree import (
    Argument,
    Binary,
    Call,
    Name,
    Node,
    Number,
    Text,
    Unary,
)
from simulator.language.words import ESTIMATES, FORMULAS, TIME, Word

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Binder:
    """Binds the expressions of one case; problems and sources gather here."""

    case: Case
    problems: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    names: Mapping[str, Entry] = field(default_factory=dict)
    separate: frozenset[str] = frozenset()
    label: str = ""
    entry: Entry = field(init=False)
    expression: Expression = field(init=False)
    part: str = ""
    _count: int = 0
    _yearly: bool = False
    _persistence: Term | None = None
    _memory: str = ""

    def bind(self, entry: Entry, expression: Expression | None, part: str = "") -> Term:
        """The term of one expression of an entry; `part` is `start` or `next` of a stock."""
        if expression is None:
            return Broken()
        self.entry, self.expression, self.part = entry, expression, part
        if part != "next":
            self._count = 0
        return self.term(expression.tree)

    def problem(self, node: Node, problem: str, remedy: str = "") -> Broken:
        """Note what is wrong with a part of the expression at hand."""
        place = self.expression.at(node)
        self.problems.append(Problem(problem, remedy, place, self.entry.path))
        return Broken()

    def term(self, node: Node) -> Term:
        """What a node means."""
        if isinstance(node, Number):
            return Constant(node.value)
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Unary):
            if node.operator == "+":
                return self.term(node.operand)
            return Operation(node.operator, (self.term(node.operand),))
        if isinstance(node, Binary):
            return Operation(node.operator, (self.term(node.left), self.term(node.right)))
        if isinstance(node, Text):
            return self.problem(node, "a text stands where a number belongs")
        if is_estimate(node):
            return self.draw(node)
        assert isinstance(node, Call)
        return self._call(node)

    def draw(self, node: Node) -> Term:
        """An estimate, drawn once per trial (or each year, inside each_year)."""
        made = recipe(node, self)
        if made is None:
            return Broken()
        whole = node is _single(self.expression.tree)
        whole = whole and not self.part and self.entry.section in ("inputs", "calculations")
        name = self._stream(node, whole=whole)
        self._count += 1
        source = Source(
            name=name,
            entry=self.entry,
            expression=self.expression,
            node=node,
            build=made.build,
            parameters=tuple(made.parameters),
            fixed=frozenset(made.fixed),
            yearly=self._yearly,
            persistence=self._persistence,
            text=show(node),
            memory=self._memory,
            whole=whole,
        )
        self.sources.append(source)
        return Draw(source)

    def _stream(self, node: Node, *, whole: bool) -> str:
        """What the random numbers of an estimate are keyed by.

        An input's name; elsewhere name, place and text, so that alternatives share the numbers of
        what agrees in all three. Inputs kept `separate` carry their alternative's name.
        """
        name = self.entry.name if whole else f"{self.entry.path}#{self._count}"
        if self.entry.section != "inputs":
            name = f"{name}: {show(node)}"
        if self.entry.name in self.separate and self.entry.section == "inputs":
            name = f"{self.label}: {name}"
        return name

    def _name(self, node: Name) -> Term:
        name = node.name
        if name == "year":
            return Year()
        if name == "calendar_year":
            if self.case.start is None:
                return self.problem(
                    node, "`calendar_year` needs to know which year the case starts",
                    "add `start: 2027`, the calendar year of year 0",
                )  # fmt: skip
            first = Constant(float(self.case.start + self.case.delay))
            return Operation("+", (first, Year()))
        if name == "previous":
            if self.part == "next":
                return LastYear(self.entry.name)
            return self.problem(
                node, "`previous` has a meaning only in `next:` of a stock",
                "use last_year(name) for another quantity a year ago",
            )  # fmt: skip
        if name in self.names:
            return Reference(name)
        return self._unknown(node, name)

    def _unknown(self, node: Name, name: str) -> Broken:
        words = {**FORMULAS, **TIME, **ESTIMATES}
        if name in words:
            return self.problem(node, f"`{name}` is a function", f"write {words[name].signature}")
        if name in self.case.investment or name in self.case.benefits or name in self.case.costs:
            return self.problem(
                node, f"`{name}` is a line of money, which a formula cannot use",
                "give the amount a name under `calculations`, and use that in both places",
            )  # fmt: skip
        if name.lower() in ("true", "false", "yes"):
            return self.problem(node, f"`{name}` is not known", "truth is written 1 or 0")
        if name == "none":
            return self.problem(node, "`none` is no value", "write 0")
        known = [*self.names, "year"]
        near = nearest(name, known)
        remedy = f"did you mean `{near}`?" if near else "define it under `inputs` or `calculations`"
        return self.problem(node, f"`{name}` is not defined", remedy)

    def _call(self, node: Call) -> Term:
        name = node.function
        if name in FORMULAS:
            return self._formula(node, FORMULAS[name])
        if name in TIME:
            return self._word(node, TIME[name])
        if name == "each_year":
            return self._each_year(node)
        if name == "clip":
            return self._clip_formula(node)
        if name in LATER_FUNCTIONS:
            return self.problem(
                node, f"`{name}(...)` is part of the language, but this version cannot use it yet",
                "write an interval such as 5 to 40, or triangular(low, mode, high)",
            )  # fmt: skip
        if name in self.names:
            return self.problem(
                node, f"`{name}` is a quantity, not a function", "put * before the parenthesis"
            )
        from distributions import FAMILIES

        known = [*FORMULAS, *TIME, *ESTIMATES, *FAMILIES]
        near = nearest(name, known)
        remedy = f"did you mean {near}(...)?" if near else "functions are " + ", ".join(known)
        return self.problem(node, f"there is no function `{name}`", remedy)

    def values(self, node: Call, word: Word) -> list[Argument] | None:
        """The arguments of a word in the order of its parameters; None if they do not fit."""
        least = len(word.parameters)
        most = least if word.most == -1 else word.most
        placed: dict[str, Argument] = {}
        plain: list[Argument] = []
        for argument in node.arguments:
            if argument.weight is not None:
                self.problem(argument.weight, f"{word.name} takes no weights", word.signature)
                return None
            if not argument.name:
                plain.append(argument)
            elif argument.name in word.parameters and most is not None:
                placed[argument.name] = argument
            else:
                remedy = f"write {word.signature}: {word.meaning}"
                self.problem(argument, f"{word.name} has no `{argument.name}=`", remedy)
                return None
        if most is None:
            result = plain
        else:
            free = [name for name in word.parameters if name not in placed]
            placed.update(zip(free, plain, strict=False))
            result = [placed[name] for name in word.parameters if name in placed]
            if len(plain) > len(free):
                result = []
        if len(result) < least:
            given = len(node.arguments)
            self.problem(
                node,
                f"{word.name} is given {given} value{'' if given == 1 else 's'}",
                f"write {word.signature}: {word.meaning}",
            )
            return None
        return result

    def _formula(self, node: Call, word: Word) -> Term:
        arguments = self.values(node, word)
        if arguments is None:
            return Broken()
        terms = tuple(self.term(argument.value) for argument in arguments)
        if word.most is None:  # min and max of many, two at a time
            result = terms[0]
            for term in terms[1:]:
                result = Operation(word.name, (result, term))
            return result
        return Operation(word.name, terms)

    def _word(self, node: Call, word: Word) -> Term:
        arguments = self.values(node, word)
        if arguments is None:
            return Broken()
        if self.entry.section == "investment" and word.name not in WHOLE:
            return self.problem(
                node, f"{word.name} has no value in year 0, when the investment is paid",
                "enter later outlays under `costs`, as in at_year(3, 50k)",
            )  # fmt: skip
        if word.name == "last_year":
            return self._last_year(arguments[0].value)
        terms = tuple(self.term(argument.value) for argument in arguments)
        if word.name == "ramp":
            return Ramp(terms)
        if word.name in _SPELLED_OUT:
            return _SPELLED_OUT[word.name](*terms)
        place = self.expression.at(node)
        return OverYears(word.name, terms, place, self.entry.path)  # type: ignore[arg-type]  # words.TIME has no others

    def _last_year(self, node: Node) -> Term:
        if isinstance(node, Name) and node.name in self.names:
            return LastYear(node.name)
        if isinstance(node, Name):
            return self._unknown(node, node.name)
        return self.problem(
            node, "last_year takes the name of a quantity", "name the amount under `calculations`"
        )

    def _each_year(self, node: Call) -> Term:
        plain = [argument for argument in node.arguments if not argument.name]
        named = {argument.name: argument for argument in node.arguments if argument.name}
        persistence = named.pop("persistence", None)
        if len(plain) != 1 or named or self._yearly or plain[0].weight is not None:
            problem = "each_year stands inside another" if self._yearly else "each_year takes x"
            return self.problem(
                node, problem, "write each_year(x) or each_year(x, persistence=0.6)"
            )
        inner = plain[0].value
        if not any(is_estimate(part) for part in inner.walk()):
            return self.problem(
                inner, "each_year holds no estimate to redraw",
                "write the estimate itself in it: each_year(5 to 10)",
            )  # fmt: skip
        term = None if persistence is None else self.term(persistence.value)
        with self._every_year(term, "" if persistence is None else show(persistence.value)):
            return self.term(inner)

    @contextmanager
    def _every_year(self, persistence: Term | None, memory: str) -> Iterator[None]:
        self._yearly, self._persistence, self._memory = True, persistence, memory
        try:
            yield
        finally:
            self._yearly, self._persistence, self._memory = False, None, ""

    def _clip_formula(self, node: Call) -> Term:
        """clip(...) of something that is no estimate written in place: plain bounds."""
        bounds = {argument.name: argument.value for argument in node.arguments[1:]}
        if not node.arguments or not bounds or set(bounds) - {"low", "high"}:
            return self.problem(node, "clip needs bounds", "write clip(x, low=0, high=10)")
        if node.arguments[0].name:
            return self.problem(node, "clip has nothing to clip", "write clip(x, low=0, high=10)")
        low, high = bounds.get("low"), bounds.get("high")
        if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
            return self.problem(node, "low lies above high", "write clip(x, low=0, high=10)")
        result = self.term(node.arguments[0].value)
        if "low" in bounds:
            result = Operation("max", (result, self.term(bounds["low"])))
        if "high" in bounds:
            result = Operation("min", (result, self.term(bounds["high"])))
        return result


WHOLE = frozenset({"sum_over_years", "discounted"})
"""Words that give one figure for all years, which year 0 has, too."""


def _single(tree: Node) -> Node:
    """What a formula consists of, without a plus sign or each_year around it."""
    while True:
        if isinstance(tree, Unary) and tree.operator == "+":
            tree = tree.operand
        elif isinstance(tree, Call) and tree.function == "each_year":
            plain = [argument.value for argument in tree.arguments if not argument.name]
            if len(plain) != 1:
                return tree
            tree = plain[0]
        else:
            return tree


def _growth(rate: Term) -> Term:
    one = Constant(1.0)
    return Operation("**", (Operation("+", (one, rate)), Operation("-", (Year(), one))))


def _s_curve(low: Term, high: Term, midpoint: Term, steepness: Term) -> Term:
    share = Operation(
        "logistic", (Operation("*", (steepness, Operation("-", (Year(), midpoint)))),)
    )
    return Operation("+", (low, Operation("*", (Operation("-", (high, low)), share))))


def _when(comparison: str) -> Callable[[Term, Term], Term]:
    def spelled(n: Term, x: Term) -> Term:
        at = Operation("round", (n,)) if comparison == "==" else n
        return Operation("if", (Operation(comparison, (Year(), at)), x, Constant(0.0)))

    return spelled


_SPELLED_OUT: dict[str, Callable[..., Term]] = {
    "growth": _growth,
    "s_curve": _s_curve,
    "from_year": _when(">="),
    "until_year": _when("<="),
    "at_year": _when("=="),
}
