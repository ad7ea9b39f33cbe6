"""Trials are doubled until a figure is known as closely as asked, or a limit is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

import utfall as ut

ROOT = Path(__file__).parents[1]
PRESS = """
case: Press
years: 4
discount_rate: 8 %
hurdle: 3 years
investment: {Press: lognormal(80 to 140)}
benefits: {Saving: 30 to 60}
"""


@pytest.mark.parametrize(
    ("text", "of", "within"),
    [("0.5%", "payback", 0.005), ("0.5 %", "payback", 0.005), ("±1 %", "payback", 0.01),
     ("20 000", "npv", 20_000), ("20k", "npv", 20_000), ("1.5M", "npv", 1.5e6),
     ("0,5 %", "payback", 0.005), ("20 000 SEK", "npv", 20_000)],
)  # fmt: skip
def test_a_precision_is_read_as_people_write_it(text: str, of: str, within: float) -> None:
    """A share is of the chance of payback, an amount of net present value."""
    read = ut.Precision.read(text)
    assert (read.of, read.within) == (of, pytest.approx(within))


@pytest.mark.parametrize(
    "text", ["", "half", "-1 %", "0", "0 %", "60 %", "5 apples", "1.5.2", "%", "0.005", 0.002, None]
)
def test_what_is_no_precision_is_refused(text: str) -> None:
    """With what to write instead; less than one is surely a share whose sign is forgotten."""
    with pytest.raises(ut.RunError, match=r"precision is .*\n.*0\.5 %, or net present value"):
        ut.Precision.read(text)


@pytest.mark.parametrize("precision", ["0.2 %", "0.1 %"])
def test_the_chance_of_the_hurdle_is_known_as_closely_as_asked(precision: str) -> None:
    """With the trials of a plain run, and no doubling more than needed."""
    case = ut.read(PRESS)
    found = ut.simulate_to(case, precision, sampling="random")
    asked = ut.Precision.read(precision)
    assert asked.error(found) <= asked.within
    assert found.trials > 65_536
    assert (found.trials // 65_536).bit_count() == 1
    half = ut.simulate(case, trials=found.trials // 2, sampling="random")
    assert asked.error(half) > asked.within
    same = ut.simulate(case, trials=found.trials, sampling="random")
    assert found.npv.values.tobytes() == same.npv.values.tobytes()
    assert "within the" in found.notes[-1]
    assert f"{found.trials:,} trials" in found.notes[-1]


def test_mean_net_present_value_is_known_as_closely_as_asked() -> None:
    """Independent trials: the error is that of the central limit theorem, 1.96 sd / sqrt(n)."""
    case = ut.read(PRESS)
    found = ut.simulate_to(case, ut.Precision("npv", 0.1), sampling="random")
    assert 1.96 * found.npv.sd / found.trials**0.5 <= 0.1 * 1.0001
    assert 1.96 * found.npv.sd / (found.trials / 2) ** 0.5 > 0.1


def test_the_limit_is_kept_and_told() -> None:
    """As many trials as the limit allows, and how close they came."""
    found = ut.simulate_to(ut.read(PRESS), "0.001 %", limit=300_000, sampling="random")
    assert found.trials == 262_144
    assert "not within the 0.001 % asked for: 262,144 trials are run" in found.notes[-1]
    assert "300,000 are the limit" in found.notes[-1]


def test_a_case_without_money_has_no_figure_to_be_precise_about() -> None:
    """And is told so."""
    case = ut.read("inputs: {a: 1 to 2}\noutputs: [a]")
    with pytest.raises(ut.RunError, match="no money"):
        ut.simulate_to(case, "1 %")


def test_without_a_hurdle_it_is_the_chance_of_ever_paying_back() -> None:
    """As in the first sentence of a run."""
    case = ut.read(PRESS.replace("hurdle: 3 years\n", ""))
    found = ut.simulate_to(case, "1 %", sampling="random")
    assert ut.Precision.read("1 %").figure(found) == found.payback_chance(4)


def test_a_certain_case_is_known_at_once() -> None:
    """Nothing is doubled where nothing is uncertain."""
    case = ut.read("years: 1\ndiscount_rate: 8 %\ninvestment: {A: 10}\nbenefits: {B: 20}")
    found = ut.simulate_to(case, "1")
    assert found.trials == 65_536


def test_a_stopped_doubling_leaves_the_best_figures_so_far() -> None:
    """The run before it is whole; that more was planned is told."""
    case, asked = ut.read(PRESS), []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 40  # blocks: in the run of 524,288 trials

    found = ut.simulate_to(case, "0.01 %", sampling="random", workers=1, stop=stop)
    assert found.trials == 262_144
    assert found.partial
    assert (
        "not within the 0.01 % asked for: the run was stopped after 262,144 trials"
        in found.notes[-1]
    )


@pytest.mark.parametrize(
    ("sampling", "trials"), [("sobol", 4_096), ("latin", 5_000), ("random", 5_000)]
)
def test_a_low_limit_is_kept_too(sampling: str, trials: int) -> None:
    """Also by the first run, whose points come in sets."""
    case = ut.read(PRESS)
    found = ut.simulate_to(case, "0.001 %", limit=5_000, sampling=sampling)
    assert 2_500 < found.trials <= 5_000
    with pytest.raises(ut.RunError, match="a limit of 9 trials is too low"):
        ut.simulate_to(case, "1 %", limit=9)
