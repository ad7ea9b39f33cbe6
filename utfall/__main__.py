"""The program `utfall`, also as `python -m utfall`.

The overview is asked for most and says the same every time: it does not wait for click, which takes
three times as long to import as Python to start.
"""

import sys

from utfall.overview import OVERVIEW


def main() -> None:
    """Do what the words on the command line ask for."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        try:
            sys.stdout.write(f"{OVERVIEW}\n")
            sys.stdout.flush()
            return
        except OSError:  # a full disk, a reader who left: told as for every other command
            pass
    from utfall.cli import main as commands

    commands(prog_name="utfall")


if __name__ == "__main__":
    main()
