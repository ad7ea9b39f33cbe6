"""The same alternatives with an input changed, or a year later, beside the originals."""

from dataclasses import replace

import numpy as np
import pytest
from comparing import INDEPENDENT, RICH, SAMPLINGS, TRIALS, amount, compared, fingerprint, normals
from scipy.stats import spearmanr

import utfall as ut

# What if ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_what_if_uses_the_same_random_numbers(sampling: str) -> None:
    """Another distribution of an input on the same chance: rank correlation exactly 1."""
    found = ut.compare(
        ut.comparison({"Portal": ut.read(RICH)}).what_if(avoided="pert(0 %, 20 %, 60 %)"),
        trials=2048,
        sampling=sampling,
    )
    before, after, _ = found.results.values()
    assert spearmanr(before.draws["avoided"], after.draws["avoided"]).statistic == 1
    np.testing.assert_allclose(after.draws["avoided"], 2 * before.draws["avoided"], rtol=1e-7)
    for name in before.draws:
        if name != "avoided":
            np.testing.assert_array_equal(before.draws[name], after.draws[name])


def test_a_what_if_stands_beside_the_original_which_it_leaves_alone() -> None:
    """Its name says what was changed; only alternatives that have the input are doubled."""
    both = {"Portal": ut.read(RICH), **normals(Other=(1e5, 3e5))}
    plain = ut.compare(ut.comparison(both), trials=1024)
    found = ut.compare(ut.comparison(both).what_if(avoided="0.1 % to 1 %"), trials=1024)
    assert set(found.names) == {"Portal", "Portal if avoided = 0.1 % to 1 %", "Other", "Nothing"}
    for name in ("Portal", "Other"):
        assert fingerprint(plain.results[name]) == fingerprint(found.results[name])


def test_a_what_if_of_a_known_number_moves_nobodys_draws() -> None:
    """What was a number becomes an estimate: a draw more, after all others."""
    both = {"Portal": ut.read(RICH), **normals(Other=(1e5, 3e5))}
    plain = ut.compare(ut.comparison(both), trials=1024)
    found = ut.compare(ut.comparison(both).what_if(customers="500 to 700"), trials=1024)
    assert "customers" in found.results["Portal if customers = 500 to 700"].draws
    for name in ("Portal", "Other"):
        assert fingerprint(plain.results[name]) == fingerprint(found.results[name]), name


def test_a_what_if_of_an_input_that_depends_keeps_the_dependence() -> None:
    """The changed estimate moves with its partner as the first one did; a number with nothing."""
    asked = ut.comparison({"Portal": ut.read(RICH)})
    found = ut.compare(asked.what_if(build="400k to 900k"), trials=TRIALS).results
    for name in ("Portal", "Portal if build = 400k to 900k"):
        draws = found[name].draws
        realised = spearmanr(draws["build"], draws["running"]).statistic
        assert realised == pytest.approx(0.5, abs=INDEPENDENT)
    fixed = ut.compare(asked.what_if(build=300_000), trials=1024).results
    np.testing.assert_array_equal(
        fixed["Portal if build = 300000"].draws["running"], fixed["Portal"].draws["running"]
    )
    assert np.all(fixed["Portal if build = 300000"].cash_by_year[0] == -300_000)


def test_a_what_if_of_a_shared_input_changes_it_for_all_who_have_it() -> None:
    """Each alternative once as it was and once changed; the changed ones share the new draw."""
    inputs = {"x": "normal(0, 1)", "y": "1 to 2"}
    asked = ut.comparison({"A": amount(inputs, "x + y"), "B": amount(inputs, "x - y")})
    found = ut.compare(asked.what_if(x="normal(3, 2)"), trials=512).results
    changed = [name for name in found if " if " in name]
    assert len(changed) == 2
    one, other = (found[name].draws["x"] for name in changed)
    np.testing.assert_array_equal(one, other)
    np.testing.assert_allclose(one, 3 + 2 * found["A"].draws["x"], rtol=0, atol=1e-6)


@pytest.mark.parametrize("change", ["x", "y"])
def test_a_what_if_of_separate_inputs_stays_with_its_original(change: str) -> None:
    """`separate` parts the alternatives, not an alternative from its own what-if."""
    cases = {
        "A": amount({"x": "normal(0, 1)", "y": "normal(1, 1)"}, "x + y"),
        "B": amount({"x": "normal(0, 5)", "y": "normal(1, 1)"}, "x - y"),
    }
    asked = ut.comparison(cases, separate=("x",)).what_if(**{change: "normal(8, 3)"})
    found = ut.compare(asked, trials=1024).results
    for name in ("A", "B"):
        before, after = found[name].draws, found[f"{name} if {change} = normal(8, 3)"].draws
        for drawn in ("x", "y"):
            assert spearmanr(before[drawn], after[drawn]).statistic == pytest.approx(1, abs=1e-12)
    assert abs(spearmanr(found["A"].draws["x"], found["B"].draws["x"]).statistic) < 0.2


@pytest.mark.parametrize(
    ("change", "remembered"),
    [("each_year(normal(0, 1), persistence=0.1)", 0.1), ("each_year(normal(0, 1))", 0.0)],
)
def test_a_what_if_of_persistence_leaves_the_original_its_own(
    change: str, remembered: float
) -> None:
    """Year for year 0.9 before, 0.1 or nothing after."""
    inputs = "inputs:\n  y: each_year(normal(0, 1), persistence=0.9)\n"
    case = ut.read(f"years: 3\ndiscount_rate: 0 %\n{inputs}benefits: {{A: y}}")
    found = ut.compare(ut.comparison({"A": case}).what_if(y=change), trials=TRIALS).results
    before, after, _ = (result.draws.get("y") for result in found.values())
    assert np.corrcoef(before[0], before[1])[0, 1] == pytest.approx(0.9, abs=INDEPENDENT)
    assert np.corrcoef(after[0], after[1])[0, 1] == pytest.approx(remembered, abs=INDEPENDENT)


def test_a_what_if_cannot_be_chosen() -> None:
    """A better world is no better choice: rank, chance of best, regret and EVPI are as without."""
    cases = normals(A=(1.0, 1.0), B=(2.0, 1.0))
    plain = ut.compare(ut.comparison(cases), trials=1024)
    asked = ut.comparison(cases).what_if(amount_of_A="normal(50, 1)")
    found = ut.compare(asked, trials=1024)
    assert found.choices == ("A", "B", "Nothing")
    assert found.chance_best == plain.chance_best
    assert found.regret == plain.regret
    assert found.evpi == plain.evpi
    for criterion in plain.criteria:
        assert found.ranking(criterion) == plain.ranking(criterion), criterion
    assert found.to_dict()["what_ifs"] == {"A if amount_of_A = normal(50, 1)": "A"}
    assert plain.changed is None


def test_in_the_world_of_the_what_ifs_the_changed_alternatives_compete() -> None:
    """As if the changed cases had been compared: A, now worth 50, beats the unchanged B."""
    cases = normals(A=(1.0, 1.0), B=(2.0, 1.0))
    found = ut.compare(ut.comparison(cases).what_if(amount_of_A="normal(50, 1)"), trials=1024)
    there = {**cases, "A": cases["A"].with_inputs(amount_of_A="normal(50, 1)")}
    plain = ut.compare(ut.comparison(there), trials=1024)
    assert found.changed is not None
    assert found.changed.choices == plain.choices
    assert found.ranking("value").names == ["B", "A", "Nothing"]
    assert found.changed.ranking("value").names == ["A", "B", "Nothing"]
    assert found.changed.chance_best == plain.chance_best
    assert found.to_dict()["changed"]["ranking"]["value"] == ["A", "B", "Nothing"]


# Later --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_year_later_is_the_same_cash_a_year_later(sampling: str) -> None:
    """Value is discounted by one more year, every payback comes a year later, nothing else."""
    case = ut.read(RICH)
    found = compared({"Now": case, "Later": replace(case, delay=1)}, sampling, trials=2048).results
    now, later = found["Now"], found["Later"]
    assert np.all(later.cash_by_year[0] == 0)
    np.testing.assert_array_equal(later.cash_by_year[1:], now.cash_by_year)
    rate = now.draws["rate"]
    np.testing.assert_allclose(later.npv.values, now.npv.values / (1 + rate), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(later.payback.values, now.payback.values + 1)
    np.testing.assert_allclose(later.discounted_payback.values, now.discounted_payback.values + 1)
    for year in (1, 2, 3, 4):
        assert later.payback_chance(year + 1) == now.payback_chance(year)


def test_horizons_that_differ_are_said() -> None:
    """Nobody should take five years of one for four of the other."""
    case = ut.read(RICH)
    found = compared({"Now": case, "Later": replace(case, delay=1)}, trials=64)
    (note,) = [note for note in found.notes if "horizons differ" in note]
    assert "Now 4 years" in note
    assert "Later 5 years" in note
    assert found.results["Nothing"].horizon == 5
    same = compared({"A": case, "B": case}, trials=64)
    assert not any("horizons" in note for note in same.notes)
