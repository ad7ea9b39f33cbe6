"""The language that reports speak: every sentence and word that people read goes through `say`.

English is written in the code and is the key to the catalogues, one `catalogues/LANGUAGE.po` for
each other language, which any gettext editor opens. The language is that of the running context:
`with speaking("sv"):` holds for everything that is written inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

from simulator.case.keys import did_you_mean
from simulator.errors import RunError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = {"en": "English", "sv": "svenska", "nb": "norsk bokmål", "da": "dansk", "fi": "suomi"}
"""What a report can be written in, each by its own name."""
SPACE = "\N{NO-BREAK SPACE}"
_spoken: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write everything inside in this language.

    >>> with speaking("sv"):
    ...     spoken()
    'sv'

    Raises RunError for a language that has no catalogue.
    """
    if language not in LANGUAGES:
        raise RunError(
            f"`{language}` is not a language of reports\n    {did_you_mean(language, LANGUAGES)}"
        )
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language of the running context."""
    return _spoken.get()


def say(message: str, /, **values: object) -> str:
    """A message in the language spoken, its `{places}` filled.

    A space before a percent sign becomes a no-break space, in every language.

    >>> say("In {share} of the trials nothing is paid.", share="2 %")
    'In 2 % of the trials nothing is paid.'
    """
    return _filled(catalogue(spoken()).gettext(message), values)


def say_many(one: str, many: str, count: float, /, **values: object) -> str:
    """A message in the form that goes with a number of things, which is `{count}` in it.

    >>> say_many("{count} trial", "{count} trials", 3)
    '3 trials'
    """
    number = int(count) if count == int(count) else 2  # 2.5 years are years
    found = catalogue(spoken()).ngettext(one, many, number)
    return _filled(found, {"count": f"{count:g}", **values})


def say_in(context: str, message: str, /, **values: object) -> str:
    """A message whose English word has several meanings; `context` tells translators which.

    >>> say_in("column of a table", "low")
    'low'
    """
    return _filled(catalogue(spoken()).pgettext(context, message), values)


def message(text: str, /) -> str:
    """Marks a text that is said later, by `say`: it is looked up then, not here."""
    return text


def listed(parts: Sequence[str]) -> str:
    """A list inside a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return say("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def capital(text: str) -> str:
    """With a capital first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of a language; English needs none."""
    if language == "en":
        return NullTranslations()
    from gettext import GNUTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is edited."""
    from babel.messages.pofile import read_po

    path = files("reports").joinpath("catalogues", f"{language}.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _filled(template: str, values: dict[str, object]) -> str:
    template = re.sub(r"(?<=[\w}]) %", f"{SPACE}%", template)
    return template.format(**values) if values else template.replace("{{", "{").replace("}}", "}")
