"""What the first page must not say: that which is true of another question than the one asked."""

import re

import pytest
from printing import result_of
from report_text import text_of

import utfall as ut
from reports.document import Fact, Facts
from reports.report import report_of
from simulator.case.case import Hurdle

HEAD = "years: 4\ndiscount_rate: 50 %\ninvestment: {A: 50}\nbenefits: {B: b}\n"
SURE = "inputs: {b: 'uniform(60, 100)'}\nyears: 3\ndiscount_rate: 0 %\n"
EVENT = (
    "currency: SEK\nyears: 1\ndiscount_rate: 0 %\ninputs: {e: 'event(25 %, 100)'}\n"
    "benefits: {B: 60}\ncosts: {C: e}\n"
)
SURE_ERRORS = 3
"""The ± that is shown is that of 95 %; three times as far no figure is off by chance."""


def page(found) -> str:
    """The text of a report."""
    return text_of(report_of(found))


def facts_of(text: str) -> dict[str, Fact]:
    """The facts on the first page of a report on a case given as text, by their labels."""
    first = report_of(result_of(text, 4096)).sections[0]
    [facts] = [block for block in first.blocks if isinstance(block, Facts)]
    return {plain(fact.label): fact for fact in facts.facts}


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return " ".join(text.split())


def read(shown: str) -> float:
    """The number in a figure, read as a reader would."""
    found = re.search(r"−?[\d.]+", shown)
    assert found is not None
    return float(found[0].replace("−", "-"))


def of_text(text: str) -> str:
    """The text of a report on a case given as text."""
    return page(result_of(text, 4096))


def test_never_says_that_it_is_of_discounted_cash():
    """At 50 % a year the discounted cash comes back less often than the cash does."""
    text = of_text(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\nhurdle: 2 years discounted\n")
    assert "Never paid back within 4 years on discounted cash: 31 %" in text
    assert "Never paid back within 4 years:" not in text
    assert "within 2 years on discounted cash is 55 %" in text  # b of 45 and more; 25 of the cash


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
    assert "“B” has the highest mean net present value: 260" in text
    assert "is worth more than “A”." not in text
    by_value = page(ut.compare(ut.comparison({"A": a, "B": b}, criterion="value"), trials=4096))
    assert "“h” below 80: “A” is worth more than “B”." in by_value


def test_nothing_as_the_answer_has_the_figures_of_the_best_that_is_something():
    """The worst of an uncertain gain is a loss, so that doing nothing comes first."""
    case, dear = (
        ut.read(
            "inputs: {b: 'uniform(20, 100)'}\nyears: 3\ndiscount_rate: 0 %\n"
            f"investment: {{I: {outlay}}}\nbenefits: {{B: b}}\n"
        )
        for outlay in (100, 150)
    )
    asked = ut.comparison({"A": case, "B": dear}, criterion="worst5")
    text = page(ut.compare(asked, trials=4096))
    assert "Doing nothing does best in the worst 5 % of its trials" in text
    assert "“A” has the highest mean net present value: 80" in text
    assert "The figures of “A”:\n\n* Paid back within 3 years:" in text


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
    assert "“g of Large” below 43.3: “Small” is worth more than “Large”." in text
    assert "“g of Small” above 46.7: “Small” is worth more than “Large”." in text


def test_the_hurdle_of_a_comparison_is_asked_of_discounted_cash():
    """The figures of the first alternative say which cash they count."""
    case = ut.read(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\n")
    other = ut.read(f"{HEAD}inputs: {{b: 'uniform(0, 100)'}}\ncosts: {{C: 20}}\n")
    asked = ut.comparison({"A": case, "B": other}, hurdle=Hurdle(2.0, discounted=True))
    text = page(ut.compare(asked, trials=4096))
    assert "Never paid back within 4 years on discounted cash: 31 %" in text


def test_each_fact_stands_under_its_own_name():
    """A gain uniform from -20 to 80: its percentiles, mean, worst twentieth and chances by hand."""
    found = facts_of(
        "currency: SEK\nyears: 1\ndiscount_rate: 0 %\ninputs: {b: 'uniform(0, 100)'}\n"
        "investment: {A: 20}\nbenefits: {B: b}\nhurdle: 1 year\n"
    )
    by_hand = {
        "Paid back within 1 year": (80, "about four times in five"),
        "Never paid back within 1 year": (20, "about one time in five"),
        "Ends in a loss": (20, "about one time in five"),
        "Net present value, P10": (-10, "90 % chance of at least this"),
        "Net present value, P50": (30, "50 % chance of at least this"),
        "Net present value, P90": (70, "10 % chance of at least this"),
        "Net present value, mean": (30, "on average over all trials"),
        "Mean of the worst 5 %": (-17.5, "net present value, and not the worst that can happen"),
    }
    assert list(found) == [*by_hand, "Money needed"]
    for label, (exact, below) in by_hand.items():
        fact = found[label]
        assert abs(read(fact.text) - exact) <= SURE_ERRORS * read(fact.error)
        assert plain(fact.below) == below
    needed = found["Money needed"]  # it is the outlay, in every trial
    assert (plain(needed.text), needed.error) == ("20 SEK", "")


def test_money_needed_is_enough_nine_times_in_ten():
    """An outlay uniform from 100 to 200 is at most 190 with a chance of 90 %."""
    needed = facts_of(
        "currency: SEK\nyears: 1\ndiscount_rate: 0 %\ninputs: {a: 'uniform(100, 200)'}\n"
        "investment: {A: a}\nbenefits: {B: 300}\n"
    )["Money needed"]
    assert abs(read(needed.text) - 190) <= SURE_ERRORS * read(needed.error)
    assert plain(needed.below) == "90 % chance that no more is ever tied up"


def test_an_event_stands_with_what_it_does():
    """60 for sure, and 100 lost with a chance of 25 %: 40 lost when it happens, 60 won when not."""
    text = of_text(EVENT)
    assert "e | 25 % | 1 024 | −40 | 60 | over 99 % | under 0.2 %" in text


def test_an_event_turns_the_answer_at_what_it_costs():
    """It is 100 or nothing, and never above 100."""
    text = of_text(EVENT)
    said = "“e” at 100 or above: net present value is below zero. The chance of that is 25 %."
    assert said in text
    assert "e | 0 | 100 or more | 25 %" in text
    gain = EVENT.replace("100", "-100").replace("benefits", "X").replace("costs", "benefits")
    text = of_text(gain.replace("X", "costs").replace("60", "-60"))
    assert "“e” at −100 or below: net present value is below zero." in text
    assert "e | 0 | −100 or less | 25 %" in text


def test_the_worst_trials_stand_beside_all():
    """Of a gain uniform from 0 to 100 the median is 50, and 2.5 in the worst twentieth."""
    text = of_text(
        "currency: SEK\nyears: 1\ndiscount_rate: 0 %\ninputs: {b: 'uniform(0, 100)'}\n"
        "benefits: {B: b}\n"
    )
    row = next(line for line in text.splitlines() if re.match(r"b \| .* ±.* \| .* ±", line))
    shown = [part.split(" ±") for part in row.rstrip(" |").split(" | ")[1:3]]
    for (value, error), exact in zip(shown, (50, 2.5), strict=True):
        assert abs(float(value) - exact) <= SURE_ERRORS * float(error)


def test_a_comparison_says_for_how_long_it_looks():
    """Asked for payback within 9 years of two cases of 3."""
    case = ut.read(f"{SURE}investment: {{I: 100}}\nbenefits: {{B: b}}\n")
    asked = {"A": case, "B": case}
    said = "No alternative is followed for more than 3 years: what comes back later is not counted."
    later = ut.comparison(asked, hurdle=Hurdle(9.0))
    assert said in page(ut.compare(later, trials=1024))
    assert said not in page(ut.compare(ut.comparison(asked, hurdle=Hurdle(3.0)), trials=1024))


def test_months_of_a_later_start_are_counted_from_it():
    """Begun after a year, its first month lies in the second year of all."""
    money = "start: 2027\nfollow_up: [{what: Use, month: 2}]\ninvestment: {I: 100}\n"
    text = of_text(f"{SURE}{money}benefits: {{B: b}}\ndelay: 1\n")
    assert "Use | February 2029, month 2" in text
    assert "Month 1 is the first month of year 2, the first year after it begins." in text


def test_what_moves_an_alternative_is_told_in_the_currency_of_the_comparison():
    """Three times 10 less 10 is 20 kronor, and so 2 euros; b from 1 to 9 instead of 5 moves it."""
    one = ut.read(
        "inputs: {b: 'uniform(0, 20)'}\nyears: 3\ndiscount_rate: 0 %\ncurrency: SEK\n"
        "investment: {I: 10}\nbenefits: {B: b}\n"
    )
    other = ut.read("years: 3\ndiscount_rate: 0 %\ncurrency: EUR\nbenefits: {B: 0.1}\n")
    asked = ut.comparison({"A": one, "B": other}, currency="EUR", rates={"SEK": 0.1})
    report = report_of(ut.compare(asked, trials=1024))
    found = report.subject.tornados["A"]
    assert found.base_value == pytest.approx(2.0)
    assert (found.rows[0].low_value, found.rows[0].high_value) == pytest.approx((-0.4, 4.4))
    assert "With all inputs at their medians it is 2 EUR." in text_of(report)


def test_what_comes_to_nothing_is_no_gain():
    """Nothing happens in four of five futures, and in the fifth 100 is lost: it never gains."""
    text = of_text(
        "years: 1\ndiscount_rate: 0 %\ninputs: {e: 'event(20 %, 100)'}\n"
        "benefits: {B: 0}\ncosts: {C: e}\n"
    )
    assert "do not go ahead" in text
    assert "more likely" not in text


def test_an_even_chance_is_not_called_likely():
    """Minus 50 or 150, each half the time: neither is more likely."""
    text = of_text(
        "years: 1\ndiscount_rate: 0 %\ninputs: {e: 'event(50 %, 200)'}\n"
        "investment: {A: 50}\nbenefits: {B: e}\n"
    )
    assert "By mean net present value: go ahead." in text
    assert "more likely" not in text


def test_what_needs_no_outlay_is_not_passed_over_by_payback():
    """“A” is “B” without its outlay: it has no payback to rank by, and is better in every trial."""
    free = ut.read(f"{SURE}benefits: {{B: b}}\n")
    dear = ut.read(f"{SURE}investment: {{I: 50}}\nbenefits: {{B: b}}\n")
    report = report_of(ut.compare(ut.comparison({"A": free, "B": dear}), trials=4096))
    assert report.subject.rivals == ("A", "B")
    first = text_of(report).split("\n## ")[1]
    assert "“A” is not ranked" in first
    assert "“A” has the highest mean net present value: 240" in first
    assert "The figures of “A”:" in first


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        ("uniform(-20, 80)", "would be saved by not going ahead where it ends in a loss"),
        ("uniform(-80, 20)", "would be gained by going ahead only where it ends in a gain"),
    ],
)
def test_knowing_everything_saves_losses_or_finds_gains(estimate, said):
    """Who would go ahead learns when not to; who would not learns when to."""
    text = of_text(
        f"years: 1\ndiscount_rate: 0 %\ninputs: {{b: '{estimate}'}}\nbenefits: {{B: b}}\n"
    )
    assert said in text
