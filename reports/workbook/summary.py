"""The first sheet: the answer in sentences, the figures behind it, and how they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reports.document import Paragraph
from reports.language import LANGUAGES, say, say_in
from reports.notes import note
from reports.numbers import years
from reports.tables import HARDLY
from reports.units import unit_in
from reports.workbook.book import CHANCE, WHOLE, YEARS, Book, Sheet, money_format
from reports.workbook.names import OUTCOMES, SAMPLING
from simulator.result.outcome import Measured, Outcome

if TYPE_CHECKING:
    from reports.document import Report
    from simulator.result import Result

PERCENTS = (10, 50, 90)
WIDE = 6
"""Columns that sentences run over."""


class Figure(NamedTuple):
    """A key figure of an alternative, with how it is shown."""

    who: str
    what: str
    unit: str
    measured: Measured
    shape: str


def write_summary(book: Book, report: Report) -> None:
    """Title, answer, key figures with the ends of their intervals, versions and seed."""
    sheet = book.sheet(say("Summary"), report.title)
    sheet.widths(34, 46, 16, 15, 15, 15)
    sheet.fit(0, report.subject.results)
    line = _written(sheet, report)
    for title, texts in leads(report):
        if title:
            sheet.text(line, 0, title, book.style(bold=True))
            line += 1
        for text in texts:
            line = sentence(sheet, line, text)
    line = _figures(sheet, line + 1, report)
    line = _made(sheet, line + 1, report)
    notes = [*(report.subject.compared.notes if report.subject.compared else ())]
    notes += [found for result in report.subject.results.values() for found in result.notes]
    for found in dict.fromkeys(notes):
        line = sentence(sheet, line, note(found))
    sheet.worksheet.activate()


def _written(sheet: Sheet, report: Report) -> int:
    sheet.text(1, 0, say("Written"), sheet.book.note)
    style = sheet.book.style(num_format="yyyy-mm-dd", align="left", font_color="#555555")
    sheet.worksheet.write_datetime(1, 1, report.written, style)
    if report.author:
        sheet.text(2, 0, say("Author"), sheet.book.note)
        sheet.text(2, 1, report.author)
    return 4


def leads(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of the answer, under the titles of their sections where there are several."""
    found = [
        (section.title, tuple(
            block.text for block in section.blocks
            if isinstance(block, Paragraph) and block.kind == "lead"
        ))
        for section in report.sections
    ]  # fmt: skip
    told = [(title, texts) for title, texts in found if texts]
    return [("", told[0][1])] if len(told) == 1 else told


def sentence(sheet: Sheet, line: int, text: str) -> int:
    """A sentence over the width of the page, as high as its lines; gives the line after it."""
    style = sheet.book.wrapped
    sheet.worksheet.merge_range(line, 0, line, WIDE - 1, "", style)
    sheet.text(line, 0, text, style)
    sheet.worksheet.set_row(line, 15.5 * max(1, -(-len(text) // 150)))
    return line + 1


def _figures(sheet: Sheet, line: int, report: Report) -> int:
    names = [
        say("Alternative"), say_in("what is measured", "Figure"), say("Unit"), say("Value"),
        say("95 % interval, from"), say("to"),
    ]  # fmt: skip
    sheet.headings(line, names, 3)
    for found in key_figures(report):
        line += 1
        sheet.text(line, 0, found.who)
        sheet.text(line, 1, found.what)
        sheet.text(line, 2, found.unit)
        write_measured(sheet, line, 3, found.measured, found.shape)
    return line + 1


def write_measured(
    sheet: Sheet, line: int, column: int, figure: Measured, shape: str, error: bool = True
) -> None:
    """A figure and the ends of its interval, side by side."""
    style = sheet.book.style(num_format=shape)
    sheet.number(line, column, figure.value, style)
    if error:
        for offset, end in enumerate((figure.low, figure.high), start=1):
            if end is not None:
                sheet.number(line, column + offset, end, style)


def key_figures(report: Report) -> Iterator[Figure]:
    """Of each alternative the few figures that decide."""
    for name, result in report.subject.results.items():
        if result.outcomes:
            yield from _of_money(name, result)
        else:
            yield from _of_quantities(name, result)


def _of_money(name: str, result: Result) -> Iterator[Figure]:
    hurdle, currency = result.case.hurdle, result.case.currency
    if hurdle is not None and hurdle.discounted:
        within = say("Chance of payback on discounted cash within {time}", time=years(hurdle.years))
        chance = result.payback_chance(hurdle.years, discounted=True)
    else:
        length = hurdle.years if hurdle else float(result.horizon)
        within = say("Chance of payback within {time}", time=years(length))
        chance = result.payback_chance(length)
    yield Figure(name, within, "", chance, CHANCE)
    yield Figure(name, say("Chance of no payback within the years followed"), "",
                 result.never_chance(), CHANCE)  # fmt: skip
    npv, funding = result.npv, result.peak_funding
    loss = npv.measured("chance_negative")
    yield Figure(name, say("Chance of a loss (net present value below zero)"), "", loss, CHANCE)
    shape = money_format(largest(npv))
    yield Figure(name, say("Net present value, mean"), currency, npv.measured("mean"), shape)
    for percent in PERCENTS:
        said = say("Net present value, {share} % chance of at least", share=100 - percent)
        yield Figure(name, said, currency, npv.measured(f"p{percent}"), shape)
    said = say("Net present value, mean of the worst 5 %")
    yield Figure(name, said, currency, npv.measured("worst5_mean"), shape)
    said = say("Peak funding, {share} % chance of at most", share=90)
    yield Figure(name, said, currency, funding.measured("p90"), shape)
    if result.irr.undefined_share <= HARDLY:
        yield Figure(name, say("Internal rate of return, median"), "",
                     result.irr.measured("p50"), CHANCE)  # fmt: skip


def _of_quantities(name: str, result: Result) -> Iterator[Figure]:
    for title, unit, shape, outcome in quantities(result):
        yield Figure(name, say("{what}, mean", what=title), unit, outcome.measured("mean"), shape)
        for percent in PERCENTS:
            said = say("{what}, {share} % chance of at least", what=title, share=100 - percent)
            yield Figure(name, said, unit, outcome.measured(f"p{percent}"), shape)


def quantities(result: Result) -> Iterator[tuple[str, str, str, Outcome]]:
    """Every quantity asked for, year by year: what it is, its unit, how it is shown."""
    for name, quantity in result.quantities.items():
        entry = result.case.quantities.get(name)
        title, unit = (entry.title, entry.unit) if entry is not None else (name, "")
        single = isinstance(quantity, Outcome)
        for outcome in (quantity,) if isinstance(quantity, Outcome) else quantity:
            ends = (outcome.percentile(5), outcome.percentile(95))
            share = unit_in(result.case, name, ends).share
            year = outcome.name.rpartition("[")[2].rstrip("]")
            said = title if single else say("{what}, year {year}", what=title, year=year)
            yield said, unit, CHANCE if share else money_format(largest(outcome)), outcome


def largest(outcome: Outcome) -> float:
    """The larger end of where an amount mostly lies."""
    ends = (outcome.percentile(5), outcome.percentile(95), 0.0)
    return max(abs(end) for end in ends if end is not None)


def outcome_shape(name: str, outcome: Outcome) -> str:
    """How figures of an outcome are shown."""
    if name in ("irr", "roi", "roi_discounted"):
        return CHANCE
    if name in ("payback", "discounted_payback"):
        return YEARS
    return "0.00" if name == "profitability_index" else money_format(largest(outcome))


def outcome_name(name: str) -> str:
    """What an outcome is called."""
    return say(OUTCOMES[name])


def _made(sheet: Sheet, line: int, report: Report) -> int:
    result, count = report.subject.result, sheet.book.style(num_format=WHOLE, align="left")
    sheet.text(line, 0, say("How the figures were made"), sheet.book.style(bold=True))
    made = [
        (say("Trials"), result.trials),
        (say("Independent replicates"), result.replicates),
        (say("Seed"), result.seed),
        (say("Sampling"), say(SAMPLING[result.sampling])),
        (say("Version of Utfall"), result.version),
        (say("Language"), LANGUAGES[report.language]),
    ]
    for label, value in made:
        line += 1
        sheet.text(line, 0, label)
        if isinstance(value, int) and value < 2**53:
            sheet.number(line, 1, value, count)
        else:
            sheet.text(line, 1, str(value))
    return sentence(sheet, line + 1, say(
        "Intervals tell how far a figure may be off because the number of trials is limited; "
        "they say nothing about whether the assumptions are right."
    ))  # fmt: skip
