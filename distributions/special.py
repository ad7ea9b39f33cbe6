"""The special functions of scipy, without the rest of scipy.special.

`import scipy.special` takes longer than a run of sixteen thousand trials: it also reads the
documentation of every function, and through numpy's names whole packages of tests and compilers.
The functions themselves lie in one compiled file of it, `_ufuncs`, which loads in a tenth of that.

That file belongs to a package, and Python runs a package before any file in it. So the package is
put up by name and place alone, and run when something else is asked of it: whoever writes
`from scipy import special` has all of it, with these same functions in it, a moment later. The
standard library's LazyLoader does likewise, but runs a package as soon as a file of it is wanted.
From scipy 1.18 on the file wants another one of scipy.linalg, which waits in the same way.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

PACKAGES_USED = ("scipy.linalg",)
"""Of which functions may want single files too."""


def functions_of(package: str, file: str) -> ModuleType:
    """One file of a package that is not run for it; the package itself if there is no such file.

    >>> from scipy import special
    >>> functions_of("scipy.special", "_ufuncs").ndtri is special.ndtri
    True
    """
    for name in (package, *PACKAGES_USED):
        if name not in sys.modules:
            sys.modules[name] = _waiting(name)
    try:
        return import_module(f"{package}.{file}")
    except ModuleNotFoundError:  # of another release, where it lies elsewhere
        return import_module(package)


def _waiting(name: str) -> ModuleType:
    """A package in which files are found, and which runs when it is asked for anything else."""
    spec = find_spec(name)
    assert spec is not None and spec.loader is not None
    loader, package = spec.loader, module_from_spec(spec)
    running = RLock()
    begun: list[bool] = []

    def run() -> None:
        with running:  # another thread waits until everything is there; this one may look again
            if not begun:
                begun.append(True)
                loader.exec_module(package)
                for ours in ("__getattr__", "__dir__"):
                    if vars(package).get(ours) in (ask, names):
                        delattr(package, ours)

    def ask(asked: str) -> Any:
        run()
        if asked in vars(package):
            return vars(package)[asked]
        raise AttributeError(f"module {name!r} has no attribute {asked!r}")

    def names() -> list[str]:
        run()
        return sorted(vars(package))

    vars(package).update(__getattr__=ask, __dir__=names)
    return package


_functions = functions_of("scipy.special", "_ufuncs")
bdtr, bdtrik = _functions.bdtr, _functions.bdtrik
betainc, betaincc = _functions.betainc, _functions.betaincc
betaincinv, betainccinv = _functions.betaincinv, _functions.betainccinv
betaln, gammaln = _functions.betaln, _functions.gammaln
expit, logit = _functions.expit, _functions.logit
gammainc, gammaincc = _functions.gammainc, _functions.gammaincc
gammaincinv, gammainccinv = _functions.gammaincinv, _functions.gammainccinv
ndtr, ndtri = _functions.ndtr, _functions.ndtri
stdtr, stdtrit = _functions.stdtr, _functions.stdtrit
xlogy = _functions.xlogy
