"""Two processes against one, without what it takes to start them."""

from collections.abc import Iterator

import ours
from figures import Figure, times_as_fast
from turns import take_turns
from wish import Wish

import utfall as ut
from distributions.streams import UNIT


def figures(wish: Wish) -> Iterator[Figure]:
    """From the difference between a run and one twice as long: what is the same in both falls out.

    Ten million trials or more, as Utfall works in processes from there on; whole units for both.
    """
    trials = -(-10 * wish.trials // (2 * UNIT)) * 2 * UNIT
    case = ut.load(ours.CASE)

    def job(times: int, workers: int):
        return lambda: ours.simulate(
            case, trials=times * trials, seed=1, sampling="random", keep=False, workers=workers
        )

    taken = take_turns((job(1, 2), job(2, 2), job(1, 1), job(2, 1)), wish.rounds)
    longer = [(b - a, d - c) for a, b, c, d in taken]
    yield times_as_fast(
        "two processes, start-up left out", "one process", longer, 1.8, trials=trials
    )
    whole = [(a, c) for a, _, c, _ in taken]
    yield times_as_fast("two processes, start-up included", "one process", whole, trials=trials)
