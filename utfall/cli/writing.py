"""What a run leaves behind: JSON, draws, figures; whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.errors import RunError
from simulator.files import refuse_overwriting, write_text, written_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.figures import Chart
    from simulator.analysis.comparison import Compared
    from simulator.result.result import Result


MOST_DRAWS = 2**22
"""Some millions of lines are gigabytes, and a table of them several times that in memory."""
REMEDY = "name another place, or add --overwrite"


def refuse_files_in_the_way(
    json_path: str | None,
    draws: Path | None,
    figures: Path | None,
    *,
    overwrite: bool,
    trials: int = 0,
) -> None:
    """Say so before a long run, not after it, when something could not be written."""
    if json_path is not None and json_path != "-" and not overwrite:
        refuse_overwriting(Path(json_path), REMEDY)
    if draws is not None:
        if draws.suffix not in (".csv", ".parquet"):
            raise RunError(f"{draws}: draws are written as .csv or .parquet")
        if trials > MOST_DRAWS:
            raise RunError(
                f"{draws}: {trials:,} trials are too many to write one by one\n"
                f"    ask for at most {MOST_DRAWS:,}".replace(",", " ")
            )
        if draws.suffix == ".parquet":
            _need_pyarrow()
        if not overwrite:
            refuse_overwriting(draws, REMEDY)
    if figures is None:
        return
    if figures.exists() and not figures.is_dir():
        raise RunError(f"{figures} is a file\n    name a folder for the figures")
    if figures.is_dir() and any(figures.iterdir()) and not overwrite:
        raise RunError(f"{figures} holds files already\n    {REMEDY}")


def write_json(result: Result | Compared, path: str) -> None:
    """The result contract, to a file or to standard output."""
    text = result.to_json()
    if path == "-":
        click.echo(text)
    else:
        write_text(Path(path), text + "\n")


def write_draws(result: Result, path: Path) -> None:
    """Every trial in a row: what was drawn, and what came of it."""
    frame = result.draws_frame()
    with written_whole(path) as temporary:
        if path.suffix == ".csv":
            frame.to_csv(temporary, index_label="trial")
        else:
            frame.to_parquet(temporary)


def write_charts(charts: Sequence[Chart], folder: Path) -> None:
    """Every figure as PNG and SVG, all or none."""
    from reports.figures import save_charts

    save_charts(charts, folder)


def _need_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401 - only asked whether it is there
    except ImportError:
        raise RunError(
            "a .parquet file needs pyarrow\n    pip install 'utfall[parquet]', or write a .csv"
        ) from None
