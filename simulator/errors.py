"""What the program says when it cannot go on: where, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


class UtfallError(Exception):
    """Anything that a user can put right. Its text is meant to be read as it stands."""


class RunError(UtfallError):
    """A sound case that could not be simulated, written or drawn."""


class Stopped(RunError):
    """A run that was stopped before there was anything to tell."""


@dataclass(frozen=True)
class Place:
    """A spot in a case file; lines and columns count from 1, 0 means unknown."""

    file: str = ""
    line: int = 0
    column: int = 0
    text: str = field(default="", compare=False, repr=False)
    """The line itself, to be shown."""

    def __str__(self) -> str:
        parts = [self.file or "case"]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


NOWHERE = Place()


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a case.

    >>> print(Problem("low 5 lies above high 2", "write 2 to 5", Place("a.yaml", 3, 9), "churn"))
    a.yaml:3:9, churn: low 5 lies above high 2
        write 2 to 5
    """

    problem: str
    remedy: str = ""
    place: Place = NOWHERE
    entry: str = ""

    def __str__(self) -> str:
        where = f"{self.place}, {self.entry}" if self.entry else str(self.place)
        lines = [f"{where}: {self.problem}"]
        if self.place.text:
            lines.append(f"    | {self.place.text}")
            if self.place.column:
                lines.append("    | " + " " * (self.place.column - 1) + "^")
        if self.remedy:
            lines.append(f"    {self.remedy}")
        return "\n".join(lines)


class CaseError(UtfallError):
    """Everything that is wrong with a case, in the order of its lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = dict.fromkeys(problems)
        self.problems = tuple(
            sorted(unique, key=lambda p: (p.place.file, p.place.line, p.place.column))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))
