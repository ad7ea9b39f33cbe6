"""Alternatives live through the same futures: what is shared, what is not, what never moves."""

from dataclasses import replace

import numpy as np
import pytest
from comparing import (
    INDEPENDENT,
    RICH,
    SAMPLINGS,
    TRIALS,
    amount,
    compared,
    fingerprint,
    is_near,
    normals,
    text_of,
)
from scipy.integrate import quad
from scipy.stats import norm, spearmanr

import utfall as ut

# A case and itself --------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_case_compared_with_itself_differs_in_no_trial(sampling: str) -> None:
    """Difference exactly 0, ties shared, nobody dominates, nobody regrets."""
    case = ut.read(RICH)
    found = compared({"A": case, "B": case}, sampling, trials=2048)
    assert np.array_equal(found.values[0], found.values[1])
    pair = found.pair("A", "B")
    assert pair.equal
    assert pair.chance_a_better == ut.Measured(0.5, 0.5, 0.5)
    assert pair.mean_difference == ut.Measured(0, 0, 0)
    assert all(figure.value == 0 for figure in pair.percentiles.values())
    assert pair.dominance.order is None
    assert found.chance_best["A"] == found.chance_best["B"]
    assert found.regret["A"] == found.regret["B"]
    for outcome, own in found.results["A"].outcomes.items():
        np.testing.assert_array_equal(own.values, found.results["B"].outcomes[outcome].values)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_case_compared_with_itself_less_a_constant_differs_by_that(sampling: str) -> None:
    """12,345 more to pay in year 0 is 12,345 less in every trial, whatever is drawn."""
    dearer = ut.read(RICH.replace("  Build: build\n", "  Build: build\n  Fee: 12 345\n"))
    found = compared({"A": ut.read(RICH), "B": dearer}, sampling, trials=2048)
    np.testing.assert_allclose(found.values[0] - found.values[1], 12_345, rtol=0, atol=1e-6)
    pair = found.pair("A", "B")
    assert pair.mean_difference.value == pytest.approx(12_345, abs=1e-6)
    assert pair.mean_difference.low == pytest.approx(12_345, abs=1e-6)
    assert pair.mean_difference.high == pytest.approx(12_345, abs=1e-6)
    for figure in pair.percentiles.values():
        assert figure.value == pytest.approx(12_345, abs=1e-6)
    assert pair.chance_a_better.value == 1
    assert (pair.dominance.order, pair.dominance.better) == ("first", "A")


# Shared inputs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_an_input_of_one_name_is_one_draw_in_all_alternatives(sampling: str) -> None:
    """Bit for bit, at whatever place it stands in each file; yearly ones in every year."""
    turned = "inputs:\n  w: 1 to 2\n  y: each_year(normal(0, 1))\n  x: 5 to 9\n"
    plain = "inputs:\n  x: 5 to 9\n  y: each_year(normal(0, 1))\n"
    first = ut.read(f"years: 2\ndiscount_rate: 0 %\n{plain}benefits: {{A: x + y}}")
    second = ut.read(f"years: 4\ndiscount_rate: 0 %\n{turned}benefits: {{A: x * w + y}}")
    found = compared({"Short": first, "Long": second}, sampling, trials=1024).results
    short, long = found["Short"].draws, found["Long"].draws
    np.testing.assert_array_equal(short["x"], long["x"])
    np.testing.assert_array_equal(short["y"], long["y"][:2])


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_estimates_in_lines_are_shared_where_label_and_text_agree(sampling: str) -> None:
    """The same label with the same text is the same draw; another label or text is another."""
    lines = {
        "One": "B: normal(0, 1)",
        "Same": "B: normal(0, 1)",
        "Other text": "B: normal(0, 2)",
        "Other label": "C: normal(0, 1)",
    }
    cases = {name: ut.read(text_of({}, f"benefits:\n  {line}\n")) for name, line in lines.items()}
    one, same, text, label, _ = compared(cases, sampling).values
    np.testing.assert_array_equal(one, same)
    for other in (text, label):
        assert abs(spearmanr(one, other).statistic) < INDEPENDENT


def test_a_dependence_of_one_alternative_holds_for_all() -> None:
    """Draws are shared, so a case that does not mention the dependence has it too."""
    inputs = {"x": "normal(0, 1)", "y": "normal(0, 1)"}
    pair = "dependence:\n  - {between: [x, y], rank: 0.7}\n"
    found = compared({"Says": amount(inputs, "x", pair), "Silent": amount(inputs, "y")})
    draws = found.results["Silent"].draws
    assert spearmanr(draws["x"], draws["y"]).statistic == pytest.approx(0.7, abs=INDEPENDENT)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_separate_inputs_are_drawn_apart(sampling: str) -> None:
    """One name, two things: each alternative has its own draw and its own distribution."""
    found = compared(
        {"A": amount({"x": "normal(0, 1)"}, "x"), "B": amount({"x": "normal(5, 3)"}, "x")},
        sampling,
        separate=("x",),
    )
    a, b = (found.results[name].draws["x"] for name in ("A", "B"))
    assert abs(spearmanr(a, b).statistic) < INDEPENDENT
    assert is_near(found.results["A"].npv.measured("mean"), 0)
    assert is_near(found.results["B"].npv.measured("mean"), 5)


def test_separate_inputs_depend_each_in_its_own_alternative() -> None:
    """A dependence between two separate inputs holds inside each alternative, not across."""
    inputs = {"x": "normal(0, 1)", "y": "normal(0, 1)"}
    pair = "dependence:\n  - {between: [x, y], rank: 0.6}\n"
    both = {name: amount(inputs, "x + y", pair) for name in ("A", "B")}
    found = compared(both, separate=("x", "y")).results
    for name in ("A", "B"):
        draws = found[name].draws
        assert spearmanr(draws["x"], draws["y"]).statistic == pytest.approx(0.6, abs=INDEPENDENT)
    across = spearmanr(found["A"].draws["x"], found["B"].draws["y"]).statistic
    assert abs(across) < INDEPENDENT


def test_conditions_look_at_the_separate_inputs_of_both_alternatives() -> None:
    """B's own x, five times as wide as A's, decides; A's hardly matters."""
    found = compared(
        {"A": amount({"x": "normal(0, 1)"}, "x"), "B": amount({"x": "normal(0, 5)"}, "x")},
        separate=("x",),
    )
    most = found.conditions("A", "B")[0]
    # In its lower third B's x is below -2.1, under nearly all of A's, and likewise above.
    assert most.spread > 0.9


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_pairing_on_shared_draws_tells_what_unpaired_trials_cannot(sampling: str) -> None:
    """X against X / 1.08 with mean and sd 1: 0.84 paired, 0.52 when each has its own X.

    Paired, the first is better where X > 0: Phi(1). Unpaired, the difference of two independent
    normals: Phi((1 - 1/1.08) / sqrt(1 + 1/1.08²)).
    """
    now, later = amount({"x": "normal(1, 1)"}, "x"), amount({"x": "normal(1, 1)"}, "x / 1.08")
    paired = compared({"Now": now, "Later": later}, sampling).pair("Now", "Later")
    apart = compared({"Now": now, "Later": later}, sampling, separate=("x",)).pair("Now", "Later")
    one, other = norm.cdf(1), norm.cdf((1 - 1 / 1.08) / np.sqrt(1 + 1 / 1.08**2))
    assert (round(one, 2), round(other, 2)) == (0.84, 0.52)
    assert is_near(paired.chance_a_better, one, 16 / TRIALS)
    assert is_near(apart.chance_a_better, other)


# What never moves ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_case_that_comes_first_runs_as_it_does_alone(sampling: str) -> None:
    """Company changes nothing: every outcome, draw and yearly cash has the same bits."""
    case = ut.read(RICH)
    alone = ut.simulate(case, trials=2048, seed=3, sampling=sampling)
    more = normals(Other=(1e5, 3e5)) | {"Later": replace(case, delay=1)}
    found = compared({"Portal": case, **more}, sampling, trials=2048, seed=3)
    assert fingerprint(found.results["Portal"]) == fingerprint(alone)


def test_under_random_sampling_every_case_runs_as_it_does_alone() -> None:
    """Each input has a stream of its own name, so that not even its place matters."""
    case = ut.read(RICH)
    alone = ut.simulate(case, trials=2048, sampling="random")
    found = compared({**normals(Other=(1e5, 3e5)), "Portal": case}, "random", trials=2048)
    assert fingerprint(found.results["Portal"]) == fingerprint(alone)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_an_alternative_more_leaves_the_others_as_they_were(sampling: str) -> None:
    """With inputs of its own, a line with an estimate, and yearly draws over more years."""
    two = {"Portal": ut.read(RICH), **normals(Other=(1e5, 3e5))}
    third = ut.read(
        """\
years: 6
discount_rate: 5 %
inputs:
  z: 5 to 9
  yearly: each_year(normal(0, 5 %), persistence=0.5)
benefits:
  Gain: z * (1 + yearly) + (3 to 4)
"""
    )
    before = compared(two, sampling, trials=1024).results
    after = compared({**two, "Third": third}, sampling, trials=1024).results
    for name in two:
        assert fingerprint(before[name]) == fingerprint(after[name]), name


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_seeds_reproduce_a_comparison_to_the_last_digit(sampling: str) -> None:
    """The same seed the same text, another seed another; 0 is a seed like any other."""
    alternatives = {"Portal": ut.read(RICH), **normals(Other=(1e5, 3e5))}
    first, again, zero, other = (
        compared(alternatives, sampling, trials=512, seed=seed).to_json() for seed in (1, 1, 0, 2)
    )
    assert first == again
    assert len({first, zero, other}) == 3


def test_what_is_given_counts_before_what_the_comparison_says() -> None:
    """Trials, seed and sampling of `compare` itself, then the comparison's, then the usual."""
    asked = ut.comparison(normals(A=(1.0, 1.0)), trials=64, seed=7, sampling="latin")
    own = ut.compare(asked)
    assert (own.trials, own.results["A"].seed, own.results["A"].sampling) == (64, 7, "latin")
    given = ut.compare(asked, trials=100, seed=0, sampling="random")
    assert (given.trials, given.results["A"].seed) == (100, 0)
    assert given.results["A"].sampling == "random"
    assert given.replicates == 1
    usual = ut.compare(ut.comparison(normals(A=(1.0, 1.0))))
    assert (usual.trials, usual.results["A"].seed) == (65_536, 1)


def test_trials_that_were_rounded_up_are_said() -> None:
    """1,000 become 16 sets of 64 under Sobol'."""
    found = compared(normals(A=(1.0, 1.0)), trials=1000)
    assert found.trials == 1024
    assert any("1,000" in note and "1,024" in note for note in found.notes)


# Nothing ------------------------------------------------------------------------------------------


def test_nothing_is_always_there_and_comes_last() -> None:
    """Zero cash in every year of the longest horizon, in every trial."""
    found = compared({"Portal": ut.read(RICH), **normals(Other=(1.0, 1.0))}, trials=64)
    assert found.names == ("Portal", "Other", "Nothing")
    nothing = found.results["Nothing"]
    assert nothing.cash_by_year.shape == (5, 64)
    assert not nothing.cash_by_year.any()
    assert not found.values[-1].any()
    assert nothing.payback_chance(3).value is None


def test_thirty_alternatives_are_compared_in_reasonable_time() -> None:
    """One shared and thirty own inputs; 465 pairs; by symmetry all are best equally often."""
    cases = {
        f"Number {k}": amount({"x": "normal(0, 1)", f"y{k}": "normal(0, 1)"}, f"x + y{k}")
        for k in range(30)
    }
    found = compared(cases, trials=4096)
    assert len(found.names) == 31
    assert len(found.to_dict()["pairs"]) == 31 * 30 // 2
    none = quad(lambda x: norm.pdf(x) * norm.cdf(-x) ** 30, -9, 9)[0]  # all are below zero
    assert is_near(found.chance_best["Nothing"], none)
    for name in cases:
        assert is_near(found.chance_best[name], (1 - none) / 30), name
