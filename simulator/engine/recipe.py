"""What a run is asked for, in values that another process can be sent; and the job it makes."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from distributions import Design, EstimateError, design
from simulator.case.case import Case, Sampling
from simulator.case.keys import did_you_mean
from simulator.engine.cash import OUTCOMES
from simulator.engine.gather import Gatherer
from simulator.engine.integrated import AVERAGED, Opened
from simulator.engine.program import Program
from simulator.engine.sampling import Joint
from simulator.engine.together import Together, compile_together
from simulator.engine.work import Job
from simulator.errors import RunError

KEPT = 2**30
"""Bytes that the trials of a run may take and are kept without being asked for."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Recipe:
    """The arguments of `simulate_together`, settled."""

    cases: Mapping[str, Case]
    trials: int
    seed: int
    sampling: Sampling
    show: Mapping[str, Sequence[str]]
    separate: tuple[str, ...]
    varied: tuple[str, ...]
    variants: Mapping[str, str]
    factors: Mapping[str, float]
    block: int | None
    plain: bool = False
    asked: tuple[str, ...] | None = None
    """Outcomes to find and nothing else; None for all there is to find."""

    def job(self, keep: bool | None = None) -> Job:
        """The work there is to do; `keep` says whether trials are kept, None that their size does.

        Raises CaseError and RunError for what cannot be.
        """
        self._refuse_unknown()
        work = compile_together(self.cases, self.separate, self.varied, self.variants)
        joint = Joint(work)
        plan = self._designed()
        opened = {
            name: Opened.of(program, work.marginals, joint.first, self.factors.get(name, 1.0))
            for name, program in work.programs.items()
            if not self.plain and (self.asked is None or not AVERAGED.isdisjoint(self.asked))
        }
        gatherers = self._gatherers(work, plan, opened)
        needed = plan.trials * 8 * sum(len(gatherer.names) for gatherer in gatherers.values())
        kept = needed <= KEPT if keep is None else keep
        if kept:
            _refuse_too_large(plan.trials, needed)
        else:
            gatherers = self._gatherers(work, plan, {})
        found = (
            one.found.source.quantity for one in opened.values() if one is not None and not kept
        )
        left = tuple(dict.fromkeys(found))
        return Job(work, joint, plan, gatherers, self.factors, kept, self.block, left)

    def _gatherers(
        self, work: Together, plan: Design, opened: Mapping[str, Opened | None]
    ) -> dict[str, Gatherer]:
        return {
            name: Gatherer(
                program,
                work.marginals,
                plan,
                _shown(program, self.show.get(name, ())),
                opened.get(name),
                self.asked,
            )
            for name, program in work.programs.items()
        }

    def _refuse_unknown(self) -> None:
        for name in self.asked or ():
            if name not in OUTCOMES:
                raise RunError(f"`{name}` is not an outcome\n    {did_you_mean(name, OUTCOMES)}")
            for case in self.cases.values():
                if not case.has_money:
                    raise RunError(
                        f"{case.name}: there is no {name}, as the case has no money in it\n"
                        "    leave outcomes out, and read `quantities`"
                    )

    def _designed(self) -> Design:
        try:
            return design(self.sampling, self.seed, self.trials)
        except EstimateError as error:
            raise RunError(f"{error.problem}\n    {error.remedy}") from None


def whole(name: str, value: int, least: int, most: int) -> int:
    """A whole number within a range; raises RunError for any other."""
    try:
        number = operator.index(value)
    except TypeError:
        raise RunError(f"{name} is {value!r}\n    write a whole number") from None
    if not least <= number <= most:
        remedy = f"write a whole number from {least} to {most:,}".replace(",", " ")
        raise RunError(f"{name} is {number}\n    {remedy}")
    return number


def names(what: str, given: Iterable[str]) -> tuple[str, ...]:
    """Names as they are given; raises RunError for anything but texts in a list."""
    if not isinstance(given, str) and isinstance(given, Iterable):
        found = tuple(given)
        if all(isinstance(one, str) for one in found):
            return found
    raise RunError(f'{what} is {given!r}\n    write a list of names, as in {what}=["npv"]')


def _shown(program: Program, show: Sequence[str]) -> tuple[str, ...]:
    known = program.quantities
    for name in show:
        if name not in known:
            raise RunError(f"`{name}` is not a quantity of the case\n    "
                           + did_you_mean(name, known))  # fmt: skip
    return tuple(dict.fromkeys((*program.case.outputs, *show)))


def _refuse_too_large(trials: int, needed: int) -> None:
    """Say so before the machine grinds to a halt."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):  # not every system tells
        return
    if needed > 0.7 * memory:
        raise RunError(
            f"{trials:,} trials of this case need {needed / 1e9:,.0f} GB of memory, "
            f"and this machine has {memory / 1e9:,.0f}\n    ask for fewer trials"
        )
