"""Runs whose trials are counted instead of kept: the same figures, to within what is stated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as ut
from simulator.engine.workers import WORTH_THREADS
from simulator.result.counted import Counted
from simulator.result.sample import Sample
from simulator.result.stream import MOST_BEYOND, Limit, Stream

ROOT = Path(__file__).parents[1]
PORTAL = ROOT / "benchmarks" / "portal.yaml"
UNIT = 16_384

SHAPES = {
    "normal": lambda random, n: random.normal(1, 2, n),
    "lognormal": lambda random, n: random.lognormal(0, 2, n),
    "Pareto without a mean": lambda random, n: random.pareto(0.9, n),
    "two heaps": lambda random, n: np.where(random.random(n) < 0.3, -50.0, random.normal(0, 1, n)),
    "uniform": lambda random, n: random.random(n),
}


def stream_of(values: np.ndarray, replicates: int, limits: tuple[Limit, ...] = ()) -> Stream:
    """The values counted unit by unit, from the last unit to the first."""
    stream = Stream(values[:UNIT], replicates, limits)
    for replicate, row in enumerate(values.reshape(replicates, -1)):
        for start in reversed(range(0, row.size, UNIT)):
            stream.add(replicate, row[start : start + UNIT])
    return stream


@pytest.mark.parametrize("replicates", [1, 16])
@pytest.mark.parametrize("shape", SHAPES)
def test_percentiles_are_those_of_the_values_to_within_a_cell(shape: str, replicates: int) -> None:
    """Pooled, of each replicate, and the ends of their intervals, tails far out included."""
    values = SHAPES[shape](np.random.default_rng(7), 16 * UNIT)
    kept, counted = Sample.of(values, replicates), Counted(stream_of(values, replicates))
    cell = counted.resolution
    assert cell < np.ptp(np.quantile(values, [0.001, 0.999])) / 10_000
    for percent in (0.001, 0.1, 1, 5, 25, 50, 75, 95, 99, 99.9, 99.999):
        assert abs(counted.percentile(percent) - kept.percentile(percent)) <= cell
        own = np.subtract(counted.own_percentiles(percent), kept.own_percentiles(percent))
        assert abs(own).max() <= cell
    for percent in (5, 50, 90):
        ends = counted.percentile_interval(percent), kept.percentile_interval(percent)
        assert np.abs(np.subtract(*ends)).max() <= 4 * cell  # t of 15 degrees times a cell
    for worst in ("low", "high"):
        both = (figures.worst_mean(0.05, worst) for figures in (counted, kept))
        assert abs(np.subtract(*both)) <= cell


@pytest.mark.parametrize("replicates", [1, 16])
@pytest.mark.parametrize("shape", ["normal", "lognormal", "uniform"])
def test_moments_and_their_intervals_are_exact(shape: str, replicates: int) -> None:
    """As numpy adds them up, whatever the cells."""
    values = SHAPES[shape](np.random.default_rng(8), 16 * UNIT)
    kept, counted = Sample.of(values, replicates), Counted(stream_of(values, replicates))
    for figures in zip(
        (counted.mean, counted.sd, *counted.mean_interval(), *counted.sd_interval()),
        (kept.mean, kept.sd, *kept.mean_interval(), *kept.sd_interval()),
        strict=True,
    ):
        assert figures[0] == pytest.approx(figures[1], rel=1e-9)


def test_chances_at_the_limits_are_exact_and_elsewhere_within_a_cell() -> None:
    """Below, at most and above; with values on the very limit."""
    values = np.round(np.random.default_rng(9).normal(0, 3, 16 * UNIT), 1)
    limits = tuple((side, limit) for limit in (0.0, 1.5) for side in ("<", "<="))
    counted, kept = Counted(stream_of(values, 16, limits)), Sample.of(values, 16)
    for side in ("<", "<=", ">"):
        for limit in (0.0, 1.5):
            assert counted.counts(side, limit) == kept.counts(side, limit)
            assert counted.share_interval(side, limit) == kept.share_interval(side, limit)
    smooth = np.random.default_rng(9).normal(0, 3, 16 * UNIT)
    counted, kept = Counted(stream_of(smooth, 16)), Sample.of(smooth, 16)
    in_a_cell = 1.2 * counted.resolution / 3 * 0.4  # its width times the density, and some noise
    for limit in (-20.0, -4.0, 0.3, 7.7, 30.0):
        found, known = counted.share("<", limit), kept.share("<", limit)
        assert abs(found - known) <= in_a_cell + 3 * np.sqrt(in_a_cell / smooth.size)


def test_values_that_lie_on_single_points_stay_on_them() -> None:
    """A percentile of counts is a count, not something in the cell around it."""
    values = np.random.default_rng(3).poisson(2, 16 * UNIT).astype(float)
    counted, kept = Counted(stream_of(values, 16)), Sample.of(values, 16)
    for percent in range(1, 100):
        assert counted.percentile(percent) == kept.percentile(percent)
    assert counted.mean_interval() == pytest.approx(kept.mean_interval())


def test_what_never_comes_and_what_does_not_exist_are_counted_apart() -> None:
    """Infinity is above every number, NaN is left out, as of kept values."""
    values = np.random.default_rng(4).normal(3, 1, 16 * UNIT)
    values[values > 4], values[values < 1] = np.inf, np.nan
    stream = stream_of(values, 16)
    counted, kept = Counted(stream), Sample.of(values, 16)
    assert counted.trials == kept.trials
    assert stream.undefined.sum() == np.isnan(values).sum()
    assert counted.finite is kept.finite is False
    assert counted.percentile(90) == kept.percentile(90) == np.inf
    assert abs(counted.percentile(50) - kept.percentile(50)) <= counted.resolution
    assert counted.share(">", 100.0) == kept.share(">", 100.0)
    assert counted.mean_interval() is None
    assert counted.worst_mean_interval(0.05, worst="high") is None


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 99), st.integers(1, 6))
def test_workers_bring_the_same_counts_whoever_does_what(seed: int, workers: int) -> None:
    """Merged from any share of the units, to the last bit, also where the range had to grow."""
    random = np.random.default_rng(seed)
    units = [random.normal(0, 10.0 ** random.integers(0, 5), UNIT) for _ in range(14)]
    whole = Stream(units[0][:500], 2)
    crew = [Stream(units[0][:500], 2) for _ in range(workers)]
    for number, unit in enumerate(units):
        whole.add(number % 2, unit)
        crew[random.integers(workers)].add(number % 2, unit)
    first, *others = crew
    for other in others:
        first.merge(other)
    assert first.width == whole.width
    assert np.array_equal(first.counts, whole.counts)
    a, b = Counted(first), Counted(whole)
    assert (a.mean, a.sd, a.percentile(37)) == (b.mean, b.sd, b.percentile(37))


def test_the_range_grows_where_too_many_values_lie_beyond_it() -> None:
    """Memory stays bounded, and no value is lost."""
    values = np.random.default_rng(5).normal(0, 100, 64 * UNIT)
    values[:UNIT] /= 100  # the first ones promise less
    stream = stream_of(values, 1)
    assert sum(part.size for part in stream.beyond[0]) <= MOST_BEYOND
    assert stream.sizes().sum() == values.size
    assert stream.width > stream.unit
    counted, kept = Counted(stream), Sample.of(values, 1)
    assert abs(counted.percentile(50) - kept.percentile(50)) <= counted.resolution
    assert counted.mean == pytest.approx(kept.mean, rel=1e-9)


@pytest.mark.parametrize("value", [0.0, 0.1, -3e9, 1e-9])
@pytest.mark.parametrize("replicates", [1, 4])
def test_values_that_are_all_alike_have_no_spread(value: float, replicates: int) -> None:
    """A certain amount is itself, exactly."""
    counted = Counted(stream_of(np.full(4 * UNIT, value), replicates))
    found = counted.mean, counted.sd, counted.percentile(5), counted.alike
    assert found == (value, 0.0, value, True)


@pytest.mark.parametrize("replicates", [1, 4])
def test_what_the_first_values_do_not_show_is_counted_all_the_same(replicates: int) -> None:
    """Rare large amounts among zeros; numbers after nothing but undefined ones."""
    values = np.zeros(16 * UNIT)
    values[UNIT + 7 :: 5_000] = 4e5
    kept, counted = Sample.of(values, replicates), Counted(stream_of(values, replicates))
    assert counted.mean == pytest.approx(kept.mean, rel=1e-9)
    assert counted.sd == pytest.approx(kept.sd, rel=1e-9)
    assert (counted.percentile(50), counted.percentile(99.99)) == (0.0, 4e5)
    rates = np.random.default_rng(2).uniform(0.1, 0.2, 16 * UNIT)
    rates[:UNIT] = np.nan
    kept, counted = Sample.of(rates, 1), Counted(stream_of(rates, 1))
    assert counted.resolution < 1e-4
    for percent in (5, 50, 95):
        assert abs(counted.percentile(percent) - kept.percentile(percent)) <= counted.resolution


# Whole runs


@pytest.fixture(scope="module")
def portal() -> ut.Case:
    """Twelve uncertain inputs, two rank correlations."""
    return ut.load(PORTAL)


@pytest.fixture(scope="module")
def both(portal: ut.Case) -> tuple[ut.Result, ut.Result]:
    """The same run, kept and counted."""
    return tuple(ut.simulate(portal, trials=2**19, keep=keep, plain=True) for keep in (True, False))


def test_a_counted_run_tells_what_a_kept_one_tells(both) -> None:
    """Every figure of the JSON: counts the same, sums to rounding, percentiles to a cell."""
    kept, counted = (result.to_dict() for result in both)
    assert (kept.pop("streamed"), counted.pop("streamed")) == (False, True)
    assert kept["payback_chance"] == counted["payback_chance"]
    assert kept["discounted_payback_chance"] == counted["discounted_payback_chance"]
    assert kept["irr_share"] == counted["irr_share"]
    assert kept["no_outlay_share"] == counted["no_outlay_share"]
    for name, outcome in both[1].outcomes.items():
        cell = outcome.resolution
        for stat, value in kept["outcomes"][name].items():
            if stat == "interval":
                continue
            found = counted["outcomes"][name][stat]
            if value is None or stat.startswith(("chance", "undefined")):
                assert found == value, (name, stat)
            else:
                assert abs(found - value) <= (1e-9 * abs(value) if stat in ("mean", "sd") else cell)
    for name, value in kept["rank_correlations"].items():
        assert abs(counted["rank_correlations"][name]["value"] - value["value"]) < 5e-5
    assert kept.keys() == counted.keys()


def test_inputs_of_a_counted_run_are_those_of_a_small_one(portal, both) -> None:
    """Of each set the first 4,096 points: the draws of a run of 65,536."""
    small = ut.simulate(portal)
    for name, outcome in both[1].inputs.items():
        np.testing.assert_allclose(outcome.values, small.inputs[name].values, rtol=1e-7)
    for own, its in zip(both[1].dependence, small.dependence, strict=True):
        assert own.realised == pytest.approx(its.realised, abs=1e-7)


@pytest.mark.parametrize(
    "read",
    [lambda r: r.cash, lambda r: r.roots, lambda r: r.no_outlay, lambda r: r.draws,
     lambda r: r.npv.values, lambda r: r.draws_frame(), lambda r: r.npv.chance([True])],
)  # fmt: skip
def test_who_reads_single_trials_of_a_counted_run_is_told(both, read) -> None:
    """And told what to do instead."""
    with pytest.raises(ut.RunError, match=r"were counted and not kept\n.*keep=True"):
        read(both[1])


def test_an_outcome_that_no_trial_of_the_first_unit_defines() -> None:
    """Rates that come late are counted, and their intervals known, as if they were kept."""
    random = np.random.default_rng(1)
    values = np.concatenate([np.full(UNIT, np.nan), random.normal(0, 1, 3 * UNIT)])
    kept = Sample.of(values, 2)
    counted = Counted(stream_of(values, 2))
    assert counted.mean == pytest.approx(kept.mean, rel=1e-9)
    for percent in (1, 50, 99):
        assert abs(counted.percentile(percent) - kept.percentile(percent)) <= counted.resolution
    for own, its in (
        (counted.mean_interval(), kept.mean_interval()),
        (counted.sd_interval(), kept.sd_interval()),
        (counted.worst_mean_interval(0.05), kept.worst_mean_interval(0.05)),
    ):
        assert own == pytest.approx(its, abs=5e-3)


@pytest.mark.parametrize("sampling", ["sobol", "latin", "random"])
def test_blocks_and_threads_change_no_bit(portal, sampling) -> None:
    """Counted or kept, on one thread or three, in blocks of one unit or of several."""
    trials = 1_000_000 if sampling == "random" else 2**20  # fewer are not worth threads
    assert trials >= WORTH_THREADS

    def told(**how: object) -> tuple[str, bytes]:
        result = ut.simulate(portal, trials=trials, sampling=sampling, **how)
        return result.to_json(), b"" if result.streamed else result.npv.values.tobytes()

    counted = told(keep=False, workers=1)
    assert told(keep=False, workers=3) == counted
    assert told(keep=False, workers=2, block=3 * UNIT) == counted
    if sampling == "sobol":  # the kept ones take most of the time
        assert told(keep=True, workers=1) == told(keep=True, workers=3)


@pytest.mark.slow
def test_processes_change_no_bit(portal) -> None:
    """Ten million counted trials by one, by two and by three processes."""
    runs = (ut.simulate(portal, trials=10**7, sampling="random", workers=n) for n in (1, 2, 3))
    first, *others = [run.to_json() for run in runs]
    assert others == [first, first]


def test_a_run_stops_at_the_next_block_and_says_how_far_it_came(portal) -> None:
    """Each replicate has done as much; the figures agree with those of the whole run."""
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == 40  # of 64 blocks of a unit: two rounds of 16 sets are whole

    part = ut.simulate(portal, trials=2**20, keep=True, workers=1, stop=stop, block=UNIT)
    assert (part.partial, part.trials, part.planned) == (True, 32 * UNIT, 2**20)
    assert "stopped: 524,288 of 1,048,576 trials are done" in part.notes
    assert part.npv.values.size == part.trials
    half = ut.simulate(portal, trials=2**19, keep=True)
    assert part.npv.mean == half.npv.mean  # a Sobol' set begins with the smaller one
    assert part.cash.tobytes() == half.cash.tobytes()
    asked.clear()
    counted = ut.simulate(portal, trials=2**20, keep=False, workers=1, stop=stop, block=UNIT)
    assert (counted.partial, counted.trials) == (True, 40 * UNIT)
    low, high = counted.npv.interval("mean", 0.9999)
    assert low <= half.npv.mean <= high
    told = json.loads(counted.to_json())
    assert (told["partial"], told["planned_trials"]) == (True, 2**20)


def test_a_run_stopped_before_every_set_has_begun_tells_nothing(portal) -> None:
    """Sixteen sets are needed for intervals."""
    with pytest.raises(ut.RunError, match="too few trials are done"):
        ut.simulate(portal, trials=2**20, keep=False, workers=1, stop=lambda: True)


@pytest.mark.parametrize("workers", [1, 3])
def test_a_formula_without_a_value_is_told_alike_by_any_number_of_workers(workers) -> None:
    """How often in all trials, and the first of them; counted runs too."""
    case = ut.read("inputs: {a: 'normal(4, 1)'}\ncalculations: {x: log(a)}\noutputs: [x]")
    told = []
    for how in ({"keep": True, "workers": 1}, {"keep": False, "workers": workers}):
        with pytest.raises(ut.RunError) as raised:
            ut.simulate(case, trials=2**20, **how)
        told.append(str(raised.value))
    assert told[0] == told[1]


def test_a_script_without_a_main_guard_can_use_processes(tmp_path) -> None:
    """Worker processes never run the caller's script."""
    script = tmp_path / "script.py"
    script.write_text(
        "import utfall as ut\n"
        "case = ut.read('inputs: {a: 1 to 2}\\noutputs: [a]')\n"
        "print(ut.simulate(case, trials=10**7, sampling='random', workers=2, keep=False).trials)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("10000000\n", "")


def test_money_that_comes_later_and_rare_costs_are_counted() -> None:
    """A year in which nothing is paid is 0 in all trials; strict JSON takes every figure."""
    case = ut.read(
        "years: 3\ndiscount_rate: 8 %\ndelay: 1\ninputs:\n  a: 10 to 20\n  breach: chance(0.01 %)\n"
        "tax: {rate: 20 %, depreciation_years: 3, losses: carried}\n"
        "investment: {I: 20}\nbenefits: {B: a}\ncosts: {C: breach * 400k}"
    )
    kept, counted = (json.loads(ut.simulate(case, trials=2**19, keep=keep, plain=True).to_json())
                     for keep in (True, False))  # fmt: skip
    assert counted["cash"]["mean"] == pytest.approx(kept["cash"]["mean"], rel=1e-9)
    assert counted["lines"]["C"]["present_value"]["mean"] == pytest.approx(
        kept["lines"]["C"]["present_value"]["mean"], rel=1e-9
    )


def test_where_counting_costs_the_averages_it_is_told(portal) -> None:
    """A kept run averages over the build; a counted one cannot, and says so."""
    counted = ut.simulate(portal, trials=2**17, keep=False)
    assert any("figures are not averaged over build" in note for note in counted.notes)
    for other in ({"keep": True}, {"keep": False, "plain": True}):
        told = ut.simulate(portal, trials=2**17, **other).notes
        assert not any("averaged" in note for note in told)


def test_how_often_cash_comes_back_is_of_all_trials_done() -> None:
    """Also of a stopped run, whose kept trials are fewer."""
    case = ut.read(
        "years: 3\ndiscount_rate: 0 %\ninputs: {a: 1 to 2}\ninvestment: {I: 1}\n"
        "benefits:\n  B: ramp(a + 1, 0, a + 3)\ncosts:\n  C: ramp(0, 4, 0)"
    )
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == 40

    part = ut.simulate(case, trials=2**20, keep=True, workers=1, stop=stop, block=UNIT)
    (note,) = (note for note in part.notes if "more than once" in note)
    assert note.startswith("in 100 % of the trials")


def test_worker_processes_run_no_file_that_lies_about(tmp_path: Path) -> None:
    """A file called like a module of Python, in the folder of the case."""
    (tmp_path / "statistics.py").write_text("raise SystemExit(3)\n")
    (tmp_path / "case.yaml").write_text("inputs: {a: 1 to 2}\noutputs: [a]\n")
    command = Path(sys.executable).with_name("utfall")
    done = subprocess.run(
        [command, "run", "case.yaml", "--trials", "10000000", "--workers", "2", "--json", "-",
         "--sampling", "random"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["trials"] == 10_000_000


def test_yearly_and_discrete_inputs_are_ranked_too(both) -> None:
    """By their place among the first trials: to some thousandths of the kept run's."""
    case = ut.read(
        "years: 3\ndiscount_rate: 8 %\ninputs:\n  a: each_year(normal(10, 3))\n  b: poisson(2)\n"
        "  c: -lognormal(1 to 9)\ninvestment: {I: 20}\nbenefits: {B: a + b + c}"
    )
    kept, counted = (
        ut.simulate(case, trials=2**19, keep=keep).rank_correlations for keep in (True, False)
    )
    assert kept.keys() == counted.keys() == {"a", "b", "c"}
    for name, found in counted.items():
        assert abs(found.value - kept[name].value) < 0.005
