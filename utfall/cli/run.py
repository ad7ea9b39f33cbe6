"""`utfall run`: simulate a case and print what it is worth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from utfall.cli.language import language_option

if TYPE_CHECKING:
    from simulator.case.case import Sampling

MOST_KEPT = 2**19
"""Trials up to which a run is kept that nobody reads trial by trial: it is quicker."""

F = TypeVar("F", bound=Callable[..., Any])


def simulation_options(command: F) -> F:
    """Options of every command that simulates."""
    options = (
        click.option(
            "--trials", type=int, metavar="N",
            help="How many futures; rounded up to 16 equal sets. [default: the file's, or 65536]",
        ),
        click.option(
            "--seed", type=int, metavar="N",
            help="Which futures: the same seed, the same numbers. [default: the file's, or 1]",
        ),
        click.option(
            "--sampling", type=click.Choice(["sobol", "latin", "random"]),
            help="How points are spread. [default: the file's, or sobol]",
        ),
        click.option(
            "--workers", type=int, metavar="N",
            help="How many share a run of a million trials or more. [default: one a processor]",
        ),
        click.option(
            "--plain", is_flag=True,
            help="Figures of the trials alone, also where the investment could be averaged over.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=click.Path())
@simulation_options
@click.option(
    "--json", "json_path", metavar="PATH", help="Write the result as JSON; - is standard output."
)
@click.option(
    "--draws", type=click.Path(path_type=Path), metavar="PATH",
    help="Write every trial to a .csv or .parquet file.",
)  # fmt: skip
@click.option(
    "--figures", type=click.Path(path_type=Path), metavar="DIR",
    help="Write the figures as PNG and SVG into a folder.",
)  # fmt: skip
@click.option(
    "--precision", metavar="ERROR",
    help="Double the trials until the chance of payback (0.5 %) or mean net present value "
    "(20 000) is known so closely; --trials is the limit then. [limit: 16777216]",
)  # fmt: skip
@click.option("--show", multiple=True, metavar="NAME", help="Also report this quantity.")
@language_option()
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
def run(
    file: str,
    trials: int | None,
    seed: int | None,
    sampling: Sampling | None,
    workers: int | None,
    plain: bool,
    json_path: str | None,
    draws: Path | None,
    figures: Path | None,
    precision: str | None,
    show: tuple[str, ...],
    language: str | None,
    overwrite: bool,
) -> None:
    """Simulate the case in FILE and print what it is worth.

    \b
        utfall run customer_portal.yaml
        utfall run customer_portal.yaml --trials 1000000 --seed 7
        utfall run customer_portal.yaml --precision 0.1%
        utfall run customer_portal.yaml --json - --show customers_with
        utfall run customer_portal.yaml --figures pictures --draws trials.csv
        utfall run customer_portal.yaml --language sv

    Ctrl-C stops a long run at the next block and reports what is done by then.
    """
    from reports.language import speaking
    from utfall import load, simulate
    from utfall.cli.console import Bar, echo
    from utfall.cli.stopping import STOPPED, Stopping
    from utfall.cli.writing import refuse_files_in_the_way, write_charts, write_draws, write_json

    case = load(file)
    asked = trials or case.trials or 0
    refuse_files_in_the_way(json_path, draws, figures, overwrite=overwrite, trials=asked)
    keep = True if draws is not None or figures is not None else None
    if keep is None and precision is None and asked > MOST_KEPT:
        keep = False  # nothing here reads single trials
    with Bar() as progress, Stopping() as stop:
        if precision is None:
            result = simulate(
                case, trials, seed, sampling, show,
                plain=plain, keep=keep, workers=workers, progress=progress, stop=stop,
            )  # fmt: skip
        else:
            from utfall import simulate_to

            result = simulate_to(
                case, precision, trials, seed, sampling, show,
                plain=plain, keep=keep, workers=workers, progress=progress, stop=stop,
            )  # fmt: skip
    if draws is not None:
        write_draws(result, draws)
    bars = None
    if case.has_money and (figures is not None or json_path != "-"):
        from utfall import RunError, tornado

        try:
            bars = tornado(case)
        except RunError as error:  # the run itself is sound, and not to be lost
            click.echo(f"No one-at-a-time table: {error}", err=True)
    if figures is not None:
        from reports.figures import all_charts

        with speaking(language or case.language):
            write_charts(all_charts(result, bars), figures)
    if json_path is not None:
        write_json(result, json_path)
    if json_path == "-":
        sys.exit(STOPPED if result.partial else 0)
    from reports.terminal import doubts_said, run_tables
    from utfall import doubts

    with speaking(language or case.language):
        echo(run_tables(result, bars))
        new = [doubt for doubt in doubts(case) if doubt not in result.notes]
        for question in doubts_said(new):
            click.echo(question)
    for written in (json_path, draws, figures):
        if written is not None:
            click.echo(f"{written} is written")
    if result.partial:
        sys.exit(STOPPED)
