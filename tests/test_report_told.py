"""What stands beside the figures of a report, so that nobody reads more into them than is there."""

import re

import pytest
from printing import result_of
from test_report_sections import HEAD, said

import utfall as ut
from reports.dependence import dependence_table
from reports.drivers import tornado_table
from reports.language import SPACE
from reports.numbers import Scale
from reports.tables import lines_table, value_table
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "mixture(1 % to 5 % weight 60 %, 8 % to 9 % weight 40 %)",
            "90 % sure that it lies between 1 % and 5 %",
        ),
        ("clip(normal(-4 % to 16 %), low=0)", "90 % sure that it lies between −4 % and 16 %"),
        ("normal(0 to 16)", "90 % sure that it lies between 0 and 16"),
        ("truncate(80k to 160k, high=200k)", "90 % sure that it lies between 80 000 and 160 000"),
        ("event(25 %, 1 % to 5 %)", "otherwise 0: 90 % sure that it lies between 1 % and 5 %"),
    ],
)
def test_a_range_is_told_as_a_range_wherever_it_stands(text, words):
    """Inside a mixture as by itself: nobody wrote "a = 4.48 and b = 163"."""
    case = f"{HEAD}inputs:\n  share:\n    estimate: {text}\nbenefits: {{B: share}}\n"
    told = said(case)["assumptions"]
    assert words.replace(" %", f"{SPACE}%") in told.replace(" %", f"{SPACE}%")
    assert " a = " not in told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("245020 / 630", "388.921"),
        ("388.920626471", "388.920626471"),
        ("-388.920626471", "−388.920626471"),
        ("1 / 3", "0.333333"),
        ("14 * 201000", "2 814 000"),
        ("600 / 40", "15"),
    ],
)
def test_the_result_of_a_formula_has_six_digits(text, shown):
    """Only what somebody typed with more of them has more."""
    case = f"{HEAD}inputs:\n  cost: {text}\n  gain: 1 to 2\nbenefits: {{B: gain * cost}}\n"
    lines = said(case)["assumptions"].replace(SPACE, " ").splitlines()
    assert next(line for line in lines if line.startswith("cost |")).split(" | ")[1] == shown


def test_a_headline_stands_to_the_digit_of_its_table():
    """Of a case without money: 7.86 above 7.9 would be two figures."""
    text = "inputs:\n  a: 1 to 40\noutputs: [a]\n"
    found = said(text)
    headline = re.search(r"90 % chance of at least (\S+)", plain(found["answer"]))
    row = next(line for line in plain(found["value"]).splitlines() if line.startswith("a |"))
    assert headline.group(1) == row.split(" | ")[2].split()[0]


def plain(text):
    """The text with spaces that one can type."""
    return text.replace(SPACE, " ")


CERTAIN = f"{HEAD}currency: SEK\ninvestment: {{A: 100}}\nbenefits: {{B: 60}}\ncosts: {{C: 5}}\n"


def test_where_nothing_is_uncertain_nothing_is_said_of_chances():
    """One column of values, no percentiles, no worst trials, no S-curve."""
    found = said(CERTAIN)
    told = plain("\n".join(found.values()))
    for word in ("P10", "P90", "worst 5 %", "Every trial", "of the trials", "add up to net"):
        assert word not in told
    assert "Net present value | 65" in told
    assert "year 0 | −100" in told
    assert "= Net present value | 65" in found["drivers"].replace(SPACE, " ")
    assert "Nothing in it is uncertain: every figure follows" in found["quality"]
    assert "internal rate of return." not in told
    loss = said(CERTAIN.replace("B: 60", "B: 1"))["value"]
    assert "There is no internal rate of return." in loss
    head, _, _ = CERTAIN.replace("years: 3", "years: 2").partition("benefits")
    twice = "benefits:\n  B: if(year < 2, 230, 0)\ncosts:\n  C: if(year < 2, 0, 132)\n"
    assert "several internal rates of return" in said(head + twice)["value"]


def test_a_known_quantity_has_one_column():
    """Of a case without money."""
    told = plain(said("inputs: {a: 3}\ncalculations: {b: 2 * a}\noutputs: [b]\n")["value"])
    assert "b | 6" in told
    assert "P10" not in told
    assert "[" not in told


LINES = f"""{HEAD}currency: SEK
inputs:
  large: 9M to 30M
  small: 5k to 14k
  event: event(20 %, 300k to 500k)
investment: {{Machine: 5M}}
benefits: {{Gain: large, Little: small}}
costs: {{Repair: event, Upkeep: 12345678.9}}
"""


def test_all_money_of_a_report_counts_alike():
    """Lines, cash, events and the tornado in thousands, as the table of values does."""
    found = said(LINES)
    told = plain("\n".join(found.values()))
    assert "thousand SEK" in found["value"].replace(SPACE, " ")
    assert "million SEK | " not in told
    assert "at low million" not in told
    assert "Amounts in thousand SEK." in told


def test_printed_means_add_up_or_the_note_says_that_they_hardly_do():
    """To the place that their sum supports, and but for rounding where the last digits do not."""
    exact = lines_table(result_of(f"{HEAD}inputs:\n  a: 90 to 110\ninvestment: {{A: 10}}\n"
                                  "benefits: {B: 40}\ncosts: {C: 0 * a}\n"))  # fmt: skip
    assert exact.notes == ("The means add up to net present value; percentiles do not.",)
    table = lines_table(result_of(LINES, 4096))
    means = [row.cells[1].text for row in table.rows if len(row.cells) > 1]
    digits = [int(re.sub(r"\D", "", text) or "0") for text in means]
    assert all(digit % 100 == 0 for digit in digits)  # the sum is known to 100 thousand
    many = ", ".join(f"Small {n}: 15k" for n in range(7))  # each 45 thousand, which prints as 0
    rounded = lines_table(result_of(LINES.replace("Upkeep:", f"{many}, Upkeep:"), 4096))
    assert "but for rounding" in rounded.notes[0]


def test_a_column_of_a_tornado_has_one_last_place():
    """460 does not stand beside 4.9, nor 12.3 beside 0.45."""
    case = result_of(LINES).case
    table = tornado_table(ut.tornado(case), case, like=Scale(3, 4))
    for row in table.rows:
        assert not any("." in cell.text for cell in row.cells[2:])
    scale = Scale.of([12.3, 0.45]).even()
    assert (scale.text(12.34), scale.text(0.45), scale.text(4.94)) == ("12.3", "0.5", "4.9")
