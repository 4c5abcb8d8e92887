"""Coverage: who was expected, who counts, and who is outstanding.

What belongs here: presence, by task force and month. What does not: any value.
"""

import datetime as dt

import pandas as pd

from schemas.operation import Operation, Table
from schemas.snapshot import Coverage


def cover(counts: pd.DataFrame, operation: Operation, *, as_of: dt.datetime) -> Coverage:
    """Compare the current `schemas.counts.Counts` with the roster and the months, as of an aware moment.

    A month is covered once it has ended and has counts: figures of a month that goes on are not its figures yet. The
    table without months is due as soon as a month has ended.
    """
    ended = operation.months_ended(as_of)
    is_over = ended == operation.months
    due = _due(operation, ended)
    present = set(counts[["task_force", "month"]].drop_duplicates().itertuples(index=False, name=None))
    reporting = {task_force for task_force, _ in present}
    roster = operation.roster.task_forces
    overdue = tuple(t.id for t in roster if any((t.id, month) not in present for month in due))
    return Coverage(
        task_forces_reporting=len(reporting),
        task_forces_expected=len(roster),
        states_reporting=len({t.state for t in roster if t.id in reporting}),
        states_expected=len(operation.roster.states),
        outstanding=overdue if is_over else tuple(t.id for t in roster),
        overdue=overdue,
        months_covered=tuple(month for month in ended if all((t.id, month) in present for t in roster)),
    )


def _due(operation: Operation, ended: tuple[str, ...]) -> tuple[str, ...]:
    """Return the months, and the empty month of the table without months, that everybody must have by now."""
    monthly = ended if Table.COUNTS in operation.tables else ()
    return (*monthly, "") if ended and Table.AGENCIES in operation.tables else monthly
