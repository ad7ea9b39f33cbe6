"""Bound terms → formulas of a spreadsheet, that give what the program computes.

Excel's rules differ from ours in a few places: its unary minus binds before powers, powers go from
the left, 0 ** 0 is an error, comparisons are no numbers, and ceilings know nothing of rounding
errors. A part that is needed several times, or that grows long or deep, gets a row of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.workbook.medians import median_formula
from simulator.case.terms import (
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

if TYPE_CHECKING:
    from reports.workbook.rows import Row

TEST, SUM, PRODUCT, POWER, SIGN, ATOM = range(6)
"""How strongly the parts of a formula hang together, the loosest first."""
LONGEST, DEEPEST = 1500, 20  # Excel takes 8,192 characters and 64 levels, of up to three parts
MOST_VALUES = 200
NO_VALUE = "NA()"

_COMPARED = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_LEVELS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT}
_NAMED = {"abs": "ABS", "exp": "EXP", "log": "LN", "sqrt": "SQRT"}


@dataclass(frozen=True)
class Text:
    """A formula, or a part of one; `depth` counts parentheses inside each other."""

    text: str
    level: int = ATOM
    depth: int = 0

    def within(self, least: int) -> str:
        """The text, in parentheses unless it hangs together that strongly."""
        return self.text if self.level >= least else f"({self.text})"


class Formulas:
    """Writes terms as formulas.

    `row_of` gives the row of a part, made if need be (one with all years, if asked), and `wanted`
    sees to it that a cell of it is filled. `rows` are those made so far.
    """

    def __init__(
        self,
        model: Model,
        years: int,
        quantity_row: Callable[[str], Row],
        row_of: Callable[[Term, bool], Row],
        wanted: Callable[[Row, Term, int | None], None],
        rows: Mapping[tuple[Term, bool], Row],
        header: Row,
        factors: Row,
        yearly: Callable[[Term], bool],
    ) -> None:
        self.model = model
        self.years = years
        self.quantity_row = quantity_row
        self.row_of = row_of
        self.wanted = wanted
        self.rows = rows
        self.header = header
        self.factors = factors
        self.yearly = yearly

    def formula(self, term: Term, year: int) -> str | None:
        """What stands in the cell of a term in a year; None where only a number can stand there."""
        if isinstance(term, Draw):
            return median_formula(term.source, [self.atom(p, year) for p in term.parts()])
        return _value(self._translated(term, year)).text

    def part(self, term: Term, year: int) -> Text:
        """A term inside a formula: written out, or a reference to its row."""
        if (term, False) in self.rows or isinstance(term, Draw):
            return self._reference(term, year)
        if isinstance(term, OverYears) and term.word == "cohort":
            return self._reference(term, year)  # needs its own cell of the year before
        text = self._translated(term, year)
        if len(text.text) > LONGEST or text.depth > DEEPEST:
            return self._reference(term, year)
        return text

    def atom(self, term: Term, year: int) -> str:
        """A term as a number or a single cell, to be named more than once."""
        if isinstance(term, Constant | Reference | LastYear):
            return self._translated(term, year).within(ATOM)
        if isinstance(term, Ramp):
            return self.atom(_step(term, year), year)
        return self._reference(term, year).text

    def series(self, term: Term) -> Row:
        """A row that holds a term in every year from 1 on."""
        if isinstance(term, Reference) and self.model.quantities[term.name].yearly:
            return self.quantity_row(term.name)
        row = self.row_of(term, True)
        for year in range(1, self.years + 1):
            self.wanted(row, term, year)
        return row

    def _reference(self, term: Term, year: int) -> Text:
        row = self.row_of(term, False)
        at = year if self.yearly(term) else None
        self.wanted(row, term, at)
        return Text(row.at(at))

    def _translated(self, term: Term, year: int) -> Text:
        if isinstance(term, Constant):
            return _number(term.value)
        if isinstance(term, Year):
            return Text(self.header.at(year))
        if isinstance(term, Reference):
            yearly = self.model.quantities[term.name].yearly
            return Text(self.quantity_row(term.name).at(year if yearly else None))
        if isinstance(term, LastYear):
            return self._last_year(term.name, year)
        if isinstance(term, Ramp):
            return self.part(_step(term, year), year)
        if isinstance(term, Draw):
            return self._reference(term, year)
        if isinstance(term, OverYears):
            return self._over_years(term, year)
        assert isinstance(term, Operation), "a checked case has no broken terms"
        return self._operation(term, year)

    def _last_year(self, name: str, year: int) -> Text:
        if year <= 1 and self.model.quantities[name].start is None:
            return Text("0")
        return Text(self.quantity_row(name).at(year - 1))

    def _operation(self, term: Operation, year: int) -> Text:
        name, arguments = term.operator, term.arguments
        if name in _COMPARED:
            left, right = (_value(self.part(argument, year)) for argument in arguments)
            sides = left.within(SUM), right.within(SUM)
            return _around(_COMPARED[name].join(sides), TEST, left, right)
        if name in ("and", "or", "not"):
            tests = [self._test(argument, year) for argument in arguments]
            return _called(name.upper(), *tests, level=TEST)
        if name == "if":
            test = self._test(arguments[0], year)
            branches = [_value(self.part(argument, year)) for argument in arguments[1:]]
            return _called("IF", test, *branches)
        if name in ("round", "floor", "ceil"):
            return _whole(name, self.atom(arguments[0], year))
        if name == "**":
            return self._power(arguments[0], arguments[1], year)
        if name in ("min", "max"):
            return self._extreme(term, year)
        values = [_value(self.part(argument, year)) for argument in arguments]
        if name in _NAMED:
            return _called(_NAMED[name], *values)
        if name == "logistic":  # 700: beyond it Excel has no number, and we have 0
            return Text(f"1/(1+EXP(MIN(700,-{values[0].within(ATOM)})))", PRODUCT,
                        values[0].depth + 4)  # fmt: skip
        if len(values) == 1:
            return _around("-" + values[0].within(ATOM), SIGN, *values)
        level = _LEVELS[name]
        left, right = values
        after = right.text if right.level > level and right.level != SIGN else f"({right.text})"
        after = right.text if right.level == ATOM else after
        return _around(left.within(level) + name + after, level, *values)

    def _extreme(self, term: Operation, year: int) -> Text:
        """The least or the most of many in one call, unless that grows too long."""
        several: list[Term] = []
        inner: Term = term
        while isinstance(inner, Operation) and inner.operator == term.operator:
            several.append(inner.arguments[1])
            inner = inner.arguments[0]
        values = [_value(self.part(part, year)) for part in (inner, *several[::-1])]
        if sum(len(value.text) for value in values) > LONGEST or len(values) > MOST_VALUES:
            values = [_value(self.part(part, year)) for part in term.arguments]
        return _called(term.operator.upper(), *values)

    def _test(self, term: Term, year: int) -> Text:
        """A condition, as TRUE or FALSE."""
        text = self.part(term, year)
        if text.level == TEST:
            return text
        return _around(text.within(SUM) + "<>0", TEST, text)

    def _power(self, base: Term, exponent: Term, year: int) -> Text:
        known = _known(exponent, year)
        if known == 0:
            return Text("1")
        fixed = known is not None or (isinstance(base, Constant) and base.value != 0)
        if fixed:
            parts = [_value(self.part(part, year)) for part in (base, exponent)]
            text = f"{parts[0].within(ATOM)}^{parts[1].within(ATOM)}"
            return _around(text, POWER, *parts)
        low, high = self.atom(base, year), self.atom(exponent, year)
        return Text(f"IF({high}=0,1,{low}^{high})", ATOM, 2)  # 0 ** 0 is 1, for us

    def _over_years(self, term: OverYears, year: int) -> Text:
        x, *others = term.arguments
        last = self.years
        if term.word == "cohort":
            present = "" if year == 1 else self._before(term, year - 1)
            joining, churn = (_value(self.part(t, year)) for t in (x, *others))
            if year == 1:
                return joining
            return _around(
                f"{present}*(1-{churn.within(PRODUCT)})+{joining.within(PRODUCT)}", SUM,
                joining, churn,
            )  # fmt: skip
        row = self.series(x)
        if term.word == "cumulative":
            return Text(f"SUM({row.over(1, year)})", ATOM, 1) if year else Text("0")
        if term.word == "sum_over_years":
            return Text(f"SUM({row.over(1, last)})", ATOM, 1)
        if term.word == "discounted":
            return Text(f"SUMPRODUCT({row.over(1, last)},{self.factors.over(1, last)})", ATOM, 1)
        by, header = self.atom(others[0], year), self.header
        apart = f"ABS({by}-({header.at(year)}-{header.over(1, year)}))"
        weighed = f"SUMPRODUCT({row.over(1, year)},({apart}<1)*(1-{apart}))"
        return Text(f"IF({by}<0,{NO_VALUE},{weighed})", ATOM, 5)

    def _before(self, term: Term, year: int) -> str:
        row = self.row_of(term, False)
        self.wanted(row, term, year)
        return row.at(year)


def _number(value: float) -> Text:
    text = repr(float(value))
    text = text.removesuffix(".0").replace("e", "E").replace("E+", "E")
    return Text(text, SIGN if value < 0 else ATOM)


def _value(text: Text) -> Text:
    """A test as the number 1 or 0; anything else as it is."""
    return Text(f"IF({text.text},1,0)", ATOM, text.depth + 1) if text.level == TEST else text


def _around(text: str, level: int, *parts: Text) -> Text:
    return Text(text, level, 1 + max(part.depth for part in parts))


def _called(function: str, *parts: Text, level: int = ATOM) -> Text:
    return _around(f"{function}({','.join(part.text for part in parts)})", level, *parts)


def _step(term: Ramp, year: int) -> Term:
    return term.steps[min(max(year, 1), len(term.steps)) - 1]


def _known(term: Term, year: int) -> float | None:
    """The value of an exponent made of years and numbers only, which no input changes."""
    if isinstance(term, Constant):
        return term.value
    if isinstance(term, Year):
        return float(year)
    if isinstance(term, Operation) and term.operator in ("+", "-"):
        known = [_known(argument, year) for argument in term.arguments]
        values = [value for value in known if value is not None]
        if len(values) < len(known):
            return None
        sign = 1 if term.operator == "+" else -1
        return values[0] + sign * values[1] if len(values) == 2 else sign * values[0]
    return None


def _whole(name: str, x: str) -> Text:
    """Whole numbers, where what misses one by a rounding error only counts as that one."""
    if name == "round":
        return Text(f"ROUND({x},0)", ATOM, 1)
    near = f"ABS({x}-ROUND({x},0))<=0.000000001*ABS(ROUND({x},0))"
    otherwise = f"INT({x})" if name == "floor" else f"-INT(-{x})"
    return Text(f"IF({near},ROUND({x},0),{otherwise})", ATOM, 4)
