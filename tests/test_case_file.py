"""Reading a case: what each key gives, how files extend each other, and writing it back."""

from __future__ import annotations

from pathlib import Path

import pytest

import utfall as ut

PAGE = """\
case: Customer portal
currency: SEK
years: 5                      # year 0 is the investment
discount_rate: 8 %
hurdle: 3 years               # acceptable payback; or `3 years discounted`

inputs:                       # what we know, and what we believe
  customers: 4 000
  margin: triangular(14 000, 18 000, 22 000)        # contribution per customer
  churn: 3 % to 8 %                                  # 90 % interval
  churn_avoided:
    estimate: pert(0 %, 10 %, 30 %)
    unit: share
    source: sales workshop
    date: 2026-10-14
  adoption: beta(4, 3)
  build: 900k to 1.8M
  running: triangular(120k, 150k, 220k)

calculations:                 # in any order
  in_use: adoption * ramp(30 %, 70 %, 100 %)
  customers_without:
    start: customers
    next: previous * (1 - churn) + 150
  customers_with:
    start: customers
    next: previous * (1 - churn * (1 - churn_avoided * in_use)) + 150

investment:                   # paid at year 0
  Build: build
benefits:                     # received in years 1..5
  Fewer lost customers: margin * (customers_with - customers_without)
costs:                        # paid in years 1..5; positive
  Running: running

dependence:
  - {between: [adoption, churn_avoided], rank: 0.4}
  - {between: [build, running], same_half: 75 %}
"""
"""The example of the language page."""


def test_the_page_s_own_example_reads() -> None:
    """Every key lands where it belongs, as typed."""
    case = ut.read(PAGE)
    assert case.name == "Customer portal"
    assert case.currency == "SEK"
    assert case.years == 5
    assert str(case.discount_rate) == "8 %"
    assert str(case.hurdle) == "3 years"
    assert str(case.inputs["customers"]) == "4 000"
    assert str(case.inputs["churn"]) == "3 % to 8 %"
    avoided = case.inputs["churn_avoided"]
    assert (avoided.unit, avoided.source, avoided.date) == ("share", "sales workshop", "2026-10-14")
    assert str(case.calculations["customers_without"].next) == "previous * (1 - churn) + 150"
    assert list(case.benefits) == ["Fewer lost customers"]
    assert [pair.kind for pair in case.dependence] == ["rank", "same_half"]


def test_a_case_prints_as_you_would_type_it_and_reads_back_equal() -> None:
    """Also with tax, delay, labels that need quotes, and Nordic numbers."""
    case = ut.read(PAGE)
    assert ut.read(str(case)) == case
    odd = ut.read(
        """\
case: "Portal: ja?"
numbers: sv
years: 4
start: 2027
delay: 1
timing: middle
discount_rate: triangular(6 %; 7,5 %; 9 %)
hurdle: 2,5 years discounted
trials: 65 536
seed: 7
sampling: latin
tax:
  rate: 20,6 %
  depreciation_years: 5
  losses: carried
inputs:
  täckningsbidrag:
    estimate: 1,5 to 2 mkr
    label: 'Bidrag "netto"'
  low: -5
investment:
  "Build #2": 100
benefits:
  "More: sales": täckningsbidrag * (1 + low)
outputs: [low]
decision: "Should we: yes?"
scope: five years, one country
not_valued: [goodwill, 'what customers say, # and why']
follow_up:
  - {what: adoption, month: 6, refutes: under 20 % use it}
  - what: churn
"""
    )
    assert odd.follow_up[0].month == 6
    assert odd.follow_up[1].refutes == ""
    assert odd.not_valued == ("goodwill", "what customers say, # and why")
    assert odd.hurdle == ut.read(str(odd)).hurdle
    assert ut.read(str(odd)) == odd
    assert "1,5 to 2 mkr" in str(odd)


def test_text_is_read_as_it_stands_whatever_yaml_makes_of_it() -> None:
    """no is a label, 2026-10-14 a date kept as text, 1_000 a number of ours."""
    case = ut.read(
        """\
case: no
years: 1
discount_rate: 0 %
currency: on
inputs:
  a: {estimate: "1_000", date: 2026-10-14, source: "null", note: 'yes'}
investment:
  no: a
"""
    )
    assert case.name == "no"
    assert case.currency == "on"
    assert list(case.investment) == ["no"]
    assert (case.inputs["a"].date, case.inputs["a"].source) == ("2026-10-14", "null")


def test_extending_merges_sections_key_by_key(tmp_path: Path) -> None:
    """An entry is replaced whole, `none` removes, a list is replaced, tax merges."""
    (tmp_path / "base.yaml").write_text(
        PAGE + "tax: {rate: 20 %, depreciation_years: 5}\n", encoding="utf-8"
    )
    (tmp_path / "folder").mkdir()
    own = tmp_path / "folder" / "own.yaml"
    own.write_text(
        """\
extends: ../base.yaml
case: Cautious
hurdle: none
inputs:
  churn_avoided: pert(0 %, 5 %, 15 %)
  training: 50k to 90k
costs:
  Running: none
  Training: training
tax: {losses: carried}
dependence:
  - {between: [adoption, churn_avoided], rank: 0.2}
""",
        encoding="utf-8",
    )
    case = ut.load(own)
    assert case.name == "Cautious"
    assert case.years == 5
    assert case.hurdle is None
    assert case.inputs["churn_avoided"].source == ""
    assert str(case.inputs["churn"]) == "3 % to 8 %"
    assert list(case.inputs)[-1] == "training"
    assert list(case.costs) == ["Training"]
    assert case.tax is not None
    assert (case.tax.losses, case.tax.depreciation_years) == ("carried", 5)
    assert len(case.dependence) == 1


def test_numbers_are_not_inherited(tmp_path: Path) -> None:
    """Each file is read the way it says itself."""
    (tmp_path / "base.yaml").write_text("numbers: sv\ninputs:\n  a: 1,5\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(
        "extends: base.yaml\ninputs:\n  b: 2.5\noutputs: [a, b]\n", encoding="utf-8"
    )
    base = ut.base_case(ut.load(tmp_path / "own.yaml"))
    assert base.inputs == {"a": 1.5, "b": 2.5}


def test_removing_what_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    """It is usually a slip in the name."""
    (tmp_path / "base.yaml").write_text(PAGE, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(
        "extends: base.yaml\ncosts:\n  Runing: none\n", encoding="utf-8"
    )
    with pytest.raises(ut.CaseError, match="did you mean `Running`"):
        ut.load(tmp_path / "own.yaml")


def test_inputs_are_changed_in_a_new_case() -> None:
    """The old one stays; numbers and text are both taken; a wrong name is refused."""
    case = ut.read(PAGE)
    other = case.with_inputs(churn_avoided="2 % to 9 %", customers=5_000.5)
    assert str(case.inputs["customers"]) == "4 000"
    assert other.inputs["churn_avoided"].unit == "share"
    assert ut.base_case(other).inputs["customers"] == 5_000.5
    with pytest.raises(ut.CaseError, match="did you mean `churn_avoided`"):
        case.with_inputs(churn_avoidd=1)
    with pytest.raises(ut.CaseError, match="nothing stands here"):
        case.with_inputs(customers="")


def test_a_single_estimate_can_be_asked_about() -> None:
    """Money intervals mean P5 to P95, whatever the family."""
    for text in ("5 to 40", "normal(5 to 40)", "gamma(5 to 40)", "normal(5 to 40, low=0)"):
        marginal = ut.estimate(text)
        assert marginal.percentile(5) == pytest.approx(5, rel=1e-6)
        assert marginal.percentile(95) == pytest.approx(40, rel=1e-6)
    with pytest.raises(ut.CaseError, match="not a single estimate"):
        ut.estimate("2 * (5 to 40)")
    with pytest.raises(ut.CaseError, match="2 to 5"):
        ut.estimate("5 to 2")
