"""The registry of named families: what can be written as an estimate, and how it is built.

A family is a function that returns a Marginal, registered by `@family`. Ours (named.py) and
other people's additions use the same door:

>>> from distributions.bounded import Uniform
>>> @family
... def dice(sides):
...     "A die, as if its faces had no gaps between them."
...     return Uniform(0, sides)
>>> float(FAMILIES["dice"].build(6).mean)
3.0
>>> FAMILIES["dice"].signature
'dice(sides)'
>>> _ = _registered.pop("dice")  # this example leaves no trace
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, overload

from distributions.errors import EstimateError, number_text
from distributions.marginal import Marginal

Builder = Callable[..., Marginal]
Fitter = Callable[[float, float, float | None, float | None], Marginal]

_registered: dict[str, Family] = {}

FAMILIES: Mapping[str, Family] = MappingProxyType(_registered)
"""Every family by the name under which it is written."""


@dataclass(frozen=True)
class Family:
    """A named family: its parameters, and how to build or fit it.

    `parameters` are in the order in which they may be written without a name; `optional` are those
    that may be left out, or that must be named.
    """

    name: str
    parameters: tuple[str, ...]
    optional: tuple[str, ...]
    signature: str
    summary: str
    builder: Builder
    fitter: Fitter | None = None
    ambiguous: bool = False
    """Whether `builder` takes parameters without names only to explain that it cannot."""

    @property
    def takes_interval(self) -> bool:
        """Whether it can be written with a 90 % interval: normal(5 to 40)."""
        return self.fitter is not None

    def build(self, *args: Any, **keywords: Any) -> Marginal:
        """The family with these parameters; EstimateError says which do not fit.

        >>> import distributions
        >>> FAMILIES["pert"].build(10, 15, high=26)
        Pert(low=10.0, mode=15.0, high=26.0, weight=4.0)
        """
        self._check(args, keywords)
        return self.builder(*args, **keywords)

    def fit(
        self,
        low_end: float,
        high_end: float,
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> Marginal:
        """The member whose P5 is `low_end` and whose P95 is `high_end`.

        `low` and `high` are hard bounds; P5 and P95 hold after the cut.

        >>> import distributions
        >>> FAMILIES["normal"].fit(5, 40).mean
        22.5
        """
        if self.fitter is None:
            able = sorted(name for name, one in FAMILIES.items() if one.takes_interval)
            raise EstimateError(
                f"{self.name} cannot be written with an interval",
                f"write {self.signature}, or an interval in one of {', '.join(able)}: "
                f"{able[-1]}({number_text(low_end)} to {number_text(high_end)})",
            )
        return self.fitter(low_end, high_end, low, high)

    def _check(self, args: tuple[Any, ...], keywords: Mapping[str, Any]) -> None:
        remedy = f"write {self.signature}"
        names = tuple(dict.fromkeys(self.parameters + self.optional))
        for key in keywords:
            if key not in names:
                import difflib

                near = difflib.get_close_matches(key, names, 1)
                hint = f"did you mean {near[0]}=? {remedy}" if near else remedy
                raise EstimateError(f"{self.name} has no parameter called {key}", hint)
        if self.ambiguous:
            return
        if len(args) > len(self.parameters):
            raise EstimateError(
                f"{self.name} takes {_count(len(self.parameters))}, not {len(args)}", remedy
            )
        placed = self.parameters[: len(args)]
        twice = [name for name in placed if name in keywords]
        if twice:
            raise EstimateError(f"{twice[0]} is given twice in {self.name}", remedy)
        given = {*placed, *keywords}
        missing = [n for n in self.parameters if n not in given and n not in self.optional]
        if missing:
            raise EstimateError(f"{self.name} lacks {' and '.join(missing)}", remedy)


def _count(parameters: int) -> str:
    return "one parameter" if parameters == 1 else f"{parameters} parameters"


@overload
def family(builder: Builder) -> Builder: ...


@overload
def family(
    *, fit: Fitter | None = None, signature: str | None = None
) -> Callable[[Builder], Builder]: ...


def family(
    builder: Builder | None = None, *, fit: Fitter | None = None, signature: str | None = None
) -> Any:
    """Register a function that builds a Marginal under its own name.

    `fit(low_end, high_end, low, high)` makes it a family that takes an interval. The first line of
    the docstring is its summary; `signature` says how it is written, where that is not the name
    with the parameters. A name already taken is an EstimateError.
    """
    if builder is None:
        return lambda function: _register(function, fit, signature)
    return _register(builder, fit, signature)


def _register(builder: Builder, fit: Fitter | None, signature: str | None) -> Builder:
    name = builder.__name__
    if name in _registered:
        raise EstimateError(
            f"there is a family called {name} already", "register the function under a new name"
        )
    given = inspect.signature(builder).parameters.values()
    places = [p for p in given if p.kind is p.POSITIONAL_OR_KEYWORD]
    parameters = tuple(p.name for p in places)
    named = [p for p in given if p.kind is p.KEYWORD_ONLY]
    optional = tuple(p.name for p in (*places, *named) if p in named or p.default is not p.empty)
    _registered[name] = Family(
        name=name,
        parameters=parameters,
        optional=optional,
        signature=signature or f"{name}({', '.join(parameters)})",
        summary=(inspect.getdoc(builder) or "").split("\n", 1)[0],
        builder=builder,
        fitter=fit,
        ambiguous=any(p.kind is p.VAR_POSITIONAL for p in given),
    )
    return builder
