"""Sentences that come with a result and that readers of any language must understand.

A Note is its English text, and remembers of what sentence and of what figures it was made, so that
whoever shows it can say the same in another language and write the figures in its way.
"""

from __future__ import annotations

from math import floor, log10


class Share(float):
    """A share of something: 0.5 is half of it.

    >>> print(Share(0.01234), Share(1.5))
    1.2 % 150 %
    """

    def __str__(self) -> str:
        percent = 100 * float(self)
        digits = 1 - floor(log10(abs(percent))) if percent else 0
        return f"{round(percent, max(digits, 0)):g} %"


class Rate(float):
    """A rate that is known, in full: 0.095 is 9.5 % a year.

    >>> print(Rate(0.095))
    9.5 %
    """

    def __str__(self) -> str:
        return f"{100 * float(self):.10g} %"


class Correlation(float):
    """A correlation.

    >>> print(Correlation(0.5))
    0.500
    """

    def __str__(self) -> str:
        return f"{float(self):.3f}"


class Years(float):
    """A length of time.

    >>> print(Years(1), Years(2.5))
    1 year 2.5 years
    """

    def __str__(self) -> str:
        return f"{float(self):g} {'year' if float(self) == 1 else 'years'}"


class Note(str):
    """Something a reader must know, as an English sentence that can be said in other languages.

    `template` holds `{places}` for `values`. A value is a name or other text that is the same in
    every language, a whole number, a Share, a Rate, a Correlation, Years, another Note, or a tuple
    of these, which is a list. The text itself is the template filled.

    >>> Note("{count} trials of {cases}", count=65536, cases=("A", "B"))
    '65,536 trials of A, B'
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Note:
        """Fill the places of a template."""
        text = template.format(**{place: _in_english(value) for place, value in values.items()})
        note = super().__new__(cls, text)
        note.template, note.values = template, values
        return note

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """What a copy is made of; the text alone would not do."""
        return (self.template,), self.values


def both(parts: tuple[str, ...]) -> str:
    """A list with its last part set off.

    >>> both(("a", "b", "c"))
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return Note("{first} and {last}", first=parts[:-1], last=parts[-1])


def _in_english(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_in_english, value))
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
