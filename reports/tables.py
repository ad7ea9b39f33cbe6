"""The tables of a result as plain rows of text, ready for a terminal, a page or a sheet.

Every figure stands with how far it may be off; every table has one scale for its money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Share, Table
from reports.ends import error_of, open_shown
from reports.language import SPACE, say, say_many
from reports.numbers import (
    Scale,
    Shown,
    chance_shown,
    counted_years,
    number,
    percent,
    years_shown,
)
from reports.units import Unit
from reports.words import (
    EXPLAINED,
    OUTCOMES,
    SECTIONS,
    certain,
    chance_said,
    shortened,
    value_scale,
    within_years,
)

if TYPE_CHECKING:
    from simulator.result import Measured, Outcome, Result

PERCENTILES = ("p10", "p50", "p90")
HARDLY = 0.01  # undefined in more of the trials than this, an outcome has no figures to print


def reached(at: int) -> Column:
    """The column of a percentile, named so that it cannot be misread."""
    return Column(percentile_name(at), at_least_words(at))


def percentile_name(at: float) -> str:
    """Like P10."""
    # translators: short for the percentile that is not exceeded with that chance, P10
    return say("P{percent}", percent=number(at))


def at_least_words(at: int) -> str:
    """What a percentile means, in two short lines below its name."""
    # translators: \n begins a new line in a narrow column; the amount stands below
    return say("{chance} chance\nof at least", chance=percent((100 - at) / 100))


def mean() -> Column:
    """The column of the mean."""
    return Column(say("Mean"))


def statistics(known: bool = False) -> tuple[Column, ...]:
    """Mean, P10, P50 and P90; the value alone where nothing is uncertain."""
    if known:
        return (Column(say("Value")),)
    return (mean(), *(reached(int(name[1:])) for name in PERCENTILES))


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
        within = within_years(length)
        label = Cell(say("{within} (hurdle)", within=within) if asked else within)
        rows.append(Row((label, *_chances(result, found)), kind="marked" if asked else "plain"))
    last = _chances(result, [simple["never"], discounted["never"]])
    rows.append(Row((Cell(_never_within(result.horizon)), *last), kind="total"))
    columns = (
        Column(say("Paid back"), kind="text"),
        Column(say("Chance")),
        Column("", kind="picture"),
        # translators: above chances of payback, on discounted cash
        Column(say("Discounted")),
    )
    return Table(say("Chance of having paid back"), columns, tuple(rows), _payback_notes(result))


def _never_within(horizon: int) -> str:
    count, written = counted_years(float(horizon))
    return say_many(
        "never within {number} year", "never within {number} years", count, number=written
    )


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
            say(
                "In {share} of the trials no money is ever at risk: payback counts as 0 years.",
                share=share,
            )
        )
    without = result.payback.undefined_share
    if without:
        share = chance_shown(without).text
        notes.append(
            say(
                "In {share} of the trials nothing is paid; the chances are of the others.",
                share=share,
            )
        )
    return tuple(notes)


def value_table(result: Result) -> Table:
    """What the case is worth: every outcome with its mean, P10, P50 and P90."""
    currency = result.case.currency
    scale = value_scale(result)
    heading = scale.heading(currency)
    amount, percent = _amount(scale), _percent()
    known = certain(result)
    written: list[tuple[Outcome, Write]] = [
        (result.npv, amount),
        (result.irr, percent),
        (result.roi, percent),
        (result.roi_discounted, percent),
        (result.profitability_index, _plain),
        (result.payback, _years),
        (result.discounted_payback, _years),
        (result.peak_funding, amount),
    ]
    rows = []
    for outcome, write in written:
        below = heading if write == amount else "" if known else _of_trials(outcome)
        rows.append(_outcome_row(outcome, write, below, known=known))
    columns = (Column("", kind="text"), *statistics(known))
    notes = _certain_notes(result) if known else _value_notes(result, scale)
    return Table(say("What it is worth"), columns, tuple(rows), notes)


def _certain_notes(result: Result) -> tuple[str, ...]:
    """Why a case in which nothing is uncertain has no internal rate of return."""
    roots = result.roots[0]
    if roots == 1:
        return ()
    if roots:
        return (say("There are several internal rates of return, so none is shown."),)
    return (say("There is no internal rate of return."),)


def _value_notes(result: Result, scale: Scale) -> tuple[str, ...]:
    worst = result.npv.measured("worst5_mean")
    text, error = open_shown(worst, scale.shown)
    heading = scale.heading(result.case.currency)
    amount = str(Shown(f"{text}{SPACE}{heading}" if heading else text, error))
    ratios = (result.roi, result.roi_discounted, result.profitability_index)
    shown = any(o.mean is not None and o.undefined_share <= HARDLY for o in ratios)
    kinds = ("unique", "none", "several")
    shares = {kind: _share(result.tally.chance(kind)) for kind in kinds}
    if result.irr.undefined_share > HARDLY:
        rates = say(
            "There is one internal rate of return in {unique} of the trials, none in {none}, "
            "several in {several}; figures over those alone would mislead.",
            **shares,
        )
    else:
        rates = say(
            "There is one internal rate of return in {unique} of the trials, none in {none}, "
            "several in {several}; the figures are over the trials that have one.",
            **shares,
        )
    return (
        say(
            "In the worst 5 % of the trials net present value is on average {amount}.",
            amount=amount,
        ),
        rates,
        *((ratios_note(),) if shown else ()),
    )


def ratios_note() -> str:
    """Why a mean ROI may speak for a case whose mean net present value is below zero."""
    return say(
        "The mean of a ratio is not the ratio of the means: it may look good where money is lost "
        "on average. Go by net present value."
    )


def _of_trials(outcome: Outcome) -> str:
    """A word on the trials in which there is no such figure."""
    without = outcome.undefined_share
    if not without:
        return ""
    share = _share(outcome.undefined_chance())
    if without > HARDLY:
        return say("undefined in {share}: no figure", share=share)
    # translators: in such a share of the trials
    return say("undefined in {share}", share=share)


def _share(found: Measured) -> str:
    """In how many of the trials something is so, with its interval unless it is all or none."""
    value = found.value or 0.0
    if found.low is None or found.high is None or value in (0.0, 1.0):
        return chance_shown(value).text
    return str(chance_shown(value, max(value - found.low, found.high - value)))


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


def _outcome_row(outcome: Outcome, write: Write, unit: str, *, known: bool) -> Row:
    label, explained = Cell(say(OUTCOMES[outcome.name])), EXPLAINED.get(outcome.name)
    first = figure(outcome, "mean", write) if write != _years else Cell("–")
    below = ", ".join(part for part in (unit, say(explained) if explained else "") if part)
    figures = [figure(outcome, stat, write) for stat in PERCENTILES]
    if outcome.undefined_share > HARDLY:  # "90 % chance" is of all trials, not of some
        first, figures = Cell("–"), [Cell("–")] * len(PERCENTILES)
    if known:
        return Row((label, figures[1]), (below,) if below else ())
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


def lines_table(result: Result, like: Scale | None = None) -> Table:
    """Every line of money by its present value, signed as it enters net present value.

    It counts as `like`, the scale of the page. Means stop at the place that their sum supports.
    """
    known = certain(result)
    stats = ("p50",) if known else ("mean", "p10", "p90")
    found = [line.present_value for line in result.lines.values()]
    scale = scale_of([*found, result.npv], stats).like(like or value_scale(result))
    place = _place_of_mean(scale, result.npv)
    means = replace(scale, place=place, least=place)
    scales = {stat: means if stat == "mean" else scale for stat in stats}
    rows = []
    for section, title in SECTIONS.items():
        lines = [line for line in result.lines.values() if line.section == section]
        if not lines:
            continue
        rows.append(Row((Cell(say(title)),), kind="heading"))
        for line in lines:
            cells = [figure(line.present_value, stat, scales[stat].shown) for stat in stats]
            label = say(title) if section == "tax" else shortened(line.name)
            rows.append(Row((Cell(label), *cells)))
    total = [figure(result.npv, stat, scale.shown) for stat in stats]
    rows.append(Row((Cell(say("Net present value")), *total), kind="total"))
    heading = scale.heading(result.case.currency)
    told = statistics(known) if known else (mean(), reached(10), reached(90))
    columns = (Column(heading, kind="text"), *told)
    notes: tuple[str, ...] = ()
    if len(found) > 1 and not known:
        notes = (_adding_up(means, found, result.npv),)
    return Table(say("Where the value comes from: present values"), columns, tuple(rows), notes)


def _place_of_mean(scale: Scale, outcome: Outcome) -> int:
    """The last place that is shown of a mean."""
    mean = outcome.measured("mean")
    return scale.place if mean.value is None else scale.place_shown(mean.value, error_of(mean))


def _adding_up(scale: Scale, lines: Iterable[Outcome], total: Outcome) -> str:
    """What a reader who adds up the printed means will find."""

    def printed(outcome: Outcome) -> float:
        return round(outcome.mean or 0.0, -_place_of_mean(scale, outcome))

    if abs(sum(map(printed, lines)) - printed(total)) < 0.1 * 10.0**scale.least:
        return say("The means add up to net present value; percentiles do not.")
    return say("The means add up to net present value but for rounding; percentiles do not.")


def bar_of(share: float, width: int) -> str:
    """A share of `width` characters as a bar, to the eighth of a character.

    >>> bar_of(0.55, 10)
    '█████▌'
    """
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    if share > 0:
        eighths = max(eighths, 1)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
