"""The reference pages say what the program does: no word is missing, every example runs."""

from __future__ import annotations

import importlib
import math
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from click.testing import CliRunner

import utfall as ut
from distributions import FAMILIES
from simulator.case.case import TEXTS
from simulator.case.comparison import Criterion
from simulator.case.keys import COMPARISON, SECTIONS, SETTINGS
from simulator.language import NUMBERS
from simulator.language.tree import UNITS
from simulator.language.words import ESTIMATES, FORMULAS, TIME
from utfall.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = {
    name: (DOCS / name).read_text("utf-8")
    for name in ("case_files.md", "estimates.md", "results.md", "reports.md")
}
WHOLE = "\n".join(PAGES.values())
ENTRY = ("estimate", "formula", "start", "next", *TEXTS)
TAX = ("rate", "depreciation_years", "losses")
PAIR = ("between", "rank", "same_half")
FOLLOW_UP = ("what", "month", "refutes")


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """The fenced blocks of one language: the rest of its first line, and its text."""
    return re.findall(rf"^```{language}\b ?(.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)


def cases(page: str) -> dict[str, str]:
    """The case files on a page by the names they are given in their first line."""
    named: dict[str, str] = {}
    for kind, text in blocks(page, "yaml"):
        if not kind:
            first = re.match(r"# (\S+\.yaml)\n", text)
            assert first, f"a whole case begins with its file's name: {text.splitlines()[0]}"
            named[first[1]] = text
    return named


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    """The program that writes the generated parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield importlib.import_module("generate")


@pytest.mark.parametrize("name", PAGES)
def test_the_generated_parts_are_current(generate: ModuleType, name: str) -> None:
    """`python docs/generate.py` would change nothing; so all messages shown are the program's."""
    assert name in generate.PAGES
    assert generate.renewed(PAGES[name]) == PAGES[name]


def test_every_generated_part_stands_on_a_page(generate: ModuleType) -> None:
    """None is computed for nothing, and none is empty."""
    marked = re.findall(r"<!-- generated: (\w+) -->\n(.*?)<!-- end -->", WHOLE, re.DOTALL)
    assert sorted(name for name, _ in marked) == sorted(generate.GENERATED)
    assert all(text.strip() for _, text in marked)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("case_files.md", (*SETTINGS, *SECTIONS, *COMPARISON, *ENTRY, *UNITS, *NUMBERS)),
        ("case_files.md", (*get_args(Criterion), "end", "middle", "sobol", "latin", "random")),
        ("case_files.md", (*TAX, "used", "carried", *FOLLOW_UP)),
        ("estimates.md", PAIR[1:]),
        ("results.md", ("value", "payback", "cash", "tornado", "quantity_NAME")),
    ],
)
def test_every_key_and_choice_is_explained(page: str, words: tuple[str, ...]) -> None:
    """Each stands there by itself, as code."""
    assert [word for word in words if f"`{word}`" not in PAGES[page]] == []


@pytest.mark.parametrize(
    ("page", "words"),
    [("case_files.md", (*FORMULAS, *TIME)), ("estimates.md", (*ESTIMATES, *FAMILIES))],
)
def test_every_function_and_family_is_explained(page: str, words: tuple[str, ...]) -> None:
    """Each is written with what it takes."""
    assert [word for word in words if not re.search(rf"`{word}\(", PAGES[page])] == []


def test_every_key_is_run_in_an_example() -> None:
    """What is explained is also shown, in a file that the next tests run."""
    shown = "\n".join(text for _, text in blocks(WHOLE, "yaml"))
    keys = {*SETTINGS, *SECTIONS, *COMPARISON, *ENTRY, *TAX, *PAIR, *FOLLOW_UP}
    assert sorted(key for key in keys if not re.search(rf"(^|[\s{{]){key}:", shown)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_case_on_the_pages_runs(folder: Path, page: str) -> None:
    """Whole files as they stand; fragments on top of the first file of their page."""
    files = cases(PAGES[page])
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    first = next(iter(files), "")
    for number, (kind, text) in enumerate(blocks(PAGES[page], "yaml")):
        if kind:
            assert kind == "fragment"
            files[f"{number}.yaml"] = f"extends: {first}\n{text}"
            (folder / f"{number}.yaml").write_text(files[f"{number}.yaml"], "utf-8")
    for name, text in files.items():
        if re.search(r"^compare:", text, re.MULTILINE):
            found = ut.compare(ut.load_comparison(folder / name), trials=512)
            assert math.isclose(sum(chance.value or 0 for chance in found.chance_best.values()), 1)
            continue
        result = ut.simulate(ut.load(folder / name), trials=512)
        figures = [*result.outcomes.values(), *result.quantities.values()]
        assert figures
        assert not result.outcomes or (result.npv.sd or 0) > 0


@pytest.mark.parametrize("page", PAGES)
def test_every_command_ends_as_shown(folder: Path, page: str) -> None:
    """With the code shown (0 unless `echo $?` follows) and the lines shown, up to their figures."""
    for name, text in cases(PAGES[page]).items():
        (folder / name).write_text(text, "utf-8")
    for _, session in blocks(PAGES[page], "console"):
        steps = [step.split("\n") for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]]
        assert steps, session
        for (command, *shown), after in zip(steps, [*steps[1:], [""]], strict=True):
            if command == "echo $?":
                continue
            program, *words = shlex.split(command)
            assert program == "utfall"
            ended = CliRunner().invoke(main, words)
            code = int(after[1]) if after[0] == "echo $?" else 0
            assert (ended.exit_code, command) == (code, command), ended.output
            assert missing(shown, ended.output) == [], ended.output


def missing(shown: list[str], printed: str) -> list[str]:
    """Lines shown that were not printed in this order, each compared up to its first figure."""
    lines = iter(printed.splitlines())
    wanted = [line for line in shown if line.strip() not in ("", "...")]
    return [
        line
        for line in wanted
        if not any(other.startswith(re.split(r"[\d±]", line)[0]) for other in lines)
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        (["Mean 5", "...", "Range"], "Title\nMean 7\nSpread\nRange 1", []),
        (["Mean 5"], "Title\nSpread", ["Mean 5"]),
        (["Range", "Mean"], "Mean\nRange", ["Mean"]),
    ],
)
def test_lines_are_compared_in_order_and_up_to_their_figures(
    shown: list[str], printed: str, expected: list[str]
) -> None:
    """The comparison of the test above can fail."""
    assert missing(shown, printed) == expected


PROGRAMS = [program for _, program in blocks(WHOLE, "python")]


@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_every_program_runs(folder: Path, program: str) -> None:
    """In a folder with the examples that ship with Utfall."""
    for example in (ROOT / "configs").glob("*.yaml"):
        shutil.copy(example, folder)
    exec(compile(program, "docs", "exec"), {})  # noqa: S102 - our own text, from this repository


BY_NAME = {
    "rank_correlations",
    "inputs", "lines", "quantities", "payback_chance", "discounted_payback_chance", "alternatives",
    "chance_best", "chance_best_interval", "regret", "regret_interval", "certainty_equivalent",
    "certainty_equivalent_interval",
}  # fmt: skip
"""Keys whose values are by names of the case, years or alternatives."""


def keys_of(data: object, parent: str = "") -> set[str]:
    """Every key of a result that means the same in all cases."""
    if isinstance(data, list):
        return {key for item in data for key in keys_of(item)}
    if not isinstance(data, Mapping):
        return set()
    own = set() if parent in BY_NAME else set(data)
    return own.union(*(keys_of(value, key) for key, value in data.items()), set())


def documented(section: str) -> set[str]:
    """The keys in the first column of the tables under a heading of the results page."""
    text = re.split(rf"^## {section}$", PAGES["results.md"], flags=re.MULTILINE)[1]
    rows = re.findall(
        r"^\| (`.*?) \|", re.split(r"^## ", text, flags=re.MULTILINE)[0], re.MULTILINE
    )
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def booking(folder: Path) -> ut.Case:
    """A case that has everything: tax, hurdle, dependence, a stock."""
    files = {name: text for page in PAGES.values() for name, text in cases(page).items()}
    (folder / "staff.yaml").write_text(files["staff.yaml"], "utf-8")
    text = """\
extends: staff.yaml
hurdle: 3 years
risk_tolerance: 2M
tax: {rate: 20 %, depreciation_years: 4}
dependence:
  - {between: [churn, work_cut], rank: 0.3}
"""
    (folder / "all.yaml").write_text(text, "utf-8")
    return ut.load(folder / "all.yaml")


def test_every_key_of_a_result_is_explained(folder: Path) -> None:
    """And no key is explained that is not there."""
    keys = keys_of(ut.simulate(booking(folder), trials=512).to_dict())
    assert [key for key in sorted(keys) if f"`{key}`" not in PAGES["results.md"]] == []
    assert documented("JSON") <= keys
    assert documented("The measures") <= keys


def test_every_key_of_a_comparison_is_explained(folder: Path) -> None:
    """Beside those of its alternatives."""
    data = ut.compare(
        ut.comparison({"Less work": booking(folder)}, risk_tolerance=2e6), 512
    ).to_dict()
    keys = keys_of({key: value for key, value in data.items() if key != "alternatives"})
    keys |= {"alternatives"}
    page = PAGES["results.md"]
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
    assert documented("JSON of a comparison") <= keys


def test_the_columns_of_the_draws_are_as_described(folder: Path) -> None:
    """Inputs, measures, quantities and cash, in this order; years in brackets, a stock from 0."""
    result = ut.simulate(booking(folder), trials=512)
    frame = result.draws_frame()
    quantities = [f"staff[{year}]" for year in range(5)]
    cash = [f"cash[{year}]" for year in range(5)]
    assert list(frame) == [*result.inputs, *result.outcomes, *quantities, *cash]
    assert len(result.outcomes) == len(documented("The measures")) == 8
    assert frame.index.name == "trial"
    assert frame.index[0] == 0


def anchors(page: str) -> set[str]:
    """The anchors that a web page makes of its headings."""
    titles = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """To a file of this folder, and to a heading in it."""
    links = re.findall(r"\]\(([^)]+)\)", PAGES[page])
    assert links
    for link in links:
        target, _, heading = link.partition("#")
        assert (DOCS / (target or page)).is_file(), link
        text: Any = PAGES[target or page] if heading else ""
        assert not heading or heading in anchors(text), link
