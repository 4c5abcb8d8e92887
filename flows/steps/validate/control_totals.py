"""Control totals: each number in a total's row beside the sum of the rows it stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from flows.steps.validate.frames import Framed, RowPlace, TableCells
from schemas.cells import Kind
from schemas.operation import Measure, Operation, OverMonths
from schemas.parsed import FormRow

NUMBERS = (Kind.NUMBER, Kind.NUMBER_AS_TEXT)
_ADDED = (*NUMBERS, Kind.NOT_APPLICABLE, Kind.NOT_DUE)


@dataclass(frozen=True, slots=True)
class TotalPlace:
    """A number in a control total's row, with the sum it should be, the rows summed, and all that might have been."""

    at: RowPlace
    column: int
    measure: Measure
    value: int
    sum: int
    addends: Sequence[FormRow]
    placed: Sequence[FormRow]


def control_totals(cells: TableCells, operation: Operation) -> Framed[TotalPlace]:
    """Set each control total beside its sum, for `schemas.relations.ControlTotals`.

    A total over anything but counts is left out: a consequence is no second finding.
    """
    places = [place for line in np.flatnonzero(cells.is_total).tolist() for place in _totals(cells, line, operation)]
    frame = pd.DataFrame(
        {
            "submission": np.array([place.at.submission for place in places], np.int64),
            "value": np.array([place.value for place in places], np.float64),
            "sum": np.array([place.sum for place in places], np.float64),
        }
    )
    return Framed(frame, places)


def _totals(cells: TableCells, line: int, operation: Operation) -> Iterator[TotalPlace]:
    at = cells.rows[line]
    month = at.row.month.word
    placed = [row for row in at.table.rows if row.is_placed]
    rows = [row for row in placed if month in ("", row.month.word)]
    for n, measure in enumerate(operation.asked_in(cells.table)):
        addends = _latest(rows, n) if measure.over_months is OverMonths.LATEST else rows
        if at.row.kinds[n] in NUMBERS and all(row.kinds[n] in _ADDED for row in addends):
            total = sum(int(row.values[n]) for row in addends if row.kinds[n] in NUMBERS)
            yield TotalPlace(at, at.table.columns[n], measure, int(at.row.values[n]), total, addends, placed)


def _latest(rows: list[FormRow], n: int) -> list[FormRow]:
    """Return each task force's row of the latest month in which measure `n` has anything."""
    latest: dict[str, FormRow] = {}
    for row in sorted(rows, key=lambda row: row.month.word):
        if row.kinds[n] != Kind.NOT_DUE:
            latest[row.task_force.word] = row
    return list(latest.values())
