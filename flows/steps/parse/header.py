"""The header row of a table: wherever it stands in the first rows, its columns in any order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from schemas.cells import CellValue
from schemas.operation import Table
from schemas.parsed import FormPart, PartKind
from schemas.sheets import SheetCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import HEADER_ROWS_SEARCHED, key_headers

_FEWEST_HEADINGS = 2
"""A row with fewer of our headings is no header row: one word may stand anywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Header:
    """Where a table's headings stand. Positions count from 0 inside the sheet's rectangle of cells.

    Attributes:
        line: The header row's position.
        columns: Position of each heading's first column.
        repeated: Position of its second column, where there is one.
        unknown: Position and text of each heading that is none of ours.
    """

    line: int
    columns: Mapping[str, int]
    repeated: Mapping[str, int]
    unknown: Mapping[int, str]


def find_header(sheet: SheetCells, table: Table, vocabulary: Vocabulary) -> Header | None:
    """Find the row that holds most of the table's headings, the first of equals; None where no row is a header row."""
    complete = len(key_headers(table)) + len(vocabulary.operation.asked_in(table))
    best: Header | None = None
    for line, values in enumerate(sheet.rows[: max(0, HEADER_ROWS_SEARCHED - sheet.top + 1)]):
        header = _header(line, tuple(values), table, vocabulary)
        if len(header.columns) >= max(_FEWEST_HEADINGS, len(best.columns) + 1 if best else 0):
            best = header
        if len(header.columns) == complete:
            break
    return best


def header_parts(
    sheet: SheetCells, table: Table, header: Header | None, vocabulary: Vocabulary
) -> tuple[FormPart, ...]:
    """Return the table's header row and columns as parts of the form, each with how often it stands there."""
    row = FormPart(PartKind.HEADER_ROW, table.value, table.value, times=1 if header else 0)
    return (row, *_columns(sheet.top, sheet.left, table, header, vocabulary)) if header else (row,)


@lru_cache(maxsize=256)
def _header(line: int, values: tuple[CellValue, ...], table: Table, vocabulary: Vocabulary) -> Header:
    columns: dict[str, int] = {}
    repeated: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for position, value in enumerate(values):
        if not isinstance(value, str) or not value:
            continue
        name = vocabulary.header(table, value)
        if name is None:
            unknown[position] = value
        elif name in columns:
            repeated.setdefault(name, position)
        else:
            columns[name] = position
    return Header(line, columns, repeated, unknown)


@lru_cache(maxsize=256)
def _columns(top: int, left: int, table: Table, header: Header, vocabulary: Vocabulary) -> tuple[FormPart, ...]:
    return tuple(_column_parts(top, left, table, header, vocabulary))


def _column_parts(top: int, left: int, table: Table, header: Header, vocabulary: Vocabulary) -> Iterator[FormPart]:
    row = top + header.line
    close = {
        nearest: at
        for at, text in sorted(header.unknown.items(), reverse=True)
        if (nearest := vocabulary.nearest_header(table, text))
    }
    labels = {key: key for key in key_headers(table)}
    labels |= {measure.id: measure.header for measure in vocabulary.operation.asked_in(table)}
    missing = labels.keys() - header.columns.keys()
    if len(missing) == len(header.unknown) == 1:
        close = dict(zip(missing, header.unknown, strict=True))
    for name, label in labels.items():
        if name in header.repeated:
            column = left + header.repeated[name]
            yield FormPart(PartKind.COLUMN, table.value, label, 2, row, column)
        elif name in header.columns:
            yield FormPart(PartKind.COLUMN, table.value, label, 1)
        else:
            at = close.get(name)
            yield (
                FormPart(PartKind.COLUMN, table.value, label, 0)
                if at is None
                else FormPart(PartKind.COLUMN, table.value, label, 0, row, left + at, close=len(header.unknown[at]))
            )
