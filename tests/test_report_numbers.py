"""Every number of a report is a number of its data, rounded honestly, or one that was typed."""

import bisect
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from report_numbers import Caught, catching, numbers_in, texts_in, tokens

import utfall as ut
from reports.data import report_data
from reports.document import Figure, Paragraph, Report
from reports.report import report_of

CONFIGS = Path(__file__).parents[1] / "configs"
FILES = sorted(path.name for path in CONFIGS.glob("*.yaml") if path.name != "blank.yaml")
TRIALS = 8192
STRUCTURE = frozenset({
    "0", "1", "5", "9", "10", "50", "90", "95", "0.1", "99.9", "0,1", "99,9",
})  # fmt: skip
"""Numbers that belong to the wording: P10, "90 % chance", "the worst 5 %", from P0.1 to P99.9."""


@cache
def made(name: str, language: str = "en") -> tuple[Report, Caught]:
    """The report of an example, and all that was written for it."""
    path = CONFIGS / name
    if name == "compare.yaml":
        found = ut.compare(ut.load_comparison(path), trials=TRIALS)
    else:
        found = ut.simulate(ut.load(path), trials=TRIALS)
    with catching() as caught:
        report = report_of(found, language)
    return report, caught


def figures_of(report: Report) -> list[Figure]:
    """The pictures of a report."""
    return [b for section in report.sections for b in section.blocks if isinstance(b, Figure)]


def drawn(report: Report) -> set[float]:
    """Numbers that only pictures have: ticks of their axes, and what lies outside of them."""
    found = set[float]()
    for figure in figures_of(report):
        for axes in figure.chart.figure.axes:
            for tick in (*axes.get_xticks(), *axes.get_yticks()):
                found |= {float(tick) * 10.0**power for power in (-2, 0, 3, 6, 9)}
    for outcome in outcomes_of(report):
        low, high = outcome.percentile(0.5), outcome.percentile(99.5)
        found |= {outcome.chance_below(low)} if low is not None else set()
        found |= {outcome.chance_above(high)} if high is not None else set()
    return found


def outcomes_of(report: Report) -> list[ut.Outcome]:
    """Everything whose spread can be drawn."""
    found = []
    for result in report.subject.results.values():
        for quantity in (*result.outcomes.values(), *result.quantities.values()):
            found += quantity if isinstance(quantity, tuple) else [quantity]
    return found


def untraced(report: Report, caught: Caught) -> list[object]:
    """Raw values, and ends of intervals, that were written and are not in the data."""
    data = report_data(report)
    shown = [block.get("data") for s in data["report"]["sections"] for block in s["blocks"]]
    known = sorted(
        numbers_in({key: value for key, value in data.items() if key != "report"})
        | numbers_in(shown)
        | drawn(report)
    )

    def among(value: float) -> bool:
        place = bisect.bisect(known, value)
        near = known[max(place - 1, 0) : place + 1]
        return any(abs(each - value) <= 1e-9 * abs(value) for each in near)

    def traced(value: float) -> bool:  # percents are written a hundredfold, a loss as positive
        return any(among(each) for each in (value, -value, value / 100, -value / 100))

    lost: list[object] = [value for value in caught.values if not traced(value)]
    ends = ((v, e) for v, e in caught.errors if not (traced(v - e) or traced(v + e)))
    return [*lost, *ends]


def foreign(report: Report, caught: Caught) -> list[str]:
    """Numbers in the texts of a report that were neither written from data nor typed."""
    data = report_data(report)
    own = caught.tokens | typed(data) | STRUCTURE | {f"{year}" for year in years(report)}
    own |= set(tokens(" ".join(data["versions"].values())))
    entries = (e for result in report.subject.results.values() for e in result.case.entries())
    own |= {token for entry in entries for token in tokens(entry.typed(report.language))}
    told = [
        (token, text)
        for text in texts_in(data["report"])
        for token in tokens(text)
        if token not in own
    ]
    return [f"{token} in {text!r}" for token, text in told]


def years(report: Report) -> set[int]:
    """Years by number and by calendar, months of follow-up, places in a ranking."""
    results = report.subject.results.values()
    most = max([result.horizon for result in results] + [len(results) + 1])
    found = set(range(most + 1))
    for result in results:
        start = result.case.start
        found |= {start + year for year in range(result.horizon + 2)} if start else set()
        found |= {item.month for item in result.case.follow_up if item.month}
    return found


def typed(data: dict) -> set[str]:
    """Numbers that stand in texts of the case files."""
    rest = {key: value for key, value in data.items() if key not in ("report", "versions")}
    texts = [*texts_in(rest), *_keys(rest), str(data["report"]["written"])]
    return {token for text in texts for token in tokens(text)}


def _keys(data: object) -> list[str]:
    if isinstance(data, dict):
        return [*data, *(key for value in data.values() for key in _keys(value))]
    return [key for value in data for key in _keys(value)] if isinstance(data, list) else []


@pytest.mark.parametrize("name", FILES)
def test_every_figure_and_every_end_of_an_interval_is_in_the_data(name):
    """What is written is a rounded number of the JSON, and so is the end behind each ±."""
    assert untraced(*made(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_every_number_in_a_text_was_written_from_data_or_typed(name):
    """No sentence holds a number of its own."""
    assert foreign(*made(name)) == []


@pytest.mark.parametrize("language", ["sv", "da", "fi"])
def test_numbers_are_traced_in_other_languages_too(language):
    """A decimal comma, a dot between thousands: the same numbers, written otherwise."""
    report, caught = made("customer_portal.yaml", language)
    assert untraced(report, caught) == []
    assert foreign(report, caught) == []
    assert any("," in text for text in caught.texts)


@pytest.mark.parametrize("name", FILES)
def test_the_data_are_strict_json(name):
    """No NaN, no infinity, nothing but plain values, and the same again after reading."""
    data = report_data(made(name)[0])
    text = json.dumps(data, allow_nan=False)
    assert json.loads(text) == data


EDGE = """\
years: 1
discount_rate: 0 %
currency: SEK
inputs:
  gain: 100k to 300k
  gone: event(10 %, 600k to 900k)
benefits: {Gain: gain}
costs: {Gone: gone}
"""


def test_the_far_end_of_a_lopsided_interval_is_traced():
    """Said in words beside the figure, and a number of the data like any other."""
    found = ut.simulate(ut.read(EDGE), trials=TRIALS)
    with catching() as caught:
        report = report_of(found)
    assert "or down to" in " ".join(texts_in(report_data(report)["report"]))
    line = next(line for line in found.lines.values() if line.name == "Gone")
    assert line.present_value.measured("p10").low in caught.values
    assert untraced(report, caught) == []
    assert foreign(report, caught) == []


def test_a_planted_number_in_a_sentence_is_found():
    """The tracing can fail: a sentence with a number of its own does not pass."""
    report, caught = made("customer_portal.yaml")
    first, *others = report.sections
    planted = first._replace(blocks=(*first.blocks, Paragraph("The chance is 63.7 %.")))
    wrong = replace(report, sections=(planted, *others))
    assert any("63.7" in each for each in foreign(wrong, caught))


def test_a_figure_that_is_not_in_the_data_is_found():
    """The tracing can fail: a wrong value, or a wrong interval, does not pass."""
    report, caught = made("customer_portal.yaml")
    mean = report.subject.result.npv.measured("mean")
    wrong = Caught({*caught.values, mean.value * 1.001}, caught.errors, caught.texts)
    assert untraced(report, wrong) == [mean.value * 1.001]
    off = Caught(caught.values, {*caught.errors, (mean.value, 12_345.6)}, caught.texts)
    assert untraced(report, off) == [(mean.value, 12_345.6)]


def test_what_is_written_is_the_nearest_of_its_kind():
    """A caught text is its raw value within half of its last place."""
    from reports.numbers import number

    with catching() as caught:
        number(612_340.0, 9_900.0)
    assert caught.values == {612_340.0}
    assert caught.errors == {(612_340.0, 9_900.0)}
    assert {re.sub(r"\s", "", text) for text in caught.texts} == {"610000", "10000"}
