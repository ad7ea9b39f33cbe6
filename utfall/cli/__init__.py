"""The command `utfall`: thin twins of the Python calls, importing late."""

from utfall.cli.main import main

__all__ = ["main"]
