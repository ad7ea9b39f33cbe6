"""Import this first: from now on this process, and those started from it, work on one processor.

Numerical libraries read how many threads they may take as they are loaded; Utfall takes as many as
there are processors to use. `turns.every_processor` gives them back where that is what is measured.
"""

import os

for library in ("OPENBLAS", "OMP", "MKL", "OPENTURNS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

if hasattr(os, "sched_setaffinity"):  # Linux; elsewhere a large run of ours may take more
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
