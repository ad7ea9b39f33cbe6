"""The page on reports names every option, form, section and key of a theme, and no other."""

import re
from pathlib import Path

from reports.html.theme import KEYS, LIGHT, read_theme
from reports.language import LANGUAGES
from reports.sections import SECTIONS
from reports.writing import FORMS
from utfall.cli.report import report

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/reports.md").read_text("utf-8")


def part(heading: str) -> str:
    """What stands under a heading."""
    return re.split(rf"^## {heading}$", PAGE, flags=re.MULTILINE)[1].split("\n## ")[0]


def first_column(heading: str) -> list[str]:
    """Everything that is code in the first column of the table under a heading."""
    rows = re.findall(r"^\| (`.*?) \|", part(heading), re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_every_option_is_explained() -> None:
    """Those of the command; FILE and help explain themselves."""
    options = {name for option in report.params for name in option.opts if name.startswith("-")}
    assert set(first_column("What is reported")) == options


def test_every_form_is_explained() -> None:
    """By the ending of the file."""
    assert first_column("Forms") == list(FORMS)


def test_every_section_is_explained_in_order() -> None:
    """By its key, which is the same in every language."""
    assert first_column("What each section holds") == [section.__name__ for section in SECTIONS]


def test_every_language_is_named() -> None:
    """In the table of options."""
    assert all(f"`{language}`" in PAGE for language in LANGUAGES)


def test_the_theme_shown_is_one(tmp_path: Path) -> None:
    """It is read without complaint, has every key, and these are our own colours."""
    text = re.findall(r"```yml\n(.*?)```", PAGE, re.DOTALL)[0]
    (tmp_path / "theme.yaml").write_text(text, "utf-8")
    theme = read_theme(tmp_path / "theme.yaml")
    assert set(re.findall(r"^(\w+):", text, re.MULTILINE)) == set(KEYS)
    assert theme.light == LIGHT
    assert "Georgia" in theme.font
