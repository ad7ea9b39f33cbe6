"""`portal.yaml` as an analyst would write it in numpy and scipy, without Utfall.

What Utfall's speed is measured against, and an independent check of its answers: no code is shared.
Arrays of cash are (years, trials), year 0 first.

    python benchmarks/plain_portal.py 200000
"""

import sys

import numpy as np
from scipy import special, stats

YEARS = 5
CUSTOMERS = 1200
PERCENTS = (5, 10, 50, 90, 95)
RANKS = {("build", "running"): 0.5, ("churn", "churn_avoided"): -0.4}


def from_p5_to_p95(low, high):
    """Lognormal whose 5th and 95th percentiles are `low` and `high`."""
    sigma = np.log(high / low) / (2 * stats.norm.ppf(0.95))
    return stats.lognorm(sigma, scale=np.sqrt(low * high))


def pert(low, mode, high):
    """Beta distribution from `low` to `high` in which the mode weighs four times either end."""
    width = high - low
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    return stats.beta(a, b, loc=low, scale=width)


def triangular(low, mode, high):
    """Triangle from `low` to `high` with its top at `mode`."""
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)


def bounded_normal(mean, sd, low, high):
    """Normal distribution, given that it lies between `low` and `high`."""
    return stats.truncnorm((low - mean) / sd, (high - mean) / sd, loc=mean, scale=sd)


INPUTS = {
    "margin": from_p5_to_p95(14_000, 24_000),
    "churn": stats.beta(12, 88),
    "new": from_p5_to_p95(5, 40),
    "churn_avoided": pert(0.002, 0.012, 0.04),
    "upsell": pert(0, 0.015, 0.06),
    "hours": triangular(0.2, 0.8, 2),
    "hourly": bounded_normal(520, 60, low=300, high=800),
    "adoption_first": stats.beta(4, 6),
    "adoption_last": stats.beta(8, 3),
    "build": from_p5_to_p95(1.5e6, 4e6),
    "running": pert(250e3, 400e3, 900e3),
    "rate": triangular(0.06, 0.09, 0.13),
}


def draw(trials, seed):
    """Values of every input, joined by a Gaussian copula with the rank correlations of RANKS."""
    names = list(INPUTS)
    correlation = np.eye(len(names))
    for (one, other), rank in RANKS.items():
        i, j = names.index(one), names.index(other)
        correlation[i, j] = correlation[j, i] = 2 * np.sin(np.pi * rank / 6)
    scores = np.random.default_rng(seed).standard_normal((len(names), trials))
    uniforms = special.ndtr(np.linalg.cholesky(correlation) @ scores)
    return {name: INPUTS[name].ppf(u) for name, u in zip(names, uniforms, strict=True)}


def cash_flows(x):
    """Net cash of year 0 (the build) and of years 1 to 5."""
    cash = np.empty((YEARS + 1, x["build"].size))
    cash[0] = -x["build"]
    gained = 0.0
    for year in range(1, YEARS + 1):
        adoption = x["adoption_first"] + (x["adoption_last"] - x["adoption_first"]) * (year - 1) / 4
        gained = gained * (1 - x["churn"]) + x["new"] + CUSTOMERS * x["churn_avoided"]
        kept_and_won = adoption * gained * x["margin"]
        more_sales = adoption * CUSTOMERS * x["upsell"] * x["margin"]
        less_work = adoption * CUSTOMERS * x["hours"] * x["hourly"]
        cash[year] = kept_and_won + more_sales + less_work - x["running"]
    return cash


def payback(cash):
    """The moment from which cumulated `cash` stays at or above zero; infinite if there is none."""
    total = np.cumsum(cash, axis=0)
    moment = np.where(total[-1] < 0, np.inf, 0.0)
    for year in range(1, len(cash)):
        back = (total[year - 1] < 0) & (total[year] >= 0) & np.isfinite(moment)
        moment[back] = year - 1 - total[year - 1, back] / cash[year, back]
    return moment


def irr(cash):
    """Internal rate of return by Newton's method in v = 1 / (1 + rate), from 10 %, in safe steps.

    NaN where no year after the first brings in money, or no rate is found.
    """
    rate = np.full(cash.shape[1], np.nan)
    open_trials = np.flatnonzero((cash[1:] > 0).any(axis=0))
    flow, v = cash[:, open_trials], np.full(open_trials.size, 1 / 1.1)
    for _ in range(100):
        value, slope = flow[-1], np.zeros_like(v)
        for amount in flow[-2::-1]:
            slope = slope * v + value
            value = value * v + amount
        with np.errstate(all="ignore"):
            after = np.where(slope > 0, np.clip(v - value / slope, v / 2, 2 * v), 2 * v)
        moving = np.abs(after - v) > 1e-10
        rate[open_trials[~moving]] = 1 / after[~moving] - 1
        if not moving.any():
            return rate
        open_trials, flow, v = open_trials[moving], flow[:, moving], after[moving]
    return rate


def value(x):
    """NPV, IRR, discounted payback and ROI (NPV over the present value of all costs) by trial."""
    cash = cash_flows(x)
    factors = (1 + x["rate"]) ** -np.arange(YEARS + 1)[:, None]
    discounted = cash * factors
    npv = discounted.sum(axis=0)
    costs = x["build"] + x["running"] * factors[1:].sum(axis=0)
    return {
        "npv": npv,
        "irr": irr(cash),
        "discounted_payback": payback(discounted),
        "roi_discounted": npv / costs,
    }


def describe(outcomes):
    """Mean NPV, two chances, and five percentiles of every outcome where it is defined."""
    npv = outcomes["npv"]
    percentiles = {
        name: np.percentile(values[~np.isnan(values)], PERCENTS, method="inverted_cdf")
        for name, values in outcomes.items()
    }
    return {
        "mean_npv": npv.mean(),
        "chance_of_loss": np.mean(npv < 0),
        "chance_of_payback": np.mean(outcomes["discounted_payback"] <= 3),
        "percentiles": percentiles,
    }


def rank_correlations(x, npv):
    """Spearman's correlation of NPV with every input."""
    ranks = [stats.rankdata(values) for values in (*x.values(), npv)]
    return dict(zip(x, np.corrcoef(ranks)[-1, :-1], strict=True))


def work(x):
    """The whole job once inputs are drawn: value, describe, and say what drives the answer."""
    outcomes = value(x)
    return describe(outcomes) | {"drivers": rank_correlations(x, outcomes["npv"])}


def run(trials, seed):
    """The whole job."""
    return work(draw(trials, seed))


if __name__ == "__main__":
    for name, figure in run(trials=int(sys.argv[1]), seed=1).items():
        print(name, figure)
