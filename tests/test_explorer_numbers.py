"""The script writes figures as the program does: the same text for the same number."""

import numpy as np
import pytest
from browsing import browser, visit  # noqa: F401 - fixtures are asked for by name

from reports.ends import error_of, open_shown
from reports.explorer.panel import script_parts
from reports.explorer.texts import number_texts
from reports.language import speaking
from reports.numbers import Scale, chance_shown, exact, number, percent
from simulator.result.intervals import Sample
from simulator.result.outcome import Measured

pytestmark = pytest.mark.browser

ODD = [0.0, 1.0, 0.5, -0.5, 1e-9, 9.995, 99.95, 999.5, 0.0995, 1e5, 9_999_999.0, 1e7, 12_345_678.0,
       -2.5e9, 1.5e13, 3.2e17, 1e21, 2.5e-6, -7e-12, 0.125, 2.675, 1e-5, 450.0, 300.0,
       0.99999999999, 99.9999999999]  # fmt: skip


def said(visit, source, values, language="en"):  # noqa: F811 - a fixture handed on
    """What a piece of the script makes of many values."""
    with speaking(language):
        rules = number_texts()
    parts = script_parts()
    page = visit("<!doctype html><title>Numbers</title>").page
    body = parts["numbers.js"] + parts["trials.js"] + f"return values.map({source});"
    return page.evaluate(
        "([rules, values, body]) => new Function('rules', 'values', body)(rules, values)",
        [rules, values, body],
    )


def many(size=3_000):
    """Numbers of every size and sign."""
    chance = np.random.default_rng(7)
    found = chance.choice([-1, 1], size) * 10.0 ** chance.uniform(-8, 14, size)
    rounded = [float(f"{value:.3g}") for value in found[: size // 3]]
    return ODD + rounded + found.tolist()


@pytest.mark.parametrize("language", ["en", "sv", "nb", "da", "fi"])
def test_chances(visit, language):  # noqa: F811
    """Whole percents, tenths at the edges, "under" and "over", with every size of error."""
    chance = np.random.default_rng(3)
    edges = [0.0, 1.0, 0.01, 0.99, 0.005, 0.995, 0.0004, 0.9996, 0.625]
    values = [*edges, *chance.uniform(0, 1, 2_000), *chance.beta(0.2, 0.2, 1_000)]
    errors = [None, 0.0, 0.0004, 0.003, 0.02, 0.021, 0.1, 0.2, 0.3]
    cases = [[float(v), errors[n % 9]] for n, v in enumerate(values)]
    cases += [[edge, error] for edge in edges for error in errors]
    with speaking(language):
        expected = [list(chance_shown(*case)) for case in cases]
    source = "([value, error]) => writer(rules).chance({ value, error })"
    assert said(visit, source, cases, language) == expected


@pytest.mark.parametrize("language", ["en", "sv", "da"])
@pytest.mark.parametrize(
    "scale", [Scale(3, 3), Scale(0, 0), Scale(6, 5), Scale(0, -2), Scale(9, 8)]
)
def test_amounts(visit, scale, language):  # noqa: F811
    """On the scale of a page, to the digit that the error supports."""
    shares = [None, 1e-12, 0.003, 0.011, 0.05, 0.3, 2.0]
    cases = [[v, s and s * abs(v)] for n, v in enumerate(many()) for s in [shares[n % 7]]]
    with speaking(language):
        expected = [list(scale.shown(*case)) for case in cases]
    told = {"power": scale.power, "place": scale.place}
    source = f"(pair) => writer(rules).amount({told}, ...pair)"
    assert said(visit, source, cases, language) == expected


@pytest.mark.parametrize("language", ["en", "sv", "fi"])
def test_values_by_themselves(visit, language):  # noqa: F811
    """Amounts in full and in millions, rates in percent, counts in full."""
    with speaking(language):
        numbers, rates = [number(v) for v in many()], [percent(v) for v in many()]
        counts = [exact(float(n)) for n in (0, 7, 999, 1_000, 8_192, 65_536, 1_000_000)]
    assert said(visit, "(v) => writer(rules).value(v, false)", many(), language) == numbers
    assert said(visit, "(v) => writer(rules).value(v, true)", many(), language) == rates
    asked = [0, 7, 999, 1_000, 8_192, 65_536, 1_000_000]
    assert said(visit, "(v) => writer(rules).count(v)", asked, language) == counts


def test_percentiles_and_their_intervals(visit):  # noqa: F811
    """The same order statistics as the simulator takes of independent trials, an open end too."""
    chance = np.random.default_rng(5)
    samples = [np.sort(chance.normal(3e5, 4e5, size)) for size in (30, 31, 47, 100, 819, 4_096)]
    for size in (100, 500, 819, 1_000, 4_096):  # at the edge of an event
        happens = chance.uniform(0, 1, size) < 0.1
        samples.append(np.sort(np.where(happens, -chance.uniform(6e5, 9e5, size), 0.0)))
    scale = Scale(3, 3)
    expected = []
    for rising in samples:
        sample = Sample.of(rising, 1)
        for percentage in (10, 50, 90):
            low, high = sample.percentile_interval(percentage)
            value = float(rising[int(np.ceil(len(rising) * percentage / 100)) - 1])
            figure = Measured(value, low if np.isfinite(low) else None,
                              high if np.isfinite(high) else None)  # fmt: skip
            expected.append(list(open_shown(figure, scale.shown)))
    source = (
        "(rising) => [10, 50, 90].map((p) => { const w = writer(rules);"
        " return w.open((v, e) => w.amount({ power: 3, place: 3 }, v, e),"
        " percentile(Float64Array.from(rising), p)); })"
    )
    found = said(visit, source, [rising.tolist() for rising in samples])
    assert [figure for sample in found for figure in sample] == expected


def test_chances_and_means_have_the_intervals_of_the_simulator(visit):  # noqa: F811
    """Wilson's and Student's, to a thousandth of themselves."""
    chance = np.random.default_rng(6)
    for size in (30, 200, 8_192):
        hits = int(chance.integers(0, size))
        flags = np.repeat([1.0, 0.0], [hits, size - hits])
        low, high = Sample.of(flags, 1).chance_interval()
        (found,) = said(visit, "([h, n]) => wilson(h, n, false)", [[hits, size]])
        assert found["error"] == pytest.approx(max(hits / size - low, high - hits / size), rel=1e-9)
        values = chance.normal(5, 3, size)
        low, high = Sample.of(values, 1).mean_interval()
        (found,) = said(visit, "(v) => mean(Float64Array.from(v), false)", [values.tolist()])
        assert found["value"] == pytest.approx(values.mean(), rel=1e-12)
        assert found["error"] == pytest.approx((high - low) / 2, rel=1e-3)


def test_known_figures_have_no_error(visit):  # noqa: F811
    """A certain alternative has chances without an interval."""
    assert error_of(Measured(1.0, None, None)) is None
    assert said(visit, "([h, n]) => wilson(h, n, true)", [[5, 5]]) == [{"value": 1, "error": None}]
