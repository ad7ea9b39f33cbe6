"""Results as pandas tables, for those who want to go on by themselves."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from simulator.result.outcome import STATISTICS, Floats, Outcome

if TYPE_CHECKING:
    import pandas as pd

    from simulator.result.result import Result


def statistics_frame(result: Result) -> pd.DataFrame:
    """One row an outcome or quantity, one column a statistic; NaN where undefined."""
    import pandas as pd

    rows: dict[str, dict[str, float | None]] = {}
    for name, outcome in (*result.outcomes.items(), *_quantities(result)):
        rows[_unlike(name, rows, "quantity")] = {
            **{stat: outcome.value(stat) for stat in STATISTICS},
            "undefined_share": outcome.undefined_share,
        }
    columns = [*STATISTICS, "undefined_share"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(float)


def draws_frame(result: Result) -> pd.DataFrame:
    """One row a trial: inputs as drawn, outcomes, quantities and yearly cash."""
    import pandas as pd

    results: dict[str, Floats] = {name: out.values for name, out in result.outcomes.items()}
    for name, quantity in _quantities(result):
        results[_unlike(name, results, "quantity")] = quantity.values
    for year, cash in enumerate(result.cash_by_year if result.asked is None else ()):
        results[_unlike(f"cash[{year}]", results, "net")] = cash
    columns: dict[str, Floats] = {}
    for name, drawn in result.draws.items():
        yearly = {f"{name}[{year}]": values for year, values in enumerate(drawn, start=1)}
        for label, values in ({name: drawn} if drawn.ndim == 1 else yearly).items():
            columns[_unlike(label, results, "input")] = values
    table = pd.DataFrame({**columns, **results})
    table.index.name = "trial"
    return table


def _quantities(result: Result) -> Iterator[tuple[str, Outcome]]:
    """Every quantity asked for, a yearly one year by year; that of a stock begins with year 0."""
    for name, quantity in result.quantities.items():
        if isinstance(quantity, Outcome):
            yield name, quantity
        else:
            first = 0 if len(quantity) == (result.case.years or 0) + 1 else 1
            for year, outcome in enumerate(quantity, start=first):
                yield f"{name}[{year}]", outcome


def _unlike(name: str, taken: Container[str], kind: str) -> str:
    """The name, told apart by its kind where something else is called so."""
    return f"{name} ({kind})" if name in taken else name
