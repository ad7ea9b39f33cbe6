"""The parts of the benchmark: each is a function from a Wish to its figures, and runs alone."""

from collections.abc import Callable, Iterator, Mapping

from figures import Figure
from wish import Wish

from parts import (
    agreement,
    growth,
    jobs,
    language,
    processes,
    sizes,
    spread,
    stages,
    start,
    workers,
)

PARTS: Mapping[str, Callable[[Wish], Iterator[Figure]]] = {
    "jobs": jobs.figures,
    "processes": processes.figures,
    "peers": processes.peers,
    "language": language.figures,
    "stages": stages.figures,
    "workers": workers.figures,
    "sizes": sizes.figures,
    "spread": spread.figures,
    "start": start.figures,
    "growth": growth.figures,
    "agreement": agreement.figures,
}
"""By name, in the order in which they are measured and shown."""
