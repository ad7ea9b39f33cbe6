"""The decision and the answer, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.comparison_reading import deciding
from reports.comparison_tables import glance_table
from reports.document import Block, Fact, Facts, Items, Paragraph, Section, Subject
from reports.ends import error_of
from reports.language import say
from reports.numbers import exact, years
from reports.odds import odds
from reports.recommendation import (
    is_even,
    nothing_at_risk,
    recommendation,
    told_side,
    within_horizon,
)
from reports.sections.prose import texts
from reports.sections.shown import amount, called, chosen_cases, comparison_of
from reports.switching import medians_sentence, steady_sentence, turning_sentences
from reports.verdict import criteria_sentences, first_sentence, nothing_sentence, what_if_sentence
from reports.words import (
    certain,
    chance_said,
    driver_sentences,
    quantity_answers,
    within_words,
)
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.result import Measured, Result

FEW = 1000
"""Fewer trials than these give a first impression, not figures to decide on."""


def answer(subject: Subject) -> Section:
    """What is asked, what the figures speak for, the few figures to know, what would turn it."""
    blocks: list[Block] = [*_rough(subject), *_asked(subject)]
    if subject.compared is None:
        blocks += [Paragraph(text, "lead") for text in quantity_answers(subject.result)]
    elif subject.choice is not None:
        blocks += _of_case(subject, subject.choice)
    else:
        blocks += _of_comparison(subject)
    return Section("answer", say("Decision and answer"), tuple(blocks))


def _rough(subject: Subject) -> Iterator[Block]:
    """A warning where so few trials were made that another run would tell something else."""
    trials = subject.result.trials
    if trials < FEW and any(result.inputs for result in subject.results.values()):
        text = say(
            "With {trials} trials only, these figures are rough. Make the run again with more "
            "before anything is decided on them.",
            trials=exact(float(trials)),
        )
        yield Paragraph(text, "warning")


def _asked(subject: Subject) -> Iterator[Block]:
    """The decision as it was typed, and whose it is where the alternatives do not share it."""
    asked = comparison_of(subject)
    if asked is not None and asked.decision:
        yield Paragraph(asked.decision, "prose")
        return
    for text, names in texts(subject, lambda case: case.decision).items():
        if len(names) < len(chosen_cases(subject)):
            whose = subject.reading.listed(names)
            yield Paragraph(say("Asked in the case of {names}:", names=whose))
        yield Paragraph(text, "prose")


def _of_case(subject: Subject, name: str) -> list[Block]:
    """One alternative against doing nothing, what-ifs of it beside it."""
    result = subject.results[name]
    first, *others = recommendation(result)
    choice = say("The choice is between going ahead with “{name}” and doing nothing.",
                 name=called(subject, name))  # fmt: skip
    blocks: list[Block] = [Paragraph(choice), Paragraph(first, "lead")]
    if others:
        blocks.append(Paragraph(others[0], "lead"))
    blocks += _figures(result)
    blocks += [Paragraph(text) for text in others[1:]]
    if not subject.is_single:
        blocks.append(glance_table(subject.reading, knowing=False))
        blocks += [Paragraph(text, "note") for text in what_if_sentence(subject.reading.compared)]
    blocks += _changes(subject)
    tornado = subject.tornados.get(name)
    if tornado is not None:
        blocks += [Paragraph(text) for text in driver_sentences(tornado, result)]
    return blocks


def _changes(subject: Subject) -> list[Block]:
    """What would turn the answer, or that nothing does by itself.

    An answer that takes no side has nothing to turn; one that holds on average but not at the
    medians is turned by no single input, as the others would stand at their medians.
    """
    other_way = medians_sentence(subject)
    told = [*turning_sentences(subject), steady_sentence(subject)]
    sentences = tuple(text for text in told if text)
    if (sentences or other_way) and not _takes_side(subject):
        neither = say(
            "Mean net present value speaks for neither side, so by it there is no answer that a "
            "single input could turn."
        )
        return [Paragraph(neither)]
    if other_way:
        said = say(
            "So no single input can be said to turn the answer, which holds on average and not at "
            "the medians."
        )
        return [Paragraph(f"{other_way} {said}")]
    title = say(
        "What would change the answer by net present value, one input at a time with the others at "
        "their medians"
    )
    return [Items(sentences, title)] if sentences else []


def _takes_side(subject: Subject) -> bool:
    """Whether mean value tells the first from doing nothing, or from the one that follows.

    Where these are worth the same at their medians, that is told instead.
    """
    if subject.choice is not None:
        result = subject.results[subject.choice]
        return bool(told_side(result)) and not is_even(result)
    if subject.thresholds is None or subject.thresholds.base_value == 0:
        return True
    return subject.reading.rankings["value"].places[1].told


def _of_comparison(subject: Subject) -> list[Block]:
    reading = subject.reading
    choices = [name for name in reading.order if name in reading.compared.choices]
    blocks: list[Block] = [
        Paragraph(say("The alternatives are {names}.", names=reading.listed(choices, most=6))),
        Paragraph(first_sentence(reading), "lead"),
    ]
    best, most_worth = deciding(reading.compared).first, reading.rankings["value"].first
    if reading.own.first != most_worth:  # by payback nobody may be ranked, or not the best
        blocks.append(Paragraph(first_sentence(reading, "value"), "lead"))
    blocks += [Paragraph(text, "lead") for text in criteria_sentences(reading)]
    blocks += _looked_at(subject)
    blocks.append(glance_table(reading, knowing=False))
    shown = best if best is not None and best != NOTHING else reading.subject
    blocks.append(Paragraph(say("The figures of {name}:", name=reading.quoted(shown)), "plain"))
    blocks += _figures(subject.results[shown])
    blocks.append(Paragraph(nothing_sentence(reading)))
    blocks += [Paragraph(text, "note") for text in what_if_sentence(reading.compared)]
    blocks.append(
        Paragraph(
            say(
                "How great a chance of payback is enough, and how great a loss can be borne, is "
                "for the reader to decide: nothing here assumes it."
            )
        )
    )
    return [*blocks, *_changes(subject)]


def _figures(result: Result) -> list[Block]:
    """The facts, and first what paid back means where there is nothing to pay back."""
    at_once = nothing_at_risk(result)
    return [*([Paragraph(at_once)] if at_once else []), Facts(facts(result))]


def _looked_at(subject: Subject) -> list[Block]:
    """A word where payback is asked for within more years than anybody has looked at."""
    compared = subject.reading.compared
    longest = max(float(result.horizon) for result in subject.results.values())
    if compared.hurdle.years <= longest:
        return []
    said = say(
        "No alternative is followed for more than {years}: what comes back later is not counted.",
        years=years(longest),
    )
    return [Paragraph(said)]


def facts(result: Result) -> tuple[Fact, ...]:
    """Payback, three percentiles, the worst, the money needed: each with words to read it by."""
    if certain(result):
        return _certain_facts(result)
    npv = result.npv
    return (
        *_payback_facts(result),
        _chance_fact(result, say("Ends in a loss"), npv.measured("chance_negative")),
        _money_fact(result, say("Net present value, P10"), npv.measured("p10"),
                    say("90 % chance of at least this")),
        _money_fact(result, say("Net present value, P50"), npv.measured("p50"),
                    say("50 % chance of at least this")),
        _money_fact(result, say("Net present value, P90"), npv.measured("p90"),
                    say("10 % chance of at least this")),
        _money_fact(result, say("Net present value, mean"), npv.measured("mean"),
                    say("on average over all trials")),
        _money_fact(result, say("Mean of the worst 5 %"), npv.measured("worst5_mean"),
                    say("net present value, and not the worst that can happen")),
        _money_fact(result, say("Money needed"), result.peak_funding.measured("p90"),
                    say("90 % chance that no more is ever tied up")),
    )  # fmt: skip


def _certain_facts(result: Result) -> tuple[Fact, ...]:
    npv, peak = result.npv.measured("p50"), result.peak_funding.measured("p50")
    return (
        *_payback_facts(result),
        _money_fact(result, say("Net present value"), _certainly(npv), say("certain")),
        _money_fact(result, say("Money needed"), _certainly(peak), say("certain")),
    )


def _certainly(figure: Measured) -> Measured:
    """A figure that is certain has no interval."""
    return replace(figure, low=None, high=None)


def _money_fact(result: Result, label: str, figure: Measured, below: str) -> Fact:
    shown = amount(result, figure)
    return Fact(label, shown.text, shown.error, below)


def _payback_facts(result: Result) -> tuple[Fact, ...]:
    hurdle = result.case.hurdle
    discounted = hurdle is not None and hurdle.discounted
    never = result.never_chance(discounted)
    found = []
    within = within_horizon(result, discounted=discounted)
    length = float(result.horizon)
    if hurdle is not None and hurdle.years <= length:  # what comes later nobody has looked at
        within, length = within_words(hurdle), hurdle.years
    chance = result.payback_chance(length, discounted)
    found.append(_chance_fact(result, say("Paid back {within}", within=within), chance))
    whole = within_horizon(result, discounted=discounted)
    label = say("Never paid back {within}", within=whole)
    found.append(_chance_fact(result, label, never))
    return tuple(found)


def _chance_fact(result: Result, label: str, figure: Measured) -> Fact:
    shown = chance_said(result, figure)
    error = None if certain(result) else error_of(figure)
    return Fact(label, shown.text, shown.error, odds(figure.value, error))
