"""Results show themselves in notebooks, and the tutorial runs from start to end."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from comparing import CRM, PORTAL
from elements import Elements
from printing import result_of

import utfall as ut
from reports.notebook import shown

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs/tutorial.ipynb"


def test_a_result_shows_a_table_and_a_picture() -> None:
    """The answer in words, the chance of payback by year, and the same as a picture with words."""
    page = Elements(shown(result_of(PORTAL, 512)))
    assert (page.count("table"), page.count("img")) == (1, 1)
    assert "within 2" in page.text
    (picture,) = (attributes for tag, attributes in page.found if tag == "img")
    assert (picture["src"] or "").startswith("data:image/png;base64,iVBOR")
    assert "chance of having paid back" in (picture["alt"] or "")
    assert all(attributes["scope"] == "col" for tag, attributes in page.found if tag == "th")


def test_a_comparison_shows_a_table_and_a_picture() -> None:
    """Every alternative at a glance."""
    asked = ut.comparison({"Portal": ut.read(PORTAL), "CRM": ut.read(CRM)})
    page = Elements(shown(ut.compare(asked, 512)))
    assert (page.count("table"), page.count("img")) == (1, 1)
    assert "CRM" in page.text


def test_a_case_without_money_shows_what_was_asked_for() -> None:
    """Its first output."""
    page = Elements(shown(result_of("inputs: {a: 5 to 40}\noutputs: [a]", 512)))
    assert (page.count("table"), page.count("img")) == (1, 1)


def test_names_are_only_text() -> None:
    """Whatever a case is called."""
    name = "<script>alert(1)</script><img src=x>"
    text = PORTAL.replace("case: Portal", f'case: "{name}"')
    for found in (result_of(text, 512), ut.compare(ut.comparison({name: ut.read(text)}), 512)):
        page = Elements(shown(found))
        assert (page.count("script"), page.count("img")) == (0, 1)


def test_a_case_in_another_language_shows_itself_in_it() -> None:
    """As the year is marked in Finnish, with a comma: 2,5 and not 2.5."""
    text = PORTAL.replace("hurdle: 2 years", "hurdle: 2.5 years")
    assert "2.5" in Elements(shown(result_of(text, 512))).text
    page = Elements(shown(result_of(f"language: fi\n{text}", 512))).text
    assert "2,5" in page


def test_outside_notebooks_nothing_is_imported_for_it() -> None:
    """`import utfall` stays what it was."""
    program = "import sys, utfall; sys.exit('utfall.notebook' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


RUN = """
import sys
import nbformat
from nbclient import NotebookClient

book = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(book, timeout=120, resources={"metadata": {"path": "."}}).execute()
nbformat.write(book, "ran.ipynb")
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """The tutorial, run from start to end in an empty folder with the Python of the tests."""
    import nbformat

    folder = tmp_path_factory.mktemp("tutorial")
    ended = subprocess.run(  # a process of its own: Jupyter's sockets outlive a test
        [sys.executable, "-c", RUN, str(TUTORIAL)],
        cwd=folder, capture_output=True, text=True, timeout=240,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return nbformat.read(folder / "ran.ipynb", as_version=4), folder


def outputs(book: Any) -> list[Any]:
    """What its cells show."""
    return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]


def test_no_cell_of_the_tutorial_fails(ran: Any) -> None:
    """Nor warns; each but the one that imports and the one that reads shows something."""
    book, folder = ran
    assert not [out for out in outputs(book) if out.output_type in ("error", "stream")]
    silent = [cell for cell in book.cells if cell.cell_type == "code" and not cell.outputs]
    assert len(silent) == 2
    assert (folder / "report.html").read_text("utf-8").startswith("<!")


def test_results_of_the_tutorial_show_tables_and_pictures(ran: Any) -> None:
    """The run, the comparison and the tornado: IPython was told how they look."""
    pages = [Elements(out.data["text/html"]) for out in outputs(ran[0]) if "text/html" in out.data]
    ours = [page for page in pages if ("div", {"class": "utfall"}) in page.found]
    assert [(page.count("table"), page.count("img")) for page in ours] == [(1, 1), (0, 1), (1, 1)]


def test_the_tutorial_is_stored_as_it_was_written() -> None:
    """Without outputs, which would age, and short enough for a sitting."""
    import nbformat

    book = nbformat.read(TUTORIAL, as_version=4)
    nbformat.validate(book)
    programs = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in programs)
    assert 10 <= len(programs) <= 15
    imports = [line for cell in programs for line in cell.source.splitlines() if "import " in line]
    assert imports == ["import utfall as ut"]
    assert "jupyter lab" in book.cells[0].source
    links = [part.split(")")[0] for cell in book.cells for part in cell.source.split("](")[1:]]
    assert links
    assert all((TUTORIAL.parent / link).exists() for link in links)
