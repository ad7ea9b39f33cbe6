"""`utfall check`: what the program understood, input by input."""

from __future__ import annotations

import click

from utfall.cli.language import language_option


@click.command()
@click.argument("file", type=click.Path())
@language_option()
def check(file: str, language: str | None) -> None:
    """Read FILE, say everything that is wrong with it, and echo every input.

    Each input is shown with the percentiles it reaches, a picture of its shape and its source, so
    that one can see whether the file says what was meant. Nothing is simulated.

    \b
        utfall check customer_portal.yaml
        utfall check customer_portal.yaml --language sv
    """
    from reports.language import speaking
    from reports.terminal import check_tables, doubts_said
    from simulator.analysis.inputs import describe_inputs
    from utfall import RunError, base_case, doubts, load
    from utfall.cli.console import echo

    case = load(file)
    try:
        base = base_case(case)
    except RunError:  # at the medians a formula may have no value, though the trials have
        base = None
    with speaking(language or case.language):
        echo(check_tables(case, describe_inputs(case), base))
        for question in doubts_said(doubts(case)):
            click.echo(question)
