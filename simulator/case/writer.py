"""Case → YAML, as one would type it. Reading it again gives an equal case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simulator.case.case import TEXTS, Case, Entry, Expression
from simulator.case.keys import SECTIONS
from simulator.language import show
from simulator.language.numbers import number_from, write_number

# What YAML would read as something else, or not at all, needs quotes.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n]*")


def write(case: Case) -> str:
    """The text of a case file that says the same.

    What was inherited with `extends` is written out; comments are not kept. Numbers are written
    the way `numbers` says.
    """
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f"case: {_scalar(case.name)}"
    for key in ("currency", "decision", "scope", "note"):
        if getattr(case, key):
            yield f"{key}: {_scalar(getattr(case, key))}"
    for key in ("years", "start", "delay"):
        value = getattr(case, key)
        if value is not None and (key != "delay" or value):
            yield f"{key}: {value}"
    if case.discount_rate is not None:
        yield f"discount_rate: {_expression(case.discount_rate, case)}"
    if case.hurdle is not None:
        yield f"hurdle: {_number(case.hurdle.years, case)} years" + (
            " discounted" if case.hurdle.discounted else ""
        )
    if case.timing != "end":
        yield f"timing: {case.timing}"
    if case.tax is not None:
        yield "tax:"
        yield f"  rate: {_expression(case.tax.rate, case)}"
        yield f"  depreciation_years: {case.tax.depreciation_years}"
        yield f"  losses: {case.tax.losses}"
    if case.risk_tolerance is not None:
        yield f"risk_tolerance: {_number(case.risk_tolerance, case)}"
    for key in ("trials", "seed", "sampling"):
        if getattr(case, key) is not None:
            yield f"{key}: {getattr(case, key)}"
    for key in ("language", "numbers"):
        if getattr(case, key) != "en":
            yield f"{key}: {getattr(case, key)}"
    for section in SECTIONS:
        entries: Mapping[str, Entry] = getattr(case, section)
        if entries:
            yield ""
            yield f"{section}:"
            for entry in entries.values():
                yield from _entry(entry, case)
    if case.dependence:
        yield ""
        yield "dependence:"
        for pair in case.dependence:
            yield f"  - between: [{', '.join(pair.between)}]"
            yield f"    {pair.kind}: {_expression(pair.value, case)}"
    if case.not_valued:
        yield ""
        yield "not_valued:"
        yield from (f"  - {_scalar(text)}" for text in case.not_valued)
    if case.follow_up:
        yield ""
        yield "follow_up:"
        for item in case.follow_up:
            yield f"  - what: {_scalar(item.what)}"
            if item.month is not None:
                yield f"    month: {item.month}"
            if item.refutes:
                yield f"    refutes: {_scalar(item.refutes)}"
    if case.outputs:
        yield ""
        yield f"outputs: [{', '.join(case.outputs)}]"


def _entry(entry: Entry, case: Case) -> Iterator[str]:
    texts = [(key, getattr(entry, key)) for key in TEXTS if getattr(entry, key)]
    name = _scalar(entry.name)
    if entry.formula is not None and not texts:
        yield f"  {name}: {_expression(entry.formula, case)}"
        return
    yield f"  {name}:"
    if entry.formula is not None:
        key = "estimate" if entry.section == "inputs" else "formula"
        yield f"    {key}: {_expression(entry.formula, case)}"
    else:
        assert entry.start is not None and entry.next is not None
        yield f"    start: {_expression(entry.start, case)}"
        yield f"    next: {_expression(entry.next, case)}"
    for key, text in texts:
        yield f"    {key}: {_scalar(text)}"


def _expression(expression: Expression, case: Case) -> str:
    return _scalar(show(expression.tree, case.numbers))


def _number(value: float, case: Case) -> str:
    return write_number(number_from(value), case.numbers)


def _scalar(text: str) -> str:
    """A text that YAML reads back as it is."""
    plain = _PLAIN.fullmatch(text) and ": " not in text and " #" not in text
    if (plain or _signed(text)) and text == text.strip() and not text.endswith(":"):
        return text
    if "\\" not in text and '"' not in text and "\n" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _signed(text: str) -> bool:
    """A leading minus is plain YAML where no space follows."""
    return re.fullmatch(r"-[^\s\-][^\n]*", text) is not None and not re.search(r": | #", text)
