"""The sections of a report, in the order in which a board reads them.

Each is a function from what is reported to a section, or None where it has nothing to say. A later
analysis adds its blocks to `sensitivity.PARTS` or `information.PARTS`, and touches nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from reports.document import Section, Subject
from reports.sections.alternatives import alternatives
from reports.sections.answer import answer
from reports.sections.assumptions import assumptions
from reports.sections.cash import cash
from reports.sections.downside import downside
from reports.sections.drivers import drivers
from reports.sections.flexibility import flexibility
from reports.sections.follow_up import follow_up
from reports.sections.information import information
from reports.sections.not_valued import not_valued
from reports.sections.quality import quality
from reports.sections.scope import scope
from reports.sections.sensitivity import sensitivity
from reports.sections.value import value

SECTIONS: tuple[Callable[[Subject], Section | None], ...] = (
    answer, scope, alternatives, drivers, assumptions, cash, value, sensitivity, information,
    downside, flexibility, not_valued, quality, follow_up,
)  # fmt: skip


def sections_of(subject: Subject) -> tuple[Section, ...]:
    """Every section that has something to say, in the language spoken."""
    found = (section(subject) for section in SECTIONS)
    return tuple(section for section in found if section is not None)
