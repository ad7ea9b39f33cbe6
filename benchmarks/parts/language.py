"""What the case language costs: against the same model written by hand, and against mere chance."""

from collections.abc import Iterator

import numpy as np
import plain_portal
from blocked_portal import BlockedPortal
from engine import Engine
from figures import Figure, times_the_cost
from turns import take_turns, working
from wish import Wish

BLOCKS = 16


def figures(wish: Wish) -> Iterator[Figure]:
    """Both sides of the first get the same uniforms and quantile tables, made beforehand."""
    engine = Engine(wish.trials)
    blocks = list(engine.blocks())[:BLOCKS]
    uniforms = [engine.uniforms(block) for block in blocks]
    by_name = [{name: u for (name, _), u in drawn.items()} for drawn in uniforms]
    size = max(block.size for block in blocks)
    hand = BlockedPortal(engine.quantiles(), size)

    def language() -> None:
        for block, drawn in zip(blocks, uniforms, strict=True):
            engine.worth(drawn, block.size)

    def by_hand() -> None:
        for drawn in by_name:
            hand.run(drawn)

    taken = take_turns((language, by_hand), wish.many, working)
    count = sum(block.size for block in blocks)
    yield times_the_cost(
        "the case language, a trial", "the model by hand in blocked numpy", taken, 1.3,
        unit="ns", count=count,
    )  # fmt: skip

    trials = engine.plan.trials
    taken = take_turns((engine.run, lambda: _chance(trials)), wish.many, working)
    numbers = len(plain_portal.INPUTS)
    yield times_the_cost(
        "sampling and valuation", f"numpy's random({numbers} × trials) alone", taken, 12,
        trials=trials,
    )  # fmt: skip


def _chance(trials: int) -> np.ndarray:
    return np.random.default_rng(1).random(len(plain_portal.INPUTS) * trials)
