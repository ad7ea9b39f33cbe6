"""Jobs that are measured in turns, so that a busy machine slows all of them alike."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Job = Callable[[], object]
Rounds = tuple[tuple[float, ...], ...]
"""For every round the seconds that each of some jobs took, in their order."""


def take_turns(
    jobs: Sequence[Job], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> Rounds:
    """Each of some jobs once a round, as somebody waits for it.

    Jobs of this process on one thread are better measured by `clock=working`, which other programs
    on the machine disturb less.
    """
    return tuple(tuple(_seconds(job, clock) for job in jobs) for _ in range(rounds))


working = time.process_time
"""A clock of the time that processors work for this process."""


def _seconds(job: Job, clock: Callable[[], float]) -> float:
    start = clock()
    job()
    return clock() - start


def pairs(rounds: Rounds, ours: int, theirs: int) -> Rounds:
    """Of all jobs only these two, in every round."""
    return tuple((taken[ours], taken[theirs]) for taken in rounds)


def process(*words: object) -> Job:
    """A program run in a process of its own, as a user waits for it; its output is thrown away."""
    return lambda: subprocess.run([str(word) for word in words], check=True, capture_output=True)


@dataclass(frozen=True)
class Used:
    """What a program took: seconds from its start to its end, and the most memory, in MB."""

    seconds: float
    memory: float


_WATCHED = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def used(*words: object) -> Used:
    """What a program takes, run in a process of its own.

    A small process starts it, as a child of this one would be counted with the memory of this one.
    Of a program that starts others, the largest of them counts.
    """
    command = [sys.executable, "-c", _WATCHED, *(str(word) for word in words)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024  # bytes; others count in 1,024 of them
    return Used(float(said[0]), int(said[1]) * unit / 1e6)
