"""What the tests of a comparison's pages share: what to compare, and how a page is read."""

from collections.abc import Mapping
from functools import cache

from comparing import amount, compared
from printing import printed, words

import utfall as ut
from reports.comparison import comparison_tables
from reports.document import Table
from reports.language import SPACE
from reports.numbers import Shown, chance_shown
from reports.verdict import verdict

NOTHING = "Nothing"
CERTAIN_OR_BOLD = {
    "Certain": amount({}, "1"),
    "Bold": amount({"luck": "discrete(0 weight 6, 10 weight 4)"}, "luck"),
}
"""Certain brings 1; Bold brings 0 in 60 % of the trials and 10 in 40 %, so 4 on average."""


def case(name: str, saving: str, years: int = 3, outlay: str = "100k to 180k") -> ut.Case:
    """A case with an outlay, and a saving of its own every year."""
    own = f"saving_{name.lower().replace(' ', '_')}"
    return ut.read(
        f"case: {name}\ncurrency: SEK\nyears: {years}\ndiscount_rate: 8 %\nhurdle: 2 years\n"
        f"inputs:\n  {own}: {saving}\n"
        f"investment:\n  Build: {outlay}\nbenefits:\n  Saved: {own}\n"
    )


@cache
def usual() -> ut.Compared:
    """Two alternatives of different length; payback within two years is asked for."""
    return compared({"One": case("One", "50k to 120k"), "Two": case("Two", "20k to 200k", 5)},
                    trials=2048)  # fmt: skip


@cache
def many(count: int = 30) -> ut.Compared:
    """So many alternatives, each somewhat better than the one before."""
    names = [f"Alternative {number:02d}" for number in range(1, count + 1)]
    return compared(
        {name: case(name, f"{30 + k}k to {90 + 2 * k}k") for k, name in enumerate(names)},
        trials=512,
    )


def said(found: ut.Compared) -> str:
    """The sentences on top, as one line."""
    return words(" ".join(verdict(found)).replace(SPACE, " "))


def page(found: ut.Compared, width: int = 100) -> str:
    """The whole page as a pipe receives it."""
    return printed(comparison_tables(found), width)


def rows_of(table: Table) -> dict[str, list[Shown]]:
    """What stands in each row, by what stands in front."""
    return {
        row.cells[0].text: [Shown(cell.text, cell.error) for cell in row.cells[1:]]
        for row in table.rows
        if row.kind != "heading"
    }


def error(value: float, interval: list[float] | None) -> float | None:
    """The longer arm of an interval of the JSON."""
    return None if interval is None else max(value - interval[0], interval[1] - value)


def chance_of(entry: Mapping[str, float]) -> Shown:
    """A chance of the JSON as it should be written."""
    return chance_shown(entry["chance"], error(entry["chance"], [entry["low"], entry["high"]]))
