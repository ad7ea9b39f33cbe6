"""The live panel in a real browser, opened from a file: handles move, figures follow."""

import numpy as np
import pytest
from browsing import browser, visit  # noqa: F401 - fixtures are asked for by name
from exploring import (
    Reader,
    array,
    between,
    choice,
    data_for,
    of_text,
    page_around,
    portal,
    ranks_of,
)

import utfall as ut
from reports.ends import open_shown
from reports.explorer import panel
from reports.numbers import Scale, chance_shown
from reports.report import subject_of
from simulator.result.intervals import Sample
from simulator.result.outcome import Measured, Outcome

pytestmark = pytest.mark.browser


def happening():
    """A case with something that is yes or no, and a rare event."""
    return of_text(
        "case: Events\nyears: 2\ndiscount_rate: 5 %\ninputs:\n"
        "  gone: {estimate: chance(10 %), label: Supplier gives up}\n"
        "  extra: {estimate: 'event(25 %, 4 to 15)', label: Extra work}\n"
        "  gain: 20 to 30\n"
        "investment: {A: 20 + extra}\nbenefits: {B: gain * (1 - gone)}\n"
    )


@pytest.fixture
def read(visit):  # noqa: F811
    """Opens the panel of a subject."""
    return lambda subject, **how: Reader(visit(page_around(panel(subject)), **how))


def chance_of(hits):
    """A chance as the panel must write it."""
    low, high = Sample.of(hits.astype(float), 1).chance_interval()
    value = float(hits.mean())
    text, error = chance_shown(value, max(value - low, high - value))
    return f"{text}\xa0{error}" if error else text


def expected(told, inside, alternative=0):
    """What numpy finds in the same trials."""
    each = told["alternatives"][alternative]
    values = array(each["values"], "<f4")[inside].astype(float)
    codes = array(each["payback"], "u1")[inside]
    outcome, scale = Outcome("value", values, 1), Scale(**told["scale"])
    rows = {
        "paid": chance_of(codes[codes < 3] == 0),
        "never": chance_of(codes[codes < 3] == 2),
        "loss": chance_of(values < 0),
    }
    for stat in ("mean", "p10", "p50", "p90"):
        figure = outcome.measured(stat)
        text, error = open_shown(Measured(figure.value, figure.low, figure.high), scale.shown)
        rows[stat] = f"{text}\xa0{error}"
    return rows


def reported(told, alternative=0):
    """The report's own figures as the panel must write them."""
    scale = Scale(**told["scale"])
    rows = {}
    for key, each in told["alternatives"][alternative]["whole"].items():
        if key in ("paid", "never", "loss"):
            text, error = chance_shown(each["value"], each["error"])
        else:
            figure = Measured(each["value"], each["low"], each["high"])
            text, error = open_shown(figure, scale.shown)
        rows[key] = f"{text}\xa0{error}" if error else text
    return rows


def same(reader, told, inside, alternative=0):
    """The table shows the report's figures, and those of the trials left."""
    whole = reported(told, alternative)
    left = whole if inside.all() else expected(told, inside, alternative)
    for key, text in left.items():
        assert reader.row(key) == [whole[key], text], key


def test_a_handle_is_dragged_and_the_figures_follow(read):
    """Both ends of the first input by mouse: the figures are numpy's over the same trials."""
    reader, told = read(portal()), data_for(portal())
    assert reader.left == "Trials left: 8\xa0192 of 8\xa0192."
    reader.drag(0.4)
    reader.drag(0.7, "high")
    low, high = reader.stops()
    first = told["inputs"][0]
    assert abs(low / (len(first["texts"]) - 1) - 0.4) < 0.02
    inside = between(first, low, high)
    same(reader, told, inside)
    assert reader.left.replace("\xa0", "") == f"Trials left: {inside.sum()} of 8192."
    texts = first["texts"]
    asked = f"What if “{first['label']}” is between {texts[low]} and {texts[high]}?"
    assert reader.question == asked
    assert reader.visited.said == []


def test_a_press_beside_the_handles_takes_the_nearest_one(read):
    """The picture of the distribution can be grabbed, too."""
    reader = read(portal())
    box = reader.control().locator(".explorer-strip").bounding_box()
    reader.page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 10)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 10, steps=4)
    reader.page.mouse.up()
    reader.page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 10)
    reader.rest()
    low, high = reader.stops()
    last = int(reader.handle().get_attribute("max"))
    assert (low, round(high / last, 1)) == (0, 0.6)
    assert "at most" in reader.question


def test_two_inputs_narrow_together(read):
    """What is left are the trials in which both lie inside."""
    reader, told = read(portal()), data_for(portal())
    second = told["inputs"][2]
    reader.choose(second["label"], "second")
    reader.drag(0.5)
    reader.drag(0.6, "high", "second")
    inside = between(told["inputs"][0], *reader.stops())
    inside &= between(second, *reader.stops("second"))
    same(reader, told, inside)
    taken = reader.control("second").locator(f"option:text-is('{told['inputs'][0]['label']}')")
    assert taken.evaluate("option => option.disabled")


def test_keys_move_the_handles_and_say_the_value(read):
    """Arrows, page, home and end; the value is said in words, limits at the ends too."""
    reader, told = read(portal()), data_for(portal())
    handle, texts = reader.handle(), told["inputs"][0]["texts"]
    assert handle.get_attribute("aria-valuetext") == "no lower limit"
    handle.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        reader.page.keyboard.press(key)
    assert handle.get_attribute("aria-valuetext") == texts[2]
    reader.page.keyboard.press("PageUp")
    assert reader.stops()[0] > 5
    reader.page.keyboard.press("Tab")
    high = reader.handle("high")
    assert high.evaluate("element => element === document.activeElement")
    reader.page.keyboard.press("Home")
    assert reader.stops()[1] == reader.stops()[0]
    reader.page.keyboard.press("End")
    assert high.get_attribute("aria-valuetext") == "no upper limit"
    assert handle.get_attribute("aria-label") == f"“{told['inputs'][0]['label']}”: lowest value"


def test_a_value_is_fixed(read):
    """Near one value counts the nearest tenth of the trials by rank, and says from where on."""
    reader, told = read(portal()), data_for(portal())
    reader.control().locator("[value=near]").check()
    reader.drag(0.5)
    first, (stop, _) = told["inputs"][0], reader.stops()
    middle = (int(array(first["below"], "<u2")[stop]) + int(array(first["upto"], "<u2")[stop])) / 2
    ranks = ranks_of(first)
    inside = (ranks >= np.floor(middle - 819 / 2 + 0.5)) & (ranks < np.floor(middle + 820 / 2))
    assert abs(inside.sum() - 819) <= 1
    assert reader.left.startswith("Trials left: 819 of")
    assert f"about {first['texts'][stop]}? Counted are trials from" in reader.question
    assert reader.handle("high").is_hidden()


def test_a_value_that_many_trials_share_keeps_them_all(read):
    """An event that mostly does not happen, fixed at 0, counts all trials without it."""
    subject = of_text(
        "years: 1\ndiscount_rate: 0 %\ninputs: {loss: 'event(25 %, 50 to 200)'}\n"
        "benefits: {B: 100 - loss}\n"
    )
    reader = read(subject)
    reader.control().locator("[value=near]").check()
    reader.rest()
    without = (subject.result.inputs["loss"].values == 0).sum()
    assert reader.left.replace("\xa0", "") == f"Trials left: {without} of 4096."
    assert reader.question == "What if “loss” does not happen?"
    assert reader.row("p10")[1].split("\xa0")[0] == "100"


def test_one_button_leads_back(read):
    """All ranges open again; the button rests until there is something to undo."""
    reader, told = read(portal()), data_for(portal())
    button = reader.page.locator(".explorer-left button")
    assert button.is_disabled()
    reader.control("second").locator("select").select_option("3")
    reader.control("second").locator("[value=near]").check()
    reader.drag(0.7)
    button.click()
    reader.rest()
    same(reader, told, np.ones(8_192, bool))
    assert button.is_disabled()
    assert reader.left.startswith("Trials left: 8\xa0192")


def test_too_few_trials_give_no_figures(read):
    """Below 30 that is said instead; with none left only that sentence stands."""
    reader, told = read(portal()), data_for(portal())
    few = next(n for n, low in enumerate(array(told["inputs"][0]["below"], "<u2")) if low > 8_162)
    reader.handle().evaluate(f"e => {{ e.value = {few}; e.dispatchEvent(new Event('input')); }}")
    reader.rest()
    assert "too few to say anything" in reader.left
    assert reader.page.locator(".explorer-results").is_hidden()
    for end in ("low", "high"):  # one value of a continuous input: no trial is exactly there
        reader.handle(end).evaluate("e => { e.value = 40; e.dispatchEvent(new Event('input')); }")
    reader.rest()
    assert reader.left == "Trials left: 0 of 8\xa0192. No trial lies there: widen a range."
    reader.page.locator(".explorer-left button").click()
    reader.rest()
    assert reader.page.locator(".explorer-results").is_visible()


def test_the_ranking_follows(read):
    """By chance of payback and by mean value, as numpy ranks the same trials; ties are said."""
    reader, told = read(choice()), data_for(choice())
    reader.drag(0.35, "high")
    inside = between(told["inputs"][0], *reader.stops())
    means, paid = {}, {}
    for each in told["alternatives"]:
        if "values" in each:
            means[each["label"]] = array(each["values"], "<f4")[inside].mean()
            paid[each["label"]] = (array(each["payback"], "u1")[inside] == 0).mean()
        else:
            means[each["label"]] = 0.0
    assert reader.ranking("mean") == sorted(means, key=means.get, reverse=True)
    assert reader.ranking("paid") == sorted(paid, key=paid.get, reverse=True)
    assert "Nothing" not in reader.ranking("paid")
    for place, each in enumerate(told["alternatives"][:4]):
        reader.page.locator(".explorer-of select").select_option(str(place))
        reader.rest()
        same(reader, told, inside, place)
        assert each["label"] in reader.page.locator(".explorer-answer").inner_text()


def test_equal_alternatives_are_not_told_apart(read):
    """Twins share every trial, and the second is said to be no worse."""
    text = (
        "years: 1\ndiscount_rate: 0 %\ninputs: {gain: 'normal(100, 40)'}\n"
        "investment: {A: 90}\nbenefits: {B: gain}\n"
    )
    asked = ut.comparison({"One": ut.read(text), "Other": ut.read(text)})
    reader = read(subject_of(ut.compare(asked, trials=2_048)))
    second = reader.page.locator("[data-ranking=mean] li").nth(1)
    assert "not told apart from the first" in second.inner_text()
    assert "not told apart" not in reader.page.locator("[data-ranking=mean] li").nth(2).inner_text()


def test_what_changed_is_spoken_once_the_handles_rest(read):
    """The polite region stays silent on opening and then says the answer."""
    reader = read(portal())
    spoken = reader.page.locator("[aria-live=polite]")
    reader.page.wait_for_timeout(900)
    assert spoken.inner_text() == ""
    reader.drag(0.5)
    reader.page.wait_for_timeout(900)
    assert "Trials left" in spoken.inner_text()
    assert "Then the chance of having paid back within 3\xa0years is" in spoken.inner_text()


def test_an_event_happens_or_not(read):
    """What may happen is asked for so, not as a number; its bars stay within the frame."""
    reader = read(happening())
    reader.choose("Supplier gives up")
    reader.drag(0, "high")
    assert reader.question == "What if “Supplier gives up” does not happen?"
    reader.page.locator(".explorer-left button").click()
    reader.drag(1, "low")
    assert reader.question == "What if “Supplier gives up” happens?"
    reader.choose("Extra work")
    reader.drag(0, "high")
    assert reader.question == "What if “Extra work” does not happen?"
    for label in ("Supplier gives up", "Extra work"):
        reader.choose(label)
        outside = reader.control().evaluate(
            "one => { const frame = one.getBoundingClientRect();"
            " return [...one.querySelectorAll('.explorer-strip svg > path')].filter((path) => {"
            " const box = path.getBoundingClientRect();"
            " return box.left < frame.left || box.right > frame.right; }).length; }"
        )
        assert outside == 0


def test_the_first_input_moves_the_alternative_shown(read):
    """The panel of a comparison begins with what can be tried, not with what does nothing."""
    subject = choice()
    reader, told = read(subject), data_for(subject)
    shown = reader.page.locator(".explorer-of option:checked").inner_text()
    first = reader.control().locator("select.explorer-select option:checked").inner_text()
    strongest = next(iter(subject.tornados[shown].rows))
    assert first.startswith(strongest.label)
    before = reader.row("mean")[1]
    reader.drag(0.5)
    assert reader.row("mean")[1] != before
    assert told["alternatives"][0]["label"] == shown
