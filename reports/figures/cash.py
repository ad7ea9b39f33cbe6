"""Money year by year: the band in which net cash lies, and how it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.figures.chart import Chart
from reports.figures.style import (
    BLUE,
    HEIGHT,
    INK,
    LIGHT_BLUE,
    ORANGE,
    SKY,
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
from reports.language import SPACE, say, say_in
from reports.notes import note
from reports.units import Unit, unit_in
from reports.words import shortened, value_scale, year_of
from simulator.result.outcome import Outcome

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.result import Result

Floats = npt.NDArray[np.float64]
STATS = ("p5", "p25", "p50", "mean", "p75", "p95")


def cash_flow_fan(result: Result) -> Chart:
    """Net cash by year, and cumulated: P5 to P95, P25 to P75, median and mean.

    Raises RunError for a case without money.
    """
    _ = result.npv  # tells that there is no money in the case
    unit = Unit(result.case.currency)
    net = result.yearly_cash
    running = np.cumsum(result.cash_by_year, axis=0)
    cumulated = tuple(
        Outcome(f"cumulated[{year}]", values, result.replicates, unit=result.case.currency)
        for year, values in enumerate(running)
    )
    frame = _frame({"net": net, "cumulated": cumulated}, first=0)
    own = unit.scale([*frame[list(STATS)].to_numpy().ravel()])
    scale = own.like(value_scale(result))
    heading = unit.heading(scale)
    factor = 10.0**-scale.power
    title = say("{case}: cash by year", case=shortened(note(result.case.name), 80))
    with house_style():
        figure = new_figure(HEIGHT + 0.5)
        above, below = figure.subplots(2, 1, sharex=True)
        for axes, kind in ((above, "net"), (below, "cumulated")):
            rows = frame[frame["cash"] == kind]
            _fan(axes, rows, factor)
            axes.axhline(0, color=INK, linewidth=1.0)
            count_in(axes.yaxis, scale)
            light_grid(axes)
            axes.set_ylabel(heading or say("Amount"))
        net_title = above.set_title(wrapped(say("Net cash of each year"), 88))
        below.set_title(
            wrapped(say("Cumulative cash: the money is back once it stays above 0"), 88)
        )
        below.set_xlabel(say("Year"))
        _years(below, result, 0, result.horizon)
        headline(figure, title)
        footnote(figure, _bands())
        legend_above(above, title=net_title)
    return Chart("cash", title, figure, frame, _alt(title, frame, result))


def quantity_fan(
    result: Result, name: str, title: str, label: str, quantity: Sequence[Outcome]
) -> Chart:
    """A yearly quantity: the band in which it lies in each year."""
    ends = [year.percentile(percent) for year in quantity for percent in (5, 95)]
    unit = unit_in(result.case, name, ends)
    first = year_of(quantity[0])
    frame = _frame({name: quantity}, first)
    scale = unit.scale([*frame[list(STATS)].to_numpy().ravel()])
    factor = 100.0 if unit.share else 10.0**-scale.power
    with house_style():
        figure = new_figure(3.6)
        axes = figure.subplots()
        _fan(axes, frame, factor)
        count_in(axes.yaxis, scale)
        light_grid(axes)
        axes.set_ylabel(axis_label(label, unit.heading(scale), unit, 44))
        axes.set_xlabel(say("Year"))
        _years(axes, result, first, first + len(quantity) - 1)
        headline(figure, title)
        footnote(figure, _bands())
        legend_above(axes)
    alt = say(
        "{title}, by year; in the last one a median of {amount}.",
        title=title,
        amount=unit.full(quantity[-1].percentile(50)),
    )
    return Chart(f"quantity_{name}", title, figure, frame, alt.replace(SPACE, " "))


def _fan(axes: Axes, rows: pd.DataFrame, factor: float) -> None:
    year = rows["year"].to_numpy(float)
    at = {stat: rows[stat].to_numpy(float) * factor for stat in STATS}
    for low, high, colour in ((5, 95, LIGHT_BLUE), (25, 75, SKY)):
        band = say("P{low} to P{high}", low=low, high=high)
        axes.fill_between(
            year, at[f"p{low}"], at[f"p{high}"], color=colour, linewidth=0, label=band
        )
    axes.plot(year, at["p50"], "o-", color=BLUE, linewidth=1.8, markersize=3.5,
              label=say("median (P50)"))  # fmt: skip
    axes.plot(year, at["mean"], "D--", color=INK, linewidth=1.0, markersize=3,
              label=say_in("a line of a picture", "mean"), markerfacecolor=ORANGE,
              markeredgecolor=INK, markeredgewidth=0.5)  # fmt: skip


def _bands() -> str:
    return say("9 trials in 10 lie within the wide band of a year, half within the narrow one.")


def _years(axes: Axes, result: Result, first: int, last: int) -> None:
    """Every year, or as many as there is room for, with the calendar year where it is known."""
    step = max(1, -(-(last - first + 1) // 16))
    shown = range(first, last + 1, step)
    start = result.case.start
    labels = [f"{year}\n{start + year}" if start is not None else str(year) for year in shown]
    axes.set_xticks(list(shown), labels)
    axes.set_xlim(first - 0.2, last + 0.2)


def _frame(series: dict[str, Sequence[Outcome]], first: int) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (kind, year, *(outcome.value(stat) for stat in STATS))
        for kind, outcomes in series.items()
        for year, outcome in enumerate(outcomes, start=first)
    ]
    return pd.DataFrame(rows, columns=["cash", "year", *STATS])


def _alt(title: str, frame: pd.DataFrame, result: Result) -> str:
    unit = Unit(result.case.currency)
    last = frame[frame["cash"] == "cumulated"].iloc[-1]
    low, median, high = (unit.full(float(last[stat])) for stat in ("p5", "p50", "p95"))
    if low == high:
        told = say(
            "{title}. After year {year} the cumulated cash is {median}.",
            title=title, year=int(last["year"]), median=median,
        )  # fmt: skip
        return told.replace(SPACE, " ")
    return say(
        "{title}. After year {year} the cumulated cash has a median of {median}; 9 trials in 10 "
        "lie between {low} and {high}.",
        title=title,
        year=int(last["year"]),
        median=median,
        low=low,
        high=high,
    ).replace(SPACE, " ")
