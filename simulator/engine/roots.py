"""Where the present value of a cash flow crosses zero, for many trials at once.

Write `x = log(1 + rate)`. The value of a flow is `sum(cash[t] * exp(-t * x))`, a sum of
exponentials, and every internal rate of return above -100 % is one of its zeros. Two facts find
them all (Descartes' rule of signs, made constructive):

- With **one** change of sign among the flows, the log of (present value of inflows / present value
  of outflows) is monotone in x, with a slope between 1 and the number of years. There is one zero,
  and Halley's method or Newton's reaches it.
- With **several** changes, weigh each flow by its distance `t - k` from a moment k in between the
  two flows of a change: one change fewer. The zeros of the weighed flow are the only places where
  the value, times `exp(k * x)`, turns, so that between two neighbours lies one zero when the signs
  there differ, and none when they agree.

The way to the zero of a trial depends on no other trial, so that the bits of an answer are the
same in any company.

Source: G. Pólya and G. Szegő, Problems and Theorems in Analysis II, part V, chapter 1.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.engine.halley import discount_of_zero
from simulator.engine.present_value import added

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.integer[Any]]

_EPS = float(np.finfo(np.float64).eps)


def sign_changes(flows: Floats) -> Counts:
    """How many times `flows` (years, trials) change sign over the years, zeros skipped: (trials,).

    >>> sign_changes(np.array([[-100.0, -16.0, 5.0], [0.0, 100.0, 0.0], [120.0, -100.0, 6.0]]))
    array([1, 2, 0], dtype=uint8)
    """
    trials = flows.shape[1]
    # small numbers are added many at a time
    changes: Counts = np.zeros(trials, np.uint8 if len(flows) < 256 else np.int64)
    was_inflow, was_outflow = np.zeros((2, trials), np.bool_)
    inflow, outflow, change, other = np.empty((4, trials), np.bool_)
    for flow in flows:
        np.greater(flow, 0, out=inflow)
        np.less(flow, 0, out=outflow)
        np.logical_and(inflow, was_outflow, out=change)
        np.logical_and(outflow, was_inflow, out=other)
        change |= other
        np.add(changes, change, out=changes)
        # a zero leaves the last sign as it was
        np.greater(was_inflow, outflow, out=was_inflow)
        was_inflow |= inflow
        np.greater(was_outflow, inflow, out=was_outflow)
        was_outflow |= outflow
    return changes


def only_root(flows: Floats) -> Floats:
    """The one zero `x = log(1 + rate)` of flows (years, trials) with one change of sign: (trials,).

    >>> flows = np.array([[-100.0, 100.0], [0.0, -50.0], [121.0, -50.0]])
    >>> np.expm1(only_root(flows)).round(9).tolist()
    [0.1, 0.0]
    """
    return np.subtract(0.0, np.log(only_discount(flows)))


def only_discount(flows: Floats, other: Bools | None = None) -> Floats:
    """The same zero as `1 / (1 + rate)`: (trials,); any figure for the `other` flows, if given."""
    discount = discount_of_zero(flows, other)
    stragglers = np.flatnonzero(np.isnan(discount) if other is None else np.isnan(discount) > other)
    if stragglers.size:
        rest = flows[:, stragglers]
        discount[stragglers] = np.exp(-_solve(rest, *_bounds(rest)))
    return discount


def separate(flows: Floats, changes: int) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Points with at most one zero from each to the next, and the signs of the value there.

    Both (changes + 1, trials). Every flow (years, trials) must change sign exactly `changes` times.
    A sign is 0 where the value is nothing but rounding: there the curve touches zero, or crosses it
    so flatly that no arithmetic in doubles could tell.
    """
    low, high = _bounds(flows)
    if changes == 1:
        points = np.stack([low, high])
    else:
        turning = roots(_weighed(flows), changes - 1)
        points = np.concatenate([[low], np.where(np.isnan(turning), high, turning), [high]])
        points = np.clip(points, low, high)  # beyond the bounds the sign no longer changes
    signs = np.empty(points.shape, np.int8)
    inflows, outflows = _logs(flows)
    for i, x in enumerate(points):
        balance, _ = _balance(inflows, outflows, x)
        rounding = 8 * _EPS * (4 + len(flows) * (1 + np.abs(x)))
        signs[i] = np.where(np.abs(balance) <= rounding, 0, np.sign(balance))
    return points, signs


def count(signs: npt.NDArray[np.int8]) -> Counts:
    """The number of distinct zeros told by `signs`: changes of sign, and each run of zeros once.

    >>> count(np.array([[1, 1, -1], [-1, 0, 1], [1, 1, -1]], np.int8)).tolist()
    [2, 1, 2]
    """
    crossed = (signs[1:] * signs[:-1] < 0).sum(axis=0)
    touched = ((signs[1:] == 0) & (signs[:-1] != 0)).sum(axis=0)
    return np.asarray(crossed + touched, np.int64)


def roots(flows: Floats, changes: int) -> Floats:
    """All distinct zeros `x = log(1 + rate)` of flows (years, trials) with `changes` >= 1.

    Returns (changes, trials), rising; where a flow has fewer zeros the last places are NaN.

    >>> pump = np.array([[-1600.0], [10_000.0], [-10_000.0]])
    >>> np.expm1(roots(pump, 2)).round(9).ravel().tolist()
    [0.25, 4.0]
    """
    if changes == 1:
        return only_root(flows)[np.newaxis]
    return roots_between(flows, *separate(flows, changes))


def roots_between(flows: Floats, points: Floats, signs: npt.NDArray[np.int8]) -> Floats:
    """The zeros at or between the `points` of `separate`: (len(points) - 1, trials), rising."""
    found = np.full((len(points) - 1, flows.shape[1]), np.nan)
    for i in range(len(found)):
        touched = (signs[i + 1] == 0) & (signs[i] != 0)
        found[i, touched] = points[i + 1, touched]
        crossed = np.flatnonzero(signs[i] * signs[i + 1] < 0)
        if crossed.size:
            start, end = points[i, crossed], points[i + 1, crossed]
            found[i, crossed] = _solve(flows[:, crossed], start, end)
    return np.sort(found, axis=0)


def _weighed(flows: Floats) -> Floats:
    """Each flow times its distance in years from the middle of the first change of sign."""
    last_year, last_sign = np.zeros(flows.shape[1]), np.zeros(flows.shape[1])
    middle = np.full(flows.shape[1], np.nan)
    for year, flow in enumerate(flows):
        sign = np.sign(flow)
        first_change = (sign * last_sign < 0) & np.isnan(middle)
        middle[first_change] = (last_year[first_change] + year) / 2
        last_year[sign != 0] = year
        last_sign = np.where(sign == 0, last_sign, sign)
    years = np.arange(len(flows), dtype=np.float64)[:, np.newaxis]
    return np.asarray(flows * (years - middle))


def _logs(flows: Floats) -> tuple[Floats, Floats]:
    """Logs of the inflows and of the outflows over the largest of the flow; -inf where none."""
    relative = flows / np.abs(flows).max(axis=0)
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(relative, 0)), np.log(np.maximum(-relative, 0))


def _balance(inflows: Floats, outflows: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Log of (present value of inflows / of outflows) at `x`, and its slope; at any scale."""
    year = np.arange(len(inflows), dtype=np.float64)[:, np.newaxis]

    def log_value(logs: Floats) -> tuple[Floats, Floats]:
        terms = logs - year * x
        top = terms.max(axis=0)
        weights = np.exp(terms - top)
        total = added(weights)
        return top + np.log(total), -added(year * weights) / total

    value_in, slope_in = log_value(inflows)
    value_out, slope_out = log_value(outflows)
    return value_in - value_out, slope_in - slope_out


def _bounds(flows: Floats) -> tuple[Floats, Floats]:
    """An `x` so low that the last flow outweighs all others, and so high that the first does."""
    inflows, outflows = _logs(flows)
    size = np.maximum(inflows, outflows)
    moved = flows != 0
    trial = np.arange(flows.shape[1])
    first = moved.argmax(axis=0)
    last = len(flows) - 1 - moved[::-1].argmax(axis=0)
    year = np.arange(len(flows))[:, np.newaxis]
    margin = np.log(len(flows) + 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (size + margin - size[first, trial]) / (year - first)
        below = (size[last, trial] - size - margin) / (last - year)
    high = np.where(moved & (year > first), above, -np.inf).max(axis=0)
    low = np.where(moved & (year < last), below, np.inf).min(axis=0)
    return low, high


def _solve(flows: Floats, low: Floats, high: Floats) -> Floats:
    """The zero between `low` and `high`, of unlike signs: Newton's steps, kept in by bisection."""
    inflows, outflows = _logs(flows)
    sign_low = np.sign(_balance(inflows, outflows, low)[0])
    found = np.empty(flows.shape[1])
    trial = np.arange(flows.shape[1])
    x = np.clip(0.0, low, high)
    x = np.where((x > low) & (x < high), x, (low + high) / 2)
    step = high - low
    while trial.size:
        balance, slope = _balance(inflows, outflows, x)
        on_low_side = np.sign(balance) == sign_low
        low, high = np.where(on_low_side, x, low), np.where(on_low_side, high, x)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            newton = x - balance / slope
            shrinks = np.abs(newton - x) < 0.5 * np.abs(step)
        fine = 2 * _EPS * np.maximum(1.0, np.abs(x))
        done = (balance == 0) | (np.abs(balance) <= fine * np.abs(slope)) | (high - low <= fine)
        found[trial[done]] = x[done]
        inside = (newton > low) & (newton < high) & shrinks
        after = np.where(inside, newton, (low + high) / 2)
        step, x = after - x, after
        keep = ~done
        trial, x, step = trial[keep], x[keep], step[keep]
        low, high, sign_low = low[keep], high[keep], sign_low[keep]
        inflows, outflows = inflows[:, keep], outflows[:, keep]
    return found
