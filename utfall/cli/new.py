"""`utfall new`: an example case to start from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("template", default="customer_portal")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def new(template: str, file: Path | None) -> None:
    """Write an example case to FILE (TEMPLATE.yaml unless said). Never overwrites.

    Templates are customer_portal, crm, cx_programme, capacity, customer_profitability and blank.

    \b
        utfall new
        utfall new crm my_crm.yaml
    """
    from simulator.files import refuse_overwriting, write_text
    from utfall.examples import template as text_of

    text = text_of(template)
    target = file or Path(f"{template}.yaml")
    if target.is_dir():
        target = target / f"{template}.yaml"
    refuse_overwriting(target)
    write_text(target, text)
    click.echo(f"{target} is written. Change it, then: utfall check {target}; utfall run {target}")
