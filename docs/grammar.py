"""Renew the table that the parser follows: `python docs/grammar.py`.

lark reads grammar.lark and works out, for every state of reading and every word that may come next,
what to do. That takes as long as a small run, so it is done here and the outcome kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import fill
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift

LANGUAGE = Path(__file__).parents[1] / "simulator" / "language"
TABLE = LANGUAGE / "table.py"

HEAD = '''\
"""What to do on each word, in each state of reading: made by `make docs` from grammar.lark.

RULES: how many parts a rule joins, what they become, and what is made of them ("" where one part
is handed on as it is). STATES, by state and word: the state to go on in, or below zero, -1 - n,
that rule n ends before this word. Reading begins in state 0, and is over in state END.
"""

# fmt: off
'''


def table() -> str:
    """The text of table.py."""
    lark = Lark((LANGUAGE / "grammar.lark").read_text("utf-8"), parser="lalr", lexer="basic")
    found = lark.parser.parser._parse_table
    ours = _in_order(found.states, found.start_states["start"])
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    made = []
    for rule in rules:
        alone = rule.options.expand1 and len(rule.expansion) == 1 and not rule.alias
        name = "" if alone else str(rule.alias or rule.origin.name)
        made.append(str((len(rule.expansion), str(rule.origin.name), name)))
    states = []
    for state in ours:
        steps = {
            str(word): ours[argument] if action is Shift else -1 - rules[argument]
            for word, (action, argument) in sorted(found.states[state].items())
        }
        states.append(str(steps))
    return "\n".join(
        [
            f"{HEAD}END = {ours[found.end_states['start']]}",
            _listed("RULES: tuple[tuple[int, str, str], ...]", made),
            _listed("STATES: tuple[dict[str, int], ...]", states),
            "",
        ]
    )


def _in_order(states: dict[int, dict[str, Any]], start: int) -> dict[int, int]:
    """The states numbered as they are come upon: lark's own numbers differ from run to run."""
    numbers = {start: 0}
    waiting = [start]
    for state in waiting:
        for _, (action, argument) in sorted(states[state].items()):
            if action is Shift and argument not in numbers:
                numbers[argument] = len(numbers)
                waiting.append(argument)
    return numbers


def _listed(name: str, entries: list[str]) -> str:
    """A tuple of entries, each beginning a line of its own; a word and its step stay together."""
    glued = (entry.replace(": ", ":\u00a0") + "," for entry in entries)
    lines = [fill(entry, 99, initial_indent="    ", subsequent_indent="     ") for entry in glued]
    return "\n".join([f"{name} = (", *lines, ")"]).replace(":\u00a0", ": ")


def main() -> None:
    """Write the table."""
    new = table()
    same = TABLE.exists() and TABLE.read_text("utf-8") == new
    TABLE.write_text(new, "utf-8")
    sys.stdout.write(f"{TABLE.name}: {'as it was' if same else 'renewed'}\n")


if __name__ == "__main__":
    main()
