"""`utfall new`: an example case to start from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("template", default="customer_portal")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def new(template: str, file: Path | None) -> None:
    """Write an example case to FILE (TEMPLATE.yaml unless said). Never overwrites.

    Templates are customer_portal, crm, cx_programme, capacity, customer_profitability and blank,
    and compare, which names three of them as the alternatives of a comparison.

    \b
        utfall new
        utfall new crm my_crm.yaml
        utfall new compare
    """
    from simulator.files import refuse_overwriting, write_text
    from utfall.examples import COMPARED, COMPARISON
    from utfall.examples import template as text_of

    text = text_of(template)
    target = file or Path(f"{template}.yaml")
    if target.is_dir():
        target = target / f"{template}.yaml"
    refuse_overwriting(target)
    write_text(target, text)
    if template != COMPARISON:
        after = f"Change it, then: utfall check {target}; utfall run {target}"
        click.echo(f"{target} is written. {after}")
        return
    missing = [name for name in COMPARED if not target.with_name(f"{name}.yaml").exists()]
    click.echo(f"{target} is written. It compares {', '.join(f'{n}.yaml' for n in COMPARED)}.")
    if missing:
        click.echo(f"Write what is not there yet: {'; '.join(f'utfall new {n}' for n in missing)}")
    click.echo(f"Change them, then: utfall compare {target}; utfall report {target}")
