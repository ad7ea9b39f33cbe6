"""The families that come with the house, as they are written in a case.

What a case has less often is imported when it is first built.
"""

from __future__ import annotations

from distributions import intervals
from distributions.bell import LogNormal, LogNormalMoments, Normal, StudentT
from distributions.bounded import Beta, Pert, Triangular, Uniform
from distributions.errors import EstimateError
from distributions.families import family
from distributions.marginal import Marginal, Param


@family(fit=intervals.fit_normal)
def normal(mean: Param, sd: Param) -> Marginal:
    """A bell: as likely above as below the mean, two thirds within one sd of it.

    >>> float(normal(100, 15).ppf(0.5))
    100.0
    """
    return Normal(mean, sd)


@family(
    fit=intervals.fit_lognormal,
    signature="lognormal(mean=, sd=) or lognormal(mu=, sigma=)",
)
def lognormal(
    *unnamed: Param,
    mean: Param | None = None,
    sd: Param | None = None,
    mu: Param | None = None,
    sigma: Param | None = None,
) -> Marginal:
    """A positive amount whose logarithm is normal: often small, sometimes many times larger.

    `mean` and `sd` are the amount's own, `mu` and `sigma` those of its logarithm.

    >>> round(lognormal(mean=100, sd=50).mean, 9)
    100.0
    """
    remedy = "write lognormal(mean=, sd=) or lognormal(mu=, sigma=)"
    if unnamed:
        raise EstimateError(
            "lognormal with unnamed parameters may mean two things: mean and sd of the amount, "
            "or mu and sigma of its logarithm",
            remedy,
        )
    if mean is not None and sd is not None and mu is None and sigma is None:
        return LogNormalMoments(mean, sd)
    if mu is not None and sigma is not None and mean is None and sd is None:
        return LogNormal(mu, sigma)
    raise EstimateError("lognormal needs either mean and sd, or mu and sigma", remedy)


@family
def uniform(low: Param, high: Param) -> Marginal:
    """Anything between two ends, all equally likely.

    >>> uniform(10, 20).mean
    15.0
    """
    return Uniform(low, high)


@family
def triangular(low: Param, mode: Param, high: Param, *, ends: str | None = None) -> Marginal:
    """Most likely at the mode, falling straight to nothing at either end.

    With `ends="p10_p90"` low and high are those percentiles and the hard ends lie beyond.

    >>> triangular(10, 15, 26).mean
    17.0
    """
    if ends is not None:
        from distributions.three_points import triangular_through

        return triangular_through(low, mode, high, ends)
    return Triangular(low, mode, high)


@family
def pert(
    low: Param, mode: Param, high: Param, *, weight: Param = 4.0, ends: str | None = None
) -> Marginal:
    """A three-point estimate: smooth, the mode weighing four times either end.

    With `ends="p10_p90"` low and high are those percentiles and the hard ends lie beyond.

    >>> round(pert(10, 15, 26).mean, 9)
    16.0
    >>> round(float(pert(10, 15, 26, ends="p10_p90").ppf(0.9)), 9)
    26.0
    """
    if ends is not None:
        from distributions.three_points import pert_through

        return pert_through(low, mode, high, ends, weight)
    return Pert(low, mode, high, weight)


@family(fit=intervals.fit_beta)
def beta(a: Param, b: Param, *, low: Param = 0.0, high: Param = 1.0) -> Marginal:
    """A share between 0 and 1, or an amount between low and high, in almost any shape.

    >>> beta(2, 3).mean
    0.4
    """
    return Beta(a, b, low, high)


@family(fit=intervals.fit_gamma)
def gamma(shape: Param, scale: Param) -> Marginal:
    """A positive amount, skewed, with a lighter tail than the lognormal; its mean is shape x scale.

    >>> gamma(4, 25).mean
    100.0
    """
    from distributions.positive import Gamma

    return Gamma(shape, scale)


@family
def exponential(mean: Param) -> Marginal:
    """The wait for something that may happen at any moment.

    >>> exponential(3).mean
    3.0
    """
    from distributions.positive import Exponential

    return Exponential(mean)


@family
def weibull(shape: Param, scale: Param) -> Marginal:
    """A life time: the risk of its end rises with age for a shape above 1.

    >>> round(float(weibull(2, 10).cdf(10)), 4)
    0.6321
    """
    from distributions.positive import Weibull

    return Weibull(shape, scale)


@family
def student_t(df: Param, location: Param = 0.0, scale: Param = 1.0) -> Marginal:
    """A bell with heavier tails, the heavier the fewer degrees of freedom.

    >>> student_t(4, 10, 2).mean
    10.0
    """
    return StudentT(df, location, scale)


@family
def pareto(shape: Param, scale: Param) -> Marginal:
    """A few very large ones: from the lowest value `scale` upwards, P(X > x) = (scale/x)^shape.

    >>> pareto(3, 10).mean
    15.0
    """
    from distributions.positive import Pareto

    return Pareto(shape, scale)


@family
def poisson(mean: Param) -> Marginal:
    """How many independent events happen in a period.

    >>> poisson(3).mean
    3.0
    """
    from distributions.counts import Poisson

    return Poisson(mean)


@family
def binomial(n: Param, p: Param) -> Marginal:
    """How many of n tries succeed, each with chance p.

    >>> binomial(40, 0.25).mean
    10.0
    """
    from distributions.counts import Binomial

    return Binomial(n, p)


@family
def bernoulli(p: Param) -> Marginal:
    """1 with chance p, else 0.

    >>> bernoulli(0.25).mean
    0.25
    """
    from distributions.single_values import Bernoulli

    return Bernoulli(p)


@family
def chance(p: Param) -> Marginal:
    """1 with chance p, else 0: something happens or it does not.

    >>> chance(0.25).mean
    0.25
    """
    from distributions.single_values import Bernoulli

    return Bernoulli(p)
