"""What the simulator has to tell, in the language of the reader."""

from __future__ import annotations

from reports.language import say
from reports.numbers import chance, exact, number, percent, years
from reports.units import Unit
from simulator.notes import Correlation, Note, Rate, Share, Years


def note(found: str) -> str:
    """A note in the language spoken; what somebody typed, like most names, as it was typed.

    >>> note(Note("{run} trials in {time}", run=65536, time=Years(2.5)))
    '65\\xa0536 trials in 2.5\\xa0years'
    >>> note("Nothing but the best")
    'Nothing but the best'
    """
    if not isinstance(found, Note):
        return found
    return say(found.template, **{place: _said(value) for place, value in found.values.items()})


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, Share):  # that of a slip may be more than all
        return chance(value) if 0 <= value <= 1 else percent(value)
    if isinstance(value, Rate):
        return Unit(share=True).known(value)
    if isinstance(value, Years):
        return years(value)
    if isinstance(value, Correlation):
        return number(value)
    if isinstance(value, int):
        return exact(float(value))
    return note(value) if isinstance(value, str) else str(value)
