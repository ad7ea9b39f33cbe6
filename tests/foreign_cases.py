"""Cases and comparisons to be said in other languages: between them they need most sentences.

The cases' own words begin with z, so that no other word can pass for one of them.
"""

import re
from collections.abc import Callable

from comparing_pages import CERTAIN_OR_BOLD, compared, many, usual

import utfall as ut

FULL = """
case: Zcase
currency: ZAR
years: 4
start: 2027
delay: 1
timing: middle
discount_rate: 8 %
hurdle: 1 year discounted
tax: {rate: 20 %, depreciation_years: 3, losses: carried}
inputs:
  za: {estimate: 5 % to 9 %, unit: share of zthings, source: Zsource, label: Zlabel}
  zb: triangular(10, 20, 40)
  zc: event(5 %, 1 to 4)
  zd: each_year(normal(5, 1))
  ze:
    estimate: event(2 %, 30 to 50)
    label: Zrare
  zf: uniform(1, 2)
  zg: 12
calculations:
  zh: zb * (1 to 2)
investment: {Zbuild: 30 to 50}
benefits: {Zgain: zb * zf * (1 + za) + zd + zc + ze + zh - 20}
costs: {Zrun: zg}
dependence:
  - {between: [za, zb], rank: 0.4}
  - {between: [zb, zf], same_half: 75 %}
"""
HEAD = "case: Zcase\nyears: 3\ndiscount_rate: 8 %\n"
RUNS = {
    "full": FULL,
    "certain": HEAD + "investment: {Zbuild: 9}\nbenefits: {Zgain: 5}",
    "certain, discounted": HEAD + "hurdle: 2 years discounted\ninvestment: {Zbuild: 9}\n"
    "benefits: {Zgain: 5}",
    "never": HEAD + "investment: {Zbuild: 9}\nbenefits: {Zgain: 1}",
    "beyond the horizon": HEAD + "hurdle: 9 years\ninvestment: {Zbuild: 9}\n"
    "benefits: {Zgain: 1 to 6}",
    "no outlay": HEAD + "inputs:\n  zz: normal(1, 2)\nbenefits: {Zgain: zz}",
    "no cash": HEAD + "inputs:\n  zz: normal(1, 2)\nbenefits: {Zgain: 0 * zz}",
    "seldom a return": HEAD + "inputs: {zz: bernoulli(50 %)}\ninvestment: {Zbuild: 9 * zz}\n"
    "benefits: {Zgain: zz * 2}",
    "no money": "case: Zcase\nyears: 3\ninputs:\n  za: normal(1, 2)\n  zb: 2 to 5\n"
    "calculations:\n  zc: {start: za, next: previous + zb}\n  zd: za * zb\n  ze: zb + 1\n"
    "  zf: 3\noutputs: [zc, zd, ze, zf]",
    "many inputs": HEAD + "inputs:\n" + "".join(f"  z{k}: normal(9, {k})\n" for k in range(1, 20))
    + "  ya: event(2 %, 5)\n  yb: event(1 %, 5)\n  yc: 2 to 3\n"
    + "investment: {Zbuild: 99}\nbenefits: {Zgain: "
    + " + ".join(f"z{k}" for k in range(1, 20)) + " + ya + yb + 0 * yc}",
}  # fmt: skip
WRITTEN = (
    "triangular event normal each_year uniform to k ya yb yc bernoulli if share of zthings "
    "start next previous"
)


def typed_in(text: str) -> tuple[str, ...]:
    """The words that belong to a case: they begin with z, or are words of formulas."""
    own = re.findall(r"\b[zZ]\w*", text)
    return (*own, *map(str.capitalize, own), WRITTEN)


def what_if() -> ut.Compared:
    """A comparison with a what-if, which has a name of its own making."""
    return ut.compare(usual().comparison.what_if(saving_one="50k to 60k"), trials=512)


COMPARED: dict[str, Callable[[], ut.Compared]] = {
    "usual": usual,
    "certain or bold": lambda: compared(CERTAIN_OR_BOLD, trials=512, risk_tolerance=10.0),
    "many": lambda: many(10),
    "what if": what_if,
    "alone": lambda: compared({"One": CERTAIN_OR_BOLD["Certain"]}, trials=512),
}
NAMED = (
    "One Two Certain Bold Alternative",
    "SEK Build Saved saving_one saving_two alternative",
    "Amount case discrete weight k to if luck",
)
