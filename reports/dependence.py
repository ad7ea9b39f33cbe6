"""What moves together: rank correlations asked for and realised, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reports.document import Cell, Column, Row, Table
from reports.language import listed, say, say_in
from reports.numbers import Scale
from reports.words import shortened, title_in

if TYPE_CHECKING:
    from simulator.result import Result
    from simulator.result.result import RealisedDependence

APART = 0.05
"""Rank correlations asked for and realised that differ by more are explained."""
ALIKE = 0.01
"""In a larger share of the trials than this an input has a value that it has in others too."""


def dependence_table(result: Result) -> Table:
    """Rank correlations asked for, and those that the draws have."""
    rows, notes = [], []
    for pair in result.dependence:
        both = listed(_told_apart([title_in(result.case, name) for name in pair.between], pair))
        if abs(pair.asked - pair.realised) > APART:
            notes.append(_why_apart(result, pair, both))
        rows.append(Row((Cell(both), _correlation(pair.asked), _correlation(pair.realised))))
    columns = (
        Column(say("Rank correlation"), kind="text"),
        # translators: the rank correlation that was asked for, and the one that the draws have
        Column(say_in("rank correlation", "asked")),
        Column(say_in("rank correlation", "realised")),
    )
    return Table(say("What moves together"), columns, tuple(rows), tuple(notes))


def _why_apart(result: Result, pair: RealisedDependence, both: str) -> str:
    """Why the draws have another rank correlation than was asked for."""
    values = [result.inputs[name].values for name in pair.between if name in result.inputs]
    if any(len(np.unique(each)) < (1 - ALIKE) * len(each) for each in values):
        return say(
            "{inputs}: one of them has the same value in many trials, as where an event does not "
            "happen. Equal values have no order, so less of the bond is realised.",
            inputs=both,
        )
    return say(
        "{inputs}: what was asked for between all the inputs cannot hold at once, so the nearest "
        "that can was drawn.",
        inputs=both,
    )


def _told_apart(titles: Sequence[str], pair: RealisedDependence) -> list[str]:
    """Labels short enough for a line; where that makes them alike, the names used in formulas."""
    cut = [shortened(title, 34) for title in titles]
    return cut if len(set(cut)) == len(cut) else [shortened(name) for name in pair.between]


def _correlation(value: float) -> Cell:
    return Cell.of(Scale(0, -2).shown(value)) if value == value else Cell("–")
