"""What the pages show: an example of every number, function, word and family, and of every mistake.

A word or family without an example stops `generate.py`, so that none stays unexplained.
"""

NUMBERS = (
    "1200", "1 200 000", "1_200_000", "1.5", "1e6", "9 %", "15k", "1.5M", "2bn", "15 tkr", "3 mkr",
)  # fmt: skip
NORDIC = (("1,5 mkr", "sv"), ("1 200,5", "nb"), ("1.200.000", "da"), ("2,5 %", "fi"))

OPERATORS = (
    ("`**`", "power, from the right", "2 ** 3 ** 2"),
    ("`-` `+` in front", "sign; weaker than a power", "-2 ** 2"),
    ("`*` `/`", "times, divided by; from the left", "12 / 3 / 2"),
    ("`+` `-`", "plus, minus; from the left", "7 - 2 - 1"),
    ("`==` `!=` `<` `<=` `>` `>=`", "one comparison; true is 1, false is 0", "3 >= 2"),
    ("`not`", "1 for 0, else 0", "not 3 > 2"),
    ("`and`", "1 if both are not 0", "1 < 2 and 2 < 3"),
    ("`or`", "1 if one of them is not 0", "1 > 2 or 2 > 1"),
)

FUNCTIONS = {
    "if": "if(2 > 1, 10, 1 / 0)", "min": "min(4, 1, 3)", "max": "max(4, 1, 3)", "abs": "abs(-3)",
    "round": "round(2.5)", "floor": "floor(-2.1)", "ceil": "ceil(600 / (600 / 14))",
    "exp": "exp(1)", "log": "log(10)", "sqrt": "sqrt(2)",
}  # fmt: skip

OVER_YEARS = {
    "ramp": "ramp(30 %, 70 %, 100 %)",
    "s_curve": "s_curve(0, 100, 3, 1.5)",
    "growth": "growth(2 %)",
    "from_year": "from_year(3, 50)",
    "until_year": "until_year(2, 50)",
    "at_year": "at_year(4, 50)",
    "delay": "delay(10 * year, 1.25)",
    "cohort": "cohort(100, 10 %)",
    "last_year": "last_year(sold)",
    "cumulative": "cumulative(10 * year)",
    "sum_over_years": "sum_over_years(10 * year)",
    "discounted": "discounted(100)",
}

RANGES = (
    ("5 to 40", "an amount that cannot be negative and could be far larger than expected: costs, "
                "hours, volumes"),
    ("3 % to 8 %", "a share between 0 % and 100 %: churn, adoption, a conversion rate"),
    ("normal(-5 to 20)", "it may be negative, and misses either way are as likely"),
    ("normal(5 to 40)", "a positive amount that is not skewed"),
    ("normal(5 to 40, low=0)", "the same, with a hard end; P5 and P95 hold after the cut"),
    ("gamma(5 to 40)", "as `5 to 40`, with less of a tail above"),
    ("lognormal(5 to 40, high=100)", "as `5 to 40`, and never above 100"),
    ("beta(5 to 40, low=0, high=100)", "an amount between two hard ends"),
)  # fmt: skip

THREE_POINTS = (
    ("pert(2, 5, 9)", "you know the hard ends and what is most likely: the usual choice"),
    ("triangular(2, 5, 9)", "the same with more weight on the ends: a little more cautious"),
    ("pert(2, 5, 9, ends=p10_p90)", "low and high are what one time in ten goes below, or above; "
                                    "the hard ends lie further out"),
    ("triangular(2, 5, 9, ends=p5_p95)", "the same for one time in twenty"),
)  # fmt: skip

OF_FAMILY = {
    "normal": ("normal(100, 15)", "a total of many small things; an error of measurement"),
    "lognormal": ("lognormal(mean=100, sd=50)", "mean and spread of an amount are known"),
    "uniform": ("uniform(10, 20)", "nothing but the two ends is known"),
    "triangular": ("triangular(10, 15, 26)", "lowest, most likely, highest"),
    "pert": ("pert(10, 15, 26)", "lowest, most likely, highest, seldom near the ends"),
    "beta": ("beta(4, 3)", "a share of which 3 yes and 2 no have been seen (a - 1 and b - 1)"),
    "gamma": ("gamma(4, 25)", "a total of several waits or claims"),
    "exponential": ("exponential(3)", "years until something that may happen any day"),
    "weibull": ("weibull(2, 10)", "years until something wears out"),
    "student_t": ("student_t(4, 100, 15)", "a mean of few observations; df is one less than these"),
    "pareto": ("pareto(3, 10)", "sizes of a few very large ones: orders, damages"),
    "poisson": ("poisson(3)", "how many incidents in a year"),
    "binomial": ("binomial(40, 25 %)", "how many of 40 tenders are won"),
    "bernoulli": ("bernoulli(25 %)", "`chance` by its textbook name"),
    "chance": ("chance(25 %)", "it happens or it does not: `saving * chance(25 %)`"),
}  # fmt: skip

BEYOND = (
    ("scipy.gumbel_r(10, 3)", "any distribution of `scipy.stats`, by its own name and parameters"),
    ("scipy.gengamma(2, 1.5, scale=3)", "the same; `loc=` and `scale=` as scipy knows them"),
)

CUT = ("truncate", "clip")
COMBINED = {
    "truncate": ("truncate(normal(10, 4), low=8)",),
    "clip": ("clip(normal(10, 4), low=8)",),
    "mixture": (
        "mixture(5 to 10 weight 70 %, 20 to 60 weight 30 %)",
        "mixture(0 weight 1, 5 to 40 weight 3)",
    ),
    "event": ("event(10 %, 1M to 4M)", "event(30 %, 500)"),
    "discrete": ("discrete(100 weight 30 %, 150 weight 70 %)", "discrete(1, 2, 3)"),
    "each_year": (),  # its table is `redrawn`
}

BAD_NUMBERS = (
    "1,000,000", "1,5", "5-10", "017", "5m", "5 SEK", "5 K", "5 years", "2026-10-14",
)  # fmt: skip
BAD_ESTIMATES = (
    "40 to 5", "0 to 5", "0 % to 8 %", "3 % to 8", "2 * 5 to 40", "lognormal(100, 50)",
    "pert(2, 1, 5)", "uniform(5 to 10)", "chance(150 %)", "mixture(1 weight 30 %, 2 weight 60 %)",
    "truncate(a + 1, low=0)", "each_year(a)", "b to (b + 9)",
)  # fmt: skip
BAD_FORMULAS = (
    "a * churm", "a ^ 2", "a = 5", "1 < a < 9", "a (b)", "a b", "ramp * a", "a * Build", "true",
    "x + a", "previous + a", "cohort(a, 5)", "a / 0", "if(a, 1)",
)  # fmt: skip
BAD_LINES = (
    ("discuont_rate: 8 %", {"discuont_rate": "8 %"}),
    ("discount_rate: 8", {"discount_rate": "8"}),
    ("hurdle: soon", {"hurdle": "soon"}),
    ("timing: begin", {"timing": "begin"}),
    ("delay: 0.5", {"delay": "0.5"}),
    ("tax: 20 %", {"tax": "20 %"}),
    ("outputs: [Build]", {"outputs": "[Build]"}),
    ("year: 5", {"calculations": "\n  year: 5"}),
    ("a:", {"inputs": "\n  a:"}),
    ("a: 5 (twice)", {"inputs": "\n  a: 5\n  a: 5"}),
    ("a: ramp(1, 2)", {"inputs": "\n  a: ramp(1, 2)"}),
    ("a: {estimate: 130 %, unit: share}", {"inputs": "{a: {estimate: 130 %, unit: share}}"}),
    ("a: {estimate: 5, units: hours}", {"inputs": "{a: {estimate: 5, units: hours}}"}),
    (
        "a: {estimate: pert(1, 2, 3), unit: h}",
        {"inputs": "{a: {estimate: pert(1, 2, 3), unit: h}}"},
    ),
    (
        "Build: y (y differs by year)",
        {"calculations": "\n  y: ramp(1, 2)", "investment": "{Build: y}"},
    ),
    ("Fee: extra: 5", {"costs": "\n  Fee: extra: 5"}),
    ("{between: [a, b], rank: 0.4}", {"dependence": "\n  - {between: [a, b], rank: 0.4}"}),
)

CASE = {
    "years": "3", "discount_rate": "8 %", "inputs": "{a: 5, b: 2 to 4}",
    "calculations": "{y: a}", "investment": "{Build: 100}", "benefits": "{Saving: a}",
}  # fmt: skip
