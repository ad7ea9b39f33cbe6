"""Which trials travel in the page: as many as fit, and always whole beginnings of the replicates.

A beginning of a scrambled Sobol' set whose length is a power of two is such a set itself; every
tenth of its points is not.
Source: A. Owen, On dropping the first Sobol' point (2020).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

TRIALS = 8_192
FEWEST = 512
INPUTS = 30
ENOUGH = 20
"""Before fewer inputs than this can be chosen, there are fewer trials."""
BUDGET = 680_000
"""Characters of the page that the trials may take."""
OF_INPUT, OF_ALTERNATIVE = 2, 5
"""Bytes of a trial: the rank of an input; net present value, and what became of payback."""
CHARACTERS = 4 / 3
"""What a byte takes in base64."""


@dataclass(frozen=True, eq=False)
class Carried:
    """The trials that travel, by their places among all, and with how many inputs."""

    places: npt.NDArray[np.intp]
    inputs: int

    @property
    def trials(self) -> int:
        """Their number."""
        return len(self.places)


def carried(trials: int, replicates: int, alternatives: int, inputs: int) -> Carried:
    """The first so many trials of each replicate, and how many inputs there is room for.

    >>> found = carried(trials=65_536, replicates=16, alternatives=1, inputs=16)
    >>> found.trials, found.inputs, found.places[511:513].tolist()
    (8192, 16, [511, 4096])
    >>> found = carried(trials=65_536, replicates=16, alternatives=30, inputs=200)
    >>> found.trials, found.inputs
    (2048, 30)
    """
    wanted = min(INPUTS, inputs)
    size, room = TRIALS, _room(TRIALS, alternatives)
    while room < min(ENOUGH, wanted) and size > FEWEST:
        size //= 2
        room = _room(size, alternatives)
    each = trials // replicates
    first = min(each, max(_power_of_two(size // replicates), 1))
    starts = np.arange(replicates, dtype=np.intp)[:, None] * each
    return Carried((starts + np.arange(first)).ravel(), max(min(wanted, room), 1))


def _room(size: int, alternatives: int) -> int:
    """The inputs that fit beside the alternatives."""
    return int((BUDGET / (size * CHARACTERS) - OF_ALTERNATIVE * alternatives) // OF_INPUT)


def _power_of_two(size: int) -> int:
    """The largest one that is not larger."""
    return 1 << (size.bit_length() - 1) if size else 0
