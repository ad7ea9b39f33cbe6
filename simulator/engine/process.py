"""The program of a worker process; see `processes.py`. It is never imported."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from threading import Event, Thread

from simulator.engine.recipe import Recipe
from simulator.engine.work import Harvest
from simulator.errors import UtfallError


def _work(recipe: Recipe, share: int, shares: int, told_to_stop: Event) -> Harvest:
    job = recipe.job(keep=False)
    worker, done = job.first_worker(), 0
    for block in job.blocks[share::shares]:
        worker.do(block)
        done += block.size
        _say(done)
        if told_to_stop.is_set():
            break
    return worker.harvest


def _say(what: object) -> None:
    pickle.dump(what, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()


def _main() -> None:
    gc.set_threshold(100_000)
    recipe, share, shares = pickle.load(sys.stdin.buffer)
    told_to_stop = Event()

    def listen() -> None:
        while os.read(sys.stdin.fileno(), 1):  # until it ends; the buffer would hold up the exit
            pass
        told_to_stop.set()

    Thread(target=listen, daemon=True).start()
    try:
        _say(_work(recipe, share, shares, told_to_stop))
    except UtfallError as error:
        _say(error)


if __name__ == "__main__":
    _main()
