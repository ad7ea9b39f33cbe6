"""Chances in words: the nearest fraction that one can picture, or once in so many.

Fractions are said as "about", and never further from the chance than half a twentieth; below 5 %
and above 95 % a chance is said as once in so many, where it is known well enough.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, isfinite, log10

from reports.language import say, say_in
from reports.numbers import number

DENOMINATORS = (2, 3, 4, 5, 8, 10, 20)
"""What people think in: nobody pictures sevenths or ninths."""
FRACTIONS = frozenset(Fraction(k, n) for n in DENOMINATORS for k in range(1, n))
NEAR = 0.025
"""No chance from 5 % to 95 % is further from a fraction than half a twentieth."""
ALIKE = 0.01
"""Fractions that lie as near within so much are equally good: the simplest is said."""
RARE = 0.05
"""Below this a chance is said as once in so many."""
ROUNDING = 1e-9


def odds(chance: float | None, error: float | None = None) -> str:
    """A chance in words, "" where a rare one is known too badly, or where nothing is uncertain.

    >>> odds(0.62, 0.01), odds(0.55), odds(0.005, 0.0005)
    ('about five times in eight', 'about eleven times in twenty', 'about once in 200')
    >>> odds(0.0, 0.001), odds(1.0, 0.001), odds(1.0), odds(0.985, 0.0005)
    ('never seen in these trials', 'in every one of these trials', '', 'all but about once in 67')
    """
    if chance is None or not isfinite(chance) or (error is None and chance in (0.0, 1.0)):
        return ""
    if chance == 0:
        return say("never seen in these trials")
    if chance == 1:
        return say("in every one of these trials")
    rare = min(chance, 1 - chance)
    if rare >= RARE - ROUNDING:
        found = nearest(chance)
        out_of = _out_of()[found.denominator]
        if found.numerator == 1:
            return say("about one time in {out_of}", out_of=out_of)
        times = _times()[found.numerator]
        return say("about {times} times in {out_of}", times=times, out_of=out_of)
    if (error or 0.0) > rare / 3:
        return ""
    once = number(float(one_in(rare)))
    if rare == chance:
        return say("about once in {number}", number=once)
    return say("all but about once in {number}", number=once)


def nearest(chance: float) -> Fraction:
    """The nearest fraction, the simplest of those that are about as near.

    >>> nearest(0.62), nearest(0.42), nearest(0.45), nearest(0.475)
    (Fraction(5, 8), Fraction(2, 5), Fraction(9, 20), Fraction(1, 2))
    """
    off = {part: abs(float(part) - chance) for part in FRACTIONS}
    least = min(off.values())
    within = max(min(least + ALIKE, NEAR), least) + ROUNDING
    good = [part for part in FRACTIONS if off[part] <= within]
    return min(good, key=lambda part: (part.denominator, off[part]))


def one_in(chance: float) -> int:
    """One in how many, to two digits.

    >>> one_in(0.0123), one_in(0.00012)
    (81, 8300)
    """
    exact = 1 / chance
    return int(round(exact, 1 - floor(log10(exact))))


def _times() -> dict[int, str]:
    """How often, as in "five times"."""
    return {
        2: say_in("times", "two"),
        3: say_in("times", "three"),
        4: say_in("times", "four"),
        5: say_in("times", "five"),
        7: say_in("times", "seven"),
        9: say_in("times", "nine"),
        11: say_in("times", "eleven"),
        13: say_in("times", "thirteen"),
        17: say_in("times", "seventeen"),
        19: say_in("times", "nineteen"),
    }


def _out_of() -> dict[int, str]:
    """Out of how many, as in "five times in eight"."""
    return {
        2: say_in("times in", "two"),
        3: say_in("times in", "three"),
        4: say_in("times in", "four"),
        5: say_in("times in", "five"),
        8: say_in("times in", "eight"),
        10: say_in("times in", "ten"),
        20: say_in("times in", "twenty"),
    }
