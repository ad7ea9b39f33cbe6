"""Ways in that people try first: a comparison to start from, a wrong file, an empty one."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import utfall as ut
from reports.html.theme import Theme, read_theme
from utfall.cli import main
from utfall.examples import COMPARED

CASE = "years: 2\ndiscount_rate: 8 %\ninputs: {b: 4 to 9}\ninvestment: {A: 9}\nbenefits: {B: b}\n"
ASKED = "alternatives: {A: a.yaml, B: b.yaml}\ncriterion: value\ncompare: Which?\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two cases and a comparison of them, which commands run in."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"case: {name}\n{CASE}", "utf-8")
    (tmp_path / "both.yaml").write_text(ASKED, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def utfall(*arguments: str) -> Result:
    """A command, run in this process."""
    return CliRunner().invoke(main, arguments)


def test_a_comparison_is_a_template_that_names_the_cases_it_needs(folder: Path) -> None:
    """Those that are missing, with the commands that write them; then it runs."""
    utfall("new", "crm")
    said = utfall("new", "compare").output
    assert "`" not in said
    assert "utfall new customer_portal; utfall new cx_programme\n" in said
    for name in COMPARED:
        if not (folder / f"{name}.yaml").exists():
            assert utfall("new", name).exit_code == 0
    assert "Write what" not in utfall("new", "compare", "again.yaml").output
    done = utfall("compare", "compare.yaml", "--trials", "512")
    assert done.exit_code == 0, done.output
    files = {Path(str(case.path)).stem for case in ut.load_comparison("again.yaml").
             alternatives.values() if not case.delay}  # fmt: skip
    assert files == set(COMPARED)
    assert "compare  " in utfall("new", "comparison").output


@pytest.mark.parametrize("command", ["report", "compare"])
@pytest.mark.parametrize("files", [("both.yaml", "a.yaml"), ("a.yaml", "both.yaml")])
def test_a_comparison_file_stands_alone(folder: Path, command: str, files: tuple[str, ...]) -> None:
    """Beside another file it is told once what to do, by both commands."""
    done = utfall(command, *files)
    assert done.exit_code == 1
    assert "both.yaml: a comparison file stands alone" in done.output
    assert "run it with" not in done.output


def test_a_comparison_file_that_is_run_is_told_once(folder: Path) -> None:
    """Though it has several keys that no case has."""
    done = utfall("run", "both.yaml")
    assert done.output.count("belongs to a comparison") == 1
    assert "`utfall compare` or `utfall report`" in done.output


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_theme_is_ours(tmp_path: Path, text: str) -> None:
    """Every key may be left out."""
    path = tmp_path / "theme.yaml"
    path.write_text(text, "utf-8")
    assert read_theme(path) == Theme()


def test_a_language_may_be_written_in_capitals(folder: Path) -> None:
    """NB as nb."""
    done = utfall("check", "a.yaml", "--language", "NB")
    assert done.exit_code == 0
    assert "kalkulasjonsrente" in done.output


def test_what_is_no_text_is_said_to_be_none(folder: Path) -> None:
    """A workbook or a picture, however large; a text that is too long is told with its length."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("xl/workbook.xml", "x" * 2_000_000)
    for content in (
        packed.getvalue(),
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"PK\x03\x04" + b"x" * 2_000_000,
    ):
        (folder / "odd.yaml").write_bytes(content)
        done = utfall("check", "odd.yaml")
        assert "the file is no text" in done.output
        assert "MB" not in done.output
    (folder / "odd.yaml").write_text("#" * 1_000_001, "utf-8")
    assert (
        "the file has 1,001 kB; a case has at most 1,000 kB" in utfall("check", "odd.yaml").output
    )
