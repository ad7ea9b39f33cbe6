"""Import this first: what programs that are started, and libraries that are loaded, read at once.

Numerical libraries read how many threads they may take. Python reads whether it may keep what it
has compiled, as it does of a program that is installed.

It holds for this process and for those that are started from it. Utfall itself is asked for one
worker wherever it is not said otherwise.
"""

import os

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
for library in ("OPENBLAS", "OMP", "MKL", "OPENTURNS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
