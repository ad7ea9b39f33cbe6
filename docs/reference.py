"""The generated parts of the pages: what there is, from the registries; what it means, computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
import examples

import utfall as ut
from distributions import FAMILIES, Marginal, normal_from_same_half, rank_from_normal, shape_picture
from reports.numbers import SPACE, exact, number, percent
from simulator.case.keys import COMPARISON, LATER, LATER_FUNCTIONS, LATER_IN_ENTRY, RESERVED
from simulator.language.numbers import KEYWORDS
from simulator.language.tree import UNITS
from simulator.language.words import ESTIMATES, FORMULAS, TIME, Word
from simulator.result.result import Result
from utfall.cli import main
from utfall.examples import TEMPLATES


def templates() -> str:
    """The example cases that `utfall new` writes."""
    rows = [(f"`{name}`", about) for name, about in TEMPLATES.items()]
    return table(("`utfall new ...`", "What it is about"), rows)


def units() -> str:
    """What may stand behind a number."""
    rows = [(f"`{unit}`", f"× {exact(10.0**power)}") for unit, power in UNITS.items()]
    return table(("Unit", "Means"), rows)


def numbers_read() -> str:
    """Numbers as people write them, and what is read."""
    rows = [(f"`{text}`", "", exact(value_of(text))) for text in examples.NUMBERS]
    rows += [
        (f"`{text}`", f"`numbers: {numbers}`", exact(value_of(text, numbers)))
        for text, numbers in examples.NORDIC
    ]
    return table(("Written", "In a file that says", "Is"), rows)


def reserved() -> str:
    """Names that nothing may have."""
    return " ".join(f"`{word}`" for word in sorted(RESERVED, key=lambda word: (word.lower(), word)))


def operators() -> str:
    """Operators, the tightest first."""
    rows = [
        (signs, means, f"`{example}` is {exact(value_of(example))}")
        for signs, means, example in examples.OPERATORS
    ]
    return table(("Operator", "Means", "Example"), rows)


def formulas() -> str:
    """Every function of one year's values."""
    rows = [
        (f"`{word.signature}`", word.meaning, f"`{example}` is {number(value_of(example))}")
        for word, example in with_examples(FORMULAS, examples.FUNCTIONS)
    ]
    return table(("Function", "Is", "Example"), rows)


def time() -> str:
    """Every word of time, year by year."""
    lines = "\n".join(f"  {name}_: {text}" for name, text in examples.OVER_YEARS.items())
    case = ut.read(
        f"years: 5\ndiscount_rate: 8 %\ncalculations:\n  sold: 10 * year\n{lines}\n"
        f"outputs: [{', '.join(f'{name}_' for name in examples.OVER_YEARS)}]\n"
    )
    found = ut.base_case(case).quantities
    rows = []
    for word, example in with_examples(TIME, examples.OVER_YEARS):
        value = found[f"{word.name}_"]
        values = [value] if isinstance(value, float) else value.tolist()
        shown = " · ".join(_short(x) for x in values) + (
            "" if len(values) > 1 else " (one figure for all years)"
        )
        rows.append((f"`{word.signature}`", word.meaning, f"`{example}`", shown))
    return table(("Word", "In year t", "Example", "Years 1 to 5"), rows)


def conventions() -> str:
    """One small case under each convention of money and time."""
    base = {
        "years": "5", "discount_rate": "8 %", "investment": "{Outlay: 1000}",
        "benefits": "\n  Income:\n    formula: ramp(300, 420, 360, 240, 180)",
    }  # fmt: skip
    variants = {
        "as it stands": {},
        "`timing: middle`": {"timing": "middle"},
        "`delay: 1`": {"delay": "1"},
        "`tax: {rate: 20 %, depreciation_years: 5}`": {
            "tax": "{rate: 20 %, depreciation_years: 5}"
        },
        "`tax: {rate: 20 %, depreciation_years: 2, losses: carried}`": {
            "tax": "{rate: 20 %, depreciation_years: 2, losses: carried}"
        },
    }
    rows = []
    for said, changes in variants.items():
        found = ut.base_case(ut.read(as_yaml(base | changes))).outcomes
        rows.append(
            (said, f"{found['npv']:.2f}", percent(found["irr"]), f"{found['payback']:.2f}",
             f"{found['discounted_payback']:.2f}")
        )  # fmt: skip
    head = (
        "The case",
        "Net present value",
        "Internal rate",
        "Payback, years",
        "Discounted payback",
    )
    return table(head, rows)


def ranges() -> str:
    """Intervals, alone and in a family."""
    return described(examples.RANGES)


def three_points() -> str:
    """Lowest, most likely, highest."""
    return described(examples.THREE_POINTS)


def families() -> str:
    """Every family that there is, from the registry."""
    rows = []
    for family in FAMILIES.values():
        extra = [name for name in family.optional if name not in (*family.parameters, *KEYWORDS)]
        added = " ".join(f"`{name}=`" for name in extra if f"{name}=" not in family.signature)
        interval = "yes" if family.takes_interval else ""
        rows.append((f"`{family.signature}`", added, interval, family.summary))
    return table(("Written", "May be added", "Takes `5 to 40`", "What it is"), rows)


def family_examples() -> str:
    """One example of every family."""
    return described((*(examples.OF_FAMILY[name] for name in FAMILIES), *examples.BEYOND))


def cutting() -> str:
    """What is made of the part of an estimate that lies out of bounds."""
    return combined(name for name in ESTIMATES if name in examples.CUT)


def possibilities() -> str:
    """One of several: all other words that make an estimate of estimates."""
    return combined(name for name in ESTIMATES if name not in examples.CUT)


def redrawn() -> str:
    """Drawn once, each year, or each year with a memory: what five years sum to."""
    said = {
        "normal(100, 20)": "one draw, the same in all years",
        "each_year(normal(100, 20))": "a new draw each year",
        "each_year(normal(100, 20), persistence=0.6)": "a new draw that remembers the last one",
    }
    rows = []
    for text, means in said.items():
        case = ut.read(
            f"years: 5\ninputs:\n  x: {text}\ncalculations:\n  total: sum_over_years(x)\n"
            "outputs: [total]\n"
        )
        total = simulated(case).quantities["total"]
        assert not isinstance(total, tuple)
        ends = [number(total.percentile(percent)) for percent in (5, 95)]
        rows.append((f"`{text}`", means, f"{ends[0]} to {ends[1]}"))
    return table(("Written", "Means", "90 % of the five-year totals"), rows)


def same_half() -> str:
    """How a share of same halves reads as a rank correlation."""
    shares = (0.5, 0.6, 2 / 3, 0.75, 0.9, 1.0)
    ranks = [rank_from_normal(normal_from_same_half(share)) for share in shares]
    rows = [("`rank`", *(f"{max(rank, 0.0):.2f}" for rank in ranks))]
    return table(("`same_half`", *(percent(round(share, 2)) for share in shares)), rows)


def later() -> str:
    """Words that are kept for what comes, and refused until then."""
    functions = [f"`{name}(...)`" for name in sorted(LATER_FUNCTIONS)]
    names = sorted((LATER - set(COMPARISON)) | LATER_IN_ENTRY)
    return " ".join([*(f"`{name}`" for name in names), *functions])


def bad_numbers() -> str:
    """What is refused as a number, and what the program says."""
    return complaints((text, {"inputs": f"\n  a: {text}"}) for text in examples.BAD_NUMBERS)


def bad_estimates() -> str:
    """What is refused as an estimate."""
    return complaints(
        (text, {"calculations": f"\n  y: a\n  z: {text}"}) for text in examples.BAD_ESTIMATES
    )


def bad_formulas() -> str:
    """What is refused as a formula of the calculation `x`."""
    return complaints((text, {"calculations": f"\n  x: {text}"}) for text in examples.BAD_FORMULAS)


def bad_lines() -> str:
    """What is refused as a line of the file."""
    return complaints(examples.BAD_LINES)


def whole_message() -> str:
    """One mistake as it is printed, in full."""
    text = as_yaml(examples.CASE | {"calculations": "\n  customers_lost: a * churm"})
    return fenced(str(problems_of(text, "booking.yaml")))


def no_value() -> str:
    """What is said when a formula fails in some futures only."""
    case = ut.read(
        "inputs:\n  price: normal(3, 2)\ncalculations:\n  index: sqrt(price)\noutputs: [index]\n"
    )
    try:
        simulated(case)
    except ut.RunError as error:
        return fenced(str(error))
    raise AssertionError("the square root of a negative number has a value")


def options() -> str:
    """The options of every command."""
    found: dict[tuple[str, str], list[str]] = {}
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        for option in command.params if command else ():
            if isinstance(option, click.Option) and option.help:
                said = f"{max(option.opts, key=len)} {_value(option)}".strip(), option.help
                found.setdefault(said, []).append(f"`{name}`")
    rows = [(f"`{said}`", " ".join(names), does) for (said, does), names in found.items()]
    return table(("Option", "Of", "Does"), rows)


def api() -> str:
    """Everything that `import utfall as ut` offers."""
    rows = [
        (f"`ut.{name}`", _first_line(getattr(ut, name)))
        for name in ut.__all__
        if name != "__version__"
    ]
    return table(("Name", "What it is"), rows)


GENERATED: dict[str, Callable[[], str]] = {
    part.__name__: part
    for part in (
        templates, units, numbers_read, reserved, operators, formulas, time, conventions, ranges,
        three_points, families, family_examples, cutting, possibilities, redrawn, same_half, later,
        bad_numbers, bad_estimates, bad_formulas, bad_lines, whole_message, no_value, options, api,
    )
}  # fmt: skip
"""Name of a generated part → the function that writes it."""

_PERCENTILES = ("Written", "P5", "P50", "P95", "Shape")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def fenced(text: str) -> str:
    """A block of plain text."""
    return f"```text\n{text}\n```"


def described(examples: Iterable[tuple[str, str]]) -> str:
    """Estimates with their percentiles, their shape and when to use them."""
    rows = [(f"`{text}`", *percentiles(ut.estimate(text)), use) for text, use in examples]
    return table((*_PERCENTILES, "Use it for"), rows)


def combined(words: Iterable[str]) -> str:
    """Estimates made of others, with their percentiles, their shape and their meaning."""
    rows = []
    for name in words:
        rows += [
            (f"`{text}`", *percentiles(ut.estimate(text)), ESTIMATES[name].meaning)
            for text in examples.COMBINED[name]
        ]
    return table((*_PERCENTILES, "What it is"), rows)


def percentiles(estimate: Marginal) -> tuple[str, ...]:
    """P5, P50, P95 and the shape."""
    values = [float(estimate.percentile(percent)) for percent in (5, 50, 95)]
    share = estimate.support[0] == 0 and estimate.support[1] == 1 and not estimate.is_discrete
    write: Callable[[float], str] = percent if share else number
    return (*(write(value) for value in values), f"`{shape_picture(estimate).replace(' ', SPACE)}`")


def with_examples(words: dict[str, Word], examples: dict[str, str]) -> list[tuple[Word, str]]:
    """Each word with its example."""
    return [(word, examples[name]) for name, word in words.items()]


def value_of(formula: str, numbers: str = "en") -> float:
    """What a constant formula is worth."""
    case = ut.read(f"numbers: {numbers}\ncalculations:\n  x: {formula}\noutputs: [x]\n")
    value = ut.base_case(case).quantities["x"]
    assert isinstance(value, float)
    return value


def simulated(case: ut.Case) -> Result:
    """A case run as a user would, with fewer trials."""
    return ut.simulate(case, trials=16_384)


def as_yaml(lines: dict[str, str]) -> str:
    """Keys and values as the text of a file."""
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


def complaints(mistakes: Iterable[tuple[str, dict[str, str]]]) -> str:
    """Mistakes with what is said of them and what to write instead."""
    rows = []
    for written, changes in mistakes:
        problem = problems_of(as_yaml(examples.CASE | changes)).problems[0]
        rows.append((f"`{written}`", problem.problem, problem.remedy))
    return table(("Written", "The program says", "And what to do"), rows)


def problems_of(text: str, file: str = "") -> ut.CaseError:
    """What is wrong with a case."""
    try:
        ut.read(text, file)
    except ut.CaseError as error:
        return error
    raise AssertionError(f"nothing is wrong with\n{text}")


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return " / ".join(option.type.choices)
    return "" if option.is_flag else option.metavar or ""


def _short(value: float) -> str:
    return number(round(value, 12))


def _first_line(thing: Any) -> str:
    return (thing.__doc__ or "").strip().split("\n", 1)[0].strip()
