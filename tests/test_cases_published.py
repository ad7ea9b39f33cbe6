"""Published and exact cases, run through the front door and held to their tolerances.

`cases_answers.json` holds the answers, `cases_table` where each is found.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from cases_readings import simulated
from cases_table import LATER, NEVER, ORDER, OTOBAI_ENDS, OTOBAI_RANGES, ROWS, Row

import utfall as ut

HERE = Path(__file__).parent
ANSWERS = json.loads((HERE / "cases_answers.json").read_text(encoding="utf-8"))["cases"]
SAMPLINGS = ("sobol", "latin", "random")
DRAWS = 100_000  # what the tolerances are meant for
FEW = 64  # for a case in which nothing is uncertain


def runs_of(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """Each row with each way of drawing, rows of one run next to each other."""
    pairs = [
        (row, sampling)
        for row in rows
        for sampling in (SAMPLINGS if row.sampled else SAMPLINGS[:1])
    ]
    return sorted(pairs, key=lambda pair: (pair[0].file, pair[0].sampled, pair[1]))


@pytest.mark.parametrize(
    ("row", "sampling"),
    runs_of(ROWS),
    ids=lambda value: f"{value.file}-{value.answer}" if isinstance(value, Row) else value,
)
def test_a_case_gives_the_published_or_exact_answer(row, sampling):
    """It lies within the tolerance given with the case, narrowed where there are more draws."""
    answer = ANSWERS[row.case]["outputs"][row.answer]
    tolerance = answer["tolerance"]
    this = simulated(row.file, sampling, DRAWS if row.sampled else FEW)
    if row.sampled and tolerance > 1e-6:  # a smaller one allows for rounding, not for chance
        assert this.result.trials >= DRAWS
        tolerance *= (DRAWS / this.result.trials) ** 0.5
    assert row.read(this) == pytest.approx(answer["value"], rel=0, abs=tolerance)


def test_the_bars_of_otobai_come_in_the_published_order():
    """Market share swings the value most, market size least."""
    short = {name: short for short, (name, *_) in OTOBAI_ENDS.items()}
    case = simulated("otobai_tornado", "sobol", FEW).case
    rows = ut.tornado(case, outcome="npv", ranges=OTOBAI_RANGES).rows
    assert [short[row.name] for row in rows] == ANSWERS["otobai_tornado"]["outputs"][ORDER]["order"]


def test_an_oil_pump_with_two_internal_rates_is_said_to_have_several():
    """Neither 25 % nor 400 % is silently chosen."""
    result = simulated("irr_pathologies_pump", "sobol", FEW).result
    assert result.irr_share == {"unique": 0, "none": 0, "several": 1}
    assert result.irr.mean is None
    assert result.irr.undefined_share == 1


@pytest.mark.parametrize("file", ["none", "no_outlay", "nothing"])
def test_a_flow_without_an_internal_rate_is_said_to_have_none(file):
    """1000, -3000, 2500 and receipts alone have none; of no flow at all every rate is one."""
    result = simulated(f"irr_pathologies_{file}", "sobol", FEW).result
    assert result.irr_share == {"unique": 0, "none": 1, "several": 0}
    assert result.irr.mean is None


def test_money_that_is_never_at_risk_is_told_apart():
    """Cumulated cash below zero in no year: payback 0, and the share of such trials is stated."""
    result = simulated("irr_pathologies_no_outlay", "sobol", FEW).result
    assert result.no_outlay_share == 1
    assert np.all(result.payback.values == 0)
    assert np.all(result.peak_funding.values == 0)


def test_doing_nothing_has_no_payback():
    """0, 0, 0 is neither paid back at once nor never: there is nothing to pay back."""
    result = simulated("irr_pathologies_nothing", "sobol", FEW).result
    assert result.payback.undefined_share == 1
    assert result.payback_chance(1).value is None
    assert result.never_chance().value is None
    assert result.npv.mean == 0


def test_the_value_without_an_internal_rate_is_positive_at_every_rate():
    """1000 - 3000 v + 2500 v**2 is least at v = 0.6, a rate of two thirds, where it is 100."""
    flow = simulated("irr_pathologies_none", "sobol", FEW).flow
    rates = np.linspace(-0.9, 20, 20_901)
    values = ut.npv(np.repeat(flow[:, None], rates.size, axis=1), rates)
    assert values.min() == pytest.approx(100, abs=1e-3)
    assert rates[values.argmin()] == pytest.approx(2 / 3, abs=1e-3)


@pytest.mark.parametrize("discounted", [False, True])
def test_payback_of_the_portal_is_the_state_at_the_end_of_the_year(discounted):
    """The reference asks whether money is back at the end of year T; Utfall, whether for good.

    In this case the two agree in every trial: once back, it never falls below zero again.
    """
    result = simulated("portal_reference", "sobol", DRAWS).result
    rate = 0.08 if discounted else 0.0
    factors = (1 + rate) ** -np.arange(6.0)
    totals = np.cumsum(result.cash_by_year * factors[:, None], axis=0)
    payback = result.discounted_payback if discounted else result.payback
    for year in range(1, 6):
        assert np.mean(payback.values <= year) == np.mean(totals[year] >= 0)


def test_every_answer_is_tested_or_has_a_reason():
    """Nothing is skipped in silence, nothing is both tested and excused."""
    answers = {(case, name) for case, known in ANSWERS.items() for name in known["outputs"]}
    tested = {(row.case, row.answer) for row in ROWS} | {("otobai_tornado", ORDER)}
    excused = [
        (case, name) for part in (LATER, NEVER) for case, why in part.items() for name in why
    ]
    assert len(excused) == len(set(excused))
    assert not tested & set(excused)
    assert tested | set(excused) == answers


def test_every_case_file_is_used():
    """A file that no test reads proves nothing; the domain and comparisons have their own tests."""
    used = {row.file for row in ROWS}
    used |= {f"irr_pathologies_{file}" for file in ("no_outlay", "nothing")}
    files = {path.stem for path in (HERE / "cases").glob("*.yaml")}
    assert {file for file in files if not file.startswith(("domain_", "compare_"))} == used
