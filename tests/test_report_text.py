"""The text of whole reports, as it was last read and approved.

After a change of wording, read the difference and renew the texts:
`RENEW=1 python -m pytest tests/test_report_text.py`.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from report_text import text_of

import utfall as ut
from reports.report import report_of

CONFIGS = Path(__file__).parents[1] / "configs"
SNAPSHOTS = Path(__file__).parent / "snapshots"
TRIALS = 16_384
HOURS = """\
case: Hours saved by a portal
inputs:
  customers:
    estimate: 600
    label: Customers
    unit: customers
    source: Customer register
    owner: Finance
  hours:
    estimate: 1.5 to 4
    label: Hours saved
    unit: hours per customer and year
  share:
    estimate: triangular(20 %, 50 %, 80 %)
    label: Share of the customers who use it
    unit: share of customers
    source: Sales workshop
calculations:
  saved: {formula: customers * hours * share, label: Hours saved in a year, unit: hours}
outputs: [saved]
"""


def portal() -> ut.Result:
    """One case with everything: prose, events, dependence, follow-up."""
    return ut.simulate(ut.load(CONFIGS / "customer_portal.yaml"), trials=TRIALS)


def comparison() -> ut.Compared:
    """Four alternatives and doing nothing, one of them a later start."""
    return ut.compare(ut.load_comparison(CONFIGS / "compare.yaml"), trials=TRIALS)


def hours() -> ut.Result:
    """A case without money."""
    return ut.simulate(ut.read(HOURS), trials=TRIALS)


def told(found: ut.Result | ut.Compared) -> str:
    """The text of a report without the versions of the machine that it was made on."""
    text = text_of(report_of(found, written=date(2026, 11, 1)))
    return re.sub(r"(?m)^(Utfall|NumPy|SciPy|Python) \| .*$", r"\1 | version", text)


@pytest.mark.parametrize("make", [portal, comparison, hours], ids=lambda make: make.__name__)
def test_the_text_of_a_report_is_the_approved_one(make):
    """Numbers and sentences stand as they stood; a change of them is a decision."""
    path = SNAPSHOTS / f"report_{make.__name__}.txt"
    text = told(make())
    if os.environ.get("RENEW"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
