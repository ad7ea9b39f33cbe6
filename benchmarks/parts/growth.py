"""How the cost of a trial grows with inputs, years and alternatives."""

from collections.abc import Iterator, Mapping

import ours
from figures import Figure, times_the_cost
from grown import case_text
from turns import Job, pairs, take_turns, working
from wish import Wish

import utfall as ut
from simulator.case.case import Case
from simulator.engine.run import simulate_together

INPUTS, YEARS, ALTERNATIVES = (6, 12, 24, 48), (5, 10, 20, 40), (1, 2, 4, 8)


def figures(wish: Wish) -> Iterator[Figure]:
    """Each against the smallest of its kind; the size that doubles is what matters."""
    trials = ours.rounded(wish.trials // 8)
    by_inputs = {f"{n} inputs": _alone(case_text(inputs=n), trials) for n in INPUTS}
    by_years = {f"{n} years": _alone(case_text(years=n), trials) for n in YEARS}
    by_number = {f"{n} alternatives": _together(n, trials) for n in ALTERNATIVES}
    for jobs in (by_inputs, by_years, by_number):
        yield from _beside_the_first(jobs, trials, wish.rounds)


def _beside_the_first(jobs: Mapping[str, Job], trials: int, rounds: int) -> Iterator[Figure]:
    first, *others = jobs
    taken = take_turns(list(jobs.values()), rounds, working)
    for place, name in enumerate(others, start=1):
        yield times_the_cost(
            f"{name}, a trial", first.replace("1 alternatives", "1 alternative"),
            pairs(taken, place, 0), unit="ns", count=trials, trials=trials,
        )  # fmt: skip


def _alone(text: str, trials: int) -> Job:
    case = ut.read(text)
    return lambda: ours.simulate(case, trials=trials, seed=1, keep=False)


def _together(number: int, trials: int) -> Job:
    cases: dict[str, Case] = {}
    for place in range(number):
        case = ut.read(case_text(alternative=place))
        cases[case.name] = case
    return lambda: simulate_together(cases, trials, seed=1, keep=False, workers=1)
