"""What somebody wrote in a case file for the report: shown as typed, never made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from reports.document import Block, Items, Paragraph, Subject
from reports.sections.shown import called, chosen_cases

if TYPE_CHECKING:
    from simulator.case.case import Case

Said = TypeVar("Said", str, tuple[str, ...])


def prose(subject: Subject, text_of: Callable[[Case], str], asked: str = "") -> tuple[Block, ...]:
    """A text of the case, or that of each alternative under its name; said once where alike.

    What was `asked` of all alternatives stands in its place.
    """
    if asked:
        return (Paragraph(asked, "prose"),)
    blocks: list[Block] = []
    for text, names in texts(subject, text_of).items():
        if not subject.is_single:
            blocks.append(Paragraph(", ".join(called(subject, name) for name in names)))
        blocks.append(Paragraph(text, "prose"))
    return tuple(blocks)


def texts(subject: Subject, text_of: Callable[[Case], str]) -> dict[str, list[str]]:
    """Each text of the cases, with the alternatives that it stands in."""
    return _grouped({name: text_of(case) for name, case in chosen_cases(subject).items()})


def lists(
    subject: Subject,
    items_of: Callable[[Case], tuple[str, ...]],
    title: str,
    asked: tuple[str, ...] = (),
) -> tuple[Block, ...]:
    """A list of the case, or that of each alternative under its name, or one for all."""
    if asked:
        return (Items(asked, title),)
    blocks: list[Block] = []
    found = {name: items_of(case) for name, case in chosen_cases(subject).items()}
    for items, names in _grouped(found).items():
        heading = title if subject.is_single else ", ".join(called(subject, n) for n in names)
        blocks.append(Items(items, heading))
    return tuple(blocks)


def _grouped(texts: Mapping[str, Said]) -> dict[Said, list[str]]:
    """Each text with those who say it."""
    found: dict[Said, list[str]] = {}
    for name, text in texts.items():
        if text:
            found.setdefault(text, []).append(name)
    return found
