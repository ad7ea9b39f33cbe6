"""Vectors that are made once and written anew for every block of trials.

A vector just made costs more than the sum that fills it, as the system must first find memory.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Room:
    """Arrays by name; each is good until it is asked for again.

    >>> room = Room()
    >>> room.floats("total", 3) is room.floats("total", 3), room.floats("total", 2).shape
    (True, (2,))
    """

    def __init__(self) -> None:
        self._made: dict[str, npt.NDArray[Any]] = {}

    def floats(self, name: str, *shape: int) -> Floats:
        """An array of numbers, whatever stands in it."""
        return self._array(name, shape, np.float64)

    def bools(self, name: str, *shape: int) -> Bools:
        """An array of truths, whatever stands in it."""
        return self._array(name, shape, np.bool_)

    def _array(self, name: str, shape: tuple[int, ...], kind: type) -> npt.NDArray[Any]:
        found = self._made.get(name)
        if found is None or found.shape != shape:
            found = self._made[name] = np.empty(shape, kind)
        return found


class ThreadRoom(threading.local, Room):
    """A room of its own in every thread, for what does not outlive a call."""
