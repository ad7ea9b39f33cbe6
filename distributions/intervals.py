"""From a 90 % interval to a distribution: P5 and P95 are given, the parameters are found.

With z = 1.6449, the 95 % point of the standard normal:

- normal: mean (a + b)/2, sd (b - a)/(2z); lognormal: the same on logarithms;
- gamma: the shape at which the ratio of the 95 % and the 5 % quantile is b/a, then the scale;
- beta: the two shapes at which the distribution function is 5 % at a and 95 % at b.

Hard bounds cut the normal, lognormal and gamma, and P5 and P95 hold after the cut (as in the
"posnorm" of the R package decisionSupport); a beta lies on its bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from distributions import solving
from distributions.bell import LogNormal, Normal
from distributions.bounded import Beta
from distributions.errors import EstimateError, number_text, percent_text
from distributions.marginal import Marginal

Found = TypeVar("Found", bound=Marginal)

Z95 = 1.6448536269514722
"""The 95 % point of the standard normal distribution."""


def interval(low: float, high: float) -> LogNormal:
    """What `5 to 40` means: the lognormal with P5 = `low` and P95 = `high`.

    >>> round(float(interval(1e6, 4e6).ppf(0.5)))
    2000000
    """
    low, high = _ends(low, high)
    if low <= 0:
        raise EstimateError(
            f"{_written(low, high)} starts at or below zero, where no lognormal reaches",
            f"write normal({_written(low, high)}), which may be negative",
        )
    return _lognormal(low, high)


def share_interval(low: float, high: float) -> Beta:
    """What `2 % to 8 %` means: the beta on 0..1 with P5 = `low` and P95 = `high`.

    >>> found = share_interval(0.02, 0.08)
    >>> [round(float(found.percentile(p)), 9) for p in (5, 95)]
    [0.02, 0.08]
    """
    low, high = _ends(low, high, percent_text)
    start, end = percent_text(low), percent_text(high)
    if low < 0 or high > 1:
        raise EstimateError(
            f"{start} to {end} reaches beyond 0 % to 100 %, where every share lies",
            f"write normal({start} to {end}) if it is no share",
        )
    if low == 0 or high == 1:
        where = f"start at {start}" if low == 0 else f"end at {end}"
        raise EstimateError(
            f"the 90 % interval of a share cannot {where}: 5 % of the chance lies beyond each end",
            f"if the ends are hard, write pert({start}, most likely, {end}) or "
            f"beta(a, b, low={start}, high={end})",
        )
    return _reaching(
        "beta",
        lambda: Beta(*solving.beta_shapes(low, high)),
        (low, high),
        f"normal({start} to {end})",
    )


def fit_normal(
    low_end: float, high_end: float, low: float | None = None, high: float | None = None
) -> Marginal:
    """The normal with P5 = `low_end` and P95 = `high_end`, after the cut at hard bounds if any.

    >>> round(float(fit_normal(1000, 10_000, low=0).mean))
    5240
    """
    low_end, high_end = _ends(low_end, high_end)
    bottom, top = _bounds(low_end, high_end, low, high)
    if bottom == -np.inf and top == np.inf:
        return Normal((low_end + high_end) / 2, (high_end - low_end) / (2 * Z95))

    def cut() -> Marginal:
        from distributions.truncated import Truncated

        return Truncated(Normal(*_cut_normal(low_end, high_end, bottom, top)), bottom, top)

    other = f"lognormal({_written(low_end, high_end)})" if low_end > 0 else "pert or triangular"
    return _reaching("normal", cut, (low_end, high_end), other, bounded=True)


def fit_lognormal(
    low_end: float, high_end: float, low: float | None = None, high: float | None = None
) -> Marginal:
    """The lognormal with P5 = `low_end` and P95 = `high_end`, after the cut at hard bounds if any.

    >>> round(float(fit_lognormal(5, 40).ppf(0.95)), 9)
    40.0
    """
    low_end, high_end = _ends(low_end, high_end)
    bottom, top = _bounds(low_end, high_end, low, high)
    _above_zero("lognormal", low_end, high_end)
    if bottom <= 0 and top == np.inf:
        return _lognormal(low_end, high_end)

    def cut() -> Marginal:
        from distributions.truncated import Truncated

        least = np.log(bottom) if bottom > 0 else -np.inf
        logs = _cut_normal(np.log(low_end), np.log(high_end), least, np.log(top))
        return Truncated(LogNormal(*logs), bottom, top)

    return _reaching("lognormal", cut, (low_end, high_end), "pert or triangular", bounded=True)


def fit_gamma(
    low_end: float, high_end: float, low: float | None = None, high: float | None = None
) -> Marginal:
    """The gamma with P5 = `low_end` and P95 = `high_end`, after the cut at hard bounds if any.

    >>> [round(float(fit_gamma(5, 40).percentile(p)), 9) for p in (5, 95)]
    [5.0, 40.0]
    """
    low_end, high_end = _ends(low_end, high_end)
    bottom, top = _bounds(low_end, high_end, low, high)
    _above_zero("gamma", low_end, high_end)
    bounded = bottom > 0 or top < np.inf

    def find() -> Marginal:
        from distributions.positive import Gamma
        from distributions.truncated import Truncated

        if not bounded:
            return Gamma(*solving.gamma_parameters(low_end, high_end))
        found = solving.cut_gamma_parameters(low_end, high_end, max(bottom, 0.0), top)
        return Truncated(Gamma(*found), bottom, top)

    other = f"lognormal({_written(low_end, high_end)})"
    return _reaching("gamma", find, (low_end, high_end), other, bounded=bounded)


def fit_beta(
    low_end: float, high_end: float, low: float | None = None, high: float | None = None
) -> Marginal:
    """The beta on `low`..`high` (0..1 unless said) with P5 = `low_end` and P95 = `high_end`.

    >>> [round(float(fit_beta(5, 40, low=0, high=100).percentile(p)), 9) for p in (5, 95)]
    [5.0, 40.0]
    """
    low_end, high_end = _ends(low_end, high_end)
    bottom, top = _bounds(low_end, high_end, low, high)
    bottom, top = 0.0 if low is None else bottom, 1.0 if high is None else top
    if not bottom < low_end < high_end < top:
        written = _written(low_end, high_end)
        raise EstimateError(
            f"{written} does not lie inside {_written(bottom, top)}, where the beta lies",
            f"write beta({written}, low=, high=) with hard ends outside the interval",
        )
    width = top - bottom

    def find() -> Beta:
        parts = (low_end - bottom) / width, (high_end - bottom) / width
        return Beta(*solving.beta_shapes(*parts), bottom, top)

    return _reaching("beta", find, (low_end, high_end), f"normal({_written(low_end, high_end)})")


def _lognormal(low: float, high: float) -> LogNormal:
    mu, sigma = (np.log(low) + np.log(high)) / 2, (np.log(high) - np.log(low)) / (2 * Z95)
    return LogNormal(float(mu), float(sigma))


def _cut_normal(low: float, high: float, bottom: float, top: float) -> tuple[float, float]:
    """mu and sigma of the normal which, cut to `bottom`..`top`, has these P5 and P95."""
    if top == np.inf:
        return solving.normal_above_parameters(low, high, bottom)
    if bottom == -np.inf:
        mu, sigma = solving.normal_above_parameters(-high, -low, -top)
        return -mu, sigma
    return solving.normal_between_parameters(low, high, bottom, top)


def _reaching(
    name: str,
    find: Callable[[], Found],
    ends: tuple[float, float],
    other: str,
    *,
    bounded: bool = False,
) -> Found:
    """What `find` finds, if P5 and P95 are indeed there; otherwise an EstimateError."""
    low_end, high_end = ends
    try:
        found = find()
        reached = [float(found.ppf(0.05)), float(found.isf(0.05))]
        if np.allclose(reached, ends, rtol=1e-9, atol=1e-9 * (high_end - low_end)):
            return found
    except (solving.Unreachable, EstimateError):
        pass
    within = " within these bounds" if bounded else ""
    move = "move the bounds away from the interval or leave them out, or " if bounded else ""
    raise EstimateError(
        f"no {name}{within} has the P5 and P95 of {_written(low_end, high_end)}",
        f"{move}write {other}",
    )


def _written(low: float, high: float) -> str:
    return f"{number_text(low)} to {number_text(high)}"


def _ends(
    low: float, high: float, text: Callable[[float], str] = number_text
) -> tuple[float, float]:
    """P5 and P95 as finite floats in rising order."""
    for end in (low, high):
        if np.ndim(end):
            raise EstimateError(
                "the ends of an interval cannot be uncertain quantities",
                "write constants, or a family with uncertain parameters: normal(mean, sd)",
            )
        if not np.isfinite(end):
            raise EstimateError("the ends of an interval must be finite", "write two numbers")
    low, high = float(low), float(high)
    if low == high:
        raise EstimateError(
            f"both ends of the interval are {text(low)}",
            f"write {text(low)} alone if it is certain, or two different ends",
        )
    if low > high:
        raise EstimateError(
            f"the low end {text(low)} of the interval lies above the high end {text(high)}",
            f"write the lower end first: {text(high)} to {text(low)}",
        )
    return low, high


def _bounds(
    low_end: float, high_end: float, low: float | None, high: float | None
) -> tuple[float, float]:
    """Hard bounds, infinite where there is none; they lie outside the interval."""
    bottom = -np.inf if low is None else float(low)
    top = np.inf if high is None else float(high)
    for name, bound, end, wrong in (
        ("low", bottom, low_end, not bottom < low_end),
        ("high", top, high_end, not top > high_end),
    ):
        if wrong:
            side, percentile = ("below", "P5") if name == "low" else ("above", "P95")
            raise EstimateError(
                f"the bound {name}={number_text(bound)} lies inside the interval "
                f"{_written(low_end, high_end)}",
                f"write a hard bound {side} {percentile}, which is {number_text(end)}",
            )
    return bottom, top


def _above_zero(name: str, low_end: float, high_end: float) -> None:
    if low_end <= 0:
        raise EstimateError(
            f"a {name} lies above zero, and {_written(low_end, high_end)} does not",
            f"write normal({_written(low_end, high_end)}), which may be negative",
        )
