"""The live panel where it stands: on phones, on paper, in every language, among odd names."""

import numpy as np
import pytest
from browsing import PHONE, browser, missing, visit  # noqa: F401 - fixtures are asked for by name
from exploring import Reader, choice, crowd, of_text, page_around, portal

from reports.explorer import panel
from reports.language import LANGUAGES, speaking

pytestmark = pytest.mark.browser


@pytest.fixture
def read(visit):  # noqa: F811
    """Opens the panel of a subject."""
    return lambda subject, **how: Reader(visit(page_around(panel(subject)), **how))


def test_on_paper_there_is_no_panel(read):
    """Print hides it, whatever was chosen."""
    reader = read(portal())
    reader.drag(0.5)
    reader.page.emulate_media(media="print")
    assert reader.page.locator(".explorer").is_hidden()


def test_without_a_script_one_sentence_stands(browser, tmp_path):  # noqa: F811
    """Nothing that cannot work is shown."""
    path = tmp_path / "page.html"
    path.write_text(page_around(panel(portal())), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    shown = page.locator(".explorer").inner_text()
    context.close()
    assert shown.strip().startswith("In a browser that runs scripts")
    assert "Trials left" not in shown


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("subject", [portal, choice, crowd])
def test_on_a_phone_nothing_is_cut(read, subject, dark):
    """The page does not scroll sideways, handles are large enough for fingers, all is silent."""
    reader = read(subject(), size=PHONE, dark=dark)
    reader.control("second").locator("select").select_option("1")
    reader.drag(0.3)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 375
    outside = reader.page.evaluate(
        "[...document.querySelectorAll('.explorer-live *')].filter((e) => e.getClientRects().length"
        " && !e.closest('svg, option, .explorer-spoken')"
        " && e.getBoundingClientRect().right > 375.5).map((e) => e.className || e.tagName)"
    )
    assert outside == []
    box = reader.handle().bounding_box()
    assert box["height"] >= 24
    assert reader.visited.said == []
    assert [address for address in reader.visited.asked if not address.startswith("file:")] == []


def test_a_finger_drags_a_handle(visit):  # noqa: F811
    """A touch on a handle's place moves it like the mouse does."""
    reader = Reader(visit(page_around(panel(portal())), size=PHONE))
    strip = reader.control().locator(".explorer-strip").bounding_box()
    reader.page.touchscreen.tap(strip["x"] + 0.3 * strip["width"], strip["y"] + 20)
    reader.rest()
    low, high = reader.stops()
    last = int(reader.handle().get_attribute("max"))
    assert (round(low / last, 1), high) == (0.3, last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_its_places(visit, language):  # noqa: F811
    """No place of a sentence is left open, and numbers follow the language."""
    with speaking(language):
        fragment = panel(choice())
    reader = Reader(visit(page_around(fragment)))
    reader.drag(0.4)
    reader.control("second").locator("select").select_option("2")
    reader.control("second").locator("[value=near]").check()
    reader.rest()
    shown = reader.page.locator(".explorer-live").inner_text()
    assert "{" not in shown
    assert "undefined" not in shown
    assert "NaN" not in shown
    group = "." if language == "da" else "\xa0"
    assert f"8{group}192" in reader.left
    assert reader.visited.said == []


def test_names_do_nothing(visit):  # noqa: F811
    """Marks of a page, Arabic and emoji in names are shown as they were typed."""
    label = "<img src=x onerror=alert(1)> {low} مرحبا 🚀"
    subject = of_text(
        "years: 1\ndiscount_rate: 0 %\ncase: '<b>x</b>'\ninputs:\n"
        f"  gain: {{estimate: 'normal(100, 40)', label: '{label}'}}\nbenefits: {{B: gain}}\n"
    )
    reader = Reader(visit(page_around(panel(subject))))
    reader.drag(0.4)
    assert f"“{label}”" in reader.question
    assert reader.visited.said == []
    assert reader.page.locator(".explorer img").count() == 0


@pytest.mark.parametrize("subject", [portal, choice, crowd])
def test_how_long_an_answer_takes(read, subject, record_property):
    """Measured, not judged: milliseconds from a moved handle to the finished picture."""
    reader = read(subject())
    times = []
    for step in range(12):
        reader.handle().evaluate(
            f"e => {{ e.value = {step}; e.dispatchEvent(new Event('input')); }}"
        )
        reader.rest()
        found = reader.page.evaluate(
            "performance.getEntriesByName('explorer').map(e => e.duration)"
        )
        times += found
    record_property("milliseconds", float(np.median(times)))
    print(f"{subject.__name__}: {np.median(times):.1f} ms, at most {max(times):.1f}")  # noqa: T201
    assert len(times) == 12


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("subject", [portal, choice, crowd])
def test_an_accessibility_checker_finds_nothing(read, subject, dark):
    """Names, roles and contrast of what is shown, with both inputs in use."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("The Python package axe-playwright-python")
    reader = read(subject(), dark=dark)
    reader.control("second").locator("select").select_option("2")
    reader.drag(0.3)
    found = Axe().run(reader.page).response["violations"]
    assert [(each["id"], each["impact"]) for each in found] == []
