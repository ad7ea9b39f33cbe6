"""One file's own words, before anything is inherited: every key read, every expression parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.case.case import Entry
from simulator.case.document import Content, Document, Scalar, Table, Unreadable
from simulator.case.keys import LATER, SECTIONS, SETTINGS, did_you_mean
from simulator.case.lists import dependence, follow_up, not_valued
from simulator.case.reader import Reader, Removed
from simulator.errors import Place
from simulator.language import NUMBERS
from simulator.language.names import normal

LISTS = {"dependence": dependence, "not_valued": not_valued, "follow_up": follow_up}


COMPARING = ("compare", "alternatives", "separate", "criterion", "rates")
"""Keys that only a comparison has."""


@dataclass
class Draft:
    """What one file says. `sections` and `tax` are merged key by key, settings replaced whole."""

    document: Document
    settings: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sections: dict[str, dict[str, Entry | Removed]] = field(default_factory=dict)
    tax: dict[str, Any] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    """Sections that are inherited and not wanted: `costs: none`."""
    complete: bool = True
    """Whether every name that the file defines is known, so that unknown ones can be told."""


def draft(document: Document) -> Draft:
    """Read every key of a file; mistakes are noted in the document."""
    root = document.content()
    if root is None:
        return Draft(document, complete=False)
    return draft_of(document, root)


def draft_of(document: Document, root: Table, numbers: str = "en") -> Draft:
    """Read every key of a case that stands in `root`, a whole file or a part of one.

    `numbers` is how numbers are written where the case does not say it.
    """
    result = Draft(document)
    table = {normal(key.text): (key, value) for key, value in root.items}
    reader = Reader(document, numbers_of(table, numbers))
    for name, (key, value) in table.items():
        result.places[name] = key.place
        if isinstance(value, Unreadable):
            result.complete = result.complete and name not in SECTIONS
            result.settings[name] = None
        elif name in SECTIONS and reader.is_none(value):
            result.cleared.append(name)
        elif name in SECTIONS:
            result.sections[name] = reader.section(name, value)
        elif name == "tax" and isinstance(value, Table):
            result.tax = reader.tax(value)
        elif name in LISTS and not reader.is_none(value):
            result.settings[name] = LISTS[name](reader, name, value)
        elif name in SETTINGS:
            result.settings[name] = reader.setting(name, value)
        elif name in COMPARING:
            if name == next(key for key in table if key in COMPARING):  # said once is enough
                document.problem(
                    key.place,
                    f"`{name}` belongs to a comparison of several cases",
                    "run it with `utfall compare` or `utfall report`",
                )
        elif name in LATER:
            document.problem(
                key.place,
                f"`{name}` is part of the language, but this version cannot use it yet",
                "remove it, or put # before it",
            )
        else:
            document.problem(
                key.place, f"`{name}` is not a key of a case", did_you_mean(name, KEYS)
            )
    return result


KEYS = (*SETTINGS, *SECTIONS)


def numbers_of(table: Mapping[str, tuple[Scalar, Content]], default: str = "en") -> str:
    """How a file writes numbers: it must be known before anything else is read."""
    value = table["numbers"][1] if "numbers" in table else None
    return value.text if isinstance(value, Scalar) and value.text in NUMBERS else default
