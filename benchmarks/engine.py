"""Utfall's engine taken apart: a case compiled, its uniforms drawn, its blocks valued.

`utfall.simulate` does the same and gathers what it finds; here the parts can be timed alone.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

import utfall as ut
from distributions import design
from distributions.quantile_table import Quantiles, quantiles
from simulator.engine.cash import Valued, valued
from simulator.engine.program import Machine
from simulator.engine.sampling import BLOCK, Block, Joint, Sampler, blocks
from simulator.engine.together import compile_together

CASE = Path(__file__).with_name("portal.yaml")


class Engine:
    """The portal, ready to be valued block by block."""

    def __init__(self, trials: int, sampling: str = "sobol", seed: int = 1):
        case = ut.load(CASE)
        self.work = compile_together({case.name: case})
        self.program = self.work.programs[case.name]
        self.plan = design(sampling, seed, trials)
        self.sampler = Sampler(self.work, self.plan, Joint(self.work))
        lines = [node for line in self.program.lines for node in line.nodes]
        wanted = dict.fromkeys((*lines, self.program.discount_rate))
        self.machine = Machine(self.work, tuple(wanted), BLOCK, draws=self.plan.trials)

    def blocks(self) -> Iterator[Block]:
        """The blocks of a run, in order."""
        return blocks(self.plan, BLOCK)

    def uniforms(self, block: Block) -> Mapping[tuple[str, int], np.ndarray]:
        """Uniforms of every draw in a block, joined where inputs depend on each other."""
        return self.sampler.uniforms(block)

    def worth(self, uniforms: Mapping[tuple[str, int], np.ndarray], size: int) -> Valued:
        """A block of trials valued."""
        return valued(self.program, self.machine.run(uniforms, size))

    def run(self) -> None:
        """Draw and value every block, and keep nothing."""
        for block in self.blocks():
            self.worth(self.uniforms(block), block.size)

    def quantiles(self) -> dict[str, Quantiles]:
        """The quantile function of every input, as the engine reads it."""
        return {
            name: quantiles(self.work.marginals[nodes[0]], self.plan.trials)
            for name, nodes in self.program.inputs.items()
        }
