"""The stages of a run, each beside plain numpy and scipy doing the same in this process."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import plain_portal as plain
from figures import Figure, times_as_fast
from scipy.stats import qmc, rankdata
from turns import Job, take_turns, working
from wish import Wish

import utfall as ut
from distributions.designs import Sobol
from distributions.quantile_table import quantiles
from simulator.engine import valuation
from simulator.result.outcome import Outcome
from simulator.result.ranks import RankSums
from simulator.result.stream import Stream
from simulator.result.streamed import StreamedOutcome

TRIALS = 2**18
BLOCK = 2**14


MEMORY = 2**21
"""Numbers, 16 MB: more than any stage takes at once."""


def figures(wish: Wish) -> Iterator[Figure]:
    """Every stage in nanoseconds, with the goal for the inverse of a PERT distribution."""
    # Memory given back once stays at hand, as it does in a run; else the system would fetch every
    # new vector page by page, of either side, which takes longer than to fill it.
    np.ones(MEMORY)
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
    """Every stage in the order of a run, with all that a run makes once made before."""
    yield from _draws()
    yield from _trials()


def _draws() -> Iterator[Stage]:
    """From points to the values of inputs."""
    dimensions = len(plain.INPUTS)
    yield Stage(
        "Sobol' points",
        "number",
        dimensions * 2**16,
        lambda: _sobol(dimensions),
        lambda: qmc.Sobol(dimensions, rng=1).random_base2(16),
        "scipy.stats.qmc",
    )
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


def _trials() -> Iterator[Stage]:
    """From cash to what is told of all trials."""
    x = plain.draw(TRIALS, seed=1)
    cash, rate, npv = plain.cash_flows(x), x["rate"], plain.value(x)["npv"]
    grades = {name: rankdata(values) / TRIALS for name, values in x.items()}
    pairs = {
        ("NPV, IRR, payback of cash", "plain numpy"): (
            lambda: _valued(cash, rate),
            lambda: _plainly_valued(cash, rate),
        ),
        ("five percentiles of kept trials", "numpy.percentile"): (
            lambda: _percentiles(Outcome("npv", npv, 1)),
            lambda: np.percentile(npv, plain.PERCENTS, method="inverted_cdf"),
        ),
        ("five percentiles of counted trials", "numpy.percentile"): (
            lambda: _percentiles(_counted(npv)),
            lambda: np.percentile(npv, plain.PERCENTS, method="inverted_cdf"),
        ),
        ("twelve rank correlations, counted, the inputs' grades at hand", "scipy.stats.rankdata"): (
            lambda: _ranked(npv, grades),
            lambda: plain.rank_correlations(x, npv),
        ),
    }
    for (name, against), (ours, theirs) in pairs.items():
        yield Stage(name, "trial", TRIALS, ours, theirs, against)


def _job(function, argument):  # a lambda in a loop would see the last round's names
    return lambda: function(argument)


def _sobol(dimensions):
    design = Sobol(seed=1, replicates=1, points=2**16)
    for place in range(dimensions):
        for _, unit, _ in design.units:
            design.uniforms(f"x{place}", place, 0, unit)


def _blocks():
    return (slice(start, start + BLOCK) for start in range(0, TRIALS, BLOCK))


def _valued(cash, rate):
    """In blocks, as the engine does."""
    for here in _blocks():
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


def _percentiles(outcome):
    return [outcome.percentile(percent) for percent in plain.PERCENTS]


def _counted(npv):
    stream = Stream(npv[:BLOCK], 1)
    for here in _blocks():
        stream.add(0, npv[here])
    return StreamedOutcome("npv", stream)


def _ranked(npv, grades):
    """As in a run, which knows the grade of every draw: it is the uniform that it came from."""
    sums = RankSums(list(grades), 1, npv[:BLOCK])
    for here in _blocks():
        sums.add(0, npv[here], {name: grade[here] for name, grade in grades.items()})
    return sums.measured()
