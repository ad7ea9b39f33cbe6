"""Dominance is claimed where the trials show it, and not where chance alone would."""

from __future__ import annotations

import pytest

import utfall as ut

ONE = "years: 1\ndiscount_rate: 0 %\ninvestment: {{I: 10}}\ninputs:\n  {name}: normal({mean}, 30)\n"
ONE += "benefits:\n  B: {name}\n"


def pair_at(seed: int, sampling: str, other: float) -> ut.Compared:
    """Two independent normals with the same spread."""
    cases = {
        name: ut.read(ONE.format(name=name.lower(), mean=mean))
        for name, mean in (("A", 100), ("B", other))
    }
    return ut.compare(ut.comparison(cases), trials=4096, seed=seed, sampling=sampling)


@pytest.mark.parametrize("sampling", ["sobol", "random"])
def test_equal_distributions_dominate_each_other_no_more_often_than_chance_allows(
    sampling: str,
) -> None:
    """The means are falsely told apart once in twenty; 30 seeds exceed 6 once in 1,700 times."""
    pairs = [pair_at(seed, sampling, 100).pair("A", "B") for seed in range(30)]
    claimed = [pair for pair in pairs if pair.dominance.order is not None]
    assert len(claimed) <= 6
    for pair in pairs:
        assert (pair.dominance.order is None) or pair.dominance.told


@pytest.mark.parametrize("sampling", ["sobol", "random"])
def test_a_shift_that_the_trials_show_is_dominance_of_the_second_order_at_least(
    sampling: str,
) -> None:
    """The same spread, a mean 30 higher: told, and little of the area speaks against it."""
    found = pair_at(1, sampling, 130).pair("A", "B").dominance
    assert found.told
    assert found.better == "B"
    assert (found.violation or 0) < 0.01


def test_a_what_if_is_said_to_be_no_choice() -> None:
    """Nobody can choose the state of the world; who comes first in it is told beside."""
    from reports.verdict import verdict

    case, other = (
        ut.read(ONE.format(name=name, mean=mean)) for name, mean in (("a", 100), ("b", 110))
    )
    cases = {"A": case, "B": other}
    settled = {"criterion": "value"}
    plain = verdict(ut.compare(ut.comparison(cases, **settled), trials=512))
    assert not any("state of the world" in sentence for sentence in plain)
    for change, told in (("normal(190, 30)", "“A” comes first"), ("3", "“B” still comes first")):
        asked = ut.comparison(cases, **settled).what_if(a=change)
        sentences = verdict(ut.compare(asked, trials=512))
        assert any("state of the world, not a choice" in sentence for sentence in sentences)
        assert any(told in sentence for sentence in sentences), sentences
        assert sentences[0] == plain[0]


def test_a_missing_currency_is_told() -> None:
    """It is read as that of the others, and that is said."""
    one = ut.read("currency: SEK\n" + ONE.format(name="a", mean=100))
    other = ut.read(ONE.format(name="b", mean=100))
    found = ut.compare(ut.comparison({"One": one, "Other": other}), trials=512)
    assert "no currency is given for Other: read as SEK" in found.notes
