"""From a result to a report: what is asked, what was found, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reports.document import Report, Subject
from reports.language import speaking
from simulator.analysis.comparison import Compared, compare
from simulator.analysis.thresholds import Thresholds, thresholds
from simulator.analysis.tornado import Tornado, tornado
from simulator.case.comparison import NOTHING, Comparison, comparison_of_cases
from simulator.errors import RunError
from simulator.result import Result

if TYPE_CHECKING:
    from simulator.case.case import Case


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
    """A report in a language; that of the case or comparison where none is given.

    Raises RunError for a language that reports do not speak.
    """
    from reports.sections import sections_of

    asked: Case | Comparison = found.comparison if isinstance(found, Compared) else found.case
    language = language or asked.language
    with speaking(language):
        subject = subject_of(found)
        sections = sections_of(subject)
    return Report(
        title or asked.name, language, sections, subject, written or date.today(),
        author, logo, theme,
    )  # fmt: skip


def subject_of(found: Result | Compared) -> Subject:
    """What is reported: a result set against doing nothing, or a comparison."""
    if isinstance(found, Compared):
        results = {name: result for name, result in found.results.items() if name != NOTHING}
        rivals = rivals_of(found)
        return Subject(results, _tornados(results), found, _between(found, rivals), rivals)
    results = {found.case.name: found}
    if not found.outcomes:
        return Subject(results, _tornados(results), None)
    alone = replace(
        comparison_of_cases([replace(found.case, name=_apart(found.case.name))]),
        trials=found.trials, seed=found.seed, sampling=found.sampling,
    )  # fmt: skip
    nothing = compare(alone).results[NOTHING]
    name = next(iter(alone.alternatives))
    compared = Compared(alone, {name: found, NOTHING: nothing})
    return Subject(results, _tornados(results), compared, _turning(found))


def _apart(name: str) -> str:
    """The name of a case, told from doing nothing where it is called that."""
    return f"{name} " if name == NOTHING else name


def rivals_of(compared: Compared) -> tuple[str, str] | None:
    """The first alternative and the one that follows by mean value, what-ifs left out.

    None where another one is first by the comparison's own criterion: what turns the one answer
    does not turn the other. One alternative alone stands against doing nothing.
    """
    alone = [name for name in compared.choices if name != NOTHING]
    if len(alone) == 1:
        return alone[0], NOTHING
    names, first = compared.ranking("value").names, compared.ranking().first
    if len(names) < 2 or first not in (names[0], None):
        return None
    return names[0], names[1]


def _between(compared: Compared, rivals: tuple[str, str] | None) -> Thresholds | None:
    """Where two alternatives change places; doing nothing is worth zero."""
    if rivals is None:
        return None
    comparison = compared.comparison
    cases, factors = comparison.alternatives, comparison.factors
    first, *others = [name for name in rivals if name != NOTHING]
    second = others[0] if others else None
    drawn = {
        **(compared.results[second].inputs if second else {}),
        **compared.results[first].inputs,
    }
    try:
        return thresholds(
            cases[first], cases[second] if second else None,
            separate=comparison.separate,
            factors=(factors[first], factors[second] if second else 1.0),
            drawn=drawn,
        )  # fmt: skip
    except RunError:
        return None


def _turning(result: Result) -> Thresholds | None:
    try:
        return thresholds(result.case, drawn=result.inputs)
    except RunError:
        return None


def _tornados(results: Mapping[str, Result]) -> dict[str, Tornado]:
    """What moves each alternative, or the first quantity of a case without money.

    Left out where the model has no value at an end.
    """
    bars = {}
    for name, result in results.items():
        single = [n for n, found in result.quantities.items() if not isinstance(found, tuple)]
        outcome = "npv" if result.outcomes else next(iter(single), "")
        if not outcome:
            continue
        try:
            bars[name] = tornado(result.case, outcome)
        except RunError:
            continue
    return bars
