"""Bring the catalogues of other languages up to date: `python docs/messages.py`.

Whatever the program says is collected from the code and the templates into one file a language,
`reports/catalogues/LANGUAGE.po`. A translation that is there already is kept, a new message has
none yet, what is no longer said goes. Nothing is guessed: a message that was changed is a new one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from reports.language import LANGUAGES

ROOT = Path(__file__).parents[1]
CATALOGUES = Path("reports", "catalogues")
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
KEYWORDS = {
    "say": None, "say_many": (1, 2), "say_in": ((1, "c"), 2), "message": None, "Note": None,
}  # fmt: skip
"""What says a message, and which of its arguments hold it; see reports/language.py."""
PLACES = {
    "reports": ("say", "say_many", "say_in", "message"),
    "simulator": ("Note",),
    "distributions": ("Note",),
}
TEMPLATES = (".html", ".jinja", ".j2")
HEADER = """# {name}: what the reports of Utfall say. Translate with any gettext editor, or here.
# Words in {{braces}} are places for figures and names: keep them, in any order. `make messages`
# renews this file from the program.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def extracted(root: Path = ROOT) -> Catalog:
    """Every message below a folder, in the order of files and lines.

    Raises ValueError where a singular has two different plurals.
    """
    found = Catalog()
    for path, keywords in _sources(root):
        method = "python" if path.suffix == ".py" else "jinja2"
        with path.open("rb") as file, redirect_stderr(StringIO()):  # f-strings are values
            for line, text, comments, context in extract(
                method, file, keywords, ("translators:",), {"silent": "false"}
            ):
                said = [comment.removeprefix("translators:").strip() for comment in comments]
                _add(found, text, context, " ".join(said), (path.relative_to(root), line))
    return found


def _sources(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files that say something, and by which functions."""
    for place, names in PLACES.items():
        keywords: dict[str, Any] = {name: KEYWORDS[name] for name in names}
        for path in sorted((root / place).rglob("*")):
            if path.suffix == ".py" or (path.suffix in TEMPLATES and place == "reports"):
                yield path, keywords


def _add(
    found: Catalog,
    text: str | tuple[str, ...],
    context: str | None,
    comment: str,
    place: tuple[Path, int],
) -> None:
    path, line = place
    known = found.get(text, context)
    if known is not None and isinstance(text, tuple) and known.id not in (text, text[0]):
        raise ValueError(f"{path}:{line}: another plural of {text[0]!r} than elsewhere")
    comments = (comment,) if comment else ()
    found.add(text, locations=[(path.as_posix(), line)], auto_comments=comments, context=context)


def renewed(language: str, old: Catalog, found: Catalog) -> str:
    """The catalogue of a language as it should be, with the translations that it had."""
    new = Catalog(locale=language)
    for message in found:
        if not message.id:
            continue
        kept = old.get(message.id, message.context)
        if kept is None or kept.id != message.id:
            kept = Message(message.id)
        added = new.add(
            message.id, kept.string, message.locations, kept.flags, message.auto_comments,
            kept.user_comments, context=message.context,
        )  # fmt: skip
        added.flags.discard("python-format")  # "5 % of" is no format
    written = BytesIO()
    write_po(written, new, width=0, omit_header=True, include_lineno=False)
    head = HEADER.format(name=LANGUAGES[language], language=language, plurals=new.plural_forms)
    return head + written.getvalue().decode("utf-8").strip("\n") + "\n"


def read(path: Path) -> Catalog:
    """A catalogue as it stands in its file; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=path.stem)
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def main(root: Path = ROOT) -> None:
    """Write every catalogue that is not as it should be."""
    found = extracted(root)
    for language in TRANSLATED:
        path = root / CATALOGUES / f"{language}.po"
        old = path.read_text("utf-8") if path.exists() else ""
        new = renewed(language, read(path), found)
        if new != old:
            path.write_text(new, "utf-8")
        left = sum(not m.string or not all(m.string) for m in read(path) if m.id)
        state = "renewed" if new != old else "as it was"
        sys.stdout.write(f"{path.name}: {state}; {left} of {len(found)} messages untranslated\n")


if __name__ == "__main__":
    main()
