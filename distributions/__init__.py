"""Uncertainty, with no business in it: distributions, families, dependence and designs."""

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
from distributions.errors import EstimateError, number_text, percent_text
from distributions.events import Event, event
from distributions.families import FAMILIES, Family, family
from distributions.intervals import interval, share_interval
from distributions.marginal import Floats, Marginal, Param
from distributions.mixtures import Mixture, mixture
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
from distributions.picture import shape_heights, shape_picture
from distributions.positive import Exponential, Gamma, Pareto, Weibull
from distributions.scipy_family import ScipyMarginal, scipy_distribution
from distributions.single_values import Bernoulli, Discrete, Point, discrete
from distributions.streams import UNIT, stream
from distributions.truncated import Clipped, Truncated, clip, truncate

__all__ = [
    "FAMILIES",
    "UNIT",
    "Bernoulli",
    "Beta",
    "Binomial",
    "Clipped",
    "Conditional",
    "Copula",
    "Design",
    "Discrete",
    "EstimateError",
    "Event",
    "Exponential",
    "Family",
    "Floats",
    "Gamma",
    "Latin",
    "LogNormal",
    "LogNormalMoments",
    "Marginal",
    "Mixture",
    "Normal",
    "Param",
    "Pareto",
    "Pert",
    "Point",
    "Poisson",
    "Random",
    "Repair",
    "ScipyMarginal",
    "Sobol",
    "StudentT",
    "Triangular",
    "Truncated",
    "Uniform",
    "Unit",
    "Weibull",
    "bernoulli",
    "beta",
    "binomial",
    "chance",
    "clip",
    "design",
    "discrete",
    "event",
    "exponential",
    "family",
    "gamma",
    "interval",
    "lognormal",
    "mixture",
    "nearest_correlation",
    "normal",
    "normal_from_kendall",
    "normal_from_rank",
    "normal_from_same_half",
    "number_text",
    "pareto",
    "percent_text",
    "pert",
    "poisson",
    "rank_from_normal",
    "scipy_distribution",
    "shape_heights",
    "shape_picture",
    "share_interval",
    "stream",
    "student_t",
    "triangular",
    "truncate",
    "uniform",
    "weibull",
]
