"""Texts of a case file → entries, expressions and settings; mistakes are noted, not raised."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from simulator.case.case import TEXTS, Entry, Expression, Hurdle
from simulator.case.document import Content, Document, Listing, Scalar, Table, Unreadable
from simulator.case.keys import LATER_IN_ENTRY, did_you_mean, why_no_name
from simulator.errors import Place
from simulator.language import NUMBERS, LanguageError, parse
from simulator.language.names import normal
from simulator.language.tree import Node, Number, Unary


class Removed:
    """`none` stands here: what was inherited goes."""

    def __init__(self, place: Place) -> None:
        self.place = place


class Reader:
    """Turns the contents of one file into entries and settings."""

    def __init__(self, document: Document, numbers: str) -> None:
        self.document = document
        self.numbers = numbers

    def is_none(self, value: Content) -> bool:
        """Whether `none` stands here, which removes what a file inherits."""
        return isinstance(value, Scalar) and value.text.strip() == "none"

    def setting(self, name: str, value: Content) -> Any:
        """The value of a key that is no section; None where it could not be read."""
        if self.is_none(value) and name != "case":
            return Removed(value.place)
        readers: dict[str, Callable[[str, Content], Any]] = {
            "case": self.text, "currency": self.text, "note": self.text, "extends": self.text,
            "years": self.whole(1, 100), "start": self.whole(1, 9999), "delay": self.whole(0, 50),
            "trials": self.whole(1, 10**9), "seed": self.whole(0, 2**63 - 1),
            "timing": self.choice("end", "middle"), "numbers": self.choice(*NUMBERS),
            "sampling": self.choice("sobol", "latin", "random"), "language": self.choice(*NUMBERS),
            "risk_tolerance": self.amount, "discount_rate": self.expression,
            "hurdle": self.hurdle, "outputs": self.outputs,
            "decision": self.text, "scope": self.text, "tax": self._no_table,
        }  # fmt: skip
        return readers[name](name, value)

    def section(self, section: str, value: Content) -> dict[str, Entry | Removed]:
        """The entries under `inputs`, `benefits` ..."""
        if isinstance(value, Scalar) and not value.text.strip():
            return {}
        if not isinstance(value, Table):
            self.document.problem(
                value.place,
                f"`{section}` holds `name: value` lines",
                "a ` #` begins a comment: put a label that holds it in quotes"
                if " #" in value.place.text
                else "indent them, and put a space after the `:`",
                section,
            )
            return {}
        entries: dict[str, Entry | Removed] = {}
        for key, content in value.items:
            name = normal(key.text)
            entry = self.entry(section, name, key, content)
            if entry is not None:
                entries[name] = entry
        return entries

    def entry(self, section: str, name: str, key: Scalar, value: Content) -> Entry | Removed | None:
        """One named entry: an expression, or a mapping with what is known about it."""
        path = f"{section}.{name}"
        if section in ("inputs", "calculations"):
            objection = why_no_name(name)
            if objection:
                self.document.problem(key.place, objection, "give it another name", section)
                return None
        elif not name:
            self.document.problem(key.place, "a line of money needs a label", "", section)
            return None
        if isinstance(value, Scalar):
            if value.text.strip() == "none":
                return Removed(value.place)
            if not value.text.strip():
                remedy = "write a number, an estimate or a formula behind the `:`"
                self.document.problem(key.place, "nothing stands here", remedy, path)
                return Entry(name, section, place=key.place)
            formula = self.expression(path, value)
            return Entry(name, section, formula, place=key.place)
        if isinstance(value, Listing):
            self.document.problem(
                value.place, "a list stands where a value belongs", "write one expression", path
            )
        if not isinstance(value, Table):
            return Entry(name, section, place=key.place)
        return self._detailed(section, name, key, value)

    def _detailed(self, section: str, name: str, key: Scalar, table: Table) -> Entry:
        path = f"{section}.{name}"
        known = ("estimate", "formula", "start", "next", *TEXTS)
        formulas: dict[str, Expression | None] = {}
        texts: dict[str, str] = {}
        for inner, value in table.items:
            word = normal(inner.text)
            if word in TEXTS:
                texts[word] = self.text(f"{path}.{word}", value) or ""
            elif word in known:
                formulas[word] = self.expression(f"{path}.{word}", value)
            elif word in LATER_IN_ENTRY:
                self.document.problem(
                    inner.place, f"`{word}` is known, but this version cannot use it yet",
                    "remove it, or put # before it", path,
                )  # fmt: skip
            else:
                self.document.problem(
                    inner.place, f"`{word}` is not a key of an entry", did_you_mean(word, known),
                    path,
                )  # fmt: skip
        given = tuple(word for word in known[:4] if word in formulas)
        allowed: set[tuple[str, ...]] = {("estimate",), ("formula",)}
        if section == "calculations":
            allowed.add(("start", "next"))
        if given not in allowed:
            words = {"inputs": "`estimate:`", "calculations": "`formula:`, or `start:` and `next:`"}
            choice = words.get(section, "`formula:`")
            found = " and ".join(f"`{word}`" for word in given) or "nothing"
            self.document.problem(
                key.place, f"{found} to say what it is worth", f"give it one {choice}", path
            )
            return Entry(name, section, place=key.place)
        formula = formulas.get("estimate") or formulas.get("formula")
        return Entry(
            name, section, formula, formulas.get("start"), formulas.get("next"),
            **texts, place=key.place,
        )  # fmt: skip

    def expression(self, path: str, value: Content) -> Expression | None:
        """A parsed expression."""
        if isinstance(value, Unreadable):
            return None
        if not isinstance(value, Scalar):
            self.document.problem(
                value.place, "a number, an estimate or a formula belongs here",
                "in { } and [ ] YAML ends a value at a comma: write it on a line of its own", path,
            )  # fmt: skip
            return None
        try:
            return Expression(parse(value.text, self.numbers), value)
        except LanguageError as error:
            self.document.problem(value.at(error.start), error.problem, error.remedy, path)
            return None

    def text(self, path: str, value: Content) -> str | None:
        """A plain text."""
        if isinstance(value, Scalar) and value.text.strip():
            return " ".join(value.text.split())
        self.document.problem(value.place, "a text belongs here", "", path)
        return None

    def choice(self, *known: str) -> Callable[[str, Content], str | None]:
        """One of some words."""

        def read(path: str, value: Content) -> str | None:
            if isinstance(value, Scalar) and value.text in known:
                return value.text
            written = f"`{value.text}`" if isinstance(value, Scalar) else "this"
            self.document.problem(
                value.place, f"{written} is not known here", f"write one of {', '.join(known)}",
                path,
            )  # fmt: skip
            return None

        return read

    def whole(self, least: int, most: int) -> Callable[[str, Content], int | None]:
        """A whole number within a range."""

        def read(path: str, value: Content) -> int | None:
            found = self.number(path, value)
            if found is None:
                return None
            if not found.is_integer() or not least <= found <= most:
                self.document.problem(
                    value.place, f"{path} is {found:g}",
                    f"write a whole number from {least:,} to {most:,}".replace(",", " "), path,
                )  # fmt: skip
                return None
            return int(found)

        return read

    def number(self, path: str, value: Content) -> float | None:
        """A plain number, perhaps with a sign and a unit."""
        expression = self.expression(path, value)
        if expression is None:
            return None
        found = _plain(expression.tree)
        if found is None:
            self.document.problem(value.place, "a plain number belongs here", "", path)
        return found

    def amount(self, path: str, value: Content) -> float | None:
        """A plain number above 0."""
        found = self.number(path, value)
        if found is not None and not 0 < found < math.inf:
            self.document.problem(value.place, f"{path} is {found:g}", "write it above 0", path)
            return None
        return found

    def hurdle(self, path: str, value: Content) -> Hurdle | None:
        """`3 years`, or `3 years discounted`."""
        words = value.text.split() if isinstance(value, Scalar) else []
        discounted = words[-1:] == ["discounted"]
        words = words[:-1] if discounted else words
        words = words[:-1] if words[-1:] in (["years"], ["year"]) else words
        try:
            years = _plain(parse(" ".join(words), self.numbers))
        except LanguageError:
            years = None
        if years is None or not years > 0 or not math.isfinite(years):
            self.document.problem(
                value.place, "the acceptable payback cannot be read",
                "write `3 years`, or `3 years discounted`", path,
            )  # fmt: skip
            return None
        return Hurdle(years, discounted)

    def outputs(self, path: str, value: Content) -> tuple[tuple[str, Place], ...]:
        """The names a case without money reports."""
        items = value.items if isinstance(value, Listing) else (value,)
        found = [
            (normal(item.text), item.place)
            for item in items
            if isinstance(item, Scalar) and item.text
        ]
        if len(found) != len(items) or not found:
            self.document.problem(value.place, "names belong here", "write `outputs: [cost]`", path)
        return tuple(found)

    def tax(self, table: Table) -> dict[str, Any]:
        """`rate`, `depreciation_years` and `losses`."""
        readers: dict[str, Callable[[str, Content], Any]] = {
            "rate": self.expression,
            "depreciation_years": self.whole(1, 100),
            "losses": self.choice("used", "carried"),
        }
        found: dict[str, Any] = {}
        for key, value in table.items:
            if key.text not in readers:
                self.document.problem(
                    key.place, f"`{key.text}` is not a key of tax", did_you_mean(key.text, readers),
                    "tax",
                )  # fmt: skip
            elif isinstance(value, Scalar) and value.text.strip() == "none":
                found[key.text] = Removed(value.place)
            else:
                found[key.text] = readers[key.text](f"tax.{key.text}", value)
        return found

    def _no_table(self, path: str, value: Content) -> None:
        self.document.problem(
            value.place, "tax is a mapping",
            "write `tax: {rate: 20.6 %, depreciation_years: 5}`", path,
        )  # fmt: skip


def _plain(tree: Node) -> float | None:
    """The value of a number with a sign, None for anything else."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Unary) and tree.operator in "+-" and isinstance(tree.operand, Number):
        return -tree.operand.value if tree.operator == "-" else tree.operand.value
    return None
