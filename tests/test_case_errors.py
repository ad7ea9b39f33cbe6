"""What people get wrong in a case file, and what the program says to each of it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import utfall as ut

MONEY = """\
case: Test
years: 3
discount_rate: 8 %
inputs:
  a: 5
  b: 2 to 4
calculations:
  c: a * b
investment:
  Build: 100
benefits:
  Saving: c
"""


def complaint(text: str) -> str:
    """Everything said about a case that is wrong."""
    with pytest.raises(ut.CaseError) as caught:
        ut.read(textwrap.dedent(text), "case.yaml")
    return str(caught.value)


def changed(**lines: str) -> str:
    """The sound case with some lines replaced; `_` in a key stands for what is added."""
    text = MONEY
    for old, new in lines.items():
        key = f"  {old}: " if f"\n  {old}: " in text else f"{old}: "
        start = text.index(key)
        end = text.index("\n", start)
        text = text[:start] + key + new + text[end:]
    return text


def test_the_sound_case_is_sound() -> None:
    """What the other tests change is right before they change it."""
    assert ut.read(MONEY).name == "Test"


# One mistake each: the case, what is said, where, and the remedy.
MISTAKES = {
    "unknown key": (MONEY + "discuont_rate: 5 %\n", "`discuont_rate` is not a", "discount_rate"),
    "later key": (MONEY + "studies: {a: 1}\n", "cannot use it yet", "remove it"),
    "later function": (changed(b="percentiles(p10=3, p50=8, p90=20)"), "cannot use it yet", ""),
    "duplicate key": (MONEY.replace("  a: 5\n", "  a: 5\n  a: 6\n"), "a second time", "line 5"),
    "unknown name": (changed(c="a * churm"), "`churm` is not defined", ""),
    "near name": (changed(c="a * bb"), "`bb` is not defined", "did you mean `b`"),
    "unknown function": (changed(c="exq(a)"), "no function `exq`", "exp"),
    "quantity called": (changed(c="a (b)"), "not a function", "put *"),
    "function bare": (changed(c="ramp * a"), "`ramp` is a function", "ramp(first, ...)"),
    "label in a formula": (changed(c="a * Build"), "a line of money", "calculations"),
    "truth": (changed(c="true"), "`true` is not known", "1 or 0"),
    "reserved name": (MONEY.replace("  a: 5", "  year: 5\n  a: 5"), "a word of the language", ""),
    "bad name": (MONEY.replace("  a: 5", "  2nd: 5\n  a: 5"), "no name", ""),
    "unit as name": (MONEY.replace("  a: 5", "  mkr: 5\n  a: 5"), "a word of the language", ""),
    "name in both": (MONEY.replace("  c: a * b", "  c: a * b\n  a: 2"), "under `inputs`", ""),
    "label twice": (MONEY + "costs:\n  Saving: 3\n", "stands under `benefits` too", "another"),
    "empty value": (changed(b=""), "nothing stands here", "write a number"),
    "null": (changed(b="~"), "~ is not known", ""),
    "octal": (changed(a="017"), "begins with a zero", "write 17"),
    "hex": (changed(a="0x1F"), "is not a unit", ""),
    "time": (changed(a="12:30"), ": is not known", ""),
    "date": (changed(a="2026-10-14"), "two ways", ""),
    "inf": (changed(a=".inf"), ". is not known", ""),
    "list as value": (changed(a="[1, 2]"), "a list stands", "one expression"),
    "comma in braces": (changed(b="{estimate: pert(1, 2, 3), unit: x}"), "stops too early", "line"),
    "anchor": (changed(a="&x 5"), "an anchor (&)", "remove it"),
    "alias": (changed(a="&x 5", b="*x"), "an alias (*)", "write the value out"),
    "tag": (changed(a="!!int 5"), "a tag", "remove it"),
    "second document": (MONEY + "---\ncase: Two\n", "a second document", "one case"),
    "colon in label": (MONEY + "  More: sales: a\n", "second `: `", "quotes"),
    "tab": (MONEY + "\tb: 3\n", "a tab begins", "spaces"),
    "low above high": (changed(b="5 to 2"), "5", "2 to 5"),
    "zero end": (changed(b="0 to 5"), "0", "normal(0 to 5)"),
    "negative end": (changed(b="-5 to 20"), "-5", "normal(-5 to 20)"),
    "zero share": (changed(b="0 % to 8 %"), "0 %", "pert"),
    "bare lognormal": (changed(b="lognormal(5, 2)"), "lognormal", "mean"),
    "negative sd": (changed(b="normal(5, -2)"), "-2", ""),
    "mode outside": (changed(b="pert(2, 1, 5)"), "mode", "pert"),
    "too few": (changed(b="triangular(1, 2)"), "triangular", "low, mode, high"),
    "unknown parameter": (changed(b="normal(mean=5, sdd=2)"), "sdd", "sd"),
    "chance over 100": (changed(b="chance(150 %)"), "150 %", ""),
    "event over 100": (changed(b="event(120 %, 5)"), "120 %", ""),
    "weights": (changed(b="mixture(1 weight 30 %, 2 weight 60 %)"), "sum to 90 %", "100 %"),
    "some weights": (changed(b="mixture(1 weight 30 %, 2)"), "this one is not", "every part"),
    "truncate a formula": (changed(b="truncate(a + 1, low=0)"), "in place", "max(x, 0)"),
    "truncate unbounded": (changed(b="truncate(2 to 5)"), "bounds by name", "low=0"),
    "uncertain ends": (changed(c="b to (b + 9)"), "ends of an interval are constants", "normal"),
    "nothing to redraw": (changed(b="each_year(a)"), "no estimate to redraw", "5 to 10"),
    "persistence": (changed(c="each_year(2 to 4, persistence=1.2)"), "between -1 and 1", "0.6"),
    "circle": (changed(a="c", c="a + 1"), "go in a circle: a → c → a", "last_year"),
    "self": (changed(c="c + a"), "go in a circle: c → c", "previous"),
    "whole in a circle": (changed(c="cumulative(last_year(c))"), "circle", "all years at once"),
    "previous outside": (changed(c="previous + 1"), "only in `next:`", "last_year"),
    "yearly input": (changed(a="ramp(1, 2)"), "differs by year", "calculations"),
    "yearly rate": (changed(discount_rate="8 % * year"), "one figure for all years", ""),
    "ramp of an investment": (changed(Build="a * ramp(1, 2)"), "no value in year 0", "costs"),
    "yearly investment": (changed(c="a * year", Build="c"), "only from year 1", "costs"),
    "calendar": (changed(c="calendar_year"), "which year the case starts", "start: 2027"),
    "rate of 8": (changed(discount_rate="8"), "800 %", "8 %"),
    "division by zero": (changed(c="a / 0"), "has no value", ""),
    "cohort churn": (changed(c="cohort(a, 5)"), "churn of cohort is 500 %", "0 % and 100 %"),
    "arity": (changed(c="if(a, 1)"), "given 2 values", "if(test, then, otherwise)"),
    "years missing": (MONEY.replace("years: 3\n", ""), "how many years", "years"),
    "rate missing": (MONEY.replace("discount_rate: 8 %\n", ""), "its discount rate", "discount_"),
    "years not whole": (changed(years="2.5"), "years is 2.5", "whole number"),
    "years of 0": (changed(years="0"), "years is 0", "from 1"),
    "timing": (MONEY + "timing: begin\n", "`begin` is not known", "end, middle"),
    "hurdle": (MONEY + "hurdle: soon\n", "payback cannot be read", "3 years"),
    "trials": (MONEY + "trials: 0\n", "trials is 0", "from 1"),
    "tax rate": (MONEY + "tax: {rate: 20.6, depreciation_years: 5}\n", "2060 %", "20.6 %"),
    "tax years": (MONEY + "tax: {rate: 20.6 %}\n", "tax needs `depreciation_years`", ""),
    "share over 100": (
        MONEY.replace("  a: 5", "  a:\n    estimate: 130 %\n    unit: share"),
        "between 0 % and 100 %", "correct it",
    ),
    "entry without value": (
        MONEY.replace("  a: 5", "  a:\n    unit: kr"), "nothing to say what", "estimate"
    ),
    "unknown entry key": (
        MONEY.replace("  a: 5", "  a:\n    estimate: 5\n    units: kr"), "not a key of an", "unit"
    ),
    "dependence unknown": (
        MONEY + "dependence:\n  - {between: [b, q], rank: 0.4}\n", "`q` is not defined", ""
    ),
    "dependence on a number": (
        MONEY + "dependence:\n  - {between: [a, b], rank: 0.4}\n", "a known number", "estimate"
    ),
    "dependence on a formula": (
        MONEY + "dependence:\n  - {between: [c, b], rank: 0.4}\n", "not a single estimate", "name"
    ),
    "outputs": (MONEY + "outputs: [d]\n", "neither an input nor a calculation", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_remedy(name: str) -> None:
    """File, line and column, what is wrong, the line itself, and what to write instead."""
    text, problem, remedy = MISTAKES[name]
    said = complaint(text)
    assert problem in said
    assert remedy in said
    assert said.startswith("case.yaml")
    if name not in ("years missing", "rate missing"):
        first = said.splitlines()[0]
        line = int(first.split(":")[1])
        assert said.splitlines()[1] == f"    | {text.splitlines()[line - 1].rstrip()}"


def test_all_mistakes_are_told_together() -> None:
    """Names, estimates, numbers and keys: one message each, in the order of the lines."""
    said = complaint(
        changed(a="5 kr", b="5 to 2", c="a * churm", years="0") + "colour: red\nhurdle: soon\n"
    )
    for part in ("years is 0", "kr stands", "`churm`", "`colour`", "payback cannot"):
        assert part in said
    lines = [int(row.split(":")[1]) for row in said.splitlines() if row.startswith("case.yaml:")]
    assert lines == sorted(lines)


def test_estimates_and_names_are_told_together() -> None:
    """A wrong interval does not hide behind an unknown name elsewhere."""
    said = complaint(changed(b="5 to 2", c="a * churm"))
    assert "`churm`" in said
    assert "2 to 5" in said


def test_the_column_points_at_the_mistake() -> None:
    """Inside an expression, also one that is quoted or runs over several lines."""
    said = complaint(changed(c='"a * churm"'))
    assert "case.yaml:8:11" in said
    text = MONEY.replace("  c: a * b", "  c:\n    a *\n    churm")
    assert "case.yaml:10:5" in complaint(text)
    text = MONEY.replace("  c: a * b", "  c: >\n    a *\n    churm")
    assert "case.yaml:10:5" in complaint(text)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda folder: folder / "missing.yaml", "no such file"),
        (lambda folder: folder, "this is a folder"),
        (lambda folder: _file(folder, b""), "the file is empty"),
        (lambda folder: _file(folder, b"# only a comment\n"), "the file is empty"),
        (lambda folder: _file(folder, b"\xff\xfe\x00c"), "not UTF-8"),
        (lambda folder: _file(folder, b"just words"), "`key: value`"),
        (lambda folder: _file(folder, b"- a\n- b\n"), "`key: value`"),
        (lambda folder: _file(folder, b"a: [1, 2"), "never closed"),
        (lambda folder: _file(folder, b"a: b\x00c"), "the file is no text"),
        (lambda folder: _file(folder, b"a: " + b"[" * 3000), "levels inside each other"),
        (lambda folder: _huge(folder), "kB"),
    ],
)
def test_files_that_are_no_case(tmp_path: Path, make, problem: str) -> None:  # type: ignore[no-untyped-def]  # a lambda of the table
    """One clear message, however the file is broken, and at once."""
    with pytest.raises(ut.CaseError) as caught:
        ut.load(make(tmp_path))
    assert problem in str(caught.value)


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "case.yaml"
    path.write_bytes(content)
    return path


def _huge(folder: Path) -> Path:
    """A file of 100 MB that takes no room on the disk."""
    path = folder / "case.yaml"
    with path.open("wb") as file:
        file.write(b"#" * 2048)
        file.truncate(100_000_000)
    return path


def test_aliases_that_expand_are_refused_before_they_do() -> None:
    """Nine levels of nine aliases would be 387 million values."""
    rows = ["a0: &a0 x"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    assert "an alias (*)" in complaint("\n".join(rows))


def test_files_that_extend_each_other(tmp_path: Path) -> None:
    """The loop is shown, not followed."""
    (tmp_path / "a.yaml").write_text("extends: b.yaml\n")
    (tmp_path / "b.yaml").write_text("extends: a.yaml\n")
    with pytest.raises(ut.CaseError, match=r"a\.yaml → b\.yaml → a\.yaml"):
        ut.load(tmp_path / "a.yaml")


def test_a_missing_base_is_named(tmp_path: Path) -> None:
    """At the line that asks for it."""
    (tmp_path / "a.yaml").write_text("case: A\nextends: nowhere.yaml\n")
    with pytest.raises(ut.CaseError) as caught:
        ut.load(tmp_path / "a.yaml")
    assert "a.yaml:2:1" in str(caught.value)
    assert "nowhere.yaml: there is no such file" in str(caught.value)


def test_a_mistake_in_the_base_is_told_with_the_base_s_name(tmp_path: Path) -> None:
    """Places name the file in which they are."""
    (tmp_path / "base.yaml").write_text(changed(c="a * churm"))
    (tmp_path / "own.yaml").write_text("extends: base.yaml\n")
    with pytest.raises(ut.CaseError, match=r"base\.yaml:8:10"):
        ut.load(tmp_path / "own.yaml")


def test_a_wrong_file_name_gets_the_nearest_one(tmp_path: Path) -> None:
    """A slip in the name is the most usual reason for a missing file."""
    (tmp_path / "portal.yaml").write_text(MONEY)
    with pytest.raises(ut.CaseError, match=r"did you mean .*portal\.yaml"):
        ut.load(tmp_path / "portl.yaml")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  Fit-out #1: 5", "begins a comment"),
        ("  Rent rent", "a line without `:`"),
        ("  staff:300k", "no space after the `:`"),
        ("  Rent:", "nothing stands here"),
        ("  Rent: 80..140", "80.. is no interval"),
        ("  Rent: 110 ± 30", "± is not known"),
        ("  Rent: triangular(0, 0,25, 1)", "0,25 can be read in several ways"),
        ("  Rent: 40.000", "40.000 can be read in two ways"),
        ("  Rent: 1.2 MSEK", "MSEK stands behind a number"),
        ("  Rent: 10 k", None),
    ],
)
def test_the_line_at_fault_is_shown_not_the_next_one(line: str, problem: str | None) -> None:
    """YAML stumbles one line later; a person looks where the message points."""
    text = MONEY + "costs:\n" + line + "\n  Other: 5\n"
    if problem is None:
        assert ut.read(text)
        return
    said = complaint(text)
    assert problem in said
    assert f"    | {line}" in said


def test_a_scale_stuck_to_a_currency_is_kept_in_the_remedy() -> None:
    """1.2 MSEK is 1.2M, not 1.2."""
    assert "write 1.2M:" in complaint(changed(b="1.2 MSEK"))
    assert "write 900k:" in complaint(changed(b="900 TSEK"))
    assert "write 900 alone" in complaint(changed(b="900 SEK"))
