"""Timeliness: when the figures of each task force and month came, beside the day on which they were due.

What belongs here: days. What does not: any value, and any verdict: lateness is never a reason to refuse.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from schemas.operation import Operation
from schemas.submission import Receipt, Submission
from schemas.timeliness import Expected, Timing


def timeliness(
    operation: Operation,
    receipts: Iterable[Receipt],
    submissions: Mapping[str, Submission],
    read: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    as_of: dt.datetime,
) -> tuple[Expected, ...]:
    """Say of each task force and month what was expected when, and what came, in roster order.

    Figures are accepted on the day on which the first submission arrived that brought them and was accepted, while any
    count: who corrects in time is not late for it, and what was withdrawn did not come.

    Args:
        operation: Its roster, months, deadlines and extensions say what is expected.
        receipts: When each submission arrived; the first counts.
        submissions: By sha256.
        read: `schemas.counts.Counts` of all of them, as far as they could be read.
        counts: Those that count.
        as_of: The run's clock, aware.
    """
    arrived = {r.sha256: r.received for r in sorted(receipts, key=lambda receipt: receipt.received, reverse=True)}
    days = {sha256: operation.day_of(moment) for sha256, moment in arrived.items()}
    sent = _rows(read, "sha256", "task_force", "month")
    first_received = _first_days(sent, days)
    first_accepted = _first_days((row for row in sent if submissions[row[0]].verdict.counts), days)
    present, ended, today = (
        {*_rows(counts, "task_force", "month")},
        operation.months_ended(as_of),
        operation.day_of(as_of),
    )
    expected = []
    for task_force in operation.roster.task_forces:
        for month in operation.months:
            at = task_force.id, month
            deadline, day = operation.deadline_of(*at), first_accepted.get(at) if at in present else None
            expected.append(
                Expected(
                    state=task_force.state,
                    task_force=task_force.id,
                    month=month,
                    deadline=deadline,
                    extension=operation.extension_of(*at),
                    received=first_received.get(at),
                    accepted=day,
                    timing=_timing(day, deadline, today) if month in ended else Timing.NOT_DUE,
                )
            )
    return tuple(expected)


def _timing(accepted: dt.date | None, deadline: dt.date, today: dt.date) -> Timing:
    if accepted:
        return Timing.ON_TIME if accepted <= deadline else Timing.LATE
    return Timing.DUE if today <= deadline else Timing.MISSING


def _first_days(rows: Iterable[tuple[str, ...]], days: Mapping[str, dt.date]) -> dict[tuple[str, str], dt.date]:
    """Return by task force and month the first day on which a submission arrived that has anything of them."""
    first: dict[tuple[str, str], dt.date] = {}
    for sha256, task_force, month in rows:
        at = task_force, month
        first[at] = min(days[sha256], first.get(at, days[sha256]))
    return first


def _rows(counts: pd.DataFrame, *names: str) -> list[tuple[str, ...]]:
    """Return what stands in some columns, once where it stands several times on end: as the counts of a row do."""
    is_new = np.ones(len(counts), np.bool_)
    is_new[1:] = np.any([(codes := counts[name].array.codes)[1:] != codes[:-1] for name in names], axis=0)
    return list(zip(*(counts.loc[is_new, name].array for name in names), strict=True))
