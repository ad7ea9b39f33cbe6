"""YAML ↔ Case: reading a file with all that it extends, every mistake noted with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from simulator.case.case import MONEY, Case, Entry, Expression, Tax
from simulator.case.document import Document, Scalar, read_text
from simulator.case.draft import Draft, draft
from simulator.case.keys import SECTIONS, did_you_mean
from simulator.case.reader import Reader, Removed
from simulator.errors import CaseError, Place, Problem
from simulator.language.numbers import number_from, write_number


class Opened(NamedTuple):
    """A case as far as it could be read, and the mistakes found on the way.

    `complete`: every name it defines is known, so that it is fair to call others unknown.
    """

    case: Case
    problems: tuple[Problem, ...]
    complete: bool


def open_file(path: str | Path) -> Opened:
    """The case in a file, with what it extends.

    Raises CaseError where the file cannot be read at all.
    """
    file = Path(path)
    return finished(_with_bases(Document(read_text(file), str(path)), file, ()), file)


def open_text(text: str, file: str = "") -> Opened:
    """The case in a text; `extends` is relative to the working directory."""
    return finished(_with_bases(Document(text, file or "case"), Path(file or "."), ()), None)


def changed_inputs(case: Case, changes: Mapping[str, str | float]) -> dict[str, Entry]:
    """The inputs of a case with some replaced; what else is known of them (unit, label) stays."""
    inputs = dict(case.inputs)
    problems: list[Problem] = []
    for name, value in changes.items():
        if name not in inputs:
            remedy = did_you_mean(name, inputs)
            problems.append(Problem(f"`{name}` is not an input of the case", remedy))
            continue
        text = value if isinstance(value, str) else _typed(float(value))
        document = Document(text, f"change of {name}")
        reader = Reader(document, case.numbers if isinstance(value, str) else "en")
        formula = reader.expression(f"inputs.{name}", Scalar(text, document.place(1, 1)))
        problems += document.problems
        inputs[name] = replace(inputs[name], formula=formula)
    if problems:
        raise CaseError(problems)
    return inputs


def _typed(value: float) -> str:
    return ("-" if value < 0 else "") + write_number(number_from(abs(value)))


def _with_bases(document: Document, path: Path, above: tuple[Path, ...]) -> list[Draft]:
    """The file's draft and those of the files it extends, the most basic one first."""
    return with_bases(draft(document), path, above)


def with_bases(own: Draft, path: Path, above: tuple[Path, ...]) -> list[Draft]:
    """A draft that stands in the file `path`, and those it extends, the most basic one first."""
    document = own.document
    base = own.settings.pop("extends", None)
    if not isinstance(base, str):
        return [own]
    here = own.places["extends"]
    target = path.parent / base
    chain = (*above, path.resolve())
    if target.resolve() in chain:
        names = " → ".join(file.name for file in (*chain, target.resolve()))
        document.problem(here, f"the files extend each other: {names}", "break the circle")
        own.complete = False
        return [own]
    try:
        text = read_text(target)
    except CaseError as error:
        document.problem(here, f"{base}: {error.problems[0].problem}", error.problems[0].remedy)
        own.complete = False
        return [own]
    return [*_with_bases(Document(text, str(target)), target, chain), own]


def finished(drafts: list[Draft], path: Path | None, called: str = "") -> Opened:
    """The merged drafts as one Case; `called` where it does not say what."""
    problems = [problem for part in drafts for problem in part.document.problems]
    merged = Draft(drafts[0].document)
    for part in drafts:
        merged = _merged(merged, part, problems)
    _check_sections(merged, problems)
    settings: dict[str, Any] = {k: v for k, v in merged.settings.items() if v is not None}
    name = settings.pop("case", "") or called or (path.stem if path else "case")
    outputs = tuple(settings.pop("outputs", ()))
    sections: dict[str, Any] = {
        section: MappingProxyType({n: e for n, e in found.items() if isinstance(e, Entry)})
        for section, found in merged.sections.items()
    }
    if all(part.complete for part in drafts):
        _check_outputs(outputs, sections, problems)
    money = any(sections[section] for section in MONEY)
    if money:
        for key, why in _NEEDED_BY_MONEY.items():
            if key not in merged.settings:
                problems.append(Problem(why, f"add `{key}: ...`", Place(merged.document.file)))
    elif not outputs and not problems:
        problems.append(
            Problem(
                "the case has no money and no outputs, so there is nothing to report",
                "add `investment:` and `benefits:`, or `outputs: [NAME]`",
                Place(merged.document.file),
            )
        )
    tax = _tax(merged, problems)
    if "years" in merged.settings:
        settings.setdefault("years", 1)  # not readable: any number, so that the rest is looked at
    bases = tuple(Path(part.document.file) for part in drafts[:-1])
    case = Case(
        name=name,
        path=path,
        extends=bases,
        outputs=tuple(output for output, _ in outputs),
        tax=tax,
        **sections,
        **settings,
    )
    return Opened(case, tuple(problems), all(part.complete for part in drafts))


_NEEDED_BY_MONEY = {
    "years": "a case with money says how many years it runs",
    "discount_rate": "a case with money says its discount rate",
}


def _merged(base: Draft, own: Draft, problems: list[Problem]) -> Draft:
    """`own` on top of `base`: sections and tax key by key, everything else whole."""
    result = Draft(own.document, places={**base.places, **own.places})
    settings = {key: value for key, value in base.settings.items() if key != "numbers"}
    result.settings = _overlaid(settings, own.settings, "", problems)
    for section in SECTIONS:
        inherited = {} if section in own.cleared else base.sections.get(section, {})
        result.sections[section] = _overlaid(
            inherited, own.sections.get(section, {}), section, problems
        )
    if isinstance(own.settings.get("tax"), Removed):
        result.tax = {}
    else:
        result.tax = _overlaid(base.tax, own.tax, "tax", problems)
    return result


def _overlaid(
    base: Mapping[str, Any], own: Mapping[str, Any], where: str, problems: list[Problem]
) -> dict[str, Any]:
    result = dict(base)
    for name, value in own.items():
        if isinstance(value, Removed):
            if name not in result and not (where == "" and name == "tax"):
                remedy = did_you_mean(name, base) or "`none` removes what a file inherits"
                problems.append(
                    Problem(f"`{name}` is not there to be removed", remedy, value.place, where)
                )
            result.pop(name, None)
        else:
            result[name] = value
    return result


def _check_sections(merged: Draft, problems: list[Problem]) -> None:
    """Names are unique over inputs and calculations, labels over the three sections of money."""
    for group, noun in ((("inputs", "calculations"), "name"), (MONEY, "label")):
        seen: dict[str, str] = {}
        for section in group:
            for key, entry in merged.sections.get(section, {}).items():
                # a line of money is reported under its `label:` where it has one
                name = entry.title if group is MONEY and isinstance(entry, Entry) else key
                if name in seen:
                    problem = f"the {noun} `{name}` stands under `{seen[name]}` too"
                    problems.append(
                        Problem(problem, "give one of them another", entry.place, section)
                    )
                seen.setdefault(name, section)


def _check_outputs(
    outputs: Iterable[tuple[str, Place]],
    sections: Mapping[str, Mapping[str, Entry]],
    problems: list[Problem],
) -> None:
    names = [*sections["calculations"], *sections["inputs"]]
    for name, place in outputs:
        if name not in names:
            problems.append(
                Problem(
                    f"`{name}` is neither an input nor a calculation",
                    did_you_mean(name, names),
                    place,
                    "outputs",
                )
            )


def _tax(merged: Draft, problems: list[Problem]) -> Tax | None:
    if not merged.tax:
        return None
    rate, years = merged.tax.get("rate"), merged.tax.get("depreciation_years")
    for key in ("rate", "depreciation_years"):
        if key not in merged.tax:
            remedy = "write `tax: {rate: 20.6 %, depreciation_years: 5}`"
            place = merged.places.get("tax", Place(merged.document.file))
            problems.append(Problem(f"tax needs `{key}`", remedy, place, "tax"))
    if not isinstance(rate, Expression) or not isinstance(years, int):
        return None
    return Tax(rate, years, merged.tax.get("losses") or "used")
