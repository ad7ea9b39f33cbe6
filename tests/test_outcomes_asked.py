"""A run that is asked for some outcomes finds these as any other run does, and nothing else."""

from pathlib import Path

import pytest

import utfall as ut
from reports.report import report_of
from simulator.engine.cash import OUTCOMES

PORTAL = Path(__file__).parents[1] / "configs" / "customer_portal.yaml"
TAXED = """
currency: SEK
years: 4
discount_rate: 7 %
delay: 1
timing: middle
tax: {rate: 20 %, depreciation_years: 3}
hurdle: 3 years discounted
inputs:
  price: lognormal(80 to 140)
  saved: pert(20, 50, 70)
investment: {Press: price}
benefits: {Saved: saved}
costs: {Care: 4}
"""


@pytest.fixture(params=["portal", "taxed"])
def case(request):
    """An example, and a case with tax, a delay and cash in the middle of the years."""
    return ut.load(PORTAL) if request.param == "portal" else ut.read(TAXED)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("sampling", ["sobol", "random"])
def test_every_figure_is_that_of_a_whole_run(case, keep, sampling):
    """Whatever is asked for together, statistics and intervals are the same to the last bit."""
    how = {"trials": 8_192, "keep": keep, "sampling": sampling}
    whole = ut.simulate(case, **how)
    alone = [(name,) for name in OUTCOMES]
    with_neighbours = zip(
        OUTCOMES, OUTCOMES[2:] + OUTCOMES[:2], OUTCOMES[5:] + OUTCOMES[:5], strict=True
    )
    for asked in [*alone, *with_neighbours]:
        found = ut.simulate(case, outcomes=asked, **how)
        assert set(found.outcomes) == set(asked) == set(found.asked)
        for name, outcome in found.outcomes.items():
            assert outcome.statistics() == whole.outcomes[name].statistics()


def test_rank_correlations_are_those_of_a_whole_run(case):
    """They need net present value and nothing else of the money."""
    whole = ut.simulate(case, trials=8_192)
    assert ut.simulate(case, trials=8_192, outcomes=["npv"]).rank_correlations == (
        whole.rank_correlations
    )


def test_data_hold_what_was_asked_for(case):
    """The keys of the contract are there, empty or null where nothing was asked for."""
    whole = ut.simulate(case, trials=4_096).to_dict()
    data = ut.simulate(case, trials=4_096, outcomes=["npv", "payback"]).to_dict()
    assert set(data) == set(whole)
    assert data["payback_chance"] == whole["payback_chance"]
    assert data["inputs"] == whole["inputs"]
    assert data["discounted_payback_chance"] == data["lines"] == {}
    assert data["cash"] == {"year": [], "mean": [], "p10": [], "p50": [], "p90": []}
    assert data["irr_share"] == {"unique": None, "none": None, "several": None}
    assert data["no_outlay_share"] is None


def test_draws_hold_what_was_asked_for(case):
    """The table of trials has the inputs and the outcomes that were asked for."""
    found = ut.simulate(case, trials=4_096, outcomes=["roi"])
    assert list(found.draws_frame()) == [*found.draws, "roi"]


def test_quantities_alone(case):
    """No outcome at all may be asked for, where quantities are shown."""
    found = ut.simulate(case, trials=4_096, outcomes=[], show=[next(iter(case.quantities))])
    assert found.outcomes == {}
    assert len(found.quantities) == 1


def test_what_was_not_asked_for_is_refused(case):
    """Reading more than was asked for says what to do, and is never an empty answer."""
    found = ut.simulate(case, trials=4_096, outcomes=["npv"])
    for read in (
        lambda: found.irr,
        lambda: found.hurdle_chance,
        lambda: found.payback_chances(),
        lambda: found.irr_share,
        lambda: found.no_outlay_share,
        lambda: ut.simulate(case, trials=4_096, outcomes=["irr"]).rank_correlations,
        lambda: found.payback_chance(2),
        lambda: found.never_chance(discounted=True),
        lambda: found.cash,
        lambda: found.roots,
        lambda: found.no_outlay,
        lambda: report_of(found),
    ):
        with pytest.raises(ut.RunError, match=r"only (npv|irr) was asked for\n.*outcomes="):
            read()


def test_a_precision_needs_its_own_outcome_alone(case):
    """Trials are doubled as in a whole run; without the outcome the precision is refused."""
    how = {"precision": "1 %", "sampling": "random"}
    needed = "discounted_payback" if case.hurdle.discounted else "payback"
    found = ut.simulate_to(case, outcomes=[needed], **how)
    assert found.hurdle_chance == ut.simulate_to(case, **how).hurdle_chance
    with pytest.raises(ut.RunError, match="only irr was asked for"):
        ut.simulate_to(case, outcomes=["irr"], **how)


def test_unknown_outcomes_are_refused(case):
    """A slip is answered by the nearest name, and a case without money has no outcome."""
    with pytest.raises(ut.RunError, match=r"`nvp` is not an outcome\n.*`npv`"):
        ut.simulate(case, outcomes=["nvp"])
    for wrong in ("npv", 5, [3]):
        with pytest.raises(ut.RunError, match="write a list of names"):
            ut.simulate(case, outcomes=wrong)
    with pytest.raises(ut.RunError, match="write a list of names"):
        ut.simulate(case, show="price")
    with pytest.raises(ut.RunError, match=r"is not a case\n.*load it first"):
        ut.simulate("customer_portal.yaml")
    with pytest.raises(ut.RunError, match="no npv, as the case has no money"):
        ut.simulate(ut.read("inputs: {a: 1 to 2}\noutputs: [a]"), outcomes=["npv"])
