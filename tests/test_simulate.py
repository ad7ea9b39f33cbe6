"""The promises of a run: the same bits whatever the machine does, and draws that stay put."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as ut

CASE = """\
case: Portal
years: 4
discount_rate: rate
hurdle: 3 years
inputs:
  customers: 600
  margin: triangular(14k, 18k, 22k)
  churn: 3 % to 8 %
  avoided: pert(0 %, 10 %, 30 %)
  rate: triangular(6 %, 8 %, 11 %)
  yearly: each_year(normal(0, 5 %), persistence=0.5)
  build: 200k to 600k
  running: gamma(30k to 70k)
calculations:
  without: {start: customers, next: previous * (1 - churn)}
  with_portal: {start: customers, next: previous * (1 - churn * (1 - avoided))}
investment:
  Build: build
benefits:
  Kept: margin * (with_portal - without) * (1 + yearly)
costs:
  Running: running
dependence:
  - {between: [build, running], rank: 0.5}
  - {between: [churn, avoided], rank: -0.3}
"""
SAMPLINGS = ["sobol", "latin", "random"]


def fingerprint(result: ut.Result) -> bytes:
    """Every number of a result, as bytes."""
    parts = [outcome.values.tobytes() for outcome in result.outcomes.values()]
    parts += [np.ascontiguousarray(values).tobytes() for values in result.draws.values()]
    return b"".join([*parts, result.cash_by_year.tobytes(), result.to_json().encode()])


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_same_seed_same_bytes_and_another_seed_another_result(sampling: str) -> None:
    """A run is a function of case, seed and trials; seed 0 is a seed like any other."""
    case = ut.read(CASE)
    first, again, zero, other = (
        ut.simulate(case, trials=2048, seed=seed, sampling=sampling) for seed in (1, 1, 0, 2)
    )
    assert fingerprint(first) == fingerprint(again)
    assert len({fingerprint(result) for result in (first, zero, other)}) == 3


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_block_size_changes_nothing(sampling: str) -> None:
    """Blocks of one unit, of a few, or of everything give the same bits."""
    case = ut.read(CASE)
    results = [
        ut.simulate(case, trials=40_000, sampling=sampling, block=block)
        for block in (1, 10_000, 33_000, 10**6)
    ]
    assert len({fingerprint(result) for result in results}) == 1


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_an_input_added_after_the_others_changes_no_other_draw(sampling: str) -> None:
    """Nor does a new formula with an estimate in it, a new line, or an alternative delay."""
    case = ut.read(CASE)
    more = ut.read(
        CASE.replace(
            "  running: gamma(30k to 70k)\n", "  running: gamma(30k to 70k)\n  z: 1 to 2\n"
        )
        .replace("calculations:\n", "calculations:\n  noise: each_year(normal(1, 10 %))\n")
        .replace("costs:\n", "costs:\n  More: z * noise * (5 to 9)\n")
    )
    before = ut.simulate(case, trials=1024, sampling=sampling).draws
    after = ut.simulate(more, trials=1024, sampling=sampling).draws
    for name, values in before.items():
        np.testing.assert_array_equal(after[name], values)


def test_an_estimate_written_elsewhere_stays_put_when_an_input_is_added() -> None:
    """Its place is not counted among the inputs."""
    text = "inputs: {a: 5 to 9}\ncalculations: {b: 2 * (1 to 3)}\noutputs: [b]\n"
    more = text.replace("{a: 5 to 9}", "{a: 5 to 9, c: 1 to 2}")
    one, two = (ut.simulate(ut.read(case), trials=512).quantities["b"] for case in (text, more))
    np.testing.assert_array_equal(one.values, two.values)


@given(order=st.permutations(["a", "b", "c", "d"]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_inputs_never_matters_under_random_sampling(order: list[str]) -> None:
    """Each input has a stream of its own name."""
    texts = {"a": "5 to 9", "b": "normal(0, 1)", "c": "beta(2, 3)", "d": "poisson(4)"}
    rows = "\n".join(f"  {name}: {texts[name]}" for name in order)
    text = f"inputs:\n{rows}\ncalculations:\n  x: a * b + c * d\noutputs: [x]"
    plain = "\n".join(f"  {name}: {texts[name]}" for name in texts)
    first = ut.simulate(ut.read(text), trials=256, sampling="random", seed=3)
    other = ut.simulate(ut.read(text.replace(rows, plain)), trials=256, sampling="random", seed=3)
    np.testing.assert_array_equal(first.quantities["x"].values, other.quantities["x"].values)


@given(more=st.floats(0, 20_000), seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_more_margin_never_lowers_net_present_value(more: float, seed: int) -> None:
    """In no trial, as the same futures are valued twice and kept customers are worth having."""
    case = ut.read(CASE)
    richer = ut.read(CASE.replace("Kept: margin *", f"Kept: (margin + {more:.6f}) *"))
    low, high = (ut.simulate(c, trials=256, seed=seed).npv.values for c in (case, richer))
    worse_yearly = 1e-9 * np.abs(low)  # a year of negative `yearly` below -100 % cannot occur here
    assert np.all(high >= low - worse_yearly)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_dependence_reaches_the_rank_correlations_asked_for(sampling: str) -> None:
    """Within sampling error, for the pairs named, in every sampling; others stay independent."""
    result = ut.simulate(ut.read(CASE), trials=65_536, sampling=sampling)
    error = 4 / np.sqrt(65_536)
    for pair in result.dependence:
        assert abs(pair.realised - pair.asked) < error
    from simulator.result.ranks import rank_correlation

    assert abs(rank_correlation(result.draws["margin"], result.draws["build"])) < error


def test_dependence_leaves_every_distribution_as_it_was() -> None:
    """Joined inputs keep their percentiles: P5 and P95 of build as written."""
    build = ut.simulate(ut.read(CASE), trials=65_536).inputs["build"]
    for percent, value in ((5, 200_000), (95, 600_000)):
        low, high = build.interval(f"p{percent}", level=0.9999)
        assert low <= value <= high


def test_yearly_estimates_depend_within_each_year_also_with_different_persistence() -> None:
    """Rank correlation 0.6 in every year though one remembers more than the other."""
    case = ut.read(
        """\
years: 4
inputs:
  a: each_year(normal(0, 1), persistence=0.7)
  b: each_year(lognormal(mean=5, sd=2), persistence=0.4)
outputs: [a]
dependence:
  - {between: [a, b], rank: 0.6}
"""
    )
    draws = ut.simulate(case, trials=65_536).draws
    from simulator.result.ranks import rank_correlation

    for a, b in zip(draws["a"], draws["b"], strict=True):
        assert abs(rank_correlation(a, b) - 0.6) < 4 / np.sqrt(65_536)


def test_persistence_that_makes_a_dependence_impossible_is_refused() -> None:
    """0.99 with itself a year ago and 0 cannot go together with 0.95 between them."""
    with pytest.raises(ut.CaseError, match="persist too differently"):
        ut.read(
            """\
years: 3
inputs:
  a: each_year(normal(0, 1), persistence=0.99)
  b: each_year(normal(0, 1))
outputs: [a]
dependence:
  - {between: [a, b], rank: 0.95}
"""
        )


def test_contradictory_correlations_are_repaired_and_said_or_refused() -> None:
    """A small contradiction moves entries, which is told; a large one is an error."""
    text = """\
inputs: {{a: 1 to 2, b: 1 to 2, c: 1 to 2}}
outputs: [a]
dependence:
  - {{between: [a, b], rank: 0.9}}
  - {{between: [b, c], rank: 0.9}}
  - {{between: [a, c], rank: {rank}}}
"""
    notes = ut.simulate(ut.read(text.format(rank="0.55")), trials=512).notes
    assert any("contradict each other" in note and "a and c" in note for note in notes)
    with pytest.raises(ut.CaseError):
        ut.read(text.format(rank="-0.9"))


def test_trials_are_rounded_up_and_it_is_said() -> None:
    """Sobol' to 16 sets of a power of two, Latin to 16 equal sets, random not at all."""
    case = ut.read("inputs: {a: 1 to 2}\noutputs: [a]")
    for sampling, run in (("sobol", 16 * 64), ("latin", 1008), ("random", 1000)):
        result = ut.simulate(case, trials=1000, sampling=sampling)
        assert result.trials == run
        assert (run == 1000) == (not result.notes)


def test_a_case_s_own_settings_apply_unless_others_are_given() -> None:
    """`trials`, `seed` and `sampling` of the file, then of the call."""
    case = ut.read("trials: 512\nseed: 9\nsampling: latin\ninputs: {a: 1 to 2}\noutputs: [a]")
    result = ut.simulate(case)
    assert (result.trials, result.seed, result.sampling) == (512, 9, "latin")
    result = ut.simulate(case, trials=100, seed=0, sampling="random")
    assert (result.trials, result.seed, result.sampling) == (100, 0, "random")


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"trials": 0}, "trials is 0"), ({"trials": -5}, "trials is -5"), ({"seed": -1}, "seed is -1"),
     ({"show": ["churm"]}, "did you mean `churn`"), ({"workers": 0}, "workers is 0"),
     ({"trials": 10**9, "keep": True}, "GB of memory"),
     ({"trials": 10**15}, "from 1 to 1 000 000 000"), ({"trials": 1.5}, "trials is 1.5"),
     ({"seed": "7"}, "seed is '7'")],
)  # fmt: skip
def test_what_cannot_be_run_is_refused(asked: dict[str, object], said: str) -> None:
    """Before anything is drawn."""
    with pytest.raises(ut.RunError, match=said):
        ut.simulate(ut.read(CASE), **asked)  # type: ignore[arg-type]  # wrong on purpose


def test_a_formula_without_a_value_in_some_trials_fails_and_says_where() -> None:
    """The quantity, how many trials, and the inputs of one of them; never turned into 0."""
    case = ut.read("inputs: {a: 'normal(1, 1)'}\ncalculations: {x: log(a)}\noutputs: [x]")
    with pytest.raises(ut.RunError) as caught:
        ut.simulate(case, trials=65_536)
    said = str(caught.value)
    assert "calculations.x has no value in 10,39" in said  # Phi(-1) of 65,536 is 10,398
    assert "a = -" in said


@pytest.mark.parametrize(
    "formula",
    [
        "if(log(a) > 0, 1, 2)",  # a comparison would hide it
        "1 / (1 / (a - a))",  # 1 / infinity would be 0
        "min(1 / (a - a), 5)",
        "(a - a) / (a - a) == 1",
        "not sqrt(a - 9)",
        "sqrt(-1 - abs(a)) ** 0",
        "exp(1000 * abs(a) + 1000) > 5",
    ],
)
def test_nothing_hides_a_missing_value(formula: str) -> None:
    """Each of these would quietly give a number where numpy is asked carelessly."""
    text = f"inputs:\n  a: normal(1, 1)\ncalculations:\n  x: {formula}\noutputs: [x]"
    with pytest.raises((ut.RunError, ut.CaseError), match="has no value"):
        ut.simulate(ut.read(text), trials=512)


def test_the_branch_not_chosen_does_no_harm() -> None:
    """A guarded logarithm is no error, in the very trials where the other branch has no value."""
    case = ut.read(
        "inputs:\n  a: normal(1, 1)\ncalculations:\n  x: if(a > 0, log(a), -99)\noutputs: [x]"
    )
    result = ut.simulate(case, trials=1024)
    a = result.draws["a"]
    expected = np.where(a > 0, np.log(np.where(a > 0, a, 1)), -99)
    np.testing.assert_allclose(result.quantities["x"].values, expected, rtol=1e-14)


def test_the_cause_is_named_not_its_consequences() -> None:
    """x fails because of y, which is named."""
    case = ut.read(
        "inputs:\n  a: normal(1, 1)\ncalculations:\n  x: y + 1\n  y: sqrt(a)\noutputs: [x]"
    )
    with pytest.raises(ut.RunError, match=r"calculations\.y has no value"):
        ut.simulate(case, trials=512)


def test_impossible_parameters_in_some_trials_are_told() -> None:
    """A binomial whose probability leaves 0 to 100 % in some trials."""
    case = ut.read("inputs:\n  p: normal(90 %, 10 %)\n  wins: binomial(10, p)\noutputs: [wins]")
    with pytest.raises(ut.RunError, match=r"inputs\.wins has no value"):
        ut.simulate(case, trials=1024)


def test_a_discount_rate_that_falls_to_minus_100_percent_is_told() -> None:
    """Not discounted with a negative factor."""
    case = ut.read(
        "years: 1\ndiscount_rate: normal(-50 %, 30 %)\ninvestment: {A: 1}\nbenefits: {B: 2}"
    )
    with pytest.raises(ut.RunError, match=r"discount_rate: in .* trials it is -100 % or less"):
        ut.simulate(case, trials=1024)


def test_truncate_is_not_clip() -> None:
    """Truncation keeps no mass on the bound, clipping piles it up there."""
    case = ut.read(
        "inputs:\n  t: truncate(normal(0, 1), low=0)\n  c: clip(normal(0, 1), low=0)\noutputs: [t]"
    )
    draws = ut.simulate(case, trials=4096).draws
    assert np.all(draws["t"] > 0)
    assert abs(np.mean(draws["c"] == 0) - 0.5) < 0.01
    assert draws["c"].min() == 0


def test_delay_moves_the_whole_case_and_keeps_its_length() -> None:
    """One year later: the same cash behind a year of nothing, discounted a year more."""
    text = (
        "years: 3\ndiscount_rate: 10 %\nhurdle: 3 years\n{}"
        "investment: {{A: 100}}\nbenefits: {{B: 60}}\n"
    )
    now, later = (ut.base_case(ut.read(text.format(x))) for x in ("", "delay: 1\n"))
    assert later.cash.tolist() == [0.0, *now.cash]
    assert later.npv == pytest.approx(now.npv / 1.1)
    assert later.outcomes["payback"] == pytest.approx(now.outcomes["payback"] + 1)
    assert later.outcomes["irr"] == pytest.approx(now.outcomes["irr"])


def test_lines_sum_to_net_present_value_trial_by_trial() -> None:
    """Signed, tax included, whatever the timing and delay."""
    text = CASE + "tax: {rate: 20.6 %, depreciation_years: 3, losses: carried}\n"
    for extra in ("", "timing: middle\n", "delay: 2\ntiming: middle\n"):
        result = ut.simulate(ut.read(text + extra), trials=512)
        total = sum(line.present_value.values for line in result.lines.values())
        np.testing.assert_allclose(total, result.npv.values, rtol=1e-9, atol=1e-6)
        assert "Tax" in result.lines


def test_a_case_without_money_reports_its_outputs() -> None:
    """And has no net present value to speak of."""
    result = ut.simulate(ut.read("inputs: {a: 1 to 2}\noutputs: [a]"), trials=512)
    assert list(result.quantities) == ["a"]
    with pytest.raises(ut.RunError):
        _ = result.npv


def test_yearly_quantities_are_shown_by_year() -> None:
    """A stock from year 0, others from year 1."""
    result = ut.simulate(ut.read(CASE), trials=512, show=["with_portal", "yearly", "margin"])
    assert len(result.quantities["with_portal"]) == 5
    assert len(result.quantities["yearly"]) == 4
    assert isinstance(result.quantities["margin"], ut.Outcome)


def test_progress_is_told_to_the_last_trial() -> None:
    """Rising counts that end at the total."""
    seen: list[tuple[int, int]] = []
    ut.simulate(
        ut.read(CASE), trials=65_536, block=16_384,
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert [done for done, _ in seen] == [16_384, 32_768, 49_152, 65_536]
    assert {total for _, total in seen} == {65_536}


def test_latin_hypercubes_are_stratified_in_every_input() -> None:
    """Latin hypercube sampling that is promised and never called: one draw in each n-th part."""
    result = ut.simulate(ut.read("inputs: {a: 'uniform(0, 1)'}\noutputs: [a]"), 1600, 1, "latin")
    for part in result.draws["a"].reshape(16, 100):
        assert sorted(np.floor(part * 100).astype(int)) == list(range(100))


def test_no_two_inputs_and_no_two_replicates_see_the_same_numbers() -> None:
    """Equal estimates under different names, and the sixteen sets of each, all differ."""
    text = "inputs: {a: 'uniform(0, 1)', b: 'uniform(0, 1)'}\noutputs: [a]"
    for sampling in SAMPLINGS:
        draws = ut.simulate(ut.read(text), 4096, 0, sampling).draws
        sets = [np.sort(part).tobytes() for name in "ab" for part in draws[name].reshape(16, -1)]
        assert len(set(sets)) == 32


def test_what_is_defined_and_never_used_is_told() -> None:
    """It may be a slip, such as a benefit that was computed and never entered."""
    case = ut.read("inputs: {a: 5 to 40, b: 2}\ncalculations: {c: b + 1}\noutputs: [a]")
    assert ut.unused(case) == ("b", "c")
    assert "nothing that is reported depends on b, c" in ut.simulate(case, trials=512).notes
    assert ut.unused(ut.read(CASE)) == ()


def test_more_inputs_than_sobol_points_are_good_for() -> None:
    """The way out is named, and works."""
    rows = "\n".join(f"  x{i}: 1 to 2" for i in range(1025))
    case = ut.read(f"inputs:\n{rows}\noutputs: [x1]")
    with pytest.raises(ut.RunError, match="--sampling latin"):
        ut.simulate(case, trials=512)
    assert ut.simulate(case, trials=512, sampling="latin").trials == 512
