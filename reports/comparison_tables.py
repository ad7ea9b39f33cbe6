"""The tables of a comparison as rows of text: one row an alternative, a few figures at a time."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reports.comparison_reading import Reading, short_names
from reports.document import Cell, Column, Kind, Row, Table
from reports.ends import error_of, open_shown
from reports.language import say, say_in
from reports.notes import note
from reports.numbers import chance_shown, never, years
from reports.tables import (
    at_least_words,
    figure,
    percentile_name,
    ratios_note,
    statistics,
)
from reports.units import Unit
from reports.verdict import value_of_knowing
from reports.words import chance_said, within_words
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.result import Measured, Outcome, Result

LABEL = 48
NARROW = 12  # characters of a line below a heading
WHO = Column("", kind="text")
_PERCENT = Unit(share=True)


def glance_table(reading: Reading, *, knowing: bool = True) -> Table:
    """The figures that a board asks for first; `knowing` adds what perfect information is worth."""
    compared, rows = reading.compared, []
    unranked = compared.ranking("payback").unranked
    for name, label in labelled(reading.order):
        npv = compared.results[name].npv
        cells = (
            Cell("–") if name == NOTHING else hurdle_cell(reading, name),
            figure(npv, "mean", reading.scale.shown),
            chance_cell(reading, npv.measured("chance_negative"), name),
            *_standing(reading, name),
        )
        below = note(unranked.get(name, "")) if name != NOTHING else ""
        rows.append(row_of(reading, name, label, cells, below))
    columns = (
        WHO,
        Column(say("Paid back"), _folded(within_words(compared.hurdle))),
        # translators: these headings have a word below each: value, mean; loss, chance; ...
        Column(say_in("column", "Value"), say_in("below a heading", "mean")),
        Column(say_in("column", "Loss"), say_in("below Loss", "chance")),
        Column(say_in("column", "The best"), say_in("below a heading", "chance")),
        Column(say_in("column", "Regret"), say_in("below a heading", "expected")),
    )
    notes = [
        say(
            "Value is net present value, a loss is one below zero. Regret is what the best "
            "alternative of a trial would have brought more; it ranks as the mean value does."
        )
    ]
    if knowing:
        notes.append(value_of_knowing(reading))
    if reading.has_equals:
        notes.append(
            say("Alternatives that are equal share the trials in which they are the best.")
        )
    unit, title = counted_in(reading), say("At a glance")
    if unit:
        title = say("At a glance, amounts in {unit}", unit=unit)
    return Table(title, columns, tuple(rows), tuple(notes))


def _standing(reading: Reading, name: str) -> tuple[Cell, Cell]:
    """How often an alternative is the best, and its regret; a what-if cannot be chosen."""
    compared = reading.compared
    if name not in compared.choices:
        return Cell("–"), Cell("–")
    return (
        chance_cell(reading, compared.chance_best[name]),
        amount_cell(reading, compared.regret[name]),
    )


def payback_tables(reading: Reading, discounted: bool, parts: int = 1) -> tuple[Table, ...]:
    """The chance of having paid back within each year and of never, in so many tables."""
    compared = reading.compared
    years_asked = {*map(float, range(1, compared.comparison.horizon + 1)), compared.hurdle.years}
    lengths: list[float | None] = [*sorted(years_asked), None]
    size = -(-len(lengths) // parts)
    tables = []
    for start in range(0, len(lengths), size):
        shown, last = lengths[start : start + size], start + size >= len(lengths)
        rows = []
        for name, label in labelled(reading.alternatives):
            result = compared.results[name]
            cells = [_paid(result, length, discounted) for length in shown]
            below = at_risk(result) if last and not discounted else ""
            rows.append(row_of(reading, name, label, cells, below))
        columns = (WHO, *(_within(length, reading, discounted) for length in shown))
        notes = _payback_notes(reading) if last and not discounted else ()
        title = _payback_title(discounted, bool(start))
        tables.append(Table(title, columns, tuple(rows), notes))
    return tuple(tables)


def _within(length: float | None, reading: Reading, discounted: bool) -> Column:
    if length is None:
        return Column(never())
    hurdle = reading.compared.hurdle
    asked = length == hurdle.years and discounted == hurdle.discounted
    given = reading.compared.comparison.hurdle is not None
    return Column(years(length), say("hurdle") if asked and given else "")


def _payback_title(discounted: bool, begun: bool) -> str:
    if discounted and begun:
        return say("Chance of having paid back on discounted cash, continued")
    if discounted:
        return say("Chance of having paid back on discounted cash")
    return (
        say("Chance of having paid back, continued") if begun else say("Chance of having paid back")
    )


def _paid(result: Result, length: float | None, discounted: bool) -> Cell:
    if length is None:
        return Cell.of(chance_said(result, result.never_chance(discounted)))
    return Cell.of(chance_said(result, result.payback_chance(length, discounted)))


def at_risk(result: Result) -> str:
    """A word on trials without an outlay, or without any money at all; "" where there is none."""
    share = result.no_outlay_share
    if not share:
        return ""
    if result.payback.undefined_share == 1:
        return say("nothing is paid or received, so there is nothing to pay back")
    error = None if share == 1 else error_of(result.tally.chance("no_outlay"))
    return say(
        "no outlay is at risk in {share} of the trials: there payback counts as 0 years",
        share=chance_shown(share, error),
    )


def _payback_notes(reading: Reading) -> tuple[str, ...]:
    horizons = {reading.compared.results[name].horizon for name in reading.alternatives}
    notes = []
    if len(horizons) > 1:
        notes.append(
            say("Never: within the years that each alternative is followed, which differ.")
        )
    cases = reading.compared.comparison.alternatives
    later = [name for name in reading.compared.choices if name in cases and cases[name].delay]
    if later:
        names = reading.listed(later)
        notes.append(say("Counted from year 0, also for what begins later: {names}.", names=names))
    return tuple(notes)


def value_table(reading: Reading) -> Table:
    """Net present value of every alternative."""
    stats: tuple[str, ...] = ("mean", "p10", "p50", "p90", "worst5_mean")
    stats = stats[:1] if reading.certain else stats
    rows = []
    for name, label in labelled(reading.order):
        npv = reading.compared.results[name].npv
        cells = [figure(npv, stat, reading.scale.shown) for stat in stats]
        rows.append(row_of(reading, name, label, cells))
    worst = Column(say("Worst 5 %"), say("of trials,\nmean"))
    told = statistics(known=True) if reading.certain else (*statistics(), worst)
    columns = (WHO, *told)
    unit, title = counted_in(reading), say("Net present value")
    if unit:
        title = say("Net present value, {unit}", unit=unit)
    return Table(title, columns, tuple(rows))


def funding_table(reading: Reading) -> Table:
    """The most money tied up, and what it earns."""
    rows = []
    for name, label in labelled(reading.alternatives):
        result = reading.compared.results[name]
        cells = (
            *(figure(result.peak_funding, stat, reading.scale.shown) for stat in ("mean", "p90")),
            *(percent_cell(outcome, "mean") for outcome in (result.roi, result.roi_discounted)),
        )
        rows.append(row_of(reading, name, label, cells, _undefined(result)))
    columns = (
        WHO,
        Column(say("Peak funding"), say_in("below a heading", "mean")),
        Column(percentile_name(90), at_least_words(90)),
        Column(say("ROI"), say("undiscounted,\nmean")),
        Column(say("ROI"), say("discounted,\nmean")),
    )
    notes = (
        say(
            "Peak funding is the most money tied up. ROI undiscounted is net gain / investment; "
            "discounted it is net gain / all costs, present values."
        ),
        *(() if reading.certain else (ratios_note(),)),
    )
    unit, title = counted_in(reading), say("Money tied up, and what it earns")
    if unit:
        title = say("Money tied up, and what it earns; amounts in {unit}", unit=unit)
    return Table(title, columns, tuple(rows), notes)


def _undefined(result: Result) -> str:
    share = max(result.roi.undefined_share, result.roi_discounted.undefined_share)
    if not share:
        return ""
    return say("ROI is undefined in {share} of the trials", share=chance_shown(share).text)


def irr_table(reading: Reading) -> Table:
    """The internal rate of return, over the trials that have exactly one."""
    rows = []
    for name, label in labelled(reading.alternatives):
        result = reading.compared.results[name]
        unique = result.tally.chance("unique")
        cells = [percent_cell(result.irr, stat) for stat in ("mean", "p10", "p50", "p90")]
        rows.append(row_of(reading, name, label, [chance_cell(reading, unique, name), *cells]))
    # translators: trials that have one internal rate of return only
    one = Column(say("Unique"), say("in so many\nof the trials"))
    # translators: of the trials that have one internal rate of return only
    names, these = (say("Mean"), *map(percentile_name, (10, 50, 90))), say("of these")
    columns = (WHO, one, *(Column(name, these) for name in names))
    title = say("Internal rate of return, over the trials that have exactly one")
    return Table(title, columns, tuple(rows))


def labelled(names: Iterable[str]) -> list[tuple[str, str]]:
    """Alternatives with what stands for them in a table."""
    return list(short_names(names, LABEL).items())


def row_of(reading: Reading, name: str, label: str, cells: Sequence[Cell], below: str = "") -> Row:
    """The row of an alternative; that of the first one is marked."""
    kind: Kind = "marked" if name == reading.own.first else "plain"
    return Row((Cell(label), *cells), (below,) if below else (), kind)


def hurdle_cell(reading: Reading, name: str) -> Cell:
    """The chance of having paid back within the hurdle."""
    compared = reading.compared
    return Cell.of(chance_said(compared.results[name], compared.hurdle_chance(name)))


def chance_cell(reading: Reading, figure: Measured, *names: str) -> Cell:
    """A chance that concerns the alternatives named, or all of them."""
    return Cell.of(reading.chance(figure, *names))


def amount_cell(reading: Reading, figure: Measured) -> Cell:
    """An amount on the scale of the page."""
    return Cell.of(open_shown(figure, reading.scale.shown))


def percent_cell(outcome: Outcome, stat: str) -> Cell:
    """A rate or a return."""
    return figure(outcome, stat, lambda value, error: _PERCENT.shown(_SCALE, value, error))


_SCALE = _PERCENT.scale(())


def counted_in(reading: Reading) -> str:
    """What the amounts of the page are counted in, "" for nothing in particular."""
    return reading.scale.heading(reading.currency)


def _folded(within: str) -> str:
    """Like "within / 3 years", for a narrow column."""
    return textwrap.fill(within, NARROW, break_long_words=False)
