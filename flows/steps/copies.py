"""Copies among everything current: two task forces with the same row, a task force with the same month twice.

Two rows are copies when every figure is the same and enough of them are not 0; what is enough, the operation says. Only
flows tell: what is there at the end of a month may well be there a month later.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from schemas.across import Copies
from schemas.findings import Finding
from schemas.inbox_rules import MONTHS_OF_A_TASK_FORCE_DIFFER, ROWS_OF_TASK_FORCES_DIFFER
from schemas.months import month_label
from schemas.operation import Operation, OverMonths, Table
from schemas.rules import Rule
from schemas.telling import Where, tell
from schemas.workbook import address


@dataclass(frozen=True, slots=True)
class _Row:
    """A task force's flows in a month, in the form's order, N/A as None, and the cell of the first of them."""

    sha256: str
    task_force: str
    month: str
    cell: str
    figures: tuple[int | None, ...]

    def is_like(self, other: "_Row", rule: Copies) -> bool:
        """Tell whether two rows are copies."""
        return self.figures == other.figures and sum(map(bool, self.figures)) >= rule.figures_above_zero


def find_copies(counts: pd.DataFrame, operation: Operation) -> tuple[Finding, ...]:
    """Return a warning for each row that is the copy of another, by task force and month.

    Args:
        counts: `schemas.counts.Counts` of current standing.
        operation: Its roster and months say who comes before whom, and it says what is suspicious.
    """
    rows = _rows(counts, operation)
    across, months = operation.across.rows_of_task_forces_differ, operation.across.months_of_a_task_force_differ
    return (
        *(_of_task_forces(rows, across) if across else ()),
        *(_of_months(rows, months) if months else ()),
    )


def _rows(counts: pd.DataFrame, operation: Operation) -> list[_Row]:
    flows = [m.id for m in operation.asked_in(Table.COUNTS) if m.over_months is OverMonths.SUM]
    columns = ["task_force", "month", "measure", "value", "sha256", "row", "column"]
    cells: dict[tuple[str, str], dict[str, tuple[int | None, str, int, int]]] = defaultdict(dict)
    for task_force, month, measure, value, *place in counts[columns].astype(object).itertuples(index=False, name=None):
        if measure in flows:
            cells[task_force, month][measure] = (None if pd.isna(value) else int(value), *place)
    return [
        _Row(sha256, task_force, month, address(row, column), tuple(own[m][0] if m in own else None for m in flows))
        for task_force in operation.roster.by_id
        for month in operation.months
        if (own := cells.get((task_force, month)))
        for _, sha256, row, column in [min(own.values(), key=lambda cell: cell[2:])]
    ]


def _of_task_forces(rows: Iterable[_Row], rule: Copies) -> Iterator[Finding]:
    alike: dict[tuple[str, tuple[int | None, ...]], list[_Row]] = defaultdict(list)
    for row in rows:
        if row.is_like(row, rule):
            alike[row.month, row.figures].append(row)
    for group in alike.values():
        for row in group if len(group) > 1 else ():
            others = ", ".join(other.task_force for other in group if other is not row)
            yield _told(ROWS_OF_TASK_FORCES_DIFFER, row, others)


def _of_months(rows: Iterable[_Row], rule: Copies) -> Iterator[Finding]:
    before: _Row | None = None
    for row in rows:
        if before and before.task_force == row.task_force and row.is_like(before, rule):
            yield _told(MONTHS_OF_A_TASK_FORCE_DIFFER, row, month_label(before.month))
        before = row


def _told(rule: Rule, row: _Row, other: str) -> Finding:
    where = Where(Table.COUNTS, row.cell, row.task_force, row.month)
    who = f"{row.task_force}, {month_label(row.month)}"
    return tell(rule, row.sha256, where, {"who": who, "found": f"{len(row.figures)}", "other": other})
