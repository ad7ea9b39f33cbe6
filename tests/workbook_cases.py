"""Small cases that use each function, word and setting of the language."""

import re
from textwrap import dedent

QUANTITIES = "case: {name}\nyears: 4\ndiscount_rate: 7 %\noutputs: [{outputs}]\n"


def _words(inputs: str, **calculations: str) -> str:
    """A case without money that computes some quantities."""
    lines = [f"  {name}: {formula}" for name, formula in calculations.items()]
    head = QUANTITIES.format(name="Words", outputs=", ".join(calculations))
    return f"{head}{_inputs(inputs)}calculations:\n" + "\n".join(lines) + "\n"


def _inputs(inputs: str) -> str:
    """`{a: 2, b: max(1, 2)}` on lines of their own."""
    return "inputs:\n" + "".join(
        f"  {entry}\n" for entry in re.split(r", (?=\w+: )", inputs.strip("{}"))
    )


def _money(settings: str, inputs: str = "{a: normal(100, 10), r: normal(8 %, 1 %)}") -> str:
    """A case with money under some settings."""
    return dedent("""\
        years: 4
        discount_rate: r
        {settings}
        {inputs}
        investment: {{Build: a, More: 20 + year}}
        benefits: {{Gain: a * 50 % + year}}
        costs: {{Running: a * 5 %, Late: "at_year(3, a / 4)"}}
        """).format(settings=settings, inputs=_inputs(inputs).rstrip())


CASES = {
    "arithmetic": _words(
        "{a: normal(3, 1), b: normal(-2, 0.5), c: 7}",
        sums="a + b - (c - a) - (b + 1) - -a",
        products="a * b / (c / a) * (a + 1) / b",
        signs="-a ** 2 + (-a) ** 2 - -b",
        powers="2 ** a ** 2 / 2 ** (a + b) + a ** -2",
        square="(a + b) ** 2",
        nothing="(a - a) ** (b - b)",
        by_year="(a + b) ** (year - 1)",
        mixed="-(a + b) * -c / -(a - b) - (a * b) / (c * a)",
        small="a * 1e-7 + 1e12 * b",
    ),
    "comparisons": _words(
        "{a: normal(3, 1), b: normal(-2, 0.5), c: 3}",
        less="a < b",
        most="a <= c",
        above="(a > b) * 5 + (a >= b)",
        same="c == 3",
        other="c != 3",
        both="a > b and c > a - 9",
        either="a < b or c < 1",
        not_so="not a > b",
        of_number="not a",
        number_and="a and b",
        chosen="if(a > b, 1 / a, 1 / (a - a))",
        by_number="if(a - a, log(-1), exp(1))",
        inner="if(a > b and not (c < 1), a, b) * 2",
        nested="if(a < 0, 1, if(a < 1, 2, if(a < 10, 3, 4)))",
    ),
    "functions": _words(
        "{a: normal(3.5, 1), b: normal(-2.5, 0.5), c: 7}",
        least="min(a, b, c, year)",
        most="max(a, -b, c / 2)",
        one="min(a)",
        size="abs(b)",
        roots="sqrt(a) + log(c) + exp(b)",
        rounded="round(a) * 100 + round(b) * 10 + round(2.5)",
        down="floor(a) + floor(b) + floor(a * b)",
        up="ceil(a) * 100 + ceil(b) + ceil(a / b)",
        snapped="ceil(600 / (600 / 14)) + floor(0.1 * 3 * 10 - 3 + 5) + ceil(c / 49 * 7)",
        yearly="ceil(a * year / 2) + floor(b * year) + round(a + year / 3)",
        clipped="clip(a * year, low=4, high=9)",
    ),
    "words of time": _words(
        "{a: normal(10, 1), d: triangular(0, 0.5, 2.9), g: normal(3 %, 1 %), n: 2, z: -1}",
        year_of="year * 2",
        ramped="a * ramp(30 %, 70 %, 100 %)",
        ramp_of="ramp(a, a * 2)",
        curved="s_curve(0, a, 2, 1.5)",
        steep="s_curve(1, a, 2, 900)",
        grown="a * growth(g)",
        gone="growth(z)",
        later="from_year(n, a)",
        sooner="until_year(n + 0.5, a)",
        then="at_year(2.6, a)",
        late="delay(a * year, d)",
        late_known="delay(year, 1)",
        late_plain="delay(a, d)",
        late_long="delay(a + year, d * 2)",
        joined="cohort(a * year, g)",
        joined_in="2 * cohort(a, g * year) + 1",
        total="cumulative(a * year)",
        total_plain="cumulative(a)",
        all_years="sum_over_years(a + year)",
        worth="discounted(a * year)",
        ratio="ramped / sum_over_years(ramped)",
        once_more="last_year(ramped) + last_year(joined)",
    ),
    "stocks and circles": dedent("""\
        years: 5
        outputs: [customers, staff, hired, memory]
        inputs:
          start_with: normal(600, 20)
          churn: normal(5 %, 1 %)
          each: 40
        calculations:
          customers:
            start: start_with * 2 - start_with
            next: previous * (1 - churn) + last_year(staff) * 2
          staff: {start: start_with / each, next: previous + hired}
          hired: max(0, ceil(customers / each) - last_year(staff))
          memory: last_year(hired) + last_year(customers)
        """),
    "estimates in place": dedent("""\
        years: 3
        discount_rate: triangular(6 %, 8 %, 12 %)
        inputs:
          rate: normal(40 %, 5 %)
          people: 40
          wins: binomial(40, rate)
          around: normal(people, 5)
          between: uniform(people, people * 2)
          three: triangular(people, people * 1.2, people * 3)
          waiting: exponential(people)
          logs: lognormal(mean=people, sd=10)
          logs2: lognormal(mu=rate, sigma=0.2)
          shaped: weibull(2, people)
          chance_of: chance(rate)
          t: student_t(4, people, 2)
          random: each_year(normal(10, 2))
          hangs: each_year(normal(people, 2), persistence=0.6)
          rare: event(10 %, 1M to 4M)
        calculations:
          left: each_year(binomial(100, 10 %)) + (2 to 5) * year
          known: 12
        investment: {Build: 900 to 1 800, Plus: "3 * (5 to 40) + ceil(wins)"}
        benefits: {Gain: wins * random + known * (around + between + three + waiting + logs)}
        costs: {Running: logs2 + shaped + chance_of + t + hangs + rare + left}
        """),
    "tax used": _money("tax: {rate: 20.6 %, depreciation_years: 3}"),
    "tax carried": _money("tax: {rate: r * 3, depreciation_years: 6, losses: carried}"),
    "tax carried middle delay": _money(
        "timing: middle\ndelay: 2\ntax: {rate: 25 %, depreciation_years: 2, losses: carried}"
    ),
    "middle": _money("timing: middle"),
    "later": _money("delay: 1\nstart: 2027"),
    "never back": _money("hurdle: 2 years").replace("a * 50 %", "a * 5 %"),
    "no outlay": "years: 2\ndiscount_rate: 5 %\ninputs: {a: 4 to 6}\nbenefits: {Gain: a}\n",
    "twice back": dedent("""\
        years: 3
        discount_rate: 0 %
        investment: {Build: 90 to 110}
        benefits: {Gain: "if(year == 1, 120, if(year == 2, -50, 100))"}
        """),
    "calendar": dedent("""\
        years: 3
        start: 2027
        delay: 1
        discount_rate: 8 %
        inputs: {a: 5 to 9}
        investment: {Build: a * calendar_year / 1000, Stock: 2 * kept}
        benefits: {Gain: "from_year(2, a * calendar_year) + discounted(kept)"}
        calculations: {kept: {start: a, next: previous + calendar_year}}
        """),
    "long": _words(
        "{a: normal(3, 1), b: normal(2, 0.5)}",
        long=" + ".join(f"a * {n} / (b + {n})" for n in range(1, 60)),
        deep="(" * 55 + "a" + " * 1.01 + b)" * 55,
        wide="min(" + ", ".join(f"a + {n} * b" for n in range(300)) + ")",
        chain=" - ".join(["a"] * 199),
        tests=" and ".join(["a"] * 199),
        signs="0 " + "- -" * 90 + " a",
        doors="if(a > 9, 1, " * 55 + "b" + ")" * 55,
    ),
    "one year": "years: 1\ndiscount_rate: 8 %\ninvestment: {A: 9 to 11}\nbenefits: {B: 8 to 16}\n",
    "names": dedent("""\
        years: 2
        discount_rate: 8 %
        inputs: {täckningsbidrag: 5 to 9, R: 3, C: 2, A1: 7}
        investment: {"=1+1": 9}
        benefits: {"@SUM(A1)": täckningsbidrag * R, "+x": C * A1}
        costs: {"-y": 1, "😀": 2}
        """),
}
