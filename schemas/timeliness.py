"""Timeliness: what was expected of whom by when, and when it came. By task force and month."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from schemas.months import last_day
from schemas.operation import Extension


class Timing(StrEnum):
    """How the figures of a task force for a month stand to their deadline.

    Lateness is said, and is never a reason to refuse anything.
    """

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    DUE = "due"
    NOT_DUE = "not_due"

    @property
    def phrase(self) -> str:
        """The timing as people read it."""
        return {
            "on_time": "on time",
            "late": "late",
            "missing": "missing",
            "due": "due, deadline not passed",
            "not_due": "not due",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Expected:
    """The figures of one task force for one month.

    Attributes:
        state, task_force, month: Whose, and for when.
        deadline: The last day on which they are on time, extension included.
        extension: What moved the deadline; None where nothing did.
        received: The day on which the first workbook arrived that has anything of them; None where none has.
        accepted: The day on which the first arrived whose figures were accepted; None where none counts.
        timing: How that stands to the deadline.
    """

    state: str
    task_force: str
    month: str
    deadline: dt.date
    extension: Extension | None
    received: dt.date | None
    accepted: dt.date | None
    timing: Timing

    @property
    def came_early(self) -> bool:
        """Whether all that arrived came before the month had ended: its figures are still to come."""
        return self.accepted is None and self.received is not None and self.received <= last_day(self.month)
