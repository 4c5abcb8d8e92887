"""Additions to the program to date, read from the national office's own small form.

What belongs here: what its cells mean, and what is wrong with them, without repeating a text. What does not: whether an
addition fits its series, which is `schemas.program`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from schemas.cells import CellValue, Kind, describe, describe_other, is_blank, kind_of
from schemas.mistakes import Mistake
from schemas.program import END, PROGRAM_HEADERS, PROGRAM_SHEET, SERIES, START, VALUE, Addition
from schemas.sheets import WorkbookCells
from schemas.workbook import HEADER_ROWS_SEARCHED, address, normalise

_LOGICAL = {normalise(name): name for name in PROGRAM_HEADERS}


def read_additions(
    workbook: WorkbookCells, series: Sequence[str], source: str
) -> tuple[dict[str, Addition], tuple[Mistake, ...]]:
    """Return what a workbook adds to series, by place, and all that cannot be read. Rows not begun say nothing."""
    sheet = workbook.sheets.get(PROGRAM_SHEET)
    header = _header(sheet.rows) if sheet else None
    if sheet is None or header is None:
        headings = ", ".join(PROGRAM_HEADERS)
        return {}, (Mistake(PROGRAM_SHEET, "no such sheet, or not its headings", f"a row with {headings}"),)
    line, columns = header
    additions: dict[str, Addition] = {}
    mistakes: list[Mistake] = []
    for row, values in enumerate(sheet.rows[line + 1 :], sheet.top + line + 1):
        cells = {name: (address(row, sheet.left + at), values[at]) for name, at in columns.items()}
        if all(is_blank(cells[name][1]) for name in (END, VALUE)):
            continue
        read = _addition(cells, series, source)
        if isinstance(read, Addition):
            additions[f"{PROGRAM_SHEET}!row {row}"] = read
        else:
            mistakes += read
    return additions, tuple(mistakes)


def _header(rows: Sequence[Sequence[CellValue]]) -> tuple[int, dict[str, int]] | None:
    for line, values in enumerate(rows[:HEADER_ROWS_SEARCHED]):
        names = {_LOGICAL.get(normalise(value)): at for at, value in enumerate(values) if isinstance(value, str)}
        if set(PROGRAM_HEADERS) <= names.keys():
            return line, {name: names[name] for name in PROGRAM_HEADERS}
    return None


def _addition(
    cells: Mapping[str, tuple[str, CellValue]], series: Sequence[str], source: str
) -> Addition | list[Mistake]:
    known = {normalise(name): name for name in series}
    label, start, end, value = (cells[name][1] for name in PROGRAM_HEADERS)
    name = known.get(normalise(label)) if isinstance(label, str) else None
    first, last = _day(start), _day(end)
    kind, number, length = kind_of(value)
    if name and first and last and kind is Kind.NUMBER:
        return Addition(name, first, last, int(number), source)
    checks = {
        SERIES: (name, describe_other(label), f"one of {', '.join(series)}"),
        START: (first, describe_other(start), "a day, such as 2018-06-01"),
        END: (last, describe_other(end), "a day, such as 2018-12-31"),
        VALUE: (kind is Kind.NUMBER, describe(kind, number, length), "a whole number from 0"),
    }
    return [*_mistakes(cells, checks)]


def _mistakes(
    cells: Mapping[str, tuple[str, CellValue]], checks: Mapping[str, tuple[object, str, str]]
) -> Iterator[Mistake]:
    for name, (holds, found, expected) in checks.items():
        where, cell = cells[name]
        if not holds:
            yield Mistake(f"{PROGRAM_SHEET}!{where}", "nothing" if is_blank(cell) else found, expected)


def _day(value: CellValue) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str):
        with suppress(ValueError):
            return dt.date.fromisoformat(value.strip())
    return value if isinstance(value, dt.date) else None
