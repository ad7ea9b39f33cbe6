"""How the tests run: what thousands of them would otherwise pay for, each a little."""

import gc
import os

import pytest
from hypothesis import settings

# As the program itself does (utfall/__main__.py): several workers, each with the threads of an
# algebra library that waits for them, take time from each other. Before anything imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# An example that waits for a core has not become slow.
settings.register_profile("shared cores", parent=settings(), deadline=None)
settings.load_profile("shared cores")

SELDOM = 50_000
"""Python looks for garbage every 700 objects; a test makes hundreds of thousands."""


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there when the first test starts is there until the last one has ended.

    Python need not look through it for garbage again and again, which takes a tenth of the time.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, 20, 50)
