"""Chances in words: honest fractions, rare ones counted, and nothing where nothing fits."""

import numpy as np
import pytest

from reports.language import LANGUAGES, speaking
from reports.odds import nearest, odds


@pytest.mark.parametrize(
    ("chance", "error", "said"),
    [
        (0.62, 0.01, "about five times in eight"),
        (0.5, None, "about one time in two"),
        (0.751, 0.002, "about three times in four"),
        (0.9, 0.01, "about nine times in ten"),
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
        (0.2, 0.2, ""),
    ],
)
def test_a_chance_is_said_as_people_say_it(chance, error, said):
    """The nearest simple fraction; once in so many where it is rare; nothing if it is certain."""
    assert odds(chance, error) == said


@pytest.mark.parametrize("error", [None, 0.001, 0.02])
def test_a_fraction_is_never_further_off_than_the_interval_or_a_percent(error):
    """Whatever the chance, what is said of it lies within what is known of it."""
    near = max(error or 0.0, 0.01)
    for chance in np.linspace(0.095, 0.905, 500):
        found = nearest(float(chance), near)
        if found is not None:
            assert abs(float(found) - chance) <= near
            assert found.denominator <= 10


def test_a_rare_chance_is_not_said_where_it_is_known_too_badly():
    """Once in 1000 would be a guess where the error is as large as the chance."""
    assert odds(0.001, 0.0005) == ""
    assert odds(0.001, 0.0001) == "about once in 1\N{NO-BREAK SPACE}000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_fraction(language):
    """All number words are there, whatever the catalogue holds."""
    with speaking(language):
        for denominator in range(2, 11):
            for numerator in range(1, denominator):
                assert odds(numerator / denominator, 0.0001)
