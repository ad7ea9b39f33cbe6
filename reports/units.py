"""Figures of inputs and quantities in their units: shares in percent, the rest as amounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from reports.language import SPACE
from reports.numbers import Scale, Shown, computed, exact, number, percent, percent_shown
from simulator.language import NUMBERS, LanguageError, parse
from simulator.language.tree import Argument, Binary, Call, Node, Number, Unary

if TYPE_CHECKING:
    from simulator.case.case import Case

_SHARES = ("share", "percent", "%", "andel", "procent", "prosent", "osuus", "prosentti")
"""What a unit begins with where its amounts read best in percent, in the languages we speak."""
_NO_AMOUNTS = frozenset(
    {"binomial", "bernoulli", "chance", "poisson", "growth", "data", "exp", "log"}
)
"""What counts, or makes a pure number of what it is given."""
_BESIDE: dict[str, tuple[int | str, ...]] = {
    "event": (0, "probability"), "each_year": (1, "persistence"), "if": (0,), "delay": (1,),
    "from_year": (0,), "until_year": (0,), "at_year": (0,), "cohort": (1,), "s_curve": (2, 3),
    "lognormal": ("mu", "sigma"), "gamma": (0, "shape"), "weibull": (0, "shape"),
    "pareto": (0, "shape"), "student_t": (0, "df"),
}  # fmt: skip
"""Arguments that say when, how likely or in which shape, not how much."""


@dataclass(frozen=True)
class Unit:
    """What a figure is counted in, and whether it reads best in percent.

    >>> Unit("share of customers", share=True).text(0.0512), Unit("hours").text(1234.5)
    ('5.12\\xa0%', '1\\xa0230')
    """

    name: str = ""
    share: bool = False

    def text(self, value: float | None) -> str:
        """A figure by itself, without the unit's name."""
        return percent(value) if self.share else number(value)

    def known(self, value: float, text: str = "") -> str:
        """A figure that is known: in full, unless a formula gave it that was typed as `text`."""
        write = computed if text and not _is_number(_tree(text)) else exact
        return write(value * 100) + f"{SPACE}%" if self.share else write(value)

    def full(
        self, value: float | None, error: float | None = None, among: Scale | None = None
    ) -> str:
        """A figure in a sentence, with the unit's name where it needs one.

        `among` the figures of a table it stands to the same digit.
        """
        if self.share:
            return percent(value, error)
        unit = f"{SPACE}{self.name}" if self.name and value is not None else ""
        shown = number(value, error, among)
        text, bracket, rest = shown.partition(" (±")
        return f"{text}{unit}{bracket}{rest}"

    def scale(self, values: Iterable[float | None]) -> Scale:
        """The scale of a table or an axis in this unit; percent has none."""
        known = [100 * value if self.share and value is not None else value for value in values]
        scale = Scale.of(known)
        return Scale(0, scale.place) if self.share else scale

    def shown(self, scale: Scale, value: float | None, error: float | None = None) -> Shown:
        """A figure of a table or an axis in this unit."""
        if self.share:
            return percent_shown(value, error)
        return scale.shown(value, error)

    def heading(self, scale: Scale) -> str:
        """What stands above such figures."""
        return self.name if self.share else scale.heading(self.name)


def unit_of(unit: str, text: str = "", ends: Iterable[float | None] = ()) -> Unit:
    """The unit of an entry: as it says, or by how its amounts are typed when it says nothing.

    `text` is the expression as typed, `ends` are typical values. The chance inside an event and
    the weights of a mixture are no amounts. What is computed, like `4 % * customers`, counts as
    percent only while it is small.

    >>> unit_of("share of customers").share, unit_of("", "3 % to 8 %", (0.03, 0.08)).share
    (True, True)
    >>> unit_of("SEK").share, unit_of("", "event(4 %, 1M to 6M)", (0.0, 0.0)).share
    (False, False)
    """
    if unit:
        return Unit(unit, unit.lower().startswith(_SHARES))
    tree = _tree(text) if "%" in text else None
    if tree is None or not _in_percent(tree):
        return Unit()
    known = [abs(end) for end in ends if end is not None and isfinite(end)]
    computed = any(isinstance(part, Binary) for part in tree.walk())
    return Unit(share=not computed or (bool(known) and max(known) <= 1.5))


def _tree(text: str) -> Node | None:
    """What was typed, in whichever way of writing numbers it can be read."""
    for numbers in NUMBERS:
        try:
            return parse(text, numbers)
        except LanguageError:
            continue
    return None


def _is_number(node: Node | None) -> bool:
    """Whether a number was typed, and nothing that has to be computed."""
    return isinstance(node.operand if isinstance(node, Unary) else node, Number)


def _in_percent(node: Node) -> bool:
    """Whether the amounts of an expression are typed with percent signs."""
    if isinstance(node, Number):
        return node.unit == "%"
    if not isinstance(node, Call):
        values = [node.value] if isinstance(node, Argument) else node.parts()
        return any(_in_percent(part) for part in values)
    if node.function in _NO_AMOUNTS:
        return False
    beside = _BESIDE.get(node.function, ())
    return any(
        _in_percent(argument)
        for place, argument in enumerate(node.arguments)
        if (argument.name or place) not in beside
    )


def unit_in(case: Case, name: str, ends: Iterable[float | None] = ()) -> Unit:
    """The unit of an input or a calculation of a case."""
    entry = case.quantities.get(name)
    if entry is None:
        return Unit()
    return unit_of(entry.unit, str(entry) if entry.section == "inputs" else "", ends)
