"""A YAML file as it stands: mappings, lists and texts with their places, nothing interpreted.

YAML would make numbers, dates and truths of what people write; a case wants the text. So we read
the parser's events, and refuse what could make one place mean another: anchors, aliases, tags,
several documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from simulator.errors import CaseError, Place, Problem

LARGEST = 1_000_000
"""Bytes of a case file; a longer one is surely something else."""
ARCHIVE = b"PK\x03\x04"
"""What a workbook, as any zip archive, begins with."""
DEEPEST = 20
WIDEST = 200
"""A longer line is not shown in a message."""


@dataclass(frozen=True)
class Scalar:
    """A text and where each of its characters stands."""

    text: str
    place: Place
    plain: bool = True
    places: tuple[Place, ...] = field(default=(), repr=False, compare=False)
    """Of each character, where the text is quoted or runs over several lines."""

    def at(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        if self.places:
            return self.places[min(offset, len(self.places) - 1)]
        return replace(self.place, column=self.place.column + offset)


class Listing(NamedTuple):
    """A YAML sequence."""

    items: tuple[Content, ...]
    place: Place


class Table(NamedTuple):
    """A YAML mapping, in its order; keys are unique."""

    items: tuple[tuple[Scalar, Content], ...]
    place: Place


class Unreadable(NamedTuple):
    """Something that YAML cut into pieces nobody meant; the problem has been noted."""

    place: Place


Content = Scalar | Listing | Table | Unreadable


class Document:
    """The text of one file, with the lines for error messages."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def problem(self, place: Place, problem: str, remedy: str = "", entry: str = "") -> None:
        """Note something wrong, with the line it stands on."""
        self.problems.append(Problem(problem, remedy, place, entry))

    def place(self, line: int = 0, column: int = 0) -> Place:
        """A spot of this file, with the line that stands there."""
        known = 1 <= line <= len(self.lines)
        text = self.lines[line - 1].rstrip() if known else ""
        return Place(self.file, line, column, text if len(text) <= WIDEST else "")

    def content(self) -> Table | None:
        """What the file holds, None (with problems noted) where it is no mapping."""
        try:
            events = _events(self.text)
            root = self._document(events)
        except _Broken as stop:
            line, *said = _culprit(self.lines, stop.line) or (
                stop.line,
                *_in_our_words(stop.problem, self.place(stop.line).text),
            )
            self.problem(self.place(line, stop.column if line == stop.line else 0), *said)
            return None
        if root is None:
            self.problem(self.place(), "the file is empty", "begin with `case: NAME`")
            return None
        if not isinstance(root, Table):
            self.problem(
                root.place,
                "a case is written as `key: value` lines",
                "begin with `case: NAME`; `utfall new` writes an example to start from",
            )
            return None
        return root

    def _document(self, events: Iterator[Any]) -> Content | None:
        root: Content | None = None
        seen = False
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent" and seen:
                place = self._place(event.start_mark)
                self.problem(place, "a second document begins here", "keep one case in a file")
                return root
            if kind in ("ScalarEvent", "AliasEvent", "SequenceStartEvent", "MappingStartEvent"):
                root, seen = self._content(event, events, 0, flow=False), True
        return root

    def _content(self, event: Any, events: Iterator[Any], depth: int, *, flow: bool) -> Content:
        place = self._place(event.start_mark)
        kind = type(event).__name__
        if depth > DEEPEST:
            raise _Broken(f"more than {DEEPEST} levels inside each other", place)
        if kind == "AliasEvent":
            self.problem(place, "an alias (*) refers to another place", "write the value out")
            return Scalar("", place)
        if getattr(event, "anchor", None):
            self.problem(place, "an anchor (&) names a place", "remove it; a name does that job")
        if getattr(event, "tag", None):
            self.problem(place, f"a tag ({event.tag}) has no meaning here", "remove it")
        if kind == "ScalarEvent":
            return self._scalar(event, place)
        flow = bool(event.flow_style)
        if kind == "SequenceStartEvent":
            items = []
            while type(inner := next(events)).__name__ != "SequenceEndEvent":
                items.append(self._content(inner, events, depth + 1, flow=flow))
            whole: Content = Listing(tuple(items), place)
        else:
            whole = self._table(events, place, depth, flow=flow)
        return self._unless_cut(whole) if flow else whole

    def _unless_cut(self, whole: Content) -> Content:
        """A { } or [ ] in which a comma has ended a value too early means nothing as it stands."""
        texts: list[Scalar] = []
        if isinstance(whole, Table):
            texts = [text for pair in whole.items for text in pair if isinstance(text, Scalar)]
        elif isinstance(whole, Listing):
            texts = [text for text in whole.items if isinstance(text, Scalar)]
        loose = [
            key
            for key, value in (whole.items if isinstance(whole, Table) else ())
            if isinstance(value, Scalar) and value.plain and not value.text
        ]
        for text in (*texts, *loose):
            cut = text in loose or text.text.count("(") > text.text.count(")")
            if text.plain and cut:
                self.problem(
                    text.place,
                    "inside { } or [ ] YAML ends a value at a comma, so this one stops too early",
                    _apart(whole),
                )
                return Unreadable(whole.place)
        return whole

    def _table(self, events: Iterator[Any], place: Place, depth: int, *, flow: bool) -> Table:
        items: list[tuple[Scalar, Content]] = []
        seen: dict[str, Scalar] = {}
        while type(event := next(events)).__name__ != "MappingEndEvent":
            key = self._content(event, events, depth + 1, flow=flow)
            value = self._content(next(events), events, depth + 1, flow=flow)
            if not isinstance(key, Scalar):
                self.problem(key.place, "a key is a word, not a list or a mapping", "")
                continue
            name = unicodedata.normalize("NFC", key.text)
            if name in seen:
                self.problem(
                    key.place,
                    f"`{name}` stands here a second time; first in line {seen[name].place.line}",
                    "keep one, or give the other a name of its own",
                )
                continue
            seen[name] = key
            items.append((key, value))
        return Table(tuple(items), place)

    def _scalar(self, event: Any, place: Place) -> Scalar:
        text = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
        plain = event.style is None
        start, end = event.start_mark.index, event.end_mark.index
        raw = self.text[start:end]
        if raw == text:
            return Scalar(text, place, plain)
        return Scalar(text, place, plain, tuple(self._spread(text, raw, place)))

    def _spread(self, text: str, raw: str, place: Place) -> Iterator[Place]:
        """Where each character of a quoted or folded text stands in the file."""
        line, column, at = place.line, place.column, 0
        if raw[:1] in ("|", ">"):
            at = raw.find("\n")
        elif raw[:1] in "\"'":
            at, column = 1, column + 1
        for wanted in text:
            while at < len(raw) and raw[at] != wanted and (raw[at].isspace() or at == 0):
                line, column = (line + 1, 1) if raw[at] == "\n" else (line, column + 1)
                at += 1
            yield self.place(line, column)
            if at < len(raw):
                line, column = (line + 1, 1) if raw[at] == "\n" else (line, column + 1)
                at += 1
        yield self.place(line, column)

    def _place(self, mark: Any) -> Place:
        return self.place(mark.line + 1, mark.column + 1)


def _apart(whole: Content) -> str:
    """How to write what was cut without { }: what stands in a list shows its own lines."""
    if not isinstance(whole, Table) or not re.search(r"-\s*$", _before(whole.place)):
        return "write `name: value` on a line of its own, without the { }"
    lines: list[str] = []
    for key, value in whole.items:
        if isinstance(value, Scalar) and value.plain and not value.text and lines:
            lines[-1] += f",{key.text}"  # this is what the comma has cut off
        elif isinstance(value, Listing):
            texts = (item.text for item in value.items if isinstance(item, Scalar))
            lines.append(f"{key.text}: [{', '.join(texts)}]")
        else:
            lines.append(f"{key.text}: {value.text if isinstance(value, Scalar) else '...'}")
    first, *others = lines
    below = " and ".join(f"`{line}`" for line in others)
    return f"without the {{ }} write `- {first}`" + (
        f", and below it, two spaces in, {below}" if below else ""
    )


def _before(place: Place) -> str:
    """What stands before a place in its line."""
    return place.text[: place.column - 1]


class _Broken(Exception):
    """The text is not YAML from here on."""

    def __init__(self, problem: str, place: Place) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = place.line
        self.column = place.column


def _events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as stop:
        mark = stop.problem_mark or stop.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise _Broken(stop.problem or str(stop), Place("", line, column)) from None
    except (YAMLError, ValueError) as stop:
        raise _Broken(str(stop).splitlines()[0], Place()) from None


def _culprit(lines: list[str], line: int) -> tuple[int, str, str] | None:
    """The line that is at fault where YAML stumbles only over the next one."""
    for number in (line, line - 1):
        if not 1 <= number <= len(lines):
            continue
        text = lines[number - 1].strip()
        if not text or text[0] in "#-|>{[\"'":
            continue
        head = text.split(" #", 1)[0]
        if head != text and ":" not in head and ":" in text:
            return number, "a ` #` begins a comment, and cuts this line short", "put quotes around"
        if re.fullmatch(r"[\w ]+:\S.*", head) and ": " not in head:
            return number, "no space after the `:`", "write `name: value`"
        if ":" not in head and number < line:
            return number, "a line without `:`", "write `name: value`"
    return None


def _in_our_words(problem: str, line: str) -> tuple[str, str]:
    """YAML's complaint as a person would put it, and the usual cure."""
    if "mapping values are not allowed" in problem:
        return (
            "YAML sees a second `: ` here, or a value on a line of its own with lines below",
            "put labels and texts that hold `: ` in quotes, and check the indentation",
        )
    if "\\t" in problem:
        return "a tab begins this line", "indent with spaces"
    if "cannot start any token" in problem:
        return (
            f"YAML gives {problem.split('character ')[-1].split(' ')[0]} a meaning of its own here",
            "put the text in quotes",
        )
    if "unexpected end of stream" in problem:
        return "a quotation mark is opened and never closed", "close it"
    if "expected ',' or" in problem:
        return "a { or [ is opened and never closed", "close it, or write one entry a line"
    if "could not find expected ':'" in problem:
        hint = "a ` #` begins a comment: put labels that hold it in quotes" if " #" in line else ""
        return "a line without `key: value`", hint or "write `key: value`"
    if "expected <block end>" in problem:
        return "this line does not fit the indentation above it", "indent entries alike"
    return f"this is not YAML: {problem}", "compare with an example: `utfall new`"


def read_text(path: Path) -> str:
    """The text of a case file.

    Raises CaseError for a file that is missing, a folder, empty, not text or far too large.
    """
    where = Place(str(path))
    try:
        if path.is_dir():
            raise CaseError([Problem("this is a folder", "name a case file in it", where)])
        size = path.stat().st_size
        with path.open("rb") as file:
            beginning = file.read(1024)
        wide = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))  # text, though saved as UTF-16
        if (b"\0" in beginning and not wide) or beginning.startswith(ARCHIVE):
            problem = "the file is no text; it may be a workbook, a picture or an archive"
            remedy = "name a case file, which is plain text; `utfall new` writes an example"
            raise CaseError([Problem(problem, remedy, where)])
        if size > LARGEST:
            most = f"a case has at most {LARGEST // 1000:,} kB"
            problem = f"the file has {-(-size // 1000):,} kB; {most}"
            raise CaseError([Problem(problem, "is this the right file?", where)])
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        near = _similar(path)
        remedy = f"did you mean {near}?" if near else "`utfall new` writes an example"
        raise CaseError([Problem("there is no such file", remedy, where)]) from None
    except UnicodeDecodeError as stop:
        problem = f"the file is not UTF-8 text (byte {stop.start + 1:,})"
        raise CaseError([Problem(problem, "save it as UTF-8", where)]) from None
    except OSError as stop:
        raise CaseError([Problem(f"it cannot be read: {stop.strerror}", "", where)]) from None
    if not text.strip():
        raise CaseError([Problem("the file is empty", "`utfall new` writes an example", where)])
    return text.replace("\r\n", "\n")


def _similar(path: Path) -> str:
    import difflib

    try:
        names = [other.name for other in path.parent.iterdir() if other.suffix in (".yaml", ".yml")]
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, 1, 0.6)
    return str(path.with_name(near[0])) if near else ""
