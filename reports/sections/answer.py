"""The decision and the answer, on one page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.document import Block, Fact, Facts, Items, Paragraph, Section, Subject
from reports.language import say
from reports.numbers import error_of
from reports.odds import odds
from reports.recommendation import recommendation, within_horizon
from reports.sections.prose import prose
from reports.sections.shown import amount, comparison_of
from reports.switching import medians_sentence, steady_sentence, turning_sentences
from reports.verdict import criteria_sentences, first_sentence, nothing_sentence, what_if_sentence
from reports.words import (
    certain,
    chance_said,
    driver_sentences,
    quantity_answers,
    shortened,
    within_words,
)
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.result import Measured, Result


def answer(subject: Subject) -> Section:
    """What is asked, what the figures speak for, the few figures to know, what would turn it."""
    asked = comparison_of(subject)
    decision = asked.decision if asked else ""
    blocks: list[Block] = list(prose(subject, lambda case: case.decision, decision))
    if subject.compared is None:
        blocks += [Paragraph(text, "lead") for text in quantity_answers(subject.result)]
    elif subject.is_single:
        blocks += _of_case(subject)
    else:
        blocks += _of_comparison(subject)
    return Section("answer", say("Decision and answer"), tuple(blocks))


def _of_case(subject: Subject) -> list[Block]:
    result = subject.result
    first, *others = recommendation(result)
    choice = say("The choice is between going ahead with “{name}” and doing nothing.",
                 name=shortened(result.case.name))  # fmt: skip
    blocks: list[Block] = [Paragraph(choice), Paragraph(first, "lead")]
    if others:
        blocks.append(Paragraph(others[0], "lead"))
    blocks.append(Facts(facts(result)))
    blocks += [Paragraph(text) for text in others[1:]]
    changes = _turns(subject)
    tornado = next(iter(subject.tornados.values()), None)
    if tornado is not None:
        changes += driver_sentences(tornado, result)
    return [*blocks, *_medians(subject), *_changes(changes)]


def _turns(subject: Subject) -> list[str]:
    """What would turn the answer, or that nothing does by itself."""
    if subject.thresholds is None:
        return []
    said = (*turning_sentences(subject), steady_sentence(subject.thresholds))
    return [text for text in said if text]


def _medians(subject: Subject) -> list[Block]:
    """A word where the answer that would be turned is another one than that on average."""
    text = medians_sentence(subject)
    return [Paragraph(text)] if text else []


def _changes(sentences: list[str], title: str = "") -> list[Block]:
    alone = say(
        "What would change the answer, one input at a time with the others at their medians"
    )
    return [Items(tuple(sentences), title or alone)] if sentences else []


def _of_comparison(subject: Subject) -> list[Block]:
    reading = subject.reading
    choices = [name for name in reading.order if name in reading.compared.choices]
    blocks: list[Block] = [
        Paragraph(say("The alternatives are {names}.", names=reading.listed(choices, most=6))),
        Paragraph(first_sentence(reading), "lead"),
    ]
    best = reading.own.first
    if best is None:  # by payback nobody may be ranked: then the mean tells who is first
        best = reading.rankings["value"].first
        blocks.append(Paragraph(first_sentence(reading, "value"), "lead"))
    blocks += [Paragraph(text, "lead") for text in criteria_sentences(reading)]
    if best is not None and best != NOTHING:
        result = subject.results[best]
        blocks.append(Paragraph(say("The figures of {name}:", name=reading.quoted(best)), "plain"))
        blocks.append(Facts(facts(result)))
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
    by = say("What would change the answer, by net present value")
    return [*blocks, *_medians(subject), *_changes(_turns(subject), by)]


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
        _money_fact(result, say("Worst case"), npv.measured("worst5_mean"),
                    say("mean net present value of the worst 5 % of the trials")),
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
    if hurdle is not None:
        chance = result.payback_chance(hurdle.years, discounted)
        label = say("Paid back {within}", within=within_words(hurdle))
        found.append(_chance_fact(result, label, chance))
    else:
        chance = result.payback_chance(float(result.horizon))
        label = say("Paid back {within}", within=within_horizon(result))
        found.append(_chance_fact(result, label, chance))
    label = say("Never paid back {within}", within=within_horizon(result))
    found.append(_chance_fact(result, label, never))
    return tuple(found)


def _chance_fact(result: Result, label: str, figure: Measured) -> Fact:
    shown = chance_said(result, figure)
    error = None if certain(result) else error_of(figure)
    return Fact(label, shown.text, shown.error, odds(figure.value, error))
