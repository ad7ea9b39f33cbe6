"""From a 90 % interval to a distribution: P5 and P95 are given, the parameters are found.

With z = 1.6449, the 95 % point of the standard normal:

- normal: mean (a + b)/2, sd (b - a)/(2z); lognormal: the same on logarithms;
- gamma: the shape at which the ratio of the 95 % and the 5 % quantile is b/a, then the scale;
- beta: the two shapes at which the distribution function is 5 % at a and 95 % at b.

Hard bounds cut the normal, lognormal and gamma, and P5 and P95 hold after the cut (as the "posnorm" of
the R package decisionSupport does); the beta lies on the bounds.
"""

from __future__ import annotations

import numpy as np

from distributions import solving
from distributions.bell import LogNormal, Normal
from distributions.bounded import Beta
from distributions.errors import EstimateError, number_text, percent_text
from distributions.marginal import Marginal
from distributions.positive import Gamma
from distributions.truncated import Truncated

Z95 = 1.6448536269514722
"""The 95 % point of the standard normal distribution."""


def interval(low: float, high: float) -> LogNormal:
    """What `5 to 40` means: the lognormal with P5 = `low` and P95 = `high`.

    >>> round(float(interval(1e6, 4e6).ppf(0.5)))
    2000000
    """
    low, high = _ends("the interval", low, high)
    if low <= 0:
        both = f"{number_text(low)} to {number_text(high)}"
        raise EstimateError(
            f"an interval that starts at or below zero, {both}, cannot be lognormal",
            f"write normal({both}), which reaches below zero",
        )
    return _lognormal(low, high)


def share_interval(low: float, high: float) -> Beta:
    """What `2 % to 8 %` means: the beta on 0..1 with P5 = `low` and P95 = `high`.

    >>> found = share_interval(0.02, 0.08)
    >>> [round(float(found.percentile(p)), 9) for p in (5, 95)]
    [0.02, 0.08]
    """
    low, high = _ends("the interval", low, high, percent_text)
    if low <= 0 or high >= 1:
        start, end = percent_text(low), percent_text(high)
        side = f"starts at {start}" if low <= 0 else f"ends at {end}"
        if low < 0 or high > 1:
            remedy = f"write normal({start} to {end}) if it may lie outside 0 % to 100 %"
        else:
            remedy = (
                f"write pert({start}, most likely, {end}), or beta({start} to {end}, low=, high=) "
                "with hard ends outside the interval"
            )
        raise EstimateError(f"no share strictly between 0 % and 100 % has a P5 to P95 that {side}", remedy)
    return solving.beta_through(low, high, 0.0, 1.0)
