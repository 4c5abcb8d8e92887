"""Sheets: the cells of the form's sheets as they were read, each at its address. What they mean is not decided here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schemas.cells import CellValue, Hidden

LARGEST_SPAN = 200_000
"""How many cells a sheet of the form may span, from its first to its last: more than any state needs."""

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

    def revealing(self, hidden: Mapping[Place, Hidden]) -> "SheetCells":
        """Return the same cells with what a second look found in their place."""
        rows = [list(values) for values in self.rows]
        for (row, column), value in hidden.items():
            down, across = row - self.top, column - self.left
            if 0 <= down < len(rows) and 0 <= across < len(rows[down]):
                rows[down][across] = value
        return replace(self, rows=tuple(rows))


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
