"""The page that a board reads: escaped, named, ordered, whole, and nothing fetched."""

import base64
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from types import ModuleType

import pandas as pd
import pytest
from reading import Element, tree
from reporting import EVIL, everything, register

import reports
import utfall as ut
from reports.document import Explorer, Report, Section
from reports.figures import Chart
from reports.figures.style import house_style, new_figure
from reports.html import page
from reports.html.pages import quoted
from reports.html.svg import drawn
from reports.html.theme import Paint
from reports.report import report_of

PANEL = '<div id="explorer"><p>What if?</p></div>'
SCRIPT = 'document.getElementById("explorer").dataset.ran = "yes";'


@pytest.fixture(autouse=True)
def explorer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A stand-in for what can be tried: these tests are about the page around it."""
    module = ModuleType("reports.explorer")
    module.panel = lambda subject: PANEL
    module.style = lambda: "#explorer{color:var(--accent)}"
    module.script = lambda: SCRIPT
    monkeypatch.setitem(sys.modules, "reports.explorer", module)
    monkeypatch.setattr(reports, "explorer", module, raising=False)
    return module


@pytest.fixture(scope="module")
def whole() -> Element:
    """A page on paper with every kind of block."""
    return tree(page(everything(), live=False))


def everything_with(report: Report, sections: Sequence[Section]) -> Report:
    """The report with more sections."""
    return replace(report, sections=(*report.sections, *sections))


def by_class(root: Element, name: str) -> list[Element]:
    """The elements of a class."""
    return [one for one in root.all() if name in one.given.get("class", "").split()]


@pytest.mark.parametrize("text", EVIL)
def test_no_name_is_more_than_text(text, whole):
    """Whatever a name holds, the page has the same elements, and shows the name as typed."""
    found = tree(page(everything(name=text), live=False))
    assert [element.tag for element in found.all()] == [element.tag for element in whole.all()]
    heading = next(found.all("h1")).text
    assert re.sub("[\u202a-\u202e\u2066-\u2069]", "", text) in heading
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", found.text)


def test_an_author_cannot_leave_the_style_sheet():
    """The title and the author run above printed pages, as strings from which nothing escapes."""
    wild = 'A"}</style><script>alert(1)</script>\\'
    found = tree(page(everything(author=wild, title=wild)))
    assert len(list(found.all("style"))) == 1
    assert quoted(wild)[1:-1].count('"') == 0
    assert "</" not in quoted(wild)


def test_ids_are_unique_and_everything_pointed_at_is_there():
    """Sections with the same key and figures drawn alike still have names of their own."""
    report = everything()
    again = [Section("value", "Once more", report.sections[1].blocks)]
    found = tree(page(everything_with(report, again)))
    ids = Counter(element.given["id"] for element in found.all() if "id" in element.given)
    assert max(ids.values()) == 1
    for element in found.all():
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.given.get(name, "").split()) <= set(ids), element
        if element.given.get("href", "").startswith("#"):
            assert element.given["href"][1:] in ids
        told = " ".join(element.given.get(name, "") for name in ("style", "clip-path", "fill"))
        assert set(re.findall(r"url\(#([^)]*)\)", told)) <= set(ids)


@pytest.mark.parametrize("live", [True, False])
def test_nothing_is_fetched(live):
    """No address leads out of the page, and a policy forbids a browser to follow one."""
    html = page(everything(), live=live)
    for element in tree(html).all():
        for name in ("src", "href", "xlink:href", "srcset", "action", "data", "poster"):
            assert element.given.get(name, "#").startswith(("#", "data:")), element
    assert "http" not in html.replace('http-equiv="', "")
    assert "@import" not in html
    assert "default-src &#39;none&#39;" in html


def test_only_our_own_script_may_run():
    """The policy holds the hash of the very text between the tags, and of nothing else."""
    html = page(everything())
    found = list(tree(html).all("script"))
    assert [element.text for element in found] == [SCRIPT]
    digest = base64.b64encode(sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in html.replace("&#43;", "+")
    assert "onclick" not in html


def test_paper_holds_no_panel(explorer):
    """A printed report has neither the panel nor a heading with nothing under it."""
    screen, paper = (tree(page(everything(), live=live)) for live in (True, False))
    assert [e.given["id"] for e in screen.all("section")][-1] == "explore"
    assert [e.given["id"] for e in paper.all("section")] == ["answer", "value", "more"]
    assert not list(paper.all("script"))
    explorer.panel = lambda subject: ""
    assert page(everything()).count("<section") == 3


def test_a_panel_stands_once():
    """Two places for the panel are one panel: its names are its own."""
    report = everything_with(everything(), [Section("again", "Again", (Explorer("What if?"),))])
    assert page(report).count(PANEL) == 1


def test_headings_follow_each_other(whole):
    """One h1, then h2 and h3 without a step left out."""
    levels = [int(element.tag[1]) for element in whole.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_name_every_section(whole):
    """The list of contents leads to each section, by the title that stands there."""
    links = {a.given["href"][1:]: a.text for a in next(whole.all("nav")).all("a")}
    titles = {s.given["id"]: next(s.all("h2")).text for s in whole.all("section")}
    assert links == titles


def test_every_figure_has_a_name(whole):
    """A chart says what it is called and what is to be seen, once, to those who listen."""
    charts = [block.chart for block in everything().sections[1].blocks]
    drawings = by_class(whole, "chart")
    assert len(drawings) == len(charts) == 2
    for chart, svg in zip(charts, drawings, strict=True):
        assert svg.given["role"] == "img"
        names = {element.given.get("id", ""): element.text for element in svg.all()}
        told = " ".join(names[key] for key in svg.given["aria-labelledby"].split())
        assert chart.title in told and chart.alt.replace("\n", " ") in told
        assert "width" not in svg.given and "viewbox" in svg.given
    captions = [figure.text for figure in whole.all("figcaption")]
    assert captions == [chart.title for chart in charts]


def test_labels_of_charts_stay_text(whole):
    """What is written in a drawing can be searched, in a font that the reader has."""
    first = by_class(whole, "chart")[0]
    assert "never" in [text.text for text in first.all("text")]
    assert "DejaVu" not in {element.given.get("font-family") for element in first.all()}
    assert first.given["font-family"].startswith("system-ui")


def test_a_chart_is_as_it_was_after_it_was_written():
    """Writing the page leaves its charts alone: title, notes and background are there again."""
    report = everything()
    figure = report.sections[1].blocks[0].chart.figure
    before = [(part.get_visible(), part.get_in_layout()) for part in figure.findobj()]
    page(report)
    assert [(part.get_visible(), part.get_in_layout()) for part in figure.findobj()] == before


@pytest.mark.parametrize(("stands", "anchor"), [("right", "end"), ("center", "middle")])
def test_lines_of_a_label_hang_on_one_point(stands, anchor):
    """Lines that end together, or share their middle, do so in whatever font they are read."""
    with house_style():
        figure = new_figure()
        figure.text(0.5, 0.5, "A long first line\nshort", ha=stands)
        drawing = tree(drawn(Chart("a", "A", figure, pd.DataFrame(), "A"), "a", Paint()).svg)
    lines = list(drawing.all("text"))
    assert [line.text for line in lines] == ["A long first line", "short"]
    places = []
    for line in lines:
        assert f"text-anchor:{anchor}" in line.given["style"]
        moved = re.match(r"translate\(([\d.]+)", line.given["transform"])[1]
        places.append(float(moved) + float(line.given["x"]))
    assert places[0] == pytest.approx(places[1], abs=0.5)


def test_colours_follow_the_screen_and_are_fixed_on_paper():
    """Colours of the house are named on a screen, with the colour itself beside; paper has it."""
    screen, paper = (page(everything(), live=live) for live in (True, False))
    drawing = re.search(r'<svg class="chart".*?</svg>', screen, re.DOTALL)[0]
    assert "var(--accent,#0072b2)" in drawing
    assert not re.findall(r"(?<!,)#0072b2", drawing)
    drawing = re.search(r'<svg class="chart".*?</svg>', paper, re.DOTALL)[0]
    assert "var(" not in drawing and "#0072b2" in drawing


def test_tables_have_captions_and_scopes(whole):
    """Every cell is found by its headings: of its column, its row, and its group of rows."""
    for table in whole.all("table"):
        assert next(table.all("caption")).text == "Assumptions"
        scopes = Counter(element.given["scope"] for element in table.all("th"))
        assert scopes["col"] == 5  # the one above the pictures is empty, and no heading
        assert scopes["rowgroup"] == 1
        body = [row for part in table.all("tbody") for row in part.all("tr")]
        rows = [row for row in body if row.given.get("class") not in ("heading", "below")]
        assert scopes["row"] == len(rows)
        assert all(row.inside and len(list(row.all("th", "td"))) == 6 for row in rows)


def test_a_row_has_its_kind_and_what_is_below(whole):
    """A row asked about, a total, and words under a row look like what they are."""
    table = next(whole.all("table"))
    assert [row.given.get("class", "") for row in table.all("tr")] == [
        "", "heading", "", "plain open", "below", "marked", "", "plain open", "below", "total",
    ]  # fmt: skip
    assert by_class(table, "below")[0].text.strip() == "Asked of customers in the north only."


def test_an_error_stays_with_its_figure(whole):
    """The ± stands inside the same unbroken text, with room enough to keep figures in line."""
    cell = next(cell for cell in by_class(whole, "figures") if "±1" in cell.text)
    number = by_class(cell, "number")[0]
    assert number.text == "20 %±1"
    assert by_class(cell, "error")[0].given["style"] == "min-width:2ch"


def test_small_pictures_say_what_they_show(whole):
    """A picture alone has a name; beside its figure it is passed over."""
    shape, share = by_class(whole, "shape")[0], by_class(whole, "share")[0]
    assert shape.given["aria-label"] == "between 20 % and 60 %"
    assert share.given["aria-hidden"] == "true"
    assert (
        "58 %" in next(cell for cell in by_class(whole, "figures") if by_class(cell, "share")).text
    )


def test_a_warning_is_told_in_words_too(whole):
    """Nobody needs to see colours to know a warning."""
    assert by_class(whole, "warning")[0].text.startswith("!Important: Nobody")


def test_the_page_names_its_language_title_author_and_day():
    """A search, a reader and a screen reader find what the report is."""
    found = tree(page(everything(language="en", title="Portal?", written=date(2027, 3, 1))))
    assert next(found.all("html")).given["lang"] == "en"
    assert next(found.all("title")).text == "Portal?"
    day = next(found.all("time"))
    assert (day.given["datetime"], day.text) == ("2027-03-01", "1 March 2027")
    names = {meta.given.get("name"): meta.given.get("content") for meta in found.all("meta")}
    assert names["author"] == "Anna Åkesson"


def test_printed_pages_are_counted_in_words():
    """What runs below a printed page is a sentence with two counters in it."""
    html = page(everything())
    assert '"Page " counter(page) " of " counter(pages) ""' in html
    assert '@bottom-left{content:"Should we build Adoption\\3f "' in html


def test_a_report_is_small():
    """The outline of a comparison of four alternatives, figures and all, is far below 1 MB."""
    compared = ut.compare(ut.load_comparison("configs/compare.yaml"), trials=4096)
    html = page(report_of(compared))
    tree(html)
    assert len(html.encode()) < 1_000_000


def test_many_rows_and_alternatives():
    """200 inputs and 30 sections: all there, in order."""
    sections = [Section(f"a{n}", f"Alternative {n}", (register(3),)) for n in range(30)]
    report = everything_with(everything(register(200)), sections)
    found = tree(page(report))
    assert len(list(next(found.all("nav")).all("a"))) == 34
    assert "Adoption 199" in found.text


def test_the_same_report_is_the_same_page():
    """Nothing in a page depends on when or where it is written."""
    assert page(everything()) == page(everything())
