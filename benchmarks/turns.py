"""Jobs that are measured in turns, so that a busy machine slows all of them alike."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

Job = Callable[[], object]


def process(*words: object) -> Job:
    """A program run in a process of its own, as a user waits for it; its output is thrown away."""
    return lambda: subprocess.run([str(word) for word in words], check=True, capture_output=True)


def take_turns(jobs: Sequence[Job], rounds: int) -> list[list[float]]:
    """Each of some jobs once a round: for every round the seconds that each took."""
    return [[seconds(job) for job in jobs] for _ in range(rounds)]


def seconds(job: Job) -> float:
    """Time that one run of the job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def middle(rounds: Sequence[Sequence[float]], place: int) -> float:
    """The seconds of the job in this place, the median of all rounds."""
    return median(taken[place] for taken in rounds)


def times_as_fast(rounds: Sequence[Sequence[float]], ours: int, theirs: int) -> float:
    """How many times as fast the one is as the other, the median over the rounds."""
    return median(taken[theirs] / taken[ours] for taken in rounds)


_LARGEST = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def memory(*words: object) -> float:
    """The most memory, in MB, that a program has in use at once.

    A small process starts it, as a child of this one would be counted with the memory of this one.
    """
    command = [sys.executable, "-c", _LARGEST, *(str(word) for word in words)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(said) / (1e6 if sys.platform == "darwin" else 1e3)  # there in bytes, else in kB
