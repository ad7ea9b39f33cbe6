"""The job of the plain program, and Utfall's full result, in process with imports behind us."""

from collections.abc import Iterator

import ours
import plain_portal
from figures import Figure, times_as_fast
from turns import pairs, take_turns, working
from wish import Wish

PLAIN = "plain numpy and scipy"


def figures(wish: Wish) -> Iterator[Figure]:
    """All against the same plain job, twelve rank correlations included."""
    trials = ours.rounded(wish.trials)
    jobs = (
        lambda: ours.plain_job(trials),
        lambda: ours.full_result(trials, keep=False),
        lambda: ours.full_result(trials),
        lambda: plain_portal.run(trials, seed=1),
    )
    taken = take_turns(jobs, wish.rounds, working)
    names = {
        "the plain job, random sampling": 25.0,
        "the full result, trials counted": 15.0,
        "the full result, every trial kept, the investment integrated out": 15.0,
    }
    for place, (name, goal) in enumerate(names.items()):
        yield times_as_fast(name, PLAIN, pairs(taken, place, len(names)), goal, trials=trials)
