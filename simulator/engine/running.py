"""The running total of a block of cash flows, followed once over its years, in vectors at hand.

What `payback.paid_back` tells, bit for bit, in a third of its time. A total counts as below zero
when it is so by more than the rounding of its own sum (see `payback`), for which all money moved
must be added up too; here that is done only for the few totals so close to zero that it matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from distributions.room import ThreadRoom

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Rows = Sequence[Floats] | Floats

_EPS = float(np.finfo(np.float64).eps)
_room = ThreadRoom()


class Followed(NamedTuple):
    """What is left to say when the years are over; good until the next block."""

    total: Floats
    """The sum of the flow."""
    ever_below: Bools
    """The running total was below zero once at least."""
    again: int
    """Trials whose running total came back from below zero more than once."""


def follow(
    rows: Rows,
    most: float,
    payback: Floats,
    lowest: Floats | None = None,
    *,
    first: int = 0,
) -> Followed:
    """Follow the flows `rows`, one vector a year, from year `first` on; no flow before.

    Fills `payback` (trials,) as `payback.payback` does and `lowest`, if given, with the lowest
    running total or 0. In no trial do the flows add up to more than `most`, signs left out; too
    large a figure costs time and changes nothing.

    >>> years = np.empty(2)
    >>> found = follow(np.array([[-100.0, 5], [120, 5], [-50, 5], [100, 5]]), 400.0, years)
    >>> years.tolist(), found.total.tolist(), found.ever_below.tolist(), found.again
    ([2.3, 0.0], [70.0, 20.0], [True, False], 1)
    """
    size = payback.size
    total, other = _room.floats("total", 2, size)
    below, was_below, back, ever_back, twice, ever_below = _room.bools("bools", 6, size)
    payback.fill(0.0)
    np.copyto(total, rows[0])
    _below(rows, 0, first, most, total, below)
    for truth, start in ((ever_back, False), (twice, False), (ever_below, below)):
        np.copyto(truth, start)
    if lowest is not None:
        np.minimum(total, 0.0, out=lowest)
    for place, flow in enumerate(rows[1:], start=1):
        before, total, other = total, other, total
        np.add(before, flow, out=total)
        was_below, below = below, was_below
        _below(rows, place, first, most, total, below)
        np.greater(was_below, below, out=back)
        ever_below |= below
        (trials,) = back.nonzero()
        if trials.size:
            part = before[trials] / -flow[trials]
            payback[trials] = first + place - 1 + np.minimum(part, 1.0)
        np.logical_and(back, ever_back, out=was_below)
        twice |= was_below
        ever_back |= back
        if lowest is not None:
            np.minimum(lowest, total, out=lowest)
    np.putmask(payback, below, np.inf)
    _never_moved(rows, total, ever_below, payback)
    return Followed(total, ever_below, int(np.count_nonzero(twice)))


def _below(
    rows: Rows,
    place: int,
    first: int,
    most: float,
    total: Floats,
    below: Bools,
) -> None:
    """Fill `below`: the running total after the year in this place is below zero."""
    np.less(total, 0.0, out=below)
    year = first + place
    clearly = np.less(total, -_EPS * year * most, out=_room.bools("clearly", total.size))
    if np.count_nonzero(clearly) == np.count_nonzero(below):
        return
    doubtful = np.flatnonzero(below > clearly)
    gross = np.zeros(doubtful.size)
    for row in rows[: place + 1]:
        gross += np.abs(row[doubtful])
    below[doubtful] = total[doubtful] < gross * (-_EPS * year)


def _never_moved(rows: Rows, total: Floats, ever_below: Bools, payback: Floats) -> None:
    """Doing nothing has no payback."""
    idle = np.equal(total, 0.0, out=_room.bools("clearly", total.size))
    if idle.any():
        trials = np.flatnonzero(idle > ever_below)
        moved = np.zeros(trials.size, np.bool_)
        for row in rows:
            moved |= row[trials] != 0
        payback[trials[~moved]] = np.nan
