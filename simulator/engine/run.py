"""The whole pipeline on one screen: case → program → blocks of draws → values → Result."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence

from distributions import Design, EstimateError, design
from simulator.case.case import Case, Sampling
from simulator.case.keys import did_you_mean
from simulator.engine.cash import valued
from simulator.engine.gather import Gatherer, refuse_too_large
from simulator.engine.program import Machine, Program, Trouble
from simulator.engine.sampling import BLOCK, Joint, Sampler, blocks
from simulator.engine.together import compile_together
from simulator.errors import RunError
from simulator.notes import Note
from simulator.result.result import Result

TRIALS = 65_536
MOST_TRIALS = 10**9
SEED = 1


def simulate(
    case: Case,
    trials: int | None = None,
    seed: int | None = None,
    sampling: Sampling | None = None,
    show: Sequence[str] = (),
    *,
    progress: Callable[[int, int], None] | None = None,
    block: int = BLOCK,
) -> Result:
    """Draw the uncertain inputs of a case many times and value every trial.

    `trials`, `seed` and `sampling` are the case's own where they are not given, else 65,536, 1 and
    scrambled Sobol' points. `show` names quantities to keep in `Result.quantities`. `progress` is
    called with the trials done and the trials to do. `block` changes speed and memory, never a bit
    of the result.

    >>> import utfall as ut
    >>> case = ut.read("inputs:\\n  a: normal(10, 2)\\noutputs: [a]")
    >>> round(simulate(case, trials=1024).quantities["a"].mean, 2)
    10.0

    Raises CaseError for a case that is wrong, RunError where a formula has no value in some trials.
    """
    shown = {case.name: show} if show else {}
    return simulate_together(
        {case.name: case},
        trials if trials is not None else case.trials,
        seed if seed is not None else case.seed,
        sampling or case.sampling,
        shown,
        progress=progress,
        block=block,
    )[case.name]


def simulate_together(
    cases: Mapping[str, Case],
    trials: int | None = None,
    seed: int | None = None,
    sampling: Sampling | None = None,
    show: Mapping[str, Sequence[str]] | None = None,
    *,
    separate: Sequence[str] = (),
    varied: Sequence[str] = (),
    variants: Mapping[str, str] | None = None,
    factors: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] | None = None,
    block: int = BLOCK,
) -> dict[str, Result]:
    """Value several cases on the same futures: what they share is drawn once. One Result each.

    `separate` names inputs that mean different things though they share a name, `varied` those
    that differ as a what-if, on the same random numbers, in the `variants` (each with the name of
    its original); `factors` multiply the money of a case
    (an exchange rate). Otherwise as `simulate`.
    """
    work = compile_together(cases, separate, varied, variants)
    joint = Joint(work)
    trials = _whole("trials", TRIALS if trials is None else trials, 1, MOST_TRIALS)
    seed = _whole("seed", SEED if seed is None else seed, 0, 2**63 - 1)
    plan = _designed(sampling or "sobol", seed, trials)
    sampler = Sampler(work, plan, joint)
    gathered = {
        name: Gatherer(program, plan, _shown(program, (show or {}).get(name, ())))
        for name, program in work.programs.items()
    }
    refuse_too_large(plan.trials, sum(gatherer.rows for gatherer in gathered.values()))
    wanted = dict.fromkeys(node for g in gathered.values() for node in g.wanted())
    largest = min(max(block, _largest(plan.units)), plan.trials)
    machine = Machine(work, tuple(wanted), largest, draws=plan.trials)
    for part in blocks(plan, block):
        values = machine.run(sampler.uniforms(part), part.size)
        for name, gatherer in gathered.items():
            sound = gatherer.program.case.has_money and not machine.troubles
            factor = (factors or {}).get(name, 1.0)
            worth = valued(gatherer.program, values, factor) if sound else None
            gatherer.add(part, values, worth)
        if progress is not None:
            progress(part.start + part.size, plan.trials)
    if machine.troubles:
        raise RunError(_told(next(iter(machine.troubles.values())), plan.trials))
    notes = [*joint.repairs]
    if plan.trials != trials:
        notes.append(
            Note(
                "{asked} trials were asked for and {run} run: {why}",
                asked=trials,
                run=plan.trials,
                why=_WHY[plan.kind],
            )
        )
    return {
        name: gatherer.result(seed, joint, [*notes, *_forgotten(gatherer.program, show)])
        for name, gatherer in gathered.items()
    }


def _forgotten(program: Program, show: Mapping[str, Sequence[str]] | None) -> list[Note]:
    """What the file defines and no figure depends on: worth a word, as it may be a slip."""
    shown = {name for names in (show or {}).values() for name in names}
    left = tuple(name for name in program.unused if name not in shown)
    return [Note("nothing that is reported depends on {names}", names=left)] if left else []


_WHY = {
    "sobol": Note("Sobol' points come in 16 sets of a power of two"),
    "latin": Note("Latin hypercubes come in 16 sets of equal size"),
    "random": "",
}


def _designed(sampling: Sampling, seed: int, trials: int) -> Design:
    try:
        return design(sampling, seed, trials)
    except EstimateError as error:
        raise RunError(f"{error.problem}\n    {error.remedy}") from None


def _largest(units: Sequence[tuple[int, int, int]]) -> int:
    return max(size for _, _, size in units)


def _whole(name: str, value: int, least: int, most: int) -> int:
    """A whole number within a range."""
    try:
        whole = operator.index(value)
    except TypeError:
        raise RunError(f"{name} is {value!r}\n    write a whole number") from None
    if not least <= whole <= most:
        remedy = f"write a whole number from {least} to {most:,}".replace(",", " ")
        raise RunError(f"{name} is {whole}\n    {remedy}")
    return whole


def _shown(program: Program, show: Sequence[str]) -> tuple[str, ...]:
    known = program.quantities
    for name in show:
        if name not in known:
            raise RunError(f"`{name}` is not a quantity of the case\n    "
                           + did_you_mean(name, known))  # fmt: skip
    return tuple(dict.fromkeys((*program.case.outputs, *show)))


def _told(trouble: Trouble, trials: int) -> str:
    """Where a formula has no value: the quantity, how often, and one such trial."""
    example = ", ".join(f"{name} = {value:.6g}" for name, value in trouble.example.items())
    return (
        f"{trouble.named.path} has no value in {trouble.trials:,} of {trials:,} trials: it "
        "divides by zero, takes a root or logarithm of a negative number, delays by less than 0, "
        "grows beyond all bounds, or its estimate has impossible parameters\n"
        f"    in one of them {example or 'no input differs'}\n"
        "    guard the formula, as in if(x > 0, a / x, 0), or narrow the estimate"
    )
