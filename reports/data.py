"""A report as data: its texts, and every number behind them, as strict JSON can hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from distributions import Marginal
from reports.document import Cell, Facts, Figure, Items, Paragraph, Shape, Share, Table
from reports.sections.assumptions import register
from reports.sections.quality import versions
from reports.sections.shown import own_cases
from simulator.analysis.doubts import doubts
from simulator.analysis.downside import event_effects, in_worst, worst_shares, worst_trials
from simulator.analysis.inputs import TRIALS
from simulator.notes import Note
from simulator.result.outcome import Measured

if TYPE_CHECKING:
    from reports.document import Block, Report, Subject
    from simulator.analysis.thresholds import Thresholds
    from simulator.analysis.tornado import Tornado
    from simulator.case.case import Case
    from simulator.case.comparison import Comparison
    from simulator.result import Result


def report_data(report: Report) -> dict[str, Any]:
    """The report with all its numbers in full precision; undefined ones are None, never NaN.

    `result` (or `comparison`) is what `utfall run` (or `compare`) gives as JSON; the other keys
    hold what the sections compute from it. Keys are only ever added.
    """
    subject = report.subject
    data: dict[str, Any] = plain(
        {
            "report": {
                "title": report.title,
                "language": report.language,
                "author": report.author,
                "written": report.written.isoformat(),
                "sections": [
                    {
                        "key": section.key,
                        "title": section.title,
                        "blocks": [_block(block) for block in section.blocks],
                    }
                    for section in report.sections
                ],
            },
            **_found(subject),
            "versions": versions(subject.result),
            "cases": {name: _case(subject, name) for name in subject.results},
            "tornados": {name: _tornado(found) for name, found in subject.tornados.items()},
            "thresholds": _thresholds(subject.thresholds),
            "rivals": subject.rivals,
            "assumptions": _assumptions(subject),
            "assumptions_trials": TRIALS,
            "information": _information(subject),
            "pairs_in_detail": _pairs(subject),
            "notes": _notes(subject),
        }
    )
    return data


def plain(value: Any) -> Any:
    """Plain Python values; what is not finite becomes None.

    >>> plain({"a": np.float64("nan"), "b": (1, 2.5), "c": Measured(1.0, None, 2.0)})
    {'a': None, 'b': [1, 2.5], 'c': {'value': 1.0, 'low': None, 'high': 2.0}}
    """
    if isinstance(value, Measured):
        return {"value": plain(value.value), "low": plain(value.low), "high": plain(value.high)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def _found(subject: Subject) -> dict[str, Any]:
    if subject.compared is None or subject.is_single:
        return {"result": subject.result.to_dict()}
    asked = subject.compared.comparison
    more = {
        "risk_tolerance": asked.risk_tolerance,
        "rates": asked.rates,
        **_own_words(asked),
    }
    return {"comparison": {**subject.compared.to_dict(), **more}}


def _case(subject: Subject, name: str) -> dict[str, Any]:
    """What the sections tell of one case beyond its result."""
    result, case = subject.results[name], own_cases(subject)[name]
    found: dict[str, Any] = {
        "years": case.years,
        "delay": case.delay,
        "start": case.start,
        "hurdle": case.hurdle.years if case.hurdle else None,
        "discount_rate": case.discount_rate.typed(case.numbers) if case.discount_rate else None,
        "tax": case.tax.rate.typed(case.numbers) if case.tax else None,
        "depreciation_years": case.tax.depreciation_years if case.tax else None,
        "risk_tolerance": case.risk_tolerance,
        **_own_words(case),
        "formulas": {entry.path: entry.typed(case.numbers) for entry in case.entries()},
    }
    if not result.outcomes:
        return found
    found |= _figures(result)
    return found


def _own_words(asked: Case | Comparison) -> dict[str, Any]:
    """What somebody wrote for the report."""
    return {
        "decision": asked.decision,
        "scope": asked.scope,
        "not_valued": asked.not_valued,
        "follow_up": [
            {"what": item.what, "month": item.month, "refutes": item.refutes}
            for item in asked.follow_up
        ],
    }


def _figures(result: Result) -> dict[str, Any]:
    """Figures with intervals, and those of parts of the trials."""
    stats = ("mean", "p10", "p50", "p90")
    hurdle = result.case.hurdle
    lengths = [hurdle.years] if hurdle else []
    kinds = ("none", "unique", "several")
    one_root = {count: result.tally.chance(kind) for count, kind in enumerate(kinds)}
    undefined = {
        name: {
            "share": outcome.undefined_share,
            "interval": outcome.undefined_chance(),
        }
        for name, outcome in result.outcomes.items()
    }
    return {
        "lines": {
            name: {stat: line.present_value.measured(stat) for stat in stats}
            for name, line in result.lines.items()
        },
        "cash": [{stat: cash.measured(stat) for stat in stats} for cash in result.yearly_cash],
        "payback_within": {
            f"{length:g}": {
                "simple": result.payback_chance(length),
                "discounted": result.payback_chance(length, True),
            }
            for length in lengths
        },
        "roots": one_root,
        "undefined": undefined,
        "no_outlay": result.tally.chance("no_outlay"),
        "inputs": {
            name: {**{s: out.measured(s) for s in ("p5", "p50", "mean", "p95")}}
            for name, out in result.inputs.items()
        },
        "events": [vars(effect) for effect in event_effects(result)],
        "worst_trials": {
            "trials": int(in_worst(result).sum()),
            "inputs": [vars(shift) for shift in worst_trials(result)],
            "shares": [vars(shift) for shift in worst_shares(result)],
        },
    }


def _tornado(found: Tornado) -> dict[str, Any]:
    rows = [{**vars(bar), "swing": bar.swing} for bar in found.rows]
    return {**vars(found), "rows": rows}


def _thresholds(found: Thresholds | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {**vars(found), "rows": [vars(row) for row in found.rows]}


def _assumptions(subject: Subject) -> list[dict[str, Any]]:
    """The register, each assumption once."""
    rows = []
    for each in register(subject):
        row = {key: value for key, value in vars(each.row).items() if key != "marginal"}
        found = parameters(each.row.marginal) if each.row.exact else {}
        rows.append({**row, "parameters": found, "used_by": each.users})
    return rows


def parameters(marginal: Marginal | None) -> dict[str, Any]:
    """What a distribution is made of, its parts with theirs.

    >>> from distributions import uniform
    >>> parameters(uniform(2, 3))
    {'family': 'Uniform', 'low': 2.0, 'high': 3.0}
    """
    if marginal is None:
        return {}
    found: dict[str, Any] = {"family": type(marginal).__name__}
    for each in fields(marginal):
        value = getattr(marginal, each.name)
        found[each.name] = _parameter(value)
    return found


def _parameter(value: Any) -> Any:
    if isinstance(value, Marginal):
        ends = {f"p{p}": float(value.percentile(p)) for p in (5, 50, 95)} if not value.shape else {}
        return {**parameters(value), **ends}
    if isinstance(value, tuple):
        return [_parameter(each) for each in value]
    return value


def _information(subject: Subject) -> dict[str, Any] | None:
    if subject.compared is None:
        return None
    return {"evpi": subject.compared.evpi}


def _notes(subject: Subject) -> list[Any]:
    """What the simulator had to tell, with the figures that its sentences were made of."""
    told: list[str] = [note for result in subject.results.values() for note in result.notes]
    told += subject.compared.notes if subject.compared is not None else ()
    told += [doubt for case in own_cases(subject).values() for doubt in doubts(case)]
    return [
        {"text": str(note), "values": _made_of(note.values) if isinstance(note, Note) else {}}
        for note in dict.fromkeys(told)
    ]


def _made_of(value: Any) -> Any:
    """Figures and names of a note, those of notes inside it among them."""
    if isinstance(value, Note):
        return _made_of(value.values)
    if isinstance(value, Mapping):
        return {key: _made_of(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_made_of(each) for each in value]
    return float(value) if isinstance(value, float) else value


def _pairs(subject: Subject) -> list[dict[str, Any]]:
    """Every two alternatives with the percentiles of their difference."""
    if subject.compared is None or subject.is_single:
        return []
    return [
        {
            "a": pair.a,
            "b": pair.b,
            "chance_a_better": pair.chance_a_better,
            "mean_difference": pair.mean_difference,
            "percentiles": pair.percentiles,
        }
        for pair in subject.compared.pairs
    ]


def _block(block: Block) -> dict[str, Any]:
    """A block as it is read, with the numbers of its picture."""
    if isinstance(block, Paragraph):
        return {"paragraph": block.text, "kind": block.kind}
    if isinstance(block, Items):
        return {"items": block.items, "title": block.title}
    if isinstance(block, Facts):
        return {"facts": [fact._asdict() for fact in block.facts]}
    if isinstance(block, Figure):
        frame = block.chart.frame
        return {
            "figure": block.chart.name,
            "title": block.chart.title,
            "alt": block.chart.alt,
            "caption": block.caption,
            "data": {str(name): frame[name].tolist() for name in frame.columns},
        }
    if isinstance(block, Table):
        return {
            "table": block.title,
            "columns": [column._asdict() for column in block.columns],
            "rows": [
                {
                    "cells": [_cell(cell) for cell in row.cells],
                    "below": row.below,
                    "kind": row.kind,
                }
                for row in block.rows
            ],
            "notes": block.notes,
        }
    return {"explorer": block.title}


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"text": cell.text}
    if cell.error:
        found["error"] = cell.error
    if isinstance(cell.drawing, Shape):
        found["shape"] = cell.drawing.heights
    if isinstance(cell.drawing, Share):
        found["share"] = cell.drawing.share
    return found
