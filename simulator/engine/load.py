"""The way in: a file or a text → a Case that has been checked through and through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from distributions import Marginal
from simulator.case.case import Case, Entry, Hurdle
from simulator.case.comparison import (
    Comparison,
    OpenedComparison,
    comparison_from,
    comparison_of_cases,
    is_comparison,
    open_comparison,
    whether,
)
from simulator.case.document import Document, Scalar
from simulator.case.file import Opened, open_file, open_text
from simulator.case.reader import Reader
from simulator.engine.compile import compile_case
from simulator.engine.sampling import Joint
from simulator.engine.together import compile_together
from simulator.errors import CaseError, Place, Problem
from simulator.language.numbers import in_numbers
from simulator.language.tree import Call


def load(path: str | Path) -> Case:
    """The case in a file, checked: names, kinds, estimates, dependence.

    Raises CaseError with everything that is wrong, each with its place and what to write instead.
    """
    return _checked(open_file(path))


def read(text: str, file: str = "") -> Case:
    """The case in a text, checked as `load` does; `file` is what messages call it.

    >>> read("inputs: {a: 5 to 40}\\noutputs: [a]").inputs["a"].name
    'a'
    """
    return _checked(open_text(text, file))


def estimate(text: str, numbers: str = "en") -> Marginal:
    """The distribution that an estimate means, as in `estimate("5 to 40").percentile(95)`.

    >>> round(float(estimate("5 to 40").percentile(95)), 9)
    40.0

    Raises CaseError where the text is no estimate, or one whose parameters are uncertain.
    """
    document = Document(text, "estimate")
    source = Scalar(text, document.place(1, 1))
    formula = Reader(document, numbers).expression("", source)
    if formula is None:
        raise CaseError(document.problems)
    if any(isinstance(n, Call) and n.function == "each_year" for n in formula.tree.walk()):
        problem = "each_year redraws an estimate; this describes a single draw"
        raise CaseError([Problem(problem, "leave each_year out", source.place)])
    entry = Entry("x", "inputs", formula, place=source.place)
    try:
        program = compile_case(Case("estimate", inputs={"x": entry}, outputs=("x",)))
    except CaseError as error:
        raise CaseError(replace(problem, entry="") for problem in error.problems) from None
    (node,) = program.quantities["x"]
    if node not in program.marginals:
        raise CaseError(
            [
                Problem(
                    "this is not a single estimate with known parameters",
                    "write one, such as 5 to 40 or pert(2, 5, 9)",
                    source.place,
                )
            ]
        )
    return program.marginals[node]


def unused(case: Case) -> tuple[str, ...]:
    """Inputs and calculations that no line of money, rate or output depends on.

    >>> unused(read("inputs: {a: 5 to 40, b: 2}\\noutputs: [a]"))
    ('b',)
    """
    return compile_case(case).unused


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
            cases[name] = _checked(opened)
        except CaseError as error:
            problems += error.problems
    if problems:
        raise CaseError(problems)
    return _together(comparison_from(read, cases))


def _as_written(problem: Problem, numbers: str) -> Problem:
    """A problem that shows numbers as the file writes them."""
    said = in_numbers(problem.problem, numbers)
    return replace(problem, problem=said, remedy=in_numbers(problem.remedy, numbers))


def _checked(opened: Opened) -> Case:
    """The case, if it is sound; else everything that is wrong with it, together."""
    problems = list(opened.problems)
    if opened.complete:
        try:
            Joint(compile_case(opened.case))
        except CaseError as error:
            problems += (_as_written(problem, opened.case.numbers) for problem in error.problems)
    if problems:
        raise CaseError(problems)
    return opened.case
