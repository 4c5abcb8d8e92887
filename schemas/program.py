"""The program to date, continued: additions to its series, recorded one after the other on top of the operation's file.

What belongs here: what an addition is, and whether it fits. What does not: where it comes from, and the file's lines.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from schemas.mistakes import Mistake, quoted
from schemas.operation import Operation, ProgramFigure
from schemas.operation_checks import program_checks

PROGRAM_SHEET = "Program to date"
SERIES, START, END, VALUE = PROGRAM_HEADERS = ("Series", "From", "To", "Addition")
_HEADER_OF = {"series": SERIES, "period_start": START, "period_end": END, "value": VALUE}


@dataclass(frozen=True, slots=True)
class Addition:
    """What a series has grown by from one day to another, both included, and who published that."""

    series: str
    period_start: dt.date
    period_end: dt.date
    value: int
    source: str


def continued(operation: Operation, additions: Iterable[Addition]) -> Operation:
    """Return an operation whose series go on by what was recorded, in order, where its own file does not cover that."""
    figures = [*operation.program_to_date]
    for addition in additions:
        if addition.period_start == next_day(figures, addition.series):
            figures.append(_figure(figures, addition))
    return replace(operation, program_to_date=tuple(figures))


def misfits(operation: Operation, additions: Mapping[str, Addition]) -> tuple[Mistake, ...]:
    """Name everything about additions that does not fit the series that they continue; each is given by its place."""
    mistakes: list[Mistake] = []
    known = {figure.series for figure in operation.program_to_date}
    lines = {f"line {number}": figure for number, figure in enumerate(operation.program_to_date, 2)}
    for place, addition in additions.items():
        if addition.series in known:
            lines[place] = _figure(operation.program_to_date, addition)
        else:
            mistakes.append(Mistake(place, "another series", f"one of {', '.join(sorted(known))}"))
    for holds, place, found, expected in program_checks(lines, operation):
        if not holds:
            mistakes.append(Mistake(_of_the_form(place), quoted(found), expected))
    return tuple(mistakes)


def next_day(figures: Iterable[ProgramFigure], series: str) -> dt.date | None:
    """Return the day that a series goes on from; None where there is no such series."""
    ends = [figure.period_end for figure in figures if figure.series == series]
    return max(ends) + dt.timedelta(days=1) if ends else None


def _figure(figures: Iterable[ProgramFigure], addition: Addition) -> ProgramFigure:
    """Return an addition as a line of its series; what it counts is what the increments before it count."""
    before = [figure for figure in figures if figure.series == addition.series]
    return replace(
        before[-1],
        kind="increment",
        period_start=addition.period_start,
        period_end=addition.period_end,
        value=addition.value,
        basis="P",
        source=addition.source,
    )


def _of_the_form(place: str) -> str:
    """Return a place with the form's heading for the column."""
    row, _, column = place.partition(", column ")
    return f"{row}, {_HEADER_OF.get(column, column)}"
