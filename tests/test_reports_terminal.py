"""What the commands print: every figure of a result, readable at any width, misread by nobody."""

import re
from collections.abc import Callable

import pytest
from picturing import raw
from printing import MONEY, figures, printed, result_of, words
from rich.console import RenderableType

import utfall as ut
from distributions import Marginal, event, normal
from reports.dependence import dependence_table
from reports.drivers import widest
from reports.ends import error_of
from reports.figures import all_charts
from reports.language import SPACE
from reports.numbers import Scale, chance_shown, money
from reports.quantities import quantity_tables
from reports.tables import lines_table, payback_table, value_table
from reports.terminal import check_tables, run_tables, show_tables
from reports.words import OUTCOMES, answer, shortened, value_scale
from simulator.analysis.inputs import describe_inputs
from simulator.result import Result

PORTAL = """
case: Small portal
currency: SEK
years: 4
discount_rate: 8 %
hurdle: 3 years
inputs:
  build: {estimate: 900k to 1.8M, label: Build and launch, unit: SEK, source: Two offers}
  kept:
    estimate: triangular(0, 20, 60)
    unit: customers per year
    source: "Workshop"
  margin:
    estimate: normal(18 000, 2 000)
  churn: {estimate: 3 % to 8 %, unit: share of customers per year}
  customers: {estimate: 600, source: Register}
calculations:
  saved: kept * margin * (1 - churn)
  base:
    start: customers
    next: previous * (1 - churn)
investment: {Build: build}
benefits: {Customers kept: saved}
costs: {Running: 100k}
dependence: [{between: [build, kept], rank: 0.3}]
"""


@pytest.fixture(scope="module")
def portal() -> Result:
    """The case above, simulated."""
    return result_of(PORTAL, show=("base", "saved"))


def test_the_answer_stands_on_top(portal: Result) -> None:
    """First the title, then the chances asked about, with percentiles that cannot be misread."""
    lines = printed(run_tables(portal)).splitlines()
    top = words(" ".join(lines[1:7]))
    hurdle, loss = portal.hurdle_chance, portal.npv.measured("chance_negative")
    assert hurdle is not None
    assert lines[0] == "Small portal"
    within = str(chance_shown(hurdle.value, error_of(hurdle))).replace(SPACE, " ")
    below = str(chance_shown(loss.value, error_of(loss))).replace(SPACE, " ")
    assert f"paid itself back within 3 years is {within}." in top
    assert f"The chance of a loss (a net present value below zero) is {below}." in top
    for percent, sure in ((10, 90), (50, 50), (90, 10)):
        figure = portal.npv.measured(f"p{percent}")
        amount = money(figure.value, "SEK", error_of(figure), among=value_scale(portal))
        assert f"{sure} % chance of at least {amount}".replace(SPACE, " ") in top


def test_a_tornado_tells_what_moves_the_value(portal: Result) -> None:
    """The two widest bars are named in the answer, and all bars are drawn."""
    bars = ut.tornado(portal.case)
    first, second = (bar.label or bar.name for bar in bars.rows[:2])
    assert f"“{first}”, then “{second}”" in answer(portal, bars)[-1]
    text = printed(run_tables(portal, bars))
    for bar in widest(bars):
        assert (bar.label or bar.name) in text
    assert text.count("░") > 0
    assert text.count("█") > 0


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_figure_is_lost_at_any_width(portal: Result, width: int) -> None:
    """Every figure of every table is printed whole, and no line is longer than the page."""
    text = printed(run_tables(portal), width)
    assert all(len(line) <= width for line in text.splitlines())
    tables = [payback_table(portal), value_table(portal), lines_table(portal)]
    for table in (*tables, *quantity_tables(portal), dependence_table(portal)):
        for shown in figures(table):
            assert shown in text, (table.title, shown)


def test_every_figure_of_the_payback_table_is_the_result_s(portal: Result) -> None:
    """A row a year and one of never, with chance and error, simple and discounted."""
    rows = {row.cells[0].text.replace(SPACE, " "): row for row in payback_table(portal).rows}
    assert list(rows) == [
        "within 1 year", "within 2 years", "within 3 years (hurdle)", "within 4 years",
        "never within 4 years",
    ]  # fmt: skip
    for discounted in (False, True):
        chances = portal.payback_chances(discounted).values()
        for row, figure in zip(rows.values(), chances, strict=True):
            cell = row.cells[3 if discounted else 1]
            assert (cell.text, cell.error) == chance_shown(figure.value, error_of(figure))
    assert rows["within 3 years (hurdle)"].kind == "marked"


def test_every_outcome_has_its_row(portal: Result) -> None:
    """Mean, P10, P50 and P90 of each, traced to the result; payback has no mean."""
    table = value_table(portal)
    assert [row.cells[0].text for row in table.rows] == [OUTCOMES[name] for name in (
        "npv", "irr", "roi", "roi_discounted", "profitability_index", "payback",
        "discounted_payback", "peak_funding",
    )]  # fmt: skip
    scale = value_scale(portal)
    for stat, cell in zip(("mean", "p10", "p50", "p90"), table.rows[0].cells[1:], strict=True):
        figure = portal.npv.measured(stat)
        assert (cell.text, cell.error) == scale.shown(figure.value, error_of(figure))
    assert table.rows[5].cells[1].text == "–"
    assert table.rows[5].cells[4].text == "never"
    assert "net gain / investment" in table.rows[2].below[0]
    assert "all costs, present values" in table.rows[3].below[0]


def test_columns_say_what_a_percentile_is(portal: Result) -> None:
    """P10 is what is reached with a chance of 90 %."""
    for table in (value_table(portal), lines_table(portal), *quantity_tables(portal)):
        headings = {c.heading: c.detail.replace(SPACE, " ") for c in table.columns}
        assert headings["P10"] == "90 % chance\nof at least"
        assert headings["P90"] == "10 % chance\nof at least"


def test_lines_of_money_are_signed_and_add_up(portal: Result) -> None:
    """Each line under its section, costs negative, net present value as the last row."""
    table = lines_table(portal)
    names = [row.cells[0].text for row in table.rows]
    assert names == ["Investment", "Build", "Benefits", "Customers kept", "Costs", "Running",
                     "Net present value"]  # fmt: skip
    assert table.rows[1].cells[1].text.startswith("−")
    assert table.rows[3].cells[1].text[0].isdigit()
    means = [line.present_value.mean or 0.0 for line in portal.lines.values()]
    assert sum(means) == pytest.approx(portal.npv.mean)


def test_dependence_is_shown_as_asked_and_realised(portal: Result) -> None:
    """Two figures a pair, and the labels of the inputs."""
    (row,) = dependence_table(portal).rows
    pair = portal.dependence[0]
    assert row.cells[0].text == "Build and launch and kept"
    assert [cell.text for cell in row.cells[1:]] == [f"{pair.asked:.2f}", f"{pair.realised:.2f}"]


def test_the_foot_tells_how_the_figures_came_about(portal: Result) -> None:
    """Trials in full, sampling, seed, version, and notes."""
    text = words(printed(run_tables(portal)))
    assert "4 096 trials of scrambled Sobol' points in 16 independent sets, seed 1" in text
    assert f"Utfall {ut.__version__}" in text
    rounded = ut.simulate(portal.case, trials=1000)
    assert "Note: 1 000 trials were asked for" in words(printed(run_tables(rounded)))
    drawn = ut.simulate(portal.case, trials=1000, sampling="random", seed=0)
    foot = words(printed(run_tables(drawn)))
    assert "1 000 trials of independent random draws, seed 0" in foot


def test_check_echoes_every_input(portal: Result) -> None:
    """Name, label, text as typed, four figures, shape, unit and source; known numbers apart."""
    rows = describe_inputs(portal.case)
    for width in (80, 160):
        text = printed(check_tables(portal.case, rows), width)
        flat = words(text)
        assert all(len(line) <= width for line in text.splitlines())
        assert "It has 4 estimates and 1 known number." in flat
        for row in rows:
            assert row.name in flat
            assert row.picture.strip() in text
        assert "900k to 1.8M" in flat
        assert "Two offers" in flat
        assert "15 000" not in flat
        assert "600" in flat
    text = words(printed(check_tables(portal.case, rows)))
    assert "Build and launch (build) 900 000 1 270 000 1 300 000 1 800 000" in text
    assert "churn 3 % 5.12 % 5.26 % 8 %" in text


def test_show_describes_one_estimate() -> None:
    """Family in words, nine percentiles, moments, and a drawing on an axis."""
    text = printed(show_tables("normal(10, 2)", normal(10, 2)))
    assert text.splitlines()[0] == "normal(10, 2)"
    assert "Normal with mean 10 and standard deviation 2." in text
    assert "Mean 10, standard deviation 2, range −∞ to ∞." in text
    assert "90 % sure that it lies between 6.71 and 13.3" in words(text)
    assert re.search(r"P1 +P5 +P10 +P25 +P50 +P75 +P90 +P95 +P99", text)
    assert re.search(r"5\.35 +6\.71 +7\.44 +8\.65 +10 +11\.3 +12\.6 +13\.3 +14\.7", text)
    assert "┬" in text
    assert text.count("█") > 100


def test_a_page_is_plain_when_piped(portal: Result) -> None:
    """No escape codes, no no-break spaces, no blanks at the end of lines."""
    rows = describe_inputs(portal.case)
    estimate: Marginal = event(0.1, normal(5, 1))
    pages: list[Callable[[], RenderableType]] = [
        lambda: run_tables(portal, ut.tornado(portal.case)),
        lambda: check_tables(portal.case, rows),
        lambda: show_tables("event(10 %, normal(5, 1))", estimate),
    ]
    for page in pages:
        text = printed(page(), 100)
        assert not re.search("[\x1b\xa0\ue000]", text)
        assert not re.search(r" $", text, re.MULTILINE)


def test_names_from_a_file_are_only_text() -> None:
    """Brackets in a label are no markup, and long labels are shortened between words."""
    case = ut.read(
        MONEY + "case: '[bold]Sharp[/bold] [link=x]'\ninputs:\n"
        "  a: {estimate: 1 to 3, label: '[red]never[/red]'}\n"
        "investment: {'[blue]A': 9}\nbenefits: {B: a}"
    )
    result, bars = ut.simulate(case, trials=512), ut.tornado(case)
    text = printed(run_tables(result, bars))
    assert "[bold]Sharp[/bold] [link=x]" in text
    assert "[red]never[/red]" in text
    assert "[blue]A" in text
    assert shortened("word " * 100, 20) == "word word word …"
    assert shortened("w" * 100, 20) == "w" * 19 + "…"


def test_a_name_cannot_steer_the_terminal() -> None:
    """Escape characters that YAML lets through are left out, in pages and in pictures."""
    case = ut.read(
        MONEY + 'case: "Clear\\x1b[2J\\x07"\ninputs:\n'
        '  a: {estimate: 1 to 3, label: "red\\x1b[31m", unit: "per\\x1b day"}\n'
        "investment: {A: 9}\nbenefits: {B: a}"
    )
    result, bars = ut.simulate(case, trials=512), ut.tornado(case)
    pages = (run_tables(result, bars), check_tables(case, describe_inputs(case)))
    for text in map(printed, pages):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    for drawn in all_charts(result, bars):
        assert "\x1b" not in raw(drawn)


def test_a_scale_of_nothing_is_harmless() -> None:
    """A table of undefined figures has no scale."""
    assert Scale.of([None, float("inf")]) == Scale()
