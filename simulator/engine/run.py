"""The whole pipeline on one screen: case → program → blocks of draws → values → Result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.case.case import Case, Sampling
from simulator.engine.gather import crossed_again
from simulator.engine.program import Program, Trouble
from simulator.engine.recipe import Recipe, names, whole
from simulator.engine.work import Job
from simulator.engine.workers import Progress, Stop, processors, work_through
from simulator.errors import RunError
from simulator.notes import Note
from simulator.result.result import Result

TRIALS = 65_536
MOST_TRIALS = 10**9
MOST_WORKERS = 1_024
SEED = 1


def simulate(
    case: Case,
    trials: int | None = None,
    seed: int | None = None,
    sampling: Sampling | None = None,
    show: Sequence[str] = (),
    *,
    outcomes: Sequence[str] | None = None,
    plain: bool = False,
    keep: bool | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
    block: int | None = None,
) -> Result:
    """Draw the uncertain inputs of a case many times and value every trial.

    `trials`, `seed` and `sampling` are the case's own where they are not given, else 65,536, 1 and
    scrambled Sobol' points. `show` names quantities to keep in `Result.quantities`. `outcomes`, as
    in `["npv", "irr"]`, names those to find and nothing else, which takes less time and memory.

    Where an uncertain amount enters the investment and nothing else, it is integrated out (see
    `Result.integrated`); `plain` leaves that.

    Every trial is kept while that takes less than 1 GB; a larger run counts its trials, in the
    same memory however many there are (see `Result.streamed`). `keep` says which, whatever the
    size. Several `workers` share a run from a million trials on, as many as there are processors:
    threads, or from ten million counted trials on processes. `progress` is called with the trials
    done and the trials to do; `stop` is asked between blocks, and ends the run when it says True
    (see `Result.partial`). `block` changes speed and memory. None of these changes a bit of what a
    trial is worth.

    >>> import utfall as ut
    >>> case = ut.read("inputs:\\n  a: normal(10, 2)\\noutputs: [a]")
    >>> round(simulate(case, trials=1024).quantities["a"].mean, 2)
    10.0

    Raises CaseError for a case that is wrong, RunError for an outcome or a quantity that there is
    not, where a formula has no value in some trials, where the trials to keep would not fit into
    memory, and where the run was stopped so early that there is nothing to tell.
    """
    if not isinstance(case, Case):
        raise RunError(f"{case!r} is not a case\n    load it first: ut.load(...), or ut.read(...)")
    shown = {case.name: names("show", show)} if show else {}
    return simulate_together(
        {case.name: case},
        trials if trials is not None else case.trials,
        seed if seed is not None else case.seed,
        sampling or case.sampling,
        shown,
        outcomes=outcomes,
        plain=plain,
        keep=keep,
        workers=workers,
        progress=progress,
        stop=stop,
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
    outcomes: Sequence[str] | None = None,
    plain: bool = False,
    keep: bool | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
    block: int | None = None,
) -> dict[str, Result]:
    """Value several cases on the same futures: what they share is drawn once. One Result each.

    `separate` names inputs that mean different things though they share a name, `varied` those
    that differ as a what-if, on the same random numbers, in the `variants` (each with the name of
    its original); `factors` multiply the money of a case
    (an exchange rate). Otherwise as `simulate`.
    """
    trials = whole("trials", TRIALS if trials is None else trials, 1, MOST_TRIALS)
    seed = whole("seed", SEED if seed is None else seed, 0, 2**63 - 1)
    recipe = Recipe(
        cases=cases,
        trials=trials,
        seed=seed,
        sampling=sampling or "sobol",
        show=show or {},
        separate=tuple(separate),
        varied=tuple(varied),
        variants=variants or {},
        factors=factors or {},
        block=block,
        plain=plain,
        asked=None if outcomes is None else names("outcomes", outcomes),
    )
    job = recipe.job(keep)
    crew = whole("workers", processors() if workers is None else workers, 1, MOST_WORKERS)
    harvest = work_through(recipe, job, crew, progress, stop)
    plan = job.plan
    if harvest.troubles:
        first = min(harvest.troubles, key=lambda path: harvest.first_trouble[path])
        raise RunError(_told(harvest.troubles[first], plan.trials))
    done = harvest.cut(plan, job.keep)
    notes = _notes(job, trials, done)
    return {
        name: gatherer.result(
            harvest.stores[name],
            seed,
            job.joint,
            [
                *notes,
                *_forgotten(gatherer.program, show),
                *crossed_again(harvest.recrossing.get(name, 0), harvest.size),
            ],
            done,
        )
        for name, gatherer in job.gatherers.items()
    }


def _notes(job: Job, asked: int, done: int) -> list[Note]:
    """What a reader of any of the results must know of the run."""
    plan = job.plan
    notes = [*job.joint.repairs]
    if done < plan.trials:
        notes.insert(
            0,
            Note("stopped: {done} of {planned} trials are done", done=done, planned=plan.trials),
        )
    if job.left:
        notes.append(
            Note(
                "figures are not averaged over {inputs}, which needs every trial: these are "
                "counted and not kept",
                inputs=job.left,
            )
        )
    if plan.trials != asked and done == plan.trials:
        notes.append(
            Note(
                "{asked} trials were asked for and {run} run: {why}",
                asked=asked,
                run=plan.trials,
                why=_WHY[plan.kind],
            )
        )
    return notes


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
