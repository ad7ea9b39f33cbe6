"""The colours and the type of a page: ours, or those of a small theme file.

    accent: "#0072B2"     # figures that matter, links
    good: "#00734F"
    bad: "#B34700"
    ink: "#222222"        # text
    paper: "#FFFFFF"      # what it stands on
    font: Georgia, serif
    dark: {accent: "#5CB3E8"}   # for readers whose screen is dark; found by itself otherwise

Only colours in hexadecimal digits and plain names of fonts are taken, so nothing in the file can
reach beyond the style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reports.html.colours import HEX, READABLE, contrast, full, mixed, readable
from simulator.case.keys import did_you_mean
from simulator.errors import Place, Problem, RunError

SYSTEM = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", '
    "sans-serif"
)
GENERIC = {"serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif"}
COLOURS = ("accent", "good", "bad", "ink", "paper")
KEYS = (*COLOURS, "font", "dark")
LARGEST = 100_000  # bytes
FONT = re.compile(r"(['\"]?)([^\W\d_][\w -]*)\1")


@dataclass(frozen=True)
class Palette:
    """What every colour is for. `second` to `fifth` tell lines of a figure from the accent."""

    paper: str
    ink: str
    muted: str
    line: str
    surface: str
    accent: str
    accent_soft: str
    good: str
    bad: str
    second: str
    third: str
    fourth: str
    fifth: str

    def properties(self) -> str:
        """The colours as custom properties of a style sheet."""
        return "".join(f"--{_name(one.name)}:{getattr(self, one.name)};" for one in fields(self))


LIGHT = Palette(
    "#ffffff", "#222222", "#626262", "#d9d9d9", "#f5f6f7", "#0072b2", "#cfe3f1",
    "#00734f", "#b34700", "#e69f00", "#56b4e9", "#009e73", "#cc79a7",
)  # fmt: skip
DARK = Palette(
    "#15191e", "#e6e8ea", "#a5adb5", "#3b434b", "#1e242a", "#72bdf0", "#1d4460",
    "#4cc79b", "#ff8f5a", "#f0b840", "#2e77a6", "#3fbf97", "#dd9abf",
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """Colours for light and dark screens, and the fonts of the page."""

    light: Palette = LIGHT
    dark: Palette = DARK
    font: str = SYSTEM

    def style(self) -> str:
        """The start of the style sheet; print is always light."""
        return (
            f":root{{{self.light.properties()}--font:{self.font};}}\n"
            f"@media screen and (prefers-color-scheme: dark)"
            f"{{:root{{{self.dark.properties()}}}}}\n"
        )


@dataclass(frozen=True)
class Paint:
    """How a drawing names a colour: so that it follows the screen, or once and for all."""

    palette: Palette = LIGHT
    live: bool = True

    def __call__(self, name: str) -> str:
        """The colour of this name in a `Palette`."""
        colour = str(getattr(self.palette, name))
        return f"var(--{_name(name)},{colour})" if self.live else colour


def read_theme(path: Path | None) -> Theme:
    """Our theme with what the file changes in it.

    >>> read_theme(None).light.accent
    '#0072b2'

    Raises RunError for a file that cannot be read, an unknown key, a colour that is none, or one
    that cannot be read on its paper.
    """
    if path is None:
        return Theme()
    return _Reading(path).theme()


class _Reading:
    """A theme file being read: it knows where each key stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = self._text()
        self.entries = self._entries()

    def theme(self) -> Theme:
        self._known(self.entries, KEYS)
        night = self.entries.get("dark", {})
        if not isinstance(night, Mapping):
            raise self._wrong("dark", "holds no colours", 'write dark: {accent: "#5CB3E8"}')
        self._known(night, COLOURS)
        light = _adapted(LIGHT, given := self._colours(self.entries))
        dark_given = self._colours(night)
        hints = {name: colour for name, colour in given.items() if name not in ("ink", "paper")}
        dark = _adapted(DARK, dark_given, hints)
        for palette, chosen, place in ((light, given, ""), (dark, dark_given, "dark.")):
            for name in chosen:
                self._check(palette, name, place)
        font = self._font(self.entries["font"]) if "font" in self.entries else SYSTEM
        return Theme(light, dark, font)

    def _text(self) -> str:
        try:
            if self.path.stat().st_size > LARGEST:
                raise self._wrong("", "it is too large for a theme", "is this the right file?")
            return self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            remedy = "check its name, or leave the theme out"
            raise self._wrong("", "there is no such file", remedy) from None
        except IsADirectoryError:
            raise self._wrong("", "this is a folder", "name a theme file in it") from None
        except UnicodeDecodeError:
            raise self._wrong("", "it is not text in UTF-8", "save it as UTF-8") from None
        except OSError as stop:
            problem = f"it cannot be read: {stop.strerror}"
            raise self._wrong("", problem, "name a file that you may read") from None

    def _entries(self) -> Mapping[str, Any]:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        remedy = 'write one entry a line, as accent: "#0072B2"'
        try:
            found = YAML(typ="rt", pure=True).load(self.text)
        except MarkedYAMLError as stop:
            mark = stop.problem_mark or stop.context_mark
            place = Place(str(self.path), mark.line + 1, mark.column + 1) if mark else None
            problem = f"this is no theme: {str(stop.problem).splitlines()[0]}"
            raise self._wrong("", problem, remedy, place) from None
        except (YAMLError, ValueError, RecursionError) as stop:
            problem = f"this is no theme: {str(stop).splitlines()[0]}"
            raise self._wrong("", problem, remedy) from None
        if found is None:  # every key may be left out
            return {}
        if not isinstance(found, Mapping):
            raise self._wrong("", "there are no entries in it", remedy)
        return found

    def _known(self, entries: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in entries:
            if key not in known:
                problem = "this is no key of a theme"
                raise self._wrong(str(key), problem, did_you_mean(str(key), known))

    def _colours(self, entries: Mapping[str, Any]) -> dict[str, str]:
        found = {}
        for key, value in entries.items():
            if key not in COLOURS:
                continue
            if value is None:
                remedy = f'put it in quotes: {key}: "#0072B2"'
                raise self._wrong(key, "nothing stands here: # begins a comment", remedy)
            if not isinstance(value, str) or not HEX.fullmatch(value):
                remedy = f'write # and six hexadecimal digits in quotes: {key}: "#0072B2"'
                raise self._wrong(key, f"{str(value)[:40]!r} is no colour", remedy)
            found[key] = full(value)
        return found

    def _check(self, palette: Palette, name: str, place: str) -> None:
        """A colour given is taken as it is, and must therefore be readable."""
        if name == "paper":
            return
        colour = getattr(palette, name)
        ratio = contrast(colour, palette.paper)
        if ratio < READABLE:
            better = readable(colour, palette.paper)
            problem = (
                f"{colour} cannot be read on {palette.paper}: their contrast is {ratio:.1f}, "
                f"and {READABLE} is the least"
            )
            raise self._wrong(f"{place}{name}", problem, f'write {name}: "{better}", for instance')

    def _font(self, value: object) -> str:
        names = [part.strip() for part in value.split(",")] if isinstance(value, str) else [""]
        found = [FONT.fullmatch(name) for name in names]
        if len(str(value)) > 200 or not all(found):
            remedy = "write names of letters, with commas between: font: Georgia, serif"
            raise self._wrong("font", f"{str(value)[:40]!r} names no fonts", remedy)
        plain = [match[2].strip() for match in found if match]
        return ", ".join(name if name in GENERIC else f'"{name}"' for name in plain)

    def _wrong(self, key: str, problem: str, remedy: str, place: Place | None = None) -> RunError:
        """What is wrong, with the line on which it stands."""
        return RunError(str(Problem(problem, remedy, place or self._place(key), key)))

    def _place(self, key: str) -> Place:
        entries = getattr(self, "entries", {})
        last = key.rsplit(".", 1)[-1]
        within = entries.get("dark") if last not in entries or "." in key else entries
        lines = getattr(within, "lc", None)
        if not key or lines is None or last not in (lines.data or {}):
            return Place(str(self.path))
        line, column = lines.key(last)
        return Place(str(self.path), line + 1, column + 1)


def _adapted(
    base: Palette, given: Mapping[str, str], hints: Mapping[str, str] | None = None
) -> Palette:
    """The palette with some colours of one's own; the others keep readable beside them.

    `hints` are colours given for the other kind of screen: a shade of them is taken.
    """
    if not given and not hints:
        return base
    paper = given.get("paper", base.paper)
    chosen = {**{name: getattr(base, name) for name in COLOURS}, **(hints or {})}
    kept = {name: given.get(name) or readable(chosen[name], paper) for name in COLOURS[:-1]}
    ink, accent = kept["ink"], kept["accent"]
    own_paper, own_accent = paper != base.paper or ink != base.ink, accent != base.accent
    surface = mixed(ink, paper, 0.05) if own_paper else base.surface
    return Palette(
        paper=paper,
        muted=readable(mixed(ink, paper, 0.65), surface) if own_paper else base.muted,
        line=mixed(ink, paper, 0.2) if own_paper else base.line,
        surface=surface,
        accent_soft=mixed(accent, paper, 0.22) if own_accent or own_paper else base.accent_soft,
        second=base.second,
        third=base.third,
        fourth=base.fourth,
        fifth=base.fifth,
        **kept,
    )


def _name(field: str) -> str:
    return field.replace("_", "-")
