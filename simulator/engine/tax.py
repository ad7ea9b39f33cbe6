"""Tax on the yearly profit, after straight-line depreciation of the investment."""

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Losses = Literal["used", "carried"]


def tax(
    profit_before_depreciation: npt.ArrayLike,
    investment: npt.ArrayLike,
    rate: npt.ArrayLike,
    depreciation_years: int,
    losses: Losses = "used",
) -> Floats:
    """Tax of the years 1 .. T, paid in the same year; negative where it is received.

    `rate * (profit - investment / n)` in the years 1 .. n = `depreciation_years`, then `rate *
    profit`; what is left to depreciate after year T is lost. A loss is "used" at once, against
    other profits of the firm (negative tax), or "carried" against the case's own later profits
    (what is left of it after year T is lost).

    `profit_before_depreciation` is benefits minus costs, (T, ...) with year 1 first; `investment`
    and `rate` (a fraction) are scalar or (...). Returns (T, ...).

    Raises ValueError when `depreciation_years` is not a whole number of at least 1, or `losses` is
    neither word.

    >>> tax([300.0, 420.0, 360.0], investment=1000.0, rate=0.2, depreciation_years=2).tolist()
    [-40.0, -16.0, 72.0]
    >>> tax([300.0, 420.0, 360.0], 1000.0, 0.2, 2, losses="carried").tolist()
    [0.0, 0.0, 16.0]
    """
    if depreciation_years != int(depreciation_years) or depreciation_years < 1:
        raise ValueError(
            f"depreciation_years is a whole number of years, at least 1, not {depreciation_years}"
        )
    if losses not in ("used", "carried"):
        raise ValueError(f'losses are "used" or "carried", not {losses!r}')
    profit = np.asarray(profit_before_depreciation, np.float64)
    invested, share = np.asarray(investment, np.float64), np.asarray(rate, np.float64)
    yearly_depreciation = invested / depreciation_years
    shape = np.broadcast_shapes(profit.shape[1:], invested.shape, share.shape)
    paid = np.empty((len(profit), *shape))
    loss = np.zeros(shape)  # carried so far, a positive amount
    for year, profit_of_year in enumerate(profit, start=1):
        taxable = profit_of_year - (yearly_depreciation if year <= depreciation_years else 0.0)
        if losses == "carried":
            after_loss = taxable - loss
            loss = np.maximum(-after_loss, 0.0)
            taxable = np.maximum(after_loss, 0.0)
        paid[year - 1] = share * taxable
    return paid
