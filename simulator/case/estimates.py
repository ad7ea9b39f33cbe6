"""Estimates as written → how to make their Marginal once the parameters are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import distributions  # it imports what is written seldom when it is first asked for
from distributions import FAMILIES, EstimateError, Marginal, interval, share_interval
from simulator.case.terms import Term, Value
from simulator.language.tree import Argument, Call, Interval, Name, Node, Number, Unary
from simulator.language.words import ESTIMATES

if TYPE_CHECKING:
    from simulator.case.binding import Binder

_COMBINED = ("truncate", "mixture", "event", "discrete")


def is_estimate(node: Node) -> bool:
    """Whether a node, as it stands, is a distribution written in place."""
    if isinstance(node, Interval):
        return True
    if not isinstance(node, Call):
        return False
    if node.function == "clip":
        return bool(node.arguments) and is_estimate(node.arguments[0].value)
    scipy = node.function.startswith("scipy.")
    return scipy or node.function in FAMILIES or node.function in _COMBINED


@dataclass
class Recipe:
    """`build(values)` makes the Marginal from the values of `parameters`, in their order."""

    parameters: list[Term] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)
    build: Callable[[Sequence[Value]], Marginal] = field(init=False)

    def slot(self, term: Term, *, constant: bool = False) -> Callable[[Sequence[Value]], Value]:
        """A parameter of the estimate; a constant one must not differ between trials."""
        index = len(self.parameters)
        self.parameters.append(term)
        if constant:
            self.fixed.add(index)
        return lambda values: values[index]


Maker = Callable[[Sequence[Value]], Any]


def recipe(node: Node, binder: Binder) -> Recipe | None:
    """How to make an estimate; None, with the problem noted, where it is not well formed."""
    made = Recipe()
    maker = _maker(node, made, binder)
    if maker is None:
        return None
    made.build = maker
    return made


def _maker(node: Node, made: Recipe, binder: Binder) -> Maker | None:
    if isinstance(node, Interval):
        return _interval(node, made, binder)
    assert isinstance(node, Call)
    if node.function in ("truncate", "clip"):
        return _bounded(node, made, binder)
    if node.function in ("mixture", "discrete"):
        return _weighted(node, made, binder)
    if node.function == "event":
        return _event(node, made, binder)
    return _family(node, made, binder)


def _interval(node: Interval, made: Recipe, binder: Binder) -> Maker:
    low = made.slot(binder.term(node.low), constant=True)
    high = made.slot(binder.term(node.high), constant=True)
    percent = _in_percent(node.low) or _in_percent(node.high)

    def build(values: Sequence[Value]) -> Marginal:
        ends = float(low(values)), float(high(values))
        if percent and ends[0] >= 0 and ends[1] <= 1:
            return share_interval(*ends)
        return interval(*ends)

    return build


def _in_percent(end: Node) -> bool:
    if isinstance(end, Unary):
        end = end.operand
    return isinstance(end, Number) and end.unit == "%"


def _family(node: Call, made: Recipe, binder: Binder) -> Maker | None:
    """A family with its parameters, or fitted to an interval: normal(5 to 40, low=0)."""
    name = node.function
    weights = [argument for argument in node.arguments if argument.weight is not None]
    if weights:
        binder.problem(weights[0], f"{name} takes no weights", "mixture and discrete do")
        return None
    plain = [argument for argument in node.arguments if not argument.name]
    named = {argument.name: argument for argument in node.arguments if argument.name}
    if len(plain) + len(named) != len(node.arguments):
        binder.problem(node, f"{name} is given an argument twice", _signature(name))
        return None
    fitted = bool(plain) and isinstance(plain[0].value, Interval)
    if fitted and name in FAMILIES:
        return _fitted(node, plain, named, made, binder)
    positional = [made.slot(binder.term(argument.value)) for argument in plain]
    keywords: dict[str, Maker] = {}
    for key, argument in named.items():
        if key == "ends" and isinstance(argument.value, Name):
            keywords[key] = _always(argument.value.name)
        else:
            keywords[key] = made.slot(binder.term(argument.value))

    def build(values: Sequence[Value]) -> Marginal:
        args = [get(values) for get in positional]
        kwargs = {key: get(values) for key, get in keywords.items()}
        if name in FAMILIES:
            return FAMILIES[name].build(*args, **kwargs)
        return distributions.scipy_distribution(name.removeprefix("scipy."), *args, **kwargs)

    return build


def _always(word: str) -> Maker:
    """A parameter that is a word, not a number."""
    return lambda values: word


def _fitted(
    node: Call, plain: list[Argument], named: dict[str, Argument], made: Recipe, binder: Binder
) -> Maker | None:
    family = FAMILIES[node.function]
    if len(plain) != 1 or set(named) - {"low", "high"}:
        remedy = f"write {family.name}(5 to 40), with low= and high= as hard bounds if wanted"
        binder.problem(
            node, f"{family.name} with an interval takes bounds and nothing else", remedy
        )
        return None
    ends = plain[0].value
    assert isinstance(ends, Interval)
    low = made.slot(binder.term(ends.low), constant=True)
    high = made.slot(binder.term(ends.high), constant=True)
    bounds = {
        key: made.slot(binder.term(argument.value), constant=True)
        for key, argument in named.items()
    }

    def build(values: Sequence[Value]) -> Marginal:
        limits = {key: float(get(values)) for key, get in bounds.items()}
        return family.fit(float(low(values)), float(high(values)), **limits)

    return build


def _bounded(node: Call, made: Recipe, binder: Binder) -> Maker | None:
    name = node.function
    plain = [argument for argument in node.arguments if not argument.name]
    named = {argument.name: argument for argument in node.arguments if argument.name}
    if len(plain) != 1 or not named or set(named) - {"low", "high"}:
        remedy = f"write {name}(x, low=0), {name}(x, high=9), or both bounds"
        binder.problem(node, f"{name} takes one estimate and its bounds by name", remedy)
        return None
    if not is_estimate(plain[0].value):
        binder.problem(
            plain[0], f"{name} takes an estimate written in place",
            "write truncate(normal(10, 4), low=0); for a formula there is max(x, 0)",
        )  # fmt: skip
        return None
    inner = _maker(plain[0].value, made, binder)
    if inner is None:
        return None
    bounds = {key: made.slot(binder.term(argument.value)) for key, argument in named.items()}
    function = distributions.truncate if name == "truncate" else distributions.clip

    def build(values: Sequence[Value]) -> Marginal:
        return function(inner(values), **{key: get(values) for key, get in bounds.items()})

    return build


def _part(node: Node, made: Recipe, binder: Binder) -> Maker | None:
    """A part of a mixture: an estimate, or a value that counts as it is."""
    if is_estimate(node):
        return _maker(node, made, binder)
    return made.slot(binder.term(node))


def _weighted(node: Call, made: Recipe, binder: Binder) -> Maker | None:
    name = node.function
    word = ESTIMATES[name]
    if not node.arguments or any(argument.name for argument in node.arguments):
        remedy = f"write {name}(100 weight 30 %, 150 weight 70 %)"
        binder.problem(node, f"{name} takes values with weights: {word.meaning}", remedy)
        return None
    if not _weights_fit(node, binder):
        return None
    parts: list[Maker] = []
    weights: list[Maker] = []
    for argument in node.arguments:
        if name == "discrete" and is_estimate(argument.value):
            binder.problem(
                argument, "discrete takes plain values", "estimates go into mixture(...)"
            )
            return None
        part = _part(argument.value, made, binder)
        if part is None:
            return None
        parts.append(part)
        weights.append(
            (lambda values: 1.0) if argument.weight is None
            else made.slot(binder.term(argument.weight))
        )  # fmt: skip
    function = distributions.mixture if name == "mixture" else distributions.discrete

    def build(values: Sequence[Value]) -> Marginal:
        return function([part(values) for part in parts], [weight(values) for weight in weights])

    return build


def _weights_fit(node: Call, binder: Binder) -> bool:
    """Weights in per cent stand on every part and sum to 100 %."""
    weights = [argument.weight for argument in node.arguments]
    percent = [isinstance(w, Number) and w.unit == "%" for w in weights]
    if not any(percent):
        return True
    if not all(percent):
        bare = node.arguments[percent.index(False)]
        binder.problem(
            bare,
            "some weights are in per cent and this one is not",
            "give every part a weight in %",
        )
        return False
    total = sum(w.value for w in weights if isinstance(w, Number))
    if abs(total - 1) > 1e-9:
        binder.problem(node, f"the weights sum to {total * 100:.6g} %", "make them sum to 100 %")
        return False
    return True


def _event(node: Call, made: Recipe, binder: Binder) -> Maker | None:
    values = binder.values(node, ESTIMATES["event"])
    if values is None:
        return None
    probability = made.slot(binder.term(values[0].value))
    amount = _part(values[1].value, made, binder)
    if amount is None:
        return None

    def build(given: Sequence[Value]) -> Marginal:
        return distributions.event(probability(given), amount(given))

    return build


def _signature(name: str) -> str:
    return f"write {FAMILIES[name].signature}" if name in FAMILIES else ""


__all__ = ["EstimateError", "Recipe", "is_estimate", "recipe"]
