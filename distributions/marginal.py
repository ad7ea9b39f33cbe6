"""What every uncertain quantity can do: quantiles, chances, moments, its scipy twin."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from distributions.errors import EstimateError, number_text

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Param = float | Floats
"""A parameter: a number, or one value a trial, shape (n,)."""


class Check(NamedTuple):
    """Something that must hold; `problem` may name fields: `"the sd {sigma} is ..."`."""

    holds: bool | np.bool_ | Truths
    problem: str
    remedy: str


def as_parameter(value: object, what: str) -> Param:
    """`value` as a float, or as a read-only array of one value a trial."""
    if isinstance(value, np.ndarray) and value.ndim:
        array = value.astype(np.float64, copy=False).view()
        array.flags.writeable = False
        return array
    try:
        return float(value)  # type: ignore[arg-type]  # whatever is no number raises
    except OverflowError:
        return float("inf")
    except (TypeError, ValueError):
        raise EstimateError(
            f"the {what} must be a number, not {value!r}", "write a number, such as 5 or 0.05"
        ) from None


def shape_of(value: object) -> tuple[int, ...]:
    """The trials over which a field varies: () for numbers and text."""
    if isinstance(value, np.ndarray | Marginal):
        return tuple(value.shape)
    if isinstance(value, tuple):
        return np.broadcast_shapes(*(shape_of(item) for item in value))
    return ()


def in_trial(value: Any, index: tuple[int, ...]) -> Any:
    """A field as it is in one trial."""
    if isinstance(value, np.ndarray):
        return float(value[index])
    if isinstance(value, Marginal):
        return value.trial(*index)
    if isinstance(value, tuple):
        return tuple(in_trial(item, index) for item in value)
    return value


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.array_equal(np.asarray(one), np.asarray(other))
    return one == other


def _hashable(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_hashable, value))
    return value.tobytes() if isinstance(value, np.ndarray) else value


def _scalar(x: Floats) -> Floats:
    """An array as it is; a single number as numpy's float, which is a Python float too."""
    return np.asarray(x)[()]


@dataclass(frozen=True, eq=False)
class Marginal(ABC):
    """An uncertain quantity: a distribution with all its parameters.

    Everything broadcasts over probabilities (or values) and over parameters given as one value a
    trial. A parameter that is invalid raises EstimateError at construction when all parameters
    are plain numbers; otherwise the trials concerned give NaN, and `problem` says why.
    """

    closed: ClassVar[bool] = False
    """Whether quantiles are a formula that takes no longer than reading them from a table."""

    def __post_init__(self) -> None:
        if not self.shape:
            failure = self._first_failure()
            if failure is not None:
                raise EstimateError(*failure)

    # What a family has to say

    @abstractmethod
    def _ppf(self, u: Floats) -> Floats: ...

    @abstractmethod
    def _isf(self, q: Floats) -> Floats: ...

    @abstractmethod
    def _cdf(self, x: Floats) -> Floats: ...

    @abstractmethod
    def _sf(self, x: Floats) -> Floats: ...

    @abstractmethod
    def _pdf(self, x: Floats) -> Floats: ...

    @property
    @abstractmethod
    def support(self) -> tuple[Param, Param]:
        """The lowest and the highest value possible; infinite where there is no end."""

    def _checks(self) -> tuple[Check, ...]:
        """What must hold of the parameters, most telling first."""
        return ()

    def _mean(self) -> Param:
        return self._integrated[0]

    def _sd(self) -> Param:
        return self._integrated[1]

    def _below(self, x: Floats) -> Floats:
        return self._cdf(x)

    def _at_least(self, x: Floats) -> Floats:
        return self._sf(x)

    @property
    def is_discrete(self) -> bool:
        """Whether all mass sits on single points."""
        return False

    @property
    def has_jumps(self) -> bool:
        """Whether any single point can have mass."""
        return self.is_discrete

    @property
    def least_chance(self) -> float:
        """The smallest chance at which quantiles can be told apart (scalar parameters)."""
        return 1e-300

    def kinks(self) -> tuple[float, ...]:
        """Points where the density is not smooth (scalar parameters): where integrals break."""
        return tuple(float(end) for end in self.support if np.isfinite(end))

    def seams(self) -> tuple[float, ...]:
        """Where parts of a mixture would meet if they did not overlap (scalar parameters).

        The quantile function may be steep there, as where there is a gap: integrals break.
        """
        return tuple(x for part in self._parts() for x in part.seams())

    def jumps(self, low: float, high: float) -> tuple[Floats, Floats]:
        """The points from `low` to `high` that have mass, and their mass (scalar parameters)."""
        return np.empty(0), np.empty(0)

    def most_points(self) -> float:
        """No more single points than this have mass, up to chances of 1e-300 (scalar parameters).

        Those without parts are taken to lie on whole numbers, unless their family knows better.
        """
        if not self.has_jumps:
            return 0.0
        if self._parts():  # bounds and "nothing" may have mass beside
            return 2.0 + sum(part.most_points() for part in self._parts())
        return float(self.isf(1e-300)) - float(self.ppf(1e-300)) + 1.0

    # What everyone may ask

    def ppf(self, u: npt.ArrayLike) -> Floats:
        """The quantile: the smallest value x with P(X <= x) >= u; NaN for u outside 0..1."""
        chance = np.asarray(u, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._quantile(self._ppf(chance), chance)

    def isf(self, q: npt.ArrayLike) -> Floats:
        """The value exceeded with probability q: ppf(1 - q), accurate for the smallest q."""
        chance = np.asarray(q, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._quantile(self._isf(chance), chance)

    def percentile(self, p: npt.ArrayLike) -> Floats:
        """The value not exceeded with probability `p` percent, p in 0..100."""
        return self.ppf(np.asarray(p, dtype=np.float64) / 100)

    def cdf(self, x: npt.ArrayLike) -> Floats:
        """P(X <= x)."""
        value = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._known(self._cdf(value), value)

    def sf(self, x: npt.ArrayLike) -> Floats:
        """P(X > x), accurate where it is small."""
        value = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._known(self._sf(value), value)

    def below(self, x: npt.ArrayLike) -> Floats:
        """P(X < x): `cdf` without the mass on x itself."""
        value = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._known(self._below(value), value)

    def at_least(self, x: npt.ArrayLike) -> Floats:
        """P(X >= x): `sf` with the mass on x itself."""
        value = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._known(self._at_least(value), value)

    def pdf(self, x: npt.ArrayLike) -> Floats:
        """The density of the part without jumps; 0 throughout for a discrete quantity."""
        value = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            return self._known(self._pdf(value), value)

    @property
    def mean(self) -> Param:
        """The mean; infinite or NaN where there is none."""
        with np.errstate(all="ignore"):
            return self._moment(self._mean())

    @property
    def sd(self) -> Param:
        """The standard deviation; infinite or NaN where there is none."""
        with np.errstate(all="ignore"):
            return self._moment(self._sd())

    def scipy(self) -> Any:
        """The frozen scipy.stats distribution, or our own object that answers as one."""
        from distributions.scipy_like import ScipyLike

        return ScipyLike(self)

    # Parameters that differ from trial to trial

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape of the trials: () when every parameter is a plain number."""
        return np.broadcast_shapes(*(shape_of(getattr(self, f.name)) for f in fields(self)))

    def trial(self, *index: int) -> Self:
        """The distribution as it is in one trial; raises EstimateError if it is invalid there."""
        chosen = {f.name: in_trial(getattr(self, f.name), index) for f in fields(self)}
        return type(self)(**chosen)

    @cached_property
    def valid(self) -> bool | Truths:
        """In which trials the parameters make a distribution."""
        if not self.shape:
            return True
        with np.errstate(all="ignore"):
            valid = np.ones(self.shape, dtype=np.bool_)
            for part in self._parts():
                valid = valid & part.valid
            for check in self._all_checks():
                valid = valid & check.holds
        return valid

    def problem(self) -> str | None:
        """What is invalid, with the numbers of the first such trial; None if nothing is."""
        if not self.shape or np.all(self.valid):
            return None
        failure = self._first_failure()
        assert failure is not None
        count = int(np.size(self.valid) - np.count_nonzero(self.valid))
        return f"{failure[0]} (in {count} of {np.size(self.valid)} trials)"

    # Machinery

    def _parts(self) -> tuple[Marginal, ...]:
        return ()

    def _all_checks(self) -> tuple[Check, ...]:
        return self._checks()

    def _first_failure(self) -> tuple[str, str] | None:
        for part in self._parts():
            failure = part._first_failure()
            if failure is not None:
                return failure
        with np.errstate(all="ignore"):
            for check in self._all_checks():
                if not np.all(check.holds):
                    return check.problem.format(**self._shown(check.holds)), check.remedy
        return None

    def _shown(self, holds: bool | np.bool_ | Truths) -> dict[str, str]:
        """The fields as text, as they are in the first trial in which a check fails."""
        place = int(np.argmin(np.broadcast_to(holds, self.shape)))
        shown = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, float | np.ndarray):
                number = np.broadcast_to(value, self.shape).flat[place]
                shown[field.name] = number_text(float(number))
        return shown

    def _quantile(self, x: Floats, chance: Floats) -> Floats:
        inside = (chance >= 0) & (chance <= 1)
        if self.valid is not True or not inside.all():
            x = np.where(inside & self.valid, x, np.nan)
        return _scalar(x)

    def _known(self, y: Floats, x: Floats) -> Floats:
        unknown = np.isnan(x) | ~np.asarray(self.valid)
        return _scalar(np.where(unknown, np.nan, y) if unknown.any() else y)

    def _moment(self, value: Param) -> Param:
        if not self.shape:
            return float(value)
        return np.where(self.valid, value, np.nan)

    @cached_property
    def _integrated(self) -> tuple[Param, Param]:
        from distributions.moments import mean_and_sd

        return mean_and_sd(self)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(_same(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    def __hash__(self) -> int:
        return hash(
            (type(self), *(_hashable(getattr(self, f.name)) for f in fields(self))),
        )


@dataclass(frozen=True, eq=False)
class Parametric(Marginal):
    """A family whose fields are all numbers, or arrays of one number a trial."""

    words: ClassVar[Mapping[str, str]] = {}
    """What a field is called in messages, where that is not its name."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = as_parameter(getattr(self, field.name), self._word(field.name))
            object.__setattr__(self, field.name, value)
        super().__post_init__()

    def _word(self, field: str) -> str:
        return self.words.get(field, field)

    def _all_checks(self) -> tuple[Check, ...]:
        finite = tuple(
            Check(
                np.isfinite(getattr(self, field.name)),
                f"the {self._word(field.name)} must be a finite number, not {{{field.name}}}",
                f"write a finite number for the {self._word(field.name)}",
            )
            for field in fields(self)
        )
        return finite + self._checks()
