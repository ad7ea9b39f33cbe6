"""The way in: a file or a text → a Case that has been checked through and through."""

from __future__ import annotations

from pathlib import Path

from simulator.case.case import Case
from simulator.case.file import read_case, read_file
from simulator.engine.compile import compile_case
from simulator.engine.sampling import Joint


def load(path: str | Path) -> Case:
    """The case in a file, checked: names, kinds, estimates, dependence.

    Raises CaseError with everything that is wrong, each with its place and what to write instead.
    """
    return _checked(read_file(path))


def read(text: str, file: str = "") -> Case:
    """The case in a text, checked as `load` does; `file` is what messages call it.

    >>> read("inputs: {a: 5 to 40}\\noutputs: [a]").inputs["a"].name
    'a'
    """
    return _checked(read_case(text, file))


def _checked(case: Case) -> Case:
    Joint(compile_case(case))
    return case
