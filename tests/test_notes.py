"""Notes of the simulator: English as ever, and made so that other languages can say the same."""

import copy
import json
import pickle

import pytest
from comparing import amount, compared

import utfall as ut
from reports.language import SPACE, speaking
from reports.notes import note
from simulator.case.comparison import comparison_of_cases
from simulator.notes import Correlation, Note, Share, Years, both

MONEY = "years: {years}\ndiscount_rate: 0 %\n{more}investment: {{A: 9}}\nbenefits: {{B: a}}\n"
SPREAD = "inputs:\n  a: 4 to 6\n"


def case(name: str, years: int = 2, more: str = "") -> ut.Case:
    """A case with money and one uncertain input."""
    return ut.read(f"case: {name}\n" + MONEY.format(years=years, more=more + SPREAD))


def test_a_note_is_its_english_text():
    """As a string, in JSON, and compared with one; a name may hold braces."""
    found = Note("{count} of {names} in {time}", count=1024, names=("{a}", "b"), time=Years(1))
    assert found == "1,024 of {a}, b in 1 year"
    assert json.dumps([found]) == '["1,024 of {a}, b in 1 year"]'
    assert hash(found) == hash(str(found))


@pytest.mark.parametrize(
    "twin", [copy.copy, copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_a_copy_of_a_note_remembers_what_it_was_made_of(twin):
    """So that a result may come from another process."""
    found = twin(Note("{name} is one", name="{odd}"))
    assert found == "{odd} is one"
    assert (found.template, found.values) == ("{name} is one", {"name": "{odd}"})


def test_figures_of_a_note_are_written_as_the_language_has_them():
    """Digits by our rules, with the marks of the language; typed texts stay as typed."""
    found = Note("{a}; {b}; {c}; {d}; {e}", a=65536, b=Share(0.0123), c=Correlation(0.55349),
                 d=Years(2.5), e=both(("{x}", "y", "z")))  # fmt: skip
    assert found == "65,536; 1.2 %; 0.553; 2.5 years; {x}, y and z"
    assert note(found).replace(SPACE, " ") == "65 536; 1 %; 0.553; 2.5 years; {x}, y and z"
    with speaking("sv"):
        assert "0,553; 2,5" in note(found)
    assert note("{typed} by somebody 5 %") == "{typed} by somebody 5 %"
    assert note(Note("{share}", share=Share(1.5))) == f"150{SPACE}%"
    assert Note("{share}", share=Share(0.999)) == "100 %"


def test_whatever_the_simulator_tells_is_a_note():
    """Of results, comparisons, rankings and doubts; names that it makes up, too."""
    short, long = case("Short", more="hurdle: 1 year\n"), case("Long", 3, "hurdle: 2 years\n")
    found = ut.compare(comparison_of_cases([short, long]).what_if(a="7"), trials=1000)
    texts = [*found.notes, *found.ranking("payback").unranked.values(), *found.names[1:2],
             found.comparison.name, found.names[-1]]  # fmt: skip
    assert all(isinstance(text, Note) for text in texts)
    assert found.notes == (
        "hurdles differ (1 year, 2 years); that of Short is used",
        "1,000 trials were asked for and 1,024 run: Sobol' points come in 16 sets of a power of "
        "two",
        "horizons differ (Short 2 years, Short if a = 7 2 years, Long 3 years, Long if a = 7 "
        "3 years): each is valued over its own years, and shown over the longest",
    )
    assert found.comparison.name == "Short or Long, or nothing?"
    assert json.loads(json.dumps(found.to_dict()))["notes"] == list(found.notes)
    slip = ut.read("years: 2\ndiscount_rate: 0 %\ninvestment: {A: 9}\ncosts: {Staff: -5}")
    assert all(isinstance(doubt, Note) for doubt in ut.doubts(slip))


def test_notes_of_one_kind_are_told_once():
    """They are equal where they say the same, as plain texts are."""
    twice = compared({"A": amount({"x": "1 to 2", "idle": "1 to 2"}, "x")}, trials=512)
    assert len([text for text in twice.notes if "no hurdle" in text]) == 1
    assert isinstance(twice.notes[-1], Note)
