"""From what somebody asks to a report: a case or a comparison is valued first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.case.case import Case
from simulator.case.comparison import Comparison
from simulator.errors import RunError

if TYPE_CHECKING:
    from reports.document import Report
    from simulator.analysis.comparison import Compared
    from simulator.case.case import Sampling
    from simulator.result import Result


def report(
    asked: Case | Comparison | Result | Compared,
    language: str | None = None,
    *,
    title: str = "",
    author: str = "",
    logo: str | Path | None = None,
    theme: str | Path | None = None,
    written: date | None = None,
    trials: int | None = None,
    seed: int | None = None,
    sampling: Sampling | None = None,
    plain: bool = False,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """A report that a board can decide on, ready to `save` as .html, .pdf, .md, .xlsx or .json.

    A case is simulated and a comparison compared first, on so many `trials` (and `plain`, if you
    like: see `simulate`); of a result or of
    what comparing found, the report is made as it stands. The language is that of the case unless
    said.

    >>> import utfall as ut
    >>> text = "case: Press\\nyears: 3\\ndiscount_rate: 8 %\\ninvestment: {Press: 100}"
    >>> case = ut.read(text + "\\nbenefits: {Saving: 40 to 60}")
    >>> report(case, title="A new press", trials=512).title
    'A new press'

    Raises CaseError and RunError as `simulate` and `compare` do, and RunError for a language that
    no report is written in, a logo that is none, and a theme file with something wrong in it.
    """
    from reports.language import speaking
    from reports.report import report_of

    _refuse_unusable(_path(logo), _path(theme))
    found = asked
    settled = (trials, seed, sampling)
    with speaking(language or "en"):  # an unknown one is told before the run
        if isinstance(found, Comparison):
            from simulator.analysis.comparison import compare

            found = compare(found, *settled, plain=plain, workers=workers, progress=progress)
        elif isinstance(found, Case):
            from simulator.engine.run import simulate

            found = simulate(
                found, *settled, plain=plain, keep=True, workers=workers, progress=progress
            )
        elif plain or any(value is not None for value in settled):
            raise RunError(
                "trials, seed, sampling and plain belong to a run that has been made\n"
                "    give them to simulate or compare, or ask for a report of the case"
            )
    return report_of(
        found, language, title=title, author=author, logo=_path(logo), theme=_path(theme),
        written=written,
    )  # fmt: skip


def _refuse_unusable(logo: Path | None, theme: Path | None) -> None:
    """Before the run, not after it."""
    if logo is not None:
        from reports.html.logo import logo_address

        logo_address(logo)
    if theme is not None:
        from reports.html.theme import read_theme

        read_theme(theme)


def _path(path: str | Path | None) -> Path | None:
    return None if path is None else Path(path)
