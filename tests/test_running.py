"""The engine's own way through a block of cash: bit for bit what the public measures say."""

from __future__ import annotations

import numpy as np
import pytest

import utfall as ut
from distributions.room import Room, ThreadRoom
from simulator.engine import valuation
from simulator.engine.cash import OUTCOMES, valued
from simulator.engine.compile import compile_case
from simulator.engine.program import Machine
from simulator.engine.running import follow

TRIALS = 3000


def flows_of_all_kinds(years: int) -> np.ndarray:
    """Smooth flows, whole tenths that cancel but for rounding, and flows with nothing in them."""
    rng = np.random.default_rng(years)
    flows = rng.normal(size=(years + 1, TRIALS))
    flows[0] -= 1
    tenths = slice(TRIALS // 3, 2 * TRIALS // 3)
    flows[:, tenths] = rng.integers(-3, 4, flows[:, tenths].shape) / 10
    flows[:, tenths][0] = -np.abs(flows[1:, tenths]).sum(axis=0)
    if years:
        equal = slice(TRIALS // 2, 2 * TRIALS // 3)
        flows[1:, equal] = flows[1, equal]
        flows[0, equal] = -years * flows[1, equal]
    flows[:, ::50] = 0.0
    flows[:, 1::50] = np.abs(flows[:, 1::50])
    return flows


@pytest.mark.parametrize("delay", [0, 2])
@pytest.mark.parametrize("years", [0, 1, 3, 5, 7, 20])
def test_following_a_total_tells_what_the_public_measures_tell(years: int, delay: int) -> None:
    """All four measures and the sum, for money that starts at once or comes later."""
    flows = flows_of_all_kinds(years)
    late = np.concatenate([np.zeros((delay, TRIALS)), flows])
    expected = valuation.paid_back(late)
    for most in (np.abs(flows).sum(axis=0).max() * (1 + 1e-9), 1e6, 1e300):
        years_back, lowest = np.full(TRIALS, 7.0), np.full(TRIALS, 7.0)
        found = follow(flows, most, years_back, lowest, first=delay)
        assert years_back.tobytes() == expected.payback.tobytes()
        np.testing.assert_array_equal(0.0 - lowest, expected.peak_funding)
        np.testing.assert_array_equal(~found.ever_below, expected.no_outlay)
        np.testing.assert_array_equal(found.total, valuation.added(late))
        assert found.again == np.count_nonzero(expected.crossings > 1)


def test_one_trial_is_followed_as_among_others() -> None:
    """No bit of it depends on the largest flow of its block."""
    flows = flows_of_all_kinds(6)
    together = np.empty(TRIALS)
    follow(flows, 1e5, together)
    for trial in range(0, TRIALS, 7):
        alone = np.empty(1)
        follow(flows[:, [trial]], float(np.abs(flows[:, trial]).sum()), alone)
        assert alone.tobytes() == together[trial].tobytes()


TAXED = """\
case: Everything at once
years: 4
discount_rate: rate
timing: middle
delay: 2
tax:
  rate: 20 %
  depreciation_years: 3
inputs:
  rate: triangular(-2 %, 8 %, 15 %)
  build: 100 to 300
  gain: each_year(10 to 150)
  fee: 1 to 20
investment:
  Build: build
  Permit: 5
benefits:
  Gain: gain
  Rent: 12
costs:
  Fee: fee
  Care: 3
  Clearing: if(year == 4, 2 * fee, 0)
"""
CASES = {
    "taxed, late, mid-year": TAXED,
    "plain": TAXED.replace(
        "timing: middle\ndelay: 2\ntax:\n  rate: 20 %\n  depreciation_years: 3\n", ""
    ),
    "certain rate": TAXED.replace("triangular(-2 %, 8 %, 15 %)", "9 %"),
}


@pytest.mark.parametrize("name", CASES)
def test_outcomes_are_those_of_the_cash_by_the_public_measures(name: str) -> None:
    """Of every trial, from its cash by year and its rate alone."""
    case = ut.read(CASES[name])
    result = ut.simulate(case, trials=2048, sampling="random", show=["rate"])
    cash, late = np.ascontiguousarray(result.cash_by_year), case.delay
    rate = result.quantities["rate"].values
    own = cash[late:]
    factors = valuation.discount_factors(len(own) - 1, rate, case.timing)
    discounted = own * factors
    if late:
        assert not cash[:late].any()
        discounted *= (1 + rate) ** -float(late)
    values = {outcome: found.values for outcome, found in result.outcomes.items()}
    paid = valuation.paid_back(cash)
    irr, roots = valuation.irr(own, case.timing)
    investment = -own[0]
    expected = {
        "npv": valuation.added(discounted),
        "irr": irr,
        "roi": valuation.roi(own, investment),
        "payback": paid.payback,
        "discounted_payback": valuation.payback(
            np.concatenate([np.zeros((late, len(rate))), discounted])
        ),
        "peak_funding": paid.peak_funding,
    }
    for outcome, exact in expected.items():
        np.testing.assert_array_equal(values[outcome], exact, err_msg=outcome)
    np.testing.assert_array_equal(result.roots, roots)
    np.testing.assert_array_equal(result.no_outlay, paid.no_outlay)


def test_lines_add_up_to_the_value_and_to_the_costs() -> None:
    """Present values of lines, signed: all of them are the value, those spent are the costs."""
    result = ut.simulate(ut.read(TAXED), trials=2048, sampling="random")
    lines = {name: line.present_value.values for name, line in result.lines.items()}
    np.testing.assert_allclose(sum(lines.values()), result.npv.values, rtol=1e-11, atol=1e-9)
    spent = -sum(lines[name] for name in ("Build", "Permit", "Fee", "Care", "Clearing"))
    gain = result.npv.values / spent
    np.testing.assert_allclose(result.outcomes["roi_discounted"].values, gain, rtol=1e-13)
    index = 1 + result.npv.values / -(lines["Build"] + lines["Permit"])
    np.testing.assert_allclose(result.outcomes["profitability_index"].values, index, rtol=1e-13)


def test_a_room_used_again_gives_the_same_values() -> None:
    """Block after block in the same vectors, and in vectors of its own."""
    program = compile_case(ut.read(TAXED))
    nodes = [node for line in program.lines for node in line.nodes]
    nodes += [node for node in (program.discount_rate, program.tax_rate) if node is not None]
    machine = Machine(program, tuple(dict.fromkeys(nodes)), 500)
    room = Room()
    for size, seed in ((500, 1), (500, 2), (77, 3)):
        rng = np.random.default_rng(seed)
        drawn = {(d.source.series, d.year): rng.random(size) for d in program.graph.draws.values()}
        values = machine.run(drawn, size)
        fresh, again = valued(program, values), valued(program, values, room=room)
        assert set(fresh.outcomes) == set(OUTCOMES)
        assert fresh.cash.tobytes() == again.cash.tobytes()
        for name, outcome in fresh.outcomes.items():
            assert outcome.tobytes() == again.outcomes[name].tobytes()
        for name, present in fresh.present_values.items():
            assert present.tobytes() == again.present_values[name].tobytes()
    assert valued(program, values, room=room).cash is again.cash


def test_rooms_of_threads_are_their_own() -> None:
    """Two threads never write into the same vector."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    room, both = ThreadRoom(), Barrier(2)

    def address() -> int:
        both.wait()  # else one thread may do both jobs
        return room.floats("total", 10).__array_interface__["data"][0]

    with ThreadPoolExecutor(2) as pool:
        found = {job.result() for job in [pool.submit(address), pool.submit(address)]}
    assert len(found) == 2
