"""The look of every picture: one place for colours, sizes and the way text is written.

Colours are those of Okabe and Ito, told apart by colour-blind people; lightness, hatching and line
style tell the same in a grey print. Sizes suit a picture 16 cm wide, as pasted into a slide.
Source: M. Okabe and K. Ito, Color universal design (2008).
"""

from __future__ import annotations

import textwrap
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

from reports.language import SPACE, say, speaking, spoken
from reports.numbers import Scale, exact
from reports.units import Unit
from reports.words import printable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

BLUE, SKY, ORANGE, VERMILLION = "#0072B2", "#56B4E9", "#E69F00", "#D55E00"
INK, GREY, PALE = "#222222", "#6B6B6B", "#D9D9D9"
LIGHT_BLUE = "#CFE3F1"
WIDTH, HEIGHT, DPI = 6.3, 4.2, 200  # 16 cm wide
SIZE, SMALL, TITLE = 9.0, 8.0, 11.0
HATCH = "////"
BELOW = 108  # letters in a line of notes
LONG_WORD, USUAL = 12, 1.1  # letters of a word that may fill a line; how broad they may be

_LOCK = RLock()  # the settings of matplotlib belong to the whole process


@contextmanager
def house_style() -> Iterator[None]:
    """Our settings while a picture is made or written, whatever the user's own are."""
    import matplotlib

    with _LOCK, matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)  # type: ignore[arg-type]  # names are checked as it runs
        # A name may hold characters that no font of ours has; the file still says them.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


_SETTINGS: dict[str, Any] = {
    "font.size": SIZE,
    "axes.titlesize": SMALL,
    "axes.titlelocation": "left",
    "axes.titlecolor": GREY,
    "axes.labelsize": SIZE,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
    "text.color": INK,
    "text.parse_math": False,  # a dollar is a currency
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "utfall",  # the same picture is the same file
}


def new_figure(height: float = HEIGHT) -> Figure:
    """An empty picture of the usual width; `height` in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def headline(figure: Figure, title: str) -> None:
    """The title, in as many lines as it needs."""
    text = wrapped(title, 62, 3)
    figure.suptitle(text, x=0.01, ha="left", fontsize=TITLE, fontweight="bold")


def footnote(figure: Figure, *notes: str) -> None:
    """What must be known to read the picture right, below it."""
    lines = [wrapped(note, BELOW, 9) for note in notes if note]
    if lines:
        figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=SMALL - 0.5, color=GREY)


def legend_above(axes: Axes, handles: Sequence[Artist] = (), title: Text | None = None) -> None:
    """The legend above the drawing, to the right: in one line, in more where that is too long.

    A title of the axes stands beside it, or above where both are long.
    """
    found = handles or axes.get_legend_handles_labels()[0]
    figure = axes.get_figure(root=True)
    assert figure is not None
    columns = len(found)
    while True:
        legend = axes.legend(
            handles=found,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=columns,
            borderaxespad=0,
            borderpad=0.2,
            columnspacing=1.2,
        )
        figure.draw_without_rendering()
        box = legend.get_window_extent()
        if columns == 1 or box.x0 > figure.bbox.x0:
            break
        columns = (columns + 1) // 2
    if title is not None and title.get_window_extent().x1 + 6 > box.x0:
        axes.set_title(title.get_text(), pad=box.height / figure.dpi * 72 + 4)


def count_in(axis: Axis, scale: Scale) -> None:
    """Numbers of an axis as we write them."""
    _written_by(axis, exact)


def percent_axis(axis: Axis) -> None:
    """An axis of shares, in percent."""
    _written_by(axis, lambda value: f"{exact(100 * value)}{SPACE}%")


def _written_by(axis: Axis, write: Callable[[float], str]) -> None:
    """Numbers of an axis in the language of now, as they are written when the picture is saved."""
    from matplotlib.ticker import FuncFormatter

    language = spoken()

    def written(value: float, _: object) -> str:
        with speaking(language):
            return write(value)

    axis.set_major_formatter(FuncFormatter(written))


def light_grid(axes: Axes, axis: str = "y") -> None:
    """Thin lines to read values by."""
    if axis == "y":
        axes.grid(axis="y", color=PALE, linewidth=0.6)
    else:
        axes.grid(axis="x", color=PALE, linewidth=0.6)


def axis_label(label: str, heading: str, unit: Unit, width: int = 66) -> str:
    """What an axis shows and counts in, in two lines at most."""
    text, counted = wrapped(label, 2 * width - 50, 1), wrapped(heading, 40, 1)
    if counted:
        # translators: what an axis of a picture shows: "Net present value, thousand SEK".
        text = say("{quantity}, {unit}", quantity=text, unit=counted)
    text = say("{quantity} (%)", quantity=text) if unit.share else text
    return wrapped(text, width)


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """A label in a few lines, shortened where it is longer; `width` in letters of usual size.

    >>> wrapped("Contribution margin per customer and year", 20)
    'Contribution margin\\nper customer and …'
    """
    text = printable(text)
    breadth = _breadth(text)
    fitting = max(int(width / breadth), 4) if breadth > USUAL else width
    broken = textwrap.wrap(text, fitting, max_lines=lines, placeholder=" …", break_on_hyphens=False)
    return "\n".join(broken) or text


def _breadth(text: str) -> float:
    """How broad the letters of a text are, those of usual size being 1; never below that.

    A long word of broad letters may fill a line by itself, so it counts as if all were like it.
    """
    long = [word for word in text.split() if len(word) > LONG_WORD]
    return max((sum(map(_broad, part)) / len(part) for part in (*long, text) if part), default=1.0)


def _broad(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2.0
    if letter in "MW@%":
        return 1.8
    return 1.25 if letter.isupper() else 1.0


def as_sentence(title: str) -> str:
    """A title that more sentences follow.

    >>> as_sentence("Regret: which of them?"), as_sentence("Regret: all")
    ('Regret: which of them?', 'Regret: all.')
    """
    return title if title.endswith(("?", ".", "!")) else f"{title}."
