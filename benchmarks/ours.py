"""The jobs of the benchmark as they are asked of Utfall, in this process or as a command."""

import sys
from pathlib import Path

import plain_portal

import utfall as ut
from distributions import design

CASE = Path(__file__).with_name("portal.yaml")
ASKED = ("npv", "irr", "discounted_payback", "roi_discounted")
"""The outcomes of the plain program."""
COMMAND = Path(sys.executable).with_name("utfall")


def rounded(trials: int) -> int:
    """So many trials as Sobol' sets come in: both sides of a comparison do this many."""
    return design("sobol", 1, trials).trials


def simulate(case, workers=1, **options):
    """`utfall.simulate`, on one thread unless said."""
    return ut.simulate(case, workers=workers, **options)


def plain_job(trials: int) -> dict[str, object]:
    """What `plain_portal.run` finds and nothing else, the case file read anew; random sampling."""
    result = simulate(ut.load(CASE), trials=trials, seed=1, sampling="random", keep=False,
                      plain=True, outcomes=ASKED)  # fmt: skip
    return {
        "mean_npv": result.npv.mean,
        "chance_of_loss": result.npv.chance_below(0),
        "chance_of_payback": result.payback_chance(3, discounted=True).value,
        "percentiles": {
            outcome.name: [outcome.percentile(percent) for percent in plain_portal.PERCENTS]
            for outcome in result.outcomes.values()
        },
        "drivers": drivers(result),
    }


def drivers(result) -> dict[str, float]:
    """Rank correlation of NPV with every uncertain input."""
    return {name: measured.value for name, measured in result.rank_correlations.items()}


def full_result(trials: int, keep: bool | None = None) -> dict[str, object]:
    """Everything that a result tells, with its intervals; default sampling."""
    return simulate(ut.load(CASE), trials=trials, seed=1, keep=keep).to_dict()


def command(trials: int) -> tuple[object, ...]:
    """The full result as a command, on one thread."""
    return COMMAND, "run", CASE, "--json", "-", "--workers", 1, "--trials", trials
