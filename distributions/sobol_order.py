"""Which Sobol' dimension each place draws from: an order in which the first places fit together.

Sobol' points are far more even than random ones in each dimension and each pair, but some
dimensions meet badly at the few thousand points of a set: of the first 12 of Joe and Kuo there are
four whose joint part scatters, at 4,096 points, 162 times as much as that of random draws. Which
inputs of a case meet there is chance, and the order of dimensions is free. So one was chosen, the
same for all cases, by the scatter that the points themselves make expected. A function whose values
have, over those of one input, `share` of the variance of their mean's square, and products of these
shares for inputs together, keeps after the random linear scramble, over what random draws leave,

    2^m (mean over the points of the product of (1 + share k(x_j)) - 1) / ((1 + share)^d - 1),

where k(x) is the covariance, under the scramble, of the values at 0 and at the point: it depends on
the leading zeros of x alone (`benchmarks/sobol_order.py` finds all this). The order keeps small the
logarithms of the ratio, summed over the first 1 to 32 places, over 2^10 to 2^16 points (the default
2^12 counts most), and over a smooth and a rough function. Dimensions that are not named follow in
their own order. Of several such weightings this is the one whose order served the example cases
best; the search itself knows no case.

At 2^12 points the expected scatter of the smooth function (share 0.1, a quarter of the variance
with each further bit) falls, against Joe and Kuo's order, from 1/49 to 1/82 of that of random draws
with 12 inputs, from 1/10 to 1/23 with 16 and from 1/6.3 to 1/11 with 20; the first eight places
are what they were. The draws of a seed follow from this order: another one means other draws.

Sources: A. Owen, "Variance with alternative scramblings of digital nets", ACM Transactions on
Modeling and Computer Simulation 13 (2003) 363-378; J. Dick and F. Pillichshammer, Digital Nets and
Sequences (2010), chapter 13.
"""

from __future__ import annotations

CHOSEN = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 12, 11, 53, 56, 13, 26),
    *(83, 104, 45, 79, 69, 38, 33, 81, 32, 16, 49, 29, 60, 102, 27, 113),
)
"""The dimensions of the first places, as `python benchmarks/sobol_order.py` finds them."""

_ORDER = (*CHOSEN, *(one for one in range(max(CHOSEN)) if one not in CHOSEN))


def dimension(place: int) -> int:
    """The dimension, from 0, that the input at `place`, from 0, draws from; each is used once.

    >>> [dimension(place) for place in (0, 8, 12, 32, 33, 200)]
    [0, 9, 53, 10, 14, 200]
    """
    return _ORDER[place] if 0 <= place < len(_ORDER) else place
