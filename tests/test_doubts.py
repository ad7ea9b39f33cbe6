"""What a sound case may still have wrong is asked about, not refused."""

from __future__ import annotations

import pytest

import utfall as ut
from utfall.examples import TEMPLATES, template

CASE = """\
years: 8
discount_rate: 8 %
inputs:
  staff: 90 to 120
  adoption: {{estimate: {adoption}, unit: share of customers}}
calculations:
  rest: at_year({year}, 50)
  stock: {{start: 10, next: previous - {leaving}}}
  sales: 100 * growth({growth})
investment:
  Build: 100
benefits:
  Sales: sales * adoption + rest + stock
costs:
  Staff: {sign}staff
"""
SOUND = {"adoption": "40 % to 60 %", "year": "8", "leaving": "1", "growth": "3 %", "sign": ""}


def test_a_case_without_slips_raises_no_doubt() -> None:
    """Silence means something only if it is the rule."""
    assert ut.doubts(ut.read(CASE.format(**SOUND))) == ()


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"sign": "-"}, "`Staff` is negative: costs are written as positive amounts"),
        ({"adoption": "40 to 60"}, "`adoption` is a share of customers, and its median is 4"),
        ({"year": "9"}, "at_year(9, ...) in `rest` never happens within 8 years"),
        ({"year": "0"}, "at_year(0, ...) in `rest` never happens within 8 years"),
        ({"leaving": "2"}, "`stock` falls below 0"),
        ({"growth": "3"}, "growth(3) in `sales` is 300 % a year"),
    ],
)
def test_what_looks_like_a_slip_is_asked_about(slip: dict[str, str], said: str) -> None:
    """A sign, a missing %, a year beyond the horizon, a stock of less than nothing."""
    found = ut.doubts(ut.read(CASE.format(**{**SOUND, **slip})))
    assert any(said in doubt for doubt in found), found


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_examples_are_beyond_doubt(name: str) -> None:
    """A template greets nobody with a question."""
    assert ut.doubts(ut.read(template(name))) == ()
