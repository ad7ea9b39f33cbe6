"""What formulas and the words of time mean, each against numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

import utfall as ut


def worth(formula: str, *, years: int = 5, **inputs: str) -> float | list[float]:
    """The value of one formula, by year where it differs by year."""
    rows = "\n".join(f"  {name}: {text}" for name, text in inputs.items())
    text = f"years: {years}\ndiscount_rate: 10 %\nstart: 2026\n"
    text += (
        f"inputs:\n{rows}\n" if inputs else ""
    ) + f"calculations:\n  x: {formula}\noutputs: [x]\n"
    found = ut.base_case(ut.read(text)).quantities["x"]
    return found if isinstance(found, float) else found.tolist()


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("-2 ** 2", -4.0), ("2 ** 3 ** 2", 512.0), ("2 ** -1", 0.5), ("7 / 2", 3.5),
        ("1 < 2", 1.0), ("1 >= 2", 0.0), ("not 0", 1.0), ("not 3", 0.0), ("2 and 0", 0.0),
        ("0 or 5", 1.0), ("1 == 1 and 2 != 3", 1.0), ("not 1 == 2", 1.0),
        ("if(1 > 2, 5, 7)", 7.0), ("if(0, 1 / 0, 7)", 7.0), ("min(3, 1, 2)", 1.0),
        ("max(3, 1, 2)", 3.0), ("min(4)", 4.0), ("abs(-3)", 3.0), ("exp(0)", 1.0), ("log(1)", 0.0),
        ("sqrt(9)", 3.0), ("round(2.5)", 3.0), ("round(-2.5)", -3.0), ("round(2.4999)", 2.0),
        ("round(0.49999999999999994)", 0.0), ("round(2.49999999999)", 2.0), ("ceil(1e-10)", 1.0),
        ("floor(2.9)", 2.0), ("ceil(2.1)", 3.0), ("floor(-2.1)", -3.0),
        ("ceil(600 / (600 / 14))", 14.0), ("floor(0.1 * 3 / 0.1)", 3.0),
        ("clip(12, low=0, high=10)", 10.0),
    ],
)  # fmt: skip
def test_constant_formulas(formula: str, expected: float) -> None:
    """Precedence, truth as 1 or 0, rounding that snaps to whole numbers first."""
    assert worth(formula) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("year", [1, 2, 3, 4, 5]),
        ("calendar_year", [2027, 2028, 2029, 2030, 2031]),
        ("ramp(30 %, 70 %, 100 %)", [0.3, 0.7, 1, 1, 1]),
        ("growth(2 %)", [1.02**t for t in range(5)]),
        ("s_curve(1, 3, 2, 4)", [1 + 2 / (1 + np.exp(-4 * (t - 2))) for t in range(1, 6)]),
        ("from_year(3, 7)", [0, 0, 7, 7, 7]),
        ("until_year(2, 7)", [7, 7, 0, 0, 0]),
        ("at_year(3, 7)", [0, 0, 7, 0, 0]),
        ("at_year(2.5, 7)", [0, 0, 7, 0, 0]),
        ("at_year(1, 3) + at_year(2, 4)", [3, 4, 0, 0, 0]),
        ("delay(year, 1)", [0, 1, 2, 3, 4]),
        ("delay(year * 10, 1.25)", [0, 7.5, 17.5, 27.5, 37.5]),
        ("delay(year, 0)", [1, 2, 3, 4, 5]),
        ("delay(5, 0.5)", [2.5, 5, 5, 5, 5]),
        ("cohort(100, 10 %)", [100, 190, 271, 343.9, 409.51]),
        ("cumulative(year)", [1, 3, 6, 10, 15]),
        ("cumulative(2)", [2, 4, 6, 8, 10]),
    ],
)  # fmt: skip
def test_words_of_time(formula: str, expected: list[float]) -> None:
    """Year by year, from year 1."""
    assert worth(formula) == pytest.approx(expected, rel=1e-12)


def test_sums_over_all_years_are_one_figure() -> None:
    """A yearly quantity summed, and its present value at the case's rate."""
    assert worth("sum_over_years(year)") == 15.0
    assert worth("sum_over_years(2)") == 10.0
    assert worth("discounted(100)", years=2) == pytest.approx(100 / 1.1 + 100 / 1.21)


def test_stocks_and_last_year() -> None:
    """A stock begins with `start` in year 0; last_year of anything else begins with 0."""
    case = ut.read(
        """\
years: 3
calculations:
  customers: {start: 100, next: previous * 0.9 + joining}
  joining: 10 * year
  before: last_year(customers)
  joined_before: last_year(joining)
outputs: [customers, before, joined_before]
"""
    )
    found = ut.base_case(case).quantities
    assert found["customers"] == pytest.approx([100, 100, 110, 129])
    assert found["before"] == pytest.approx([100, 100, 110])
    assert found["joined_before"] == pytest.approx([0, 10, 20])


def test_a_circle_through_last_year_is_computed_year_by_year() -> None:
    """Two stocks that feed each other, against the same loop in plain Python."""
    case = ut.read(
        """\
years: 4
calculations:
  staff:
    start: 10
    next: max(previous, ceil(last_year(customers) / 50))
  customers:
    start: 480
    next: previous + 5 * staff
  served: customers / staff
outputs: [served]
"""
    )
    staff, customers, served = 10.0, 480.0, []
    for _ in range(4):
        staff = max(staff, float(np.ceil(customers / 50)))
        customers += 5 * staff
        served.append(customers / staff)
    assert ut.base_case(case).quantities["served"] == pytest.approx(served, rel=1e-12)


def test_investment_sees_year_0() -> None:
    """`year` is 0 there, and a stock its start."""
    case = ut.read(
        """\
years: 2
discount_rate: 0 %
calculations:
  stock: {start: 7, next: previous + 1}
investment:
  A: stock + year
benefits:
  B: stock
"""
    )
    assert ut.base_case(case).cash.tolist() == [-7.0, 8.0, 9.0]


def test_an_uncertain_delay_moves_each_trial_by_its_own() -> None:
    """(1 - f) x_{t-k} + f x_{t-k-1} with d = k + f, x being 0 before year 1."""
    case = ut.read(
        """\
years: 4
inputs: {d: "uniform(0, 3)"}
calculations: {x: "delay(year * 10, d)"}
outputs: [x]
"""
    )
    result = ut.simulate(case, trials=512)
    d = result.draws["d"]
    whole, part = np.floor(d), d - np.floor(d)
    for t, outcome in enumerate(result.quantities["x"], start=1):
        now = np.where(t - whole >= 1, 10 * (t - whole), 0)
        before = np.where(t - whole - 1 >= 1, 10 * (t - whole - 1), 0)
        expected = (1 - part) * now + part * before
        np.testing.assert_allclose(outcome.values, expected, rtol=1e-12, atol=1e-12)


def test_a_reused_quantity_is_one_draw() -> None:
    """The trap of a variable drawn twice: a - a is 0, in every trial."""
    case = ut.read("inputs: {a: 5 to 40}\ncalculations: {x: a - a}\noutputs: [x]")
    result = ut.simulate(case, trials=512)
    assert not result.quantities["x"].values.any()


def test_two_estimates_written_alike_are_two_draws() -> None:
    """Only a name is one draw; the variance of the difference is twice that of one."""
    case = ut.read("calculations:\n  x: normal(0, 1) - normal(0, 1)\noutputs: [x]")
    low, high = ut.simulate(case, trials=65_536).quantities["x"].interval("sd", level=0.9999)
    assert low <= np.sqrt(2) <= high


def test_a_belief_stays_the_same_in_all_years_unless_each_year_is_written() -> None:
    """The sum of five years: five times one draw, or five draws."""
    case = ut.read(
        """\
years: 5
inputs:
  same: normal(10, 2)
  new: each_year(normal(10, 2))
calculations:
  total_same: sum_over_years(same)
  total_new: sum_over_years(new)
outputs: [total_same, total_new]
"""
    )
    result = ut.simulate(case, trials=65_536)
    low, high = result.quantities["total_same"].interval("sd", level=0.9999)
    assert low <= 10 <= high
    low, high = result.quantities["total_new"].interval("sd", level=0.9999)
    assert low <= 2 * np.sqrt(5) <= high
    assert result.draws["new"].shape == (5, 65_536)


def test_persistence_is_the_correlation_of_scores_from_year_to_year() -> None:
    """AR(1): correlation 0.6 with next year, 0.36 with the one after, the spread unchanged."""
    case = ut.read(
        "years: 3\ninputs: {x: 'each_year(normal(0, 1), persistence=0.6)'}\noutputs: [x]"
    )
    draws = ut.simulate(case, trials=65_536, sampling="random").draws["x"]
    error = 4 / np.sqrt(65_536)
    found = np.corrcoef(draws)
    assert abs(found[0, 1] - 0.6) < error
    assert abs(found[1, 2] - 0.6) < error
    assert abs(found[0, 2] - 0.36) < error
    np.testing.assert_allclose(draws.std(axis=1), 1, atol=error)


def test_an_estimate_may_have_uncertain_parameters() -> None:
    """Wins of 40 tenders at an uncertain rate: beta-binomial mean and variance."""
    case = ut.read("inputs: {rate: 'beta(4, 6)', wins: 'binomial(40, rate)'}\noutputs: [wins]")
    wins = ut.simulate(case, trials=65_536).quantities["wins"]
    n, a, b = 40, 4, 6
    low, high = wins.interval("mean", level=0.9999)
    assert low <= n * a / (a + b) <= high
    variance = n * a * b * (a + b + n) / ((a + b) ** 2 * (a + b + 1))
    low, high = wins.interval("sd", level=0.9999)
    assert low <= np.sqrt(variance) <= high


def test_a_state_dependent_redraw() -> None:
    """Each year a binomial share of last year's customers leaves: mean 1000 * 0.9 ** t."""
    case = ut.read(
        """\
years: 3
calculations:
  lost: each_year(binomial(last_year(customers), 10 %))
  customers: {start: 1000, next: previous - lost}
outputs: [customers]
"""
    )
    result = ut.simulate(case, trials=65_536)
    last = result.quantities["customers"][3]
    low, high = last.interval("mean", level=0.9999)
    assert low <= 729 <= high
    variance = 1000 * 0.729 * (1 - 0.729)
    low, high = last.interval("sd", level=0.9999)
    assert low <= np.sqrt(variance) <= high


def test_the_internal_rate_of_return_follows_the_timing() -> None:
    """With cash in the middle of the years it is the rate at which that net present value is 0."""
    text = (
        "years: 2\ndiscount_rate: {}\ntiming: middle\ninvestment: {{A: 100}}\nbenefits: {{B: 60}}"
    )
    rate = ut.base_case(ut.read(text.format("10 %"))).outcomes["irr"]
    assert abs(-100 + 60 * (1 + rate) ** -0.5 + 60 * (1 + rate) ** -1.5) < 1e-10
    assert ut.base_case(ut.read(text.format(repr(float(rate))))).npv == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("word", ["growth(3 %)", "until_year(2, 3)", "ramp(1, 2)", "cohort(1, 0)"])
def test_words_of_time_have_no_value_in_year_0(word: str) -> None:
    """So they cannot stand under `investment`, directly or through a calculation."""
    text = "years: 2\ndiscount_rate: 0 %\n"
    for case in (
        f"{text}investment:\n  A: 10 * {word}\n",
        f"{text}calculations:\n  x: {word}\ninvestment:\n  A: 10 * x\n",
    ):
        with pytest.raises(ut.CaseError, match="year"):
            ut.read(case)
