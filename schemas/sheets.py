"""Sheets: the cells of the form's sheets as they were read, each at its address. What they mean is not decided here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from schemas.cells import CellValue, Hidden
from schemas.workbook import corners

LARGEST_SPAN = 200_000
"""How many cells a sheet of the form may span, from its first to its last: more than any state needs."""

LEAST_HEIGHT, LEAST_WIDTH = 6, 2
"""What a row or a column needs to be seen: points of height, characters of width."""

Place = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A rectangle of cells.

    Attributes:
        name: The form's name for the sheet.
        top, left: Row and column of the first cell, from 1.
        rows: The cells, row by row; a blank one is the empty string.
        span: How many cells the sheet spans; a sheet over `LARGEST_SPAN` comes without its cells.
    """

    name: str
    top: int
    left: int
    rows: tuple[list[CellValue], ...]
    span: int

    def filled(self) -> Iterator[tuple[int, int, CellValue]]:
        """Yield row, column and value of every cell that is not the empty string."""
        for row, values in enumerate(self.rows, self.top):
            for column, value in enumerate(values, self.left):
                if value != "":
                    yield row, column, value

    def count_filled(self) -> int:
        """Return how many cells are not the empty string."""
        return sum(len(values) - values.count("") for values in self.rows)

    def at(self, row: int, column: int) -> CellValue:
        """Return the cell at a place; the empty string where the rectangle does not reach."""
        down, across = row - self.top, column - self.left
        return self.rows[down][across] if 0 <= down < len(self.rows) and 0 <= across < len(self.rows[down]) else ""

    def revealing(self, hidden: Mapping[Place, Hidden]) -> "SheetCells":
        """Return the same cells with what a second look found in their place."""
        rows = [list(values) for values in self.rows]
        for (row, column), value in hidden.items():
            down, across = row - self.top, column - self.left
            if 0 <= down < len(rows) and 0 <= across < len(rows[down]):
                rows[down][across] = value
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class Concealed:
    """What of a sheet is out of sight: hidden rows, hidden columns (first and last), and merged ranges of cells."""

    rows: tuple[int, ...] = ()
    columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """What a second look at one sheet tells.

    Attributes:
        hidden: What cells hold that their value does not tell.
        numbers: The plain numbers, as the file writes them.
        texts: What other cells show, as the file writes it.
        concealed: What is out of sight.
    """

    hidden: Mapping[Place, Hidden] = field(default_factory=dict)
    numbers: Mapping[Place, float] = field(default_factory=dict)
    texts: Mapping[Place, str] = field(default_factory=dict)
    concealed: Concealed = Concealed()


def inside(cells: str, places: Iterable[Place]) -> Iterator[Place]:
    """Yield those of some places that are in a range such as `C5:D7`."""
    (top, left), (bottom, right) = corners(cells)
    return ((row, column) for row, column in places if top <= row <= bottom and left <= column <= right)


_COUNT_LIKE = re.compile(r"\s*[+-]?[\d.,\s]*\d[\d.,\s]*")


def looks_like_a_count(text: str) -> bool:
    """Tell whether a text could be taken for a number."""
    return bool(_COUNT_LIKE.fullmatch(text))


@dataclass(frozen=True, slots=True)
class WorkbookCells:
    """The form's sheets that a workbook has, by the form's name, and how many sheets bear each name."""

    sheets: Mapping[str, SheetCells]
    times: Mapping[str, int]

    def revealing(self, hidden: Mapping[str, Mapping[Place, Hidden]]) -> "WorkbookCells":
        """Return the same workbook with what a second look found, by the form's name of the sheet and place."""
        sheets = {name: sheet.revealing(hidden.get(name, {})) for name, sheet in self.sheets.items()}
        return replace(self, sheets=sheets)


class UnreadableWorkbookError(Exception):
    """The bytes passed the door but are no workbook that can be read."""


class TwoReadingsError(Exception):
    """Two programs could read two different values in a cell."""
