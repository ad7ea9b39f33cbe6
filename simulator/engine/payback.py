"""When the money is back, and how much of it is out at most.

The running total of a flow counts as below zero when it is so by more than the rounding of its own
sum: seven times 0.1 pays back 0.7 in year 7, whatever binary fractions make of it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.present_value import Timing, discount_factors

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_EPS = float(np.finfo(np.float64).eps)


def payback(cash: npt.ArrayLike) -> Floats:
    """Years until the running total of `cash` (years + 1, ...) stays at or above zero.

    `k + (-total[k]) / cash[k + 1]`, where k is the last year whose running total is below zero:
    money comes in evenly over a year. 0 where the total is never below zero (see `no_outlay`),
    infinity where it still is in the last year (never within the horizon), NaN where nothing is
    paid at all: doing nothing has no payback.

    Raises ValueError when a flow is not a finite number.

    >>> payback([[-1000, -100, 5, -9], [300, 120, 5, 4], [420, -50, 5, 4], [360, 100, 5, 0]])
    array([2.77777778, 2.3       , 0.        ,        inf])
    """
    flows, shape = _flat(cash)
    years = np.zeros(flows.shape[1])
    for now in _running(flows):
        _set_back(years, now, now.was_below & ~now.below)
    return _known(years, now).reshape(shape)


def discounted_payback(cash: npt.ArrayLike, rate: npt.ArrayLike, timing: Timing = "end") -> Floats:
    """Years until `cash` (years + 1, ...) is back with interest: payback of discounted flows.

    The same reading under either timing: discounted money comes in evenly over its year.
    Raises ValueError when a rate is not above -100 % or a flow is not a finite number.

    >>> round(float(discounted_payback([-1000, 300, 420, 360, 240, 180], 0.08)), 4)
    3.4329
    """
    flows = np.asarray(cash, np.float64)
    factors = discount_factors(len(flows) - 1, rate, timing)
    dimensions = max(flows.ndim, factors.ndim)
    return payback(_widened(flows, dimensions) * _widened(factors, dimensions))


def no_outlay(cash: npt.ArrayLike) -> Bools:
    """True where the running total of `cash` (years + 1, ...) is never below zero: nothing at risk.

    >>> no_outlay([[0, -100], [5, 200]]).tolist()
    [True, False]
    """
    flows, shape = _flat(cash)
    never_below = np.ones(flows.shape[1], np.bool_)
    for now in _running(flows):
        never_below &= ~now.below
    return never_below.reshape(shape)


def crossings(cash: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """How many times the running total of `cash` (years + 1, ...) comes back from below zero.

    More than once means that the money was back, and out again: payback counts the last time.

    >>> int(crossings([-100, 120, -50, 100]))
    2
    """
    flows, shape = _flat(cash)
    times = np.zeros(flows.shape[1], np.int64)
    for now in _running(flows):
        times += now.was_below & ~now.below
    return times.reshape(shape)


def peak_funding(cash: npt.ArrayLike) -> Floats:
    """The most money that `cash` (years + 1, ...) has ever tied up.

    Minus the lowest running total, at least 0: a positive amount, in the unit of `cash`. Year 0 is
    the day of investment.

    >>> float(peak_funding([-100, -40, 90, 90]))
    140.0
    """
    flows, shape = _flat(cash)
    total, lowest = np.zeros((2, flows.shape[1]))
    for flow in flows:
        total += flow
        np.minimum(lowest, total, out=lowest)
    return np.subtract(0.0, lowest).reshape(shape)  # not -lowest: nothing tied up is 0, not -0


class PaidBack(NamedTuple):
    """What there is to say of the running total of a flow; see the functions of these names."""

    payback: Floats
    crossings: npt.NDArray[np.int64]
    no_outlay: Bools
    peak_funding: Floats


def paid_back(cash: Floats) -> PaidBack:
    """All four measures of `cash` (years + 1, trials) in one pass over its years.

    >>> found = paid_back(np.array([[-100.0], [120.0], [-50.0], [100.0]]))
    >>> [float(measure[0]) for measure in found]
    [2.3, 2.0, 0.0, 100.0]
    """
    trials = cash.shape[1]
    years, lowest = np.zeros((2, trials))
    times, never_below = np.zeros(trials, np.int64), np.ones(trials, np.bool_)
    for now in _running(cash):
        back = now.was_below & ~now.below
        _set_back(years, now, back)
        times += back
        never_below &= ~now.below
        np.minimum(lowest, now.total, out=lowest)
    return PaidBack(_known(years, now), times, never_below, np.subtract(0.0, lowest))


class _Year(NamedTuple):
    """A moment on the way; the arrays are good until the next one."""

    year: int
    flow: Floats
    before: Floats  # running total a year ago
    total: Floats  # and now
    was_below: Bools  # the total a year ago was below zero
    below: Bools  # the total is below zero now
    gross: Floats  # all money moved so far, in either direction


def _running(flows: Floats) -> Iterator[_Year]:
    """The running total of `flows` (years, trials), year by year."""
    before, total, gross, scratch = np.zeros((4, flows.shape[1]))
    below = np.zeros(flows.shape[1], np.bool_)
    for year, flow in enumerate(flows):
        before[...] = total
        total += flow
        gross += np.abs(flow, out=scratch)
        was_below, below = below, total < np.multiply(gross, -_EPS * year, out=scratch)
        yield _Year(year, flow, before, total, was_below, below, gross)
    if not np.isfinite(gross).all():
        raise ValueError("a cash flow holds values that are not finite numbers (NaN or infinity)")


def _set_back(years: Floats, now: _Year, back: Bools) -> None:
    """Write when this year the total of the trials that are `back` came to zero."""
    trials = np.flatnonzero(back)
    if trials.size:
        part = now.before[trials] / -now.flow[trials]
        years[trials] = now.year - 1 + np.minimum(part, 1.0)


def _known(years: Floats, last: _Year) -> Floats:
    """The years of payback, once the last year has told what never comes and what has none."""
    years[last.below] = np.inf
    years[last.gross == 0] = np.nan
    return years


def _widened(yearly: Floats, dimensions: int) -> Floats:
    """The same array (years, ...) with ones after the years, to be multiplied year by year."""
    ones = (1,) * (dimensions - yearly.ndim)
    return yearly.reshape(len(yearly), *ones, *yearly.shape[1:])


def _flat(cash: npt.ArrayLike) -> tuple[Floats, tuple[int, ...]]:
    """The flows as (years, trials), and the shape of a measure that has one value a flow."""
    flows = np.asarray(cash, np.float64)
    if flows.ndim == 0 or len(flows) == 0:
        raise ValueError("a cash flow needs at least year 0")
    return flows.reshape(len(flows), -1), flows.shape[1:]
