"""A real headless Chromium for the tests of pages, started once for each module of them.

Take the fixture with `from browsing import browser, visit  # noqa: F401` (the tests ask for it by
name) and mark the module `pytest.mark.browser`. Where there is no Chromium the tests skip and say
so; where CI is set, that is a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP, PHONE = (1280, 900), (375, 740)


@dataclass
class Visited:
    """A page that is open: `asked` are the addresses it fetched, `said` what it wrote or threw."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


Visit = Callable[..., Visited]


def missing(what: str) -> None:
    """Skip, with the reason; fail where everything is expected to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI expects it")
    pytest.skip(f"{what} is not installed: see `make test-all`")


@pytest.fixture(scope="module")  # its loop would be in the way of others that run one
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright, for the tests of one module."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        missing("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("The Python package playwright")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Visit]:
    """Opens a page from its text, as a file: `visit(html, size=PHONE, dark=True)`."""
    contexts = []

    def visited(html: str, size: tuple[int, int] = DESKTOP, dark: bool = False) -> Visited:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            has_touch=size == PHONE,
        )
        contexts.append(context)
        found = Visited(context.new_page())
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.on("console", lambda line: found.said.append(line.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("dialog", lambda box: (found.said.append(box.message), box.dismiss()))
        found.page.goto(path.as_uri())
        return found

    yield visited
    for context in contexts:
        context.close()
