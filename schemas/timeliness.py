"""Timeliness: what was expected of whom by when, and when it came. By task force and month."""

import datetime as dt
from dataclasses import dataclass

from schemas.months import last_day
from schemas.operation import Extension
from schemas.phrased import Phrased


class Timing(Phrased):
    """How the figures of a task force for a month stand to their deadline; lateness is no reason to refuse any."""

    ON_TIME = "on_time", "on time"
    LATE = "late", "late"
    MISSING = "missing", "missing"
    DUE = "due", "due, deadline not passed"
    NOT_DUE = "not_due", "not due"


@dataclass(frozen=True, slots=True)
class Expected:
    """The figures of one task force for one month.

    Attributes:
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
