"""How figures are written: the one place where anything is rounded.

Two or three significant digits, and never a digit that the interval does not support: a third one
is good to within two units, a second one (or an only one) to within five. An error is rounded up.
Amounts stand in full below ten million and in million, billion ... from there; a table or an axis
has one scale for all its figures (`Scale`), chosen from the largest, in thousands to 99 999.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from math import ceil, floor, isfinite, isinf, isnan, log10
from typing import NamedTuple

from reports.language import SPACE, say, say_in, say_many
from reports.marks import marks, scale_name

UNDEFINED = "–"
_NOISE = 1e-9  # a relative error below this is floating point, not chance


class Shown(NamedTuple):
    """A figure as it is written, and how far it may be off ("±10", or nothing)."""

    text: str
    error: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.error})" if self.error else self.text


@dataclass(frozen=True)
class Scale:
    """What the figures of one table or axis count in, and the last decimal place they show.

    >>> scale = Scale.of([1_846_312.0, -42_310.0])
    >>> scale.heading("SEK"), scale.text(1_846_312.0), scale.text(-42_310.0)
    ('thousand\\xa0SEK', '1\\xa0850', '−42')
    """

    power: int = 0
    place: int = 0
    least: int = -400
    """No figure shows a finer place than this, however small it is."""

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Scale:
        """The scale that suits the largest of `values`; None and infinities are left out."""
        known = [abs(value) for value in values if value is not None and isfinite(value)]
        largest = max(known, default=0.0)
        if largest == 0:
            return cls()
        power, place = _power(largest), _place(largest)
        if _magnitude(largest) == 7:
            power = 3  # up to 99 999 thousand, for small figures beside it
        if not power and all(value == round(value) for value in known):
            place = max(place, 0)  # whole things stay whole
        return cls(power, place)

    def heading(self, unit: str = "") -> str:
        """What stands above the figures: "thousand SEK", "million", "SEK" or nothing."""
        name = scale_name(self.power)
        name = f"10{_raised(self.power)}" if name is None else name
        return f"{name}{SPACE if name and unit else ''}{unit}"

    def shown(self, value: float | None, error: float | None = None) -> Shown:
        """A figure of the table, with its error."""
        if value is None or not isfinite(value):
            return Shown(_without_value(value))
        place, error = self.place_shown(value, error), _real(error, value)
        written = _written(value, place, self.power)
        return Shown(written, _plus_minus(error, place, self.power))

    def place_of(self, value: float) -> int:
        """Its last place: small figures keep two digits beside large ones, none has over three."""
        if not value:
            return self.place
        place = max(min(self.place, _place(value, 2)), _place(value), self.least)
        return max(place, 0) if not self.power and value == round(value) else place

    def place_shown(self, value: float, error: float | None = None) -> int:
        """The same where the figure has an error: no digit that it does not support."""
        place, error = self.place_of(value), _real(error, value)
        return place if error is None else max(place, _supported(value, error))

    def like(self, table: Scale) -> Scale:
        """The same digits counted as in the table beside it, where its figures suit that."""
        return replace(self, power=table.power) if abs(table.power - self.power) <= 3 else self

    def even(self) -> Scale:
        """The same without more decimals for small figures than the largest has."""
        return replace(self, least=min(self.place, self.power))

    def text(self, value: float | None) -> str:
        """A figure without an error."""
        return self.shown(value).text


def never() -> str:
    """What payback that does not come within the horizon is called."""
    return say_in("payback", "never")


def number(value: float | None, error: float | None = None, among: Scale | None = None) -> str:
    """An amount by itself, or `among` the figures of a table: to the same digit.

    >>> number(612_340.0, 9_900.0), number(18_000.0), number(12_345_678.0), number(-0.0312)
    ('610\\xa0000 (±10\\xa0000)', '18\\xa0000', '12.3\\xa0million', '−0.0312')
    >>> number(None), number(float("inf"))
    ('–', '∞')
    """
    return str(_alone(value, error, "", among))


def money(
    value: float | None,
    currency: str,
    error: float | None = None,
    among: Scale | None = None,
) -> str:
    """An amount of money by itself, or `among` the figures of a table: to the same digit.

    >>> money(-1_846_312.0, "SEK", 5_000.0)
    '−1\\xa0850\\xa0000\\xa0SEK (±10\\xa0000)'
    >>> money(197.8, "SEK"), money(197.8, "SEK", among=Scale.of([197.8, 1100.0]))
    ('198\\xa0SEK', '200\\xa0SEK')
    """
    return str(_alone(value, error, currency, among))


def exact(value: float) -> str:
    """A known number, not rounded: it is somebody's own.

    >>> exact(4125.0), exact(0.0512), exact(1 / 3), exact(1e21)
    ('4\\xa0125', '0.0512', '0.333333333333', '1·10²¹')
    """
    digits, exponent = f"{value:.11e}".split("e")
    digits = digits.rstrip("0").rstrip(".")
    decimals = max(len(digits.lstrip("-").replace(".", "")) - 1 - int(exponent), 0)
    if value and not -7 < int(exponent) < 16:
        return _signed(digits.replace(".", marks().decimal)) + f"·10{_raised(int(exponent))}"
    return _grouped(Decimal(f"{value:.11e}"), decimals)


def computed(value: float) -> str:
    """A known number that a formula gave: no decimals beyond six digits.

    >>> computed(388.920626471), computed(67_000 / 14), computed(0.0512), computed(2_814_000.0)
    ('388.921', '4\xa0785.71', '0.0512', '2\xa0814\xa0000')
    """
    place = min(_place(value, 6), 0)
    plain = value == 0 or _same(value, place) or not 1e-6 < abs(value) < 1e15
    return exact(value) if plain else _written(value, place, 0)


def percent(value: float | None, error: float | None = None) -> str:
    """A rate or a return: a fraction inside, percent to read.

    >>> percent(0.14312, 0.0004), percent(1.85), percent(0.03), percent(-0.0521)
    ('14.3\\xa0% (±0.1)', '185\\xa0%', '3\\xa0%', '−5.21\\xa0%')
    """
    return str(percent_shown(value, error))


def percent_shown(value: float | None, error: float | None = None) -> Shown:
    """`percent` in two parts."""
    if value is None or not isfinite(value):
        return Shown(_without_value(value))
    return _alone(value * 100, None if error is None else error * 100, "%")


def chance(value: float | None, error: float | None = None) -> str:
    """A chance: whole percents, tenths below 1 % and above 99 %.

    With an error, even 0 and 1 are "under" and "over" something: never seen is not impossible.

    >>> chance(0.6213, 0.006), chance(0.6213, 0.06), chance(0.0004), chance(1.0)
    ('62\\xa0% (±1)', '60\\xa0% (±10)', 'under 0.1\\xa0%', '100\\xa0%')
    >>> chance(0.0, 0.00006), chance(1.0, 0.013)
    ('under 0.1\\xa0%', 'over 98\\xa0%')
    """
    return str(chance_shown(value, error))


def chance_shown(value: float | None, error: float | None = None) -> Shown:
    """`chance` in two parts."""
    sign, figure, off = chance_parts(value, error)
    if value is None or isnan(value):
        return Shown(figure)
    if sign == "<":
        return Shown(say("under {limit} %", limit=figure))
    if sign == ">":
        return Shown(say("over {limit} %", limit=figure))
    return Shown(f"{figure}{SPACE}%", off)


def chance_parts(value: float | None, error: float | None = None) -> tuple[str, str, str]:
    """Whether a chance is under or over its figure, the figure in percent, its error.

    >>> chance_parts(0.6213, 0.006), chance_parts(0.0004)
    (('', '62', '±1'), ('<', '0.1', ''))
    """
    if value is None or isnan(value):
        return "", UNDEFINED, ""
    share, off = value * 100, 0.0 if error is None else error * 100
    if share in (0, 100) and error is None:
        return "", f"{share:.0f}", ""
    steps = [1.0, 5.0, 10.0] if 1 <= share <= 99 else [0.1, 1.0, 5.0, 10.0]
    step = next((step for step in steps if off <= 2 * step), steps[-1])
    rounded, least = _whole_steps(share, step), _whole_steps(off, step, up=True)
    if rounded <= 0:
        return "<", _short(least if share == 0 else Decimal(str(step))), ""
    if rounded >= 100:
        return ">", _short(100 - (least if share == 100 else Decimal(str(step)))), ""
    if error is None:
        return "", _short(rounded), ""
    places = int(step < 1)
    return "", _grouped(rounded, places), "±" + _grouped(least, places)


def _short(value: Decimal) -> str:
    return _grouped(value, int(value % 1 != 0))


def years(value: float | None, error: float | None = None, *, word: bool = True) -> str:
    """A length of time in years, to the tenth at most; infinity is never.

    >>> years(2.778, 0.04), years(3.0), years(1.0), years(float("inf")), years(None)
    ('2.8\\xa0years (±0.1)', '3\\xa0years', '1\\xa0year', 'never', '–')
    """
    shown = years_shown(value, error)
    if value is None or not isfinite(value) or not word:
        return str(shown)
    count, figure = counted_years(value, error)
    text = say_many("{number} year", "{number} years", count, number=figure)
    return str(Shown(text, shown.error))


def counted_years(value: float, error: float | None = None) -> tuple[int, str]:
    """A length of time for a sentence of its own: the count for `say_many`, and how it is written.

    >>> count, number = counted_years(2.5)
    >>> say_many("within {number} year", "within {number} years", count, number=number)
    'within 2.5\\xa0years'
    """
    figure = years_shown(value, error).text
    return (1 if figure == "1" else 2), figure


def years_shown(value: float | None, error: float | None = None) -> Shown:
    """`years` in two parts, without the word."""
    if value is not None and isinf(value):
        return Shown(never())
    if value is None or isnan(value):
        return Shown(UNDEFINED)
    error = _real(error, value)
    if error is None and value == round(value):
        return Shown(_written(value, 0, 0))
    place = min(max(-1, _supported(value, error)), 0) if error is not None else -1
    return Shown(_written(value, place, 0), _plus_minus(error, place, 0))


def _alone(
    value: float | None,
    error: float | None,
    unit: str,
    among: Scale | None = None,
) -> Shown:
    if value is None or not isfinite(value):
        return Shown(_without_value(value))
    error = _real(error, value)
    place = _place(value) if among is None else among.place_of(value)
    if error is not None:
        place = max(place, _supported(value, error))
    power = _own_power(value)
    if error is None:  # 3 % as it was said, not 3.00 %
        while _same(value, place + 1):
            place += 1
    text = _counted(_written(value, place, power), power, unit)
    off = _plus_minus(error, place, power)
    if off and scale_name(power) is None:  # a bare ±3 beside 1·10⁻⁷ would read as three
        off = f"{off}·10{_raised(power)}"
    return Shown(text, off)


def _counted(text: str, power: int, unit: str) -> str:
    """The figure with what it counts in: 12.3 million SEK, 1.2·10⁻⁷ SEK."""
    name = scale_name(power)
    if name is None:
        text, name = f"{text}·10{_raised(power)}", ""
    return SPACE.join(part for part in (text, name, unit) if part)


def _same(value: float, place: int) -> bool:
    """Whether rounding at a place changes nothing but floating-point noise."""
    if value == 0 or place > _magnitude(value) + 1:  # 0.999… is 1
        return False
    return abs(float(_rounded(value, place)) - value) <= _NOISE * abs(value)


def _without_value(value: float | None) -> str:
    if value is None or isnan(value):
        return UNDEFINED
    return "∞" if value > 0 else f"{marks().minus}∞"


def _real(error: float | None, value: float) -> float | None:
    """The error, None where there is none worth speaking of."""
    if error is None or not isfinite(error) or error <= _NOISE * abs(value):
        return None
    return error


def _magnitude(value: float) -> int:
    return floor(log10(abs(value)))


def _place(value: float, digits: int = 3) -> int:
    """The decimal place of the last of so many significant digits; 0 for zero."""
    return _magnitude(value) - digits + 1 if value else 0


def _supported(value: float, error: float) -> int:
    """The finest place that an error supports."""
    third, coarse = _place(value), ceil(log10(error / 5))
    if not value:
        return coarse
    return third if error <= 2 * 10.0**third else max(third + 1, coarse)


def _power(value: float) -> int:
    """Thousands from ten thousand, millions from ten millions, and so on."""
    magnitude = _magnitude(value)
    power = (magnitude - 1) // 3 * 3
    if magnitude < 0:
        return 0 if magnitude >= -4 else magnitude // 3 * 3
    return max(power, 0)


def _own_power(value: float) -> int:
    """What an amount by itself counts in: ones up to ten million."""
    if value == 0 or 1e-5 <= abs(value) < 1e7:
        return 0
    power = _power(value)
    return power if scale_name(power) is not None else _magnitude(value)


def _rounded(value: float, place: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal((0, (1,), place)), rounding=rounding)


def _whole_steps(value: float, step: float, *, up: bool = False) -> Decimal:
    """The nearest multiple of a step; with `up` the next one, at least one step."""
    unit = Decimal(str(step))
    rounding = ROUND_CEILING if up else ROUND_HALF_UP
    count = (Decimal(repr(round(value, 9))) / unit).quantize(Decimal(1), rounding=rounding)
    return max(count, Decimal(1)) * unit if up else count * unit


def _plus_minus(error: float | None, place: int, power: int) -> str:
    if error is None:
        return ""
    return "±" + _written(error, place, power, ROUND_CEILING)


def _written(value: float, place: int, power: int, rounding: str = ROUND_HALF_UP) -> str:
    """A figure rounded at a place, counted in 10 ** power."""
    rounded = _rounded(value, place, rounding).scaleb(-power)
    return _grouped(rounded, max(power - place, 0))


def _grouped(value: Decimal, decimals: int) -> str:
    text = f"{value:,.{decimals}f}".replace(",", "\0").replace(".", marks().decimal)
    return _signed(text.replace("\0", marks().group))


def _signed(text: str) -> str:
    """With a true minus; what rounds to zero has no sign."""
    if text.startswith("-"):
        text = (marks().minus if any(digit in text for digit in "123456789") else "") + text[1:]
    return text


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
