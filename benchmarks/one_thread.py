"""Import this first: numerical libraries read how many threads they may take as they are loaded.

It holds for this process and for those started from it. Utfall's own workers are asked for one by
one, where they are meant.
"""

import os

for library in ("OPENBLAS", "OMP", "MKL", "OPENTURNS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
