"""How many rates a flow with two changes of sign has, told by a look along a row of rates.

Such a flow is worth less than nothing at the lowest rates and at the highest (or more than nothing
at both; its signs are then turned), so that it has two rates if it is worth more anywhere, and
none if it never is. Between two neighbours of the row its inflows are worth at most what they are
at the lower rate and its outflows at least what they are at the higher: where even that falls
short there is no rate in between. Only where the look leaves it open must the turning point be
sought, which takes a hundred times as long.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

UNTOLD = -1
_DISCOUNTS = np.exp(np.linspace(-7.0, 7.0, 513))
_CHUNK = 32
_CLEARLY = 1e-9
"""Much more than rounding, relative to what is moved."""


def rates_at_a_glance(flows: Floats) -> npt.NDArray[np.int8]:
    """0 (none) or 2 (two) for flows (years, trials) with two changes of sign, else UNTOLD.

    >>> rates_at_a_glance(np.array([[-1600, 1000, -10.0], [10_000, -3000, 20], [-1e4, 2500, -10]]))
    array([ 2,  0, -1], dtype=int8)
    """
    told = np.empty(flows.shape[1], np.int8)
    for start in range(0, told.size, _CHUNK):
        here = slice(start, start + _CHUNK)
        told[here] = _look(flows[:, here])
    return told


@cache
def _powers(years: int) -> Floats:
    return np.asarray(_DISCOUNTS[:, np.newaxis] ** np.arange(years))


def _look(flows: Floats) -> npt.NDArray[np.int8]:
    first = (flows != 0).argmax(axis=0)
    last = len(flows) - 1 - (flows != 0)[::-1].argmax(axis=0)
    trial = np.arange(flows.shape[1])
    turned = flows * -np.sign(flows[first, trial])  # negative at both ends
    powers = _powers(len(flows))
    with np.errstate(all="ignore"):
        inflows = powers @ np.maximum(turned, 0.0)  # (discounts, trials)
        outflows = powers @ np.maximum(-turned, 0.0)
        several = (inflows > outflows * (1 + _CLEARLY)).any(axis=0)
        less = (inflows[1:] < outflows[:-1] * (1 - _CLEARLY)).all(axis=0)
        # beyond the row the first flow, or the last one, outweighs all inflows alone
        less &= inflows[0] < -turned[first, trial] * powers[0, first] * (1 - _CLEARLY)
        less &= inflows[-1] < -turned[last, trial] * powers[-1, last] * (1 - _CLEARLY)
    return np.where(several, 2, np.where(less, 0, UNTOLD)).astype(np.int8)
