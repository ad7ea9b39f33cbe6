"""The example cases that ship with the package."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from simulator.errors import RunError

TEMPLATES = {
    "customer_portal": "a B2B customer portal: new customers, churn, more sales, less work",
    "crm": "a CRM system: customers per employee against hiring, and customers not lost",
    "cx_programme": "a customer-experience programme whose link to churn may be nil",
    "capacity": "hire people, or cut the work each customer takes",
    "customer_profitability": "three customer segments, one of them unprofitable",
    "blank": "a case with nothing but the places to fill in",
}
"""Name → what it is about."""
COMPARISON = "compare"
"""The template that compares others."""
COMPARED = ("customer_portal", "crm", "cx_programme")
"""What it compares: the templates whose files it names."""


def template(name: str) -> str:
    """The text of an example case.

    >>> template("blank").startswith("#") or "case:" in template("blank")
    True

    Raises RunError for a name that is no template.
    """
    about = {**TEMPLATES, COMPARISON: f"a comparison of {', '.join(COMPARED)} and nothing"}
    if name not in about:
        known = "\n".join(f"    {key:24}{text}" for key, text in about.items())
        raise RunError(f"there is no template `{name}`; known are\n{known}")
    return _folder().joinpath(f"{name}.yaml").read_text("utf-8")


def _folder() -> Traversable:
    """`utfall/configs` of an installed package, or the repository's `configs`."""
    package = files("utfall")
    shipped = package.joinpath("configs")
    if shipped.is_dir():
        return shipped
    return package.joinpath("..", "configs")
