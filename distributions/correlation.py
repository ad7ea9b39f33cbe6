"""Correlation matrices: the nearest proper one, and its triangular factor."""

from __future__ import annotations

import numpy as np

from distributions.marginal import Floats

_TOLERANCE = 1e-12


def is_positive_semidefinite(matrix: Floats) -> bool:
    """Whether no combination of the quantities would have a negative variance (to rounding)."""
    return bool(np.linalg.eigvalsh(matrix)[0] >= -_TOLERANCE * len(matrix))


def nearest_correlation(matrix: Floats) -> Floats:
    """The correlation matrix nearest to `matrix` in the sum of squared differences (Higham 2002).

    Alternating projections with Dykstra's correction: onto the matrices without negative
    eigenvalues, and onto those with a diagonal of ones. N. J. Higham, "Computing the nearest
    correlation matrix", IMA Journal of Numerical Analysis 22 (2002) 329-343.

    >>> nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]])).round(4).tolist()
    [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]]
    """
    target = (np.asarray(matrix, dtype=np.float64) + np.transpose(matrix)) / 2
    if is_positive_semidefinite(target):
        return target
    y, correction = target, np.zeros_like(target)
    for _ in range(10_000):
        r = y - correction
        eigenvalues, vectors = np.linalg.eigh(r)
        x = (vectors * np.maximum(eigenvalues, 0)) @ vectors.T
        correction = x - r
        before, y = y, x.copy()
        np.fill_diagonal(y, 1)
        if np.abs(y - before).max() < 1e-13:
            break
    # x has no negative eigenvalue and almost a diagonal of ones: scale what is left of that away.
    scale = 1 / np.sqrt(np.diag(x))
    nearest = x * scale * scale[:, None]
    np.fill_diagonal(nearest, 1)
    return np.asarray((nearest + nearest.T) / 2)


def triangular_factor(matrix: Floats) -> Floats:
    """The lower triangular L with L Lᵀ = `matrix`, which may be singular (rank correlations of 1).

    Cholesky's method, in which a pivot that is zero to rounding leaves its column zero. Every row
    is scaled to length 1, so that each score keeps a variance of exactly 1.
    """
    size = len(matrix)
    factor = np.zeros((size, size))
    for j in range(size):
        rest = matrix[j:, j] - factor[j:, :j] @ factor[j, :j]
        if rest[0] > 4 * size * np.finfo(np.float64).eps:
            factor[j:, j] = rest / np.sqrt(rest[0])
    return np.asarray(factor / np.sqrt(np.sum(factor**2, axis=1))[:, None])
