"""`utfall report`: a document that a board can decide on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utfall.cli.compare import change_of, question_options
from utfall.cli.language import language_option
from utfall.cli.run import simulation_options

if TYPE_CHECKING:
    from simulator.case.case import Case, Sampling
    from simulator.case.comparison import Comparison, Criterion


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option(
    "-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
    help="A .html, .pdf, .md, .xlsx or .json file; may be given several times. "
    "[default: FILE's name with .html, here]",
)  # fmt: skip
@language_option()
@click.option("--title", default="", help="What stands on top. [default: the name of the case]")
@click.option("--author", default="", help="Who signs it.")
@click.option(
    "--logo", type=click.Path(path_type=Path), metavar="PATH", help="A picture for the first page."
)
@click.option(
    "--theme", type=click.Path(path_type=Path), metavar="PATH", help="A file with your colours."
)
@question_options
@simulation_options
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
def report(
    files: tuple[str, ...],
    outputs: tuple[Path, ...],
    language: str | None,
    title: str,
    author: str,
    logo: Path | None,
    theme: Path | None,
    changes: tuple[str, ...],
    criterion: Criterion | None,
    risk_tolerance: str | None,
    trials: int | None,
    seed: int | None,
    sampling: Sampling | None,
    workers: int | None,
    plain: bool,
    overwrite: bool,
) -> None:
    """Write a report of the case in FILE, or of the alternatives in FILE..., for a board.

    One case, several cases, or one comparison file. The page needs nothing but a browser, and no
    network; the other forms hold the same.

    \b
        utfall report customer_portal.yaml
        utfall report customer_portal.yaml -o report.html -o report.pdf --language sv
        utfall report customer_portal.yaml crm.yaml -o board.xlsx --author "Finance"
        utfall report compare.yaml -o decision.md --title "Portal or CRM?"
    """
    from reports.writing import refuse_places
    from utfall import report as report_of
    from utfall.cli.console import Bar
    from utfall.cli.writing import REMEDY

    asked = _asked(files, changes, criterion, risk_tolerance)
    places = outputs or (Path(f"{Path(files[0]).stem if len(files) == 1 else 'comparison'}.html"),)
    refuse_places(places, overwrite=overwrite, remedy=REMEDY)
    with Bar() as progress:
        made = report_of(
            asked, language, title=title, author=author, logo=logo, theme=theme,
            trials=trials, seed=seed, sampling=sampling, plain=plain,
            workers=workers, progress=progress,
        )  # fmt: skip
    made.save(*places)
    for place in places:
        click.echo(f"{place} is written")


def _asked(
    files: tuple[str, ...],
    changes: tuple[str, ...],
    criterion: Criterion | None,
    risk_tolerance: str | None,
) -> Case | Comparison:
    """One case by itself; a comparison where something is compared, or what-ifs are asked for."""
    from simulator.case.comparison import is_comparison
    from utfall import load, load_comparison

    plain = not changes and criterion is None and risk_tolerance is None
    if plain and len(files) == 1 and not is_comparison(files[0]):
        return load(files[0])
    asked = load_comparison(*files).asking(criterion, risk_tolerance)
    return asked.what_if(**dict(change_of(text) for text in changes)) if changes else asked
