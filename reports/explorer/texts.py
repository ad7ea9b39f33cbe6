"""Every sentence of the panel, said in Python; the script fills the places that are left open."""

from __future__ import annotations

from reports.language import say
from reports.marks import marks, scale_name
from reports.numbers import UNDEFINED

POWERS = (3, 6, 9, 12)


def question_texts() -> dict[str, str]:
    """What the handles of an input ask."""
    return {
        "anything": say("“{input}” may be anything, as in the report."),
        "between": say("What if “{input}” is between {low} and {high}?"),
        "at_least": say("What if “{input}” is at least {low}?"),
        "at_most": say("What if “{input}” is at most {high}?"),
        "near": say("What if “{input}” is about {value}? Counted are trials from {low} to {high}."),
        "happens": say("What if “{input}” happens?"),
        "happens_not": say("What if “{input}” does not happen?"),
        "exactly": say("What if “{input}” is {value}?"),
        "low_handle": say("“{input}”: lowest value"),
        "high_handle": say("“{input}”: highest value"),
        "near_handle": say("“{input}”: the value to look near"),
        "no_low": say("no lower limit"),
        "no_high": say("no upper limit"),
    }


def answer_texts(single: bool) -> dict[str, str]:
    """What follows from them."""
    if single:
        whole = say("In all trials the chance of having paid back {within} is {before}.")
        then = say(
            "Then the chance of having paid back {within} is {now}; in all trials it is {before}."
        )
        whole_loss = say("In all trials the chance of a loss is {before}.")
        then_loss = say("Then the chance of a loss is {now}; in all trials it is {before}.")
    else:
        whole = say(
            "“{alternative}”: in all trials the chance of having paid back {within} is {before}."
        )
        then = say(
            "“{alternative}”: then the chance of having paid back {within} is {now}; in all trials "
            "it is {before}."
        )
        whole_loss = say("“{alternative}”: in all trials the chance of a loss is {before}.")
        then_loss = say(
            "“{alternative}”: then the chance of a loss is {now}; in all trials it is {before}."
        )
    return {
        "whole": whole,
        "then": then,
        "whole_loss": whole_loss,
        "then_loss": then_loss,
        "left": say("Trials left: {count} of {all}."),
        "few": say("That is too few to say anything: widen a range."),
        "none": say("No trial lies there: widen a range."),
        "tied": say("not told apart from the first"),
        "was": say("place {place} in all trials"),
    }


def number_texts() -> dict[str, object]:
    """How figures are written: the marks and words of `reports/numbers.py` in the language."""
    found = marks()
    return {
        "decimal": found.decimal,
        "group": found.group,
        "minus": found.minus,
        "scales": {str(power): scale_name(power) for power in POWERS},
        "undefined": UNDEFINED,
        "under": say("under {limit} %"),
        "over": say("over {limit} %"),
        "orLess": say("{error} or less"),
        "orMore": say("{error} or more"),
        "orUpTo": say("{error} or up to {end}"),
        "orDownTo": say("{error} or down to {end}"),
    }
