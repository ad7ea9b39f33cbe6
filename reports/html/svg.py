"""A chart as part of a page: its drawing as SVG that follows the colours and the width of the page.

matplotlib draws it; what is for print shops (sizes in points, metadata, a list of fonts on every
label) is taken out. The title and the notes leave the drawing and stand beside it as text of the
page, which people can select, and which breaks where a narrow screen needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from reports.figures.style import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    ORANGE,
    PALE,
    SKY,
    VERMILLION,
    house_style,
)
from reports.html.labels import alignment_told, hang
from reports.html.theme import Paint
from reports.words import printable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from reports.figures.chart import Chart

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, 'Liberation Sans', sans-serif"
"""None is wider than DejaVu Sans, in which matplotlib measured the labels."""
NAMES = {
    BLUE: "accent",
    LIGHT_BLUE: "accent_soft",
    VERMILLION: "bad",
    INK: "ink",
    GREY: "muted",
    PALE: "line",
    ORANGE: "second",
    SKY: "third",
    "#009E73": "fourth",
    "#CC79A7": "fifth",
    "#FFFFFF": "paper",
    "#000000": "ink",
}
"""What each colour of the house is for; the rest stay as they are."""
PAINTED = ("fill", "stroke", "color", "stop-color")
_NAMES = {colour.lower(): name for colour, name in NAMES.items()}
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2}\d+")
_INSIDE = re.compile(r"url\(#([^)]*)\)")


@dataclass(frozen=True)
class Drawn:
    """A chart on a page: its drawing, and the words that stood in it."""

    svg: str
    title: str
    notes: str


def drawn(chart: Chart, key: str, paint: Paint) -> Drawn:
    """The chart drawn for a page on which `key` belongs to it alone."""
    figure = chart.figure
    title, notes = figure.get_suptitle(), figure.get_supxlabel()
    with house_style(), _without(figure, {title, notes} - {""}), alignment_told(figure):
        written = StringIO()
        about = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(written, format="svg", metadata=about, facecolor="none")
        root = ElementTree.fromstring(written.getvalue())
        for element in root.iter():
            element.tag = _plain(element.tag)
        hang(root)
    _clean(root, key, paint)
    _name(root, chart, key)
    svg = ElementTree.tostring(root, encoding="unicode")
    return Drawn(svg, title.replace("\n", " "), notes.replace("\n", " "))


@contextmanager
def _without(figure: Figure, texts: set[str]) -> Iterator[None]:
    """The figure with some of its own texts left out, for a while; their room goes to the rest."""
    left_out: list[Artist] = [text for text in figure.texts if text.get_text() in texts]
    left_out += [axes.patch for axes in figure.axes]  # the page shows through
    for part in left_out:
        part.set_visible(False)
        part.set_in_layout(False)
    try:
        yield
    finally:
        for part in left_out:
            part.set_visible(True)
            part.set_in_layout(True)


def _clean(root: ElementTree.Element, key: str, paint: Paint) -> None:
    """Everything that the page does not need, out; colours and names those of the page."""
    names = _Names(root, key)
    for element in root.iter():
        element.tail = None
        if element.tag not in ("text", "tspan", "title", "desc"):
            element.text = None
        attributes = {_plain(name): value for name, value in element.attrib.items()}
        element.attrib.clear()
        element.attrib.update(_kept(attributes, names, paint))
    _tidy(root)
    view = root.attrib["viewBox"]
    root.attrib.clear()
    root.attrib.update({
        "class": "chart", "viewBox": view, "role": "img", "font-family": FONTS,
        "stroke-linejoin": "round", "style": f"fill:{paint('ink')}",
    })  # fmt: skip


class _Names:
    """The names of parts that are pointed at, unique on the page."""

    def __init__(self, root: ElementTree.Element, key: str) -> None:
        used: set[str] = set()
        for element in root.iter():
            for name, value in element.attrib.items():
                used |= set(_INSIDE.findall(value))
                if _plain(name) == "href":
                    used.add(value[1:])
        self.new = {name: f"{key}-{number}" for number, name in enumerate(sorted(used))}

    def pointing(self, value: str) -> str:
        """A value whose `url(#name)` point at the new names."""
        return _INSIDE.sub(lambda found: f"url(#{self.new[found[1]]})", value)


def _kept(attributes: dict[str, str], names: _Names, paint: Paint) -> dict[str, str]:
    found: dict[str, str] = {}
    style: dict[str, str] = {}
    for name, value in attributes.items():
        if name == "id":
            if value in names.new:
                found["id"] = names.new[value]
        elif name == "href":
            found["href"] = f"#{names.new[value[1:]]}"
        elif name == "style":
            style |= {k: v for k, v in _declarations(value) if k != "font-family"}
        elif name in PAINTED:
            style[name] = value
        elif name == "transform":
            kept = re.sub(r"rotate\(-0 [^)]*\)", "", value).strip()
            if kept:
                found["transform"] = kept
        elif name == "d":
            found["d"] = _rounded(" ".join(value.split()))
        elif name in ("x", "y"):
            found[name] = _rounded(value)
        else:
            found[name] = names.pointing(value)
    if style:
        told = [f"{name}:{_coloured(name, names.pointing(v), paint)}" for name, v in style.items()]
        found["style"] = ";".join(told)
    return found


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for part in style.split(";"):
        name, mark, value = part.partition(":")
        if mark:
            yield name.strip(), value.strip()


def _coloured(name: str, value: str, paint: Paint) -> str:
    known = _NAMES.get(value.lower()) if name in PAINTED else None
    return paint(known) if known else value


def _tidy(parent: ElementTree.Element) -> None:
    """Empty groups go, and groups that only hold others give up their place to them."""
    children: list[ElementTree.Element] = []
    for child in list(parent):
        _tidy(child)
        if child.tag in ("metadata", "style") or (child.tag in ("g", "defs") and not len(child)):
            continue
        if child.tag == "g" and not child.attrib:
            children += list(child)
        else:
            children.append(child)
    parent[:] = children


def _name(root: ElementTree.Element, chart: Chart, key: str) -> None:
    """What the drawing is called, and what is to be seen in it, for those who listen."""
    named = {"title": printable(chart.title), "desc": printable(chart.alt)}
    for place, (tag, text) in enumerate(named.items()):
        element = ElementTree.Element(tag, {"id": f"{key}-{tag}"})
        element.text = text.replace("\n", " ")
        root.insert(place, element)
    told = named["desc"].startswith(named["title"])  # then the title need not be read twice
    root.set("aria-labelledby", f"{key}-desc" if told else f"{key}-title {key}-desc")


def _plain(name: str) -> str:
    """A name without its namespace: in a page they are all one."""
    return name.rsplit("}", 1)[-1]


def _rounded(numbers: str) -> str:
    """Coordinates to a hundredth of a point."""
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)
