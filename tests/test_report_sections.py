"""What the sections of a report say of cases that are known."""

import pytest
from printing import result_of
from report_parts import HEAD, Parts, said, tables, together
from report_text import text_of_section

import utfall as ut
from reports.document import Explorer, Facts, Figure
from reports.report import report_of
from reports.sections import sensitivity

ORDER = (
    "answer", "scope", "alternatives", "drivers", "assumptions", "cash", "value", "sensitivity",
    "information", "downside", "flexibility", "not_valued", "quality", "follow_up",
)  # fmt: skip


def test_the_frame_is_told_in_sentences():
    """Years, calendar, currency, timing, tax and losses, each in words."""
    text = (
        "years: 3\nstart: 2027\ncurrency: SEK\ndiscount_rate: 8 %\ntiming: middle\n"
        "tax: {rate: 22 %, depreciation_years: 3, losses: carried}\n"
        "investment: {A: 100}\nbenefits: {B: 60}\n"
    )
    scope = said(text)["scope"]
    assert "followed for 3 years" in scope
    assert "Year 0 is 2027." in scope
    assert "discounted at 8 % a year, as if that of each year came in its middle" in scope
    assert (
        "Tax of 22 % is paid on profit after depreciation; the investment is written off in equal "
        "parts over 3 years." in scope
    )
    assert "carried forward" in scope
    assert "No acceptable time of payback is given." in scope


def test_prose_is_shown_as_typed_and_never_made_up():
    """What is asked, not valued and followed up comes from the file or not at all."""
    money = "start: 2027\ninvestment: {A: 100}\nbenefits: {B: 60}\n"
    prose = (
        "decision: Shall we?\nscope: One country.\nnot_valued: [Goodwill]\n"
        "follow_up:\n  - {what: Use, month: 14, refutes: under half}\n  - {what: Mood}\n"
    )
    with_it, without = said(HEAD + money + prose), said(HEAD + money)
    assert "> Shall we?" in with_it["answer"]
    assert "> One country." in with_it["scope"]
    assert "- Goodwill" in with_it["not_valued"]
    assert "Use | February 2029, month 14 | under half" in with_it["follow_up"]
    assert "Mood | – | –" in with_it["follow_up"]
    assert "follow_up" not in without
    assert ">" not in without["answer"].replace("> within", "")


def test_estimates_without_source_or_owner_are_counted():
    """Two of three have no source, all three no owner; a known number is no estimate."""
    inputs = (
        "inputs:\n  a: 5 to 6\n  b: uniform(1, 2)\n  seven: 7\n"
        "  c: {estimate: 8 to 9, source: A study}\n"
    )
    text = f"{HEAD}{inputs}investment: {{A: 10}}\nbenefits: {{B: a + b + c + seven}}\n"
    register = said(text)["assumptions"]
    assert "WARNING: Estimates without a source: 2 of 3." in register
    assert "WARNING: Estimates without an owner: 3 of 3." in register
    known = register.index("### What is taken as known")
    assert register.index("c | ") < known < register.index("seven | 7")


def test_dates_of_assumptions_are_written_out():
    """An ISO date in words; anything else as it was typed."""
    inputs = (
        "inputs:\n  a: {estimate: 5 to 6, date: 2026-10-14, source: S, owner: O}\n"
        "  b: {estimate: 5 to 6, date: autumn, source: S, owner: O}\n"
    )
    text = f"{HEAD}{inputs}investment: {{A: 10}}\nbenefits: {{B: a + b}}\n"
    register = said(text)["assumptions"]
    assert "O, 14 October 2026" in register
    assert "O, autumn" in register
    assert "Every estimate has a source and an owner: 2 in all." in register


def test_each_line_stands_with_its_formula_in_words():
    """Labels and signs, then the formula as typed, then the note of the line."""
    text = (
        f"{HEAD}inputs:\n  n: {{estimate: 5 to 6, label: Customers, unit: customers}}\n"
        "investment: {A: 10}\nbenefits:\n  Kept: {formula: n * 9, note: Prudent.}\n"
    )
    drivers = said(text)["drivers"]
    kept = drivers[drivers.index("Kept") :]
    below = ["    = Customers × 9", "    Formula: n * 9", "    Prudent."]
    assert kept.splitlines()[1:4] == below


def test_perfect_information_is_the_loss_that_would_be_avoided():
    """Of a uniform from -50 to 150 for nothing: E max(x, 0) - E x = 50² / 2 / 200 = 6.25."""
    text = "years: 1\ndiscount_rate: 0 %\ninputs:\n  x: uniform(-50, 150)\nbenefits: {B: x}\n"
    found = said(text, 65_536)["information"]
    assert "worth 6.3 at most" in found
    assert "upper bound" in found


def test_nothing_is_worth_finding_out_where_no_trial_loses():
    """The same decision in every future needs no study."""
    text = f"{HEAD}inputs:\n  b: uniform(60, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    assert "Knowing more before deciding is worth nothing" in said(text)["information"]


def test_cash_stands_by_calendar_year():
    """Minus 100 in 2027, 60 in each of the three years after."""
    text = f"{HEAD}start: 2027\ninvestment: {{A: 100}}\nbenefits: {{B: 60}}\n"
    cash = said(text)["cash"]
    assert "2027, year 0 | −100\n" in cash
    assert "2030, year 3 | 60\n" in cash


def test_a_case_without_money_has_a_report():
    """Quantities, assumptions and what drives them; no cash, no information, no panel."""
    report = report_of(result_of("inputs:\n  a: 5 to 40\ncalculations: {c: a * 2}\noutputs: [c]\n"))
    keys = [section.key for section in report.sections]
    assert keys == [
        "answer", "scope", "drivers", "assumptions", "value", "sensitivity", "not_valued", "quality"
    ]  # fmt: skip
    blocks = [block for section in report.sections for block in section.blocks]
    assert not any(isinstance(block, Explorer | Facts) for block in blocks)
    assert "money" in text_of_section(next(s for s in report.sections if s.key == "scope"))


def test_a_later_start_is_set_against_the_same_at_once():
    """Only the delay differs: found without being told; a what-if is apart from it."""
    text = f"{HEAD}inputs:\n  b: uniform(60, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    found = Parts(together(text, text + "delay: 1\n"))["flexibility"]
    assert "Starting later, against the same at once" in found
    assert "It begins 1 year later." in found
    assert "What-ifs" not in found
    other = f"{HEAD}inputs:\n  b: uniform(60, 90)\ninvestment: {{A: 90}}\nbenefits: {{B: b}}\n"
    assert "flexibility" not in Parts(together(text, other + "delay: 1\n"))


def test_a_what_if_is_set_against_its_original():
    """It is no choice, and its section says how much it changes."""
    text = f"{HEAD}inputs:\n  b: uniform(30, 60)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    asked = ut.comparison({"A": ut.read(text)}).what_if(b=80)
    parts = Parts(ut.compare(asked, trials=4096))
    found = parts["flexibility"]
    assert "What-ifs, each against its original" in found
    assert "against “A”" in found
    assert parts.subject.rivals == ("A", "Nothing")


def test_shared_assumptions_stand_once_with_those_who_use_them():
    """An input of both alternatives is one assumption; one of its own says whose it is."""
    shared = "inputs:\n  b: uniform(30, 60)\n"
    one = f"{HEAD}{shared}investment: {{A: 100}}\nbenefits: {{B: b}}\n"
    other = f"{HEAD}{shared}  c: uniform(1, 2)\ninvestment: {{A: 100}}\nbenefits: {{B: b * c}}\n"
    register = Parts(together(one, other))["assumptions"]
    assert register.count("b | ") == 1
    assert "Used by: A, B" in register.replace("B, A", "A, B")
    assert "Used by: B" in register.splitlines()[-4:][0] or "Used by: B\n" in register


def test_a_comparison_has_every_section_in_order():
    """Sections come in the order in which a board reads, each key once."""
    one = f"{HEAD}inputs:\n  b: event(50 %, 90)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    follow = "not_valued: [Goodwill]\nfollow_up: [{what: Use, month: 3}]\n"
    report = report_of(together(one, one + "delay: 1\n" + follow))
    assert tuple(section.key for section in report.sections) == ORDER


def test_a_later_analysis_joins_a_section_without_touching_others(monkeypatch):
    """A part that is added to the registry of the section stands there."""
    from reports.document import Paragraph

    def more(subject):
        yield Paragraph("Something new.")

    text = f"{HEAD}inputs:\n  b: uniform(30, 60)\ninvestment: {{A: 100}}\nbenefits: {{B: b}}\n"
    monkeypatch.setattr(sensitivity, "PARTS", (*sensitivity.PARTS, more))
    assert "Something new." in Parts(result_of(text))["sensitivity"]


ODD = "<script>alert(1)</script> =1+1 \N{GRINNING FACE} \u0645\u0631\u062d\u0628\u0627 " + "x" * 280


def test_many_odd_inputs_give_a_report():
    """200 inputs with labels of 300 odd characters: all in the register, a few in the figures."""
    inputs = "".join(
        f'  i{k}:\n    estimate: {k + 1} to {k + 9}\n    label: "{ODD}{k}"\n' for k in range(200)
    )
    benefit = " + ".join(f"i{k}" for k in range(200))
    text = f'{HEAD}inputs:\n{inputs}investment: {{A: 100}}\nbenefits:\n  "{ODD}": {benefit}\n'
    report = report_of(result_of(f'case: "{ODD}"\n{text}', 1024))
    register = next(section for section in report.sections if section.key == "assumptions")
    assert len(tables(register)[0].rows) == 200


@pytest.mark.parametrize("language", ["en", "fi"])
def test_many_alternatives_give_a_report_that_says_what_is_left_out(language):
    """30 alternatives: all in the tables, a few in detail, and that is said."""
    cases = {
        f"Choice {k} {ODD}": ut.read(
            f"{HEAD}inputs:\n  b: uniform(30, 60)\n  own{k}: {k + 10} to {k + 20}\n"
            f"investment: {{A: 100}}\nbenefits: {{B: b + own{k}}}\n"
        )
        for k in range(30)
    }
    report = report_of(ut.compare(ut.comparison(cases), trials=1024), language)
    by_key = {section.key: section for section in report.sections}
    assert len(tables(by_key["alternatives"])[0].rows) == 31
    pictures = [b for b in by_key["cash"].blocks if isinstance(b, Figure)]
    assert len(pictures) == 3
    if language == "en":
        cash = text_of_section(by_key["cash"])
        assert "Shown here are the first alternatives by rank, 3 of 30." in cash
