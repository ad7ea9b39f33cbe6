"""Where tables and progress are shown: coloured on a terminal, plain text in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress

PIPED_WIDTH = 100


def console() -> Console:
    """The console of standard output; 100 columns wide where no terminal tells."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=PIPED_WIDTH, no_color=True)


def echo(renderable: RenderableType) -> None:
    """Print a table or text."""
    console().print(renderable)


UNBROKEN = "\N{NO-BREAK SPACE}"


class Bar:
    """A progress bar on standard error that appears only when a run takes longer than a second."""

    def __init__(self, patience: float = 1.0) -> None:
        self.patience = patience
        self.began = time.monotonic()
        self.bar: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Tell how many trials of how many are done."""
        if self.bar is None:
            waited = time.monotonic() - self.began
            if waited < self.patience or done == total or not sys.stderr.isatty():
                return
            self._start(total)
        assert self.bar is not None
        said = f"{done:,} of {total:,} trials".replace(",", UNBROKEN)
        self.bar.update(self.bar.task_ids[0], completed=done, total=total, said=said)

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(16, complete_style="cyan", finished_style="cyan"),  # red is for what is wrong
            TextColumn("{task.fields[said]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(stderr=True),
            transient=True,
        )
        self.bar.add_task("Valuing futures", total=total, said="")
        self.bar.start()
