"""How an answer is read from the run of a case file: `mean("npv")` is a function of a run."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path

import pytest

import utfall as ut

CASES = Path(__file__).parent / "cases"


class Run:
    """A case file and, when it is asked for, its simulation."""

    def __init__(self, file, sampling, trials):
        self.file, self.sampling, self.trials = file, sampling, trials
        self.case = ut.load(CASES / f"{file}.yaml")

    @cached_property
    def result(self):
        return ut.simulate(
            self.case,
            trials=self.trials,
            seed=1,
            sampling=self.sampling,
            show=[name for name in self.case.calculations if name not in self.case.outputs],
        )

    def outcome(self, name):
        """An outcome of the case, or a quantity it reports."""
        return {**self.result.quantities, **self.result.outcomes}[name]

    @property
    def flow(self):
        """The cash flow of a case in which every trial is the same, year 0 first."""
        return self.result.cash_by_year[:, 0]


@lru_cache(maxsize=3)  # rows of one file follow each other; more would only fill the memory
def simulated(file, sampling, trials):
    """The run of a case file; one that was run already is not run again."""
    return Run(file, sampling, trials)


# How an answer is read from a run.

Reading = Callable[[Run], float]


def only(name: str) -> Reading:
    """The value of an outcome that is the same in every trial."""

    def reading(run):
        (value,) = set(run.outcome(name).values.tolist())
        return value

    return reading


def mean(name: str) -> Reading:
    """The mean of an outcome."""
    return lambda run: run.outcome(name).mean


def sd(name: str) -> Reading:
    """Its standard deviation, by the population formula."""
    return lambda run: run.outcome(name).sd


def percentile(name: str, percent: float) -> Reading:
    """The value not exceeded with probability `percent` %."""
    return lambda run: run.outcome(name).percentile(percent)


def percentiles(name: str, *percents: int) -> dict[str, Reading]:
    """Several percentiles, under the names the answers give them."""
    return {f"{name}:p{percent}": percentile(name, percent) for percent in percents}


def above(name: str, limit: float) -> Reading:
    """The chance of more than `limit`."""
    return lambda run: run.outcome(name).chance_above(limit)


def below(name: str, limit: float) -> Reading:
    """The chance of less than `limit`."""
    return lambda run: run.outcome(name).chance_below(limit)


def worst5(name: str) -> Reading:
    """The mean of the worst 5 %."""
    return lambda run: run.outcome(name).worst_mean(0.05)


def payback_within(years: float, *, discounted: bool = False) -> Reading:
    """The chance of having paid back within so many years."""
    return lambda run: run.result.payback_chance(years, discounted=discounted).value


def present_value(*lines: str) -> Reading:
    """Lines are signed as they enter the value: costs are negative."""
    return lambda run: sum(run.result.lines[line].present_value.mean for line in lines)


def times(factor: float, reading: Reading) -> Reading:
    """A reading in another unit."""
    return lambda run: factor * reading(run)


def tornado_at(outcome: str, name: str, value: float, **choices) -> Reading:
    """The outcome with one input at `value`, which is one end of its bar."""

    def reading(run):
        rows = {row.name: row for row in ut.tornado(run.case, outcome=outcome, **choices).rows}
        ends = {
            rows[name].low_input: rows[name].low_value,
            rows[name].high_input: rows[name].high_value,
        }
        nearest = min(ends, key=lambda end: abs(end - value))
        assert nearest == pytest.approx(value, rel=1e-9)
        return ends[nearest]

    return reading


def mirr(finance_rate: float, reinvest_rate: float) -> Reading:
    """The modified internal rate of the cash flow."""
    return lambda run: float(ut.mirr(run.flow, finance_rate, reinvest_rate))


def rate_number(place: int) -> Reading:
    """One of the internal rates of a flow that has several, the lowest first."""
    return lambda run: sorted(ut.irr_roots(run.flow))[place]


def lowest_value(run: Run) -> float:
    """The lowest net present value of all trials."""
    return run.result.npv.values.min()


def best_of_the_printings(run: Run) -> float:
    """The number of cards with the highest mean profit."""
    means = {
        10_000: run.outcome("profit_10").mean,
        20_000: run.outcome("profit_20").mean,
        40_000: run.outcome("profit_40").mean,
        60_000: run.outcome("profit_60").mean,
    }
    return max(means, key=means.__getitem__)
