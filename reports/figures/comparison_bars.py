"""One bar an alternative: how often it is the best, and what choosing it would miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reports.comparison_reading import Reading, short_names
from reports.ends import error_of
from reports.figures.chart import Chart
from reports.figures.comparison_lines import name_of
from reports.figures.style import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    SMALL,
    as_sentence,
    axis_label,
    count_in,
    footnote,
    headline,
    house_style,
    light_grid,
    new_figure,
    percent_axis,
    wrapped,
)
from reports.language import SPACE, say, say_many
from reports.units import Unit
from reports.verdict import best_sentence, value_of_knowing
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.analysis.comparison import Compared
    from simulator.result import Measured

MOST, NAME = 12, 30


def best_shares(compared: Compared) -> Chart:
    """The share of the trials in which each alternative is the best; ties are shared."""
    reading = Reading(compared)
    chances = _sorted(compared.chance_best, reverse=True)
    names = list(chances)[:MOST]
    texts = [str(reading.chance(chances[name])) for name in names]
    notes = [best_sentence(reading)]
    if reading.has_equals:
        notes.append(
            say("Alternatives that are equal share the trials in which they are the best.")
        )
    rest = sum(figure.value or 0.0 for figure in list(chances.values())[MOST:])
    if len(chances) > MOST:
        share = reading.chance(_alone(rest)).text
        notes.append(
            say_many(
                "The other {count} shares {share} of the trials.",
                "The other {count} share {share} of the trials.",
                len(chances) - MOST,
                share=share,
            )
        )
    title = say("How often each is the best: {comparison}", comparison=name_of(compared))
    with house_style():
        figure = new_figure(_height(names))
        axes = figure.subplots()
        _bars(axes, names, chances, texts, 1.0)
        axes.set_xlim(
            0, max(figure.high or figure.value or 0.0 for figure in chances.values()) * 1.3
        )
        axes.set_xticks([tick for tick in axes.get_xticks() if tick <= 1])
        percent_axis(axes.xaxis)
        best = say("Share of the trials in which it has the highest net present value")
        axes.set_xlabel(wrapped(best, 66))
        headline(figure, title)
        footnote(figure, *notes)
    alt = f"{as_sentence(title)} {_listed(names, texts)}. {' '.join(notes)}"
    return Chart("best_shares", title, figure, _frame(chances, "chance"), alt.replace(SPACE, " "))


def regret(compared: Compared) -> Chart:
    """What the best alternative of each trial would have brought more, on average."""
    reading = Reading(compared)
    figures = _sorted(compared.regret)
    names = list(figures)[:MOST]
    scale, heading = reading.scale, reading.scale.heading(reading.currency)
    texts = [str(scale.shown(figures[name].value, error_of(figures[name]))) for name in names]
    notes = [value_of_knowing(reading)]
    if len(figures) > MOST:
        notes.append(
            say_many(
                "The other {count} has a higher expected regret.",
                "The other {count} have a higher expected regret.",
                len(figures) - MOST,
            )
        )
    title = say("Expected regret: {comparison}", comparison=name_of(compared))
    factor = 10.0**-scale.power
    with house_style():
        figure = new_figure(_height(names))
        axes = figure.subplots()
        _bars(axes, names, figures, texts, factor)
        longest = max((figures[name].high or figures[name].value or 0.0) for name in names)
        axes.set_xlim(0, longest * factor * 1.3 or 1.0)
        count_in(axes.xaxis, scale)
        missed = say("What the best of each trial brings more, mean")
        axes.set_xlabel(axis_label(missed, heading, Unit(reading.currency)))
        headline(figure, title)
        footnote(figure, *notes)
    means = _listed(names, texts)
    if heading:
        # translators: {means} is a list of alternatives, each with its figure.
        told = say("Mean, {unit}: {means}.", unit=heading, means=means)
    else:
        told = say("Mean: {means}.", means=means)
    alt = " ".join([as_sentence(title), told, *notes])
    return Chart("regret", title, figure, _frame(figures, "regret"), alt.replace(SPACE, " "))


def _sorted(figures: Mapping[str, Measured], *, reverse: bool = False) -> dict[str, Measured]:
    order = sorted(figures, key=lambda name: figures[name].value or 0.0, reverse=reverse)
    return {name: figures[name] for name in order}


def _height(names: Sequence[str]) -> float:
    return max(1.9 + 0.34 * len(names), 2.4)


def _bars(
    axes: Axes,
    names: Sequence[str],
    figures: Mapping[str, Measured],
    texts: Sequence[str],
    factor: float,
) -> None:
    values = np.array([figures[name].value or 0.0 for name in names]) * factor
    errors = np.array([error_of(figures[name]) or 0.0 for name in names]) * factor
    labels = short_names(names, 2 * NAME)
    axes.barh(
        range(len(names)),
        values,
        0.62,
        color=["white" if name == NOTHING else BLUE if not i else LIGHT_BLUE
               for i, name in enumerate(names)],
        edgecolor=[GREY if name == NOTHING else BLUE for name in names],
        linewidth=0.8,
        xerr=np.minimum([errors, errors], [values, errors]),
        error_kw={"ecolor": INK, "elinewidth": 0.9, "capsize": 1.5},
    )  # fmt: skip
    for row, (value, error, text) in enumerate(zip(values, errors, texts, strict=True)):
        axes.annotate(
            text, (value + error, row), (4, 0), textcoords="offset points", va="center",
            fontsize=SMALL, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
    axes.set_yticks(range(len(names)), [wrapped(labels[name], NAME) for name in names])
    axes.tick_params(axis="y", length=0, labelsize=SMALL)
    axes.set_ylim(len(names) - 0.4, -0.6)
    light_grid(axes, "x")


def _frame(figures: Mapping[str, Measured], what: str) -> pd.DataFrame:
    import pandas as pd

    rows = [(name, figure.value, figure.low, figure.high) for name, figure in figures.items()]
    return pd.DataFrame(rows, columns=["alternative", what, "low", "high"])


def _listed(names: Sequence[str], texts: Sequence[str], most: int = 5) -> str:
    labels = short_names(names, 60)
    both = list(zip(names, texts, strict=True))[:most]
    return ", ".join(f"{labels[name]} {text}" for name, text in both)


def _alone(value: float) -> Measured:
    from simulator.result import Measured

    return Measured(value, None, None)
