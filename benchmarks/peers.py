"""`portal.yaml` drawn by other libraries; what a peer lacks is done in plain numpy.

Every peer draws what it can (all of its own distributions, its own way of correlating); the draws
are then valued and described by `plain_portal.py`, because none of them values cash flows.

    python benchmarks/peers.py openturns 200000
"""

import sys

import numpy as np
import plain_portal as plain
from scipy import special

NAMES = list(plain.INPUTS)


def _normal_correlation():
    """Correlations of the normal scores, those between other inputs 0."""
    matrix = np.eye(len(NAMES))
    for (one, other), rank in plain.RANKS.items():
        i, j = NAMES.index(one), NAMES.index(other)
        matrix[i, j] = matrix[j, i] = 2 * np.sin(np.pi * rank / 6)
    return matrix


def _log_scale(low, high):
    """Mean and sd of the logarithm of what lies between `low` and `high` in 90 of 100 cases."""
    return np.log(low * high) / 2, np.log(high / low) / (2 * special.ndtri(0.95))


def _pert(low, mode, high):
    """The two shapes of the beta distribution behind a PERT estimate."""
    width = high - low
    return 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width


def squigglepy(trials, seed):
    """Sampled on arrays; pairs by `correlate` (Iman and Conover). Its clipping is no truncation."""
    import squigglepy as sq

    sq.set_seed(seed)
    estimates = {
        "margin": sq.lognorm(14_000, 24_000),
        "churn": sq.beta(12, 88),
        "new": sq.lognorm(5, 40),
        "churn_avoided": sq.pert(0.002, 0.012, 0.04),
        "upsell": sq.pert(0, 0.015, 0.06),
        "hours": sq.triangular(0.2, 0.8, 2),
        "hourly": sq.norm(mean=520, sd=60, lclip=300, rclip=800),
        "adoption_first": sq.beta(4, 6),
        "adoption_last": sq.beta(8, 3),
        "build": sq.lognorm(1.5e6, 4e6),
        "running": sq.pert(250e3, 400e3, 900e3),
        "rate": sq.triangular(0.06, 0.09, 0.13),
    }
    for (one, other), rank in plain.RANKS.items():
        pair = sq.correlate((estimates[one], estimates[other]), [[1, rank], [rank, 1]])
        estimates[one], estimates[other] = pair
    return {name: np.asarray(sq.sample(estimates[name], n=trials)) for name in NAMES}


def chaospy(trials, seed):
    """A joint distribution under its Nataf (Gaussian) copula; its own PERT has another mean."""
    import chaospy as cp

    def from_p5_to_p95(low, high):
        mu, sigma = _log_scale(low, high)
        return cp.LogNormal(mu, sigma)

    def pert(low, mode, high):
        return cp.Beta(*_pert(low, mode, high), low, high)

    estimates = {
        "margin": from_p5_to_p95(14_000, 24_000),
        "churn": cp.Beta(12, 88),
        "new": from_p5_to_p95(5, 40),
        "churn_avoided": pert(0.002, 0.012, 0.04),
        "upsell": pert(0, 0.015, 0.06),
        "hours": cp.Triangle(0.2, 0.8, 2),
        "hourly": cp.TruncNormal(300, 800, 520, 60),
        "adoption_first": cp.Beta(4, 6),
        "adoption_last": cp.Beta(8, 3),
        "build": from_p5_to_p95(1.5e6, 4e6),
        "running": pert(250e3, 400e3, 900e3),
        "rate": cp.Triangle(0.06, 0.09, 0.13),
    }
    joint = cp.Nataf(cp.J(*estimates.values()), _normal_correlation())
    return dict(zip(NAMES, joint.sample(trials, seed=seed), strict=True))


def openturns(trials, seed):
    """A joint distribution with a normal copula."""
    import openturns as ot

    def from_p5_to_p95(low, high):
        mu, sigma = _log_scale(low, high)
        return ot.LogNormal(mu, sigma)

    def pert(low, mode, high):
        return ot.Beta(*_pert(low, mode, high), low, high)

    ot.RandomGenerator.SetSeed(seed)
    bounded = ot.TruncatedDistribution(ot.Normal(520.0, 60.0), 300.0, 800.0)
    estimates = [
        from_p5_to_p95(14_000, 24_000),
        ot.Beta(12, 88, 0, 1),
        from_p5_to_p95(5, 40),
        pert(0.002, 0.012, 0.04),
        pert(0, 0.015, 0.06),
        ot.Triangular(0.2, 0.8, 2),
        bounded,
        ot.Beta(4, 6, 0, 1),
        ot.Beta(8, 3, 0, 1),
        from_p5_to_p95(1.5e6, 4e6),
        pert(250e3, 400e3, 900e3),
        ot.Triangular(0.06, 0.09, 0.13),
    ]
    copula = ot.NormalCopula(ot.CorrelationMatrix(_normal_correlation().tolist()))
    drawn = np.array(ot.JointDistribution(estimates, copula).getSample(trials))
    return dict(zip(NAMES, drawn.T, strict=True))


def salib(trials, seed):
    """Its Latin hypercube; it has neither beta distributions nor correlations: plain numpy's."""
    from SALib.sample import latin

    problem = {"num_vars": len(NAMES), "names": NAMES, "bounds": [[0, 1]] * len(NAMES)}
    points = latin.sample(problem, trials, seed=seed).T
    scores = np.linalg.cholesky(_normal_correlation()) @ special.ndtri(points)
    uniforms = special.ndtr(scores)
    return {name: plain.INPUTS[name].ppf(u) for name, u in zip(NAMES, uniforms, strict=True)}


PEERS = {
    "plain": plain.draw,
    "squigglepy": squigglepy,
    "chaospy": chaospy,
    "openturns": openturns,
    "salib": salib,
}


def run(peer, trials, seed):
    """The job of `plain_portal.py` on the draws of a peer."""
    return plain.work(PEERS[peer](trials, seed))


if __name__ == "__main__":
    for name, figure in run(sys.argv[1], trials=int(sys.argv[2]), seed=1).items():
        print(name, figure)
