"""What the tests of reports share: a report with every kind of block, and harmful texts."""

from datetime import date
from functools import cache
from typing import Any

import utfall as ut
from reports.document import (
    Block,
    Cell,
    Column,
    Explorer,
    Fact,
    Facts,
    Figure,
    Items,
    Paragraph,
    Report,
    Row,
    Section,
    Shape,
    Share,
    Subject,
    Table,
)  # fmt: skip
from reports.figures import payback_by_year, value_distribution
from reports.report import subject_of

SCRIPT = "<script>document.title = 'run'; alert(1)</script>"
EVIL = (
    SCRIPT,
    '"><img src=x onerror="alert(2)">',
    "</style><style>*{display:none}",
    "</script>&amp;{{ 7 * 7 }}{% raw %}",
    "=1+1",
    "شركة البوابة الإلكترونية",
    "\u202egnirts desrever\u2066",
    "👩‍👩‍👧‍👦 顧客ポータル",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 7,
    "A label far longer than anybody would read aloud in a meeting " * 5,
)
"""Names that run, break out, turn round, or never end."""
HILL = Shape(tuple(1 - abs(step - 12) / 12 for step in range(25)))
WRITTEN = date(2027, 3, 1)


@cache
def portal() -> ut.Result:
    """The customer portal, in few trials."""
    return ut.simulate(ut.load("configs/customer_portal.yaml"), trials=4096)


@cache
def subject() -> Subject:
    """What the reports of these tests are about."""
    return subject_of(portal())


@cache
def charts() -> tuple[Figure, ...]:
    """Two pictures of the portal."""
    below = "It pays back, or it never does."
    return Figure(payback_by_year(portal()), below), Figure(value_distribution(portal()))


def register(rows: int, name: str = "Adoption") -> Table:
    """A table with each kind of column, cell and row."""
    columns = (
        Column("Assumption", kind="text"),
        Column("", kind="picture"),
        Column("Low", "5 %"),
        Column("High", "95 %"),
        Column("Chance", "of at least this", "figures"),
        Column("Source", kind="text"),
    )
    told = [
        Row(
            (
                Cell(f"{name} {number}"), Cell("between 20 % and 60 %", drawing=HILL),
                Cell("20 %", "±1"), Cell("−60 000"), Cell("58 %", "±10", Share(0.58)),
                Cell("Workshop with twelve customers, spring"),
            ),
            ("Asked of customers in the north only.",) if number % 3 == 1 else (),
            "marked" if number == 2 else "plain",
        )
        for number in range(rows)
    ]  # fmt: skip
    total = Row((Cell("All"), Cell(), Cell("22 %"), Cell("61 000", "±900")), kind="total")
    heading = Row((Cell("Judgements"),), kind="heading")
    notes = ("Low and high are not exceeded with a chance of 5 % and 95 %.",)
    return Table("Assumptions", columns, (heading, *told, total), notes)


def blocks(name: str = "Adoption", rows: int = 5) -> tuple[Block, ...]:
    """Every kind of block except a chart."""
    facts = (
        Fact("Chance of payback within 3 years", "58 %", "±1", "about four times in seven"),
        Fact("Net present value, 50 % chance of at least", "310 000 SEK", "±10 000"),
        Fact("Most money tied up", "420 000 SEK", "±5 000", "in year 1"),
        Fact(name, "never", "", name),
    )
    return (
        Paragraph(f"“{name}” pays itself back within 3 years with a chance of 58 %.", "lead"),
        Paragraph(f"What moves it most is “{name}”."),
        Facts(facts),
        Paragraph(f"Nobody has confirmed “{name}”.", "warning"),
        Paragraph(f"{name}\nSecond line, as typed.", "prose"),
        Items((name, "Hours saved in support", "Fewer errors"), "What is not valued"),
        register(rows, name),
        Paragraph("An interval holds the true value 19 times in 20.", "note"),
    )


def everything(*more: Block, name: str = "Adoption", **settings: Any) -> Report:
    """A report with every kind of block, the last being what is to be tried."""
    sections = (
        Section("answer", f"The answer for {name}", blocks(name)),
        Section("value", "Distribution and payback by year", charts()),
        Section("more", "What else was found", (register(30), *more)),
        Section("explore", "Try it yourself", (Explorer("What if?"),)),
    )
    given = {
        "title": f"Should we build {name}?", "author": "Anna Åkesson", "language": "en",
        "written": WRITTEN,
    }  # fmt: skip
    return Report(sections=sections, subject=subject(), **{**given, **settings})
