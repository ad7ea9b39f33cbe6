"""The reports of the example cases, and what they look like, in docs/gallery: `make gallery`.

A second run changes nothing: the draws belong to the cases' seeds, and the date is `WRITTEN`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import utfall as ut
from reports.language import LANGUAGES

ROOT = Path(__file__).parents[1]
CASES = ROOT / "configs"
FOLDER = ROOT / "docs" / "gallery"
WRITTEN = date(2026, 11, 2)
AUTHOR = "Finance"
EXAMPLES = ("customer_portal", "crm", "cx_programme", "capacity", "customer_profitability", "blank")
COMPARISON = "compare"
OTHER_FORMS = ("pdf", "xlsx")
LARGEST = 2_000_000  # bytes; a larger file of another form is left out, the page is kept
DESKTOP, PHONE = (1280, 1150), (390, 844)
PICTURES = {
    "desktop": ("customer_portal.html", DESKTOP, "light"),
    "figures": ("customer_portal.html#value", DESKTOP, "light"),
    "phone": ("customer_portal.html#answer", PHONE, "light"),
    "dark": ("compare.html", DESKTOP, "dark"),
}
"""Screenshots: of which place in which report, how large, in which colours."""
LARGEST_PICTURE = 200_000  # bytes


def made(name: str, language: str | None = None) -> ut.Report:
    """The report of an example, dated and signed."""
    path = CASES / f"{name}.yaml"
    case = ut.load_comparison(path) if name == COMPARISON else ut.load(path)
    return ut.report(case, language, author=AUTHOR, written=WRITTEN)


def file_name(name: str, language: str) -> str:
    """English is not marked."""
    return f"{name}.html" if language == "en" else f"{name}.{language}.html"


def reports() -> Iterator[str]:
    """Write every report, and say what is written."""
    for name in (*EXAMPLES, COMPARISON):
        languages = LANGUAGES if name == "customer_portal" else ("en",)
        for language in languages:
            made(name, language).save(FOLDER / file_name(name, language))
            yield file_name(name, language)
    for name in ("customer_portal", COMPARISON):
        report = made(name)
        for form in OTHER_FORMS:
            path = FOLDER / f"{name}.{form}"
            report.save(path)
            if path.stat().st_size > LARGEST:
                path.unlink()
            else:
                yield path.name


def pictures() -> Iterator[str]:
    """Photograph some reports in a real browser, and say what is written."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for kind, (place, (width, height), colours) in PICTURES.items():
            scheme: Any = colours
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme,
                reduced_motion="reduce",
            )  # fmt: skip
            page.goto(f"{FOLDER.as_uri()}/{place}")
            path = FOLDER / f"{kind}.png"
            page.screenshot(path=path)
            page.close()
            with Image.open(path) as picture:  # 128 colours are enough for text and bars
                picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
                    path, optimize=True
                )
            if path.stat().st_size > LARGEST_PICTURE:
                raise SystemExit(f"{path.name} is larger than {LARGEST_PICTURE} bytes")
            yield path.name
        browser.close()


def chromium() -> str:
    """The browser of this machine."""
    for name in ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise SystemExit("The pictures of the gallery need Chromium: make tools")


def index(written: Iterable[str]) -> str:
    """The page that leads to all of them."""
    there = set(written)
    lines = [
        "# Reports of the example cases",
        "",
        "Made by `make gallery` from the files in `configs/`. Each is a single file that needs "
        "nothing but a browser: download it and open it. [Reports](../reports.md) tells what they "
        "hold, and how to make your own.",
        "",
        "![A report on a desk](desktop.png)",
        "",
        "| Report | What is asked |",
        "|---|---|",
    ]
    for name in (*EXAMPLES, COMPARISON):
        others = [form for form in OTHER_FORMS if f"{name}.{form}" in there]
        links = [f"[{name}]({name}.html)", *(f"[.{form}]({name}.{form})" for form in others)]
        lines.append(f"| {', '.join(links)} | {asked(name)} |")
    tongues = ", ".join(
        f"[{own}]({file_name('customer_portal', language)})" for language, own in LANGUAGES.items()
    )
    return "\n".join(
        [
            *lines,
            "",
            f"The customer portal in every language: {tongues}.",
            "",
            "| On a phone | In the dark | Figures |",
            "|---|---|---|",
            "| ![A report on a phone](phone.png) | ![A comparison in dark colours](dark.png) "
            "| ![Net present value and payback in a report](figures.png) |",
            "",
        ]
    )


def asked(name: str) -> str:
    """The question of an example: the first line of its file."""
    return (CASES / f"{name}.yaml").read_text("utf-8").splitlines()[0].lstrip("# ")


def main() -> None:
    """Write everything anew; what is no longer made goes away."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    written: list[str] = []
    for source in (reports(), pictures()):
        for name in source:
            written.append(name)
            sys.stdout.write(f"docs/gallery/{name}\n")
    (FOLDER / "README.md").write_text(index(written), "utf-8")


if __name__ == "__main__":
    main()
