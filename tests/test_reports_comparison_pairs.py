"""What is printed of alternatives against each other, and that no name or width spoils a page."""

import re
from itertools import pairwise

import pytest
from comparing import amount, compared, normals
from comparing_pages import CERTAIN_OR_BOLD, case, error, many, page, rows_of, usual
from hypothesis import given, settings
from hypothesis import strategies as st
from printing import words
from rich.cells import cell_len

import utfall as ut
from reports.comparison_pairs import (
    condition_tables,
    dominance_table,
    pair_groups,
    pairs_table,
    ranking_table,
)
from reports.comparison_reading import Reading, dominance_kind, short_names
from reports.figures.comparison_lines import spread
from reports.language import LANGUAGES, SPACE, speaking
from reports.numbers import chance_shown
from reports.verdict import verdict
from simulator.analysis.pairs import Dominance, Pair
from simulator.result import Measured


def test_every_figure_of_the_pairs_is_that_of_the_json():
    """The same for the chance that one beats the other, and for their difference."""
    reading = Reading(usual())
    for entry in usual().to_dict()["pairs"]:
        groups = pair_groups(reading)
        pairs = [pair for group in groups for _, pair in group.pairs]
        pair = next(p for p in pairs if {p.a, p.b} == {entry["a"], entry["b"]})
        if (pair.a, pair.b) != (entry["a"], entry["b"]):
            continue
        group = next(g for g in groups if g.heading == f"{entry['a']} against")
        shown = rows_of(pairs_table(reading, [group]))[entry["b"]]
        keys = ("mean_difference", "p10", "p50", "p90")
        errors = {key: error(entry[key], entry["interval"][key]) for key in keys}
        better = entry["chance_a_better"]
        assert shown == [
            chance_shown(better, error(better, entry["interval"]["chance_a_better"])),
            *(reading.scale.shown(entry[key], errors[key]) for key in keys),
        ]


def test_a_few_alternatives_are_put_against_each_other_pair_by_pair():
    """Four and doing nothing: ten pairs."""
    reading = Reading(many(4))
    pairs = {frozenset((p.a, p.b)) for group in pair_groups(reading) for _, p in group.pairs}
    assert len(pairs) == 10


def test_a_what_if_is_put_against_the_original_however_many_there_are():
    """Each alternative against itself with the change."""
    names = "ABCDEFG"
    asked = ut.comparison(
        {name: amount({"shared": "normal(5, 1)"}, f"shared * {k}") for k, name in enumerate(names)},
        criterion="value",
    )
    reading = Reading(ut.compare(asked.what_if(shared="4"), trials=512))
    last = pair_groups(reading)[-1]
    assert last.heading == "Each as it is against the same with the change"
    expected = {(name, f"{name} if shared = 4") for name in names if name != reading.own.first}
    assert {(pair.a, pair.b) for _, pair in last.pairs} == expected


def test_a_difference_too_small_for_its_digits_is_over_zero_not_zero():
    """Told apart, and yet no digit of it is known: 1 ± 1 would say the opposite.

    Nine tenths apart, with a 95 % interval of about seven tenths.
    """
    seen = []
    for seed in range(5):
        pair = normals(a=(100, 10), b=(100.9, 10))
        found = compared(pair, "random", 2048, seed, criterion="value")
        second = ranking_table(Reading(found)).rows[2]
        behind, apart = second.cells[2], second.cells[3]
        assert (apart.text == "yes") == found.ranking().places[1].told
        if apart.text == "yes":
            assert behind.text == "over 0" or float(behind.text) > float(behind.error[1:])
            seen.append(behind.text)
    assert "over 0" in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_between_thousands_is_no_decimal_mark(language: str):
    """1.850 ± 10 in Danish is far from 0."""
    pair = normals(a=(0, 100_000), b=(1_850_000, 100_000))
    found = compared(pair, "random", 2048, criterion="value")
    with speaking(language):
        behind = ranking_table(Reading(found)).rows[2].cells[2]
    assert re.sub(r"\D", "", behind.text) == "1850"


# Dominance and conditions -------------------------------------------------------------------------


def dominances(found: ut.Compared) -> list[str]:
    """Headings and rows of the table, in order."""
    reading = Reading(found)
    return [row.cells[0].text for row in dominance_table(reading, pair_groups(reading)).rows]


def test_dominance_is_told_in_words():
    """Better by a constant: first order; the same mean, spread wider: second; else none."""
    shared = {"x": "uniform(0, 9)"}
    constant = {"A": amount(shared, "x + 1"), "B": amount(shared, "x")}
    first = dominances(compared(constant, trials=512))
    assert first[0] == "First order: at least as good at every percentile, so better for everyone"
    assert "A over B" in first[1]
    # below the worst outcomes are 4, 2 and 0 on average, so whoever dislikes risk prefers Calm
    calm = {"Calm": amount({}, "4"), "Wild": amount({"w": "discrete(0, 8)"}, "w")}
    second = dominances(compared(calm, trials=512, criterion="value"))
    place = second.index("Second order: better for everyone who dislikes risk")
    assert second[place + 1] == "Calm over Wild"
    bold = dominances(compared(CERTAIN_OR_BOLD, trials=512, criterion="value"))
    place = bold.index("Neither: which is better depends on how much risk one can bear")
    assert bold[place + 1] == "Bold against Certain"


def test_almost_dominance_is_told_with_its_violation():
    """Better by 10 in 95 %, worse by 10 in 5 % of the trials, which is 5 % of the distance."""
    rare = amount({"x": "discrete(-10 weight 2, 10 weight 98)"}, "x")
    almost = dominances(compared({"Rare": rare}, criterion="value"))
    heading = "Almost first order: little of the area between the S-curves speaks against it"
    assert almost == [heading, f"Rare over Nothing (2{SPACE}%)"]


def test_the_same_distribution_is_not_the_same_in_every_trial():
    """A pair that differs trial by trial, though not in its distribution."""
    pair = Pair("a", "b", Measured(0.5, 0.4, 0.6), Measured(0, 0, 0), {},
                Dominance(None, None, None), equal=False)  # fmt: skip
    assert dominance_kind(pair) == "alike"


def test_the_condition_of_winning_is_told_by_thirds():
    """A beats 1.5 where x, even from 0 to 3, is above: never, in half, always."""
    found = compared({"A": amount({"x": "uniform(0, 3)"}, "x"), "B": amount({}, "1.5")},
                     criterion="value")  # fmt: skip
    reading = Reading(found)
    (against_b,) = condition_tables(reading)[:1]
    assert "doing nothing" not in against_b.title
    shown = [cell.text.replace(SPACE, " ") for cell in rows_of(against_b)["x"]]
    first = reading.own.first
    assert shown == (["under 0.1 %", "50 %", "over 99.9 %"] if first == "A" else
                     ["over 99.9 %", "50 %", "under 0.1 %"])  # fmt: skip
    (below,) = against_b.rows[0].below
    assert below == "parted at 1.00 and 2.00"


def test_inputs_that_decide_nothing_are_not_named():
    """Who wins does not depend on what is the same for both."""
    both = {"shared": "uniform(0, 1)"}
    found = compared({"A": amount(both, "shared + 1"), "B": amount(both, "shared")}, trials=512)
    assert condition_tables(Reading(found)) == ()


def test_an_event_has_no_middle():
    """It comes in 25 % of the trials; the error of its chance follows from those alone."""
    found = compared({"A": amount({"e": "event(25 %, 5 to 6)"}, "3 - e")}, trials=1024)
    (table,) = condition_tables(Reading(found))
    (row,) = table.rows
    assert [cell.text.replace(SPACE, " ") for cell in row.cells[1:]] == [
        "over 99 %", "–", "under 2 %",
    ]  # fmt: skip
    assert row.below == ("lowest: up to 0, highest: above",)


def test_an_input_that_two_alternatives_have_each_their_own_is_told_apart():
    """`separate` names it; the condition says whose it is."""
    own = {"x": "normal(0, 1)"}
    found = compared({"A": amount(own, "x"), "B": amount(own, "x + 0.1")}, criterion="value",
                     separate=("x",))  # fmt: skip
    table = condition_tables(Reading(found))[0]
    assert {row.cells[0].text for row in table.rows} == {"x of A", "x of B"}


# Names, widths and what a pipe receives -----------------------------------------------------------


@given(st.lists(st.text("ab ", min_size=1, max_size=80).filter(str.strip), unique=True,
                max_size=12))  # fmt: skip
@settings(max_examples=60)
def test_short_names_still_differ(names: list[str]):
    """However alike the names are; those that fit stay as they are."""
    spaced = [" ".join(name.split()) for name in names]
    distinct = list(dict.fromkeys(spaced))
    short = short_names(distinct, 20)
    assert len(set(short.values())) == len(distinct)
    assert all(short[name] == name for name in distinct if len(name) <= 20)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0.01, 0.12))
@settings(max_examples=60)
def test_texts_beside_a_drawing_never_meet(wanted: list[float], size: float):
    """They keep their order and stay inside as long as there is room."""
    rising = sorted(wanted)
    places = spread(rising, [size] * len(rising))
    assert all(b - a > size - 1e-9 for a, b in pairwise(places))
    assert all(size / 2 - 1e-9 <= place <= 1 - size / 2 + 1e-9 for place in places)


ODD = "Ein sehr langer Name $100 ^2_a [bold]b[/bold] 顧客 🙂 " * 3


@pytest.mark.parametrize("width", [60, 80, 120])
def test_odd_and_long_names_overflow_nothing(width: int):
    """Nor are brackets taken for colours, nor the two names for one."""
    found = compared({f"{ODD}one": case("One", "50k to 120k"),
                      f"{ODD}two": case("Two", "60k to 120k")}, trials=512)  # fmt: skip
    text = page(found, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "[bold]b[/bold]" in text
    quotes = set(re.findall("“([^”]+)”", " ".join(verdict(found))))
    assert len({quote for quote in quotes if quote.endswith(("one", "two"))}) == 2


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
def test_small_and_great_amounts_keep_to_the_page(scale: float):
    """Whatever the amounts are counted in."""
    found = compared(
        {name: amount({f"x_{name}": f"normal({mean * scale:g}, {scale:g})"}, f"x_{name}")
         for name, mean in (("A", 2), ("B", 1))},
        trials=512,
    )  # fmt: skip
    text = page(found, 80)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert not re.search(r"\b(nan|inf|None)\b", text)


def test_a_pipe_receives_plain_text_with_every_note_and_the_seed():
    """No control codes, no no-break spaces."""
    text = page(usual())
    assert "\x1b" not in text
    assert SPACE not in text
    assert "2 048 trials of scrambled Sobol' points in 16 independent sets, seed 1" in words(text)
    for note in usual().notes:
        assert note in words(text)
