"""What a case believes, input by input: exact where it can be, from trials where it cannot."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

import utfall as ut
from distributions import (
    Marginal,
    binomial,
    clip,
    discrete,
    event,
    interval,
    lognormal,
    mixture,
    normal,
    pareto,
    pert,
    poisson,
    share_interval,
    student_t,
    truncate,
    uniform,
)
from reports.estimates import Drawing, in_words, moments, percentile_table, ticks
from reports.inputs import estimates_table, kept_together, known_table
from reports.language import SPACE
from reports.units import Unit
from simulator.analysis.inputs import InputRow, describe_inputs

CASE = """
case: Beliefs
years: 3
discount_rate: 5 %
inputs:
  known: {estimate: 4 125, unit: customers, source: Register}
  folded: 2 * 300
  share: {estimate: 3 % to 8 %, owner: Sales, date: 2026-10-14, question: How many?, note: A note}
  amount:
    estimate: normal(100, 10)
    label: An amount
  doubled: 2 * amount
  tail: pareto(0.9, 10)
  count:
    estimate: each_year(binomial(known, share))
  yearly:
    estimate: each_year(uniform(0, 10))
  other: amount
investment: {Build: 100 to 200}
benefits: {Saving: amount * (1 + share)}
"""


@pytest.fixture(scope="module")
def rows() -> dict[str, InputRow]:
    """The inputs of the case above, described."""
    return {row.name: row for row in describe_inputs(ut.read(CASE))}


def test_every_input_is_described_in_the_order_of_the_file(rows: dict[str, InputRow]) -> None:
    """Also estimates that stand elsewhere, after the inputs."""
    assert list(rows) == [
        "known", "folded", "share", "amount", "doubled", "tail", "count", "yearly", "other",
        "Build",
    ]  # fmt: skip
    assert rows["Build"].section == "investment"
    assert rows["Build"].text == "100 to 200"


def test_known_numbers_stand_as_they_are(rows: dict[str, InputRow]) -> None:
    """All four figures are the number, and there is no shape to draw."""
    for name, value in (("known", 4125), ("folded", 600)):
        row = rows[name]
        assert row.known
        assert (row.p5, row.p50, row.mean, row.p95) == (value,) * 4
        assert row.picture == ""


def test_single_estimates_are_exact(rows: dict[str, InputRow]) -> None:
    """Percentiles and means of scipy's own distribution, to rounding."""
    amount = rows["amount"]
    expected = stats.norm(100, 10)
    assert amount.exact
    assert [amount.p5, amount.p50, amount.p95] == pytest.approx(
        list(expected.ppf([0.05, 0.5, 0.95]))
    )
    assert amount.mean == pytest.approx(100)
    assert (rows["share"].p5, rows["share"].p95) == pytest.approx((0.03, 0.08))
    assert rows["other"].mean == pytest.approx(100)
    assert rows["yearly"].exact
    assert rows["yearly"].yearly
    assert rows["yearly"].p95 == pytest.approx(9.5)


def test_what_depends_on_others_comes_from_trials(rows: dict[str, InputRow]) -> None:
    """And says so; 4,096 Sobol' points find a normal percentile to a hundredth of its spread."""
    doubled = rows["doubled"]
    assert not doubled.exact
    expected = stats.norm(200, 20).ppf([0.05, 0.5, 0.95])
    assert [doubled.p5, doubled.p50, doubled.p95] == pytest.approx(list(expected), abs=0.2)
    assert len(doubled.picture) == 12
    count = rows["count"]
    assert not count.exact
    assert count.yearly
    share = rows["share"].mean
    assert share is not None
    assert count.mean == pytest.approx(4125 * share, rel=0.005)


def test_a_mean_that_does_not_exist_is_none(rows: dict[str, InputRow]) -> None:
    """A Pareto with shape 0.9 has percentiles, but no mean."""
    assert rows["tail"].mean is None
    assert rows["tail"].p50 == pytest.approx(10 * 2 ** (1 / 0.9))


def test_what_is_known_of_an_input_comes_along(rows: dict[str, InputRow]) -> None:
    """Label, unit, source, owner, date, question and note."""
    share = rows["share"]
    assert (share.owner, share.date, share.question, share.note) == (
        "Sales", "2026-10-14", "How many?", "A note",
    )  # fmt: skip
    assert rows["amount"].label == "An amount"
    assert (rows["known"].unit, rows["known"].source) == ("customers", "Register")


def test_an_impossible_estimate_is_told_and_not_drawn() -> None:
    """A negative sd in some trials is an error with the input's name."""
    text = "inputs:\n  a: normal(0, 1)\n  b: normal(0, a)\noutputs: [b]"
    with pytest.raises(ut.RunError, match=r"inputs\.b has no value in [\d,]+ of 4,096 trials"):
        describe_inputs(ut.read(text))


def _texts(rows: Sequence[InputRow]) -> list[list[str]]:
    table = estimates_table(rows)
    return [[cell.text.replace(SPACE, " ") for cell in row.cells] for row in table.rows]


def test_figures_are_written_in_the_unit_of_the_input(rows: dict[str, InputRow]) -> None:
    """Percent where the file writes percent; a star where trials were needed; dashes for none."""
    told = {row[0]: row[1:5] for row in _texts([r for r in rows.values() if not r.known])}
    assert told["share"] == ["3 %", "5.12 %", "5.26 %", "8 %"]
    assert told["An amount (amount)"][1:3] == ["100", "100"]
    assert told["tail"][2] == "–"
    assert "doubled *" in told
    assert "investment: Build" in told


def test_known_numbers_are_echoed_unrounded(rows: dict[str, InputRow]) -> None:
    """With what was typed where that is not the number itself."""
    table = known_table([rows["known"], rows["folded"]])
    assert [row.cells[1].text.replace(SPACE, " ") for row in table.rows] == ["4 125", "600"]
    assert [row.below for row in table.rows] == [(), ("2 * 300",)]


def test_wide_and_narrow_tables_tell_the_same(rows: dict[str, InputRow]) -> None:
    """Text, unit and source stand below the name, or in columns of their own."""
    uncertain = [row for row in rows.values() if not row.known]
    narrow, wide = estimates_table(uncertain), estimates_table(uncertain, apart=True)
    for short, long, row in zip(narrow.rows, wide.rows, uncertain, strict=True):
        below = " ".join(short.below).replace(SPACE, " ")
        beside = " ".join(cell.text for cell in long.cells).replace(SPACE, " ")
        for text in (row.text, row.unit, row.source):
            assert text in below
            assert text in beside
    assert kept_together("uniform(14 000, 22 000)") == f"uniform(14{SPACE}000, 22{SPACE}000)"


ESTIMATES: list[tuple[Marginal, str]] = [
    (interval(5, 40), "lognormal with median 14.1"),
    (lognormal(mean=3, sd=1), "lognormal with mean 3 and standard deviation 1"),
    (share_interval(0.03, 0.08), "beta with a = 11.1 and b = 200, from 0 to 1"),
    (uniform(2, 5), "uniform: anything from 2 to 5, all equally likely"),
    (pert(2, 5, 9), "PERT: lowest 2, most likely 5, highest 9"),
    (pert(2, 5, 9, weight=6), "PERT: lowest 2, most likely 5, highest 9, weight 6"),
    (student_t(3, 1, 2), "Student's t with df 3 about 1, scale 2"),
    (pareto(2, 10), "Pareto with shape 2, from 10 upwards"),
    (poisson(2.5), "Poisson, a number of events, on average 2.5"),
    (binomial(40, 0.3), "binomial, how many of 40 with a chance of 30 % each"),
    (discrete([100, 150], [0.3, 0.7]), "either 100 (30 %), 150 (70 %)"),
    (discrete(range(9)), "either 0 (11 %), 1 (11 %), 2 (11 %), 3 (11 %), 4 (11 %), and 4 more"),
    (truncate(normal(0, 1), low=0), "only 0 or above, rescaled"),
    (truncate(normal(0, 1), high=2), "only 2 or below, rescaled"),
    (clip(normal(0, 1), -1, 2), "moved to the bound where it is not from −1 to 2"),
    (event(0.1, uniform(1, 2)), "with a chance of 10 % this, otherwise 0: uniform"),
    (mixture([uniform(0, 1), normal(5, 1)], [3, 1]), "(75 %); or normal with mean 5"),
    (ut.estimate("scipy.gumbel_r(2, scale=3)"), "scipy.stats.gumbel_r(2, scale=3)"),
]


@pytest.mark.parametrize(("marginal", "said"), ESTIMATES, ids=[said for _, said in ESTIMATES])
def test_an_estimate_is_told_in_words(marginal: Marginal, said: str) -> None:
    """The family with its parameters as a business reader would say it."""
    assert said in in_words(marginal).replace(SPACE, " ")


@pytest.mark.parametrize("marginal", [marginal for marginal, _ in ESTIMATES], ids=repr)
def test_every_estimate_can_be_drawn(marginal: Marginal) -> None:
    """No line is wider than asked, and the chance left out is told."""
    drawing = Drawing(marginal, Unit(), width=60)
    lines = drawing.lines()
    assert all(len(line) <= 84 for line in lines if not line.startswith(("Not drawn", "A chance")))
    outside = float(marginal.below(drawing.low)) + float(marginal.sf(drawing.high))
    assert (outside > 1e-9) == any("lies further" in line for line in lines)
    assert any("█" in line for line in lines)


def test_columns_of_a_drawing_are_chances() -> None:
    """Each column holds the chance between its edges, so nothing smears beyond a hard bound."""
    drawing = Drawing(uniform(0, 10), Unit(), width=50)
    columns = drawing.chances()
    assert columns == pytest.approx(np.full(50, 0.99 / 50))
    spiked = Drawing(event(0.4, uniform(5, 10)), Unit(), width=40)
    text = [line.replace(SPACE, " ") for line in spiked.lines()]
    assert "Not drawn: exactly 0 with a chance of 60 %." in text
    assert spiked.chances()[:20].max() == pytest.approx(0, abs=1e-12)


def test_single_values_are_drawn_one_by_one() -> None:
    """A bar and a chance for each."""
    lines = Drawing(discrete([100, 150], [0.3, 0.7]), Unit(), width=50).lines()
    assert [line.split()[0] for line in lines] == ["100", "150"]
    assert [line.replace(SPACE, " ").split("  ")[-1] for line in lines] == ["30 %", "70 %"]
    assert Drawing(discrete([7]), Unit()).lines() == ["Always 7."]


def test_percentiles_share_a_scale() -> None:
    """Millions are said once, above; thousands are written out."""
    large = percentile_table(normal(5e8, 1e7), Unit())
    assert large.title == "Percentiles, million"
    assert large.rows[0].cells[4].text == "500"
    small = percentile_table(normal(50_000, 1_000), Unit())
    assert small.title == "Percentiles"
    assert small.rows[0].cells[4].text == f"50{SPACE}000"
    percents = percentile_table(share_interval(0.03, 0.08), Unit(share=True))
    assert percents.rows[0].cells[1].text == f"3{SPACE}%"


def test_moments_that_do_not_exist_are_undefined() -> None:
    """A Student t with one degree of freedom has neither mean nor standard deviation."""
    assert moments(student_t(1, 0, 1), Unit()).startswith(
        "mean undefined, standard deviation undefined"
    )


def test_ticks_are_round() -> None:
    """Steps of 1, 2 or 5, inside the axis."""
    assert ticks(3, 42) == [10, 20, 30, 40]
    assert ticks(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert ticks(-2.6e6, 1.1e6) == [-2e6, -1e6, 0, 1e6]
