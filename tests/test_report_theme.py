"""Theme files and logos: what they change, and what is said when they cannot."""

import base64
import os
import re
from itertools import product
from pathlib import Path

import pytest
from reporting import WRITTEN, everything, subject

from reports.document import Report
from reports.html import page
from reports.html.colours import READABLE, contrast, mixed, readable
from reports.html.logo import logo_address
from reports.html.theme import DARK, LIGHT, SYSTEM, read_theme
from simulator.errors import RunError

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/>{}</svg>'


def charts_only(**settings: Path) -> Report:
    """A small report."""
    return Report("Test", "en", everything().sections[1:2], subject(), WRITTEN, **settings)


def written(folder: Path, text: str | bytes, name: str = "theme.yaml") -> Path:
    """A file in the folder."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def complaint(reader, path: Path) -> str:
    """What is said of a file that cannot be used."""
    with pytest.raises(RunError) as caught:
        reader(path)
    return str(caught.value)


def test_contrast_by_known_figures():
    """Black on white is 21 by definition; #767676 is known as the palest grey that passes."""
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") >= READABLE > contrast("#777777", "#ffffff")


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_our_own_colours_can_be_read(palette):
    """Every colour that text has, on everything that text stands on."""
    for text, ground in product(
        (palette.ink, palette.muted, palette.accent, palette.good, palette.bad),
        (palette.paper, palette.surface),
    ):
        assert contrast(text, ground) >= READABLE, (text, ground)
    assert contrast(palette.ink, palette.accent_soft) >= READABLE


def test_a_shade_is_found_on_any_paper():
    """Whatever the colour and the paper, the shade found can be read."""
    some = ("#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", "#757575")
    for colour, paper in product(some, some):
        assert contrast(readable(colour, paper), paper) >= READABLE


def test_a_theme_reaches_page_and_figures(tmp_path):
    """The accent colours the style sheet and the drawings, and on dark screens a shade of it."""
    theme = written(tmp_path, 'accent: "#7A0045"\nfont: Georgia, "Times New Roman", serif\n')
    screen = page(charts_only(theme=theme))
    assert "--accent:#7a0045;" in screen
    assert "var(--accent,#7a0045)" in screen
    assert '--font:"Georgia", "Times New Roman", serif;' in screen
    paper = page(charts_only(theme=theme), live=False)
    drawing = re.search(r'<svg class="chart".*?</svg>', paper, re.DOTALL)[0]
    assert "#7a0045" in drawing and "#0072b2" not in drawing
    night = read_theme(theme).dark
    assert contrast(night.accent, night.paper) >= READABLE


def test_what_a_theme_leaves_out_goes_with_what_it_says(tmp_path):
    """On a paper of one's own every other colour is still readable."""
    path = written(tmp_path, 'paper: "#0F3D3E"\ndark: {paper: "#FFF8E7"}\n')
    theme = read_theme(path)
    for palette in (theme.light, theme.dark):
        for colour in (palette.ink, palette.muted, palette.accent, palette.good, palette.bad):
            assert contrast(colour, palette.paper) >= READABLE
    assert theme.light.paper == "#0f3d3e" and theme.dark.paper == "#fff8e7"
    assert theme.font == SYSTEM


def test_an_own_dark_accent_is_taken_as_it_is(tmp_path):
    """Who chooses a colour for dark screens gets it."""
    path = written(tmp_path, 'accent: "#00407A"\ndark: {accent: "#FFD54D"}\n')
    theme = read_theme(path)
    assert (theme.light.accent, theme.dark.accent) == ("#00407a", "#ffd54d")
    assert theme.dark.accent_soft == mixed("#ffd54d", theme.dark.paper, 0.22)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accnt: '#000'\n", "theme.yaml:1:1, accnt: this is no key of a theme\n    did you mean"),
        ("dark: {acent: '#fff'}\n", "did you mean `accent`?"),
        ("accent: #0072B2\n", "nothing stands here: # begins a comment\n    put it in quotes"),
        ("ink: '#222'\naccent: blue\n", "theme.yaml:2:1, accent: 'blue' is no colour"),
        ("accent: 12\n", "'12' is no colour"),
        ("accent: ['#000']\n", "is no colour"),
        ("accent: '#12345'\n", "six hexadecimal digits"),
        ("accent: '#000;}body{display:none'\n", "is no colour"),
        ("accent: '#FFE000'\n", "#ffe000 cannot be read on #ffffff: their contrast is 1.3"),
        ("dark: {ink: '#222222'}\n", "theme.yaml:1:8, dark.ink: #222222 cannot be read on #15191e"),
        ("dark: blue\n", "dark: holds no colours"),
        ("font: 'Arial; } body { color: red'\n", "names no fonts"),
        ("font: 'url(x)'\n", "font: Georgia, serif"),
        ("font: ''\n", "names no fonts"),
        ("font: 3\n", "names no fonts"),
        ("font: " + "A" * 300 + "\n", "names no fonts"),
        ("- accent\n", "there are no entries in it"),
        ("accent: '#000'\naccent: '#111'\n", "this is no theme"),
        ("accent: [\n", "this is no theme"),
        ("accent: !!python/object:os.system '#000'\n", "is no colour"),
        (b"accent: \xff\xfe\n", "it is not text in UTF-8"),
        ("a" * 100_001, "too large for a theme"),
    ],
)  # fmt: skip
def test_what_a_theme_cannot_hold(tmp_path, text, said):
    """Each mistake is told with its file, its line, and what to write."""
    found = complaint(read_theme, written(tmp_path, text))
    assert said in found
    assert found.startswith(str(tmp_path / "theme.yaml"))
    assert "\n    " in found


def test_a_theme_that_is_not_there(tmp_path):
    """A missing file and a folder are told."""
    assert "there is no such file\n    check its name" in complaint(
        read_theme, tmp_path / "none.yaml"
    )
    assert "this is a folder" in complaint(read_theme, tmp_path)


def test_a_logo_is_inside_the_page(tmp_path):
    """The picture itself is in the page, in an image element, where an SVG cannot run anything."""
    logo = written(tmp_path, SVG.format("<script>alert(1)</script>"), "logo.svg")
    html = page(charts_only(logo=logo))
    assert html.count('<img class="logo" src="data:image/svg+xml;base64,') == 1
    assert "<script>alert(1)" not in html
    for name, data in (
        ("a.png", PIXEL),
        ("b.JPG", b"\xff\xd8\xff\xe0"),
        ("c.webp", b"RIFF1234WEBP"),
    ):
        assert logo_address(written(tmp_path, data, name)).startswith("data:image/")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.gif", b"GIF89a", "this is no kind of logo\n    take one of .png"),
        ("a.png", b"<svg/>", "this is no png picture"),
        ("a.webp", b"RIFF", "this is no webp picture"),
        ("a.png", PIXEL + bytes(1_000_000), "the logo has over 1 MB"),
        ("a.svg", b"<svg", "this is no SVG"),
        ("a.svg", b"<html/>", "this is no SVG"),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "defines entities"),
        ("a.svg", SVG.format('<image href="https://example.org/a.png"/>').encode(), "from outside"),
        ("a.svg", SVG.format("<style>@import 'a.css'</style>").encode(), "from outside"),
        ("a.svg", SVG.format('<path style="fill:url(https://example.org)"/>').encode(), "outside"),
    ],
)  # fmt: skip
def test_what_is_no_logo(tmp_path, name, data, said):
    """Each kind of wrong logo is told with its file and what to do."""
    found = complaint(logo_address, written(tmp_path, data, name))
    assert said in found and found.startswith(str(tmp_path / name))
    assert "\n    " in found


def test_a_logo_that_is_not_there(tmp_path):
    """A missing file and a folder are told."""
    assert "there is no such file" in complaint(logo_address, tmp_path / "none.png")
    (tmp_path / "folder.png").mkdir()
    assert "this is a folder" in complaint(logo_address, tmp_path / "folder.png")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read(tmp_path):
    """Permission is told in plain words."""
    for reader, name in ((read_theme, "theme.yaml"), (logo_address, "logo.png")):
        path = written(tmp_path, PIXEL, name)
        path.chmod(0)
        assert "it cannot be read" in complaint(reader, path)
