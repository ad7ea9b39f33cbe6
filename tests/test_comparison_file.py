"""Comparison files: what they say, and what is told to those who write them wrongly."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import utfall as ut

CONFIGS = Path(__file__).parents[1] / "configs"
Write = Callable[..., Path]

PORTAL = """\
case: Portal
currency: SEK
years: 3
discount_rate: 8 %
hurdle: 2 years
inputs:
  margin: normal(50, 10)
  build: 60 to 90
investment:
  Build: build
benefits:
  Margin: margin
"""
CRM = """\
case: CRM
currency: SEK
years: 4
discount_rate: 8 %
hurdle: 3 years
inputs:
  margin: normal(50, 10)
  licence: 10 to 20
investment:
  Set-up: 40
benefits:
  Margin: margin
costs:
  Licence: licence
"""
NO_MONEY = "case: Figures\ninputs: {x: 1 to 2}\noutputs: [x]\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file beside portal.yaml and crm.yaml, and says where it is."""

    def written(text: str, name: str = "compare.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    written(PORTAL, "portal.yaml")
    written(CRM, "crm.yaml")
    return written


def complaint(*paths: Path) -> str:
    """What is said of files that cannot be compared."""
    with pytest.raises(ut.CaseError) as caught:
        ut.load_comparison(*paths)
    said = str(caught.value)
    assert "object at 0x" not in said
    return said


TWO = "compare: Which?\nalternatives:\n  Portal: portal.yaml\n  CRM: crm.yaml\n"


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
    assert asked.name == "Ours or Theirs or nothing?"


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
rates: {EUR: 11,4}
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
    for name, factor in (("npv", 11.4), ("peak_funding", 11.4), ("roi", 1), ("payback", 1), ("irr", 1)):  # fmt: skip
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


# What is wrong ------------------------------------------------------------------------------------

WRONG: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown key": (
        TWO + "critrion: value\n",
        ("compare.yaml:5:1", "`critrion` is not a key of a comparison", "did you mean `criterion`"),
    ),
    "a key of a case": (TWO + "years: 5\n", ("compare.yaml:5:1", "`years`")),
    "unknown criterion": (
        TWO + "criterion: best\n",
        ("compare.yaml:5:12", "`best`", "payback, value, worst5, regret, certainty_equivalent"),
    ),
    "missing file": (
        "alternatives:\n  Portal: portl.yaml\n  CRM: crm.yaml\n",
        ("compare.yaml:2:11", "no such file", "portal.yaml"),
    ),
    "missing base": (
        "alternatives:\n  Portal: {extends: portl.yaml}\n",
        ("compare.yaml:2:12", "no such file", "portal.yaml"),
    ),
    "two of one name": (
        "alternatives:\n  Portal: portal.yaml\n  Portal: crm.yaml\n",
        ("compare.yaml:3:3", "second time", "first in line 2"),
    ),
    "called Nothing": (
        TWO + "  Nothing: crm.yaml\n",
        ("compare.yaml", "`Nothing` is always compared", "another name"),
    ),
    "no alternatives": (
        "compare: What?\n",
        ("compare.yaml:1:1", "alternatives", "Portal: customer_portal.yaml"),
    ),
    "an empty list": ("alternatives: {}\n", ("compare.yaml:1:15", "Portal: customer_portal.yaml")),
    "a list": (
        "alternatives: [portal.yaml, crm.yaml]\n",
        ("compare.yaml:1:15", "alternatives have names"),
    ),
    "a blank": ("alternatives:\n  Portal:\n", ("compare.yaml", "alternatives.Portal", "case")),
    "a typing error within": (
        "alternatives:\n  Portal: {extends: portal.yaml, delya: 1}\n",
        ("compare.yaml:2:34", "`delya` is not a key of a case", "did you mean `delay`?"),
    ),
    "a circle": (
        "alternatives:\n  Portal: {extends: compare.yaml}\n",
        ("compare.yaml:2:12", "extend each other", "break the circle"),
    ),
    "a comparison within": (
        "alternatives:\n  Portal: other.yaml\n",
        ("other.yaml:1:1", "belongs to a comparison"),
    ),
    "no risk tolerance": (
        TWO + "criterion: certainty_equivalent\n",
        ("risk_tolerance",),
    ),
    "negative risk tolerance": (
        TWO + "risk_tolerance: -1M\n",
        ("compare.yaml:5:17", "above 0"),
    ),
    "no trials": (TWO + "trials: 0\n", ("compare.yaml:5:9", "trials is 0")),
    "separate nothing": (
        TWO + "separate: [margn]\n",
        ("margn", "did you mean `margin`?"),
    ),
    "no money": (
        TWO + "  Figures: figures.yaml\n",
        ("figures.yaml", "`Figures` has no money", "benefits"),
    ),
    "none as a hurdle": (TWO + "hurdle: none\n", ("compare.yaml:5:9",)),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_place_and_remedy(what: str, write: Write) -> None:
    """File, line and column, what is wrong, and what to write instead."""
    text, told = WRONG[what]
    write(NO_MONEY, "figures.yaml")
    write("alternatives: {Portal: portal.yaml}\n", "other.yaml")
    said = complaint(write(text))
    for part in told:
        assert part in said, said


def test_everything_wrong_is_told_at_once(write: Write) -> None:
    """In the comparison and in every file that it names."""
    write(PORTAL.replace("margin\n", "margn\n"), "portal.yaml")
    write(CRM.replace("years: 4", "years: 0"), "crm.yaml")
    said = complaint(write(TWO + "criterion: best\n  \n"))
    for part in ("`best`", "portal.yaml:12", "`margn`", "crm.yaml:3", "years is 0"):
        assert part in said, said


def test_a_mistake_in_a_shared_file_is_told_once(write: Write) -> None:
    """Two alternatives extend one wrong file; nobody wants to read it twice."""
    write(PORTAL.replace("Margin: margin\n", "Margin: margn\n"), "portal.yaml")
    said = complaint(
        write("alternatives:\n  Now: portal.yaml\n  Later: {extends: portal.yaml, delay: 1}\n")
    )
    assert said.count("`margn` is not defined") == 1


@pytest.mark.parametrize("again", ["portal.yaml", "copy.yaml"])
def test_two_files_with_one_name_are_refused(again: str, write: Write) -> None:
    """Also when it is the same file twice."""
    write(PORTAL, "copy.yaml")
    said = complaint(write(PORTAL, "portal.yaml"), write(PORTAL, again))
    assert "two alternatives are called `Portal`" in said
    assert "`case:`" in said


def test_a_file_called_nothing_is_refused(write: Write) -> None:
    """Its place is taken."""
    said = complaint(write(PORTAL.replace("case: Portal", "case: Nothing"), "portal.yaml"))
    assert "`Nothing` is always compared" in said
    assert "portal.yaml" in said


def test_missing_files_are_all_named(write: Write) -> None:
    """Not only the first."""
    here = write(PORTAL, "portal.yaml").parent
    said = complaint(here / "portl.yaml", here / "crm.yaml", here / "cmr.yaml")
    for name in ("portl.yaml", "cmr.yaml"):
        assert f"{name}: there is no such file" in said


def test_nothing_to_compare_is_an_error_and_no_crash() -> None:
    """No file, no case."""
    with pytest.raises(ut.CaseError, match="nothing to compare"):
        ut.load_comparison()
    with pytest.raises(ut.CaseError, match="nothing to compare"):
        ut.comparison({})


def test_a_comparison_is_no_case_and_says_how_it_is_run(write: Write) -> None:
    """To `ut.load`, and when it stands among case files."""
    path = write(TWO)
    with pytest.raises(ut.CaseError, match="belongs to a comparison") as caught:
        ut.load(path)
    assert "utfall compare" in str(caught.value)
    assert "compare.yaml:1:1" in complaint(path, path.parent / "crm.yaml")


def test_an_unknown_criterion_is_refused_also_in_python() -> None:
    """A ranking by something unheard of would be a ranking by something else."""
    cases = {"Portal": ut.read(PORTAL)}
    with pytest.raises(ut.UtfallError, match="best"):
        ut.comparison(cases, criterion="best")
    found = ut.compare(ut.comparison(cases), trials=64)
    with pytest.raises(ut.UtfallError, match="best"):
        found.ranking("best")  # type: ignore[arg-type]  # that is the point


def test_a_pair_of_unknown_alternatives_is_refused() -> None:
    """With the names that are known."""
    found = ut.compare(ut.comparison({"Portal": ut.read(PORTAL)}), trials=64)
    with pytest.raises(ut.UtfallError, match="Portal"):
        found.pair("Portl", "Nothing")


# Conflicts ----------------------------------------------------------------------------------------


def test_a_shared_input_that_differs_names_both_places(write: Write) -> None:
    """And both definitions, and the three ways out."""
    write(CRM.replace("normal(50, 10)", "normal(50, 20)"), "crm.yaml")
    said = complaint(write(TWO))
    for part in ("crm.yaml:7:3", "portal.yaml:7:3", "normal(50, 20)", "normal(50, 10)"):
        assert part in said
    for part in ("inputs.margin", "separate: [margin]", "write the same", "another name"):
        assert part in said


def test_a_shared_input_may_not_be_a_number_here_and_an_estimate_there(write: Write) -> None:
    """50 is not the same belief as about 50."""
    write(CRM.replace("normal(50, 10)", "50"), "crm.yaml")
    assert "separate: [margin]" in complaint(write(TWO))


def test_a_shared_input_may_not_have_two_units(write: Write) -> None:
    """The figures agree, the things do not; a unit that is missing contradicts nothing."""
    detailed = "margin: {estimate: '50 to 60', unit: %s}"
    write(PORTAL.replace("margin: normal(50, 10)", detailed % "SEK per year"), "portal.yaml")
    write(CRM.replace("margin: normal(50, 10)", detailed % "SEK per month"), "crm.yaml")
    said = complaint(write(TWO))
    assert "SEK per month" in said
    assert "SEK per year" in said
    write(CRM.replace("margin: normal(50, 10)", "margin: 50 to 60"), "crm.yaml")
    assert list(ut.load_comparison(write(TWO)).alternatives) == ["Portal", "CRM"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("normal(50, 10)", "normal( 50,  10 )"),
        ("5 % to 8 %", "5 to 8 %"),
        ("90 000", "90000"),
        ("90 000", "90k"),
        ("1.5M", "1500k"),
        ("0.05", "5 %"),
        ("50 to 60", "50.0 to 60"),
    ],
)
def test_another_way_of_writing_the_same_is_no_conflict(one: str, other: str, write: Write) -> None:
    """Inputs of one name must mean the same, not look the same."""
    write(PORTAL.replace("normal(50, 10)", one), "portal.yaml")
    write(CRM.replace("normal(50, 10)", other), "crm.yaml")
    assert list(ut.load_comparison(write(TWO)).alternatives) == ["Portal", "CRM"]


def test_a_swedish_file_may_share_inputs_with_an_english_one(write: Write) -> None:
    """1,5 here is 1.5 there."""
    write(PORTAL.replace("normal(50, 10)", "normal(1.5, 0.2)"), "portal.yaml")
    write("numbers: sv\n" + CRM.replace("normal(50, 10)", "normal(1,5; 0,2)"), "crm.yaml")
    found = ut.compare(ut.load_comparison(write(TWO)), trials=64).results
    np.testing.assert_array_equal(found["Portal"].draws["margin"], found["CRM"].draws["margin"])


def test_inputs_may_differ_where_they_are_said_to_be_separate(write: Write) -> None:
    """Then they are drawn apart."""
    write(CRM.replace("normal(50, 10)", "normal(50, 20)"), "crm.yaml")
    asked = ut.load_comparison(write(TWO + "separate: [margin]\n"))
    assert asked.separate == ("margin",)
    found = ut.compare(asked, trials=1024).results
    ratio = found["CRM"].inputs["margin"].sd / found["Portal"].inputs["margin"].sd
    assert ratio == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize(
    ("one", "other"), [("rank: 0.4", "rank: 0.5"), ("rank: 0.4", "same_half: 63 %")]
)
def test_dependence_that_differs_names_both_places(one: str, other: str, write: Write) -> None:
    """Shared draws cannot depend on each other in two ways."""
    asked = "  licence: 10 to 20\n{}dependence:\n  - {{between: [{}], {}}}\n"
    rest = "investment: {Set-up: 40}\nbenefits: {Margin: margin}\ncosts: {Licence: licence}\n"
    start = CRM.split("  licence")[0]
    write(start + asked.format("", "margin, licence", one) + rest, "crm.yaml")
    two = start.replace("CRM", "Other") + asked.format("", "licence, margin", other) + rest
    write(two, "other.yaml")
    said = complaint(write("alternatives: {CRM: crm.yaml, Other: other.yaml}\n"))
    assert "other.yaml:10:5" in said
    assert "crm.yaml:10:5" in said
    assert one.split()[1].strip(" %") in said


def test_a_run_that_fails_names_the_alternative(write: Write) -> None:
    """Which of five cases takes the logarithm of a negative number?"""
    write(CRM.replace("Margin: margin", "Margin: log(margin - 50)"), "crm.yaml")
    asked = ut.load_comparison(write(TWO))
    with pytest.raises(ut.RunError, match=r"CRM: benefits\.Margin"):
        ut.compare(asked, trials=256)


def test_a_what_if_of_no_input_suggests_one(write: Write) -> None:
    """With the nearest known word; and a broken estimate is shown."""
    asked = ut.load_comparison(write(TWO))
    with pytest.raises(ut.CaseError, match="did you mean `margin`"):
        asked.what_if(margn=3)
    with pytest.raises(ut.CaseError, match="parenthesis"):
        asked.what_if(margin="normal(5, 2")


# The result as data -------------------------------------------------------------------------------

KEYS = {
    "alternatives", "chance_best", "pairs", "evpi", "regret", "certainty_equivalent", "ranking",
}  # fmt: skip


@pytest.mark.parametrize(
    ("sampling", "trials"), [("sobol", 1024), ("latin", 160), ("random", 1000), ("random", 20)]
)
def test_the_json_of_a_comparison_keeps_its_contract(
    sampling: str, trials: int, write: Write
) -> None:
    """All keys are there, strict JSON holds, three alternatives with nothing make six pairs."""
    text = TWO + "  Portal later: {extends: portal.yaml, delay: 1}\nrisk_tolerance: 100\n"
    found = ut.compare(ut.load_comparison(write(text)), trials=trials, sampling=sampling)

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    data = json.loads(found.to_json(), parse_constant=refuse)
    assert data.keys() >= KEYS
    names = ["Portal", "CRM", "Portal later", "Nothing"]
    assert list(data["alternatives"]) == names
    single = json.loads(ut.simulate(ut.read(PORTAL), trials=64).to_json())
    for one in data["alternatives"].values():
        assert one.keys() >= single.keys()
    for key in ("chance_best", "regret", "certainty_equivalent"):
        assert list(data[key]) == names
    assert sum(data["chance_best"].values()) == pytest.approx(1)
    assert data["evpi"] == min(data["regret"].values())
    assert len(data["pairs"]) == 4 * 3 // 2
    assert {frozenset((pair["a"], pair["b"])) for pair in data["pairs"]} == {
        frozenset((a, b)) for a in names for b in names if a != b
    }
    for pair in data["pairs"]:
        assert pair.keys() >= {
            "a", "b", "chance_a_better", "mean_difference", "interval", "dominance",
        }  # fmt: skip
        low, high = pair["interval"]["chance_a_better"]
        assert 0 <= low <= pair["chance_a_better"] <= high <= 1
        assert pair["dominance"].keys() >= {"order", "better", "violation"}
    criteria = ["payback", "value", "worst5", "regret", "certainty_equivalent"]
    assert list(data["ranking"]) == criteria
    assert sorted(data["ranking"]["payback"]) == sorted(names[:3])
    for criterion in criteria[1:]:
        assert sorted(data["ranking"][criterion]) == sorted(names)


def test_without_a_risk_tolerance_the_json_has_no_certainty_equivalents(write: Write) -> None:
    """The key is there, empty; the ranking by it is not."""
    data = ut.compare(ut.load_comparison(write(TWO)), trials=64).to_dict()
    assert data["certainty_equivalent"] == {}
    assert "certainty_equivalent" not in data["ranking"]
