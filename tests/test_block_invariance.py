"""A trial is worth the same to the last bit, however the trials are grouped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import utfall as ut
from simulator.engine.valuation import Timing, added, irr, payback, roi

CONFIGS = Path(__file__).parent.parent / "configs"
SHIPPED = sorted(path for path in CONFIGS.glob("*.yaml") if path.stem != "compare")

# money may go out again in the years 7, 12 and 20, so that flows change sign up to six times
UPS_AND_DOWNS = """\
case: Ups and downs
years: 20
discount_rate: 8 %
timing: end
inputs:
  build: 100 to 300
  gain: each_year(triangular(10, 25, 40))
  repair: 1 to 200
  clearing: 1 to 900
investment:
  Build: build
benefits:
  Gain: gain
costs:
  Repair: if(year == 7, repair, 0) + if(year == 12, 2 * repair, 0)
  Clearing: if(year == 20, clearing, 0)
"""


def fingerprint(result: ut.Result) -> dict[str, bytes]:
    """Every outcome and every cash flow, bit by bit."""
    parts = {name: outcome.values.tobytes() for name, outcome in result.outcomes.items()}
    for name, quantity in result.quantities.items():
        years = quantity if isinstance(quantity, tuple) else (quantity,)
        parts[name] = b"".join(year.values.tobytes() for year in years)
    return parts | {"cash": np.ascontiguousarray(result.cash_by_year).tobytes()}


def flows_of_all_kinds(years: int, trials: int) -> np.ndarray:
    """Flows with no, one or many changes of sign, small, huge, and slow for Newton's method."""
    rng = np.random.default_rng(years)
    flows = rng.normal(size=(years + 1, trials)) - np.linspace(2, -1, years + 1)[:, np.newaxis]
    kind = np.arange(trials) % 4
    flows[0, kind < 3] = -rng.lognormal(2, 1, (kind < 3).sum())
    flows[1:, kind == 1] = rng.lognormal(0, 2, (years, (kind == 1).sum()))
    far = kind == 2  # rates a long way from 0, where Newton's first step lands badly
    flows[1:, far] = 10.0 ** rng.uniform(-12, 12, (years, far.sum()))
    flows[:, ::97] = np.abs(flows[:, ::97])
    flows[years // 2, ::5] = 0.0
    return flows


def splits(trials: int, size: int) -> list[slice]:
    """The trials in parts of `size`."""
    return [slice(start, start + size) for start in range(0, trials, size)]


def test_six_cases_are_shipped() -> None:
    """Nothing below is true of an empty list."""
    assert len(SHIPPED) == 6


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_cases_in_blocks_of_any_size(path: Path) -> None:
    """One unit at a time, a few, and the usual number: no bit differs."""
    case = ut.load(path)
    usual = fingerprint(ut.simulate(case, trials=16_384, sampling="sobol"))
    for block in (1, 4096, 5000):
        again = ut.simulate(case, trials=16_384, sampling="sobol", block=block)
        assert fingerprint(again) == usual


@pytest.mark.parametrize("timing", ["end", "middle"])
def test_twenty_years_with_many_changes_of_sign(timing: Timing) -> None:
    """The last of 16,385 trials stands alone in its block, or among all the others."""
    case = ut.read(UPS_AND_DOWNS.replace("timing: end", f"timing: {timing}"))
    together = ut.simulate(case, trials=16_385, sampling="random", block=20_000)
    assert set(irr(together.cash_by_year)[1].tolist()) == {0, 1, 2}
    for block in (1, 4096, 5000, 16_384):
        again = ut.simulate(case, trials=16_385, sampling="random", block=block)
        assert fingerprint(again) == fingerprint(together)


@pytest.mark.parametrize("timing", ["end", "middle"])
@pytest.mark.parametrize("years", [1, 5, 20])
def test_rates_of_any_group_of_flows(years: int, timing: Timing) -> None:
    """Parts of many sizes, every order, and single flows have the rates they have among all."""
    trials = 10_000 if years < 20 else 2000  # many changes of sign take their time
    flows = flows_of_all_kinds(years, trials)
    rates, roots = irr(flows, timing)
    for size in (17, 1000, 7777):
        for part in splits(500 if size == 17 else trials, size):
            some, counted = irr(flows[:, part], timing)
            assert some.tobytes() == rates[part].tobytes()
            assert counted.tobytes() == roots[part].tobytes()
    order = np.random.default_rng(3).permutation(trials)
    assert irr(flows[:, order], timing)[0].tobytes() == rates[order].tobytes()
    assert irr(np.asfortranarray(flows), timing)[0].tobytes() == rates.tobytes()


@pytest.mark.parametrize("years", [1, 5, 20])
def test_rates_of_single_flows(years: int) -> None:
    """A flow alone has the bits that it has among 10,000, as a column and as a plain list."""
    flows = flows_of_all_kinds(years, 10_000)
    rates, roots = irr(flows)
    for trial in range(0, 10_000, 61):
        as_column, counted = irr(flows[:, trial : trial + 1])
        alone, _ = irr(flows[:, trial].tolist())
        assert as_column.tobytes() == alone.tobytes() == rates[trial].tobytes()
        assert counted[0] == roots[trial]


def test_sums_over_years_add_one_year_after_another() -> None:
    """Forty years of one trial, of many, and in either memory order: as Python's own loop adds."""
    rows = np.random.default_rng(4).lognormal(0, 3, (40, 500))
    total = added(rows)
    for trial in range(500):
        by_hand = 0.0
        for amount in rows[:, trial].tolist():
            by_hand += amount
        assert added(rows[:, trial : trial + 1])[0] == added(rows[:, trial]) == by_hand
        assert total[trial] == by_hand
    assert added(np.asfortranarray(rows)).tobytes() == total.tobytes()


def test_other_measures_of_single_flows() -> None:
    """Return on investment and payback of forty years, alone and among many."""
    flows = np.random.default_rng(6).lognormal(0, 2, (41, 300))
    flows[0] = -flows[1:].sum(axis=0) / 2
    together = roi(flows, -flows[0]), payback(flows)
    for trial in range(300):
        one = flows[:, trial : trial + 1]
        assert roi(one, -one[0])[0] == together[0][trial]
        assert payback(one)[0] == together[1][trial]
