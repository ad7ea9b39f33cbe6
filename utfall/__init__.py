"""Utfall: what an investment is worth when its effects are guesses.

>>> import utfall as ut
>>> case = ut.read('''
... years: 3
... discount_rate: 8 %
... investment: {Build: 100}
... benefits: {Saving: 40 to 60}
... ''')
>>> result = ut.simulate(case, trials=1024)
>>> result.npv.percentile(10) < result.npv.percentile(90)
True

Everything is imported when it is first used, so that `import utfall` costs nothing.
"""

from __future__ import annotations

import sys

from simulator.version import __version__

TYPE_CHECKING = False  # as in typing, which takes as long to import as Python to start
if TYPE_CHECKING:
    from typing import Any

    from reports.asked import report
    from reports.document import Report
    from reports.figures import tornado_chart
    from simulator import customers
    from simulator.analysis.base_case import BaseCase, base_case
    from simulator.analysis.comparison import Compared, compare
    from simulator.analysis.doubts import doubts
    from simulator.analysis.thresholds import Threshold, Thresholds, thresholds
    from simulator.analysis.tornado import Tornado, tornado
    from simulator.case.case import Case
    from simulator.case.comparison import Comparison
    from simulator.engine.load import estimate, load, read, unused
    from simulator.engine.load_comparison import comparison, load_comparison
    from simulator.engine.precision import Precision, simulate_to
    from simulator.engine.run import simulate
    from simulator.engine.valuation import (
        discount_factors,
        discounted_payback,
        irr,
        irr_roots,
        mirr,
        npv,
        payback,
        peak_funding,
        profitability_index,
        roi,
        roi_discounted,
        tax,
    )
    from simulator.errors import CaseError, RunError, UtfallError
    from simulator.result.outcome import Measured, Outcome
    from simulator.result.result import Result

_HOMES = {
    "reports.asked": ("report",),
    "reports.document": ("Report",),
    "reports.figures": ("tornado_chart",),
    "simulator.analysis.base_case": ("BaseCase", "base_case"),
    "simulator.analysis.doubts": ("doubts",),
    "simulator.analysis.thresholds": ("Threshold", "Thresholds", "thresholds"),
    "simulator.analysis.tornado": ("Tornado", "tornado"),
    "simulator.case.case": ("Case",),
    "simulator.engine.precision": ("Precision", "simulate_to"),
    "simulator.engine.run": ("simulate",),
    "simulator.engine.valuation": (
        "discount_factors", "discounted_payback", "irr", "irr_roots", "mirr", "npv", "payback",
        "peak_funding", "profitability_index", "roi", "roi_discounted", "tax",
    ),
    "simulator.errors": ("CaseError", "RunError", "UtfallError"),
    "simulator.engine.load": ("estimate", "load", "read", "unused"),
    "simulator.engine.load_comparison": ("comparison", "load_comparison"),
    "simulator.analysis.comparison": ("Compared", "compare"),
    "simulator.case.comparison": ("Comparison",),
    "simulator.result.outcome": ("Measured", "Outcome"),
    "simulator.result.result": ("Result",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BaseCase", "Case", "CaseError", "Compared", "Comparison", "Measured", "Outcome",
    "Precision", "Report", "Result", "RunError", "Threshold", "Thresholds", "Tornado",
    "UtfallError", "__version__", "base_case", "compare", "comparison", "customers",
    "discount_factors", "discounted_payback", "doubts", "estimate", "irr", "irr_roots", "load",
    "load_comparison", "mirr", "npv", "payback", "peak_funding", "profitability_index",
    "read", "report", "roi", "roi_discounted", "simulate", "simulate_to", "tax", "thresholds",
    "tornado", "tornado_chart", "unused",
]  # fmt: skip


if "IPython" in sys.modules:  # only then may this be a notebook
    from utfall.notebook import register

    register(sys.modules["IPython"].get_ipython())


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "customers":
        return import_module("simulator.customers")
    if name not in _HOME:
        raise AttributeError(f"module 'utfall' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
