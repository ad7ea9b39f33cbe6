"""Figures whose interval is not the same to either side: its far or missing end in words."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isinf
from typing import TYPE_CHECKING

from reports.language import say
from reports.numbers import Scale, Shown, never

if TYPE_CHECKING:
    from simulator.result.outcome import Measured


FINEST = Scale(1, -400)
LOPSIDED = 2
"""One arm of an interval is so many times as long as the other before the two are told apart."""


def error_of(figure: Measured) -> float | None:
    """The longer arm of an interval; None where it has no end."""
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return max(figure.value - figure.low, figure.high - figure.value, 0.0)


def open_shown(figure: Measured, write: Callable[[float | None, float | None], Shown]) -> Shown:
    """A figure whose interval may have one end only, or one far off: that end stands in words.

    An infinite figure has an interval with no value; what never comes has no "more" than never.

    >>> from simulator.result.outcome import Measured
    >>> from reports.numbers import Scale, years_shown
    >>> print(*open_shown(Measured(4.98, 4.96, None), years_shown))
    5.0 ±0.1 or never
    >>> print(*open_shown(Measured(float("inf"), 4.96, None), years_shown))
    never or from 5.0
    >>> print(*open_shown(Measured(-720.0, -720.0, 0.0), Scale().shown))
    −720 or up to 0
    """
    value, low, high = figure.value, figure.low, figure.high
    if value is None or (low is None and high is None):
        return write(value, None)
    if low is not None and high is not None:
        near = lopsided(value, low, high)
        if near is None:
            return write(value, error_of(figure))
        return _far_end(write(value, near), write(low if value - low > near else high, None).text,
                        up=high - value > near)  # fmt: skip
    if isinf(value):
        end = write(low if value > 0 else high, None).text
        # translators: next to "never": the payback may also be {end} years or more
        said = say("or from {end}", end=end) if value > 0 else say("or up to {end}", end=end)
        return Shown(write(value, None).text, said)
    arm = value - low if low is not None else (high or 0.0) - value
    text, error = write(value, max(arm, 0.0))
    if high is not None:
        # translators: {error} reads "±0.1", and may be missing
        return Shown(text, say("{error} or less", error=error).lstrip())
    if write(inf, None).text == never():
        return Shown(text, say("{error} or never", error=error).lstrip())
    return Shown(text, say("{error} or more", error=error).lstrip())


def _far_end(shown: Shown, end: str, *, up: bool) -> Shown:
    """A figure with the end of its interval that is far off."""
    if up:
        # translators: {error} reads "±0.1", and may be missing; {end} is how large it may be
        said = say("{error} or up to {end}", error=shown.error, end=end)
    else:
        # translators: {error} reads "±0.1", and may be missing; {end} is how small it may be
        said = say("{error} or down to {end}", error=shown.error, end=end)
    return Shown(shown.text, said.lstrip())


def open_said(figure: Measured, write: Callable[[float | None, float | None], str]) -> str:
    """The same in a sentence, for what is written in one text.

    >>> from simulator.result.outcome import Measured
    >>> from reports.numbers import number
    >>> open_said(Measured(-720.0, -730.0, 0.0), number)
    '−720 (±10 or up to 0)'
    """
    return str(open_shown(figure, lambda value, error: parted(write(value, error))))


def parted(text: str) -> Shown:
    """A figure as written, in two parts."""
    figure, found, rest = text.rpartition(" (±")
    return Shown(figure, "±" + rest.removesuffix(")")) if found else Shown(text)


def lopsided(value: float, low: float, high: float) -> float | None:
    """The shorter arm of an interval, where to round to the longer one would destroy the value.

    So it is at the edge of an event: the percentile is known well unless it is 0. Else None.

    >>> lopsided(-720.0, -725.0, 0.0), lopsided(-720.0, -725.0, -710.0)
    (5.0, None)
    """
    near, far = sorted((max(value - low, 0.0), max(high - value, 0.0)))
    coarse, fine = FINEST.place_shown(value, far), FINEST.place_shown(value, near)
    two_digits = FINEST.place_of(value) + 1
    if fine >= coarse or (value and coarse <= two_digits):
        return None
    outside = not low <= round(value, -coarse) <= high
    return near if outside or far >= LOPSIDED * near else None
