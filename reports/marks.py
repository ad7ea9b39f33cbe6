"""The marks and words that large and small figures are written with, language by language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reports.language import SPACE, message, say, spoken

_SCALES = {
    0: "",
    # translators: these stand after a figure, or above figures, and before a currency; there are
    # always several: "12.3 million SEK"
    3: message("thousand"),
    6: message("million"),
    9: message("billion"),
    12: message("trillion"),
}


@dataclass(frozen=True)
class Marks:
    """The marks that figures are written with; English ones are chosen by us."""

    decimal: str = "."
    group: str = SPACE
    minus: str = "−"


@cache
def marks_of(language: str) -> Marks:
    """The marks of a language, as Unicode's locale data have them.

    >>> marks_of("da")
    Marks(decimal=',', group='.', minus='−')
    """
    if language == "en":
        return Marks()
    from babel import Locale

    symbols = Locale.parse(language).number_symbols["latn"]
    group = symbols["group"]
    return Marks(symbols["decimal"], SPACE if group.isspace() else group)


def marks() -> Marks:
    """Those of the language spoken."""
    return marks_of(spoken())


def scale_name(power: int) -> str | None:
    """What figures counted in 10 ** power are called: "million"; None where there is no word."""
    if power not in _SCALES:
        return None
    return say(_SCALES[power]) if power else ""
