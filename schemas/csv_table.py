"""A table of known columns, read from CSV line by line, with every mistake at its line and column.

What belongs here: what any such table must be. What does not: which tables an operation has and what they mean.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.mistakes import Mistake, quoted


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading, with what its cells may hold and how that is said."""

    name: str
    fits: Callable[[str], object]
    expected: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: where it starts in the file, counted from 1, and its cells by heading."""

    number: int
    cells: dict[str, str]


def read_table(file: str, text: str, columns: Sequence[Column]) -> tuple[tuple[Line, ...], tuple[Mistake, ...]]:
    """Read a table: its lines if each has all the cells, and the mistakes. Blank lines are passed over.

    Args:
        file: The file's name, for its mistakes.
        text: Its whole text.
        columns: Its columns, in their order.
    """
    names = [column.name for column in columns]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    mistakes: list[Mistake] = []
    start = 1
    try:
        for cells in reader:
            if start == 1 and cells != names:
                return (), (Mistake(file, "line 1", quoted(",".join(cells)), quoted(",".join(names))),)
            if cells and len(cells) != len(names):
                mistakes.append(Mistake(file, f"line {start}", f"{len(cells)} cells", f"{len(names)} cells"))
            elif cells and start > 1:
                lines.append(Line(start, dict(zip(names, map(str.strip, cells), strict=True))))
            start = reader.line_num + 1
    except csv.Error as error:
        mistakes.append(Mistake(file, f"line {start}", f"a line that is no CSV ({error})", "comma-separated cells"))
    if start == 1 and not mistakes:
        mistakes.append(Mistake(file, "line 1", "nothing", quoted(",".join(names))))
    mistakes.extend(
        Mistake(file, f"line {line.number}, column {column.name}", quoted(line.cells[column.name]), column.expected)
        for line in lines
        for column in columns
        if not column.fits(line.cells[column.name])
    )
    return tuple(lines), tuple(mistakes)


def is_date(text: str) -> bool:
    """Tell whether a cell holds a date as we write it: `2018-03-31`."""
    if not re.fullmatch(r"[12]\d{3}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_date_or_blank(text: str) -> bool:
    """Tell whether a cell holds a date or nothing."""
    return not text or is_date(text)
