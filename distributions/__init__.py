"""Uncertainty, with no business in it: distributions, families, dependence and designs.

Of the distributions a case has a few: each is imported when it is first asked for, and so is the
rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from distributions.errors import EstimateError, number_text, percent_text
from distributions.families import FAMILIES, Family, family
from distributions.marginal import Floats, Marginal, Param
from distributions.named import (
    bernoulli,
    beta,
    binomial,
    chance,
    exponential,
    gamma,
    lognormal,
    normal,
    pareto,
    pert,
    poisson,
    student_t,
    triangular,
    uniform,
    weibull,
)

if TYPE_CHECKING:
    from typing import Any

    from distributions.bell import LogNormal, LogNormalMoments, Normal, StudentT
    from distributions.bounded import Beta, Pert, Triangular, Uniform
    from distributions.correlation import nearest_correlation
    from distributions.counts import Binomial, Poisson
    from distributions.dependence import (
        Conditional,
        Copula,
        Repair,
        normal_from_kendall,
        normal_from_rank,
        normal_from_same_half,
        rank_from_normal,
    )
    from distributions.designs import Design, Latin, Random, Sobol, Unit, design
    from distributions.events import Event, event
    from distributions.intervals import interval, share_interval
    from distributions.mixtures import Mixture, mixture
    from distributions.picture import shape_heights, shape_picture
    from distributions.positive import Exponential, Gamma, Pareto, Weibull
    from distributions.scipy_family import ScipyMarginal, scipy_distribution
    from distributions.single_values import Bernoulli, Discrete, Point, discrete
    from distributions.streams import UNIT, stream
    from distributions.truncated import Clipped, Truncated, clip, truncate

_HOMES = {
    "distributions.bell": ("LogNormal", "LogNormalMoments", "Normal", "StudentT"),
    "distributions.bounded": ("Beta", "Pert", "Triangular", "Uniform"),
    "distributions.correlation": ("nearest_correlation",),
    "distributions.counts": ("Binomial", "Poisson"),
    "distributions.dependence": (
        "Conditional", "Copula", "Repair", "normal_from_kendall", "normal_from_rank",
        "normal_from_same_half", "rank_from_normal",
    ),
    "distributions.designs": ("Design", "Latin", "Random", "Sobol", "Unit", "design"),
    "distributions.events": ("Event", "event"),
    "distributions.intervals": ("interval", "share_interval"),
    "distributions.mixtures": ("Mixture", "mixture"),
    "distributions.picture": ("shape_heights", "shape_picture"),
    "distributions.positive": ("Exponential", "Gamma", "Pareto", "Weibull"),
    "distributions.scipy_family": ("ScipyMarginal", "scipy_distribution"),
    "distributions.single_values": ("Bernoulli", "Discrete", "Point", "discrete"),
    "distributions.streams": ("UNIT", "stream"),
    "distributions.truncated": ("Clipped", "Truncated", "clip", "truncate"),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FAMILIES", "UNIT", "Bernoulli", "Beta", "Binomial", "Clipped", "Conditional", "Copula",
    "Design", "Discrete", "EstimateError", "Event", "Exponential", "Family", "Floats", "Gamma",
    "Latin", "LogNormal", "LogNormalMoments", "Marginal", "Mixture", "Normal", "Param",
    "Pareto", "Pert", "Point", "Poisson", "Random", "Repair", "ScipyMarginal", "Sobol",
    "StudentT", "Triangular", "Truncated", "Uniform", "Unit", "Weibull", "bernoulli", "beta",
    "binomial", "chance", "clip", "design", "discrete", "event", "exponential", "family",
    "gamma", "interval", "lognormal", "mixture", "nearest_correlation", "normal",
    "normal_from_kendall", "normal_from_rank", "normal_from_same_half", "number_text", "pareto",
    "percent_text", "pert", "poisson", "rank_from_normal", "scipy_distribution",
    "shape_heights", "shape_picture", "share_interval", "stream", "student_t", "triangular",
    "truncate", "uniform", "weibull",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module 'distributions' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
