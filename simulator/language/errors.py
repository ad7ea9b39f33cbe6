"""A mistake inside one expression, by its place in the text."""

from __future__ import annotations


class LanguageError(ValueError):
    """What is wrong with an expression, what to write instead, and at which characters."""

    def __init__(self, problem: str, remedy: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(f"{problem}; {remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy
        self.start = start
        self.end = end
