"""Where every answer of `cases_answers.json` is found, or why it is not tested.

A new case is a file in `cases/`, its answers in `cases_answers.json`, and a few lines here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases_readings import (
    Reading,
    above,
    below,
    best_of_the_printings,
    lowest_value,
    mean,
    mirr,
    only,
    payback_within,
    percentile,
    percentiles,
    present_value,
    rate_number,
    sd,
    times,
    tornado_at,
    worst5,
)


@dataclass(frozen=True)
class Row:
    """An answer, the case file that gives it, and how to read it there."""

    case: str
    answer: str
    file: str
    read: Reading
    sampled: bool


def sampled(case: str, readings: Mapping[str, Reading], file: str = "") -> Iterable[Row]:
    """Answers that depend on the draws."""
    return [Row(case, answer, file or case, read, True) for answer, read in readings.items()]


def certain(case: str, readings: Mapping[str, Reading], file: str = "") -> Iterable[Row]:
    """Answers that do not."""
    return [Row(case, answer, file or case, read, False) for answer, read in readings.items()]


# Hubbard's inputs at P5 and P95, the others at their means.
LEASE_ENDS = {
    "production": (15_000, 35_000),
    "maintenance": (10, 20),
    "labour": (-2, 8),
    "materials": (3, 9),
}
LEASE_TORNADO = {"low": 5, "high": 95, "base": "mean"}

# The name in the answers, the name in the case, the pessimistic and the optimistic figure.
OTOBAI_ENDS = {
    "ms": ("market_size", 900_000, 1_100_000),
    "sh": ("market_share", 0.04, 0.16),
    "p": ("unit_price", 350_000, 380_000),
    "vc": ("unit_cost", 360_000, 275_000),
    "fc": ("fixed_cost", 4e9, 2e9),
}
OTOBAI_RANGES = {name: (min(ends), max(ends)) for name, *ends in OTOBAI_ENDS.values()}
BILLION = 1e-9

ROWS = [
    *sampled(
        "hubbard_lease",
        {
            "saving:mean": mean("saving"),
            "saving:sd": sd("saving"),
            "P(saving<400000)": below("saving", 400_000),
            **percentiles("saving", 5, 10, 25, 50, 75, 90, 95),
        },
    ),
    *sampled("hubbard_lease", {"P(saving<400000)": below("net", 0)}),
    *certain(
        "hubbard_lease",
        {
            f"tornado P{percent}:{name}": tornado_at("saving", name, ends[place], **LEASE_TORNADO)
            for name, ends in LEASE_ENDS.items()
            for place, percent in enumerate((5, 95))
        },
    ),
    *sampled(
        "pmbok_cost",
        {
            "cost:mean": mean("cost"),
            "cost:sd": sd("cost"),
            "P(cost<41)": below("cost", 41),
            "P(cost<50)": below("cost", 50),
            **percentiles("cost", 5, 10, 25, 50, 75, 80, 85, 90, 95),
        },
    ),
    *sampled(
        "vision_research",
        {
            "net:mean": mean("net"),
            "net:sd": sd("net"),
            "P(net>0)": above("net", 0),
            "P(net>20)": above("net", 20),
            **percentiles("net", 5, 25, 50, 75, 90, 95),
            "gross:mean": mean("gross"),
            **percentiles("gross", 5, 50, 95),
            "P(approved)": mean("approved"),
            "net:P(0..20)": lambda run: above("net", 0)(run) - above("net", 20)(run),
        },
    ),
    *sampled(
        "winston_cards",
        {
            "profit mean q=10000": mean("profit_10"),
            "profit sd q=10000": sd("profit_10"),
            "profit mean q=20000": mean("profit_20"),
            "profit sd q=20000": sd("profit_20"),
            "profit mean q=40000": mean("profit_40"),
            "profit sd q=40000": sd("profit_40"),
            "profit mean q=60000": mean("profit_60"),
            "profit sd q=60000": sd("profit_60"),
            "best quantity": best_of_the_printings,
            "P(40000 better than 20000)": mean("forty_better_than_twenty"),
            "P(40000 worse than 20000)": mean("forty_worse_than_twenty"),
        },
    ),
    *certain(
        "otobai_tornado",
        {
            "NPV base": times(BILLION, only("npv")),
            **{
                f"NPV {mood}:{short}": times(
                    BILLION, tornado_at("npv", name, ends[place], ranges=OTOBAI_RANGES)
                )
                for short, (name, *ends) in OTOBAI_ENDS.items()
                for place, mood in enumerate(("pessimistic", "optimistic"))
            },
            "accounting break-even units": only("accounting_break_even_units"),
        },
    ),
    *certain(
        "tei_salesloft",
        {
            "PV costs": times(-1, present_value("Initial", "Costs")),
            "PV benefits": present_value("Benefits"),
            "NPV": only("npv"),
            "ROI": only("roi_discounted"),
            "total costs": only("total_costs"),
            "total benefits": only("total_benefits"),
            "payback months simple": times(12, only("payback")),
            "payback months discounted": times(12, only("discounted_payback")),
            "IRR": only("irr"),
        },
    ),
    *[
        row
        for file, answer, read in (
            ("npv", "NPV(10%; 0,-10000,3000,4200,6800)  first flow at t=1", only("npv")),
            ("npv_delayed", "NPV(10%; 0,-10000,3000,4200,6800)  first flow at t=1", only("npv")),
            (
                "shoe_store",
                "NPV 8%: -40000,8000,9200,10000,12000,14500 first at t=0",
                only("npv"),
            ),
            ("shoe_store_roof", "same plus -9000 in year 6", only("npv")),
            ("irr", "IRR -70000,12000,15000,18000,21000", only("irr")),
            ("irr_five_years", "IRR with fifth year 26000", only("irr")),
            ("irr_two_years", "IRR -70000,12000,15000", only("irr")),
            (
                "mirr",
                "MIRR finance 10 % reinvest 12 %: -120000,39000,30000,21000,37000,46000",
                mirr(0.10, 0.12),
            ),
            ("mirr_three_years", "MIRR first three years", mirr(0.10, 0.12)),
            ("mirr", "MIRR reinvest 14 %", mirr(0.10, 0.14)),
        )
        for row in certain("excel_timevalue", {answer: read}, f"excel_timevalue_{file}")
    ],
    *certain(
        "irr_pathologies",
        {
            "pump IRR low": rate_number(0),
            "pump IRR high": rate_number(-1),
            "pump NPV 10 %": only("npv"),
        },
        "irr_pathologies_pump",
    ),
    *certain("irr_pathologies", {"no-IRR NPV 10 %": only("npv")}, "irr_pathologies_none"),
    *sampled(
        "irr_pathologies",
        {"no-IRR minimum NPV over rates (at 66.7 %)": lowest_value},
        "irr_pathologies_none_at_any_rate",
    ),
    *sampled("hubbard_campaign", {"mean net": mean("net"), "P(loss)": below("net", 0)}),
    *sampled(
        "profit_correlated",
        {
            "profit:mean": mean("profit"),
            "profit:sd": sd("profit"),
            "P(profit<0)": below("profit", 0),
            **percentiles("profit", 5, 50, 95),
        },
    ),
    *sampled(
        "jcgm101_additive",
        {"u rectangular": sd("y"), "97.5 % rectangular": percentile("y", 97.5)},
    ),
    *sampled(
        "jcgm101_additive",
        {"u wide": sd("y"), "97.5 % wide": percentile("y", 97.5)},
        "jcgm101_additive_wide",
    ),
    *sampled(
        "jcgm101_additive",
        {"u normal": sd("y"), "97.5 % normal": percentile("y", 97.5)},
        "jcgm101_additive_normal",
    ),
    *certain(
        "jcgm101_additive",
        {
            "97.5 % wide if normality were assumed (GUM)": tornado_at(
                "y", "score", 1.959963984540054, low=2.5, high=97.5
            )
        },
        "jcgm101_additive_gum",
    ),
    *[
        row
        for file, dependence in (
            ("hillier_normal", "independent"),
            ("hillier_normal_each_year", "independent"),
            ("hillier_normal_perfect", "perfect"),
            ("hillier_normal_common_score", "perfect"),
        )
        for row in sampled(
            "hillier_normal",
            {f"sd {dependence}": sd("npv"), f"P<0 {dependence}": below("npv", 0)}
            | ({"mean": mean("npv")} if dependence == "independent" else {}),
            file,
        )
    ],
    *certain(
        "payback_conventions",
        {
            "simple payback years": only("payback"),
            "discounted payback years": only("discounted_payback"),
            "NPV 8 % year-end": only("npv"),
            "IRR": only("irr"),
            "MIRR 8/8": mirr(0.08, 0.08),
            "ROI undiscounted": only("roi"),
            "ROI discounted (TEI)": only("roi_discounted"),
            "profitability index": only("profitability_index"),
            "real rate for 8 % nominal, 2 % inflation": only("real_rate"),
        },
    ),
    *certain(
        "payback_conventions", {"NPV 8 % mid-year": only("npv")}, "payback_conventions_middle"
    ),
    *certain("payback_conventions", {"NPV after tax": only("npv")}, "payback_conventions_tax"),
    *sampled(
        "tail_risk",
        {
            "N p5": percentile("gain", 5),
            "N ES5": worst5("gain"),
            "N P<0": below("gain", 0),
            "N expected loss E[max(-x,0)]": mean("loss"),
            "LN p5": percentile("revenue", 5),
            "LN ES5": worst5("revenue"),
            "LN mean": mean("revenue"),
        },
    ),
    *sampled(
        "portal_reference",
        {
            "npv:mean": mean("npv"),
            "npv:sd": sd("npv"),
            "P(npv>0)": above("npv", 0),
            **percentiles("npv", 5, 10, 25, 50, 75, 90, 95),
            "npv:ES5": worst5("npv"),
            **{f"P(payback<={years})": payback_within(years) for years in (3, 4, 5)},
            **{
                f"P(discounted payback<={years})": payback_within(years, discounted=True)
                for years in (3, 4)
            },
        },
    ),
]

ORDER = "tornado order, largest swing first"  # a list, so it has a test of its own

INFORMATION = "value of information"
SHARES = "variance shares and Sobol' indices"
LATER = {
    "hubbard_lease": {
        "net:EVPI0": INFORMATION,
        **{f"EVPPI:{name}": INFORMATION for name in LEASE_ENDS},
        **{f"Sobol {index}:{name}": SHARES for index in ("S1", "ST") for name in LEASE_ENDS},
    },
    "pmbok_cost": {f"variance share:{name}": SHARES for name in ("design", "build", "test")},
    "winston_cards": {"EVPI": INFORMATION},
    "otobai_tornado": {"NPV break-even units": "break-even values"},
    "hubbard_campaign": {
        "EVPI range": INFORMATION,
        "binary EVPI (million)": INFORMATION,
        "binary EOL if rejected (million)": INFORMATION,
    },
    "tail_risk": {"N CE R=200": "certainty equivalent"},
    "portal_reference": {"npv:EVPI0": INFORMATION},
}
NEVER = {
    "excel_timevalue": {
        "XNPV 9 %, actual/365: -10000 2008-01-01, 2750 2008-03-01, 4250 2008-10-30, "
        "3250 2009-02-15, 2750 2009-04-01": "dated flows: a case counts whole years",
        "XIRR same flows": "dated flows: a case counts whole years",
    }
}
