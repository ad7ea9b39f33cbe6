"""`utfall show`: one estimate, described and drawn."""

from __future__ import annotations

import click

from utfall.cli.language import language_option


@click.command(context_settings={"ignore_unknown_options": True})  # "-5 to 5" is no option
@click.argument("estimate")
@click.option(
    "--numbers",
    type=click.Choice(["en", "sv", "nb", "da", "fi"]),
    default="en",
    show_default=True,
    help="How numbers are written: sv, nb, da and fi have a decimal comma.",
)
@language_option("en")
def show(estimate: str, numbers: str, language: str | None) -> None:
    """Describe ESTIMATE: percentiles, mean, range, and a drawing.

    \b
        utfall show "5 to 40"
        utfall show "pert(2, 5, 9)"
        utfall show "1,5 to 4 mkr" --numbers sv --language sv
    """
    from reports.language import speaking
    from reports.terminal import show_tables
    from utfall import estimate as read_estimate
    from utfall.cli.console import echo

    marginal = read_estimate(estimate, numbers)
    with speaking(language or "en"):
        echo(show_tables(estimate, marginal))
