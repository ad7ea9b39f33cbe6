"""Time and memory of a whole run, from a hundred thousand trials to a hundred million."""

from collections.abc import Iterator, Sequence

import ours
from figures import Figure, times_as_fast, times_the_cost
from turns import Used, used
from wish import Wish

from parts.jobs import PLAIN
from parts.processes import plain_command

SECONDS, MEMORY = "seconds of a run", "most memory of a run"


def figures(wish: Wish) -> Iterator[Figure]:
    """Beside the plain program while that fits, and ten million trials beside one million."""
    million = ours.rounded(wish.trials)
    for trials, goal in ((ours.rounded(wish.trials // 10), None), (million, 0.3)):
        commands = ours.command(trials), plain_command(trials)
        taken = [tuple(used(*words) for words in commands) for _ in range(wish.rounds)]
        yield times_as_fast(SECONDS, PLAIN, _of(taken, "seconds"), trials=trials)
        memory = _of(taken, "memory")
        yield times_the_cost(MEMORY, PLAIN, memory, goal, unit="MB", trials=trials)
    yield from _longer(ours.rounded(10 * wish.trials), million, wish.rounds, None)


def large(wish: Wish) -> Iterator[Figure]:
    """A hundred million trials beside ten million, once: this takes minutes."""
    shorter, longer = (ours.rounded(times * wish.trials) for times in (10, 100))
    yield from _longer(longer, shorter, 1, 1.1)


def _longer(trials: int, shorter: int, rounds: int, goal: float | None) -> Iterator[Figure]:
    commands, against = (ours.command(trials), ours.command(shorter)), f"{shorter:,} trials"
    taken = [tuple(used(*words) for words in commands) for _ in range(rounds)]
    yield times_the_cost(SECONDS, against, _of(taken, "seconds"), trials=trials)
    memory = _of(taken, "memory")
    yield times_the_cost(MEMORY, against, memory, goal, unit="MB", trials=trials)


def _of(taken: Sequence[tuple[Used, ...]], name: str) -> list[tuple[float, ...]]:
    """Seconds, or memory, round by round."""
    return [tuple(getattr(one, name) for one in both) for both in taken]
