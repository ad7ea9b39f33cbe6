"""How much is to be measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """Trials of the long jobs, and rounds of turns."""

    trials: int
    rounds: int

    @property
    def many(self) -> int:
        """Rounds of what is over in a moment."""
        return 3 * self.rounds
