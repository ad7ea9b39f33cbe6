"""What `utfall compare` prints: the answer in sentences, and tables that say what the JSON says."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import comparing
import pytest
from comparing import amount, compared, normals, two_years
from comparing_pages import (
    CERTAIN_OR_BOLD,
    NOTHING,
    case,
    chance_of,
    error,
    many,
    page,
    rows_of,
    said,
    usual,
)
from printing import words
from rich.cells import cell_len

import utfall as ut
from reports.comparison_pairs import pair_groups, pairs_table, ranking_table
from reports.comparison_reading import Reading
from reports.comparison_tables import (
    funding_table,
    glance_table,
    irr_table,
    payback_tables,
    value_table,
)
from reports.language import SPACE
from reports.numbers import Shown, chance_shown, percent_shown
from reports.verdict import value_of_knowing, verdict
from simulator.case.case import Hurdle

# The answer ---------------------------------------------------------------------------------------


def test_the_answer_names_the_first_the_next_and_both_figures():
    """As the JSON has them."""
    told, alternatives = said(usual()), usual().to_dict()["alternatives"]
    first, second = usual().ranking().names
    figures = [str(chance_of(alternatives[name]["hurdle"])) for name in (first, second)]
    assert (
        f"“{first}” is the most likely to have paid itself back within 2 years: {figures[0]}. "
        f"“{second}” follows with {figures[1]}, and the trials tell the two apart."
    ).replace(SPACE, " ") in told


def test_two_equal_alternatives_are_said_to_be_equal():
    """In the answer, in the ranking and in the pairs; no number of trials is asked for."""
    same = case("One", "50k to 120k")
    found = compared({"Now": same, "Again": same}, trials=512)
    assert "the two are equal, so no number of trials would tell them apart" in said(found)
    reading = Reading(found)
    by_payback = rows_of(ranking_table(reading))["2. Again"]
    assert [cell.text for cell in by_payback[1:]] == ["0", "no: equal, no number of trials would"]
    pair = rows_of(pairs_table(reading, pair_groups(reading)))["Again"]
    assert [cell.text for cell in pair] == ["equal", "0", "0", "0", "0"]
    assert "share the trials in which they are the best" in words(page(found))


def test_what_the_trials_cannot_tell_apart_is_said_with_the_trials_that_could():
    """Two means half a standard error apart; ten thousand times the trials are not enough here."""
    found = compared(normals(a=(100, 10), b=(100.05, 10)), "random", 1024, criterion="value")
    place = found.ranking().places[1]
    assert not place.told
    assert place.trials_needed is not None
    counted = f"{place.trials_needed:.1e}"
    told = said(found)
    assert "not distinguishable at this number of trials (1 024); about " in told
    number = re.search(r"about ([\d ]+)( million)? would tell, if", told)
    assert number is not None
    written = float(number[1].replace(" ", "")) * (1e6 if number[2] else 1)
    assert f"{written:.1e}" == counted
    assert f"no: about {number[1]}{number[2] or ''} trials would" in words(page(found))


def test_never_seen_in_two_alternatives_does_not_make_them_equal():
    """Both might pay back once in a million trials."""
    found = compared({"A": case("A", "1k to 2k"), "B": case("B", "2k to 3k")}, trials=512)
    told = said(found)
    assert "not distinguishable at this number of trials (512)." in told
    assert "equal" not in told


def test_nothing_is_left_to_trials_where_all_is_certain():
    """No error, no number of trials."""
    sure = {name: two_years("", "100", back, "60") for name, back in (("A", "60"), ("B", "70"))}
    found = compared(sure, trials=512)
    assert "“B” is the most likely to have paid itself back within 2 years: 100 %." in said(found)
    assert "±" not in page(found).split("independent sets")[0]


def test_being_best_most_often_and_best_on_average_are_told_apart():
    """Certain is best in 60 % of the trials, Bold on average."""
    found = compared(CERTAIN_OR_BOLD, criterion="value")
    assert (
        "Being best most often and being best on average are different questions: “Certain” is the "
        "best of all in 60 % (±1) of the trials, “Bold” has the highest mean net present value."
    ) in said(found)
    again = compared(normals(good=(100, 1), bad=(0, 1)), criterion="value")
    assert "“good” is the best of all in over 99.9 % of the trials" in said(again)
    assert "different questions" not in said(again)


def test_criteria_that_disagree_are_told_with_their_winners():
    """Bold is first on average and by regret, Certain in the worst 5 %."""
    told = said(compared(CERTAIN_OR_BOLD, criterion="value"))
    assert "Criteria disagree: by the mean of the worst 5 %, “Certain” comes first; " in told
    assert "by expected regret, it is “Bold” again." in told
    agreeing = said(compared(normals(good=(100, 1), bad=(50, 1)), criterion="value"))
    assert "It also comes first by the mean of the worst 5 % and expected regret." in agreeing


def test_a_criterion_that_does_not_rank_the_first_does_not_disagree_with_it():
    """One future in fifty pays back, and doing nothing, which is first, has no payback."""
    rare = {
        name: two_years(f"inputs:\n  {name}: event(2 %, 900)\n", "100", name, name)
        for name in ("lost", "gone")
    }
    found = compared(rare, criterion="value")
    assert found.ranking("payback").places[0].figure.value
    told = said(found)
    assert told.startswith("Doing nothing has the highest mean net present value: 0. ")
    assert "Criteria disagree" not in told
    assert "It also comes first by the mean of the worst 5 % and expected regret." in told


def test_what_costs_nothing_is_marked_and_not_crowned():
    """Free has paid back from the start; it is named as not ranked, with the reason."""
    found = compared({"Free": case("Free", "50k to 120k", outlay="0"), "Dear": case("Dear", "1k")})
    told = said(found)
    assert told.startswith("The chance that “Dear” has paid itself back within 2 years")
    assert "“Free” is not ranked: no outlay is at risk, so there is nothing to pay back." in told
    below = {row.cells[0].text: row.below for row in glance_table(Reading(found)).rows}
    assert below["Free"] == ("no outlay is at risk, so there is nothing to pay back",)
    assert below["Dear"] == ()
    assert "no outlay is at risk in 100 % of the trials" in words(page(found)).replace(SPACE, " ")
    alone = compared({"Free": case("Free", "50k to 120k", outlay="0")}, trials=512)
    assert said(alone).startswith("No alternative is ranked by payback. “Free” is not ranked")


def test_doing_nothing_is_what_everything_is_measured_against():
    """With how often the first is better; doing nothing may itself come first."""
    found = compared({"A": case("A", "50k to 120k")}, trials=1024)
    (pair,) = found.to_dict()["pairs"]
    better = pair["chance_a_better"]
    figure = chance_shown(better, error(better, pair["interval"]["chance_a_better"]))
    assert (
        "Doing nothing counts as 0, and every amount is the difference from it; “A” is better "
        f"than that in {figure} of the trials."
    ).replace(SPACE, " ") in said(found)
    loss = compared({"A": case("A", "1k to 2k")}, trials=512, criterion="value")
    assert said(loss).startswith("Doing nothing has the highest mean net present value: 0 SEK.")
    idle = compared({"A": amount({}, "0")}, trials=512, criterion="value")
    assert "“A” is no different in any trial." in said(idle)


@pytest.mark.parametrize("criterion", ["payback", "value", "worst5", "regret",
                                       "certainty_equivalent"])  # fmt: skip
def test_the_first_is_that_of_the_criterion_asked_for(criterion: Any):
    """And the first ranking of the page is by it."""
    asked = {"One": case("One", "50k to 120k"), "Two": case("Two", "20k to 200k", 5)}
    found = compared(asked, trials=1024, criterion=criterion, risk_tolerance=1e6)
    reading = Reading(found)
    table = ranking_table(reading)
    heading, first = table.rows[:2]
    assert reading.brief(criterion) in heading.cells[0].text
    assert first.cells[0].text == f"1. {found.ranking(criterion).first}"
    assert reading.quoted(found.ranking(criterion).first or "").lower() in verdict(found)[0].lower()
    certain = [r.cells[0].text for r in table.rows if "certainty equivalent" in r.cells[0].text]
    assert certain == [f"By certainty equivalent (risk tolerance 1{SPACE}000{SPACE}000{SPACE}SEK)"]


def test_what_knowing_everything_is_worth_is_said():
    """E max - max E = 0.6 · 1 + 0.4 · 10 - 4 = 0.6; and nothing where one is always the best."""
    exact = value_of_knowing(Reading(compared(CERTAIN_OR_BOLD)))
    assert re.match(r"Knowing everything before choosing would be worth 0\.60?\d? \(±", exact)
    assert "beats “Bold”" in exact
    sure = value_of_knowing(Reading(compared({"A": amount({}, "5")})))
    assert sure == "Knowing more before choosing is worth nothing: “A” is the best in every trial."


# The tables ---------------------------------------------------------------------------------------


def test_every_figure_of_the_tables_is_that_of_the_json():
    """Glance, payback, value, funding and return, alternative by alternative, with errors."""
    reading, told = Reading(usual()), usual().to_dict()
    tables = {
        "glance": rows_of(glance_table(reading)),
        "simple": rows_of(payback_tables(reading, discounted=False)[0]),
        "discounted": rows_of(payback_tables(reading, discounted=True)[0]),
        "value": rows_of(value_table(reading)),
        "funding": rows_of(funding_table(reading)),
        "irr": rows_of(irr_table(reading)),
    }

    def stat(outcome: Mapping[str, Any], name: str, write: Callable[..., Shown]) -> Shown:
        return write(outcome[name], error(outcome[name], outcome["interval"][name]))

    scale, checked = reading.scale.shown, 0
    for name in ("One", "Two"):
        json = told["alternatives"][name]
        npv, irr = json["outcomes"]["npv"], json["outcomes"]["irr"]
        peak = json["outcomes"]["peak_funding"]
        regret = told["regret"][name]
        best = told["chance_best"][name]
        assert tables["glance"][name] == [
            chance_of(json["hurdle"]),
            stat(npv, "mean", scale),
            stat(npv, "chance_negative", chance_shown),
            chance_shown(best, error(best, told["chance_best_interval"][name])),
            scale(regret, error(regret, told["regret_interval"][name])),
        ]
        for kind, key in (
            ("simple", "payback_chance"), ("discounted", "discounted_payback_chance"),
        ):  # fmt: skip
            expected = [chance_of(entry) for entry in json[key].values()]
            shown = tables[kind][name]
            own = len(json[key]) - 1  # years of its own; beyond them nothing changes
            assert [*shown[:own], shown[-1]] == expected
            assert shown[own:-1] == [shown[own - 1]] * (5 - own)
        stats = ("mean", "p10", "p50", "p90", "worst5_mean")
        assert tables["value"][name] == [stat(npv, key, scale) for key in stats]
        assert tables["funding"][name] == [
            *(stat(peak, key, scale) for key in ("mean", "p90")),
            *(stat(json["outcomes"][key], "mean", percent_shown)
              for key in ("roi", "roi_discounted")),
        ]  # fmt: skip
        expected = [stat(irr, key, percent_shown) for key in ("mean", "p10", "p50", "p90")]
        assert tables["irr"][name][1:] == expected
        unique = chance_shown(json["irr_share"]["unique"]).text
        assert tables["irr"][name][0].text == unique or "over" in tables["irr"][name][0].text
        checked += 1
    assert checked == 2
    assert {cell.text for cell in tables["value"][NOTHING]} == {"0"}
    assert [cell.text for cell in tables["glance"][NOTHING]][:3] == ["–", "0", f"0{SPACE}%"]


def test_a_return_of_some_of_the_trials_is_no_chance_of_all():
    """Its percentiles are named as those of the trials that have one, never "90 % chance"."""
    columns = irr_table(Reading(usual())).columns[2:]
    assert [(c.heading, c.detail) for c in columns] == [
        ("Mean", "of these"), ("P10", "of these"), ("P50", "of these"), ("P90", "of these"),
    ]  # fmt: skip


def test_a_hurdle_between_years_and_on_discounted_cash_has_a_column_of_its_own():
    """Marked in the table of its kind only."""
    alternatives = {"A": case("A", "50k to 120k"), "B": case("B", "60k to 120k")}
    found = compared(alternatives, trials=512, hurdle=Hurdle(2.5, discounted=True))
    reading = Reading(found)
    simple, discounted = (payback_tables(reading, kind)[0] for kind in (False, True))
    for table, marked in ((simple, ""), (discounted, "hurdle")):
        details = {column.heading.replace(SPACE, " "): column.detail for column in table.columns}
        assert list(details)[1:] == ["1 year", "2 years", "2.5 years", "3 years", "never"]
        assert details["2.5 years"] == marked
    expected = found.hurdle_chance("A")
    assert rows_of(discounted)["A"][2].text == reading.chance(expected).text
    assert "within 2.5 years on discounted cash" in said(found)


def test_years_that_do_not_fit_go_on_in_another_table():
    """Every year once, in order, at any width; the word on different horizons is said."""
    found = compared({"Short": case("Short", "50k to 120k"),
                      "Long": case("Long", "12k to 30k", years=20)}, trials=512)  # fmt: skip
    for width in (60, 80, 120):
        text = page(found, width).replace(SPACE, " ")
        simple = text.split("Chance of having paid back on discounted cash")[0]
        simple = simple.split("Chance of having paid back\n")[1]
        years = re.findall(r"(\d+) years?", simple.split("Never:")[0])
        assert [int(year) for year in years] == list(range(1, 21))
        assert simple.count(", continued") >= 1
    assert "Never: within the years that each alternative is followed, which differ." in words(text)
    assert "horizons differ (Short 3 years, Long 20 years)" in words(text)


def test_with_thirty_alternatives_all_is_said_and_nothing_overflows():
    """Every alternative in every table, and how many pairs are left out."""
    for width in (80, 100, 120):
        text = page(many(), width)
        assert max(cell_len(line) for line in text.splitlines()) <= width
    reading = Reading(many())
    for table in (glance_table(reading), value_table(reading)):
        assert set(rows_of(table)) == set(many().names)
    by_payback = [label for label in rows_of(ranking_table(reading)) if "Alternative" in label]
    assert {label.split(". ")[1] for label in by_payback} == set(many().names) - {NOTHING}
    shown = sum(len(group.pairs) for group in pair_groups(reading))
    assert shown == 30 + 29
    assert f"The other {31 * 30 // 2 - shown} pairs are in the JSON." in text


def test_every_kind_of_future_gives_a_page():
    """What never pays back, one alternative, random draws, nothing uncertain, no cash at all."""
    found: Iterator[ut.Compared] = iter((
        compared({"Never": case("Never", "1k to 2k")}, trials=512),
        compared({"One": case("One", "50k to 120k")}, "random", trials=500),
        compared({"Sure": two_years("", "100", "60", "60")}, "latin", trials=512),
        compared({"Idle": amount({}, "0")}, trials=512),
        compared({"No hurdle": comparing.amount({"x": "1 to 2"}, "x", "investment: {A: x}\n")},
                 trials=512),
    ))  # fmt: skip
    for each in found:
        text = page(each, 80)
        assert text.startswith(each.comparison.name[:20])
        assert not re.search(r"\b(nan|inf|None)\b", text)
