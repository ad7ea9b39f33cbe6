"""The benchmark measures what it says: equal jobs, honest ratios, pages as measured."""

import doctest
import importlib
import sys
from pathlib import Path

import numpy as np
import ours
import page
import peers
import picture
import pytest
import record
from blocked_portal import LINES, OUTCOMES, BlockedPortal
from engine import Engine
from figures import times_as_fast, times_the_cost
from grown import case_text
from parts import PARTS, spread
from turns import used
from wish import Wish

import utfall as ut

TINY = Wish(trials=2**14, rounds=1)
MEAN, SD, MEAN_ROUNDED = 1.637e6, 2.444e6, 500  # of the NPV, from the head of portal.yaml
GOALS = {
    "jobs": [25, 15, 15],
    "processes": [12, 4, 2.5],
    "language": [1.3, 12],
    "stages": [150],
    "workers": [1.8],
    "sizes": [0.3],
    "large": [1.1],
    "start": [4, 6],
    "growth": [],
    "agreement": [],
}
QUICK = ("jobs", "language", "workers", "growth", "agreement")


@pytest.mark.parametrize("name", ["figures", "page", "grown"])
def test_examples_in_the_benchmark_run(name):
    """Its docstrings hold examples as those of the packages do."""
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_the_model_by_hand_is_the_model_of_the_case_file():
    """On the same uniforms every outcome and line is the same number in every trial.

    But for the few with several internal rates of return, of which Utfall chooses none.
    """
    engine = Engine(2**18)
    block = next(engine.blocks())
    uniforms = engine.uniforms(block)
    hand = BlockedPortal(engine.quantiles(), block.size)
    hand.run({name: u for (name, _), u in uniforms.items()})
    worth = engine.worth(uniforms, block.size)
    scale = worth.outcomes["peak_funding"]
    for name in LINES:
        assert np.max(np.abs(hand.found[name] - worth.present_values[name]) / scale) < 1e-12
    sound = worth.roots < 2
    assert sound.mean() > 0.999
    for name in OUTCOMES:
        found, expected = hand.found[name][sound], worth.outcomes[name][sound]
        np.testing.assert_allclose(found, expected, 1e-9, 1e-5, err_msg=name)


@pytest.mark.parametrize(
    "name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in GOALS]
)
def test_every_part_measures_what_it_is_to_reach(name):
    """With the goals that were set for it, and ratios of positive amounts."""
    figures = list(PARTS[name](TINY))
    assert [figure.goal.limit for figure in figures if figure.goal] == GOALS[name]
    assert all(figure.low <= figure.ratio <= figure.high for figure in figures)
    if name != "workers":  # a difference of two short runs may be anything
        assert all(0 < figure.low < figure.high * 1.000001 < np.inf for figure in figures)


@pytest.fixture(scope="module")
def drivers():
    """Rank correlations of NPV with every input, as Utfall finds them."""
    return ours.plain_job(2**17)["drivers"]


@pytest.mark.parametrize("name", sorted(peers.PEERS))
@pytest.mark.filterwarnings("ignore")  # theirs, not ours
def test_every_peer_values_the_same_portal(name, drivers):
    """Its mean and its drivers agree with ours; any library may be missing.

    Both within 4.5 standard errors; that of a rank correlation is at most some 1.1 / √n.
    """
    pytest.importorskip({"plain": "numpy", "salib": "SALib"}.get(name, name))
    trials = 50_000
    found = peers.run(name, trials, seed=3)
    assert abs(found["mean_npv"] - MEAN) < 4.5 * SD / np.sqrt(trials) + MEAN_ROUNDED
    for driver, expected in drivers.items():
        assert abs(found["drivers"][driver] - expected) < 4.5 * 1.1 * np.sqrt(2 / trials), driver


def test_a_ratio_comes_from_one_round():
    """Not from medians of each side, which a busy minute moves apart: here 2, 2 and 3, not 1."""
    rounds = [(1, 2), (10, 20), (2, 6)]
    fast, cost = times_as_fast("a", "b", rounds, goal=2.5), times_the_cost("a", "b", rounds)
    assert (fast.ratio, fast.low, fast.high, fast.reached) == (2, 2, 3, False)
    assert (cost.ratio, cost.ours, cost.theirs, cost.reached) == (0.5, 2, 6, None)


def test_intervals_of_variance_ratios_hold_what_they_claim():
    """Of a known ratio, 9, in 95 of 100 cases: within 4.5 standard errors over 2,000 repeats."""
    chance, repeats = np.random.default_rng(4), 2_000
    held = 0
    for _ in range(repeats):
        random, pooled = 6 * chance.standard_normal(64), chance.standard_normal(24)
        found = spread.variance_ratio("a figure", random, pooled, pooled=4)
        held += found.low <= 9 <= found.high
    assert abs(held / repeats - 0.95) < 4.5 * np.sqrt(0.95 * 0.05 / repeats)


def test_scattering_figures_are_those_of_the_portal():
    """Of single sets and of whole runs alike; their means lie around the reference."""
    rows = spread.of_sets("random", points=256, seeds=4)
    assert rows.shape == (4 * spread.SETS, len(spread.PLAIN))
    means = rows[:, spread.PLAIN.index("mean NPV")]
    assert abs(means.mean() - MEAN) < 4.5 * SD / np.sqrt(4 * spread.SETS * 256) + MEAN_ROUNDED
    runs = spread.integrated(points=256, seeds=3)
    assert runs.shape == (3, len(spread.INTEGRATED))
    for column, name in enumerate(spread.INTEGRATED):
        values = rows[:, spread.PLAIN.index(name)]
        bias = 0.1 * values.std()  # of percentiles of small sets, and of their rounding up
        error = values.std() / np.sqrt(len(values)) + runs[:, column].std() / np.sqrt(3)
        assert abs(values.mean() - runs[:, column].mean()) < 4.5 * error + bias, name


@pytest.mark.skipif(sys.platform == "win32", reason="no getrusage")
def test_memory_of_a_program_is_what_it_fills():
    """A program that fills 200 MB needs these and an interpreter, some 10 MB."""
    full = used(sys.executable, "-c", "import time; x = b'x' * 200_000_000; time.sleep(0.2)")
    assert 200 < full.memory < 220
    assert 0.2 < full.seconds < 20
    assert used(sys.executable, "-c", "pass").memory < 20


def test_grown_cases_are_as_large_as_they_say():
    """Inputs and years, and alternatives that share their inputs and differ in cost."""
    case = ut.read(case_text(inputs=24, years=20))
    result = ut.simulate(case, trials=256)
    assert (len(result.inputs), case.years) == (24, 20)
    dearer = ut.simulate(ut.read(case_text(inputs=24, years=20, alternative=3)), trials=256)
    assert result.inputs["worth_10"].mean == dearer.inputs["worth_10"].mean
    assert result.npv.mean > dearer.npv.mean


def test_pages_tell_what_was_measured_last():
    """measured.md and the front page are drawn from measured.json, to the letter."""
    kept = record.read()
    assert page.PAGE.read_text("utf-8") == page.page(kept)
    assert f"{page.BEGIN}\n{page.front(kept)}\n{page.END}" in page.README.read_text("utf-8")


def test_a_record_is_read_as_it_was_written(tmp_path):
    """Goals, rounds and all; a missed goal stands on the page as missed."""
    missed = times_as_fast("a job", "the usual way", [(2, 3), (2, 4)], goal=25, trials=1024)
    kept = {"jobs": record.measured_now([missed], rounds=2)}
    record.write(kept, tmp_path / "measured.json")
    assert record.read(tmp_path / "measured.json") == kept
    assert "| a job, 1,024 trials |" in page.front(kept)
    assert "| 1.75 times as fast | at least 25 | **no** |" in page.front(kept)
    assert "0 of 1 goals" in page.front(kept)


def test_the_picture_waits_until_everything_on_it_is_measured(tmp_path):
    """With all parts it is written; without one nothing is."""
    kept = record.read()
    (tmp_path / Path(page.PICTURE).parent).mkdir(parents=True)
    path = picture.save_picture(kept, tmp_path)
    assert path is not None
    assert path.read_bytes().startswith(b"\x89PNG")
    path.unlink()
    assert picture.save_picture({"peers": kept["peers"]}, tmp_path) is None
    assert not path.exists()
