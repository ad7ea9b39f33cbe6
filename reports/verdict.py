"""The answer of a comparison in plain sentences.

Who is first, whether the trials can tell, who else would be first when asked otherwise, and what
doing nothing means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.comparison_reading import Reading, about, joined, same_figures
from reports.numbers import exact
from reports.words import within_words
from simulator.case.comparison import NOTHING, Criterion

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared
    from simulator.analysis.ranking import Ranking

_LEADS: dict[Criterion, str] = {
    "payback": "is the most likely to have paid itself back {within}",
    "value": "has the highest mean net present value",
    "worst5": "does best in the worst 5\N{NO-BREAK SPACE}% of its trials, on average",
    "regret": "has the lowest expected regret",
    "certainty_equivalent": "has the highest certainty equivalent",
}


def verdict(compared: Compared) -> tuple[str, ...]:
    """The sentences that stand on top."""
    reading = Reading(compared)
    return (
        first_sentence(reading),
        *criteria_sentences(reading),
        best_sentence(reading),
        nothing_sentence(reading),
        *what_if_sentence(compared),
    )


def what_if_sentence(compared: Compared) -> tuple[str, ...]:
    """A what-if is a state of the world, not something that one can choose."""
    if not compared.comparison.variants:
        return ()
    return (
        "A what-if (“... if ...”) is no alternative that one can choose: set it against its own "
        "original. Ranks, chances of being best and regret count it as if it could be chosen.",
    )


def first_sentence(reading: Reading, criterion: Criterion | None = None) -> str:
    """Who ranks first with what figure, and whether the trials tell it from the next.

    By the comparison's own criterion where none is given.
    """
    ranking = reading.rankings[criterion] if criterion is not None else reading.own
    left = [name for name in ranking.unranked if name != NOTHING]
    without = ""
    if left:
        why = ranking.unranked[left[0]]
        verb = "are" if len(left) > 1 else "is"
        without = f" {_capital(reading.listed(left))} {verb} not ranked: {why}."
    if not ranking.places:
        return f"No alternative is ranked by payback.{without}"
    first, *others = ranking.places
    figure = reading.figure(ranking.criterion, first.name, first.figure)
    within = within_words(reading.compared.hurdle)
    who = reading.quoted(first.name)
    if not others:
        return f"The chance that {who} has paid itself back {within} is {figure}.{without}"
    leads = _LEADS[ranking.criterion].format(within=within)
    return f"{_capital(who)} {leads}: {figure}. {_runner_up(reading, ranking)}{without}"


def _runner_up(reading: Reading, ranking: Ranking) -> str:
    second = ranking.places[1]
    figure = reading.figure(ranking.criterion, second.name, second.figure)
    who = _capital(reading.quoted(second.name))
    if second.told:
        return f"{who} follows with {figure}, and the trials tell the two apart."
    if same_figures(reading, ranking, second):
        said = (
            f"{who} has {figure} as well: the two are equal, so no number of trials would tell "
            "them apart."
        )
    else:
        needed = second.trials_needed
        more = ""
        if needed:
            more = f"; about {about(needed)} would tell, if the difference is as large as it looks"
        trials = exact(float(reading.compared.trials))
        said = (
            f"{who} follows with {figure}: not distinguishable at this number of trials "
            f"({trials}){more}."
        )
    tied = [name for name in ranking.tied if name != second.name]
    if tied:
        verb = "is" if len(tied) == 1 else "are"
        said += f" Nor {verb} {reading.listed(tied)} distinguishable from the first."
    return said


def criteria_sentences(reading: Reading) -> list[str]:
    """Who wins by the other criteria."""
    first = reading.own.first
    others = {c: r for c, r in reading.rankings.items() if r is not reading.own and r.places}
    if first == NOTHING and "payback" in others and not others["payback"].places[0].figure.value:
        del others["payback"]  # doing nothing has none, and nobody else has
    if first is None or not others:
        return []
    agreeing = [c for c, ranking in others.items() if first in (ranking.first, *ranking.tied)]
    winners: dict[str, list[Criterion]] = {}
    for criterion, ranking in others.items():
        if criterion not in agreeing and ranking.first is not None:
            winners.setdefault(ranking.first, []).append(criterion)
    if not winners:
        by = joined(reading.brief(criterion) for criterion in others)
        if all(others[c].first == first for c in agreeing):
            return [f"It also comes first by {by}."]
        return [f"No other criterion puts another one clearly ahead of it: {by}."]
    told = [
        f"by {joined(reading.brief(criterion) for criterion in criteria)}, "
        f"{reading.quoted(name)} comes first"
        for name, criteria in winners.items()
    ]
    again = [criterion for criterion in agreeing if others[criterion].first == first]
    level = [criterion for criterion in agreeing if others[criterion].first != first]
    if again:
        by = joined(reading.brief(criterion) for criterion in again)
        told.append(f"by {by}, it is {reading.quoted(first)} again")
    if level:
        by = joined(reading.brief(criterion) for criterion in level)
        told.append(f"by {by}, {reading.quoted(first)} cannot be told from the first")
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
        who, others = _capital(reading.quoted(often)), reading.listed(level) if level else ""
        most = f"about as often as {others}" if level else "more often than any other"
        return f"{who} is the best of all in {figure} of the trials, {most}."
    return (
        "Being best most often and being best on average are different questions: "
        f"{reading.quoted(often)} is the best of all in {figure} of the trials, "
        f"{reading.quoted(value.first or '')} has the highest mean net present value."
    )


def nothing_sentence(reading: Reading) -> str:
    """What doing nothing means, and how often the first alternative beats it."""
    pair = reading.compared.pair(reading.subject, NOTHING)
    who = reading.quoted(reading.subject)
    said = "Doing nothing counts as 0, and every amount is the difference from it"
    if pair.equal:
        return f"{said}; {who} is no different in any trial."
    figure = reading.chance(pair.chance_a_better, pair.a)
    return f"{said}; {who} is better than that in {figure} of the trials."


def value_of_knowing(reading: Reading) -> str:
    """What perfect information before choosing would be worth at most."""
    figure = reading.compared.evpi
    name = reading.quoted(reading.rankings["regret"].first or NOTHING)
    if not figure.value:
        return f"Knowing more before choosing is worth nothing: {name} is the best in every trial."
    return (
        f"Knowing everything before choosing would be worth {reading.money(figure)} at most: by so "
        f"much, on average, the best alternative of each trial beats {name}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
