"""How figures are written: digits that the interval supports, and nothing invented."""

import re
from math import ceil, floor, inf, log10, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ends import error_of, open_said, open_shown
from reports.language import SPACE, speaking
from reports.numbers import (
    Scale,
    chance,
    chance_shown,
    exact,
    money,
    number,
    percent,
    percent_shown,
    years,
    years_shown,
)
from reports.tables import figure
from reports.units import Unit, unit_of
from simulator.result import Measured, Outcome


def plain(text: str) -> str:
    """The text with spaces that one can type."""
    return text.replace(SPACE, " ")


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (612_340, 9_900, "610 000 (±10 000)"),
        (612_340, 1_200, "612 000 (±2 000)"),
        (612_340, 2_100, "610 000 (±10 000)"),
        (612_340, 3, "612 000 (±1 000)"),
        (612_340, None, "612 000"),
        (-42_310, 5_000, "−42 000 (±5 000)"),
        (1_470_000, 260_000, "1 500 000 (±300 000)"),
        (1_470_000, 510_000, "1 000 000 (±1 000 000)"),
        (-42_310, 120_000, "0 (±200 000)"),
        (0, None, "0"),
        (0, 30, "0 (±30)"),
        (-0.0, None, "0"),
        (0.034, 0.001, "0.034 (±0.001)"),
        (999.7, None, "1 000"),
        (18_000, None, "18 000"),
        (45, None, "45"),
        (45.3333, None, "45.3"),
        (9_999_999, None, "10 000 000"),
        (12_345_678, None, "12.3 million"),
        (12_345_678, 2_000_000, "12 million (±2)"),
        (3.456e10, 1e7, "34.6 billion (±0.1)"),
        (2e15, None, "2 000 trillion"),
        (-1.234e17, None, "−1.23·10¹⁷"),
        (1.234e-7, None, "1.23·10⁻⁷"),
        (1e300, None, "1·10³⁰⁰"),
        (None, None, "–"),
        (nan, None, "–"),
        (inf, None, "∞"),
        (-inf, 3, "−∞"),
        (5, nan, "5"),
        (5, inf, "5"),
    ],
)
def test_a_number_has_the_digits_that_its_error_supports(
    value: float | None, error: float | None, text: str
) -> None:
    """Three digits where the third is good to two units, two where the second is good to five."""
    assert plain(number(value, error)) == text


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.62, None, "62 %"),
        (0.6213, 0.004, "62 % (±1)"),
        (0.6213, 0.0, "62 % (±1)"),
        (0.6213, 0.04, "60 % (±5)"),
        (0.6213, 0.2, "60 % (±20)"),
        (0.0, None, "0 %"),
        (1.0, None, "100 %"),
        (0.0, 0.00006, "under 0.1 %"),
        (0.0, 0.0117, "under 2 %"),
        (1.0, 0.00006, "over 99.9 %"),
        (1.0, 0.0117, "over 98 %"),
        (0.0004, None, "under 0.1 %"),
        (0.0006, 0.0001, "0.1 % (±0.1)"),
        (0.004, 0.0004, "0.4 % (±0.1)"),
        (0.004, 0.004, "under 1 %"),
        (0.0099999, None, "1 %"),
        (0.9965, 0.0001, "99.7 % (±0.1)"),
        (0.9996, 0.0002, "over 99.9 %"),
        (0.9965, 0.004, "over 99 %"),
        (0.999999, None, "over 99.9 %"),
        (None, None, "–"),
        (nan, 0.1, "–"),
    ],
)
def test_a_chance_is_never_certain_unless_it_is(
    value: float | None, error: float | None, text: str
) -> None:
    """0 % and 100 % stand only where no error is given and nothing else happened."""
    assert plain(chance(value, error)) == text


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (2.778, None, "2.8 years"),
        (2.778, 0.04, "2.8 years (±0.1)"),
        (2.778, 0.6, "3 years (±1)"),
        (2.778, 30, "3 years (±30)"),
        (3.0, None, "3 years"),
        (1.0, None, "1 year"),
        (0.0, None, "0 years"),
        (inf, None, "never"),
        (inf, 2.0, "never"),
        (None, None, "–"),
    ],
)
def test_years_are_told_to_the_tenth_at_most(
    value: float | None, error: float | None, text: str
) -> None:
    """An infinite payback is never, an undefined one a dash."""
    assert plain(years(value, error)) == text


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.14312, 0.0004, "14.3 % (±0.1)"),
        (0.14312, 0.05, "14 % (±5)"),
        (0.14312, 0.06, "10 % (±10)"),
        (1.85, None, "185 %"),
        (0.03, None, "3 %"),
        (0.030000000000000002, None, "3 %"),
        (0.0099999999999, None, "1 %"),
        (-0.0521, None, "−5.21 %"),
        (18.5, None, "1 850 %"),
        (0.0, None, "0 %"),
        (None, None, "–"),
        (inf, None, "∞"),
    ],
)
def test_rates_are_written_in_percent(value: float | None, error: float | None, text: str) -> None:
    """A fraction inside, percent to read."""
    assert plain(percent(value, error)) == text


def test_money_carries_its_currency_and_never_breaks() -> None:
    """Every space inside is one at which no line may break."""
    text = money(-1_846_312, "SEK", 5_000)
    assert text == "−1\xa0850\xa0000\xa0SEK (±10\xa0000)"
    assert plain(money(5, "")) == "5"
    assert plain(money(None, "SEK")) == "–"


def test_known_numbers_are_not_rounded() -> None:
    """What somebody wrote comes back as written."""
    assert plain(exact(4_125)) == "4 125"
    assert plain(exact(1_234_567.25)) == "1 234 567.25"
    assert plain(exact(-0.0512)) == "−0.0512"
    assert plain(exact(0)) == "0"
    assert plain(exact(2.5e21)) == "2.5·10²¹"


@pytest.mark.parametrize(
    ("figures", "heading", "texts"),
    [
        ([9_000, -420, 3.25], "SEK", ["9 000", "−420", "3.3"]),
        ([1_846_312, -42_310, 2_300], "thousand SEK", ["1 850", "−42", "2.3"]),
        ([12_345_678, 42_310], "thousand SEK", ["12 300", "42"]),
        ([99_999_999, 42_310], "thousand SEK", ["100 000", "42"]),
        ([123_456_789, 42_310], "million SEK", ["123", "0.042"]),
        ([4.2e10, 1e9, 0], "billion SEK", ["42.0", "1.0", "0.0"]),
        ([0.00166, -0.00059], "SEK", ["0.00166", "−0.00059"]),
        ([2e-8, None, inf], "10⁻⁹ SEK", ["20.0", "–", "∞"]),
        ([6, 22, 0], "SEK", ["6", "22", "0"]),
        ([0, None], "SEK", ["0", "–"]),
    ],
)
def test_a_table_has_one_scale(figures: list[float | None], heading: str, texts: list[str]) -> None:
    """Chosen from the largest figure; small ones keep two digits."""
    scale = Scale.of(figures)
    assert plain(scale.heading("SEK")) == heading
    assert [plain(scale.text(figure)) for figure in figures] == texts


def test_a_figure_among_others_stops_at_the_same_digit() -> None:
    """A sentence says 200 where the table beside it does."""
    scale = Scale.of([197.8, 1_100.0])
    assert scale.text(197.8) == "200"
    assert plain(money(197.8, "SEK", among=scale)) == "200 SEK"


@pytest.mark.parametrize(
    ("measured", "text"),
    [
        (Measured(4.98, 4.96, 5.0), "5.0 ±0.1"),
        (Measured(4.98, 4.96, None), "5.0 ±0.1 or never"),
        (Measured(4.8, 3.2, None), "5 ±2 or never"),
        (Measured(5.0, 5.0, None), "5 or never"),
        (Measured(inf, 4.96, None), "never or from 5.0"),
        (Measured(inf, None, None), "never"),
        (Measured(3.0, None, 3.05), "3.0 ±0.1 or less"),
        (Measured(None, None, None), "–"),
    ],
)
def test_an_open_interval_does_not_look_exact(measured: Measured, text: str) -> None:
    """Where a percentile may as well be never, the table says so."""
    assert " ".join(filter(None, open_shown(measured, years_shown))) == text


def test_amounts_may_be_open_to_either_side() -> None:
    """Few trials leave the ends of a distribution open."""
    shown = open_shown(Measured(612_340.0, 602_440.0, None), Scale.of([612_340.0]).shown)
    assert shown == ("610", "±10 or more")
    shown = open_shown(Measured(612_340.0, None, 612_400.0), Scale.of([612_340.0]).shown)
    assert shown == ("612", "±1 or less")


def test_a_percentile_beside_never_says_so_in_its_cell() -> None:
    """10 % never pay back: P90 is 4.6 years in this sample, and may be never."""
    values = np.tile(np.linspace(1, 5, 100), (16, 1))
    values[:, 90:] = inf
    payback = Outcome("payback", values.ravel(), 16, worst="high")
    cell = figure(payback, "p90", years_shown)
    assert payback.interval("p90") == (values[0, 89], inf)
    assert (cell.text, cell.error) == ("4.6", "or never")
    assert figure(payback, "p95", years_shown).text == "never"


@pytest.mark.parametrize(
    ("language", "whole", "part"),
    [("en", "1 230", "12.3"), ("sv", "1 230", "12,3"), ("nb", "1 230", "12,3"),
     ("da", "1.230", "12,3"), ("fi", "1 230", "12,3")],
)  # fmt: skip
def test_every_language_has_its_own_marks(language: str, whole: str, part: str) -> None:
    """Decimal comma and spaces in the Nordic languages, dots between thousands in Danish."""
    with speaking(language):
        assert plain(number(1_234.5)) == whole
        assert plain(number(12.345)) == part
        assert plain(percent(-0.0521)) == f"−5{part[2]}21 %"
        assert plain(exact(-1_234.5)) == f"−{whole[:-1]}4{part[2]}5"


def test_the_error_of_a_figure_is_its_longer_arm() -> None:
    """An interval without an end has no error to show."""
    assert error_of(Measured(5.0, 4.0, 8.0)) == 3.0
    assert error_of(Measured(5.0, 4.0, None)) is None
    assert error_of(Measured(None, None, None)) is None


def test_units_decide_about_percent() -> None:
    """A share is written in percent; the chance inside an event does not make it one."""
    amounts = ("event(4 %, 1M to 6M)", "event(4 %, 2)", "binomial(40, 30 %)", "chance(5 %)",
               "discrete(1 weight 40 %, 2 weight 60 %)",
               "mixture(1 to 2 weight 7 %, 3 weight 93 %)",
               "each_year(5 to 9, persistence=60 %)", "event(4 %; 1,5 to 6 mkr)",
               "lognormal(mu=2, sigma=30 %)")  # fmt: skip
    for text in amounts:
        assert not unit_of("", text, (0.0, 0.0)).share, text
    shares = ("8 %", "event(10 %, 5 % to 20 %)", "truncate(normal(5 %, 1 %), low=0)",
              "-3 % to -1 %", "discrete(1 % weight 4, 2 % weight 6)", "120 % to 300 %", "1 - 5 %",
              "pooled(A = 2 % to 6 %, B = 3 % to 9 %)", "2,5 to 8 %")  # fmt: skip
    for text in shares:
        assert unit_of("", text, (0.5, 1.5)).share, text
    assert not unit_of("", "4 % * 67 000", (2680.0, 2680.0)).share
    assert unit_of("share of customers").share
    assert unit_of("", "3 % to 8 %", (0.03, 0.08)).share
    assert not unit_of("SEK", "3 % to 8 %", (0.03, 0.08)).share
    assert not unit_of("", "event(10 %, 1M to 4M)", (0.0, 2.5e6)).share
    assert plain(Unit("hours").full(1.5, 0.2)) == "1.5 hours (±0.2)"
    assert plain(Unit("share", share=True).full(0.5, 0.002)) == "50.0 % (±0.2)"
    assert plain(Unit("share", share=True).known(0.05)) == "5 %"
    assert Unit("SEK").full(None) == "–"


def _read(text: str) -> float:
    body = text.replace(SPACE, "").replace("−", "-")
    found = re.fullmatch(r"(-?[\d.]+)(thousand|million|billion|trillion)?", body)
    assert found is not None, text
    power = {"million": 6, "billion": 9, "trillion": 12}.get(found[2], 0)
    return float(found[1]) * 10.0**power


amounts = st.floats(1e-3, 1e15).flatmap(lambda x: st.sampled_from([x, -x]))


@given(amounts, st.floats(1e-6, 3.0))
def test_no_digit_is_written_that_the_interval_does_not_support(value: float, part: float) -> None:
    """A third digit is good to two units, others to five; ± covers the error; nearest is taken."""
    error = abs(value) * part
    shown = Scale(0, -9).shown(value, error)
    leading = floor(log10(abs(value)))
    third = error <= 2 * 10.0 ** (leading - 2)
    unit = 10.0 ** (leading - 2 if third else max(leading - 1, ceil(log10(error / 5) - 1e-12)))
    assert error <= 5 * unit * (1 + 1e-9)
    assert _read(shown.text) / unit == pytest.approx(round(_read(shown.text) / unit), abs=1e-6)
    assert abs(_read(shown.text) - value) <= unit * 0.5 * (1 + 1e-6)
    assert _read(shown.error.removeprefix("±")) >= error * (1 - 1e-9)


def test_an_error_counts_in_the_power_of_its_figure() -> None:
    """Of a figure in powers of ten it has the power, too; a word like million stands for both."""
    assert plain(number(1e-7, 3e-8)) == "1.0·10⁻⁷ (±0.3·10⁻⁷)"
    assert plain(number(12_345_678.0, 90_000.0)) == "12.3 million (±0.1)"


@given(amounts)
def test_a_number_by_itself_is_within_half_a_percent(value: float) -> None:
    """Three significant digits."""
    if abs(value) >= 1e-3:
        assert _read(number(value)) == pytest.approx(value, rel=0.005)


@given(st.floats(0, 1), st.floats(0, 0.5))
def test_a_chance_never_claims_what_was_not_seen(value: float, error: float) -> None:
    """Figures below and above are true bounds, and a ± is never too small."""
    shown = chance_shown(value, error)
    word, _, rest = plain(shown.text).rpartition("der ") if "under" in shown.text else ("", "", "")
    if word:
        assert value <= float(rest.removesuffix(" %")) / 100 + 1e-9
    elif "over" in shown.text:
        assert value >= float(plain(shown.text)[5:].removesuffix(" %")) / 100 - 1e-9
    else:
        assert float(shown.error.removeprefix("±")) / 100 >= min(error, 1) - 1e-9
        assert 0 < float(plain(shown.text).removesuffix(" %")) < 100


@given(st.floats(-10, 10), st.floats(0, 1))
def test_percent_never_writes_a_minus_before_zero(value: float, error: float) -> None:
    """What rounds to zero has no sign."""
    assert not re.match(r"−0(\.0*)?(?![\d.])", plain(percent_shown(value, error).text))


@pytest.mark.parametrize(
    ("measured", "text"),
    [
        (Measured(-720.0, -720.0, 0.0), "−720 or up to 0"),
        (Measured(-720.0, -725.0, 0.0), "−720 ±10 or up to 0"),
        (Measured(-720.0, -1_500.0, -715.0), "−720 ±10 or down to −1 500"),
        (Measured(0.0, -720.0, 0.0), "0 or down to −720"),
        (Measured(0.0, 0.0, 85.0), "0 or up to 85"),
        (Measured(-717.3, -1_013.0, 0.0), "−700 ±300 or up to 0"),
        (Measured(-720.0, -725.0, -710.0), "−720 ±10"),
        (Measured(-720.0, -1_400.0, 0.0), "−1 000 ±1 000"),
    ],
)
def test_a_lopsided_interval_does_not_destroy_its_figure(measured: Measured, text: str) -> None:
    """At the edge of an event the percentile is known well, or it is 0: both are said."""
    shown = open_shown(measured, Scale.of([720.0]).shown)
    assert plain(" ".join(filter(None, shown))) == text


@given(
    st.floats(-1e6, 1e6),
    st.floats(-7, 7).map(lambda power: 10.0**power) | st.just(0.0),
    st.floats(-7, 7).map(lambda power: 10.0**power) | st.just(0.0),
)
def test_what_is_written_is_near_and_told_of_its_interval(value, under, over):
    """Within half of the last digit of the truth, and inside the interval if it is lopsided."""
    measured = Measured(value, value - under, value + over)
    text, error = (plain(part) for part in open_shown(measured, Scale(0, -9).shown))
    told = number_in(text)
    place = next((p for p in range(9, -10, -1) if told and round(told, -p) == told), 9)
    half = 0.5 * 10.0**place * (1 + 1e-9)  # 1.075 is no such number, but its nearest float
    assert abs(told - value) <= max(under, over) + half
    if " or " in error or error.startswith("or "):
        near = min(value - measured.low, measured.high - value)
        allowed = max(near, 0.051 * abs(value)) * 1.001
        assert abs(told - value) <= allowed
        assert abs(told) <= abs(value) + allowed
    else:  # two digits, or a value inside its interval
        inside = under * 1.001 >= value - told and over * 1.001 >= told - value
        assert inside or abs(told - value) <= 0.051 * abs(value)


def number_in(text: str) -> float:
    """The number that a text begins with."""
    return float(text.replace("−", "-").replace(" ", ""))


def test_a_sentence_tells_the_far_end_too() -> None:
    """In one text, with the currency at either figure."""
    said = open_said(Measured(-720.0, -725.0, 0.0), lambda v, e: money(v, "SEK", e))
    assert plain(said) == "−720 SEK (±10 or up to 0 SEK)"
