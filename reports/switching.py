"""Switching values in words and as a table: how far an input must go to turn the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Subject, Table
from reports.ends import error_of
from reports.language import say
from reports.numbers import chance_shown
from reports.units import Unit, unit_of
from reports.words import shortened
from simulator.analysis.pairs import ROUNDING
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.analysis.thresholds import Threshold, Thresholds


def turning_sentences(subject: Subject, most: int = 2) -> list[str]:
    """The inputs that would turn the answer, the most likely first."""
    found = subject.thresholds
    if found is None:
        return []
    return [_sentence(subject, found, row) for row in found.rows[:most]]


def medians_sentence(subject: Subject) -> str:
    """A word where the medians speak for the other side than the answer does, else "".

    Then an input turns what holds at the medians, which is not the answer.
    """
    found = subject.thresholds
    if found is None:
        return ""
    if subject.choice is None:
        return _other_leader(subject)
    mean = subject.results[subject.choice].npv.mean or 0.0
    if mean * found.base_value >= 0:
        return ""
    if found.base_value > 0:
        return say(
            "Seen with every input at its median, net present value is above zero, though its mean "
            "is below."
        )
    return say(
        "Seen with every input at its median, net present value is below zero, though its mean is "
        "above."
    )


def _other_leader(subject: Subject) -> str:
    """Who is worth most at the medians where that is not the one worth most on average, else ""."""
    assert subject.compared is not None, "alternatives to choose between were compared"
    assert subject.rivals is not None, "thresholds of a comparison belong to two rivals"
    first, compared = subject.rivals[0], subject.compared
    worth: dict[str, float] = {NOTHING: 0.0}
    for name in compared.choices:
        if name in subject.tornados:
            worth[name] = subject.tornados[name].base_value * compared.comparison.factors[name]
    if first not in worth:
        return ""
    ahead = max(worth, key=lambda name: (worth[name], name == first))
    if worth[ahead] - worth[first] <= ROUNDING * abs(worth[ahead]):
        return ""
    if not compared.pair(first, ahead).mean_difference.value:
        return ""
    return say(
        "Seen with every input at its median it is the other way round than on average: {ahead} is "
        "worth more than {behind}.",
        ahead=subject.reading.quoted(ahead), behind=subject.reading.quoted(first),
    )  # fmt: skip


def steady_sentence(subject: Subject) -> str:
    """What to say where no input turns the answer by itself, "" where there is none to move.

    Nothing where the answer is not the one at the medians.
    """
    found = subject.thresholds
    if found is None or found.rows or not (found.steady or found.undefined):
        return ""
    if medians_sentence(subject):
        return ""
    if found.base_value == 0:
        return say(
            "With every input at its median the two are worth the same, so there is no answer to "
            "turn."
        )
    return say(
        "No input turns the answer by itself, however far it goes within its range, with the "
        "others at their medians."
    )


def _sentence(subject: Subject, found: Thresholds, row: Threshold) -> str:
    condition = _condition(subject, row)
    after = _after(subject, found)
    if row.chance is None:
        return say("{condition}: {outcome}.", condition=condition, outcome=after)
    return say(
        "{condition}: {outcome}. The chance of that is {chance}.",
        condition=condition, outcome=after, chance=_chance(row),
    )  # fmt: skip


def _chance(row: Threshold) -> str:
    assert row.chance is not None, "rows without a chance are said without it"
    return str(chance_shown(row.chance.value, error_of(row.chance)))


def _after(subject: Subject, found: Thresholds) -> str:
    """What is then so, as a phrase of its own."""
    if subject.rivals is not None and NOTHING not in subject.rivals:
        first, second = subject.rivals
        ahead, behind = (second, first) if found.base_value > 0 else (first, second)
        return say(
            "{ahead} is worth more than {behind}",
            ahead=subject.reading.quoted(ahead), behind=subject.reading.quoted(behind),
        )  # fmt: skip
    if subject.rivals is not None:
        who = next(name for name in subject.rivals if name != NOTHING)
        quoted = subject.reading.quoted(who)
        turned = found.base_value > 0
        if turned:
            return say("the net present value of {name} is below zero", name=quoted)
        return say("the net present value of {name} is above zero", name=quoted)
    if found.base_value > 0:
        return say("net present value is below zero")
    return say("net present value is above zero")


def _condition(subject: Subject, row: Threshold) -> str:
    """Like “Adoption” below 30 %."""
    name, unit = _name(row), _unit(subject, row)
    if _is_truth(row):
        if row.value:
            return say("“{name}” turning out true", name=name)
        return say("“{name}” turning out untrue", name=name)
    if row.side in ("between", "outside", "several"):
        ends = (min(row.crossings), max(row.crossings))
        low, high = (unit.full(value) for value in ends)
        if row.side == "several":
            # translators: an input, at several values between these the answer turns
            return say(
                "“{name}”, with several changes between {low} and {high}",
                name=name, low=low, high=high,
            )  # fmt: skip
        if row.side == "between":
            return say("“{name}” between {low} and {high}", name=name, low=low, high=high)
        return say("“{name}” below {low} or above {high}", name=name, low=low, high=high)
    value = unit.full(row.value)
    if row.side == "below":
        if row.leaps:
            return say("“{name}” at {value} or below", name=name, value=value)
        return say("“{name}” below {value}", name=name, value=value)
    if row.leaps:
        return say("“{name}” at {value} or above", name=name, value=value)
    return say("“{name}” above {value}", name=name, value=value)


def _is_truth(row: Threshold) -> bool:
    """Whether it is yes (1) or no (0), as `chance(75 %)` is: "below" would mislead."""
    return {row.value, row.median} == {0.0, 1.0} and row.side in ("below", "above")


def _name(row: Threshold) -> str:
    label = shortened(row.label or row.name)
    if row.of:
        return say("{input} of {name}", input=label, name=shortened(row.of))
    return label


def _unit(subject: Subject, row: Threshold) -> Unit:
    for result in subject.results.values():
        entry = result.case.inputs.get(row.name)
        if entry is not None:
            return unit_of(entry.unit, str(entry), (row.value, row.median))
    return Unit(row.unit)


def thresholds_table(subject: Subject, most: int = 12) -> Table | None:
    """Inputs that turn the answer, where, and how likely that is; None where there is none."""
    found = subject.thresholds
    if found is None or not found.rows:
        return None
    rows = []
    for row in found.rows[:most]:
        unit = _unit(subject, row)
        rows.append(
            Row((
                Cell(_name(row)),
                Cell(unit.text(row.median)),
                Cell(_where(row, unit)),
                Cell(_chance(row) if row.chance else "–"),
                Cell(shortened(row.unit)),
            ))
        )  # fmt: skip
    columns = (
        Column(say("Input"), kind="text"),
        Column(say("Median")),
        Column(say("Where the sign changes")),
        Column(say("Chance of that")),
        Column(say("Unit"), kind="text"),
    )
    notes = [
        say(
            "One input at a time, the others at their medians; looked for from P0.1 to P99.9 of "
            "each input. Several that move together turn the answer sooner."
        )
    ]
    if len(found.rows) > most:
        notes.append(say("The most likely ones are shown."))
    if found.steady:
        notes.append(say("The other inputs do not turn it by themselves."))
    if found.undefined:
        names = ", ".join(shortened(name, 40) for name in found.undefined[:6])
        notes.append(say("Without a value somewhere in their range: {names}.", names=names))
    return Table(_title(subject, found), columns, tuple(rows), tuple(notes))


def _title(subject: Subject, found: Thresholds) -> str:
    if subject.rivals is not None and NOTHING not in subject.rivals:
        first, second = (subject.reading.quoted(name) for name in subject.rivals)
        return say("Where {first} and {second} change places", first=first, second=second)
    if subject.rivals is not None:
        who = next(name for name in subject.rivals if name != NOTHING)
        name = subject.reading.quoted(who)
        return say("Where the net present value of {name} becomes zero", name=name)
    return say("Where net present value becomes zero")


def _where(row: Threshold, unit: Unit) -> str:
    values = [unit.text(value) for value in sorted(row.crossings)]
    if row.side == "between":
        return say("{low} to {high}", low=values[0], high=values[1])
    if row.side == "outside":
        return say("under {low}, over {high}", low=values[0], high=values[1])
    if row.side == "several":
        return say("several times between {low} and {high}", low=values[0], high=values[-1])
    if _is_truth(row):
        return say("at {value}", value=values[0])
    if row.side == "below":
        if row.leaps:
            return say("{value} or less", value=values[0])
        return say("under {value}", value=values[0])
    if row.leaps:
        return say("{value} or more", value=values[0])
    return say("over {value}", value=values[0])
