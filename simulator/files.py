"""Writing files whole: beside the place first, then renamed, so that none is ever half written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.errors import RunError


def refuse_overwriting(path: Path, remedy: str = "name another file") -> None:
    """Raises RunError where a file is in the way."""
    if path.exists():
        raise RunError(f"{path} is there already\n    {remedy}")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to; what stands there replaces `path` when the block ends well.

    The folder is made if need be. Raises RunError where it cannot be written (no permission, a
    full disk); nothing is left behind then.
    """
    import tempfile

    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".utfall-", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        temporary.chmod(0o666 & ~_umask())  # mkstemp keeps files to their owner
        temporary.replace(path)
        temporary = None
    except OSError as error:
        why = error.strerror or str(error)
        raise RunError(f"{path} cannot be written: {why}\n    choose another place") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """A whole text file. Raises RunError as `written_whole` does."""
    with written_whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
