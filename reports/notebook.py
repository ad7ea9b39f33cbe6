"""How results show themselves in a notebook: the answer, one table and one picture."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

from reports.language import speaking
from simulator.analysis.comparison import Compared
from simulator.result import Result

if TYPE_CHECKING:
    from reports.document import Table
    from reports.figures.chart import Chart

TEMPLATE = """\
<div class="utfall">
{%- for sentence in sentences %}
<p>{{ sentence }}</p>
{%- endfor %}
{%- for table in tables %}
<table>
<caption style="text-align: left; font-weight: bold">{{ table.title }}</caption>
<thead><tr>
{%- for column in table.columns %}
<th scope="col" style="text-align: {{ side(column) }}">{{ column.heading }}
{%- if column.detail %}<br><small>{{ column.detail }}</small>{% endif %}</th>
{%- endfor %}
</tr></thead>
<tbody>
{%- for row in table.rows %}
<tr{% if row.kind != "plain" %} style="font-weight: bold"{% endif %}>
{%- for cell in row.cells %}
<td style="text-align: {{ side(table.columns[loop.index0]) }}">{{ cell.text }}
{%- if cell.error %} <small>{{ cell.error }}</small>{% endif %}
{%- if loop.first %}{% for text in row.below %}<br><small>{{ text }}</small>{% endfor %}{% endif -%}
</td>
{%- endfor %}
</tr>
{%- endfor %}
</tbody>
</table>
{%- for note in table.notes %}
<p><small>{{ note }}</small></p>
{%- endfor %}
{%- endfor %}
<img alt="{{ chart.alt }}" style="max-width: 40em; width: 100%"
src="data:image/png;base64,{{ png }}">
</div>
"""


def shown(found: Result | Compared | Chart) -> str:
    """A result, a comparison or a picture as HTML that needs nothing else; texts are escaped."""
    from jinja2 import Environment, StrictUndefined

    with speaking(_language(found)):
        sentences, tables, chart = _parts(found)
        page = Environment(autoescape=True, undefined=StrictUndefined).from_string(TEMPLATE)
        return page.render(
            sentences=sentences,
            tables=[_without_pictures(table) for table in tables],
            chart=chart,
            png=_png(chart),
            side=lambda column: "right" if column.kind == "figures" else "left",
        )


def _language(found: Result | Compared | Chart) -> str:
    if isinstance(found, Result):
        return found.case.language
    return found.comparison.language if isinstance(found, Compared) else "en"


def _parts(found: Result | Compared | Chart) -> tuple[tuple[str, ...], tuple[Table, ...], Chart]:
    """The answer, the table to look at first, and the picture of the same."""
    if isinstance(found, Result):
        return _of_result(found)
    if not isinstance(found, Compared):
        return (), (), found
    from reports.comparison_reading import Reading
    from reports.comparison_tables import glance_table
    from reports.figures import payback_curves
    from reports.verdict import verdict

    return tuple(verdict(found)), (glance_table(Reading(found)),), payback_curves(found)


def _of_result(result: Result) -> tuple[tuple[str, ...], tuple[Table, ...], Chart]:
    from reports.figures import payback_by_year, quantity_distribution
    from reports.quantities import quantity_tables
    from reports.tables import payback_table
    from reports.words import answer

    if result.outcomes:
        return answer(result), (payback_table(result),), payback_by_year(result)
    first = next(iter(result.quantities))
    return answer(result), quantity_tables(result)[:1], quantity_distribution(result, first)


def _without_pictures(table: Table) -> Table:
    """The picture below shows the same, and better."""
    kept = [index for index, column in enumerate(table.columns) if column.kind != "picture"]
    rows = tuple(
        row._replace(cells=tuple(row.cells[i] for i in kept if i < len(row.cells)))
        for row in table.rows
    )
    return table._replace(columns=tuple(table.columns[i] for i in kept), rows=rows)


def _png(chart: Chart) -> str:
    from reports.figures.style import DPI, house_style

    drawn = BytesIO()
    with house_style():
        chart.figure.savefig(drawn, format="png", dpi=DPI, metadata={"Software": None})
    return b64encode(drawn.getvalue()).decode("ascii")
