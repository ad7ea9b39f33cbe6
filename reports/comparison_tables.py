"""The tables of a comparison as rows of text: one row an alternative, a few figures at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

from reports.numbers import SPACE, Scale, chance_shown, error_of, years
from reports.tables import MEAN, Cell, Column, Row, Table, figure, reached
from reports.units import Unit, unit_in
from reports.verdict import (
    Reading,
    about,
    dominance_kind,
    quoted,
    short_names,
    told_apart,
    value_of_knowing,
)
from reports.words import chance_said, is_certain, shortened, within_words
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.analysis.pairs import Condition, Pair
    from simulator.analysis.ranking import Place, Ranking
    from simulator.result import Measured, Outcome, Result

LABEL = 48
FEW = 6  # with so many alternatives, doing nothing among them, every pair is shown
BRIEFLY = 5  # places shown by the criteria that are not the comparison's own
DECISIVE = 3
WHO = Column("", kind="text")


def glance_table(reading: Reading) -> Table:
    """The figures a board asks for first, one of each kind."""
    compared, rows = reading.compared, []
    for name, label in labels(reading, reading.order):
        result = compared.results[name]
        paid = Cell("–")
        if name != NOTHING:
            paid = Cell.of(chance_said(result, compared.hurdle_chance(name)))
        cells = (
            paid,
            figure(result.npv, "mean", reading.scale.shown),
            _chance(reading, result.npv.measured("chance_negative"), name),
            _chance(reading, compared.chance_best[name]),
            _amount(reading, compared.regret[name]),
        )
        rows.append(_row(reading, name, label, cells))
    heading = reading.scale.heading(reading.currency)
    columns = (
        WHO,
        Column("Paid back", within_words(compared.hurdle).replace(" on ", "\non ")),
        Column("Value", f"mean,\n{heading}".rstrip(",\n")),
        Column("Loss", "chance"),
        Column("The best", "chance"),
        Column("Regret", f"expected,\n{heading}".rstrip(",\n")),
    )
    notes = (
        "Value is net present value, a loss one below zero; regret is what the best alternative of "
        "a trial would have brought more.",
        value_of_knowing(reading),
    )
    return Table("At a glance", columns, tuple(rows), notes)


def payback_tables(reading: Reading, discounted: bool, parts: int) -> tuple[Table, ...]:
    """The chance of having paid back within each year and of never, in so many tables."""
    compared = reading.compared
    hurdle, horizon = compared.hurdle, compared.comparison.horizon
    lengths: list[float | None] = sorted({*map(float, range(1, horizon + 1)), hurdle.years})
    lengths.append(None)
    named = labels(reading, reading.alternatives)
    size = -(-len(lengths) // parts)
    title = "Chance of having paid back" + " on discounted cash" * discounted
    tables = []
    for start in range(0, len(lengths), size):
        shown = lengths[start : start + size]
        rows = [
            _row(
                reading,
                name,
                label,
                [_paid(compared.results[name], length, discounted) for length in shown],
                _at_risk(compared.results[name]) if start == 0 and not discounted else "",
            )
            for name, label in named
        ]
        columns = [_within(length, reading, discounted) for length in shown]
        more = ", continued" if start else ""
        notes = () if start + size < len(lengths) else _payback_notes(reading)
        tables.append(Table(title + more, (WHO, *columns), tuple(rows), notes))
    return tuple(tables)


def _within(length: float | None, reading: Reading, discounted: bool) -> Column:
    if length is None:
        return Column("never")
    hurdle = reading.compared.hurdle
    asked = length == hurdle.years and discounted == hurdle.discounted
    given = reading.compared.comparison.hurdle is not None
    return Column(f"≤{SPACE}{years(length)}", "hurdle" if asked and given else "")


def _paid(result: Result, length: float | None, discounted: bool) -> Cell:
    if length is None:
        return Cell.of(chance_said(result, result.never_chance(discounted)))
    return Cell.of(chance_said(result, result.payback_chance(length, discounted)))


def _at_risk(result: Result) -> str:
    """A word on trials without an outlay, or without any money."""
    share = result.no_outlay_share or 0.0
    if not share:
        return ""
    free = result.npv.chance(result.no_outlay)
    shown = chance_shown(share, None if share == 1 else error_of(free))
    if result.payback.undefined_share == 1:
        return "nothing is paid, so there is nothing to pay back"
    return f"no outlay at risk in {shown} of the trials: there payback counts as 0 years"


def _payback_notes(reading: Reading) -> tuple[str, ...]:
    horizons = {result.horizon for result in _of(reading).values()}
    notes = ["Doing nothing has no payback."]
    if len(horizons) > 1:
        said = ", ".join(
            f"{label} {years(float(reading.compared.results[name].horizon))}"
            for name, label in labels(reading, reading.alternatives)[:8]
        )
        more = len(reading.alternatives) - 8
        said += f" and {more} others" if more > 0 else ""
        notes.append(f"Never means: within the years it is followed ({said}).")
    return tuple(notes)


def value_table(reading: Reading) -> Table:
    """Net present value of every alternative."""
    stats = ("mean", "p10", "p50", "p90", "worst5_mean")
    rows = [
        _row(reading, name, label, [figure(npv, stat, reading.scale.shown) for stat in stats])
        for name, label in labels(reading, reading.order)
        for npv in [reading.compared.results[name].npv]
    ]
    worst = Column(f"Worst 5{SPACE}%", "mean of them")
    columns = (WHO, MEAN, reached(10), reached(50), reached(90), worst)
    return Table(_titled("Net present value", reading), columns, tuple(rows))


def funding_table(reading: Reading) -> Table:
    """The most money tied up, and what it earns."""
    rows = []
    for name, label in labels(reading, reading.alternatives):
        result = reading.compared.results[name]
        cells = [
            *(figure(result.peak_funding, stat, reading.scale.shown) for stat in ("mean", "p90")),
            *(_percent(outcome, "mean") for outcome in (result.roi, result.roi_discounted)),
        ]
        rows.append(_row(reading, name, label, cells, _undefined(result)))
    heading = reading.scale.heading(reading.currency)
    columns = (
        WHO,
        Column("Tied up", f"mean,\n{heading}".rstrip(",\n")),
        Column("P90", f"10{SPACE}% chance\nof at least"),
        Column("ROI", "undiscounted,\nmean"),
        Column("ROI", "discounted,\nmean"),
    )
    notes = (
        "Tied up is the most money tied up at any time (peak funding). ROI undiscounted is net "
        "gain / investment; discounted, present value of net gain / present value of all costs.",
    )
    return Table("Money tied up, and what it earns", columns, tuple(rows), notes)


def _undefined(result: Result) -> str:
    shares = [result.roi.undefined_share, result.roi_discounted.undefined_share]
    if not any(shares):
        return ""
    return f"ROI is undefined in {chance_shown(max(shares)).text} of the trials: nothing is invested"


def irr_table(reading: Reading) -> Table:
    """The internal rate of return, over the trials that have exactly one."""
    rows = []
    for name, label in labels(reading, reading.alternatives):
        result = reading.compared.results[name]
        unique = result.npv.chance(result.roots == 1)
        cells = [_percent(result.irr, stat) for stat in ("mean", "p10", "p50", "p90")]
        rows.append(_row(reading, name, label, [_chance(reading, unique, name), *cells]))
    columns = (WHO, Column("There is one", "in so many\ntrials"), MEAN, *map(reached, (10, 50, 90)))
    return Table(
        "Internal rate of return, over the trials that have exactly one", columns, tuple(rows)
    )


def ranking_table(reading: Reading) -> Table:
    """The places by every criterion, and whether the trials tell an alternative from the first."""
    rows: list[Row] = []
    names = short_names(reading.order, LABEL)
    for criterion, ranking in reading.rankings.items():
        own = ranking is reading.own
        shown = ranking.places if own else ranking.places[:BRIEFLY]
        rows.append(Row((Cell(_by(reading, ranking, len(shown))),), kind="heading"))
        for number, place in enumerate(shown, start=1):
            label = Cell(f"{number}. {names[place.name]}")
            apart = Cell(told_apart(reading.compared, ranking, place))
            cells = (label, *_standing(reading, ranking, place), apart)
            left = _left_out(reading, ranking) if number == len(shown) else ()
            rows.append(Row(cells, left, kind="marked" if own and number == 1 else "plain"))
        if not shown:
            rows.append(Row((Cell("nobody"), Cell(), Cell(), Cell()), _left_out(reading, ranking)))
    columns = (
        WHO,
        Column("Figure"),
        Column("Behind", "the first"),
        Column("Told apart", "from the first", kind="text"),
    )
    trials = about(reading.compared.trials) if False else ""
    del trials
    return Table("Ranking", columns, tuple(rows), _ranking_notes(reading))


def _by(reading: Reading, ranking: Ranking, shown: int) -> str:
    criterion = ranking.criterion
    text = f"By {reading.brief(criterion)}"
    if criterion == "certainty_equivalent" and reading.compared.comparison.risk_tolerance:
        tolerance = Measured_amount(reading)
        text += f" at a risk tolerance of {tolerance}"
    if criterion != "payback":
        heading = reading.scale.heading(reading.currency)
        text += f", {heading}" if heading else ""
    if ranking is reading.own:
        text += " (the criterion of this comparison)"
    rest = len(ranking.places) - shown
    return text + (f"; {rest} more below these" if rest > 0 else "")


def Measured_amount(reading: Reading) -> str:
    return ""
