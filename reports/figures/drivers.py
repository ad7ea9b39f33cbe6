"""The tornado: what the outcome becomes when one input moves, signed and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isinf
from typing import TYPE_CHECKING

import numpy as np

from reports.drivers import (
    centre_far_off,
    end_text,
    end_values,
    ends_named,
    left_out,
    nothing_moves,
    outcome_name,
    outcome_unit,
    scale_of_bars,
    widest,
    years_word,
)
from reports.figures.chart import Chart
from reports.figures.style import (
    BLUE,
    GREY,
    HATCH,
    INK,
    ORANGE,
    SMALL,
    as_sentence,
    axis_label,
    count_in,
    footnote,
    headline,
    house_style,
    legend_above,
    light_grid,
    new_figure,
    wrapped,
)
from reports.language import SPACE, capital, say
from reports.notes import note
from reports.numbers import Scale
from reports.units import Unit, unit_of
from reports.words import OUTCOMES, shortened

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.analysis.tornado import Bar, Tornado
    from simulator.case.case import Case
    from simulator.result import Outcome

LABEL = 30


def tornado_chart(
    tornado: Tornado,
    case: Case | None = None,
    over_all: Outcome | None = None,
    like: Scale | None = None,
) -> Chart:
    """Bars from what the outcome becomes at the low end of each input to that at the high end.

    With the case, inputs without a unit are written in percent where the file does. The twelve
    widest bars are drawn and the others counted; the frame holds all of them. `over_all` is the
    same outcome simulated: it tells where the centre of the bars is far off.
    Money counts as `like`, the scale of the page.
    """
    shown = widest(tornado)
    unit = outcome_unit(tornado, case)
    values = [value for bar in shown for value in (bar.low_value, bar.high_value)]
    known = [value for value in [*values, tornado.base_value] if isfinite(value)]
    scale = scale_of_bars(tornado, unit, known, like)
    heading = unit.heading(scale)
    factor = 100.0 if unit.share else 10.0**-scale.power
    outcome = outcome_name(tornado, case)
    title = say("What moves {outcome}", outcome=outcome)
    if case is not None:
        title = say(
            "{case}: what moves {outcome}", case=shortened(note(case.name), 80), outcome=outcome
        )
    labels = [wrapped(bar.label or bar.name, LABEL) for bar in shown]
    units = [_unit(bar, case) for bar in shown]
    full = any(unit and "\n" in label for label, unit in zip(labels, units, strict=True))
    with house_style():
        figure = new_figure(max(1.7 + (0.41 if full else 0.36) * len(shown), 2.4))
        axes = figure.subplots()
        ends = (min(known, default=0.0) * factor, max(known, default=0.0) * factor)
        span = ends[1] - ends[0] or abs(ends[0]) * 0.1 or 1.0
        for place, bar in enumerate(shown):
            _bar(axes, place, bar, tornado.base_value * factor, factor, ends, case)
        words = nothing_moves(tornado, case)
        if not shown:
            axes.text(0.5, 0.5, wrapped(words, 60, 6), transform=axes.transAxes, ha="center")
        axes.axvline(tornado.base_value * factor, color=INK, linewidth=1.2)
        axes.set_yticks(range(len(shown)), labels)
        axes.tick_params(axis="y", length=0, labelsize=SMALL)
        _units(axes, units)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(ends[0] - 0.16 * span, ends[1] + 0.16 * span)
        axes.spines["left"].set_visible(False)
        light_grid(axes, "x")
        count_in(axes.xaxis, scale)
        axes.set_xlabel(_axis_named(tornado, outcome, heading, unit))
        base = f"{end_text(unit, scale, tornado.base_value)}{SPACE if heading else ''}{heading}"
        headline(figure, title)
        footnote(
            figure,
            _how_read(tornado, base),
            *centre_far_off(tornado, unit, scale, over_all),
            *(told for told in left_out(tornado, unit, scale) if shown or told not in words),
        )
        _legend(axes)
    return Chart("tornado", title, figure, _frame(tornado), _alt(title, tornado, shown, case))


def _how_read(tornado: Tornado, base: str) -> str:
    """What the ends of a bar and the line are."""
    ends = ends_named(tornado)
    if tornado.base == "median":
        return say(
            "One input at a time {ends}, as written at the ends of its bar; the others at their "
            "medians, where it is {amount} (the line).",
            ends=ends,
            amount=base,
        )
    return say(
        "One input at a time {ends}, as written at the ends of its bar; the others at their means, "
        "where it is {amount} (the line).",
        ends=ends,
        amount=base,
    )


def _unit(bar: Bar, case: Case | None) -> str:
    """What the ends of a bar count in, unless they say it themselves by a percent sign."""
    entry = case.inputs.get(bar.name) if case is not None else None
    unit = unit_of(bar.unit, str(entry or ""), (bar.low_input, bar.high_input))
    return "" if unit.share else shortened(unit.name, LABEL + 4)


def _units(axes: Axes, units: Sequence[str]) -> None:
    """Units in grey below the names of the inputs, the two together in the middle of the row."""
    from matplotlib.transforms import ScaledTranslation

    figure = axes.get_figure(root=True)
    assert figure is not None
    for place, (label, unit) in enumerate(zip(axes.get_yticklabels(), units, strict=True)):
        if not unit:
            continue
        between = -0.6 * SMALL * label.get_text().count("\n")  # in points above the middle
        label.set_verticalalignment("bottom")
        label.set_transform(
            label.get_transform() + ScaledTranslation(0, between / 72, figure.dpi_scale_trans)
        )
        axes.annotate(
            unit, (0, place), (-4, between - 0.5), xycoords=axes.get_yaxis_transform(),
            textcoords="offset points", ha="right", va="top", fontsize=SMALL - 1, color=GREY,
        )  # fmt: skip


def _axis_named(tornado: Tornado, outcome: str, heading: str, unit: Unit) -> str:
    """The outcome as a label; that of payback says that it counts years."""
    if tornado.outcome not in OUTCOMES:
        return axis_label(capital(outcome), heading, unit)
    years = unit.name == years_word() and not unit.share
    return axis_label(say(OUTCOMES[tornado.outcome]), "" if years else heading, unit)


def _bar(
    axes: Axes, row: int, bar: Bar, base: float, factor: float, ends: tuple[float, float],
    case: Case | None,
) -> None:  # fmt: skip
    texts = end_values(bar, case)
    places = [float(np.clip(v * factor, *ends)) for v in (bar.low_value, bar.high_value)]
    both = sorted(zip(places, texts, (True, False), strict=True), key=lambda e: -abs(e[0] - base))
    for place, _, is_low in both:
        axes.barh(
            row,
            place - base,
            0.62,
            left=base,
            color="white" if is_low else BLUE,
            edgecolor=ORANGE if is_low else BLUE,
            hatch=HATCH if is_low else "",
            linewidth=0.8,
        )
    outside = ((min(*places, base), -3, "right"), (max(*places, base), 3, "left"))
    for (_, text), (place, offset, align) in zip(
        sorted(zip(places, texts, strict=True)), outside, strict=True
    ):
        axes.annotate(
            text, (place, row), (offset, 0), textcoords="offset points", ha=align,
            va="center", fontsize=SMALL - 1,
        )  # fmt: skip


def _legend(axes: Axes) -> None:
    from matplotlib.patches import Patch

    low = Patch(facecolor="white", edgecolor=ORANGE, hatch=HATCH, label=say("input at its low end"))
    high = Patch(facecolor=BLUE, edgecolor=BLUE, label=say("input at its high end"))
    legend_above(axes, [low, high])


def _frame(tornado: Tornado) -> pd.DataFrame:
    frame = tornado.to_frame()
    frame.insert(0, "label", [bar.label or bar.name for bar in tornado.rows])
    frame.insert(1, "unit", [bar.unit for bar in tornado.rows])
    frame["base_value"] = tornado.base_value
    return frame


def _alt(title: str, tornado: Tornado, shown: Sequence[Bar], case: Case | None) -> str:
    unit = outcome_unit(tornado, case)
    base = _in_words(unit, tornado.base_value)
    if tornado.base == "median":
        first = say("With all inputs at their medians it is {amount}.", amount=base)
    else:
        first = say("With all inputs at their means it is {amount}.", amount=base)
    told = [
        say(
            "{input} from {low} to {high}",
            input=shortened(bar.label or bar.name),
            low=_in_words(unit, bar.low_value),
            high=_in_words(unit, bar.high_value),
        )
        for bar in shown[:3]
    ]
    most = nothing_moves(tornado, case)
    if told:
        # translators: {inputs} is a list: "Adoption from 70 000 SEK to 1 190 000 SEK; ..."
        most = say("Most is moved by {inputs}.", inputs="; ".join(told))
    return f"{as_sentence(title)} {first} {most}".replace(SPACE, " ")


def _in_words(unit: Unit, value: float) -> str:
    """What the outcome becomes, in a sentence; payback may never come."""
    return end_text(unit, Scale(), value) if isinf(value) else unit.full(value)
