"""The tables that put alternatives against each other: places, pairs, dominance, conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from reports.comparison_reading import ALMOST, Reading, dominance_kind, short_names, told_apart
from reports.comparison_tables import LABEL, WHO, amount_cell, chance_cell, counted
from reports.document import Cell, Column, Row, Table
from reports.language import SPACE
from reports.numbers import Shown, chance_shown, error_of, money
from reports.tables import MEAN, reached
from reports.units import unit_in
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
            rows.append(Row((Cell("nobody"), *[Cell()] * 3), _left_out(ranking, 0)))
    columns = (
        WHO,
        Column("Figure"),
        Column("Behind", "the first"),
        Column("Told apart", "from the first", kind="text"),
    )
    note = (
        f"Told apart: the 95{SPACE}% interval of the difference, from the same trials for both, "
        "leaves out 0. Where it does not, the two are not distinguishable at this number of trials."
    )
    title = counted("Ranking, amounts in", "Ranking", reading)
    return Table(
        f"{title}; the first criterion is that of the comparison", columns, tuple(rows), (note,)
    )


def _by(reading: Reading, ranking: Ranking) -> str:
    text = f"By {reading.brief(ranking.criterion)}"
    tolerance = reading.compared.comparison.risk_tolerance
    if ranking.criterion == "certainty_equivalent" and tolerance is not None:
        text += f" (risk tolerance {money(tolerance, reading.currency)})"
    return text


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
        shown = Shown("over 0")  # known to be real, but not to a digit
    return figure, Cell.of(shown)


def _points(share: float, error: float | None) -> Shown:
    """A difference of two chances, in percentage points."""
    shown = chance_shown(share, error) if share else Shown("0")
    return Shown(shown.text.replace("%", "points"), shown.error)


def _digits(text: str) -> float:
    return float("".join(sign for sign in text if sign in "0123456789."))


def _left_out(ranking: Ranking, shown: int) -> tuple[str, ...]:
    """Who is not in the list, and why."""
    said = []
    rest = len(ranking.places) - shown
    if rest > 0:
        said.append(f"and {rest} more, in the JSON")
    reasons: dict[str, list[str]] = {}
    for name, why in ranking.unranked.items():
        reasons.setdefault(why, []).append(shortened(name, LABEL))
    said += [f"not ranked: {', '.join(names)} ({why})" for why, names in reasons.items()]
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
            Group(f"{names[a]} against", tuple((names[b], pair(a, b)) for b in order[place:]))
            for place, a in enumerate(order[:-1], start=1)
        )
    first, rest = order[0], order[1:-1]
    groups = [
        Group(f"{names[first]} against", tuple((names[b], pair(first, b)) for b in order[1:])),
        Group("Each against doing nothing", tuple((names[a], pair(a, NOTHING)) for a in rest)),
    ]
    changed = [(a, b) for a in rest for b in order[:-1] if b.startswith(f"{a} if ")]
    if reading.compared.comparison.varied and changed:
        heading = "Each as it is against the same with the change"
        groups.append(Group(heading, tuple((names[a], pair(a, b)) for a, b in changed)))
    return tuple(groups)


def pairs_table(reading: Reading, groups: Sequence[Group]) -> Table:
    """How often, and by how much, one alternative is better than another on the same futures."""
    rows = []
    for group in groups:
        rows.append(Row((Cell(group.heading),), kind="heading"))
        rows += [_pair_row(reading, label, pair) for label, pair in group.pairs]
    words = "Pair by pair: difference in net present value"
    columns = (WHO, Column("Better", "chance"), MEAN, reached(10), reached(50), reached(90))
    notes = ["Each trial is the same future for both; where they are equal, half counts."]
    count = len(reading.order)
    left = count * (count - 1) // 2 - sum(len(group.pairs) for group in groups)
    if left:
        notes.append(f"The other {left} pairs are in the JSON.")
    return Table(counted(f"{words},", words, reading), columns, tuple(rows), tuple(notes))


def _pair_row(reading: Reading, label: str, pair: Pair) -> Row:
    if pair.equal:
        return Row((Cell(label), Cell("equal"), *[Cell("0")] * 4))
    figures = (pair.mean_difference, *(pair.percentiles[p] for p in (10, 50, 90)))
    better = chance_cell(reading, pair.chance_a_better, pair.a, pair.b)
    return Row((Cell(label), better, *(amount_cell(reading, figure) for figure in figures)))


_KINDS = {
    "equal": "Equal: the same in every trial",
    "alike": "Alike: the same distribution, though not trial by trial",
    "first": "First order: at least as good at every percentile, so better for everyone",
    "second_almost": (
        "Second order and almost first: better for everyone who dislikes risk, and little of the "
        "area between the S-curves speaks against it"
    ),
    "second": "Second order: better for everyone who dislikes risk",
    "almost": "Almost first order: little of the area between the S-curves speaks against it",
    "untold": "Not distinguishable at this number of trials",
    "none": "Neither: which is better depends on how much risk one can bear",
}
_BETWEEN = {"none": " against ", "untold": " and ", "equal": " and ", "alike": " and "}


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
            said = "; ".join(_gathered(pairs, _BETWEEN.get(kind, " over ")))
            rows += [Row((Cell(_KINDS[kind]),), kind="heading"), Row((Cell(said),))]
    note = (
        "In brackets the part of the area between the two S-curves that speaks against it; almost "
        f"first order means less than {100 * ALMOST:.0f}{SPACE}%."
    )
    almost = any(pairs for kind, pairs in found.items() if "almost" in kind)
    title = "Dominance: how the S-curves lie, at every percentile"
    return Table(title, (WHO,), tuple(rows), (note,) if almost else ())


def _gathered(pairs: list[tuple[str, str, str]], between: str) -> Iterator[str]:
    """Pairs in few words: the name that most of them share is said once."""
    while pairs:
        sides = Counter((side, pair[side]) for pair in pairs for side in (0, 1))
        (side, name), _ = max(sides.items(), key=lambda item: (item[1], -item[0][0]))
        chosen = [pair for pair in pairs if pair[side] == name]
        pairs = [pair for pair in pairs if pair[side] != name]
        others = _some([pair[1 - side] + pair[2] for pair in chosen])
        yield f"{name}{between}{others}" if side == 0 else f"{others}{between}{name}"


def _some(names: list[str], most: int = 6) -> str:
    rest = len(names) - most
    return ", ".join([*names[:most], *([f"{rest} more"] if rest > 0 else [])])


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
    columns = (
        Column("Input", kind="text"),
        Column("Lowest", "third"),
        Column("Middle", "third"),
        Column("Highest", "third"),
    )
    beats = f"When {reading.quoted(a)} beats {reading.quoted(b)}"
    title = f"{beats}: its chance by the size of an input"
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
        own = condition.name.removeprefix(name)  # " of A" where each has its own
        ends = unit.text(low) if low == high else f"{unit.text(low)} and {unit.text(high)}"
        parted = f"lowest: up to {ends}, highest: above" if low == high else f"parted at {ends}"
        return cls(f"{title}{own}", f"{parted} {unit.name}".rstrip(), errors)


def _off(chance: float, trials: int) -> float:
    """How far a chance in a part of the trials may be off, as if they were independent.

    The longer arm of Wilson's interval, so that never seen is not impossible.
    """
    shift = _NORMAL**2 / (2 * trials)
    centre = (chance + shift) / (1 + 2 * shift)
    half = sqrt(2 * shift * chance * (1 - chance) + shift**2) / (1 + 2 * shift)
    return max(centre + half - chance, chance - centre + half)
