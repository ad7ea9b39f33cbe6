"""The command line as people use it: what it prints, writes, refuses, and how it ends."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from terminal import CTRL_C, Terminal

import utfall as ut
from utfall import cli
from utfall.cli import main
from utfall.cli.stopping import Stopping
from utfall.examples import TEMPLATES
from utfall.overview import COMMANDS, OVERVIEW

SMALL = """\
case: Small
currency: SEK
years: 3
discount_rate: 8 %
hurdle: 3 years
trials: 512
inputs:
  saving: 40k to 90k
  customers: 20
investment:
  Build: 100k to 180k
benefits:
  Saved: saving
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with one small case."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL)
    return tmp_path


def utfall(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, list(words))


def process(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", "utfall", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)  # type: ignore[call-overload, no-any-return]  # options of subprocess.run


@pytest.mark.parametrize("command", ["", "new", "check", "run", "show"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    """And the example begins with the command itself."""
    result = utfall(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"  utfall {command}".rstrip() in result.output


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_written_checked_and_run(folder: Path, name: str) -> None:
    """From `new` to the answer, as the help says."""
    assert utfall("new", name).exit_code == 0
    checked = utfall("check", f"{name}.yaml")
    assert checked.exit_code == 0, checked.output
    case = ut.load(folder / f"{name}.yaml")
    for entry in case.inputs.values():
        assert entry.title.split()[0] in checked.output
    for section in (case.investment, case.benefits, case.costs):
        for entry in section.values():
            assert str(entry).split()[0] in checked.output
    assert f"discounted at {case.discount_rate}" in checked.output
    run = utfall("run", f"{name}.yaml", "--trials", "512")
    assert run.exit_code == 0, run.output
    assert "never" in run.output


def test_new_writes_the_portal_unless_told_otherwise_and_never_overwrites(folder: Path) -> None:
    """The second time is refused, and the file is as it was."""
    assert utfall("new").exit_code == 0
    path = folder / "customer_portal.yaml"
    path.write_text("mine")
    again = utfall("new", "customer_portal")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert path.read_text() == "mine"
    assert utfall("new", "crm", "sub/folder/x.yaml").exit_code == 0
    assert (folder / "sub/folder/x.yaml").exists()


def test_an_unknown_template_gets_the_list(folder: Path) -> None:
    """Every template with what it is about."""
    result = utfall("new", "portal")
    assert result.exit_code == 1
    for name in TEMPLATES:
        assert name in result.output


def test_json_on_standard_output_is_the_result_and_nothing_else(folder: Path) -> None:
    """What Python gives for the same call."""
    result = process("run", "small.yaml", "--json", "-", "--show", "saving", cwd=folder)
    assert result.returncode == 0, result.stderr
    expected = ut.simulate(ut.load(folder / "small.yaml"), show=["saving"]).to_dict()
    assert json.loads(result.stdout) == json.loads(json.dumps(expected))


def test_files_are_written_whole_and_told(folder: Path) -> None:
    """JSON, draws and figures; the draws give the mean of the JSON."""
    result = utfall(
        "run", "small.yaml", "--json", "out/result.json", "--draws", "draws.csv",
        "--figures", "pictures", "--trials", "1024", "--seed", "7", "--sampling", "latin",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    told = json.loads((folder / "out/result.json").read_text())
    assert (told["trials"], told["seed"], told["sampling"]) == (1024, 7, "latin")
    draws = pd.read_csv(folder / "draws.csv")
    assert len(draws) == 1024
    assert draws["npv"].mean() == pytest.approx(told["outcomes"]["npv"]["mean"])
    assert {path.suffix for path in (folder / "pictures").iterdir()} == {".png", ".svg"}
    assert not list(folder.rglob(".utfall-*"))


def test_draws_as_parquet_are_those_of_the_csv(folder: Path) -> None:
    """Column by column."""
    for name in ("draws.csv", "draws.parquet"):
        assert utfall("run", "small.yaml", "--draws", name).exit_code == 0
    csv = pd.read_csv(folder / "draws.csv", index_col="trial")
    parquet = pd.read_parquet(folder / "draws.parquet")
    pd.testing.assert_frame_equal(csv, parquet, check_names=False, check_index_type=False)


@pytest.mark.parametrize(
    ("option", "name"),
    [("--json", "r.json"), ("--draws", "d.csv"), ("--figures", "pictures")],
)
def test_nothing_is_overwritten_unasked(folder: Path, option: str, name: str) -> None:
    """Refused before the run; with --overwrite it is replaced."""
    kept = folder / name / "mine.txt" if option == "--figures" else folder / name
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine")
    refused = utfall("run", "small.yaml", option, name)
    assert refused.exit_code == 1
    assert "--overwrite" in refused.output
    assert kept.read_text() == "mine"
    assert utfall("run", "small.yaml", option, name, "--overwrite").exit_code == 0


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    """No traceback, and nothing left behind."""
    (folder / "file").write_text("in the way")
    for option, name in zip(
        ("--json", "--draws", "--figures"), ("file/r.json", "file/d.csv", "file"), strict=True
    ):
        result = process("run", "small.yaml", option, name, cwd=folder)
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert "file" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["file", "small.yaml"]


@pytest.mark.parametrize("option", ["--json", "--draws", "--figures"])
def test_a_disk_that_takes_no_more_leaves_no_half_file(folder: Path, option: str) -> None:
    """The system refuses to write more than 2,000 bytes to a file, as a full disk would."""

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    name = {"--json": "r.json", "--draws": "d.csv", "--figures": "pictures"}[option]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    result = process(
        "run", "small.yaml", option, name, cwd=folder, preexec_fn=little_room, env=environment
    )
    assert result.returncode == 1, result.stdout
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    left = [path for path in folder.rglob("*") if path.is_file() and path.name != "small.yaml"]
    assert left == []


LONG = ("run", "small.yaml", "--trials", "400000000", "--json", "r.json")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_reports_what_is_done_by_then(folder: Path, workers: str) -> None:
    """Once the progress is shown: every figure, marked as those of a part of the trials.

    One process, or two that hand over what they have.
    """
    terminal = Terminal(folder, *LONG, "--workers", workers)
    terminal.wait_for(r"[1-9][\d\s]{7,} of")  # every set of points has begun
    terminal.press(CTRL_C)
    assert terminal.end() == 130, terminal.shown
    assert "stopping at the next block; Ctrl-C again drops all of it" in terminal.shown
    assert "Traceback" not in terminal.shown
    data = json.loads((folder / "r.json").read_text("utf-8"))
    assert data["partial"] is True
    assert 0 < data["trials"] < data["planned_trials"] == 2**29
    low, high = data["outcomes"]["npv"]["interval"]["mean"]
    assert low < data["outcomes"]["npv"]["mean"] < high
    done = f"{data['trials']:,}".replace(",", " ")
    assert f"Note: stopped: {done} of" in " ".join(terminal.shown.split())


def test_ctrl_c_in_the_first_moments_is_one_line(folder: Path) -> None:
    """Worker processes are still starting: there is nothing to report, and nothing is left."""
    terminal = Terminal(folder, *LONG, "--workers", "2")
    terminal.wait_for("Valuing futures")
    terminal.press(CTRL_C)
    code = terminal.end()
    assert "Traceback" not in terminal.shown
    assert "ended with code" not in terminal.shown
    assert code == 130 or "too few trials are done" in terminal.shown


def test_a_second_ctrl_c_is_not_waited_for() -> None:
    """The first asks the run to stop, the second breaks it off; afterwards all is as before."""
    before = signal.getsignal(signal.SIGINT)
    with Stopping() as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_progress_tells_how_long_it_will_take(folder: Path) -> None:
    """Trials done of all, and the time left, once it is known."""
    terminal = Terminal(folder, *LONG, "--workers", "1")
    terminal.wait_for(r"of 536\s870\s912 trials")
    time.sleep(2)
    terminal.press(CTRL_C)
    assert terminal.end() == 130
    assert re.search(r"\d[\d\s]* of 536\s870\s912 trials \d+:\d\d:\d\d left", terminal.shown)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["run", "missing.yaml"], 1, "no such file"),
        (["check", "."], 1, "this is a folder"),
        (["run", "small.yaml", "--trials", "0"], 1, "trials is 0"),
        (["run", "small.yaml", "--show", "savin"], 1, "did you mean `saving`"),
        (["run", "small.yaml", "--draws", "d.xls"], 1, ".csv or .parquet"),
        (["run"], 2, "Missing argument"),
        (["run", "small.yaml", "--trials", "many"], 2, "not a valid integer"),
        (["run", "small.yaml", "--sampling", "halton"], 2, "halton"),
        (["rnu"], 2, "No such command"),
        (["show", "5 to 2"], 1, "2 to 5"),
        (["show", "a + 1"], 1, "not defined"),
        (["show", ""], 1, "nothing stands here"),
    ],
)
def test_mistakes_end_with_a_code_and_a_message(
    folder: Path, words: list[str], code: int, said: str
) -> None:
    """1 for a case or run that cannot be, 2 for misuse of the command."""
    result = process(*words, cwd=folder)
    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_reader_who_has_seen_enough_is_no_error(folder: Path) -> None:
    """`utfall run ... | head -1` ends quietly."""
    command = f"{sys.executable} -m utfall run small.yaml | head -n 1"
    result = subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, timeout=60
    )
    assert result.stderr == ""
    assert "Small" in result.stdout


def test_plain_text_where_it_is_piped_and_where_the_alphabet_is_poor(folder: Path) -> None:
    """No control codes; an ASCII console shows ? instead of failing."""
    piped = process("run", "small.yaml", cwd=folder)
    assert "\x1b" not in piped.stdout
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    poor = process("run", "small.yaml", cwd=folder, env=environment)
    assert poor.returncode == 0, poor.stderr


def test_show_describes_an_estimate_in_the_numbers_asked_for() -> None:
    """P5 and P95 are the ends that were written."""
    result = utfall("show", "1,5 to 4 mkr", "--numbers", "sv")
    assert result.exit_code == 0
    assert "P95" in result.output


def loaded_by(*words: str, cwd: Path | None = None) -> set[str]:
    """The modules that Python has after a command and had not when it started."""
    program = (
        "import sys; before = set(sys.modules); import utfall.__main__ as program\n"
        "try: program.main()\n"
        "except SystemExit: pass\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-c", program, *words]
    result = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=True)
    return set(result.stdout.splitlines()[-1].split())


def test_the_overview_needs_python_alone() -> None:
    """Not even click or typing, let alone numpy: of ours the version and the text itself."""
    ours = {"simulator", "simulator.version", "utfall", "utfall.__main__", "utfall.overview"}
    assert loaded_by("--help") == ours | {"__future__", "gc"}


@pytest.mark.parametrize("words", [("--help",), ("-h",), (), ("-h", "run")])
def test_the_overview_is_the_same_whoever_says_it(words: tuple[str, ...]) -> None:
    """Python alone where that is all that is asked for, else click."""
    assert utfall(*words).output == OVERVIEW + "\n"
    result = process(*words)
    assert result.stdout + result.stderr == OVERVIEW + "\n"


def test_the_overview_is_laid_out_as_the_help_of_the_commands() -> None:
    """Usage and options, word for word as click writes them."""
    context = click.Context(main, info_name="utfall")
    parts = click.HelpFormatter(width=78)
    main.format_usage(context, parts)
    click.Command.format_options(main, context, parts)
    usage, options = parts.getvalue().strip().split("\n\n")
    said = OVERVIEW.split("\n\n")
    assert (said[0], said[4]) == (usage, options)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_overview_that_cannot_be_written_is_told() -> None:
    """As for every other command: a full disk."""
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "utfall", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert result.returncode == 1
    assert "the output cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_every_command_is_listed_and_found() -> None:
    """A file for each, a line for each in the help, and no other."""
    files = {path.stem for path in Path(cli.__file__).parent.glob("*.py")}
    assert set(COMMANDS) <= files
    said = utfall("--help").output
    for name, does in COMMANDS.items():
        assert f"  {name:7}  {does}" in said
        assert utfall(name, "--help").exit_code == 0
    result = utfall("chek")
    assert result.exit_code == 2
    assert "No such command 'chek'. Did you mean 'check'" in result.output


def test_a_run_imports_what_it_works_with_and_of_scipy_the_special_functions(folder: Path) -> None:
    """Neither scipy.stats nor pandas nor matplotlib: each costs more than the run itself."""
    loaded = loaded_by("run", "small.yaml", cwd=folder)
    ours = {"utfall", "reports", "simulator", "distributions"}
    packages = {name.split(".")[0] for name in loaded} - sys.stdlib_module_names - ours
    others = {name for name in packages if not name.lower().startswith(("_", "cython"))}
    assert others == {"click", "numpy", "rich", "ruamel", "scipy"}
    rooms = {name.split(".")[1] for name in loaded if name.startswith("scipy.")}
    assert {room for room in rooms if not room.startswith("_")} == {"linalg", "special", "version"}
    assert {"scipy.special._basic", "scipy.linalg._basic"}.isdisjoint(loaded)  # names alone
    seldom = {"concurrent.futures", "difflib", "json", "logging", "multiprocessing", "unittest"}
    ours_seldom = {
        "distributions.counts", "distributions.events", "distributions.scipy_family",
        "distributions.shuffle", "distributions.three_points", "reports.estimates",
        "reports.inputs", "simulator.case.comparison", "simulator.engine.precision",
        "simulator.result.streamed",
    }  # fmt: skip
    assert loaded.isdisjoint(seldom | ours_seldom)


def test_a_run_for_a_program_imports_nothing_that_people_read(folder: Path) -> None:
    """Neither tables nor what is worked out for them."""
    loaded = loaded_by("run", "small.yaml", "--json", "-", cwd=folder)
    assert loaded.isdisjoint({"rich", "reports.document", "simulator.analysis"})
