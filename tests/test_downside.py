"""Events against their closed forms, and what the worst trials have in common."""

import pytest
from comparing import is_near
from printing import result_of
from scipy.stats import norm

import utfall as ut
from simulator.analysis.downside import event_effects, in_worst, worst_shares, worst_trials

EVENT = """\
years: 1
discount_rate: 0 %
inputs:
  gain: normal(100, 30)
  loss: event(20 %, uniform(80, 120))
benefits: {Gain: gain}
costs: {Loss: loss}
"""


def test_an_event_splits_the_trials_as_it_should():
    """Mean and chance of a loss, with and without the event, in closed form."""
    [effect] = event_effects(result_of(EVENT, trials=65_536))
    assert effect.probability == 0.2
    assert effect.trials == pytest.approx(0.2 * 65_536, abs=16)  # a point in each set
    assert effect.amount == pytest.approx(100.0, rel=1e-12)
    assert is_near(effect.mean, 0.0)
    assert is_near(effect.mean_without, 100.0)
    assert is_near(effect.loss, 0.5)
    assert is_near(effect.loss_without, norm.cdf(-100 / 30), 16 / 65_536)


def test_a_case_without_events_has_none():
    """Nor has one without money, or with no more than a number."""
    assert event_effects(result_of(EVENT.replace("event(20 %, uniform(80, 120))", "20"))) == ()
    quantity = result_of("inputs:\n  a: event(10 %, 5 to 6)\noutputs: [a]\n")
    assert event_effects(quantity) == ()
    assert worst_trials(quantity) == ()


def test_an_event_that_was_never_seen_has_no_mean():
    """With few trials it may not have happened; then nothing is said of its effect."""
    text = EVENT.replace("20 %", "0.0001 %")
    [effect] = event_effects(result_of(text, trials=1024))
    assert effect.trials == 0
    assert effect.mean.value is None
    assert effect.loss.value is None


def test_the_worst_trials_are_low_in_what_matters():
    """Of one uniform gain the median of the worst 5 % is its P2.5; an idle input stays put."""
    text = (
        "years: 1\ndiscount_rate: 0 %\ninputs:\n  gain: uniform(0, 100)\n  idle: uniform(0, 1)\n"
        "benefits: {B: gain + 0 * idle}\n"
    )
    result = result_of(text, trials=65_536)
    first, second = worst_trials(result)
    assert (first.name, second.name) == ("gain", "idle")
    assert is_near(first.median_worst, 2.5, 0.01)
    assert is_near(first.median, 50.0, 0.01)
    assert first.moved == pytest.approx(0.475, abs=0.001)
    assert second.moved < 4 * 0.5 / (0.05 * 65_536) ** 0.5
    assert in_worst(result).sum() == 3277


QUESTIONS = """\
years: 1
discount_rate: 0 %
inputs:
  used: chance(75 %)
  gone: event(10 %, 1)
  rare: event(2 %, uniform(40, 60))
  gain: uniform(0, 10)
  size: "discrete(1, 2, 3)"
benefits: {Gain: 100 * used + gain}
costs: {Gone: 200 * gone, Rare: rare + 0 * size}
"""


def test_a_yes_or_no_is_an_event_without_an_amount():
    """Chance and event of 1 alike: the value with and without, and no mean amount."""
    used, gone, rare = event_effects(result_of(QUESTIONS))
    assert [effect.name for effect in (used, gone, rare)] == ["used", "gone", "rare"]
    assert (used.probability, used.amount, gone.amount) == (0.75, None, None)
    assert rare.amount == pytest.approx(50.0)
    assert is_near(used.mean, 100 + 5 - 20 - 1)
    assert is_near(used.mean_without, 5 - 20 - 1)


def test_events_are_compared_by_how_often_they_happen():
    """The worst 5 % of the trials are among the tenth in which it is gone, a quarter unused."""
    result = result_of(QUESTIONS, trials=65_536)
    first, *others = worst_shares(result)
    found = {shift.name: shift for shift in (first, *others)}
    assert first.name == "gone"
    assert is_near(first.share, 0.1, 1e-3)
    assert first.share_worst.value == 1.0
    assert first.value is None
    assert found["used"].value == 1.0
    assert is_near(found["used"].share_worst, 0.5, 0.01)
    assert found["size"].moved < 0.05
    assert [shift.name for shift in worst_trials(result)] == ["gain"]
    assert worst_shares(result_of(EVENT.replace("event(20 %, uniform(80, 120))", "20"))) == ()


def test_a_share_that_is_none_is_refused():
    """It is told what to write."""
    with pytest.raises(ut.RunError, match=r"write 0\.05"):
        worst_trials(result_of(EVENT), share=5.0)
