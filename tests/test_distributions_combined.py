"""Cut, clipped, mixed, and things that may happen: answers known from the closed forms."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import distributions as d
from distributions import EstimateError, stream

PHI_0 = 1 / np.sqrt(2 * np.pi)


def test_a_cut_rescales_and_a_clip_piles_up():
    """Half of a standard normal lies below 0: cut, the rest is a half normal; clipped, it is 0."""
    bell = d.normal(0, 1)
    cut, clipped = d.truncate(bell, low=0), d.clip(bell, low=0)
    assert cut.cdf(0) == 0
    assert clipped.cdf(0) == 0.5
    assert clipped.below(0) == 0
    assert cut.mean == pytest.approx(2 * PHI_0, abs=1e-12)
    assert cut.sd == pytest.approx(np.sqrt(1 - 4 * PHI_0**2), abs=1e-12)
    assert clipped.mean == pytest.approx(PHI_0, abs=1e-12)
    assert clipped.sd == pytest.approx(np.sqrt(0.5 - PHI_0**2), abs=1e-12)
    assert clipped.ppf([0.1, 0.4, 0.5]).tolist() == [0, 0, 0]
    assert cut.ppf(0.1) == pytest.approx(bell.ppf(0.55), rel=1e-14)
    assert clipped.jumps(-1, 1)[1].tolist() == [0.5]
    assert cut.jumps(-1, 1)[1].size == 0
    assert not clipped.is_discrete
    assert clipped.has_jumps


def test_a_cut_far_out_keeps_its_digits():
    """Mills' ratio: 10 sds out the mean of what is left is 10.0981, by the asymptotic series."""
    far = d.truncate(d.normal(0, 1), low=10)
    mills = 10 / (1 - 1 / 10**2 + 3 / 10**4 - 15 / 10**6 + 105 / 10**8 - 945 / 10**10)
    assert far.mean == pytest.approx(mills, rel=1e-7)
    mirrored = d.truncate(d.normal(0, 1), high=-10)
    assert mirrored.mean == pytest.approx(-far.mean, rel=1e-13)
    np.testing.assert_allclose(mirrored.ppf([0.1, 0.9]), -far.isf([0.1, 0.9]), rtol=1e-13)
    # An exponential forgets: cut anywhere it is itself again, moved.
    late = d.truncate(d.exponential(2), low=1200)
    np.testing.assert_allclose(
        late.ppf([0.1, 0.5, 0.99]) - 1200, d.exponential(2).ppf([0.1, 0.5, 0.99]), rtol=1e-10
    )
    assert late.mean == pytest.approx(1202, rel=1e-12)
    assert late.sd == pytest.approx(2, rel=1e-9)


def test_heavy_tails_have_the_moments_they_have():
    """A Pareto of shape 1 has no mean; cut above it has one, ln(20) 20/19."""
    assert d.truncate(d.pareto(1, 1), low=3).mean == np.inf
    assert d.truncate(d.pareto(1, 1), high=20).mean == pytest.approx(
        np.log(20) * 20 / 19, rel=1e-12
    )
    assert d.truncate(d.student_t(1), low=2).mean == np.inf
    assert d.truncate(d.student_t(1), high=2).mean == -np.inf
    assert np.isnan(d.clip(d.mixture([d.student_t(1)]), high=np.inf, low=-np.inf).mean)
    assert d.truncate(d.student_t(1.5), high=2).sd == np.inf
    assert d.truncate(d.student_t(5), high=1e9).sd == pytest.approx(np.sqrt(5 / 3), rel=1e-9)
    assert d.pareto(0.9, 1).mean == d.pareto(1.5, 1).sd == np.inf
    assert np.isnan(d.student_t(1).mean)
    assert d.student_t(1.5).sd == np.inf


def test_a_cut_of_counts_is_conditional():
    """P(X = k | 2 <= X <= 4) by hand, bounds that are no counts included."""
    for low, high in ((2, 4), (1.5, 4.5)):
        cut = d.truncate(d.poisson(3), low, high)
        masses = np.array([9 / 2, 27 / 6, 81 / 24])
        shares = masses / masses.sum()
        assert cut.ppf([0, 1e-12, 0.2, 0.5, 0.9, 1]).tolist() == [2, 2, 2, 3, 4, 4]
        np.testing.assert_allclose(cut.cdf([1, 2, 3, 4]), [0, *np.cumsum(shares)], atol=1e-15)
        assert cut.mean == pytest.approx(shares @ [2, 3, 4], rel=1e-12)
        assert cut.support == (2, 4)
        np.testing.assert_allclose(cut.jumps(0, 9)[1], shares, rtol=1e-12)
    assert d.truncate(d.discrete([1, 2, 3]), low=3).ppf([0, 0.5, 1]).tolist() == [3, 3, 3]
    upper = d.truncate(d.discrete([1, 2, 3], [8, 1, 1]), low=1.1)
    assert upper.ppf([0, 0.5, 0.51, 1]).tolist() == [2, 2, 3, 3]
    assert upper.isf([0, 0.49, 0.5, 1]).tolist() == [3, 3, 2, 2]


def test_cuts_within_cuts():
    """A cut of a cut is the narrower cut; a clip of a cut has the cut's mass on its bound."""
    once = d.truncate(d.normal(0, 1), 0, 3)
    twice = d.truncate(d.truncate(d.normal(0, 1), -1, 3), 0, 5)
    u = np.linspace(0, 1, 11)
    np.testing.assert_allclose(twice.ppf(u), once.ppf(u), rtol=1e-13, atol=1e-15)
    piled = d.clip(once, low=1)
    assert piled.cdf(1) == once.cdf(1)
    assert piled.support == (1, 3)


def test_a_mixture_is_exact_at_points_with_mass():
    """60 % exactly 3, else a standard normal: 3 from u = 0.4 Φ(3) to 0.4 Φ(3) + 0.6."""
    mixed = d.mixture([3, d.normal(0, 1)], [6, 4])
    below = 0.4 * d.normal(0, 1).cdf(3)
    assert mixed.below(3) == pytest.approx(below, rel=1e-15)
    inside = np.linspace(below + 1e-12, below + 0.6 - 1e-12, 50)
    assert mixed.ppf(inside).tolist() == [3.0] * 50
    assert mixed.isf(1 - inside).tolist() == [3.0] * 50
    assert mixed.ppf(below * (1 - 1e-9)) < 3 < mixed.ppf(below + 0.6 + 1e-9)
    assert mixed.jumps(0, 9)[0].tolist() == [3]
    assert mixed.jumps(0, 9)[1] == pytest.approx([0.6])
    assert mixed.mean == pytest.approx(1.8)
    assert mixed.sd == pytest.approx(np.sqrt(0.4 + 0.24 * 9))


def test_a_mixture_with_a_gap_jumps_over_it():
    """Uniforms on 0..1 and 5..6: at u = ½ the quantile is 1, the next float is past 5."""
    gap = d.mixture([d.uniform(0, 1), d.uniform(5, 6)])
    assert gap.ppf([0.25, 0.5, 0.75]).tolist() == pytest.approx([0.5, 1, 5.5])
    assert gap.ppf(0.5) == 1
    assert gap.ppf(np.nextafter(0.5, 1)) >= 5
    assert gap.mean == 3
    assert gap.sd == pytest.approx(np.sqrt(1 / 12 + 6.25))
    assert gap.pdf([0.5, 3, 5.5]).tolist() == [0.5, 0, 0.5]


def test_a_mixture_of_counts_steps_exactly():
    """At every P(X <= k), one float before and after, also by the search that trials need."""
    parts = [d.poisson(3), d.binomial(40, 0.5), d.discrete([2.5, 100])]
    table = d.mixture(parts, [5, 4, 1])
    points, masses = table.jumps(0, 90)
    points = points[masses > 1e-12]
    upto = table.cdf(points)
    trials = d.mixture(parts, [np.full(len(points), 5.0), 4, 1])
    for one in (table, trials):
        assert one.ppf(upto).tolist() == points.tolist()
        assert one.ppf(np.nextafter(upto, 0)).tolist() == points.tolist()
        assert one.ppf(np.nextafter(upto, 1))[:-1].tolist() == points[1:].tolist()
    assert table.is_discrete
    assert table.ppf([0, 1]).tolist() == [0, np.inf]


def test_parts_without_weight_do_not_matter():
    """Weight 0 leaves quantiles, support and jumps as if the part were not there."""
    with_it = d.mixture([d.normal(0, 1), d.normal(1e9, 1), 7], [1, 0, 0])
    u = np.array([1e-12, 0.3, 0.999])
    np.testing.assert_allclose(with_it.ppf(u), d.normal(0, 1).ppf(u), rtol=1e-14)
    assert with_it.jumps(-10, 10)[0].size == 0
    only = d.mixture([d.uniform(2, 3), d.uniform(0, 9)], [1, 0])
    assert only.support == (2, 3)
    weights = np.array([1.0, 0])
    by_trial = d.mixture([d.uniform(2, 3), d.uniform(0, 9)], [weights, 1 - weights])
    assert by_trial.ppf([0.5, 0.5]).tolist() == pytest.approx([2.5, 4.5], rel=1e-14)
    zero = d.discrete([5, -100, 7], [1, 0, 1])
    assert zero.ppf([0, 0.5, 1]).tolist() == [5, 5, 7]
    assert zero.support == (5, 7)


def test_a_mixture_is_quick():
    """65,536 quantiles of two lognormals: well under a second (the best of three)."""
    mixed = d.mixture([d.interval(5, 10), d.interval(20, 60)], [7, 3])
    u = (np.arange(65_536) + 0.5) / 65_536
    spent = []
    for _ in range(3):
        start = time.process_time()
        x = mixed.ppf(u)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.8
    np.testing.assert_allclose(mixed.cdf(x), u, rtol=1e-12)


numbers = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
simple = st.one_of(
    numbers,
    st.tuples(numbers, st.floats(1e-3, 1e4)).map(lambda p: d.normal(*p)),
    st.tuples(numbers, st.floats(1e-2, 1e4)).map(lambda p: d.uniform(p[0], p[0] + p[1])),
    st.tuples(st.floats(-5, 5), st.floats(0.05, 3)).map(lambda p: d.lognormal(mu=p[0], sigma=p[1])),
    st.floats(0.01, 300).map(d.poisson),
)
weights = st.floats(0.01, 10)


@given(
    st.lists(st.tuples(simple, weights), min_size=1, max_size=4),
    st.lists(st.floats(1e-9, 1 - 1e-9), min_size=1, max_size=20),
)
def test_any_mixture_is_inverted(pairs, probabilities):
    """P(X <= x) reaches u at x = ppf(u) and not before, to rounding, whatever the parts."""
    mixed = d.mixture([part for part, _ in pairs], [weight for _, weight in pairs])
    u = np.array(probabilities)
    noise = 1e-13  # of distribution functions: the logarithm of a narrow lognormal, say
    x = mixed.ppf(u)
    bits = 4 * np.spacing(np.abs(x))
    assert np.all(mixed.cdf(x + bits) >= u - noise)
    assert np.all(mixed.cdf(x - bits) < u + noise)
    y = mixed.isf(u)
    bits = 4 * np.spacing(np.abs(y))
    assert np.all(mixed.sf(y + bits) <= u + noise)
    assert np.all(mixed.sf(y - bits) > u - noise)


def test_an_event_may_cost():
    """10 % chance of a loss between 100 and 50, else nothing."""
    loss = d.event(0.1, d.uniform(-100, -50))
    assert loss.ppf([0, 0.05, 0.1, 0.10001, 0.5, 1]).tolist() == pytest.approx(
        [-100, -75, -50, 0, 0, 0]
    )
    assert loss.isf([0, 0.5, 0.95, 1]).tolist() == pytest.approx([0, 0, -75, -100])
    assert loss.mean == pytest.approx(-7.5)
    assert loss.sd == pytest.approx(np.sqrt(0.1 * (50**2 / 12 + 75**2) - 7.5**2))
    assert loss.cdf([-75, -1, 0]).tolist() == pytest.approx([0.05, 0.1, 1])
    assert loss.below(0) == pytest.approx(0.1)
    assert loss.support == (-100, 0)
    assert loss.jumps(-200, 200)[0].tolist() == [0]


def test_an_event_may_go_either_way():
    """20 %: N(0, 1). Below zero 10 % of the chance, above 10 %, nothing between."""
    either = d.event(0.2, d.normal(0, 1))
    bell = d.normal(0, 1)
    np.testing.assert_allclose(either.ppf([0.02, 0.98]), bell.ppf([0.1, 0.9]), rtol=1e-13)
    assert np.all(either.ppf(np.linspace(0.1 + 1e-12, 0.9 - 1e-12, 99)) == 0)
    np.testing.assert_allclose(either.isf(1e-13), bell.isf(5e-13), rtol=1e-13)
    assert either.jumps(-1, 1)[1] == pytest.approx([0.8])


def test_an_event_that_is_certain_or_impossible():
    """100 %: the amount; 0 %: nothing; neither leaves a trace of the other."""
    u = np.array([0, 0.3, 1])
    np.testing.assert_allclose(d.event(1, d.uniform(5, 9)).ppf(u), [5, 6.2, 9])
    np.testing.assert_allclose(d.event(1, d.uniform(5, 9)).isf(u), [9, 7.8, 5])
    assert d.event(0, d.uniform(5, 9)).ppf(u).tolist() == [0, 0, 0]
    assert d.event(0, d.normal(5, 9)).support == (0, 0)
    assert d.event(1, d.uniform(5, 9)).support == (5, 9)
    assert d.event(1, d.uniform(5, 9)).jumps(0, 9)[0].size == 0


def test_an_event_of_zero_or_of_counts():
    """Mass on zero adds up; counts stay counts."""
    rare = d.event(0.5, d.poisson(2))
    assert rare.cdf(0) == pytest.approx(0.5 + 0.5 * np.exp(-2))
    assert rare.jumps(0, 0)[1] == pytest.approx([0.5 + 0.5 * np.exp(-2)])
    draws = rare.ppf(stream(1, 0, 0, "rare").random(20_000))
    assert np.mean(draws) == pytest.approx(1, abs=4 * float(rare.sd) / np.sqrt(20_000))
    assert np.all(draws == np.round(draws))
    assert rare.is_discrete


def test_parts_may_have_uncertain_parameters():
    """An event, a cut, a clip and a mixture, each trial its own."""
    mean = np.array([0.0, 5, -5])
    u = np.full(3, 0.5)
    bells = [d.normal(m, 2) for m in mean]
    for combine in (
        lambda x: d.event(0.9, x), lambda x: d.truncate(x, low=-1), lambda x: d.clip(x, high=0.5),
        lambda x: d.mixture([x, 1.0]),
    ):  # fmt: skip
        together = combine(d.normal(mean, 2))
        np.testing.assert_allclose(
            together.ppf(u), [combine(b).ppf(0.5) for b in bells], rtol=1e-13
        )
    bounds = d.truncate(d.normal(0, 1), low=mean, high=mean + 1)
    assert np.all((bounds.ppf(u) > mean) & (bounds.ppf(u) < mean + 1))
    np.testing.assert_allclose(
        bounds.mean, [d.truncate(d.normal(0, 1), m, m + 1).mean for m in mean]
    )


def test_a_cut_that_leaves_nothing_in_some_trials():
    """NaN there, and a sentence that says why; never a clipped value."""
    low = np.array([0.0, 3, 0])
    cut = d.truncate(d.uniform(0, 2), low=low)
    np.testing.assert_array_equal(cut.ppf(np.full(3, 0.5)), [1, np.nan, 1])
    assert cut.problem() == "no mass is left between 3 and inf (in 1 of 3 trials)"
    with pytest.raises(EstimateError, match="no mass is left"):
        cut.trial(1)
    assert np.isnan(cut.mean[1])


def test_combined_ones_answer_as_scipy_distributions_do():
    """Methods of a frozen scipy distribution, on our own functions."""
    like = d.truncate(d.uniform(0, 10), low=4).scipy()
    assert like.mean() == pytest.approx(7)
    assert like.std() == pytest.approx(6 / np.sqrt(12))
    assert like.var() == pytest.approx(3)
    assert like.median() == 7
    assert like.interval(0.9) == pytest.approx((4.3, 9.7))
    assert like.support() == (4, 10)
    assert like.pmf(7) == 0
    assert d.discrete([1, 2], [1, 3]).scipy().pmf(2) == 0.75
    draws = like.rvs(1000, random_state=3)
    assert draws.shape == (1000,)
    assert np.all((draws >= 4) & (draws <= 10))
    assert abs(draws.mean() - 7) < 4 * np.sqrt(3 / 1000)
    assert (draws == like.rvs(1000, random_state=3)).all()


@pytest.mark.parametrize(
    "parts", [(d.interval(5, 10), d.interval(20, 60)), (d.normal(0, 1), d.normal(50, 1))]
)
def test_moments_of_cut_and_clipped_mixtures_are_those_of_their_parts(parts):
    """Parts far apart: a mixture clipped is a mixture of clipped parts, and so with cuts."""
    whole = d.mixture(parts, [7, 3])
    low, high = whole.ppf([0.01, 0.99])
    clipped = d.mixture([d.clip(part, low, high) for part in parts], [7, 3])
    masses = [float(part.cdf(high) - part.cdf(low)) for part in parts]
    cut = d.mixture([d.truncate(part, low, high) for part in parts], [7 * masses[0], 3 * masses[1]])
    for ours, by_parts in (
        (d.clip(whole, low, high), clipped),
        (d.truncate(whole, low, high), cut),
    ):
        assert ours.mean == pytest.approx(by_parts.mean, rel=1e-8)
        assert ours.sd == pytest.approx(by_parts.sd, rel=1e-8)
