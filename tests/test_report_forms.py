"""Markdown that says the same and in which nothing of a case is active; JSON that is strict."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from printing import result_of

import utfall as ut
from reports.document import (
    Cell,
    Column,
    Explorer,
    Fact,
    Facts,
    Figure,
    Items,
    Paragraph,
    Report,
    Row,
    Section,
    Subject,
    Table,
)
from reports.figures import Chart, value_distribution
from reports.markdown import escaped, markdown, pictures

PRESS = """case: Press
currency: SEK
years: 3
discount_rate: 8 %
hurdle: 2 years
inputs: {saving: 40 to 60}
investment: {Press: 100}
benefits: {Saving: saving}
"""
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![tracker](https://example.org/x.png)",
    "[click](javascript:alert(1))",
    "see https://example.org and www.example.org",
    "<https://example.org>",
    "a | b || c \\| d",
    "`code` ``more`` ~~gone~~",
    "*bold* **bolder** _under_ __score__",
    "# heading",
    "- item",
    "+ item",
    "1. one",
    "2) two",
    "> quote",
    "===",
    "---",
    "&lt;b&gt; &copy; &#35;",
    "$x^2$ @everyone #1",
    "\\*escaped\\* ends with \\",
    "[^1] [x]: y",
    "in_use of a__b, _a_b_ (_c_) __init__ é_é _é_",
    "    indented",
    "=1+1",
    "顧客 🙂 عربى",
    "ends in space ",
    "``` fence",
    "x" * 300,
)
ALLOWED = {"text", "softbreak", "hardbreak"}


def gfm() -> MarkdownIt:
    """A parser with all that GitHub's dialect adds to Markdown, and with HTML switched on."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    """Everything in a text, inside paragraphs too."""
    return [token for block in gfm().parse(text) for token in (block, *(block.children or ()))]


def report_with(*blocks: Any, title: str = "Report", **more: Any) -> Report:
    """A report of one section."""
    subject = Subject({"Press": result_of(PRESS, 512)}, {}, None)
    section = Section("answer", more.pop("section", "Answer"), blocks)
    return Report(title, "en", (section,), subject, date(2026, 10, 14), **more)


@pytest.fixture(scope="module")
def chart() -> Chart:
    """A picture."""
    return value_distribution(result_of(PRESS, 512))


def cells(text: str) -> list[list[str]]:
    """The tables of a text, row by row, as plain text."""
    rows: list[list[str]] = []
    for token in gfm().parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level >= 3:
            rows[-1].append(plain(token))
    return rows


def plain(token: Token) -> str:
    """What a reader sees of it."""
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") or child.content == "<br>"
        else child.content if child.type == "text" else ""
        for child in token.children or ()
    )  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_was_typed_is_active(text: str) -> None:
    """A text gives one paragraph that reads as typed, with no mark, link, picture or HTML in it."""
    found = gfm().parse(escaped(text))
    assert [token.type for token in found] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in found[1].children or ()} <= ALLOWED | {"text_special"}
    assert plain(found[1]).strip() == text.strip()
    assert not re.search(r"(?<!\\):(?=//)|(?<!\\)(?<=www)\.", escaped(text))  # GitHub links these


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_active_wherever_it_stands(text: str, chart: Chart) -> None:
    """In titles, cells, headings, lists, large figures and captions, the shape stays the same."""
    harmless, nasty = (
        markdown(
            report_with(
                Paragraph(said), Paragraph(said, "lead"), Paragraph(said, "note"),
                Paragraph(f"{said}\n{said}", "prose"), Paragraph(said, "warning"),
                Items((said, said), said), Facts((Fact(said, said, said, said),)),
                Table(said, (Column(said, said, "text"), Column(said)),
                      (Row((Cell(said), Cell(said, said)), (said,)),
                       Row((Cell(said),), (), "heading")),
                      (said,)),
                Figure(chart, said),
                title=said, section=said, author=said,
            ),
            "figures",
        )
        for said in ("word", text)
    )  # fmt: skip
    assert shape(nasty) == shape(harmless)


def shape(text: str) -> list[str]:
    """What a text is made of, words apart."""
    return [
        token.type if token.type != "html_inline" else token.content
        for token in tokens(text)
        if token.type not in ALLOWED | {"text_special"}
    ]


def test_tables_stay_tables_with_figures_to_the_right() -> None:
    """Every row has every column; what is below a row stands in its first cell."""
    table = Table(
        "Worth",
        (Column("Of what", kind="text"), Column("Mean", "million\nSEK"), Column("P|50")),
        (
            Row((Cell("Benefits"),), kind="heading"),
            Row((Cell("Saving | more"), Cell("12", "±1"), Cell("–")), ("SEK, *a* year",)),
            Row((Cell("Sum"), Cell("24", "±2"), Cell("3")), kind="total"),
        ),
        ("A note.",),
    )
    text = markdown(report_with(table), "figures")
    assert cells(text) == [
        ["Of what", "Mean\nmillion\nSEK", "P|50"],
        ["Benefits", "", ""],
        ["Saving | more\nSEK, *a* year", "12 ±1", "–"],
        ["Sum", "24 ±2", "3"],
    ]
    sides = [token.attrs.get("style") for token in gfm().parse(text) if token.type == "th_open"]
    assert sides == ["text-align:left", "text-align:right", "text-align:right"]
    headings = [token.tag for token in gfm().parse(text) if token.type == "heading_open"]
    assert headings == ["h1", "h2", "h3"]


def test_a_wide_table_stays_one() -> None:
    """Forty columns and two hundred rows."""
    columns = tuple(Column(f"c{i}") for i in range(40))
    rows = tuple(Row(tuple(Cell(f"{i}") for i in range(40))) for _ in range(200))
    found = cells(markdown(report_with(Table("", columns, rows)), "figures"))
    assert len(found) == 201
    assert {len(row) for row in found} == {40}


def test_prose_keeps_its_lines_and_paragraphs() -> None:
    """It is quoted, as it is somebody's own."""
    text = markdown(report_with(Paragraph("One\n  two\n\nthree\n", "prose")), "figures")
    assert "> One  \n> two\n>\n> three\n" in text


def test_what_only_a_browser_can_do_is_left_out() -> None:
    """The place where readers try for themselves."""
    assert "Try" not in markdown(report_with(Explorer("Try it")), "figures")


def test_pictures_lie_beside_and_are_named_in_order(tmp_path: Path, chart: Chart) -> None:
    """Each once, with its words; the folder carries the file's name, whatever that is."""
    made = report_with(Figure(chart, "Below"), Figure(chart))
    made.save(tmp_path / "Portal or not (2).md")
    text = (tmp_path / "Portal or not (2).md").read_text("utf-8")
    links = [token for token in tokens(text) if token.type == "image"]
    assert [token.content for token in links] == [escaped(chart.alt)] * 2
    for token in links:
        place = tmp_path / unquote(cast(str, token.attrs["src"]))
        assert place.name == "01_value.png"
        assert place.read_bytes().startswith(b"\x89PNG")
    assert list(pictures(made)) == ["01_value.png"]


def test_a_report_written_twice_is_the_same(tmp_path: Path) -> None:
    """To the byte, pictures too: no clock, no chance."""
    for name in ("a", "b"):
        case = ut.read(PRESS)
        ut.report(case, trials=512, written=date(2026, 10, 14)).save(tmp_path / name / "x.md")
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("a", "b")
    )
    assert first == second


def test_figures_are_as_the_language_writes_them(tmp_path: Path) -> None:
    """A comma for decimals, and the date in words of that language."""
    ut.report(ut.read(PRESS), "sv", trials=512, written=date(2026, 10, 14)).save(tmp_path / "x.md")
    text = (tmp_path / "x.md").read_text("utf-8")
    assert "14 oktober 2026" in text
    assert re.search(r"\d,\d", text)
    versions = re.compile(r"\b(Utfall|Python|NumPy|SciPy|P)\W*[\d.]+")
    assert not re.search(r"\d\.\d", versions.sub("", text))


def test_json_is_strict(tmp_path: Path) -> None:
    """No NaN, no infinity, and read back it is what the program has."""
    from reports.data import report_data

    made = ut.report(ut.read(PRESS), trials=512, written=date(2026, 10, 14))
    made.save(tmp_path / "x.json")

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    text = (tmp_path / "x.json").read_text("utf-8")
    assert json.loads(text, parse_constant=refuse) == json.loads(json.dumps(report_data(made)))


def test_json_with_what_is_no_number_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than written as NaN; nothing is left behind."""
    monkeypatch.setattr("reports.data.report_data", lambda made: {"x": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        report_with().save(tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []
