"""Every example runs, agrees with a year worked by hand, and counts no benefit twice."""

from dataclasses import replace
from pathlib import Path

import hand_worked_years
import numpy as np
import pytest
from hand_worked_years import WORKED

import utfall as ut

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.stem for path in (ROOT / "configs").glob("*.yaml") if path.stem != "compare")
"""Every example of one case; compare.yaml puts some of them side by side."""
REAL = [name for name in EXAMPLES if name != "blank"]

# The inputs that say what a measure does. Without them it does nothing.
EFFECTS = {
    "customer_portal": ["extra_wins", "churn_avoided", "upsell", "hours_saved"],
    "crm": ["capacity_gain", "neglect_avoided"],
    "cx_programme": ["nps_gain", "contacts_avoided"],
    "capacity": ["work_cut", "thinner_service"],
    "customer_profitability": [
        "key_churn_avoided",
        "regular_churn_avoided",
        "regular_cost_cut",
        "small_churn_added",
        "small_cost_cut",
    ],
    "blank": ["effect"],
}


def example(name: str) -> ut.Case:
    """The case as shipped."""
    return ut.load(ROOT / "configs" / f"{name}.yaml")


def with_known(name: str, **known: float | str) -> ut.Case:
    """The case with some inputs replaced, which then depend on no other input any more."""
    case = example(name).with_inputs(**known)
    kept = tuple(link for link in case.dependence if not known.keys() & set(link.between))
    return replace(case, dependence=kept)


def of_years(case: ut.Case, quantity: float | np.ndarray) -> np.ndarray:
    """A quantity of the median future in years 1, 2, ...: a stock without its start."""
    return np.broadcast_to(np.ravel(quantity)[-case.years :], case.years)


def lines_changed(name: str, **changes: float) -> set[str]:
    """The lines that are different when some inputs change and all others stay at their median."""
    before = ut.base_case(example(name)).lines
    after = ut.base_case(with_known(name, **changes)).lines
    return {label for label in before if not np.array_equal(before[label], after[label])}


def test_every_example_has_a_year_worked_by_hand():
    """Nobody adds an example without its arithmetic."""
    assert sorted(WORKED) == EXAMPLES
    assert sorted(EFFECTS) == EXAMPLES


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_agrees_with_the_year_worked_by_hand(name):
    """Every line, the tax, the net cash and the stocks behind them, all inputs at their medians."""
    worked = WORKED[name]()
    case = example(name)
    base = ut.base_case(case)
    for label, amount in worked.paid_in_year_0.items():
        assert base.lines[label][0] == pytest.approx(amount, rel=1e-9), label
    for label, amount in (worked.benefits | worked.costs).items():
        assert base.lines[label][worked.year] == pytest.approx(amount, rel=1e-9), label
    for name_of, amount in worked.quantities.items():
        value = of_years(case, base.quantities[name_of])[worked.year - 1]
        assert value == pytest.approx(amount, rel=1e-9), name_of
    assert base.cash[worked.year] == pytest.approx(worked.cash, rel=1e-9)
    assert base.cash[0] == pytest.approx(-sum(worked.paid_in_year_0.values()), rel=1e-9)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_worked_year_names_every_line_of_its_case(name):
    """A line added to an example is missing from the hand-worked year until it is worked out."""
    case, worked = example(name), WORKED[name]()
    assert set(worked.paid_in_year_0) == set(case.investment)
    assert set(worked.benefits) == set(case.benefits)
    assert set(worked.costs) == set(case.costs)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_left_in_a_worked_year_is_the_sum_of_its_lines(name):
    """The hand-worked net cash forgets no line either."""
    worked = WORKED[name]()
    left = sum(worked.benefits.values()) - sum(worked.costs.values()) - worked.tax
    assert worked.cash == pytest.approx(left, rel=1e-12)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_printed_sheet_shows_every_step(name):
    """A step on two lines of code would be left out of the table without a word."""
    steps = WORKED[name]().steps
    sheet = hand_worked_years.sheet(name, WORKED[name])
    rows = [row for row in sheet.splitlines() if row.startswith("| ") and "Arithmetic" not in row]
    assert len(rows) == len(steps)


def test_the_page_of_worked_years_is_up_to_date():
    """docs/worked_years.md shows the arithmetic that the tests check."""
    page = (ROOT / "docs" / "worked_years.md").read_text(encoding="utf-8")
    assert page == hand_worked_years.document(), "run: python tests/hand_worked_years.py"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_input_says_where_it_comes_from(name):
    """Unit and source everywhere, and in the real examples who answers for the figure."""
    for entry in example(name).inputs.values():
        assert entry.unit, entry.name
        assert entry.source or entry.note, entry.name
        assert entry.owner or name == "blank", entry.name


def test_inputs_of_the_same_name_mean_the_same_in_all_examples():
    """The examples are choices of one company and can be compared without further ado."""
    seen = {}
    for name in REAL:
        for entry in example(name).inputs.values():
            said = (str(entry), entry.unit, entry.label, entry.source)
            assert seen.setdefault(entry.name, said) == said, f"{name}: {entry.name}"
    assert {"customers", "margin", "churn", "new_customers", "employee_cost"} <= set(seen)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_and_its_lines_make_up_its_value(name):
    """1,024 trials; the present values of all lines add up to NPV in every one of them."""
    result = ut.simulate(example(name), trials=1_024, seed=1)
    assert result.trials == 1_024
    assert np.isfinite(result.npv.values).all()
    total = sum(line.present_value.values for line in result.lines.values())
    np.testing.assert_allclose(total, result.npv.values, rtol=1e-9, atol=1e-3)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_example_is_a_foregone_conclusion(name):
    """The chance of paying back in time lies between one and four in five: a real decision."""
    chance = ut.simulate(example(name), trials=4_096, seed=1).hurdle_chance
    assert 0.2 < chance.low < chance.high < 0.8


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_measure_without_effect_brings_nothing(name):
    """With every effect at zero all benefits are zero in every trial, and only the costs remain."""
    case = with_known(name, **dict.fromkeys(EFFECTS[name], 0))
    result = ut.simulate(case, trials=1_024, seed=1)
    for line in result.lines.values():
        if line.section == "benefits":
            assert not line.present_value.values.any(), line.name
    assert (result.npv.values < 0).all()


@pytest.mark.parametrize(
    ("name", "effect", "value", "lines"),
    [
        ("customer_portal", "upsell", 0.03, {"More sales to existing customers"}),
        ("customer_portal", "hours_saved", 5, {"Less administration"}),
        (
            "crm",
            "capacity_gain",
            0.12,
            {"Salaries of hires avoided", "Recruitment avoided", "Licences"},
        ),
        ("crm", "neglect_avoided", 0.5, {"Fewer lost customers", "Attempts to keep customers"}),
        ("cx_programme", "cross_sell", 0.001, {"Cross-sell and upsell"}),
        ("cx_programme", "contacts_avoided", 0.2, {"Lower support cost"}),
        ("capacity", "work_cut", 0.15, {"Salaries of hires avoided", "Recruitment avoided"}),
        ("capacity", "thinner_service", 0.005, {"Customers lost to thinner service"}),
        ("customer_profitability", "key_churn_avoided", 0.3, {"Key accounts, fewer lost"}),
        ("customer_profitability", "small_cost_cut", 0.3, {"Small, cheaper to serve"}),
    ],
)
def test_an_effect_is_counted_once(name, effect, value, lines):
    """An effect moves its own benefit, and at most what that benefit costs."""
    assert lines_changed(name, **{effect: value}) == lines


@pytest.mark.parametrize("name", ["customer_portal", "crm", "cx_programme"])
def test_a_higher_margin_never_lowers_the_value(name):
    """These measures only add customers, so that in no trial a better margin is bad news."""
    low, high = (
        ut.simulate(with_known(name, margin=margin, **no_setback(name)), trials=1_024, seed=1)
        for margin in (14_000, 22_000)
    )
    assert (high.npv.values >= low.npv.values - 1e-6).all()
    assert high.npv.mean > low.npv.mean


def no_setback(name: str) -> dict[str, str]:
    """The customer-experience programme may lower NPS, and then loses customers."""
    return {"nps_gain": "1 to 16"} if name == "cx_programme" else {}


def test_a_higher_margin_makes_lost_customers_dearer():
    """Where cutting work may cost customers, a better margin is never good news."""
    low, high = (
        ut.simulate(with_known("capacity", margin=margin), trials=1_024, seed=1)
        for margin in (14_000, 22_000)
    )
    assert (high.npv.values <= low.npv.values + 1e-6).all()
    assert high.npv.mean < low.npv.mean


def test_won_and_kept_customers_of_the_portal_make_up_the_whole_difference():
    """Two lines, but every customer more than without the portal is in exactly one of them."""
    case = example("customer_portal")
    base = ut.base_case(case)
    lines = base.lines["More new customers"] + base.lines["Fewer lost customers"]
    more = of_years(case, base.quantities["customers_with"]) - of_years(
        case, base.quantities["customers_without"]
    )
    np.testing.assert_allclose(lines[1:], 18_000 * more, rtol=1e-9)


@pytest.mark.parametrize(("share", "line"), [(0, "Advertising saved"), (1, "Referred customers")])
def test_a_referred_customer_either_saves_advertising_or_adds_to_the_customers(share, line):
    """Whoever replaces a bought customer is not one more, and the other way round."""
    case = with_known("cx_programme", replaces_advertising=share)
    assert not ut.base_case(case).lines[line].any()


@pytest.mark.parametrize("link", [0, 0.02])
def test_nps_keeps_customers_only_through_the_link(link):
    """However much NPS rises, without a link to churn nobody stays longer."""
    case = with_known("cx_programme", nps_gain=15, churn_link=link)
    kept = ut.base_case(case).lines["Fewer lost customers"][1:]
    assert (kept > 0).all() if link else not kept.any()


def test_six_hundred_customers_need_fourteen_employees():
    """Steady customers need no hire: rounding up 14.000000000000002 must not give 15."""
    steady = {"churn": "0 %", "new_customers": 0}
    crm = ut.base_case(with_known("crm", **steady))
    assert not crm.quantities["hires_without"].any()
    capacity = ut.base_case(with_known("capacity", **steady))
    np.testing.assert_array_equal(capacity.quantities["needed_without"], 14)


def test_what_each_segment_brings_adds_up_to_the_value_before_tax():
    """The three segments share the whole case among them, leaving out and doubling nothing."""
    case = example("customer_profitability")
    base = ut.base_case(case)
    worth = sum(base.quantities[f"worth_{name}"] for name in ("key", "regular", "small"))
    signs = {label: 1 if label in case.benefits else -1 for label in base.lines}
    before_tax = sum(signs[label] * amounts for label, amounts in base.lines.items())
    paid_after = np.array([0, 0.5, 1.5, 2.5, 3.5, 4.5])  # timing: middle
    assert worth == pytest.approx(np.sum(before_tax / 1.09**paid_after), rel=1e-9)


def test_losing_an_unprofitable_customer_is_a_gain_only_if_its_cost_goes_away():
    """A small customer costs more than it brings, but not if most of the cost stays behind."""
    gain, loss = (
        ut.base_case(with_known("customer_profitability", avoidable=share)) for share in (0.9, 0.4)
    )
    assert (gain.lines["Small, more lost"][1:] > 0).all()
    assert (loss.lines["Small, more lost"][1:] < 0).all()
    for base in (gain, loss):
        assert base.quantities["small_profit"] < 0
