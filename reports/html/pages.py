"""The report as one file of HTML: one template, one style sheet, nothing fetched from anywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.dates import dated
from reports.document import Explorer, Table
from reports.html.drawings import drawing
from reports.html.logo import logo_address
from reports.html.svg import drawn
from reports.html.tables import are_long, arranged, is_endless
from reports.html.theme import Paint, Theme, read_theme
from reports.language import say, speaking
from reports.words import printable

if TYPE_CHECKING:
    from jinja2 import Template

    from reports.document import Report, Section

HERE = Path(__file__).parent
LONGEST = 90  # characters of a title that runs above every printed page


def page(report: Report, *, live: bool = True) -> str:
    """The whole page.

    A `live` one is for a browser: it follows the reader's light or dark screen, and holds what can
    be tried. The other is for a printer: the same texts and figures, in fixed colours.
    Raises RunError for a logo or a theme that cannot be used.
    """
    from markupsafe import Markup

    theme = read_theme(report.theme)
    logo = logo_address(report.logo) if report.logo else ""
    panel, script, style = _explorer(report) if live else ("", "", "")
    sections = [section for section in report.sections if panel or not only_tries(section)]
    with speaking(report.language):
        return _template().render(
            report=report,
            sections=list(zip(sections, _keys(sections), strict=True)),
            style=Markup("\n".join([theme.style(), _sheet(), _running(report, theme), style])),
            script=Markup(script),
            policy=_policy(script),
            logo=logo,
            written=dated(report.written),
            words=_words(),
            panel=Markup(panel),
            live=live,
            **_means(Paint(theme.light, live)),
        )


def only_tries(section: Section) -> bool:
    """Whether nothing is left of a section where nothing can be tried, as on paper."""
    return bool(section.blocks) and all(isinstance(block, Explorer) for block in section.blocks)


def _explorer(report: Report) -> tuple[str, str, str]:
    """What can be tried, with its script and its part of the style sheet; nothing if not asked."""
    blocks = (block for section in report.sections for block in section.blocks)
    if not any(isinstance(block, Explorer) for block in blocks):
        return "", "", ""
    from reports import explorer

    with speaking(report.language):
        panel = explorer.panel(report.subject)
    return (panel, explorer.script(), explorer.style()) if panel else ("", "", "")


def _keys(sections: list[Section]) -> list[str]:
    """An address for each section: its key, with a number where two have the same."""
    found: list[str] = []
    for section in sections:
        key = re.sub(r"[^\w-]+", "-", section.key).strip("-") or "section"
        again = (f"{key}-{number}" for number in count(2))
        while key in found:
            key = next(again)
        found.append(key)
    return found


def _means(paint: Paint) -> dict[str, Any]:
    """What the template calls: each gives markup in which every text is escaped."""
    from markupsafe import Markup

    numbers = count(1)

    return {
        "kind": lambda block: type(block).__name__,
        "only_tries": only_tries,
        "number": lambda: next(numbers),
        "arranged": arranged,
        "drawing": lambda cell, label="": drawing(cell.drawing, paint, label),
        "drawn_in_letters": lambda cell: not any(letter.isalnum() for letter in cell.text),
        "drawn": lambda block, key: drawn(block.chart, key, paint),
        "markup": Markup,
        "is_spelled_out": lambda block: isinstance(block, Table) and arranged(block).is_terse,
        "is_endless": is_endless,
        "are_long": are_long,
    }


def _words() -> dict[str, str]:
    """What the page itself says."""
    return {
        "contents": say("Contents"),
        "skip": say("Skip to the answer"),
        "logo": say("Logo"),
        "important": say("Important:"),
        "author": say("Written by"),
        "written": say("Date"),
    }


def _sheet() -> str:
    return (HERE / "page.css").read_text(encoding="utf-8")


def _running(report: Report, theme: Theme) -> str:
    """What stands above and below every printed page."""
    title = printable(report.title).replace("\n", " ")
    if len(title) > LONGEST:
        title = title[: LONGEST - 1].rstrip() + "…"
    page, pages = "\x01", "\x02"
    counted = quoted(say("Page {page} of {pages}", page=page, pages=pages))
    for mark, counter in ((page, "page"), (pages, "pages")):
        counted = counted.replace(f"\\{ord(mark):x} ", f'" counter({counter}) "')
    boxes = {
        "top-right": quoted(printable(report.author)[:LONGEST]),
        "bottom-left": quoted(title),
        "bottom-right": f"{counted};white-space:nowrap",
    }
    look = f"color:{theme.light.muted};font:8pt {theme.font}"
    return f"@page{{{''.join(f'@{box}{{content:{text};{look}}}' for box, text in boxes.items())}}}"


def quoted(text: str) -> str:
    r"""A text as a string of a style sheet, from which nothing in it can break out.

    >>> print(quoted('Anna "A" </style>'))
    "Anna \22 A\22  \3c \2f style\3e "
    """
    safe = (c if c.isalnum() or c in " .,:–…" else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'


def _policy(script: str) -> str:
    """What a browser may do with the page: nothing from outside, and no script but ours."""
    ours = ""
    if script:
        digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
        ours = f" script-src 'sha256-{digest}';"
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline';{ours} "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = printable
    return environment.get_template("page.html.j2")
