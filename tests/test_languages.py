"""Pages in other languages: nothing bypasses the catalogues, and each page keeps its language.

Everything is said in a language that nobody speaks; what is still legible was not said.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from comparing_pages import CERTAIN_OR_BOLD, compared, many, usual
from foreign import ROOT, speaking_foreign, unsaid
from printing import printed, result_of

import utfall as ut
from reports.comparison import comparison_tables
from reports.language import speaking, spoken
from reports.terminal import check_tables, doubts_said, run_tables, show_tables
from simulator.analysis.inputs import describe_inputs
from simulator.errors import CaseError, RunError
from utfall.cli import main

FULL = """
case: Zcase
currency: ZAR
years: 4
start: 2027
delay: 1
timing: middle
discount_rate: 8 %
hurdle: 1 year discounted
tax: {rate: 20 %, depreciation_years: 3, losses: carried}
inputs:
  za: {estimate: 5 % to 9 %, unit: share of zthings, source: Zsource, label: Zlabel}
  zb: triangular(10, 20, 40)
  zc: event(5 %, 1 to 4)
  zd: each_year(normal(5, 1))
  ze:
    estimate: event(2 %, 30 to 50)
    label: Zrare
  zf: uniform(1, 2)
  zg: 12
calculations:
  zh: zb * (1 to 2)
investment: {Zbuild: 30 to 50}
benefits: {Zgain: zb * zf * (1 + za) + zd + zc + ze + zh - 20}
costs: {Zrun: zg}
dependence:
  - {between: [za, zb], rank: 0.4}
  - {between: [zb, zf], same_half: 75 %}
"""
MONEY = "case: Zcase\nyears: 3\ndiscount_rate: 8 %\n"
RUNS = {
    "full": FULL,
    "certain": MONEY + "investment: {Zbuild: 9}\nbenefits: {Zgain: 5}",
    "certain, discounted": MONEY + "hurdle: 2 years discounted\ninvestment: {Zbuild: 9}\n"
    "benefits: {Zgain: 5}",
    "never": MONEY + "investment: {Zbuild: 9}\nbenefits: {Zgain: 1}",
    "beyond the horizon": MONEY + "hurdle: 9 years\ninvestment: {Zbuild: 9}\n"
    "benefits: {Zgain: 1 to 6}",
    "no outlay": MONEY + "inputs:\n  zz: normal(1, 2)\nbenefits: {Zgain: zz}",
    "no cash": MONEY + "inputs:\n  zz: normal(1, 2)\nbenefits: {Zgain: 0 * zz}",
    "seldom a return": MONEY + "inputs: {zz: bernoulli(50 %)}\ninvestment: {Zbuild: 9 * zz}\n"
    "benefits: {Zgain: zz * 2}",
    "no money": "case: Zcase\nyears: 3\ninputs:\n  za: normal(1, 2)\n  zb: 2 to 5\n"
    "calculations:\n  zc: {start: za, next: previous + zb}\n  zd: za * zb\n  ze: zb + 1\n"
    "  zf: 3\noutputs: [zc, zd, ze, zf]",
    "many inputs": MONEY + "inputs:\n" + "".join(f"  z{k}: normal(9, {k})\n" for k in range(1, 20))
    + "  ya: event(2 %, 5)\n  yb: event(1 %, 5)\n  yc: 2 to 3\n"
    + "investment: {Zbuild: 99}\nbenefits: {Zgain: "
    + " + ".join(f"z{k}" for k in range(1, 20)) + " + ya + yb + 0 * yc}",
}  # fmt: skip
CASE = "inputs: {za: 1.5}\ninvestment: {Zbuild: 15}\nbenefits: {Zgain: 8 to 9}\n"
WRITTEN = "triangular event normal each_year uniform to k ya yb yc bernoulli if share of zthings"
ESTIMATES = (
    "normal(5, 2)", "5 to 40", "lognormal(mean=5, sd=2)", "student_t(4, 0, 1)",
    "student_t(1, 0, 1)", "uniform(1, 2)", "pert(1, 2, 4)", "beta(2, 3)", "gamma(2, 3)",
    "exponential(3)", "weibull(2, 3)", "pareto(2, 3)", "poisson(3)", "binomial(9, 20 %)",
    "chance(20 %)", "discrete(1 weight 1, 2 weight 2)", "truncate(normal(5, 2), low=0)",
    "discrete(1, 2, 3, 4, 5, 6, 7, 8)", "clip(normal(5, 2), low=4)", "clip(normal(5, 2), high=6)",
    "truncate(normal(5, 2), low=0, high=9)", "mixture(1 to 2 weight 1, 5 to 6 weight 2)",
    "event(10 %, 1 to 4)", "scipy.gengamma(2, 1.5, scale=3)", "3M to 9M",
)  # fmt: skip


def typed_in(text: str) -> tuple[str, ...]:
    """The words that belong to a case: they begin with z, or are words of formulas."""
    return (*re.findall(r"\b[zZ]\w*", text), WRITTEN)


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


def what_if() -> ut.Compared:
    """A comparison with a what-if, which has a name of its own making."""
    return ut.compare(usual().comparison.what_if(saving_one="50k to 60k"), trials=512)


COMPARED: dict[str, Callable[[], ut.Compared]] = {
    "usual": usual,
    "certain or bold": lambda: compared(CERTAIN_OR_BOLD, trials=512, risk_tolerance=10.0),
    "many": many,
    "what if": what_if,
    "alone": lambda: compared({"One": CERTAIN_OR_BOLD["Certain"]}, trials=512),
}
NAMED = (
    "One Two Certain Bold Alternative",
    "SEK Build Saved saving_one saving_two alternative",
    "k to if luck",
)


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
    case = ut.read(MONEY + CASE)
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
    Path("case.yaml").write_text(MONEY + CASE)
    run = CliRunner().invoke
    assert not has_comma(run(main, command).output)
    assert has_comma(run(main, [*command, "--language", "fi"]).output)
    if command[0] != "show":
        Path("case.yaml").write_text(MONEY + "language: sv\n" + CASE)
        assert has_comma(run(main, command).output)
        assert not has_comma(run(main, [*command, "--language", "en"]).output)
    refused = run(main, [*command, "--language", "de"])
    assert refused.exit_code == 2
    assert "not one of 'en', 'sv', 'nb', 'da', 'fi'" in refused.output


def test_an_unknown_language_is_refused_where_it_stands() -> None:
    """In a case, in a comparison, and in Python."""
    with pytest.raises(CaseError, match=r"`se` is not known here\n.*\n.*\n +write one of en, sv"):
        ut.read(MONEY + "language: se\nbenefits: {A: 1}")
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
