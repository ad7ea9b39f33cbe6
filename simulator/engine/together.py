"""Alternatives as one piece of work: shared inputs are one draw, equal formulas computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from simulator.case.case import Case
from simulator.engine.compile import compile_case
from simulator.engine.graph import Graph
from simulator.engine.program import Pair, Program, Work
from simulator.errors import CaseError, Problem
from simulator.language.tree import names_in, same_meaning


@dataclass(frozen=True, eq=False, kw_only=True)
class Together(Work):
    """The programs of all alternatives on one graph."""

    programs: Mapping[str, Program]


def compile_together(
    cases: Mapping[str, Case],
    separate: Iterable[str] = (),
    varied: Iterable[str] = (),
    variants: Mapping[str, str] | None = None,
) -> Together:
    """The joint work of some alternatives, by name.

    Inputs of the same name must be defined alike, unless they are `separate` (other draws) or
    `varied` (other distributions on the same random numbers, in the `variants` of an alternative,
    given with the name of the original). The dependence of
    all alternatives holds together. Raises CaseError with everything wrong in any of them, and
    with both places where two define a shared input or dependence differently.
    """
    apart = frozenset(separate)
    graph = Graph() if len(cases) > 1 or apart else None
    problems = _conflicts(cases, apart | frozenset(varied))
    programs: dict[str, Program] = {}
    for name, case in cases.items():
        try:
            named = case if case.name == name else replace(case, name=name)
            label = (variants or {}).get(name, name)
            programs[name] = compile_case(named, graph, apart, label)
        except CaseError as error:
            problems += error.problems
    dependence = _dependence(programs, problems)
    if problems:
        raise CaseError(problems)
    several = len(cases) > 1
    originals = [p for name, p in programs.items() if name not in (variants or {})]
    others = [p for name, p in programs.items() if name in (variants or {})]
    return Together(
        graph=next(iter(programs.values())).graph,
        marginals={n: m for p in programs.values() for n, m in p.marginals.items()},
        named=tuple(
            named._replace(path=f"{name}: {named.path}") if several else named
            for name, program in programs.items()
            for named in program.named
        ),
        inputs={n: nodes for p in programs.values() for n, nodes in p.inputs.items()},
        sources=tuple({s.name: s for p in _backwards(programs) for s in p.sources}.values()),
        keys=tuple(dict.fromkeys(key for p in originals + others for key in p.keys)),
        dependence=dependence,
        persistence={n: x for p in programs.values() for n, x in p.persistence.items()},
        programs=programs,
    )


def _backwards(programs: Mapping[str, Program]) -> list[Program]:
    """Last first, so that of sources with one name the first alternative's is kept."""
    return list(programs.values())[::-1]


def _conflicts(cases: Mapping[str, Case], separate: frozenset[str]) -> list[Problem]:
    """Inputs that two alternatives define differently."""
    first: dict[str, tuple[str, Case]] = {}
    problems: list[Problem] = []
    for alternative, case in cases.items():
        for name, entry in case.inputs.items():
            if name in separate:
                continue
            known, other = first.setdefault(name, (alternative, case))
            theirs = other.inputs[name]
            if other is case or not entry.formula or not theirs.formula:
                continue
            because = _difference(name, case, other, frozenset())
            if because is None and _units_agree(theirs.unit, entry.unit):
                continue
            if because is None:
                said = f"in {entry.unit} here, for {alternative}, and in {theirs.unit}"
            elif because == name:
                said = f"{entry} here, for {alternative}, and {theirs}"
            else:
                said = f"made of `{because}`, which is one thing here, for {alternative}, another"
            problems.append(
                Problem(
                    f"`{name}` is {said} for {known} at {theirs.place}",
                    "an input of one name is one quantity: write the same, give one another name, "
                    f"or say `separate: [{name}]`",
                    entry.place,
                    entry.path,
                )
            )
    return problems


def _difference(name: str, case: Case, other: Case, above: frozenset[str]) -> str | None:
    """The quantity in which two definitions of `name` differ, looking into what they refer to."""
    if name in above:
        return None
    own, theirs = case.quantities.get(name), other.quantities.get(name)
    if own is None or theirs is None:
        return None if own is theirs else name
    for part in ("formula", "start", "next"):
        mine, yours = getattr(own, part), getattr(theirs, part)
        if mine is None or yours is None:
            if mine is not yours:
                return name
            continue
        if not same_meaning(mine.tree, yours.tree):
            return name
        for used in names_in(mine.tree):
            found = _difference(used.name, case, other, above | {name})
            if found is not None:
                return found
    return None


def _units_agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _dependence(programs: Mapping[str, Program], problems: list[Problem]) -> tuple[Pair, ...]:
    """The pairs of all alternatives; a pair asked for twice must be asked for alike."""
    found: dict[frozenset[str], Pair] = {}
    for program in programs.values():
        for pair in program.dependence:
            known = found.setdefault(frozenset(pair[:2]), pair)
            if known[2:4] != pair[2:4]:
                problems.append(
                    Problem(
                        f"{pair[0]} and {pair[1]} depend by {pair[2]} {pair[3]:g} here, and by "
                        f"{known[2]} {known[3]:g} at {known[4]}",
                        "alternatives share their draws: write the same in both",
                        pair[4],
                        "dependence",
                    )
                )
    return tuple(found.values())
