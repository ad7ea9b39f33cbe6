"""What a yearly cash flow is worth: every measure, by name.

Cash is (years + 1, trials) or (years + 1,), year 0 first; each function is pure numpy and serves
one flow as well as a million. A measure that does not exist for a flow is NaN, never 0.
"""

import numpy as np
import numpy.typing as npt

from simulator.engine.payback import (
    crossings,
    discounted_payback,
    no_outlay,
    paid_back,
    payback,
    peak_funding,
)
from simulator.engine.present_value import Timing, added, discount_factors, npv
from simulator.engine.rates import irr, irr_roots, mirr
from simulator.engine.tax import Losses, tax

Floats = npt.NDArray[np.float64]

__all__ = [
    "Losses",
    "Timing",
    "added",
    "crossings",
    "discount_factors",
    "discounted_payback",
    "irr",
    "irr_roots",
    "mirr",
    "no_outlay",
    "npv",
    "paid_back",
    "payback",
    "peak_funding",
    "profitability_index",
    "roi",
    "roi_discounted",
    "tax",
]


def roi(cash: npt.ArrayLike, investment: npt.ArrayLike) -> Floats:
    """Return on investment, undiscounted: the sum of `cash` (years + 1, ...) over the investment.

    The sum is the net gain, as `cash` contains the outlay.
    A fraction of the money invested over the whole life of the case, not a year. NaN where nothing
    is invested.

    >>> float(roi([-1000, 300, 420, 360, 240, 180], 1000))
    0.5
    """
    return _ratio(added(cash), investment)


def roi_discounted(npv: npt.ArrayLike, present_value_of_costs: npt.ArrayLike) -> Floats:
    """Return on all costs, discounted: net present value over present value of all costs.

    The costs are the investment and the yearly costs.
    The ROI of Forrester's Total Economic Impact studies. A fraction; NaN where there are no costs.

    >>> round(float(roi_discounted(5_496_170, 1_672_201)), 2)
    3.29
    """
    return _ratio(npv, present_value_of_costs)


def profitability_index(npv: npt.ArrayLike, present_value_of_investment: npt.ArrayLike) -> Floats:
    """What each crown invested brings back in present value: 1 + net present value / investment.

    Above 1 where the net present value is positive. NaN where nothing is invested.
    Source: Brealey, Myers and Allen, Principles of Corporate Finance, chapter 5.

    >>> round(float(profitability_index(222.5518, 1000)), 4)
    1.2226
    """
    return np.asarray(1.0 + _ratio(npv, present_value_of_investment))


def _ratio(gain: npt.ArrayLike, base: npt.ArrayLike) -> Floats:
    """Gain over base; NaN (undefined) where the base is not a positive amount."""
    over = np.asarray(base, np.float64)
    gained = np.asarray(gain, np.float64)
    undefined = np.full(np.broadcast_shapes(gained.shape, over.shape), np.nan)
    return np.asarray(np.divide(gained, over, out=undefined, where=over > 0))
