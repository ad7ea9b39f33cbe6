"""The tables that put alternatives against each other: places, pairs, dominance, conditions."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from reports.comparison_tables import LABEL, WHO, amount_cell, chance_cell, counted
from reports.numbers import SPACE, Shown, chance_shown, error_of, money
from reports.tables import MEAN, Cell, Column, Row, Table, reached
from reports.units import unit_in
from reports.verdict import ALMOST, Reading, dominance_kind, quoted, short_names, told_apart
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
            apart = Cell(told_apart(reading.compared, ranking, place))
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


def shown_pairs(reading: Reading) -> tuple[tuple[str, list[str]], ...]:
    """Which pairs are shown: all of a few alternatives, else those with the first and `Nothing`."""
    order = reading.order
    if len(order) <= FEW:
        return tuple((a, list(order[place + 1 :])) for place, a in enumerate(order[:-1]))
    return (order[0], list(order[1:])), (NOTHING, list(order[1:-1]))


def pairs_table(reading: Reading, pairs: dict[tuple[str, str], Pair]) -> Table:
    """How often, and by how much, one alternative is better than another on the same futures."""
    names, rows, before = short_names(reading.order, LABEL), list[Row](), ""
    for (a, b), pair in pairs.items():
        if a != before:
            who = "Doing nothing" if a == NOTHING else names[a]
            rows.append(Row((Cell(f"{who} against"),), kind="heading"))
            before = a
        if pair.equal:
            cells = [Cell("equal"), *[Cell("0")] * 4]
        else:
            figures = (pair.mean_difference, *(pair.percentiles[p] for p in (10, 50, 90)))
            cells = [
                chance_cell(reading, pair.chance_a_better, a, b),
                *(amount_cell(reading, figure) for figure in figures),
            ]
        rows.append(Row((Cell(names[b]), *cells)))
    better = Column("Better", "chance")
    words = "Two and two: difference in net present value"
    title = counted(f"{words},", words, reading)
    columns = (WHO, better, MEAN, reached(10), reached(50), reached(90))
    return Table(title, columns, tuple(rows), _pair_notes(reading, len(pairs)))


def _pair_notes(reading: Reading, shown: int) -> tuple[str, ...]:
    count = len(reading.order)
    left = count * (count - 1) // 2 - shown
    notes = ["Each trial is the same future for both; where they are equal, half counts."]
    if left:
        notes.append(
            f"Shown are the pairs with the first and with doing nothing; the other {left} are in "
            "the JSON."
        )
    return tuple(notes)


_KINDS = {
    "equal": ("Equal", "the same in every trial"),
    "alike": ("Alike", "the same distribution"),
    "first": ("First order", "at least as good at every percentile: better for everyone"),
    "second_almost": (
        "Second order, and almost first",
        "better for everyone who dislikes risk, and nearly for everyone else",
    ),
    "second": ("Second order", "better for everyone who dislikes risk"),
    "almost": ("Almost first order", "better at nearly every percentile"),
    "none": ("None", "which is better depends on how much risk one can bear"),
}


_BETWEEN = {"none": " against ", "equal": " and ", "alike": " and "}


def dominance_table(reading: Reading, pairs: dict[tuple[str, str], Pair]) -> Table:
    """Which alternatives are better whatever one thinks of risk."""
    names = short_names(reading.order, LABEL)
    groups: dict[str, dict[str, list[str]]] = {kind: {} for kind in _KINDS}
    for (a, b), pair in pairs.items():
        kind = dominance_kind(pair)
        better = a if kind in _BETWEEN else pair.dominance.better or a
        other = b if better == a else a
        violation = pair.dominance.violation
        share = f" ({chance_shown(violation)})" if "almost" in kind and violation else ""
        groups[kind].setdefault(better, []).append(names[other] + share)
    rows = []
    for kind, found in groups.items():
        word, meaning = _KINDS[kind]
        between = _BETWEEN.get(kind, " over ")
        said = "; ".join(f"{names[a]}{between}{_some(others)}" for a, others in found.items())
        if said:
            rows.append(Row((Cell(word), Cell(said)), (meaning,)))
    note = (
        f"In brackets the part of the area between the two S-curves that speaks against it, where "
        f"it is below {100 * ALMOST:.0f}{SPACE}%."
    )
    used = any("almost" in kind and found for kind, found in groups.items())
    title = "Dominance: which is better whatever one thinks of risk"
    return Table(title, (WHO, WHO), tuple(rows), (note,) if used else ())


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
    trials = reading.compared.trials
    found = [
        condition
        for condition in reading.compared.conditions(a, b)
        if condition.spread > 2 * max(_third_error(c, trials) for c in condition.chances)
    ][:DECISIVE]
    title = f"When {quoted(a)} beats {quoted(b)}: its chance by the size of an input"
    if not found:
        return None
    rows = []
    for condition in found:
        chances = [Cell.of(chance_shown(c, _third_error(c, trials))) for c in condition.chances]
        label, below = _named(reading, condition, a, b)
        rows.append(Row((Cell(label), *chances), (below,)))
    columns = (
        Column("Input", kind="text"),
        Column("Lowest", "third"),
        Column("Middle", "third"),
        Column("Highest", "third"),
    )
    return Table(title, columns, tuple(rows))


def _third_error(chance: float, trials: int) -> float:
    """How far a chance in a third of the trials may be off, as if they were independent.

    Wilson's interval, its longer arm, so that never seen is not impossible.
    """
    n, z = trials / 3, _NORMAL
    centre = (chance + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(chance * (1 - chance) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(centre + half - chance, chance - centre + half)


def _named(reading: Reading, condition: Condition, a: str, b: str) -> tuple[str, str]:
    """The input as it is called, and the values that part its thirds."""
    for name in (a, b):
        case = reading.compared.results[name].case
        if condition.name in case.inputs:
            unit = unit_in(case, condition.name, (condition.low, condition.high))
            title = case.inputs[condition.name].title
            named = f" {unit.name}" if unit.name else ""
            ends = f"{unit.text(condition.low)} and {unit.text(condition.high)}{named}"
            return shortened(title), f"parted at {ends}"
    return condition.name, ""
