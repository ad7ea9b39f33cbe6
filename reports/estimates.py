"""An estimate in words, in percentiles and drawn in text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from functools import reduce
from math import ceil, exp, floor, isfinite, log10
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reports.document import Cell, Column, Row, Table
from reports.language import say, say_many
from reports.numbers import Scale, chance, number, percent
from reports.tables import bar_of, percentile_name
from reports.units import Unit

if TYPE_CHECKING:
    from distributions import Marginal

Floats = npt.NDArray[np.float64]
Write = Callable[[float], str]
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
FEW = 12
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_WORDS: dict[str, Callable[[Any, Write], str]] = {
    "Point": lambda m, w: say("the number {value}", value=w(m.value)),
    "Normal": lambda m, w: say(
        "normal with mean {mean} and standard deviation {sd}", mean=w(m.mu), sd=w(m.sigma)
    ),
    "LogNormal": lambda m, w: say(
        "lognormal with median {median}; its logarithm is normal with mean {mean} and standard "
        "deviation {sd}",
        median=w(exp(m.mu)), mean=number(m.mu), sd=number(m.sigma),
    ),
    "LogNormalMoments": lambda m, w: say(
        "lognormal with mean {mean} and standard deviation {sd}", mean=w(m.average), sd=w(m.spread)
    ),
    "StudentT": lambda m, w: say(
        "Student's t with df {df} about {location}, scale {scale}",
        df=number(m.df), location=w(m.location), scale=w(m.scale),
    ),
    "Uniform": lambda m, w: say(
        "uniform: anything from {low} to {high}, all equally likely", low=w(m.low), high=w(m.high)
    ),
    "Triangular": lambda m, w: say(
        "triangular: lowest {low}, most likely {mode}, highest {high}",
        low=w(m.low), mode=w(m.mode), high=w(m.high),
    ),
    "Pert": lambda m, w: _pert(m, w),
    "Beta": lambda m, w: say(
        "beta with a = {a} and b = {b}, from {low} to {high}",
        a=number(m.a), b=number(m.b), low=w(m.low), high=w(m.high),
    ),
    "Gamma": lambda m, w: say(
        "gamma with shape {shape} and scale {scale}", shape=number(m.k), scale=w(m.scale)
    ),
    "Exponential": lambda m, w: say("exponential with mean {mean}", mean=w(m.scale)),
    "Weibull": lambda m, w: say(
        "Weibull with shape {shape} and scale {scale}", shape=number(m.k), scale=w(m.scale)
    ),
    "Pareto": lambda m, w: say(
        "Pareto with shape {shape}, from {scale} upwards", shape=number(m.k), scale=w(m.scale)
    ),
    "Poisson": lambda m, w: say(
        "Poisson, a number of events, on average {mean}", mean=w(m.rate)
    ),
    "Binomial": lambda m, w: say(
        "binomial, how many of {count} with a chance of {chance} each",
        count=number(m.n), chance=chance(m.p),
    ),
    "Bernoulli": lambda m, w: say(
        "yes (1) with a chance of {chance}, no (0) otherwise", chance=chance(m.p)
    ),
    "Discrete": lambda m, w: say(
        "either {values}", values=", ".join(_weighed([w(value) for value in m.values], m.weights))
    ),
    "ScipyMarginal": lambda m, w: say(
        "the distribution {distribution}",
        distribution=f"scipy.stats.{m.name}("
        + ", ".join([number(a) for a in m.args] + [f"{k}={number(a)}" for k, a in m.keywords])
        + ")",
    ),
}  # fmt: skip
Told = Callable[["Marginal", Write], str]
_MADE_OF: dict[str, Callable[[Any, Write, Told], str]] = {
    "Truncated": lambda m, w, told: say(
        "{estimate}; only {range}, rescaled",
        estimate=told(m.base, w), range=_range(m.low, m.high, w),
    ),
    "Clipped": lambda m, w, told: say(
        "{estimate}; moved to the bound where it is not {range}",
        estimate=told(m.base, w), range=_range(m.low, m.high, w),
    ),
    "Mixture": lambda m, w, told: say(
        "either {values}",
        values=reduce(_or, _weighed([told(part, w) for part in m.parts], m.weights)),
    ),
    "Event": lambda m, w, told: say(
        "with a chance of {chance} this, otherwise 0: {estimate}",
        chance=chance(m.probability), estimate=told(m.amount, w),
    ),
}  # fmt: skip
"""What is made of other estimates, which are told in their turn."""


def in_words(marginal: Marginal, write: Write = number, told: Told | None = None) -> str:
    """The family of an estimate with its parameters; its parts as `told` says them.

    >>> from distributions import triangular
    >>> in_words(triangular(2, 3, 7))
    'triangular: lowest 2, most likely 3, highest 7'
    """
    kind = type(marginal).__name__
    if kind in _WORDS:
        return _WORDS[kind](marginal, write)
    if kind in _MADE_OF:
        return _MADE_OF[kind](marginal, write, told or in_words)
    values = ((f.name, getattr(marginal, f.name)) for f in fields(marginal))
    given = ", ".join(f"{name} {number(v)}" for name, v in values if isinstance(v, float))
    if not given:
        return kind.lower()
    # translators: a family of distributions with its parameters
    return say("{family} with {parameters}", family=kind.lower(), parameters=given)


def _pert(marginal: Any, write: Write) -> str:
    m, w = marginal, write
    if m.weight == 4:
        return say(
            "PERT: lowest {low}, most likely {mode}, highest {high}",
            low=w(m.low), mode=w(m.mode), high=w(m.high),
        )  # fmt: skip
    return say(
        "PERT: lowest {low}, most likely {mode}, highest {high}, weight {weight}",
        low=w(m.low), mode=w(m.mode), high=w(m.high), weight=number(m.weight),
    )  # fmt: skip


def _or(one: str, other: str) -> str:
    # translators: estimates, one of which holds
    return say("{one}; or {other}", one=one, other=other)


def _weighed(parts: list[str], weights: tuple[float, ...]) -> list[str]:
    """Each with its chance; the last ones only counted where there are many."""
    total = sum(weights)
    told = [
        f"{part} ({chance(weight / total)})" for part, weight in zip(parts, weights, strict=True)
    ]
    if len(told) > 6:
        # translators: the end of a list of values or estimates
        told[5:] = [say_many("and {count} more", "and {count} more", len(told) - 5)]
    return told


def _range(low: float, high: float, write: Write) -> str:
    if isfinite(low) and isfinite(high):
        return say("from {low} to {high}", low=write(low), high=write(high))
    if isfinite(high):
        return say("{high} or below", high=write(high))
    return say("{low} or above", low=write(low))


def percentile_table(marginal: Marginal, unit: Unit) -> Table:
    """Nine percentiles in a row."""
    values = [float(marginal.percentile(percent)) for percent in PERCENTILES]
    scale = in_full(unit.scale(values))
    columns = tuple(Column(percentile_name(at)) for at in PERCENTILES)
    note = say(
        "P5 is not exceeded with a chance of {five}: {ninety} sure that it lies between {low} and "
        "{high}.",
        five=percent(0.05), ninety=percent(0.9),
        low=unit.text(values[1]), high=unit.text(values[-2]),
    )  # fmt: skip
    cells = tuple(Cell(_spare(unit, scale, value)) for value in values)
    heading = unit.heading(scale)
    title = say("Percentiles, {unit}", unit=heading) if heading else say("Percentiles")
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
    # translators: a mean or a standard deviation that does not exist
    told = [unit.text(value) if value == value else say("undefined") for value in (mean, sd)]
    return say(
        "mean {mean}, standard deviation {sd}, range {low} to {high}",
        mean=told[0], sd=told[1], low=unit.text(low), high=unit.text(high),
    )  # fmt: skip


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
            return [say("Always {value}.", value=self.unit.text(self.low))]
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
                told.append(
                    say(
                        "Not drawn: exactly {value} with a chance of {chance}.",
                        value=exactly, chance=chance(float(mass)),
                    )
                )  # fmt: skip
        below, above = float(self.marginal.below(self.low)), float(self.marginal.sf(self.high))
        low, high = (self.unit.text(float(end)) for end in self.marginal.support)
        if below > 1e-9:
            told.append(
                say(
                    "A chance of {chance} lies further down, to {low} at the least.",
                    chance=chance(below), low=low,
                )
            )  # fmt: skip
        if above > 1e-9:
            told.append(
                say(
                    "A chance of {chance} lies further up, to {high} at the most.",
                    chance=chance(above), high=high,
                )
            )  # fmt: skip
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
