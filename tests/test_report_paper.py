"""The PDF as somebody turns its pages: none nearly empty, the answer on the first, words whole."""

from pathlib import Path

import pytest
from reporting import everything
from test_report_pdf import told

import utfall as ut
from reports.document import Cell, Column, Report, Row, Table
from reports.html.tables import arranged

pytestmark = pytest.mark.browser
LOGO = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 60'>"
    "<rect width='240' height='60'/></svg>"
)
FEWEST = 25
"""Words of a page that is worth its paper."""


def portal(**asked: str) -> Report:
    """The customer portal, in few trials: its pages are those of many."""
    return ut.report(ut.load("configs/customer_portal.yaml"), trials=4096, **asked)


def comparison() -> Report:
    """Four alternatives beside each other."""
    return ut.report(ut.load_comparison("configs/compare.yaml"), trials=4096)


def pages(report: Report, folder: Path) -> list[str]:
    """The texts of the pages."""
    report.save(folder / "x.pdf")
    return told("pdftotext", folder / "x.pdf").split("\f")[:-1]


# Where tables could not go on overleaf, these took 14 and 33 pages.
@pytest.mark.parametrize(("made", "most"), [(portal, 13), (comparison, 32)])
def test_no_page_is_nearly_empty(made, most, tmp_path: Path) -> None:
    """A table that does not fit goes on overleaf, instead of leaving a page to its title."""
    found = pages(made(), tmp_path)
    assert len(found) <= most
    assert [text for text in found[:-1] if len(text.split()) < FEWEST] == []


def test_the_answer_is_on_the_first_page(tmp_path: Path) -> None:
    """The whole first section, below a logo and a title of two lines."""
    (tmp_path / "logo.svg").write_text(LOGO, "utf-8")
    made = portal(
        title="Should we build the portal that our customers ask for, or wait for a year?",
        logo=str(tmp_path / "logo.svg"),
        author="Anna Åkesson",
    )
    first, *_ = pages(made, tmp_path)
    assert "What would change the answer" in first
    assert "2 What is counted" in " ".join(first.split())


def test_what_drives_the_result_is_on_one_page(tmp_path: Path) -> None:
    """Bars and the table of their figures, to its last row, each row in a line of its own."""
    made = portal()
    (table,) = (
        block
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Table) and arranged(block).is_terse
    )
    (whole,) = (text for text in pages(made, tmp_path) if table.title in " ".join(text.split()))
    lines = [" ".join(line.split()) for line in whole.splitlines()]
    for row in table.rows:
        assert " ".join([row.cells[0].text, *row.below]).replace("\xa0", " ") in lines


def test_words_are_kept_whole(tmp_path: Path) -> None:
    """However many columns there are; only a word without end is broken."""
    words = ("Kundeservice", "Vastuuhenkilö", "Kundenbetreuung")
    columns = tuple(Column(f"Column {n}", kind="text") for n in range(8))
    rows = tuple(Row((Cell(word), *(Cell("a b c d e f g h " * 4),) * 7)) for word in words)
    endless = Row((Cell("Wait"), Cell("x" * 300)))
    found = " ".join(pages(everything(Table("All", columns, (*rows, endless))), tmp_path)).split()
    assert [word for word in words if word not in found] == []
    assert "x" * 300 not in found
