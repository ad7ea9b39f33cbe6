"""The group of commands, and how it ends: 0 well, 1 a case or run that cannot be, 2 misuse.

A command is imported when it is called; the overview, `utfall --help`, waits for none of them.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from simulator.version import __version__
from utfall.overview import COMMANDS, OVERVIEW


class Commands(click.Group):
    """Turns every error a user can put right into a message, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        for known in (name,) if name in COMMANDS else COMMANDS:  # all, to suggest the nearest
            self.add_command(getattr(import_module(f"utfall.cli.{known}"), known))
        return super().get_command(ctx, name)

    def get_help(self, ctx: click.Context) -> str:
        return OVERVIEW

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a console of another alphabet shows ? for −
                stream.reconfigure(errors="replace")
        try:
            return super().main(*args, **kwargs)
        except KeyboardInterrupt:
            _complain("stopped; nothing was written")
        except BrokenPipeError:  # the reader (head, less) has seen enough
            _silence()
        except OSError as error:
            _silence()
            _complain(f"the output cannot be written: {error.strerror or error}")
        except MemoryError:
            _complain("the machine's memory is not enough for this run\n    ask for fewer --trials")
        except Exception as error:
            from simulator.errors import UtfallError

            if not isinstance(error, UtfallError):
                raise
            _complain(str(error))
        sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (EOFError, KeyboardInterrupt):  # click would only say "Aborted!"
            _complain("stopped; nothing was written")
            ctx.exit(1)


def _silence() -> None:
    """Let nothing more be written when Python closes standard output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(text: str) -> None:
    click.echo(text, err=True)


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="utfall")
def main() -> None:
    """The command `utfall`: what it does is told in the overview."""
