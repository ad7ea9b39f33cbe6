"""Whole processes, from the command to its end: imports, reading, simulating, writing."""

import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import ours
import peers as draws
from figures import Figure, times_as_fast
from turns import pairs, process, take_turns
from wish import Wish

from parts.jobs import PLAIN

MODULES = {"squigglepy": "squigglepy", "chaospy": "chaospy", "openturns": "openturns",
           "salib": "SALib"}  # fmt: skip
TITLES = {"plain": PLAIN, "squigglepy": "squigglepy", "chaospy": "chaospy",
          "openturns": "OpenTURNS", "salib": "SALib"}  # fmt: skip
NAME = "utfall run --json"


def figures(wish: Wish) -> Iterator[Figure]:
    """Against the plain program; below a million trials imports weigh more and more."""
    for trials, goal in ((wish.trials, 12), (wish.trials // 10, 4), (wish.trials // 100, 2.5)):
        yield from _beside(["plain"], ours.rounded(trials), goal, wish.rounds)


def peers(wish: Wish) -> Iterator[Figure]:
    """Against programs that draw with other libraries, those that are installed."""
    there = [name for name, module in MODULES.items() if find_spec(module)]
    yield from _beside(there, ours.rounded(wish.trials), 8, wish.rounds)


def plain_command(trials: int, name: str = "plain") -> tuple[object, ...]:
    """The plain program, on the draws of a peer if one is named."""
    return sys.executable, Path(draws.__file__), name, trials


def _beside(names: Sequence[str], trials: int, goal: float, rounds: int) -> Iterator[Figure]:
    jobs = [process(*ours.command(trials))]
    jobs += [process(*plain_command(trials, name)) for name in names]
    taken = take_turns(jobs, rounds)
    for place, name in enumerate(names, start=1):
        pair = pairs(taken, 0, place)
        yield times_as_fast(NAME, TITLES[name], pair, goal, trials=trials)
