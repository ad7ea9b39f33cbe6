"""From a result to a report: what is asked, what was found, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reports.document import Report, Subject
from reports.language import speaking
from simulator.analysis.comparison import Compared, against_nothing
from simulator.analysis.thresholds import Thresholds, thresholds
from simulator.analysis.tornado import Tornado, tornado
from simulator.case.comparison import NOTHING, Comparison
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
        tornados = _tornados(results, found.comparison.factors)
        return Subject(results, tornados, found, _between(found, rivals), rivals)
    results = {found.case.name: found}
    found.refuse_unless_whole("report")
    if not found.outcomes:
        return Subject(results, _tornados(results), None)
    compared = against_nothing(found)
    return Subject(results, _tornados(results), compared, _turning(found))


def rivals_of(compared: Compared) -> tuple[str, str] | None:
    """The first alternative and the one that follows by mean value, what-ifs left out.

    None where another one is first by the comparison's own criterion: what turns the one answer
    does not turn the other. One alternative alone stands against doing nothing.
    """
    from reports.comparison_reading import deciding

    alone = [name for name in compared.choices if name != NOTHING]
    if len(alone) == 1:
        return alone[0], NOTHING
    names = compared.ranking("value").names
    if len(names) < 2 or deciding(compared).first != names[0]:
        return None
    return names[0], names[1]


def _between(compared: Compared, rivals: tuple[str, str] | None) -> Thresholds | None:
    """Where two alternatives change places; doing nothing is worth zero.

    An input that each has for itself is told by the alternative: two may come from one case.
    """
    if rivals is None:
        return None
    comparison = compared.comparison
    factors = comparison.factors
    cases = {name: replace(case, name=name) for name, case in comparison.alternatives.items()}
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


def _tornados(
    results: Mapping[str, Result], factors: Mapping[str, float] | None = None
) -> dict[str, Tornado]:
    """What moves each alternative, or the first quantity of a case without money.

    The model runs in the currency of its case; `factors` turn that into the one of a comparison.
    Left out where the model has no value at an end.
    """
    bars = {}
    for name, result in results.items():
        single = [n for n, found in result.quantities.items() if not isinstance(found, tuple)]
        outcome = "npv" if result.outcomes else next(iter(single), "")
        if not outcome:
            continue
        try:
            bars[name] = tornado(result.case, outcome).times((factors or {}).get(name, 1.0))
        except RunError:
            continue
    return bars
