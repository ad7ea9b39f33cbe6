"""What an investment is worth when its effects are guesses."""

from simulator.version import __version__

__all__ = ["__version__"]
