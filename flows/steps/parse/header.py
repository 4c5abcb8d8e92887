"""The header row of a table: wherever it stands in the first rows, its columns in any order.

Most workbooks of an operation have the very same header row, so what it means is worked out once and remembered.
"""

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
        columns: Position of each heading's first column.
        repeated: Position of its second column, where there is one.
        unknown: Position and text of each heading that is none of ours.
        measures: Position of each of the table's measures, in their order; None where its column is missing.
        unused: Positions that hold neither a key nor a measure.
    """

    columns: Mapping[str, int]
    repeated: Mapping[str, int]
    unknown: Mapping[int, str]
    measures: tuple[int | None, ...]
    unused: tuple[int, ...]


def find_header(sheet: SheetCells, table: Table, vocabulary: Vocabulary) -> tuple[int, Header] | None:
    """Find the row that holds most of a table's headings, the first of equals.

    Returns:
        The row's position and its headings; None where no row is a header row.
    """
    complete = len(key_headers(table)) + len(vocabulary.operation.asked_in(table))
    found: tuple[int, Header] | None = None
    most = _FEWEST_HEADINGS - 1
    for line, values in enumerate(sheet.rows[: max(0, HEADER_ROWS_SEARCHED - sheet.top + 1)]):
        header = _header(tuple(values), table, vocabulary)
        if len(header.columns) > most:
            found, most = (line, header), len(header.columns)
        if most == complete:
            break
    return found


@lru_cache(maxsize=256)
def column_parts(row: int, left: int, table: Table, header: Header, vocabulary: Vocabulary) -> tuple[FormPart, ...]:
    """Return a table's columns as parts of the form, each with how often it stands there.

    Args:
        row: The header row, from 1.
        left: The first column of the sheet's rectangle of cells, from 1.
        table: Which table it is.
        header: Its headings.
        vocabulary: The words of the form.
    """
    return tuple(_column_parts(row, left, table, header, vocabulary))


@lru_cache(maxsize=256)
def _header(values: tuple[CellValue, ...], table: Table, vocabulary: Vocabulary) -> Header:
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
    measures = tuple(columns.get(measure.id) for measure in vocabulary.operation.asked_in(table))
    unused = tuple(sorted(set(range(len(values))) - set(columns.values())))
    return Header(columns, repeated, unknown, measures, unused)


def _column_parts(row: int, left: int, table: Table, header: Header, vocabulary: Vocabulary) -> Iterator[FormPart]:
    labels = {key: key for key in key_headers(table)}
    labels |= {measure.id: measure.header for measure in vocabulary.operation.asked_in(table)}
    close = _stand_ins(labels.keys() - header.columns.keys(), table, header, vocabulary)
    for name, label in labels.items():
        if name in header.repeated:
            yield FormPart(PartKind.COLUMN, table.value, label, 2, row, left + header.repeated[name])
        elif name in close:
            at = close[name]
            yield FormPart(PartKind.COLUMN, table.value, label, 0, row, left + at, close=len(header.unknown[at]))
        else:
            yield FormPart(PartKind.COLUMN, table.value, label, int(name in header.columns))


def _stand_ins(missing: set[str], table: Table, header: Header, vocabulary: Vocabulary) -> dict[str, int]:
    """Return the position of the unknown heading that stands in place of each missing one, as far as that shows."""
    if len(missing) == len(header.unknown) == 1:
        return dict(zip(missing, header.unknown, strict=True))
    nearest = {vocabulary.nearest_header(table, text): at for at, text in sorted(header.unknown.items(), reverse=True)}
    return {name: at for name, at in nearest.items() if name in missing}
