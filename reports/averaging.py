"""What is said of a method: the investment is integrated out, so chances are averaged over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reports.language import listed, say
from reports.words import title_in

if TYPE_CHECKING:
    from simulator.result import Result


def averaged_over(results: Iterable[Result]) -> list[str]:
    """One sentence, or none where every figure is that of the trials as they were drawn."""
    names = dict.fromkeys(
        title_in(result.case, result.integrated.input)
        for result in results
        if result.integrated is not None
    )
    if not names:
        return []
    return [
        say(
            "Chances of payback and loss, and percentiles of net present value, are averaged over "
            "everything that an uncertain investment may come to, not only over what was drawn: "
            "{inputs}.",
            inputs=listed(names),
        )
    ]
