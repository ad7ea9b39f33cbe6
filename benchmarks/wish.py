"""How much is to be measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """Trials of the long jobs, rounds of turns, and whether to run what takes many minutes."""

    trials: int
    rounds: int
    large: bool = False

    @property
    def many(self) -> int:
        """Rounds of what is over in a moment."""
        return 3 * self.rounds
