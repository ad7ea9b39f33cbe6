"""A comparison as its readers need it: one order, one scale, short names, what is told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reports.ends import error_of, open_said
from reports.language import listed, message, say, say_in, say_many
from reports.later import later_starts, originals_first
from reports.notes import note
from reports.numbers import Scale, Shown, chance_shown, money, number
from reports.words import certain, shortened, within_words
from simulator.analysis.pairs import ROUNDING
from simulator.case.comparison import NOTHING, Criterion

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared
    from simulator.analysis.pairs import Pair
    from simulator.analysis.ranking import Place, Ranking
    from simulator.result import Measured

NAMED = 60  # characters of a name in a sentence
ALMOST = 0.05
"""With less of the distance between two curves against it, dominance is almost first-order."""
_BRIEF: dict[Criterion, str] = {
    # translators: criteria inside a sentence: "It also comes first by mean net present value".
    "payback": message("chance of payback {within}"),
    "value": message("mean net present value"),
    "worst5": message("the mean of the worst 5 %"),
    "regret": message("expected regret"),
    "certainty_equivalent": message("certainty equivalent"),
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
        """All but `Nothing`: in the order of rank, those without a rank last.

        A what-if stands behind the alternative that it changes.
        """
        return self._with_what_ifs(self._ranked)

    @property
    def _ranked(self) -> tuple[str, ...]:
        known = dict.fromkeys((*self.own.names, *self.compared.choices))
        return tuple(name for name in known if name != NOTHING)

    def _with_what_ifs(self, names: Iterable[str]) -> tuple[str, ...]:
        variants = self.compared.comparison.variants
        ordered: list[str] = []
        for name in names:
            ordered += [name, *(what_if for what_if in variants if variants[what_if] == name)]
        return tuple(ordered)

    @cached_property
    def later(self) -> dict[str, str]:
        """Alternatives that are another one begun later, each with that one."""
        return later_starts(self.compared.comparison)

    @property
    def one_by_one(self) -> tuple[str, ...]:
        """The alternatives as they are told in detail: by rank, but originals before later ones."""
        return self._with_what_ifs(originals_first(self._ranked, self.later))

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
        """Whether two choices are the same in every trial."""
        values = [self.compared.results[name].npv.values for name in self.compared.choices]
        return any(
            np.allclose(one, other, rtol=ROUNDING, atol=0) for one, other in combinations(values, 2)
        )

    @property
    def subject(self) -> str:
        """The alternative to speak of: the first one that does something."""
        return self.alternatives[0]

    def money(self, figure: Measured) -> str:
        """An amount in a sentence, to the digit that the tables show."""
        return open_said(
            figure, lambda value, error: money(value, self.currency, error, among=self.scale)
        )

    def chance(self, figure: Measured, *names: str) -> Shown:
        """A chance that concerns the alternatives named, or all; without error if certain."""
        results = self.compared.results
        known = all(certain(results[name]) for name in names) if names else self.certain
        return chance_shown(figure.value, None if known else error_of(figure))

    @cached_property
    def _names(self) -> dict[str, str]:
        return short_names(self.order, NAMED)

    def name(self, name: str) -> str:
        """An alternative by its short name."""
        return self._names[name]

    def quoted(self, name: str) -> str:
        """An alternative inside a sentence."""
        if name == NOTHING:
            return say_in("an alternative inside a sentence", "doing nothing")
        # translators: quotation marks around a name
        return say("“{name}”", name=self._names[name])

    def listed(self, names: Iterable[str], most: int = 4) -> str:
        """Alternatives in a sentence, the last ones only counted where there are many."""
        known = list(names)
        shown = known if len(known) <= most + 1 else known[:most]
        rest = len(known) - len(shown)
        # translators: the last part of a list of alternatives
        others = [say_many("{count} other", "{count} others", rest)] if rest else []
        return listed([*map(self.quoted, shown), *others])

    def brief(self, criterion: Criterion) -> str:
        """What a criterion is called inside a sentence."""
        return say(_BRIEF[criterion], within=within_words(self.compared.hurdle))

    def figure(self, criterion: Criterion, name: str, figure: Measured) -> str:
        """The figure of an alternative by a criterion, in a sentence."""
        return str(self.chance(figure, name)) if criterion == "payback" else self.money(figure)


def deciding(compared: Compared) -> Ranking:
    """The ranking that names the first: that by the comparison's criterion, or by mean value.

    By mean value where the criterion ranks nobody, or leaves out the one that is worth most, as
    payback does where no outlay is at risk.
    """
    own, value = compared.ranking(), compared.ranking("value")
    if not own.names or (value.first != NOTHING and value.first not in own.names):
        return value
    return own


def same_figures(reading: Reading, ranking: Ranking, place: Place) -> bool:
    """Whether the criterion cannot tell two alternatives apart because they agree in every trial.

    A difference of 0 between figures does not suffice: two rare events may both not have been seen.
    """
    first, compared = ranking.first, reading.compared
    if first is None or place.told:
        return False
    if reading.certain:
        return place.difference.value == 0
    if ranking.criterion == "payback":
        kind = "discounted_payback" if compared.hurdle.discounted else "payback"
        one, other = (compared.results[name].outcomes[kind] for name in (first, place.name))
        seen = bool(np.isfinite(one.values).any())
        return seen and bool(np.array_equal(one.values, other.values, equal_nan=True))
    return compared.pair(first, place.name).equal


def told_apart(reading: Reading, ranking: Ranking, place: Place) -> str:
    """Whether the trials tell an alternative from the first, and how many would."""
    if place.name == ranking.first:
        return "–"
    if place.told:
        return say_in("told apart", "yes")
    if same_figures(reading, ranking, place):
        return say_in("told apart", "no: equal, no number of trials would")
    if place.trials_needed is None:
        return say_in("told apart", "no")
    needed = about(place.trials_needed)
    return say_in("told apart", "no: about {trials} trials would", trials=needed)


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
    if found.violation is None:
        return "alike"
    if not found.told:
        return "untold"
    if found.order == "first":
        return "first"
    almost = found.violation < ALMOST
    if found.order == "second":
        return "second_almost" if almost else "second"
    return "almost" if almost else "none"


def short_names(names: Iterable[str], most: int) -> dict[str, str]:
    """Names that fit and still differ: where the beginnings are alike, the ends are kept.

    >>> names = short_names(["The portal for all, at once", "The portal for all, in steps"], 22)
    >>> list(names.values())
    ['The portal … at once', 'The portal … in steps']
    """
    known = list(names)
    full = {name: note(name) for name in known}
    if NOTHING in full:
        full[NOTHING] = say_in("an alternative", "Nothing")
    cut = {name: shortened(full[name], most) for name in known}
    alike = Counter(cut.values())
    for name in known:
        if alike[cut[name]] > 1:
            cut[name] = _both_ends(full[name], most)
    seen: Counter[str] = Counter()
    for name in known:  # names that differ in the middle only
        seen[cut[name]] += 1
        if seen[cut[name]] > 1:
            cut[name] += f" ({seen[cut[name]]})"
    return cut


def _both_ends(name: str, most: int) -> str:
    """The first and the last words of a name."""
    half = most // 2
    words = name.split()
    tail = words.pop()[-half:]
    while words and len(tail) + len(words[-1]) + 1 <= half:
        tail = f"{words.pop()} {tail}"
    head = shortened(" ".join(words), most - len(tail) - 1).removesuffix("…").rstrip()
    return f"{head} … {tail}"
