"""What a case file writes as lists: dependence, what is not valued, what to follow up."""

from __future__ import annotations

from simulator.case.case import Dependence, FollowUp
from simulator.case.document import Content, Listing, Scalar, Table, Unreadable
from simulator.case.keys import did_you_mean
from simulator.case.reader import Reader
from simulator.language.names import normal

PAIR = "write `- {between: [a, b], rank: 0.4}` or `- {between: [a, b], same_half: 75 %}`"
APART = "write `- between: [a, b]`, and below it, two spaces in, `rank: 0,4` or `same_half: 75 %`"
"""The same where a decimal comma would end a value inside { }."""
FOLLOW_UP = "write `- {what: adoption, month: 6, refutes: under 20 % use it}`"


def dependence(reader: Reader, path: str, value: Content) -> tuple[Dependence, ...]:
    """A list of pairs and how they move together."""
    if isinstance(value, Scalar) and not value.text.strip():
        return ()
    if not isinstance(value, Listing):
        reader.document.problem(value.place, "a list belongs here", _example(reader), path)
        return ()
    pairs = (_pair(reader, item) for item in value.items)
    return tuple(pair for pair in pairs if pair is not None)


def _example(reader: Reader) -> str:
    return PAIR if reader.numbers == "en" else APART


def _pair(reader: Reader, item: Content) -> Dependence | None:
    if isinstance(item, Unreadable):
        return None
    pair = _example(reader)
    if not isinstance(item, Table):
        reader.document.problem(item.place, "a pair belongs here", pair, "dependence")
        return None
    values = {normal(key.text): (key, value) for key, value in item.items}
    for word in ("kendall", "driver", "strength"):
        if word in values:
            reader.document.problem(
                values[word][0].place,
                f"`{word}` is part of the language, but this version cannot use it yet",
                "write `rank:`, a rank correlation between -1 and 1", "dependence",
            )  # fmt: skip
            return None
    between = values.pop("between", None)
    unknown = [word for word in values if word not in ("rank", "same_half")]
    if unknown or between is None or len(values) != 1:
        reader.document.problem(item.place, "a pair needs two names and one figure", pair,
                              "dependence")  # fmt: skip
        return None
    names = reader.outputs("dependence.between", between[1])
    if len(names) != 2 or names[0][0] == names[1][0]:
        reader.document.problem(
            between[1].place, "`between` takes two different names",
            "write a line for each pair", "dependence",
        )  # fmt: skip
        return None
    kind, (_, figure) = next(iter(values.items()))
    expression = reader.expression(f"dependence.{kind}", figure)
    if expression is None:
        return None
    both = (names[0][0], names[1][0])
    return Dependence(both, "rank" if kind == "rank" else "same_half", expression, place=item.place)


def not_valued(reader: Reader, path: str, value: Content) -> tuple[str, ...]:
    """What the case leaves out on purpose: a list of texts, or one text."""
    items = value.items if isinstance(value, Listing) else (value,)
    texts = (reader.text(path, item) for item in items)
    return tuple(text for text in texts if text is not None)


def follow_up(reader: Reader, path: str, value: Content) -> tuple[FollowUp, ...]:
    """A list of what to measure, in which month, and what reading would refute the case."""
    items = value.items if isinstance(value, Listing) else (value,)
    found = (_followed(reader, path, item) for item in items)
    return tuple(item for item in found if item is not None)


def _followed(reader: Reader, path: str, item: Content) -> FollowUp | None:
    known = ("what", "month", "refutes")
    if isinstance(item, Unreadable):
        return None
    if not isinstance(item, Table):
        reader.document.problem(item.place, "a mapping belongs here", FOLLOW_UP, path)
        return None
    values = {normal(key.text): (key, value) for key, value in item.items}
    for name, (key, _) in values.items():
        if name not in known:
            problem = f"`{name}` is not a key of {path}"
            reader.document.problem(key.place, problem, did_you_mean(name, known), path)
    if "what" not in values:
        reader.document.problem(item.place, "`what` is to be followed up?", FOLLOW_UP, path)
        return None
    month = (
        reader.whole(0, 1200)(f"{path}.month", values["month"][1]) if "month" in values else None
    )
    refutes = reader.text(f"{path}.refutes", values["refutes"][1]) if "refutes" in values else ""
    return FollowUp(reader.text(f"{path}.what", values["what"][1]) or "", month, refutes or "")
