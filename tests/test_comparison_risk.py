"""Dominance, certainty equivalents and worst cases of alternatives against their closed forms."""

import numpy as np
import pytest
from comparing import POINT, SAMPLINGS, amount, compared, is_near, normals
from scipy.stats import norm, t

from simulator.analysis.pairs import dominance

# Dominance ----------------------------------------------------------------------------------------


def test_a_certain_gain_more_is_first_order_dominance() -> None:
    """Whatever one thinks of risk, X + 1 is better than X, in either order of asking."""
    x = {"x": "normal(5, 30)"}
    found = compared({"A": amount(x, "x + 1"), "B": amount(x, "x")})
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
    assert str(found.certainty_equivalent["Nothing"].value) == "0.0"  # and not -0.0


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
    found = compared(normals(A=(100.0, 50.0)))
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
