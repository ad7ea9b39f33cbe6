"""What a program spares itself, and that this changes no value."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

import utfall as ut
from simulator.engine.compile import compile_case
from simulator.engine.graph import Graph
from simulator.engine.operations import FAST

MODEL = """\
years: 6
discount_rate: 8 %
inputs:
  price: 100 to 300
  share: beta(2, 5)
  growing: each_year(triangular(10, 25, 40))
  build: 100 to 300
calculations:
  ramp: share * (year - 1) / 4
  sold: {sold}
investment:
  Build: build
benefits:
  Sales: sold
outputs: [sold, ramp]
"""


def operations(text: str) -> Counter[str]:
    """How often each operation stands in the lines of money."""
    program = compile_case(ut.read(text))
    nodes = [node for line in program.lines for node in line.nodes]
    steps = program.steps(nodes)
    return Counter(program.graph.operations[n][0] for n in steps if n in program.graph.operations)


def test_what_is_the_same_in_all_years_is_multiplied_once() -> None:
    """Two products of four factors before the years, and one in each of six years."""
    found = operations(MODEL.format(sold="growing * price * share * build"))
    assert found["*"] == 2 + 6


@pytest.mark.parametrize("sold", [
    "growing * price * share * build", "price * growing * 0.3 * share", "growing * (price * share)",
    "price * share * growing", "growing * ramp * price", "price * share * build",
])  # fmt: skip
def test_products_have_the_value_that_they_are_written_with(sold: str) -> None:
    """Against the same product by numpy, from the draws of the run."""
    names = ["price", "share", "growing", "build", "ramp"]
    shown = ut.simulate(ut.read(MODEL.format(sold=sold)), trials=64, show=names).quantities
    for year in range(6):
        known = {
            name: (found[year] if isinstance(found, tuple) else found).values
            for name, found in shown.items()
        }
        factors = sold.replace("(", "").replace(")", "").split(" * ")
        product = math.prod(known.get(factor, 0.3) for factor in factors)
        found = shown["sold"]
        values = (found[year] if isinstance(found, tuple) else found).values
        np.testing.assert_allclose(values, product, rtol=1e-15)


def test_the_order_of_factors_stays_where_nothing_is_spared() -> None:
    """One factor that is the same in all years, or none that differs: the very bits."""
    result = ut.simulate(ut.read(MODEL.format(sold="growing * price")), trials=512,
                         show=["price", "growing"])  # fmt: skip
    for sold, growing in zip(result.quantities["sold"], result.quantities["growing"], strict=True):
        product = growing.values * result.quantities["price"].values
        assert sold.values.tobytes() == product.tobytes()


def test_a_ramp_is_one_product_a_year_bit_for_bit() -> None:
    """x * k / 4 is x * (k / 4) to the last bit, as is no division by 3."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=20_000) * 10.0 ** rng.uniform(-30, 30, 20_000)
    for k, power in ((3.0, 4.0), (0.1, 8.0), (7.7, 0.5), (1e9, 2.0**20)):
        graph = Graph()
        node = graph.operation("*", graph._node("x", None), graph.constant(k))
        node = graph.operation("/", node, graph.constant(power))
        name, (_, factor) = graph.operations[node]
        assert name == "*"
        assert FAST[name](x, graph.values[factor]).tobytes() == (x * k / power).tobytes()
    graph = Graph()
    node = graph.operation("/", graph._node("x", None), graph.constant(3.0))
    assert graph.operations[node][0] == "/"


def test_undefined_and_extreme_factors_are_left_alone() -> None:
    """Nothing is folded where it could overflow, or where the number is no power of two."""
    graph = Graph()
    x = graph._node("x", None)
    huge = graph.operation("*", x, graph.constant(1e199))
    assert graph.operations[graph.operation("*", huge, graph.constant(1024.0))][1][0] == huge
    for divisor in (-4.0, 6.0, 2.0**120):
        assert graph.operations[graph.operation("/", x, graph.constant(divisor))][0] == "/"
