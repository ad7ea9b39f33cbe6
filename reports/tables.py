"""The tables of a result as plain rows of text, ready for a terminal, a page or a sheet.

Every figure stands with how far it may be off; every table has one scale for its money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.document import Cell, Column, Row, Share, Table
from reports.language import SPACE
from reports.numbers import (
    Scale,
    Shown,
    chance_shown,
    error_of,
    number,
    open_shown,
    years,
    years_shown,
)
from reports.units import Unit, unit_in
from reports.words import (
    EXPLAINED,
    OUTCOMES,
    SECTIONS,
    chance_said,
    shortened,
    value_scale,
    year_of,
)
from simulator.result.intervals import chance_interval

if TYPE_CHECKING:
    from simulator.result import Measured, Outcome, Result
    from simulator.result.result import RealisedDependence

PERCENTILES = ("p10", "p50", "p90")
HARDLY = 0.01  # undefined in more of the trials than this, an outcome has no figures to print


def reached(percent: int) -> Column:
    """The column of a percentile, named so that it cannot be misread."""
    return Column(f"P{percent}", f"{100 - percent}{SPACE}% chance\nof at least")


MEAN = Column("Mean")
STATISTICS = (MEAN, *(reached(int(name[1:])) for name in PERCENTILES))


def payback_table(result: Result) -> Table:
    """The chance of having paid back within each year, simple and discounted, and of never."""
    hurdle = result.case.hurdle
    simple, discounted = result.payback_chances(), result.payback_chances(discounted=True)
    lengths = sorted(
        {*map(float, range(1, result.horizon + 1)), *([hurdle.years] if hurdle else [])}
    )
    rows = []
    for length in lengths:
        found = [
            chances.get(f"{length:g}") or result.payback_chance(length, kind)
            for kind, chances in ((False, simple), (True, discounted))
        ]
        asked = hurdle is not None and length == hurdle.years
        label = Cell(f"within {years(length)}{' (hurdle)' if asked else ''}")
        rows.append(Row((label, *_chances(result, found)), kind="marked" if asked else "plain"))
    never = Cell(f"never within {years(float(result.horizon))}")
    last = _chances(result, [simple["never"], discounted["never"]])
    rows.append(Row((never, *last), kind="total"))
    columns = (
        Column("Paid back", kind="text"),
        Column("Chance"),
        Column("", kind="picture"),
        Column("Discounted"),
    )
    return Table("Chance of having paid back", columns, tuple(rows), _payback_notes(result))


def _chances(result: Result, found: Iterable[Measured]) -> tuple[Cell, ...]:
    simple, discounted = found
    cells = [Cell.of(chance_said(result, figure)) for figure in (simple, discounted)]
    paid = simple.value or 0.0
    return (cells[0], Cell(bar_of(paid, 20), drawing=Share(paid)), cells[1])


def _payback_notes(result: Result) -> tuple[str, ...]:
    notes = []
    if result.no_outlay_share:
        share = chance_shown(result.no_outlay_share).text
        notes.append(
            f"In {share} of the trials no money is ever at risk: payback counts as 0 years."
        )
    without = result.payback.undefined_share
    if without:
        share = chance_shown(without).text
        notes.append(f"In {share} of the trials nothing is paid; the chances are of the others.")
    return tuple(notes)


def value_table(result: Result) -> Table:
    """What the case is worth: every outcome with its mean, P10, P50 and P90."""
    currency = result.case.currency
    scale = value_scale(result)
    heading = scale.heading(currency)
    amount, percent = _amount(scale), _percent()
    rows = [
        _outcome_row(result.npv, amount, heading),
        _outcome_row(result.irr, percent, _of_trials(result.irr)),
        _outcome_row(result.roi, percent, _of_trials(result.roi)),
        _outcome_row(result.roi_discounted, percent, _of_trials(result.roi_discounted)),
        _outcome_row(result.profitability_index, _plain, _of_trials(result.profitability_index)),
        _outcome_row(result.payback, _years, _of_trials(result.payback), mean=False),
        _outcome_row(
            result.discounted_payback, _years, _of_trials(result.discounted_payback), mean=False
        ),
        _outcome_row(result.peak_funding, amount, heading),
    ]
    columns = (Column("", kind="text"), *STATISTICS)
    return Table("What it is worth", columns, tuple(rows), _value_notes(result, scale))


def _value_notes(result: Result, scale: Scale) -> tuple[str, ...]:
    worst = result.npv.measured("worst5_mean")
    shown = scale.shown(worst.value, error_of(worst))
    heading = scale.heading(result.case.currency)
    unit = f"{SPACE}{heading}" if heading else ""
    counts = (("unique", 1), ("none", 0), ("several", 2))
    shares = {name: _share(result.npv, result.roots == count) for name, count in counts}
    figures = "the figures are over the trials that have one"
    if result.irr.undefined_share > HARDLY:
        figures = "figures over those alone would mislead"
    return (
        f"In the worst 5{SPACE}% of the trials net present value is on average "
        f"{shown.text}{unit}{f' ({shown.error})' if shown.error else ''}.",
        f"There is one internal rate of return in {shares['unique']} of the trials, none in "
        f"{shares['none']}, several in {shares['several']}; {figures}.",
    )


def _of_trials(outcome: Outcome) -> str:
    """A word on the trials in which there is no such figure."""
    without = outcome.undefined_share
    none = ": no figure" if without > HARDLY else ""
    return f"undefined in {_share(outcome, np.isnan(outcome.values))}{none}" if without else ""


def _share(outcome: Outcome, happened: npt.NDArray[np.bool_]) -> str:
    """In how many of the trials something is so, with its interval unless it is all or none."""
    ends = chance_interval(happened, outcome.replicates)
    value = float(happened.mean())
    if ends is None or value in (0.0, 1.0):
        return chance_shown(value).text
    return str(chance_shown(value, max(value - ends[0], ends[1] - value)))


Write = Callable[[float | None, float | None], Shown]


def _amount(scale: Scale) -> Write:
    return scale.shown


def _percent() -> Write:
    unit = Unit(share=True)
    return lambda value, error: unit.shown(Scale(), value, error)


def _plain(value: float | None, error: float | None) -> Shown:
    text, _, rest = number(value, error).partition(" (")
    return Shown(text, rest.removesuffix(")"))


def _years(value: float | None, error: float | None) -> Shown:
    return years_shown(value, error)


def _outcome_row(outcome: Outcome, write: Write, unit: str, mean: bool = True) -> Row:
    label = Cell(OUTCOMES[outcome.name])
    first = figure(outcome, "mean", write) if mean else Cell("–")
    below = ", ".join(part for part in (unit, EXPLAINED.get(outcome.name, "")) if part)
    figures = [figure(outcome, stat, write) for stat in PERCENTILES]
    if outcome.undefined_share > HARDLY:  # "90 % chance" is of all trials, not of some
        first, figures = Cell("–"), [Cell("–")] * len(PERCENTILES)
    return Row((label, first, *figures), (below,) if below else ())


def figure(outcome: Outcome, stat: str, write: Write) -> Cell:
    """A statistic of an outcome as a cell; a percentile that is infinite is "never"."""
    measured = outcome.measured(stat)
    if measured.value is None and stat.startswith("p") and outcome.undefined_share < 1:
        measured = replace(measured, value=inf)
    return Cell.of(open_shown(measured, write))


def scale_of(outcomes: Iterable[Outcome], stats: Iterable[str]) -> Scale:
    """One scale for all these figures."""
    names = tuple(stats)
    return Scale.of(outcome.value(stat) for outcome in outcomes for stat in names)


def lines_table(result: Result) -> Table:
    """Every line of money by its present value, signed as it enters net present value."""
    stats = ("mean", "p10", "p90")
    found = [line.present_value for line in result.lines.values()]
    scale = scale_of([*found, result.npv], stats)
    rows = []
    for section, title in SECTIONS.items():
        lines = [line for line in result.lines.values() if line.section == section]
        if not lines:
            continue
        rows.append(Row((Cell(title),), kind="heading"))
        for line in lines:
            cells = [figure(line.present_value, stat, scale.shown) for stat in stats]
            rows.append(Row((Cell(shortened(line.name)), *cells)))
    total = [figure(result.npv, stat, scale.shown) for stat in stats]
    rows.append(Row((Cell("Net present value"), *total), kind="total"))
    heading = scale.heading(result.case.currency)
    columns = (Column(heading, kind="text"), MEAN, reached(10), reached(90))
    notes = (
        ("The means add up to net present value; percentiles do not.",) if len(found) > 1 else ()
    )
    return Table("Where the value comes from: present values", columns, tuple(rows), notes)


def dependence_table(result: Result) -> Table:
    """Rank correlations asked for, and those that the draws have."""
    rows = []
    for pair in result.dependence:
        both = " and ".join(_told_apart([_title(result, name) for name in pair.between], pair))
        rows.append(Row((Cell(both), _correlation(pair.asked), _correlation(pair.realised))))
    columns = (Column("Rank correlation", kind="text"), Column("asked"), Column("realised"))
    return Table("What moves together", columns, tuple(rows))


def _told_apart(titles: Sequence[str], pair: RealisedDependence) -> list[str]:
    """Labels short enough for a line; where that makes them alike, the names used in formulas."""
    cut = [shortened(title, 34) for title in titles]
    return cut if len(set(cut)) == len(cut) else [shortened(name) for name in pair.between]


def _correlation(value: float) -> Cell:
    return Cell.of(Scale(0, -2).shown(value)) if value == value else Cell("–")


def _title(result: Result, name: str) -> str:
    entry = result.case.quantities.get(name)
    return entry.title if entry is not None else name


def quantity_tables(result: Result) -> tuple[Table, ...]:
    """The quantities asked for: one table of single figures, one for each yearly quantity."""
    single = {
        name: quantity
        for name, quantity in result.quantities.items()
        if not isinstance(quantity, tuple)
    }
    tables = [_single_quantities(result, single)] if single else []
    for name, quantity in result.quantities.items():
        if isinstance(quantity, tuple):
            tables.append(_yearly_quantity(result, name, quantity))
    return tuple(tables)


def _single_quantities(result: Result, single: Mapping[str, Outcome]) -> Table:
    rows, notes = [], []
    for name, outcome in single.items():
        unit = unit_in(result.case, name, (outcome.percentile(5), outcome.percentile(95)))
        scale = unit.scale(outcome.value(stat) for stat in ("mean", *PERCENTILES))
        rows.append(
            Row(
                (
                    Cell(shortened(_title(result, name))),
                    *(figure(outcome, stat, _in(unit, scale)) for stat in ("mean", *PERCENTILES)),
                ),
                (unit.heading(scale),) if unit.heading(scale) else (),
            )
        )
        below = outcome.measured("chance_negative")
        if below.value is not None and 0 < below.value < 1:
            shown = chance_shown(below.value, error_of(below))
            notes.append(f"The chance that {_title(result, name)} is below zero is {shown}.")
    columns = (Column("", kind="text"), *STATISTICS)
    return Table("What was asked for", columns, tuple(rows), tuple(notes))


def _yearly_quantity(result: Result, name: str, quantity: tuple[Outcome, ...]) -> Table:
    ends = [year.percentile(percent) for year in quantity for percent in (5, 95)]
    unit = unit_in(result.case, name, ends)
    stats = ("mean", *PERCENTILES)
    scale = unit.scale(year.value(stat) for year in quantity for stat in stats)
    first = year_of(quantity[0])
    rows = [
        Row((Cell(f"year {year}"), *(figure(o, stat, _in(unit, scale)) for stat in stats)))
        for year, o in enumerate(quantity, start=first)
    ]
    columns = (Column(unit.heading(scale), kind="text"), *STATISTICS)
    return Table(shortened(_title(result, name)), columns, tuple(rows))


def _in(unit: Unit, scale: Scale) -> Write:
    return lambda value, error: unit.shown(scale, value, error)


def bar_of(share: float, width: int) -> str:
    """A share of `width` characters as a bar, to the eighth of a character.

    >>> bar_of(0.55, 10)
    '█████▌'
    """
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    if share > 0:
        eighths = max(eighths, 1)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
