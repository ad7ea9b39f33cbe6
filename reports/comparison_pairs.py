"""The tables that put alternatives against each other: places, pairs, dominance, conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from reports.comparison_reading import ALMOST, Reading, dominance_kind, short_names, told_apart
from reports.comparison_tables import LABEL, WHO, amount_cell, chance_cell, counted_in
from reports.document import Cell, Column, Row, Table
from reports.ends import error_of
from reports.language import message, say, say_in, say_many
from reports.marks import marks
from reports.notes import note
from reports.numbers import Shown, chance_shown, money, percent
from reports.tables import mean, reached
from reports.units import Unit, unit_in
from reports.words import chance_said, shortened
from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.analysis.pairs import Condition, Pair
    from simulator.analysis.ranking import Place, Ranking

FEW = 6  # of so many alternatives, doing nothing among them, every pair is shown
BRIEFLY = 5  # places shown by criteria that are not the comparison's own
DECISIVE = 3
_NORMAL = 1.96  # half of a 95 % interval, in standard errors


def ranking_table(reading: Reading) -> Table:
    """The places by every criterion, and whether the trials tell an alternative from the first."""
    names, rows = short_names(reading.order, LABEL), list[Row]()
    for ranking in reading.rankings.values():
        own = ranking is reading.own
        shown = ranking.places if own else ranking.places[:BRIEFLY]
        rows.append(Row((Cell(_by(reading, ranking)),), kind="heading"))
        for number, place in enumerate(shown, start=1):
            label = Cell(f"{number}. {names[place.name]}")
            apart = Cell(told_apart(reading, ranking, place))
            last = _left_out(ranking, len(shown)) if number == len(shown) else ()
            cells = (label, *_standing(reading, ranking, place), apart)
            rows.append(Row(cells, last, "marked" if own and number == 1 else "plain"))
        if not shown:
            # translators: no alternative is ranked
            rows.append(Row((Cell(say("nobody")), *[Cell()] * 3), _left_out(ranking, 0)))
    columns = (
        WHO,
        Column(say_in("column", "Figure")),
        # translators: how far an alternative is behind the first one
        Column(say("Behind"), say("the first")),
        # translators: whether the trials tell an alternative from the first one
        Column(say("Told apart"), say("from the first"), kind="text"),
    )
    explained = say(
        "Told apart: the 95 % interval of the difference, from the same trials for both, leaves "
        "out 0. Where it does not, the two are not distinguishable at this number of trials."
    )
    unit, title = counted_in(reading), say("Ranking; the first criterion is that of the comparison")
    if unit:
        title = say(
            "Ranking, amounts in {unit}; the first criterion is that of the comparison", unit=unit
        )
    return Table(title, columns, tuple(rows), (explained,))


def _by(reading: Reading, ranking: Ranking) -> str:
    criterion = reading.brief(ranking.criterion)
    tolerance = reading.compared.comparison.risk_tolerance
    if ranking.criterion == "certainty_equivalent" and tolerance is not None:
        amount = money(tolerance, reading.currency)
        return say("By {criterion} (risk tolerance {amount})", criterion=criterion, amount=amount)
    # translators: heading above a ranking: "By mean net present value"
    return say("By {criterion}", criterion=criterion)


def _standing(reading: Reading, ranking: Ranking, place: Place) -> tuple[Cell, Cell]:
    """The figure of an alternative, and how far it is behind the first."""
    behind, error = abs(place.difference.value or 0.0), error_of(place.difference)
    if ranking.criterion == "payback":
        result = reading.compared.results[place.name]
        figure = Cell.of(chance_said(result, place.figure))
        shown = _points(behind, None if reading.certain else error)
    else:
        figure = amount_cell(reading, place.figure)
        shown = reading.scale.shown(behind, error)
    if place.name == ranking.first:
        return figure, Cell("–")
    if place.told and shown.error and _digits(shown.text) <= _digits(shown.error):
        shown = Shown(say("over {limit}", limit="0"))  # known to be real, but not to a digit
    return figure, Cell.of(shown)


def _points(share: float, error: float | None) -> Shown:
    """A difference of two chances, in percentage points."""
    shown = chance_shown(share, error) if share else Shown("0")
    # translators: percentage points, as in "3 points"
    return Shown(shown.text.replace("%", say("points")), shown.error)


def _digits(text: str) -> float:
    """The figure of a text, read with the marks of the language that it is written in."""
    plain = text.replace(marks().group, "").replace(marks().decimal, ".")
    found = re.search(r"\d+(\.\d+)?", plain)
    return float(found.group()) if found else 0.0


def _left_out(ranking: Ranking, shown: int) -> tuple[str, ...]:
    """Who is not in the list, and why."""
    said = []
    rest = len(ranking.places) - shown
    if rest > 0:
        said.append(
            say_many("and {count} more, in the JSON", "and {count} more, in the JSON", rest)
        )
    reasons: dict[str, list[str]] = {}
    names = short_names(ranking.unranked, LABEL)
    for name, why in ranking.unranked.items():
        reasons.setdefault(note(why), []).append(names[name])
    for why, left in reasons.items():
        said.append(say("not ranked: {names} ({reason})", names=", ".join(left), reason=why))
    return tuple(said)


@dataclass(frozen=True)
class Group:
    """Pairs under one heading, each with what stands for it."""

    heading: str
    pairs: tuple[tuple[str, Pair], ...]


def pair_groups(reading: Reading) -> tuple[Group, ...]:
    """All pairs of a few alternatives; else those with the first, with `Nothing`, and what-ifs."""
    order, names = reading.order, short_names(reading.order, LABEL)
    pair = reading.compared.pair
    if len(order) <= FEW:
        return tuple(
            Group(_against(names[a]), tuple((names[b], pair(a, b)) for b in order[place:]))
            for place, a in enumerate(order[:-1], start=1)
        )
    first, rest = order[0], order[1:-1]
    groups = [
        Group(_against(names[first]), tuple((names[b], pair(first, b)) for b in order[1:])),
        Group(say("Each against doing nothing"), tuple((names[a], pair(a, NOTHING)) for a in rest)),
    ]
    origins = reading.compared.comparison.variants
    changed = [(origins[b], b) for b in order if b in origins and origins[b] != first]
    if changed:
        heading = say("Each as it is against the same with the change")
        groups.append(Group(heading, tuple((names[a], pair(a, b)) for a, b in changed)))
    return tuple(groups)


def _against(name: str) -> str:
    # translators: heading above the names of those that it is set against
    return say("{name} against", name=name)


def pairs_table(reading: Reading, groups: Sequence[Group]) -> Table:
    """How often, and by how much, one alternative is better than another on the same futures."""
    rows = []
    for group in groups:
        rows.append(Row((Cell(group.heading),), kind="heading"))
        rows += [_pair_row(reading, label, pair) for label, pair in group.pairs]
    # translators: above the chance that one alternative is better than the other
    better = Column(say_in("column", "Better"), say_in("below a heading", "chance"))
    columns = (WHO, better, mean(), reached(10), reached(50), reached(90))
    notes = [say("Each trial is the same future for both; where they are equal, half counts.")]
    count = len(reading.order)
    left = count * (count - 1) // 2 - sum(len(group.pairs) for group in groups)
    if left:
        notes.append(
            say_many(
                "The other {count} pair is in the JSON.",
                "The other {count} pairs are in the JSON.",
                left,
            )
        )
    unit, title = counted_in(reading), say("Pair by pair: difference in net present value")
    if unit:
        title = say("Pair by pair: difference in net present value, {unit}", unit=unit)
    return Table(title, columns, tuple(rows), tuple(notes))


def _pair_row(reading: Reading, label: str, pair: Pair) -> Row:
    if pair.equal:
        return Row((Cell(label), Cell(say_in("two alternatives", "equal")), *[Cell("0")] * 4))
    figures = (pair.mean_difference, *(pair.percentiles[p] for p in (10, 50, 90)))
    better = chance_cell(reading, pair.chance_a_better, pair.a, pair.b)
    return Row((Cell(label), better, *(amount_cell(reading, figure) for figure in figures)))


_KINDS = {
    # translators: kinds of stochastic dominance, as headings above pairs of alternatives
    "equal": message("Equal: the same in every trial"),
    "alike": message("Alike: the same distribution, though not trial by trial"),
    "first": message("First order: at least as good at every percentile, so better for everyone"),
    "second_almost": message(
        "Second order and almost first: better for everyone who dislikes risk, and little of the "
        "area between the S-curves speaks against it"
    ),
    "second": message("Second order: better for everyone who dislikes risk"),
    "almost": message(
        "Almost first order: little of the area between the S-curves speaks against it"
    ),
    "untold": message("Not distinguishable at this number of trials"),
    "none": message("Neither: which is better depends on how much risk one can bear"),
}
# translators: alternatives, {better} being better than {worse}; either may be a list of names
_OVER = message("{better} over {worse}")
_BETWEEN = {
    # translators: pairs of alternatives; either side may be a list of names
    "none": message("{one} against {other}"),
    "untold": message("{one} and {other}"),
    "equal": message("{one} and {other}"),
    "alike": message("{one} and {other}"),
}


def dominance_table(reading: Reading, groups: Sequence[Group]) -> Table:
    """Which alternatives are better whatever one thinks of risk."""
    names = short_names(reading.order, LABEL)
    found: dict[str, list[tuple[str, str, str]]] = {kind: [] for kind in _KINDS}
    for pair in (pair for group in groups for _, pair in group.pairs):
        kind, violation = dominance_kind(pair), pair.dominance.violation
        better = pair.a if kind in _BETWEEN else pair.dominance.better or pair.a
        other = pair.b if better == pair.a else pair.a
        share = f" ({chance_shown(violation)})" if "almost" in kind and violation else ""
        found[kind].append((names[better], names[other], share))
    rows = []
    for kind, pairs in found.items():
        if pairs:
            said = "; ".join(_gathered(pairs, kind))
            rows += [Row((Cell(say(_KINDS[kind])),), kind="heading"), Row((Cell(said),))]
    notes: tuple[str, ...] = ()
    if any(pairs for kind, pairs in found.items() if "almost" in kind):
        notes = (
            say(
                "In brackets the part of the area between the two S-curves that speaks against it; "
                "almost first order means less than {limit}.",
                limit=percent(ALMOST),
            ),
        )
    title = say("Dominance: how the S-curves lie, at every percentile")
    return Table(title, (WHO,), tuple(rows), notes)


def _gathered(pairs: list[tuple[str, str, str]], kind: str) -> Iterator[str]:
    """Pairs in few words: the name that most of them share is said once."""
    while pairs:
        sides = Counter((side, pair[side]) for pair in pairs for side in (0, 1))
        (side, name), _ = max(sides.items(), key=lambda item: (item[1], -item[0][0]))
        chosen = [pair for pair in pairs if pair[side] == name]
        pairs = [pair for pair in pairs if pair[side] != name]
        others = _some([pair[1 - side] + pair[2] for pair in chosen])
        one, other = (name, others) if side == 0 else (others, name)
        if kind in _BETWEEN:
            yield say(_BETWEEN[kind], one=one, other=other)
        else:
            yield say(_OVER, better=one, worse=other)


def _some(names: list[str], most: int = 6) -> str:
    rest = len(names) - most
    # translators: the last part of a list of names
    more = [say_many("{count} more", "{count} more", rest)] if rest > 0 else []
    return ", ".join([*names[:most], *more])


def condition_tables(reading: Reading) -> tuple[Table, ...]:
    """When the first beats the runner-up, and when it beats doing nothing."""
    first = reading.own.first or reading.subject
    others = [place.name for place in reading.own.places if place.name != first][:1]
    if NOTHING not in (first, *others):
        others.append(NOTHING)
    tables = (_condition_table(reading, first, other) for other in others)
    return tuple(table for table in tables if table is not None)


def _condition_table(reading: Reading, a: str, b: str) -> Table | None:
    rows = []
    for condition in reading.compared.conditions(a, b):
        part = _Parted.of(reading, condition, a, b)
        if condition.spread > 2 * max(part.errors):
            cells = [
                Cell("–") if chance is None else Cell.of(chance_shown(chance, error))
                for chance, error in zip(condition.chances, part.errors, strict=True)
            ]
            rows.append(Row((Cell(shortened(part.title)), *cells), (part.values,)))  # fmt: skip
    if not rows:
        return None
    # translators: the trials are parted in three by the size of an input: its lowest third, ...
    third = say("third")
    columns = (
        Column(say("Input"), kind="text"),
        Column(say("Lowest"), third),
        Column(say("Middle"), third),
        Column(say("Highest"), third),
    )
    title = say(
        "When {one} beats {other}: its chance by the size of an input",
        one=reading.quoted(a), other=reading.quoted(b),
    )  # fmt: skip
    return Table(title, columns, tuple(rows[:DECISIVE]))


@dataclass(frozen=True)
class _Parted:
    """An input as it is called, the values that part its thirds, and the errors of the chances."""

    title: str
    values: str
    errors: tuple[float, ...]

    @classmethod
    def of(cls, reading: Reading, condition: Condition, a: str, b: str) -> _Parted:
        """The input of a condition: of `a`, or of `b` if only that has it.

        Where both have their own, its name tells whose it is.
        """
        whose, name = next(
            (who, name)
            for who in (a, b)
            for name in reading.compared.results[who].inputs
            if condition.name in (name, f"{name} of {who}")
        )
        result = reading.compared.results[whose]
        outcome = result.inputs[name]
        values = outcome.values
        low, high = condition.low, condition.high
        counts = ((values <= low).sum(), ((values > low) & (values <= high)).sum(),
                  (values > high).sum())  # fmt: skip
        chances = zip(condition.chances, counts, strict=True)
        errors = tuple(0.0 if chance is None else _off(chance, int(n)) for chance, n in chances)
        unit = unit_in(result.case, name, (outcome.percentile(5), outcome.percentile(99)))
        entry = result.case.inputs.get(name)
        title = entry.title if entry is not None else name
        if condition.name != name:  # each has its own
            # translators: an input as one alternative has it
            title = say("{input} of {alternative}", input=title, alternative=whose)
        return cls(title, _parted(unit, low, high), errors)


def _parted(unit: Unit, low: float, high: float) -> str:
    """The values that part the thirds of an input."""
    top = f"{unit.text(high)} {unit.name}".rstrip()
    if low == high:
        # translators: the lowest third of an input goes up to that value, the highest lies above
        return say("lowest: up to {value}, highest: above", value=top)
    # translators: the values at which the thirds of an input meet
    return say("parted at {low} and {high}", low=unit.text(low), high=top)


def _off(chance: float, trials: int) -> float:
    """How far a chance in a part of the trials may be off, as if they were independent.

    The longer arm of Wilson's interval, so that never seen is not impossible.
    """
    shift = _NORMAL**2 / (2 * trials)
    centre = (chance + shift) / (1 + 2 * shift)
    half = sqrt(2 * shift * chance * (1 - chance) + shift**2) / (1 + 2 * shift)
    return max(centre + half - chance, chance - centre + half)
