"""How long it takes to begin."""

import sys
from collections.abc import Iterator
from pathlib import Path

import ours
from figures import Figure, times_the_cost
from turns import process, take_turns
from wish import Wish

PORTAL = Path(__file__).parents[2] / "configs" / "customer_portal.yaml"
PAIRS = (
    (("utfall", "--help"), "pass", 4.0),
    (("utfall", "run", PORTAL), "import numpy", 6.0),
)


def figures(wish: Wish) -> Iterator[Figure]:
    """Against an interpreter that does nothing, and one that loads numpy."""
    for (_, *words), statement, goal in PAIRS:
        pair = process(ours.COMMAND, *words), process(sys.executable, "-c", statement)
        named = " ".join(str(getattr(word, "name", word)) for word in ("utfall", *words))
        taken = take_turns(pair, wish.many)
        yield times_the_cost(named, f"python -c “{statement}”", taken, goal, unit="ms")
