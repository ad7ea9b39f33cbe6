"""One of several: a mixture of distributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from distributions.errors import EstimateError
from distributions.inversion import first_reaching
from distributions.marginal import Check, Floats, Marginal, Param, as_parameter
from distributions.single_values import Point, as_weights, weight_checks

_TABLE = 2**17  # most points with mass that are kept in a table
_RARE = 1e-17  # chance in either tail beyond which the table ends


@dataclass(frozen=True, eq=False)
class Mixture(Marginal):
    """One of `parts`, chosen with probabilities in proportion to `weights`.

    The distribution function is the weighted sum of the parts'; the quantile is its true inverse:
    rising in u, exact at points with mass.

    >>> float(Mixture((Point(1), Point(5)), (3, 1)).ppf(0.76))
    5.0
    """

    parts: tuple[Marginal, ...]
    weights: tuple[Param, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", as_weights(self.weights, len(self.parts), "part"))
        super().__post_init__()

    def _parts(self) -> tuple[Marginal, ...]:
        return self.parts

    def _checks(self) -> tuple[Check, ...]:
        return weight_checks(self.weights)

    @cached_property
    def _shared(self) -> list[tuple[Param, Marginal]]:
        """Parts with their shares, which sum to 1; parts without any are left out."""
        total = sum(self.weights)
        pairs = zip((weight / total for weight in self.weights), self.parts, strict=True)
        return [(share, part) for share, part in pairs if np.any(np.asarray(share) != 0)]

    def _sum(self, of_part: str, x: Floats) -> Floats:
        total = np.zeros(np.broadcast_shapes(np.shape(x), self.shape))
        for share, part in self._shared:
            total = total + share * getattr(part, of_part)(x)
        return total

    def _cdf(self, x: Floats) -> Floats:
        return np.minimum(self._sum("cdf", x), 1.0)

    def _sf(self, x: Floats) -> Floats:
        return np.minimum(self._sum("sf", x), 1.0)

    def _below(self, x: Floats) -> Floats:
        return np.minimum(self._sum("below", x), 1.0)

    def _at_least(self, x: Floats) -> Floats:
        return np.minimum(self._sum("at_least", x), 1.0)

    def _pdf(self, x: Floats) -> Floats:
        return self._sum("pdf", x)

    @cached_property
    def _table(self) -> tuple[Floats, Floats] | None:
        """All points with mass and P(X <= point), for single points only; None if too many."""
        if not self.most_points() < _TABLE:
            return None
        low = min(float(part.ppf(_RARE)) for _, part in self._shared)
        high = max(float(part.isf(_RARE)) for _, part in self._shared)
        points, _ = self.jumps(low, high)
        return points, np.maximum.accumulate(self._cdf(points))

    def _ppf(self, u: Floats) -> Floats:
        table = self._table if self.is_discrete and not self.shape else None
        if table is None:
            return self._inverted(u, False)
        points, upto = table
        place = np.searchsorted(upto, u, side="left")
        x = np.array(points[np.minimum(place, len(points) - 1)])
        outside = (place == len(points)) | (u < _RARE) | (u >= 1)
        if outside.any():
            x[outside] = self._inverted(u[outside], False)
        return x

    def _isf(self, q: Floats) -> Floats:
        return self._inverted(q, True)

    def _inverted(self, chance: Floats, upper: bool) -> Floats:
        """The quantile of u = chance, or, if `upper`, of u = 1 - chance."""
        quantiles = [part.isf(chance) if upper else part.ppf(chance) for _, part in self._shared]
        shape = np.broadcast_shapes(np.shape(chance), self.shape)
        # Below the lowest of the parts' quantiles no part has reached u; at the highest all have.
        low = np.broadcast_to(np.minimum.reduce(np.broadcast_arrays(*quantiles)), shape).ravel()
        high = np.broadcast_to(np.maximum.reduce(np.broadcast_arrays(*quantiles)), shape).ravel()
        given = np.broadcast_to(chance, shape).ravel()
        target = -given if upper else given

        def value(x: Floats, where: npt.NDArray[np.intp]) -> Floats:
            if self.shape:  # parameters belong to places: work on all of them
                everywhere = low.copy()
                everywhere[where] = x
                at = everywhere.reshape(shape)
                return np.ravel(-self._sf(at) if upper else self._cdf(at))[where]
            return -self._sf(x) if upper else self._cdf(x)

        lowest, highest = given == (1.0 if upper else 0.0), given == (0.0 if upper else 1.0)
        low = np.where(highest, high, low)
        reached = (value(low, np.arange(low.size)) >= target) | lowest | ~(low < high)
        return first_reaching(value, target, low, high, reached).reshape(shape)

    def _mean(self) -> Param:
        return sum(share * part.mean for share, part in self._shared)

    def _sd(self) -> Param:
        mean = self._mean()
        # Spread within the parts and spread between them.
        variance: Param = 0.0
        for share, part in self._shared:
            variance = variance + share * (part.sd**2 + (part.mean - mean) ** 2)
        return np.sqrt(variance)

    @property
    def is_discrete(self) -> bool:
        return all(part.is_discrete for part in self.parts)

    @property
    def has_jumps(self) -> bool:
        return any(part.has_jumps for part in self.parts)

    @property
    def support(self) -> tuple[Param, Param]:
        ends = [part.support for _, part in self._shared]
        lows, highs = [low for low, _ in ends], [high for _, high in ends]
        low = np.minimum.reduce(np.broadcast_arrays(*lows))
        return low[()], np.maximum.reduce(np.broadcast_arrays(*highs))[()]

    def kinks(self) -> tuple[float, ...]:
        return tuple(sorted({kink for _, part in self._shared for kink in part.kinks()}))

    def seams(self) -> tuple[float, ...]:
        by_median = sorted(self._shared, key=lambda shared: float(shared[1].ppf(0.5)))
        upto = np.cumsum([float(share) for share, _ in by_median])[:-1]
        return (*self.ppf(upto).tolist(), *super().seams())

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        found = [(share, *part.jumps(low, high)) for share, part in self._shared]
        points = np.concatenate([points for _, points, _ in found])
        masses = np.concatenate([share * masses for share, _, masses in found])
        distinct, which = np.unique(points, return_inverse=True)
        total = np.bincount(which, masses, minlength=len(distinct))
        return distinct, total.astype(np.float64)


def mixture(parts: Sequence[Marginal | Param], weights: Sequence[Param] | None = None) -> Mixture:
    """One of `parts`, of which a number is certain; `weights`, all 1 unless given, are normalised.

    >>> mixture([0, 100], [30, 70]).mean
    70.0
    """
    if not len(parts):
        raise EstimateError(
            "the mixture has no parts", "write mixture(5 to 10 weight 70 %, 20 to 60 weight 30 %)"
        )
    chosen = tuple(as_marginal(part, "part of a mixture") for part in parts)
    return Mixture(chosen, (1.0,) * len(chosen) if weights is None else tuple(weights))


def as_marginal(part: Marginal | Param, what: str) -> Marginal:
    """An estimate as it is, a number as certain."""
    return part if isinstance(part, Marginal) else Point(as_parameter(part, what))
