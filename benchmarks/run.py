"""How fast Utfall is, against plain numpy and scipy and other libraries, in the same minutes.

Both sides do the same job and take turns, so that a busy machine slows both; ratios are medians
over the rounds. They mean something on most machines, the seconds only on yours.

    python benchmarks/run.py                         all but one hundred million, in ten minutes
    python benchmarks/run.py --only jobs,start       these parts
    python benchmarks/run.py --only large            a hundred million trials
    python benchmarks/run.py --write                 writes the pages and the picture too
    python benchmarks/run.py --redraw                writes them from what was measured last
"""

import argparse
import sys

import surroundings  # noqa: F401 - it acts as it is loaded, before numpy is
from page import COLUMNS, HEADINGS, NO, PAGE, cells, page, put_on_front_page
from parts import PARTS, USUAL
from picture import NEEDED, save_picture
from record import Part, Record, measured_now, read, write
from rich.console import Console
from rich.table import Table
from wish import Wish

TRIALS = 2**20
WIDE = 160
"""Letters in a line where the output goes to a file."""


def main() -> None:
    """Measure what is asked for, and print it part by part."""
    chosen = _options().parse_args()
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    record = dict(read())
    if chosen.redraw:
        publish(record, console)
        return
    wish = Wish(chosen.trials, chosen.rounds)
    for name in chosen.only:
        with console.status(f"measuring {name}"):
            figures = list(PARTS[name](wish))
        record[name] = measured_now(figures, wish.rounds)
        console.print(as_table(name, record[name]))
        if chosen.write:
            publish(record, console)


def publish(record: Record, console: Console) -> None:
    """Write the record, the page, the front page and the picture."""
    write(record)
    PAGE.write_text(page(record), "utf-8")
    put_on_front_page(record)
    if save_picture(record) is None:
        console.print(f"The picture waits for all of {', '.join(NEEDED)}", style="dim")


def as_table(name: str, part: Part) -> Table:
    """The figures of a part for the terminal; a goal that is missed stands out."""
    table = Table(title=HEADINGS[name], title_justify="left")
    for heading in COLUMNS:
        table.add_column(heading, justify="left" if heading in COLUMNS[:2] else "right")
    for figure in part.figures:
        table.add_row(*(cell.replace(NO, "[bold red]no[/]") for cell in cells(figure)))
    return table


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--trials", type=int, default=TRIALS, help="of the long jobs")
    options.add_argument("--rounds", type=int, default=3, help="turns that each side takes")
    options.add_argument("--only", type=_names, default=USUAL, metavar="PART,PART",
                         help=f"of {', '.join(PARTS)}")  # fmt: skip
    options.add_argument("--write", action="store_true", help="write the pages and the picture")
    options.add_argument("--redraw", action="store_true", help="write them without measuring")
    return options


def _names(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in PARTS:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    main()
