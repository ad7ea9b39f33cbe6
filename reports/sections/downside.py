"""When it goes badly: events, what moves together, and what the worst trials have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reports.dependence import dependence_table
from reports.document import Block, Cell, Column, Row, Section, Subject, Table
from reports.ends import error_of, open_shown
from reports.language import say
from reports.numbers import Scale, chance_shown, exact
from reports.sections.shown import PICTURED, detailed, headed, left_out, page_scale, title_of
from reports.units import unit_in
from reports.words import shortened
from simulator.analysis.downside import event_effects, in_worst, worst_shares, worst_trials

if TYPE_CHECKING:
    from reports.numbers import Shown
    from simulator.analysis.downside import EventEffect, ShareShift
    from simulator.result import Measured, Result

SHIFTS = 5
OFTENER = 0.05
"""A share in the worst trials that is nearer than this to the one over all tells nothing."""
NOTABLE = 0.1
"""An input whose median in the worst trials is nearer than this to P50 tells nothing."""


def downside(subject: Subject) -> Section | None:
    """Events, dependence, and the worst 5 % of the trials."""
    blocks: list[Block] = []
    for name, result in detailed(subject, PICTURED):
        tables = (
            events_table(result, page_scale(subject)),
            *_dependence(result),
            worst_table(result),
            shares_table(result),
        )
        blocks += [headed(subject, name, table) for table in tables if table is not None]
    if not blocks:
        return None
    title = say("When it goes badly: events, and what goes together")
    return Section("downside", title, (*blocks, *left_out(subject, PICTURED)))


def events_table(result: Result, like: Scale) -> Table | None:
    """What may happen or not, and what it does to net present value; None without events."""
    effects = event_effects(result)
    if not effects:
        return None
    scale = Scale.of(
        value for effect in effects for value in (effect.mean.value, effect.mean_without.value)
    )
    scale = scale.like(like)
    rows = [_event(result, effect, scale) for effect in effects]
    heading = scale.heading(result.case.currency)
    columns = (
        Column(say("Event"), kind="text"),
        Column(say("Chance")),
        Column(say("Trials"), say("in which\nit happens")),
        Column(say("Value"), say("mean, when\nit happens")),
        Column(say("Value"), say("mean, when\nit does not")),
        Column(say("Loss"), say("chance, when\nit happens")),
        Column(say("Loss"), say("chance, when\nit does not")),
    )
    note = say("Value is net present value; a loss is one below zero.")
    counted = say("Amounts in {unit}.", unit=heading) if heading else ""
    title = say("What may happen or not")
    return Table(title, columns, tuple(rows), tuple(text for text in (counted, note) if text))


def _event(result: Result, effect: EventEffect, scale: Scale) -> Row:
    below = []
    if effect.amount is not None:
        amount = unit_in(result.case, effect.name, (effect.amount,)).full(effect.amount)
        below = [say("Its mean amount where it happens: {amount}.", amount=amount)]
    return Row(
        (
            Cell(title_of(result.case, effect.name)),
            Cell.of(chance_shown(effect.probability)),
            Cell(exact(float(effect.trials))),
            Cell.of(_money(scale, effect.mean)),
            Cell.of(_money(scale, effect.mean_without)),
            Cell.of(chance_shown(effect.loss.value, error_of(effect.loss))),
            Cell.of(chance_shown(effect.loss_without.value, error_of(effect.loss_without))),
        ),
        tuple(below),
    )


def _money(scale: Scale, figure: Measured) -> Shown:
    return open_shown(figure, scale.shown)


def _dependence(result: Result) -> tuple[Table, ...]:
    return (dependence_table(result),) if result.dependence else ()


def worst_table(result: Result) -> Table | None:
    """The inputs that differ most from their usual in the worst trials; None where none does."""
    shifts = [shift for shift in worst_trials(result) if shift.moved >= NOTABLE][:SHIFTS]
    if not shifts:
        return None
    rows = []
    for shift in shifts:
        outcome = result.inputs[shift.name]
        unit = unit_in(result.case, shift.name, (outcome.percentile(5), outcome.percentile(95)))
        scale = unit.scale((shift.median.value, shift.median_worst.value))
        entry = result.case.inputs.get(shift.name)
        shown = (
            open_shown(figure, partial(unit.shown, scale))
            for figure in (shift.median, shift.median_worst)
        )
        rows.append(
            Row((
                Cell(title_of(result.case, shift.name)),
                *(Cell.of(each) for each in shown),
                Cell(unit.heading(scale) or shortened(entry.unit if entry else "")),
            ))
        )  # fmt: skip
    columns = (
        Column(say("Input"), kind="text"),
        Column(say("Median"), say("over all trials")),
        Column(say("Median"), say("in the worst")),
        Column(say("Unit"), kind="text"),
    )
    trials = exact(float(in_worst(result).sum()))
    note = say(
        "The worst are the {trials} trials with the lowest net present value, 5 % of all. An input "
        "that stands far from its usual there is what bad outcomes have in common.",
        trials=trials,
    )
    return Table(say("What the worst 5 % of the trials have in common"), columns, tuple(rows),
                 (note,))  # fmt: skip


def shares_table(result: Result) -> Table | None:
    """Events and answers that are more frequent in the worst trials, or less; None for none."""
    found = worst_shares(result)
    shifts = [shift for shift in found if shift.told and shift.moved >= OFTENER][:SHIFTS]
    if not shifts:
        return None
    rows = [
        Row((
            Cell(_happening(result, shift)),
            Cell.of(chance_shown(shift.share.value, error_of(shift.share))),
            Cell.of(chance_shown(shift.share_worst.value, error_of(shift.share_worst))),
        ))
        for shift in shifts
    ]  # fmt: skip
    columns = (
        Column(say("What happens"), kind="text"),
        Column(say("Share"), say("over all trials")),
        Column(say("Share"), say("in the worst")),
    )
    title = say("What happens more often, or less, in the worst 5 % of the trials")
    return Table(title, columns, tuple(rows))


def _happening(result: Result, shift: ShareShift) -> str:
    """What is counted: that it happens, that the answer is yes, or that it is a certain value."""
    name = title_of(result.case, shift.name)
    if shift.value is None:
        # translators: an event happens
        return say("{event}: happens", event=name)
    if set(np.unique(result.inputs[shift.name].values)) == {0.0, 1.0}:
        # translators: a question whose answer is yes
        return say("{question}: yes", question=name)
    value = unit_in(result.case, shift.name, (shift.value,)).full(shift.value)
    return say("{quantity}: {figure}", quantity=name, figure=value)
