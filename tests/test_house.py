"""The house stands: floors, rooms, sizes, names, and what belongs in no file.

Each rule is a function from a folder to what breaks it, so that every rule is also tried on a small
tree that breaks it.
"""

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FLOORS = ("distributions", "simulator", "reports", "utfall")  # from the ground up
ROOMS = (
    "version", "notes", "errors", "files", "customers", "language", "case", "result", "engine",
    "analysis",
)  # fmt: skip
LONGEST = 400
NAMELESS = {"util", "utils", "helper", "helpers", "misc"}
MADE = {"demo", "build", "dist", "__pycache__"}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".pdf", ".parquet", ".zip", ".npy"}
FORBIDDEN = {
    "a registry address": re.compile(
        r"files\.pythonhosted|(test\.)?pypi\.org/simple|index[-]url|find[-]links"
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.~>-])/(work|tmp|root|home|Users|opt|mnt)/\w|file:///\w|\b[A-Z]:\\Users\b"
    ),
}


def files(root: Path) -> Iterator[Path]:
    """What people wrote below `root`; not what tools made of it, nor virtual environments."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if name not in MADE
            and (not name.startswith(".") or name in {".ci", ".github"})
            and not (here / name / "pyvenv.cfg").exists()
        )
        yield from (here / name for name in sorted(names) if name != ".git")


def modules(root: Path) -> dict[str, Path]:
    """Every module of the four packages by its dotted name."""
    found = {}
    for path in files(root):
        parts = path.relative_to(root).with_suffix("").parts
        if path.suffix == ".py" and parts[0] in FLOORS:
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def on_loading(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a module that run when it is loaded: no functions, nothing for type checkers."""
    for part in ast.iter_child_nodes(node):
        late = isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if not late and not (isinstance(part, ast.If) and "TYPE_CHECKING" in ast.dump(part.test)):
            yield part
            yield from on_loading(part)


def imports(
    name: str,
    path: Path,
    known: dict[str, Path],
    parts: Callable[[ast.AST], Iterator[ast.AST]] = ast.walk,
) -> set[str]:
    """What a module imports, by default anywhere; of the known modules the most exact one."""
    package = name.split(".") if path.stem == "__init__" else name.split(".")[:-1]
    found = set()
    for node in parts(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*start, *(node.module.split(".") if node.module else [])])
            for alias in node.names:
                exact = f"{source}.{alias.name}"
                found.add(exact if exact in known else source)
    return found


def broken_floors(root: Path) -> list[str]:
    """Imports that point up: to a higher package, or within the simulator to a higher room."""
    known = modules(root)
    wrong = []
    for name, path in known.items():
        for target in imports(name, path, known):
            if target.split(".")[0] not in FLOORS:
                continue
            if height(target) > height(name):
                wrong.append(f"{name} imports {target}")
    return sorted(wrong)


def height(module: str) -> tuple[int, int]:
    """Floor and room of a module; a package's own front stands above all of its rooms."""
    floor, *rest = module.split(".")
    room = len(ROOMS)
    if floor == "simulator" and rest:
        room = ROOMS.index(rest[0]) if rest[0] in ROOMS else room
    return FLOORS.index(floor), room


def unknown_rooms(root: Path) -> list[str]:
    """Modules of the simulator that belong to no known room: give the room its place in ROOMS."""
    rooms = {name.split(".")[1] for name in modules(root) if name.startswith("simulator.")}
    return sorted(rooms - set(ROOMS))


def circles(root: Path) -> list[str]:
    """Modules that cannot be loaded without each other."""
    known = modules(root)
    graph = {
        name: imports(name, path, known, on_loading) & set(known) - {name}
        for name, path in known.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


def nameless(root: Path) -> list[str]:
    """Modules whose name says nothing about their idea."""
    return sorted(
        name for name in modules(root) if NAMELESS & {part.strip("_") for part in name.split(".")}
    )


def too_long(root: Path) -> list[str]:
    """Python files that hold more than one idea, judged by their length."""
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in files(root)
        if path.suffix == ".py"
    }
    return [f"{path.relative_to(root)}: {n} lines" for path, n in lengths.items() if n > LONGEST]


def forbidden(root: Path) -> list[str]:
    """Places that speak of a registry or of one person's machine."""
    wrong = []
    for path in files(root):
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            wrong += [
                f"{path.relative_to(root)}:{number}: {what}"
                for what, pattern in FORBIDDEN.items()
                if pattern.search(line)
            ]
    return wrong


def untyped(root: Path) -> list[str]:
    """Packages that do not tell type checkers that they are typed."""
    return [name for name in FLOORS if not (root / name / "py.typed").is_file()]


RULES = (broken_floors, unknown_rooms, circles, nameless, too_long, forbidden, untyped)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule):
    """Nothing in this repository breaks the rule."""
    assert modules(ROOT), "the four packages are not where the rules look for them"
    assert rule(ROOT) == []


def build(root: Path, texts: dict[str, str]) -> Path:
    """A small tree that keeps every rule, with some files added or replaced."""
    sound = {
        "distributions/marginal.py": "import numpy as np\n",
        "simulator/errors.py": "class UtfallError(Exception): ...\n",
        "simulator/language/parser.py": "from ..errors import UtfallError\n",
        "simulator/case/case.py": "def read():\n    from simulator.case import file\n",
        "simulator/case/file.py": "from . import case\n",
        "simulator/case/__init__.py": "from simulator.case.case import read\n",
        "simulator/case/order.py": "if TYPE_CHECKING:\n    from .checks import Checks\n",
        "simulator/case/checks.py": "from .order import ordered\n",
        "simulator/engine/run.py": "from distributions.marginal import np\nimport simulator.case\n",
        "reports/words.py": "from simulator.engine.run import np\n",
        "utfall/__init__.py": "from reports import words\n",
        "utfall/cli/run.py": "def run():\n    import utfall as ut\n",
        "README.md": "See https://pypi.org/project/numpy and `~/work/report.html`.\n",
        **{f"{name}/py.typed": "" for name in FLOORS},
    }
    for name, text in (sound | texts).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_tree_passes(rule, tmp_path):
    """Allowed: late, relative and package imports that point down, a folder at home, a web page."""
    assert rule(build(tmp_path, {})) == []


@pytest.mark.parametrize(
    ("rule", "name", "text", "found"),
    [
        (broken_floors, "distributions/a.py", "import simulator.errors", "simulator.errors"),
        (broken_floors, "simulator/case/a.py", "def f():\n import reports.words", "reports.words"),
        (broken_floors, "reports/a.py", "from utfall import cli", "utfall"),
        (broken_floors, "simulator/language/a.py", "from ..case import case", "simulator.case"),
        (broken_floors, "simulator/case/a.py", "from simulator.engine.run import x", "engine.run"),
        (broken_floors, "simulator/result/a.py", "from simulator import x", "imports simulator"),
        (broken_floors, "simulator/errors.py", "import simulator.case", "simulator.case"),
        (unknown_rooms, "simulator/attic/a.py", "", "attic"),
        (circles, "simulator/case/case.py", "from .file import x", "simulator.case.file"),
        (circles, "simulator/case/case.py", "try:\n from . import file\nexcept E: 0", "case.file"),
        (circles, "simulator/case/case.py", "from simulator.case import read", "simulator.case"),
        (nameless, "simulator/case/utils.py", "", "simulator.case.utils"),
        (nameless, "reports/_helpers.py", "", "reports._helpers"),
        (nameless, "reports/misc/__init__.py", "", "reports.misc"),
        (too_long, "tests/test_a.py", "\n" * (LONGEST + 1), "401 lines"),
        (forbidden, "constraints.txt", "--index" "-url x", "constraints.txt:1: a registry"),
        (forbidden, "a.txt", "https://files." "pythonhosted.org/a.whl", "a registry"),
        (forbidden, "a.toml", "\n\nx = 'see /" "tmp/scratch'", "a.toml:3: a path"),
        (forbidden, ".ci/run", "cd /" "work/main", "a path"),
        (forbidden, "a.md", "C:" "\\Users\\me", "a path"),
    ],
)  # fmt: skip
def test_a_bad_tree_is_found_out(rule, name, text, found, tmp_path):
    """Every rule names what breaks it; a rule that could not fail would prove nothing."""
    assert any(found in line for line in rule(build(tmp_path, {name: text})))


def test_a_package_without_its_mark_is_found_out(tmp_path):
    """A package that lost its py.typed is named."""
    root = build(tmp_path, {})
    (root / "reports" / "py.typed").unlink()
    assert untyped(root) == ["reports"]


def test_constraints_pin_everything_that_we_ask_for():
    """Every requirement, extras included, has one plain pin that satisfies it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())
    wanted = [Requirement(text) for text in asked]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if not line.startswith("#"))
    pins = {canonicalize_name(name): version for name, version in pinned}
    assert {canonicalize_name(r.name) for r in wanted} <= set(pins)
    unmet = [r for r in wanted if not r.specifier.contains(pins[canonicalize_name(r.name)])]
    assert [str(r) for r in unmet] == []


def test_what_is_shipped_is_whole(tmp_path):
    """The wheel holds every module, grammar and example; the source archive also the tests."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wheel = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        source = {name.split("/", 1)[1] for name in archive.getnames()}
    written = {str(path.relative_to(ROOT).as_posix()) for path in files(ROOT)}
    ours = {name for name in written if name.split("/")[0] in FLOORS}
    examples = {name for name in written if name.startswith("configs/")}
    assert ours | {f"utfall/{name}" for name in examples} <= wheel
    assert ours | examples | {"tests/test_house.py", "pyproject.toml"} <= source
    assert not any(name.startswith(("tests/", "benchmarks/", "configs/")) for name in wheel)
