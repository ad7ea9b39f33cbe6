"""The record in words: measured.md has all of it, the front page what there are goals for."""

from collections.abc import Iterator, Sequence
from math import floor, log10
from pathlib import Path

from figures import Figure
from record import Part, Record

PAGE = Path(__file__).with_name("measured.md")
README = Path(__file__).parents[1] / "README.md"
PICTURE = "docs/images/speed.png"
BEGIN, END = "<!-- measured: written by make bench ARGS=--write -->", "<!-- /measured -->"
HEADINGS = {
    "jobs": "The whole job, in process",
    "processes": "Whole programs, from the command to its end",
    "peers": "Whole programs, beside other libraries",
    "language": "What the case language costs",
    "stages": "Stage by stage",
    "workers": "Two processes",
    "sizes": "Time and memory by size",
    "spread": "How much less figures scatter",
    "start": "Start-up",
    "growth": "How cost grows",
    "agreement": "Both sides agree",
}
COLUMNS = ("what", "against", "Utfall", "theirs", "ratio", "range", "goal", "reached")
RIGHT = {"Utfall", "theirs", "ratio", "range"}
YES, NO = "yes", "**no**"
CAPTION = (
    "Seconds that Utfall and other programs take for the same job; random trials that one trial "
    "is worth; memory by number of trials"
)


def page(record: Record) -> str:
    """measured.md: every figure, part by part."""
    parts = [line for name in HEADINGS if name in record for line in _part(name, record[name])]
    return "\n".join([
        "# Measured",
        "",
        "Written by `make bench ARGS=--write`. Both sides do the same number of trials, on one "
        "thread unless said, and take turns. Ratios are medians over the rounds, each from one "
        "round, with the range over the rounds (of variances: the 95 % interval). Seconds depend "
        "on the machine, ratios hardly. What runs in process is timed by the work of the "
        "processor, which other programs disturb less, whole programs as one waits for them.",
        *parts,
        "",
    ])  # fmt: skip


def front(record: Record) -> str:
    """What stands on the front page: the picture, and every figure that has a goal."""
    shown = [record[name] for name in HEADINGS if name in record]
    wanted = [figure for part in shown for figure in part.figures if figure.goal]
    reached = sum(bool(figure.reached) for figure in wanted)
    days = sorted({part.day for part in shown})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    machines = " / ".join(sorted({part.machine for part in shown}))
    rows = [(title(one), one.against, ratio(one), goal(one), verdict(one)) for one in wanted]
    return "\n".join([
        f"![{CAPTION}]({PICTURE})",
        "",
        *table(("What", "Against", "Measured", "Goal", "Reached"), rows),
        "",
        f"{reached} of {len(wanted)} goals are reached; {when}, {machines}.",
    ])  # fmt: skip


def put_on_front_page(record: Record, readme: Path = README) -> None:
    """Replace what stands between the two marks."""
    text = readme.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{front(record)}\n{END}{after}", "utf-8")


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure as the cells of COLUMNS."""
    return (
        title(figure),
        figure.against,
        amount(figure.ours, figure.unit),
        amount(figure.theirs, figure.unit),
        ratio(figure),
        f"{number(figure.low)} to {number(figure.high)}",
        goal(figure),
        verdict(figure),
    )


def title(figure: Figure) -> str:
    """What was measured, with the number of trials where there is one."""
    return f"{figure.what}, {figure.trials:,} trials" if figure.trials else figure.what


def ratio(figure: Figure) -> str:
    """The measured ratio and what it is a ratio of."""
    return f"{number(figure.ratio)} {figure.means}"


def goal(figure: Figure) -> str:
    """The goal in words, empty where there is none."""
    if figure.goal is None:
        return ""
    return f"at {'least' if figure.goal.at_least else 'most'} {figure.goal.limit:,g}"


def verdict(figure: Figure) -> str:
    """Whether the goal is reached, empty where there is none."""
    return {True: YES, False: NO, None: ""}[figure.reached]


def amount(value: float | None, unit: str) -> str:
    """An amount with its unit."""
    return "" if value is None else f"{number(value)} {unit}".rstrip()


def number(value: float) -> str:
    """Three digits, or all before the decimal point; rounded for the eye, never for a goal.

    >>> number(2214.8), number(11.23), number(0.02916), number(0.0)
    ('2,215', '11.2', '0.0292', '0')
    """
    if value == 0:
        return "0"
    return f"{value:,.{max(0, 2 - floor(log10(abs(value))))}f}"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table; columns named in RIGHT are set to the right."""
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "|".join("---:" if heading in RIGHT else "---" for heading in headings) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def _part(name: str, part: Part) -> Iterator[str]:
    yield from ("", f"## {HEADINGS[name]}", "")
    yield from table(COLUMNS, [cells(figure) for figure in part.figures])
    rounds = "1 round" if part.rounds == 1 else f"{part.rounds} rounds"
    yield from ("", f"{part.day}, {rounds}, {part.machine}.")
