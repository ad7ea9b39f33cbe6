"""Who comes first by which criterion, whether the trials can tell, and what decides."""

from math import sqrt

import numpy as np
import pytest
from comparing import SAMPLINGS, TRIALS, WIDER, amount, compared, normals, two_years
from scipy.stats import norm

import utfall as ut

ALL_FIVE = ("payback", "value", "worst5", "regret", "certainty_equivalent")
FAR = {"A": (1060.0, 20.0), "B": (1050.0, 30.0)}

# Rankings -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def disagreeing() -> ut.Compared:
    """Each of the criteria finds another of these best.

    Quick is worth 1 and pays back in a year; Big is worth 100 ± 80, Middle 60 ± 30, Safe 30, and
    all three pay back in the second year. With a risk tolerance of 50 Big is as good as
    100 - 80²/100 = 36 for certain, Middle as 60 - 30²/100 = 51.
    """
    return compared(
        {
            "Quick": two_years("", "10", "10", "1"),
            "Big": two_years("inputs:\n  big: normal(200, 80)\n", "100", "0", "big"),
            "Middle": two_years("inputs:\n  middle: normal(160, 30)\n", "100", "0", "middle"),
            "Safe": two_years("", "100", "0", "130"),
        },
        risk_tolerance=50.0,
        hurdle=ut.read("years: 1\ndiscount_rate: 0 %\nhurdle: 1 year\nbenefits: {A: 1}").hurdle,
    )


def test_criteria_disagree_where_they_ask_different_things(disagreeing: ut.Compared) -> None:
    """Five criteria, four winners: expected regret ranks as expected value does."""
    first = {criterion: disagreeing.ranking(criterion).first for criterion in disagreeing.criteria}
    assert first == {
        "payback": "Quick",
        "value": "Big",
        "worst5": "Safe",
        "regret": "Big",
        "certainty_equivalent": "Middle",
    }


def test_whole_rankings_follow_the_figures(disagreeing: ut.Compared) -> None:
    """The orders that the closed forms give."""
    assert disagreeing.ranking("value").names == ["Big", "Middle", "Safe", "Quick", "Nothing"]
    assert disagreeing.ranking("worst5").names == ["Safe", "Quick", "Nothing", "Middle", "Big"]
    by_equivalent = ["Middle", "Big", "Safe", "Quick", "Nothing"]
    assert disagreeing.ranking("certainty_equivalent").names == by_equivalent
    payback = disagreeing.ranking("payback")
    assert [place.figure.value for place in payback.places] == [1, 0, 0, 0]
    assert all(place.told for place in payback.places[1:])


def test_regret_ranks_as_value_does_and_by_the_same_differences(disagreeing: ut.Compared) -> None:
    """E max is the same for all, so what is lost in regret is what is lost in value."""
    value, regret = disagreeing.ranking("value"), disagreeing.ranking("regret")
    assert value.names == regret.names
    for high, low in zip(value.places, regret.places, strict=True):
        lost_in_value, lost_in_regret = high.difference.value or 0, low.difference.value or 0
        assert abs(lost_in_value) == pytest.approx(abs(lost_in_regret), abs=1e-9)
        assert high.told == low.told


def test_the_ranking_asked_for_is_the_one_of_the_comparison(disagreeing: ut.Compared) -> None:
    """Payback unless it says something else."""
    assert disagreeing.ranking().criterion == "payback"
    asked = compared(normals(**FAR), criterion="worst5")
    assert asked.ranking().criterion == "worst5"
    assert asked.ranking() == asked.ranking("worst5")


def test_the_first_is_ahead_by_the_difference_of_the_pair() -> None:
    """Figure and interval of the difference come from the shared trials."""
    found = compared(normals(**FAR))
    first, second, _ = found.ranking("value").places
    pair = found.pair("A", "B").mean_difference
    assert (first.name, second.name) == ("A", "B")
    assert second.difference.value == pytest.approx(pair.value)
    assert second.difference.low == pytest.approx(pair.low)
    assert second.difference.high == pytest.approx(pair.high)
    assert first.difference.value == 0


def test_doing_nothing_has_no_payback_to_rank(disagreeing: ut.Compared) -> None:
    """It is left out, and why is said; by any other criterion it has its place."""
    ranking = disagreeing.ranking("payback")
    assert "Nothing" not in ranking.names
    assert "no payback" in ranking.unranked["Nothing"]
    for criterion in ("value", "worst5", "regret", "certainty_equivalent"):
        assert "Nothing" in disagreeing.ranking(criterion).names


def test_an_alternative_that_risks_no_outlay_is_not_crowned_for_paying_back() -> None:
    """Money from the first year on pays back at once, which is no merit: it is left out."""
    found = compared(
        {
            "Gift": amount({"gift": "1 to 5"}, "gift"),
            "Usual": two_years("inputs:\n  back: 90 to 130\n", "100", "0", "back"),
        }
    )
    ranking = found.ranking("payback")
    assert ranking.names == ["Usual"]
    assert "no outlay" in ranking.unranked["Gift"]
    assert found.results["Gift"].no_outlay_share == 1
    assert found.ranking("value").names == ["Usual", "Gift", "Nothing"]


@pytest.mark.parametrize(("chance", "ranked"), [("40 %", True), ("60 %", False)])
def test_an_outlay_that_is_seldom_at_risk_counts_as_none(chance: str, ranked: bool) -> None:
    """No outlay in most trials: out of the ranking; in fewer than half of them: in it."""
    free = two_years(f"inputs:\n  free: chance({chance})\n", "100 * (1 - free)", "60", "60")
    found = compared({"Free": free})
    assert ("Free" in found.ranking("payback").names) == ranked


# What the trials cannot tell ----------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
@pytest.mark.parametrize("criterion", ALL_FIVE)
def test_equal_alternatives_are_not_told_apart(criterion: str, sampling: str) -> None:
    """No number of trials would: nothing is said of how many."""
    case = two_years("inputs:\n  back: normal(150, 20)\n", "100", "0", "back")
    found = compared({"A": case, "B": case}, sampling, trials=1024, risk_tolerance=100.0)
    first, second = found.ranking(criterion).places[:2]
    assert {first.name, second.name} == {"A", "B"}
    assert second.told is False
    assert second.trials_needed is None
    assert second.difference.value == 0
    assert found.ranking(criterion).tied == [second.name]
    assert found.to_dict()["not_told_apart"][criterion] == [second.name]


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_two_ways_of_writing_the_same_are_not_told_apart(sampling: str) -> None:
    """m (a + b) and m a + m b differ by the rounding of the computer, which is no money."""
    inputs = {"m": "normal(10, 3)", "a": "2 to 7", "b": "1 to 3"}
    alternatives = {"A": amount(inputs, "m * (a + b)"), "B": amount(inputs, "m * a + m * b")}
    found = compared(alternatives, sampling, trials=4096, risk_tolerance=100.0)
    assert found.pair("A", "B").equal
    assert found.pair("A", "B").dominance.order is None
    for criterion in ("value", "worst5", "regret", "certainty_equivalent"):
        places = {place.name: place for place in found.ranking(criterion).places}
        behind = max(("A", "B"), key=list(places).index)
        assert not places[behind].told, criterion
        assert places[behind].trials_needed is None, criterion


def test_nearly_equal_alternatives_say_how_many_trials_would_tell_them_apart() -> None:
    """And so many do: independent normals whose means are 0.004 of a standard deviation apart."""
    nearly = normals(A=(10.004, 1.0), B=(10.0, 1.0))
    few = compared(nearly, trials=512).ranking("value")
    behind = few.places[1]
    assert behind.name in ("A", "B")
    assert not behind.told
    assert few.tied == [behind.name]
    needed = behind.trials_needed
    assert needed is not None
    assert needed > 512
    assert needed % 16 == 0
    assert (needed // 16).bit_count() == 1  # what Sobol' runs as it stands
    many = compared(nearly, trials=needed)
    assert many.trials == needed
    told = many.ranking("value")
    assert told.names == ["A", "B", "Nothing"]
    assert told.places[1].told
    assert told.places[1].trials_needed is None
    assert told.tied == []


def test_what_can_be_told_is_told() -> None:
    """A difference far beyond its interval, in every criterion."""
    found = compared(normals(A=(100.0, 5.0), B=(50.0, 5.0)), risk_tolerance=100.0)
    for criterion in ("value", "worst5", "regret", "certainty_equivalent"):
        places = found.ranking(criterion).places
        assert [place.told for place in places] == [True] * 3
        assert [place.trials_needed for place in places] == [None] * 3


# When one beats the other -------------------------------------------------------------------------


def test_the_input_that_decides_comes_first_with_its_chances() -> None:
    """A = x + e, B = e: A wins where x is positive, whatever e; thirds 0, half and 1."""
    inputs = {"x": "normal(0, 1)", "e": "normal(0, 1)"}
    found = compared({"A": amount(inputs, "x + e"), "B": amount(inputs, "e")})
    first, second = found.conditions("A", "B")
    assert (first.name, second.name) == ("x", "e")
    assert first.chances[0] == 0
    assert first.chances[1] == pytest.approx(0.5, abs=0.01)
    assert first.chances[2] == 1
    assert first.spread == 1
    assert first.low == pytest.approx(norm.ppf(1 / 3), abs=0.01)
    assert first.high == pytest.approx(norm.ppf(2 / 3), abs=0.01)
    error = WIDER * 2 * sqrt(0.25 / (TRIALS / 3))
    assert second.chances == pytest.approx((0.5, 0.5, 0.5), abs=error)


def test_conditions_seen_from_the_other_side_are_what_is_left() -> None:
    """B beats A where A does not beat B."""
    found = compared(normals(Low=(1.0, 3.0), Middle=(1.5, 2.0), High=(2.0, 1.0)), trials=4096)
    for one, other in zip(
        found.conditions("Low", "High"), found.conditions("High", "Low"), strict=True
    ):
        assert one.name == other.name
        assert np.add(one.chances, other.chances) == pytest.approx((1, 1, 1))


def test_of_those_that_always_pay_back_the_one_worth_more_stands_first() -> None:
    """All are back within the year in every trial: the mean decides, not the order of the file."""
    cases = {
        name: ut.read(
            "years: 1\ndiscount_rate: 0 %\nhurdle: 1 year\ninvestment: {A: 1}\n"
            f"inputs: {{b: 'uniform({low}, {low + 1})'}}\nbenefits: {{B: b}}\n"
        )
        for name, low in (("Small", 5), ("Large", 50), ("Middle", 20))
    }
    found = ut.compare(ut.comparison(cases, separate=("b",)), trials=256)
    assert found.ranking("payback").names == ["Large", "Middle", "Small"]
    assert found.ranking("payback").tied == ["Middle", "Small"]
