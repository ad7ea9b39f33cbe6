"""What the first page must not say: that which is true of another question than the one asked."""

from printing import result_of
from report_text import text_of

import utfall as ut
from reports.report import report_of
from simulator.case.case import Hurdle

HEAD = "years: 4\ndiscount_rate: 50 %\ninvestment: {A: 50}\nbenefits: {B: b}\n"
SURE = "inputs: {b: 'uniform(60, 100)'}\nyears: 3\ndiscount_rate: 0 %\n"


def page(found) -> str:
    """The text of a report."""
    return text_of(report_of(found))


def of_text(text: str) -> str:
    """The text of a report on a case given as text."""
    return page(result_of(text, 4096))


def test_never_says_that_it_is_of_discounted_cash():
    """At 50 % a year the discounted cash comes back less often than the cash does."""
    text = of_text(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\nhurdle: 2 years discounted\n")
    assert "Never paid back within 4 years on discounted cash: 31 %" in text
    assert "Never paid back within 4 years:" not in text


def test_late_cash_pays_back_though_never_when_discounted():
    """Four times 15 bring back 50; discounted at 50 % they are worth 24 only."""
    text = of_text(f"{HEAD}inputs: {{b: 'uniform(14, 16)'}}\nhurdle: 2 years discounted\n")
    assert "It did not pay itself back" not in text
    assert "within 2 years on discounted cash is under 0.1 %, never seen in these trials" in text


def test_a_certain_payback_is_not_denied_because_it_fails_when_discounted():
    """The same without uncertainty: 50 is back after 3.3 years, though not when discounted."""
    text = of_text(f"{HEAD}calculations: {{b: 15}}\nhurdle: 2 years discounted\n")
    assert "It never pays itself back" not in text
    assert "within 2 years on discounted cash is 0 %" in text


def test_no_chance_is_shown_of_years_that_nobody_looked_at():
    """A hurdle of 9 years for a case of 4: what is known is the chance within 4."""
    text = of_text(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\nhurdle: 9 years\n")
    assert "within 9 years (it is followed for 4 years only)" in text
    assert "Paid back within 4 years:" in text
    assert "Paid back within 9 years:" not in text


def test_an_answer_by_the_worst_trials_is_not_taken_for_that_by_value():
    """“A” has the better worst trials, “B” the higher mean: what turns the one is not the other."""
    a = ut.read(f"{SURE}investment: {{I: 100}}\nbenefits: {{B: b}}\n")
    b = ut.read(
        "inputs: {h: 'uniform(40, 200)'}\nyears: 3\ndiscount_rate: 0 %\n"
        "investment: {I: 100}\nbenefits: {B: h}\n"
    )
    asked = ut.comparison({"A": a, "B": b}, criterion="worst5")
    text = page(ut.compare(asked, trials=4096))
    assert "“A” does best in the worst 5 % of its trials" in text
    said = (
        "By net present value the answer is another one: with every input at its median, “B” is "
        "worth more than “A”."
    )
    assert text.index(said) < text.index("“h” below 80: “A” is worth more than “B”.")
    by_value = page(ut.compare(ut.comparison({"A": a, "B": b}, criterion="value"), trials=4096))
    assert "the answer is another one" not in by_value


def test_nothing_as_the_answer_is_told_from_that_by_value():
    """The worst of an uncertain gain is a loss, so that doing nothing comes first."""
    case = ut.read(
        "inputs: {b: 'uniform(20, 100)'}\nyears: 3\ndiscount_rate: 0 %\n"
        "investment: {I: 100}\nbenefits: {B: b}\n"
    )
    dear = ut.read(
        "inputs: {b: 'uniform(20, 100)'}\nyears: 3\ndiscount_rate: 0 %\n"
        "investment: {I: 150}\nbenefits: {B: b}\n"
    )
    asked = ut.comparison({"A": case, "B": dear}, criterion="worst5")
    text = page(ut.compare(asked, trials=4096))
    assert "Doing nothing does best in the worst 5 % of its trials" in text
    assert "with every input at its median, “A” is worth more than doing nothing." in text


def test_an_input_that_each_has_for_itself_is_told_by_the_alternative():
    """Two alternatives of one case, as with `extends`: its name would not tell them apart."""
    case = ut.read(
        "case: Portal\ninputs: {g: 'uniform(0, 100)'}\nyears: 3\ndiscount_rate: 0 %\n"
        "investment: {I: 100}\nbenefits: {B: g}\n"
    )
    cheaper = ut.read(
        "case: Portal\ninputs: {g: 'uniform(20, 60)'}\nyears: 3\ndiscount_rate: 0 %\n"
        "investment: {I: 90}\nbenefits: {B: g}\n"
    )
    asked = ut.comparison({"Large": case, "Small": cheaper}, separate=["g"], criterion="value")
    text = page(ut.compare(asked, trials=4096))
    assert "“g of Large” below 43.3" in text
    assert "“g of Small” above 46.7" in text


def test_the_hurdle_of_a_comparison_is_asked_of_discounted_cash():
    """The figures of the first alternative say which cash they count."""
    case = ut.read(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\n")
    other = ut.read(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\ncosts: {{C: 20}}\n")
    asked = ut.comparison({"A": case, "B": other}, hurdle=Hurdle(2.0, discounted=True))
    text = page(ut.compare(asked, trials=4096))
    assert "Never paid back within 4 years on discounted cash: 31 %" in text
