"""One alternative minus another on the same futures: how much better, how much worse, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.comparison_reading import Reading, short_names
from reports.ends import error_of
from reports.figures.chart import Chart
from reports.figures.spread import (
    Spread,
    draw_bars,
    draw_curve,
    keep_off_zero,
    spread_frame,
    spread_notes,
)
from reports.figures.style import (
    INK,
    as_sentence,
    axis_label,
    count_in,
    footnote,
    headline,
    house_style,
    light_grid,
    new_figure,
    wrapped,
)
from reports.language import SPACE, capital, say
from reports.numbers import chance_shown
from reports.units import Unit
from reports.words import at_least, certain
from simulator.errors import RunError
from simulator.result.outcome import Outcome

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared
    from simulator.analysis.pairs import Pair


def difference(compared: Compared, a: str | None = None, b: str | None = None) -> Chart:
    """Net present value of `a` minus that of `b`: histogram and S-curve, zero marked.

    The first by the comparison's criterion and the runner-up where they are not given.
    Raises RunError for a name that is not compared.
    """
    reading = Reading(compared)
    first, second = _chosen(reading, a, b)
    pair = compared.pair(first, second)
    outcome = _difference(compared, first, second)
    unit = Unit(reading.currency)
    spread = Spread.of(outcome)
    scale = unit.scale([spread.low, spread.high]).like(reading.scale)
    factor = 10.0**-scale.power
    labels = short_names(reading.order, 50)
    one, other = labels[first], labels[second]
    title = say(
        "{first} minus {second}: net present value on the same futures", first=one, second=other
    )
    better = _who_is_better(reading, pair)
    with house_style():
        figure = new_figure()
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[1, 1.35])
        draw_bars(above, spread, factor, loss=True)
        draw_curve(below, outcome, spread, factor, unit, scale)
        for axes in (above, below):
            light_grid(axes)
            if spread.shown[0] <= 0 <= spread.shown[1]:
                axes.axvline(0, color=INK, linewidth=1.2)
        above.set_title(wrapped(better, 88))
        below.set_xlim(spread.shown[0] * factor, spread.shown[1] * factor)
        count_in(below.xaxis, scale)
        what = say("Difference in net present value")
        below.set_xlabel(axis_label(what, unit.heading(scale), unit))
        headline(figure, title)
        equal = [say("The two are equal in every trial.")]
        footnote(figure, *(equal if pair.equal else spread_notes(outcome, spread, unit, scale)))
        if spread.shown[0] <= 0 <= spread.shown[1]:
            keep_off_zero(below)
    told = [as_sentence(title), as_sentence(better)]
    if not pair.equal:
        # translators: {chances} reads "90 % chance of at least 1 SEK, 50 % chance of at least ..."
        told.append(say("Difference: {chances}.", chances=at_least(outcome, unit.full)))
    alt = " ".join(told).replace(SPACE, " ")
    return Chart("difference", title, figure, spread_frame(spread), alt)


def _chosen(reading: Reading, a: str | None, b: str | None) -> tuple[str, str]:
    names = reading.compared.names
    for name in (a, b):
        if name is not None and name not in names:
            known = ", ".join(names)
            raise RunError(f"`{name}` is not compared\n    the alternatives are {known}")
    ranked = [*reading.own.names, *reading.compared.choices]
    first = a if a is not None else next(name for name in ranked if name != b)
    second = b if b is not None else next(name for name in ranked if name != first)
    if first == second:
        raise RunError(f"`{first}` cannot be compared with itself\n    name two alternatives")
    return first, second


def _difference(compared: Compared, a: str, b: str) -> Outcome:
    row = {name: place for place, name in enumerate(compared.names)}
    values = compared.values[row[a]] - compared.values[row[b]]
    return Outcome("difference", values, compared.replicates, unit=compared.comparison.currency)


def _who_is_better(reading: Reading, pair: Pair) -> str:
    a, b = reading.quoted(pair.a), reading.quoted(pair.b)
    if pair.equal:
        return capital(say("{a} and {b} are equal in every trial", a=a, b=b))
    results = reading.compared.results
    known = all(certain(results[name]) for name in (pair.a, pair.b))
    figure = pair.chance_a_better
    better = chance_shown(figure.value, None if known else error_of(figure))
    return capital(
        say(
            "{alternative} is better (right of 0) in {chance} of the trials",
            alternative=a,
            chance=better,
        )
    )
