"""What it would be worth to know more before deciding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reports.document import Block, Paragraph, Section, Subject
from reports.language import say
from reports.numbers import money
from reports.sections.shown import amount
from reports.verdict import next_to_nothing, reaches_zero, value_of_knowing
from reports.words import certain, value_scale

Part = Callable[[Subject], Iterable[Block]]


def information(subject: Subject) -> Section | None:
    """What each part has to say, in order."""
    blocks = tuple(block for part in PARTS for block in part(subject))
    return Section("information", say("What is worth finding out"), blocks) if blocks else None


def knowing_everything(subject: Subject) -> Iterator[Block]:
    """The value of perfect information: no study can be worth more."""
    compared = subject.compared
    if compared is None or all(certain(result) for result in subject.results.values()):
        return
    if not subject.is_single:
        yield Paragraph(value_of_knowing(subject.reading))
    elif not compared.evpi.value:
        yield Paragraph(_nothing_to_learn(subject))
        return
    else:
        yield Paragraph(_at_most(subject))
    if compared.evpi.value:
        yield Paragraph(
            say(
                "That is an upper bound: it is what an oracle that knows every uncertain number "
                "would be worth. A survey, a pilot or a measurement tells less, and is worth less. "
                "What costs more than this is not worth finding out."
            )
        )


def _at_most(subject: Subject) -> str:
    compared, result = subject.compared, subject.result
    assert compared is not None, "information is only told of cases with money"
    if reaches_zero(compared.evpi):
        most = money(compared.evpi.high, result.case.currency, among=value_scale(result))
        return next_to_nothing(most)
    shown = amount(result, compared.evpi)
    if (result.npv.mean or 0.0) > 0:
        return say(
            "Knowing everything before deciding would be worth {amount} at most: so much, on "
            "average, would be saved by not going ahead where it ends in a loss.",
            amount=str(shown),
        )
    return say(
        "Knowing everything before deciding would be worth {amount} at most: so much, on average, "
        "would be gained by going ahead only where it ends in a gain.",
        amount=str(shown),
    )


def _nothing_to_learn(subject: Subject) -> str:
    if (subject.result.npv.mean or 0.0) > 0:
        return say(
            "Knowing more before deciding is worth nothing: in no trial would one rather have done "
            "nothing."
        )
    return say(
        "Knowing more before deciding is worth nothing: in no trial would one rather have gone "
        "ahead."
    )


PARTS: tuple[Part, ...] = (knowing_everything,)
"""What stands in the section, in order; a later analysis joins here."""
