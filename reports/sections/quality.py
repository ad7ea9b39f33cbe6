"""How much the figures can be relied on, and by which method they were found."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from reports.averaging import averaged_over
from reports.document import Block, Cell, Column, Items, Paragraph, Row, Section, Subject, Table
from reports.language import capital, say
from reports.notes import note
from reports.numbers import exact
from reports.words import all_known, certain

if TYPE_CHECKING:
    from simulator.result import Result


def quality(subject: Subject) -> Section:
    """What was run, how intervals and percentiles are to be read, and what must be known."""
    blocks: list[Block] = [_what_was_run(subject.result)]
    blocks.append(Items(tuple(_reading(subject)), say("How to read the figures")))
    notes = subject.result.notes
    if subject.compared is not None and not subject.is_single:
        notes = subject.compared.notes
    if notes:
        said = tuple(_sentence(each) for each in notes)
        blocks.append(Items(said, say("What must be known")))
    blocks.append(
        Paragraph(
            say(
                "The same case file, seed and number of trials give the same figures to the last "
                "digit on one machine."
            ),
            "note",
        )
    )
    return Section("quality", say("Quality of the figures"), tuple(blocks))


def _sentence(text: str) -> str:
    said = capital(note(text))
    return said if said.endswith((".", "!", "?")) else say("{text}.", text=said)


def _what_was_run(result: Result) -> Table:
    rows = [
        (say("Trials"), exact(float(result.trials))),
        (say("Independent sets"), exact(float(result.replicates))),
        (say("Sampling"), _sampling(result.sampling)),
        (say("Seed"), str(result.seed)),
        *((name, version) for name, version in versions(result).items()),
    ]
    columns = (Column("", kind="text"), Column("", kind="text"))
    cells = tuple(Row((Cell(label), Cell(text))) for label, text in rows)
    return Table(say("What was run"), columns, cells)


def versions(result: Result) -> dict[str, str]:
    """The versions that the figures come from; names of programs are the same everywhere."""
    from importlib.metadata import version

    return {
        "Utfall": result.version,
        "NumPy": version("numpy"),
        "SciPy": version("scipy"),
        "Python": platform.python_version(),
    }


def _sampling(kind: str) -> str:
    if kind == "sobol":
        return say("scrambled Sobol' points, more even than chance")
    if kind == "latin":
        return say("Latin hypercubes, each input spread evenly")
    return say("independent random draws")


def _reading(subject: Subject) -> list[str]:
    result = subject.result
    each = subject.results.values()
    if all(certain(r) if r.outcomes else all_known(r) for r in each):
        return [
            say(
                "Nothing in it is uncertain: every figure follows from numbers that are taken as "
                "known."
            )
        ]
    said = [
        say(
            "Many possible futures, called trials, were valued. In each one every uncertain input "
            "has a value drawn from what is believed about it."
        ),
        _intervals(result),
        *averaged_over(each),
        say(
            "The interval covers the chance in the drawing only: that an estimate is wrong it "
            "cannot know."
        ),
        say(
            "P10 is a value that is not exceeded with a chance of 10 %: there is a 90 % chance of "
            "at least that. So with P50 and P90."
        ),
    ]
    if subject.compared is None:
        return said
    said.append(say("The mean of the worst 5 % of the trials is not the worst that can happen."))
    if any(each.dependence for each in subject.results.values()):
        said.append(
            say(
                "Inputs that move together were drawn by rank correlation, through a normal "
                "copula: such a bond does not tighten in extreme cases."
            )
        )
    return said


def _intervals(result: Result) -> str:
    if result.replicates > 1:
        return say(
            "± is half of a 95 % interval, from the spread between {sets} independent sets of "
            "trials: with endless trials a figure would move by more only one time in 20.",
            sets=exact(float(result.replicates)),
        )
    return say(
        "± is half of a 95 % interval, from the spread of the trials: with endless trials a figure "
        "would move by more only one time in 20."
    )
