"""What a comparison says is right where the answer is known: normal amounts, closed forms."""

from collections.abc import Callable
from math import pi, sin, sqrt

import numpy as np
import pytest
from comparing import WIDER, amount, is_near, normals
from scipy.integrate import quad
from scipy.stats import norm, t

import utfall as ut
from simulator.analysis.pairs import dominance

SAMPLINGS = ("sobol", "latin", "random")
TRIALS = 16_384
POINT = 16 / TRIALS  # what one point of a set weighs in its chance


def loss_of(mean: float, sd: float) -> float:
    """E max(0, X) - max(0, E X) of a normal X: what not knowing its sign costs."""
    return sd * norm.pdf(mean / sd) - abs(mean) * norm.cdf(-abs(mean) / sd)


def compared(alternatives, sampling="sobol", trials=TRIALS, seed=1, **settings) -> ut.Compared:
    """The alternatives, compared."""
    asked = ut.comparison(alternatives, **settings)
    return ut.compare(asked, trials=trials, sampling=sampling, seed=seed)


# Two normal amounts, so large that nothing is never best ------------------------------------------

FAR = {"A": (1060.0, 20.0), "B": (1050.0, 30.0)}


def correlated(rank: float) -> dict[str, ut.Case]:
    """A and B of `FAR` with a rank correlation between them, which B's file asks for."""
    inputs = {"amount_of_A": "normal(1060, 20)", "amount_of_B": "normal(1050, 30)"}
    pair = f"dependence:\n  - {{between: [amount_of_A, amount_of_B], rank: {rank}}}\n"
    return {"A": normals(A=FAR["A"])["A"], "B": amount(inputs, "amount_of_B", pair)}


@pytest.mark.parametrize("sampling", SAMPLINGS)
@pytest.mark.parametrize("rank", [0.0, 0.5, -0.8, 0.99])
def test_two_normal_amounts_differ_by_a_normal_amount(rank: float, sampling: str) -> None:
    """A - B is normal with mean 10 and variance s² + t² - 2rst, r = 2 sin(pi rank / 6)."""
    found = compared(correlated(rank) if rank else normals(**FAR), sampling)
    pair = found.pair("A", "B")
    sd = sqrt(20**2 + 30**2 - 2 * (2 * sin(pi * rank / 6)) * 20 * 30)
    assert is_near(pair.chance_a_better, norm.cdf(10 / sd), POINT)
    assert is_near(pair.mean_difference, 10)
    assert not pair.equal
    for percent in (5, 10, 25, 50, 75, 90, 95):
        exact = norm.ppf(percent / 100, 10, sd)
        step = POINT * sd / norm.pdf(norm.ppf(percent / 100))
        assert is_near(pair.percentiles[percent], exact, step), percent


@pytest.mark.parametrize("sampling", SAMPLINGS)
@pytest.mark.parametrize("rank", [0.0, 0.5, -0.8])
def test_perfect_information_about_two_normal_amounts(rank: float, sampling: str) -> None:
    """EVPI is s phi(m/s) - |m| Phi(-|m|/s), of which A's regret is all and B's 10 more."""
    found = compared(correlated(rank) if rank else normals(**FAR), sampling)
    sd = sqrt(20**2 + 30**2 - 2 * (2 * sin(pi * rank / 6)) * 20 * 30)
    assert is_near(found.evpi, loss_of(10, sd))
    assert is_near(found.regret["A"], loss_of(10, sd))
    assert is_near(found.regret["B"], loss_of(10, sd) + 10)
    assert is_near(found.chance_best["A"], norm.cdf(10 / sd), POINT)
    assert is_near(found.chance_best["B"], norm.cdf(-10 / sd), POINT)
    assert found.chance_best["Nothing"].value == 0


@pytest.mark.parametrize("sampling", SAMPLINGS)
@pytest.mark.parametrize("mean", [-15.0, 0.0, 4.0, 25.0])
def test_one_alternative_against_nothing(mean: float, sampling: str) -> None:
    """It is best where its value is positive; EVPI is E max(0, X) - max(0, m)."""
    found = compared(normals(A=(mean, 20.0)), sampling)
    assert is_near(found.evpi, loss_of(mean, 20))
    assert is_near(found.chance_best["A"], norm.cdf(mean / 20), POINT)
    assert is_near(found.pair("A", "Nothing").chance_a_better, norm.cdf(mean / 20), POINT)
    assert is_near(found.regret["A"], loss_of(mean, 20) + max(-mean, 0))
    assert is_near(found.regret["Nothing"], loss_of(mean, 20) + max(mean, 0))


# Three normal amounts and nothing -----------------------------------------------------------------

THREE = {"Low": (1.0, 3.0), "Middle": (1.5, 2.0), "High": (2.0, 1.0)}


def best_of_three(name: str) -> float:
    """The chance that one of `THREE` beats the other two and 0, by quadrature."""
    if name == "Nothing":
        return float(np.prod([norm.cdf(0, *own) for own in THREE.values()]))
    others = [own for other, own in THREE.items() if other != name]

    def density(x: float) -> float:
        return norm.pdf(x, *THREE[name]) * np.prod([norm.cdf(x, *own) for own in others])

    return float(quad(density, 0, 20, epsabs=1e-12)[0])


def mean_of_the_best() -> float:
    """E max(0, X, Y, Z), the integral of the chance that one of them exceeds x."""
    return float(
        quad(lambda x: 1 - np.prod([norm.cdf(x, *own) for own in THREE.values()]), 0, 20)[0]
    )


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_chances_of_being_best_among_three_and_nothing(sampling: str) -> None:
    """One integral each; together they are certain."""
    found = compared(normals(**THREE), sampling)
    exact = {name: best_of_three(name) for name in (*THREE, "Nothing")}
    assert sum(exact.values()) == pytest.approx(1, abs=1e-9)
    for name, chance in exact.items():
        assert is_near(found.chance_best[name], chance), name
    total = sum(figure.value or 0 for figure in found.chance_best.values())
    assert total == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_regret_among_three_and_nothing(sampling: str) -> None:
    """E max - E X of each; the least of them is the value of perfect information."""
    found = compared(normals(**THREE), sampling)
    for name, (mean, _) in {**THREE, "Nothing": (0.0, 0.0)}.items():
        assert is_near(found.regret[name], mean_of_the_best() - mean), name
    assert is_near(found.evpi, mean_of_the_best() - 2.0)
    assert found.evpi == found.regret["High"]


def test_most_often_best_and_best_on_average_are_different_questions() -> None:
    """10 for certain against 11 in 60 % and else nothing: best on average, seldom best."""
    found = compared(
        {
            "Sure": amount({}, "10"),
            "Often": amount({"luck": "discrete(11 weight 60 %, 0 weight 40 %)"}, "luck"),
        }
    )
    assert found.ranking("value").names == ["Sure", "Often", "Nothing"]
    assert found.chance_best["Often"].value == pytest.approx(0.6, abs=POINT)
    assert found.chance_best["Sure"].value == pytest.approx(0.4, abs=POINT)


# Ties ---------------------------------------------------------------------------------------------


def test_ties_are_shared_among_those_who_tie() -> None:
    """Three that are the same are each best in a third of every trial; doing nothing never is."""
    same = {name: amount({"x": "2 to 5"}, "x") for name in ("A", "B", "C")}
    found = compared(same)
    for name in same:
        assert found.chance_best[name].value == pytest.approx(1 / 3, abs=1e-12)
    assert found.chance_best["Nothing"].value == 0
    for pair in found.pairs[:1]:
        assert pair.chance_a_better.value == 0.5


def test_what_never_differs_from_doing_nothing_ties_with_it() -> None:
    """Zero against zero: 0.5 each, no regret, no value in knowing more."""
    found = compared({"Zero": amount({"x": "1 to 2"}, "x - x")})
    assert found.chance_best["Zero"].value == found.chance_best["Nothing"].value == 0.5
    assert found.evpi.value == found.regret["Zero"].value == 0
    assert found.pair("Zero", "Nothing").equal


# Dominance ----------------------------------------------------------------------------------------


def test_a_certain_gain_more_is_first_order_dominance() -> None:
    """Whatever one thinks of risk, X + 1 is better than X, in either order of asking."""
    found = compared({"A": amount({"x": "normal(5, 30)"}, "x + 1"), "B": amount({"x": "normal(5, 30)"}, "x")})  # fmt: skip
    for pair in (found.pair("A", "B"), found.pair("B", "A")):
        assert pair.dominance.order == "first"
        assert pair.dominance.better == "A"
        assert pair.dominance.violation == 0
    assert found.pair("A", "B").chance_a_better.value == 1
    assert found.pair("B", "A").chance_a_better.value == 0


def test_first_order_dominance_is_of_distributions_and_not_of_trials() -> None:
    """100 - X is distributed as X, so 105 - X dominates X though it loses where X is large."""
    x = {"x": "normal(50, 10)"}
    pair = compared({"A": amount(x, "105 - x"), "B": amount(x, "x")}).pair("A", "B")
    assert pair.dominance.order == "first"
    assert pair.dominance.better == "A"
    assert is_near(pair.chance_a_better, norm.cdf(5 / 20), POINT)


@pytest.mark.parametrize("sampling", ["sobol", "latin"])
def test_the_same_mean_with_less_spread_is_second_order_dominance(sampling: str) -> None:
    """10 ± 1 before 10 ± 3, in two equal halves: preferred by all who dislike risk."""
    coin = {"coin": "discrete(-1 weight 50 %, 1 weight 50 %)"}
    found = compared(
        {"Calm": amount(coin, "10 + coin"), "Wild": amount(coin, "10 + 3 * coin")}, sampling
    )
    for pair in (found.pair("Calm", "Wild"), found.pair("Wild", "Calm")):
        assert pair.dominance.order == "second"
        assert pair.dominance.better == "Calm"
        assert pair.dominance.violation == pytest.approx(0.5, abs=1e-9)


def test_a_higher_mean_with_less_spread_is_second_order_dominance() -> None:
    """Normal amounts rank so when the mean is not lower and the spread not larger."""
    found = compared(normals(Calm=(55.0, 5.0), Wild=(50.0, 20.0)))
    pair = found.pair("Wild", "Calm")
    assert (pair.dominance.order, pair.dominance.better) == ("second", "Calm")


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_almost_first_order_dominance_has_its_violation(sampling: str) -> None:
    """1 + 2Z against Z: at percentile u the gap is 1 + z, below zero for z < -1.

    The part against is E max(0, -1 - Z) / E |1 + Z| = (phi(1) - Phi(-1)) / (2 phi(1) + 1 -
    2 Phi(-1)); its error is judged from the 16 parts of the sample.
    """
    found = compared(normals(A=(1.0, 2.0), B=(0.0, 1.0)), sampling)
    said = found.pair("A", "B").dominance
    against = norm.pdf(1) - norm.cdf(-1)
    exact = against / (2 * norm.pdf(1) + 1 - 2 * norm.cdf(-1))
    parts = [
        dominance("A", "B", a, b).violation
        for a, b in zip(*(np.split(values, 16) for values in found.values[:2]), strict=True)
    ]
    assert said.order is None
    assert said.better == "A"
    assert said.violation is not None
    # A tail of few points bends the share of one part upwards; all points together far less.
    error = np.std([part or 0.0 for part in parts], ddof=1) / 4
    assert abs(said.violation - exact) <= t.ppf(0.99995, 15) * error


def test_there_is_no_dominance_between_alternatives_that_are_alike() -> None:
    """Nobody is better, and there is no violation to speak of."""
    found = compared({name: amount({"x": "5 to 9"}, "x") for name in ("A", "B")})
    said = found.pair("A", "B").dominance
    assert (said.order, said.better, said.violation) == (None, None, None)


# Attitudes to risk --------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_the_certainty_equivalent_of_a_normal_amount(sampling: str) -> None:
    """Mean - variance / 2R: 93.75 for 100 ± 50 and a risk tolerance of 200; nothing is worth 0."""
    found = compared(normals(A=(100.0, 50.0), B=(60.0, 10.0)), sampling, risk_tolerance=200.0)
    assert is_near(found.certainty_equivalent["A"], 93.75)
    assert is_near(found.certainty_equivalent["B"], 59.75)
    assert found.certainty_equivalent["Nothing"].value == 0


def test_the_certainty_equivalent_of_two_amounts_by_hand() -> None:
    """-R ln((exp(-0) + exp(-100/R)) / 2) for 0 or 100 with equal chance."""
    even = amount({"coin": "discrete(0 weight 50 %, 100 weight 50 %)"}, "coin")
    for tolerance in (1.0, 30.0, 1000.0):
        found = compared({"Even": even}, risk_tolerance=tolerance).certainty_equivalent["Even"]
        by_hand = -tolerance * (np.logaddexp(0, -100 / tolerance) - np.log(2))
        assert found.value == pytest.approx(by_hand, rel=1e-9)


def test_amounts_far_above_the_risk_tolerance_do_not_overflow() -> None:
    """exp(-x / R) with x / R of a million: what remains is the worst trial."""
    found = compared(normals(A=(-1e9, 10.0)), risk_tolerance=1000.0)
    worst = float(found.values[0].min())
    assert found.certainty_equivalent["A"].value == pytest.approx(-1e9, rel=1e-6)
    assert (found.certainty_equivalent["A"].value or 0) >= worst


def test_there_is_no_certainty_equivalent_without_a_risk_tolerance() -> None:
    """Nobody's attitude to risk is made up."""
    found = compared(normals(**FAR))
    assert found.certainty_equivalent == {}
    assert "certainty_equivalent" not in found.criteria


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_the_worst_five_percent_of_a_normal_amount(sampling: str) -> None:
    """Mean - sd phi(z) / 0.05 with z its 5th percentile: 2.0627 standard deviations below."""
    found = compared(normals(A=(100.0, 50.0), B=(60.0, 10.0)), sampling).ranking("worst5")
    tail = norm.pdf(norm.ppf(0.05)) / 0.05
    figures = {place.name: place.figure for place in found.places}
    assert is_near(figures["A"], 100 - 50 * tail)
    assert is_near(figures["B"], 60 - 10 * tail)
    assert found.names == ["B", "Nothing", "A"]


# Rankings -----------------------------------------------------------------------------------------


def two_years(inputs: str, outlay: str, first: str, second: str) -> ut.Case:
    """A case of two years at 0 %."""
    return ut.read(
        f"years: 2\ndiscount_rate: 0 %\n{inputs}investment:\n  Outlay: {outlay}\n"
        f"benefits:\n  Back: ramp({first}, {second})\n"
    )


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
        assert high.difference.value == pytest.approx(-(low.difference.value or 0), abs=1e-9)
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
@pytest.mark.parametrize("criterion", ["payback", "value", "worst5", "regret", "certainty_equivalent"])  # fmt: skip
def test_equal_alternatives_are_not_told_apart(criterion: str, sampling: str) -> None:
    """No number of trials would: nothing is said of how many."""
    case = two_years("inputs:\n  back: normal(105, 20)\n", "100", "0", "back")
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
    found = compared(normals(**THREE), trials=4096)
    for one, other in zip(
        found.conditions("Low", "High"), found.conditions("High", "Low"), strict=True
    ):
        assert one.name == other.name
        assert np.add(one.chances, other.chances) == pytest.approx((1, 1, 1))


# Promises of every comparison ---------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_what_every_comparison_keeps(sampling: str) -> None:
    """Regret is never negative, EVPI the least of it; pairs mirror each other; chances sum to 1."""
    found = compared(normals(**THREE), sampling, trials=1000)
    best_mean = max(found.values.mean(axis=1))
    evpi = found.values.max(axis=0).mean() - best_mean
    assert found.evpi.value == pytest.approx(evpi, abs=1e-12)
    assert all((figure.value or 0) >= (found.evpi.value or 0) >= 0 for figure in found.regret.values())  # fmt: skip
    assert sum(figure.value or 0 for figure in found.chance_best.values()) == pytest.approx(1)
    names = found.names
    assert len(found.pairs) == len(names) * (len(names) - 1) // 2 == 6
    for pair in found.pairs:
        back = found.pair(pair.b, pair.a)
        assert (pair.chance_a_better.value or 0) + (back.chance_a_better.value or 0) == pytest.approx(1)  # fmt: skip
        assert pair.mean_difference.value == pytest.approx(-(back.mean_difference.value or 0))


@pytest.mark.parametrize(
    "change", [lambda m, s: (m + 1, s), lambda m, s: (3 * m, 3 * s)], ids=["more", "other money"]
)
def test_pairs_do_not_depend_on_the_measure(change: Callable[[float, float], tuple]) -> None:
    """As much more for both, or another unit of money, changes no chance and no dominance."""
    one = compared(normals(**FAR), trials=1024).pair("A", "B")
    moved = {name: change(*own) for name, own in FAR.items()}
    other = compared(normals(**moved), trials=1024).pair("A", "B")
    assert one.chance_a_better == other.chance_a_better
    assert one.dominance.order == other.dominance.order
    assert one.dominance.better == other.dominance.better
