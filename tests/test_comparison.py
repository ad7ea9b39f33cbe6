"""What a comparison says is right where the answer is known: normal amounts, closed forms."""

from collections.abc import Callable
from math import pi, sin, sqrt

import numpy as np
import pytest
from comparing import POINT, SAMPLINGS, amount, compared, is_near, normals
from scipy.integrate import quad
from scipy.stats import norm

import utfall as ut


def loss_of(mean: float, sd: float) -> float:
    """E max(0, X) - max(0, E X) of a normal X: what not knowing its sign costs."""
    return sd * norm.pdf(mean / sd) - abs(mean) * norm.cdf(-abs(mean) / sd)


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


# Promises of every comparison ---------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_what_every_comparison_keeps(sampling: str) -> None:
    """Regret is never negative, EVPI the least of it; pairs mirror each other; chances sum to 1."""
    found = compared(normals(**THREE), sampling, trials=1000)
    best_mean = max(found.values.mean(axis=1))
    evpi = found.values.max(axis=0).mean() - best_mean
    assert found.evpi.value == pytest.approx(evpi, abs=1e-12)
    least = min(figure.value or 0 for figure in found.regret.values())
    assert least == found.evpi.value
    assert least >= 0
    assert sum(figure.value or 0 for figure in found.chance_best.values()) == pytest.approx(1)
    names = found.names
    assert len(found.pairs) == len(names) * (len(names) - 1) // 2 == 6
    for pair in found.pairs:
        back = found.pair(pair.b, pair.a)
        chances = (pair.chance_a_better.value or 0, back.chance_a_better.value or 0)
        assert sum(chances) == pytest.approx(1)
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
