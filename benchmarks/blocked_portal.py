"""`portal.yaml` written by hand in blocked numpy: what the case language is measured against.

As somebody would write it who knows numpy well and has time: vectors made once and used again,
blocks that stay in the processor's cache, everything that is the same in all years taken out of
them, Halley's method from a good first guess. It shares with Utfall the uniforms and the quantile
functions that it is given, and no formula. It finds every outcome that Utfall reports, but neither
counts the internal rates of return nor looks for trials without a value.
"""

from collections.abc import Mapping

import numpy as np
import plain_portal

from distributions.quantile_table import Quantiles

BLOCK = 16_384
YEARS, CUSTOMERS = plain_portal.YEARS, plain_portal.CUSTOMERS
OUTCOMES = ("npv", "irr", "roi", "roi_discounted", "payback", "discounted_payback",
            "peak_funding", "profitability_index")  # fmt: skip
LINES = ("Build", "Customers won and kept", "More sales", "Less administration", "Running")
MIDLIFE = 3.4
"""The year in which half of the money has come back, about."""
STEPS = 3
CLOSE = 1e-6
"""A last step of Halley's method below this leaves an error of about its cube."""


class BlockedPortal:
    """The portal for blocks of up to `size` trials; `x` holds inputs, `found` what they are worth.

    `cash` and `discounted` are (years, trials), `found` has the present value of every line too.
    """

    def __init__(self, quantiles: Mapping[str, Quantiles], size: int = BLOCK):
        self.quantiles = quantiles
        self.x = {name: np.empty(size) for name in quantiles}
        self.cash, self.discounted = np.empty((2, YEARS + 1, size))
        self.found = {name: np.empty(size) for name in (*OUTCOMES, *LINES)}
        self._spare = np.empty((8, size))
        self._marks = np.empty((3, size), np.bool_)

    def run(self, uniforms: Mapping[str, np.ndarray]) -> None:
        """Value a block: `uniforms` has a vector of the full size for every input."""
        self.draw(uniforms)
        self.flow()
        self.value()

    def draw(self, uniforms):
        """Inputs from uniforms, by the same quantile functions as in Utfall."""
        for name, read in self.quantiles.items():
            self.x[name] = read(uniforms[name])

    def flow(self):
        """Cash of every year, and the present value of every line."""
        x, cash, discounted, found = self.x, self.cash, self.discounted, self.found
        stay, joining, steady, step, adoption, gained, factor, part = self._spare
        won, sales, work, running = (found[line] for line in LINES[1:])
        np.subtract(1.0, x["churn"], out=stay)
        np.multiply(x["churn_avoided"], CUSTOMERS, out=joining)
        joining += x["new"]
        np.multiply(x["upsell"], x["margin"], out=sales)
        sales *= CUSTOMERS
        np.multiply(x["hours"], x["hourly"], out=work)
        work *= CUSTOMERS
        np.add(sales, work, out=steady)
        np.subtract(x["adoption_last"], x["adoption_first"], out=step)
        step /= YEARS - 1
        adoption[:] = x["adoption_first"]
        gained[:], factor[:], won[:], running[:] = joining, 1.0, 0.0, 0.0
        used = found["npv"]  # not wanted yet: here the present value of adoption itself
        used[:] = 0.0
        np.negative(x["build"], out=cash[0])
        np.negative(x["build"], out=discounted[0])
        np.negative(x["build"], out=found["Build"])
        rate = np.add(x["rate"], 1.0, out=found["irr"])
        for year in range(1, YEARS + 1):
            if year > 1:
                adoption += step
                gained *= stay
                gained += joining
            factor /= rate
            running -= factor
            np.multiply(gained, x["margin"], out=part)
            flow = np.add(part, steady, out=cash[year])
            flow *= adoption
            flow -= x["running"]
            np.multiply(flow, factor, out=discounted[year])
            part *= adoption
            part *= factor
            won += part
            used += np.multiply(adoption, factor, out=part)
        running *= x["running"]
        sales *= used
        work *= used

    def value(self):
        """Every outcome, from the cash of every year."""
        found, cash, build = self.found, self.cash, self.x["build"]
        _sum(self.discounted, found["npv"])
        np.subtract(build, found["Running"], out=found["roi_discounted"])
        np.divide(found["npv"], found["roi_discounted"], out=found["roi_discounted"])
        np.divide(found["npv"], build, out=found["profitability_index"])
        found["profitability_index"] += 1.0
        gain = _sum(cash, found["roi"])
        self._rate(gain)
        gain /= build
        self._payback(cash, found["payback"], found["peak_funding"])
        self._payback(self.discounted, found["discounted_payback"], None)

    def _rate(self, gain):
        """Internal rate of return: Halley's method for the discount factor v of a year.

        The first guess has all money come back at MIDLIFE: v = (1 + gain / build)^(-1 / MIDLIFE),
        by the nearest ratio of two straight lines (Padé). The few trials that are not settled
        after STEPS are left to the plain program.
        """
        cash, rate = self.cash, self.found["irr"]
        v, value, slope, bend, step = self._spare[:5]
        grown = np.divide(gain, self.x["build"], out=step)
        np.maximum(grown, -0.9, out=grown)
        np.multiply(grown, (1 - 1 / MIDLIFE) / 2, out=v)
        v += 1.0
        grown *= (1 + 1 / MIDLIFE) / 2
        grown += 1.0
        v /= grown
        for _ in range(STEPS):  # Horner's scheme for the value, its slope and half its bend
            slope[:] = cash[-1]
            np.multiply(slope, v, out=value)
            value += cash[-2]
            bend[:] = slope
            slope *= v
            slope += value
            value *= v
            value += cash[-3]
            for flow in cash[-4::-1]:
                bend *= v
                bend += slope
                slope *= v
                slope += value
                value *= v
                value += flow
            np.divide(value, slope, out=step)
            bend /= slope
            bend *= step
            np.subtract(1.0, bend, out=bend)
            step /= bend
            v -= step
        np.divide(1.0, v, out=rate)
        rate -= 1.0
        sure = np.less(np.abs(step, out=step), CLOSE, out=self._marks[0])
        sure &= np.greater(v, 0, out=self._marks[1])
        rest = np.flatnonzero(~sure)
        if rest.size:
            rate[rest] = plain_portal.irr(cash[:, rest])

    def _payback(self, cash, years, deepest):
        """When the running total is back at zero for good; `deepest` takes the most tied up."""
        before, total, part = self._spare[:3]
        was_below, below, back = self._marks
        total[:] = cash[0]
        np.less(total, 0, out=below)
        years[:] = 0.0
        if deepest is not None:
            deepest[:] = total
        for year, flow in enumerate(cash[1:], start=1):
            was_below[:] = below
            before[:] = total
            total += flow
            np.less(total, 0, out=below)
            np.greater(was_below, below, out=back)
            np.divide(total, flow, out=part)
            np.subtract(year, part, out=part)
            np.copyto(years, part, where=back)
            if deepest is not None:
                np.minimum(deepest, total, out=deepest)
        years[below] = np.inf
        if deepest is not None:
            np.negative(np.minimum(deepest, 0, out=deepest), out=deepest)


def _sum(flows, out):
    np.add(flows[0], flows[1], out=out)
    for flow in flows[2:]:
        out += flow
    return out
