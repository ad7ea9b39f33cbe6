"""The mistakes that other programs make, each with the test here that would catch it.

Writing the table down keeps it true: a test that is renamed or removed is missed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TRAPS = {
    "a variable used twice is drawn twice": "test_a_reused_quantity_is_one_draw",
    "the order of inputs changes every draw":
        "test_the_order_of_inputs_never_matters_under_random_sampling",
    "an added input changes the others":
        "test_an_input_added_after_the_others_changes_no_other_draw",
    "seed 0 means no seed": "test_same_seed_same_bytes_and_another_seed_another_result",
    "two streams are the same": "test_no_two_inputs_and_no_two_replicates_see_the_same_numbers",
    "a failed trial counts as 0":
        "test_a_formula_without_a_value_in_some_trials_fails_and_says_where",
    "a missing value is hidden by the next step": "test_nothing_hides_a_missing_value",
    "clipping where truncation was meant": "test_truncate_is_not_clip",
    "Latin hypercubes are promised and never called":
        "test_latin_hypercubes_are_stratified_in_every_input",
    "a correlation matrix is read and never used":
        "test_dependence_reaches_the_rank_correlations_asked_for",
    "a standard error that ignores the data":
        "test_a_95_percent_interval_holds_the_exact_value_95_times_in_100",
    "a mean payback over trials that never pay back":
        "test_payback_has_no_mean_while_it_may_never_come",
    "a density drawn where no value can be": "test_no_bar_reaches_beyond_a_hard_bound",
    "percentiles are read as hard ends": "test_a_single_estimate_can_be_asked_about",
    "1,000,000 to 2,000,000 is read as 1000 to 2000":
        "test_a_million_to_two_million_is_never_a_thousand_to_two_thousand",
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_its_test(trap: str) -> None:
    """The test named in the table exists."""
    found = any(
        re.search(rf"^def {TRAPS[trap]}\(", path.read_text("utf-8"), re.MULTILINE)
        for path in Path(__file__).parent.glob("test_*.py")
    )
    assert found, TRAPS[trap]
