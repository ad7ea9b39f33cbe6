"""The group of commands, and how it ends: 0 well, 1 a case or run that cannot be, 2 misuse."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import click

from simulator.errors import UtfallError
from simulator.version import __version__
from utfall.cli.check import check
from utfall.cli.compare import compare
from utfall.cli.new import new
from utfall.cli.report import report
from utfall.cli.run import run
from utfall.cli.show import show


class Commands(click.Group):
    """Turns every error a user can put right into a message, never a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a console of another alphabet shows ? for −
                stream.reconfigure(errors="replace")
        try:
            return super().main(*args, **kwargs)
        except UtfallError as error:
            _complain(str(error))
        except KeyboardInterrupt:
            _complain("stopped; nothing was written")
        except BrokenPipeError:  # the reader (head, less) has seen enough
            _silence()
        except OSError as error:
            _silence()
            _complain(f"the output cannot be written: {error.strerror or error}")
        except MemoryError:
            _complain("the machine's memory is not enough for this run\n    ask for fewer --trials")
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
    """What an investment is worth when its effects are guesses.

    Write what you know and what you believe in a case file; every belief is a distribution,
    thousands of futures are valued, and the answer is a chance.

    \b
        utfall new customer_portal           write an example case to start from
        utfall check customer_portal.yaml    read it back: is this what you meant?
        utfall run customer_portal.yaml      what is it worth, and how likely?
        utfall compare portal.yaml crm.yaml  which of them, or nothing?
        utfall report customer_portal.yaml   the document to decide on
        utfall show "5 to 40"                what one estimate means
    """


for command in (new, check, run, compare, report, show):
    main.add_command(command)
