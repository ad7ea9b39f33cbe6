"""Any distribution of scipy.stats by its own name and parameters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from distributions.errors import EstimateError, number_text
from distributions.marginal import Check, Floats, Marginal, Param, as_parameter

_VERY_MANY = 2**17


@cache
def _known() -> dict[str, Any]:
    from scipy import stats

    kinds = (stats.rv_continuous, stats.rv_discrete)
    return {name: thing for name, thing in vars(stats).items() if isinstance(thing, kinds)}


@dataclass(frozen=True, eq=False)
class ScipyMarginal(Marginal):
    """`scipy.stats.<name>(*args, **keywords)`; keywords as pairs of name and value.

    >>> round(float(ScipyMarginal("gumbel_r", (0, 1)).ppf(np.exp(-1))), 9)
    0.0
    """

    name: str
    args: tuple[Param, ...] = ()
    keywords: tuple[tuple[str, Param], ...] = ()

    def __post_init__(self) -> None:
        family = _known().get(self.name)
        if family is None:
            import difflib

            near = difflib.get_close_matches(self.name, _known(), 3)
            hint = " or ".join(f"scipy.{name}" for name in near)
            raise EstimateError(
                f"scipy.stats has no distribution called {self.name}",
                f"did you mean {hint}?" if near else "write a name as scipy.stats spells it",
            )
        args = tuple(as_parameter(value, "parameter") for value in self.args)
        keywords = tuple((key, as_parameter(value, key)) for key, value in self.keywords)
        object.__setattr__(self, "args", args)
        object.__setattr__(self, "keywords", keywords)
        try:
            self._shapes_location_scale()
        except TypeError:
            raise EstimateError(
                f"the parameters do not fit scipy.{self.name}", f"write {self._signature()}"
            ) from None
        super().__post_init__()

    def _signature(self) -> str:
        family = _known()[self.name]
        shapes = family.shapes.split(", ") if family.shapes else []
        places = [*shapes, "loc=0"] + ([] if self._whole else ["scale=1"])
        return f"scipy.{self.name}({', '.join(places)})"

    @property
    def _whole(self) -> bool:
        """Whether the family lives on whole numbers."""
        return hasattr(_known()[self.name], "pmf")

    def _shapes_location_scale(self) -> tuple[tuple[Param, ...], Param, Param]:
        parsed = _known()[self.name]._parse_args(*self.args, **dict(self.keywords))
        return (*parsed, 1.0) if len(parsed) == 2 else parsed

    def _checks(self) -> tuple[Check, ...]:
        shapes, _, scale = self._shapes_location_scale()
        given = [*self.args, *(value for _, value in self.keywords)]
        shown = ", ".join(
            [number_text(value) if isinstance(value, float) else "..." for value in self.args]
            + [
                f"{key}={number_text(value) if isinstance(value, float) else '...'}"
                for key, value in self.keywords
            ]
        )
        problem = f"scipy.{self.name}({shown}) is no distribution: a parameter is out of range"
        remedy = f"see what scipy.stats.{self.name} asks of its parameters: {self._signature()}"
        fine = _known()[self.name]._argcheck(*shapes) if shapes else np.True_
        return (
            *(Check(np.isfinite(value), problem, remedy) for value in given),
            Check(np.asarray(fine) & (np.asarray(scale) > 0), problem, remedy),
        )

    @cached_property
    def _frozen(self) -> Any:
        return _known()[self.name](*self.args, **dict(self.keywords))

    def scipy(self) -> Any:
        return self._frozen

    def _ppf(self, u: Floats) -> Floats:
        x = np.asarray(self._frozen.ppf(u), dtype=np.float64)
        return np.where(u == 0, self.support[0], x) if self._whole else x

    def _isf(self, q: Floats) -> Floats:
        x = np.asarray(self._frozen.isf(q), dtype=np.float64)
        return np.where(q == 1, self.support[0], x) if self._whole else x

    def _cdf(self, x: Floats) -> Floats:
        return np.asarray(self._frozen.cdf(x))

    def _sf(self, x: Floats) -> Floats:
        return np.asarray(self._frozen.sf(x))

    def _below(self, x: Floats) -> Floats:
        return self._cdf(self._before(x)) if self._whole else self._cdf(x)

    def _at_least(self, x: Floats) -> Floats:
        return self._sf(self._before(x)) if self._whole else self._sf(x)

    def _before(self, x: Floats) -> Floats:
        """The last point with mass below x: whole numbers, counted from the location."""
        location = np.asarray(self._shapes_location_scale()[1])
        return np.asarray(np.ceil(x - location) - 1 + location)

    def _pdf(self, x: Floats) -> Floats:
        if self._whole:
            return np.zeros(np.broadcast_shapes(np.shape(x), self.shape))
        return np.asarray(self._frozen.pdf(x))

    def _mean(self) -> Param:
        return np.asarray(self._frozen.mean())[()]

    def _sd(self) -> Param:
        return np.asarray(self._frozen.std())[()]

    @property
    def is_discrete(self) -> bool:
        return self._whole

    @property
    def support(self) -> tuple[Param, Param]:
        low, high = self._frozen.support()
        return np.asarray(low, dtype=np.float64)[()], np.asarray(high, dtype=np.float64)[()]

    @cached_property
    def _outermost(self) -> tuple[float, float]:
        """The first and the last point, up to chances of 1e-300, as far as scipy can count.

        Ends that are not known are walked out step by step until the points are very many.
        """
        low, high = (float(end) for end in self.support)
        first, last = low, high
        for tail in 10.0 ** -np.arange(2, 302, 2):
            ends = float(self.ppf(tail)), float(self.isf(tail))
            if not np.isfinite(ends).all() or np.isfinite([low, high]).all():
                break
            first = low if np.isfinite(low) else ends[0]
            last = high if np.isfinite(high) else ends[1]
            if last - first > _VERY_MANY:
                break
        return first, last

    def most_points(self) -> float:
        return self._outermost[1] - self._outermost[0] + 1 if self._whole else 0.0

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        if not self._whole:
            return np.empty(0), np.empty(0)
        bottom, top = (float(end) for end in self.support)
        first = max(bottom, float(self._before(np.asarray(low))) + 1)
        first = first if np.isfinite(first) else self._outermost[0]
        last = min(top, high)
        last = last if np.isfinite(last) else self._outermost[1]
        points = np.arange(first, last + 1)
        points = points[points <= last]
        masses = np.asarray(self._frozen.pmf(points))
        return points[masses > 0], masses[masses > 0]


def scipy_distribution(name: str, *args: Param, **keywords: Param) -> ScipyMarginal:
    """Any scipy.stats distribution by its own name and parameters.

    >>> round(float(scipy_distribution("gengamma", 2, 1.5, scale=3).mean), 4)
    4.5137
    """
    return ScipyMarginal(name, args, tuple(keywords.items()))
