"""The answer of a comparison in plain sentences, and what its figures are called.

Who is first, whether the trials can tell, who else would be first when asked otherwise, and what
doing nothing means.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reports.numbers import SPACE, Scale, Shown, chance_shown, error_of, exact, money, number
from reports.words import certain, shortened, within_words
from simulator.analysis.pairs import ROUNDING
from simulator.case.comparison import NOTHING, Criterion

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared
    from simulator.analysis.pairs import Pair
    from simulator.analysis.ranking import Place, Ranking
    from simulator.result import Measured

NAMED = 60
_BRIEF: dict[Criterion, str] = {
    "payback": "chance of payback {within}",
    "value": "mean net present value",
    "worst5": "the mean of the worst 5\N{NO-BREAK SPACE}%",
    "regret": "expected regret",
    "certainty_equivalent": "certainty equivalent",
}
_LEADS: dict[Criterion, str] = {
    "payback": "is the most likely to have paid itself back {within}",
    "value": "has the highest mean net present value",
    "worst5": "does best in the worst 5\N{NO-BREAK SPACE}% of its trials, on average",
    "regret": "has the lowest expected regret",
    "certainty_equivalent": "has the highest certainty equivalent",
}


class Reading:
    """A comparison with what all its readers need: rankings, one order, one scale, short names."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared
        self.currency = compared.comparison.currency

    @cached_property
    def rankings(self) -> dict[Criterion, Ranking]:
        """The ranking by every criterion that can be applied, the comparison's own first."""
        own = self.compared.comparison.criterion
        asked = dict.fromkeys((own, *self.compared.criteria))
        return {criterion: self.compared.ranking(criterion) for criterion in asked}

    @property
    def own(self) -> Ranking:
        """The ranking by the criterion of the comparison."""
        return self.rankings[self.compared.comparison.criterion]

    @cached_property
    def alternatives(self) -> tuple[str, ...]:
        """All but `Nothing`: in the order of rank, those without a rank last."""
        named = dict.fromkeys((*self.own.names, *self.compared.names))
        return tuple(name for name in named if name != NOTHING)

    @property
    def order(self) -> tuple[str, ...]:
        """All alternatives, `Nothing` last."""
        return (*self.alternatives, NOTHING)

    @cached_property
    def scale(self) -> Scale:
        """The one scale of all amounts of money."""
        values = [figure.value for figure in self.compared.regret.values()]
        for result in self.compared.results.values():
            stats = ("mean", "p10", "p50", "p90", "worst5_mean")
            values += [result.npv.value(stat) for stat in stats]
            values += [result.peak_funding.value(stat) for stat in ("mean", "p90")]
        return Scale.of(values)

    @cached_property
    def certain(self) -> bool:
        """Whether nothing that matters is uncertain, in any alternative."""
        return all(certain(result) for result in self.compared.results.values())

    @cached_property
    def has_equals(self) -> bool:
        """Whether two alternatives are the same in every trial."""
        values = self.compared.values
        return any(
            np.allclose(values[i], values[j], rtol=ROUNDING, atol=0)
            for i, j in combinations(range(len(values)), 2)
        )

    @property
    def subject(self) -> str:
        """The alternative to speak of: the first one that does something."""
        return self.alternatives[0]

    def money(self, figure: Measured) -> str:
        """An amount in a sentence, to the digit that the tables show."""
        return money(figure.value, self.currency, error_of(figure), among=self.scale)

    def chance(self, figure: Measured, *names: str) -> Shown:
        """A chance that concerns the alternatives named, or all; without error if certain."""
        results = self.compared.results
        known = all(certain(results[name]) for name in names) if names else self.certain
        return chance_shown(figure.value, None if known else error_of(figure))

    def brief(self, criterion: Criterion) -> str:
        """What a criterion is called inside a sentence."""
        return _BRIEF[criterion].format(within=within_words(self.compared.hurdle))

    def figure(self, criterion: Criterion, name: str, figure: Measured) -> str:
        """The figure of an alternative by a criterion, in a sentence."""
        return str(self.chance(figure, name)) if criterion == "payback" else self.money(figure)


def verdict(compared: Compared) -> tuple[str, ...]:
    """The sentences that stand on top."""
    reading = Reading(compared)
    return (
        first_sentence(reading),
        *criteria_sentences(reading),
        best_sentence(reading),
        nothing_sentence(reading),
    )


def first_sentence(reading: Reading) -> str:
    """Who ranks first with what figure, and whether the trials tell it from the next."""
    ranking = reading.own
    left = [name for name in ranking.unranked if name != NOTHING]
    without = ""
    if left:
        why = ranking.unranked[left[0]]
        without = f" {_capital(listed(left))} {'are' if len(left) > 1 else 'is'} not ranked: {why}."
    if not ranking.places:
        return f"No alternative is ranked by payback.{without}"
    first, *others = ranking.places
    figure = reading.figure(ranking.criterion, first.name, first.figure)
    within = within_words(reading.compared.hurdle)
    if not others:
        return (
            f"The chance that {quoted(first.name)} has paid itself back {within} is {figure}."
            f"{without}"
        )
    leads = _LEADS[ranking.criterion].format(within=within)
    return (
        f"{_capital(quoted(first.name))} {leads}: {figure}. {_runner_up(reading, others)}{without}"
    )


def _runner_up(reading: Reading, others: list[Place]) -> str:
    ranking, trials = reading.own, reading.compared.trials
    second = others[0]
    figure = reading.figure(ranking.criterion, second.name, second.figure)
    follows = f"{_capital(quoted(second.name))} follows with {figure}"
    if second.told:
        return f"{follows}, and the trials tell the two apart."
    counted = f"({exact(float(trials))}{SPACE}trials)"
    if same_figures(reading.compared, ranking, second):
        said = f"{follows}: no number of trials would tell them apart, they are equal."
    else:
        needed = second.trials_needed
        more = f"; about {about(needed)} would tell them apart" if needed else ""
        said = f"{follows}: not distinguishable at this number of trials {counted}{more}."
    tied = [name for name in ranking.tied if name != second.name]
    if tied:
        verb = "is" if len(tied) == 1 else "are"
        said += f" Nor {verb} {listed(tied)} distinguishable from the first."
    return said


def criteria_sentences(reading: Reading) -> list[str]:
    """Who wins by the other criteria."""
    first = reading.own.first
    others = {c: r for c, r in reading.rankings.items() if r is not reading.own and r.places}
    if first is None or not others:
        return []
    level = [c for c, ranking in others.items() if first in (ranking.first, *ranking.tied)]
    winners: dict[str, list[Criterion]] = {}
    for criterion, ranking in others.items():
        if criterion not in level and ranking.first is not None:
            winners.setdefault(ranking.first, []).append(criterion)
    if not winners:
        by = _joined(reading.brief(criterion) for criterion in others)
        strictly = all(others[c].first == first for c in level)
        if strictly:
            return [f"It also comes first by {by}."]
        return [f"No other criterion puts another one ahead of it: {by}."]
    told = [
        f"by {_joined(reading.brief(criterion) for criterion in criteria)} {quoted(name)} "
        "comes first"
        for name, criteria in winners.items()
    ]
    if level:
        told.append(f"by {_joined(reading.brief(c) for c in level)} it is {quoted(first)} again")
    return [f"Criteria disagree: {'; '.join(told)}."]


def best_sentence(reading: Reading) -> str:
    """How often which one is the best, which need not be the one that is best on average."""
    chances = reading.compared.chance_best
    often = max(chances, key=lambda name: chances[name].value or 0.0)
    bound = chances[often].low or 0.0
    level = [n for n, c in chances.items() if n != often and (c.high or 0.0) >= bound]
    figure = reading.chance(chances[often])
    value = reading.rankings["value"]
    among = {value.first, *value.tied}
    if often in among or among & set(level):
        who = _capital(quoted(often))
        most = f"as often as {listed(level)}" if level else "more often than any other"
        return f"{who} is the best of all in {figure} of the trials, {most}."
    return (
        "Being best most often and being best on average are different questions: "
        f"{quoted(often)} is the best of all in {figure} of the trials, "
        f"{quoted(value.first or '')} has the highest mean net present value."
    )


def nothing_sentence(reading: Reading) -> str:
    """What doing nothing means, and how often the first alternative beats it."""
    pair = reading.compared.pair(reading.subject, NOTHING)
    said = "Doing nothing counts as 0, and every amount is the difference from it"
    if pair.equal:
        return f"{said}; {quoted(reading.subject)} is no different in any trial."
    figure = reading.chance(pair.chance_a_better, pair.a)
    return f"{said}; {quoted(reading.subject)} is better than that in {figure} of the trials."


def value_of_knowing(reading: Reading) -> str:
    """What perfect information before choosing would be worth at most."""
    figure = reading.compared.evpi
    name = quoted(reading.rankings["regret"].first or NOTHING)
    if not figure.value:
        return f"Knowing more before choosing is worth nothing: {name} is the best in every trial."
    return (
        f"Knowing everything before choosing would be worth {reading.money(figure)} at most: by so "
        f"much, on average, the best alternative of each trial beats {name}."
    )


def same_figures(compared: Compared, ranking: Ranking, place: Place) -> bool:
    """Whether the criterion cannot tell two alternatives apart because they agree in every trial.

    A difference of 0 between figures does not suffice: two rare events may both not have been seen.
    """
    first = ranking.first
    if first is None or place.told:
        return False
    if ranking.criterion == "payback":
        kind = "discounted_payback" if compared.hurdle.discounted else "payback"
        one, other = (compared.results[name].outcomes[kind] for name in (first, place.name))
        return bool(np.array_equal(one.values, other.values, equal_nan=True))
    return compared.pair(first, place.name).equal


def told_apart(compared: Compared, ranking: Ranking, place: Place) -> str:
    """Whether the trials tell an alternative from the first, and how many would."""
    if place.name == ranking.first:
        return "–"
    if place.told:
        return "yes"
    if same_figures(compared, ranking, place):
        return "no: equal, no number of trials would"
    if place.trials_needed is None:
        return "no"
    return f"no: about {about(place.trials_needed)} trials would"


def about(trials: int) -> str:
    """A number of trials to two digits.

    >>> about(1_048_576), about(131_072), about(512)
    ('1\\xa0000\\xa0000', '130\\xa0000', '510')
    """
    return number(float(round(trials, 2 - len(str(trials)))))


def dominance_kind(pair: Pair) -> str:
    """What one may say of two distributions, in a word that groups pairs."""
    found = pair.dominance
    if pair.equal:
        return "equal"
    if found.order == "first":
        return "first"
    almost = found.violation is not None and found.violation < ALMOST
    if found.order == "second":
        return "second_almost" if almost else "second"
    return "almost" if almost else "none"


ALMOST = 0.05
"""With less of the distance between two curves against it, dominance is almost first-order."""


def quoted(name: str) -> str:
    """An alternative inside a sentence."""
    return "doing nothing" if name == NOTHING else f"“{shortened(name, NAMED)}”"


def listed(names: Iterable[str], most: int = 4) -> str:
    """Alternatives in a sentence, the last ones only counted where there are many.

    >>> listed(["A", "Nothing"]), listed("ABCDEF", 3)
    ('“A” and doing nothing', '“A”, “B”, “C” and 3 others')
    """
    known = list(names)
    shown = known if len(known) <= most + 1 else known[:most]
    rest = len(known) - len(shown)
    return _joined([*map(quoted, shown), *([f"{rest} others"] if rest else [])])


def short_names(names: Iterable[str], most: int) -> dict[str, str]:
    """Names that fit and still differ: where the beginnings are alike, the ends are kept.

    >>> short_names(["A portal for all at once", "A portal for all in steps"], 16)
    {'A portal for all at once': 'A portal for …', 'A portal for all in steps': 'A porta … n steps'}
    """
    found: dict[str, str] = {}
    for name in names:
        text = shortened(name, most)
        if text in found.values():
            half = most // 2 - 1
            text = f"{name[:half].rstrip()} … {name[-half:].lstrip()}"
        count = 2
        while text in found.values():
            text, count = f"{shortened(name, most - 4)} ({count})", count + 1
        found[name] = text
    return found


def _joined(parts: Iterable[str]) -> str:
    known = list(parts)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
