"""From a result to a report: what is asked, what was found, section by section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reports.document import Block, Figure, Paragraph, Report, Section, Subject
from reports.language import speaking
from reports.tables import lines_table, payback_table, value_table
from reports.words import answer
from simulator.analysis.comparison import Compared, compare
from simulator.analysis.tornado import Tornado, tornado
from simulator.case.comparison import NOTHING, Comparison, comparison_of_cases
from simulator.errors import RunError
from simulator.result import Result

if TYPE_CHECKING:
    from simulator.case.case import Case


def subject_of(found: Result | Compared) -> Subject:
    """What is reported: a result set against doing nothing, or a comparison."""
    if isinstance(found, Compared):
        results = {name: result for name, result in found.results.items() if name != NOTHING}
        return Subject(results, _tornados(results), found)
    results = {found.case.name: found}
    if not found.outcomes:
        return Subject(results, {}, None)
    alone = replace(
        comparison_of_cases([found.case]),
        trials=found.trials, seed=found.seed, sampling=found.sampling,
    )  # fmt: skip
    nothing = compare(alone).results[NOTHING]
    compared = Compared(alone, {found.case.name: found, NOTHING: nothing})
    return Subject(results, _tornados(results), compared)


def _tornados(results: dict[str, Result]) -> dict[str, Tornado]:
    """What moves each alternative; left out where the model has no value at an end."""
    bars = {}
    for name, result in results.items():
        try:
            bars[name] = tornado(result.case)
        except RunError:
            continue
    return bars


def report_of(
    found: Result | Compared,
    language: str | None = None,
    *,
    title: str = "",
    author: str = "",
    logo: Path | None = None,
    theme: Path | None = None,
    written: date | None = None,
) -> Report:
    """A report in a language; that of the case or comparison where none is given."""
    subject = subject_of(found)
    asked: Case | Comparison = found.comparison if isinstance(found, Compared) else found.case
    language = language or asked.language
    with speaking(language):
        sections = tuple(_sections(subject))
    return Report(
        title or asked.name, language, sections, subject, written or date.today(),
        author, logo, theme,
    )  # fmt: skip


def _sections(subject: Subject) -> list[Section]:
    from reports.figures import all_charts

    found: list[Section] = []
    for name, result in subject.results.items():
        if not result.outcomes:
            continue
        blocks: list[Block] = [
            *(Paragraph(text, "lead") for text in answer(result, subject.tornados.get(name))),
            payback_table(result),
            value_table(result),
            lines_table(result),
            *(Figure(chart) for chart in all_charts(result, subject.tornados.get(name))),
        ]
        found.append(Section(f"answer-{len(found)}", name, tuple(blocks)))
    return found
