"""The Result: what it tells, what it hands on, and the contract of its data."""

import json
from dataclasses import replace
from math import inf, isinf

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulator.case.case import Case, Hurdle
from simulator.engine.valuation import (
    discount_factors,
    discounted_payback,
    irr,
    no_outlay,
    npv,
    payback,
    peak_funding,
    profitability_index,
    roi,
    roi_discounted,
)
from simulator.errors import RunError
from simulator.result import Line, Measured, Outcome, RealisedDependence, Result
from simulator.result.kept import Kept
from simulator.result.outcome import STATISTICS

RISING, FIRST_LAST = np.arange(4.0), np.array([7.0, 1.0, 2.0, 3.0])
"""Their rank correlation is 1 - 6 (9 + 1 + 1 + 1) / (4 (16 - 1)) = -0.2."""
TRIALS, REPLICATES, RATE = 1600, 16, 0.08

CONTRACT = [
    *("case", "currency", "years", "trials", "seed", "sampling", "version", "inputs", "outcomes"),
    *("payback_chance", "discounted_payback_chance", "hurdle", "irr_share", "no_outlay_share"),
    *("cash", "lines", "dependence", "quantities"),
]
OUTCOMES = ["npv", "irr", "roi", "roi_discounted", "payback", "discounted_payback", "peak_funding"]
FIGURES = [
    *("mean", "sd", "p1", "p5", "p10", "p15", "p25", "p50", "p75", "p85", "p90", "p95", "p99"),
    *("chance_positive", "chance_negative", "worst5_mean", "interval"),
]


def portal(hurdle=None, replicates=REPLICATES, seed=7):
    """A small simulated case: an outlay and three years of uncertain benefits and costs.

    In one trial of a hundred nothing is paid at all, in another the outlay comes back twice over
    and a bill follows (several rates of return).
    """
    rng = np.random.default_rng(seed)
    build = rng.uniform(80, 120, TRIALS)
    use = rng.uniform(20, 80, (3, TRIALS))
    running = rng.uniform(5, 10, TRIALS)
    idle = np.arange(TRIALS) % 100 == 0
    build[idle], use[:, idle], running[idle] = 0, 0, 0
    billed = np.arange(TRIALS) % 100 == 1
    use[0, billed], use[2, billed] = 400, -300

    cash = np.vstack([-build, use - running])
    discount = discount_factors(3, RATE)
    value = npv(cash, RATE)
    present_running = running * discount[1:].sum()

    def outcome(name, values, **more):
        return Outcome(name, values, replicates, **more)

    rates, roots = irr(cash)
    outcomes = {
        "npv": outcome("npv", value, unit="SEK"),
        "irr": outcome("irr", rates),
        "roi": outcome("roi", roi(cash, build)),
        "roi_discounted": outcome("roi_discounted", roi_discounted(value, build + present_running)),
        "payback": outcome("payback", payback(cash), worst="high"),
        "discounted_payback": outcome(
            "discounted_payback", discounted_payback(cash, RATE), worst="high"
        ),
        "peak_funding": outcome("peak_funding", peak_funding(cash), worst="high"),
        "profitability_index": outcome("profitability_index", profitability_index(value, build)),
    }
    lines = {
        "Build": Line("Build", "investment", outcome("Build", -build)),
        "Use": Line("Use", "benefits", outcome("Use", discount[1:] @ use)),
        "Running": Line("Running", "costs", outcome("Running", -present_running)),
    }
    draws = {"build": build, "use": use, "running": running}
    kept = Kept(cash, roots, no_outlay(cash), draws)
    return Result(
        case=Case("Portal", currency="SEK", years=3, hurdle=hurdle),
        trials=TRIALS,
        seed=seed,
        sampling="random" if replicates == 1 else "latin",
        replicates=replicates,
        inputs={
            "build": outcome("build", build),
            "use": outcome("use", use.mean(axis=0)),
            "running": outcome("running", running),
        },
        outcomes=outcomes,
        yearly_cash=kept.yearly_cash(replicates, "SEK"),
        lines=lines,
        quantities={
            "margin": outcome("margin", use[0] - running),
            "customers": tuple(outcome("customers", use[0] + year) for year in range(4)),
            "visits": tuple(outcome("visits", use[0] * year) for year in (1, 2, 3)),
        },
        tally=kept.tally(replicates),
        kept=kept,
        planned=TRIALS,
        dependence=(
            RealisedDependence(("build", "running"), 0.5, [(RISING, FIRST_LAST)]),
            RealisedDependence(("build", "use"), 0.2, [(RISING, np.ones(4))]),
        ),
        notes=("trials rounded up",),
        version="1.2.3",
    )


def sum_of_costs(hurdle=None):
    """A case without money: one quantity, no cash."""
    cost = Outcome("cost", np.arange(32.0), REPLICATES)
    none = np.zeros(0, bool)
    kept = Kept(np.empty((0, 32)), np.zeros(0, np.int8), none, {"design": cost.values})
    return Result(
        case=Case("Bridge", hurdle=hurdle, outputs=("cost",)),
        trials=32,
        seed=0,
        sampling="sobol",
        replicates=REPLICATES,
        inputs={"design": cost},
        outcomes={},
        yearly_cash=(),
        lines={},
        quantities={"cost": cost},
        tally=kept.tally(REPLICATES),
        kept=kept,
        planned=32,
        dependence=(),
        notes=(),
        version="1.2.3",
    )


@pytest.mark.parametrize("replicates", [1, REPLICATES])
def test_the_contract_of_results_as_data(replicates):
    """Every key that readers rely on is there, in plain Python, as strict JSON."""
    result = portal(Hurdle(2.5, discounted=True), replicates)
    data = result.to_dict()
    assert [key for key in CONTRACT if key not in data] == []
    assert [name for name in OUTCOMES if name not in data["outcomes"]] == []
    for outcome in (*data["outcomes"].values(), data["quantities"]["margin"]):
        assert [figure for figure in FIGURES if figure not in outcome] == []
        assert set(outcome["interval"]) == set(STATISTICS)
    for drawn in data["inputs"].values():
        assert list(drawn) == ["p5", "p50", "mean", "p95"]
    for chances in (data["payback_chance"], data["discounted_payback_chance"]):
        assert list(chances) == ["1", "2", "3", "never"]
        assert all(list(chance) == ["chance", "low", "high"] for chance in chances.values())
    assert list(data["hurdle"]) == ["years", "discounted", "chance", "low", "high"]
    assert list(data["irr_share"]) == ["unique", "none", "several"]
    assert list(data["cash"]) == ["year", "mean", "p10", "p50", "p90"]
    assert data["cash"]["year"] == [0, 1, 2, 3]
    for line in data["lines"].values():
        assert list(line["present_value"]) == ["mean", "p10", "p50", "p90"]
    assert data["dependence"] == [
        {"between": ["build", "running"], "asked": 0.5, "realised": pytest.approx(-0.2)},
        {"between": ["build", "use"], "asked": 0.2, "realised": None},
    ]
    assert [len(data["quantities"][name]) for name in ("customers", "visits")] == [4, 3]
    assert {type(leaf) for leaf in leaves(data)} <= {str, int, float, bool, type(None)}
    assert json.loads(result.to_json()) == data
    assert (data["case"], data["currency"], data["years"]) == ("Portal", "SEK", 3)
    assert (data["trials"], data["seed"], data["version"]) == (TRIALS, 7, "1.2.3")


def leaves(data):
    """Every value at the ends of nested dictionaries and lists."""
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from leaves(part)
    else:
        yield data


def test_data_agree_with_plain_numpy():
    """Means, percentiles and chances recomputed from the arrays."""
    result = portal(Hurdle(2.0))
    data = result.to_dict()
    value = result.npv.values
    assert data["outcomes"]["npv"]["mean"] == pytest.approx(value.mean())
    p10 = np.quantile(value, 0.10, method="inverted_cdf")
    assert data["outcomes"]["npv"]["p10"] == p10
    assert data["outcomes"]["npv"]["chance_negative"] == np.mean(value < 0)
    assert data["cash"]["mean"] == pytest.approx(result.cash.mean(axis=0).tolist())
    assert data["cash"]["p90"][0] == np.quantile(result.cash_by_year[0], 0.9, method="inverted_cdf")
    defined = result.payback.values[~np.isnan(result.payback.values)]
    for year in (1, 2, 3):
        assert data["payback_chance"][str(year)]["chance"] == np.mean(defined <= year)
    assert data["payback_chance"]["never"]["chance"] == np.mean(np.isinf(defined))
    assert data["hurdle"] == {"years": 2.0, "discounted": False, **data["payback_chance"]["2"]}
    lines = sum(line.present_value.values for line in result.lines.values())
    assert lines == pytest.approx(value, abs=1e-9)


def test_payback_has_no_mean_while_it_may_never_come():
    """Undefined numbers are null; the percentiles that fall on "never" are, too."""
    result = portal()
    never = result.never_chance().value
    assert 0.05 < never < 0.5
    data = result.to_dict()["outcomes"]["payback"]
    assert data["mean"] is None
    assert data["sd"] is None
    assert data["worst5_mean"] is None
    assert data["p99"] is None
    assert data["p25"] < data["p50"] <= 3
    assert data["undefined_share"] == 0.01


def test_rates_of_return_are_counted_and_only_unique_ones_averaged():
    """One trial of a hundred has none, one has several; the rest has one."""
    result = portal()
    share = result.irr_share
    assert share["several"] == 0.01
    assert share["none"] >= 0.01
    assert sum(share.values()) == pytest.approx(1)
    assert result.irr.undefined_share == pytest.approx(1 - share["unique"])
    unique = result.irr.values[result.roots == 1]
    assert result.irr.mean == pytest.approx(unique.mean())
    assert result.no_outlay_share == 0.01


def test_chances_of_payback_by_any_year():
    """Within T means up to and including T; chances rise, and with "never" they are all."""
    result = portal()
    for discounted in (False, True):
        chances = result.payback_chances(discounted)
        values = [chances[year].value for year in ("1", "2", "3")]
        assert values == sorted(values)
        assert chances["3"].value + chances["never"].value == pytest.approx(1)
        assert all(each.low <= each.value <= each.high for each in chances.values())
        assert result.payback_chance(3, discounted) == chances["3"]
    assert result.payback_chance(3).value > result.payback_chance(3, discounted=True).value
    exactly = result.payback.values[np.isfinite(result.payback.values)].max()
    assert result.payback_chance(exactly).value == pytest.approx(1 - result.never_chance().value)
    assert result.payback_chance(2.5).value >= result.payback_chance(2).value


def test_the_interval_of_a_payback_chance_is_wilsons_under_random_sampling():
    """1,584 trials have a payback; the interval is that of their count."""
    result = portal(replicates=1)
    chance = result.payback_chance(2)
    count = round(chance.value * 1584)
    wilson = stats.binomtest(count, 1584).proportion_ci(0.95, method="wilson")
    assert chance == Measured(count / 1584, *map(pytest.approx, (wilson.low, wilson.high)))


def test_a_case_without_hurdle_has_no_hurdle_chance():
    """None, and null in the data."""
    result = portal()
    assert result.hurdle_chance is None
    assert result.to_dict()["hurdle"] is None
    assert portal(Hurdle(2)).hurdle_chance == result.payback_chance(2)
    discounted = portal(Hurdle(2, discounted=True)).hurdle_chance
    assert discounted == result.payback_chance(2, discounted=True)


@pytest.mark.parametrize("hurdle", [None, Hurdle(3)])
def test_a_case_without_money(hurdle):
    """Its quantities are told; of money there is nothing, and nothing is made up."""
    result = sum_of_costs(hurdle)
    data = json.loads(result.to_json())
    assert [key for key in CONTRACT if key not in data] == []
    assert data["quantities"]["cost"]["mean"] == 15.5
    assert data["outcomes"] == data["lines"] == data["payback_chance"] == {}
    assert data["hurdle"] is data["years"] is data["no_outlay_share"] is None
    assert data["irr_share"] == {"unique": None, "none": None, "several": None}
    assert data["cash"] == {"year": [], "mean": [], "p10": [], "p50": [], "p90": []}
    assert result.hurdle_chance is None
    assert result.cash.shape == (32, 0)
    with pytest.raises(RunError, match="Bridge: there is no npv, as the case has no money"):
        _ = result.npv
    assert result.to_frame().index.tolist() == ["cost"]
    assert result.draws_frame().columns.tolist() == ["design", "cost"]


def test_every_outcome_has_its_property():
    """What the data call npv is result.npv, and so on."""
    result = portal()
    for name in (*OUTCOMES, "profitability_index"):
        assert getattr(result, name) is result.outcomes[name]
    assert result.horizon == 3
    assert result.cash.shape == (TRIALS, 4)
    assert np.array_equal(result.cash[:, 2], result.yearly_cash[2].values)


def test_frame_of_statistics():
    """One row an outcome or quantity, NaN where a statistic is undefined."""
    result = portal()
    frame = result.to_frame()
    assert frame.columns.tolist() == [*STATISTICS, "undefined_share"]
    assert frame.index.tolist() == [
        *result.outcomes,
        "margin",
        *(f"customers[{year}]" for year in (0, 1, 2, 3)),
        *(f"visits[{year}]" for year in (1, 2, 3)),
    ]
    assert frame.loc["npv", "p90"] == result.npv.percentile(90)
    assert pd.isna(frame.loc["payback", "mean"])
    assert {str(kind) for kind in frame.dtypes} == {"float64"}


def test_frame_of_draws():
    """One row a trial; yearly inputs and cash by year; values as they were drawn."""
    result = portal()
    frame = result.draws_frame()
    assert frame.shape[0] == TRIALS
    assert frame.columns.tolist() == [
        "build",
        *("use[1]", "use[2]", "use[3]"),
        "running",
        *result.outcomes,
        "margin",
        *(f"customers[{year}]" for year in (0, 1, 2, 3)),
        *(f"visits[{year}]" for year in (1, 2, 3)),
        *(f"cash[{year}]" for year in (0, 1, 2, 3)),
    ]
    assert frame["use[2]"].tolist() == result.draws["use"][1].tolist()
    assert frame["npv"].tolist() == result.npv.values.tolist()
    assert frame["cash[0]"].tolist() == (-result.draws["build"]).tolist()
    assert isinf(frame["payback"].max())


def test_names_that_clash_are_told_apart():
    """An input may be called like an outcome; no column replaces another."""
    plain = portal()
    result = replace(
        plain,
        kept=replace(plain.kept, draws={"npv": plain.draws["build"], "cash": plain.draws["use"]}),
        quantities={"irr": plain.quantities["margin"]},
    )
    columns = result.draws_frame().columns
    assert columns.is_unique
    assert {"npv", "npv (input)", "irr", "irr (quantity)"} <= set(columns)
    assert {"cash[1]", "cash[1] (input)", "cash[0]"} <= set(columns)
    assert result.to_frame().index.is_unique


def test_it_prints_short():
    """A Result says what it is, not all its numbers."""
    assert repr(portal()) == "Result('Portal', trials=1600, seed=7, sampling='latin')"


def test_doing_nothing():
    """Nothing paid in any trial: no payback, no rate of return, no return; value 0."""
    cash = np.zeros((4, 32))
    some = {
        "npv": npv(cash, RATE),
        "irr": irr(cash)[0],
        "roi": roi(cash, 0.0),
        "roi_discounted": roi_discounted(npv(cash, RATE), np.zeros(32)),
        "payback": payback(cash),
        "discounted_payback": discounted_payback(cash, RATE),
        "peak_funding": peak_funding(cash),
    }
    outcomes = {name: Outcome(name, values, REPLICATES) for name, values in some.items()}
    kept = Kept(cash, irr(cash)[1], no_outlay(cash), portal().draws)
    result = replace(
        portal(),
        trials=32,
        planned=32,
        outcomes=outcomes,
        yearly_cash=kept.yearly_cash(REPLICATES, "SEK"),
        kept=kept,
        tally=kept.tally(REPLICATES),
    )
    data = json.loads(result.to_json())
    assert data["outcomes"]["npv"]["mean"] == 0
    assert data["outcomes"]["npv"]["interval"]["mean"] == [0, 0]
    assert data["outcomes"]["payback"]["p50"] is None
    assert data["payback_chance"]["3"] == {"chance": None, "low": None, "high": None}
    assert data["irr_share"] == {"unique": 0, "none": 1, "several": 0}
    assert data["no_outlay_share"] == 1
    assert not any(isinstance(leaf, float) and leaf == inf for leaf in leaves(data))


def test_plain_data_leaves_no_sorted_copies_behind():
    """`to_dict` asks every outcome once; sorted copies would triple the memory."""
    result = portal()
    result.to_dict()
    asked = [*result.outcomes.values(), *result.inputs.values(), *result.yearly_cash]
    asked += [line.present_value for line in result.lines.values()]
    samples = [vars(outcome)["_figures"] for outcome in asked if "_figures" in vars(outcome)]
    assert not any("rising" in vars(sample) for sample in samples)
