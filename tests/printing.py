"""What the tests of printed pages share: how a pipe receives them, and what to look for."""

from functools import cache
from io import StringIO

from rich.console import Console, RenderableType

import utfall as ut
from reports.document import Table
from reports.language import SPACE
from simulator.result import Result

MONEY = "years: 5\ndiscount_rate: 8 %\n"


@cache
def result_of(text: str, trials: int = 4096, show: tuple[str, ...] = ()) -> Result:
    """A case given as text, simulated."""
    return ut.simulate(ut.read(text), trials=trials, show=show)


def printed(renderable: RenderableType, width: int = 80) -> str:
    """What a pipe of so many columns receives."""
    out = StringIO()
    Console(file=out, force_terminal=False, width=width).print(renderable)
    return out.getvalue()


def words(text: str) -> str:
    """The text on one line, as a reader takes it in."""
    return " ".join(text.split())


def figures(table: Table) -> list[str]:
    """Every figure of a table."""
    return [
        cell.text.replace(SPACE, " ")
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=False)
        if column.kind == "figures"
    ]
