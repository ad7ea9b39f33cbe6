"""What a report answers where the answer is known: certain, hopeless, even, a lottery."""

import re

import pytest
from report_parts import HEAD, Parts, said, together

import utfall as ut
from reports.recommendation import mean_sentence, told_side


def test_a_certain_gain_is_said_to_be_certain():
    """Minus 100 and three times 60 at 0 % is 80, back after 100 / 60 years; no chance is shown."""
    answer = said(f"{HEAD}currency: SEK\ninvestment: {{A: 100}}\nbenefits: {{B: 60}}\n")["answer"]
    assert "Go ahead: nothing in it is uncertain, and it is worth 80 SEK more" in answer
    assert "It pays itself back after 1.7 years." in answer
    assert "Net present value: 80 SEK (certain)" in answer
    assert "Money needed: 100 SEK (certain)" in answer
    assert "±" not in answer


def test_a_certain_loss_is_not_to_be_had():
    """Minus 100 and three times 20 is minus 40."""
    answer = said(f"{HEAD}investment: {{A: 100}}\nbenefits: {{B: 20}}\n")["answer"]
    assert "Do not go ahead: nothing in it is uncertain, and it is worth 40 less" in answer
    assert "Never paid back within 3 years: 100 %" in answer


def test_where_nothing_pays_back_it_is_said():
    """Three times 5 to 10 never bring back 100."""
    answer = said(
        f"{HEAD}inputs:\n  b: uniform(5, 10)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    )
    assert "It did not pay itself back within 3 years in any of the trials." in answer["answer"]
    assert "do not go ahead" in answer["answer"]
    assert "Never paid back within 3 years: over 99.9 %" in answer["answer"]


def test_never_is_shown_even_where_it_does_not_happen():
    """No trial loses, and the line stands there."""
    answer = said(
        f"{HEAD}inputs:\n  b: uniform(60, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    )
    assert (
        "Never paid back within 3 years: under 0.1 % (never seen in these trials)"
        in (answer["answer"])
    )


def test_an_even_game_is_not_told_from_nothing():
    """A mean of 0 cannot be told from 0, and no advice is given."""
    text = "years: 1\ndiscount_rate: 0 %\ninputs:\n  b: normal(0, 10)\nbenefits: {B: b}\n"
    result = ut.simulate(ut.read(text), trials=1024, sampling="random")
    answer = Parts(result)["answer"]
    assert "cannot be told apart at this number of trials" in answer
    assert "go ahead." not in answer


@pytest.mark.parametrize("mean", [97, 103])
def test_a_mean_that_is_small_beside_the_outlay_is_about_break_even(mean):
    """3 more or less than the 100 laid out, told from zero in every run; 6 speak for a side."""
    text = (
        "years: 1\ndiscount_rate: 0 %\ninputs:\n  b: normal({mean}, 10)\n"
        "investment: {{A: 100}}\nbenefits: {{B: b}}\n"
    )
    even = said(text.format(mean=mean), 16_384)["answer"]
    value = "−3.0" if mean < 100 else "3.0"
    assert f"! About break-even: mean net present value is {value}" in even
    assert "little beside the money tied up at most, 100 on average." in even
    assert "go ahead" not in even.replace("going ahead", "")
    assert "speaks for neither side, so by it there is no answer" in even
    assert "What would change the answer" not in even
    clear = said(text.format(mean=2 * mean - 100), 16_384)["answer"]
    assert "By mean net present value: " in clear
    assert "What would change the answer" in clear


def test_a_certain_gain_that_is_small_beside_the_outlay_is_about_break_even():
    """102 for 100."""
    text = "years: 1\ndiscount_rate: 0 %\ninvestment: {A: 100}\nbenefits: {B: 102}\n"
    assert (
        "! About break-even: nothing in it is uncertain, and net present value is 2, "
        in (said(text)["answer"])
    )


def test_a_side_is_taken_only_where_99_percent_of_runs_would_take_it():
    """A mean of 0 is told from zero in one run of 100 at most, and never called break-even."""
    text = "years: 1\ndiscount_rate: 0 %\ninputs:\n  b: normal(100, 1000)\n"
    case = ut.read(f"{text}investment: {{A: 100}}\nbenefits: {{B: b}}\n")
    runs = [ut.simulate(case, trials=256, seed=seed, sampling="random") for seed in range(300)]
    assert sum(bool(told_side(run)) for run in runs) <= 10  # 3 expected, more than 10 in 0.03 %
    at_95 = [run for run in runs if outside(run.npv.interval("mean"))]
    assert len(at_95) > 5
    assert not any(mean_sentence(run).startswith("About break-even") for run in at_95)


def outside(interval) -> bool:
    """Whether an interval leaves out zero."""
    low, high = interval
    return low > 0 or high < 0


def test_what_paid_back_means_without_an_outlay_is_said_with_the_answer():
    """The first year is lost in a quarter of the trials; without any cost it never is."""
    text = "years: 2\ndiscount_rate: 0 %\ninputs:\n  b: uniform({low}, 30)\nbenefits: {{B: b}}\n"
    some = said(text.format(low=-10))["answer"]
    assert "No outlay is at risk in 75 % (±1) of the trials: there cumulated cash" in some
    assert "No outlay is at risk: cumulated cash is" in said(text.format(low=10))["answer"]
    outlay = f"{HEAD}inputs:\n  b: uniform(20, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    assert "No outlay" not in said(outlay)["answer"]


def test_few_trials_are_warned_of_before_anything_else():
    """Under a thousand, and only where something is uncertain."""
    money = "investment: {A: 100}\nbenefits: {B: b}\n"
    text = f"{HEAD}inputs:\n  b: uniform(20, 90)\n{money}"
    warning = "\nWARNING: With 512 trials only, these figures are rough."
    assert said(text, 512)["answer"].startswith(warning)
    few = ut.compare(ut.comparison({"A": ut.read(text)}).what_if(b=20), trials=512)
    assert Parts(few)["answer"].startswith(warning)
    quantity = "inputs:\n  b: uniform(20, 90)\noutputs: [b]\n"
    assert said(quantity, 512)["answer"].startswith(warning)
    assert "WARNING" not in said(text, 1024)["answer"]
    assert (
        "WARNING" not in said(f"{HEAD}investment: {{A: 100}}\nbenefits: {{B: 60}}\n", 512)["answer"]
    )


def test_a_lottery_pays_on_average_and_is_still_likely_lost():
    """5 % chance of 3000 for 100: a mean of 50, and a loss 19 times in 20."""
    text = f"{HEAD}inputs:\n  b: event(5 %, 1000)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    answer = said(text, 16_384)["answer"]
    assert (
        "By mean net present value: go ahead. On average over all trials it is worth 50" in answer
    )
    assert "all but about once in 20" in answer
    assert "more likely to lose than to gain" in answer
    assert "at its median, net present value is below zero, though its mean is above" in answer
    assert "So no single input can be said to turn the answer" in answer
    assert "What would change the answer" not in answer


def test_a_rare_disaster_outweighs_likely_gains():
    """Three times 40 for 100, and once in 20 a loss of 3000: the caution is turned round."""
    text = (
        f"{HEAD}inputs:\n  c: event(5 %, 1000)\ninvestment: {{A: 100}}\n"
        "benefits: {B: 40}\ncosts: {C: c}\n"
    )
    answer = said(text, 16_384)["answer"]
    assert "do not go ahead" in answer
    assert "more likely to gain than to lose" in answer


def test_no_advice_on_how_much_risk_is_right():
    """Which chance is enough is left to the reader, in words."""
    text = f"{HEAD}inputs:\n  b: uniform(20, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    assert "is for the reader to decide: nothing here assumes it" in said(text)["answer"]


def test_what_would_change_the_answer_is_the_switching_value():
    """Three times b is 100 at 33.3; a uniform from 20 to 90 lies below in 19 %."""
    text = f"{HEAD}inputs:\n  b: uniform(20, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    sentence = "“b” below 33.3: net present value is below zero. The chance of that is 19 %."
    assert sentence in said(text)["answer"]
    assert "b | 55 | under 33.3 | 19 %" in said(text)["sensitivity"]
    assert "Input | Median | Where the sign changes | Chance" in said(text)["sensitivity"]


def test_alternatives_that_change_places_at_the_medians_are_turned_by_no_single_input():
    """A is worth 9; B, not even second, is worth 28 at its median and 4 on average."""
    head = "years: 1\ndiscount_rate: 0 %\n"
    ahead = f"{head}investment: {{A: 10}}\nbenefits: {{B: 19}}\n"
    behind = f"{head}inputs:\n  w: event(60 %, 60)\ninvestment: {{A: 32}}\nbenefits: {{B: w}}\n"
    nearly = f"{head}investment: {{A: 10}}\nbenefits: {{B: 18}}\n"  # follows A on average
    parts = Parts(together(ahead, behind, nearly, criterion="value"))
    assert parts.subject.rivals == ("A", "C")
    answer = parts["answer"]
    assert "it is the other way round than on average: “B” is worth more than “A”" in answer
    assert "So no single input can be said to turn the answer" in answer
    assert "What would change the answer" not in answer


def test_a_decision_that_only_some_alternatives_ask_for_says_whose_it_is():
    """A and B ask the same, C asks nothing; where all ask the same no names are needed."""
    plain = f"{HEAD}investment: {{A: 100}}\nbenefits: {{B: 60}}\n"
    asking = f"{plain}decision: Shall we?\n"
    some = Parts(together(asking, asking, plain))["answer"]
    assert "Asked in the case of “A” and “B”:\n\n> Shall we?" in some
    assert Parts(together(asking, asking))["answer"].startswith("\n> Shall we?")


def test_what_is_no_change_of_the_answer_is_not_listed_as_one():
    """What moves the value most is a sentence of its own; the mean of the worst is called so."""
    inputs = "inputs:\n  b: uniform(20, 90)\n  c: uniform(0, 3)\n"
    money = "investment: {A: 100}\nbenefits: {B: b}\ncosts: {C: c}\n"
    answer = said(HEAD + inputs + money)["answer"]
    assert "\n\nWhat moves net present value most is “b”, then “c”." in answer
    assert "* Mean of the worst 5 %: " in answer
    assert "Worst case" not in answer


def test_equal_alternatives_are_said_to_be_equal():
    """No number of trials tells them apart, and no input turns the answer."""
    text = f"{HEAD}inputs:\n  b: uniform(30, 60)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    answer = Parts(together(text, text))["answer"]
    assert "the two are equal" in answer
    assert "the two are worth the same" in answer


def test_where_payback_ranks_nobody_the_mean_value_does():
    """Without an outlay there is no payback; the report still says which is worth more."""
    head = "years: 1\ndiscount_rate: 0 %\n"
    one = f"{head}inputs:\n  b: uniform(3, 6)\nbenefits: {{B: b}}\n"
    parts = Parts(together(one, f"{head}benefits: {{B: 1}}\n"))
    answer = parts["answer"]
    assert "No alternative is ranked by payback." in answer
    assert "“A” has the highest mean net present value: 4.5" in answer
    assert parts.subject.rivals == ("A", "B")


def test_all_alternatives_stand_at_a_glance_on_the_first_page_whoever_leads():
    """Doing nothing leads, as both lose: their figures stand with the answer, and only there."""
    losing = [
        f"{HEAD}inputs:\n  {name}: uniform(0, {top})\ninvestment: {{A: 100}}\n"
        f"benefits: {{B: {name}}}\n"
        for name, top in (("a", 20), ("b", 40))
    ]
    parts = Parts(together(*losing, criterion="value"))
    assert "! Doing nothing has the highest mean net present value" in parts["answer"]
    rows = parts["answer"].split("### At a glance")[1]
    assert re.search(r"(?m)^A \| .*−70", rows)
    assert re.search(r"(?m)^B \| .*−40", rows)
    assert "At a glance" not in parts["alternatives"]


def test_where_payback_and_value_put_another_first_both_are_told_and_nothing_is_turned():
    """A is back after 1 year and worth 2 × 20 - 19 = 21, B after 1.5 and worth 3 × 20 - 30 = 30."""
    text = (
        "years: {years}\ndiscount_rate: 0 %\ninputs:\n  b: uniform(19, 21)\n"
        "investment: {{A: {cost}}}\nbenefits: {{B: b}}\n"
    )
    cases = (text.format(years=2, cost=19), text.format(years=3, cost=30))
    hurdle = ut.read("hurdle: 1 year\nyears: 1\ndiscount_rate: 0 %\nbenefits: {A: 1}\n").hurdle
    parts = Parts(together(*cases, hurdle=hurdle))
    answer = parts["answer"]
    assert "! “A” is the most likely to have paid itself back within 1 year: " in answer
    assert "! “B” has the highest mean net present value: 30.0" in answer
    assert "What would change the answer" not in answer
    assert parts.subject.rivals is None
    assert parts.subject.thresholds is None


def test_the_answer_is_turned_against_the_one_that_follows_by_value():
    """B pays back second most often, but is worth less than doing nothing, which follows A."""
    text = (
        "years: 2\ndiscount_rate: 0 %\ninputs:\n  {name}: uniform(0, {top})\n"
        "investment: {{A: 100}}\nbenefits: {{B: {name}}}\n"
    )
    first, second = text.format(name="a", top=200), text.format(name="b", top=90)
    parts = Parts(together(first, second))
    assert parts.subject.compared.ranking().names == ["A", "B"]
    assert parts.subject.rivals == ("A", "Nothing")


def test_a_case_is_answered_alike_with_a_what_if_beside_it():
    """The recommendation is that of the case alone; what the change does stands in the table."""
    text = (
        f"{HEAD}case: A\ninputs:\n  b: uniform(30, 60)\n  c: uniform(0, 3)\n"
        "investment: {A: 100}\nbenefits: {B: b}\ncosts: {C: c}\n"
    )
    alone = said(text)["answer"]
    asked = ut.comparison({"A": ut.read(text)}).what_if(b=20)
    beside = Parts(ut.compare(asked, trials=4096))["answer"]
    for lines in (alone, beside):
        assert "The choice is between going ahead with “A” and doing nothing." in lines
        assert "! By mean net present value: go ahead." in lines
        assert "What moves net present value most is “b”, then “c”." in lines
    leads = [line for line in alone.splitlines() if line.startswith(("! ", "* "))]
    assert [line for line in beside.splitlines() if line.startswith(("! ", "* "))] == leads
    assert re.search(r"(?m)^A if b = 20 \| .*−4[45]", beside)
    assert "A what-if is a state of the world, not a choice" in beside
