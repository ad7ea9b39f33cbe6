"""Every message about an estimate: what is wrong, with the writer's numbers, and what to write."""

from __future__ import annotations

import numpy as np
import pytest

import distributions as d
from distributions import FAMILIES, EstimateError

BUILD = {name: one.build for name, one in FAMILIES.items()}
BELL = d.normal(10, 5)

WRONG = [
    (lambda: d.normal(5, 0), "the sd of a normal must be above zero, not 0", "just its number"),
    (lambda: d.normal(5, -2), "the sd of a normal must be above zero, not -2", "normal(mean, sd)"),
    (lambda: d.normal(np.nan, 1), "the mean must be a finite number, not nan", "for the mean"),
    (lambda: d.normal(0, np.inf), "the sd must be a finite number, not inf", "for the sd"),
    (lambda: d.lognormal(5, 40), "unnamed parameters may mean two things", "mu=, sigma="),
    (lambda: d.lognormal(mean=5), "needs either mean and sd, or mu and sigma", "lognormal(mean="),
    (lambda: d.lognormal(mean=5, sigma=1), "needs either mean and sd, or", "lognormal(mean="),
    (lambda: d.lognormal(mean=5, sd=1, mu=2), "needs either mean and sd, or", "lognormal(mean="),
    (lambda: d.lognormal(mean=0, sd=1), "mean of a lognormal must be above zero, not 0", "normal("),
    (lambda: d.lognormal(mean=1, sd=-1), "sd of a lognormal must be above zero, not -1", "sd"),
    (lambda: d.lognormal(mu=1, sigma=0), "sigma of a lognormal must be above zero, not 0", "sigma"),
    (lambda: d.uniform(5, 5), "low end 5 of a uniform is not below the high end 5", "lower number"),
    (lambda: d.triangular(5, 2, 9), "the mode 2 lies below the low end 5", "triangular(2, 5, 9)"),
    (lambda: d.pert(5, 2, 9), "the mode 2 lies below the low end 5", "pert(2, 5, 9)"),
    (lambda: d.pert(0.05, 0.1, 0.09), "the mode 0.1 lies above the high end 0.09", "rising order"),
    (lambda: d.pert(5, 5, 5), "the low end 5 is not below the high end 5", "rising order"),
    (lambda: d.pert(2, 5, 9, weight=0), "the weight of the mode must be above zero, not 0",
     "it is 4"),
    (lambda: d.beta(0, 5), "the a of a beta must be above zero, not 0", "beta(2, 5)"),
    (lambda: d.beta(2, -5), "the b of a beta must be above zero, not -5", "beta(2, 5)"),
    (lambda: d.beta(2, 5, low=4, high=3), "low end 4 of a beta is not below the high end 3",
     "lower"),
    (lambda: d.gamma(0, 1), "the shape of a gamma must be above zero, not 0", "positive shape"),
    (lambda: d.gamma(1, -1), "the scale of a gamma must be above zero, not -1", "positive scale"),
    (lambda: d.exponential(0), "the mean of an exponential must be above zero, not 0", "positive"),
    (lambda: d.weibull(-1, 1), "the shape of a weibull must be above zero, not -1", "positive"),
    (lambda: d.weibull(1, 0), "the scale of a weibull must be above zero, not 0", "positive"),
    (lambda: d.pareto(0, 1), "the shape of a pareto must be above zero, not 0", "positive shape"),
    (lambda: d.pareto(1, 0), "the scale of a pareto must be above zero, not 0", "positive scale"),
    (lambda: d.student_t(0), "degrees of freedom df must be above zero, not 0", "such as 4"),
    (lambda: d.student_t(4, 0, 0), "the scale of student_t must be above zero, not 0", "positive"),
    (lambda: d.poisson(-1), "the mean of a poisson cannot be negative: -1", "from zero upwards"),
    (lambda: d.poisson(1e16), "1e+16, is too large to count", "normal(mean, sd)"),
    (lambda: d.binomial(-1, 0.5), "the n of a binomial cannot be negative: -1", "whole number"),
    (lambda: d.binomial(2.5, 0.5), "must be a whole number, not 2.5", "round(n)"),
    (lambda: d.binomial(1e16, 0.5), "the n of a binomial, 1e+16, is too large", "whole number"),
    (lambda: d.binomial(4, 1.2), "the chance 1.2 lies outside 0 to 1", "such as 20 %"),
    (lambda: d.bernoulli(-0.1), "the chance -0.1 lies outside 0 to 1", "0 % and 100 %"),
    (lambda: d.chance(np.nan), "the p must be a finite number, not nan", "finite"),
    (lambda: d.event(20, 5), "the chance 20 lies outside 0 to 1", "between 0 % and 100 %"),
    (lambda: d.event(np.nan, 5), "the chance nan lies outside 0 to 1", "between 0 % and 100 %"),
    (lambda: d.event(0.2, np.inf), "the value must be a finite number, not inf", "finite number"),
    (lambda: d.event(0.2, "much"), "the amount of an event must be a number, not 'much'",
     "such as"),
    (lambda: d.discrete([]), "discrete has no values", "discrete(100 weight 30 %"),
    (lambda: d.discrete([1, 2], [1]), "there are 2 values but 1 weights", "every value one weight"),
    (lambda: d.discrete([1, 2], [1, -1]), "the weight -1 is not a number from zero", "positive"),
    (lambda: d.discrete([1, 2], [0, 0]), "all weights are zero", "weight 30 %"),
    (lambda: d.discrete([1, np.inf]), "a value of discrete must be a finite number", "finite"),
    (lambda: d.mixture([]), "the mixture has no parts", "mixture(5 to 10 weight 70 %"),
    (lambda: d.mixture([BELL], [1, 2]), "there are 1 parts but 2 weights", "every part one weight"),
    (lambda: d.mixture([BELL, BELL], [1, np.nan]), "the weight nan is not a number", "positive"),
    (lambda: d.truncate(5, low=0), "truncate needs an estimate, not 5", "truncate(normal(10, 5)"),
    (lambda: d.clip("x", low=0), "clip needs an estimate, not 'x'", "clip(normal(10, 5), low=0)"),
    (lambda: d.truncate(BELL), "truncate has no bound", "low=, high= or both"),
    (lambda: d.truncate(BELL, 9, 3), "the low bound 9 lies above the high bound 3",
     "lower bound first"),
    (lambda: d.clip(BELL, 9, 3), "the low bound 9 lies above the high bound 3",
     "lower bound first"),
    (lambda: d.clip(BELL, low=np.nan), "the low bound is not a number", "lower bound"),
    (lambda: d.clip(BELL, high=np.nan), "the high bound is not a number", "lower bound"),
    (lambda: d.truncate(d.uniform(0, 1), 2, 3), "no mass is left between 2 and 3",
     "widen the bounds"),
    (lambda: d.scipy_distribution("gengama", 1, 2), "has no distribution called gengama",
     "scipy.gengamma"),
    (lambda: d.scipy_distribution("qqqq"), "has no distribution called qqqq",
     "as scipy.stats spells"),
    (lambda: d.scipy_distribution("rv_continuous"), "no distribution called rv_continuous",
     "scipy"),
    (lambda: d.scipy_distribution("gengamma", 2), "the parameters do not fit scipy.gengamma",
     "write scipy.gengamma(a, c, loc=0, scale=1)"),
    (lambda: d.scipy_distribution("nbinom", 2, 0.5, scale=3), "do not fit scipy.nbinom",
     "write scipy.nbinom(n, p, loc=0)"),
    (lambda: d.scipy_distribution("gengamma", -2, 1.5),
     "scipy.gengamma(-2, 1.5) is no distribution: a parameter is out of range",
     "gengamma(a, c, loc=0, scale=1)"),
    (lambda: d.scipy_distribution("norm", 0, scale=-1),
     "scipy.norm(0, scale=-1) is no distribution", "scipy.norm(loc=0, scale=1)"),
    (lambda: d.scipy_distribution("norm", np.inf), "scipy.norm(inf) is no distribution",
     "scipy.norm("),
    (lambda: BUILD["pert"](2, 5), "pert lacks high", "write pert(low, mode, high)"),
    (lambda: BUILD["pert"](), "pert lacks low and mode and high", "write pert(low, mode, high)"),
    (lambda: BUILD["normal"](1, 2, 3), "normal takes 2 parameters, not 3", "normal(mean, sd)"),
    (lambda: BUILD["poisson"](1, 2), "poisson takes one parameter, not 2", "poisson(mean)"),
    (lambda: BUILD["normal"](1, 2, sd=3), "sd is given twice in normal", "normal(mean, sd)"),
    (lambda: BUILD["normal"](1, sdd=3), "normal has no parameter called sdd", "did you mean sd=?"),
    (lambda: BUILD["beta"](2, 5, top=9), "beta has no parameter called top", "write beta(a, b)"),
    (lambda: BUILD["lognormal"](5, 40), "unnamed parameters may mean two things",
     "lognormal(mean="),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "problem", "remedy"), WRONG, ids=[row[1] for row in WRONG])
def test_what_is_wrong_and_what_to_write(wrong, problem, remedy):
    """The problem names the numbers, the remedy shows how it is written."""
    with pytest.raises(EstimateError) as caught:
        wrong()
    error = caught.value
    assert problem in error.problem
    assert remedy in error.remedy
    assert str(error) == f"{error.problem}; {error.remedy}"
    assert isinstance(error, ValueError)


def test_a_shape_needs_one_set_of_parameters():
    """A picture of uncertain parameters would be of none."""
    with pytest.raises(EstimateError, match="no single shape"):
        d.shape_picture(d.normal(np.zeros(3), 1))


SOME_TRIALS = [
    (lambda x: d.normal(0, x), "the sd of a normal must be above zero, not -1"),
    (lambda x: d.lognormal(mean=x, sd=1), "the mean of a lognormal must be above zero, not -1"),
    (lambda x: d.lognormal(mu=0, sigma=x), "the sigma of a lognormal must be above zero, not -1"),
    (lambda x: d.uniform(0, x), "the low end 0 of a uniform is not below the high end -1"),
    (lambda x: d.triangular(0, 1, 1 + x), "the low end 0 is not below the high end 0"),
    (lambda x: d.pert(0, x, 9), "the mode -1 lies below the low end 0"),
    (lambda x: d.beta(x, 1), "the a of a beta must be above zero, not -1"),
    (lambda x: d.gamma(x, 1), "the shape of a gamma must be above zero, not -1"),
    (d.exponential, "the mean of an exponential must be above zero, not -1"),
    (lambda x: d.weibull(1, x), "the scale of a weibull must be above zero, not -1"),
    (lambda x: d.student_t(5 * x), "the degrees of freedom df must be above zero, not -5"),
    (lambda x: d.pareto(1, x), "the scale of a pareto must be above zero, not -1"),
    (d.poisson, "the mean of a poisson cannot be negative: -1"),
    (lambda x: d.binomial(x, 0.5), "the n of a binomial cannot be negative: -1"),
    (lambda x: d.binomial(4, x), "the chance -1 lies outside 0 to 1"),
    (d.bernoulli, "the chance -1 lies outside 0 to 1"),
    (lambda x: d.event(x, 5), "the chance -1 lies outside 0 to 1"),
    (lambda x: d.event(0.5, d.normal(0, x)), "the sd of a normal must be above zero, not -1"),
    (lambda x: d.discrete([1, 2], [1, x]), "the weight -1 is not a number from zero upwards"),
    (lambda x: d.mixture([1, BELL], [x, 1]), "the weight -1 is not a number from zero upwards"),
    (lambda x: d.mixture([1, d.poisson(x)]), "the mean of a poisson cannot be negative: -1"),
    (lambda x: d.clip(BELL, 0, x), "the low bound 0 lies above the high bound -1"),
    (lambda x: d.truncate(BELL, 0, x), "the low bound 0 lies above the high bound -1"),
    (lambda x: d.scipy_distribution("gengamma", x, 1), "scipy.gengamma(..., 1) is no distribution"),
]


@pytest.mark.parametrize(("build", "problem"), SOME_TRIALS, ids=[row[1] for row in SOME_TRIALS])
def test_some_trials_are_wrong(build, problem):
    """NaN in the wrong trials alone, never an exception or a clipped value, and a reason."""
    good = np.array([1.0, 1, 1, 1])
    some = np.array([1.0, -1, np.nan, 1])
    right, marginal = build(good), build(some)
    u = np.array([0.2, 0.4, 0.6, 0.8])
    expected = np.array([True, False, False, True])
    assert right.problem() is None
    for of in ("ppf", "isf", "cdf", "sf", "pdf", "below", "at_least"):
        known = getattr(right, of)(u)
        assert not np.isnan(known).any()
        np.testing.assert_array_equal(getattr(marginal, of)(u), np.where(expected, known, np.nan))
    assert marginal.valid.tolist() == expected.tolist()
    np.testing.assert_array_equal(np.isnan(marginal.sd), ~expected)
    reason = marginal.problem()
    assert problem in reason or "not nan" in reason or "is not a number" in reason
    assert reason.endswith("(in 2 of 4 trials)")
    without_nan = build(np.array([1.0, -1, 1, 1])).problem()
    assert problem in without_nan
    assert without_nan.endswith("(in 1 of 4 trials)")


def test_every_trial_wrong_is_no_exception_either():
    """A scalar that is wrong among arrays makes all trials NaN."""
    marginal = d.normal(np.zeros(3), -1)
    assert np.isnan(marginal.ppf(0.5)).all()
    assert marginal.problem().endswith("(in 3 of 3 trials)")
