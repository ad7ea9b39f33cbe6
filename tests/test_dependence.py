"""Rank correlations, the Gaussian copula, and matrices that cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import distributions as d
from distributions import Copula, EstimateError, stream
from distributions.correlation import is_positive_semidefinite, triangular_factor

TRIALS = 20_000
CONTRADICTION = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.5}


def independent(count: int, trials: int = TRIALS) -> list[np.ndarray]:
    """Uniforms of as many inputs."""
    return [stream(4, 0, 0, f"input {i}").random(trials) for i in range(count)]


def test_correlations_of_scores_by_the_book():
    """2 sin(π 0.6/6) and sin(π 0.6/2); in the same half with 75 %: sin(π/4)."""
    assert d.normal_from_rank(0.6) == pytest.approx(0.618034, abs=5e-7)
    assert d.normal_from_rank(0.6) == pytest.approx(
        (np.sqrt(5) - 1) / 2, abs=1e-15
    )  # the golden one
    assert d.normal_from_kendall(0.6) == pytest.approx(0.809017, abs=5e-7)
    assert d.normal_from_same_half(0.75) == pytest.approx(np.sqrt(0.5), abs=1e-15)
    for convert in (d.normal_from_rank, d.normal_from_kendall):
        assert [convert(r) for r in (-1, 0, 1)] == pytest.approx([-1, 0, 1], abs=1e-15)
    assert [d.normal_from_same_half(s) for s in (0, 0.5, 1)] == pytest.approx([-1, 0, 1], abs=1e-15)


@given(st.floats(-1, 1))
def test_rank_correlations_come_back(rank):
    """rank -> score -> rank."""
    assert d.rank_from_normal(d.normal_from_rank(rank)) == pytest.approx(rank, abs=1e-12)


@pytest.mark.parametrize(
    ("convert", "value"),
    [
        (d.normal_from_rank, 1.1), (d.normal_from_rank, np.nan), (d.rank_from_normal, -1.5),
        (d.normal_from_kendall, 2), (d.normal_from_same_half, 75), (d.normal_from_same_half, -0.1),
    ],
)  # fmt: skip
def test_correlations_beyond_one_are_refused(convert, value):
    """75 is not 75 %."""
    with pytest.raises(EstimateError, match="lies outside"):
        convert(value)


@pytest.mark.parametrize("rank", [-0.8, -0.3, 0.4, 0.9])
def test_the_copula_reaches_the_rank_correlation(rank):
    """Within four standard errors, by an independent formula; the marginals stay uniform."""
    pairs = {("a", "b"): d.normal_from_rank(rank)}
    a, b = Copula.from_pairs(["a", "b"], pairs).uniforms(independent(2))
    assert stats.spearmanr(a, b).statistic == pytest.approx(rank, abs=4 / np.sqrt(TRIALS))
    assert stats.kstest(b, "uniform").pvalue > 1e-4


def test_the_copula_reaches_kendall_and_the_same_half():
    """tau = 0.4; and 80 % of pairs in the same half."""
    pairs = {("a", "b"): d.normal_from_kendall(0.4), ("a", "c"): d.normal_from_same_half(0.8)}
    a, b, c = Copula.from_pairs(["a", "b", "c"], pairs).uniforms(independent(3))
    assert stats.kendalltau(a, b).statistic == pytest.approx(0.4, abs=4 / np.sqrt(TRIALS))
    share = np.mean((a > 0.5) == (c > 0.5))
    assert share == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / TRIALS))


def test_what_depends_on_nothing_keeps_its_luck():
    """First in the matrix, or without a pair: the very same uniforms, bit for bit."""
    u = independent(4)
    copula = Copula.from_pairs(["a", "b", "c", "e"], {("a", "c"): 0.5})
    out = copula.uniforms(u)
    for place in (0, 1, 3):
        np.testing.assert_array_equal(out[place], u[place])
    assert not np.array_equal(out[2], u[2])


def test_a_correlation_of_one_is_the_same_luck():
    """A singular matrix is proper and is not touched; -1 is the mirror image."""
    copula = Copula.from_pairs(["a", "b", "c"], {("a", "b"): 1, ("a", "c"): -1, ("b", "c"): -1})
    assert copula.repaired == ()
    a, b, c = copula.uniforms(independent(3))
    np.testing.assert_array_equal(a, b)
    np.testing.assert_allclose(c, 1 - a, rtol=1e-12)


def test_scores_do_not_depend_on_the_size_of_blocks():
    """The same bits whether trials come in one block or in many."""
    rng = np.random.default_rng(3)
    shares = rng.normal(size=(6, 9))
    matrix = np.corrcoef(shares)
    names = [f"x{i}" for i in range(6)]
    pairs = {(names[i], names[j]): matrix[i, j] for i in range(6) for j in range(i)}
    copula = Copula.from_pairs(names, pairs)
    assert copula.repaired == ()
    u = independent(6, 5000)
    whole = copula.uniforms(u)
    for size in (1, 7, 64, 1000):
        for start in (0, 3 * size):
            block = copula.uniforms([one[start : start + size] for one in u])
            for one, part in zip(whole, block, strict=True):
                np.testing.assert_array_equal(one[start : start + size], part)


def test_the_ends_of_the_unit_interval_do_no_harm():
    """u of exactly 0 or 1 gives no infinite score, and what comes out lies inside (0, 1)."""
    copula = Copula.from_pairs(
        ["a", "b", "c"], {("a", "b"): 0.999, ("b", "c"): -0.999, ("a", "c"): -0.999}
    )
    u = [np.array([0.0, 1, 0, 1, 1e-320]), np.array([0.0, 1, 1, 0, 1]), np.array([1.0, 0, 0, 1, 1])]
    for out in copula.uniforms(u):
        assert np.all((out > 0) & (out < 1))
    assert np.all(
        np.isfinite(copula.scores([np.array([-38.0, 38]), np.array([38.0, 38]), np.zeros(2)]))
    )


def test_highams_own_example():
    """N. J. Higham, 2002: the nearest matrix to one of ones with a hole."""
    nearest = d.nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]]))
    # By symmetry 1, a, b with 1 + b = 2a², and nearest where 4a³ = a + 1.
    a = float(np.real(np.roots([4, 0, -1, -1])[np.argmax(np.real(np.roots([4, 0, -1, -1])))]))
    np.testing.assert_allclose(nearest[0], [1, a, 2 * a**2 - 1], atol=1e-9)
    assert is_positive_semidefinite(nearest)
    np.testing.assert_array_equal(nearest, nearest.T)
    np.testing.assert_array_equal(np.diag(nearest), 1)


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_the_nearest_matrix_is_proper_and_nearest(entries):
    """No negative eigenvalue; no proper matrix on the way to another is nearer."""
    asked = np.eye(4)
    asked[np.tril_indices(4, -1)] = entries
    asked = np.tril(asked) + np.tril(asked, -1).T
    nearest = d.nearest_correlation(asked)
    assert np.linalg.eigvalsh(nearest)[0] > -1e-9
    np.testing.assert_array_equal(np.diag(nearest), 1)
    distance = np.sum((asked - nearest) ** 2)
    for other in (np.eye(4), np.ones((4, 4)), np.corrcoef(np.arange(20).reshape(4, 5) % 7)):
        step = nearest + 0.01 * (other - nearest)  # proper too: the set is convex
        assert distance <= np.sum((asked - step) ** 2) + 1e-6


def test_a_proper_matrix_is_left_alone():
    """The same numbers come back, and L Lᵀ is the matrix."""
    proper = np.corrcoef(np.random.default_rng(1).normal(size=(5, 8)))
    np.testing.assert_array_equal(d.nearest_correlation(proper), (proper + proper.T) / 2)
    factor = triangular_factor(proper)
    np.testing.assert_allclose(factor @ factor.T, proper, atol=1e-14)
    np.testing.assert_allclose(factor, np.linalg.cholesky(proper), atol=1e-13)


def test_a_small_contradiction_is_repaired_and_told():
    """Three correlations that cannot all hold move a little; what moved is listed."""
    copula = Copula.from_pairs(["a", "b", "c"], CONTRADICTION)
    assert {(r.first, r.second) for r in copula.repaired} == {("a", "b"), ("a", "c"), ("b", "c")}
    for repair in copula.repaired:
        assert repair.asked == CONTRADICTION[repair.first, repair.second]
        assert 0 < abs(repair.used - repair.asked) < 0.1
    by_pair = {(r.first, r.second): r.used for r in copula.repaired}
    assert by_pair["a", "b"] < 0.9 < 0.9 + by_pair["a", "c"] - 0.5
    uniforms = copula.uniforms(independent(3))
    for (first, second), used in by_pair.items():
        one, two = uniforms["abc".index(first)], uniforms["abc".index(second)]
        realised = stats.spearmanr(one, two).statistic
        assert realised == pytest.approx(d.rank_from_normal(used), abs=4 / np.sqrt(TRIALS))


def test_a_large_contradiction_is_refused():
    """a with b, b with c, a against c: the message names the pair that would move most."""
    pairs = {("a", "b"): 0.95, ("b", "c"): 0.9, ("a", "c"): -0.9}
    with pytest.raises(EstimateError) as caught:
        Copula.from_pairs(["a", "b", "c"], pairs)
    moved = d.nearest_correlation(np.array([[1, 0.95, -0.9], [0.95, 1, 0.9], [-0.9, 0.9, 1]]))
    assert abs(moved[0, 1] - 0.95) > abs(moved[0, 2] + 0.9) > abs(moved[1, 2] - 0.9) - 1e-9
    assert "a and b would have to move from 0.945 to" in caught.value.problem
    assert "weaken" in caught.value.remedy


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ({("a", "x"): 0.5}, "x is not among the quantities"),
        ({("a", "a"): 0.5}, "a cannot be correlated with itself"),
        ({("a", "b"): 0.5, ("b", "a"): 0.5}, "between b and a is given twice"),
        ({("a", "b"): 1.5}, "correlation between a and b of 1.5 lies outside -1 to 1"),
    ],
)
def test_pairs_that_make_no_sense(pairs, problem):
    """Unknown, with itself, twice, beyond one."""
    with pytest.raises(EstimateError, match=problem):
        Copula.from_pairs(["a", "b"], pairs)


def test_what_is_known_of_one_tells_of_another():
    """Two variables: mean r z, variance 1 - r²; three by the textbook formula."""
    two = Copula.from_pairs(["a", "b"], {("a", "b"): 0.6}).conditional({"a": 2})
    assert two.names == ("b",)
    assert two.mean == pytest.approx([1.2])
    assert two.covariance == pytest.approx(np.array([[0.64]]))
    pairs = {("a", "b"): 0.5, ("a", "c"): 0.3, ("b", "c"): -0.2}
    three = Copula.from_pairs(["a", "b", "c"], pairs).conditional({"c": 1, "a": -1})
    # b on c and a: solve [[1, .3], [.3, 1]] w = [-.2, .5]
    weights = np.linalg.solve([[1, 0.3], [0.3, 1]], [-0.2, 0.5])
    np.testing.assert_allclose(three.coefficients, [weights], rtol=1e-12)
    assert three.mean == pytest.approx([weights @ [1, -1]])
    assert three.covariance[0, 0] == pytest.approx(1 - weights @ [-0.2, 0.5])


def test_what_is_known_may_differ_from_trial_to_trial():
    """One score a trial; independent names stay as they were; nothing known changes nothing."""
    copula = Copula.from_pairs(["a", "b", "c"], {("a", "b"): 0.6})
    known = copula.conditional({"a": np.array([0.0, 1, -2])})
    assert known.names == ("b", "c")
    np.testing.assert_allclose(known.mean, [[0, 0.6, -1.2], [0, 0, 0]], atol=1e-15)
    np.testing.assert_allclose(known.covariance, [[0.64, 0], [0, 1]], atol=1e-15)
    free = copula.conditional({})
    np.testing.assert_array_equal(free.covariance, copula.matrix)
    assert free.mean.tolist() == [0, 0, 0]


def test_what_repeats_itself_is_known_twice():
    """Given both of two that always agree, the third follows as from one."""
    copula = Copula.from_pairs(["a", "b", "c"], {("a", "b"): 1, ("a", "c"): 0.5, ("b", "c"): 0.5})
    known = copula.conditional({"a": 2, "b": 2})
    assert known.mean == pytest.approx([1])
    assert known.covariance[0, 0] == pytest.approx(0.75)
    same = copula.conditional({"a": 2})
    assert same.mean == pytest.approx([2, 1])
    with pytest.raises(
        EstimateError, match="x is not part of this dependence; write one of a, b, c"
    ):
        copula.conditional({"x": 1})


def test_conditional_draws_are_those_of_the_copula():
    """Regression of drawn scores on the known one gives the closed form."""
    copula = Copula.from_pairs(["a", "b"], {("a", "b"): -0.7})
    z = [stats.norm.ppf(u) for u in independent(2)]
    a, b = copula.scores(z)
    slope = np.sum(a * b) / np.sum(a * a)
    assert slope == pytest.approx(-0.7, abs=4 * np.sqrt(0.51 / TRIALS))
    residual = b - copula.conditional({"a": a}).mean[0]
    assert np.var(residual) == pytest.approx(0.51, rel=4 * np.sqrt(2 / TRIALS))
