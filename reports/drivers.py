"""The tornado in text and numbers: which inputs move the outcome, signed and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isinf, isnan
from typing import TYPE_CHECKING

from reports.document import Cell, Column, Row, Table
from reports.language import SPACE, say, say_in, say_many
from reports.numbers import Scale, never
from reports.tables import percentile_name
from reports.units import Unit, unit_in, unit_of
from reports.words import INSIDE, shortened

if TYPE_CHECKING:
    from simulator.analysis.tornado import Bar, Tornado
    from simulator.case.case import Case
    from simulator.result import Outcome, Result

MOST, FEW = 12, 6
LOW, HIGH, BASE = "░", "█", "│"
_MONEY = frozenset({"npv", "peak_funding"})
_PERCENT = frozenset({"irr", "roi", "roi_discounted"})
_YEARS = frozenset({"payback", "discounted_payback"})


def tornado_table(
    tornado: Tornado,
    case: Case | None = None,
    width: int = 24,
    over_all: Outcome | None = None,
    like: Scale | None = None,
) -> Table:
    """Text bars of the inputs that move the outcome most, `width` characters at the widest.

    `over_all` is the same outcome simulated: it tells where the centre of the bars is far off.
    Money counts as `like`, the scale of the page.
    """
    unit = outcome_unit(tornado, case)
    shown = widest(tornado)
    values = [value for bar in shown for value in (bar.low_value, bar.high_value)]
    scale = scale_of_bars(tornado, unit, [*values, tornado.base_value], like)
    axis = Axis.of([*values, tornado.base_value], width)
    rows = []
    for bar in shown:
        rows.append(
            Row(
                (
                    Cell(shortened(bar.label or bar.name)),
                    Cell(axis.drawn(bar, tornado.base_value)),
                    Cell(end_text(unit, scale, bar.low_value)),
                    Cell(end_text(unit, scale, bar.high_value)),
                ),
                (shortened(moved(bar, case), 90),),
            )
        )
    base = end_text(unit, scale, tornado.base_value)
    heading = unit.heading(scale)
    notes = [_legend(tornado, f"{base}{SPACE if heading else ''}{heading}")]
    notes += centre_far_off(tornado, unit, scale, over_all)
    notes += left_out(tornado, unit, scale)
    columns = (
        Column(say("Input"), ends_named(tornado), kind="text"),
        Column("", kind="picture"),
        # translators: the outcome where the input is at the low end of its range
        Column(say("at low"), heading),
        Column(say("at high"), heading),
    )
    title = say(
        "What moves {outcome}: one input at a time, the others unchanged",
        outcome=outcome_name(tornado, case),
    )
    return Table(title, columns, tuple(rows), tuple(notes))


def scale_of_bars(
    tornado: Tornado, unit: Unit, values: Sequence[float], like: Scale | None
) -> Scale:
    """The scale of the bars, with one last place for all; money counts as the page does."""
    scale = unit.scale(values)
    if like is not None and tornado.outcome in _MONEY:
        scale = scale.like(like)
    return scale.even()


def _legend(tornado: Tornado, amount: str) -> str:
    """What the bars drawn in text mean."""
    marks = {"low": LOW, "high": HIGH, "centre": BASE}
    if tornado.base == "mean":
        return say(
            "{low} the input at its low end, {high} at its high end, {centre} all inputs at their "
            "means: {amount}.",
            amount=amount, **marks,
        )  # fmt: skip
    return say(
        "{low} the input at its low end, {high} at its high end, {centre} all inputs at their "
        "medians: {amount}.",
        amount=amount, **marks,
    )  # fmt: skip


def _others(tornado: Tornado) -> str:
    """Where the other inputs are."""
    if tornado.base == "mean":
        return say("with the others at their means")
    # translators: inputs; stands inside a sentence
    return say("with the others at their medians")


def outcome_name(tornado: Tornado, case: Case | None = None) -> str:
    """What the outcome is called inside a sentence."""
    if tornado.outcome in INSIDE:
        return say(INSIDE[tornado.outcome])
    entry = case.quantities.get(tornado.outcome) if case is not None else None
    return entry.title if entry is not None else tornado.outcome


def outcome_unit(tornado: Tornado, case: Case | None = None) -> Unit:
    """What the outcome is counted in."""
    name = tornado.outcome
    if name in INSIDE:
        unit = years_word() if name in _YEARS else tornado.unit
        return Unit(unit, name in _PERCENT)
    ends = [value for bar in tornado.rows for value in (bar.low_value, bar.high_value)]
    return unit_in(case, name, ends) if case is not None else Unit(tornado.unit)


def years_word() -> str:
    """What payback is counted in."""
    return say_in("unit", "years")


def ends_named(tornado: Tornado) -> str:
    """From where to where each input was moved."""
    if isnan(tornado.low):
        return say("from its low to its high value")
    # translators: percentiles of an input
    return say(
        "from its {low} to its {high}",
        low=percentile_name(tornado.low), high=percentile_name(tornado.high),
    )  # fmt: skip


def moved(bar: Bar, case: Case | None = None) -> str:
    """The two values given to an input, with its unit."""
    low, high = end_values(bar, case)
    return say("{low} to {high}", low=low, high=f"{high} {bar.unit}".rstrip())


def end_values(bar: Bar, case: Case | None = None) -> tuple[str, str]:
    """The two values given to an input, as text."""
    entry = case.inputs.get(bar.name) if case is not None else None
    unit = unit_of(bar.unit, str(entry or ""), (bar.low_input, bar.high_input))
    return unit.text(bar.low_input), unit.text(bar.high_input)


def end_text(unit: Unit, scale: Scale, value: float) -> str:
    """What the outcome became."""
    if isinf(value) and unit.name == years_word():
        return never()
    return unit.shown(scale, value).text


def widest(tornado: Tornado) -> tuple[Bar, ...]:
    """The bars worth drawing: at most twelve, and none without a width."""
    return tuple(bar for bar in tornado.rows if bar.swing and not isnan(bar.swing))[:MOST]


def nothing_moves(tornado: Tornado, case: Case | None = None) -> str:
    """What to say where there is no bar to draw."""
    if not tornado.rows:
        return say(
            "No input is uncertain, so none moves {outcome}.", outcome=outcome_name(tornado, case)
        )
    # translators: {ends} reads "from its P10 to its P90", {others} "with the others at their
    # medians".
    first = say(
        "No input by itself moves {outcome} {ends}, {others}.",
        outcome=outcome_name(tornado, case), ends=ends_named(tornado), others=_others(tornado),
    )  # fmt: skip
    return " ".join([first, *unmoved(tornado)])


def left_out(tornado: Tornado, unit: Unit, scale: Scale) -> list[str]:
    """What is not drawn, and why."""
    told = []
    smaller = [bar for bar in tornado.rows if bar.swing and not isnan(bar.swing)][MOST:]
    if smaller:
        largest = unit.shown(scale, max(abs(bar.swing) for bar in smaller)).text
        told.append(
            say_many(
                "And {count} smaller one, which moves it by {largest}.",
                "And {count} smaller ones, which move it by {largest} at most.",
                len(smaller), largest=largest,
            )
        )  # fmt: skip
    still = [bar for bar in tornado.rows if bar.swing == 0 and bar.low_input != bar.high_input]
    undefined = [
        bar for bar in tornado.rows if isnan(bar.swing) and bar.low_input != bar.high_input
    ]
    if still:
        told.append(
            say(
                "Without any effect, {others}: {inputs}.",
                others=_others(tornado), inputs=_named(still),
            )
        )  # fmt: skip
    told += unmoved(tornado)
    if undefined:
        # translators: inputs at an end of which the outcome has no value
        told.append(say("Undefined at an end: {inputs}.", inputs=_named(undefined)))
    return told


def unmoved(tornado: Tornado) -> list[str]:
    """Which inputs are the same at both ends, like an event that is too rare to be seen there."""
    same = [bar for bar in tornado.rows if bar.low_input == bar.high_input]
    if not same:
        return []
    if isnan(tornado.low):
        ends = say("its low and its high value")
    else:
        ends = say(
            "{one} and {other}",
            one=percentile_name(tornado.low), other=percentile_name(tornado.high),
        )  # fmt: skip
    return [
        # translators: inputs; {ends} reads "P10 and P90" or "its low and its high value"
        say_many(
            "The same at {ends}, so not shown, though it may matter: {inputs}.",
            "The same at {ends}, so not shown, though they may matter: {inputs}.",
            len(same), ends=ends, inputs=_named(same),
        )
    ]  # fmt: skip


def _named(found: Sequence[Bar]) -> str:
    """The first inputs, and how many there are beside."""
    names = [shortened(bar.label or bar.name, 40) for bar in found[:FEW]]
    rest = len(found) - FEW
    more = [say_many("{count} more", "{count} more", rest)] if rest > 0 else []
    return ", ".join([*names, *more])


def simulated(tornado: Tornado, result: Result) -> Outcome | None:
    """The outcome of a tornado over all trials; None where it was not kept."""
    kept = result.outcomes.get(tornado.outcome) or result.quantities.get(tornado.outcome)
    return None if isinstance(kept, tuple) else kept


def centre_far_off(
    tornado: Tornado, unit: Unit, scale: Scale, over_all: Outcome | None
) -> list[str]:
    """A sentence where the centre of the bars is not in the middle of the trials, P40 to P60."""
    if over_all is None or tornado.base != "median" or not isfinite(tornado.base_value):
        return []
    low, middle, high = (over_all.percentile(percent) for percent in (40, 50, 60))
    if low is None or middle is None or high is None or low <= tornado.base_value <= high:
        return []
    centre, median = (end_text(unit, scale, value) for value in (tornado.base_value, middle))
    if centre == median:
        return []
    heading = unit.heading(scale)
    return [
        say(
            "With every input at its median it is {centre}; over all trials the median is "
            "{median}, because lopsided ranges, events and inputs that multiply each other do not "
            "cancel out at their medians.",
            centre=centre, median=f"{median}{SPACE if heading else ''}{heading}",
        )
    ]  # fmt: skip


class Axis:
    """Where values stand on a line of `width` characters."""

    def __init__(self, low: float, high: float, width: int) -> None:
        self.low, self.high, self.width = low, high, width

    @classmethod
    def of(cls, values: Sequence[float], width: int) -> Axis:
        """From the lowest to the highest finite value."""
        known = [value for value in values if isfinite(value)] or [0.0]
        return cls(min(known), max(known), width)

    def place(self, value: float) -> int:
        """The character of a value; infinite ones stand at the edge."""
        if isinf(value):
            return self.width - 1 if value > 0 else 0
        span = self.high - self.low
        return round((value - self.low) / span * (self.width - 1)) if span else self.width // 2

    def drawn(self, bar: Bar, base: float) -> str:
        """The bar of an input about the base."""
        line = [" "] * self.width
        ends = [(bar.low_value, LOW), (bar.high_value, HIGH)]
        centre = self.place(base)
        ends = [(value, mark) for value, mark in ends if not isnan(value)]
        for value, mark in sorted(ends, key=lambda end: -abs(self.place(end[0]) - centre)):
            at = self.place(value)
            for place in range(min(at, centre), max(at, centre) + 1):
                line[place] = mark
        line[centre] = BASE
        return "".join(line)
