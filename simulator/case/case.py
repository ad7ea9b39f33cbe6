"""What a case file says, frozen: numbers, estimates and formulas with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from simulator.case.document import Scalar
from simulator.errors import NOWHERE, Place
from simulator.language import show
from simulator.language.tree import Node

Timing = Literal["end", "middle"]
Losses = Literal["used", "carried"]
Sampling = Literal["sobol", "latin", "random"]
MONEY = ("investment", "benefits", "costs")
TEXTS = ("unit", "question", "source", "owner", "date", "note", "label")


@dataclass(frozen=True)
class Expression:
    """One expression, and where it stands."""

    tree: Node
    source: Scalar = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.typed()

    def typed(self, numbers: str = "en") -> str:
        """The expression as one would type it, in the way of writing numbers asked for."""
        return show(self.tree, numbers)

    @property
    def place(self) -> Place:
        """Where the expression begins."""
        return self.source.at(0)

    def at(self, node: Node) -> Place:
        """Where a part of the expression begins."""
        return self.source.at(node.span[0])


@dataclass(frozen=True)
class Entry:
    """A named input, calculation or line of money with what is known about it.

    Either `formula` (an estimate is one, too) or `start` and `next` is given.
    """

    name: str
    section: str
    formula: Expression | None = None
    start: Expression | None = None
    next: Expression | None = None
    unit: str = ""
    question: str = ""
    source: str = ""
    owner: str = ""
    date: str = ""
    note: str = ""
    label: str = ""
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def __str__(self) -> str:
        return self.typed()

    def typed(self, numbers: str = "en") -> str:
        """The formula as one would type it, in the way of writing numbers asked for."""
        if self.formula is not None:
            return self.formula.typed(numbers)
        assert self.start is not None and self.next is not None, "a stock has both"
        return f"start: {self.start.typed(numbers)}; next: {self.next.typed(numbers)}"

    @property
    def is_estimate(self) -> bool:
        """Whether an estimate stands anywhere in it."""
        from simulator.case.estimates import is_estimate

        tops = (self.formula, self.start, self.next)
        return any(is_estimate(part) for top in tops if top for part in top.tree.walk())

    @property
    def title(self) -> str:
        """The label where there is one, else the name."""
        return self.label or self.name

    @property
    def path(self) -> str:
        """Section and name, as in `inputs.churn`."""
        return f"{self.section}.{self.name}"


@dataclass(frozen=True)
class Hurdle:
    """The longest payback that is acceptable."""

    years: float
    discounted: bool = False

    def __str__(self) -> str:
        unit = "year" if self.years == 1 else "years"
        return f"{self.years:g} {unit}{' discounted' if self.discounted else ''}"


class Tax(NamedTuple):
    """Company tax: `rate` of profit after straight-line depreciation of the investment."""

    rate: Expression
    depreciation_years: int
    losses: Losses = "used"


@dataclass(frozen=True)
class Dependence:
    """Two estimates that move together: a rank correlation, or a share of `same_half`."""

    between: tuple[str, str]
    kind: Literal["rank", "same_half"]
    value: Expression
    place: Place = field(default=NOWHERE, compare=False, repr=False)


class FollowUp(NamedTuple):
    """What to measure once it runs, in which month, and what reading would refute the case."""

    what: str
    month: int | None = None
    refutes: str = ""


def _nothing() -> Mapping[str, Entry]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Case:
    """One investment and what is believed about it. Read one with `utfall.load(path)`."""

    name: str
    currency: str = ""
    years: int | None = None
    discount_rate: Expression | None = None
    hurdle: Hurdle | None = None
    inputs: Mapping[str, Entry] = field(default_factory=_nothing)
    calculations: Mapping[str, Entry] = field(default_factory=_nothing)
    investment: Mapping[str, Entry] = field(default_factory=_nothing)
    benefits: Mapping[str, Entry] = field(default_factory=_nothing)
    costs: Mapping[str, Entry] = field(default_factory=_nothing)
    dependence: tuple[Dependence, ...] = ()
    tax: Tax | None = None
    timing: Timing = "end"
    delay: int = 0
    start: int | None = None
    outputs: tuple[str, ...] = ()
    trials: int | None = None
    seed: int | None = None
    sampling: Sampling | None = None
    language: str = "en"
    numbers: str = "en"
    note: str = ""
    decision: str = ""
    scope: str = ""
    not_valued: tuple[str, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    risk_tolerance: float | None = None
    path: Path | None = field(default=None, compare=False)
    extends: tuple[Path, ...] = field(default=(), compare=False, repr=False)

    @property
    def has_money(self) -> bool:
        """Whether the case values cash; one without only reports its `outputs`."""
        return any((self.investment, self.benefits, self.costs))

    @property
    def horizon(self) -> int:
        """The last year of cash, counted from the undelayed year 0."""
        return (self.years or 0) + self.delay

    @property
    def quantities(self) -> Mapping[str, Entry]:
        """Inputs and calculations, which share one set of names."""
        return {**self.inputs, **self.calculations}

    def entries(self) -> tuple[Entry, ...]:
        """Every named entry, section by section."""
        sections = (self.inputs, self.calculations, self.investment, self.benefits, self.costs)
        return tuple(entry for section in sections for entry in section.values())

    def with_inputs(self, **changes: str | float) -> Case:
        """The same case with some inputs changed: numbers, or text in the case language.

        What becomes a known number no longer depends on anything: its `dependence` goes.

        >>> import utfall as ut
        >>> case = ut.read("inputs: {a: 2}\\ncalculations: {b: a * 3}\\noutputs: [b]")
        >>> print(case.with_inputs(a="5 to 10").inputs["a"])
        5 to 10

        Raises CaseError for an input that the case does not have, or an expression that cannot
        be read.
        """
        from simulator.case.file import changed_inputs

        inputs = changed_inputs(self, changes)
        known = {name for name in changes if not inputs[name].is_estimate}
        kept = tuple(pair for pair in self.dependence if not known & set(pair.between))
        return replace(self, inputs=MappingProxyType(inputs), dependence=kept)

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: read-only mappings cannot be, but dicts can."""
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        return {k: dict(v) if isinstance(v, MappingProxyType) else v for k, v in own.items()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            shut = MappingProxyType(value) if isinstance(value, dict) else value
            object.__setattr__(self, name, shut)

    def __str__(self) -> str:
        from simulator.case.writer import write

        return write(self)
