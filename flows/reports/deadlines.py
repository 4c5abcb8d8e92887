"""Deadlines kept and missed: a table for programs, and a month a line for the morning page."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.reports.csv_text import to_csv
from schemas.snapshot import Snapshot
from schemas.timeliness import Expected, Timing


@dataclass(frozen=True, slots=True)
class MonthKept:
    """How many task forces are expected with a month's figures, and how many of them stand how."""

    month: str
    expected: int
    received: int
    accepted: int
    timings: dict[Timing, int]


def months_kept(snapshot: Snapshot) -> Iterator[MonthKept]:
    """Yield the months that have ended, in order."""
    for month in snapshot.operation.months_ended(snapshot.as_of):
        of_month = [expected for expected in snapshot.timeliness if expected.month == month]
        yield MonthKept(
            month=month,
            expected=len(of_month),
            received=sum(expected.received is not None for expected in of_month),
            accepted=sum(expected.accepted is not None for expected in of_month),
            timings={timing: sum(expected.timing is timing for expected in of_month) for timing in Timing},
        )


def worth_telling(snapshot: Snapshot) -> tuple[Expected, ...]:
    """Return what is missing, late, or due only later than for others; the missing first, otherwise in roster order."""
    missing = [expected for expected in snapshot.timeliness if expected.timing is Timing.MISSING]
    late = [expected for expected in snapshot.timeliness if expected.timing is Timing.LATE]
    extended = [e for e in snapshot.timeliness if e.extension and e.timing not in (Timing.MISSING, Timing.LATE)]
    return (*missing, *late, *extended)


def timeliness_table(snapshot: Snapshot) -> bytes:
    """One row is a task force and month of the operation, in roster order; days are empty where nothing came."""
    columns = (
        "state", "task_force", "month", "deadline", "received", "accepted", "timing",
        "extended_from", "extended_because", "extension_granted_by",
    )  # fmt: skip
    return to_csv(columns, (_row(snapshot, expected) for expected in snapshot.timeliness))


def _row(snapshot: Snapshot, expected: Expected) -> tuple[object, ...]:
    whose = (expected.state, expected.task_force, expected.month)
    extension = expected.extension
    moved = (snapshot.operation.deadlines[expected.month], extension.why, extension.granted_by) if extension else None
    return *whose, expected.deadline, expected.received, expected.accepted, expected.timing, *(moved or (None,) * 3)
