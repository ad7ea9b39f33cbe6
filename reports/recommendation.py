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

if TYPE_CHECKING:
    from simulator.result import Measured, Result

EVEN = 0.5


def recommendation(result: Result) -> list[str]:
    """Which way the mean speaks, the chance of payback in time, and a caution."""
    return [mean_sentence(result), payback_in_time(result), *risk_sentences(result)]


def mean_sentence(result: Result) -> str:
    """Going ahead or not, by mean net present value, and whether the trials can tell."""
    mean = result.npv.measured("mean")
    value = mean.value or 0.0
    less = Turned(result)
    if certain(result):
        if value == 0:
            return say("Nothing in it is uncertain: it is worth exactly as much as doing nothing.")
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
    if mean.low is None or mean.high is None or mean.low <= 0 <= mean.high:
        return say(
            "By mean net present value, going ahead and doing nothing cannot be told apart at this "
            "number of trials: the difference is {amount}.",
            amount=less.measured(mean),
        )
    if value > 0:
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
    if certain(result) or payback.undefined_share == 1:
        return payback_sentence(result)
    if result.never_chance(discounted).value == 1:
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


def within_horizon(result: Result) -> str:
    """Within the years that the case is followed."""
    return say("within {years}", years=years(float(result.horizon)))


def risk_sentences(result: Result) -> list[str]:
    """A caution where the chance of a loss speaks against the mean, and who decides."""
    if certain(result):
        return []
    loss, mean = result.npv.measured("chance_negative"), result.npv.measured("mean")
    said = []
    share = loss.value or 0.0
    if mean.low is not None and mean.low > 0 and share >= EVEN:
        said.append(
            say("It is more likely to lose than to gain: a few very good outcomes carry the mean.")
        )
    if mean.high is not None and mean.high < 0 and 0 < share < EVEN:
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
