"""Renew what the pages of this folder take from the program: `python docs/generate.py`.

What stands between `<!-- generated: NAME -->` and `<!-- end -->` is written by the function NAME of
reference.py: tables of every family, function and word, with figures that the program computed,
and messages that it really says. All other text is written by hand, and kept.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from reference import GENERATED

PAGES = ("case_files.md", "estimates.md", "results.md", "reports.md")
FOLDER = Path(__file__).parent

_PART = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(page: str) -> str:
    """The text of a page with every generated part written anew.

    Raises KeyError for a part that reference.py does not know.
    """

    def part(found: re.Match[str]) -> str:
        begin, name, end = found.groups()
        return f"{begin}\n{GENERATED[name]()}\n\n{end}"

    return _PART.sub(part, page)


def main() -> None:
    """Write every page that is not as it should be."""
    for name in PAGES:
        path = FOLDER / name
        page = path.read_text("utf-8")
        new = renewed(page)
        if new != page:
            path.write_text(new, "utf-8")
        sys.stdout.write(f"{name}: {'renewed' if new != page else 'as it was'}\n")


if __name__ == "__main__":
    main()
