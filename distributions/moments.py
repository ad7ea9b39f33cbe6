"""Mean and standard deviation from quantiles, for quantities without a formula.

E f(X) is the integral of f(ppf(u)) over u in 0..1. It is cut where the quantile function jumps or
bends, and every piece is integrated by the double exponential rule of Takahasi and Mori (1974):
nodes crowd towards both ends, so that neither an infinite density there nor a tail does harm.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from distributions.marginal import Floats, Marginal, Param

_STEP = 1 / 32
_NODES = 195  # to either side; the outermost lie 1e-302 of a piece from its ends
_TAIL = 1e-9  # an integral whose outermost term is a larger part of it has not settled
_CERTAIN = 1e-30  # chance beyond which single points are left out of a sum


def mean_and_sd(marginal: Marginal) -> tuple[Param, Param]:
    """Mean and sd, to about 1e-10; trial by trial where parameters differ from trial to trial.

    A tail so heavy that the integral has not settled at a chance of 1e-300 counts as infinite.
    """
    if marginal.shape:
        answers = np.full((2, int(np.prod(marginal.shape))), np.nan)
        for place in np.flatnonzero(np.asarray(marginal.valid)):
            index = np.unravel_index(place, marginal.shape)
            answers[:, place] = mean_and_sd(marginal.trial(*map(int, index)))
        return answers[0].reshape(marginal.shape), answers[1].reshape(marginal.shape)
    if marginal.is_discrete:
        return _of_points(marginal)
    return _of_pieces(marginal)


def _of_points(marginal: Marginal) -> tuple[float, float]:
    low, high = float(marginal.ppf(_CERTAIN)), float(marginal.isf(_CERTAIN))
    points, masses = marginal.jumps(low, high)
    shares = masses / masses.sum()
    mean = float(np.sum(shares * points))
    return mean, float(np.sqrt(np.sum(shares * (points - mean) ** 2)))


@cache
def _nodes() -> tuple[Floats, Floats]:
    """Distances of the nodes from the left end of a piece of length 1, and their weights."""
    t = _STEP * np.arange(-_NODES, _NODES + 1)
    distance = 1 / (1 + np.exp(-np.pi * np.sinh(t)))
    weight = _STEP * np.pi * np.cosh(t) * distance * distance[::-1]
    return distance, weight


def _of_pieces(marginal: Marginal) -> tuple[float, float]:
    values, weights = _sample(marginal)
    total = weights.sum()
    mean = _settled(values, weights) / total
    if not np.isfinite(mean):
        return mean, np.nan if np.isnan(mean) else np.inf
    return mean, float(np.sqrt(_settled((values - mean) ** 2, weights) / total))


def _settled(terms: Floats, weights: Floats) -> float:
    """The sum of all terms; infinite if the tails still matter where the nodes end."""
    parts = terms * weights
    size = np.abs(parts).sum()
    ends = [part for part in (parts[0], parts[-1]) if not abs(part) <= _TAIL * size]
    if not ends:
        return float(parts.sum())
    return float(np.inf * np.sign(ends).sum()) if len(set(np.sign(ends))) == 1 else float("nan")


def _sample(marginal: Marginal) -> tuple[Floats, Floats]:
    """Quantiles at the nodes of all pieces, with the chance that each stands for."""
    edges = _edges(marginal)
    distance, weight = _nodes()
    values, weights = [], []
    for (p0, q0), (p1, q1) in pairwise(edges):
        length = p1 - p0 if p1 <= 0.5 else q0 - q1 if p0 >= 0.5 else 1 - p0 - q1
        if length <= 0:
            continue
        left = distance < 0.5
        u = np.where(left, p0 + length * distance, p1 - length * distance[::-1])
        q = np.where(left, q0 - length * distance, q1 + length * distance[::-1])
        known = (u >= marginal.least_chance) & (q >= marginal.least_chance)
        u, q = np.minimum(u[known], 1), np.minimum(q[known], 1)
        values.append(np.where(u <= 0.5, marginal.ppf(u), marginal.isf(q)))
        weights.append(length * weight[known])
    return np.concatenate(values), np.concatenate(weights)


def _edges(marginal: Marginal) -> list[tuple[float, float]]:
    """Where the quantile function jumps, bends or is steep, as pairs of u and 1 - u."""
    low, high = float(marginal.ppf(_CERTAIN)), float(marginal.isf(_CERTAIN))
    points = {*marginal.kinks(), *marginal.seams(), *marginal.jumps(low, high)[0].tolist()}
    edges = {(0.0, 1.0), (1.0, 0.0)}
    for point in points:
        edges.add((float(marginal.below(point)), float(marginal.at_least(point))))
        edges.add((float(marginal.cdf(point)), float(marginal.sf(point))))
    return sorted(edges, key=lambda edge: (edge[0], -edge[1]))
