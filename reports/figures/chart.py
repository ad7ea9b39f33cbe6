"""A picture with the numbers behind it, and how it is written to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reports.figures.style import DPI, house_style
from reports.words import printable
from simulator.errors import RunError
from simulator.files import written_whole

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")


@dataclass(frozen=True, eq=False)
class Chart:
    """A picture: `frame` holds the very numbers drawn, `alt` says in words what is to be seen."""

    name: str
    title: str
    figure: Figure
    frame: pd.DataFrame
    alt: str

    def save(self, folder: str | Path, formats: Sequence[str] = FORMATS) -> list[Path]:
        """Write the picture as `name`.png, .svg ... into a folder, which is made if need be.

        Raises RunError when that cannot be done; then nothing is left behind.
        """
        return save_charts([self], folder, formats)


def save_charts(
    charts: Sequence[Chart], folder: str | Path, formats: Sequence[str] = FORMATS
) -> list[Path]:
    """Write some pictures into a folder: all of them, or none.

    Each is written beside and renamed at the end, so that no half-written file is ever met.
    Raises RunError when the folder cannot be written to, or a format is unknown.
    """
    unknown = [kind for kind in formats if kind not in ("png", "svg", "pdf")]
    if unknown:
        raise RunError(f"{unknown[0]} is not a format of pictures\n    write png, svg or pdf")
    paths: list[Path] = []
    with ExitStack() as unfinished:
        for chart in charts:
            for kind in formats:
                path = Path(folder) / f"{chart.name}.{kind}"
                write_chart(chart, unfinished.enter_context(written_whole(path)), kind)
                paths.append(path)
    return paths


def write_chart(chart: Chart, path: Path, kind: str) -> None:
    """Write a picture to a path as png, svg or pdf; it says what it shows, and not when."""
    title, alt = printable(chart.title), printable(chart.alt)
    about: dict[str, str | None] = {
        "png": {"Title": title, "Description": alt, "Software": None},
        "svg": {"Title": title, "Description": alt, "Creator": None, "Date": None},
        "pdf": {"Title": title, "Subject": alt, "CreationDate": None},
    }[kind]
    with house_style():
        chart.figure.savefig(path, format=kind, dpi=DPI, metadata=about)
