"""What is counted: years, currency, discounting, timing, tax, hurdle, and against what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.document import Block, Items, Section, Subject
from reports.language import say, say_many
from reports.numbers import exact, years
from reports.sections.prose import prose
from reports.sections.shown import called, chosen_cases, comparison_of
from reports.units import Unit
from reports.words import within_words
from simulator.language.tree import Number

if TYPE_CHECKING:
    from simulator.case.case import Case, Expression, Hurdle


def scope(subject: Subject) -> Section:
    """The case's own words, then the frame in which it is valued."""
    asked = comparison_of(subject)
    own_words = asked.scope if asked else ""
    blocks: list[Block] = list(prose(subject, lambda case: case.scope, own_words))
    cases = chosen_cases(subject)
    said = {name: (*frame(case), *_converted(subject, case)) for name, case in cases.items()}
    common = [text for text in next(iter(said.values())) if all(text in s for s in said.values())]
    common += _asked(subject)
    blocks.append(Items(tuple(common)))
    for name, sentences in said.items():
        own = tuple(text for text in sentences if text not in common)
        if own:
            blocks.append(Items(own, called(subject, name)))
    return Section("scope", say("What is counted"), tuple(blocks))


def _asked(subject: Subject) -> list[str]:
    """What is asked once, of all alternatives alike."""
    if subject.compared is None:
        return [say("The case holds no money: it reports quantities only.")]
    comparison = subject.compared.comparison
    hurdle: Hurdle | None = comparison.hurdle
    if subject.is_single:
        hurdle = subject.result.case.hurdle
    said = [
        say("It counts as paid back in time {within}.", within=within_words(hurdle))
        if hurdle is not None
        else say("No acceptable time of payback is given.")
    ]
    if comparison.currency:
        said.insert(0, say("All amounts are in {currency}.", currency=comparison.currency))
    said.append(
        say(
            "Everything is compared with doing nothing: an amount is what going ahead adds or "
            "takes away, and doing nothing counts as 0."
        )
    )
    if not subject.is_single:
        said.append(
            say(
                "All alternatives live through the same futures: what they share is drawn once, "
                "so that their difference is their own and not luck."
            )
        )
    return said


def _converted(subject: Subject, case: Case) -> Iterator[str]:
    """How the money of a case in another currency is turned into that of the comparison."""
    if subject.compared is None or case.currency not in subject.compared.comparison.rates:
        return
    rate = subject.compared.comparison.rates[case.currency]
    yield say(
        "Its case is written in {currency}, converted at {rate}.",
        currency=case.currency, rate=exact(rate),
    )  # fmt: skip


def frame(case: Case) -> Iterator[str]:
    """The years, the money, discounting and tax of a case, in sentences."""
    if not case.has_money:
        if case.years:
            yield _followed(case)
        return
    yield _followed(case)
    if case.start is not None:
        yield say("Year 0 is {year}.", year=str(case.start))
    if case.delay:
        yield say(
            "It begins {years} after year 0, and is followed until year {last}.",
            years=years(float(case.delay)), last=str(case.horizon),
        )  # fmt: skip
    if case.discount_rate is not None:
        yield _discounting(case, case.discount_rate)
    yield from _tax(case)


def _followed(case: Case) -> str:
    return say_many(
        "It is followed for {count} year, year 0 being the day of the investment.",
        "It is followed for {count} years, year 0 being the day of the investment.",
        case.years or 0,
    )


def _discounting(case: Case, rate: Expression) -> str:
    shown = typed(rate, case.numbers)
    if case.timing == "middle":
        return say(
            "Money that comes later counts for less: it is discounted at {rate} a year, as if that "
            "of each year came in its middle.",
            rate=shown,
        )
    return say(
        "Money that comes later counts for less: it is discounted at {rate} a year, as if that of "
        "each year came at its end.",
        rate=shown,
    )


def _tax(case: Case) -> Iterator[str]:
    if case.tax is None:
        yield say("No tax is counted.")
        return
    yield say(
        "Tax of {rate} is paid on profit after depreciation; the investment is written off in "
        "equal parts over {years}.",
        rate=typed(case.tax.rate, case.numbers), years=years(float(case.tax.depreciation_years)),
    )  # fmt: skip
    if case.tax.losses == "used":
        yield say("A loss lowers the tax of the company in the same year.")
    else:
        yield say("A loss is carried forward and lowers the tax of later profits.")


def typed(expression: Expression, numbers: str) -> str:
    """A number in the language of the report, anything else as it was typed."""
    tree = expression.tree
    if isinstance(tree, Number):
        return Unit(share=True).known(tree.value) if tree.unit == "%" else exact(tree.value)
    return expression.typed(numbers)
