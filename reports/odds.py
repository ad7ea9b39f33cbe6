"""Chances in words: the nearest simple fraction, where it is an honest one.

A fraction is said when it lies within the interval of the chance, or within the one percent that a
chance is written to; one under a tenth (or over nine tenths) is said as once in so many.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, isfinite, log10

from reports.language import say, say_in
from reports.numbers import number

LARGEST = 10
"""The largest denominator of a fraction that one can picture."""
NEAR = 0.01
VAGUE = 0.025
"""A chance that is known no better than this has no words of its own."""
RARE = 0.095
"""From here on down a chance is said as once in so many."""


def odds(chance: float | None, error: float | None = None) -> str:
    """A chance in words, "" where no simple fraction is near, or where nothing is uncertain.

    >>> odds(0.62, 0.01), odds(0.5), odds(0.005, 0.0005)
    ('about five times in eight', 'about one time in two', 'about once in 200')
    >>> odds(0.0, 0.001), odds(1.0, 0.001), odds(1.0), odds(0.985, 0.0005)
    ('never seen in these trials', 'in every one of these trials', '', 'all but about once in 67')
    """
    if chance is None or not isfinite(chance) or (error is None and chance in (0.0, 1.0)):
        return ""
    if chance == 0:
        return say("never seen in these trials")
    if chance == 1:
        return say("in every one of these trials")
    if error is not None and error > VAGUE:
        return ""
    near = max(error or 0.0, NEAR)
    rare = min(chance, 1 - chance)
    found = nearest(chance, near) if rare >= RARE else None
    if found is not None:
        one = say("about one time in {out_of}", out_of=_out_of()[found.denominator])
        if found.numerator == 1:
            return one
        times, out_of = _times()[found.numerator], _out_of()[found.denominator]
        return say("about {times} times in {out_of}", times=times, out_of=out_of)
    if rare >= RARE or (error or 0.0) > rare / 3:
        return ""
    once = number(float(one_in(rare)))
    if rare == chance:
        return say("about once in {number}", number=once)
    return say("all but about once in {number}", number=once)


def nearest(chance: float, near: float) -> Fraction | None:
    """The nearest fraction of a denominator up to ten, None where none is near enough.

    >>> nearest(0.62, 0.01), nearest(0.47, 0.005)
    (Fraction(5, 8), None)
    """
    fractions = {Fraction(k, n) for n in range(2, LARGEST + 1) for k in range(1, n)}
    best = min(fractions, key=lambda part: (abs(float(part) - chance), part.denominator))
    return best if abs(float(best) - chance) <= near else None


def one_in(chance: float) -> int:
    """One in how many, to two digits.

    >>> one_in(0.0123), one_in(0.00012)
    (81, 8300)
    """
    exact = 1 / chance
    return int(round(exact, 1 - floor(log10(exact))))


def _times() -> tuple[str, ...]:
    """How often, as in "five times"; by the number itself."""
    return (
        "",
        say_in("times", "one"),
        say_in("times", "two"),
        say_in("times", "three"),
        say_in("times", "four"),
        say_in("times", "five"),
        say_in("times", "six"),
        say_in("times", "seven"),
        say_in("times", "eight"),
        say_in("times", "nine"),
    )


def _out_of() -> tuple[str, ...]:
    """Out of how many, as in "five times in eight"; by the number itself."""
    return (
        "",
        "",
        say_in("times in", "two"),
        say_in("times in", "three"),
        say_in("times in", "four"),
        say_in("times in", "five"),
        say_in("times in", "six"),
        say_in("times in", "seven"),
        say_in("times in", "eight"),
        say_in("times in", "nine"),
        say_in("times in", "ten"),
    )
