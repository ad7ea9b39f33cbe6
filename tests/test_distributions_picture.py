"""Distributions in one line of text."""

from __future__ import annotations

import pytest

import distributions as d

PICTURES = [
    (d.uniform(0, 1), "████████████"),
    (d.normal(0, 1), "▁▂▃▅▇██▇▅▃▂▁"),
    (d.exponential(1), "█▅▄▃▂▁▁▁▁▁▁▁"),
    (d.poisson(100), "▁▂▃▅▇██▆▅▃▂▁"),
    (d.bernoulli(0.5), "█          █"),
    (d.bernoulli(0.25), "█          ▃"),
    (d.discrete([0, 10, 11]), "█         ██"),
    (d.mixture([3]), "     █      "),
    (d.bernoulli(0), "     █      "),
    (d.mixture([d.uniform(0, 1), d.uniform(11, 12)]), "█          █"),
    (d.event(0.1, d.uniform(0, 12)), "█▁▁▁▁▁▁▁▁▁▁▁"),
]


@pytest.mark.parametrize(("marginal", "picture"), PICTURES, ids=[p for _, p in PICTURES])
def test_shapes_are_drawn(marginal, picture):
    """The tallest column is full, what has a chance shows, what has none is blank."""
    assert d.shape_picture(marginal) == picture


@pytest.mark.parametrize("width", [1, 2, 7, 40])
def test_pictures_have_the_width_asked_for(width):
    """Whatever is drawn, so that tables stay straight."""
    for marginal in (d.normal(0, 1), d.poisson(3), d.mixture([5]), d.clip(d.normal(0, 1), low=0)):
        assert len(d.shape_picture(marginal, width)) == width


def test_a_symmetric_shape_has_a_symmetric_picture():
    """Left and right of the middle alike."""
    for marginal in (d.normal(5, 2), d.student_t(3), d.beta(0.5, 0.5), d.triangular(-1, 0, 1)):
        picture = d.shape_picture(marginal, 11)
        assert picture == picture[::-1]


def test_many_counts_are_drawn_without_gaps():
    """Fifteen counts over twelve columns: no comb."""
    picture = d.shape_picture(d.binomial(60, 0.5))
    heights = ["▁▂▃▄▅▆▇█".index(c) for c in picture]
    top = heights.index(max(heights))
    assert heights[: top + 1] == sorted(heights[: top + 1])
    assert heights[top:] == sorted(heights[top:], reverse=True)
