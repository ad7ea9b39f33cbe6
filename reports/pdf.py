"""The page as a PDF to print and forward: tagged for screen readers, nothing fetched."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from simulator.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

    from reports.document import Report

VARIANT = "pdf/ua-1"
"""PDF/UA, ISO 14289-1: headings, tables and alternative texts can be read aloud."""


def need_weasyprint() -> None:
    """Raises RunError where WeasyPrint, or the library Pango below it, is missing."""
    try:
        with redirect_stdout(io.StringIO()):  # it prints a banner of its own where Pango is missing
            import weasyprint  # noqa: F401 - only asked whether it is there
    except ImportError:
        raise RunError(
            "a .pdf file needs WeasyPrint\n    pip install 'utfall[pdf]', or write .html and print "
            "it from a browser"
        ) from None
    except OSError:
        raise RunError(
            "a .pdf file needs the library Pango\n    on Debian and Ubuntu: apt install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; or write .html and print it "
            "from a browser"
        ) from None


def write_pdf(report: Report, path: Path) -> None:
    """Write the page of a report, without what only a browser can do, as a PDF.

    Raises RunError as `need_weasyprint` does.
    """
    need_weasyprint()
    import weasyprint
    from weasyprint.urls import URLFetcher

    from reports.html import page

    html = weasyprint.HTML(
        string=page(report, live=False), url_fetcher=URLFetcher(allowed_protocols=["data"])
    )
    document = html.render(pdf_variant=VARIANT)
    about = document.metadata
    about.title, about.lang, about.generator = report.title, report.language, "Utfall"
    about.authors = [report.author] if report.author else []
    about.created = about.modified = report.written.isoformat()
    document.write_pdf(path, pdf_variant=VARIANT, pdf_identifier=_identifier(report))


def _identifier(report: Report) -> bytes:
    """The same report is the same file."""
    return f"{report.title} {report.language} {report.written}".encode()
