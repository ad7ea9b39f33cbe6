"""The workbook: its sheets, its figures as the JSON has them, texts that never become active."""

import json
import math
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

import utfall as ut
from reports.document import Paragraph, Report
from reports.language import LANGUAGES
from reports.report import report_of, subject_of
from reports.workbook import write_workbook
from reports.workbook.book import Book, clean, cut, sheet_name
from simulator.analysis.base_case import base_case
from simulator.errors import RunError

ROOT = Path(__file__).parents[1]
NASTY = [
    "=1+1", "@SUM(A1)", "+49 30", "-1", "\t=2", "<script>alert(1)</script>", "😀" * 40,
    "שלום [a]:*?/\\ עולם", "'quoted'", "History", "n" * 300, "{=1+1}", "http://example.org/x",
    '=HYPERLINK("http://x","y")', "a\x07b", "12345", "TRUE", "_x0041_",
]  # fmt: skip
DAY = date(2026, 11, 26)


@cache
def portal() -> Report:
    """The customer portal, few trials."""
    case = ut.load(ROOT / "configs" / "customer_portal.yaml")
    return report_of(ut.simulate(case, trials=512, seed=3), written=DAY)


@cache
def compared() -> Report:
    """The comparison of the examples, few trials."""
    found = ut.compare(ut.load_comparison(ROOT / "configs" / "compare.yaml"), trials=512, seed=3)
    return bare(found)


def bare(found: ut.Result | ut.Compared) -> Report:
    """A report without its sections, whose pictures no sheet shows."""
    asked = found.comparison if isinstance(found, ut.Compared) else found.case
    return Report(asked.name, "en", (), subject_of(found), DAY)


def opened(report: Report, folder: Path, values: bool = True) -> openpyxl.Workbook:
    """The workbook of a report, as a reader opens it."""
    path = folder / "report.xlsx"
    write_workbook(report, path)
    return openpyxl.load_workbook(path, data_only=values)


@pytest.fixture(scope="module")
def single(tmp_path_factory) -> openpyxl.Workbook:
    """The workbook of the portal."""
    return opened(portal(), tmp_path_factory.mktemp("single"))


@pytest.fixture(scope="module")
def several(tmp_path_factory) -> openpyxl.Workbook:
    """The workbook of the comparison."""
    return opened(compared(), tmp_path_factory.mktemp("several"))


def table(page, first: str) -> list[dict[str, object]]:
    """The rows below the heading whose first cell says so, by their headings."""
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    start = next(i for i, row in enumerate(rows) if row[0] == first)
    names = [f"{name}#{rows[start][:i].count(name)}" if name in rows[start][:i] else name
             for i, name in enumerate(rows[start])]  # fmt: skip
    found = []
    for row in rows[start + 1 :]:
        if row[0] is None:
            break
        found.append(dict(zip(names, row, strict=True)))
    return found


def test_the_sheets_of_a_case_and_of_a_comparison(single, several):
    """Every part of the report has a sheet, in the order in which it is read."""
    assert single.sheetnames == [
        "Summary", "Assumptions", "Percentiles", "Cash flow by year", "Payback by year", "Lines",
        "Base case", "Draws",
    ]  # fmt: skip
    assert "Comparison" in several.sheetnames
    assert "Base case Portal a year later" in several.sheetnames


def test_the_summary_tells_the_answer_first(single):
    """Title, the sentences of the report, key figures with their intervals, and the seed."""
    page = single["Summary"]
    texts = [row[0].value for row in page.iter_rows() if row[0].value]
    blocks = portal().sections[0].blocks
    first = next(b for b in blocks if isinstance(b, Paragraph) and b.kind == "lead")
    assert texts[0] == portal().title
    assert first.text in texts
    rows = {row["Figure"]: row for row in table(page, "Alternative")}
    npv = portal().subject.result.npv.measured("mean")
    found = rows["Net present value, mean"]
    same_number(found["Value"], npv.value)
    same_number(found["95\N{NO-BREAK SPACE}% interval, from"], npv.low)
    same_number(found["to"], npv.high)
    made = {row[0].value: row[1].value for row in page.iter_rows()}
    assert (made["Trials"], made["Seed"]) == (512, 3)
    assert made["Version of Utfall"] == portal().subject.result.version


def test_percentiles_are_those_of_the_json(single):
    """Each statistic and both ends of its interval stand in full precision."""
    page = single["Percentiles"]
    data = json.loads(portal().subject.result.to_json())["outcomes"]
    rows = table(page, "Alternative")[1:]
    assert len(rows) == 3 * len(data)
    for number, outcome in enumerate(data.values()):
        lines = rows[3 * number : 3 * number + 3]
        for stat in ("mean", "sd", "p1", "p10", "p50", "p90", "chance_negative", "worst5_mean"):
            name = {"mean": "Mean", "sd": "Standard deviation",
                    "chance_negative": "Chance of less than 0",
                    "worst5_mean": "Mean of the worst 5 %"}.get(stat, stat.upper())  # fmt: skip
            name = name.replace(" %", "\N{NO-BREAK SPACE}%")
            ends = outcome["interval"][stat] or [None, None]
            for line, wanted in zip(lines, [outcome[stat], *ends], strict=True):
                same_number(line[name], wanted)


def same_number(found: object, wanted: float | None) -> None:
    """A cell holds a figure as it is; a word or nothing where there is none."""
    if wanted is None:
        assert found in (None, "–", "never")
    else:
        assert isinstance(found, (int, float))
        assert math.isclose(found, wanted, rel_tol=1e-15)  # 16 digits are written


def test_payback_cash_and_lines_are_those_of_the_json(single):
    """Chances by year with intervals, cash by year, present values of lines."""
    book = single
    data = portal().subject.result.to_dict()
    chances = {str(row["Within years"]): row for row in table(book["Payback by year"],
                                                             "Alternative")}  # fmt: skip
    assert list(chances) == ["1", "2", "3", "4", "5", "never"]
    for year, row in chances.items():
        wanted = data["payback_chance"][year]
        same_number(row["Chance"], wanted["chance"])
        same_number(row["from"], wanted["low"])
        same_number(row["to"], wanted["high"])
        discounted = data["discounted_payback_chance"][year]
        same_number(row["Chance on discounted cash"], discounted["chance"])
    assert chances["3"]["Hurdle"] == "hurdle"
    for year, row in enumerate(table(book["Cash flow by year"], "Alternative")):
        same_number(row["Mean"], data["cash"]["mean"][year])
        same_number(row["P10"], data["cash"]["p10"][year])
    rows = table(book["Lines"], "Alternative")
    for row, (name, line) in zip(rows, data["lines"].items(), strict=False):
        assert row["Line of money"] == name
        same_number(row["Mean"], line["present_value"]["mean"])
        same_number(row["P90"], line["present_value"]["p90"])


def test_the_comparison_is_that_of_the_json(several):
    """Chance of being best, regret, ranking and every pair."""
    page = several["Comparison"]
    data = compared().subject.compared.to_dict()
    rows = {row["Alternative"]: row for row in table(page, "Alternative")}
    for name, chance in data["chance_best"].items():
        same_number(rows[name]["Chance of being best"], chance)
        same_number(rows[name]["Expected regret"], data["regret"][name])
    same_number(rows["Expected value of perfect information"]["Expected regret"], data["evpi"])
    ranked = [
        row["Alternative"]
        for row in table(page, "Criterion")
        if row["Criterion"] == "Mean net present value" and row["Place"] != "not ranked"
    ]
    assert ranked == data["ranking"]["value"]
    for row, pair in zip(table(page, "A"), data["pairs"], strict=True):
        assert (row["A"], row["B"]) == (pair["a"], pair["b"])
        same_number(row["Chance that A is worth more"], pair["chance_a_better"])
        same_number(row["P50"], pair["p50"])


def test_assumptions_stand_as_typed_with_their_owner_and_date(single):
    """The register names text, unit, source, owner, date, and known or judged."""
    rows = {row["Name"]: row for row in table(single["Assumptions"], "Name")}
    adoption = rows["adoption"]
    assert adoption["As written"] == "beta(4, 3)"
    assert (adoption["Owner"], adoption["Date"]) == ("Sales", "2026-10-14")
    assert adoption["Known or judged"] == "judged"
    assert rows["customers"]["Known or judged"] == "known"
    assert rows["churn"]["P5"] == pytest.approx(0.03, abs=1e-9)


def test_shared_inputs_stand_once(several):
    """An input of several alternatives has one line that names them."""
    rows = [row for row in table(several["Assumptions"], "Name")
            if row["Name"] == "hourly_cost"]  # fmt: skip
    assert len(rows) == 1
    assert "CRM" in rows[0]["Alternatives"]


def test_draws_are_the_first_of_each_replicate(tmp_path):
    """Trials as rows are those of the result, in order, none left out in between."""
    case = ut.load(ROOT / "configs" / "customer_portal.yaml")
    report = bare(ut.simulate(case, seed=3))
    page = opened(report, tmp_path)["Draws"]
    rows = list(page.iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == "Replicate")
    names, trials = rows[start], rows[start + 1 :]
    assert len(trials) <= 10_000
    npv = report.subject.result.npv.values
    kept = len(trials) // 16
    assert [row[1] for row in trials[:kept]] == list(range(1, kept + 1))
    assert trials[kept][:2] == (2, 4097)
    column = names.index("Net present value")
    for row in (*trials[:20], *trials[-20:]):
        assert math.isclose(row[column], npv[row[1] - 1], rel_tol=1e-15)
    assert "first" in rows[1][0]


def test_only_the_base_case_has_formulas(tmp_path):
    """Everything else is text and numbers; every formula names cells and no text of the file."""
    for report in (portal(), compared()):
        for page in opened(report, tmp_path, values=False):
            formulas = [c.value for row in page for c in row if c.data_type == "f"]
            assert bool(formulas) == page.title.startswith("Base case")


def nasty_case() -> str:
    """A case in which every text is as bad as can be."""
    quoted = [json.dumps(text, ensure_ascii=False).replace("\\u0007", "\\a") for text in NASTY]
    inputs = "".join(
        f"  x{n}:\n    estimate: 4 to 6\n    label: {text}\n    unit: {text}\n    source: {text}\n"
        f"    owner: {text}\n    note: {text}\n    question: {text}\n    date: {text}\n"
        for n, text in enumerate(quoted)
    )
    benefits = "".join(f"  {text}: x{n}\n" for n, text in enumerate(quoted))
    return (
        f"case: {quoted[0]}\ncurrency: {quoted[1]}\nyears: 2\ndiscount_rate: 8 %\n"
        f"decision: {quoted[0]}\ninputs:\n{inputs}investment: {{Build: 90 to 110}}\n"
        f"benefits:\n{benefits}"
    )


def test_nothing_from_a_case_file_is_ever_active(tmp_path):
    """Texts that look like formulas, links or numbers stay texts; nothing is lost of them."""
    result = ut.simulate(ut.read(nasty_case()), trials=256)
    report = report_of(result, title="=1+1", author="@me")
    path = tmp_path / "report.xlsx"
    write_workbook(report, path)
    book = openpyxl.load_workbook(path)
    texts = {c.value for page in book for row in page for c in row if c.data_type == "s"}
    assert {"=1+1", "@SUM(A1)", "+49 30", "-1", "\t=2", "12345", "TRUE"} <= texts
    with ZipFile(path) as parts:
        pages = [parts.read(n).decode() for n in parts.namelist() if "worksheets/sheet" in n]
    assert not any("<hyperlink" in page for page in pages)
    for page in pages:
        for formula in re.findall(r"<f>(.*?)</f>", page):
            assert "SUM(A1)" not in formula
            assert "HYPERLINK" not in formula


@pytest.mark.parametrize("name", NASTY, ids=range(len(NASTY)))
def test_sheet_names_are_safe_and_unique(name, tmp_path):
    """Whatever an alternative is called, Excel takes its sheet, and a second one beside it."""
    first = sheet_name(f"Base case {name}", [])
    second = sheet_name(f"Base case {name}", [first.upper()])
    assert first.casefold() != second.casefold()
    for found in (first, second, sheet_name(name, [])):
        assert 0 < len(found.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", found)
        assert not found.startswith("'")
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book = Book(made)
    book.sheet(name, name)
    book.sheet(name, name)
    made.close()
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == 2


def test_long_texts_are_cut_where_excel_ends():
    """A cell holds 32,767 characters as Excel counts them."""
    assert len(clean("a" * 40_000)) == 32_767
    assert len(cut("😀" * 30, 31).encode("utf-16-le")) // 2 <= 31
    assert clean("a\x00\x1bb\nc") == "ab\nc"


def test_thirty_alternatives(tmp_path):
    """Six have a base case, the others are named; draws stay within bounds."""
    text = "years: 2\ndiscount_rate: 5 %\ncurrency: kr\ninputs: {a: 4 to 6}\n" \
             "investment: {Build: 7}\nbenefits: {Gain: a * FACTOR}"  # fmt: skip
    names = [f"Alternative {n} " + "x" * 300 for n in range(28)] + ["=1+1", "😀 [b]:*?/\\"]
    cases = {
        name: ut.read(text.replace("FACTOR", f"{1 + n / 30:.4f}")) for n, name in enumerate(names)
    }
    found = ut.compare(ut.comparison(cases), trials=256)
    report = Report("Thirty", "en", (), subject_of(found), DAY)
    book = opened(report, tmp_path)
    bases = [name for name in book.sheetnames if name.startswith("Base case ")]
    assert len(bases) == 6
    left = book["Base cases left out"]["A3"].value
    assert left.startswith("24 alternatives have no sheet")
    assert "=1+1" in left


def test_inputs_and_outcomes_have_names_in_excel(single):
    """The cells of the base case can be named in formulas of one's own."""
    page = single["Base case"]
    names = page.defined_names
    assert {"npv", "payback", "margin", "discount_rate"} <= set(names)
    cell = names["npv"].attr_text.rpartition("!")[2].replace("$", "")
    assert page[cell].value == pytest.approx(base_case(portal().subject.result.case).npv)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_workbook(language, tmp_path):
    """Sheets have names that Excel takes, whatever the language."""
    report = replace(portal(), language=language, sections=())
    names = opened(report, tmp_path).sheetnames
    assert len(names) == 8
    assert all(len(name) <= 31 for name in names)


def test_two_hundred_inputs(tmp_path):
    """All stand in the register and in the base case."""
    inputs = "".join(f"  input_{n}: 4 to 6\n" for n in range(200))
    total = " + ".join(f"input_{n}" for n in range(100))
    text = (f"years: 2\ndiscount_rate: 5 %\ninputs:\n{inputs}investment: {{Build: {total}}}\n"
            "benefits: {Gain: input_150 * 100}")  # fmt: skip
    book = opened(bare(ut.simulate(ut.read(text), trials=256)), tmp_path)
    assert len(table(book["Assumptions"], "Name")) == 200
    names = {row[1].value for row in book["Base case"].iter_rows()}
    assert {f"input_{n}" for n in range(200)} <= names


def test_a_case_without_money(tmp_path):
    """Its quantities are reported; sheets about money are left out."""
    case = ut.read("years: 2\ninputs: {a: 4 to 6}\noutputs: [b, c]\n"
                   "calculations: {b: a * 2, c: a * year}")  # fmt: skip
    book = opened(bare(ut.simulate(case, trials=256)), tmp_path)
    assert book.sheetnames == ["Summary", "Assumptions", "Percentiles", "Base case", "Draws"]
    outcomes = [row["Outcome"] for row in table(book["Percentiles"], "Alternative")[1:]]
    assert outcomes[::3] == ["b", "c, year 1", "c, year 2"]


def test_a_base_case_without_a_value_is_said(tmp_path):
    """Where a formula has no value at the medians, the sheet says so and the rest stands."""
    case = ut.read("years: 1\ndiscount_rate: 5 %\ninputs:\n  a: uniform(-1, 1)\n"
                   "investment: {Build: 1}\nbenefits: {Gain: 1 / a}")  # fmt: skip
    book = opened(bare(ut.simulate(case, trials=256)), tmp_path)
    assert book["Base case"]["A3"].value.startswith("There is no base case")


def test_what_no_formula_can_say_is_a_number_with_a_remark(tmp_path):
    """A median that depends on other figures, and a rate of return among several, are told."""
    text = (
        "years: 2\ndiscount_rate: 5 %\ninputs:\n  a: 3\n  b: pert(0, a, 9)\n"
        'investment: {Build: 10}\nbenefits: {Gain: "if(year == 1, 30, -5) + b / 100"}'
    )
    page = opened(bare(ut.simulate(ut.read(text), trials=256)), tmp_path)["Base case"]
    rows = {row[1].value: [cell.value for cell in row] for row in page.iter_rows()}
    assert any("stays as it is" in str(value) for value in rows["b"])
    assert rows["irr"][3] == "none, one or several"
    assert any("changes its sign" in str(value) for value in rows["irr"])


def test_an_estimate_as_a_line_is_one_figure_for_all_years(tmp_path):
    """A line that is an estimate refers to one cell, as it is drawn once."""
    text = "years: 3\ndiscount_rate: 5 %\ninvestment: {Build: 10}\nbenefits: {Gain: 4 to 6}"
    report = bare(ut.simulate(ut.read(text), trials=256))
    page = opened(report, tmp_path, values=False)["Base case"]
    (line,) = [row for row in page.iter_rows() if row[1].value == "benefits"]
    assert len({cell.value for cell in line[5:8]}) == 1
    assert line[5].value.startswith("=$D$")


def test_money_in_two_currencies_keeps_its_own_in_the_base_case(tmp_path):
    """Rates convert the comparison; a base case stays in the money of its file."""
    text = ("currency: {}\nyears: 2\ndiscount_rate: 5 %\ninvestment: {{Build: 90}}\n"
            "benefits: {{Gain: 80 to 90}}")  # fmt: skip
    cases = {"Here": ut.read(text.format("SEK")), "There": ut.read(text.format("EUR"))}
    asked = ut.comparison(cases, currency="SEK", rates={"EUR": 11.0})
    book = opened(bare(ut.compare(asked, trials=256)), tmp_path)
    page = book["Base case There"]
    assert "EUR" in page["A4"].value
    assert 90 in {c.value for row in page for c in row}


def test_an_unwritable_folder_is_told(tmp_path):
    """No traceback, and nothing left behind."""
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot be written"):
        write_workbook(portal(), tmp_path / "file" / "report.xlsx")
