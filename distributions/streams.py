"""Where chance comes from: one stream of random numbers for every input and unit of trials."""

from __future__ import annotations

import hashlib
from functools import lru_cache

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
    # the words that numpy would make of [seed, replicate, unit, key], which takes it longer
    words = [*_words(seed), *_words(replicate), *_words(unit), *_key(name)]
    return np.random.Generator(np.random.SFC64(np.array(words, np.uint32)))


@lru_cache(maxsize=8192)
def _key(name: str) -> tuple[int, ...]:
    """A name as words of 32 bits."""
    return _words(int.from_bytes(hashlib.sha256(name.encode()).digest()[:16]))


def _words(number: int) -> tuple[int, ...]:
    """A whole number as words of 32 bits, the last first."""
    words = [number & 0xFFFFFFFF]
    while number := number >> 32:
        words.append(number & 0xFFFFFFFF)
    return tuple(words)
