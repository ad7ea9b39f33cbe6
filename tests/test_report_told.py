"""What stands beside the figures of a report, so that nobody reads more into them than is there."""

import pytest
from printing import result_of
from test_report_sections import HEAD, said

from reports.dependence import dependence_table
from reports.language import SPACE
from reports.tables import value_table
from reports.verdict import next_to_nothing, reaches_zero
from simulator.result import Measured

LOSS = f"{HEAD}inputs: {{gain: 20 to 60}}\ninvestment: {{A: 100}}\nbenefits: {{B: gain}}\n"


def test_a_mean_ratio_is_not_to_be_decided_by():
    """Below the value table; where no ratio has a mean there is nothing to say."""
    assert "Go by net present value." in said(LOSS)["value"]
    without = result_of(f"{HEAD}inputs: {{gain: 20 to 60}}\nbenefits: {{B: gain}}\n")
    assert not any("ratio" in note for note in value_table(without).notes)


def test_several_switching_values_are_told_by_their_ends():
    """A parabola of higher order changes its sign four times."""
    text = (
        f"{HEAD}inputs:\n  rate: uniform(0, 10)\n"
        "benefits:\n  B: (rate - 2) * (rate - 4) * (rate - 6) * (rate - 8)\n"
    )
    told = said(text)["sensitivity"].replace(SPACE, " ")
    assert "several times between 2 and 8" in told
    assert ";" not in next(line for line in told.splitlines() if "several times" in line)


@pytest.mark.parametrize(
    ("figure", "near"),
    [
        (Measured(100.0, -100.0, 300.0), True),
        (Measured(100.0, 0.0, 300.0), True),
        (Measured(100.0, 1.0, 300.0), False),
        (Measured(100.0, None, None), False),
        (Measured(0.0, 0.0, 0.0), False),
    ],
)
def test_information_that_may_be_worth_nothing_is_next_to_nothing(figure, near):
    """An amount of "100 SEK (±200)" is no figure to decide by."""
    assert reaches_zero(figure) is near
    assert "next to nothing: 300 SEK at most" in next_to_nothing("300 SEK")


def test_information_about_a_rare_loss_is_worth_next_to_nothing():
    """A loss in a few of the trials leaves the interval of its value open to zero."""
    text = (
        f"{HEAD}inputs:\n  loss: event(0.05 %, 150)\ninvestment: {{A: 100 + loss}}\n"
        "benefits: {B: 60}\n"
    )
    assert "worth next to nothing:" in said(text)["information"]


BOTH = """
years: 1
discount_rate: 0 %
inputs:
  a: 20 to 60
  b: event(20 %, 10 to 30)
  c: 20 to 60
benefits: {A: a + c}
costs: {B: b}
dependence:
  - {between: [a, b], rank: 0.6}
  - {between: [a, c], rank: 0.6}
"""


def test_a_bond_that_is_not_realised_is_explained():
    """An event that does not happen is 0 each time, so its order cannot follow another input."""
    result = result_of(BOTH, 4096)
    assert [abs(p.asked - p.realised) > 0.05 for p in result.dependence] == [True, False]
    (note,) = dependence_table(result).notes
    assert note.startswith("a and b: one of them has the same value in many trials")


def test_correlations_that_cannot_all_hold_are_explained():
    """Two inputs that both follow a third cannot run against each other."""
    text = BOTH.replace("event(20 %, 10 to 30)", "10 to 30").replace("rank: 0.6", "rank: 0.8")
    text += "  - {between: [b, c], rank: 0.1}\n"
    notes = dependence_table(result_of(text, 4096)).notes
    assert notes
    assert all("cannot hold at once" in note for note in notes)
