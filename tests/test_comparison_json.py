"""The result of a comparison as data: the keys are a contract."""

import json
from pathlib import Path

import pytest
from comparing import PORTAL, TWO, writer

import utfall as ut

KEYS = {
    "alternatives", "chance_best", "pairs", "evpi", "regret", "certainty_equivalent", "ranking",
}  # fmt: skip


@pytest.mark.parametrize(
    ("sampling", "trials"), [("sobol", 1024), ("latin", 160), ("random", 1000), ("random", 20)]
)
def test_the_json_of_a_comparison_keeps_its_contract(
    sampling: str, trials: int, tmp_path: Path
) -> None:
    """All keys are there, strict JSON holds, three alternatives with nothing make six pairs."""
    text = TWO + "  Portal later: {extends: portal.yaml, delay: 1}\nrisk_tolerance: 100\n"
    found = ut.compare(ut.load_comparison(writer(tmp_path)(text)), trials=trials, sampling=sampling)

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    data = json.loads(found.to_json(), parse_constant=refuse)
    assert data.keys() >= KEYS
    names = ["Portal", "CRM", "Portal later", "Nothing"]
    assert list(data["alternatives"]) == names
    single = json.loads(ut.simulate(ut.read(PORTAL), trials=64).to_json())
    for one in data["alternatives"].values():
        assert one.keys() >= single.keys()
    for key in ("chance_best", "regret", "certainty_equivalent"):
        assert list(data[key]) == names
    assert sum(data["chance_best"].values()) == pytest.approx(1)
    assert data["evpi"] == min(data["regret"].values())
    assert len(data["pairs"]) == 4 * 3 // 2
    assert {frozenset((pair["a"], pair["b"])) for pair in data["pairs"]} == {
        frozenset((a, b)) for a in names for b in names if a != b
    }
    for pair in data["pairs"]:
        assert pair.keys() >= {
            "a", "b", "chance_a_better", "mean_difference", "interval", "dominance",
        }  # fmt: skip
        low, high = pair["interval"]["chance_a_better"]
        assert 0 <= low <= pair["chance_a_better"] <= high <= 1
        assert pair["dominance"].keys() >= {"order", "better", "violation"}
    criteria = ["payback", "value", "worst5", "regret", "certainty_equivalent"]
    assert list(data["ranking"]) == criteria
    assert sorted(data["ranking"]["payback"]) == sorted(names[:3])
    for criterion in criteria[1:]:
        assert sorted(data["ranking"][criterion]) == sorted(names)


def test_without_a_risk_tolerance_the_json_has_no_certainty_equivalents(tmp_path: Path) -> None:
    """The key is there, empty; the ranking by it is not."""
    data = ut.compare(ut.load_comparison(writer(tmp_path)(TWO)), trials=64).to_dict()
    assert data["certainty_equivalent"] == {}
    assert "certainty_equivalent" not in data["ranking"]
