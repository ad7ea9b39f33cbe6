"""`utfall compare` as people use it: what it prints, writes, refuses, and how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from comparing import CRM, PORTAL, TWO
from comparing_pages import NOTHING, chance_of
from rich.cells import cell_len
from terminal import CTRL_C, Terminal

import utfall as ut
from reports.language import SPACE
from reports.numbers import Scale, chance_shown
from utfall.cli import main

FEW = ("--trials", "512")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with two cases and a comparison of them."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("portal", PORTAL), ("crm", CRM), ("compare", TWO)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def compare(*words: str) -> Result:
    """Run the command in this process, on few trials."""
    return CliRunner().invoke(main, ["compare", *words, *FEW])


def data(*words: str) -> dict[str, Any]:
    """What it finds, as data."""
    result = compare(*words, "--json", "-")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.output))


def process(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "utfall", "compare", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def line_of(page: str, title: str, label: str) -> list[str]:
    """The words of a row of a table."""
    table = page.split(f"\n{title}", 1)[1].split("\n\n", 1)[0]
    row = next(line for line in table.splitlines() if line.startswith(f"{label} "))
    return re.split(r"\s{2,}", row.strip())


# What is compared ---------------------------------------------------------------------------------


def test_several_files_and_one_comparison_file_are_compared_alike(folder: Path):
    """The same cases on the same draws; doing nothing is always among them."""
    several = data("portal.yaml", "crm.yaml")
    one = data("compare.yaml")
    assert list(several["alternatives"]) == list(one["alternatives"]) == ["Portal", "CRM", NOTHING]
    for name in several["alternatives"]:
        outcomes = [found["alternatives"][name]["outcomes"] for found in (several, one)]
        assert outcomes[0] == outcomes[1]


def test_one_case_is_compared_with_doing_nothing(folder: Path):
    """And the page says so."""
    result = compare("portal.yaml")
    assert result.exit_code == 0, result.output
    assert "The chance that “Portal” has paid itself back within 2 years is" in result.output
    assert "Portal over Nothing" in result.output or "Portal against Nothing" in result.output


def test_figures_of_the_page_are_those_of_the_json(folder: Path):
    """Chances, values and regret of each alternative, and of the pair."""
    page, found = compare("compare.yaml").output, data("compare.yaml")
    regrets, best = found["regret"], found["chance_best"]
    values = [
        outcome[stat]
        for alternative in found["alternatives"].values()
        for outcome, stats in (
            (alternative["outcomes"]["npv"], ("mean", "p10", "p50", "p90", "worst5_mean")),
            (alternative["outcomes"]["peak_funding"], ("mean", "p90")),
        )
        for stat in stats
    ]
    scale = Scale.of([*values, *regrets.values()])

    def shown(value: float, interval: list[float], write: Any) -> str:
        figure = write(value, max(value - interval[0], interval[1] - value))
        return f"{figure.text} {figure.error}".strip().replace(SPACE, " ")

    for name in ("Portal", "CRM"):
        alternative = found["alternatives"][name]
        npv = alternative["outcomes"]["npv"]
        hurdle = chance_of(alternative["hurdle"])
        assert line_of(page, "At a glance", name)[1:] == [
            f"{hurdle.text} {hurdle.error}".strip().replace(SPACE, " "),
            shown(npv["mean"], npv["interval"]["mean"], scale.shown),
            shown(npv["chance_negative"], npv["interval"]["chance_negative"], chance_shown),
            shown(best[name], found["chance_best_interval"][name], chance_shown),
            shown(regrets[name], found["regret_interval"][name], scale.shown),
        ]
        assert line_of(page, "Net present value", name)[1:4] == [
            shown(npv[stat], npv["interval"][stat], scale.shown) for stat in ("mean", "p10", "p50")
        ]
    first, second = found["ranking"]["payback"]
    pair = next(p for p in found["pairs"] if {p["a"], p["b"]} == {first, second})
    if pair["a"] == first:
        row = line_of(page, "Pair by pair", second)
        interval = pair["interval"]["chance_a_better"]
        assert row[1] == shown(pair["chance_a_better"], interval, chance_shown)


def test_the_first_of_the_page_is_the_first_of_the_ranking(folder: Path):
    """By the criterion asked for."""
    for criterion in ("payback", "value", "worst5", "regret"):
        words = ("compare.yaml", "--criterion", criterion)
        first = data(*words)["ranking"][criterion][0]
        answer = compare(*words).output.splitlines()[1]
        assert answer.startswith("Doing nothing" if first == NOTHING else f"“{first}”")


def test_a_risk_tolerance_adds_the_certainty_equivalent(folder: Path):
    """To the data and to the page; without one it is neither ranked nor shown."""
    words = ("compare.yaml", "--criterion", "certainty_equivalent", "--risk-tolerance", "0.2k")
    assert set(data(*words)["certainty_equivalent"]) == {"Portal", "CRM", NOTHING}
    assert "By certainty equivalent (risk tolerance 200 SEK)" in compare(*words).output
    assert "certainty equivalent" not in compare("compare.yaml").output


# What if ------------------------------------------------------------------------------------------


def test_a_what_if_stands_beside_the_original_which_stays_as_it_was(folder: Path):
    """The original's figures are bit by bit those without the change."""
    before = data("portal.yaml", "crm.yaml")
    after = data("portal.yaml", "crm.yaml", "--set", "build=80 to 120")
    changed = "Portal if build = 80 to 120"
    assert list(after["alternatives"]) == ["Portal", changed, "CRM", NOTHING]
    for name in before["alternatives"]:
        assert after["alternatives"][name] == before["alternatives"][name]
    means = [after["alternatives"][name]["outcomes"]["npv"]["mean"] for name in ("Portal", changed)]
    assert means[1] < means[0]
    page = " ".join(compare("portal.yaml", "crm.yaml", "--set", "build=80 to 120").output.split())
    assert changed in page


def test_several_changes_make_one_what_if_on_the_same_draws(folder: Path):
    """A margin of 10 more in every trial is worth 10 more a year, without any chance."""
    found = data("portal.yaml", "--set", "margin=normal(60, 10)", "--set", "build=60 to 90")
    changed = "Portal if margin = normal(60, 10), build = 60 to 90"
    assert changed in found["alternatives"]
    pair = next(p for p in found["pairs"] if {p["a"], p["b"]} == {"Portal", changed})
    more = sum(10 / 1.08**year for year in (1, 2, 3))
    for stat in ("p5", "mean_difference", "p95"):
        assert abs(pair[stat]) == pytest.approx(more)


# What is written ----------------------------------------------------------------------------------


def test_json_on_standard_output_is_the_result_and_nothing_else(folder: Path):
    """What Python gives for the same call."""
    result = process("compare.yaml", "--json", "-", *FEW, cwd=folder)
    assert result.returncode == 0, result.stderr
    expected = ut.compare(ut.load_comparison(folder / "compare.yaml"), trials=512).to_dict()
    assert json.loads(result.stdout) == json.loads(json.dumps(expected))
    assert result.stderr == ""


def test_figures_and_json_are_written_and_told_and_never_over_others(folder: Path):
    """Five pictures as PNG and SVG; refused before the run where something is in the way."""
    words = ("compare.yaml", "--figures", "pictures", "--json", "out/result.json")
    result = compare(*words)
    assert result.exit_code == 0, result.output
    names = {"payback_curves", "value_curves", "difference", "best_shares", "regret"}
    written = {path.name for path in (folder / "pictures").iterdir()}
    assert written == {f"{name}.{kind}" for name in names for kind in ("png", "svg")}
    assert json.loads((folder / "out/result.json").read_text())["comparison"] == "Which?"
    assert "pictures is written" in result.output
    again = compare(*words)
    assert again.exit_code == 1
    assert "--overwrite" in again.output
    assert compare(*words, "--overwrite").exit_code == 0


def test_plain_text_where_it_is_piped_and_where_the_alphabet_is_poor(folder: Path):
    """No control codes, at most 100 columns; an ASCII console shows ? instead of failing."""
    piped = process("compare.yaml", *FEW, cwd=folder)
    assert piped.returncode == 0, piped.stderr
    assert "\x1b" not in piped.stdout
    assert max(map(cell_len, piped.stdout.splitlines())) <= 100
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    poor = process("compare.yaml", *FEW, cwd=folder, env=environment)
    assert poor.returncode == 0, poor.stderr


def test_thirty_alternatives_stay_readable(folder: Path):
    """Every one of them has its row, and no line is too long."""
    names = [f"Alternative {number:02d}" for number in range(1, 31)]
    files = []
    for number, name in enumerate(names):
        text = PORTAL.replace("case: Portal", f"case: {name}")
        text = text.replace("Build: build", f"Build: build + {number}")
        (folder / f"{number}.yaml").write_text(text)
        files.append(f"{number}.yaml")
    page = compare(*files).output
    assert max(map(cell_len, page.splitlines())) <= 100
    for name in names:
        assert len(line_of(page, "At a glance", name)) == 6
        assert len(line_of(page, "Net present value", name)) == 6
    assert "The other 406 pairs are in the JSON." in page


# What is refused ----------------------------------------------------------------------------------

DEAR = PORTAL.replace("build: 60 to 90", "build: 600 to 900").replace("case: Portal", "case: Dear")
EURO = CRM.replace("SEK", "EUR")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "Missing argument"),
        (["portal.yaml", "missing.yaml"], 1, "no such file"),
        (["portal.yaml", "portal.yaml"], 1, "two alternatives are called `Portal`"),
        (["portal.yaml", "dear.yaml"], 1, "`build` is 600 to 900 here"),
        (["portal.yaml", "euro.yaml"], 1, "rates"),
        (["portal.yaml", "--set", "biuld=5"], 1, "did you mean `build`"),
        (["portal.yaml", "--set", "build=5 to 2"], 1, "2 to 5"),
        (["portal.yaml", "--set", "build"], 2, "is no change"),
        (["portal.yaml", "--criterion", "luck"], 2, "luck"),
        (["portal.yaml", "--criterion", "certainty_equivalent"], 1, "--risk-tolerance"),
        (["portal.yaml", "--risk-tolerance", "much"], 1, "risk_tolerance"),
        (["portal.yaml", "--trials", "0"], 1, "trials is 0"),
        (["portal.yaml", "--figures", "portal.yaml"], 1, "is a file"),
    ],
)
def test_mistakes_end_with_a_code_and_a_message(
    folder: Path, words: list[str], code: int, said: str
):
    """1 for a comparison or run that cannot be, 2 for misuse of the command."""
    (folder / "dear.yaml").write_text(DEAR)
    (folder / "euro.yaml").write_text(EURO)
    result = CliRunner().invoke(main, ["compare", *words])
    assert result.exit_code == code
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_refusal_goes_to_standard_error_and_names_both_places(folder: Path):
    """A shared input that two files define differently."""
    (folder / "dear.yaml").write_text(DEAR)
    result = process("portal.yaml", "dear.yaml", cwd=folder)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "dear.yaml:8" in result.stderr
    assert "portal.yaml:8" in result.stderr


def test_help_shows_how_to_compare():
    """With an example of each way."""
    result = CliRunner().invoke(main, ["compare", "--help"])
    assert result.exit_code == 0
    assert "  utfall compare" in result.output
    assert "--set" in result.output


def test_a_comparison_imports_neither_scipy_stats_nor_pandas_nor_matplotlib(folder: Path):
    """Unless figures are asked for; each costs more than the run itself."""
    program = (
        "import sys; from utfall.cli import main\n"
        "try: main(['compare', 'compare.yaml'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(*sorted(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=folder
    )
    loaded = result.stdout.splitlines()[-1].split()
    assert "numpy" in loaded
    for heavy in ("scipy.stats", "pandas", "matplotlib", "scipy.optimize"):
        assert heavy not in loaded


@pytest.mark.slow
def test_ctrl_c_compares_what_is_done_by_then(folder: Path) -> None:
    """All alternatives on the same trials, and a note that they are a part."""
    terminal = Terminal(folder, "compare", "compare.yaml", "--json", "r.json", "--workers", "1",
                        "--trials", "4000000")  # fmt: skip
    terminal.wait_for(r"[1-3]\s\d{3}\s\d{3} of 4\s194\s304 trials")  # all sets have begun
    terminal.press(CTRL_C)
    assert terminal.end() == 130, terminal.shown
    found = json.loads((folder / "r.json").read_text("utf-8"))
    trials = {each["trials"] for each in found["alternatives"].values()}
    assert len(trials) == 1
    assert all(each["partial"] for each in found["alternatives"].values())
    assert any(note.startswith("stopped: ") for note in found["notes"])
