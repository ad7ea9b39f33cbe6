"""The stages of a run, each beside plain numpy and scipy doing the same in this process."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import plain_portal as plain
from figures import Figure, times_as_fast
from scipy.stats import qmc
from turns import Job, take_turns, working
from wish import Wish

import utfall as ut
from distributions.designs import Sobol
from distributions.quantile_table import quantiles
from simulator.engine import valuation
from simulator.result.outcome import Outcome

TRIALS = 2**18
BLOCK = 2**14


def figures(wish: Wish) -> Iterator[Figure]:
    """Every stage in nanoseconds, with the goal for the inverse of a PERT distribution."""
    for stage in stages():
        taken = take_turns((stage.ours, stage.theirs), wish.many, working)
        goal = 150.0 if stage.name.endswith("PERT") else None
        named = f"{stage.name}, a {stage.of}"
        yield times_as_fast(named, stage.against, taken, goal, unit="ns", count=stage.count)


class Stage(NamedTuple):
    """A stage: ours and theirs do the same for so many numbers (`of` what)."""

    name: str
    of: str
    count: int
    ours: Job
    theirs: Job
    against: str = "scipy.stats"


def stages() -> Iterator[Stage]:
    """Every stage, with all that a run makes once made before."""
    u = np.random.default_rng(1).random(TRIALS)
    families = {
        "beta": ("beta(12, 88)", "churn"),
        "PERT": ("pert(0.002, 0.012, 0.04)", "churn_avoided"),
        "lognormal": ("lognormal(5 to 40)", "new"),
        "bounded normal": ("truncate(normal(520, 60), low=300, high=800)", "hourly"),
    }
    for name, (estimate, entry) in families.items():
        ours, theirs = quantiles(ut.estimate(estimate), 2**20), plain.INPUTS[entry].ppf
        yield Stage(f"quantiles, {name}", "draw", TRIALS, _job(ours, u), _job(theirs, u))
    dimensions = len(plain.INPUTS)
    yield Stage(
        "Sobol' points",
        "number",
        dimensions * 2**16,
        lambda: _sobol(dimensions),
        lambda: qmc.Sobol(dimensions, rng=1).random_base2(16),
        "scipy.stats.qmc",
    )
    x = plain.draw(TRIALS, seed=1)
    cash, rate = plain.cash_flows(x), x["rate"]
    yield Stage(
        "NPV, IRR, payback of cash",
        "trial",
        TRIALS,
        lambda: _valued(cash, rate),
        lambda: _plainly_valued(cash, rate),
        "plain numpy",
    )
    npv = plain.value(x)["npv"]
    yield Stage(
        "five percentiles",
        "trial",
        TRIALS,
        lambda: list(map(Outcome("npv", npv, 1).percentile, plain.PERCENTS)),
        lambda: np.percentile(npv, plain.PERCENTS, method="inverted_cdf"),
        "numpy.percentile",
    )


def _job(function, argument):  # a lambda in a loop would see the last round's names
    return lambda: function(argument)


def _sobol(dimensions):
    design = Sobol(seed=1, replicates=1, points=2**16)
    for place in range(dimensions):
        for _, unit, _ in design.units:
            design.uniforms(f"x{place}", place, 0, unit)


def _valued(cash, rate):
    """In blocks, as the engine does."""
    for start in range(0, TRIALS, BLOCK):
        here = slice(start, start + BLOCK)
        block = cash[:, here]
        discounted = block * valuation.discount_factors(plain.YEARS, rate[here])
        valuation.added(discounted)
        valuation.irr(block)
        valuation.payback(discounted)


def _plainly_valued(cash, rate):
    discounted = cash * (1 + rate) ** -np.arange(plain.YEARS + 1)[:, None]
    discounted.sum(axis=0)
    plain.irr(cash)
    plain.payback(discounted)
