"""What counts as a name: letters of any alphabet, digits and _, no digit first."""

from __future__ import annotations

import unicodedata


def name_end(text: str, start: int) -> int:
    """Where the name that begins at `start` ends; `start` itself where none begins.

    >>> name_end("täcknings_bidrag2 * x", 0), name_end("2x", 0)
    (17, 0)
    """
    if start >= len(text) or not (text[start].isalpha() or text[start] == "_"):
        return start
    end = start + 1
    while end < len(text) and _continues(text[end]):
        end += 1
    return end


def _continues(character: str) -> bool:
    """Letters, digits and _, and the marks that belong to a letter."""
    if character.isalnum() or character == "_":
        return True
    return unicodedata.category(character) in ("Mn", "Mc")


def normal(name: str) -> str:
    """A name in the one form of Unicode (NFC) in which equal names are equal."""
    return unicodedata.normalize("NFC", name)
