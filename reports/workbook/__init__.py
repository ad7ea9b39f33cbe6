"""A report as an Excel workbook: figures to work with, and the base case as live formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.document import Report


def write_workbook(report: Report, path: Path) -> None:
    """Write a report as an Excel workbook. Raises RunError where it cannot be written."""
    from reports.workbook.writing import write_workbook as write

    write(report, path)
