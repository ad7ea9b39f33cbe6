"""What counts as a name: letters of any alphabet, digits and _, no digit first."""

from __future__ import annotations

import unicodedata


def name_end(text: str, start: int) -> int:
    """Where the name that begins at `start` ends; `start` itself where none begins.

    >>> name_end("täcknings_bidrag2 * x", 0), name_end("2x", 0)
    (17, 0)
    """
    if start >= len(text) or not text[start].isidentifier():
        return start
    end = start + 1
    while end < len(text) and ("a" + text[end]).isidentifier():
        end += 1
    return end


def normal(name: str) -> str:
    """A name in the one form of Unicode (NFC) in which equal names are equal."""
    return unicodedata.normalize("NFC", name)
