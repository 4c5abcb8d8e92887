"""What stands in a form that somebody has filled in, and what is asked about it, apart from how a form looks."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from schemas.findings import Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """What is asked about a cell of a returned form: what the findings about it say, and how grave the gravest is."""

    severity: Severity
    message: str

    def title(self, label: str) -> str:
        """Return the mark's title beside what the cell is for: `Error: Arrests`."""
        return f"{self.severity.capitalize()}: {label}"


Marks = Mapping[tuple[str, str], Mark]
"""What is asked, by sheet and cell."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What has been entered in a form; by itself, a blank one.

    Attributes:
        revision: The submitter's number; 0 where it could not be read.
        certified_by: The role; empty where not yet certified.
        certified_on: The day; None where not yet certified.
        counts: A whole number or `N/A` by task force id, month (empty in Agencies) and measure id.
        task_forces: The ids of those the form has rows for; all of the state's where empty.
        least_revision: The revision must be raised to this.
        notice: What the sender must know first; empty where there is nothing.
    """

    revision: int = 1
    certified_by: str = ""
    certified_on: dt.date | None = None
    counts: Mapping[tuple[str, str, str], int | str] = field(default_factory=dict)
    task_forces: Collection[str] = ()
    marks: Marks = field(default_factory=dict)
    least_revision: int = 1
    notice: str = ""
