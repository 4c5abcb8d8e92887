"""Copies among everything current: two task forces with the same row, a task force with the same month twice.

Two rows are copies when every figure is the same and enough of them are not 0; what is enough, the operation says. Only
flows tell: what is there at the end of a month may well be there a month later.
"""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from schemas.findings import Finding
from schemas.inbox_rules import MONTHS_OF_A_TASK_FORCE_DIFFER, ROWS_OF_TASK_FORCES_DIFFER
from schemas.months import month_label
from schemas.operation import Operation, OverMonths, Table
from schemas.rules import Rule
from schemas.telling import Where, tell
from schemas.workbook import address

_KEYS = ["task_force", "month"]
_NOT_APPLICABLE = -1


def find_copies(counts: pd.DataFrame, operation: Operation) -> tuple[Finding, ...]:
    """Return a warning for each row of the current `schemas.counts.Counts` that is the copy of another.

    The operation says what is suspicious, and its roster and months which of two comes first.
    """
    flows = [m.id for m in operation.asked_in(Table.COUNTS) if m.over_months is OverMonths.SUM]
    cells = counts[counts["measure"].isin(flows) & counts["task_force"].isin(operation.roster.by_id)]
    cells = cells.astype(dict.fromkeys(["sha256", "measure", *_KEYS], str))
    rows = cells.pivot(index=_KEYS, columns="measure", values="value").astype(float).fillna(_NOT_APPLICABLE)
    found = {
        ROWS_OF_TASK_FORCES_DIFFER: list(_of_task_forces(rows, operation)),
        MONTHS_OF_A_TASK_FORCE_DIFFER: list(_of_months(rows, operation)),
    }
    involved = {task_force for copies in found.values() for task_force, _, _ in copies}
    own = cells[cells["task_force"].isin(involved)].groupby(_KEYS)
    places = own.agg(sha256=("sha256", "first"), row=("row", "first"), column=("column", "min")).to_dict("index")
    return tuple(
        _told(rule, places[task_force, month], task_force, month, other, len(flows))
        for rule, copies in found.items()
        for task_force, month, other in copies
    )


_Found = Iterator[tuple[str, str, str]]
"""The task force and month of a copy, and what it is a copy of."""


def _of_task_forces(rows: pd.DataFrame, operation: Operation) -> _Found:
    rule = operation.across.rows_of_task_forces_differ
    if rule is None:
        return
    telling = rows[rows.gt(0).sum(axis=1) >= rule.figures_above_zero].reset_index()
    copies = telling[telling.duplicated(["month", *rows.columns], keep=False)]
    for (month, *_), group in copies.groupby(["month", *rows.columns]):
        for task_force in group["task_force"]:
            yield task_force, str(month), ", ".join(other for other in group["task_force"] if other != task_force)


def _of_months(rows: pd.DataFrame, operation: Operation) -> _Found:
    rule = operation.across.months_of_a_task_force_differ
    if rule is None:
        return
    before = rows.groupby("task_force").shift()
    is_copy = (rows == before).all(axis=1) & (rows.gt(0).sum(axis=1) >= rule.figures_above_zero)
    month_before = rows.index.to_frame()["month"].groupby("task_force").shift()
    for (task_force, month), before_it in zip(rows.index[is_copy], month_before[is_copy], strict=True):
        yield task_force, month, month_label(before_it)


def _told(rule: Rule, place: Mapping[Hashable, Any], who: str, month: str, other: str, figures: int) -> Finding:
    where = Where(Table.COUNTS, address(place["row"], place["column"]), who, month)
    blanks = {"who": f"{who}, {month_label(month)}", "found": f"{figures}", "other": other}
    return tell(rule, place["sha256"], where, blanks)
