"""An estimate in words, in percentiles and drawn in text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from math import ceil, exp, floor, isfinite, log10
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reports.document import Cell, Column, Row, Table
from reports.language import SPACE
from reports.numbers import Scale, chance, number
from reports.tables import bar_of
from reports.units import Unit

if TYPE_CHECKING:
    from distributions import Marginal

Floats = npt.NDArray[np.float64]
Write = Callable[[float], str]
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
FEW = 12
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_WORDS: dict[str, Callable[[Any, Write], str]] = {
    "Point": lambda m, w: f"the number {w(m.value)}",
    "Normal": lambda m, w: f"normal with mean {w(m.mu)} and standard deviation {w(m.sigma)}",
    "LogNormal": lambda m, w: (
        f"lognormal with median {w(exp(m.mu))}; its logarithm is normal with mean {number(m.mu)} "
        f"and standard deviation {number(m.sigma)}"
    ),
    "LogNormalMoments": lambda m, w: (
        f"lognormal with mean {w(m.average)} and standard deviation {w(m.spread)}"
    ),
    "StudentT": lambda m, w: (
        f"Student's t with df {number(m.df)} about {w(m.location)}, scale {w(m.scale)}"
    ),
    "Uniform": lambda m, w: f"uniform: anything from {w(m.low)} to {w(m.high)}, all equally likely",
    "Triangular": lambda m, w: (
        f"triangular: lowest {w(m.low)}, most likely {w(m.mode)}, highest {w(m.high)}"
    ),
    "Pert": lambda m, w: (
        f"PERT: lowest {w(m.low)}, most likely {w(m.mode)}, highest {w(m.high)}"
        + ("" if m.weight == 4 else f", weight {number(m.weight)}")
    ),
    "Beta": lambda m, w: (
        f"beta with a = {number(m.a)} and b = {number(m.b)}, from {w(m.low)} to {w(m.high)}"
    ),
    "Gamma": lambda m, w: f"gamma with shape {number(m.k)} and scale {w(m.scale)}",
    "Exponential": lambda m, w: f"exponential with mean {w(m.scale)}",
    "Weibull": lambda m, w: f"Weibull with shape {number(m.k)} and scale {w(m.scale)}",
    "Pareto": lambda m, w: f"Pareto with shape {number(m.k)}, from {w(m.scale)} upwards",
    "Poisson": lambda m, w: f"Poisson, a number of events, on average {w(m.rate)}",
    "Binomial": lambda m, w: (
        f"binomial, how many of {number(m.n)} with a chance of {chance(m.p)} each"
    ),
    "Bernoulli": lambda m, w: f"yes (1) with a chance of {chance(m.p)}, no (0) otherwise",
    "Discrete": lambda m, w: _either([w(value) for value in m.values], m.weights),
    "Truncated": lambda m, w: f"{in_words(m.base, w)}; only {_range(m.low, m.high, w)}, rescaled",
    "Clipped": lambda m, w: (
        f"{in_words(m.base, w)}; moved to the bound where it is not {_range(m.low, m.high, w)}"
    ),
    "Mixture": lambda m, w: _either([in_words(part, w) for part in m.parts], m.weights, "; or "),
    "Event": lambda m, w: (
        f"with a chance of {chance(m.probability)} this, otherwise 0: {in_words(m.amount, w)}"
    ),
    "ScipyMarginal": lambda m, w: (
        f"the distribution scipy.stats.{m.name}("
        + ", ".join([number(a) for a in m.args] + [f"{k}={number(a)}" for k, a in m.keywords])
        + ")"
    ),
}


def in_words(marginal: Marginal, write: Write = number) -> str:
    """The family of an estimate with its parameters.

    >>> from distributions import triangular
    >>> in_words(triangular(2, 3, 7))
    'triangular: lowest 2, most likely 3, highest 7'
    """
    kind = type(marginal).__name__
    if kind in _WORDS:
        return _WORDS[kind](marginal, write)
    values = ((f.name, getattr(marginal, f.name)) for f in fields(marginal))
    given = ", ".join(f"{name} {number(v)}" for name, v in values if isinstance(v, float))
    return f"{kind.lower()}{' with ' if given else ''}{given}"


def _either(parts: list[str], weights: tuple[float, ...], joined: str = ", ") -> str:
    total = sum(weights)
    told = [
        f"{part} ({chance(weight / total)})" for part, weight in zip(parts, weights, strict=True)
    ]
    if len(told) > 6:
        told = [*told[:5], f"and {len(told) - 5} more"]
    return "either " + joined.join(told)


def _range(low: float, high: float, write: Write) -> str:
    if isfinite(low) and isfinite(high):
        return f"from {write(low)} to {write(high)}"
    return f"{write(high)} or below" if isfinite(high) else f"{write(low)} or above"


def percentile_table(marginal: Marginal, unit: Unit) -> Table:
    """Nine percentiles in a row."""
    values = [float(marginal.percentile(percent)) for percent in PERCENTILES]
    scale = in_full(unit.scale(values))
    columns = tuple(Column(f"P{percent}") for percent in PERCENTILES)
    note = (
        f"P5 is not exceeded with a chance of 5{SPACE}%: 90{SPACE}% sure that it lies between "
        f"{unit.text(values[1])} and {unit.text(values[-2])}."
    )
    cells = tuple(Cell(_spare(unit, scale, value)) for value in values)
    heading = unit.heading(scale)
    title = f"Percentiles, {heading}" if heading else "Percentiles"
    return Table(title, columns, (Row(cells),), (note,))


def in_full(scale: Scale) -> Scale:
    """The same scale, but thousands written out."""
    return Scale(0, scale.place) if scale.power == 3 else scale


def _spare(unit: Unit, scale: Scale, value: float) -> str:
    """A figure in the scale, without digits that say nothing where it counts in ones."""
    return unit.text(value) if scale.power == 0 else unit.shown(scale, value).text


def moments(marginal: Marginal, unit: Unit) -> str:
    """Mean, standard deviation and range in one line."""
    low, high = (float(end) for end in marginal.support)
    mean, sd = float(marginal.mean), float(marginal.sd)
    told = [unit.text(value) if value == value else "undefined" for value in (mean, sd)]
    return (
        f"mean {told[0]}, standard deviation {told[1]}, range {unit.text(low)} to {unit.text(high)}"
    )


class Drawing:
    """The shape of an estimate in a few lines of text, with its axis.

    From P0.5 to P99.5; what lies outside is said. A few single values are drawn one under another,
    each with its chance; those that stand out of an otherwise smooth shape are said in words.
    """

    def __init__(self, marginal: Marginal, unit: Unit, width: int = 60, height: int = 8) -> None:
        self.marginal, self.unit = marginal, unit
        self.width, self.height = width, height
        self.low, self.high = float(marginal.ppf(0.005)), float(marginal.isf(0.005))
        self.points, self.masses = marginal.jumps(self.low, self.high)

    def lines(self) -> list[str]:
        """The drawing, its axis and the values under it."""
        if not self.low < self.high:
            return [f"Always {self.unit.text(self.low)}."]
        if self.marginal.is_discrete and len(self.points) <= FEW:
            return [*self._values(), *self._told()]
        columns = self.chances()
        if columns.max() <= 0:
            return self._told()
        heights = np.ceil(8 * self.height * columns / columns.max() - 0.5).astype(int)
        heights = np.where(columns > 1e-9 * columns.max(), np.maximum(heights, 1), 0)
        drawn = [
            "".join(_EIGHTHS[min(max(h - 8 * row, 0), 8)] for h in heights).rstrip()
            for row in reversed(range(self.height))
        ]
        return [*drawn, *self._axis(), *self._told()]

    def _values(self) -> list[str]:
        """Single values with their chances, one a line."""
        names = [self.unit.text(float(point)) for point in self.points]
        longest = max(len(name) for name in names)
        width = max(self.width - longest - 16, 8)
        return [
            f"{name:>{longest}}  {bar_of(float(mass / self.masses.max()), width)}  "
            f"{chance(float(mass))}"
            for name, mass in zip(names, self.masses, strict=True)
        ]

    def chances(self) -> Floats:
        """The chance of each column: of single values, or of the smooth part between them."""
        edges = np.linspace(self.low, self.high, self.width + 1)
        if self.marginal.is_discrete:  # as if each value were spread between its neighbours
            middles = (self.points[:-1] + self.points[1:]) / 2
            ends = (2 * self.points[0] - middles[0], 2 * self.points[-1] - middles[-1])
            between = np.concatenate([ends[:1], middles, ends[1:]])
            upto = np.concatenate([[0.0], np.cumsum(self.masses)])
            spread: Floats = np.diff(np.interp(edges, between, upto))
            return spread
        at = (self.points - self.low) / (self.high - self.low) * self.width
        column = np.clip(at.astype(np.intp), 0, self.width - 1)
        single = np.bincount(column, self.masses, minlength=self.width)
        smooth = self.marginal.cdf(edges)
        smooth[0] = float(self.marginal.below(self.low))
        return np.maximum(np.diff(smooth) - single, 0.0)

    def _axis(self) -> list[str]:
        """A line with ticks at round values, and the values below."""
        values = ticks(self.low, self.high)
        places = [
            round((value - self.low) / (self.high - self.low) * (self.width - 1))
            for value in values
        ]
        line = ["┬" if place in places else "─" for place in range(self.width)]
        scale = in_full(self.unit.scale(values))
        names, free = [" "] * (self.width + 24), 0
        for value, place in zip(values, places, strict=True):
            text = _spare(self.unit, scale, value)
            start = max(place - len(text) // 2, 0)
            if start >= free:
                names[start : start + len(text)] = list(text)
                free = start + len(text) + 1
        counted = f"  ({scale.heading()})" if scale.heading() else ""
        return ["".join(line), "".join(names).rstrip() + counted]

    def _told(self) -> list[str]:
        told = []
        if not self.marginal.is_discrete:
            for point, mass in zip(self.points, self.masses, strict=True):
                exactly = self.unit.text(float(point))
                told.append(f"Not drawn: exactly {exactly} with a chance of {chance(float(mass))}.")
        below, above = float(self.marginal.below(self.low)), float(self.marginal.sf(self.high))
        low, high = (self.unit.text(float(end)) for end in self.marginal.support)
        if below > 1e-9:
            told.append(f"A chance of {chance(below)} lies further down, to {low} at the least.")
        if above > 1e-9:
            told.append(f"A chance of {chance(above)} lies further up, to {high} at the most.")
        return told


def ticks(low: float, high: float, most: int = 7) -> list[float]:
    """Round values from `low` to `high`: steps of 1, 2 or 5.

    >>> ticks(3.0, 42.0)
    [10.0, 20.0, 30.0, 40.0]
    """
    step = Decimal(10) ** floor(log10((high - low) / most))
    for factor in (1, 2, 5, 10):
        first, last = ceil(low / float(step * factor)), floor(high / float(step * factor))
        if last - first < most:
            break
    return [float(step * factor * count) for count in range(first, last + 1)]
