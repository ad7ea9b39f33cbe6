"""How long a report takes beside its run, and how large it is: `python benchmarks/report.py`.

The goal for the portal comparison: at most twice the time of the run plus three seconds, with the
page below 3 MB. Each is measured in a process of its own, with the imports that it needs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASE = Path(__file__).parents[1] / "configs" / "compare.yaml"
LARGEST = 3_000_000  # bytes
REPEATS = 3


def seconds(*words: str) -> float:
    """The best of some turns of a command."""
    turns = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "utfall", *words], check=True, stdout=subprocess.DEVNULL
        )
        turns.append(time.perf_counter() - began)
    return min(turns)


def main() -> None:
    """Measure, print, and end with 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        run = seconds("compare", str(CASE))
        report = seconds("report", str(CASE), "-o", str(page), "--overwrite")
        size = page.stat().st_size
    print(f"utfall compare   {run:5.1f} s")
    print(f"utfall report    {report:5.1f} s   goal: {2 * run + 3:.1f} s")
    print(f"the page         {size / 1e6:5.2f} MB  goal: {LARGEST / 1e6:.0f} MB")
    if report > 2 * run + 3 or size > LARGEST:
        sys.exit(1)


if __name__ == "__main__":
    main()
