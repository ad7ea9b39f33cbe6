"""As many trials as a figure needs to be known closely enough, instead of a number of trials."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any, Literal

from distributions import design
from simulator.case.case import Case, Sampling
from simulator.engine.run import MOST_TRIALS, TRIALS, simulate
from simulator.errors import RunError, Stopped
from simulator.language.errors import LanguageError
from simulator.language.numbers import CURRENCY, read_number
from simulator.language.tree import Number
from simulator.notes import Note, Rate
from simulator.result.outcome import Measured
from simulator.result.result import Result

LIMIT = 2**24
"""So many trials, some seconds of work, are the most where no other limit is given."""
REMEDY = (
    "write how far a chance of payback may be off, below 50 %, as in 0.5 %, or net present value, "
    "at least 1, as in 20 000"
)


@dataclass(frozen=True)
class Precision:
    """How far a figure may be off: a chance of payback, or mean net present value in money.

    >>> Precision.read("0.5%"), Precision.read("20k")
    (Precision(of='payback', within=0.005), Precision(of='npv', within=20000.0))
    """

    of: Literal["payback", "npv"]
    within: float

    @classmethod
    def read(cls, text: str) -> Precision:
        """From how people write it; raises RunError for what is neither a share nor an amount."""
        wrong = RunError(f"precision is {text!r}\n    {REMEDY}")
        number = _number(str(text).strip().lstrip("±").strip())
        if number is None:
            raise wrong
        if number.unit == "%" and 0 < number.value < 0.5:
            return cls("payback", number.value)
        if number.unit == "%" or number.value < 1:  # less than one is a share without its sign
            raise wrong
        return cls("npv", number.value)

    def figure(self, result: Result) -> Measured:
        """The figure that is to be known: the chance of the hurdle, or of payback at all."""
        if self.of == "npv":
            return result.npv.measured("mean")
        return result.hurdle_chance or result.payback_chance(result.horizon)

    def error(self, result: Result) -> float:
        """How far it may be off in a result: half of its 95 % interval, or the longer part of it.

        Infinite where it has no interval, 0 where nothing is uncertain.
        """
        whole = result.asked is None
        told = (*result.yearly_cash, result.npv) if whole else result.outcomes.values()
        if all(outcome.certain for outcome in told):
            return 0.0
        found = self.figure(result)
        if found.value is None or found.low is None or found.high is None:
            return float("inf")
        return max(found.value - found.low, found.high - found.value)


def simulate_to(
    case: Case,
    precision: Precision | str,
    limit: int | None = None,
    seed: int | None = None,
    sampling: Sampling | None = None,
    show: Sequence[str] = (),
    **how: Any,
) -> Result:
    """Double the trials until a figure is known to ± `precision`, or `limit` trials are run.

    The chance of payback within the hurdle (within all years without one) to so many percentage
    points, or mean net present value to so much money, with 95 % confidence. The result is that of
    `simulate` with as many trials, and its notes say which came first. `how` is as in `simulate`.

    >>> import utfall as ut
    >>> press = "years: 3\\ndiscount_rate: 8 %\\ninvestment: {Press: 100}\\nbenefits: {B: 30 to 60}"
    >>> found = simulate_to(ut.read(press), "1 %", sampling="random")
    >>> print(found.notes[-1])
    the chance of payback is 87.49 % ±0.26 %, within the 1 % asked for: 65,536 trials

    Raises RunError for a precision that cannot be read, and for a case without money; otherwise as
    `simulate` does.
    """
    asked = precision if isinstance(precision, Precision) else Precision.read(precision)
    if not case.has_money:
        raise RunError(
            f"{case.name}: a precision is of payback or net present value, and the case has no "
            "money in it\n    ask for --trials instead"
        )
    most = min(LIMIT if limit is None else limit, MOST_TRIALS)
    trials = _first(min(case.trials or TRIALS, most), most, sampling or case.sampling or "sobol")
    best: Result | None = None
    while True:
        try:
            result = simulate(case, trials, seed, sampling, show, **how)
        except Stopped:
            if best is None:
                raise
            return _ended(asked, replace(best, planned=trials), most)
        # a run too large to be kept is not averaged over the investment, and may be less exact
        if best is None or asked.error(result) < asked.error(best):
            best = result
        if result.partial:
            return _ended(asked, replace(best, planned=result.planned), most)
        if asked.error(result) <= asked.within or 2 * result.trials > most:
            return _ended(asked, best, most)
        trials = 2 * result.trials


def _number(text: str) -> Number | None:
    """A number with a decimal point or comma, and a currency behind it or not; None if it is none.

    >>> _number("0,5 %").value, _number("20 000 SEK").value, _number("half")
    (0.005, 20000.0, None)
    """
    currency = CURRENCY.search(text)
    amount = text[: currency.start()].strip() if currency else text
    for written in (text, amount):
        for numbers in ("en", "sv"):
            if written[:1].isdigit():
                with suppress(LanguageError):
                    number, end = read_number(written, 0, numbers)
                    if end == len(written):
                        return number
    return None


def _first(trials: int, most: int, sampling: Sampling) -> int:
    """So many trials, in the sets they come in, or fewer if those are more than the limit."""
    while trials and (points := design(sampling, 0, trials).trials) > most:
        trials //= 2
    if not trials:
        raise RunError(
            f"a limit of {most} trials is too low: points come in sets\n    allow some thousands"
        )
    return points


def _ended(asked: Precision, result: Result, most: int) -> Result:
    """The result, and how close it came."""
    told = _told(asked, asked.error(result), result, most)
    return replace(result, notes=(*result.notes, told))


def _told(asked: Precision, error: float, result: Result, most: int) -> Note:
    """What is known, whether that is enough, and if not, why there is no more."""
    value, near = asked.figure(result).value or 0.0, _upwards(min(error, 1e300))
    digits = max(1 - floor(log10(near)), 0) if near else 2
    enough, stopped = error <= asked.within, result.partial
    found: dict[str, object] = {"trials": result.trials}
    if asked.of == "payback":
        share = Rate(round(value, max(digits, 2)))
        found |= {"figure": share, "error": Rate(min(near, 1.0)), "asked": Rate(asked.within)}
        return _of_payback(enough, stopped, most, found)
    amount = _amount(round(value, digits))
    found |= {"figure": amount, "error": _amount(near), "asked": _amount(asked.within)}
    return _of_value(enough, stopped, most, found)


def _of_payback(enough: bool, stopped: bool, most: int, found: dict[str, object]) -> Note:
    if enough:
        return Note(
            "the chance of payback is {figure} ±{error}, within the {asked} asked for: {trials} "
            "trials",
            **found,
        )
    if stopped:
        return Note(
            "the chance of payback is {figure} ±{error}, not within the {asked} asked for: the run "
            "was stopped after {trials} trials",
            **found,
        )
    return Note(
        "the chance of payback is {figure} ±{error}, not within the {asked} asked for: {trials} "
        "trials are run, and {most} are the limit",
        most=most,
        **found,
    )


def _of_value(enough: bool, stopped: bool, most: int, found: dict[str, object]) -> Note:
    if enough:
        return Note(
            "mean net present value is {figure} ±{error}, within the {asked} asked for: {trials} "
            "trials",
            **found,
        )
    if stopped:
        return Note(
            "mean net present value is {figure} ±{error}, not within the {asked} asked for: the "
            "run was stopped after {trials} trials",
            **found,
        )
    return Note(
        "mean net present value is {figure} ±{error}, not within the {asked} asked for: {trials} "
        "trials are run, and {most} are the limit",
        most=most,
        **found,
    )


def _upwards(error: float) -> float:
    """To two figures, never less than it is."""
    if not 0 < error < float("inf"):
        return error
    error = max(error, 1e-12)
    scale = 10.0 ** (1 - floor(log10(error)))
    return ceil(error * scale - 1e-9) / scale


def _amount(money: float) -> int | str:
    """Whole where it is large, as a note can write it in any language."""
    return round(money) if 100 <= abs(money) < 1e15 else f"{money:g}"
