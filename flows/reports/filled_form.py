"""What stands in a form that somebody has filled in, apart from how a form looks."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What has been entered in a form; by itself, a blank one.

    Attributes:
        revision: The submitter's number.
        certified_by: The role; empty where not yet certified.
        certified_on: The day; None where not yet certified.
        counts: A whole number or `N/A` by task force id, month (empty in Agencies) and measure id.
    """

    revision: int = 1
    certified_by: str = ""
    certified_on: dt.date | None = None
    counts: Mapping[tuple[str, str, str], int | str] = field(default_factory=dict)
