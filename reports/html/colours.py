"""Colours that can be read: contrast as WCAG computes it, and mixtures of two colours.

Source: W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance".
"""

from __future__ import annotations

import re

READABLE = 4.5
"""The least contrast of text with what it stands on: level AA."""
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def full(colour: str) -> str:
    """A colour in six small digits.

    >>> full("#FA0")
    '#ffaa00'
    """
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 (the same) to 21 (black on white).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, paper: str, share: float) -> str:
    """A colour thinned with the paper: `share` of it is left.

    >>> mixed("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    parts = zip(_channels(colour), _channels(paper), strict=True)
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in parts)


def readable(colour: str, paper: str, least: float = READABLE) -> str:
    """The nearest lighter or darker shade that can be read on the paper.

    >>> readable("#0072b2", "#ffffff"), readable("#ffff00", "#ffffff")
    ('#0072b2', '#7a7a00')
    """
    end = max(("#000000", "#ffffff"), key=lambda extreme: contrast(extreme, paper))
    for step in range(100, 0, -1):
        shade = mixed(colour, end, step / 100)
        if contrast(shade, paper) >= least:
            return shade
    return end


def _channels(colour: str) -> tuple[int, int, int]:
    digits = full(colour)[1:]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
