"""`utfall show`: one estimate, described and drawn."""

from __future__ import annotations

import click


@click.command(context_settings={"ignore_unknown_options": True})  # "-5 to 5" is no option
@click.argument("estimate")
@click.option(
    "--numbers",
    type=click.Choice(["en", "sv", "nb", "da", "fi"]),
    default="en",
    show_default=True,
    help="How numbers are written: sv, nb, da and fi have a decimal comma.",
)
def show(estimate: str, numbers: str) -> None:
    """Describe ESTIMATE: percentiles, mean, range, and a drawing.

    \b
        utfall show "5 to 40"
        utfall show "pert(2, 5, 9)"
        utfall show "1,5 to 4 mkr" --numbers sv
    """
    from reports.terminal import show_tables
    from utfall import estimate as read_estimate
    from utfall.cli.console import echo

    echo(show_tables(estimate, read_estimate(estimate, numbers)))
