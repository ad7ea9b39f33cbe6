"""The register of assumptions: what is believed, by whom, from where, and what is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from distributions import Marginal, shape_heights
from distributions.bell import LogNormal, Normal
from distributions.bounded import Beta
from reports.dates import day
from reports.document import Block, Cell, Column, Paragraph, Row, Section, Shape, Subject, Table
from reports.estimates import in_words
from reports.inputs import kept_together
from reports.language import SPACE, capital, say, say_in
from reports.numbers import exact
from reports.sections.shown import called, own_cases
from reports.units import Unit, unit_of
from reports.words import shortened
from simulator.analysis.inputs import TRIALS, describe_inputs

if TYPE_CHECKING:
    from simulator.analysis.inputs import InputRow

LONG = 400
WIDTH = 24
DATE = 20  # characters; what is longer is a remark rather than a date


@dataclass(frozen=True)
class Assumption:
    """An input as it stands in one or several alternatives."""

    row: InputRow
    users: tuple[str, ...]


def register(subject: Subject) -> tuple[Assumption, ...]:
    """Every assumption once, with the alternatives that share it, in the order of the files."""
    found: dict[tuple[str, ...], tuple[InputRow, list[str]]] = {}
    separate: tuple[str, ...] = ()
    if subject.compared is not None:
        separate = subject.compared.comparison.separate
    for who, case in own_cases(subject).items():
        for row in describe_inputs(case):
            own = who if row.name in separate else ""
            key = (row.section, row.name, row.text, own)
            found.setdefault(key, (row, []))[1].append(who)
    return tuple(Assumption(row, tuple(users)) for row, users in found.values())


def assumptions(subject: Subject) -> Section | None:
    """Judgements with their shapes and owners, known numbers apart, and what has no source."""
    found = register(subject)
    if not found:
        return None
    judged = [each for each in found if not each.row.known]
    known = [each for each in found if each.row.known]
    blocks: list[Block] = [*without_owner(judged)]
    if judged:
        blocks.append(_judgements(subject, judged))
    if known:
        blocks.append(_known(subject, known))
    return Section("assumptions", say("What is assumed, and by whom"), tuple(blocks))


def without_owner(judged: Sequence[Assumption]) -> list[Block]:
    """How many estimates have no source or no owner; they are the weak ones."""
    blocks: list[Block] = []
    total = exact(float(len(judged)))
    sourceless = [each for each in judged if not each.row.source]
    ownerless = [each for each in judged if not each.row.owner]
    if sourceless:
        blocks.append(
            Paragraph(
                say(
                    "Estimates without a source: {number} of {total}. Nobody can check them.",
                    number=exact(float(len(sourceless))), total=total,
                ),
                "warning",
            )
        )  # fmt: skip
    if ownerless:
        blocks.append(
            Paragraph(
                say(
                    "Estimates without an owner: {number} of {total}. Nobody answers for them.",
                    number=exact(float(len(ownerless))), total=total,
                ),
                "warning",
            )
        )  # fmt: skip
    if judged and not blocks:
        blocks.append(
            Paragraph(say("Every estimate has a source and an owner: {total} in all.",
                          total=total))
        )  # fmt: skip
    return blocks


def _judgements(subject: Subject, judged: Sequence[Assumption]) -> Table:
    rows = [_judgement(subject, each) for each in judged]
    columns = (
        Column(say("Estimate"), kind="text"),
        Column(say("Shape"), kind="picture"),
        Column(say("P5")),
        Column(say("P50")),
        Column(say("P95")),
        Column(say("Unit"), kind="text"),
        Column(say("Owner, date"), kind="text"),
    )
    notes = [
        say(
            "P5 is a value that is not exceeded with a chance of 5 %, P50 with 50 %, P95 with "
            "95 %: with a chance of 90 % the truth lies between P5 and P95."
        )
    ]
    if not all(each.row.exact for each in judged):
        notes.append(
            say(
                "* depends on other estimates: its figures come from {trials} trials.",
                trials=exact(float(TRIALS)),
            )
        )
    return Table(say("What is believed"), columns, tuple(rows), tuple(notes))


def _judgement(subject: Subject, each: Assumption) -> Row:
    row = each.row
    unit = _unit(row)
    heights = shape_heights(row.marginal, WIDTH) if row.marginal is not None else ()
    mark = "" if row.exact else " *"
    cells = (
        Cell(f"{_name(row)}{mark}"),
        Cell(row.picture, drawing=Shape(heights) if heights else None),
        *(Cell(unit.text(value)) for value in (row.p5, row.p50, row.p95)),
        Cell(shortened(row.unit)),
        Cell(_owned(row)),
    )
    return Row(cells, tuple(_below(subject, each, unit)))


def _below(subject: Subject, each: Assumption, unit: Unit) -> list[str]:
    """The estimate in words, what was asked, where it comes from, what was noted."""
    row = each.row
    typed = kept_together(shortened(row.text, LONG))
    if row.exact and row.marginal is not None:
        words = believed(row.marginal, unit.text)
        said = [say("{words}; written as {text}.", text=typed, words=capital(words))]
    else:
        said = [say("Written as {text}.", text=typed)]
    if row.yearly:
        said.append(say("It is drawn anew each year."))
    if row.question:
        said.append(say("Question: {text}", text=shortened(row.question, LONG)))
    said.append(_source(row))
    if row.note:
        said.append(say("Note: {text}", text=shortened(row.note, LONG)))
    return [*said, *_users(subject, each)]


def believed(marginal: Marginal, write: Callable[[float], str]) -> str:
    """What is believed, in words for those who read no statistics.

    >>> from distributions import event, uniform
    >>> believed(event(0.25, uniform(5, 9)), "{:g}".format).split(", ")[1]
    'otherwise 0: uniform: anything from 5 to 9'
    """
    if not isinstance(marginal, (Normal, LogNormal, Beta)):
        return in_words(marginal, write, believed)
    p5, p95 = (float(marginal.ppf(u)) for u in (0.05, 0.95))
    noise = 1e-9 * (p95 - p5)  # what was written as 0 comes back as 4e-15
    low, high = (write(0.0 if abs(end) < noise else end) for end in (p5, p95))
    if isinstance(marginal, Normal):
        return say(
            "90 % sure that it lies between {low} and {high}, as likely too low as too high "
            "(normal)",
            low=low, high=high,
        )  # fmt: skip
    if isinstance(marginal, LogNormal):
        return say(
            "90 % sure that it lies between {low} and {high}, with the longer tail upwards "
            "(lognormal)",
            low=low, high=high,
        )  # fmt: skip
    return say(
        "90 % sure that it lies between {low} and {high}, and never outside {least} to {most} "
        "(beta)",
        low=low, high=high, least=write(float(marginal.low)), most=write(float(marginal.high)),
    )  # fmt: skip


def _source(row: InputRow) -> str:
    if not row.source:
        return say("Source: none is given.")
    return say("Source: {text}", text=shortened(row.source, LONG))


def _users(subject: Subject, each: Assumption) -> list[str]:
    if subject.is_single:
        return []
    names = [called(subject, name) for name in each.users]
    shown = ", ".join(names[:4])
    if len(names) > 4:
        return [
            say(
                "Used by: {names} and more, {number} in all",
                names=shown, number=exact(float(len(names))),
            )
        ]  # fmt: skip
    return [say("Used by: {names}", names=shown)]


def _known(subject: Subject, known: Sequence[Assumption]) -> Table:
    rows = []
    for each in known:
        row = each.row
        value = _unit(row).known(row.p50, row.text) if row.p50 is not None else row.text
        below = [_source(row)]
        if row.note:
            below.append(say("Note: {text}", text=shortened(row.note, LONG)))
        if "".join(row.text.split()) != "".join(value.split()):
            text = kept_together(shortened(row.text, LONG))
            below.insert(0, say("Written as {text}.", text=text))
        cells = (
            Cell(_name(row)), Cell(value), Cell(shortened(row.unit)), Cell(_owned(row)),
        )  # fmt: skip
        rows.append(Row(cells, (*below, *_users(subject, each))))
    columns = (
        Column(say("Known number"), kind="text"),
        Column(say("Value")),
        Column(say("Unit"), kind="text"),
        Column(say("Owner, date"), kind="text"),
    )
    return Table(say("What is taken as known"), columns, tuple(rows))


def _owned(row: InputRow) -> str:
    """Who answers for it, and since when; a date is not broken between two lines."""
    date = day(row.date)
    if len(date) <= DATE:
        date = date.replace(" ", SPACE)
    return ", ".join(filter(None, (shortened(row.owner), date))) or "–"


def _unit(row: InputRow) -> Unit:
    return unit_of(row.unit, row.text, (row.p5, row.p95))


def _name(row: InputRow) -> str:
    """The label, with where it stands if that is not among the inputs."""
    title = shortened(row.label or row.name)
    if row.section == "inputs":
        return title
    return say_in("an estimate that stands in a formula", "in “{name}”", name=title)
