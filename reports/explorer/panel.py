"""The panel as a fragment of a page, its style and its script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reports.language import SPACE, say

if TYPE_CHECKING:
    from reports.document import Subject
    from reports.explorer.data import Explored
    from reports.explorer.inputs import Choice

SCRIPTS = ("numbers.js", "trials.js", "curve.js", "dial.js", "explorer.js")
"""The parts of the script in the order in which they build on each other."""


def explorable(subject: Subject) -> bool:
    """Whether there is something to explore: money, and an uncertain input that matters."""
    from reports.explorer.data import explored

    return explored(subject) is not None


def panel(subject: Subject) -> str:
    """The panel in the language spoken, with its trials; "" where there is nothing to explore.

    Everything in it that comes from a case file is escaped. It is shown by the script alone: where
    none runs, one sentence says what is missing.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from reports.explorer.data import as_data, as_json, explored

    found = explored(subject)
    if found is None:
        return ""
    pages = Environment(
        loader=PackageLoader("reports", "explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("panel.html").render(
        groups=_groups(found),
        alternatives=_alternatives(found),
        first=found.first,
        rows=_rows(found),
        words=_words(found),
        notes=_notes(found),
        data=as_json(as_data(found)),
    )


@cache
def style() -> str:
    """The style sheet; colours come from the page: `--ink`, `--accent` and the like."""
    return _text("explorer.css")


@cache
def script() -> str:
    """The script: plain JavaScript, without anything from elsewhere and without any words."""
    return "(() => {\n" + "\n".join(['"use strict";', *script_parts().values()]) + "})();\n"


def script_parts() -> dict[str, str]:
    """The parts of the script by their names."""
    return {name: _text(name) for name in SCRIPTS}


def _text(name: str) -> str:
    return files("reports").joinpath("explorer", name).read_text(encoding="utf-8")


def _alternatives(found: Explored) -> list[str]:
    """Those whose figures can be asked for; a single case needs no asking."""
    names = [each.label for each in found.alternatives if each.values is not None]
    return [] if found.single else names


def _groups(found: Explored) -> list[tuple[str, list[tuple[int, str]]]]:
    """The inputs by the alternatives that have them; those of a single case have no heading."""
    groups: dict[str, list[tuple[int, str]]] = {}
    labels = {alternative.name: alternative.label for alternative in found.alternatives}
    for place, choice in enumerate(found.choices):
        groups.setdefault(_group(choice, labels, found.single), []).append((place, choice.label))
    return list(groups.items())


def _group(choice: Choice, labels: dict[str, str], single: bool) -> str:
    if single:
        return ""
    if len(choice.of) == 1:
        return say("Only in “{alternative}”", alternative=labels[choice.of[0]])
    return say("In several alternatives")


def _rows(found: Explored) -> list[tuple[str, str, str]]:
    """Key, label and kind of each row of the table."""
    from reports.explorer.data import PERCENTILES, never_paid
    from reports.words import within_words

    return [
        ("paid", say("Paid back {within}", within=within_words(found.hurdle)), "row"),
        ("never", never_paid(found.alternatives[0]), "row"),
        ("loss", say("A loss: net present value below zero"), "row"),
        ("", _amounts(found), "heading"),
        ("mean", say("Mean"), "row"),
        *(
            (f"p{p}", say("{chance} chance of at least", chance=f"{100 - p}{SPACE}%"), "row")
            for p in PERCENTILES
        ),
    ]


def _words(found: Explored) -> dict[str, str]:
    """The texts that stand in the page from the beginning."""
    from reports.words import within_words

    means = (
        say("By mean net present value, {counted}", counted=found.heading)
        if found.heading
        else say("By mean net present value")
    )
    return {
        "without_script": say(
            "In a browser that runs scripts, you can try here what a narrower range of an input "
            "would mean."
        ),
        "intro": say(
            "Choose an input and move the ends of its range. The figures follow at once: they are "
            "counted over the simulated trials in which the input lies inside."
        ),
        "first": say("First input"),
        "second": say("Second input"),
        "no_second": say("No second input"),
        "mode": say("How it is narrowed"),
        "range": say("A range"),
        "near": say("Near one value"),
        "reset": say("Back to all trials"),
        "alternative": say("Alternative shown"),
        "table": say("What follows"),
        "before": say("In all trials"),
        "now": say("In those left"),
        "curve": say("Chance of at most this net present value"),
        "curve_axis": _amounts(found),
        "curve_alt": say(
            "S-curves of net present value, over all trials and over those left. The table has "
            "their figures in words."
        ),
        "by_paid": say("By the chance of payback {within}", within=within_words(found.hurdle)),
        "by_mean": means,
        "ranking": say("The alternatives in order"),
    }


def _amounts(found: Explored) -> str:
    """Net present value with what it is counted in."""
    if found.heading:
        return say("Net present value, {counted}", counted=found.heading)
    return say("Net present value")


def _notes(found: Explored) -> list[str]:
    """What must be known to read the figures right."""
    from reports.numbers import exact

    notes = [
        say(
            "± is a 95 % interval, from the trials left. Where inputs depend on each other, "
            "narrowing one moves the others too. Near one value means the nearest 10 % of the "
            "trials, or all that share the value."
        )
    ]
    if found.trials < found.of:
        counts = {"count": exact(float(found.trials)), "all": exact(float(found.of))}
        notes.append(
            say(
                "The figures of those left are counted over {count} of the report's {all} "
                "trials; those in all trials are the report's own.",
                **counts,
            )
        )
    if len(found.choices) < found.known:
        counts = {"count": exact(float(len(found.choices))), "all": exact(float(found.known))}
        notes.append(
            say(
                "Of {all} uncertain inputs {count} can be chosen: those that move net present "
                "value most.",
                **counts,
            )
        )
    return notes
