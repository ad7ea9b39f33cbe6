"""Comparison files: what they may say, and what that means."""

import json
from pathlib import Path

import numpy as np
import pytest
from comparing import CRM, PORTAL, TWO, Write, complaint, writer

import utfall as ut

CONFIGS = Path(__file__).parents[1] / "configs"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file beside portal.yaml and crm.yaml, and says where it is."""
    return writer(tmp_path)


# The example --------------------------------------------------------------------------------------


def test_the_example_compares_four_investments_and_nothing() -> None:
    """It loads without a conflict, and says what is asked of all of them."""
    asked = ut.load_comparison(CONFIGS / "compare.yaml")
    names = ["Portal", "CRM", "Experience programme", "Portal a year later"]
    assert list(asked.alternatives) == names
    assert asked.alternatives["Portal a year later"].delay == 1
    assert (asked.currency, asked.criterion, asked.risk_tolerance) == ("SEK", "payback", 1.7e6)
    assert asked.hurdle is not None
    assert asked.hurdle.years == 3
    assert {case.hurdle for case in asked.alternatives.values()} == {asked.hurdle}
    found = ut.compare(asked, trials=1024)
    assert list(found.results) == [*names, "Nothing"]
    assert found.criteria == ("payback", "value", "worst5", "regret", "certainty_equivalent")
    assert json.loads(found.to_json())["hurdle"] == {"years": 3.0, "discounted": False}


def test_the_alternatives_of_the_example_share_what_its_comment_says() -> None:
    """Six quantities stand in all files, those of chance are the same draws, the rest is apart."""
    found = ut.compare(ut.load_comparison(CONFIGS / "compare.yaml"), trials=256)
    cases = found.comparison.alternatives
    first = [cases["Portal"], cases["CRM"], cases["Experience programme"]]
    shared = set.intersection(*(set(case.inputs) for case in first))
    assert shared == {"customers", "hourly_cost", "margin", "churn", "new_customers"}
    drawn = {"margin", "churn", "new_customers"}
    for name in drawn:
        draws = [result.draws[name] for result in list(found.results.values())[:4]]
        for other in draws[1:]:
            np.testing.assert_array_equal(draws[0], other)
    portal, programme = found.results["Portal"].draws, found.results["Experience programme"].draws
    np.testing.assert_array_equal(portal["hours_realised"], programme["hours_realised"])
    assert "hours_realised" not in found.results["CRM"].draws


def test_the_later_portal_of_the_example_is_the_portal_a_year_later() -> None:
    """The same cash one year on, worth 1/1.08 of it."""
    found = ut.compare(ut.load_comparison(CONFIGS / "compare.yaml"), trials=256)
    now, later = found.results["Portal"], found.results["Portal a year later"]
    np.testing.assert_array_equal(later.cash_by_year[1:], now.cash_by_year)
    np.testing.assert_allclose(later.npv.values, now.npv.values / 1.08, rtol=1e-9, atol=1e-6)


# What a file may say ------------------------------------------------------------------------------


def test_what_is_asked_is_the_comparison_files(write: Write) -> None:
    """Its hurdle, trials, seed and sampling count for all alternatives."""
    write(PORTAL + "trials: 64\nseed: 5\nsampling: random\n", "portal.yaml")
    asked = ut.load_comparison(
        write(TWO + "hurdle: 1.5 years discounted\ntrials: 128\nseed: 9\nsampling: latin\n")
    )
    found = ut.compare(asked)
    assert asked.name == "Which?"
    assert (found.hurdle.years, found.hurdle.discounted) == (1.5, True)
    assert (found.trials, found.to_dict()["seed"], found.to_dict()["sampling"]) == (128, 9, "latin")
    for name in ("Portal", "CRM"):
        own = found.results[name]
        assert own.hurdle_chance == own.payback_chance(1.5, discounted=True)
        assert found.hurdle_chance(name) == own.hurdle_chance


def test_alternatives_have_the_names_of_the_comparison(write: Write) -> None:
    """One file may stand in it twice, under two names."""
    asked = ut.load_comparison(
        write("alternatives:\n  Ours: portal.yaml\n  Theirs: {extends: portal.yaml, delay: 2}\n")
    )
    found = ut.compare(asked, trials=64)
    assert found.names == ("Ours", "Theirs", "Nothing")
    assert [found.results[name].case.name for name in found.names] == ["Ours", "Theirs", "Nothing"]
    assert asked.name == "Ours or Theirs, or nothing?"


def test_a_case_may_be_written_in_the_comparison(write: Write) -> None:
    """Whole, or on top of a file with some lines changed; paths are relative to the comparison."""
    write(CRM, "cases/crm.yaml")
    asked = ut.load_comparison(
        write(
            """\
alternatives:
  CRM: cases/crm.yaml
  Dear CRM:
    extends: cases/crm.yaml
    investment:
      Set-up: 90
    costs:
      Licence: none
  Whole:
    years: 1
    discount_rate: 0 %
    currency: SEK
    benefits: {Gift: 7}
"""
        )
    )
    found = ut.compare(asked, trials=64)
    dear, plain = found.results["Dear CRM"], found.results["CRM"]
    licence = plain.lines["Licence"].present_value.values
    difference = dear.npv.values - plain.npv.values
    np.testing.assert_allclose(difference, -50 - licence, rtol=0, atol=1e-9)
    assert np.all(found.results["Whole"].npv.values == 7)


def test_numbers_are_written_as_the_comparison_file_says(write: Write) -> None:
    """`numbers: sv` holds for its own settings and for the cases written in it, not for files."""
    asked = ut.load_comparison(
        write(
            """\
numbers: sv
alternatives:
  Portal: portal.yaml
  Dyrare:
    extends: portal.yaml
    investment:
      Build: build * 1,5
  Egen:
    years: 1
    discount_rate: 2,5 %
    currency: SEK
    inputs:
      nytta: normal(1,5; 0,2)
    benefits:
      Nytta: nytta
  Engelsk:
    numbers: en
    extends: portal.yaml
    investment:
      Build: build * 1.5
hurdle: 2,5 years
risk_tolerance: 1,5 mkr
rates:
  EUR: 11,4
"""
        )
    )
    assert asked.hurdle is not None
    assert asked.hurdle.years == 2.5
    assert asked.risk_tolerance == 1.5e6
    assert asked.rates == {"EUR": 11.4}
    found = ut.compare(asked, trials=256)
    for name in ("Dyrare", "Engelsk"):
        outlay = found.results[name].cash_by_year[0]
        np.testing.assert_allclose(outlay, 1.5 * found.results["Portal"].cash_by_year[0])
    assert found.results["Egen"].inputs["nytta"].percentile(50) == pytest.approx(1.5, abs=0.01)


def test_case_files_are_compared_without_a_comparison_file(write: Write) -> None:
    """By their own names; what they are asked is taken from the first, and differences are said."""
    asked = ut.load_comparison(write(PORTAL, "portal.yaml"), write(CRM, "crm.yaml"))
    assert list(asked.alternatives) == ["Portal", "CRM"]
    assert asked.name == "Portal or CRM, or nothing?"
    found = ut.compare(asked, trials=64)
    assert found.hurdle.years == 2
    assert any("2 years" in note and "3 years" in note for note in found.notes)
    assert any("horizons differ (Portal 3 years, CRM 4 years)" in note for note in found.notes)


def test_one_alternative_is_compared_with_nothing(write: Write) -> None:
    """A case alone is the question whether to do it at all."""
    path = write(PORTAL, "portal.yaml")
    found = ut.compare(ut.load_comparison(path), trials=64)
    assert found.names == ("Portal", "Nothing")
    assert [(pair.a, pair.b) for pair in found.pairs] == [("Portal", "Nothing")]
    alone = ut.simulate(ut.load(path), trials=64)
    np.testing.assert_array_equal(found.values[0], alone.npv.values)
    same = ut.compare(ut.load_comparison(write("alternatives: {Portal: portal.yaml}\n")), trials=64)
    np.testing.assert_array_equal(found.values, same.values)


def test_without_a_hurdle_payback_counts_within_the_whole_horizon(write: Write) -> None:
    """And it is said."""
    without = PORTAL.replace("hurdle: 2 years\n", "")
    found = ut.compare(ut.load_comparison(write(without, "portal.yaml")), trials=64)
    assert found.hurdle.years == 3
    assert any("no hurdle" in note for note in found.notes)


# Other currencies ---------------------------------------------------------------------------------

EURO = PORTAL.replace("SEK", "EUR")


@pytest.mark.parametrize("several", [False, True])
def test_other_currencies_are_refused_without_a_rate(several: bool, write: Write) -> None:
    """The remedy is the line to be written."""
    euro = write(EURO.replace("case: Portal", "case: Abroad"), "euro.yaml")
    files = [write("alternatives: {Here: crm.yaml, Abroad: euro.yaml}\n")]
    if several:
        files = [write(CRM, "crm.yaml"), euro]
    said = complaint(*files)
    assert "SEK and EUR" in said
    assert "rates: {EUR: 11.4}" in said


def test_a_refused_currency_names_its_file(write: Write) -> None:
    """Whoever wrote the comparison must find it."""
    write(EURO, "euro.yaml")
    said = complaint(write("alternatives: {Here: crm.yaml, Abroad: euro.yaml}\n"))
    assert "compare.yaml" in said or "euro.yaml" in said


def test_other_currencies_are_converted_exactly(write: Write) -> None:
    """Every amount is multiplied by the rate; times and ratios stay as they are."""
    write(EURO, "euro.yaml")
    asked = ut.load_comparison(
        write("alternatives: {Here: crm.yaml, Abroad: euro.yaml}\nrates: {EUR: 11.4}\n")
    )
    assert asked.currency == "SEK"
    found = ut.compare(asked, trials=256).results["Abroad"]
    plain = ut.compare(
        ut.load_comparison(write("alternatives: {Here: crm.yaml, Abroad: portal.yaml}\n")),
        trials=256,
    ).results["Abroad"]
    factors = {"npv": 11.4, "peak_funding": 11.4, "roi": 1, "payback": 1, "irr": 1}
    for name, factor in factors.items():
        expected = factor * plain.outcomes[name].values
        np.testing.assert_allclose(found.outcomes[name].values, expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.cash_by_year, 11.4 * plain.cash_by_year, rtol=1e-12)
    for name, line in plain.lines.items():
        expected = 11.4 * line.present_value.values
        np.testing.assert_allclose(found.lines[name].present_value.values, expected, rtol=1e-12)


def test_converted_amounts_are_in_the_currency_of_the_comparison(write: Write) -> None:
    """What was multiplied by 11.4 is no longer in euro, and must not be called so."""
    write(EURO, "euro.yaml")
    asked = ut.load_comparison(
        write("alternatives: {Here: crm.yaml, Abroad: euro.yaml}\nrates: {EUR: 11.4}\n")
    )
    found = ut.compare(asked, trials=64)
    assert found.results["Abroad"].npv.unit == "SEK"
    assert found.to_dict()["alternatives"]["Abroad"]["currency"] == "SEK"


def test_a_comparison_may_be_in_a_third_currency(write: Write) -> None:
    """Then every other one needs a rate."""
    write(EURO, "euro.yaml")
    both = "alternatives: {Here: crm.yaml, Abroad: euro.yaml}\ncurrency: USD\n"
    found = ut.compare(ut.load_comparison(write(both + "rates: {EUR: 1.1, SEK: 0.1}\n")), trials=64)
    assert found.to_dict()["currency"] == "USD"
    own = ut.compare(ut.load_comparison(write("alternatives: {Here: crm.yaml}\n")), trials=64)
    np.testing.assert_allclose(found.values[0], 0.1 * own.values[0], rtol=1e-12, atol=1e-12)
    said = complaint(write(both + "rates: {EUR: 1.1}\n"))
    assert "rates: {SEK:" in said
    assert "USD" in said


def test_a_case_written_in_place_is_shown_as_the_comparison_file_writes(write: Write) -> None:
    """Its formulas, a what-if of it and the file it extends keep their decimal comma."""
    crm = CRM.replace("8 %", "8,5 %").replace("(50, 10)", "(50; 10)")
    write(f"numbers: nb\n{crm}", "nb.yaml")
    both = "alternatives:\n  Now: nb.yaml\n  Later: {extends: nb.yaml, delay: 1}\n"
    asked = ut.load_comparison(write(f"numbers: nb\n{both}"))
    for case in asked.alternatives.values():
        assert case.numbers == "nb"
        assert case.discount_rate is not None
        assert case.discount_rate.typed(case.numbers) == "8,5 %"
    changed = asked.what_if(licence="0,1 to 0,25").alternatives
    assert [case.numbers for case in changed.values()] == ["nb"] * 4


@pytest.mark.parametrize(
    "rates", ["{EUR: 11.4, SEK: 1}", "{SEK: 1, EUR: 11.4}"], ids=["last", "first"]
)
def test_a_rate_of_1_may_say_which_currency_counts(rates: str, write: Write) -> None:
    """A comparison of amounts in no currency at all would be no answer."""
    write(EURO, "euro.yaml")
    asked = ut.load_comparison(
        write(f"alternatives: {{Abroad: euro.yaml, Here: crm.yaml}}\nrates: {rates}\n")
    )
    assert asked.currency == "SEK"


@pytest.mark.parametrize("rate", ["0", "-11.4", "many", "10 to 12"])
def test_a_rate_is_a_number_above_0(rate: str, write: Write) -> None:
    """Anything else is refused where it stands."""
    write(EURO, "euro.yaml")
    said = complaint(
        write(f"alternatives: {{Here: crm.yaml, Abroad: euro.yaml}}\nrates:\n  EUR: {rate}\n")
    )
    assert "compare.yaml:3:" in said
    assert "rates.EUR" in said


@pytest.mark.parametrize(
    "wrong", [{"rates": {"EUR": 0.0}}, {"rates": {"EUR": -11.4}}, {"risk_tolerance": -1.0}]
)
def test_python_may_not_ask_for_what_a_file_may_not(wrong: dict) -> None:
    """A negative rate would turn every loss into a gain."""
    cases = {"Here": ut.read(CRM), "Abroad": ut.read(EURO)}
    with pytest.raises(ut.UtfallError):
        ut.comparison(cases, **{"rates": {"EUR": 11.4}, **wrong})
