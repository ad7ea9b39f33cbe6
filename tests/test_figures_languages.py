"""Pictures in other languages: longer words, other marks, names in any writing."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from gettext import NullTranslations
from itertools import combinations
from pathlib import Path

import matplotlib
import pytest
from comparing import compared
from comparing_pages import case, many, usual
from picturing import CASES, LONG, money, result_of
from test_reports_pictures import boxes

import utfall as ut
from reports import language
from reports.drivers import (
    centre_far_off,
    ends_named,
    left_out,
    outcome_name,
    outcome_unit,
)
from reports.figures import Chart, all_charts, comparison_charts
from reports.figures.style import house_style
from reports.language import speaking
from reports.numbers import Scale
from reports.words import at_least, npv_said, payback_sentence

PLACE = re.compile(r"(\{\w+\})")
SCRIPT = "<script>alert('x')</script> & \"quotes\""
NAMES = {
    "script": SCRIPT,
    "emoji": "🚀🔥 rocket 👩‍🚀 plan",
    "right to left": "בניית פורטל לקוחות بوابة العملاء",
    "long": LONG[:300],
    "one word": "W" * 300,
    "wide": "顧客ポータルの導入による解約率の低下と業務時間の削減" * 3,
    "formula": "=1+1 {name} %s $x^2$ \\alpha",
}

SLOW = ("emoji", "formula", "wide")


def any_name(*slow: str) -> list[object]:
    """The names, some of which are tried only when there is time."""
    return [
        pytest.param(name, id=kind, marks=[pytest.mark.slow] if kind in slow else [])
        for kind, name in NAMES.items()
    ]


class Longer(NullTranslations):
    """A language each of whose words is 40 % longer than the English one, as Finnish may be."""

    def gettext(self, message: str) -> str:
        """The message with every word stretched."""
        parts = PLACE.split(message)
        return "".join(
            part if PLACE.fullmatch(part) else re.sub(r"[^\W\d]{3,}", _stretched, part)
            for part in parts
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One or many, stretched."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The same in any context."""
        return self.gettext(message)


class Bracketed(Longer):
    """A language whose messages all stand in brackets."""

    def gettext(self, message: str) -> str:
        """The message, marked."""
        return f"⟦{message}⟧"


def _stretched(word: re.Match[str]) -> str:
    text = word.group()
    return text + text[-1] * max(1, round(0.4 * len(text)))


@contextmanager
def spoken_as(messages: NullTranslations) -> Iterator[None]:
    """Everything said inside is said so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "catalogue", lambda _: messages)
        yield


def drawn(name: str) -> tuple[Chart, ...]:
    """All pictures of one of the cases, in the language of now."""
    case = ut.read(CASES[name])
    result = ut.simulate(case, trials=1024)
    return all_charts(result, ut.tornado(case, "npv" if case.has_money else case.outputs[0]))


def check(chart: Chart) -> None:
    """Every text stands inside the picture, and none upon another."""
    with house_style():
        chart.figure.draw_without_rendering()
        found = boxes(chart.figure)
    inside = chart.figure.bbox.padded(6)
    for text, box in found:
        assert inside.count_contains([(box.x0, box.y0), (box.x1, box.y1)]) == 2, (chart.name, text)
    for (text, box), (other, beside) in combinations(found, 2):
        assert not box.padded(-2).overlaps(beside.padded(-2)), (chart.name, text, other)


@pytest.mark.parametrize("name", ["usual", "no money", "discrete"])
def test_words_that_are_longer_leave_room_for_each_other(name: str):
    """In a language of long words, too, nothing sticks out and no text lies upon another."""
    with spoken_as(Longer()):
        charts = drawn(name)
    for chart in charts:
        check(chart)


def test_a_comparison_in_long_words_can_be_read():
    """The same for its pictures, of a few alternatives and of many."""
    for found in (usual(), many()):
        with spoken_as(Longer()):
            charts = comparison_charts(found)
        for chart in charts:
            check(chart)


@pytest.mark.parametrize("name", ["usual", "event", "no outlay"])
def test_every_word_of_a_picture_can_be_said_in_another_language(name: str):
    """What is not in brackets has been typed in the case, or is a figure."""
    with spoken_as(Bracketed()):
        charts = drawn(name)
        known = {"Test", "SEK", "Build", "Saving", "a", "b", *_said_elsewhere(name)}
    for chart in charts:
        with house_style():
            chart.figure.draw_without_rendering()
        texts = [text.get_text() for text in chart.figure.findobj(matplotlib.text.Text)]
        for text in (chart.title, chart.alt, *texts):
            assert _outside(text) <= known, text


def _said_elsewhere(name: str) -> set[str]:
    """The words of sentences that pictures share with tables, whose tests watch over them."""
    result = result_of(name)
    bars = ut.tornado(result.case)
    unit = outcome_unit(bars, result.case)
    said = [payback_sentence(result), at_least(result.npv, npv_said(result)), ends_named(bars),
            outcome_name(bars), *left_out(bars, unit, Scale()),
            *centre_far_off(bars, unit, Scale(), result.npv)]  # fmt: skip
    return set().union(*map(_outside, said))


def _outside(text: str) -> set[str]:
    """The words of a text that stand in no brackets."""
    while True:
        inner = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        if inner == text:
            return set(re.findall(r"[^\W\d_]+", text))
        text = inner


def test_ticks_keep_the_language_in_which_a_picture_was_made():
    """They are written as it is saved, when another language may be spoken."""
    case = ut.read(money("0.15 to 0.35", "a", "  a: 0.06 to 0.14\n", currency="EUR"))
    tiny = ut.simulate(case, trials=1024)
    with speaking("sv"):
        swedish = all_charts(tiny)[0]
    with house_style():
        swedish.figure.draw_without_rendering()
    ticks = [label.get_text() for label in swedish.figure.axes[1].get_xticklabels()]
    assert any("," in tick for tick in ticks)
    assert not any("." in tick for tick in ticks)


@pytest.mark.parametrize("name", any_name(*SLOW))
def test_a_name_of_any_kind_is_drawn(name: str, tmp_path: Path):
    """Of a case, its inputs, lines and units: no warning, no exception, whole in the SVG."""
    read = ut.read(
        "years: 3\ndiscount_rate: 8 %\nhurdle: 2 years\ninputs:\n  a:\n    estimate: 60 to 140\n"
        "    label: |-\n      LABEL\n    unit: |-\n      LABEL\ninvestment:\n  Build: 100 to 300\n"
        "benefits:\n  Saving: a\n".replace("LABEL", name)
    )
    named = replace(read, name=name)
    result = ut.simulate(named, trials=512)
    for chart in all_charts(result, ut.tornado(named)):
        check(chart)
        for path in chart.save(tmp_path):
            if path.suffix == ".svg":
                written = "".join(ET.parse(path).getroot().itertext())
                assert name[:6] in written
                assert "<script>" not in path.read_text()


@pytest.mark.parametrize("name", any_name(*SLOW, "right to left", "long"))
def test_an_alternative_of_any_name_is_drawn(name: str, tmp_path: Path):
    """And told from another one whose name begins and ends alike."""
    found = compared({f"{name} 1 {name}": case("One", "50k to 120k"),
                      f"{name} 2 {name}": case("Two", "50k to 140k")}, trials=512)  # fmt: skip
    for chart in comparison_charts(found):
        check(chart)
        chart.save(tmp_path)
