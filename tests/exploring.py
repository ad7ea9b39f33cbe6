"""What the tests of the live panel share: cases, a page around a panel, and its data read back."""

import json
import re
from base64 import b64decode
from functools import cache
from typing import Any

import numpy as np

import utfall as ut
from reports.document import Subject
from reports.explorer import panel, script, style
from reports.report import subject_of

COLOURS = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2126; --muted: #5c6570; --line: #dfe3e8;
  --surface: #f6f8fa; --accent: #0072b2; --accent-soft: #cfe3f1; --good: #00734f; --bad: #b34700; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e8eaed; --muted: #a0a8b2;
  --line: #353b43; --surface: #1d2228; --accent: #63b3e6; --accent-soft: #1d3a50; --good: #4cc29a;
  --bad: #ff9860; } }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; font: 16px/1.5 sans-serif;
  background: var(--paper); color: var(--ink); }
"""


def page_around(fragment: str) -> str:
    """The smallest page that a panel works in."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{COLOURS}{style()}</style></head><body><main><h1>Panel</h1>{fragment}</main>"
        f"<script>{script()}</script></body></html>"
    )


@cache
def portal() -> Subject:
    """The example of one case."""
    return subject_of(ut.simulate(ut.load("configs/customer_portal.yaml")))


@cache
def choice() -> Subject:
    """The example of a comparison."""
    return subject_of(ut.compare(ut.load_comparison("configs/compare.yaml")))


def of_text(text: str, trials: int = 4_096, **more: Any) -> Subject:
    """A case read from its text."""
    return subject_of(ut.simulate(ut.read(text), trials=trials, **more))


def data_of(fragment: str) -> dict[str, Any]:
    """What a panel hands to its script."""
    found = re.search(r'<script type="application/json">(.*?)</script>', fragment, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def data_for(subject: Subject) -> dict[str, Any]:
    """The same, of a subject."""
    return data_of(panel(subject))


def array(text: str, kind: str) -> np.ndarray:
    """An array as the script reads it."""
    return np.frombuffer(b64decode(text), kind)


def ranks_of(told: dict[str, Any]) -> np.ndarray:
    """The rank of each trial."""
    return array(told["ranks"], "<u2")


def between(told: dict[str, Any], low: int, high: int) -> np.ndarray:
    """The trials with the handles at two stops."""
    ranks = ranks_of(told)
    last = len(told["texts"]) - 1
    start = array(told["below"], "<u2")[low] if low else 0
    end = array(told["upto"], "<u2")[high] if high < last else len(ranks)
    return (ranks >= start) & (ranks < end)


CROWDED = (
    "years: 3\ndiscount_rate: 5 %\ncase: Crowd\ninputs:\n"
    + "".join(
        f"  input_{n}:\n    estimate: normal({n + 1}, {n % 7 + 1})\n"
        f"    label: Input {n} {'x' * 300}\n"
        for n in range(200)
    )
    + "investment: {A: 9000}\nbenefits: {B: "
    + " + ".join(f"input_{n}" for n in range(200))
    + "}\n"
)


@cache
def crowd() -> Subject:
    """200 inputs with labels of 300 characters, in 30 alternatives."""
    cases = {
        f"Alternative {n} {'long' * 20}": ut.read(CROWDED.replace("9000", str(9000 + 900 * n)))
        for n in range(30)
    }
    found = ut.compare(ut.comparison(cases), trials=4_096)
    results = {name: found.results[name] for name in cases}
    first = next(iter(cases))
    return Subject(results, {first: ut.tornado(cases[first])}, found)  # thirty take half a minute


class Reader:
    """Somebody who uses the panel."""

    def __init__(self, visited):
        self.visited, self.page = visited, visited.page

    def control(self, key="first"):
        return self.page.locator(f"[data-control={key}]")

    def handle(self, end="low", key="first"):
        return self.control(key).locator(f".explorer-{end}")

    def choose(self, label, key="first"):
        self.control(key).locator("select").select_option(label=label)
        self.rest()

    def drag(self, share, end="low", key="first"):
        """Take a handle with the mouse to a place along the line."""
        self.handle(end, key).scroll_into_view_if_needed()
        strip = self.control(key).locator(".explorer-strip").bounding_box()
        handle = self.handle(end, key)
        now = float(handle.input_value()) / float(handle.get_attribute("max"))
        box = handle.bounding_box()
        height = box["y"] + box["height"] / 2
        self.page.mouse.move(strip["x"] + now * strip["width"], height)
        self.page.mouse.down()
        self.page.mouse.move(strip["x"] + share * strip["width"], height, steps=5)
        self.page.mouse.up()
        self.rest()

    def rest(self):
        """Until the next picture on the screen."""
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def stops(self, key="first"):
        return [int(self.handle(end, key).input_value()) for end in ("low", "high")]

    def row(self, key):
        return self.page.locator(f"[data-row={key}] td").all_inner_texts()

    @property
    def left(self):
        return self.page.locator(".explorer-left p").inner_text()

    @property
    def question(self):
        return self.control().locator(".explorer-question").inner_text()

    def ranking(self, by):
        return self.page.locator(f"[data-ranking={by}] .explorer-name").all_inner_texts()
