"""The gallery is of this version: what it shows is what the program writes today."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from elements import Elements

from reports.html import page
from reports.language import LANGUAGES

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs/gallery"
RENEW = "the gallery is of another version: make gallery"


@pytest.fixture(scope="module")
def gallery() -> Iterator[ModuleType]:
    """The program that makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "docs")
        yield importlib.import_module("gallery")


def text_of(written: str) -> str:
    """What a reader sees, on one line; versions of what we build on may differ."""
    seen = " ".join(Elements(written).text.split())
    return re.sub(r"(Python|numpy|scipy)(\W+)[\d.]*\d", r"\1\2", seen, flags=re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", *(pytest.param(name, marks=pytest.mark.slow)
                                              for name in LANGUAGES if name != "en")])  # fmt: skip
def test_the_portal_reads_as_the_program_writes_it(gallery: ModuleType, language: str) -> None:
    """Word by word, figure by figure."""
    name = gallery.file_name("customer_portal", language)
    kept = text_of((GALLERY / name).read_text("utf-8"))
    assert kept == text_of(page(gallery.made("customer_portal", language))), RENEW


def test_everything_is_there_and_linked(gallery: ModuleType) -> None:
    """The page that leads to the reports is as it would be written; every link leads there."""
    files = {path.name for path in GALLERY.iterdir()} - {"README.md"}
    index = (GALLERY / "README.md").read_text("utf-8")
    assert index == gallery.index(files), RENEW
    links = set(re.findall(r"\]\(([^)]+)\)", index))
    assert {link for link in links if not (GALLERY / link).exists()} == set()
    assert files - links == set()
    names = {gallery.file_name("customer_portal", language) for language in LANGUAGES}
    assert names | {f"{name}.html" for name in (*gallery.EXAMPLES, gallery.COMPARISON)} <= files


def test_it_stays_small(gallery: ModuleType) -> None:
    """Pages below 3 MB, pictures below 200 kB."""
    for path in GALLERY.iterdir():
        limit = gallery.LARGEST_PICTURE if path.suffix == ".png" else 3_000_000
        assert path.stat().st_size <= limit, path.name


def test_every_example_is_in_it(gallery: ModuleType) -> None:
    """All that stands in the folder of examples."""
    cases = {path.stem for path in (ROOT / "configs").glob("*.yaml")}
    assert cases == {*gallery.EXAMPLES, gallery.COMPARISON}
