"""What has no amount in it, and what was checked against counting twice."""

from __future__ import annotations

from reports.document import Block, Items, Paragraph, Section, Subject
from reports.language import capital, say
from reports.notes import note
from reports.sections.prose import lists
from reports.sections.shown import called, chosen_cases, comparison_of
from simulator.analysis.doubts import doubts


def not_valued(subject: Subject) -> Section | None:
    """The list of the case; then what looks like a slip, or that nothing does."""
    title = say("What is not valued")
    asked = comparison_of(subject)
    left_out = asked.not_valued if asked else ()
    blocks: list[Block] = list(lists(subject, lambda case: case.not_valued, title, left_out))
    heading = say("What is not valued, and what was checked") if blocks else say("What was checked")
    return Section("not_valued", heading, (*blocks, *_checked(subject)))


def _checked(subject: Subject) -> list[Block]:
    found: dict[str, tuple[str, ...]] = {}
    for name, case in chosen_cases(subject).items():
        sentences = tuple(say("{text}.", text=capital(note(doubt))) for doubt in doubts(case))
        if sentences:
            found[name] = sentences
    blocks: list[Block] = [
        Paragraph(
            say(
                "Checked with every input at its median: that no input or calculation is left "
                "unused, that no cost is a gain by its sign, that no share is more than the whole, "
                "that nothing is placed outside the years, and that no stock falls below zero."
            )
        )
    ]
    if not found:
        blocks.append(Paragraph(say("Nothing of that kind was found.")))
    for name, sentences in found.items():
        heading = say("Is that meant?")
        if not subject.is_single:
            heading = say("{name}: is that meant?", name=called(subject, name))
        blocks.append(Items(sentences, heading))
    if subject.compared is None:
        return blocks
    blocks.append(
        Paragraph(
            say(
                "Whether two lines count the same effect twice is a question of what they mean, "
                "which no program can answer: read the formulas of the lines with it in mind."
            ),
            "note",
        )
    )
    return blocks
