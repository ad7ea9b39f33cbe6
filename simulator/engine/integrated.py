"""What must be kept of each trial so that an amount of its investment can be integrated out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from distributions import Copula, Marginal
from distributions.normal_table import normal_score
from simulator.engine.integrable import Integrable, integrable
from simulator.engine.program import Drawn, Key, Program
from simulator.result.integrated import Integrated
from simulator.result.open_amount import OpenAmount, PerTrial

Floats = npt.NDArray[np.float64]
AVERAGED = frozenset({"npv", "payback", "discounted_payback"})
"""Outcomes whose figures an amount left open makes closer."""
MEAN = "mean"
"""The mean of the amount's normal score, given those that it depends on."""


class Opened:
    """An amount of a program to be integrated out; `factor` turns its money into another currency.

    `nodes` are those whose values are wanted of each trial, by name.
    """

    def __init__(self, program: Program, found: Integrable, factor: float = 1.0) -> None:
        self.program, self.found, self.factor = program, found, factor
        nodes = {
            "drawn": found.node,
            "slope": found.slope,
            "rate": program.discount_rate,
            "tax": program.tax_rate,
        }
        known = program.graph.values
        self._nodes = {name: node for name, node in nodes.items() if node is not None}
        self.nodes = {name: node for name, node in self._nodes.items() if known[node] is None}

    @classmethod
    def of(
        cls,
        program: Program,
        marginals: Mapping[int, Marginal],
        copulas: Mapping[tuple[str, ...], Copula],
        factor: float = 1.0,
    ) -> Opened | None:
        """The best amount to integrate out; None where a program has none."""
        found = integrable(program, marginals, copulas) if program.case.has_money else None
        return None if found is None else cls(program, found, factor)

    @property
    def names(self) -> tuple[str, ...]:
        """What is to be kept of each trial."""
        return (*self.nodes, *((MEAN,) if self.found.partners else ()))

    @property
    def key(self) -> Key:
        """The draw that is integrated out."""
        return self.found.source.name, 0

    def mean(self, uniforms: Drawn, here: slice) -> Floats:
        """MEAN of some trials of a block; `uniforms` as they are once joined."""
        mean = np.zeros(here.stop - here.start)
        for name, weight in self.found.partners.items():
            mean += weight * normal_score(uniforms[name, 0][here])
        return mean

    def result(
        self, kept: Mapping[str, Floats], cash: Floats, npv: Floats, replicates: int
    ) -> Integrated | None:
        """The finished object, from all that was kept by name.

        `cash` (horizon + 1, trials) begins with the years of the delay. None where the investment
        rises with the amount in some trials and falls or stays in others, and where money that
        grows by waiting (a rate below zero) could make depreciation worth more than it cost.
        """
        case, found = self.program.case, self.found

        def value(name: str) -> PerTrial:
            constant = self.program.graph.values[self._nodes[name]]
            return kept[name] if constant is None else constant

        slope, rate = value("slope") * self.factor, value("rate")
        signs = np.ravel(np.sign(slope))
        if signs[0] == 0 or (signs != signs[0]).any():
            return None
        if case.tax is not None and bool(np.any(np.asarray(rate) < 0)):
            return None
        years = case.tax.depreciation_years if case.tax is not None else 0
        return Integrated(
            amount=OpenAmount(
                name=found.source.quantity,
                marginal=found.marginal,
                drawn=kept["drawn"],
                slope=slope,
                mean=kept[MEAN] if found.partners else 0.0,
                sd=found.sd,
            ),
            cash=cash[case.delay :],
            npv=npv,
            replicates=replicates,
            rate=rate,
            middle=case.timing == "middle",
            delay=case.delay,
            shield=value("tax") / years if years else 0.0,
            written_off=years,
        )
