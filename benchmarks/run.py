"""How fast Utfall is, against plain numpy and scipy and other libraries, in the same minutes.

All take turns, so that a busy machine slows all; medians over the rounds are shown. The ratios mean
something on any machine, the seconds only on yours. None of the jobs ranks inputs by correlation.

    python benchmarks/run.py --trials 262144 --rounds 3
    python benchmarks/run.py --write          also writes benchmarks/measured.md
"""

import argparse
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import peers
import plain_portal
import spread
import stages
from rich.console import Console
from rich.table import Table
from turns import memory, middle, process, take_turns, times_as_fast

import utfall as ut

CASE = spread.CASE
PEERS = Path(peers.__file__)
MEASURED = Path(__file__).with_name("measured.md")
PORTAL = Path(__file__).parents[1] / "configs" / "customer_portal.yaml"
COMMAND = Path(sys.executable).with_name("utfall")
MODULES = {"squigglepy": "squigglepy", "chaospy": "chaospy", "openturns": "openturns",
           "salib": "SALib"}  # fmt: skip
SEEDS = 8

Row = tuple[str, str, str, str, str]
HEADINGS = ("what", "Utfall", "theirs", "ratio", "goal")


def plainly(trials: int) -> dict[str, float]:
    """Draw, value and describe with the plain program; no rank correlations, as in Utfall."""
    outcomes = plain_portal.value(plain_portal.draw(trials, seed=1))
    figures = plain_portal.describe(outcomes)
    return {name: figures[name] for name in ("mean_npv", "chance_of_loss", "chance_of_payback")}


def with_utfall(trials: int, sampling: str | None = None) -> dict[str, float]:
    """The same figures with Utfall, the case file read anew."""
    result = ut.simulate(ut.load(CASE), trials=trials, seed=1, sampling=sampling)
    for outcome in (result.npv, result.irr, result.discounted_payback, result.roi_discounted):
        for percent in plain_portal.PERCENTS:
            outcome.percentile(percent)
    return {
        "mean_npv": result.npv.mean,
        "chance_of_loss": result.npv.chance_below(0),
        "chance_of_payback": result.payback_chance(3, discounted=True).value,
    }


def in_full(trials: int) -> dict[str, object]:
    """Everything that a result tells, with its intervals; default sampling."""
    return ut.simulate(ut.load(CASE), trials=trials, seed=1).to_dict()


def stage_rows(rounds: int) -> Iterator[Row]:
    """Every stage in nanoseconds."""
    for stage in stages.stages():
        taken = take_turns((stage.ours, stage.theirs), rounds)
        ours, theirs = (f"{1e9 * middle(taken, place) / stage.count:,.1f} ns" for place in (0, 1))
        goal = "150" if stage.name.endswith("PERT") else ""
        ratio = f"{times_as_fast(taken, 0, 1):.1f}"
        yield f"{stage.name}, a {stage.of}", ours, theirs, ratio, goal


def job_rows(trials: int, rounds: int) -> Iterator[Row]:
    """The job in this process, imports behind us."""
    jobs = (
        lambda: with_utfall(trials, "random"),
        lambda: in_full(trials),
        lambda: plainly(trials),
    )
    taken = take_turns(jobs, rounds)
    plain = f"{middle(taken, 2):.2f} s"
    for place, name, goal in ((0, "the plain job, random", "25"), (1, "the full result", "15")):
        ours, ratio = middle(taken, place), times_as_fast(taken, place, 2)
        yield f"{name}, {trials:,} trials", f"{ours:.2f} s", plain, f"{ratio:.1f}", goal


def process_rows(trials: int, rounds: int) -> Iterator[Row]:
    """Whole processes, from the command to its end, with their memory."""
    for count, goal in ((trials, "12"), (trials // 10, "4"), (trials // 100, "2.5")):
        yield from _beside(["plain"], count, goal, rounds)
    commands = _ours(trials), _theirs("plain", trials)
    ours, theirs = (memory(*words) for words in commands)
    sizes = f"{ours:.0f} MB", f"{theirs:.0f} MB"
    yield f"memory at most, {trials:,} trials", *sizes, f"{ours / theirs:.2f}", "at most 0.3"
    there = [name for name, module in MODULES.items() if find_spec(module)]
    yield from _beside(there, trials, "8", max(1, rounds // 2))
    for name in sorted(MODULES.keys() - set(there)):
        yield f"{name} is not installed", "", "", "", ""


def _beside(others: list[str], trials: int, goal: str, rounds: int) -> Iterator[Row]:
    jobs = [process(*_ours(trials)), *(process(*_theirs(name, trials)) for name in others)]
    taken = take_turns(jobs, rounds)
    for place, name in enumerate(others, start=1):
        both = f"{middle(taken, 0):.2f} s", f"{middle(taken, place):.2f} s"
        ratio = f"{times_as_fast(taken, 0, place):.1f}"
        yield f"utfall run --json; {name}, {trials:,} trials", *both, ratio, goal


def _ours(trials: int) -> tuple[object, ...]:
    return COMMAND, "run", CASE, "--json", "-", "--trials", trials


def _theirs(name: str, trials: int) -> tuple[object, ...]:
    return sys.executable, PEERS, name, trials


def start_rows(rounds: int) -> Iterator[Row]:
    """How long it takes to begin."""
    python = sys.executable
    pairs = {
        ("utfall --help; python -c pass", "at most 4"): (
            process(COMMAND, "--help"),
            process(python, "-c", "pass"),
        ),
        ("utfall run; import numpy", "at most 6"): (
            process(COMMAND, "run", PORTAL),
            process(python, "-c", "import numpy"),
        ),
    }
    for (name, goal), pair in pairs.items():
        taken = take_turns(pair, rounds)
        ours, theirs = (f"{1000 * middle(taken, place):.0f} ms" for place in (0, 1))
        yield name, ours, theirs, f"{1 / times_as_fast(taken, 0, 1):.1f}", goal


def spread_rows() -> Iterator[Row]:
    """Variance ratios to random sampling of the default number of trials."""
    goals = {"mean NPV": "1,000", "P10": "2.5", "P50": "2.5", "P90": "2.5", "P(payback ≤ 3)": "2.5"}
    for power in (12, 14):
        sobol, latin = (spread.variance_ratios(s, 2**power, SEEDS) for s in ("sobol", "latin"))
        for figure in spread.FIGURES:
            ratio, other = (f"{ratios[figure]:,.1f}" for ratios in (sobol, latin))
            goal = goals.get(figure, "") if power == 12 else ""
            name = f"variance ratio, 16 × 2^{power}: {figure}"
            yield name, "", f"{other} (Latin)", ratio, goal


def main() -> None:
    """Measure, and print one table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", type=int, default=1_000_000, help="trials of the long jobs")
    options.add_argument("--rounds", type=int, default=3, help="turns that each side takes")
    options.add_argument("--write", action="store_true", help=f"write {MEASURED.name} too")
    chosen = options.parse_args()
    trials, rounds = chosen.trials, chosen.rounds
    console = Console()

    ours, theirs = with_utfall(trials // 10), plainly(trials // 10)  # also loads every library
    table = Table(title=f"{CASE.name}, medians of {rounds} rounds")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == "what" else "right")
    rows: list[Row] = []
    for part in (
        stage_rows(3 * rounds),
        job_rows(trials, rounds),
        process_rows(trials, rounds),
        start_rows(3 * rounds),
        spread_rows(),
        ((name.replace("_", " "), f"{ours[name]:,.4g}", f"{theirs[name]:,.4g}", "", "")
         for name in ours),
    ):  # fmt: skip
        for row in part:
            table.add_row(*row)
            rows.append(row)
            console.print(" | ".join(row), style="dim", highlight=False)
        table.add_section()
    console.print(table)
    if chosen.write:
        MEASURED.write_text(as_markdown(rows, trials, rounds), encoding="utf-8")


def as_markdown(rows: list[Row], trials: int, rounds: int) -> str:
    """The page of measured figures."""
    lines = [
        "# Measured",
        "",
        f"Written by `make bench ARGS=--write`: medians of {rounds} rounds, in turns. Seconds "
        f"depend on the machine, ratios hardly. Agreement is shown at {trials // 10:,} trials.",
        "",
        "| " + " | ".join(HEADINGS) + " |",
        "|---|---:|---:|---:|---:|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
