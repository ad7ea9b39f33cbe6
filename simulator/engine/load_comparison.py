"""The way in for alternatives: one comparison file, or several cases → a checked Comparison."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.case.case import Case, Hurdle
from simulator.case.comparison import (
    Comparison,
    OpenedComparison,
    comparison_from,
    comparison_of_cases,
    is_comparison,
    open_comparison,
    whether,
)
from simulator.engine.load import checked, load
from simulator.engine.sampling import Joint
from simulator.engine.together import compile_together
from simulator.errors import CaseError, Place, Problem


def load_comparison(*paths: str | Path) -> Comparison:
    """The alternatives in one comparison file, or in several case files, checked.

    Raises CaseError with everything that is wrong in any of the files.
    """
    if len(paths) == 1 and is_comparison(paths[0]):
        return _checked_comparison(open_comparison(paths[0]))
    cases: list[Case] = []
    problems: list[Problem] = []
    asked = [path for path in paths if _compares(path)]
    if asked:
        problem = "a comparison file stands alone: it names its alternatives itself"
        remedy = "leave the other files out, or add them to its `alternatives:`"
        raise CaseError([Problem(problem, remedy, Place(str(asked[0])))])
    for path in paths:
        try:
            cases.append(load(path))
        except CaseError as error:
            problems += error.problems
    if problems:
        raise CaseError(problems)
    return _together(comparison_of_cases(cases))


def _compares(path: str | Path) -> bool:
    try:
        return is_comparison(path)
    except CaseError:  # told when it is loaded
        return False


def comparison(alternatives: Mapping[str, Case], name: str = "", **settings: Any) -> Comparison:
    """Cases side by side under names of your choice; `settings` are those of a comparison file.

    >>> from simulator.engine.load import read
    >>> case = read("years: 1\\ndiscount_rate: 0 %\\ninvestment: {A: 9}\\nbenefits: {B: 8 to 12}")
    >>> list(comparison({"Now": case, "Later": case}, criterion="value").alternatives)
    ['Now', 'Later']

    Raises CaseError where they do not go together: names, currencies, inputs defined differently.
    """
    if isinstance(settings.get("hurdle"), (int, float)):
        settings["hurdle"] = Hurdle(float(settings["hurdle"]))
    if settings.get("hurdle") is None:
        settings["hurdle"] = next(
            (case.hurdle for case in alternatives.values() if case.hurdle), None
        )
    title = name or whether(list(alternatives))
    return _together(Comparison(title, alternatives, **settings))


def _together(made: Comparison) -> Comparison:
    """The comparison itself, once its alternatives are known to go together."""
    Joint(compile_together(made.alternatives, made.separate, made.varied, made.variants))
    return made


def _checked_comparison(read: OpenedComparison) -> Comparison:
    problems = list(read.problems)
    cases: dict[str, Case] = {}
    for name, opened in read.opened.items():
        try:
            cases[name] = checked(opened)
        except CaseError as error:
            problems += error.problems
    if problems:
        raise CaseError(problems)
    return _together(comparison_from(read, cases))
