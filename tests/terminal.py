"""A command on a real terminal of its own, on which keys can be pressed."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

CTRL_C = b"\x03"
PATIENCE = 120.0
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """`utfall` with some words, in a folder; read what it shows, press keys, see how it ends."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.shown = ""
        self.process, self.screen = pty.fork()
        if not self.process:
            os.chdir(folder)
            os.environ["COLUMNS"] = "100"
            os.execv(sys.executable, [sys.executable, "-m", "utfall", *words])

    def wait_for(self, pattern: str) -> None:
        """Until it shows what a regular expression finds."""
        begun = time.monotonic()
        while not re.search(pattern, self.shown):
            assert time.monotonic() - begun < PATIENCE, f"no {pattern!r} in {self.shown!r}"
            assert self._read(), f"ended without {pattern!r}: {self.shown!r}"

    def press(self, key: bytes) -> None:
        """Press a key."""
        os.write(self.screen, key)

    def end(self) -> int:
        """Its exit code, when it has ended; `shown` is then all that it showed."""
        while self._read():
            pass
        _, status = os.waitpid(self.process, 0)
        os.close(self.screen)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        """Whether there is more to come."""
        ready, _, _ = select.select([self.screen], [], [], PATIENCE)
        assert ready, f"nothing happens after {self.shown!r}"
        try:
            part = os.read(self.screen, 65_536)
        except OSError:  # the other side is gone
            return False
        self.shown += COLOURS.sub("", part.decode("utf-8", "replace")).replace("\r\n", "\n")
        return bool(part)
