"""Results show themselves in notebooks: IPython is told how when it imports `utfall`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.figures import Chart
    from simulator.analysis.comparison import Compared
    from simulator.result.result import Result

SHOWN = (
    ("simulator.result.result", "Result"),
    ("simulator.analysis.comparison", "Compared"),
    ("reports.figures.chart", "Chart"),
)
"""What shows itself, by module and name, so that nothing need be imported for it."""


def register(shell: Any) -> None:
    """Tell a running IPython how results look; None, no shell, is told nothing."""
    if shell is None:
        return
    html = shell.display_formatter.formatters["text/html"]
    for module, name in SHOWN:
        html.for_type_by_name(module, name, _html)


def _html(found: Result | Compared | Chart) -> str:
    from reports.notebook import shown

    return shown(found)
