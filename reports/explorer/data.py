"""The trials as the page holds them: exact ranks of inputs, values of alternatives, and texts."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reports.comparison_reading import Reading, short_names
from reports.explorer.dial import Dial
from reports.explorer.inputs import Choice, by_weight, choices
from reports.explorer.texts import answer_texts, number_texts, question_texts
from reports.explorer.trials import Carried, carried
from reports.language import SPACE, say
from reports.numbers import Scale, exact, years
from reports.words import certain, value_scale, within_words
from simulator.case.comparison import NOTHING
from simulator.result.intervals import percentile

if TYPE_CHECKING:
    from reports.document import Subject
    from simulator.case.case import Hurdle
    from simulator.result import Measured, Result

NAMED = 48
PAID, LATER, NEVER, UNDEFINED = range(4)
"""What became of payback in a trial: within the hurdle, later, never, or nothing was paid."""
TICKS = 4
PERCENTILES = (10, 50, 90)
CHANCES = ("paid", "never", "loss")


@dataclass(frozen=True, eq=False)
class Alternative:
    """An alternative on the trials that travel: `values` are None where nothing is done."""

    name: str
    label: str
    values: npt.NDArray[np.float32] | None
    payback: npt.NDArray[np.uint8] | None
    certain: bool
    ranked: bool
    horizon: int
    whole: Mapping[str, Mapping[str, float | None]]
    """The report's own figures, over all its trials."""


@dataclass(frozen=True, eq=False)
class Explored:
    """Everything that the panel is made of."""

    alternatives: tuple[Alternative, ...]
    choices: tuple[Choice, ...]
    dials: tuple[Dial, ...]
    known: int
    """Uncertain inputs in all, those that cannot be chosen among them."""
    trials: int
    of: int
    """Trials of the report."""
    scale: Scale
    heading: str
    hurdle: Hurdle
    first: int
    """The place of the choice that moves the alternative shown first most."""

    @property
    def single(self) -> bool:
        """Whether there is one case and nothing to rank."""
        return len(self.alternatives) == 1


def explored(subject: Subject) -> Explored | None:
    """What can be explored; None without money, or where nothing that is uncertain matters."""
    compared = subject.compared
    if compared is None:
        return None
    every = choices(subject)
    moving = [r for r in subject.results.values() if not _settled(r)]
    finite = all(np.isfinite(r.npv.values).all() for r in subject.results.values())
    if not every or not moving or not finite:
        return None
    room = carried(compared.trials, compared.replicates, len(subject.results), len(every))
    kept = [(choice, choice.values[room.places]) for choice in every[: room.inputs]]
    kept = [(choice, values) for choice, values in kept if (values != values[0]).any()]
    reading = Reading(compared)
    names = [name for name in reading.alternatives if name in subject.results]
    alternatives = _alternatives(subject, names, reading, room)
    if not kept or any(a.values is not None and not np.isfinite(a.values).all()
                       for a in alternatives):  # fmt: skip
        return None
    shown = next((a.name for a in alternatives if a.values is not None), "")
    scale = value_scale(subject.result) if subject.is_single else reading.scale
    return Explored(
        alternatives,
        tuple(choice for choice, _ in kept),
        tuple(Dial.of(values) for _, values in kept),
        len(every),
        room.trials,
        compared.trials,
        scale,
        scale.heading(compared.comparison.currency),
        compared.hurdle,
        _strongest(subject, [choice for choice, _ in kept], shown),
    )


def _strongest(subject: Subject, kept: Sequence[Choice], alternative: str) -> int:
    """The place of the choice that moves an alternative most; the first where none does."""
    of_it = {choice.name: place for place, choice in enumerate(kept) if alternative in choice.of}
    return next((of_it[name] for name in by_weight(subject, alternative) if name in of_it), 0)


def _settled(result: Result) -> bool:
    """Whether no input moves what is shown of a result."""
    values = result.npv.values
    return bool((values == values[0]).all()) and result.payback.undefined_share in (0.0, 1.0)


def _alternatives(
    subject: Subject, names: Sequence[str], reading: Reading, room: Carried
) -> tuple[Alternative, ...]:
    compared = reading.compared
    labels = short_names([*names, NOTHING], NAMED)
    unranked = compared.ranking("payback").unranked
    found = []
    for name in names:
        result = subject.results[name]
        with np.errstate(over="ignore"):  # a value too large for the page leaves the panel out
            values = result.npv.values[room.places].astype(np.float32)
        paid = _payback(result, compared.hurdle)[room.places]
        found.append(Alternative(name, labels[name], values, paid, certain(result),
                                 name not in unranked, result.horizon,
                                 _whole(result, compared.hurdle)))  # fmt: skip
    if not subject.is_single:
        found.append(Alternative(NOTHING, labels[NOTHING], None, None, True, False, 0, {}))
    return tuple(found)


def _whole(result: Result, hurdle: Hurdle) -> dict[str, dict[str, float | None]]:
    """The figures of the table as the report has them, with the ends of their intervals."""
    figures = {
        "paid": result.payback_chance(hurdle.years, hurdle.discounted),
        "never": result.never_chance(hurdle.discounted),
        "loss": result.npv.measured("chance_negative"),
        "mean": result.npv.measured("mean"),
        **{f"p{percent}": result.npv.measured(f"p{percent}") for percent in PERCENTILES},
    }
    exact = certain(result)
    return {key: _figure(figure, exact and key in CHANCES) for key, figure in figures.items()}


def _figure(figure: Measured, is_exact: bool) -> dict[str, float | None]:
    """A figure for the script, and how far it may be off; None for an end that is nowhere."""
    value, low, high = figure.value, figure.low, figure.high
    ends = [abs(end - value) for end in (low, high) if end is not None and value is not None]
    error = None if is_exact else max(ends, default=None)
    return {"value": value, "low": low, "high": high, "error": error}


def _payback(result: Result, hurdle: Hurdle) -> npt.NDArray[np.uint8]:
    """What became of payback, trial by trial."""
    payback = (result.discounted_payback if hurdle.discounted else result.payback).values
    found = np.full(payback.shape, LATER, np.uint8)
    found[payback <= hurdle.years] = PAID
    found[np.isposinf(payback)] = NEVER
    found[np.isnan(payback)] = UNDEFINED
    return found


def as_data(found: Explored) -> dict[str, Any]:
    """Plain data for the script: arrays in base64, little-endian; texts with open places."""
    return {
        "trials": found.trials,
        "inputs": [_input(*pair) for pair in zip(found.choices, found.dials, strict=True)],
        "alternatives": [_alternative(each, found.scale) for each in found.alternatives],
        "scale": {"power": found.scale.power, "place": found.scale.place},
        "numbers": number_texts(),
        "within": within_words(found.hurdle),
        "percents": [f"{exact(percent)}{SPACE}%" for percent in (0.0, 50.0, 100.0)],
        "texts": question_texts() | answer_texts(found.single),
    }


def as_json(data: Mapping[str, Any]) -> str:
    """JSON that can stand inside a script element: no text in it ends or opens one.

    >>> as_json({"name": "</script>"})
    '{"name":"\\\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _input(choice: Choice, dial: Dial) -> dict[str, Any]:
    return {
        "label": choice.label,
        "unit": choice.unit.name,
        "share": choice.unit.share,
        "happens": choice.happens and dial.stops[0] == 0,
        "texts": dial.texts(choice.unit),
        "ranks": _base64(dial.ranks.astype("<u2")),
        "below": _base64(dial.below.astype("<u2")),
        "upto": _base64(dial.upto.astype("<u2")),
        "quantiles": [float(f"{value:.7g}") for value in dial.quantiles],
    }


def _alternative(alternative: Alternative, scale: Scale) -> dict[str, Any]:
    told: dict[str, Any] = {
        "label": alternative.label,
        "certain": alternative.certain,
        "ranked": alternative.ranked,
        "never": never_paid(alternative),
    }
    if alternative.values is not None and alternative.payback is not None:
        low, high = _shown(alternative.values)
        told["whole"] = alternative.whole
        told["shown"] = [low, high]
        told["ticks"] = [[at, exact(at / 10**scale.power)] for at in _ticks(low, high)]
        told["values"] = _base64(alternative.values.astype("<f4"))
        told["payback"] = _base64(alternative.payback)
    return told


def never_paid(alternative: Alternative) -> str:
    """What it is called that payback does not come."""
    return say("Never paid back within {years}", years=years(float(alternative.horizon)))


def _shown(values: npt.NDArray[np.float32]) -> tuple[float, float]:
    """From where to where the S-curve is drawn: nearly all values, and zero where it is near."""
    rising = np.sort(values).astype(np.float64)
    low, high = percentile(rising, 0.5), percentile(rising, 99.5)
    if low == high:
        low, high = float(rising[0]), float(rising[-1])
    room = (high - low) / 2 or abs(low) or 1.0
    low, high = (0.0 if 0 < low <= room else low), (0.0 if -room <= high < 0 else high)
    margin = (high - low) * 0.03 or room / 2
    return low - margin, high + margin


def _ticks(low: float, high: float) -> list[float]:
    """Round values to read the axis by."""
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(TICKS, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(f"{value:.10g}") for value in found if low <= value <= high]


def _base64(array: npt.NDArray[Any]) -> str:
    return b64encode(array.tobytes()).decode("ascii")
