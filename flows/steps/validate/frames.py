"""From many parsed workbooks to the frames that the contracts judge.

Each frame has the columns its contract judges. What only a message needs stays beside it, row for row, in `places`.
A submission is its position in the batch.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas.cells import EMPTY, Kind
from schemas.months import last_day
from schemas.operation import Operation, Table
from schemas.parsed import FieldValue, FormPart, FormRow, ParsedTable, ParsedWorkbook, Sight

PlaceT = TypeVar("PlaceT")


@dataclass(frozen=True, slots=True)
class Framed(Generic[PlaceT]):
    """A frame that a contract judges, and the place on the form that each of its rows is about."""

    frame: pd.DataFrame
    places: Sequence[PlaceT]


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row of a table of one workbook of the batch."""

    submission: int
    table: ParsedTable
    row: FormRow


@dataclass(frozen=True, slots=True)
class ExpectedPlace:
    """A row that a workbook must have; `row` is the blank row prepared for it, None where there is none at all."""

    submission: int
    table: ParsedTable
    task_force: str
    month: str
    row: FormRow | None


@dataclass(frozen=True, slots=True)
class TableCells:
    """The typed cells of one table over the batch: matrices with a line per row and a column per measure."""

    table: Table
    rows: Sequence[RowPlace]
    submissions: npt.NDArray[np.int32]
    is_total: npt.NDArray[np.bool_]
    columns: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]
    values: npt.NDArray[np.float64]
    lengths: npt.NDArray[np.int32]


def part_frame(parsed: Sequence[ParsedWorkbook]) -> Framed[tuple[int, FormPart]]:
    """Frame the parts of every form, for `schemas.form.FormParts`."""
    places = [(n, part) for n, workbook in enumerate(parsed) for part in workbook.parts]
    parts = [part for _, part in places]
    frame = pd.DataFrame({"submission": np.repeat(np.arange(len(parsed)), [len(w.parts) for w in parsed])})
    for name in ("kind", "times", "cells"):
        frame[name] = np.fromiter(map(attrgetter(name), parts), np.int64, len(parts))
    return Framed(frame, places)


def field_frame(parsed: Sequence[ParsedWorkbook], months_ended: Collection[str]) -> Framed[tuple[int, FieldValue]]:
    """Frame the fields of every Submission sheet, for `schemas.fields.fields_contract`."""
    places = [(n, field) for n, workbook in enumerate(parsed) for field in workbook.fields]
    until = [reported_until(workbook, months_ended) for workbook in parsed]
    frame = _integers(
        [(n, int(f.sight), f.number, f.day.toordinal() if f.day else 0, until[n]) for n, f in places],
        ("submission", "sight", "number", "day", "reported_until"),
    )
    for name in ("field", "word"):
        frame[name] = pd.Series([str(getattr(field, name)) for _, field in places], dtype=object)
    return Framed(frame, places)


def reported_until(workbook: ParsedWorkbook, months_ended: Collection[str]) -> int:
    """Return the ordinal of the last day of the last ended month that a workbook has figures for; 0 for none."""
    months = {
        row.month.word
        for table in workbook.tables
        for row in table.rows
        if row.is_placed and row.month.word in months_ended and not EMPTY.issuperset(row.kinds)
    }
    return last_day(max(months)).toordinal() if months else 0


def row_frame(parsed: Sequence[ParsedWorkbook]) -> Framed[RowPlace]:
    """Frame the rows of every table, for `schemas.form.FormRows`."""
    places = [
        RowPlace(n, table, row)
        for n, workbook in enumerate(parsed)
        for table in workbook.tables
        for row in table.rows
        if not row.is_total
    ]
    frame = _integers(
        [(p.submission, int(p.row.task_force.sight), int(p.row.month.sight), int(p.row.repeats)) for p in places],
        ("submission", "task_force", "month", "repeats"),
    )
    frame["repeats"] = frame["repeats"].astype(bool)
    return Framed(frame, places)


def expected_frame(parsed: Sequence[ParsedWorkbook], months_ended: Collection[str]) -> Framed[ExpectedPlace]:
    """Frame the rows every workbook must have, for `schemas.form.ExpectedRows`."""
    expected = [row for n, workbook in enumerate(parsed) for row in _expected(n, workbook, months_ended)]
    records = [(place.submission, int(bool(place.month)), found) for place, found in expected]
    frame = _integers(records, ("submission", "is_monthly", "rows"))
    frame["is_monthly"] = frame["is_monthly"].astype(bool)
    return Framed(frame, [place for place, _ in expected])


def table_cells(parsed: Sequence[ParsedWorkbook], operation: Operation, table: Table) -> TableCells:
    """Gather the typed cells of one table: of rows whose task force and month are known, and of control totals."""
    rows = [
        RowPlace(n, read, row)
        for n, workbook in enumerate(parsed)
        for read in workbook.tables
        if read.table is table
        for row in read.rows
        if row.is_placed or row.is_total
    ]
    shape = (len(rows), len(operation.asked_in(table)))
    return TableCells(
        table,
        rows,
        submissions=np.fromiter((place.submission for place in rows), np.int32, len(rows)),
        is_total=np.fromiter((place.row.is_total for place in rows), bool, len(rows)),
        columns=np.array([place.table.columns for place in rows], np.int32).reshape(shape),
        kinds=np.array([place.row.kinds for place in rows], np.int8).reshape(shape),
        values=np.array([place.row.values for place in rows], np.float64).reshape(shape),
        lengths=np.array([place.row.lengths for place in rows], np.int32).reshape(shape),
    )


def cell_frame(cells: TableCells) -> pd.DataFrame:
    """Frame the cells one by one, row after row, for `schemas.counts.COUNT_CELLS`."""
    return pd.DataFrame(
        {
            "submission": np.repeat(cells.submissions, cells.kinds.shape[1]),
            "kind": cells.kinds.ravel(),
            "value": cells.values.ravel(),
        }
    )


def wide_frame(cells: TableCells, operation: Operation, months_ended: Collection[str]) -> Framed[int]:
    """Frame the rows with a column per measure, for the contracts between measures; a place is a line of `cells`.

    Null where a cell is not a number, 0 where it is N/A. Rows without any figure, and control totals, are left out.
    """
    numeric = np.isin(cells.kinds, [Kind.NUMBER, Kind.NUMBER_AS_TEXT])
    matrix = np.where(numeric, cells.values, np.where(cells.kinds == Kind.NOT_APPLICABLE, 0.0, np.nan))
    lines = np.flatnonzero(numeric.any(axis=1) & ~cells.is_total).tolist()
    frame = pd.DataFrame(matrix[lines], columns=[measure.id for measure in operation.asked_in(cells.table)])
    months = (cells.rows[line].row.month.word for line in lines)
    frame["ended"] = np.fromiter((not month or month in months_ended for month in months), bool, len(lines))
    return Framed(frame, lines)


def _expected(n: int, workbook: ParsedWorkbook, months_ended: Collection[str]) -> Iterator[tuple[ExpectedPlace, int]]:
    """Yield each row that one workbook must have, with how many of its rows are or may be that row."""
    covered = dict.fromkeys(
        row.task_force.word for table in workbook.tables for row in table.rows if row.task_force.sight is Sight.KNOWN
    )
    for table in workbook.tables:
        placed = {(row.task_force.word, row.month.word): row for row in table.rows if row.is_placed}
        adrift = Counter(_may_be(row) for row in table.rows if not row.is_placed and not row.is_total)
        months = sorted(months_ended) if table.table is Table.COUNTS else [""]
        for task_force in covered:
            for month in months:
                row = placed.get((task_force, month))
                found = sum(adrift[key] for key in ((task_force, ""), ("", month), ("", "")) if key in adrift)
                if row is not None:
                    found = int(Kind.ROW_BLANK not in row.kinds)
                yield ExpectedPlace(n, table, task_force, month, row), found


def _may_be(row: FormRow) -> tuple[str, str]:
    """Return the task force and month that a row that cannot be placed may be for; empty where it may be any."""
    if row.task_force.sight is Sight.KNOWN:
        return row.task_force.word, ""
    return "", row.month.word if row.month.sight is Sight.KNOWN else ""


def _integers(records: Sequence[tuple[int, ...]], columns: Sequence[str]) -> pd.DataFrame:
    matrix = np.array(records, np.int64).reshape(len(records), len(columns))
    return pd.DataFrame({name: matrix[:, n] for n, name in enumerate(columns)})
