"""The base case sheets are live: LibreOffice computes what the program computes, at any inputs."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from office import recomputed
from workbook_cases import CASES

import utfall as ut
from reports.document import Report
from reports.report import subject_of
from reports.workbook import write_workbook
from reports.workbook.base_sheet import FIRST_YEAR, TOP, VALUE, BaseSheet
from reports.workbook.book import Book
from simulator.analysis.base_case import BaseCase, base_case
from simulator.analysis.inputs import describe_inputs
from simulator.case.case import Case
from simulator.language.tree import names_in

pytestmark = pytest.mark.office
ROOT = Path(__file__).parents[1]
EXACT = 1e-9
FILES = sorted(
    path for folder in ("configs", "tests/cases") for path in (ROOT / folder).glob("*.yaml")
    if not path.stem.startswith("compare")
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sheet:
    """A base case sheet as a reader finds it: numbers by section and name."""

    cells: dict[tuple[int, int], object]

    @classmethod
    def of(cls, path: Path) -> "Sheet":
        """The values that a workbook holds."""
        page = openpyxl.load_workbook(path, data_only=True).active
        return cls({(c.row - 1, c.column - 1): c.value for row in page for c in row
                    if c.value is not None})  # fmt: skip

    def line(self, key: str, label: str = "") -> int:
        """The line of a row by its name, and its label where names repeat."""
        found = [
            line for (line, column), value in self.cells.items()
            if column == 1 and value == key and label in ("", self.cells.get((line, 0)))
        ]  # fmt: skip
        assert len(found) == 1, f"{key} {label} stands on {len(found)} lines"
        return found[0]

    def years(self, line: int, first: int, last: int) -> list[object]:
        """The figures of a line from one year to another."""
        return [self.cells.get((line, FIRST_YEAR + year)) for year in range(first, last + 1)]


def base_workbook(case: Case, path: Path, changes: dict[str, float] | None = None) -> None:
    """A workbook of one base case sheet whose formulas have no values; inputs may be changed."""
    made = xlsxwriter.Workbook(path)
    BaseSheet(Book(made), case, "Base case", "Base case").write()
    made.close()
    book = openpyxl.load_workbook(path)  # saved again, formulas have no values
    page = book.active
    for name, value in (changes or {}).items():
        line = next(row for row in range(TOP, page.max_row + 1)
                    if page.cell(row + 1, 2).value == name)  # fmt: skip
        for column in range(VALUE, page.max_column):
            cell = page.cell(line + 1, column + 1)
            if isinstance(cell.value, (int, float)):
                cell.value = value
    book.save(path)


def differences(sheet: Sheet, case: Case, expected: BaseCase) -> Iterator[str]:
    """Where a sheet says something else than the program."""
    years = case.years or 0
    for name, quantity in expected.quantities.items():
        line = sheet.line(name)
        series = np.atleast_1d(quantity)
        first = years + 1 - len(series)
        single = sheet.cells.get((line, VALUE))
        if single is not None or not isinstance(quantity, np.ndarray):
            first, series = years, series[:1]
        found = [single] if single is not None else sheet.years(line, first, years)
        yield from unlike(name, found, series)
    if not case.has_money:
        return
    for section in ("investment", "benefits", "costs"):
        for entry in getattr(case, section).values():
            line = sheet.line(section, entry.title)
            first = 0 if section == "investment" else 1
            last = 0 if section == "investment" else years
            wanted = expected.lines[entry.title][first : last + 1]
            yield from unlike(entry.title, sheet.years(line, first, last), wanted)
    cash = sheet.years(sheet.line("cash"), 0, case.horizon)
    yield from unlike("cash", cash, expected.cash)
    words = {math.inf: "never"}
    changes = sheet.cells[sheet.line("changes_of_sign"), VALUE]
    for name, value in expected.outcomes.items():
        found = sheet.cells.get((sheet.line(name), VALUE))
        if name == "irr" and changes != 1:
            word = "none" if changes == 0 else "none, one or several"
            if found != word:
                yield f"irr: {found} instead of {word}"
        elif math.isfinite(value):
            yield from unlike(name, [found], [value])
        elif found != words.get(value, "–"):
            yield f"{name}: {found} instead of {value}"


def unlike(name: str, found: list[object], wanted: object) -> Iterator[str]:
    """Figures that are not equal to 1e-9; money that cancels out is as good as its parts."""
    wanted = np.asarray(wanted, float)
    size = max(float(np.abs(wanted).max()), 1e-3) if wanted.size > 1 else 0.0
    for have, want in zip(found, wanted, strict=True):
        close = isinstance(have, (int, float)) and math.isclose(
            have, want, rel_tol=EXACT, abs_tol=max(1e-14 * size, 1e-14)
        )
        if not close:
            yield f"{name}: {have} instead of {want}"


def other_inputs(case: Case) -> dict[str, float]:
    """Each input that is a plain figure moved off its median, within what makes sense."""
    found = {}
    rows = {row.name: row for row in describe_inputs(case) if row.section == "inputs"}
    for count, (name, entry) in enumerate(case.inputs.items()):
        row = rows[name]
        known = entry.formula is not None and row.known
        plain = known and type(entry.formula.tree).__name__ == "Number"
        whole = entry.formula is not None and entry.is_estimate and row.exact
        names = entry.formula is not None and bool(list(names_in(entry.formula.tree)))
        if not (plain or whole) or names or row.p50 is None:
            continue
        value = row.p50 * (1.07 if count % 2 else 0.93)
        if whole and row.p5 is not None and row.p95 is not None:
            value = row.p5 + (0.3 + 0.4 * (count % 2)) * (row.p95 - row.p5)
        if row.p50 == round(row.p50) and (known or row.p95 == round(row.p95)):
            value = row.p50 + 1  # what is counted stays whole
        found[name] = value
    return found


def check(cases: dict[str, Case], changes: dict[str, dict[str, float]], folder: Path) -> None:
    """Write, recompute, and compare with the program, all cases in one go."""
    folder.mkdir(exist_ok=True)
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(cases)}
    for name, path in paths.items():
        base_workbook(cases[name], path, changes.get(name))
    done = recomputed(list(paths.values()), folder / "computed")
    wrong = []
    for (name, case), path in zip(cases.items(), done, strict=True):
        changed = case.with_inputs(**changes.get(name, {}))
        wrong += [f"{name}: {text}" for text in differences(Sheet.of(path), case,
                                                             base_case(changed))]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def valued(paths: list[Path]) -> dict[str, Case]:
    """The cases that have a value at their medians."""
    return {path.stem: ut.load(path) for path in paths}


def test_every_example_and_every_case_of_the_tests_computes_alike(tmp_path):
    """At the medians each cell of the sheet is what the program says, to 1e-9."""
    check(valued(FILES), {}, tmp_path / "a")


def test_changed_inputs_change_everything_alike(tmp_path):
    """Formulas are live: other inputs give what the program gives at these inputs."""
    cases = valued(FILES)
    changes = {name: other_inputs(case) for name, case in cases.items()}
    assert sum(map(len, changes.values())) > 100
    check(cases, changes, tmp_path / "a")


def test_every_word_of_the_language_computes_alike(tmp_path):
    """Small cases use each function and setting; at the medians and at other inputs."""
    cases = {name: ut.read(text) for name, text in CASES.items()}
    check(cases, {}, tmp_path / "medians")
    check(cases, {name: other_inputs(case) for name, case in cases.items()}, tmp_path / "others")


def test_a_whole_workbook_opens_without_an_error_in_any_cell(tmp_path):
    """The workbook of the comparison, opened and computed anew by LibreOffice."""
    found = ut.compare(ut.load_comparison(ROOT / "configs" / "compare.yaml"), trials=512)
    report = Report(found.comparison.name, "en", (), subject_of(found), date(2026, 11, 26))
    path = tmp_path / "report.xlsx"
    write_workbook(report, path)
    book = openpyxl.load_workbook(path)
    book.save(path)
    (done,) = recomputed([path], tmp_path / "computed")
    pages = openpyxl.load_workbook(done, data_only=True)
    assert pages.sheetnames == book.sheetnames
    cells = [cell for page in pages for row in page.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "e"]
