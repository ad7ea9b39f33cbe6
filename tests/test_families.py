"""The registry of families, and distributions fitted to what experts say."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import distributions as d
from distributions import FAMILIES, EstimateError, Marginal
from distributions.families import family


@pytest.fixture
def after():
    """The registry as it was before the test."""
    from distributions import families

    before = dict(families._registered)
    yield families
    families._registered.clear()
    families._registered.update(before)


def test_the_families_are_there():
    """All that the case language names."""
    assert set(FAMILIES) >= {
        "normal", "lognormal", "uniform", "triangular", "pert", "beta", "gamma", "exponential",
        "weibull", "student_t", "pareto", "poisson", "binomial", "bernoulli", "chance",
    }  # fmt: skip


def test_families_describe_themselves():
    """Parameters in order, what may be left out, how it is written, and what it is for."""
    pert = FAMILIES["pert"]
    assert pert.name == "pert"
    assert pert.parameters == ("low", "mode", "high")
    assert pert.optional == ("weight", "ends")
    assert pert.signature == "pert(low, mode, high)"
    assert pert.summary.startswith("A three-point estimate")
    assert not pert.takes_interval
    assert FAMILIES["beta"].parameters == ("a", "b")
    assert FAMILIES["beta"].optional == ("low", "high")
    assert FAMILIES["student_t"].signature == "student_t(df, location, scale)"
    assert FAMILIES["student_t"].optional == ("location", "scale")
    assert FAMILIES["lognormal"].parameters == ()
    assert FAMILIES["lognormal"].optional == ("mean", "sd", "mu", "sigma")
    assert FAMILIES["lognormal"].signature == "lognormal(mean=, sd=) or lognormal(mu=, sigma=)"
    able = {name for name, one in FAMILIES.items() if one.takes_interval}
    assert able == {"normal", "lognormal", "gamma", "beta"}
    assert all(one.summary and one.summary.endswith(".") for one in FAMILIES.values())


def test_parameters_by_place_and_by_name():
    """Either way, and mixed."""
    build = FAMILIES["pert"].build
    assert build(2, 5, 9) == build(2, high=9, mode=5) == d.pert(2, 5, 9)
    assert build(2, 5, 9, weight=6) == d.pert(2, 5, 9, weight=6)
    assert FAMILIES["student_t"].build(4) == d.student_t(4, 0, 1)
    assert FAMILIES["lognormal"].build(mean=100, sd=50) == d.lognormal(mean=100, sd=50)
    assert FAMILIES["beta"].build(2, 3, low=5, high=9) == d.beta(2, 3, low=5, high=9)
    assert FAMILIES["chance"].build(0.3) == FAMILIES["bernoulli"].build(0.3)


def test_others_may_add_families(after):
    """With the same decorator, and with an interval if they can fit one."""

    def fit(low_end: float, high_end: float, low: float | None, high: float | None) -> Marginal:
        width = (high_end - low_end) / 0.9
        return d.uniform(low_end - 0.05 * width, high_end + 0.05 * width)

    @family(fit=fit, signature="anything(width)")
    def anything(width: float) -> Marginal:
        """Anything at all.

        Really.
        """
        return d.uniform(0, width)

    assert anything(3) == FAMILIES["anything"].build(3) == d.uniform(0, 3)
    assert FAMILIES["anything"].summary == "Anything at all."
    assert FAMILIES["anything"].signature == "anything(width)"
    fitted = FAMILIES["anything"].fit(5, 14)
    assert fitted.ppf([0.05, 0.95]).tolist() == pytest.approx([5, 14])


def test_a_name_is_taken_once(after):
    """A second pert would change what case files mean."""
    with pytest.raises(EstimateError, match="there is a family called pert already"):

        @family
        def pert(low: float) -> Marginal:
            return d.uniform(low, low + 1)

    assert FAMILIES["pert"].parameters == ("low", "mode", "high")


def test_the_registry_cannot_be_written_to():
    """Only the decorator registers."""
    with pytest.raises(TypeError):
        FAMILIES["pert"] = FAMILIES["normal"]


def test_families_without_interval_say_which_have_one():
    """With the caller's own numbers."""
    with pytest.raises(EstimateError) as caught:
        FAMILIES["pert"].fit(5, 40)
    assert caught.value.problem == "pert cannot be written with an interval"
    assert "pert(low, mode, high)" in caught.value.remedy
    assert "beta, gamma, lognormal, normal" in caught.value.remedy
    assert "normal(5 to 40)" in caught.value.remedy


def test_loading_is_light():
    """Neither scipy.stats nor scipy.optimize, pandas or matplotlib are loaded with the package."""
    heavy = "{'scipy.stats', 'scipy.optimize', 'pandas', 'matplotlib', 'simulator', 'reports'}"
    program = f"import distributions, sys; sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# From expert judgement to distribution: the standard formulas, worked elsewhere


def test_lognormal_from_a_90_percent_interval():
    """1M to 4M: mu = ln 2M, sigma = ln 4 / 3.2897."""
    found = d.interval(1e6, 4e6)
    assert found.mu == pytest.approx(14.5087, abs=5e-5)
    assert found.mu == pytest.approx(np.log(2e6), abs=1e-12)
    assert found.sigma == pytest.approx(0.421404, abs=5e-7)
    assert found.ppf(0.5) == pytest.approx(2_000_000, abs=0.001)
    assert found.mean == pytest.approx(2_185_703, abs=0.5)
    assert found.ppf(0.9) == pytest.approx(3_432_187, abs=0.5)
    np.testing.assert_allclose(found.ppf([0.05, 0.95]), [1e6, 4e6], rtol=1e-13)
    assert FAMILIES["lognormal"].fit(1e6, 4e6) == found


def test_pert_by_the_book():
    """PERT(10, 15, 26): mean 16, shapes 2.25 and 3.75; the (b - a)/6 rule is not its sd."""
    found = d.pert(10, 15, 26)
    assert found.mean == pytest.approx(16, abs=1e-9)
    assert (found.a, found.b) == pytest.approx((2.25, 3.75), abs=1e-12)
    assert found.sd == pytest.approx(2.9277, abs=5e-5)
    assert found.sd == pytest.approx(np.sqrt(60 / 7), abs=1e-12)  # (16 - 10)(26 - 16) / 7
    assert found.ppf(0.9) == pytest.approx(20.0756, abs=5e-5)


def test_triangular_by_the_book():
    """triangular(10, 15, 26): mean 17, variance (a² + b² + c² - ab - ac - bc)/18."""
    found = d.triangular(10, 15, 26)
    assert found.mean == pytest.approx(17, abs=1e-9)
    assert found.sd == pytest.approx(3.34166, abs=5e-6)
    assert found.sd == pytest.approx(np.sqrt(201 / 18), abs=1e-12)


def test_truncated_normal_from_an_interval():
    """1000 to 10 000, never negative: the posnorm of the R package decisionSupport."""
    found = FAMILIES["normal"].fit(1000, 10_000, low=0)
    assert found.base.mu == pytest.approx(4874.62, abs=0.05)
    assert found.base.sigma == pytest.approx(3064.41, abs=0.05)
    assert found.mean == pytest.approx(5240, abs=0.05)
    np.testing.assert_allclose(found.ppf([0.05, 0.95]), [1000, 10_000], rtol=1e-12)
    assert found.support == (0, np.inf)


def test_normal_from_an_interval():
    """Mean in the middle, sd a 3.2897th of the width."""
    found = FAMILIES["normal"].fit(-5, 20)
    assert found == d.normal(7.5, 25 / (2 * 1.6448536269514722))
    np.testing.assert_allclose(found.ppf([0.05, 0.95]), [-5, 20], rtol=1e-14)
