"""What was measured last, part by part, in measured.json: pages are drawn from it alone."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import scipy
from figures import Figure, Goal

MEASURED = Path(__file__).with_name("measured.json")


@dataclass(frozen=True)
class Part:
    """The figures of one part, when and on what they were measured."""

    figures: tuple[Figure, ...]
    day: str
    rounds: int
    machine: str


Record = Mapping[str, Part]


def measured_now(figures: Sequence[Figure], rounds: int) -> Part:
    """A part measured today, on this machine."""
    return Part(tuple(figures), date.today().isoformat(), rounds, machine())


def machine() -> str:
    """Where the figures come from, in words that name nobody."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, "
        f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}"
    )


def read(path: Path = MEASURED) -> Record:
    """All parts measured so far."""
    if not path.exists():
        return {}
    return {name: _part(said) for name, said in json.loads(path.read_text("utf-8")).items()}


def write(record: Record, path: Path = MEASURED) -> None:
    """Keep the parts for next time."""
    text = json.dumps({name: asdict(part) for name, part in record.items()}, indent=1)
    path.write_text(text + "\n", "utf-8")


def _part(said: dict) -> Part:
    return Part(tuple(map(_figure, said.pop("figures"))), **said)


def _figure(said: dict) -> Figure:
    goal, raw = said.pop("goal"), said.pop("raw")
    return Figure(**said, goal=goal and Goal(**goal), raw=tuple(map(tuple, raw)))
