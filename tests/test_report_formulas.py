"""Formulas in words: what a reader of a report sees instead of names and signs of a language."""

import pytest
from foreign import speaking_foreign, unsaid

import utfall as ut
from reports.formulas import _PHRASES, in_words
from reports.language import SPACE

HEAD = """\
years: 3
start: 2027
discount_rate: 8 %
inputs:
  a: {estimate: 2, label: Orders}
  rate: 5 %
  new_ones: 40
"""


def words(formula: str) -> str:
    """A formula of labels and names in words."""
    case = ut.read(
        f"{HEAD}calculations:\n  later: a * year\n  wanted: {formula}\nbenefits: {{A: wanted}}\n"
    )
    return in_words(case.calculations["wanted"], case.quantities).replace(SPACE, " ")


WORDS = {
    "a * (rate + 1) / 2": "Orders × (rate + 1) / 2",
    "a - (rate - 1)": "Orders − (rate − 1)",
    "-a ** 2": "−Orders ^ 2",
    "(-a) ** 2": "(−Orders) ^ 2",
    "a * ramp(30 %, 70 %)": "Orders × (30 %, 70 %, year by year, and so on from then)",
    "ramp(30 %)": "30 % in every year",
    "a * growth(2 %)": "Orders × (growth of 2 % a year)",
    "s_curve(0, 1, 2, 3)": "an S-curve from 0 to 1, half-way in year 2",
    "from_year(2, a)": "Orders from year 2 on",
    "until_year(2, a * 2)": "(Orders × 2) up to year 2",
    "at_year(2, a)": "Orders in year 2 only",
    "delay(a, 1)": "Orders, delayed by this many years: 1",
    "cohort(new_ones, rate)": "those present when new ones join each year and rate of them leave",
    "cumulative(a)": "Orders, added up so far",
    "sum_over_years(a)": "Orders, added up over all years",
    "discounted(a)": "present value of Orders",
    "min(a, rate, 3)": "the least of Orders, rate and 3",
    "max(a, rate)": "the greatest of Orders and rate",
    "if(a > 1 and not rate < 2, 5, 6)": "5 if Orders > 1 and not rate < 2, otherwise 6",
    "abs(a)": "size of Orders without its sign",
    "ceil(a / 2) + floor(a) + round(a)":
        "((Orders / 2) rounded up) + (Orders rounded down) + (Orders rounded)",
    "sqrt(a)": "square root of Orders",
    "year + calendar_year": "the year + the calendar year",
    "a + exp(rate)": "Orders + exp(rate)",
    "a * pert(1, 2, 3)": "Orders × pert(1, 2, 3)",
}  # fmt: skip


@pytest.mark.parametrize(("formula", "said"), WORDS.items())
def test_a_formula_in_words(formula: str, said: str) -> None:
    """Labels, signs of arithmetic, phrases for words of time; estimates stay as typed."""
    assert words(formula) == said


def test_a_stock_is_told_by_its_start_and_its_years() -> None:
    """`previous` is last year's value, and last_year(x) that of another quantity."""
    text = "\n    start: a\n    next: previous * (1 - rate) + last_year(later)"
    assert words(text) == (
        "begins as Orders; each year last year's value × (1 − rate) + (later of the year before)"
    )


def test_every_phrase_is_tried() -> None:
    """No word of time or arithmetic is left out of the table above."""
    tried = " ".join(WORDS) + " last_year(x)"
    assert [name for name in _PHRASES if f"{name}(" not in tried] == []


def test_phrases_are_said_in_the_language_of_the_report() -> None:
    """In another language only labels, names and numbers stay as they were typed."""
    typed = ("Orders", "rate", "new", "ones", "exp", "pert")
    with speaking_foreign():
        for formula in WORDS:
            assert unsaid(words(formula), typed) == [], formula
