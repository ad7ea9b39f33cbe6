"""Labels of a drawing keep their alignment in whatever font the reader has.

matplotlib writes most labels with the point that they hang on, but those of several lines, and
turned ones, with the point where each line begins in its own font. In a narrower font lines that
should end together then do not. Here such lines get the point that they hang on, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MARK = "hangs-"
ANCHORS = {"center": ("middle", 0.5), "right": ("end", 1.0)}
"""By alignment: how a drawing calls it, and how far into the line that point is."""


@contextmanager
def alignment_told(figure: Figure) -> Iterator[None]:
    """While the figure is written, each label says how its lines stand."""
    from matplotlib.text import Text

    texts = figure.findobj(Text)
    named = [(text, text.get_gid()) for text in texts]
    for text in texts:
        stands = text.get_horizontalalignment()
        if "\n" in text.get_text():
            stands = getattr(text, "_multialignment", None) or stands
        text.set_gid(f"{MARK}{stands}")
    try:
        yield
    finally:
        for text, name in named:
            text.set_gid(name)


def hang(root: ElementTree.Element) -> None:
    """Lines that are written from where they begin, written from the point that they hang on."""
    for group in root.iter("g"):
        stands = group.attrib.get("id", "").removeprefix(MARK)
        if stands not in ANCHORS:
            continue
        anchor, share = ANCHORS[stands]
        for line in group.iter("text"):
            style = dict(part.split(":", 1) for part in line.attrib["style"].split(";") if part)
            look = {name.strip(): value.strip() for name, value in style.items()}
            if "text-anchor" in look or "x" in line.attrib or not line.text:
                continue
            size = float(look["font-size"].removesuffix("px"))
            width = _width(line.text, size, look.get("font-weight", "400") == "700")
            line.set("x", f"{share * width:.2f}")
            line.set("style", f"{line.attrib['style']};text-anchor:{anchor}")


@cache
def _width(text: str, size: float, bold: bool) -> float:
    """How wide matplotlib believes a line to be, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(size=size, weight="bold" if bold else "normal")
    return float(TextToPath().get_text_width_height_descent(text, font, ismath=False)[0])
