"""`utfall report` as people use it: what it writes, what it refuses, and when."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from comparing import CRM, PORTAL, TWO

import utfall as ut
from reports import writing
from reports.document import Report
from utfall.cli import main

FEW = ("--trials", "512")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with two cases and a comparison of them."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("portal", PORTAL), ("crm", CRM), ("compare", TWO)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def report(*words: str) -> Result:
    """Run the command in this process, on few trials."""
    return CliRunner().invoke(main, ["report", *words, *FEW])


def written(*words: str) -> str:
    """The Markdown that it writes."""
    ended = report(*words, "-o", "report.md", "--overwrite")
    assert ended.exit_code == 0, ended.output
    return Path("report.md").read_text("utf-8")


def refused(*words: str) -> str:
    """What it says when it cannot, having written nothing."""
    before = sorted(Path.cwd().rglob("*"))
    ended = report(*words)
    assert ended.exit_code == 1, ended.output
    assert sorted(Path.cwd().rglob("*")) == before
    return ended.output


def no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every simulation fail the test."""

    def never(*_: object, **__: object) -> None:
        pytest.fail("refused only after the run")

    monkeypatch.setattr("simulator.engine.run.simulate", never)
    monkeypatch.setattr("simulator.analysis.comparison.compare", never)


# What is reported ---------------------------------------------------------------------------------


def test_a_case_gives_a_page_of_its_name_here(folder: Path) -> None:
    """Without -o: FILE's name with .html, in the folder one works in, and a line that says so."""
    (folder / "cases").mkdir()
    (folder / "portal.yaml").rename(folder / "cases/portal.yaml")
    ended = report("cases/portal.yaml")
    assert (ended.exit_code, ended.output) == (0, "portal.html is written\n")
    page = (folder / "portal.html").read_text("utf-8")
    assert page.startswith("<!")
    assert "Portal" in page


def test_several_cases_give_a_comparison(folder: Path) -> None:
    """By the name comparison.html unless said."""
    ended = report("portal.yaml", "crm.yaml")
    assert ended.output == "comparison.html is written\n"
    assert report("portal.yaml", "crm.yaml", "-o", "x.json", "-o", "x.md").exit_code == 0
    assert (folder / "x.json").exists()
    assert "Portal or CRM" in (folder / "x.md").read_text("utf-8")


def test_a_comparison_file_is_known_by_its_keys(folder: Path) -> None:
    """It is compared, whatever it is called."""
    (folder / "compare.yaml").rename(folder / "which.yaml")
    text = written("which.yaml")
    assert text.startswith("# Which?\n")
    assert "CRM" in text


def test_what_ifs_make_a_case_a_comparison(folder: Path) -> None:
    """The case stands beside itself, changed."""
    assert "margin = 60 to 90" in written("portal.yaml", "--set", "margin=60 to 90")


def test_the_criterion_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reaches the comparison."""
    seen: list[Report] = []
    save = Report.save
    monkeypatch.setattr(
        Report, "save", lambda self, *paths: (seen.append(self), save(self, *paths))
    )
    written("compare.yaml", "--criterion", "regret")
    compared = seen[0].subject.compared
    assert compared is not None
    assert compared.comparison.criterion == "regret"


def test_title_author_and_language_are_taken(folder: Path) -> None:
    """They stand on top; the date is written as the language writes dates."""
    text = written(
        "portal.yaml", "--title", "Ja eller nej?", "--author", "Ekonomi", "--language", "sv"
    )
    head = text.splitlines()[:3]
    assert head[0] == "# Ja eller nej?"
    assert head[2].startswith("Ekonomi · ")
    assert head[2].endswith(str(date.today().year))


def test_the_language_is_that_of_the_file_unless_said(folder: Path) -> None:
    """As for all else that a case may settle."""
    (folder / "portal.yaml").write_text(f"language: fi\n{PORTAL}", "utf-8")
    assert ut.report(ut.load("portal.yaml"), trials=512).language == "fi"
    assert ut.report(ut.load("portal.yaml"), "da", trials=512).language == "da"


def test_trials_seed_and_sampling_are_those_asked_for(folder: Path) -> None:
    """The report is of that run."""
    ended = CliRunner().invoke(
        main, ["report", "portal.yaml", "-o", "x.json", "--trials", "1024", "--seed", "7",
               "--sampling", "random"],
    )  # fmt: skip
    assert ended.exit_code == 0, ended.output
    text = (folder / "x.json").read_text("utf-8")
    assert '"trials": 1024' in text
    assert '"seed": 7' in text
    assert '"sampling": "random"' in text


def test_one_run_serves_all_outputs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order asked for; folders are made."""
    runs = []
    simulate = ut.simulate

    def counted(*words: object, **named: object) -> object:
        runs.append(words)
        return simulate(*words, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr("simulator.engine.run.simulate", counted)
    ended = report("portal.yaml", "-o", "a/b/x.md", "-o", "x.json", "--output", "x.HTML")
    assert ended.output.splitlines() == [
        f"{path} is written" for path in ("a/b/x.md", "x.json", "x.HTML")
    ]
    assert len(runs) == 1
    assert list((folder / "a/b/x_figures").glob("*.png"))
    json.loads((folder / "x.json").read_text("utf-8"))


def test_python_does_the_same_in_as_few_words(folder: Path) -> None:
    """Case, comparison, result and what comparing found: the same report of the same run."""
    case, asked = ut.load("portal.yaml"), ut.load_comparison("compare.yaml")
    day = date(2026, 10, 14)
    ut.report(case, trials=512, written=day).save("a.md")
    ut.report(ut.simulate(case, 512), written=day).save("b.md")
    ut.report(asked, trials=512, written=day).save(folder / "c.md")
    ut.report(ut.compare(asked, 512), written=day).save(folder / "d.md")
    texts = [Path(f"{name}.md").read_text("utf-8").replace(f"{name}_fig", "fig") for name in "abcd"]
    assert texts[0] == texts[1] != texts[2] == texts[3]


def test_a_result_has_been_run_already(folder: Path) -> None:
    """So trials asked of its report would do nothing, and are refused."""
    result = ut.simulate(ut.load("portal.yaml"), 512)
    with pytest.raises(ut.RunError, match="give them to simulate or compare"):
        ut.report(result, trials=1024)


# What is refused, before the run ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "report.docx"), "let it end with .html, .pdf, .md, .xlsx or .json"),
        (("-o", "report"), "this name tells no form of report"),
        (("-o", "x.md", "-o", "./x.md"), "is asked for twice"),
        (
            ("-o", "there.html"),
            "there.html is there already\n    name another place, or add",
        ),
        (("-o", "new.json", "-o", "there.html"), "there.html is there already"),
        (("-o", "there.md"), "there_figures is there already"),
        (("-o", "folder.html"), "is a folder\n    name a file in it"),
        (("-o", "portal.yaml/x.html"), "portal.yaml is a file"),
        (("--logo", "none.png"), "none.png: there is no such file"),
        (("--theme", "folder.html"), "folder.html"),
        (("--theme", "crm.yaml"), "crm.yaml"),
        (("--logo", "crm.yaml"), "crm.yaml: this is no kind of logo"),
        (("--set", "margins=3"), "did you mean `margin`?"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """Nothing is simulated, and nothing is written."""
    (folder / "there.html").write_text("mine", "utf-8")
    (folder / "folder.html").mkdir()
    (folder / "there_figures").mkdir()
    no_run(monkeypatch)
    assert said in refused("portal.yaml", *words)
    assert (folder / "there.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("portal.yaml", "--language", "de"), "'de' is not one of"),
        (("portal.yaml", "--criterion", "luck"), "'luck' is not one of"),
        (("portal.yaml", "--set", "margin"), "write it as churn="),
        ((), "Missing argument 'FILE...'"),
    ],
)
def test_misuse_ends_with_2(folder: Path, words: tuple[str, ...], said: str) -> None:
    """And says what can be written."""
    ended = report(*words)
    assert ended.exit_code == 2
    assert said in ended.output


def test_a_wrong_case_is_told_as_ever(folder: Path) -> None:
    """With its place; no file is made."""
    (folder / "portal.yaml").write_text(PORTAL.replace("margin: normal", "margin: norml"), "utf-8")
    assert "portal.yaml:7" in refused("portal.yaml", "-o", "new/x.html")


def test_an_unknown_language_is_told_before_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From Python, too."""
    case = ut.load("portal.yaml")
    no_run(monkeypatch)
    with pytest.raises(ut.RunError, match="`de` is not a language of reports"):
        ut.report(case, "de")


def test_a_closed_folder_is_said_before_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest folder that is there decides; root, who may write all, is told no."""
    (folder / "closed").mkdir(mode=0o555)
    if os.access(folder / "closed", os.W_OK):
        monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("closed"))
    no_run(monkeypatch)
    assert "nothing may be written in" in refused("portal.yaml", "-o", "closed/new/x.html")


# Whole or not at all ------------------------------------------------------------------------------


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the disk be full when a form is written."""

    def fill(form: str) -> None:
        def fails(made: Report, path: Path) -> None:
            path.write_text("half of it", "utf-8")
            raise OSError(28, "No space left on device")

        monkeypatch.setitem(writing._WRITERS, form, fails)

    return fill


def test_nothing_is_left_when_one_of_several_fails(
    folder: Path, full: Callable[[str], None]
) -> None:
    """Neither the others, nor half of it, nor folders made on the way; the message names it."""
    full(".json")
    said = refused("portal.yaml", "-o", "new/x.md", "-o", "x.html", "-o", "deep/er/x.json")
    assert "deep/er/x.json cannot be written: No space left on device" in said


def test_what_was_there_stays_when_writing_fails(folder: Path, full: Callable[[str], None]) -> None:
    """With --overwrite as well."""
    (folder / "x.html").write_text("mine", "utf-8")
    full(".json")
    refused("portal.yaml", "-o", "x.html", "-o", "x.json", "--overwrite")
    assert (folder / "x.html").read_text("utf-8") == "mine"


def test_overwrite_replaces(folder: Path) -> None:
    """Files, and the pictures of a Markdown file."""
    for words in ((), ("--overwrite",)):
        assert report("portal.yaml", "-o", "x.md", "-o", "x.json", *words).exit_code == 0
    assert report("portal.yaml", "-o", "x.json").exit_code == 1


# The command itself -------------------------------------------------------------------------------


def test_help_has_examples_and_needs_nothing_heavy() -> None:
    """numpy, matplotlib, pandas, babel and jinja2 are not imported to show it."""
    program = (
        "import sys; from utfall.cli import main\n"
        "try: main(['report', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'scipy', 'pandas', 'matplotlib', 'babel', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "utfall report customer_portal.yaml -o report.html -o report.pdf" in ended.stdout
