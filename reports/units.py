"""Figures of inputs and quantities in their units: shares in percent, the rest as amounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from reports.numbers import (
    ENGLISH,
    SPACE,
    Scale,
    Shown,
    Style,
    exact,
    number,
    percent,
    percent_shown,
)

if TYPE_CHECKING:
    from simulator.case.case import Case

_SHARES = ("share", "percent", "%")


@dataclass(frozen=True)
class Unit:
    """What a figure is counted in, and whether it reads best in percent.

    >>> Unit("share of customers", share=True).text(0.0512), Unit("hours").text(1234.5)
    ('5.12\\xa0%', '1\\xa0230')
    """

    name: str = ""
    share: bool = False

    def text(self, value: float | None, style: Style = ENGLISH) -> str:
        """A figure by itself, without the unit's name."""
        return percent(value, style=style) if self.share else number(value, style=style)

    def known(self, value: float, style: Style = ENGLISH) -> str:
        """A figure that is known, in full."""
        return exact(value * 100, style) + f"{SPACE}%" if self.share else exact(value, style)

    def full(self, value: float | None, error: float | None = None, style: Style = ENGLISH) -> str:
        """A figure in a sentence, with the unit's name where it needs one."""
        if self.share:
            return percent(value, error, style)
        unit = f"{SPACE}{self.name}" if self.name and value is not None else ""
        shown = number(value, error, style)
        text, bracket, rest = shown.partition(" (±")
        return f"{text}{unit}{bracket}{rest}"

    def scale(self, values: Iterable[float | None], style: Style = ENGLISH) -> Scale:
        """The scale of a table or an axis in this unit; percent has none."""
        known = [100 * value if self.share and value is not None else value for value in values]
        scale = Scale.of(known, style)
        return Scale(0, scale.place) if self.share else scale

    def shown(
        self, scale: Scale, value: float | None, error: float | None = None, style: Style = ENGLISH
    ) -> Shown:
        """A figure of a table or an axis in this unit."""
        if self.share:
            return percent_shown(value, error, style)
        return scale.shown(value, error, style)

    def heading(self, scale: Scale, style: Style = ENGLISH) -> str:
        """What stands above such figures."""
        return self.name if self.share else scale.heading(self.name, style)


def unit_of(unit: str, text: str = "", ends: Iterable[float | None] = ()) -> Unit:
    """The unit of an entry: as it says, or by its percent signs when it says nothing.

    `text` is the expression as typed, `ends` are typical values.

    >>> unit_of("share of customers").share, unit_of("", "3 % to 8 %", (0.03, 0.08)).share
    (True, True)
    >>> unit_of("SEK").share, unit_of("", "event(10 %, 1M to 4M)", (0.0, 2.5e6)).share
    (False, False)
    """
    if unit:
        return Unit(unit, unit.lower().startswith(_SHARES))
    known = [abs(end) for end in ends if end is not None and isfinite(end)]
    return Unit("", "%" in text and bool(known) and max(known) <= 1.5)


def unit_in(case: Case, name: str, ends: Iterable[float | None] = ()) -> Unit:
    """The unit of an input or a calculation of a case."""
    entry = case.quantities.get(name)
    if entry is None:
        return Unit()
    return unit_of(entry.unit, str(entry) if entry.section == "inputs" else "", ends)
