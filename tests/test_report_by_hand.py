"""The tables of a report, figure by figure, of a case that can be worked by hand.

A gain b is triangular from 0 to 100 with its peak at 0, and costs 20 at the start: b is at most x
with a chance of 1 - (1 - x / 100)², so that its percentile p is 100 (1 - √(1 - p)), its mean 100/3.
Mean and median differ, and so do all columns.
"""

import re
from dataclasses import replace
from functools import cache
from math import sqrt

import pytest
from printing import result_of
from report_text import text_of

import utfall as ut
from reports.report import report_of
from simulator.case.case import Hurdle

CASE = (
    "currency: SEK\nstart: 2027\nyears: 1\ndiscount_rate: 0 %\n"
    "inputs: {b: 'triangular(0, 0, 100)'}\ninvestment: {A: 20}\nbenefits: {B: b}\n"
)
MEAN = 100 / 3
SURE_ERRORS = 3
"""The ± that is shown is that of 95 %; three times as far no figure is off by chance."""


def gain(chance: float) -> float:
    """The percentile of b."""
    return 100 * (1 - sqrt(1 - chance))


@cache
def text() -> str:
    """The whole report, with ordinary spaces."""
    return text_of(report_of(result_of(CASE, 4096))).replace("\N{NO-BREAK SPACE}", " ")


def cells(heading: str, row: str) -> list[tuple[float, float]]:
    """The figures of a row with their errors, in the first table under a heading."""
    below = text()[text().index(heading) :]
    line = next(line for line in below.splitlines() if re.match(rf"(= )?{row} \|", line))
    found = re.findall(r"\| (−?[\d.]+)(?: %)?(?: ±([\d.]+))?", line)
    return [(float(value.replace("−", "-")), float(error or 0)) for value, error in found]


@pytest.mark.parametrize(
    ("heading", "row", "by_hand"),
    [
        ("## Where the value comes from", "B", [MEAN, gain(0.1), gain(0.9)]),
        ("## Where the value comes from", "A", [-20, -20, -20]),
        ("## Where the value comes from", "Net present value",
         [MEAN - 20, gain(0.1) - 20, gain(0.9) - 20]),
        ("## What is assumed", "b", [gain(0.05), gain(0.5), gain(0.95)]),
        ("## Cash by year", "2027, year 0", [-20, -20, -20, -20]),
        ("## Cash by year", "2028, year 1", [MEAN, gain(0.1), gain(0.5), gain(0.9)]),
        ("## What it is worth", "Net present value",
         [MEAN - 20, gain(0.1) - 20, gain(0.5) - 20, gain(0.9) - 20]),
        ("## What it is worth", "Internal rate of return",
         [(x - 20) * 5 for x in (MEAN, gain(0.1), gain(0.5), gain(0.9))]),
        ("## What it is worth", "within 1 year", [64, 64]),
        ("## What it is worth", "never within 1 year", [36, 36]),
        ("## What drives it", "b", [gain(0.1) - 20, gain(0.9) - 20]),
        ("## When it goes badly", "b", [gain(0.5), gain(0.025)]),
    ],
)  # fmt: skip
def test_every_figure_stands_in_its_own_column(heading, row, by_hand):
    """Each is within its ± of the closed form, or within half of its last digit."""
    shown = cells(heading, row)
    assert len(shown) == len(by_hand)
    for (value, error), exact in zip(shown, by_hand, strict=True):
        assert abs(value - exact) <= SURE_ERRORS * error + 0.005 * abs(exact) + 1e-9


def test_what_turns_the_answer_stands_with_its_chance():
    """b brings back the 20 with a chance of (1 - 0.2)² = 64 %."""
    assert "b | 29.3 | under 20 | 36 %" in text()
    assert "“b” below 20: net present value is below zero. The chance of that is 36 %." in text()


def test_perfect_information_is_worth_the_losses_that_it_spares():
    """E max(20 - b, 0) is the integral of 1 - (1 - x / 100)² from 0 to 20: 3.73."""
    found = re.search(r"would be worth ([\d.]+) SEK \(±([\d.]+)\) at most", text())
    assert found is not None
    value, error = float(found[1]), float(found[2])
    assert abs(value - (20 - (1 - 0.8**3) * 100 / 3)) <= SURE_ERRORS * error


def test_a_later_start_stands_against_the_same_at_once():
    """100 now for 100 in each of two years at 25 % is worth 44; a year later 35.2, which is less.

    The first 100 covers the outlay in half of the trials: later, that is at the end of year 2.
    """
    case = ut.read(
        "years: 2\ndiscount_rate: 25 %\ninputs: {b: 'uniform(90, 110)'}\n"
        "investment: {A: 100}\nbenefits: {B: b}\n"
    )
    both = {"Now": case, "Later": replace(case, delay=1)}
    found = ut.compare(ut.comparison(both, hurdle=Hurdle(2.0)), trials=4096)
    said = text_of(report_of(found)).replace("\N{NO-BREAK SPACE}", " ")
    row = "Later | 50 % ±1 | over 99.9 % | −8.8 ±0.1 | under 0.1 %\n    against “Now”"
    assert row in said
