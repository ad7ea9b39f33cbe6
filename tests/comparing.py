"""What the tests of comparisons share: cases of one amount, and how near an answer must be."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

import utfall as ut

WIDER = t.ppf(0.99995, 15) / t.ppf(0.975, 15)
"""From a 95 % interval of 16 replicates to one of 99.99 %: no test fails by bad luck."""

SAMPLINGS = ("sobol", "latin", "random")
TRIALS = 16_384
POINT = 16 / TRIALS
"""What one point of a set weighs in its chance."""


def compared(
    alternatives: Mapping[str, ut.Case],
    sampling: Any = "sobol",
    trials: int = TRIALS,
    seed: int = 1,
    **settings: Any,
) -> ut.Compared:
    """The alternatives, compared."""
    asked = ut.comparison(alternatives, **settings)
    return ut.compare(asked, trials=trials, sampling=sampling, seed=seed)


def amount(inputs: Mapping[str, str], value: str, more: str = "") -> ut.Case:
    """A case worth `value`, received after a year and not discounted."""
    return ut.read(text_of(inputs, f"benefits:\n  Amount: {value}\n{more}"))


def text_of(inputs: Mapping[str, str], more: str) -> str:
    """A case of one year at a rate of 0 %: its inputs, and the rest as it is to be written."""
    rows = "".join(f"  {name}: {estimate}\n" for name, estimate in inputs.items())
    given = f"inputs:\n{rows}" if rows else ""
    return f"years: 1\ndiscount_rate: 0 %\n{given}{more}"


def normals(**means_and_sds: tuple[float, float]) -> dict[str, ut.Case]:
    """Alternatives that are each worth a normal amount of their own, independent of the others."""
    return {
        name: amount({f"amount_of_{name}": f"normal({mean:g}, {sd:g})"}, f"amount_of_{name}")
        for name, (mean, sd) in means_and_sds.items()
    }


def two_years(inputs: str, outlay: str, first: str, second: str) -> ut.Case:
    """A case of two years at 0 %: an outlay, and what comes back in either year."""
    return ut.read(
        f"years: 2\ndiscount_rate: 0 %\n{inputs}investment:\n  Outlay: {outlay}\n"
        f"benefits:\n  Back: ramp({first}, {second})\n"
    )


def is_near(found: ut.Measured, exact: float, least: float = 0.0) -> bool:
    """Whether a figure's interval of 99.99 % holds the exact value.

    `least` is a resolution below which no interval can see: a chance under Sobol' or Latin sampling
    moves by whole points, and all sets may agree to the point.
    """
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high
    return (
        found.value - WIDER * (found.value - found.low) - least
        <= exact
        <= found.value + WIDER * (found.high - found.value) + least
    )


# A case with everything in it ---------------------------------------------------------------------

RICH = """\
case: Portal
years: 4
discount_rate: rate
hurdle: 3 years
inputs:
  customers: 600
  margin: triangular(14k, 18k, 22k)
  churn: 3 % to 8 %
  avoided: pert(0 %, 10 %, 30 %)
  rate: triangular(6 %, 8 %, 11 %)
  yearly: each_year(normal(0, 5 %), persistence=0.5)
  build: 200k to 600k
  running: gamma(30k to 70k)
calculations:
  without: {start: customers, next: previous * (1 - churn)}
  with_portal: {start: customers, next: previous * (1 - churn * (1 - avoided))}
investment:
  Build: build
benefits:
  Kept: margin * (with_portal - without) * (1 + yearly)
costs:
  Running: running
dependence:
  - {between: [build, running], rank: 0.5}
  - {between: [churn, avoided], rank: -0.3}
"""
"""A portal with stocks, yearly draws, an uncertain rate and dependence."""
INDEPENDENT = 5 / np.sqrt(TRIALS)
"""A rank correlation of independent draws: five standard errors."""


def fingerprint(result: ut.Result) -> bytes:
    """Every value of a result that a comparison could disturb, as bytes."""
    parts = [outcome.values.tobytes() for outcome in result.outcomes.values()]
    parts += [np.ascontiguousarray(values).tobytes() for values in result.draws.values()]
    return b"".join([*parts, result.cash_by_year.tobytes()])


# Files to compare ---------------------------------------------------------------------------------

PORTAL = """\
case: Portal
currency: SEK
years: 3
discount_rate: 8 %
hurdle: 2 years
inputs:
  margin: normal(50, 10)
  build: 60 to 90
investment:
  Build: build
benefits:
  Margin: margin
"""
CRM = """\
case: CRM
currency: SEK
years: 4
discount_rate: 8 %
hurdle: 3 years
inputs:
  margin: normal(50, 10)
  licence: 10 to 20
investment:
  Set-up: 40
benefits:
  Margin: margin
costs:
  Licence: licence
"""
TWO = "compare: Which?\nalternatives:\n  Portal: portal.yaml\n  CRM: crm.yaml\n"
"""A comparison of the two."""

Write = Callable[..., Path]


def writer(folder: Path) -> Write:
    """Writes a file into a folder with portal.yaml and crm.yaml, and says where it is."""

    def written(text: str, name: str = "compare.yaml") -> Path:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    written(PORTAL, "portal.yaml")
    written(CRM, "crm.yaml")
    return written


def complaint(*paths: Path) -> str:
    """What is said of files that cannot be compared."""
    with pytest.raises(ut.CaseError) as caught:
        ut.load_comparison(*paths)
    return str(caught.value)
