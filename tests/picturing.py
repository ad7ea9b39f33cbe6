"""What the tests of pictures share: odd cases to draw, and the texts of a picture."""

from functools import cache

import matplotlib
import pytest

import utfall as ut
from reports.figures import Chart, all_charts
from reports.language import SPACE
from simulator.result import Result

HEAD = "years: {years}\ndiscount_rate: 8 %\n"


def money(
    investment: str,
    saving: str,
    inputs: str = "",
    years: int = 5,
    currency: str = "SEK",
    more: str = "",
) -> str:
    """A case with one investment and one benefit."""
    return (
        f"case: Test\n{HEAD.format(years=years)}{more}"
        + (f"currency: {currency}\n" if currency else "")
        + (f"inputs:\n{inputs}" if inputs else "")
        + f"investment:\n  Build: {investment}\nbenefits:\n  Saving: {saving}\n"
    )


LONG = "A label far longer than any picture can show, and still a label " * 5
CASES = {
    "usual": money("200k to 400k", "a * b", "  a: 60k to 140k\n  b: 0.5 to 1.5\n",
                   more="hurdle: 3 years\n"),
    "all pay back": money("100k to 120k", "a", "  a: 150k to 200k\n", more="hurdle: 1 year\n"),
    "none pays back": money("1M to 2M", "a", "  a: 10k to 20k\n", more="hurdle: 10 years\n"),
    "tiny": money("0.00001 to 0.00002", "a", "  a: 2e-6 to 9e-6\n", currency="BTC"),
    "huge": money("1e17 to 3e17", "a", "  a: 2e16 to 9e16\n", currency="IDR"),
    "certain": money("1000", "420"),
    "discrete": money("1000", "a", "  a: discrete(200 weight 3, 260 weight 5, 900 weight 2)\n",
                      more="hurdle: 2.5 years\n"),
    "event": money("1000 + a", "300", "  a: event(10 %, 500 to 2000)\n"),
    "hard bounds": money("1000", "a", "  a: clip(normal(260, 80), low=200, high=350)\n"),
    "no outlay": money("0", "a", "  a: normal(10, 20)\n"),
    "heavy tail": money("1000", "a", "  a: pareto(1.2, 100)\n"),
    "two returns": money("1600", "if(year == 1, a, -10000)", "  a: uniform(9 000, 11 000)\n",
                         years=2),
    "many years": money("1M", "a", "  a: 40k to 200k\n", years=40, more="start: 2027\n"),
    "one year": money("100", "a", "  a: 80 to 160\n", years=1, currency=""),
    "long names": money(
        "1000", " + ".join(f"i{k}" for k in range(25)),
        "".join(f"  i{k}:\n    estimate: normal({k + 5}, 4)\n    label: {LONG}{k}\n"
                for k in range(25)),
    ).replace("case: Test", f"case: {LONG} $100 ^2_a [b] 顧客 🙂"),
    "no money": "case: Test\nyears: 6\noutputs: [saved, share, stock, whole]\n"
    "inputs:\n  a: normal(10, 2)\n  b: 3 % to 8 %\n  n: poisson(3)\ncalculations:\n"
    "  saved: a * 1000 - 9000\n  share: {formula: b * 2, unit: share of customers}\n"
    "  stock:\n    start: 100\n    next: previous * (1 - b) + a\n  whole: n * 2\n",
}  # fmt: skip


SLOW = ("two returns", "huge", "many years", "one year", "heavy tail", "certain", "no outlay")
EVERY = [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in CASES]


@cache
def result_of(name: str) -> Result:
    """One of the cases, simulated."""
    return ut.simulate(ut.read(CASES[name]), trials=4096)


@cache
def charts_of(name: str) -> tuple[Chart, ...]:
    """All its pictures."""
    result = result_of(name)
    case = result.case
    bars = ut.tornado(case, "npv" if case.has_money else case.outputs[0])
    return all_charts(result, bars)


def chart(name: str, kind: str) -> Chart:
    """One of them, by its name."""
    return next(c for c in charts_of(name) if c.name == kind)


def raw(drawn: Chart) -> str:
    """Every text of a picture, a line each."""
    return "\n".join(text.get_text() for text in drawn.figure.findobj(matplotlib.text.Text))


def texts(drawn: Chart) -> str:
    """The same as one line with spaces that one can type."""
    return " ".join(raw(drawn).split()).replace(SPACE, " ")
