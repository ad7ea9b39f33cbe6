"""The way in: a file or a text → a Case that has been checked through and through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from distributions import Marginal
from simulator.case.case import Case, Entry
from simulator.case.document import Document, Scalar
from simulator.case.file import Opened, open_file, open_text
from simulator.case.reader import Reader
from simulator.engine.compile import compile_case
from simulator.engine.sampling import Joint
from simulator.errors import CaseError, Problem
from simulator.language.numbers import in_numbers
from simulator.language.tree import Call


def load(path: str | Path) -> Case:
    """The case in a file, checked: names, kinds, estimates, dependence.

    Raises CaseError with everything that is wrong, each with its place and what to write instead.
    """
    return checked(open_file(path))


def read(text: str, file: str = "") -> Case:
    """The case in a text, checked as `load` does; `file` is what messages call it.

    >>> read("inputs: {a: 5 to 40}\\noutputs: [a]").inputs["a"].name
    'a'
    """
    return checked(open_text(text, file))


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


def _as_written(problem: Problem, numbers: str) -> Problem:
    """A problem that shows numbers as the file writes them."""
    said = in_numbers(problem.problem, numbers)
    return replace(problem, problem=said, remedy=in_numbers(problem.remedy, numbers))


def checked(opened: Opened) -> Case:
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
