"""`utfall check`: what the program understood, input by input."""

from __future__ import annotations

import click


@click.command()
@click.argument("file", type=click.Path())
def check(file: str) -> None:
    """Read FILE, say everything that is wrong with it, and echo every input.

    Each input is shown with the percentiles it reaches, a picture of its shape and its source, so
    that one can see whether the file says what was meant. Nothing is simulated.

    \b
        utfall check customer_portal.yaml
    """
    from reports.terminal import check_tables
    from simulator.analysis.inputs import describe_inputs
    from utfall import RunError, base_case, doubts, load
    from utfall.cli.console import echo

    case = load(file)
    try:
        base = base_case(case)
    except RunError:  # at the medians a formula may have no value, though the trials have
        base = None
    echo(check_tables(case, describe_inputs(case), base))
    for doubt in doubts(case):
        click.echo(f"Is that meant? {doubt[0].upper()}{doubt[1:]}.")
