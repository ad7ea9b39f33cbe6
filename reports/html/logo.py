"""The logo as a part of the page itself: nothing is fetched when the page is read."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from xml.etree import ElementTree

from simulator.errors import RunError

LARGEST = 1_000_000  # bytes
KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
STARTS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
OUTSIDE = re.compile(r"""@import|url\(\s*['"]?(?!#|data:|\s)""", re.IGNORECASE)


def logo_address(path: Path) -> str:
    """The picture as a `data:` address, for an image element, in which nothing of it can run.

    Raises RunError where it is missing, no picture, too large, or an SVG that fetches from outside.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise _wrong(path, "this is no kind of logo", f"take one of {', '.join(KINDS)}")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        remedy = "check its name, or leave the logo out"
        raise _wrong(path, "there is no such file", remedy) from None
    except IsADirectoryError:
        raise _wrong(path, "this is a folder", "name a picture in it") from None
    except OSError as stop:
        problem = f"it cannot be read: {stop.strerror}"
        raise _wrong(path, problem, "name a file that you may read") from None
    if len(data) > LARGEST:
        raise _wrong(path, "the logo has over 1 MB", "save it smaller: 400 pixels wide will do")
    if kind == "image/svg+xml":
        _check_drawing(path, data)
    elif not STARTS[kind].match(data):
        raise _wrong(path, f"this is no {path.suffix[1:]} picture", "save the logo anew")
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _check_drawing(path: Path, data: bytes) -> None:
    if b"<!ENTITY" in data:
        raise _wrong(path, "this SVG defines entities", "save it as plain SVG")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as stop:
        raise _wrong(path, f"this is no SVG: {stop}", "save the logo anew") from None
    if root.tag not in ("svg", "{http://www.w3.org/2000/svg}svg"):
        raise _wrong(path, "this is no SVG", "save the logo anew, or take a PNG")
    for element in root.iter():
        addresses = [
            value
            for name, value in element.attrib.items()
            if name.rsplit("}", 1)[-1] in ("href", "src")
            and not value.strip().startswith(("#", "data:"))
            and element.tag.rsplit("}", 1)[-1] != "a"
        ]
        texts = [element.text or "", *element.attrib.values()]
        if addresses or any(OUTSIDE.search(text) for text in texts):
            remedy = "save it with everything inside (embed pictures and fonts)"
            raise _wrong(path, "this SVG fetches parts from outside", remedy)


def _wrong(path: Path, problem: str, remedy: str) -> RunError:
    return RunError(f"{path}: {problem}\n    {remedy}")
