"""What must be kept of each trial so that an amount of its investment can be integrated out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from simulator.engine.integrable import Integrable
from simulator.engine.program import Drawn, Program, Values
from simulator.result.integrated import Integrated
from simulator.result.open_amount import OpenAmount, PerTrial

Floats = npt.NDArray[np.float64]


class Keeper:
    """Keeps the amount, its slope, the rates, and what the other draws say of it, trial by trial.

    `kept` are arrays (trials,) that the run fills anyway, by the node whose values they hold.
    """

    def __init__(
        self,
        found: Integrable,
        program: Program,
        trials: int,
        kept: Mapping[int, Floats],
        factor: float = 1.0,
    ) -> None:
        self.found, self.program, self.factor = found, program, factor
        values = program.graph.values
        self._shared = {node: kept[node] for node in self.wanted() if node in kept}
        self._own = {
            node: np.empty(trials)
            for node in self.wanted()
            if node not in kept and values[node] is None
        }
        self._mean = np.empty(trials) if found.partners else None

    def wanted(self) -> tuple[int, ...]:
        """The nodes that a block must compute."""
        program = self.program
        nodes = (self.found.node, self.found.slope, program.discount_rate, program.tax_rate)
        return tuple(dict.fromkeys(node for node in nodes if node is not None))

    def add(self, here: slice, values: Values, uniforms: Drawn) -> None:
        """Keep what a block has; `uniforms` as they are once joined."""
        for node, array in self._own.items():
            array[here] = values[node]
        if self._mean is not None:
            self._mean[here] = sum(
                weight * ndtri(uniforms[name, 0]) for name, weight in self.found.partners.items()
            )

    def result(self, cash: Floats, npv: Floats, replicates: int) -> Integrated | None:
        """The finished object; None where the investment does not rise (or fall) in every trial.

        `cash` (horizon + 1, trials) begins with the years of the delay.
        """
        case, found, program = self.program.case, self.found, self.program
        assert program.discount_rate is not None, "a case with money has a discount rate"
        slope = self._value(found.slope) * self.factor
        rate = self._value(program.discount_rate)
        shield: PerTrial = 0.0
        if case.tax is not None and program.tax_rate is not None:
            shield = self._value(program.tax_rate) / case.tax.depreciation_years
        signs = np.sign(slope)
        grows = case.tax is not None and bool(np.any(np.asarray(rate) < 0))
        if not np.all(signs == np.ravel(signs)[0]) or np.ravel(signs)[0] == 0 or grows:
            # money that grows with waiting could make depreciation worth more than it cost
            return None
        return Integrated(
            amount=OpenAmount(
                name=found.source.quantity,
                marginal=found.marginal,
                drawn=self._array(found.node),
                slope=slope,
                mean=0.0 if self._mean is None else self._mean,
                sd=found.sd,
            ),
            cash=cash[case.delay :],
            npv=npv,
            replicates=replicates,
            rate=rate,
            middle=case.timing == "middle",
            delay=case.delay,
            shield=shield,
            written_off=case.tax.depreciation_years if case.tax is not None else 0,
        )

    def _array(self, node: int) -> Floats:
        return self._shared[node] if node in self._shared else self._own[node]

    def _value(self, node: int) -> PerTrial:
        constant = self.program.graph.values[node]
        return self._array(node) if constant is None else constant
