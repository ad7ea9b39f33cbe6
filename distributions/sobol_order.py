"""Which Sobol' dimension each place draws from: an order in which the first places fit together.

Sobol' points are far more even than random ones in each dimension and each pair, but some
dimensions meet badly at the few thousand points of a set. Of the first 12 of Joe and Kuo there are
four whose joint part scatters, at 4,096 points, 162 times as much as that of random draws, and of
the first 20 three with 27 times. Which inputs of a case meet there is chance, and the order of
dimensions is free. So one was chosen, the same for all cases, by the scatter that the points
themselves make expected. Of a function that is a mean plus, for every set of inputs, a part with
the variance share^(how many they are), the random linear scramble leaves, over random draws,

    2^m (mean over the points of the product of (1 + share k(x_j)) - 1) / ((1 + share)^d - 1),

where k(x) is the correlation, under the scramble, of the values at 0 and at the point: it depends
on the leading zeros of x alone (`benchmarks/sobol_order.py` finds all this). The order keeps small
the logarithms of the ratio, summed over the first 1 to 32 places, over 2^10 to 2^16 points (the
default 2^12 counts most), and over smooth and rough functions. It was searched among the first 64
dimensions; those that are not named follow in their own order. The search knows no case; which of a
few weightings to take was decided by how the example cases fared.

Where inputs meet well nothing is gained: what falls is the harm of bad luck, and not all of it. At
2^12 points the expected scatter of a smooth function (share 0.1, a quarter of the variance with
each further bit) falls from 1/49 to 1/82 of that of random draws with 12 inputs, from 1/10 to 1/20
with 16 and from 1/6.3 to 1/10.8 with 20; the worst of four among 12 falls from 162 times to 20, of
three among 20 from 27 to 3.4. The first ten places are Joe and Kuo's. The draws of a seed follow
from this order: another one means other draws.

Sources: A. Owen, "Variance with alternative scramblings of digital nets", ACM Transactions on
Modeling and Computer Simulation 13 (2003) 363-378; J. Dick and F. Pillichshammer, Digital Nets and
Sequences (2010), chapter 13.
"""

from __future__ import annotations

CHOSEN = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 11, 10, 32, 26, 13),
    *(53, 25, 29, 30, 33, 45, 34, 42, 38, 58, 60, 54, 14, 51, 35, 21),
)
"""The dimensions of the first places, as `python benchmarks/sobol_order.py` finds them."""

_ORDER = (*CHOSEN, *(one for one in range(max(CHOSEN)) if one not in CHOSEN))


def dimension(place: int) -> int:
    """The dimension, from 0, that the input at `place`, from 0, draws from; each is used once.

    >>> [dimension(place) for place in (0, 9, 10, 32, 33, 200)]
    [0, 9, 12, 15, 16, 200]
    """
    return _ORDER[place] if 0 <= place < len(_ORDER) else place
