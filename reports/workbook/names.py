"""What the sheets call things."""

from __future__ import annotations

from reports.language import message

OUTCOMES = {
    "npv": message("Net present value"),
    "irr": message("Internal rate of return"),
    "roi": message("ROI, undiscounted"),
    "roi_discounted": message("ROI, discounted"),
    "profitability_index": message("Profitability index"),
    "payback": message("Payback, years"),
    "discounted_payback": message("Payback on discounted cash, years"),
    "peak_funding": message("Peak funding"),
}
SECTIONS = {
    "investment": message("Investment"),
    "benefits": message("Benefits"),
    "costs": message("Costs"),
    "tax": message("Tax"),
}
NEVER = message("never")
UNDEFINED = "–"
IRR_NONE = message("none")
IRR_SEVERAL = message("none, one or several")
