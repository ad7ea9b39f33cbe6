"""The sections of a report, in the order in which a board reads them.

Each is a function from what is reported to a section, or None where it has nothing to say. A later
analysis adds its blocks to `sensitivity.PARTS` or `information.PARTS`, and touches nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from reports.document import Section, Subject
from reports.sections import (
    alternatives,
    answer,
    assumptions,
    cash,
    downside,
    drivers,
    flexibility,
    follow_up,
    information,
    not_valued,
    quality,
    scope,
    sensitivity,
    value,
)

SECTIONS: tuple[Callable[[Subject], Section | None], ...] = (
    answer.answer,
    scope.scope,
    alternatives.alternatives,
    drivers.drivers,
    assumptions.assumptions,
    cash.cash,
    value.value,
    sensitivity.sensitivity,
    information.information,
    downside.downside,
    flexibility.flexibility,
    not_valued.not_valued,
    quality.quality,
    follow_up.follow_up,
)


def sections_of(subject: Subject) -> tuple[Section, ...]:
    """Every section that has something to say, in the language spoken."""
    found = (section(subject) for section in SECTIONS)
    return tuple(section for section in found if section is not None)
