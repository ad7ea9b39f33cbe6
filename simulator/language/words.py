"""The functions of formulas and the words of time and money: what each takes and means."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A word known by its parenthesis. `most` is None where any number of values is taken."""

    name: str
    parameters: tuple[str, ...]
    meaning: str
    most: int | None = -1

    @property
    def signature(self) -> str:
        """How it is written, as in `delay(x, d)`."""
        dots = ", ..." if self.most is None else ""
        return f"{self.name}({', '.join(self.parameters)}{dots})"


_FORMULAS = (
    Word("if", ("test", "then", "otherwise"), "then where test holds, else otherwise"),
    Word("min", ("x",), "the smallest", None),
    Word("max", ("x",), "the largest", None),
    Word("abs", ("x",), "without its sign"),
    Word("round", ("x",), "to the nearest whole number, halves away from zero"),
    Word("floor", ("x",), "down to a whole number"),
    Word("ceil", ("x",), "up to a whole number"),
    Word("exp", ("x",), "e to the power of x"),
    Word("log", ("x",), "the natural logarithm"),
    Word("sqrt", ("x",), "the square root"),
)
_TIME = (
    Word("ramp", ("first",), "the t-th value in year t, the last one from then on", None),
    Word(
        "s_curve",
        ("low", "high", "midpoint", "steepness"),
        "low + (high - low) / (1 + exp(-steepness (t - midpoint)))",
    ),
    Word("growth", ("rate",), "(1 + rate) ** (t - 1)"),
    Word("from_year", ("n", "x"), "x when t >= n, else 0"),
    Word("until_year", ("n", "x"), "x when t <= n, else 0"),
    Word("at_year", ("n", "x"), "x when t = round(n), else 0"),
    Word("delay", ("x", "d"), "x as it was d years before; 0 before year 1"),
    Word("cohort", ("joining", "churn"), "customers present when some join and some leave"),
    Word("last_year", ("name",), "a yearly quantity in t - 1; in year 1 its start, or 0"),
    Word("cumulative", ("x",), "the sum of x over years 1 to t"),
    Word("sum_over_years", ("x",), "the sum of x over all years"),
    Word("discounted", ("x",), "the present value of x over all years"),
)
_ESTIMATES = (
    Word("each_year", ("x",), "redraws the estimate written in place every year"),
    Word("truncate", ("x",), "an estimate, conditional on lying between low= and high="),
    Word("clip", ("x",), "values outside low= and high= are moved to the bound"),
    Word("mixture", ("x",), "one of several estimates, by weight", None),
    Word("event", ("probability", "amount"), "this amount with this probability, else 0"),
    Word("discrete", ("x",), "one of several values, by weight", None),
)

FORMULAS = {word.name: word for word in _FORMULAS}
TIME = {word.name: word for word in _TIME}
ESTIMATES = {word.name: word for word in _ESTIMATES}
