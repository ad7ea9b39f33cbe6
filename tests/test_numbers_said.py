"""What is advised where numbers are written otherwise can be written so in the same file."""

import re

import pytest

import utfall as ut

ADVICE = [
    ("nb", "1.900.000", "1 900 000"),
    ("sv", "1.900.000,50", "1 900 000,50"),
    ("nb", "1.5", "1,5"),
    ("fi", "12.345", "12,345"),
    ("nb", "9 % til 14 %", "9 % to 14 %"),
    ("sv", "9 till 14", "9 to 14"),
    ("da", "9 til 14,5 %", "9 to 14,5 %"),
    ("nb", "mellom 9 % og 14 %", "9 % to 14 %"),
    ("sv", "mellan 9 och 14", "9 to 14"),
    ("en", "2.4 mill", "2.4 mn"),
    ("nb", "2,4 mio", "2,4 mkr"),
    ("sv", "2,4 miljoner", "2,4 mn"),
    ("nb", "9 prosent", "9 %"),
    ("da", "9 procent", "9 %"),
    ("fi", "9 prosenttia", "9 %"),
    ("nb", "1,2 milliarder", "1,2 bn"),
    ("nb", "-2,5 % to 3 %", "normal(-2,5 % to 3 %)"),
    ("nb", "pert(5; 2,5; 9)", "pert(2; 5; 9)"),
    ("en", "between 5 and 40", "5 to 40"),
]


def case(numbers: str, estimate: str) -> str:
    """A case of one estimate, in a way of writing numbers."""
    return f"numbers: {numbers}\ninputs:\n  a: {estimate}\noutputs: [a]\n"


@pytest.mark.parametrize(("numbers", "written", "advised"), ADVICE)
def test_what_is_advised_can_be_written(numbers: str, written: str, advised: str) -> None:
    """The message holds it, and it is read in a file that says the same of its numbers."""
    with pytest.raises(ut.CaseError) as error:
        ut.read(case(numbers, written))
    assert re.search(rf"(?:write|or|mark:|to:|order:) {re.escape(advised)}", str(error.value))
    assert ut.read(case(numbers, advised)).inputs["a"].typed(numbers) == advised


def test_a_decimal_comma_in_braces_is_told_once_with_lines_that_work() -> None:
    """YAML ends the value at the comma; the lines shown hold what was meant."""
    head = "numbers: nb\ninputs: {a: 1 to 2, b: 1 to 2}\noutputs: [a, b]\ndependence:\n"
    with pytest.raises(ut.CaseError) as error:
        ut.read(f"{head}  - {{between: [a, b], rank: 0,3}}\n")
    assert len(error.value.problems) == 1
    first, second = re.findall("`(.*?)`", error.value.problems[0].remedy)
    assert (first, second) == ("- between: [a, b]", "rank: 0,3")
    (pair,) = ut.read(f"{head}  {first}\n    {second}\n").dependence
    assert pair.value.typed("nb") == "0,3"
    with pytest.raises(ut.CaseError, match=r"write `- between: \[a, b\]`, and below it.* 0,4`"):
        ut.read(f"{head}  - a and b\n")
