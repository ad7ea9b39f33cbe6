"""`utfall compare`: alternatives side by side on the same futures."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from utfall.cli.language import language_option
from utfall.cli.run import simulation_options

if TYPE_CHECKING:
    from simulator.case.case import Sampling
    from simulator.case.comparison import Criterion

CRITERIA = ["payback", "value", "worst5", "regret", "certainty_equivalent"]
F = TypeVar("F", bound=Callable[..., Any])


def question_options(command: F) -> F:
    """What alternatives may be asked, by every command that compares."""
    options = (
        click.option(
            "--set", "changes", multiple=True, metavar="NAME=ESTIMATE",
            help="What if: each alternative once more with this input changed, on the same draws.",
        ),
        click.option(
            "--criterion", type=click.Choice(CRITERIA),
            help="What ranks first. [default: the file's, or payback]",
        ),
        click.option(
            "--risk-tolerance", metavar="AMOUNT",
            help="For the certainty equivalent, such as 10M. [default: the file's]",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@question_options
@simulation_options
@click.option(
    "--json", "json_path", metavar="PATH", help="Write the result as JSON; - is standard output."
)
@click.option(
    "--figures", type=click.Path(path_type=Path), metavar="DIR",
    help="Write the figures as PNG and SVG into a folder.",
)  # fmt: skip
@language_option()
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
def compare(
    files: tuple[str, ...],
    changes: tuple[str, ...],
    criterion: Criterion | None,
    risk_tolerance: str | None,
    trials: int | None,
    seed: int | None,
    sampling: Sampling | None,
    workers: int | None,
    plain: bool,
    json_path: str | None,
    figures: Path | None,
    language: str | None,
    overwrite: bool,
) -> None:
    """Put the alternatives in FILE... side by side and rank them.

    Several case files, or one comparison file. Inputs of the same name are drawn once for all, and
    doing nothing is always among the alternatives.

    \b
        utfall compare customer_portal.yaml crm.yaml
        utfall compare compare.yaml --criterion value --language sv
        utfall compare customer_portal.yaml --set "adoption=beta(2, 5)"

    Ctrl-C stops a long run at the next block and compares what is done by then.
    """
    from reports.comparison import comparison_tables
    from reports.language import speaking
    from utfall import compare as compare_alternatives
    from utfall import load_comparison
    from utfall.cli.console import Bar, echo
    from utfall.cli.stopping import STOPPED, Stopping
    from utfall.cli.writing import refuse_files_in_the_way, write_charts, write_json

    asked = load_comparison(*files).asking(criterion, risk_tolerance)
    if changes:
        asked = asked.what_if(**dict(change_of(text) for text in changes))
    refuse_files_in_the_way(json_path, None, figures, overwrite=overwrite)
    with Bar() as progress, Stopping() as stop:
        compared = compare_alternatives(
            asked, trials, seed, sampling,
            plain=plain, workers=workers, progress=progress, stop=stop,
        )  # fmt: skip
    ended = STOPPED if any(each.partial for each in compared.results.values()) else 0
    if figures is not None:
        from reports.figures import comparison_charts

        with speaking(language or asked.language):
            write_charts(comparison_charts(compared), figures)
    if json_path is not None:
        write_json(compared, json_path)
    if json_path == "-":
        sys.exit(ended)
    with speaking(language or asked.language):
        echo(comparison_tables(compared))
    for written in (json_path, figures):
        if written is not None:
            click.echo(f"{written} is written")
    sys.exit(ended)


def change_of(text: str) -> tuple[str, str]:
    """The input that a what-if changes, and to what."""
    name, equals, estimate = text.partition("=")
    if not equals or not name.strip() or not estimate.strip():
        raise click.BadParameter(
            f"{text} is no change; write it as churn='2 % to 4 %'", param_hint="--set"
        )
    return name.strip(), estimate.strip()
