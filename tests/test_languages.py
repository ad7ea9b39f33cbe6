"""Pages in other languages: nothing bypasses the catalogues, and each page keeps its language.

Everything is said in a language that nobody speaks; what is still legible was not said.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from foreign import ROOT, speaking_foreign, unsaid
from foreign_cases import COMPARED, HEAD, NAMED, RUNS, typed_in
from printing import printed, result_of

import utfall as ut
from reports.comparison import comparison_tables
from reports.language import speaking, spoken
from reports.terminal import check_tables, doubts_said, run_tables, show_tables
from simulator.analysis.inputs import describe_inputs
from simulator.errors import CaseError, RunError
from utfall.cli import main

CASE = "inputs: {za: 1.5}\ninvestment: {Zbuild: 15}\nbenefits: {Zgain: 8 to 9}\n"
ESTIMATES = (
    "normal(5, 2)", "5 to 40", "lognormal(mean=5, sd=2)", "student_t(4, 0, 1)",
    "student_t(1, 0, 1)", "uniform(1, 2)", "pert(1, 2, 4)", "beta(2, 3)", "gamma(2, 3)",
    "exponential(3)", "weibull(2, 3)", "pareto(2, 3)", "poisson(3)", "binomial(9, 20 %)",
    "chance(20 %)", "discrete(1 weight 1, 2 weight 2)", "truncate(normal(5, 2), low=0)",
    "discrete(1, 2, 3, 4, 5, 6, 7, 8)", "clip(normal(5, 2), low=4)", "clip(normal(5, 2), high=6)",
    "truncate(normal(5, 2), low=0, high=9)", "mixture(1 to 2 weight 1, 5 to 6 weight 2)",
    "event(10 %, 1 to 4)", "scipy.gengamma(2, 1.5, scale=3)", "3M to 9M",
)  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_whatever_a_run_prints_is_said(name: str) -> None:
    """Answers, tables, notes and questions, for usual cases and odd ones."""
    result = result_of(RUNS[name], 1000)
    bars = ut.tornado(result.case) if result.case.has_money else None
    with speaking_foreign():
        page = printed(run_tables(result, bars), 100)
        questions = "\n".join(doubts_said(ut.doubts(result.case)))
    assert unsaid(page, typed_in(RUNS[name])) == []
    assert unsaid(questions, typed_in(RUNS[name])) == []


@pytest.mark.parametrize("base", ["median", "mean"])
def test_bars_between_given_ends_are_said(base: str) -> None:
    """Of any outcome, about the medians or the means, with ranges of one's own."""
    result = result_of(RUNS["many inputs"], 1000)
    for outcome in ("npv", "payback", "roi"):
        bars = ut.tornado(result.case, outcome, base=base, ranges={"z9": (1, 20), "yc": (2, 2)})
        with speaking_foreign():
            page = printed(run_tables(result, bars), 100)
        assert unsaid(page, typed_in(RUNS["many inputs"])) == []


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", RUNS)
def test_whatever_a_check_prints_is_said(name: str, width: int) -> None:
    """Estimates, settings and the money at the medians, on narrow pages and wide ones."""
    case = ut.read(RUNS[name])
    base = ut.base_case(case)
    with speaking_foreign():
        page = printed(check_tables(case, describe_inputs(case), base), width)
    assert unsaid(page, typed_in(RUNS[name])) == []


@pytest.mark.parametrize("text", ESTIMATES)
def test_whatever_is_shown_of_an_estimate_is_said(text: str) -> None:
    """Every family in words, with its percentiles and its drawing."""
    with speaking_foreign():
        page = printed(show_tables(text, ut.estimate(text)), 100)
    assert unsaid(page.split("\n", 1)[1], ["scipy.stats.gengamma", "scale="]) == []


@pytest.mark.parametrize("width", [70, 120])
@pytest.mark.parametrize("name", COMPARED)
def test_whatever_a_comparison_prints_is_said(name: str, width: int) -> None:
    """Verdict and tables by every criterion, of few alternatives and of many."""
    found = COMPARED[name]()
    with speaking_foreign():
        page = printed(comparison_tables(found), width)
    assert unsaid(page, (*NAMED, found.comparison.name)) == []


def has_comma(page: str) -> bool:
    """Whether figures are written with a decimal comma."""
    return re.search(r"\d,\d", page) is not None


def test_a_page_keeps_the_language_it_was_made_in() -> None:
    """It is laid out later, when the width is known, and then may another be spoken."""
    case = ut.read(HEAD + CASE)
    with speaking("sv"):
        swedish = check_tables(case, describe_inputs(case))
    english = check_tables(case, describe_inputs(case))
    with speaking("da"):
        assert has_comma(printed(swedish)) and not has_comma(printed(english))
        assert spoken() == "da"
    assert spoken() == "en"


@pytest.mark.parametrize(
    "command",
    [["run", "case.yaml"], ["check", "case.yaml"], ["compare", "case.yaml"], ["show", "1.5 to 4"]],
    ids=lambda command: command[0],
)
def test_every_command_is_told_its_language(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the option, else by the file; a decimal comma shows it, and what is unknown is refused."""
    monkeypatch.chdir(tmp_path)
    Path("case.yaml").write_text(HEAD + CASE)
    run = CliRunner().invoke
    assert not has_comma(run(main, command).output)
    assert has_comma(run(main, [*command, "--language", "fi"]).output)
    if command[0] != "show":
        Path("case.yaml").write_text(HEAD + "language: sv\n" + CASE)
        assert has_comma(run(main, command).output)
        assert not has_comma(run(main, [*command, "--language", "en"]).output)
    refused = run(main, [*command, "--language", "de"])
    assert refused.exit_code == 2
    assert "not one of 'en', 'sv', 'nb', 'da', 'fi'" in refused.output


def test_an_unknown_language_is_refused_where_it_stands() -> None:
    """In a case, in a comparison, and in Python."""
    with pytest.raises(CaseError, match=r"`se` is not known here\n.*\n.*\n +write one of en, sv"):
        ut.read(HEAD + "language: se\nbenefits: {A: 1}")
    with (
        pytest.raises(RunError, match="`swedish` is not a language of reports"),
        speaking("swedish"),
    ):
        pass


def test_speaking_english_needs_no_catalogue() -> None:
    """A run in English imports no Babel; to know the languages costs next to nothing."""
    program = (
        "import sys, reports.language\n"
        "heavy = {'babel', 'numpy', 'lark', 'ruamel', 'importlib.resources'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "from utfall.cli import main\n"
        "main(['run', 'configs/customer_portal.yaml', '--trials', '64'], standalone_mode=False)\n"
        "assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, capture_output=True)
