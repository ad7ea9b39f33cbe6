"""How fast Utfall is, against plain numpy and scipy doing the same job in the same minutes.

Both take turns, so that a busy machine slows both; medians over the turns are shown. The ratios
mean something on any machine, the seconds only on yours.

    python benchmarks/run.py --trials 262144 --pairs 3
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import plain_portal
from rich.console import Console
from rich.table import Table

import utfall as ut

CASE = Path(__file__).with_name("portal.yaml")
PLAIN = Path(__file__).with_name("plain_portal.py")
COMMAND = Path(sys.executable).with_name("utfall")
DEFAULT_TRIALS = 65_536


def plainly(trials: int) -> dict[str, float]:
    """Draw, value and describe with the plain program; no rank correlations, as in Utfall."""
    outcomes = plain_portal.value(plain_portal.draw(trials, seed=1))
    figures = plain_portal.describe(outcomes)
    return {name: figures[name] for name in ("mean_npv", "chance_of_loss", "chance_of_payback")}


def with_utfall(trials: int) -> dict[str, float]:
    """The same figures with Utfall, the case file read anew."""
    result = ut.simulate(ut.load(CASE), trials=trials, seed=1)
    for outcome in (result.npv, result.irr, result.discounted_payback, result.roi_discounted):
        for percent in plain_portal.PERCENTS:
            outcome.percentile(percent)
    return {
        "mean_npv": result.npv.mean,
        "chance_of_loss": result.npv.chance_below(0),
        "chance_of_payback": result.payback_chance(3, discounted=True).value,
    }


def command(*words: object) -> Callable[[], object]:
    """A program run in a process of its own, as a user waits for it."""
    return lambda: subprocess.run([str(word) for word in words], check=True, capture_output=True)


def seconds(job: Callable[[], object]) -> float:
    """Time that one run of the job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def take_turns(
    ours: Callable[[], object], theirs: Callable[[], object], pairs: int
) -> tuple[float, float, float]:
    """Median seconds of ours and of theirs, and the median over the pairs of theirs / ours."""
    times = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    own, other = zip(*times, strict=True)
    return median(own), median(other), median(b / a for a, b in times)


def main() -> None:
    """Measure, and print one table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", type=int, default=2**20, help="trials of the long job")
    options.add_argument("--pairs", type=int, default=5, help="turns that each side takes")
    chosen = options.parse_args()
    trials, pairs = chosen.trials, chosen.pairs

    table = Table(title=f"{CASE.name}, medians of {pairs} turns")
    table.add_column("job")
    for heading in ("Utfall", "plain", "Utfall is"):
        table.add_column(heading, justify="right", no_wrap=True)

    answers = with_utfall(DEFAULT_TRIALS), plainly(DEFAULT_TRIALS)  # also loads every library
    own, other, ratio = take_turns(lambda: with_utfall(trials), lambda: plainly(trials), pairs)
    speeds = [f"{trials / taken:,.0f}" for taken in (own, other)]
    table.add_row(f"trials a second, {trials:,} trials", *speeds, f"{ratio:.1f} times as fast")

    own, other, ratio = take_turns(
        command(COMMAND, "run", CASE, "--trials", DEFAULT_TRIALS),
        command(sys.executable, PLAIN, DEFAULT_TRIALS),
        pairs,
    )
    waits = f"{own:.2f} s", f"{other:.2f} s"
    table.add_row(f"a whole run, {DEFAULT_TRIALS:,} trials", *waits, f"{ratio:.1f} times as fast")

    own, other, ratio = take_turns(
        command(COMMAND, "--help"), command(sys.executable, "-c", "pass"), 3 * pairs
    )
    waits = f"{own * 1000:.0f} ms", f"{other * 1000:.0f} ms"
    table.add_row("utfall --help; python -c pass", *waits, f"{1 / ratio:.1f} times as long")

    table.add_section()
    for name, ours in answers[0].items():
        table.add_row(name.replace("_", " "), f"{ours:,.4g}", f"{answers[1][name]:,.4g}")
    Console().print(table)


if __name__ == "__main__":
    main()
