"""Alternatives valued in different years, at different rates, taxes or times: it is said."""

import pytest
from comparing import compared

import utfall as ut
from reports.language import SPACE, speaking
from reports.notes import note

MONEY = "investment: {A: 9}\nbenefits: {B: b}\ninputs: {b: 4 to 6}\n"
FRAME = {"years": "2", "discount_rate": "8 %"}


def framed(**frame: str) -> ut.Case:
    """A case valued in a frame of its own."""
    return ut.read("".join(f"{key}: {text}\n" for key, text in (FRAME | frame).items()) + MONEY)


def notes(**frame: str) -> str:
    """What a comparison of the plain frame with another one tells."""
    found = compared({"One": framed(start="2027"), "Other": framed(**frame)}, trials=64)
    return "\n".join(found.notes)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ({"start": "2028"}, "year 0 is not the same year for all (One 2027, Other 2028)"),
        ({"discount_rate": "12,5 %", "numbers": "nb"},
         "discount rates differ (One 8 %, Other 12.5 %)"),
        ({"discount_rate": "7 % to 9 %"}, "discount rates differ (One 8 %, Other 7 % to 9 %)"),
        ({"timing": "middle"}, "differs (One at the end, Other in the middle)"),
        ({"tax": "{rate: 22 %, depreciation_years: 5}"},
         "tax differs (One without tax, Other 22 % with depreciation over 5 years)"),
        ({"tax": "{rate: 22 %, depreciation_years: 1, losses: carried}"},
         "Other 22 % with depreciation over 1 year and losses carried forward"),
    ],
)  # fmt: skip
def test_what_differs_is_told_with_how(frame: dict, said: str) -> None:
    """Part of the difference is then due to the frame, not to the alternatives."""
    assert said in notes(**frame)


def test_one_frame_is_not_worth_a_word() -> None:
    """Nor a rate typed in another way, a year 0 that is not given, a delay or a what-if."""
    same = notes(discount_rate="0.08", delay="1") + notes(start="2027")
    assert not any(word in same for word in ("year 0", "discount", "tax", "in the year"))
    asked = ut.comparison({"A": framed(), "B": framed(discount_rate="9 %")}).what_if(b="7")
    (told,) = [text for text in ut.compare(asked, trials=64).notes if "rates differ" in text]
    assert "if b" not in told


def test_it_is_said_in_the_language_of_the_reader() -> None:
    """Figures, too."""
    found = compared({"One": framed(), "Other": framed(discount_rate="9.25 %")}, trials=64)
    (told,) = [text for text in found.notes if "rates differ" in text]
    with speaking("nb"):
        said = note(told).replace(SPACE, " ")
    assert "Other 9,25 %" in said
    assert "differ" not in said
