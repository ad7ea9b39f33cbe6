"""A report in a file, in the form that the file's name asks for: whole, or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reports.language import speaking
from simulator.errors import RunError
from simulator.files import refuse_overwriting, written_whole

if TYPE_CHECKING:
    from reports.document import Report

Writer = Callable[["Report", Path], None]


def save(report: Report, *paths: str | Path) -> None:
    """Write a report to files, in the forms that their names ask for: all of them, or none.

    A `.md` file has its pictures in a folder beside it. Files that are there already are replaced.

    Raises RunError for a name of no known form, for a place that cannot be written to, and where a
    form needs something that is not installed; nothing is left behind then.
    """
    places = [Path(path) for path in paths]
    refuse_places(places, overwrite=True)
    charts = [_figures_of(place) for place in places if _form(place) == ".md"]
    with (
        speaking(report.language),
        _folders_for([*places, *(folder / "picture" for folder in charts)]),
        ExitStack() as unfinished,
    ):
        for place in places:
            temporary = unfinished.enter_context(written_whole(place))
            if _form(place) == ".md":
                _write_markdown(report, _figures_of(place), temporary, unfinished)
            else:
                _WRITERS[_form(place)](report, temporary)


def refuse_places(
    places: Sequence[Path], *, overwrite: bool, remedy: str = "name another file"
) -> None:
    """Say so before the work, not after it, when something could not be written.

    Raises RunError for the first place that is of no known form, named twice, in the way, or where
    nothing may be written, and for a form that needs what is not installed.
    """
    named = [os.path.realpath(place) for place in places]
    for place, name in zip(places, named, strict=True):
        form = _form(place)
        if named.count(name) > 1:
            raise RunError(f"{place} is asked for twice\n    name each file once")
        if place.is_dir():
            raise RunError(
                f"{place} is a folder\n    name a file in it, such as {place / 'report.html'}"
            )
        _refuse_closed_folder(place)
        if form == ".md":
            _refuse_closed_folder(_figures_of(place) / "picture")
        if not overwrite:
            refuse_overwriting(place, remedy)
            if form == ".md":
                refuse_overwriting(_figures_of(place), remedy)
    if ".pdf" in map(_form, places):
        from reports.pdf import need_weasyprint

        need_weasyprint()


def _form(place: Path) -> str:
    form = place.suffix.lower()
    if form not in FORMS:
        *most, last = FORMS
        raise RunError(
            f"{place}: this name tells no form of report\n"
            f"    let it end with {', '.join(most)} or {last}"
        )
    return form


def _refuse_closed_folder(place: Path) -> None:
    """Folders that are missing are made; the nearest one that is there must let us."""
    above = next(folder for folder in place.absolute().parents if folder.exists())
    if not above.is_dir():
        why = f"{above} is a file"
    elif not os.access(above, os.W_OK | os.X_OK):
        why = f"nothing may be written in {above}"
    else:
        return
    raise RunError(f"{place} cannot be written: {why}\n    choose another place")


@contextmanager
def _folders_for(places: Iterable[Path]) -> Iterator[None]:
    """Folders that were made on the way go away again when nothing came of it."""
    missing = {folder for place in places for folder in place.parents if not folder.exists()}
    try:
        yield
    except BaseException:
        for folder in sorted(missing, key=lambda folder: len(folder.parts), reverse=True):
            with suppress(OSError):  # it was not made, or somebody else uses it
                folder.rmdir()
        raise


def _figures_of(place: Path) -> Path:
    """The folder of the pictures of a Markdown file."""
    return place.with_name(f"{place.stem}_figures")


def _write_markdown(report: Report, folder: Path, path: Path, unfinished: ExitStack) -> None:
    from reports.figures.chart import write_chart
    from reports.markdown import markdown, pictures

    path.write_text(markdown(report, folder.name), encoding="utf-8")
    for name, chart in pictures(report).items():
        write_chart(chart, unfinished.enter_context(written_whole(folder / name)), "png")


def _write_html(report: Report, path: Path) -> None:
    from reports.html import page

    path.write_text(page(report), encoding="utf-8")


def _write_pdf(report: Report, path: Path) -> None:
    from reports.pdf import write_pdf

    write_pdf(report, path)


def _write_workbook(report: Report, path: Path) -> None:
    from reports.workbook import write_workbook

    write_workbook(report, path)


def _write_json(report: Report, path: Path) -> None:
    from reports.data import report_data

    text = json.dumps(report_data(report), ensure_ascii=False, allow_nan=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


_WRITERS: dict[str, Writer] = {
    ".html": _write_html,
    ".pdf": _write_pdf,
    ".xlsx": _write_workbook,
    ".json": _write_json,
}
FORMS = (".html", ".pdf", ".md", ".xlsx", ".json")
"""What a report can be written as, by the ending of the file's name."""
