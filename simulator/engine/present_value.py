"""Money at different times, compared as if it were all paid today."""

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Timing = Literal["end", "middle"]


def discount_factors(
    years: int, rate: npt.ArrayLike, timing: Timing = "end", out: Floats | None = None
) -> Floats:
    """What 1 paid in each of the years 0 .. `years` is worth today.

    `(1 + rate) ** -t`; with timing "middle" year t counts as t - 1/2, and year 0 as today. `rate`
    is a fraction a year, scalar or (trials,). Returns (years + 1,) or (years + 1, trials), in `out`
    if given.

    Raises ValueError when a rate is not above -100 %.

    >>> discount_factors(2, 0.25).round(9).tolist()
    [1.0, 0.8, 0.64]
    >>> discount_factors(2, 0.21, timing="middle").round(6).tolist()
    [1.0, 0.909091, 0.751315]
    """
    one_year = _one_year(rate)
    factors = np.empty((years + 1, *np.shape(one_year))) if out is None else out
    factors[0] = 1.0
    if years > 0:
        factors[1] = one_year if at_end(timing) else np.sqrt(one_year)
    for year in range(2, years + 1):
        np.multiply(factors[year - 1], one_year, out=factors[year, ...])
    return factors


def added(rows: npt.ArrayLike) -> Floats:
    """The sum of `rows` (years, ...) over the years, one row after another: (...).

    The order of the additions is that of the years, whatever the shape. `rows.sum(axis=0)` adds in
    another order when there is one trial only, and a trial would then depend on its company.

    >>> added([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]).tolist()
    [111.0, 222.0]
    """
    yearly = np.asarray(rows, np.float64)
    total = np.zeros(yearly.shape[1:])
    for row in yearly:
        total += row
    return total


def at_end(timing: str) -> bool:
    """Whether the money of a year comes at its end; if not, it comes in its middle.

    Raises ValueError when `timing` is neither "end" nor "middle".

    >>> at_end("end"), at_end("middle")
    (True, False)
    """
    if timing not in ("end", "middle"):
        raise ValueError(f'timing is "end" or "middle" (of each year), not {timing!r}')
    return timing == "end"


def npv(cash: npt.ArrayLike, rate: npt.ArrayLike, timing: Timing = "end") -> Floats:
    """Net present value of `cash` (years + 1, ...) at a yearly `rate`, a fraction, scalar or (...).

    `sum(cash[t] / (1 + rate) ** t)`, year 0 (today) first; with timing "middle" the flow of year t
    >= 1 is discounted by t - 1/2 years. The result has the unit of `cash`.

    Raises ValueError when a rate is not above -100 %.

    >>> round(float(npv([-1000, 300, 420, 360, 240, 180], 0.08)), 4)
    222.5518
    >>> round(float(npv([-1000, 300, 420, 360, 240, 180], 0.08, timing="middle")), 4)
    270.5131
    """
    flows = np.asarray(cash, np.float64)
    one_year = _one_year(rate)
    value = np.zeros(np.broadcast_shapes(flows.shape[1:], np.shape(one_year)))
    for flow in flows[:0:-1]:  # years are few, trials are many
        value += flow
        value *= one_year
    if not at_end(timing):
        value /= np.sqrt(one_year)
    value += flows[0]
    return value


def _one_year(rate: npt.ArrayLike) -> Floats:
    rates = np.asarray(rate, np.float64)
    if not (rates > -1).all():
        raise ValueError("a discount rate must lie above -100 % a year (-1.0); 8 % is 0.08")
    return np.asarray(1 / (1 + rates), np.float64)
