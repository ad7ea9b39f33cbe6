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
SAMPLING = {
    "sobol": message("Sobol' points"),
    "latin": message("Latin hypercube"),
    "random": message("independent random numbers"),
}
CRITERIA = {
    "payback": message("Chance of having paid back within the hurdle"),
    "value": message("Mean net present value"),
    "worst5": message("Mean of the worst 5 % of net present values"),
    "regret": message("Mean of what the best alternative would have brought more"),
    "certainty_equivalent": message("The certain amount worth as much"),
}
STATISTICS = {
    "mean": message("Mean"),
    "sd": message("Standard deviation"),
    "chance_positive": message("Chance of more than 0"),
    "chance_negative": message("Chance of less than 0"),
    "worst5_mean": message("Mean of the worst 5 %"),
}
DOMINANCE = {
    "first": message("first order"),
    "second": message("second order"),
    "none": message("none"),
}
