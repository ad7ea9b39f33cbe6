"""The one zero of a cash flow with one change of sign, in a few steps for many trials at once.

Write d = 1 / (1 + rate): the value of a flow is the polynomial f(d) = sum(cash[t] * d**t). Halley's
method on f / d, as a function of log(d), triples the right digits with every step (over few years
on f, which is straighter there). The first step starts from rate 0, where no power is needed. The
few flows that are far from straight there (those that lose nearly all) start anew from
log(inflows / outflows), which is close to straight for any flow.

Every trial takes its own steps, whatever the others do, so that its bits depend on no other.

Source: W. Gander, On Halley's iteration method, American Mathematical Monthly 92 (1985) 131-134.
"""

from __future__ import annotations

import threading

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Rows = list[Floats]

CHUNK = 16_384
"""Trials at a time: their flows and some vectors more stay in the processor's cache."""
_FAR = 0.8
"""A first step so large, in log(d), that another start is safer."""
_SMALL = 2e-6
"""After a step this small the error is at most some hundred times its cube: rounding."""
_FAINT = 1e-260
"""Products below this may have lost digits, and tell nothing."""
_TRIES = ((2, 4), (8, 4))
"""How many steps of the logarithm are taken where F is not straight, and then how many of F."""
_FEW = 3
"""Up to so many years f itself is taken instead of f / d."""


class _Scratch(threading.local):
    """Vectors of a chunk, made once in each thread."""

    def __init__(self) -> None:
        self.vectors = np.empty((5, CHUNK))


_scratch = _Scratch()


def discount_of_zero(flows: Floats, other: Bools | None = None) -> Floats:
    """The d > 0 at which each of `flows` (years, trials) is worth nothing: (trials,).

    Every flow changes sign exactly once; the figures of `other` flows, if given, mean nothing. NaN
    where these steps do not get there.

    >>> d = discount_of_zero(np.array([[-100.0, 100.0], [0.0, -50.0], [121.0, -50.0]]))
    >>> (1 / d - 1).round(12).tolist()
    [0.1, 0.0]
    """
    discount = np.empty(flows.shape[1])
    far, settled = np.empty((2, discount.size), np.bool_)
    with np.errstate(all="ignore"):  # overflow ends as NaN, which never settles
        for start in range(0, discount.size, CHUNK):
            here = slice(start, start + CHUNK)
            rows = [np.ascontiguousarray(row[here]) for row in flows]
            discount[here] = 1.0
            _halley(rows, discount[here], at_one=True)
            np.logical_not(_stepped(_FAR, far[here]), out=far[here])
            _halley(rows, discount[here])
            _halley(rows, discount[here])
            _stepped(_SMALL, settled[here])
        settled &= discount > 0
        if other is not None:
            settled |= other
        going = np.flatnonzero(~settled)
        if going.size:
            discount[going] = _further(flows.take(going, axis=1), discount[going], far[going])
    return discount


def _further(flows: Floats, discount: Floats, far: Bools) -> Floats:
    """Where the flows that are still on their way end; NaN where they do not."""
    going = np.arange(discount.size)
    for steps, steps_of_value in _TRIES:
        if far.any():
            discount[going[far]] = _anew(flows[:, far], steps)
        for _ in range(steps_of_value):
            some, settled = discount[going], np.empty(going.size, np.bool_)
            for start in range(0, going.size, CHUNK):
                here = slice(start, start + CHUNK)
                _halley(list(flows[:, here]), some[here])
                _stepped(_SMALL, settled[here])
            settled &= some > 0
            discount[going] = some
            going, flows = going[~settled], flows[:, ~settled]
            if not going.size:
                return discount
        far = np.ones(going.size, np.bool_)
    discount[going] = np.nan
    return discount


def _anew(flows: Floats, steps: int) -> Floats:
    """Some of Halley's steps of log(inflows / outflows), as a function of log(d), from d = 1.

    Its slope is the mean year of the inflows less that of the outflows, both weighed by what they
    are worth; its bend is the variance of that year among the one less that among the other.
    """
    year = np.arange(len(flows), dtype=np.float64)
    moments = np.stack([np.ones(len(flows)), year, year * year])[:, np.newaxis, :, np.newaxis]
    powers = np.ones(flows.shape)  # of d, year by year
    sides = np.empty((2, *flows.shape))
    discount = powers[0].copy()
    for _ in range(steps):
        powers[1:] = discount
        worth = np.cumprod(powers, axis=0, out=powers) * flows
        np.maximum(worth, 0.0, out=sides[0])
        np.minimum(worth, 0.0, out=sides[1])
        # cumulated, as a sum along the axis would add a single trial in another order
        total, mean, square = np.cumsum(moments * sides, axis=2)[:, :, -1]
        mean /= total
        spread = square / total - mean * mean
        slope = mean[0] - mean[1]
        step = -np.log(-total[0] / total[1]) / slope
        bend = 0.5 * step * (spread[0] - spread[1]) / slope
        discount *= np.exp(step / (1.0 + np.maximum(np.minimum(bend, 0.5), -0.5)))
        powers[0] = 1.0
    return np.asarray(discount)


def _halley(rows: Rows, discount: Floats, *, at_one: bool = False) -> None:
    """Take one step of each `discount`; `at_one` where all are 1 and no power is needed.

    Write ' for d d/dd, F = f / d, and leave out its 1 / d: then F' = d f' - f, F'' = d² f'' - F',
    and Halley's step of log(d) is s = -2 F F' / (2 F'² - F F''). With (2 + s) / (2 - s) for
    exp(s), as exact as the step itself, d is multiplied by P / (P + F F'), P = F'² - F d² f'' / 2.
    With F = f, and so F' = d f' and F'' = d² f'' + F', the same P gives (P - F F') / P.
    """
    value, slope, bend, product, square = _scratch.vectors[:, : discount.size]
    if at_one:
        _sums(rows, value, slope, bend)
    else:
        _horner(rows, discount, value, slope, bend)
        slope *= discount
        bend *= discount
        bend *= discount
    few = len(rows) <= _FEW + 1
    if not few:
        slope -= value
    np.multiply(value, slope, out=product)
    np.multiply(slope, slope, out=square)
    bend *= value
    np.subtract(square, bend, out=bend)  # P
    if few:
        np.subtract(bend, product, out=value)
        value /= bend
    else:
        np.add(bend, product, out=value)
        np.divide(bend, value, out=value)
    discount *= value


def _stepped(small: float, less: Bools) -> Bools:
    """Fill `less`: whether Newton's step -F / F' would have been shorter than `small`."""
    product, square = _scratch.vectors[3:, : less.size]
    square *= small
    np.less(np.abs(product, out=product), square, out=less)
    less &= square > _FAINT
    return less


def _horner(rows: Rows, d: Floats, value: Floats, slope: Floats, bend: Floats) -> None:
    """f, f' and half of f'' at `d`."""
    last = len(rows) - 1
    if last == 0:
        value[...], slope[...], bend[...] = rows[0], 0.0, 0.0
        return
    np.multiply(rows[last], d, out=value)
    value += rows[last - 1]
    slope[...], bend[...] = rows[last], 0.0
    for power in range(last - 2, -1, -1):
        if power == last - 2:
            bend[...] = slope
        else:
            bend *= d
            bend += slope
        slope *= d
        slope += value
        value *= d
        value += rows[power]


def _sums(rows: Rows, value: Floats, slope: Floats, bend: Floats) -> None:
    """f, f' and half of f'' at 1: the sums of row, t row and t (t - 1) / 2 row."""
    value[...], slope[...], bend[...] = rows[-1], 0.0, 0.0
    for row in rows[-2::-1]:
        bend += slope
        slope += value
        value += row
