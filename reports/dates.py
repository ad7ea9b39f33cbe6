"""Dates and months as the language of the report writes them."""

from __future__ import annotations

from datetime import date

from reports.language import spoken

_LOCALES = {"en": "en_GB"}


def day(text: str) -> str:
    """A date typed as year-month-day in words; anything else as it was typed.

    >>> day("2026-10-14"), day("autumn 2026"), day("")
    ('14 October 2026', 'autumn 2026', '')
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return " ".join(text.split())
    return dated(found)


def dated(found: date) -> str:
    """A date in words."""
    from babel.dates import format_date

    return str(format_date(found, "long", locale=_LOCALES.get(spoken(), spoken())))


def month_in_words(year: int, month: int) -> str:
    """A month of a year; months may run beyond twelve.

    >>> month_in_words(2027, 6), month_in_words(2027, 14)
    ('June 2027', 'February 2028')
    """
    from babel.dates import format_skeleton

    later, index = divmod(month - 1, 12)
    locale = _LOCALES.get(spoken(), spoken())
    return str(format_skeleton("yMMMM", date(year + later, index + 1, 1), locale=locale))
