"""Every outcome with its mean, spread and percentiles, and how far each may be off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.language import say
from reports.workbook.book import CHANCE, Book, Sheet
from reports.workbook.charts import add_spread_chart
from reports.workbook.names import STATISTICS
from reports.workbook.summary import outcome_name, outcome_shape, quantities
from simulator.result.outcome import PERCENTILES, Outcome

if TYPE_CHECKING:
    from reports.document import Report
    from simulator.result import Result

BEFORE = ("mean", "sd")
AFTER = ("chance_positive", "chance_negative", "worst5_mean")
NAMES = (*BEFORE, *(f"p{percent}" for percent in PERCENTILES), *AFTER)
FIRST = 4
"""The first column of figures."""


def write_percentiles(book: Book, report: Report) -> None:
    """Three lines an outcome: the figure, and both ends of its interval."""
    sheet = book.sheet(say("Percentiles"), say("Outcomes and their percentiles"))
    line = sheet.notes(1, [
        say("A percentile is not exceeded with its chance: P10 is exceeded with 90 %."),
        say("Figures are over the trials that have one; “undefined” is the share without."),
        say("The lines “from” and “to” are the ends of the 95 % interval of each figure."),
    ]) + 1  # fmt: skip
    names = [say("Alternative"), say("Outcome"), say("Unit"), say("Line")]
    names += [say(STATISTICS[n]) if n in STATISTICS else n.upper() for n in NAMES]
    sheet.headings(line, [*names, say("Undefined")], FIRST)
    sheet.text(line + 1, 0, say("Chance of not more than"), book.note)
    style = book.style(num_format="0%", italic=True, font_color="#555555")
    for offset, percent in enumerate(PERCENTILES):
        sheet.number(line + 1, FIRST + len(BEFORE) + offset, percent / 100, style)
    chances = line + 1
    sheet.widths(26, 36, 14, 8, *[13] * (len(NAMES) + 1))
    sheet.fit(0, report.subject.results)
    sheet.worksheet.freeze_panes(line + 2, 2)
    values: list[tuple[str, int]] = []
    line += 2
    for name, result in report.subject.results.items():
        for what, unit, shape, outcome in measures(result):
            if outcome.name == "npv":
                values.append((name, line))
            line = _outcome(sheet, line, (name, what, unit), shape, outcome)
    if values:
        first = FIRST + len(BEFORE)
        add_spread_chart(sheet, values, chances, first, first + len(PERCENTILES) - 1, line + 1)


def measures(result: Result) -> Iterator[tuple[str, str, str, Outcome]]:
    """Outcomes, then quantities: what each is called, its unit, its format."""
    for name, outcome in result.outcomes.items():
        yield outcome_name(name), outcome.unit, outcome_shape(name, outcome), outcome
    yield from quantities(result)


def _outcome(
    sheet: Sheet, line: int, texts: tuple[str, str, str], shape: str, outcome: Outcome
) -> int:
    said = (say("figure"), say("from"), say("to"))
    for offset, kind in enumerate(said):
        for column, text in enumerate((*texts, kind)):
            sheet.text(line + offset, column, text)
    book = sheet.book
    for column, stat in enumerate(NAMES, start=FIRST):
        measured = outcome.measured(stat)
        style = CHANCE if stat.startswith("chance") else shape
        plain = book.style(num_format=style)
        faint = book.style(num_format=style, font_color="#666666")
        sheet.number(line, column, _never(outcome, stat, measured.value), plain)
        for offset, end in enumerate((measured.low, measured.high), start=1):
            if end is not None:
                sheet.number(line + offset, column, end, faint)
    column = FIRST + len(NAMES)
    sheet.number(line, column, outcome.undefined_share, book.style(num_format=CHANCE))
    return line + 3


def _never(outcome: Outcome, stat: str, value: float | None) -> float | None:
    """A percentile of payback that is infinite is never reached."""
    payback = outcome.name in ("payback", "discounted_payback")
    if value is None and payback and stat.startswith("p") and outcome.undefined_share < 1:
        return float("inf")
    return value
