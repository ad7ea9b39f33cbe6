"""Time and memory of a whole run, from a hundred thousand trials to a hundred million."""

from collections.abc import Iterator

import ours
from figures import Figure, times_as_fast, times_the_cost
from turns import used
from wish import Wish

from parts.jobs import PLAIN
from parts.processes import plain_command

SECONDS, MEMORY = "seconds of a run", "most memory of a run"


def figures(wish: Wish) -> Iterator[Figure]:
    """Beside the plain program while that fits; a hundred million trials only if wished for."""
    million = ours.rounded(wish.trials)
    for trials in (ours.rounded(wish.trials // 10), million):
        taken = [(used(*ours.command(trials)), used(*plain_command(trials)))
                 for _ in range(wish.rounds)]  # fmt: skip
        seconds = [(us.seconds, them.seconds) for us, them in taken]
        memory = [(us.memory, them.memory) for us, them in taken]
        goal = 0.3 if trials == million else None
        yield times_as_fast(SECONDS, PLAIN, seconds, trials=trials)
        yield times_the_cost(MEMORY, PLAIN, memory, goal, unit="MB", trials=trials)
    shorter, before = million, [us for us, _ in taken]
    for times, goal in ((10, None), (100, 1.1)) if wish.large else ((10, None),):
        trials = ours.rounded(times * wish.trials)
        now = [used(*ours.command(trials)) for _ in before[: wish.rounds if times == 10 else 1]]
        against = f"{shorter:,} trials"
        for what, unit, limit in ((SECONDS, "s", None), (MEMORY, "MB", goal)):
            name = "seconds" if unit == "s" else "memory"
            rounds = [(getattr(us, name), getattr(them, name))
                      for us, them in zip(now, before, strict=False)]  # fmt: skip
            yield times_the_cost(what, against, rounds, limit, unit=unit, trials=trials)
        shorter, before = trials, now
