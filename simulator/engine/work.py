"""A run as work that can be shared out: the blocks, and one who works on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from distributions import Design, Unit
from distributions.room import Room
from distributions.streams import UNIT
from simulator.engine.cash import valued
from simulator.engine.gather import Gatherer
from simulator.engine.program import Machine, Trouble, Work
from simulator.engine.sampling import BLOCK, Block, Joint, Sampler, blocks
from simulator.engine.stores import Found, Keeping, Store
from simulator.errors import Stopped

LARGER = 4 * BLOCK
WORTH_LARGER = 10**6
"""Trials from which on blocks are larger."""
ROOM = 2**26
"""If no more bytes than this are needed for the vectors of one."""


@dataclass(frozen=True, eq=False)
class Job:
    """What is the same for all who work on a run."""

    work: Work
    joint: Joint
    plan: Design
    gatherers: Mapping[str, Gatherer]
    factors: Mapping[str, float]
    keep: bool
    block: int | None
    """Trials valued together, as asked for; None lets the size of the run say."""
    left: tuple[str, ...] = ()
    """Inputs that figures could be averaged over if the trials were kept."""

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in the order of work: the first unit of every replicate, then the second ...

        So a run that is stopped has done about as much of each replicate.
        """
        every = blocks(self.plan, self.block or self._fitting())
        return tuple(sorted(every, key=lambda block: (block.units[0].unit, block.start)))

    def _fitting(self) -> int:
        """Larger blocks for large runs, if they have room: what is done once a block is felt."""
        steps = len(self.work.steps(self._wanted))
        roomy = LARGER * steps * 8 <= ROOM
        return LARGER if self.plan.trials >= WORTH_LARGER and roomy else BLOCK

    @cached_property
    def _wanted(self) -> tuple[int, ...]:
        """The nodes that a block must compute."""
        every = (node for gatherer in self.gatherers.values() for node in gatherer.wanted())
        return tuple(dict.fromkeys(every))

    @cached_property
    def sampler(self) -> Sampler:
        """Where the uniforms come from."""
        return Sampler(self.work, self.plan, self.joint)

    def machine(self) -> Machine:
        """The program, ready to run; every worker needs one of its own."""
        largest = max(block.size for block in self.blocks)
        return Machine(self.work, self._wanted, largest, draws=self.plan.trials)

    def first_worker(self) -> Worker:
        """The one whose twins the others are. With no trial kept, it finds the ranges of cells."""
        machine, stores = self.machine(), dict[str, Store]()
        if self.keep:
            for name, gatherer in self.gatherers.items():
                stores[name] = Keeping(gatherer.names, self.plan)
        else:
            unit = self.plan.units[0]
            found = Worker(self, machine, {}).found(Block(0, unit.size, (unit,)))
            for name, gatherer in self.gatherers.items():
                stores[name] = gatherer.counting(found[name][0])
            machine.troubles.clear()  # the unit comes again
        return Worker(self, machine, stores)


@dataclass(eq=False)
class Harvest:
    """What workers bring home. Of `troubles` those come first that stand in an earlier block."""

    stores: Mapping[str, Store]
    recrossing: dict[str, int] = field(default_factory=dict)
    done: set[Unit] = field(default_factory=set)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    first_trouble: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """All trials that are done."""
        return sum(unit.size for unit in self.done)

    def cut(self, plan: Design, keep: bool) -> int:
        """Leave out what stands alone where a run was stopped; how many trials are left.

        Of trials that are kept each replicate gives as many, the first ones. Raises Stopped where
        there is a replicate without any.
        """
        sizes: dict[int, int] = dict.fromkeys(range(plan.replicates), 0)
        for unit in sorted(self.done):
            if not keep or sizes[unit.replicate] == unit.unit * UNIT:  # no gap before it
                sizes[unit.replicate] += unit.size
        if not min(sizes.values()):
            raise Stopped("stopped: too few trials are done to tell anything")
        for store in self.stores.values():
            store.cut(list(sizes.values()))
        return plan.replicates * min(sizes.values()) if keep else sum(sizes.values())

    def merge(self, other: Harvest) -> None:
        """Take in what another one brings, from other units."""
        for name, store in self.stores.items():
            store.merge(other.stores[name])
        for name, count in other.recrossing.items():
            self.recrossing[name] = self.recrossing.get(name, 0) + count
        self.done |= other.done
        for path, trouble in other.troubles.items():
            start, own = other.first_trouble[path], self.troubles.get(path)
            if own is not None:
                trouble.trials += own.trials
                if self.first_trouble[path] < start:
                    trouble.example, start = own.example, self.first_trouble[path]
            self.troubles[path], self.first_trouble[path] = trouble, start


class Worker:
    """Works on one block after another, and gathers what it finds in its harvest."""

    def __init__(self, job: Job, machine: Machine, stores: Mapping[str, Store]) -> None:
        self.job = job
        self.machine = machine
        self.harvest = Harvest(stores, troubles=machine.troubles)
        self.uniforms = Room()
        self.rooms = {name: Room() for name in job.gatherers}  # where each case is valued

    def twin(self) -> Worker:
        """Another one, whose harvest can be merged with this one's."""
        stores = {name: store.twin() for name, store in self.harvest.stores.items()}
        return Worker(self.job, self.job.machine(), stores)

    def do(self, block: Block) -> None:
        """Draw, value and gather a block."""
        harvest = self.harvest
        known = set(harvest.troubles)
        found = self.found(block)
        for path in harvest.troubles.keys() - known:
            harvest.first_trouble[path] = block.start
        sizes = [unit.size for unit in block.units]
        starts = [block.start + sum(sizes[:place]) for place in range(len(sizes))]
        for name, units in found.items() if not harvest.troubles else ():
            harvest.stores[name].add(list(zip(starts, block.units, units, strict=True)))
        harvest.done.update(block.units)

    def found(self, block: Block) -> dict[str, list[Found]]:
        """What each unit of a block comes to, for every case."""
        uniforms = self.job.sampler.uniforms(block, self.uniforms)
        values = self.machine.run(uniforms, block.size)
        result: dict[str, list[Found]] = {}
        for name, gatherer in self.job.gatherers.items():
            program = gatherer.program
            sound = gatherer.outcomes and not self.machine.troubles
            factor, room = self.job.factors.get(name, 1.0), self.rooms[name]
            asked = None if gatherer.asked is None else gatherer.outcomes
            worth = valued(program, values, factor, room, asked) if sound else None
            if worth is not None:
                again = self.harvest.recrossing
                again[name] = again.get(name, 0) + worth.recrossing
            result[name], first = [], 0
            for unit in block.units:
                here = slice(first, first + unit.size)
                result[name].append(gatherer.found(values, worth, uniforms, here))
                first += unit.size
        return result
