"""What the front page shows is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import utfall as ut
from utfall.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_case_file_of_the_front_page_runs() -> None:
    """As it stands, without a warning, and it is no foregone conclusion."""
    result = ut.simulate(ut.read(blocks("yaml")[0]), trials=4096)
    assert result.hurdle_chance is not None
    assert 0.05 < (result.hurdle_chance.value or 0) < 0.95


def test_the_python_of_the_front_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the example case; fifteen lines or fewer."""
    shutil.copy(ROOT / "configs/customer_portal.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    program = blocks("python")[0]
    assert len([line for line in program.splitlines() if line.strip()]) <= 15
    exec(compile(program, "README.md", "exec"), {})  # noqa: S102 - our own text, from this repository


def test_the_output_shown_is_the_output(tmp_path: Path) -> None:
    """The first lines of a run, to the letter."""
    shutil.copy(ROOT / "configs/customer_portal.yaml", tmp_path)
    shown = next(block for block in blocks("console") if "Chance of having paid back" in block)
    command, _, expected = shown.partition("\n")
    assert command == "$ utfall run customer_portal.yaml"
    printed = subprocess.run(
        [sys.executable, "-m", "utfall", *command.split()[2:]],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert printed.startswith(expected)


def test_every_command_of_the_front_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In their order, in an empty folder; what needs more than Utfall is left out."""
    monkeypatch.chdir(tmp_path)
    commands = [
        line.partition("#")[0].strip().removeprefix("$ ")
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("$ utfall ") and "needs WeasyPrint" not in line
    ]
    assert len(commands) > 10
    for command in dict.fromkeys(commands):
        few = "" if re.search(" (new|check|show) ", command) else " --trials 512"
        ended = CliRunner().invoke(main, shlex.split(command + few)[1:])
        assert ended.exit_code == 0, command + ended.output
    for name in ("customer_portal.html", "compare.html", "board.xlsx", "board.md"):
        assert (tmp_path / name).exists()


def test_links_and_pictures_lead_somewhere() -> None:
    """Every relative link of the front page names a file."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
