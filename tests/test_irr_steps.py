"""The quick ways to a rate of return: a few steps of Halley's, and a glance at many rates."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from simulator.engine.glance import UNTOLD, rates_at_a_glance
from simulator.engine.halley import CHUNK, discount_of_zero
from simulator.engine.roots import count, separate, sign_changes
from simulator.engine.valuation import irr

NEAR = 1e-6


def invested(years: int, trials: int) -> np.ndarray:
    """Flows with one change of sign: outlays for a while, then inflows, large gains and losses."""
    rng = np.random.default_rng(years)
    flows = rng.lognormal(0, 1, (years + 1, trials))
    turn = rng.integers(1, years + 1, trials)
    flows[np.arange(years + 1)[:, np.newaxis] < turn] *= -1
    flows[0] *= 10.0 ** rng.uniform(-1, 1.5, trials)
    flows[:, ::7] *= -1  # loans
    return flows


def exact_discount(flow: np.ndarray, near: float) -> mpmath.mpf:
    """The one positive zero of the polynomial, by bisection at 40 digits.

    It is looked for within a millionth of `near`, where the signs must show that it is: then
    60 halvings leave less than 1e-23 of it.
    """
    with mpmath.workdps(40):
        coefficients = [mpmath.mpf(float(one)) for one in flow[::-1]]

        def value(d: mpmath.mpf) -> mpmath.mpf:
            total = mpmath.mpf(0)
            for one in coefficients:
                total = total * d + one
            return total

        low, high = (mpmath.mpf(near) * (1 + side) for side in (-NEAR, NEAR))
        sign = mpmath.sign(value(low))
        assert mpmath.sign(value(high)) == -sign
        for _ in range(60):
            middle = (low + high) / 2
            if mpmath.sign(value(middle)) == sign:
                low = middle
            else:
                high = middle
        return low


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5, 12, 30])
def test_rates_are_exact_to_fourteen_digits(years: int) -> None:
    """Against arithmetic of 40 digits; the error is that of the sum: what moves, over the slope."""
    flows = invested(years, 150)
    rates, roots = irr(flows)
    assert (roots == 1).all()
    for rate, flow in zip(rates, flows.T, strict=True):
        exact = exact_discount(flow, 1 / (1 + float(rate)))
        terms = flow * float(exact) ** np.arange(years + 1)
        conditioned = np.abs(terms).sum() / abs((np.arange(years + 1) * terms).sum())
        error = abs((1 + mpmath.mpf(float(rate))) * exact - 1)
        rounding = 2e-16 * (1 + 1 / (1 + rate))  # of 1 / d and of the rate itself
        assert error <= rounding + 2e-16 * (2 + years) * conditioned


@pytest.mark.parametrize("years", [1, 2, 3, 5, 12, 30])
def test_nearly_all_get_there_in_a_few_steps(years: int) -> None:
    """One flow in a thousand at most is left to bisection."""
    discount = discount_of_zero(invested(years, 20_000))
    assert np.isnan(discount).mean() <= 1e-3
    assert np.nanmin(discount) > 0


def test_flows_too_large_or_small_to_be_squared_have_their_rates() -> None:
    """Overflow and underflow leave a flow to the search at any scale."""
    flow = np.array([-1000.0, 300, 420, 360, 240, 180])
    scale = np.array([1e-312, 1e-200, 1e-160, 1e-150, 1.0, 1e150, 1e160, 1e300])
    rates, roots = irr(flow[:, np.newaxis] * scale)
    assert (roots == 1).all()
    np.testing.assert_allclose(rates[1:], rates[4], rtol=0, atol=1e-14)
    assert rates[0] == pytest.approx(0.16913601192, abs=1e-6)  # few digits are left of the flow


def test_company_changes_no_bit_of_the_steps() -> None:
    """Alone, at the border of a chunk, beside flows that need more steps, or as others told."""
    flows = invested(5, CHUNK + 50)
    whole = discount_of_zero(flows)
    for trial in (0, 77, CHUNK - 1, CHUNK, CHUNK + 49):
        assert discount_of_zero(flows[:, [trial]]).tobytes() == whole[trial].tobytes()
    mixed = flows.copy()
    others = np.arange(mixed.shape[1]) % 3 == 0
    mixed[:, others] = np.abs(mixed[:, others])
    some = discount_of_zero(mixed, others)
    assert some[~others].tobytes() == whole[~others].tobytes()


def two_changes(years: int, trials: int) -> np.ndarray:
    """Flows with two changes of sign of all kinds, some close to touching zero."""
    rng = np.random.default_rng(years)
    flows = rng.normal(size=(years + 1, 20 * trials)) * 10.0 ** rng.uniform(-1, 1, (years + 1, 1))
    return flows[:, sign_changes(flows) == 2][:, :trials]


@pytest.mark.parametrize("years", [2, 3, 5, 8])
def test_a_glance_tells_what_the_search_finds(years: int) -> None:
    """None or two; and it tells of nearly all."""
    flows = two_changes(years, 3000)
    told = rates_at_a_glance(flows)
    found = np.minimum(count(separate(flows, 2)[1]), 2)
    assert (told == UNTOLD).mean() < 0.05
    assert (told == found)[told != UNTOLD].all()
    assert set(told.tolist()) == {UNTOLD, 0, 2}
    assert rates_at_a_glance(-flows).tolist() == told.tolist()


def test_a_double_rate_is_not_told_at_a_glance() -> None:
    """Where the value only touches zero the search decides: one rate, here 100 %."""
    touching = np.array([[-1.0], [4.0], [-4.0]])
    assert rates_at_a_glance(touching).tolist() == [UNTOLD]
    rate, roots = irr(touching[:, 0])
    assert roots == 1
    assert rate == pytest.approx(1.0, abs=1e-7)


def test_few_flows_are_counted_as_many_are() -> None:
    """Five flows take the glance, three thousand the search: the same numbers of rates."""
    flows = two_changes(4, 3000)
    rates, roots = irr(flows)
    for start in range(0, 300, 5):
        few = slice(start, start + 5)
        again, counted = irr(flows[:, few])
        assert counted.tolist() == roots[few].tolist()
        assert again.tobytes() == rates[few].tobytes()
