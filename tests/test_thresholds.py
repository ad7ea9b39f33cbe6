"""Switching values equal those solved by hand; several crossings, none, and pairs of cases."""

import math

import pytest
from printing import result_of
from scipy.stats import norm

import utfall as ut

HEAD = "years: 1\ndiscount_rate: 0 %\n"


def read(inputs: str, benefit: str, outlay: str = "20") -> ut.Case:
    """A case of one year at 0 %: an outlay, and a benefit computed from some inputs."""
    return ut.read(
        f"{HEAD}inputs:\n{inputs}investment: {{A: {outlay}}}\nbenefits:\n  B: {benefit}\n"
    )


def test_a_linear_case_turns_where_algebra_says():
    """20 = price * 4 at the median of the amount, and 20 = 10 * amount at that of the price."""
    case = read("  price: uniform(0, 20)\n  amount: uniform(0, 8)\n", "price * amount")
    found = {row.name: row for row in ut.thresholds(case).rows}
    assert ut.thresholds(case).base_value == 20.0
    assert found["price"].value == pytest.approx(5.0, rel=1e-12)
    assert found["amount"].value == pytest.approx(2.0, rel=1e-12)
    assert found["price"].side == found["amount"].side == "below"
    assert found["price"].chance.value == pytest.approx(0.25, rel=1e-12)
    assert found["amount"].chance.value == pytest.approx(0.25, rel=1e-12)


def test_the_chance_is_that_of_the_distribution():
    """P(X < 20) of a normal estimate in closed form, without any trial."""
    row = ut.thresholds(read("  x: normal(30, 6)\n", "x")).rows[0]
    assert row.value == pytest.approx(20.0, rel=1e-9)
    assert row.chance.value == pytest.approx(norm.cdf((20 - 30) / 6), rel=1e-9)
    assert row.chance.low is row.chance.high is None


def test_an_input_that_hurts_turns_above():
    """A cost that is too high turns a gain into a loss."""
    row = ut.thresholds(read("  cost: uniform(0, 100)\n", "80 - cost")).rows[0]
    assert (row.value, row.side) == (pytest.approx(60.0, rel=1e-12), "above")
    assert row.chance.value == pytest.approx(0.4, rel=1e-12)


def test_two_crossings_are_both_said():
    """(x - 5)² = 4 at 3 and 7: worth more than nothing outside, and less between."""
    inside = read("  x: uniform(0, 10)\n", "(x - 5) ** 2", "4")
    row = ut.thresholds(inside).rows[0]  # at the median, 5, it is a loss
    assert row.side == "outside"
    assert row.crossings == (pytest.approx(3.0, rel=1e-9), pytest.approx(7.0, rel=1e-9))
    assert row.chance.value == pytest.approx(0.6, rel=1e-9)
    other = ut.thresholds(read("  x: uniform(0, 12)\n", "(x - 3) ** 2", "4")).rows[0]
    assert other.side == "between"
    assert other.crossings == (pytest.approx(1.0, rel=1e-9), pytest.approx(5.0, rel=1e-9))
    assert other.value == pytest.approx(5.0, rel=1e-9)  # the one nearer to the median, 6
    assert other.chance.value == pytest.approx(4 / 12, rel=1e-9)


def test_many_crossings_are_said_to_be_several():
    """A saw has more than two."""
    row = ut.thresholds(read("  x: uniform(0, 4)\n", "x - floor(x)", "0.5 - 1e-9")).rows[0]
    assert row.side == "several"
    assert len(row.crossings) > 2


def test_what_does_not_turn_is_steady():
    """An input whose whole range leaves the answer as it is, and one without any effect."""
    found = ut.thresholds(read("  x: uniform(30, 40)\n  idle: uniform(0, 1)\n", "x + 0 * idle"))
    assert (found.rows, found.steady) == ((), ("x", "idle"))


def test_nothing_turns_a_value_of_exactly_zero():
    """There is no sign to change."""
    found = ut.thresholds(read("  x: uniform(0, 40)\n", "x"))
    assert (found.base_value, found.rows) == (0.0, ())


def test_a_yes_or_no_turns_at_the_other():
    """With a chance of 25 % it is no, and worthless."""
    row = ut.thresholds(read("  works: chance(75 %)\n", "works * 50")).rows[0]
    assert (row.value, row.median, row.side) == (0.0, 1.0, "below")
    assert row.chance.value == pytest.approx(0.25, rel=1e-12)


def test_an_input_made_of_two_estimates_is_counted_in_trials():
    """Its two draws move together to look for the value; its chance comes from the run."""
    text = f"{HEAD}inputs:\n  x: uniform(0, 20) + uniform(0, 20)\ninvestment: {{A: 10}}\n"
    result = result_of(text + "benefits: {B: x}\n", trials=16_384)
    alone = ut.thresholds(result.case).rows[0]
    assert (alone.value, alone.chance) == (pytest.approx(10.0, rel=1e-9), None)
    counted = ut.thresholds(result.case, drawn=result.inputs).rows[0].chance
    exact = 10**2 / 2 / 20**2
    assert counted.low - 3 / 16_384**0.5 / 10 <= exact <= counted.high + 3 / 16_384**0.5 / 10


def test_an_input_drawn_every_year_has_no_chance_of_its_own():
    """It is moved in all years together; how likely that is nobody asked."""
    case = ut.read(
        "years: 2\ndiscount_rate: 0 %\ninputs:\n  x: each_year(uniform(0, 20))\n"
        "investment: {A: 10}\nbenefits: {B: x}\n"
    )
    row = ut.thresholds(case).rows[0]
    assert (row.value, row.chance) == (pytest.approx(5.0, rel=1e-9), None)


def test_two_cases_change_places_where_their_values_meet():
    """10 * x - 20 meets 60 + 2 * x at x = 10; the input is the same in both."""
    one = read("  x: uniform(0, 30)\n", "10 * x")
    other = read("  x: uniform(0, 30)\n", "80 + 2 * x")
    found = ut.thresholds(one, other)
    assert found.base_value == pytest.approx(10 * 15 - 20 - (60 + 2 * 15))
    assert found.rows[0].value == pytest.approx(10.0, rel=1e-9)
    assert found.rows[0].chance.value == pytest.approx(1 / 3, rel=1e-9)


def test_separate_inputs_are_moved_by_themselves():
    """Under one name two things: each turns at a value of its own, and says whose it is."""
    one = ut.read(f"case: One\n{HEAD}inputs:\n  x: uniform(0, 30)\nbenefits: {{B: x}}\n")
    other = ut.read(f"case: Two\n{HEAD}inputs:\n  x: uniform(0, 20)\nbenefits: {{B: x}}\n")
    found = ut.thresholds(one, other, separate=["x"])
    assert {(row.of, round(row.value, 9), row.side) for row in found.rows} == {
        ("One", 10.0, "below"),
        ("Two", 15.0, "above"),
    }


def test_money_of_two_currencies_is_converted():
    """With factors 2 and 1 the first is worth twice as much."""
    one, other = read("  x: uniform(0, 30)\n", "x"), read("  y: uniform(0, 30)\n", "y")
    found = {row.name: row for row in ut.thresholds(one, other, factors=(2.0, 1.0)).rows}
    assert 2 * (found["x"].value - 20) == pytest.approx(15 - 20, rel=1e-9)


def test_the_rows_come_by_their_chance_and_as_a_table():
    """The most likely to turn the answer first."""
    case = read("  a: uniform(0, 100)\n  b: uniform(0, 40)\n", "a + b", "50")
    frame = ut.thresholds(case).to_frame()
    assert list(frame.index) == ["a"]
    assert frame.loc["a", "value"] == pytest.approx(30.0, rel=1e-9)
    wider = ut.thresholds(read("  a: uniform(0, 100)\n  b: uniform(0, 90)\n", "a + b", "60")).rows
    chances = [row.chance.value for row in wider]
    assert chances == sorted(chances, reverse=True)
    assert len(chances) == 2


def test_an_input_without_a_value_somewhere_is_told_apart():
    """1 / x has no value at 0; the other inputs are still looked at."""
    found = ut.thresholds(
        read("  x: normal(5, 2)\n  y: uniform(0, 100)\n", "sqrt(x) * 0 + y"),
    )
    assert found.undefined == ("x",)
    assert [row.name for row in found.rows] == ["y"]


def test_a_case_without_money_has_none():
    """There is no net present value to become zero."""
    with pytest.raises(ut.RunError, match="without money"):
        ut.thresholds(ut.read("inputs:\n  a: 5 to 40\noutputs: [a]\n"))


def test_the_place_is_found_to_the_last_digits():
    """x e^x = 20, solved by Lambert's function independently."""
    from scipy.special import lambertw

    row = ut.thresholds(read("  x: uniform(0, 6)\n", "x * exp(x)")).rows[0]
    assert row.value == pytest.approx(float(lambertw(20).real), rel=1e-12)
    assert math.isclose(row.chance.value, row.value / 6, rel_tol=1e-12)
