"""The words a case file may use, and those it will be able to use later."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.language.names import name_end
from simulator.language.tree import UNITS

SECTIONS = ("inputs", "calculations", "investment", "benefits", "costs")
SETTINGS = (
    "case", "currency", "years", "discount_rate", "hurdle", "start", "delay", "timing", "tax",
    "dependence", "outputs", "trials", "seed", "sampling", "language", "numbers", "extends", "note",
    "risk_tolerance", "decision", "scope", "not_valued", "follow_up",
)  # fmt: skip
COMPARISON = (
    "compare", "alternatives", "separate", "criterion", "risk_tolerance", "rates", "currency",
    "hurdle", "trials", "seed", "sampling", "language", "numbers", "note",
    "decision", "scope", "not_valued", "follow_up",
)  # fmt: skip
LATER = frozenset({
    "measured", "accept", "experts", "studies", "pilot",
})  # fmt: skip
LATER_IN_ENTRY = frozenset({"group", "accept"})
LATER_FUNCTIONS = frozenset({"percentiles", "pooled", "data"})
RESERVED = frozenset({
    "to", "weight", "and", "or", "not", "if", "year", "calendar_year", "previous", "none",
    *(unit for unit in UNITS if unit != "%"),
})  # fmt: skip


def why_no_name(name: str) -> str:
    """What keeps a text from naming an input or a calculation, empty if nothing does."""
    if name in RESERVED:
        return f"`{name}` is a word of the language"
    if not name or name_end(name, 0) != len(name):
        return f"`{name}` is no name: letters, digits and _ only, no digit first"
    return ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    import difflib

    names = list(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if not near:
        near = [name for name in names if name.lower() == word.lower()]
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy: the nearest known word, or the list of them."""
    names = list(known)
    near = nearest(word, names)
    if near:
        return f"did you mean `{near}`?"
    return f"known are {', '.join(names)}" if names else ""
