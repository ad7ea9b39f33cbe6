"""Chances in words: fractions that people think in, and rare ones counted."""

from fractions import Fraction

import numpy as np
import pytest

from reports.language import LANGUAGES, speaking
from reports.odds import FRACTIONS, nearest, odds


@pytest.mark.parametrize(
    ("chance", "error", "said"),
    [
        (0.62, 0.01, "about five times in eight"),
        (0.5, None, "about one time in two"),
        (0.751, 0.002, "about three times in four"),
        (0.9, 0.01, "about nine times in ten"),
        (0.44, 0.01, "about nine times in twenty"),
        (0.42, 0.01, "about two times in five"),
        (0.57, 0.01, "about eleven times in twenty"),
        (0.15, 0.01, "about three times in twenty"),
        (0.14, 0.01, "about one time in eight"),
        (0.2, 0.2, "about one time in five"),
        (0.05, 0.001, "about one time in twenty"),
        (0.049, 0.001, "about once in 20"),
        (0.005, 0.0005, "about once in 200"),
        (0.0123, 0.001, "about once in 81"),
        (0.995, 0.0005, "all but about once in 200"),
        (0.0, 0.0001, "never seen in these trials"),
        (1.0, 0.0001, "in every one of these trials"),
        (0.0, None, ""),
        (1.0, None, ""),
        (None, None, ""),
        (float("nan"), None, ""),
        (0.001, 0.001, ""),
    ],
)
def test_a_chance_is_said_as_people_say_it(chance, error, said):
    """The nearest simple fraction; once in so many where it is rare; nothing if certain."""
    assert odds(chance, error) == said


def test_every_chance_that_is_not_rare_has_a_fraction_that_people_think_in():
    """From 5 % to 95 % no chance is further than half a twentieth from one; no sevenths."""
    for chance in np.linspace(0.05, 0.95, 901):
        found = nearest(float(chance))
        assert abs(float(found) - chance) <= 0.025 + 1e-9
        assert found.denominator in (2, 3, 4, 5, 8, 10, 20)
        assert odds(float(chance), 0.02).startswith("about ")


def test_of_two_fractions_about_as_near_the_simplest_is_said():
    """47.5 % lies between nine in twenty and a half; 36 % is as near to 3 in 8 as to 7 in 20."""
    assert nearest(0.475) == Fraction(1, 2)
    assert nearest(0.61) == Fraction(3, 5)
    assert nearest(0.67) == Fraction(2, 3)
    assert nearest(0.36) == Fraction(3, 8)


def test_a_rare_chance_is_not_said_where_it_is_known_too_badly():
    """Once in 1000 would be a guess where the error is as large as the chance."""
    assert odds(0.001, 0.0005) == ""
    assert odds(0.001, 0.0001) == "about once in 1\N{NO-BREAK SPACE}000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_fraction(language):
    """All number words are there, whatever the catalogue holds."""
    with speaking(language):
        words = {odds(float(part), 0.0001) for part in FRACTIONS}
    assert all(words)
    assert len(words) == len(FRACTIONS)
