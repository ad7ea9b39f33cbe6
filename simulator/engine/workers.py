"""Who does the work: this thread, several threads, or several processes. All bring the same bits.

Numpy lets other threads run while it computes, so that threads gain a little from some million
trials on; processes gain nearly all there is, but take a second to start and hand over no trials,
only counts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from threading import Event, Lock

from simulator.engine.recipe import Recipe
from simulator.engine.sampling import Block
from simulator.engine.work import Harvest, Job, Worker

WORTH_THREADS = 10**6
WORTH_PROCESSES = 10**7
"""Trials from which on several threads, and several processes, pay."""
TICK = 0.1
"""Seconds between two looks at how far the others are."""

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system tells
        return os.cpu_count() or 1


def work_through(
    recipe: Recipe,
    job: Job,
    workers: int,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Harvest:
    """Work on every block of a job, or until `stop` says so; `progress` hears of trials done.

    Raises what a worker raises, once all have laid down their work.
    """
    trials = job.plan.trials
    workers = min(workers, len(job.blocks)) if trials >= WORTH_THREADS else 1
    if workers > 1 and trials >= WORTH_PROCESSES and not job.keep:
        from simulator.engine.processes import by_processes

        return by_processes(recipe, job, workers, progress, stop)
    first = job.first_worker()
    if workers == 1:
        done = 0
        for block in job.blocks:
            first.do(block)
            done += block.size
            if progress is not None:
                progress(done, job.plan.trials)
            if stop is not None and stop():
                break
        return first.harvest
    return _by_threads(job, first, workers, progress, stop)


def _by_threads(
    job: Job, first: Worker, workers: int, progress: Progress | None, stop: Stop | None
) -> Harvest:
    from concurrent.futures import ThreadPoolExecutor, wait  # longer to import than a small run

    queue = _Queue(job.blocks)
    crew = [first, *(first.twin() for _ in range(workers - 1))]
    with ThreadPoolExecutor(workers) as pool:
        working = [pool.submit(queue.work, worker) for worker in crew]
        try:
            while wait(working, TICK).not_done:
                if progress is not None:
                    progress(queue.done, job.plan.trials)
                if stop is not None and stop():
                    queue.closed.set()
        finally:
            queue.closed.set()  # also where something is raised here: an impatient Ctrl-C
    failures = sorted(queue.failures, key=lambda failure: failure[0])
    if failures:
        raise failures[0][1]
    if progress is not None:
        progress(queue.done, job.plan.trials)
    for worker in crew[1:]:
        first.harvest.merge(worker.harvest)
    return first.harvest


class _Queue:
    """Blocks that threads take one by one."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks: Iterator[tuple[int, Block]] = enumerate(blocks)
        self.lock = Lock()
        self.closed = Event()
        self.done = 0
        self.failures: list[tuple[int, BaseException]] = []

    def work(self, worker: Worker) -> None:
        while not self.closed.is_set():
            with self.lock:
                number, block = next(self.blocks, (0, None))
            if block is None:
                return
            try:
                worker.do(block)
            except BaseException as failure:
                self.failures.append((number, failure))
                self.closed.set()
                return
            with self.lock:
                self.done += block.size
