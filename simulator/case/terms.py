"""What an expression means: names resolved, words of time spelled out, estimates made draws.

Terms compare by identity: two that look alike may still be two draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from distributions import Marginal
from simulator.case.case import Dependence, Entry, Expression
from simulator.errors import Place
from simulator.language.tree import Node

Floats = npt.NDArray[np.float64]
Value = float | Floats


@dataclass(frozen=True, eq=False)
class Term:
    """Any part of a bound formula."""

    def parts(self) -> tuple[Term, ...]:
        """The terms directly below."""
        return ()

    def walk(self) -> Iterator[Term]:
        """This term and all below it."""
        yield self
        for part in self.parts():
            yield from part.walk()


@dataclass(frozen=True, eq=False)
class Constant(Term):
    """A number."""

    value: float


class Year(Term):
    """The year t; 0 under `investment`."""


@dataclass(frozen=True, eq=False)
class Reference(Term):
    """Another quantity, in the same year."""

    name: str


@dataclass(frozen=True, eq=False)
class LastYear(Term):
    """Another quantity, or this one, a year ago."""

    name: str


@dataclass(frozen=True, eq=False)
class Ramp(Term):
    """The t-th of some terms in year t, the last one from then on."""

    steps: tuple[Term, ...]

    def parts(self) -> tuple[Term, ...]:
        return self.steps


@dataclass(frozen=True, eq=False)
class Operation(Term):
    """An operator or a function of the values of the same year."""

    operator: str
    arguments: tuple[Term, ...]

    def parts(self) -> tuple[Term, ...]:
        return self.arguments


WholeWord = Literal["cumulative", "cohort", "delay", "sum_over_years", "discounted"]


@dataclass(frozen=True, eq=False)
class OverYears(Term):
    """A word that needs other years of what it is given."""

    word: WholeWord
    arguments: tuple[Term, ...]
    place: Place
    entry: str

    def parts(self) -> tuple[Term, ...]:
        return self.arguments


@dataclass(frozen=True, eq=False)
class Source:
    """One draw: where its randomness comes from, and how its distribution is made.

    `build` takes the values of `parameters` and gives the Marginal; those in `fixed` must be
    constants. `position` is its place among the inputs, which Sobol' points need.
    """

    name: str
    entry: Entry
    expression: Expression
    node: Node
    build: Callable[[Sequence[Value]], Marginal]
    parameters: tuple[Term, ...]
    fixed: frozenset[int]
    yearly: bool
    persistence: Term | None
    text: str
    """The estimate as it was typed."""
    memory: str
    """Its persistence as it was typed, empty without one."""
    whole: bool
    """Whether the named quantity is this draw and nothing else."""

    @property
    def series(self) -> str:
        """The name, and how the years hang together: what values over the years are known by."""
        return self.name if self.memory == "" else f"{self.name}, persistence {self.memory}"

    @property
    def quantity(self) -> str:
        """The name of the input or calculation (or the label of the line) that it belongs to."""
        return self.entry.name

    @property
    def place(self) -> Place:
        """Where the estimate begins."""
        return self.expression.at(self.node)


@dataclass(frozen=True, eq=False)
class Draw(Term):
    """The value of a source in this trial (and year)."""

    source: Source

    def parts(self) -> tuple[Term, ...]:
        return self.source.parameters


class Broken(Term):
    """Something here is wrong, and said already."""


class Quantity(NamedTuple):
    """A named input or calculation, bound. A stock has `start`; `term` is then its `next`."""

    entry: Entry
    term: Term
    start: Term | None = None
    yearly: bool = False


class Line(NamedTuple):
    """A line of money, bound."""

    entry: Entry
    term: Term


class Model(NamedTuple):
    """A whole case, bound: what the engine compiles.

    `order` puts causes before effects; quantities that need each other's last year stand together.
    """

    quantities: Mapping[str, Quantity]
    order: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    discount_rate: Term | None
    tax_rate: Term | None
    sources: tuple[Source, ...]
    dependence: tuple[tuple[Dependence, Term], ...] = ()
