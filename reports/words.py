"""The answer in plain sentences, and what things are called.

A percentile is never named alone: P10 is said as "90 % chance of at least".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reports.ends import error_of, open_said
from reports.language import message, say, say_many
from reports.numbers import Scale, Shown, chance_shown, counted_years, money, number, percent, years
from reports.units import Unit, unit_in

if TYPE_CHECKING:
    from simulator.analysis.tornado import Tornado
    from simulator.case.case import Case, Hurdle
    from simulator.result import Measured, Outcome, Result

OUTCOMES = {
    "npv": message("Net present value"),
    "irr": message("Internal rate of return"),
    "roi": message("ROI, undiscounted"),
    "roi_discounted": message("ROI, discounted"),
    "profitability_index": message("Profitability index"),
    "payback": message("Payback, years"),
    "discounted_payback": message("Payback on discounted cash, years"),
    "peak_funding": message("Peak funding"),
}
INSIDE = {
    # translators: this and the next ones stand inside a sentence: "What moves net present value".
    "npv": message("net present value"),
    "irr": message("internal rate of return"),
    "roi": message("ROI"),
    "roi_discounted": message("discounted ROI"),
    "profitability_index": message("profitability index"),
    "payback": message("payback"),
    "discounted_payback": message("payback on discounted cash"),
    "peak_funding": message("peak funding"),
}
"""The same inside a sentence."""
EXPLAINED = {
    "roi": message("net gain / investment"),
    "roi_discounted": message("net gain / all costs, present values"),
    "profitability_index": message("present value / investment"),
    "peak_funding": message("the most money tied up"),
}
"""What tells one convention from another, where there are several."""
SECTIONS = {
    "investment": message("Investment"),
    "benefits": message("Benefits"),
    "costs": message("Costs"),
    "tax": message("Tax"),
}
_STEERING = dict.fromkeys(
    c
    for c in (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if c != ord("\n")
)  # the last two turn the direction of everything behind them, figures too
Write = Callable[[float | None, float | None], str]


def answer(result: Result, tornado: Tornado | None = None) -> tuple[str, ...]:
    """What was asked and what came out: the sentences that stand on top.

    With a tornado of the net present value also what moves it most.
    """
    if not result.outcomes:
        return quantity_answers(result)
    sentences = [payback_sentence(result), *value_sentences(result)]
    if tornado is not None:
        sentences += driver_sentences(tornado, result)
    return tuple(sentences)


def payback_sentence(result: Result) -> str:
    """The chance of payback within the hurdle, or within the years of the case."""
    hurdle = result.case.hurdle
    discounted = hurdle is not None and hurdle.discounted
    payback = result.discounted_payback if discounted else result.payback
    horizon, written = counted_years(float(result.horizon))
    if payback.undefined_share == 1:
        return say("No money is paid or received, so there is nothing to pay back.")
    when = payback.percentile(50)
    later = discounted and when is None and result.payback.percentile(50) is not None
    if certain(result) and not later:
        if when is None:
            return say_many(
                "It never pays itself back within its {number} year.",
                "It never pays itself back within its {number} years.",
                horizon,
                number=written,
            )
        if discounted:
            return say("It pays itself back after {time} on discounted cash.", time=years(when))
        return say("It pays itself back after {time}.", time=years(when))
    asked = hurdle.years if hurdle else float(result.horizon)
    chance = chance_said(result, result.payback_chance(asked, discounted))
    within = within_words(hurdle) if hurdle else within_years(asked)
    if asked > result.horizon:
        return say_many(
            "The chance of having paid itself back {within} (it is followed for {number} year "
            "only) is {chance}.",
            "The chance of having paid itself back {within} (it is followed for {number} years "
            "only) is {chance}.",
            horizon,
            within=within,
            number=written,
            chance=chance,
        )
    return say(
        "The chance of having paid itself back {within} is {chance}.", within=within, chance=chance
    )


def value_sentences(result: Result) -> list[str]:
    """The chance of a loss, and three percentiles of net present value."""
    npv = result.npv
    if certain(result):
        value = npv_said(result)(npv.percentile(50), None)
        return [say("Nothing in it is uncertain: net present value is {amount}.", amount=value)]
    return [
        say(
            "The chance of a loss (a net present value below zero) is {chance}.",
            chance=chance_said(result, npv.measured("chance_negative")),
        ),
        # translators: {chances} reads "90 % chance of at least 1 SEK, 50 % chance of at least ..."
        say("Net present value: {chances}.", chances=at_least(npv, npv_said(result))),
    ]


def npv_said(result: Result) -> Write:
    """Writes net present values in sentences, to the digit that the tables show."""
    scale = value_scale(result)
    return lambda value, error: money(value, result.case.currency, error, among=scale)


def value_scale(result: Result) -> Scale:
    """The one scale of what the case is worth; plain figures where it has no money."""
    if not result.outcomes:
        return Scale()
    outcomes = (result.npv, result.peak_funding)
    return Scale.of(o.value(stat) for o in outcomes for stat in ("mean", "p10", "p50", "p90"))


def chance_said(result: Result, figure: Measured) -> Shown:
    """A chance of the result, with its error; it has none where nothing is uncertain."""
    return chance_shown(figure.value, None if certain(result) else error_of(figure))


def certain(result: Result) -> bool:
    """Whether nothing in the case is uncertain; that a few trials agree is not enough."""
    if result.inputs or result.trials < 2:
        return False
    return all(is_certain(each) for each in (*result.yearly_cash, result.npv))


def all_known(result: Result) -> bool:
    """Whether no quantity that was asked for is uncertain."""
    if result.inputs or result.trials < 2:
        return False
    found = (q if isinstance(q, tuple) else (q,) for q in result.quantities.values())
    return all(is_certain(part) for parts in found for part in parts)


def driver_sentences(tornado: Tornado, result: Result) -> list[str]:
    """What moves the outcome most."""
    movers = [bar for bar in tornado.rows if bar.swing == bar.swing and bar.swing != 0]
    if len(movers) < 2 or tornado.outcome not in OUTCOMES:
        return []
    first, second = (shortened(bar.label or bar.name) for bar in movers[:2])
    outcome = say(INSIDE[tornado.outcome])
    rare = any(bar.low_input == bar.high_input for bar in tornado.rows)
    if rare and tornado.low == tornado.low:  # a rare event may move more, beyond these ends
        return [
            say(
                "What moves {outcome} most between P{low} and P{high} is “{first}”, then "
                "“{second}”.",
                outcome=outcome,
                low=number(tornado.low),
                high=number(tornado.high),
                first=first,
                second=second,
            )
        ]
    return [
        say(
            "What moves {outcome} most is “{first}”, then “{second}”.",
            outcome=outcome,
            first=first,
            second=second,
        )
    ]


def quantity_answers(result: Result, most: int = 3) -> tuple[str, ...]:
    """Of a case without money: three percentiles of each of the first quantities."""
    sentences = []
    for name, quantity in list(result.quantities.items())[:most]:
        last = quantity[-1] if isinstance(quantity, tuple) else quantity
        unit, write = quantity_said(result, name)
        title = title_in(result.case, name)
        if isinstance(quantity, tuple):
            title = say("{quantity} in year {year}", quantity=title, year=year_of(last))
        if is_certain(last):
            figure = unit.full(last.percentile(50))
            said = say("{quantity}: {figure}; it is certain.", quantity=title, figure=figure)
        else:
            chances = at_least(last, write)
            said = say("{quantity}: {chances}.", quantity=title, chances=chances)
        sentences.append(said)
    left = len(result.quantities) - most
    if left > 0:
        # translators: quantities
        sentences.append(say_many("{count} more below.", "{count} more below.", left))
    return tuple(sentences)


def quantity_scale(result: Result, name: str) -> tuple[Unit, Scale]:
    """The unit of a quantity that was asked for, and the one scale of all its figures."""
    quantity = result.quantities[name]
    parts = quantity if isinstance(quantity, tuple) else (quantity,)
    unit = unit_in(result.case, name, [part.percentile(at) for part in parts for at in (5, 95)])
    stats = ("mean", "p10", "p50", "p90")
    return unit, unit.scale(part.value(stat) for part in parts for stat in stats)


def quantity_said(result: Result, name: str) -> tuple[Unit, Write]:
    """The unit of a quantity, and how its figures stand in sentences: to the digit of the table."""
    unit, scale = quantity_scale(result, name)
    return unit, lambda value, error: unit.full(value, error, scale)


def at_least(outcome: Outcome, write: Write, percents: Sequence[int] = (10, 50, 90)) -> str:
    """Percentiles that cannot be misread: "90 % chance of at least 3, ..."."""
    parts = []
    for at in percents:
        figure = outcome.measured(f"p{at}")
        chance, amount = percent((100 - at) / 100), open_said(figure, write)
        parts.append(say("{chance} chance of at least {amount}", chance=chance, amount=amount))
    return ", ".join(parts)


def within_words(hurdle: Hurdle) -> str:
    """Like "within 3 years", with a word on discounting."""
    if not hurdle.discounted:
        return within_years(hurdle.years)
    count, written = counted_years(hurdle.years)
    return say_many(
        "within {number} year on discounted cash",
        "within {number} years on discounted cash",
        count,
        number=written,
    )


def within_years(length: float) -> str:
    """Like "within 3 years"."""
    count, written = counted_years(length)
    # translators: by the end of that time: "the chance of having paid itself back within 3 years".
    return say_many("within {number} year", "within {number} years", count, number=written)


def title_in(case: Case, name: str) -> str:
    """What an input or a calculation is called."""
    entry = case.quantities.get(name)
    return entry.title if entry is not None else name


def is_certain(outcome: Outcome) -> bool:
    """Whether all trials agree."""
    return outcome.certain


def year_of(outcome: Outcome) -> int:
    """The year of one part of a yearly quantity, `name[year]`."""
    return int(outcome.name.rpartition("[")[2].rstrip("]"))


def printable(text: str) -> str:
    """Without characters that steer a terminal or break a page; lines stay lines.

    >>> printable("a\\x1b[2Jb\\nc")
    'a[2Jb\\nc'
    """
    return text.translate(_STEERING)


def shortened(text: str, most: int = 60) -> str:
    """A label that fits, cut between words.

    >>> shortened("The share of customers who would do their business there", 30)
    'The share of customers who …'
    """
    text = printable(" ".join(text.split()))
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut) + " …"[" " not in cut :]
