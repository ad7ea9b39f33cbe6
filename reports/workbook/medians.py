"""Medians of estimates whose parameters are other cells, where a formula gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.case.terms import Constant, Operation
from simulator.language.tree import Call, Interval

if TYPE_CHECKING:
    from simulator.case.terms import Source

_MEDIANS: dict[tuple[str, ...], str] = {
    ("normal", "mean", "sd"): "{mean}",
    ("uniform", "low", "high"): "({low}+{high})/2",
    ("exponential", "mean"): "{mean}*LN(2)",
    ("student_t", "df", "location", "scale"): "{location}",
    ("lognormal", "mu", "sigma"): "EXP({mu})",
    ("lognormal", "mean", "sd"): "{mean}/SQRT(1+({sd}/{mean})^2)",
    ("weibull", "shape", "scale"): "{scale}*LN(2)^(1/{shape})",
    ("bernoulli", "p"): "IF({p}>0.5,1,0)",
    ("chance", "p"): "IF({p}>0.5,1,0)",
    ("binomial", "n", "p"): "CRITBINOM({n},{p},0.5)",
    ("triangular", "low", "mode", "high"): (
        "IF({mode}>=({low}+{high})/2,{low}+SQRT(({high}-{low})*({mode}-{low})/2),"
        "{high}-SQRT(({high}-{low})*({high}-{mode})/2))"
    ),
}
"""Family and parameters, in their order → the median, given cells or numbers for them."""


def median_formula(source: Source, parameters: Sequence[str]) -> str | None:
    """The median as a formula; None where it is a plain number, or has no formula."""
    node = source.node
    if follows_nothing(source) or not isinstance(node, Call):
        return None
    names = [argument.name for argument in node.arguments]
    for (family, *known), median in _MEDIANS.items():
        if family != node.function or len(names) != len(known) or len(parameters) != len(known):
            continue
        if any(isinstance(argument.value, Interval) for argument in node.arguments):
            return None
        free = [name for name in known if name not in names]
        placed = [name or free.pop(0) for name in names] if set(names) - {""} <= set(known) else []
        if sorted(placed) == sorted(known):
            ordered = [n for n in placed if n not in names] + [n for n in placed if n in names]
            return median.format(**dict(zip(ordered, parameters, strict=True)))
    return None


def follows_nothing(source: Source) -> bool:
    """Whether the parameters are plain numbers, so that the median is one, too."""
    named = (part for parameter in source.parameters for part in parameter.walk())
    return all(isinstance(part, Constant | Operation) for part in named)
