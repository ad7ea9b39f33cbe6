"""Lines of several alternatives: how they look, and where their names stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reports.comparison_reading import Reading, short_names
from reports.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    SMALL,
    VERMILLION,
    wrapped,
)
from reports.language import say_many
from reports.notes import note
from reports.words import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

    from simulator.analysis.comparison import Compared

Floats = npt.NDArray[np.float64]
GREEN, PURPLE = "#009E73", "#CC79A7"
FEW, TOP = 6, 4  # more than FEW alternatives: only the TOP ones are told apart
NAME, LINE = 24, 1.25  # characters of a name beside its line; height of a line of text
_LOOKS: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "-", "o"),
    (ORANGE, (0, (6, 1.5)), "s"),
    (GREEN, (0, (6, 1.5, 1, 1.5)), "^"),
    (VERMILLION, (0, (1.5, 1.2)), "D"),
    (PURPLE, (0, (8, 1.5, 1, 1.5, 1, 1.5)), "v"),
    (SKY, (0, (3, 1.5)), "P"),
)


@dataclass(frozen=True)
class Look:
    """How an alternative is drawn; one among many is a thin grey line without a name."""

    name: str
    label: str
    colour: str = PALE
    style: Any = "-"
    marker: str = ""

    @property
    def told(self) -> bool:
        """Whether it is named in the picture."""
        return bool(self.marker)

    @property
    def line(self) -> dict[str, Any]:
        """For a line of matplotlib."""
        if not self.told:
            return {"color": self.colour, "linewidth": 0.8, "zorder": 1.5}
        width = 2.2 if self.style == "-" else 1.8  # seen below a broken line upon it
        return {"color": self.colour, "linestyle": self.style, "linewidth": width, "zorder": 3}

    @property
    def marks(self) -> dict[str, Any]:
        """For the marks on that line."""
        return {
            "color": self.colour, "marker": self.marker, "linestyle": "none",
            "markersize": 6.5 if self.style == "-" else 4.5,
            "markeredgecolor": "white", "markeredgewidth": 0.5, "zorder": 4, "clip_on": False,
        }  # fmt: skip


def looks(reading: Reading, names: Sequence[str]) -> tuple[Look, ...]:
    """A look for each alternative, in their order of rank: the grey ones last."""
    labels = short_names(names, 2 * NAME)
    count = len(names) if len(names) <= FEW else TOP
    return tuple(
        Look(name, labels[name], *(_LOOKS[place] if place < count else ()))
        for place, name in enumerate(names)
    )


def name_of(compared: Compared) -> str:
    """What is compared, in the title of a picture."""
    return shortened(note(compared.comparison.name), 90)


def grey_note(found: Sequence[Look]) -> str:
    """What the grey lines are."""
    grey = sum(not look.told for look in found)
    if not grey:
        return ""
    # translators: grey lines of a picture, one for each alternative that is not named in it.
    return say_many(
        "Grey: {count} other, which ranks lower.", "Grey: {count} others, which rank lower.", grey
    )


def label_ends(
    figure: Figure, axes: Axes, ends: Sequence[tuple[Look, str, float]], at: float
) -> None:
    """Texts right of the drawing, each with its line, beside where that ends: none upon another."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):  # the texts move a little as room is made
        engine.set(rect=(0, 0, 0.985, 1))
    figure.draw_without_rendering()
    height = axes.get_window_extent().height / figure.dpi * 72
    low, high = axes.get_ylim()
    wanted = sorted(ends, key=lambda end: end[2])
    sizes = [(text.count("\n") + 1) * SMALL * LINE / height for _, text, _ in wanted]
    places = spread([(value - low) / (high - low) for _, _, value in wanted], sizes)
    beside = {"transform": axes.transAxes, "clip_on": False}
    for (look, text, value), place in zip(wanted, places, strict=True):
        axes.annotate(
            text, (at, value), (1.135, place), xycoords="data", textcoords="axes fraction",
            va="center", ha="left", fontsize=SMALL, linespacing=1.1, annotation_clip=False,
        )  # fmt: skip
        axes.annotate(
            "", (at, value), (1.03, place), xycoords="data", textcoords="axes fraction",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0,
                        "shrinkB": 3},
        )  # fmt: skip
        axes.plot([1.03, 1.12], [place, place], **{**look.line, **beside})
        axes.plot([1.075], [place], **{**look.marks, **beside})


def spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Places from 0 to 1 near those `wanted`, which rise, for pieces of these `sizes` not to meet.

    >>> [round(place, 2) for place in spread([0.5, 0.5], [0.2, 0.2])]
    [0.4, 0.6]
    """
    blocks: list[_Block] = []
    for place, size in zip(wanted, sizes, strict=True):
        blocks.append(_Block((place,), (size,)))
        while len(blocks) > 1 and blocks[-2].top > blocks[-1].bottom:
            below, above = blocks[-2:]
            blocks[-2:] = [_Block(below.wanted + above.wanted, below.sizes + above.sizes)]
    return [place for block in blocks for place in block.places]


@dataclass(frozen=True)
class _Block:
    """Pieces that touch, as near to the places that they want as they can be together."""

    wanted: tuple[float, ...]
    sizes: tuple[float, ...]

    @property
    def bottom(self) -> float:
        shifts = np.array(self.wanted) - self._middles
        return min(max(float(shifts.mean()), 0.0), max(1 - sum(self.sizes), 0.0))

    @property
    def top(self) -> float:
        return self.bottom + sum(self.sizes)

    @property
    def places(self) -> list[float]:
        return [float(place) for place in self.bottom + self._middles]

    @property
    def _middles(self) -> Floats:
        sizes = np.array(self.sizes)
        middles: Floats = np.cumsum(sizes) - sizes / 2
        return middles


def label_lines(figure: Figure, axes: Axes, lines: Sequence[tuple[Look, Floats, Floats]]) -> bool:
    """Each name beside its line, where it covers nothing and is nearer to no other line.

    Many places on either side of a line are tried. False, and no name, where one finds none.
    """
    figure.draw_without_rendering()
    frame = np.asarray(axes.get_window_extent().extents, np.float64)
    drawn = {
        look.name: _dense(axes.transData.transform(np.column_stack([x, y]))) for look, x, y in lines
    }
    placed: list[Annotation] = []
    boxes: list[Floats] = []
    for look, x, y in lines:
        if not look.told:
            continue
        own = drawn[look.name]
        others = [points for name, points in drawn.items() if name != look.name]
        found: tuple[float, Annotation, Floats] | None = None
        for share in np.linspace(0.06, 0.94, 23):
            at = min(int(np.searchsorted(y, share * float(y[-1]))), len(x) - 1)
            for side in (1, -1):
                text = _beside(axes, look, (float(x[at]), float(y[at])), side)
                box = np.asarray(text.get_window_extent().extents, np.float64)
                far = abs(share - 0.5)
                if _free(box, frame, own, others, boxes) and (found is None or far < found[0]):
                    if found is not None:
                        found[1].remove()
                    found = (far, text, box)
                else:
                    text.remove()
        if found is None:
            for text in placed:
                text.remove()
            return False
        placed.append(found[1])
        boxes.append(found[2])
    return True


def _beside(axes: Axes, look: Look, at: tuple[float, float], side: int) -> Annotation:
    return axes.annotate(
        wrapped(look.label, NAME), at, (9 * side, -4 * side), textcoords="offset points",
        ha="left" if side > 0 else "right", va="top" if side > 0 else "bottom",
        fontsize=SMALL, linespacing=1.1, color=INK, zorder=2.4,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def _dense(points: Floats, step: float = 2.0) -> Floats:
    """Points on a line of pixels, no more than `step` apart."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    steps = np.arange(0.0, along[-1] + step, step)
    return np.column_stack([np.interp(steps, along, points[:, axis]) for axis in (0, 1)])


def _free(
    box: Floats, frame: Floats, own: Floats, others: Sequence[Floats], boxes: Sequence[Floats]
) -> bool:
    """Whether a name in this box covers nothing, and cannot be taken for that of another line."""
    inside = box[0] > frame[0] and box[1] > frame[1] and box[2] < frame[2] and box[3] < frame[3]
    met = any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in boxes
    )
    if not inside or met:
        return False
    mine = _distance(own, box)
    theirs = min((_distance(points, box) for points in others), default=np.inf)
    return mine > 0 and theirs > 2 * mine


def _distance(points: Floats, box: Floats) -> float:
    """From a line to a box, in pixels; 0 where they meet."""
    outside = np.maximum(0, np.maximum(box[:2] - points, points - box[2:]))
    return float(np.hypot(*outside.T).min())


def legend_beside(axes: Axes, found: Sequence[Look]) -> None:
    """The names right of the drawing, where they do not fit beside the lines."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], label=wrapped(look.label, NAME), color=look.colour, linestyle=look.style,
               marker=look.marker, markersize=5, linewidth=1.8)
        for look in found
        if look.told
    ]  # fmt: skip
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1), fontsize=SMALL,
        handlelength=4.4, labelspacing=0.8, borderaxespad=0,
    )  # fmt: skip
