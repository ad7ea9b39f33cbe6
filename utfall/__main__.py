"""The program `utfall`, also as `python -m utfall`.

The overview is asked for most and says the same every time: it does not wait for click, which takes
three times as long to import as Python to start.
"""

import gc
import os
import sys

from utfall.overview import OVERVIEW

SELDOM = 1_000_000
"""Python looks for garbage every 700 objects. A command makes hundreds of thousands that last until
its end, and next to no garbage: looking seldom takes a tenth off it."""

ONE_THREAD = "OPENBLAS_NUM_THREADS"
"""Threads for the algebra of large matrices, which no run has: numpy waits for them at its start,
the more so on a busy machine."""


def main() -> None:
    """Do what the words on the command line ask for."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        try:
            sys.stdout.write(f"{OVERVIEW}\n")
            sys.stdout.flush()
            return
        except OSError:  # a full disk, a reader who left: told as for every other command
            pass
    gc.set_threshold(SELDOM)
    os.environ.setdefault(ONE_THREAD, "1")
    from utfall.cli import main as commands

    try:
        commands(prog_name="utfall")
    finally:
        gc.freeze()  # Python would look through everything once more before it ends


if __name__ == "__main__":
    main()
