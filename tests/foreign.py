"""A language nobody speaks, in which every message that goes through `say` is known by its letters.

Whatever is still in Latin letters was never said, or is not in the catalogues, or was typed.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from types import ModuleType
from unicodedata import lookup

from reports.language import speaking, trying

ROOT = Path(__file__).parents[1]
_FIRST = ord(lookup("GEORGIAN LETTER AN"))
_LETTERS = {ord(a): _FIRST + n for letters in (ascii_lowercase, ascii_uppercase)
            for n, a in enumerate(letters)}  # fmt: skip
ALWAYS = frozenset({"Utfall", "Python", "NumPy", "SciPy"})
CODES = frozenset({"key", "kind", "language", "name", "frame", "subject", "logo", "theme"})
"""Fields of a report that nobody reads."""


@cache
def catalogue_tool() -> ModuleType:
    """The program that writes the catalogues."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import messages
    finally:
        sys.path.pop(0)
    return messages


def foreign(message: str) -> str:
    """A message in letters of its own; its places are kept.

    >>> print(foreign("of {count}"))
    პვ {count}
    """
    parts = re.split(r"(\{\w+\})", message)
    return "".join(p if p.startswith("{") else p.translate(_LETTERS) for p in parts)


class Foreign(NullTranslations):
    """Translates what the catalogues have, and leaves the rest as it is."""

    def __init__(self, known: Iterable[tuple[str | None, str]]) -> None:
        super().__init__()
        self.known = frozenset(known)

    def _of(self, context: str | None, key: str, form: str) -> str:
        return foreign(form) if (context, key) in self.known else form

    def gettext(self, message: str) -> str:
        return self._of(None, message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self._of(None, one, one if count == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self._of(context, message, message)


@cache
def _everything() -> Foreign:
    found = [m for m in catalogue_tool().extracted() if m.id]
    return Foreign((m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in found)


@contextmanager
def speaking_foreign() -> Iterator[None]:
    """Write everything inside in the language that nobody speaks."""
    with trying("en", _everything()), speaking("en"):
        yield


def unsaid(text: str, typed: Iterable[str] = ()) -> list[str]:
    """The words of a text that were neither said nor `typed` by somebody.

    >>> unsaid("ოფ 3 trials, Portal", typed=["Portal"])
    ['trials']
    """
    allowed = {*ALWAYS, *(word for text in typed for word in _words(text))}
    return sorted({word for word in _words(text) if word not in allowed})


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-zÀ-ÖØ-öø-ɏ]+", text)  # × and ÷ are no letters


def texts_of(found: object) -> Iterator[str]:
    """Every text in a report, a section, a table or a picture that somebody reads."""
    if isinstance(found, str):
        yield found
    elif is_dataclass(found) or hasattr(found, "_fields"):
        for name in (
            [field.name for field in fields(found)] if is_dataclass(found) else found._fields
        ):
            if name not in CODES:
                yield from texts_of(getattr(found, name))
    elif isinstance(found, tuple | list):
        for part in found:
            yield from texts_of(part)
    elif hasattr(found, "findobj"):  # a picture
        from matplotlib.text import Text

        yield from (text.get_text() for text in found.findobj(Text) if text.get_visible())
