"""The shape of an outcome as it is drawn: bars, S-curve, notes, and the numbers behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.ends import open_shown
from reports.figures.style import (
    BLUE,
    GREY,
    HATCH,
    INK,
    LIGHT_BLUE,
    SMALL,
    VERMILLION,
    percent_axis,
    wrapped,
)
from reports.language import listed, say
from reports.numbers import Scale, chance
from reports.numbers import percent as percent_text
from reports.units import Unit
from reports.words import is_certain
from simulator.errors import RunError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.result import Outcome

Floats = npt.NDArray[np.float64]
MARKS = (10, 50, 90)
TAIL = 0.5  # percent left out of the picture at either end, and said
BINS = 50
ATOM = 0.01  # a value that so many of the trials share stands by itself: it has no width
SINGLES = 30  # so many different values, and no more, are drawn one by one
ROOM_FOR_ZERO = 0.5  # zero is brought into the picture if it widens it by this share at most


@dataclass(frozen=True)
class Spread:
    """What is drawn of an outcome. `curve` is the chance of at most each of its values."""

    low: float
    high: float
    edges: Floats  # of the bars; those of a single value are both the same
    shares: Floats
    values: Floats
    curve: Floats
    marks: dict[int, float]
    few: bool  # there are only single values
    below: float  # share of the trials left of the picture
    above: float

    @classmethod
    def of(cls, outcome: Outcome) -> Spread:
        """Bars and curve of the defined values, from P0.5 to P99.5.

        They are those of the trials; the marked percentiles are as sure as the outcome has them.
        """
        marks = {p: value for p in MARKS if (value := outcome.percentile(p)) is not None}
        outcome = outcome.plain
        defined = np.sort(outcome.values[np.isfinite(outcome.values)])
        if not defined.size:
            raise RunError(f"{outcome.name} is undefined in every trial: there is nothing to draw")
        ends = [outcome.percentile(percent) for percent in (TAIL, 100 - TAIL)]
        low, high = (float(end) if end is not None else float(defined[-1]) for end in ends)
        points, counts = np.unique(defined, return_counts=True)
        trials = outcome.trials * (1 - outcome.undefined_share)
        few = len(points) <= SINGLES
        single = np.full(len(points), few) | (counts >= ATOM * trials)
        edges, shares = np.column_stack([points[single]] * 2), counts[single] / trials
        if few:
            low, high = float(points[0]), float(points[-1])
            curve = np.cumsum(counts) / trials
            return cls(low, high, edges, shares, points, curve, marks, True, 0.0, 0.0)
        bounds = _bounds(low, high)
        counted, _ = np.histogram(np.repeat(points[~single], counts[~single]), bounds)
        percents = np.arange(TAIL, 100, TAIL)
        found = [outcome.percentile(float(percent)) for percent in percents]
        known = np.array([np.nan if value is None else value for value in found])
        finite = np.isfinite(known)
        return cls(
            low,
            high,
            np.concatenate([np.column_stack([bounds[:-1], bounds[1:]]), edges]),
            np.concatenate([counted / trials, shares]),
            known[finite],
            percents[finite] / 100,
            marks,
            False,
            outcome.chance_below(low),
            outcome.chance_above(high),
        )

    @property
    def shown(self) -> tuple[float, float]:
        """The ends of the picture: zero comes in where it is near."""
        low, high = self.low, self.high
        room = (high - low) * ROOM_FOR_ZERO
        if low - room <= 0 < low:
            low = 0.0
        if high < 0 <= high + room:
            high = 0.0
        margin = (high - low) * 0.03 or abs(low) * 0.1 or 1.0
        return low - margin, high + margin


def _bounds(low: float, high: float) -> Floats:
    """Edges of bars from `low` to `high`, one of them at zero: no bar is both loss and gain."""
    if not low < 0 < high:
        return np.linspace(low, high, BINS + 1)
    left = min(max(round(BINS * -low / (high - low)), 1), BINS - 1)
    return np.concatenate(
        [np.linspace(low, 0, left + 1)[:-1], np.linspace(0, high, BINS - left + 1)]
    )


def draw_bars(axes: Axes, spread: Spread, factor: float, loss: bool) -> None:
    """The histogram; with `loss` the part below zero is hatched."""
    ends = spread.edges * factor
    starts, widths = ends[:, 0], ends[:, 1] - ends[:, 0]
    single = widths == 0
    if single.any():
        span = (spread.shown[1] - spread.shown[0]) * factor
        gaps = np.diff(np.unique(starts[single]))
        width = min(span * 0.02, float(gaps.min()) * 0.8) if gaps.size else span * 0.02
        widths = np.where(single, width if spread.few else span * 0.006, widths)
        starts = np.where(single, starts - widths / 2, starts)
    lost = (spread.edges[:, 0] < 0) & loss
    for part, fill, edge, hatch in (
        (~lost & ~single, LIGHT_BLUE, BLUE, ""),
        (~lost & single, BLUE, BLUE, ""),
        (lost & ~single, "white", VERMILLION, HATCH),
        (lost & single, VERMILLION, VERMILLION, ""),
    ):
        axes.bar(
            starts[part],
            spread.shares[part],
            widths[part],
            align="edge",
            color=fill,
            edgecolor=edge,
            hatch=hatch,
            linewidth=0.6,
        )
    axes.set_ylim(0, float(spread.shares.max()) * 1.08)
    axes.set_ylabel(wrapped(say("Share of trials"), 18))
    axes.locator_params(axis="y", nbins=4)
    percent_axis(axes.yaxis)


def draw_curve(
    axes: Axes, outcome: Outcome, spread: Spread, factor: float, unit: Unit, scale: Scale
) -> None:
    """The S-curve, with P10, P50 and P90 marked in words."""
    values, curve = spread.values * factor, spread.curve
    if spread.few:
        ends = [end * factor for end in spread.shown]
        values = np.concatenate([ends[:1], values, ends[1:]])
        curve = np.concatenate([[0.0], curve, curve[-1:]])
        axes.step(values, curve, where="post", color=BLUE, linewidth=1.8)
    else:
        axes.plot(values, curve, color=BLUE, linewidth=1.8)
    left, right = (end * factor for end in spread.shown)
    for percent, value in spread.marks.items():
        at = value * factor
        axes.plot([at], [percent / 100], "o", color=INK, markersize=4.5, zorder=5)
        middle = (at - left) / (right - left) < 0.55
        measured = outcome.measured(f"p{percent}")
        text = open_shown(measured, partial(unit.shown, scale)).text
        axes.annotate(
            say(
                "P{percentile}: {chance} chance of at least {amount}",
                percentile=percent,
                chance=percent_text((100 - percent) / 100),
                amount=text,
            ),
            (at, percent / 100),
            (7 if middle else -7, -2 if middle else 2),
            textcoords="offset points",
            ha="left" if middle else "right",
            va="top" if middle else "bottom",
            fontsize=SMALL,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            zorder=2.2,  # above the lines, below the axis
        )
    axes.set_ylim(0, 1.06)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_ylabel(wrapped(say("Chance of at most this"), 26))
    percent_axis(axes.yaxis)


def keep_off_zero(axes: Axes) -> None:
    """Move the words beside the marks so that none covers the line at zero, if there is room.

    To the other side of their mark, or else beyond zero with a thin line to it. Call it when all is
    drawn, as the places of the words must be known.
    """
    from matplotlib.text import Annotation

    axes.figure.draw_without_rendering()  # type: ignore[union-attr]  # ours are no part of another
    point = axes.figure.dpi / 72
    zero = float(axes.transData.transform((0.0, 0.0))[0])
    room = axes.get_window_extent()
    for text in axes.texts:
        assert isinstance(text, Annotation)
        box, mark = text.get_window_extent(), float(axes.transData.transform(text.xy)[0])
        if not box.x0 - point < zero < box.x1 + point:
            continue
        gap = 7 * point
        beyond = (zero + gap, "left") if mark < zero else (zero - gap, "right")
        for start, side in ((mark + gap, "left"), (mark - gap, "right"), beyond):
            low = start if side == "left" else start - box.width
            high = low + box.width
            if room.x0 <= low and high <= room.x1 and not low - point < zero < high + point:
                text.set(ha=side, va="top" if side == "left" else "bottom")
                text.xyann = ((start - mark) / point, -2 if side == "left" else 2)
                if abs(start - mark) > 3 * gap:
                    height = float(axes.transData.transform(text.xy)[1])
                    middle = height + (box.height / 2 + 2 * point) * (-1 if side == "left" else 1)
                    end = start - (2 * point if side == "left" else -2 * point)
                    ends = axes.transData.inverted().transform([(mark, height), (end, middle)])
                    axes.plot(*ends.T, color=GREY, linewidth=0.6, zorder=2.1)
                break


def spread_notes(outcome: Outcome, spread: Spread, unit: Unit, scale: Scale) -> list[str]:
    """What a reader must know of a picture: what is not drawn, what is undefined."""
    notes = []
    if is_certain(outcome):
        notes.append(say("Every trial gives the same value."))
    atoms = spread.edges[:, 0] == spread.edges[:, 1]
    if atoms.any() and not spread.few:
        told = [
            say(
                "{amount} in {share} of the trials",
                amount=unit.text(float(edge)),
                share=chance(float(share)),
            )
            for edge, share in zip(spread.edges[atoms, 0], spread.shares[atoms], strict=True)
        ][:3]
        notes.append(say("A thin full bar is a single value: {values}.", values=", ".join(told)))
    outside = _outside(spread, unit, scale)
    if outside:
        # translators: {tails} is the next two sentence parts, or one of them.
        notes.append(say("Not drawn: {tails}. They count in every figure.", tails=listed(outside)))
    if spread.shown[0] > 0:
        notes.append(say("Zero lies outside the picture, to the left."))
    if spread.shown[1] < 0:
        notes.append(say("Zero lies outside the picture, to the right."))
    if outcome.undefined_share:
        notes.append(
            say("Undefined in {share} of the trials.", share=chance(outcome.undefined_share))
        )
    return notes


def _outside(spread: Spread, unit: Unit, scale: Scale) -> list[str]:
    """What lies left and right of the picture."""
    parts = []
    if spread.below > 0:
        end = unit.shown(scale, spread.low).text
        share = chance(spread.below)
        parts.append(say("{share} of the trials below {amount}", share=share, amount=end))
    if spread.above > 0:
        end = unit.shown(scale, spread.high).text
        share = chance(spread.above)
        parts.append(say("{share} of the trials above {amount}", share=share, amount=end))
    return parts


def spread_frame(spread: Spread) -> pd.DataFrame:
    """Bars, curve and marks: what stands from where to where, and its share or chance."""
    import pandas as pd

    bars = [
        ("bar", *edges, share) for edges, share in zip(spread.edges, spread.shares, strict=True)
    ]
    curve = [("curve", v, v, c) for v, c in zip(spread.values, spread.curve, strict=True)]
    marks = [(f"P{percent}", v, v, percent / 100) for percent, v in spread.marks.items()]
    columns = ["part", "from", "to", "share"]
    return pd.DataFrame([*bars, *curve, *marks], columns=columns)
