"""A comparison as plain data: the JSON contract, keys of which are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.case.comparison import NOTHING

if TYPE_CHECKING:
    from simulator.analysis.comparison import Compared
    from simulator.analysis.pairs import Pair
    from simulator.analysis.ranking import Place
    from simulator.result.outcome import Measured


def as_data(compared: Compared) -> dict[str, Any]:
    """Every figure of a comparison with its interval; only plain Python values."""
    return {
        "comparison": compared.comparison.name,
        "currency": compared.comparison.currency,
        "hurdle": {"years": compared.hurdle.years, "discounted": compared.hurdle.discounted},
        "criterion": compared.comparison.criterion,
        "trials": compared.trials,
        "seed": compared.results[NOTHING].seed,
        "sampling": compared.results[NOTHING].sampling,
        "alternatives": {name: result.to_dict() for name, result in compared.results.items()},
        "chance_best": _values(compared.chance_best),
        "chance_best_interval": _intervals(compared.chance_best),
        "pairs": [_pair(pair) for pair in compared.pairs],
        "evpi": compared.evpi.value,
        "evpi_interval": [compared.evpi.low, compared.evpi.high],
        "regret": _values(compared.regret),
        "regret_interval": _intervals(compared.regret),
        "certainty_equivalent": _values(compared.certainty_equivalent),
        "certainty_equivalent_interval": _intervals(compared.certainty_equivalent),
        "ranking": {c: compared.ranking(c).names for c in compared.criteria},
        "what_ifs": dict(compared.comparison.variants),
        "changed": _ranks(compared.changed) if compared.changed is not None else None,
        "not_told_apart": {c: compared.ranking(c).tied for c in compared.criteria},
        "places": {
            c: [_place(place) for place in compared.ranking(c).places] for c in compared.criteria
        },
        "notes": list(compared.notes),
    }


def _ranks(compared: Compared) -> dict[str, Any]:
    """Who is best: the chance of it, and the ranking by every criterion."""
    return {
        "chance_best": _values(compared.chance_best),
        "regret": _values(compared.regret),
        "evpi": compared.evpi.value,
        "ranking": {c: compared.ranking(c).names for c in compared.criteria},
    }


def _values(figures: Mapping[str, Measured]) -> dict[str, float | None]:
    return {name: figure.value for name, figure in figures.items()}


def _intervals(figures: Mapping[str, Measured]) -> dict[str, list[float | None]]:
    return {name: [figure.low, figure.high] for name, figure in figures.items()}


def _place(place: Place) -> dict[str, Any]:
    return {
        "alternative": place.name,
        "figure": place.figure.value,
        "figure_interval": [place.figure.low, place.figure.high],
        "behind": place.difference.value,
        "behind_interval": [place.difference.low, place.difference.high],
        "told_apart": place.told,
        "trials_needed": place.trials_needed,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "chance_a_better": pair.chance_a_better.value,
        "mean_difference": pair.mean_difference.value,
        **{f"p{p}": figure.value for p, figure in pair.percentiles.items()},
        "interval": {
            "chance_a_better": [pair.chance_a_better.low, pair.chance_a_better.high],
            "mean_difference": [pair.mean_difference.low, pair.mean_difference.high],
            **{f"p{p}": [figure.low, figure.high] for p, figure in pair.percentiles.items()},
        },
        "dominance": {
            "order": pair.dominance.order,
            "better": pair.dominance.better,
            "violation": pair.dominance.violation,
            "told": pair.dominance.told,
        },
    }
