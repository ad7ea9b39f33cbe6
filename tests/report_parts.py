"""What the tests of sections share: the text of each section of a report."""

import re
from functools import cache

from printing import result_of
from report_text import text_of

import utfall as ut
from reports.document import Section, Table
from reports.report import report_of

HEAD = "years: 3\ndiscount_rate: 0 %\nhurdle: 2 years\n"


@cache
def said(text: str, trials: int = 4096) -> dict[str, str]:
    """The text of each section of a report on a case given as text."""
    return parted(report_of(result_of(text, trials)))


def parted(report) -> dict[str, str]:
    """The text of each section by its key."""
    parts = re.split(r"(?m)^## .*\n", text_of(report))[1:]
    keys = [section.key for section in report.sections]
    return dict(zip(keys, parts, strict=True))


def together(*texts: str, **settings) -> ut.Compared:
    """Cases compared, called A, B ..."""
    cases = {"ABCD"[i]: ut.read(text) for i, text in enumerate(texts)}
    return ut.compare(ut.comparison(cases, **settings), trials=4096)


def tables(section: Section) -> list[Table]:
    """The tables of a section."""
    return [block for block in section.blocks if isinstance(block, Table)]
