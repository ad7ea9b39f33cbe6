"""What is compared: alternatives by name, and the one question put to all of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from simulator.case.case import Case, FollowUp, Hurdle, Sampling
from simulator.case.document import Document, Listing, Scalar, Table, read_text
from simulator.case.draft import draft_of, numbers_of
from simulator.case.file import Opened, finished, open_file, with_bases
from simulator.case.keys import COMPARISON, did_you_mean
from simulator.case.lists import follow_up, not_valued
from simulator.case.reader import Reader, Removed
from simulator.errors import CaseError, Place, Problem
from simulator.language.names import normal
from simulator.notes import Note, Years

Criterion = Literal["payback", "value", "worst5", "regret", "certainty_equivalent"]
OWN_LISTS = {"not_valued": not_valued, "follow_up": follow_up}
NOTHING = Note("Nothing")
"""The alternative that is always there: zero cash flow against the same base."""


@dataclass(frozen=True)
class Comparison:
    """Alternatives and how to choose between them. `Nothing` need not be named.

    `rates` convert other currencies into `currency`; `separate` names inputs that mean different
    things in different alternatives. `decision`, `scope`, `not_valued` and `follow_up` are told in
    place of what the cases say.
    """

    name: str
    alternatives: Mapping[str, Case]
    currency: str = ""
    hurdle: Hurdle | None = None
    trials: int | None = None
    seed: int | None = None
    sampling: Sampling | None = None
    language: str = "en"
    separate: tuple[str, ...] = ()
    criterion: Criterion = "payback"
    risk_tolerance: float | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    decision: str = ""
    scope: str = ""
    not_valued: tuple[str, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    notes: tuple[str, ...] = ()
    varied: tuple[str, ...] = ()
    """Inputs that a what-if changes: other distributions on the same random numbers."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """What-ifs, each with the alternative that it varies."""
    path: Path | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        problems = [*_named_badly(self), *_asked_badly(self)]
        currency, more = _one_currency(self)
        if problems or more:
            raise CaseError([*problems, *more])
        object.__setattr__(self, "currency", currency)
        object.__setattr__(self, "alternatives", MappingProxyType(dict(self.alternatives)))

    def asking(
        self, criterion: Criterion | None = None, risk_tolerance: str | float | None = None
    ) -> Comparison:
        """The same comparison under another criterion or tolerance of risk, where given.

        Raises CaseError where the tolerance is no amount, or is needed and missing.
        """
        amount = self.risk_tolerance
        if risk_tolerance is not None:
            document = Document(str(risk_tolerance), "risk_tolerance")
            text = Scalar(str(risk_tolerance), document.place(1, 1))
            amount = Reader(document, "en").amount("risk_tolerance", text)
            if amount is None:
                raise CaseError(document.problems)
        return replace(self, criterion=criterion or self.criterion, risk_tolerance=amount)

    def what_if(self, **changes: str | float) -> Comparison:
        """Each alternative once more with some inputs changed, on the same random numbers.

        Raises CaseError where no alternative has an input of that name.
        """
        known = {name for case in self.alternatives.values() for name in case.inputs}
        problems = [
            Problem(f"`{name}` is not an input of any alternative", did_you_mean(name, known))
            for name in changes
            if name not in known
        ]
        if problems:
            raise CaseError(problems)
        alternatives: dict[str, Case] = {}
        variants = dict(self.variants)
        for name, case in self.alternatives.items():
            alternatives[name] = case
            own = {key: value for key, value in changes.items() if key in case.inputs}
            if own:
                said = tuple(f"{key} = {value}" for key, value in own.items())
                changed = Note("{alternative} if {changes}", alternative=name, changes=said)
                if changed in self.alternatives:
                    raise CaseError([Problem(f"there is an alternative `{changed}` already")])
                alternatives[changed] = case.with_inputs(**own)
                variants[changed] = variants.get(name, name)
        return replace(
            self, alternatives=alternatives, varied=(*self.varied, *changes), variants=variants
        )

    @property
    def horizon(self) -> int:
        """The last year of cash of any alternative."""
        return max(case.horizon for case in self.alternatives.values())

    @property
    def factors(self) -> dict[str, float]:
        """What the money of each alternative is multiplied by."""
        return {
            name: self.rates.get(case.currency, 1.0) for name, case in self.alternatives.items()
        }


def comparison_of_cases(cases: Sequence[Case], name: str = "") -> Comparison:
    """Cases side by side, each by its own name; what they are asked is taken from the first.

    Raises CaseError where two have the same name, or currencies differ.
    """
    twice = [case.name for i, case in enumerate(cases) if case.name in {c.name for c in cases[:i]}]
    if twice:
        remedy = "change `case:` in one of them, or write a comparison file with names of its own"
        raise CaseError([Problem(f"two alternatives are called `{twice[0]}`", remedy)])
    if not cases:
        raise CaseError([Problem("there is nothing to compare", "name case files")])
    first, notes = cases[0], list[Note]()
    hurdles = {_hurdle(case.hurdle) for case in cases if case.hurdle}
    if len(hurdles) > 1:
        notes.append(
            Note(
                "hurdles differ ({hurdles}); that of {case} is used",
                hurdles=tuple(sorted(hurdles)),
                case=first.name,
            )
        )
    hurdle = first.hurdle or next((case.hurdle for case in cases if case.hurdle), None)
    tolerances = [case.risk_tolerance for case in cases if case.risk_tolerance is not None]
    return Comparison(
        name=name or whether([case.name for case in cases]),
        alternatives={case.name: case for case in cases},
        hurdle=hurdle,
        trials=first.trials,
        seed=first.seed,
        sampling=first.sampling,
        language=first.language,
        risk_tolerance=tolerances[0] if tolerances else None,
        notes=tuple(notes),
    )


def whether(names: Sequence[str]) -> Note:
    """What is asked where nobody has said it."""
    cases = names[0] if names else ""
    for name in names[1:]:
        cases = Note("{first} or {last}", first=cases, last=name)
    return Note("{cases}, or nothing?", cases=cases)


def _hurdle(hurdle: Hurdle) -> Note:
    if hurdle.discounted:
        return Note("{years} discounted", years=Years(hurdle.years))
    return Note("{years}", years=Years(hurdle.years))


def is_comparison(path: str | Path) -> bool:
    """Whether a file compares alternatives, by its keys."""
    root = Document(read_text(Path(path)), str(path)).content()
    return root is not None and any(
        key.text in ("compare", "alternatives") for key, _ in root.items
    )


@dataclass(frozen=True)
class OpenedComparison:
    """What a comparison file says, its alternatives as far as they could be read."""

    settings: Mapping[str, Any]
    opened: Mapping[str, Opened]
    problems: tuple[Problem, ...]
    path: Path


def open_comparison(path: str | Path) -> OpenedComparison:
    """Read a comparison file and every case that it names."""
    file = Path(path)
    document = Document(read_text(file), str(path))
    root = document.content()
    settings: dict[str, Any] = {}
    opened: dict[str, Opened] = {}
    if root is not None:
        reader = _ComparisonReader(document, file, root)
        settings, opened = reader.read()
    return OpenedComparison(settings, opened, tuple(document.problems), file)


class _ComparisonReader:
    def __init__(self, document: Document, file: Path, root: Table) -> None:
        self.document = document
        self.file = file
        self.table = {normal(key.text): (key, value) for key, value in root.items}
        self.numbers = numbers_of(self.table)
        self.reader = Reader(document, self.numbers)

    def read(self) -> tuple[dict[str, Any], dict[str, Opened]]:
        """The settings and the opened alternatives."""
        readers = {
            "compare": self.reader.text, "criterion": self.reader.choice(*get_args(Criterion)),
            "separate": self._names, "rates": self._rates,
        }  # fmt: skip
        settings: dict[str, Any] = {}
        opened: dict[str, Opened] = {}
        for name, (key, value) in self.table.items():
            if name == "alternatives":
                opened = self._alternatives(value)
            elif name in readers:
                settings[name] = readers[name](name, value)
            elif name in OWN_LISTS and not self.reader.is_none(value):
                settings[name] = OWN_LISTS[name](self.reader, name, value)
            elif name in COMPARISON:
                settings[name] = self.reader.setting(name, value)
            else:
                remedy = did_you_mean(name, COMPARISON)
                self.document.problem(key.place, f"`{name}` is not a key of a comparison", remedy)
        if "alternatives" not in self.table:
            self.document.problem(
                self.document.place(1, 1), "a comparison names its alternatives", ALTERNATIVES
            )
        for name, value in settings.items():
            if isinstance(value, Removed):
                problem = f"`{name}` is not there to be removed"
                self.document.problem(value.place, problem, "remove the line")
        return {key: value for key, value in settings.items() if value is not None}, opened

    def _alternatives(self, value: object) -> dict[str, Opened]:
        if not isinstance(value, Table) or not value.items:
            place = value.place if isinstance(value, (Scalar, Listing, Table)) else Place()
            self.document.problem(place, "alternatives have names", ALTERNATIVES, "alternatives")
            return {}
        found: dict[str, Opened] = {}
        for key, content in value.items:
            name, path = normal(key.text), f"alternatives.{normal(key.text)}"
            if isinstance(content, Scalar) and content.text.strip():
                try:
                    found[name] = open_file(self.file.parent / content.text.strip())
                except CaseError as error:
                    first = error.problems[0]
                    self.document.problem(
                        content.place, f"{content.text}: {first.problem}", first.remedy, path
                    )
            elif isinstance(content, Table):
                own = draft_of(self.document, content, self.numbers)
                own.settings.setdefault("numbers", self.numbers)  # shown as they were read
                found[name] = finished(with_bases(own, self.file, ()), self.file, name)
            else:
                self.document.problem(content.place, "a case belongs here", ALTERNATIVES, path)
        return found

    def _names(self, path: str, value: Any) -> tuple[str, ...]:
        return tuple(name for name, _ in self.reader.outputs(path, value))

    def _rates(self, path: str, value: Any) -> dict[str, float] | None:
        if not isinstance(value, Table):
            self.document.problem(
                value.place, "rates are a mapping", "write `rates: {EUR: 11.4}`", path
            )
            return None
        rates = {key.text: self.reader.amount(f"rates.{key.text}", v) for key, v in value.items}
        return {currency: rate for currency, rate in rates.items() if rate is not None}


ALTERNATIVES = "write `alternatives:` and below it `Portal: customer_portal.yaml`, one a line"


def comparison_from(read: OpenedComparison, cases: Mapping[str, Case]) -> Comparison:
    """The comparison of a file, once its cases have been checked."""
    settings = dict(read.settings)
    name = settings.pop("compare", "") or whether(list(cases))
    settings.pop("numbers", None)
    if settings.get("hurdle") is None:
        owner = next((key for key, case in cases.items() if case.hurdle), None)
        if owner is not None:
            settings["hurdle"] = cases[owner].hurdle
            settings["notes"] = (Note("no hurdle is given: that of {case} is used", case=owner),)
    cases = {key: replace(case, hurdle=settings.get("hurdle")) for key, case in cases.items()}
    tolerances = [c.risk_tolerance for c in cases.values() if c.risk_tolerance is not None]
    if tolerances:
        settings.setdefault("risk_tolerance", tolerances[0])
    return Comparison(name=name, alternatives=cases, path=read.path, **settings)


def _named_badly(asked: Comparison) -> list[Problem]:
    if not asked.alternatives:
        return [Problem("there is nothing to compare", ALTERNATIVES, Place(str(asked.path or "")))]
    problems = []
    for name, case in asked.alternatives.items():
        place = Place(str(asked.path or case.path or name))
        if name == NOTHING:
            problem = f"`{NOTHING}` is always compared, and is what it says"
            problems.append(Problem(problem, "give the alternative another name", place))
        if not case.has_money:
            problem = f"`{name}` has no money, so there is nothing to compare"
            remedy = "add `investment:` and `benefits:`"
            problems.append(Problem(problem, remedy, Place(str(case.path or name))))
    return problems


def _asked_badly(asked: Comparison) -> list[Problem]:
    """What a file cannot say wrong, because its reader checks it, and Python can."""
    place = Place(str(asked.path or ""))
    problems = []
    if asked.criterion not in get_args(Criterion):
        problem = f"`{asked.criterion}` is not a criterion"
        remedy = did_you_mean(str(asked.criterion), get_args(Criterion))
        problems.append(Problem(problem, remedy, place))
    tolerance = asked.risk_tolerance
    if tolerance is not None and not 0 < tolerance < math.inf:
        problems.append(Problem(f"risk_tolerance is {tolerance:g}", "write it above 0", place))
    if asked.criterion == "certainty_equivalent" and tolerance is None:
        problem = "the certainty equivalent needs to know how much risk the company can bear"
        remedy = "add `risk_tolerance: 10M`, or --risk-tolerance 10M"
        problems.append(Problem(problem, remedy, place))
    for currency, rate in asked.rates.items():
        if not 0 < rate < math.inf:
            problems.append(
                Problem(f"the rate of {currency} is {rate:g}", "write it above 0", place)
            )
    known = {name for case in asked.alternatives.values() for name in case.inputs}
    for name in asked.separate:
        if name not in known:
            problem = f"`{name}` is kept separate, and is not an input of any alternative"
            problems.append(Problem(problem, did_you_mean(name, known), place))
    return problems


def _one_currency(asked: Comparison) -> tuple[str, list[Problem]]:
    """The currency of the comparison, and those that cannot be converted into it."""
    cases = [case for case in asked.alternatives.values() if case.currency]
    found = list(dict.fromkeys(case.currency for case in cases))
    bases = [name for name in found if asked.rates.get(name, 1.0) == 1.0]
    currency = asked.currency or next(iter(bases), "")
    if found and not currency:
        place = Place(str(asked.path or cases[0].path or ""))
        problem = "the rates convert every currency, and none is named to convert into"
        return "", [Problem(problem, "add `currency: SEK`", place)]
    foreign = [case for case in cases if case.currency not in (currency, *asked.rates)]
    if not foreign:
        return currency, []
    other = foreign[0]
    remedy = f"say what one is worth in {currency}: `rates: {{{other.currency}: 11.4}}`"
    problem = f"the alternatives are in {' and '.join(found)}, which do not compare"
    return currency, [Problem(problem, f"{remedy} in a comparison file", Place(str(other.path)))]
