"""What a report on alternatives says of them as a choice: their words, names, order and delay."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from comparing import Write, writer
from report_text import text_of

import utfall as ut
from reports.data import report_data
from reports.document import Figure
from reports.report import report_of

OWN = """\
decision: What the case decides
scope: What the case counts
not_valued: [what the case leaves out]
follow_up: [{what: what the case follows, month: 3}]
years: 2
start: 2027
discount_rate: 8 %
currency: SEK
inputs: {b: 4 to 9}
investment: {A: 9}
benefits: {B: b}
"""
ASKED = """\
decision: What is decided
scope: What is counted here
not_valued: [what is left out]
follow_up: [{what: use, month: 6, refutes: under 20 %}]
"""
ALTERNATIVES = """\
alternatives:
  Case: case.yaml
  In place:
    years: 2
    start: 2027
    discount_rate: 8 %
    benefits: {C: 1}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a comparison beside a case that has all words of its own."""
    (tmp_path / "case.yaml").write_text(OWN, "utf-8")
    return writer(tmp_path)


def told(path: Path) -> str:
    """The text of the report on a comparison file."""
    return text_of(report_of(ut.compare(ut.load_comparison(path), trials=512)))


def test_words_of_a_comparison_stand_in_place_of_those_of_its_cases(write: Write) -> None:
    """Each once, without the name of an alternative above it."""
    text = told(write(ASKED + ALTERNATIVES))
    assert "> What is decided\n" in text
    assert "> What is counted here\n" in text
    assert "What is not valued:\n- what is left out\n" in text
    assert "use | June 2028, month 6 | under 20 %" in text
    assert "the case decides" not in text + told(write(f"decision: So\n{ALTERNATIVES}"))
    for words in ("What the case counts", "what the case leaves out", "what the case follows"):
        assert words not in text


def test_without_them_the_cases_speak(write: Write) -> None:
    """As they did, each under its alternative."""
    text = told(write(ALTERNATIVES))
    for words in ("> What the case decides", "> What the case counts", "- what the case leaves",
                  "what the case follows | March 2028"):  # fmt: skip
        assert words in text


def test_mistakes_in_them_are_told_where_they_stand(write: Write) -> None:
    """As in a case."""
    with pytest.raises(ut.CaseError, match=r"compare\.yaml:1:14, follow_up: `when`"):
        ut.load_comparison(write(f"follow_up: [{{when: 3}}]\n{ALTERNATIVES}"))


def test_a_case_written_in_place_has_no_name_of_its_own(write: Write) -> None:
    """The file that it stands in is not its name."""
    asked = ut.load_comparison(write(ALTERNATIVES))
    assert asked.alternatives["In place"].name == "In place"
    text = told(asked.path)
    assert "Case | case | year 2" in text
    assert "In place | – | year 2" in text
    cases = {name: ut.read(f"case: {name}\n{OWN}") for name in ("A", "B")}
    text = text_of(report_of(ut.compare(ut.comparison(cases), trials=512)))
    assert "Alternative | Followed until" in text


LATER = """\
alternatives:
  Later: {extends: losing.yaml, delay: 1}
  Now: losing.yaml
criterion: value
"""
"""A loss is smaller when it comes later, so that the later one is the first by rank."""


def test_what_begins_later_is_told_behind_its_original(write: Write) -> None:
    """Wherever alternatives stand one by one, and it is the later one whose formulas are known."""
    write(OWN.replace("A: 9", "A: 90"), "losing.yaml")
    asked = ut.load_comparison(write(LATER)).what_if(b="5")
    report = report_of(ut.compare(asked, trials=512))
    reading = report.subject.reading
    assert reading.alternatives == ("Later", "Later if b = 5", "Now", "Now if b = 5")
    assert reading.one_by_one == ("Now", "Now if b = 5", "Later", "Later if b = 5")
    text = text_of(report)
    assert "Its formulas are those of “Now”." in text
    assert "Its formulas are those of “Later”." not in text


def test_every_what_if_is_told_in_full_once(write: Write) -> None:
    """Names are cut; the table holds each changed input, as it was and as it is."""
    write(
        "numbers: nb\nyears: 2\ndiscount_rate: 8 %\ninputs:\n"
        "  first_of_long_names: {estimate: 1 to 2, label: The first}\n"
        "  second_of_long_names: 3,5 to 4\n"
        "benefits: {B: first_of_long_names + second_of_long_names}\n",
        "odd.yaml",
    )
    both = "numbers: nb\nalternatives:\n  Odd: odd.yaml\n  Case: case.yaml\n"
    asked = ut.load_comparison(write(both + "  Later: {extends: odd.yaml, delay: 1}\n"))
    changes = {"first_of_long_names": "1,25 to 2", "second_of_long_names": "pert(1; 2; 3,5)"}
    text = text_of(report_of(ut.compare(asked.what_if(**changes), trials=512)))
    part = text.split("### What the what-ifs change")[1].split("###")[0]
    assert part.splitlines()[1:5] == [
        "Input | As it was | As changed",
        "-- In “Odd” and “Later”",
        "The first (first_of_long_names) | 1 to 2 | 1,25 to 2",
        "second_of_long_names | 3,5 to 4 | pert(1; 2; 3,5)",
    ]


def test_what_ifs_have_their_names_in_the_language_of_the_report(write: Write) -> None:
    """In every text, picture, figure's description, and sheet of the workbook."""
    asked = ut.load_comparison(write(ALTERNATIVES)).what_if(b="5")
    found = ut.compare(asked, trials=512)
    made = report_of(found, "nb")
    assert "Case if b" not in text_of(made)
    assert "Case hvis b = 5" in text_of(made)
    path = asked.path.parent / "what_if"
    made.save(path.with_suffix(".html"), path.with_suffix(".xlsx"))
    assert "Case if b" not in path.with_suffix(".html").read_text("utf-8")
    with ZipFile(path.with_suffix(".xlsx")) as book:
        parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    assert not [part for part in parts if "Case if b" in part]
    assert [part for part in parts if "Case hvis b = 5" in part]


def test_what_ifs_do_not_say_again_what_their_originals_say(write: Write) -> None:
    """Decision, scope, what is not valued and what to follow up stand once."""
    found = ut.compare(ut.load_comparison(write(ALTERNATIVES)).what_if(b="5"), trials=512)
    text = text_of(report_of(found))
    assert text.count("what the case follows") == 1
    assert "Asked in the case of “Case”:\n\n> What the case decides" in text


def test_what_a_delay_does_to_payback_amounts_and_years_is_said(write: Write) -> None:
    """Where payback stands, where later starts stand, and everywhere with the same last year."""
    write(OWN, "losing.yaml")
    found = ut.compare(ut.load_comparison(write(LATER)).what_if(b="5"), trials=512)
    text = text_of(report_of(found))
    assert text.count("Counted from year 0, also for what begins later: “Later”.") == 1
    assert "the chance within the same years is lower for that reason alone" in text
    assert "growth begins later as well, and nothing is raised for the years of waiting" in text
    assert "It begins 1 year after year 0, and is followed until year 3." in text
    assert "Later | – | year 3 | 1 year" in text
    assert "Later 3 years" in text
    now = ut.compare(ut.comparison({"Now": ut.read(OWN)}), trials=512)
    other = text_of(report_of(ut.compare(ut.load_comparison(write(ALTERNATIVES)), trials=512)))
    assert "Counted from year 0" not in other + text_of(report_of(now))


def test_what_is_best_most_often_and_what_knowing_is_worth_stand_once(write: Write) -> None:
    """The one below its picture among the alternatives, the other in its own section."""
    found = ut.compare(ut.load_comparison(write(ALTERNATIVES)), trials=512)
    report = report_of(found)
    section = next(s for s in report.sections if s.key == "alternatives")
    assert any(isinstance(block, Figure) for block in section.blocks)
    part = text_of(report).split("\n## The alternatives")[1].split("\n## ")[0]
    assert part.count("is the best of all in") == 1
    assert part.count("most often") == 1
    assert "Knowing everything" not in part
    assert text_of(report).count("Knowing everything before choosing") == 1


def test_an_uncertain_rate_is_shown_as_its_file_writes_it() -> None:
    """In the frame of the report and in its data."""
    text = OWN.replace("8 %", "7,5 % to 9,5 %")
    made = report_of(ut.simulate(ut.read(f"numbers: nb\n{text}"), trials=512))
    assert "discounted at 7,5 % to 9,5 % a year" in text_of(made)
    (case,) = report_data(made)["cases"].values()
    assert case["discount_rate"] == "7,5 % to 9,5 %"
