"""Published and exact cases as comparisons, held to the tolerances given with them."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from comparing import SAMPLINGS
from scipy.stats import norm

import utfall as ut

HERE = Path(__file__).parent
ANSWERS = json.loads((HERE / "cases_answers.json").read_text(encoding="utf-8"))["cases"]
DRAWS = 100_000  # what the tolerances are meant for
NOTHING = "Nothing"


@lru_cache(maxsize=4)
def compared(file: str, sampling: str) -> ut.Compared:
    """The comparison in a file, or of one case file with doing nothing."""
    asked = ut.load_comparison(HERE / "cases" / f"{file}.yaml")
    return ut.compare(asked, trials=DRAWS, sampling=sampling)


def is_answer(found: float | None, case: str, name: str, trials: int) -> bool:
    """Whether a figure is the published one, within its tolerance narrowed to so many trials."""
    answer = ANSWERS[case]["outputs"][name]
    tolerance = answer["tolerance"]
    if tolerance > 1e-6:  # a smaller one allows for rounding, not for chance
        assert trials >= DRAWS
        tolerance *= (DRAWS / trials) ** 0.5
    return found == pytest.approx(answer["value"], rel=0, abs=tolerance)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_four_quantities_of_cards_before_one_demand(sampling: str) -> None:
    """40,000 is best by value though 20,000 is better in 45 %; knowing demand is worth 29,500."""
    found = compared("compare_cards", sampling)

    def right(figure: float | None, name: str) -> bool:
        return is_answer(figure, "winston_cards", name, found.trials)

    for quantity in ("10,000", "20,000", "40,000", "60,000"):
        plain = quantity.replace(",", "")
        assert right(found.results[quantity].npv.mean, f"profit mean q={plain}")
        assert right(found.results[quantity].npv.sd, f"profit sd q={plain}")
    ranking = found.ranking()
    assert right(float((ranking.first or "").replace(",", "")), "best quantity")
    assert ranking.names == ["40,000", "20,000", "60,000", "10,000", NOTHING]
    assert right(found.evpi.value, "EVPI")
    assert found.evpi == found.regret["40,000"]
    for a, b, name in (("40,000", "20,000", "better"), ("20,000", "40,000", "worse")):
        chance = found.pair(a, b).chance_a_better.value
        assert right(chance, f"P(40000 {name} than 20000)")


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_most_often_best_quantity_of_cards_follows_the_demand(sampling: str) -> None:
    """The quantity demanded is the best one to have printed: 10, 35, 30 and 25 %."""
    found = compared("compare_cards", sampling)
    exact = {"10,000": 0.10, "20,000": 0.35, "40,000": 0.30, "60,000": 0.25, NOTHING: 0.0}
    for name, chance in exact.items():
        error = 5 * np.sqrt(chance * (1 - chance) / found.trials)
        assert found.chance_best[name].value == pytest.approx(chance, abs=error)
    best = max(found.chance_best, key=lambda name: found.chance_best[name].value or 0)
    assert best != found.ranking("value").first  # two questions, two answers


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_two_normals_of_the_voi_vignette(sampling: str) -> None:
    """Exact EVPI 0.479811 within 0.03, chance that option 2 is wrong 0.32736 within 0.0075."""
    found = compared("compare_voi_normal", sampling)
    narrower = (DRAWS / found.trials) ** 0.5
    assert found.evpi.value == pytest.approx(0.479811, abs=0.03 * narrower)
    wrong = found.pair(NOTHING, "Option 2").chance_a_better.value
    assert wrong == pytest.approx(0.32736, abs=0.0075 * narrower)
    assert found.chance_best[NOTHING].value == pytest.approx(wrong, abs=1e-12)
    assert found.ranking().first == "Option 2"
    # The published figures are those of the closed forms.
    sd = np.sqrt(5)
    assert sd * norm.pdf(1 / sd) - norm.cdf(-1 / sd) == pytest.approx(0.479811, abs=1e-6)
    assert norm.cdf(-1 / sd) == pytest.approx(0.32736, abs=1e-5)


@pytest.mark.parametrize("sampling", SAMPLINGS)
@pytest.mark.parametrize(
    ("file", "case", "answer"),
    [
        ("compare_hubbard_lease", "hubbard_lease", "net:EVPI0"),
        ("compare_hubbard_campaign", "hubbard_campaign", "EVPI range"),
        ("portal_reference", "portal_reference", "npv:EVPI0"),
    ],
)
def test_perfect_information_against_doing_nothing(
    file: str, case: str, answer: str, sampling: str
) -> None:
    """E max(0, X) - max(0, E X) as published, or from a reference run."""
    found = compared(file, sampling)
    assert is_answer(found.evpi.value, case, answer, found.trials)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_information_about_a_bet_with_two_outcomes(sampling: str) -> None:
    """40 % of 5 million to be saved by knowing; 60 % of 40 million missed by doing nothing."""
    found = compared("compare_hubbard_binary", sampling)
    error = 5 * 45e6 * np.sqrt(0.24 / found.trials)
    answers = ANSWERS["hubbard_campaign"]["outputs"]
    worth = answers["binary EVPI (million)"]["value"] * 1e6
    missed = answers["binary EOL if rejected (million)"]["value"] * 1e6
    assert found.evpi.value == pytest.approx(worth, abs=error)
    assert found.regret["Campaign"].value == pytest.approx(worth, abs=error)
    assert found.regret[NOTHING].value == pytest.approx(missed, abs=error)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_the_certainty_equivalent_of_the_published_normal(sampling: str) -> None:
    """100 ± 50 is as good as 93.75 for certain to a company with a risk tolerance of 200."""
    found = compared("compare_tail", sampling)
    figure = found.certainty_equivalent["Gain"].value
    assert is_answer(figure, "tail_risk", "N CE R=200", found.trials)
    places = {place.name: place.figure.value for place in found.ranking("worst5").places}
    assert is_answer(places["Gain"], "tail_risk", "N ES5", found.trials)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_cases_keep_their_answers_in_company(sampling: str) -> None:
    """The portal and Hillier's flows side by side are worth what each is worth alone."""
    found = compared("compare_references", sampling)
    portal, flows = found.results["Portal"].npv, found.results["Flows"].npv

    def right(figure: float | None, case: str, name: str) -> bool:
        return is_answer(figure, case, name, found.trials)

    assert right(portal.mean, "portal_reference", "npv:mean")
    assert right(portal.sd, "portal_reference", "npv:sd")
    assert right(portal.chance_above(0), "portal_reference", "P(npv>0)")
    assert right(portal.worst_mean(), "portal_reference", "npv:ES5")
    for percent in (5, 10, 25, 50, 75, 90, 95):
        assert right(portal.percentile(percent), "portal_reference", f"npv:p{percent}")
    assert right(found.hurdle_chance("Portal").value, "portal_reference", "P(payback<=4)")
    assert right(flows.mean, "hillier_normal", "mean")
    assert right(flows.sd, "hillier_normal", "sd independent")
    assert right(flows.chance_below(0), "hillier_normal", "P<0 independent")
    better = found.pair("Portal", NOTHING).chance_a_better.value
    assert right(better, "portal_reference", "P(npv>0)")
    worse = found.pair(NOTHING, "Flows").chance_a_better.value
    assert right(worse, "hillier_normal", "P<0 independent")


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_the_portal_a_year_later_loses_a_year_of_interest(sampling: str) -> None:
    """Worth 1/1.08 of itself in every trial, so better exactly where the portal loses money."""
    found = compared("compare_references", sampling)
    now, later = found.results["Portal"], found.results["Portal a year later"]
    np.testing.assert_allclose(later.npv.values, now.npv.values / 1.08, rtol=1e-9, atol=1e-6)
    pair = found.pair("Portal a year later", "Portal")
    assert pair.chance_a_better.value == pytest.approx(np.mean(now.npv.values < 0), abs=1e-12)
    assert later.payback_chance(5) == now.payback_chance(4)
