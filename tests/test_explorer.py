"""What travels in the page: exact trials, inputs that matter, and nothing that can break out."""

from html.parser import HTMLParser

import numpy as np
import pytest
from exploring import (
    array,
    between,
    choice,
    crowd,
    data_for,
    data_of,
    of_text,
    portal,
    ranks_of,
)

import utfall as ut
from reports.ends import error_of
from reports.explorer import explorable, panel, script, style
from reports.explorer.dial import Dial
from reports.explorer.inputs import choices
from reports.explorer.trials import carried
from reports.language import speaking
from reports.report import subject_of
from reports.units import Unit
from simulator.result.outcome import Outcome

HEAD = "years: 2\ndiscount_rate: 0 %\nhurdle: 1 year\n"
SIMPLE = HEAD + "inputs: {gain: 'normal(100, 40)'}\ninvestment: {A: 100}\nbenefits: {B: gain}\n"


def test_trials_are_the_beginnings_of_all_replicates():
    """512 of each of 16 Sobol' sets, one after the other, as numbers of 32 bits."""
    told = data_for(portal())
    values = portal().result.npv.values.reshape(16, -1)[:, :512].ravel()
    assert told["trials"] == 8_192
    assert np.array_equal(array(told["alternatives"][0]["values"], "<f4"), values.astype("<f4"))


@pytest.mark.parametrize(
    ("trials", "replicates", "kept"), [(1_000, 1, 1_000), (9_000, 1, 8_192), (80_000, 10, 5_120)]
)
def test_all_trials_travel_or_powers_of_two(trials, replicates, kept):
    """What fits is kept whole; of longer replicates a power of two each."""
    assert carried(trials, replicates, 1, 5).trials == kept


def test_more_alternatives_mean_fewer_trials():
    """The page does not grow with the question: inputs and trials give way, trials last."""
    sizes = [carried(65_536, 16, count, 40) for count in (1, 4, 10, 30, 100)]
    assert [found.trials for found in sizes] == sorted((f.trials for f in sizes), reverse=True)
    assert all(found.inputs >= 20 for found in sizes)
    assert all(f.trials * (2 * f.inputs + 5 * n) * 4 / 3 <= 680_000
               for f, n in zip(sizes, (1, 4, 10, 30, 100), strict=True))  # fmt: skip


def test_a_range_of_values_is_a_range_of_ranks():
    """For every input and many pairs of stops, exactly the trials whose values lie inside."""
    told = data_for(portal())
    names = {choice.label: choice for choice in choices(portal())}
    for each in told["inputs"]:
        drawn = names[each["label"]].values.reshape(16, -1)[:, :512].ravel()
        stops = Dial.of(drawn).stops
        assert len(each["texts"]) == len(stops)
        last = len(stops) - 1
        for low, high in ((1, last - 1), (last // 3, last // 2), (last // 2, last // 2)):
            inside = (drawn >= stops[low]) & (drawn <= stops[high])
            assert np.array_equal(between(each, low, high), inside)
        assert between(each, 0, last).all()
        assert np.array_equal(np.sort(drawn)[ranks_of(each)], drawn)


def test_conditional_figures_are_those_of_a_closed_form():
    """With both normal, the mean of a + b where a lies above its mean is E|a|; about 2,000 left."""
    subject = of_text(
        "years: 1\ndiscount_rate: 0 %\ninputs: {a: 'normal(0, 10)', b: 'normal(0, 1)'}\n"
        "benefits: {B: a + b}\n"
    )
    told = data_for(subject)
    first = told["inputs"][0]
    inside = between(first, first["texts"].index("0"), len(first["texts"]) - 1)
    values = array(told["alternatives"][0]["values"], "<f4")[inside]
    error = values.std() / np.sqrt(len(values))
    assert abs(values.mean() - 10 * np.sqrt(2 / np.pi)) < 4 * error


def test_dependent_inputs_narrow_each_other():
    """Where two inputs are strongly correlated, a high one leaves the high ones of the other."""
    subject = of_text(
        "years: 1\ndiscount_rate: 0 %\ninputs: {a: 'normal(0, 1)', b: 'normal(0, 1)'}\n"
        "benefits: {B: a + b}\ndependence: [{between: [a, b], rank: 0.9}]\n"
    )
    first, second = data_for(subject)["inputs"]
    last = len(first["texts"]) - 1
    high = between(first, last * 3 // 4, last)
    assert ranks_of(second)[high].mean() > 1.5 * ranks_of(second).mean()


def test_unnarrowed_figures_agree_with_the_report():
    """Fewer trials, the same figures within the intervals of both."""
    told = data_for(choice())
    for each in told["alternatives"]:
        if "values" not in each:
            continue
        result = choice().results[each["label"]]
        few = Outcome("few", array(each["values"], "<f4").astype(float), 16)
        for stat in ("mean", "p10", "p50", "p90", "chance_negative"):
            own, whole = few.measured(stat, 0.9999), result.npv.measured(stat, 0.9999)
            assert abs(own.value - whole.value) <= error_of(own) + error_of(whole)


def test_figures_of_all_trials_are_those_of_the_report():
    """To the digit, with the ends of their intervals, though fewer trials travel."""
    subject = choice()
    for each in data_for(subject)["alternatives"]:
        if "values" not in each:
            continue
        result = subject.results[each["label"]]
        hurdle = subject.compared.hurdle
        assert each["whole"]["paid"]["value"] == result.payback_chance(hurdle.years).value
        for key in ("mean", "p10", "p50", "p90"):
            known, told = result.npv.measured(key), each["whole"][key]
            assert (told["value"], told["low"], told["high"]) == (
                known.value,
                known.low,
                known.high,
            )


def test_payback_is_coded_without_rounding():
    """Within the hurdle, later, never and nothing paid, trial by trial."""
    subject = of_text(
        HEAD + "inputs: {kind: 'discrete(0, 1, 2, 3)', luck: 'normal(0, 1)'}\n"
        "investment: {A: 'if(kind == 3, 0, 10)'}\n"
        "benefits: {B: 'if(kind == 0, 10, if(kind == 1, 5, 0))'}\n"
    )
    payback = subject.result.payback.values
    codes = array(data_for(subject)["alternatives"][0]["payback"], "u1")
    expected = np.select([payback <= 1, np.isposinf(payback), np.isnan(payback)], [0, 2, 3], 1)
    assert np.array_equal(codes, expected)
    assert set(codes) == {0, 1, 2, 3}


def test_discounted_payback_is_told_where_the_hurdle_asks_for_it():
    """At 50 % a year what pays back in two years never does on discounted cash."""
    text = SIMPLE.replace("0 %", "50 %").replace("1 year", "2 years discounted")
    subject = of_text(text)
    codes = array(data_for(subject)["alternatives"][0]["payback"], "u1")
    assert np.array_equal(codes == 0, subject.result.discounted_payback.values <= 2)
    assert "on discounted cash" in panel(subject)


def test_inputs_come_in_the_order_of_their_bars():
    """For a single case, those of the tornado; what has no bar follows, what is certain is left."""
    labels = [choice.name for choice in choices(portal())]
    bars = [bar.name for bar in portal().tornados["Customer portal"].rows if bar.swing]
    assert labels[: len(bars)] == bars
    assert set(labels) == set(portal().result.inputs)


def test_every_alternative_gives_its_first_inputs():
    """Shared inputs stand once, and no alternative's main driver is crowded out."""
    found = choices(choice())[:8]
    names = [each.name for each in found]
    assert len(set(names)) == len(names)
    for name, tornado in choice().tornados.items():
        assert any(each.name == tornado.rows[0].name and name in each.of for each in found)


def test_inputs_kept_separate_are_told_apart():
    """One name with two meanings gives two inputs, each with whose it is."""
    cases = {name: ut.read(SIMPLE) for name in ("North", "South")}
    asked = ut.comparison(cases, separate=("gain",))
    labels = [each["label"] for each in data_for(subject_of(ut.compare(asked)))["inputs"]]
    assert labels == ["gain of “North”", "gain of “South”"]


def test_labels_that_are_alike_show_their_names():
    """Two inputs with one label are told apart by the names used in formulas."""
    subject = of_text(
        "years: 1\ndiscount_rate: 0 %\nbenefits: {B: a + b}\ninputs:\n"
        "  a: {estimate: 'normal(0, 1)', label: Luck}\n"
        "  b: {estimate: 'normal(0, 2)', label: Luck}\n"
    )
    assert {each["label"] for each in data_for(subject)["inputs"]} == {"Luck (a)", "Luck (b)"}


def test_inputs_drawn_each_year_count_by_their_mean():
    """They are labelled so, and their ranks are those of the mean over the years."""
    subject = of_text(
        "years: 3\ndiscount_rate: 0 %\ninputs: {sales: 'each_year(normal(5, 1))'}\n"
        "benefits: {B: sales}\n"
    )
    (told,) = data_for(subject)["inputs"]
    assert told["label"] == "sales, mean over the years"
    means = subject.result.draws["sales"].mean(axis=0)
    assert np.array_equal(np.sort(means)[ranks_of(told)], means)


def test_whole_numbers_have_whole_stops():
    """Counts are chosen one by one."""
    dial = Dial.of(np.array([0.0, 1.0, 1.0, 3.0, 7.0]))
    assert dial.stops == tuple(float(n) for n in range(8))
    assert dial.upto[1] - dial.below[1] == 2


def test_stops_are_round_and_few():
    """Percents stay percents: every stop is a whole hundredth, over the range that matters."""
    dial = Dial.of(np.random.default_rng(1).beta(4, 3, 8_192))
    texts = dial.texts(Unit(share=True))
    assert len(texts) <= 130
    assert "30\xa0%" in texts
    assert all("." not in text for text in texts)


def test_a_long_tail_does_not_press_the_rest_together():
    """The line ends near P99.5, and its last stop sets no limit."""
    values = np.random.default_rng(1).pareto(1.1, 8_192)
    dial = Dial.of(values)
    assert dial.stops[-1] < np.sort(values)[-20]
    assert len(dial.stops) <= 130


@pytest.mark.parametrize("factor", [1e-12, 1e-3, 1.0, 1e9, 1e18])
def test_stops_suit_any_size(factor):
    """From billionths to trillions."""
    dial = Dial.of(factor * (1_000 + np.random.default_rng(1).normal(size=512)))
    assert 50 <= len(dial.stops) <= 130
    assert len(set(dial.texts(Unit()))) == len(dial.stops)


@pytest.mark.parametrize(
    "text",
    [
        "inputs: {a: 'normal(0, 1)'}\noutputs: [a]\n",
        "years: 1\ndiscount_rate: 0 %\ninvestment: {A: 5}\nbenefits: {B: 6}\n",
        "years: 1\ndiscount_rate: 0 %\ninputs: {a: 'normal(0, 1)'}\nbenefits: {B: 6}\n",
    ],
    ids=["no money", "certain", "unaffected"],
)
def test_where_nothing_can_be_explored_there_is_no_panel(text):
    """Without money, without uncertainty, or where none of it matters."""
    subject = of_text(text)
    assert panel(subject) == ""
    assert not explorable(subject)


def test_where_something_can_be_explored_it_is_said():
    """One case and a comparison alike."""
    assert explorable(portal())
    assert explorable(choice())


def test_the_page_stays_small():
    """The example comparison takes well under a megabyte."""
    assert len(panel(portal()).encode()) < 600_000
    assert len(panel(choice()).encode()) < 900_000
    assert len(script().encode()) + len(style().encode()) < 60_000


@pytest.mark.slow
def test_a_crowd_is_cut_to_what_matters_and_that_is_said():
    """200 inputs in 30 alternatives: 30 can be chosen, from fewer trials; nothing is too long."""
    told = data_for(crowd())
    assert told["trials"] == 2_048
    assert len(told["inputs"]) == 30
    assert len(told["alternatives"]) == 31
    assert max(len(each["label"]) for each in told["inputs"]) < 90
    fragment = panel(crowd())
    assert len(fragment.encode()) < 1_200_000
    assert "Of 200 uncertain inputs 30 can be chosen" in fragment
    assert "2\xa0048 of the report's 4\xa0096 trials".replace("'", "&#39;") in fragment


class Elements(HTMLParser):
    """The elements of a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)


def test_names_cannot_break_out():
    """Marks of a page in labels, units and names are text, in the page and in its data."""
    evil = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>"
    cases = {
        evil + str(n): ut.read(SIMPLE.replace(
            "{gain: 'normal(100, 40)'}",
            f"\n  gain: {{estimate: 'normal(100, 40)', label: '{evil}', unit: '{evil}'}}"))
        for n in (1, 2)
    }  # fmt: skip
    fragment = panel(subject_of(ut.compare(ut.comparison(cases), trials=512)))
    read = Elements()
    read.feed(fragment)
    assert read.found.count("script") == 1
    assert "img" not in read.found
    assert "<!--" not in fragment
    assert data_of(fragment)["inputs"][0]["unit"] == evil


def test_the_script_is_plain():
    """Nothing is fetched, evaluated or written as markup, and no handler stands in the page."""
    for text in (script(), style(), panel(portal())):
        for forbidden in ("eval(", "innerHTML", "fetch(", "import(", "http://", "https://",
                          "Function(", "onclick", "url("):  # fmt: skip
            found = text.replace("http://www.w3.org/2000/svg", "").replace("url(#", "")
            assert forbidden not in found


@pytest.mark.parametrize("language", ["en", "sv", "nb", "da", "fi"])
def test_figures_follow_the_language(language):
    """Marks of numbers are those of the language in which the panel is made."""
    with speaking(language):
        told = data_for(portal())
    expected = {"en": "3.65\xa0%", "sv": "3,65\xa0%", "nb": "3,65\xa0%", "da": "3,65\xa0%"}
    upsell = next(each for each in told["inputs"] if "3" in each["texts"][-1][:1])
    assert upsell["texts"][-1] == expected.get(language, "3,65\xa0%")
    assert told["numbers"]["group"] == ("." if language == "da" else "\xa0")


def test_a_comparison_is_said_with_its_alternatives():
    """Doing nothing is ranked by value and not by payback, and its figures are not asked for."""
    told = data_for(choice())
    nothing = told["alternatives"][-1]
    assert nothing["label"] == "Nothing"
    assert not nothing["ranked"]
    assert "values" not in nothing
    assert '<option value="4">Nothing' not in panel(choice())
