"""Named numbers with intervals: what a simulation found."""

from simulator.result.outcome import Measured, Outcome
from simulator.result.result import Line, RealisedDependence, Result

__all__ = ["Line", "Measured", "Outcome", "RealisedDependence", "Result"]
