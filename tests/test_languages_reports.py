"""Reports in other languages: no section, table or picture bypasses the catalogues."""

import pytest
from foreign import speaking_foreign, texts_of, unsaid
from foreign_cases import COMPARED, NAMED, RUNS, typed_in
from printing import result_of

from reports.report import report_of


@pytest.mark.parametrize("name", [*RUNS])
def test_whatever_a_report_holds_is_said(name: str) -> None:
    """Every section, table, picture and description of a case."""
    found = result_of(RUNS[name], 1000)
    with speaking_foreign():
        texts = list(texts_of(report_of(found, "en").sections))
    assert unsaid("\n".join(texts), typed_in(RUNS[name])) == []


@pytest.mark.parametrize("name", COMPARED)
def test_whatever_a_report_of_a_comparison_holds_is_said(name: str) -> None:
    """Every section, table, picture and description of several cases."""
    found = COMPARED[name]()
    with speaking_foreign():
        texts = list(texts_of(report_of(found, "en").sections))
    assert unsaid("\n".join(texts), (*NAMED, found.comparison.name)) == []
