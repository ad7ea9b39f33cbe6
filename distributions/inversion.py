"""Where a function that never falls first reaches a target: the general quantile."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from distributions.marginal import Floats, Truths

Ordinals = npt.NDArray[np.int64]
Evaluate = Callable[[Floats, npt.NDArray[np.intp]], Floats]

_SIGN = np.int64(-(2**63))


def ordinals(x: Floats) -> Ordinals:
    """Whole numbers in the order of the floats: neighbours differ by one, both zeros are 0."""
    bits = np.ascontiguousarray(x).view(np.int64)
    return np.where(bits < 0, _SIGN - bits, bits)


def from_ordinals(order: Ordinals) -> Floats:
    """The floats with these ordinals."""
    return np.where(order < 0, _SIGN - order, order).view(np.float64)


def half_way(a: Floats, b: Floats) -> Floats:
    """The float in the middle of all floats from a to b; a itself if b is its neighbour."""
    low, high = ordinals(a), ordinals(b)
    return from_ordinals((low >> 1) + (high >> 1) + (low & high & 1))


def first_reaching(
    value: Evaluate, target: Floats, low: Floats, high: Floats, reached_at_low: Truths
) -> Floats:
    """Element by element the smallest x in low..high at which `value` reaches `target`.

    `value(x, where)` never falls as x rises; `where` tells the places of the elements of x. It is
    taken to reach the target at `high`. The answer is exact to the last bit, jumps included: the
    bracket is shrunk until its ends are neighbouring floats. Two steps in three follow the secant,
    nudged across the root so that both ends move (after Oliveira and Takahashi, 2020), the third
    halves the floats between the ends, so that at most some 200 steps are taken.
    """
    with np.errstate(all="ignore"):  # a secant may be anything: it is used where it is inside
        return _bracketed(value, target, low, high, reached_at_low)


def _bracketed(
    value: Evaluate, target: Floats, low: Floats, high: Floats, reached_at_low: Truths
) -> Floats:
    answer = np.where(reached_at_low, low, high)
    places = np.flatnonzero(~reached_at_low & (low < high))
    goal, a, b = target[places], low[places], high[places]
    fa, fb = value(a, places) - goal, np.maximum(value(b, places) - goal, 0)
    span = b - a
    step = 0
    while places.size:
        step += 1
        x = half_way(a, b)
        if step % 3:
            middle = a + (b - a) / 2
            secant = (a * fb - b * fa) / (fb - fa)
            nudge = np.minimum(0.2 * (b - a) * ((b - a) / span), np.abs(middle - secant))
            guess = secant + np.copysign(nudge, middle - secant)
            x = np.where((guess > a) & (guess < b), guess, x)
        fx = value(x, places) - goal
        hit = fx >= 0
        a, fa = np.where(hit, a, x), np.where(hit, fa, fx)
        b, fb = np.where(hit, x, b), np.where(hit, fx, fb)
        answer[places] = b
        going = half_way(a, b) > a
        if not going.all():
            places, goal, a, b = places[going], goal[going], a[going], b[going]
            fa, fb, span = fa[going], fb[going], span[going]
    return answer
