"""Pages of small and odd cases: certain, impossible, without money; and a snapshot."""

from printing import MONEY, printed, result_of, words

import utfall as ut
from distributions import event, uniform
from reports.dependence import dependence_table
from reports.language import SPACE
from reports.numbers import chance_shown
from reports.quantities import quantity_tables
from reports.tables import payback_table, value_table
from reports.terminal import check_tables, run_tables, show_tables
from reports.words import answer, certain
from simulator.analysis.inputs import describe_inputs


def test_never_is_shown_even_where_everything_pays_back() -> None:
    """What did not happen in any trial is under something, not impossible."""
    always = result_of(MONEY + "investment: {A: 100 to 110}\nbenefits: {B: 150 to 200}")
    last = payback_table(always).rows[-1]
    assert last.cells[0].text.replace(SPACE, " ") == "never within 5 years"
    assert last.cells[1].text.replace(SPACE, " ") == "under 0.1 %"
    none = result_of(MONEY + "investment: {A: 1M to 2M}\nbenefits: {B: 10 to 20}")
    assert payback_table(none).rows[-1].cells[1].text.replace(SPACE, " ") == "over 99.9 %"
    assert {cell.text for cell in value_table(none).rows[5].cells[2:]} == {"never"}


def test_a_certain_case_claims_no_chances() -> None:
    """Without uncertainty there is one future, told without errors."""
    sure = result_of(MONEY + "currency: kr\ninvestment: {A: 1000}\nbenefits: {B: 420}")
    assert certain(sure)
    told = [text.replace(SPACE, " ") for text in answer(sure)]
    assert told == [
        "It pays itself back after 2.4 years.",
        "Nothing in it is uncertain: net present value is 680 kr.",
    ]
    assert "±" not in printed(run_tables(sure)).split("± is how far")[0]
    lost = result_of(MONEY + "investment: {A: 1000}\nbenefits: {B: 20}")
    assert answer(lost)[0].replace(SPACE, " ") == "It never pays itself back within its 5 years."


def test_odd_cases_are_said_in_words() -> None:
    """No outlay, nothing paid, a hurdle beyond the horizon, undefined returns."""
    free = result_of(MONEY + "inputs:\n  a: normal(10, 20)\nbenefits: {B: a}")
    text = words(printed(run_tables(free)))
    assert "of the trials no money is ever at risk: payback counts as 0 years" in text
    assert "undefined in 100 %" in text
    nothing = result_of(MONEY + "benefits: {B: 0}")
    assert "nothing to pay back" in answer(nothing)[0]
    far = result_of(MONEY + "hurdle: 10 years\ninvestment: {A: 9}\nbenefits: {B: 1 to 3}")
    assert "followed for 5 years only" in answer(far)[0].replace(SPACE, " ")


def test_a_tornado_without_effect_is_no_empty_table() -> None:
    """An event that happens once in ten futures moves nothing between P10 and P90."""
    rare = result_of(
        MONEY
        + "inputs:\n  a: event(5 %, 500 to 2000)\ninvestment: {A: 1000}\nbenefits: {B: 300 - a}"
    )
    text = words(printed(run_tables(rare, ut.tornado(rare.case))))
    assert (
        "No input by itself moves net present value from its P10 to its P90, with the others at "
        "their medians. The same at P10 and P90, so not shown, though it may matter: a."
    ) in text
    assert "effect" not in text


RARE = """
years: 3
discount_rate: 8 %
inputs:
  fire: event(4 %, 1M to 6M)
  saving: 300k to 500k
  wage: 10k to 20k
  late: chance(30 %)
  fine: 10k to 20k
investment: {Build: 800k}
benefits: {Saving: saving - wage}
costs: {Fire: fire, Fines: late * fine}
"""


def test_a_rare_event_is_not_said_to_be_without_effect() -> None:
    """Only what differed between P10 and P90, and changed nothing, is; the medians are named."""
    rare = result_of(RARE)
    bars = ut.tornado(rare.case)
    text = words(printed(run_tables(rare, bars)))
    assert "so not shown, though it may matter: fire." in text
    assert "Without any effect, with the others at their medians: fine." in text
    assert "What moves net present value most between P10 and P90 is “saving”, then “" in text


def test_amounts_of_an_event_are_no_percentages() -> None:
    """Whatever the chance is written with: `check` and `show` write the amount."""
    case = ut.read(RARE)
    lines = printed(check_tables(case, describe_inputs(case)), 120).splitlines()
    (fire,) = [line for line in lines if line.startswith("fire")]
    assert "114 000" in fire
    assert "%" not in fire
    shown = printed(show_tables("event(4 %, 1M to 6M)", event(0.04, uniform(1e6, 6e6))))
    assert "anything from 1 000 000 to 6 000 000" in words(shown)
    assert "000 %" not in words(shown)
    assert "million %" not in words(shown)


def test_no_return_is_shown_where_many_trials_have_none() -> None:
    """The columns speak of all trials: undefined in 30 % of them, a return has no such figure."""
    rare = result_of(
        MONEY + "inputs:\n  a: discrete(0 weight 30 %, 400 weight 70 %)\n"
        "investment: {A: 1000}\nbenefits: {B: a}"
    )
    row = value_table(rare).rows[1]
    assert [cell.text for cell in row.cells[1:]] == ["–"] * 4
    assert "undefined in 30" in row.below[0]
    assert row.below[0].endswith(": no figure")
    assert "in 70" in value_table(rare).notes[1]


def test_a_centre_far_from_the_simulated_median_is_told() -> None:
    """Two chances of 60 % are both yes at their medians, but together in 36 % of the trials only.

    So the median of what they bring together is nothing: the 100 paid are lost.
    """
    text = (
        MONEY + "inputs:\n  a: chance(60 %)\n  b: chance(60 %)\n"
        "investment: {A: 100}\nbenefits: {B: 100 * a * b}"
    )
    both = result_of(text)
    page = words(printed(run_tables(both, ut.tornado(both.case))))
    assert "With every input at its median it is 299; over all trials the median is −100" in page
    steady = result_of(
        MONEY + "inputs:\n  a: normal(50, 5)\ninvestment: {A: 100}\nbenefits: {B: a}"
    )
    page = words(printed(run_tables(steady, ut.tornado(steady.case))))
    assert "With every input at its median" not in page


def test_labels_that_are_cut_alike_give_way_to_names() -> None:
    """Two long labels with the same beginning would say that an input moves with itself."""
    long = "The share of all customers that leaves in "
    case = (
        MONEY + f"inputs:\n  first: {{estimate: 2 to 4, label: {long}spring}}\n"
        f"  second: {{estimate: 2 to 4, label: {long}autumn}}\n  other: 1 to 2\n"
        "dependence:\n  - {between: [first, second], rank: 0.5}\n"
        "  - {between: [first, other], rank: 0.2}\ninvestment: {A: 1}\n"
        "benefits: {B: first + second + other}"
    )
    labels = [row.cells[0].text for row in dependence_table(result_of(case)).rows]
    assert labels == ["first and second", "The share of all customers that … and other"]


QUANTITIES = """
case: Without money
years: 3
outputs: [saved, share, stock]
inputs:
  a: normal(10, 2)
  b: 3 % to 8 %
calculations:
  saved: a * 1000 - 9000
  share: {formula: b * 2, unit: share of customers}
  stock:
    start: 100
    next: previous * (1 - b) + a
"""


def test_a_case_without_money_reports_its_quantities() -> None:
    """Single ones in one table, a yearly one by year, and no talk of payback."""
    result = result_of(QUANTITIES)
    text = words(printed(run_tables(result)))
    assert "payback" not in text.lower()
    assert "saved: 90 % chance of at least" in text
    assert "stock in year 3: 90 % chance of at least" in text
    single, stock = quantity_tables(result)
    assert [row.cells[0].text for row in single.rows] == ["saved", "share"]
    assert single.rows[1].cells[1].text.endswith("%")
    assert [row.cells[0].text for row in stock.rows] == ["year 0", "year 1", "year 2", "year 3"]
    assert stock.rows[0].cells[1].text == "100"
    below = result.quantities["saved"]
    assert isinstance(below, ut.Outcome)
    share = chance_shown(below.chance_below(0)).text.replace(SPACE, " ")
    assert f"The chance that saved is below zero is {share}" in text


KIOSK = """
case: Kiosk
currency: kr
years: 3
discount_rate: 10 %
hurdle: 2 years
inputs:
  sales: discrete(40 weight 60 %, 80 weight 40 %)
investment: {Kiosk: 120}
benefits: {Sales: sales}
"""
PAGE = """\
Kiosk
The chance of having paid itself back within 2 years is 40 % (±1).
The chance of a loss (a net present value below zero) is 60 % (±1).
Net present value: 90 % chance of at least −21 kr, 50 % chance of at least
−21 kr, 10 % chance of at least 79 kr.

Chance of having paid back
Paid back                        Chance                            Discounted
─────────────────────────────────────────────────────────────────────────────
within 1 year               under 0.1 %                           under 0.1 %
within 2 years (hurdle)         40 % ±1  ████████                     40 % ±1
within 3 years              over 99.9 %  ████████████████████         40 % ±1
never within 3 years        under 0.1 %                               60 % ±1

What it is worth
                                     Mean          P10          P50          P90
                                           90 % chance  50 % chance  10 % chance
                                           of at least  of at least  of at least
────────────────────────────────────────────────────────────────────────────────
Net present value                   19 ±1          −21          −21           79
  kr
Internal rate of return       17.8 % ±0.1          0 %          0 %       44.6 %
ROI, undiscounted             40.0 % ±0.2          0 %          0 %        100 %
  net gain / investment
ROI, discounted               16.0 % ±0.1      −17.1 %      −17.1 %       65.8 %
  net gain / all costs, present values
Profitability index            1.16 ±0.01        0.829        0.829         1.66
  present value / investment
Payback, years                          –          1.5            3            3
Payback on discounted cash,             –          1.7        never        never
years
Peak funding                          120          120          120          120
  kr, the most money tied up
In the worst 5 % of the trials net present value is on average −21 kr.
There is one internal rate of return in 100 % of the trials, none in 0 %,
several in 0 %; the figures are over the trials that have one.
The mean of a ratio is not the ratio of the means: it may look good where money
is lost on average. Go by net present value.

Where the value comes from: present values
kr                    Mean          P10          P90
                            90 % chance  10 % chance
                            of at least  of at least
────────────────────────────────────────────────────
Investment
Kiosk                 −120         −120         −120
Benefits
Sales               139 ±1           99          199
Net present value    19 ±1          −21           79
The means add up to net present value; percentiles do not.

What moves net present value: one input at a time, the others unchanged
Input                                              at low  at high
from its P10 to its P90                                kr       kr
──────────────────────────────────────────────────────────────────
sales                    │███████████████████████   −20.5     78.9
  40 to 80
░ the input at its low end, █ at its high end, │ all inputs at their medians:
−20.5 kr.

4 096 trials of scrambled Sobol' points in 16 independent sets, seed 1, Utfall
{version}. ± is how far a figure may be off because the number of trials is limited
(95 % interval, rounded up); it does not say how good the estimates are.
"""


def test_a_small_case_reads_like_this() -> None:
    """A whole page that can be worked by hand: of ten futures six bring 40 a year, four 80.

    Of 40, 99.47 is the present value (-20.53 net, 0 % return, back after 3 years); of 80, 198.95
    (78.95 net, back after 1.5 years); the mean of the nets is 19.26.
    """
    result = result_of(KIOSK)
    page = printed(run_tables(result, ut.tornado(result.case)))
    assert page == PAGE.format(version=ut.__version__)
