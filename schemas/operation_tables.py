"""The two tables of an operation's folder, line by line: `roster.csv` and `program_to_date.csv`.

What belongs here: columns, what each cell may hold, and what must hold between lines. What does not: what must hold
between these and the operation's other files, which is `operation_checks.py`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.csv_table import Column, Line, is_date, is_date_or_blank, read_table
from schemas.ids import PLAIN_TEXT, SNAKE_CASE_ID, STATE_CODE, TASK_FORCE_ID, is_plain
from schemas.mistakes import Mistake, listed, quoted
from schemas.operation import ProgramFigure, TaskForce

ROSTER_FILE = "roster.csv"
PROGRAM_FILE = "program_to_date.csv"

BASELINE, INCREMENT = "baseline", "increment"


@dataclass(frozen=True, slots=True)
class Listing:
    """A line of the roster: a task force as it was between two days, both included."""

    line: int
    task_force: TaskForce
    valid_from: dt.date
    valid_to: dt.date


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the program-to-date table."""

    line: int
    figure: ProgramFigure


def read_roster(text: str) -> tuple[tuple[Listing, ...], tuple[Mistake, ...]]:
    """Read `roster.csv`: its lines if there is no mistake in them, and the mistakes."""
    lines, mistakes = read_table(ROSTER_FILE, text, ROSTER_COLUMNS)
    if mistakes:
        return (), mistakes
    listings = tuple(map(_listing, lines))
    return listings, tuple(_roster_mistakes(listings))


def read_program(text: str) -> tuple[tuple[Entry, ...], tuple[Mistake, ...]]:
    """Read `program_to_date.csv`: its lines if there is no mistake in them, and the mistakes."""
    lines, mistakes = read_table(PROGRAM_FILE, text, PROGRAM_COLUMNS)
    if mistakes:
        return (), mistakes
    entries = tuple(map(_entry, lines))
    return entries, tuple(_program_mistakes(entries))


def _listing(line: Line) -> Listing:
    cells = line.cells
    return Listing(
        line.number,
        TaskForce(cells["id"], cells["name"], cells["state"], cells["state_name"], cells["lead_agency"]),
        dt.date.fromisoformat(cells["valid_from"] or dt.date.min.isoformat()),
        dt.date.fromisoformat(cells["valid_to"] or dt.date.max.isoformat()),
    )


def _roster_mistakes(listings: Sequence[Listing]) -> Iterator[Mistake]:
    """Compare each line of the roster with those above it."""
    first_of_id: dict[str, Listing] = {}
    first_of_state: dict[str, Listing] = {}
    for position, listing in enumerate(listings):
        at, new = f"line {listing.line}", listing.task_force
        if listing.valid_to < listing.valid_from:
            found = quoted(listing.valid_to.isoformat())
            yield Mistake(ROSTER_FILE, f"{at}, column valid_to", found, f"a day from {listing.valid_from} on")
        for other in listings[:position]:
            if other.task_force.id == new.id and _overlap(other, listing):
                found = f"{new.id} for days that line {other.line} has too"
                yield Mistake(ROSTER_FILE, at, found, "one line for each day")
        alike = first_of_id.setdefault(new.id, listing)
        if (state := alike.task_force.state) != new.state:
            yield Mistake(
                ROSTER_FILE, f"{at}, column state", quoted(new.state), f"{quoted(state)}, as in line {alike.line}"
            )
        alike = first_of_state.setdefault(new.state, listing)
        if (name := alike.task_force.state_name) != new.state_name:
            expected = f"{quoted(name)}, as in line {alike.line}"
            yield Mistake(ROSTER_FILE, f"{at}, column state_name", quoted(new.state_name), expected)


def _overlap(one: Listing, other: Listing) -> bool:
    return one.valid_from <= other.valid_to and other.valid_from <= one.valid_to


def _entry(line: Line) -> Entry:
    cells = line.cells
    figure = ProgramFigure(
        series=cells["series"],
        label=cells["label"],
        unit=cells["unit"],
        is_baseline=cells["kind"] == BASELINE,
        period_start=dt.date.fromisoformat(cells["period_start"]),
        period_end=dt.date.fromisoformat(cells["period_end"]),
        value=int(cells["value"]),
        measure=cells["measure"] or None,
        basis=cells["basis"],
        source=cells["source"],
    )
    return Entry(line.number, figure)


def _program_mistakes(entries: Sequence[Entry]) -> Iterator[Mistake]:
    """Compare each line with the last one above it of the same series."""
    last: dict[str, Entry] = {}
    for entry in entries:
        figure, before = entry.figure, last.get(entry.figure.series)
        last[figure.series] = entry
        for column, found, expected in _unfit(figure, before):
            yield Mistake(PROGRAM_FILE, f"line {entry.line}, column {column}", quoted(found), expected)


def _unfit(figure: ProgramFigure, before: Entry | None) -> Iterator[tuple[str, str, str]]:
    """Give the cells of a line that do not fit the one before, with what they hold and should hold."""
    if figure.period_end < figure.period_start:
        yield "period_end", figure.period_end.isoformat(), f"a day from {figure.period_start} on"
    if before is None:
        if not figure.is_baseline:
            yield "kind", INCREMENT, f"{quoted(BASELINE)}: each series starts with one"
        return
    earlier = before.figure
    if figure.is_baseline:
        yield "kind", BASELINE, f"{quoted(INCREMENT)}: {figure.series} has its baseline in an earlier line"
    if (next_day := earlier.period_end + dt.timedelta(days=1)) != figure.period_start:
        yield (
            "period_start",
            figure.period_start.isoformat(),
            f"{quoted(next_day.isoformat())}, after line {before.line}",
        )
    for column in ("label", "unit"):
        if (new := getattr(figure, column)) != (old := getattr(earlier, column)):
            yield column, new, f"{quoted(old)}, as in line {before.line}"


_A_DATE = "a date, such as 2018-03-31"
_BASES = ("P", "A")
_BASIS = Column("basis", _BASES.__contains__, f"{listed(map(quoted, _BASES))}, for published or assumed")

ROSTER_COLUMNS: tuple[Column, ...] = (
    Column("id", TASK_FORCE_ID.fullmatch, "an id in capitals, such as CA-FRESNO"),
    Column("name", is_plain, PLAIN_TEXT),
    Column("state", STATE_CODE.fullmatch, "two capital letters"),
    Column("state_name", is_plain, PLAIN_TEXT),
    Column("lead_agency", is_plain, PLAIN_TEXT),
    Column("valid_from", is_date_or_blank, f"{_A_DATE}, or nothing"),
    Column("valid_to", is_date_or_blank, f"{_A_DATE}, or nothing"),
    _BASIS,
)

PROGRAM_COLUMNS: tuple[Column, ...] = (
    Column("series", SNAKE_CASE_ID.fullmatch, "an id such as arrests_since_1998"),
    Column("label", is_plain, PLAIN_TEXT),
    Column("unit", is_plain, PLAIN_TEXT),
    Column("kind", (BASELINE, INCREMENT).__contains__, listed(map(quoted, (BASELINE, INCREMENT)))),
    Column("period_start", is_date, _A_DATE),
    Column("period_end", is_date, _A_DATE),
    Column("value", re.compile(r"\d{1,12}", re.ASCII).fullmatch, "a whole number from 0"),
    Column("measure", lambda text: not text or SNAKE_CASE_ID.fullmatch(text), "a measure's id, or nothing"),
    _BASIS,
    Column("source", is_plain, PLAIN_TEXT),
)
