"""How people write numbers: `4 000`, `1.5M`, `9 %`, and `1,5 mkr` in a file that says so.

No separator is ever dropped silently: what could be read in two ways is refused, with both ways.
"""

from __future__ import annotations

import math
import re

from simulator.language.errors import LanguageError
from simulator.language.tree import UNITS, Number

NUMBERS = ("en", "sv", "nb", "da", "fi")
"""The ways of writing numbers a file can ask for with `numbers:`."""

SPACE = "[ \u00a0\u202f]"
HYPHENS = "-\u2212"
CURRENCY = re.compile(
    r"(?i)(?:[kmt]?(?:sek|nok|dkk|eur|usd|gbp|isk|chf)|kr|kronor|kroner|euro|dollar)(?!\w)|[€$£¥]"
)

_DIGITS = re.compile(rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?![\d_])|\d+(?:_\d+)*")
_DANISH = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")
_EXPONENT = re.compile(r"[eE][+-]?\d+(?!\d)")
_UNIT = re.compile(rf"{SPACE}*(%|(?:{'|'.join(u for u in UNITS if u != '%')})(?!\w))")
_WORD = re.compile(rf"{SPACE}*([^\W\d]\w*|[€$£¥])")
TO = frozenset({"til", "till"})
"""`to` in our other languages."""
BETWEEN = re.compile(r"(?i)\b(?:between|mellom|mellan|mellem|välillä)\b")
_AND = frozenset({"og", "och", "ja"})
_UNIT_WORDS = {
    **dict.fromkeys(("prosent", "procent", "prosentti", "prosenttia", "percent", "pct"), "%"),
    **dict.fromkeys(("tusen", "tusind", "tuhat", "tuhatta", "thousand"), "k"),
    **dict.fromkeys(("mill", "mio", "milj", "million", "millioner", "miljon", "miljoner",
                     "miljoona", "miljoonaa"), "mn"),
    **dict.fromkeys(("mrd", "mia", "milliard", "milliarder", "miljard", "miljarder", "miljardi",
                     "miljardia"), "bn"),
}  # fmt: skip
"""What people write behind numbers, and the unit that is meant."""
KEYWORDS = frozenset({"to", "weight", "and", "or", "not"})


def read_number(text: str, start: int, numbers: str = "en") -> tuple[Number, int]:
    """The number that begins at `start`, with its unit, and where it ends.

    >>> read_number("1 200 000 * x", 0)
    (Number(digits='1200000', unit=''), 9)
    >>> read_number("1,5 mkr", 0, "sv")[0].value
    1500000.0

    Raises LanguageError where the text can be read in more ways than one.
    """
    digits, at = _whole_part(text, start, numbers)
    if len(digits) > 1 and digits[0] == "0":
        raise LanguageError(
            f"{text[start:at]} begins with a zero that means nothing",
            f"write {digits.lstrip('0') or '0'}",
            start,
            at,
        )
    fraction, at = _fraction(text, start, at, numbers)
    exponent = _EXPONENT.match(text, at)
    if exponent:
        at = exponent.end()
    unit = _UNIT.match(text, at)
    if unit:
        at = unit.end()
    _refuse_what_follows(text, start, at, has_unit=unit is not None)
    if exponent and not -400 < int(exponent.group()[1:]) < 400:
        size = "small" if exponent.group()[1] == "-" else "large"
        raise LanguageError(f"{text[start:at]} is too {size}", "write 1e-300 to 1e308", start, at)
    whole = digits + fraction + (exponent.group() if exponent else "")
    number = Number(whole, unit.group(1) if unit else "", text[start:at], span=(start, at))
    if math.isinf(number.value):
        raise LanguageError(f"{text[start:at]} is too large", "write at most 1e308", start, at)
    if number.value == 0 and digits.strip("0") + fraction.strip(".0"):
        raise LanguageError(f"{text[start:at]} is too small", "write 0", start, at)
    return number, at


def _whole_part(text: str, start: int, numbers: str) -> tuple[str, int]:
    danish = _DANISH.match(text, start) if numbers == "da" else None
    match = danish or _DIGITS.match(text, start)
    assert match is not None, "called where a digit stands"
    return re.sub(r"\D", "", match.group()), match.end()


def _fraction(text: str, start: int, at: int, numbers: str) -> tuple[str, int]:
    """The decimals after the whole part, as `.5`, or an explanation of a separator out of place."""
    mark, other = (".", ",") if numbers == "en" else (",", ".")
    decimals = re.compile(rf"\{mark}(\d+)").match(text, at)
    if decimals:
        at = decimals.end()
    following = re.compile(r"\d+").match(text, at + 1)
    if numbers == "en" and decimals and _looks_grouped(text, start, at):
        grouped = text[start:at].replace(".", " ")
        raise LanguageError(
            f"{text[start:at]} can be read in two ways",
            f"is it thousands: {grouped}, or a decimal mark: {float(text[start:at]):g}? "
            "Write it without the last zeros, or group with spaces",
            start,
            at,
        )
    if text[at : at + 1] == other and following:
        _explain_separator(text, start, following.end(), numbers)
    if text[at : at + 1] == mark and following:
        raise LanguageError(
            f"{text[start : following.end()]} has two decimal marks",
            "group thousands with spaces: 1 200 000",
            start,
            following.end(),
        )
    if text[at : at + 2] == "..":
        raise LanguageError(
            f"{text[start:at]}.. is no interval", f"write {text[start:at]} to 140", start, at + 2
        )
    if text[at : at + 1] == "." and not decimals:
        raise LanguageError(
            f"{text[start : at + 1]} has a mark with nothing behind it",
            f"write {text[start:at]}",
            start,
            at + 1,
        )
    return ("." + decimals.group(1) if decimals else ""), at


def _looks_grouped(text: str, start: int, at: int) -> bool:
    """40.000: a dot before three zeros groups thousands in half of Europe."""
    return re.fullmatch(r"[1-9]\d{0,2}\.\d00", text[start:at]) is not None


def _explain_separator(text: str, start: int, end: int, numbers: str) -> None:
    rest = re.compile(r"[\d.,]*").match(text, end)
    end = rest.end() if rest else end
    written = text[start:end].rstrip(".,")
    end = start + len(written)
    if numbers == "en":
        groups = written.split(",")
        readings = []
        if len(groups) == 2:
            readings = [f"a decimal mark: {written.replace(',', '.')}"]
            readings.append(f"two values: {written.replace(',', ', ')}")
        elif not all(len(group) == 3 for group in groups[1:]):
            readings = [f"several values: {written.replace(',', ', ')}"]
        if all(len(group) == 3 for group in groups[1:]):
            readings.insert(0, f"thousands: {written.replace(',', ' ')}")
        remedy = "is it " + ", or ".join(readings) + "? (numbers: sv reads 1,5 as 1.5)"
        raise LanguageError(f"{written} can be read in several ways", remedy, start, end)
    if numbers == "da":
        problem = f"{written} has a dot that does not group three digits"
        remedy = "in a file with numbers: da write 1,5 or 1.200.000"
    else:
        problem = f"{written} has a dot, and this file says numbers: {numbers}"
        remedy = _without_dots(written)
    raise LanguageError(problem, remedy, start, end)


def _without_dots(written: str) -> str:
    """How a number with dots is written where the decimal mark is a comma."""
    whole, comma, decimals = written.partition(",")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", whole) and (not comma or decimals.isdigit()):
        grouped = whole.replace(".", " ") + comma + decimals
        if written.count(".") == 1 and not comma:
            return f"is it thousands: {grouped}, or a decimal mark: {written.replace('.', ',')}?"
        return f"write {grouped}"
    if written.count(".") == 1 and not comma:
        return f"write {written.replace('.', ',')}"
    return "write 1 200 000, and 1,5 for one and a half"


def _refuse_what_follows(text: str, start: int, at: int, *, has_unit: bool) -> None:
    """A word, a digit or a hyphen that sticks to the number and would be misread."""
    written = text[start:at]
    rest = text[at:]
    digits = re.match(rf"{SPACE}*\d+", rest)
    if digits:
        raise LanguageError(
            f"{written}{digits.group()}: two numbers side by side",
            "group thousands in threes (1 200 000), or put an operator between them",
            start,
            at + digits.end(),
        )
    if re.match(rf"[{HYPHENS}]\d", rest):
        other = re.match(rf"[{HYPHENS}]([\d., \u00a0\u202f]*\d{_UNIT.pattern}?)", rest)
        high = other.group(1) if other else "10"
        raise LanguageError(
            f"{written}{rest[0]}{high} can be read in two ways",
            f"write {written} to {high} for an interval, {written} - {high} for a difference",
            start,
            at + len(high) + 1,
        )
    word = _WORD.match(rest)
    if not word or word.group(1) in KEYWORDS:
        return
    end = at + word.end()
    name = word.group(1)
    if name.lower() in TO or (name.lower() in _AND and BETWEEN.search(text)):
        high = re.match(rf"\s*([{HYPHENS}]?\d[\d.,]*(?:{_UNIT.pattern})?)", text[end:])
        remedy = f"write {written} to {high.group(1) if high else '...'}"
        raise LanguageError(f"{name} stands between two numbers", remedy, start, end)
    if CURRENCY.fullmatch(name) or name in "€$£¥":
        scale = {"m": "M", "t": "k", "k": "k"}.get(name[:1].lower() if len(name) == 4 else "", "")
        remedy = f"write {written}{scale}" if scale else f"write {written} alone"
        raise LanguageError(
            f"{name} stands behind a number",
            f"{remedy}: the case says its currency once, with `currency:`",
            start,
            end,
        )
    if name == "m":
        raise LanguageError(
            f"{written} m: milli or million?", f"write {written}M for million", start, end
        )
    import difflib

    near = difflib.get_close_matches(name, UNITS, 1, 0.5) or [
        unit for unit in UNITS if unit.lower() == name.lower()
    ]
    unit = _UNIT_WORDS.get(name.lower())
    if unit and not has_unit:
        also = f" or {written} mkr" if unit == "mn" else ""
        remedy = f"write {written} {unit}{also}"
    elif has_unit:
        remedy = "put an operator between them, such as *"
    elif near:
        remedy = f"did you mean {written}{near[0]}? Units are {' '.join(UNITS)}"
    else:
        remedy = f"units are {' '.join(UNITS)}; to multiply, write {written} * {name}"
    raise LanguageError(f"{written} {name}: {name} is not a unit", remedy, start, end)


def in_numbers(text: str, numbers: str) -> str:
    """A message whose examples are written as in English, in the way that a file writes numbers.

    >>> in_numbers("write normal(-2.5 % to 3 %), or pert(1, 2.5, 9)", "nb")
    'write normal(-2,5 % to 3 %), or pert(1; 2,5; 9)'
    """
    if numbers == "en":
        return text
    commas = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
    call = re.compile(r"(?<=\w)\((?:[^()]|\([^()]*\))*\)")
    return call.sub(lambda found: found.group().replace(", ", "; "), commas)


def write_number(number: Number, numbers: str = "en") -> str:
    """A number as one would type it; as it was typed where that still reads the same.

    >>> write_number(Number("1200000")), write_number(Number("1.5", "mkr"), "sv")
    ('1 200 000', '1,5 mkr')
    """
    if number.typed:
        try:
            again, end = read_number(number.typed, 0, numbers)
        except LanguageError:
            again, end = Number("0"), -1
        if again == number and end == len(number.typed):
            return number.typed
    mantissa, _, exponent = number.digits.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    if len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", " ")
    mark = "." if numbers == "en" else ","
    text = whole + (mark + decimals if decimals else "") + (f"e{exponent}" if exponent else "")
    gap = " " if number.unit and number.unit not in ("k", "M") else ""
    return text + gap + number.unit


def number_from(value: float) -> Number:
    """The number node of a plain float (0 or above), exactly that float when read again.

    >>> number_from(0.1).digits, number_from(1e22).digits
    ('0.1', '1e+22')
    """
    text = repr(float(value))
    return Number(text[:-2] if text.endswith(".0") else text)
