"""The special functions come from one file of scipy, and scipy.special is whole all the same."""

import subprocess
import sys
from types import ModuleType

import numpy as np
import pytest
from scipy import special as theirs

from distributions import special as ours

NAMES = [name for name, value in vars(ours).items() if isinstance(value, np.ufunc)]


def last_line(program: str) -> str:
    """What a program, run by a Python of its own, prints last."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", NAMES)
def test_a_function_is_that_of_scipy(name: str) -> None:
    """Not a copy and not another function of the name."""
    assert getattr(ours, name) is getattr(theirs, name)


def test_every_function_is_looked_at() -> None:
    """The list above is made by a rule: it must hold what quantiles are made of."""
    assert {"ndtr", "ndtri", "betaincinv", "gammaincinv", "stdtrit", "xlogy"} <= set(NAMES)


def test_the_functions_come_without_the_package() -> None:
    """What scipy.special reads beside them costs more than a run."""
    loaded = last_line("import sys, distributions.special; print(*sys.modules)").split()
    assert "scipy.special._ufuncs" in loaded
    assert {"scipy.special._basic", "scipy.linalg._basic"}.isdisjoint(loaded)


@pytest.mark.parametrize(
    "then",
    [
        "from scipy import special; names = dir(special)",
        "import scipy; scipy.special.softmax; names = list(vars(scipy.special))",
        "from scipy.special import __all__ as names",
        "from scipy.special import *; import scipy.special; names = vars(scipy.special)",
        "from scipy import stats, special; names = dir(special)",
        "import scipy.linalg; scipy.linalg.inv([[1]]); names = vars(scipy.linalg)",
    ],
)
def test_whoever_imports_the_package_has_all_of_it(then: str) -> None:
    """The same names as where nobody has put the package up by name alone."""
    whole = last_line(f"{then.replace('from scipy.special import *; ', '')}; print(sorted(names))")
    both = last_line(f"import distributions; {then}; print(sorted(names))")
    assert both == whole
    assert "logsumexp" in both or "cho_solve" in both


def test_a_package_that_is_there_already_is_left_as_it_is() -> None:
    """Also where others have imported it before."""
    program = """
import scipy.linalg, scipy.special as before
import distributions, scipy.special as after
print(before is after, "__getattr__" in vars(after), "__getattr__" in vars(scipy.linalg))
"""
    assert last_line(program) == "True False False"


def test_a_name_that_the_package_lacks_is_missed_before_and_after_it_has_run() -> None:
    """As of every other package."""
    program = """
import distributions
from scipy import special
for _ in range(2):
    try:
        special.no_such_function
    except AttributeError as error:
        print(error)
"""
    assert last_line(program) == "module 'scipy.special' has no attribute 'no_such_function'"


def test_threads_that_ask_at_once_all_find_the_whole_package() -> None:
    """One runs it, the others wait: none meets half a package."""
    program = """
import distributions
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from scipy import special
together = Barrier(8)
def ask(name):
    together.wait()
    return getattr(special, name)
names = ["softmax", "logsumexp", "lambertw", "comb", "jn_zeros", "perm", "diric", "factorial"]
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(ask, names))
print(all(function is getattr(special, name) for name, function in zip(names, found)))
"""
    assert last_line(program) == "True"


def test_where_the_file_lies_elsewhere_the_package_answers() -> None:
    """Another release of scipy may keep its functions in another file: slower, and as right."""
    package = ours.functions_of("scipy.special", "_no_such_file")
    assert isinstance(package, ModuleType)
    assert package.ndtri is theirs.ndtri
