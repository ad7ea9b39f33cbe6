"""The PDF holds what the page holds, tagged, in its language; without Pango a plain message."""

import re
import shutil
import subprocess
import sys
import zlib
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from comparing import PORTAL

import utfall as ut
from reports.document import Paragraph, Table
from reports.pdf import need_weasyprint

NASTY = "<script>alert(1)</script> عربى 顧客 🙂 " + "x" * 300
DAY = date(2026, 10, 14)


@cache
def report(language: str = "en", name: str = "Portal") -> ut.Report:
    """The report of a small case."""
    text = PORTAL.replace("case: Portal", f'case: "{name}"')
    return ut.report(ut.read(text), language, author="Åsa <b>", trials=512, written=DAY)


def told(command: str, path: Path) -> str:
    """What Poppler's pdftotext or pdfinfo says of a PDF."""
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not installed: see `make tools`")
    words = [command, str(path), *(["-"] if command == "pdftotext" else [])]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def unpacked(path: Path) -> bytes:
    """A PDF with all that is compressed in it opened."""
    data = path.read_bytes()
    parts = [data]
    for found in re.finditer(rb"stream\r?\n", data):
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(data[found.end() :]))
    return b"\n".join(parts)


def letters(text: str) -> str:
    """A text without spaces, line breaks and hyphens, which a PDF sets as its lines need."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_sentence_and_cell_is_in_the_pdf(tmp_path: Path, language: str) -> None:
    """Titles, paragraphs, headings and figures of all sections, to the letter."""
    made = report(language)
    made.save(tmp_path / "x.pdf")
    texts = [section.title for section in made.sections]
    for section in made.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                texts += block.text.splitlines()
            elif isinstance(block, Table):
                texts += [column.heading for column in block.columns]
                texts += [cell.text for row in block.rows for cell in row.cells if not cell.drawing]
    texts = [text for text in texts if not re.search("[▏▎▍▌▋▊▉█]", text)]  # pages draw these bars
    found = letters(told("pdftotext", tmp_path / "x.pdf"))
    assert len(texts) > 20
    assert [text for text in texts if letters(text) not in found] == []


@pytest.mark.browser
def test_it_says_what_it_is(tmp_path: Path) -> None:
    """Title, author, date, language; tagged for screen readers; no script, nothing to fill in."""
    made = report("sv")
    made.save(tmp_path / "x.pdf")
    about = dict(
        re.split(r":\s+", line, maxsplit=1)
        for line in told("pdfinfo", tmp_path / "x.pdf").splitlines()
        if ": " in line
    )
    assert about["Title"] == made.title
    assert about["Author"] == "Åsa <b>"
    assert "Oct 14" in about["CreationDate"]
    assert (about["Tagged"], about["JavaScript"], about["Form"]) == ("yes", "no", "none")
    assert int(about["Pages"]) > 1
    assert about["Page size"].endswith("(A4)")
    inside = unpacked(tmp_path / "x.pdf")
    assert b"/Lang (sv)" in inside
    assert b"pdfuaid" in inside


@pytest.mark.browser
def test_it_is_written_alike_every_time(tmp_path: Path) -> None:
    """To the byte."""
    for name in ("a", "b"):
        report().save(tmp_path / f"{name}.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.browser
def test_names_are_only_text(tmp_path: Path) -> None:
    """Whatever a case is called, the PDF says so and does nothing."""
    report("en", NASTY).save(tmp_path / "x.pdf")
    assert "alert(1)" in letters(told("pdftotext", tmp_path / "x.pdf"))
    assert "JavaScript:      no" in told("pdfinfo", tmp_path / "x.pdf")


def test_without_weasyprint_it_is_said_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install, or what to do instead; nothing is written."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(ut.RunError, match=r"pip install 'utfall\[pdf\]'"):
        report().save(tmp_path / "x.html", tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_without_pango_the_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint is there and its library is not: it then fails as it is imported."""
    (tmp_path / "weasyprint.py").write_text(
        "print('a banner of its own')\nraise OSError('cannot load library libpango-1.0-0')", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(ut.RunError, match="apt install libpango"):
        need_weasyprint()
