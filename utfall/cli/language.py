"""The language that a command writes in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reports.language import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])


def language_option(default: str = "the file's, or en") -> Callable[[F], F]:
    """The option of every command that writes something to read.

    Hand on what it says to `reports.language.speaking`; None where it is not given.
    """
    return click.option(
        "--language", type=click.Choice(list(LANGUAGES), case_sensitive=False),
        help=f"The language of what is written. [default: {default}]",
    )  # fmt: skip
