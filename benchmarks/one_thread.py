"""Import this first: numerical libraries read how many threads they may take as they are loaded.

It holds for this process and for those that are started from it. Utfall itself is asked for one
worker wherever it is not said otherwise.
"""

import os

for library in ("OPENBLAS", "OMP", "MKL", "OPENTURNS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
