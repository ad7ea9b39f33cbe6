"""Pictures of a result or a comparison, each with its numbers and a sentence that says the same.

matplotlib is used without pyplot: nothing is global, nothing is shown, and threads do not meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.drivers import simulated, widest
from reports.figures.cash import cash_flow_fan
from reports.figures.chart import Chart, save_charts
from reports.figures.comparison import comparison_charts, payback_curves, value_curves
from reports.figures.comparison_bars import best_shares, regret
from reports.figures.comparison_difference import difference
from reports.figures.drivers import tornado_chart
from reports.figures.payback import payback_by_year
from reports.figures.values import quantity_distribution, value_distribution
from reports.words import value_scale

if TYPE_CHECKING:
    from simulator.analysis.tornado import Tornado
    from simulator.result import Result

__all__ = [
    "Chart",
    "all_charts",
    "cash_flow_fan",
    "payback_by_year",
    "quantity_distribution",
    "tornado_chart",
    "value_distribution",
    "comparison_charts",
    "payback_curves",
    "value_curves",
    "difference",
    "best_shares",
    "regret",
    "save_charts",
]


def all_charts(result: Result, tornado: Tornado | None = None) -> tuple[Chart, ...]:
    """Every picture that this result can give, in the order in which they are best read."""
    charts: list[Chart] = []
    if result.outcomes:
        charts += [value_distribution(result), payback_by_year(result), cash_flow_fan(result)]
    if tornado is not None and widest(tornado):
        like = value_scale(result)
        charts.append(tornado_chart(tornado, result.case, simulated(tornado, result), like))
    charts += [quantity_distribution(result, name) for name in result.quantities]
    return tuple(charts)
