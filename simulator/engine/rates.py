"""The rate of return of a cash flow: internal (one, none or several) and modified."""

import numpy as np
import numpy.typing as npt

from simulator.engine import roots as zeros
from simulator.engine.glance import rates_at_a_glance
from simulator.engine.present_value import Timing, at_end, npv

Floats = npt.NDArray[np.float64]
_FEW = 32


def irr(cash: npt.ArrayLike, timing: Timing = "end") -> tuple[Floats, npt.NDArray[np.int8]]:
    """The internal rate of return, a fraction a year, and how many of them there are.

    The rate at which `cash` (years + 1, trials) or (years + 1,), year 0 first, has a present value
    of zero; with timing "middle" the flow of year t >= 1 comes t - 1/2 years after year 0, as in
    `npv`. A flow can have no such rate above -100 %, or several; then none of them is an answer,
    and the rate is NaN.

    Returns (rates, roots), one a trial: roots is 1 where there is exactly one rate, 0 where there
    is none (no money at all, only inflows, a value that never touches zero), 2 where there are
    several. A rate where the value only touches zero, as far as the rounding of doubles can tell,
    counts once.

    Exact to about 1e-14 of 1 + rate when the flows change sign once, whatever their size; and the
    same to the last bit whichever other trials stand beside one.
    Raises ValueError when a flow is not a finite number.

    Source: Brealey, Myers and Allen, Principles of Corporate Finance, chapter 5.

    >>> rates, roots = irr([[-1000, -1600, 1000], [700, 10_000, -3000], [600, -10_000, 2500]])
    >>> rates.round(6).tolist(), roots.tolist()
    ([0.2, nan, nan], [1, 2, 0])
    >>> irr([-1000, 300, 420, 360, 240, 180], timing="middle")[0].round(6).tolist()
    0.217117
    """
    flows = _checked(cash)
    shape = flows.shape[1:]
    rates, roots = irr_of_finite(flows.reshape(len(flows), -1), timing)
    return rates.reshape(shape), roots.reshape(shape)


def irr_of_finite(flows: Floats, timing: Timing) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The same of `flows` (years + 1, trials) that are known to be finite numbers."""
    moments, in_halves = _moments(flows, timing)
    rates, roots = _irr(moments)
    return _a_year(rates, in_halves), roots


def irr_roots(cash: npt.ArrayLike, timing: Timing = "end") -> tuple[float, ...]:
    """All rates above -100 % at which one flow `cash` (years + 1,) is worth zero, in rising order.

    `timing` as in `irr`.

    Raises ValueError when a flow is not a finite number, or `cash` is not a single flow.

    >>> [round(rate, 4) for rate in irr_roots([-10, 30, -5])]
    [-0.8229, 1.8229]
    >>> irr_roots([1000, -3000, 2500])
    ()
    >>> [round(rate, 4) for rate in irr_roots([-10, 30, -5], timing="middle")]
    [-0.8045, 7.6568]
    """
    flow, in_halves = _moments(_checked(cash), timing)
    if flow.ndim != 1:
        raise ValueError(f"irr_roots takes one flow of shape (years + 1,), not shape {flow.shape}")
    flow = flow[:, np.newaxis]
    changes = int(zeros.sign_changes(flow)[0])
    if changes == 0:
        return ()
    found = _a_year(np.expm1(zeros.roots(flow, changes)[:, 0]), in_halves)
    return tuple(float(rate) for rate in found if not np.isnan(rate))


def mirr(cash: npt.ArrayLike, finance_rate: npt.ArrayLike, reinvest_rate: npt.ArrayLike) -> Floats:
    """The modified internal rate of return: outflows financed at one rate, inflows reinvested.

    `(value at the end of all inflows / present value of all outflows) ** (1 / years) - 1`, for
    `cash` (years + 1, ...), year 0 first; rates as fractions, scalar or one a trial. NaN
    (undefined) where there is no inflow or no outflow.

    Source: the function MIRR of Microsoft Excel.

    >>> round(float(mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12)), 4)
    0.1261
    """
    flows = np.asarray(cash, np.float64)
    years = len(flows) - 1
    outlay = -npv(np.minimum(flows, 0), finance_rate)
    # the inflows as of today; `growth` below takes them to the end
    proceeds = npv(np.maximum(flows, 0), reinvest_rate)
    defined = (outlay > 0) & (proceeds > 0)
    ratio = np.divide(proceeds, outlay, out=np.full(np.shape(defined), np.nan), where=defined)
    growth = 1 + np.asarray(reinvest_rate, np.float64)
    return np.asarray(ratio ** (1 / years) * growth - 1 if years else ratio * np.nan, np.float64)


def _checked(cash: npt.ArrayLike) -> Floats:
    flows = np.asarray(cash, np.float64)
    if flows.ndim == 0 or len(flows) == 0:
        raise ValueError("a cash flow needs at least year 0")
    if not np.isfinite(flows).all():
        raise ValueError(
            "a cash flow holds values that are not finite numbers (NaN or infinity): "
            "it has no internal rate of return; correct the flow first"
        )
    return flows


def _moments(flows: Floats, timing: Timing) -> tuple[Floats, bool]:
    """The flow in steps of equal length; True where these are half-years."""
    if at_end(timing) or len(flows) == 1:
        return flows, False
    halves = np.zeros((2 * len(flows) - 2, *flows.shape[1:]))
    halves[0], halves[1::2] = flows[0], flows[1:]  # year t lies 2t - 1 half-years after year 0
    return halves, True


def _a_year(rates: Floats, in_halves: bool) -> Floats:
    """Rates a year; from rates a half-year (1 + rate)² - 1, written so that no digit is lost."""
    return rates * (2.0 + rates) if in_halves else rates


def _irr(flows: Floats) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The rates of flows (years, trials), a step, and their number."""
    changes = zeros.sign_changes(flows)
    roots = np.minimum(changes, 2).astype(np.int8)
    other = changes != 1
    others = int(np.count_nonzero(other))
    if not others:
        return 1.0 / zeros.only_discount(flows) - 1.0, roots
    if others <= changes.size // 8:  # not worth picking the many out
        with np.errstate(all="ignore"):  # what stands there of the others
            rates = 1.0 / zeros.only_discount(flows, other) - 1.0
        rates[other] = np.nan
    else:
        rates = np.full(changes.size, np.nan)
        one = np.flatnonzero(~other)
        rates[one] = 1.0 / zeros.only_discount(flows.take(one, axis=1)) - 1.0
    for kind in np.flatnonzero(np.bincount(changes)):
        if kind > 1:
            trials = np.flatnonzero(changes == kind)
            rates[trials], roots[trials] = _of_several_changes(flows.take(trials, axis=1), kind)
    return rates, roots


def _of_several_changes(flows: Floats, changes: np.intp) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The same of flows that change sign so many times, twice at least."""
    rates, number = np.full(flows.shape[1], np.nan), np.full(flows.shape[1], -1, np.int8)
    if changes == 2 and number.size <= _FEW:  # of many, the look takes longer than the search
        number[:] = rates_at_a_glance(flows)
    left = np.flatnonzero(number < 0)
    if left.size:
        some = flows[:, left]
        points, signs = zeros.separate(some, int(changes))
        found = zeros.count(signs)
        number[left] = np.minimum(found, 2)
        one = found == 1
        if one.any():
            between = zeros.roots_between(some[:, one], points[:, one], signs[:, one])
            rates[left[one]] = np.expm1(between[0])
    return rates, number
