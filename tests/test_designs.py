"""Where trials lie: strata, streams, and that nothing depends on anything else."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections import Counter

import numpy as np
import pytest
from scipy import stats

import distributions as d
from distributions import UNIT, EstimateError, Latin, Random, Sobol, Unit, design, stream
from distributions.sobol import (
    direction_numbers,
    scramble_matrix,
    scrambled,
    sobol_integers,
    sobol_uniforms,
)

KINDS = ("sobol", "latin", "random")
PLACES = (0, 1, 2, 3, 7, 31, 100, 999, 4095)


def everything(of, name="churn", place=0) -> np.ndarray:
    """All trials of one input in order."""
    return np.concatenate([of.uniforms(name, place, r, u) for r, u, _ in of.units])


def natural(gray: np.ndarray) -> np.ndarray:
    """Points that scipy gives in the order of Gray codes, as a set."""
    return np.sort(gray)


@pytest.mark.parametrize("place", PLACES)
def test_points_before_the_scramble_are_scipys(place):
    """Joe and Kuo's direction numbers, as a set for every power of two."""
    theirs = stats.qmc.Sobol(place + 1, scramble=False, bits=32).random(1024)[:, place]
    ours = sobol_integers(direction_numbers(place), 0, 0, 1024) * 2.0**-32
    for count in (1, 2, 64, 1024):
        np.testing.assert_array_equal(natural(ours[:count]), natural(theirs[:count]))
    i = np.arange(1024)
    np.testing.assert_array_equal(ours[i ^ (i >> 1)], theirs)  # point for point in Gray's order


@pytest.mark.parametrize("size", [5, 40])
def test_scrambled_points_are_scipys(size):
    """With scipy's own scramble matrices and shift, every dimension is the same set."""
    sampler = stats.qmc.Sobol(size, scramble=True, bits=32, rng=np.random.default_rng(12))
    theirs = sampler.random(256)
    # From a child of the generator scipy draws first the shift, then the lower triangles.
    rng = np.random.default_rng(12).spawn(1)[0]
    shift = (
        rng.integers(2, size=(size, 32), dtype=np.uint32) << np.arange(32, dtype=np.uint32)
    ).sum(axis=1)
    triangles = np.tril(rng.integers(2, size=(size, 32, 32), dtype=np.uint32))
    for place in range(size):
        columns = (triangles[place] << np.arange(31, -1, -1, dtype=np.uint32)[:, None]).sum(axis=0)
        matrix = scramble_matrix(columns.astype(np.uint32))
        numbers = scrambled(direction_numbers(place), matrix)
        ours = sobol_integers(numbers, int(shift[place]), 0, 256) * 2.0**-32
        np.testing.assert_array_equal(natural(ours), natural(theirs[:, place]))


def test_a_later_stretch_is_part_of_the_same_sequence():
    """Units of a long set, one after the other, are the set drawn at once."""
    numbers = scrambled(direction_numbers(5), scramble_matrix(np.arange(32, dtype=np.uint32) * 99))
    whole = sobol_integers(numbers, 12345, 0, 2**12)
    parts = [sobol_integers(numbers, 12345, k * 256, 256) for k in range(16)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)
    assert len(set(whole.tolist())) == 2**12


@pytest.mark.parametrize("place", PLACES)
def test_every_cell_has_one_sobol_point(place):
    """Of 2^m points exactly one lies in each of 2^m cells, for every m, in every dimension."""
    u = Sobol(3, 2, 2**15).uniforms("churn", place, 1, 0)
    for m in range(15):
        cells = np.floor(u[: 2**m] * 2**m)
        np.testing.assert_array_equal(np.sort(cells), np.arange(2**m))
    both = np.concatenate([u, Sobol(3, 2, 2**15).uniforms("churn", place, 1, 1)])
    np.testing.assert_array_equal(np.sort(np.floor(both * 2**15)), np.arange(2**15))


def test_two_dimensions_are_stratified_together():
    """A (0, m, 2)-net: of 2^8 points one in each box of 2^a by 2^(8-a)."""
    of = Sobol(11, 1, 256)
    x, y = of.uniforms("a", 0, 0, 0), of.uniforms("b", 1, 0, 0)
    for a in range(9):
        boxes = Counter(
            zip(
                (x * 2**a).astype(int).tolist(),
                (y * 2 ** (8 - a)).astype(int).tolist(),
                strict=True,
            )
        )
        assert set(boxes.values()) == {1}
        assert len(boxes) == 256


def test_sobol_means_converge_faster_than_chance():
    """The mean of a smooth product over eight inputs: error far below that of random draws."""
    of = Sobol(5, 16, 4096)
    inputs = [everything(of, f"x{i}", i) for i in range(8)]
    product = np.prod([1 + 0.5 * (u - 0.5) for u in inputs], axis=0)
    means = product.reshape(16, -1).mean(axis=1)
    error = means.std(ddof=1) / 4
    assert abs(means.mean() - 1) < 5 * error
    assert error < 0.05 * product.std() / np.sqrt(of.trials)


def test_every_latin_cell_has_one_point():
    """In every replicate, also where a replicate takes several units."""
    for points in (1, 7, 1000, UNIT + 5):
        of = Latin(3, 3, points)
        u = everything(of).reshape(3, points)
        for one in u:
            np.testing.assert_array_equal(np.sort(np.floor(one * points)), np.arange(points))
    inputs = [everything(Latin(3, 1, 4096), name) for name in ("a", "b")]
    assert abs(stats.spearmanr(*inputs).statistic) < 4 / np.sqrt(4096)
    assert abs(stats.spearmanr(np.arange(4096), inputs[0]).statistic) < 4 / np.sqrt(4096)


@pytest.mark.parametrize("kind", KINDS)
def test_draws_are_uniform_and_strictly_inside(kind):
    """Between 0 and 1, neither of them; the distribution by Kolmogorov-Smirnov."""
    u = everything(design(kind, 7, 40_000))
    assert u.min() > 0
    assert u.max() < 1
    assert stats.kstest(u, "uniform").pvalue > 1e-4


@pytest.mark.parametrize("kind", KINDS)
def test_draws_belong_to_seed_replicate_unit_and_name(kind):
    """Another of any of them gives other draws; the same ones give the same bits. 0 is a seed."""
    of, other = design(kind, 0, 16 * 2 * UNIT), design(kind, 1, 16 * 2 * UNIT)
    u = of.uniforms("churn", 2, 0, 0)
    np.testing.assert_array_equal(u, design(kind, 0, 16 * 2 * UNIT).uniforms("churn", 2, 0, 0))
    different = [
        other.uniforms("churn", 2, 0, 0),
        of.uniforms("price", 2, 0, 0),
        of.uniforms("churn", 2, 0, 1),
        *([of.uniforms("churn", 2, 1, 0)] if kind != "random" else []),
    ]
    for one in different:
        assert np.mean(one == u) < 0.001
        if kind != "sobol":  # where one dimension keeps its first digits under every scramble
            assert abs(np.corrcoef(one, u)[0, 1]) < 0.05
    assert not np.array_equal(stream(0, 0, 0, "a").random(4), stream(1, 0, 0, "a").random(4))


def test_place_matters_under_sobol_alone():
    """A Sobol' dimension is a place; otherwise the order of inputs is nobody's business."""
    for kind in ("latin", "random"):
        of = design(kind, 3, 1024)
        np.testing.assert_array_equal(of.uniforms("a", 0, 0, 0), of.uniforms("a", 9, 0, 0))
    of = design("sobol", 3, 1024)
    assert not np.array_equal(of.uniforms("a", 0, 0, 0), of.uniforms("a", 9, 0, 0))


def test_what_was_drawn_before_does_not_matter():
    """Another process, another order of inputs and units: the same bits."""
    program = (
        "import distributions as d;"
        "print([d.design(k, 9, 100_000).uniforms('x', 4, 0, 0)[:3].tolist()"
        " for k in ('sobol', 'latin', 'random')])"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    here = []
    for kind in KINDS:
        of = design(kind, 9, 100_000)
        for name in ("z", "y"):
            of.uniforms(name, 1, 0, 0)
        here.append(of.uniforms("x", 4, 0, 0)[:3].tolist())
    assert elsewhere.stdout.strip() == str(here)


def test_more_random_trials_keep_the_first_ones():
    """A longer random run begins with the shorter one."""
    short, long = everything(Random(3, 20_000)), everything(Random(3, 40_000))
    np.testing.assert_array_equal(long[:20_000], short)


def test_units_come_in_order():
    """Replicate by replicate, sixteen thousand at a time, the last as long as what is left."""
    assert design("random", 1, 40_000).units == (
        Unit(0, 0, UNIT),
        Unit(0, 1, UNIT),
        Unit(0, 2, 7232),
    )
    assert design("sobol", 1, 65_536).units == tuple(Unit(r, 0, 4096) for r in range(16))
    assert Sobol(1, 2, 2 * UNIT).units == (
        Unit(0, 0, UNIT), Unit(0, 1, UNIT), Unit(1, 0, UNIT), Unit(1, 1, UNIT),
    )  # fmt: skip
    assert Latin(1, 1, UNIT + 1).units == (Unit(0, 0, UNIT), Unit(0, 1, 1))
    for kind in KINDS:
        of = design(kind, 1, 70_000)
        assert sum(size for _, _, size in of.units) == of.trials == of.replicates * of.points
        assert all(len(of.uniforms("a", 0, r, u)) == size for r, u, size in of.units)


@pytest.mark.parametrize(
    ("kind", "asked", "trials"),
    [
        ("sobol", 1, 32), ("sobol", 32, 32), ("sobol", 33, 64), ("sobol", 65_536, 65_536),
        ("sobol", 65_537, 131_072), ("sobol", 10_000, 16_384), ("latin", 1, 16),
        ("latin", 16, 16), ("latin", 10_001, 10_016), ("random", 1, 1), ("random", 12_345, 12_345),
    ],
)  # fmt: skip
def test_trials_are_rounded_up(kind, asked, trials):
    """Sobol' to 16 times a power of two, Latin hypercube to a multiple of 16, random not at all."""
    of = design(kind, 1, asked)
    assert of.trials == trials
    assert of.kind == kind
    assert of.seed == 1
    assert of.replicates == (1 if kind == "random" else 16)
    assert design("sobol", 1, asked, replicates=4).trials >= asked


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: design("sobol", 1, 0), "0 trials are too few; ask for at least 1"),
        (lambda: design("random", 1, -5), "-5 trials are too few"),
        (
            lambda: design("halton", 1, 10),
            "no sampling called halton; write sampling: sobol, latin or",
        ),
        (lambda: design("random", -1, 10), "the seed -1 is negative; write a whole number from 0"),
        (lambda: Sobol(1, 16, 100), "100 is no number of Sobol' points; take a power of two"),
        (lambda: Sobol(1, 16, 2**33), "power of two up to 2^32"),
        (lambda: Latin(1, 0, 5), "0 replicates of 5 trials are too few"),
        (
            lambda: Sobol(1, 1, 2).uniforms("a", 4096, 0, 0),
            "this is number 4097; write sampling: latin",
        ),
    ],
)
def test_designs_that_cannot_be(wrong, message):
    """What is wrong and what to ask for instead."""
    with pytest.raises(EstimateError) as caught:
        wrong()
    assert message in str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("replicate", "unit"), [(-1, 0), (16, 0), (0, -1), (0, 99)])
def test_units_that_do_not_exist(kind, replicate, unit):
    """A mistake of the caller, not of who wrote the case."""
    with pytest.raises(IndexError, match="no unit"):
        design(kind, 1, 1000).uniforms("a", 0, replicate, unit)


def test_designs_are_values():
    """Frozen, equal by what they are, printed as typed."""
    assert Sobol(1, 16, 4) == Sobol(1, 16, 4) != Sobol(2, 16, 4)
    assert repr(Sobol(1, 16, 4)) == "Sobol(seed=1, replicates=16, points=4)"
    assert len({Random(1, 5), Random(1, 5), Latin(1, 16, 5)}) == 2
    with pytest.raises(AttributeError):
        Random(1, 5).trials = 6


def test_direction_numbers_load_quickly():
    """scipy.stats.qmc takes most of a second; our table a few milliseconds (the best of five)."""
    from distributions import sobol

    spent = []
    for _ in range(5):
        start = time.process_time()
        sobol._joe_kuo.__wrapped__()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.05
    assert d.UNIT == 16_384


@pytest.mark.parametrize("count", [1, 4, 64, 128, 256, 4096, 16_384, 32_768])
def test_sobol_points_of_any_stretch_are_those_of_the_sequence(count: int) -> None:
    """A stretch made in one operation, and the same points one by one."""
    first = 3 * count
    found = sobol_uniforms(9, 2, "churn", 5, first, count)
    for place in {0, 1 % count, count // 3, count - 1}:
        alone = sobol_uniforms(9, 2, "churn", 5, first + place, 1)
        assert found[place] == alone[0]
    assert len(set((found * count).astype(int).tolist())) == count  # one in each cell


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 2**32, 2**40 + 7, 2**63 - 1])
@pytest.mark.parametrize(("replicate", "unit"), [(0, 0), (15, 3), (0, 2**33)])
def test_a_stream_is_numpys_own_of_its_four_numbers(seed: int, replicate: int, unit: int) -> None:
    """SFC64 through SeedSequence, as numpy seeds it with a list of whole numbers."""
    key = int.from_bytes(hashlib.sha256(b"churn").digest()[:16])
    numpys = np.random.Generator(np.random.SFC64([seed, replicate, unit, key]))
    np.testing.assert_array_equal(
        stream(seed, replicate, unit, "churn").random(9), numpys.random(9)
    )
