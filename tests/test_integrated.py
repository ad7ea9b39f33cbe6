"""The investment integrated out: closed forms, a second way to the same figures, and its limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr, ndtri

import utfall as ut
from simulator.engine.payback import payback

SEEDS = (1, 2, 3)
FAR = 5.0
"""Standard errors; of independent tests one in a million would be farther off."""
UNSEEN = 0.01
"""Percentiles are solved for until their chance is met to this part of its own error."""

EASY = """\
years: 3
discount_rate: 10 %
inputs:
  build: lognormal(mu=1, sigma=0.5)
investment:
  Build: build
benefits:
  Gain: 2
"""
"""Benefits are certain, so that every figure is a closed form."""

RICH = """\
years: 5
discount_rate: rate
inputs:
  build: lognormal(1.5 to 4)
  licence: pert(0.1, 0.2, 0.5)
  gain: normal(1.2, 0.4)
  running: normal(0.3, 0.1)
  rate: triangular(6 %, 9 %, 13 %)
  fee: uniform(1, 1.3)
investment:
  Build: build * fee + licence
  Training: 0.3
benefits:
  Gain: gain * (0.6 + 0.2 * year)
costs:
  Running: running
dependence:
  - {between: [build, running], rank: 0.6}
"""
TAXED = RICH + "tax: {rate: 20 %, depreciation_years: 3}\n"
VARIANTS = {
    "as it is": RICH,
    "taxed": TAXED,
    "taxed for longer than it lives": TAXED.replace("years: 3}", "years: 9}"),
    "delayed": TAXED + "delay: 2\n",
    "paid in the middle": RICH + "timing: middle\n",
    "by three": RICH + "  - {between: [running, gain], rank: -0.5}\n",
    "falling": RICH.replace("build * fee + licence", "9 - build * fee + licence"),
    "in one line": RICH.replace("build * fee + licence", "(2 * build + licence) / 1.5 - -build"),
    "losing": RICH.replace("0.6 + 0.2 * year", "if(year == 4, -0.8, 0.6 + 0.3 * year)"),
}  # fmt: skip


def run(text: str, **asked: object) -> ut.Result:
    """A result with the investment integrated out."""
    result = ut.simulate(ut.read(text), **asked)
    assert result.integrated is not None
    return result


@pytest.mark.parametrize("sampling", ["sobol", "latin", "random"])
def test_with_all_else_certain_the_chances_are_those_of_the_investment(sampling):
    """P(payback <= T) = P(build <= 2 T), at once and without an error."""
    result = run(EASY, trials=256, sampling=sampling)
    build = stats.lognorm(0.5, scale=np.e)
    for year in (0.25, 1, 1.5, 2, 3):
        found = result.payback_chance(year)
        assert found.value == pytest.approx(build.cdf(2 * year), abs=1e-8)
        assert found.high - found.low < 1e-8
        worth = 2 * sum(1.1**-t for t in range(1, int(year) + 1))
        worth += 2 * (year % 1) * 1.1 ** -(int(year) + 1)
        sooner = result.payback_chance(year, discounted=True).value
        assert sooner == pytest.approx(build.cdf(worth), abs=1e-8)
    assert result.never_chance().value == pytest.approx(build.sf(6), abs=1e-8)
    assert result.payback_chance(0).value == 0
    assert result.payback_chance(-1).value == 0
    assert result.payback_chance(99).value == pytest.approx(build.cdf(6), abs=1e-8)


@pytest.mark.parametrize("sampling", ["sobol", "random"])
def test_with_all_else_certain_value_is_distributed_as_the_investment(sampling):
    """NPV = c - build: its percentiles and chances are those of build, mirrored."""
    result = run(EASY, trials=256, sampling=sampling)
    build, worth = stats.lognorm(0.5, scale=np.e), 2 * sum(1.1**-t for t in (1, 2, 3))
    for percent in (1, 5, 10, 50, 90, 99):
        found = result.npv.measured(f"p{percent}")
        assert found.value == pytest.approx(worth - build.isf(percent / 100), abs=1e-7)
        assert found.high - found.low < 1e-6
    assert result.npv.chance_below(0) == pytest.approx(build.sf(worth), abs=1e-8)
    assert result.npv.chance_above(0) == pytest.approx(build.cdf(worth), abs=1e-8)
    assert result.npv.chance_at_most(1) == pytest.approx(build.sf(worth - 1), abs=1e-8)


def test_a_copula_partner_is_taken_into_account():
    """build and gain are normal with correlation r: NPV is normal, with a known variance."""
    text = """\
years: 1
discount_rate: 0 %
inputs:
  build: normal(10, 2)
  gain: normal(11, 3)
investment:
  Build: build
benefits:
  Gain: gain
dependence:
  - {between: [build, gain], rank: 0.5}
"""
    correlation = 2 * np.sin(np.pi * 0.5 / 6)
    npv = stats.norm(1, np.sqrt(4 + 9 - 2 * correlation * 2 * 3))
    result = run(text, trials=16 * 1024)
    for percent in (1, 10, 50, 90):
        low, high = result.npv.interval(f"p{percent}", level=0.9999)
        assert low <= npv.ppf(percent / 100) <= high
        plain = result.npv.plain.interval(f"p{percent}", level=0.9999)
        assert high - low < plain[1] - plain[0]
    low, high = result.npv.interval("chance_negative", level=0.9999)
    assert low <= npv.cdf(0) <= high
    paid = result.payback_chance(1, level=0.9999)
    assert paid.low <= npv.sf(0) <= paid.high
    lost = result.npv.measured("chance_negative")
    assert result.never_chance().value == pytest.approx(lost.value, abs=1e-12)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_figure_agrees_with_the_plain_one(name):
    """On the same trials: the difference of the two lies within the plain one's error."""
    case = ut.read(VARIANTS[name])
    sure, plain = run(VARIANTS[name], trials=2**17), ut.simulate(case, trials=2**17, plain=True)
    assert plain.integrated is None
    np.testing.assert_array_equal(sure.npv.values, plain.npv.values)

    def agree(one, other):
        error = max((other.high - other.low) / 2 / 2.13, 1e-5)
        assert abs(one.value - other.value) <= FAR * error

    for discounted in (False, True):
        for year in (0, 1, 1.5, 2, 2.75, 3, 4, 5, 6.5, 7):
            agree(*(r.payback_chance(year, discounted) for r in (sure, plain)))
        agree(*(r.never_chance(discounted) for r in (sure, plain)))
    for stat in ("p1", "p10", "p50", "p90", "p99", "chance_negative", "chance_positive"):
        agree(*(r.npv.measured(stat) for r in (sure, plain)))


@pytest.mark.parametrize("name", VARIANTS)
def test_the_chance_of_a_trial_is_that_of_the_investment_drawn_again(name):
    """With the amount moved to its other quantiles, as many trials pay back as was said.

    All other draws stay; the amount takes 400 evenly spread quantiles of what the others leave it.
    Each trial has one value of the amount at which the answer turns, so that the share of the
    quantiles is off by half a quantile at most, and so is the mean of all trials.
    """
    result = run(VARIANTS[name], trials=64, seed=5)
    one = result.integrated
    amount = one.amount
    grades, half = (np.arange(400) + 0.5) / 400, 0.5 / 400 + 1e-8
    scores = np.multiply.outer(ndtri(grades), amount.sd * np.ones(64)) + amount.mean
    moved = amount.marginal.ppf(ndtr(scores)) - amount.drawn  # (grades, trials)
    more = moved * amount.slope
    factors = (1 + np.asarray(one.rate)) ** -np.arange(6.0)[:, None]
    if one.middle:
        factors[1:] *= np.sqrt(1 + np.asarray(one.rate))
    cash = one.cash[:, None, :] - np.zeros_like(more)
    cash[0] -= more
    cash[1 : one.written_off + 1] += more * one.shield
    npv = (cash * factors[:, None, :]).sum(axis=0) * (1 + np.asarray(one.rate)) ** -float(one.delay)
    for limit in (-1.0, 0.0, 2.0):
        assert result.npv.chance_below(limit) == pytest.approx((npv < limit).mean(), abs=half)
    for discounted in (False, True):
        flows = cash * factors[:, None, :] if discounted else cash
        years = payback(flows) + one.delay * (payback(flows) > 0)
        for year in (1, 2, 2.5, 3, 4.3, 5, 7):
            found = result.payback_chance(year, discounted).value
            assert found == pytest.approx((years <= year).mean(), abs=half)


def test_percentiles_are_where_the_chance_says():
    """The chance of less than P10 is 10 %, to a hundredth of its own error."""
    result = run(RICH, trials=2**14)
    for percent in (0.5, 1, 5, 25, 50, 75, 99):
        value = result.npv.percentile(percent)
        found = result.integrated.npv_below(value)
        assert abs(found.chance - percent / 100) <= UNSEEN * found.error
    assert result.npv.percentile(0) == result.npv.values.min()
    assert result.npv.percentile(100) == result.npv.values.max()


def test_a_percentile_in_a_gap_is_found():
    """Value comes in two heaps far apart: Newton's steps lead nowhere, bisection does."""
    text = EASY.replace("  build:", "  win: chance(40 %)\n  build:").replace(
        ": 2", ": 2 + 100 * win"
    )
    result = run(text, trials=1024)
    assert result.npv.percentile(59) < 10 < 200 < result.npv.percentile(61)
    low, high = result.npv.interval("p50")
    plain = result.npv.plain.interval("p50")
    assert plain[0] <= high and low <= plain[1]
    for percent in (10, 30, 70, 90):
        found = result.integrated.npv_below(result.npv.percentile(percent))
        assert abs(found.chance - percent / 100) <= UNSEEN * found.error


def test_the_interval_of_a_percentile_beside_a_gap_ends_where_the_chance_says():
    """Where it is smaller and larger by what it may be off, be that in the other heap."""
    text = EASY.replace("  build:", "  win: chance(40 %)\n  build:").replace(
        ": 2", ": 2 + 20 * win"
    )
    across = 0
    for seed in range(100, 120):
        npv = run(text, trials=1024, sampling="random", seed=seed).npv
        value, (low, high) = npv.percentile(59), npv.interval("p59")
        found, least, most = (npv.integrated.npv_below(limit) for limit in (value, low, high))
        assert abs(found.chance - 0.59) <= UNSEEN * found.error
        rarer, likelier = replace(found, chance=0.59).interval()
        assert abs(least.chance - (0.59 - (likelier - 0.59))) <= UNSEEN * least.error
        assert abs(most.chance - (0.59 + (0.59 - rarer))) <= UNSEEN * most.error
        across += low < 10 < high
    assert across, "of 60 % in the lower heap, as many as 59 % or fewer may have come"


def test_what_the_trials_say_is_left_alone():
    """Values, mean, sd and worst mean are as without; a part of the trials is plain."""
    case = ut.read(RICH)
    sure, plain = ut.simulate(case, trials=1024), ut.simulate(case, trials=1024, plain=True)
    for stat in ("mean", "sd", "worst5_mean"):
        assert sure.npv.measured(stat) == plain.npv.measured(stat)
    assert sure.npv.plain.statistics() == plain.npv.statistics()
    assert sure.irr.statistics() == plain.irr.statistics()
    assert sure.payback.measured("p50") == plain.payback.measured("p50")


def test_results_as_data_say_which_input():
    """And null where there is none."""
    assert run(RICH, trials=64).to_dict()["integrated"] == {"input": "build"}
    assert ut.simulate(ut.read(RICH), trials=64, plain=True).to_dict()["integrated"] is None


def test_of_several_the_most_uncertain_is_taken():
    """By what it does to the investment, not by its own spread."""
    text = EASY.replace("  Build: build", "  Build: build\n  More: other * 0.01").replace(
        "inputs:", "inputs:\n  other: normal(0, 20)"
    )
    assert run(text, trials=64).integrated.input == "build"
    assert run(text.replace("0.01", "0.1"), trials=64).integrated.input == "other"


def test_an_estimate_written_under_investment_counts():
    """It needs no name of its own."""
    text = "years: 3\ndiscount_rate: 0 %\ninvestment: {Build: 1 to 4}\nbenefits: {Gain: 1}\n"
    result = run(text, trials=64)
    assert result.integrated.input == "Build"
    assert result.payback_chance(2).value == pytest.approx(ut.estimate("1 to 4").cdf(2), abs=1e-8)


NOT_FOR = {
    "it brings a benefit": EASY.replace("Gain: 2", "Gain: 2 + build / 100"),
    "it costs": EASY + "costs: {Upkeep: 5 % * build}\n",
    "it moves the rate": EASY.replace("10 %", "0.1 + build / 1000"),
    "it moves the tax": EASY + "tax: {rate: 0.1 + build * 0, depreciation_years: 2}\n",
    "it moves another draw": EASY.replace("Gain: 2", "Gain: normal(build, 1)"),
    "losses are carried": EASY + "tax: {rate: 20 %, depreciation_years: 2, losses: carried}\n",
    "it is discrete": EASY.replace("lognormal(mu=1, sigma=0.5)", "poisson(3)"),
    "it has an atom": EASY.replace("lognormal(mu=1, sigma=0.5)", "clip(normal(3, 1), low=2)"),
    "its parameters are uncertain": EASY.replace("mu=1,", "mu=normal(1, 0.1),"),
    "it enters bent": EASY.replace("Build: build", "Build: max(build, 2)"),
    "it enters squared": EASY.replace("Build: build", "Build: build * build"),
    "it divides": EASY.replace("Build: build", "Build: 3 / build"),
    "it does not enter": EASY.replace("Build: build", "Build: 3"),
    "it may not enter": EASY.replace("Build: build", "Build: 1 + build * chance(50 %)"),
    "it enters either way": EASY.replace(": build", ": 9 + build * if(chance(50 %), 1, -1)"),
    "it is known from another": EASY.replace("build: log", "a: normal(0, 1)\n  build: log").replace(
        "Gain: 2", "Gain: 2 + a"
    ) + "dependence: [{between: [a, build], rank: 1}]\n",
    "waiting makes money grow": EASY.replace("10 %", "-5 %")
    + "tax: {rate: 20 %, depreciation_years: 2}\n",
}  # fmt: skip


@pytest.mark.parametrize("reason", NOT_FOR)
def test_nothing_is_integrated_out_where(reason):
    """The figures are those of the trials, as a plain run has them."""
    case = ut.read(NOT_FOR[reason])
    result = ut.simulate(case, trials=1024)
    assert result.integrated is None
    assert result.to_json() == ut.simulate(case, trials=1024, plain=True).to_json()


def test_streamed_runs_are_plain():
    """There are no trials to average over."""
    case = ut.read(RICH)
    streamed = ut.simulate(case, trials=2048, keep=False)
    assert streamed.integrated is None
    assert streamed.npv.mean == pytest.approx(ut.simulate(case, trials=2048).npv.mean)


def test_alternatives_share_the_input_and_each_has_its_own_figures():
    """Each as if it were alone; one in which the input does more than cost is plain."""
    one, other = ut.read(RICH), ut.read(RICH.replace("Training: 0.3", "Training: 0.9"))
    third = ut.read(RICH.replace("Gain: gain", "Gain: build / 9 + gain"))
    cases = {"One": one, "Other": other, "Third": third}
    found = ut.compare(ut.comparison(cases), trials=2048).results
    alone = ut.simulate(one, trials=2048)
    assert found["One"].payback_chances() == alone.payback_chances()
    assert found["One"].npv.statistics() == alone.npv.statistics()
    assert found["Other"].integrated.input == "build"
    assert found["Other"].payback_chance(3).value < alone.payback_chance(3).value
    assert found["Third"].integrated.input != "build"


def test_an_exchange_rate_multiplies_the_slope():
    """The same case in another currency pays back as often; its values are so much larger."""
    cases = {"Home": ut.read("currency: SEK\n" + EASY), "Away": ut.read("currency: EUR\n" + RICH)}
    cases["Home"] = cases["Home"].with_inputs(build="2 to 3")
    compared = ut.compare(
        ut.comparison(cases, currency="SEK", rates={"EUR": 11.0}, separate=["build"]), trials=2048
    )
    home = ut.simulate(cases["Away"], trials=2048, plain=True)
    away = compared.results["Away"]
    assert away.integrated is not None
    low, high = home.npv.interval("p10", level=0.9999)
    assert 11 * low <= away.npv.percentile(10) <= 11 * high
    plain = away.npv.plain.interval("chance_negative", level=0.9999)
    assert plain[0] <= away.npv.chance_below(0) <= plain[1]


@pytest.mark.parametrize("trials", [1, 2, 16, 48, 160])
def test_few_trials_still_have_an_interval(trials):
    """Even of one trial, whose chance is told with all the doubt of a single count.

    The chances of the trials spread by a fifth or more, so those of n have a mean that is told no
    closer than ± 0.2 / √n.
    """
    result = ut.simulate(ut.read(RICH), trials=trials, sampling="random")
    found = result.payback_chance(3)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.high - found.low > 2 * 0.2 / np.sqrt(result.trials)
    result.npv.statistics()
