"""What the tests of sections share: the text of each section of a report."""

from collections.abc import Iterator, Mapping
from functools import cache

from printing import result_of
from report_text import text_of_section

import utfall as ut
from reports.document import Section, Table
from reports.language import speaking
from reports.report import subject_of
from reports.sections import SECTIONS

HEAD = "years: 3\ndiscount_rate: 0 %\nhurdle: 2 years\n"


class Parts(Mapping[str, str]):
    """The text of each section by its key, each made when it is asked for.

    Most of the time of a report goes into its pictures, and most tests read one section.
    """

    def __init__(self, found: ut.Result | ut.Compared) -> None:
        asked = found.comparison if isinstance(found, ut.Compared) else found.case
        self.language = asked.language
        self.made = {section.__name__: section for section in SECTIONS}
        self.texts: dict[str, str | None] = {}
        with speaking(self.language):
            self.subject = subject_of(found)

    def __getitem__(self, key: str) -> str:
        if key not in self.texts:
            with speaking(self.language):
                section = self.made[key](self.subject)
            assert section is None or section.key == key
            self.texts[key] = None if section is None else text_of_section(section)
        text = self.texts[key]
        if text is None:
            raise KeyError(key)
        return text

    def __iter__(self) -> Iterator[str]:
        return (key for key in self.made if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def said(text: str, trials: int = 4096) -> Parts:
    """The text of each section of a report on a case given as text."""
    return Parts(result_of(text, trials))


def together(*texts: str, **settings) -> ut.Compared:
    """Cases compared, called A, B ..."""
    cases = {"ABCD"[i]: ut.read(text) for i, text in enumerate(texts)}
    return ut.compare(ut.comparison(cases, **settings), trials=4096)


def tables(section: Section) -> list[Table]:
    """The tables of a section."""
    return [block for block in section.blocks if isinstance(block, Table)]
