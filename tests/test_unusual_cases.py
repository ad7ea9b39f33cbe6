"""Cases that nobody would write on purpose: told in words, or right; never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import utfall as ut

MONEY = "years: 3\ndiscount_rate: 8 %\ninvestment:\n  A: 10\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("calculations: {s: {start: 1, next: previous}}\ndiscount_rate: last_year(s)\n",
         "one figure for all years"),
        ("calculations:\n  s: {start: 1, next: previous}\n  t: {start: last_year(s), next: 2}\n",
         "`start` is one figure"),
        ("calculations:\n  s: {start: last_year(s), next: previous}\n", "`start` is one figure"),
        ("inputs: {r: 0.05 + 0.001 * discounted(5)}\ndiscount_rate: r\n", "circle"),
    ],
)  # fmt: skip
def test_years_where_there_are_none(text: str, said: str) -> None:
    """A rate or a start that looks a year back is told, however it is written."""
    rest = MONEY.replace("discount_rate: 8 %\n", "") if "discount_rate" in text else MONEY
    with pytest.raises(ut.CaseError, match=said):
        ut.read(rest + text)


def test_discounted_needs_a_rate() -> None:
    """In a case without money nobody has asked for one yet."""
    with pytest.raises(ut.CaseError, match="needs a rate"):
        ut.read("years: 3\ncalculations: {v: discounted(10)}\noutputs: [v]")


@pytest.mark.parametrize("formula", ["0 * y", "ramp(0, 1) * y", "y * 0 + 1"])
def test_nothing_times_no_value_is_no_value(formula: str) -> None:
    """A formula multiplied by 0 is still a formula without a value."""
    with pytest.raises((ut.RunError, ut.CaseError), match="has no value"):
        ut.simulate(
            ut.read(
                "years: 2\ninputs:\n  x: discrete(0 weight 50 %, 1 weight 50 %)\n"
                f"calculations:\n  y: 1 / x\n  z: {formula}\noutputs: [z]"
            ),
            trials=512,
        )


@pytest.mark.parametrize("estimate", ["lognormal(mu=0, sigma=500)", "pareto(0.01, 1)"])
def test_a_draw_beyond_all_bounds_is_told(estimate: str) -> None:
    """Infinity does not pass as a number behind min or a division."""
    text = f"inputs:\n  x: {estimate}\ncalculations:\n  y: min(x, 5)\noutputs: [y]"
    with pytest.raises(ut.RunError, match=r"inputs\.x has no value"):
        ut.simulate(ut.read(text), trials=4096)


@pytest.mark.parametrize("benefit", ["1e308", "lognormal(mu=0, sigma=230)"])
def test_cash_beyond_all_bounds_is_told(benefit: str) -> None:
    """Sums of lines that no float holds."""
    text = MONEY + f"benefits:\n  B: {benefit}\n  C: 1.5e308\n"
    with pytest.raises(ut.RunError, match=r"grows beyond all bounds|has no value"):
        ut.simulate(ut.read(text), trials=4096)


def test_an_uncertain_tax_rate_stays_between_0_and_100_percent() -> None:
    """In every trial."""
    text = MONEY + "benefits:\n  B: 9\ninputs:\n  t: normal(50 %, 40 %)\n"
    text += "tax: {rate: t, depreciation_years: 3}\n"
    with pytest.raises(ut.RunError, match="outside 0 % to 100 %"):
        ut.simulate(ut.read(text), trials=512)


def test_a_line_called_tax_keeps_its_money() -> None:
    """Company tax finds another name, and the lines still sum to net present value."""
    text = MONEY + "benefits:\n  Tax: 10\n  Company tax: 20\n"
    text += "tax: {rate: 20 %, depreciation_years: 3}\n"
    result = ut.simulate(ut.read(text), trials=512)
    assert len(result.lines) == 4
    total = sum(line.present_value.values for line in result.lines.values())
    np.testing.assert_allclose(total, result.npv.values, rtol=1e-12)


@pytest.mark.parametrize("first", ["+(5 to 10)", "(5 to 10)", "each_year(5 to 10)"])
def test_dependence_is_never_dropped_in_silence(first: str) -> None:
    """A plus sign or a parenthesis around an estimate changes nothing."""
    second = "each_year(1 to 2)" if "each_year" in first else "1 to 2"
    text = f"years: 2\ninputs:\n  a: {first}\n  b: {second}\noutputs: [a]\n"
    text += "dependence:\n  - {between: [a, b], rank: 0.9}\n"
    (pair,) = ut.simulate(ut.read(text), trials=16_384).dependence
    assert abs(pair.realised - 0.9) < 4 / np.sqrt(16_384)


@pytest.mark.parametrize(
    "text",
    [
        "inputs:\n  a: each_year(normal(0, 1), persistence=year)\noutputs: [a]\n",
        "inputs:\n  a: 1 to 2\n  b: 1 to 2\noutputs: [a]\ndependence:\n"
        "  - {between: [a, b], rank: year}\n",
    ],
)
def test_persistence_and_rank_are_one_figure(text: str) -> None:
    """What differs by year is not read as it would be in year 0."""
    with pytest.raises(ut.CaseError, match="constant between -1 and 1"):
        ut.read("years: 3\n" + text)


def test_every_constant_without_a_value_is_told() -> None:
    """But not what fails only because of another."""
    with pytest.raises(ut.CaseError) as caught:
        ut.read("calculations: {g: 1 / 0, h: log(0), i: sqrt(0 - 1), j: g + 1}\noutputs: [g]")
    said = str(caught.value)
    assert [f"`calculations.{name}`" in said for name in "ghij"] == [True, True, True, False]


def test_an_input_written_first_in_a_pair_moves_no_other_draw() -> None:
    """The place in the file decides who follows whom, not the order in `between`."""
    text = "inputs:\n  a: 1 to 2\noutputs: [a]\n"
    more = text.replace("  a: 1 to 2\n", "  a: 1 to 2\n  z: 1 to 2\n")
    more += "dependence:\n  - {between: [z, a], rank: 0.5}\n"
    alone, joined = (ut.simulate(ut.read(case), trials=512).draws["a"] for case in (text, more))
    np.testing.assert_array_equal(alone, joined)


def test_a_whole_section_can_be_removed(tmp_path: Path) -> None:
    """`costs: none` takes away what the base file has."""
    (tmp_path / "base.yaml").write_text(MONEY + "benefits:\n  B: 9\ncosts:\n  C: 1\n")
    (tmp_path / "own.yaml").write_text("extends: base.yaml\ncosts: none\n")
    assert not ut.load(tmp_path / "own.yaml").costs


def test_a_yearly_quantity_of_one_year_is_still_a_list() -> None:
    """What reads the JSON need not ask how many years there are."""
    case = ut.read("years: 1\ncalculations: {v: 10 * year}\noutputs: [v]")
    assert isinstance(ut.simulate(case, trials=512).quantities["v"], tuple)
    assert ut.base_case(case).quantities["v"].tolist() == [10.0]


@pytest.mark.parametrize("number", ["1e99999999999999999999", "1e9999999", "1e-9999999"])
def test_exponents_that_no_number_has(number: str) -> None:
    """Too large or too small, not a traceback and not 0."""
    with pytest.raises(ut.CaseError, match=r"too (large|small)"):
        ut.read(f"inputs: {{a: {number}}}\noutputs: [a]")


def test_a_steep_s_curve_has_a_value() -> None:
    """1 / (1 + exp(-x)) is a number for every x."""
    case = ut.read("years: 3\ncalculations:\n  x: s_curve(0, 1, 2, 5000)\noutputs: [x]")
    assert ut.base_case(case).quantities["x"].tolist() == [0.0, 0.5, 1.0]


def test_a_result_does_not_change_in_anybodys_hands() -> None:
    """Its arrays cannot be written to."""
    result = ut.simulate(ut.read(MONEY + "benefits:\n  B: 9 to 12\n"), trials=512)
    with pytest.raises(ValueError, match="read-only"):
        result.npv.values[0] = 99


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("extra", ["", "--json -"])
def test_standard_output_on_a_full_disk(tmp_path: Path, extra: str) -> None:
    """One line, and a code; not a traceback."""
    (tmp_path / "a.yaml").write_text(MONEY + "benefits:\n  B: 9\n")
    command = f"{sys.executable} -m utfall run a.yaml {extra} > /dev/full"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_trials_that_cross_zero_twice_are_counted_and_flagged() -> None:
    """-100, 120, -50, 100 is back after 2.3 years; a note says it dipped again."""
    text = "years: 3\ndiscount_rate: 0 %\ninvestment: {A: 100}\nbenefits: {B: x}\n"
    text += "calculations:\n  x: at_year(1, 120) - at_year(2, 50) + at_year(3, 100)\n"
    result = ut.simulate(ut.read(text), trials=512)
    assert result.payback.values[0] == pytest.approx(2.3)
    assert any("more than once" in note for note in result.notes)
