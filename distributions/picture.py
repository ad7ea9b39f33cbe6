"""A distribution in one line of text."""

from __future__ import annotations

import numpy as np

from distributions.errors import EstimateError
from distributions.marginal import Floats, Marginal

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def shape_picture(marginal: Marginal, width: int = 12) -> str:
    """The density between about P1 and P99 in `width` characters, for a table in a terminal.

    The tallest column is full; a column with any chance at all shows at least a line. A few single
    values stand each in their own column, many are drawn as if they were spread between neighbours.

    >>> from distributions.bell import Normal
    >>> from distributions.single_values import Bernoulli
    >>> shape_picture(Normal(0, 1))
    '▁▂▃▅▇██▇▅▃▂▁'
    >>> shape_picture(Bernoulli(0.25), width=5)
    '█   ▃'
    """
    chances = _chances(marginal, width)
    return "█".center(width) if chances is None else _bars(chances)


def shape_heights(marginal: Marginal, width: int = 24) -> tuple[float, ...]:
    """The same as heights of `width` columns, the tallest being 1, for those who can draw.

    >>> from distributions.single_values import Bernoulli
    >>> shape_heights(Bernoulli(0.25), width=3)
    (1.0, 0.0, 0.3333333333333333)
    """
    chances = _chances(marginal, width)
    if chances is None:
        return tuple(float(column == width // 2) for column in range(width))
    return tuple((chances / chances.max()).tolist())


def _chances(marginal: Marginal, width: int) -> Floats | None:
    """The chance of each column from P1 to P99; None where these are the same."""
    if marginal.shape:
        raise EstimateError(
            "a quantity with uncertain parameters has no single shape", "draw one of its trials"
        )
    low, high = float(marginal.ppf(0.01)), float(marginal.isf(0.01))
    if not low < high:
        return None
    points, masses = marginal.jumps(low, high)
    if marginal.is_discrete and len(points) <= width:
        columns = np.rint((points - low) / (high - low) * (width - 1)).astype(np.intp)
        return np.bincount(columns, masses, minlength=width).astype(np.float64)
    edges = np.linspace(low, high, width + 1)
    if marginal.is_discrete:
        between = np.concatenate([[low], (points[:-1] + points[1:]) / 2, [high]])
        upto = np.interp(edges, between, np.concatenate([[0.0], np.cumsum(masses)]))
    else:
        upto = np.concatenate([[marginal.below(low)], marginal.cdf(edges[1:])])
    between_edges: Floats = np.diff(upto)
    return np.maximum(between_edges, 0.0)


def _bars(chances: Floats) -> str:
    heights = np.ceil(8 * chances / chances.max() - 0.5)
    least = np.where(chances > 1e-9 * chances.max(), 1, 0)
    return "".join(_EIGHTHS[int(height)] for height in np.clip(heights, least, 8))
