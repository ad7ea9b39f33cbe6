"""Every figure that a report writes, caught where figures are written, with its raw value."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Any

from _pytest.monkeypatch import MonkeyPatch

from reports import numbers

TOKEN = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})*(?:[.,]\d+)*")


@dataclass
class Caught:
    """Raw values, values with the error behind their ±, and the texts that came of them."""

    values: set[float] = field(default_factory=set)
    errors: set[tuple[float, float]] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    @property
    def tokens(self) -> set[str]:
        """The numbers that were written, as they stand in a text."""
        return {token for text in self.texts for token in tokens(text)}


@contextmanager
def catching() -> Iterator[Caught]:
    """Catch what is written inside."""
    caught = Caught()
    inner = 0  # inside a function whose raw value is caught already
    grouped, written, steps = numbers._grouped, numbers._written, numbers._whole_steps
    supported, raised, short = numbers._supported, numbers._raised, numbers._short

    def catch_grouped(value: Decimal, decimals: int) -> str:
        text = grouped(value, decimals)
        caught.texts.add(text)
        if not inner and not any(value is each for each in stepped):
            caught.values.add(float(value))
        return text

    def catch_written(value: float, *rest: Any) -> str:
        nonlocal inner
        if len(rest) < 3:  # with a rounding it is an error, which is caught with its value
            caught.values.add(value)
        inner += 1
        try:
            return written(value, *rest)
        finally:
            inner -= 1

    def catch_supported(value: float, error: float) -> int:
        caught.errors.add((value, error))
        return supported(value, error)

    last: list[float] = []
    stepped: list[Decimal] = []  # chances as they are written; their raw values are caught

    def catch_steps(value: float, step: float, *, up: bool = False) -> Decimal:
        if up:
            if value:
                caught.errors.add((last[-1] / 100, value / 100))
        else:
            last.append(value)
            caught.values.add(value / 100)
        stepped.append(steps(value, step, up=up))
        return stepped[-1]

    def catch_raised(power: int) -> str:
        caught.texts.add(str(power))
        return raised(power)

    def catch_short(value: Decimal) -> str:
        nonlocal inner
        inner += 1
        try:
            return short(value)
        finally:
            inner -= 1

    with MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_grouped", catch_grouped)
        patch.setattr(numbers, "_written", catch_written)
        patch.setattr(numbers, "_whole_steps", catch_steps)
        patch.setattr(numbers, "_supported", catch_supported)
        patch.setattr(numbers, "_raised", catch_raised)
        patch.setattr(numbers, "_short", catch_short)
        yield caught


def tokens(text: str) -> list[str]:
    """The numbers in a text, without the spaces that group them."""
    return [re.sub(r"\s", "", found) for found in TOKEN.findall(text)]


def numbers_in(data: Any) -> set[float]:
    """Every number in some data."""
    if isinstance(data, bool) or data is None or isinstance(data, str):
        return set()
    if isinstance(data, (int, float)):
        return {float(data)} if isfinite(data) else set()
    parts = data.values() if isinstance(data, dict) else data
    return set().union(*map(numbers_in, parts))


def texts_in(data: Any) -> list[str]:
    """Every text in some data, keys left out."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [text for each in data.values() for text in texts_in(each)]
    if isinstance(data, list):
        return [text for each in data for text in texts_in(each)]
    return []
