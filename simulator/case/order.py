"""Which quantity is computed before which, and circles that cannot be computed at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from simulator.case.case import Entry
from simulator.errors import Problem


class Links(NamedTuple):
    """The quantities one needs: of the same year, of the year before, and of every year."""

    same: frozenset[str]
    before: frozenset[str]
    whole: frozenset[str]

    @property
    def any(self) -> frozenset[str]:
        """All of them."""
        return self.same | self.before | self.whole


def ordered(
    links: Mapping[str, Links], entries: Mapping[str, Entry], problems: list[Problem]
) -> tuple[tuple[str, ...], ...]:
    """Groups of names, causes first; names that need each other's last year share a group.

    A circle is allowed only through `previous` and `last_year`. Others are noted as problems, and
    their groups left out.
    """
    groups: list[tuple[str, ...]] = []
    for group in _circles(links):
        members = frozenset(group)
        inside = {name: links[name].same & members for name in group}
        sequence = _sequence(inside)
        whole = [name for name in group if links[name].whole & members]
        alone = len(group) == 1 and group[0] not in links[group[0]].any
        if not alone and (sequence is None or whole):
            _refuse(group, links, entries, problems, over_years=bool(whole))
            continue
        groups.append(tuple(sequence or group))
    return tuple(groups)


def _circles(links: Mapping[str, Links]) -> list[list[str]]:
    """Strongly connected components, causes before effects (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    groups: list[list[str]] = []
    for root in links:
        if root in index:
            continue
        work: list[tuple[str, list[str]]] = [(root, sorted(links[root].any & links.keys()))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, rest = work[-1]
            if rest:
                other = rest.pop()
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, sorted(links[other].any & links.keys())))
                elif other in on_stack:
                    low[name] = min(low[name], index[other])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[name])
            if low[name] == index[name]:
                group: list[str] = []
                while not group or group[-1] != name:
                    group.append(stack.pop())
                    on_stack.discard(group[-1])
                groups.append(sorted(group, key=list(links).index))
    return groups


def _sequence(needs: Mapping[str, frozenset[str]]) -> list[str] | None:
    """The order within a year; None where the names need each other in the same year."""
    done: list[str] = []
    left = dict(needs)
    while left:
        ready = [name for name, causes in left.items() if causes <= set(done)]
        if not ready:
            return None
        done += ready
        for name in ready:
            del left[name]
    return done


def _refuse(
    group: list[str],
    links: Mapping[str, Links],
    entries: Mapping[str, Entry],
    problems: list[Problem],
    *,
    over_years: bool,
) -> None:
    members = frozenset(group)
    path = [group[0]]
    while path[-1] not in path[:-1]:
        needed = links[path[-1]]
        inside = sorted((needed.same | needed.whole) & members) or sorted(needed.any & members)
        path.append(inside[0])
    circle = " → ".join(path[path.index(path[-1]) :])
    remedy = "break the circle, or let it run over a year with `previous` or last_year(name)"
    if over_years:
        remedy = (
            "cumulative, delay, cohort, sum_over_years and discounted need all years at once: "
            "take them out of the circle"
        )
    entry = entries[path[-1]]
    problems.append(
        Problem(f"the definitions go in a circle: {circle}", remedy, entry.place, entry.path)
    )
