"""What the figures of a case speak for: computed, never an opinion about how much risk is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.ends import error_of
from reports.language import say
from reports.numbers import money, years
from reports.odds import odds
from reports.words import (
    certain,
    chance_said,
    npv_said,
    payback_sentence,
    value_scale,
    within_words,
)
from simulator.case.case import Hurdle

if TYPE_CHECKING:
    from simulator.result import Measured, Result

FIRM = 0.99
"""A side is taken only where an interval of this level leaves out zero."""
LITTLE = 0.05
"""A mean below this part of mean peak funding is about break-even."""


def recommendation(result: Result) -> list[str]:
    """Which way the mean speaks, the chance of payback in time, and a caution."""
    return [mean_sentence(result), payback_in_time(result), *risk_sentences(result)]


def mean_sentence(result: Result) -> str:
    """Going ahead or not, by mean net present value, and whether the trials can tell.

    A mean that is small beside the money tied up speaks for neither, whichever side it lies on.
    """
    if certain(result):
        return _certain_sentence(result)
    mean, less = result.npv.measured("mean"), Turned(result)
    peak = result.peak_funding.measured("mean")
    side = told_side(result)
    if is_even(result):
        return say(
            "About break-even: mean net present value is {amount}, which is little beside the "
            "money tied up at most, {money} on average.",
            amount=less.measured(mean), money=less.measured(peak),
        )  # fmt: skip
    if not side:
        return say(
            "By mean net present value, going ahead and doing nothing cannot be told apart at this "
            "number of trials: the difference is {amount}.",
            amount=less.measured(mean),
        )
    if side > 0:
        return say(
            "By mean net present value: go ahead. On average over all trials it is worth {amount} "
            "more than doing nothing.",
            amount=less.measured(mean),
        )
    return say(
        "By mean net present value: do not go ahead. On average over all trials it is worth "
        "{amount} less than doing nothing.",
        amount=less.measured(mean, turned=True),
    )


def _certain_sentence(result: Result) -> str:
    """The same where there is one outcome only."""
    value, less = result.npv.mean or 0.0, Turned(result)
    if value == 0:
        return say("Nothing in it is uncertain: it is worth exactly as much as doing nothing.")
    if is_even(result):
        return say(
            "About break-even: nothing in it is uncertain, and net present value is {amount}, "
            "which is little beside the money tied up at most, {money}.",
            amount=less.amount(value), money=less.amount(result.peak_funding.mean or 0.0),
        )  # fmt: skip
    if value > 0:
        return say(
            "Go ahead: nothing in it is uncertain, and it is worth {amount} more than doing "
            "nothing.",
            amount=less.amount(value),
        )
    return say(
        "Do not go ahead: nothing in it is uncertain, and it is worth {amount} less than "
        "doing nothing.",
        amount=less.amount(-value),
    )


def told_side(result: Result) -> int:
    """Whether mean net present value lies above (1) or below zero (-1); 0 if it is not told."""
    mean = result.npv.measured("mean", FIRM)
    if mean.low is None or mean.high is None or mean.low <= 0 <= mean.high:
        return 0
    return 1 if mean.low > 0 else -1


def is_even(result: Result) -> bool:
    """Whether the mean is small beside the money tied up, whichever side of zero it lies on.

    Where it is not told from zero, the whole interval must be.
    """
    mean = result.npv.measured("mean")
    little = LITTLE * (result.peak_funding.mean or 0.0)
    ends = (mean.value,) if certain(result) or told_side(result) else (mean.low, mean.high)
    return all(end is not None and abs(end) < little for end in ends)


class Turned:
    """Writes amounts, a loss as a positive one where words say that it is less."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.write = npv_said(result)

    def measured(self, figure: Measured, *, turned: bool = False) -> str:
        """A figure with its error."""
        value = figure.value or 0.0
        return self.write(-value if turned else value, error_of(figure))

    def amount(self, value: float) -> str:
        """A figure that is certain."""
        return money(value, self.result.case.currency, among=value_scale(self.result))


def payback_in_time(result: Result) -> str:
    """The chance of payback within the hurdle in numbers and words."""
    hurdle = result.case.hurdle
    discounted = hurdle is not None and hurdle.discounted
    payback = result.discounted_payback if discounted else result.payback
    beyond = hurdle is not None and hurdle.years > result.horizon
    if certain(result) or payback.undefined_share == 1 or beyond:
        return payback_sentence(result)
    if result.never_chance().value == 1:
        return say(
            "It did not pay itself back within {years} in any of the trials.",
            years=years(float(result.horizon)),
        )
    length = hurdle.years if hurdle is not None else float(result.horizon)
    found = result.payback_chance(length, discounted)
    within = within_words(hurdle) if hurdle is not None else within_horizon(result)
    words = odds(found.value, error_of(found))
    chance = chance_said(result, found)
    if not words:
        return say(
            "The chance of having paid itself back {within} is {chance}.",
            within=within, chance=chance,
        )  # fmt: skip
    return say(
        "The chance of having paid itself back {within} is {chance}, {odds}.",
        within=within, chance=chance, odds=words,
    )  # fmt: skip


def nothing_at_risk(result: Result) -> str:
    """What "paid back" means in trials without an outlay, "" where every trial has one."""
    share = result.no_outlay_share
    if not share or result.payback.undefined_share == 1:
        return ""
    if share == 1:
        return say(
            "No outlay is at risk: cumulated cash is never below zero, and that counts as paid "
            "back at once."
        )
    shown = chance_said(result, result.tally.chance("no_outlay"))
    return say(
        "No outlay is at risk in {share} of the trials: there cumulated cash is never below zero, "
        "and that counts as paid back at once.",
        share=shown,
    )


def within_horizon(result: Result, *, discounted: bool = False) -> str:
    """Within the years that the case is followed, with a word on discounting."""
    if discounted:
        return within_words(Hurdle(float(result.horizon), discounted))
    return say("within {years}", years=years(float(result.horizon)))


def risk_sentences(result: Result) -> list[str]:
    """A caution where the chance of a loss speaks against the mean, and who decides."""
    if certain(result):
        return []
    gain, loss = result.npv.measured("chance_positive"), result.npv.measured("chance_negative")
    said, side = [], told_side(result)
    if side > 0 and _surely_more(loss, gain):
        said.append(
            say("It is more likely to lose than to gain: a few very good outcomes carry the mean.")
        )
    if side < 0 and _surely_more(gain, loss):
        said.append(
            say("It is more likely to gain than to lose: some very bad outcomes outweigh that.")
        )
    said.append(
        say(
            "How great a chance of payback is enough, and how great a loss can be borne, is for "
            "the reader to decide: nothing here assumes it."
        )
    )
    return said


def _surely_more(one: Measured, other: Measured) -> bool:
    """Whether the trials tell that one chance is greater; what is worth 0 counts for neither."""
    return one.low is not None and other.high is not None and one.low > other.high
