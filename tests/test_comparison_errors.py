"""What is told to those whose alternatives do not go together: where, what, and what to write."""

from pathlib import Path

import numpy as np
import pytest
from comparing import CRM, PORTAL, TWO, Write, complaint, writer

import utfall as ut

NO_MONEY = "case: Figures\ninputs: {x: 1 to 2}\noutputs: [x]\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file beside portal.yaml and crm.yaml, and says where it is."""
    return writer(tmp_path)


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
    assert "compare.yaml: a comparison file stands alone" in complaint(
        path, path.parent / "crm.yaml"
    )


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


def test_a_shared_input_may_not_mean_different_things_through_a_calculation() -> None:
    """`normal(level, 1)` is spelled alike in both, but the level is 10 here and 50 there."""
    text = (
        "years: 1\ndiscount_rate: 0 %\ninputs:\n  x: normal(level, 1)\n"
        "calculations:\n  level: {}\nbenefits:\n  Amount: x\n"
    )
    with pytest.raises(ut.CaseError, match="separate: \\[x\\]"):
        ut.comparison({"Low": ut.read(text.format(10)), "High": ut.read(text.format(50))})


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
    """It is said which of the cases takes the logarithm of a negative number."""
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
