"""An outcome of a run that counted its trials instead of keeping them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.errors import RunError
from simulator.result.counted import Counted
from simulator.result.figures import Worst
from simulator.result.outcome import Measured, Outcome, measured_chance
from simulator.result.stream import Stream

Floats = npt.NDArray[np.float64]


class StreamedOutcome(Outcome):
    """As an Outcome, without the values: percentiles are exact to within `resolution`.

    Mean, standard deviation and the chances of what was counted are exact. Asking for the values
    themselves raises RunError.

    >>> stream = Stream(np.arange(100.0), replicates=1)
    >>> stream.add(0, np.arange(100.0))
    >>> StreamedOutcome("gain", stream).mean
    49.5
    """

    def __init__(self, name: str, stream: Stream, worst: Worst = "low", unit: str = "") -> None:
        own = {"name": name, "replicates": stream.replicates, "worst": worst, "unit": unit}
        for field, value in (*own.items(), ("stream", stream), ("_figures", Counted(stream))):
            object.__setattr__(self, field, value)

    stream: Stream

    @property
    def values(self) -> Floats:
        raise RunError(f"{self.name}: {not_kept(self.trials)}")

    @property
    def trials(self) -> int:
        return self._figures.size + int(self.stream.undefined.sum())

    @property
    def resolution(self) -> float:
        """How far a percentile may be from that of all values, at most."""
        return self.stream.width

    def undefined_chance(self, level: float = 0.95) -> Measured:
        stream = self.stream
        undefined = stream.undefined.tolist()
        trials = [int(n) for n in stream.sizes() + stream.undefined]
        return measured_chance(undefined, trials, self.replicates == 1, level)

    def chance(self, happened: npt.ArrayLike, level: float = 0.95) -> Measured:
        raise RunError(f"{self.name}: {not_kept(self.trials)}")

    def forgetful(self) -> StreamedOutcome:
        return StreamedOutcome(self.name, self.stream, self.worst, self.unit)


def not_kept(trials: int) -> str:
    """Why there are no values, and what to do."""
    written = f"{trials:,}".replace(",", " ")
    return (
        f"the {written} trials of this run were counted and not kept\n"
        "    ask for fewer trials, or simulate(..., keep=True)"
    )
