"""The answer of a comparison in plain sentences.

Who is first, whether the trials can tell, who else would be first when asked otherwise, and what
doing nothing means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.comparison_reading import Reading, about, same_figures
from reports.language import capital, listed, message, say, say_many
from reports.notes import note
from reports.numbers import exact, money
from reports.words import within_words
from simulator.case.comparison import NOTHING, Criterion

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared
    from simulator.analysis.ranking import Ranking
    from simulator.result import Measured

_LEADS: dict[Criterion, str] = {
    # translators: {who} is an alternative in quotes, or "doing nothing".
    "payback": message("{who} is the most likely to have paid itself back {within}: {figure}."),
    "value": message("{who} has the highest mean net present value: {figure}."),
    "worst5": message("{who} does best in the worst 5 % of its trials, on average: {figure}."),
    "regret": message("{who} has the lowest expected regret: {figure}."),
    "certainty_equivalent": message("{who} has the highest certainty equivalent: {figure}."),
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
    """Who comes first in the world of the what-ifs, which nobody can choose."""
    changed = compared.changed
    if changed is None:
        return ()
    ranking, before = changed.ranking(), compared.ranking().first
    first = ranking.places[0] if ranking.places else None
    said = say(
        "A what-if is a state of the world, not a choice: ranks, chances of being best and regret "
        "leave it out."
    )
    if first is None or len(ranking.places) < 2:
        return (said,)
    reading = Reading(changed)
    who = reading.quoted(first.name)
    brief = reading.brief(ranking.criterion)
    figure = reading.figure(ranking.criterion, first.name, first.figure)
    if first.name == before:
        again = say(
            "With the change, {who} still comes first by {criterion}: {figure}.",
            who=who, criterion=brief, figure=figure,
        )  # fmt: skip
    else:
        again = say(
            "With the change, {who} comes first by {criterion}: {figure}.",
            who=who, criterion=brief, figure=figure,
        )  # fmt: skip
    return (said, again)


def first_sentence(reading: Reading, criterion: Criterion | None = None) -> str:
    """Who ranks first with what figure, and whether the trials tell it from the next.

    By the comparison's own criterion where none is given.
    """
    ranking = reading.rankings[criterion] if criterion is not None else reading.own
    return " ".join((*_leaders(reading, ranking), *_unranked(reading, ranking)))


def _leaders(reading: Reading, ranking: Ranking) -> tuple[str, ...]:
    """The first, and the one after it."""
    if not ranking.places:
        return (say("No alternative is ranked by payback."),)
    first, *others = ranking.places
    figure = reading.figure(ranking.criterion, first.name, first.figure)
    within = within_words(reading.compared.hurdle)
    who = reading.quoted(first.name)
    if not others:
        return (
            say(
                "The chance that {who} has paid itself back {within} is {chance}.",
                who=who, within=within, chance=figure,
            ),
        )  # fmt: skip
    leads = say(_LEADS[ranking.criterion], who=who, within=within, figure=figure)
    return (capital(leads), *_runner_up(reading, ranking))


def _unranked(reading: Reading, ranking: Ranking) -> tuple[str, ...]:
    """Who has no place, and why."""
    left = [name for name in ranking.unranked if name != NOTHING]
    if not left:
        return ()
    said = say_many(
        "{names} is not ranked: {reason}.",
        "{names} are not ranked: {reason}.",
        len(left),
        names=reading.listed(left),
        reason=note(ranking.unranked[left[0]]),
    )
    return (capital(said),)


def _runner_up(reading: Reading, ranking: Ranking) -> tuple[str, ...]:
    second = ranking.places[1]
    figure = reading.figure(ranking.criterion, second.name, second.figure)
    who = reading.quoted(second.name)
    if second.told:
        said = say(
            "{who} follows with {figure}, and the trials tell the two apart.",
            who=who, figure=figure,
        )  # fmt: skip
        return (capital(said),)
    return (capital(_level(reading, ranking, who, figure)), *_tied(reading, ranking))


def _level(reading: Reading, ranking: Ranking, who: str, figure: str) -> str:
    """The second, which the trials cannot tell from the first."""
    second = ranking.places[1]
    if same_figures(reading, ranking, second):
        return say(
            "{who} has {figure} as well: the two are equal, so no number of trials would tell "
            "them apart.",
            who=who, figure=figure,
        )  # fmt: skip
    trials = exact(float(reading.compared.trials))
    if not second.trials_needed:
        return say(
            "{who} follows with {figure}: not distinguishable at this number of trials ({trials}).",
            who=who, figure=figure, trials=trials,
        )  # fmt: skip
    return say(
        "{who} follows with {figure}: not distinguishable at this number of trials ({trials}); "
        "about {needed} would tell, if the difference is as large as it looks.",
        who=who, figure=figure, trials=trials, needed=about(second.trials_needed),
    )  # fmt: skip


def _tied(reading: Reading, ranking: Ranking) -> tuple[str, ...]:
    """Who else the trials cannot tell from the first."""
    tied = [name for name in ranking.tied if name != ranking.places[1].name]
    if not tied:
        return ()
    return (
        say_many(
            "Nor is {names} distinguishable from the first.",
            "Nor are {names} distinguishable from the first.",
            len(tied),
            names=reading.listed(tied),
        ),
    )


def criteria_sentences(reading: Reading) -> list[str]:
    """Who wins by the other criteria, of which one disagrees only where the trials can tell.

    A criterion that does not rank the first, as payback does not rank doing nothing, says nothing
    for or against it.
    """
    first = reading.own.first
    others = {c: r for c, r in reading.rankings.items() if r is not reading.own}
    others = {c: ranking for c, ranking in others.items() if first in ranking.names}
    if first is None or not others:
        return []
    agreeing = [c for c, ranking in others.items() if first in (ranking.first, *ranking.tied)]
    winners: dict[str, list[Criterion]] = {}
    for criterion, ranking in others.items():
        if criterion not in agreeing and ranking.first is not None:
            winners.setdefault(ranking.first, []).append(criterion)
    if not winners:
        by = listed(map(reading.brief, others))
        if all(others[c].first == first for c in agreeing):
            return [say("It also comes first by {criteria}.", criteria=by)]
        return [
            say("No other criterion puts another one clearly ahead of it: {criteria}.", criteria=by)
        ]
    told = [
        # translators: the next ones are parts of a list: "Criteria disagree: by ..., “A” comes
        # first; by ..., it is “B” again".
        say(
            "by {criteria}, {who} comes first",
            criteria=listed(map(reading.brief, criteria)), who=reading.quoted(name),
        )
        for name, criteria in winners.items()
    ]  # fmt: skip
    again = [criterion for criterion in agreeing if others[criterion].first == first]
    level = [criterion for criterion in agreeing if others[criterion].first != first]
    who = reading.quoted(first)
    if again:
        by = listed(map(reading.brief, again))
        told.append(say("by {criteria}, it is {who} again", criteria=by, who=who))
    if level:
        by = listed(map(reading.brief, level))
        told.append(say("by {criteria}, {who} cannot be told from the first", criteria=by, who=who))
    return [say("Criteria disagree: {list}.", list="; ".join(told))]


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
        who = reading.quoted(often)
        if not level:
            said = say(
                "{who} is the best of all in {share} of the trials, more often than any other.",
                who=who, share=figure,
            )  # fmt: skip
        else:
            said = say(
                "{who} is the best of all in {share} of the trials, about as often as {others}.",
                who=who, share=figure, others=reading.listed(level),
            )  # fmt: skip
        return capital(said)
    return say(
        "Being best most often and being best on average are different questions: {often} is the "
        "best of all in {share} of the trials, {highest} has the highest mean net present value.",
        often=reading.quoted(often), share=figure, highest=reading.quoted(value.first or ""),
    )  # fmt: skip


def nothing_sentence(reading: Reading) -> str:
    """What doing nothing means, and how often the first alternative beats it."""
    pair = reading.compared.pair(reading.subject, NOTHING)
    who = reading.quoted(reading.subject)
    if pair.equal:
        return say(
            "Doing nothing counts as 0, and every amount is the difference from it; {who} is no "
            "different in any trial.",
            who=who,
        )
    return say(
        "Doing nothing counts as 0, and every amount is the difference from it; {who} is better "
        "than that in {share} of the trials.",
        who=who, share=reading.chance(pair.chance_a_better, pair.a),
    )  # fmt: skip


def value_of_knowing(reading: Reading) -> str:
    """What perfect information before choosing would be worth at most."""
    figure = reading.compared.evpi
    name = reading.quoted(reading.rankings["regret"].first or NOTHING)
    if not figure.value:
        return say(
            "Knowing more before choosing is worth nothing: {who} is the best in every trial.",
            who=name,
        )
    if reaches_zero(figure):
        return next_to_nothing(money(figure.high, reading.currency, among=reading.scale))
    return say(
        "Knowing everything before choosing would be worth {amount} at most: by so much, on "
        "average, the best alternative of each trial beats {who}.",
        amount=reading.money(figure), who=name,
    )  # fmt: skip


def reaches_zero(figure: Measured) -> bool:
    """Whether a value of information may as well be nothing."""
    return figure.low is not None and figure.high is not None and figure.low <= 0 < figure.high


def next_to_nothing(most: str) -> str:
    """What to say of information that may as well be worth nothing."""
    return say(
        "Knowing everything before deciding would be worth next to nothing: {amount} at most.",
        amount=most,
    )
