"""Work shared out to processes of their own, which bring home counts.

Each is started as `python -m simulator.engine.process`, which never runs the caller's own script
again, as multiprocessing would. It reads the recipe and its share of the blocks from standard
input, tells how many trials are done on standard output, and last what it found. It stops where
standard input ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, cast

from simulator.engine.recipe import Recipe
from simulator.engine.work import Harvest, Job
from simulator.errors import RunError

if TYPE_CHECKING:
    from simulator.engine.workers import Progress, Stop

TICK = 0.1


def by_processes(
    recipe: Recipe, job: Job, workers: int, progress: Progress | None, stop: Stop | None
) -> Harvest:
    """As `work_through`, each process on every `workers`-th block.

    Raises RunError also where a process dies.
    """
    heard: SimpleQueue[tuple[int, Any]] = SimpleQueue()
    crew: list[_Process] = []
    done, harvests = [0] * workers, dict[int, Harvest]()
    failures: list[tuple[int, BaseException]] = []
    try:
        crew += (_Process(recipe, share, workers, heard) for share in range(workers))
        while len(harvests) + len(failures) < workers:
            for share, said in _heard(heard):
                if isinstance(said, int):
                    done[share] = said
                elif isinstance(said, BaseException):
                    failures.append((share, said))
                else:
                    harvests[share] = said
            if progress is not None:
                progress(sum(done), job.plan.trials)
            if failures or (stop is not None and stop()):
                for process in crew:
                    process.let_go()
    finally:
        for process in crew:
            process.end()
    if failures:
        raise min(failures, key=lambda failure: failure[0])[1]
    first, *others = (harvests[share] for share in sorted(harvests))
    for other in others:
        first.merge(other)
    return first


def _heard(queue: SimpleQueue[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """What has been said, after waiting for it a little."""
    try:
        yield queue.get(timeout=TICK)
        while True:
            yield queue.get_nowait()
    except Empty:
        return


class _Process:
    """One process, and the thread that listens to it."""

    def __init__(
        self, recipe: Recipe, share: int, shares: int, heard: SimpleQueue[tuple[int, Any]]
    ) -> None:
        self.share, self.heard = share, heard
        paths = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "simulator.engine.process"],  # not from where we are
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,  # Ctrl-C is ours, and we tell it to stop
        )
        pickle.dump((recipe, share, shares), self._stdin)
        self._stdin.flush()
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()

    @property
    def _stdin(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdin)

    def _listen(self) -> None:
        said: object = 0
        try:
            while isinstance(said, int):
                said = pickle.load(cast("IO[bytes]", self.process.stdout))
                self.heard.put((self.share, said))
        except Exception:  # whatever it is, somebody waits to hear of it
            self.process.kill()
            code = self.process.wait()
            problem = f"a worker process ended with code {code} before it had done its share"
            self.heard.put((self.share, RunError(f"{problem}\n    try again with --workers 1")))

    def let_go(self) -> None:
        """Tell it to stop at the next block and to hand over what it has."""
        if not self._stdin.closed:
            self._stdin.close()

    def end(self) -> None:
        """It is not needed any more."""
        self.let_go()
        if self.listener.is_alive():  # something was raised here: nobody waits for its counts
            self.process.kill()
        self.process.wait()
        self.listener.join()
        cast("IO[bytes]", self.process.stdout).close()
