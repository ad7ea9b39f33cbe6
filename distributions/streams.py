"""Where chance comes from: one stream of random numbers for every input and unit of trials."""

from __future__ import annotations

import hashlib

import numpy as np

UNIT = 16_384
"""Trials drawn together; draws depend on the unit they belong to, never on blocks or workers."""


def stream(seed: int, replicate: int, unit: int, name: str) -> np.random.Generator:
    """The random numbers that belong to one input, whatever other inputs exist.

    >>> bool(stream(0, 0, 0, "churn").random() == stream(0, 0, 0, "churn").random())
    True
    >>> bool(stream(0, 0, 0, "churn").random() == stream(0, 0, 0, "price").random())
    False
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16])
    return np.random.Generator(np.random.SFC64([seed, replicate, unit, key]))
